"""Whether a page is still the site that was listed: not for sale, and not something else."""

from __future__ import annotations

import unicodedata
from collections import Counter

from wardblog.model import CommunitySite
from wardblog.office.community.page_facts import PageFacts
from wardblog.support.late_regex import late_regex

_ADDRESS = late_regex(r"\b[\w-]+(?:\.[\w-]+)+\b")
_WORD = late_regex(r"[^\W_]+")
# Words of names that say nothing about which site it is.
_COMMON = frozenset(
    ("a", "an", "and", "at", "blog", "by", "co", "com", "community", "council", "event", "events",
     "facebook", "for", "forum", "group", "in", "local", "my", "net", "news", "of", "on", "org",
     "our", "page", "people", "police", "primary", "school", "site", "society", "street", "the",
     "to", "uk", "ward", "website", "www", "your")
)  # fmt: skip
_FOR_SALE = late_regex(
    r"(?i)\b(?:this|the|your) (?:web ?site|domain|domain name|web address)(?: name)? "
    r"(?:\S+ )?(?:is|may be|might be|has been) (?:for sale|parked|registered (?:at|by|with)|"
    r"available for (?:sale|purchase)|expired|suspended)"
    r"|\bbuy (?:this|the) domain\b|\bdomain (?:is )?for sale\b|\bdomain (?:name )?has expired\b"
    r"|\bparked (?:free|domain|page)\b|\bdomain parking\b|\bfuture home of something\b"
    r"|\bthis account has been suspended\b|\bmake an offer on this domain\b|\bacquire this domain\b"
    r"|^\S+\.(?:org\.uk|co\.uk|uk|com|org|net|london|scot|wales|cymru|info) is for sale\b"
)
_DEFAULT_PAGE = late_regex(
    r"(?i)^(?:welcome to nginx|apache2? .{0,20}default page|iis windows|default web ?site page|"
    r"index of /$|web server's default page|plesk obsidian)"
)
_WAITING = late_regex(
    r"(?i)\bjust a moment\b|\bchecking (?:if the site|your browser)\b|\bverif(?:y|ying) (?:that )?"
    r"you are (?:a )?human\b|\bare you a (?:robot|human)\b|"
    r"\bplease (?:enable|turn on) javascript\b|"
    r"\bjavascript (?:is|must be) (?:disabled|enabled|required)\b|"
    r"\bunder maintenance\b|"
    r"\bbriefly unavailable\b|\bscheduled maintenance\b|\bback (?:online )?soon\b|"
    r"\b(?:accept|enable) (?:all )?cookies to continue\b|\bbefore you continue\b"
)
# Hosts that serve the pages of addresses that are for sale.
_SELLERS = ("sedoparking.com", "sedo.com", "parkingcrew.net", "bodis.com", "dan.com",
            "afternic.com", "hugedomains.com", "above.com", "parklogic.com", "undeveloped.com",
            "skenzo.com", "domainmarket.com", "buydomains.com")  # fmt: skip
# What an address is used for once somebody bought it for its readers.
_SPAM = frozenset(
    ("casino", "casinos", "slot", "slots", "gacor", "togel", "judi", "situs", "poker", "roulette",
     "blackjack", "jackpot", "betting", "bookmaker", "bookmakers", "sportsbook", "viagra", "cialis",
     "porn", "porno", "xxx", "escort", "escorts", "camgirls", "sexcam", "loan", "loans", "payday",
     "forex", "crypto", "bitcoin", "essay", "essays", "replica", "rolex", "vape", "cbd", "bonus",
     "bandar", "maxwin", "deposit", "gambling", "unblocked")
)  # fmt: skip
_FEW_WORDS, _SHORT = 15, 250


def is_for_sale(site: CommunitySite, page: PageFacts, url_host: str) -> bool:
    """Whether a seller of addresses, or the empty page of a server, has taken the site's place."""
    if any(_is_of(host, _SELLERS) for host in (url_host, *page.hosts)):
        return True
    is_short = len(page.words.split()) <= _SHORT
    is_named = _has_name(site, page.words)
    if _DEFAULT_PAGE.search(page.title or page.words) and is_short and not is_named:
        return True
    if _FOR_SALE.search(page.title):
        return is_short or not is_named
    title = _ADDRESS.sub(" ", page.title)  # of an address for sale, the title is the address
    return is_short and bool(_FOR_SALE.search(page.words)) and not _has_name(site, title)


def _is_of(host: str, sellers: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in sellers)


def is_something_else(site: CommunitySite, page: PageFacts) -> bool:
    """Whether the words are those of spam rather than of the site.

    A story about a casino does not make a local paper one: as long as the page has the site's name,
    most of what it says must be spam.
    """
    words = _words(page.words)
    counts = Counter(word for word in words if word in _SPAM)
    kinds, share = len(counts), counts.total() / max(len(words), 1)
    is_titled = len({*_words(page.title)} & _SPAM) >= (2 if _has_name(site, page.title) else 1)
    if _has_name(site, f"{page.title} {page.words}"):
        return kinds >= 3 and share >= 0.03 and is_titled
    return is_titled or kinds >= 2


def has_lost_name(site: CommunitySite, page: PageFacts) -> bool:
    """Whether nothing on a page with words reminds of the site's name or of what it is about."""
    everything = f"{page.title} {page.words}"
    if len(page.words.split()) < _FEW_WORDS or _has_name(site, everything):
        return False
    about = {word for word in _words(site.about) if len(word) > 5}
    return len(about & {*_words(everything)}) < 2


def is_waiting_room(page: PageFacts) -> bool:
    """Whether a page only keeps programs waiting, or says that the site is being repaired."""
    return len(page.words.split()) <= _SHORT and bool(
        _WAITING.search(f"{page.title} {page.words[:600]}")
    )


def is_almost_empty(page: PageFacts) -> bool:
    """Whether there are too few words to judge by, as on a page that only a script fills."""
    return len(page.words.split()) < _FEW_WORDS


def _has_name(site: CommunitySite, text: str) -> bool:
    """Whether a text has one of the words that only this site's name has, or all of the name."""
    own = [word for word in _words(site.name) if word not in _COMMON] or _words(site.name)
    found = _words(text)
    squeezed = "".join(found)
    needed = 1 if len(own) < 3 else 2
    return sum(word in found for word in own) >= needed or "".join(own) in squeezed


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
