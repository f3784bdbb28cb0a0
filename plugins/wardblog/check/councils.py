"""Recognise addresses of councils, and their pages about councillors."""

from __future__ import annotations

from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, parts_of, split_url

_DOMAINS = (".gov.uk", ".gov.wales", ".llyw.cymru", ".moderngov.co.uk")
# Bodies below gov.uk that are not councils, such as departments and agencies.
_OTHERS = frozenset(
    ("acas", "bankofengland", "beis", "cabinet-office", "cabinetoffice", "cefas",
     "charity-commission", "charitycommission", "cma", "coal", "communities", "companies-house",
     "companieshouse", "cps", "culture", "data", "dcms", "decc", "defra", "dft", "dh", "dhsc",
     "direct", "dvla", "dvsa", "dwp", "education", "environment-agency", "fcdo", "fco", "food",
     "forestry", "forestryengland", "forestryresearch", "gad", "gchq", "geoplace",
     "hmcourts-service", "hmrc", "hmtreasury", "homeoffice", "hse", "insolvency", "ipo",
     "judiciary", "justice", "landregistry", "legislation", "levellingup", "lgbce", "local",
     "london", "mcga", "metoffice", "mhra", "mod", "nao", "nationalarchives", "naturalengland",
     "nca", "ni-assembly", "nidirect", "northernireland", "number10", "ofgem", "ofqual", "ofsted",
     "ons", "orr", "os", "parliament", "phe", "planning-inspectorate", "planninginspectorate",
     "publishing", "scotland", "scottishgovernment", "service", "statistics", "supremecourt", "tfl",
     "trade", "ukhsa", "uktradeinfo", "valuationtribunal", "voa", "wales", "www")
)  # fmt: skip
_OTHER_ENDINGS = ("fire", "fireservice", "pcc", "police", "nhs")
# A page about councillors, by its name or that of ModernGov, which most councils use.
_PEOPLE = late_regex(
    r"/(?:(?:find|contact)-)?(?:(?:a|my|our|your|the|local|ward)-)*"
    r"(?:councillors?|cllrs?|elected-members?)(?:[-/._?#]|$)"
    r"|/mg(?:user|member|findmember|rofi|interest|webletter)"
)
_PEOPLES_HOSTS = late_regex(
    r"^(?:www\.)?(?:democracy|councillors?|cllrs?|moder?n?gov)\b|\.moderngov\.co\.uk$"
)
# Pages of such a host about meetings rather than people.
_RECORD = late_regex(
    r"/ie[a-z]+\.aspx|/documents/"
    r"|/mg(?:ai|issue|plan|list|committee|meeting|calendar|convert|decision|agenda|outside|delegated)"
)
_NEWSLETTERS = (".govdelivery.com",)


def web_host(url: str) -> str:
    """The host of a web address, or of one without a scheme; "" for any other."""
    return host_of(url) if parts_of(url).scheme in ("http", "https", "") else ""


def is_council(host: str) -> bool:
    """Whether a host, or the domain of an e-mail address, belongs to a council.

    Every domain below gov.uk counts, except for known other bodies, since many councils' domains
    are abbreviations, such as `rbkc.gov.uk`.
    """
    host = host.casefold().rstrip(".")
    ending = next((e for e in _DOMAINS if host.endswith(e)), "")
    if not ending:
        return False
    name = host.removesuffix(ending).rsplit(".", 1)[-1]
    return name not in _OTHERS and not name.endswith(_OTHER_ENDINGS)


def is_newsletter(host: str) -> bool:
    """Whether a host sends newsletters for councils."""
    return is_council(host) or host.endswith(_NEWSLETTERS)


def is_of_councillors(url: str) -> bool:
    """Whether a council's page is about its councillors; records of meetings are not."""
    parts, host = parts_of(url.casefold()), host_of(url)
    if not is_council(host):
        return False
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if _PEOPLE.search(path):
        return True
    return bool(_PEOPLES_HOSTS.search(host)) and not _RECORD.search(path)


def plain(url: str) -> str:
    """An address in a form in which equal ones can be compared."""
    parts = split_url(url.casefold())
    if parts is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"
