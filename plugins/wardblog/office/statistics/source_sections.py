"""The sections about where readers came from: by the site, and by the code in the link."""

from __future__ import annotations

from collections import Counter

from wardblog.office.statistics.kept_names import OTHER as OTHER_NAMES
from wardblog.office.statistics.ranked_rows import (
    no_days,
    rows_of,
    stands_out,
    with_rows,
)
from wardblog.office.statistics.referrers import (
    EMAIL,
    LEAFLET,
    NEWSLETTER,
    NONE,
    OTHER,
    THIS_SITE,
    source_of_campaign,
)
from wardblog.office.statistics.sections import (
    Basis,
    FigureRow,
    FigureSection,
    number,
    shown,
)

_SOURCES = {
    NONE: "Not known",
    THIS_SITE: "Another page of this site",
    NEWSLETTER: "The newsletter",
    LEAFLET: "A leaflet or poster",
    EMAIL: "A link in an e-mail",
    OTHER: "Other sites",
    f"link: {OTHER_NAMES}": "Other codes in links",
}
_LINK = "link: "
# By the first word of a source: what to say after its name, and what to do about it.
_KINDS = {
    "search": (" (search)", "write titles in the words that residents would search for"),
    "social": ("", "share your next post there first"),
    "local": (" (local site)", "share your next post there first"),
    "assistant": (" (assistant)", "say what matters in the first sentences of a post"),
    "link": (" (code in a link)", ""),
    OTHER: ("", "thank them, and tell them about your next post"),
    NEWSLETTER: ("", "keep sending it"),
    LEAFLET: ("", "deliver the next one"),
    EMAIL: ("", "ask readers to forward your next post"),
}


def sources(basis: Basis) -> FigureSection:
    """Where readers came from."""
    known = [(name, n) for name, n in basis.month.sources if name not in (NONE, THIS_SITE)]
    if not known:
        advice = "Share posts where residents already are: nobody is known to have come by a link."
    elif known[0][0].startswith(_LINK):
        advice = (
            "Look at the codes in the table: most readers came by one that was not made here, "
            "and anybody can make one up."
        )
    elif stands_out(known):
        way, what = _inside(source_name(known[0][0])), _kind(known[0][0])[1]
        advice = f"Of the ways that are known, {way} brought the most readers: {what}."
    else:
        advice = "Keep using several ways: none brought many more readers than the others."
    week = [(source_name(name), n) for name, n in basis.week.sources]
    month = [(source_name(name), n) for name, n in basis.month.sources]
    return with_rows(
        FigureSection(
            key="sources",
            heading="Where readers came from",
            advice=advice,
            about=(
                "“Not known” are typed addresses, bookmarks, most apps and feed readers, and "
                "browsers that do not say."
            ),
            named="From",
        ),
        rows_of(week, month, no_days),
    )


def source_name(source: str) -> str:
    """A source in words: `Google (search)`, `Our Forum (local site)`, `Not known`."""
    if source in _SOURCES:
        return _SOURCES[source]
    name = source.partition(": ")[2]
    return f"{name}{_kind(source)[0]}" if name else source


def _kind(source: str) -> tuple[str, str]:
    return _KINDS.get(source.partition(":")[0], _KINDS[OTHER])


def _inside(name: str) -> str:
    """`The newsletter` in the middle of a sentence."""
    return name[:1].lower() + name[1:] if name in _SOURCES.values() else name


def codes(basis: Basis) -> FigureSection:
    """The reads by the codes in newsletters, on leaflets and posters, and in other links."""
    total: Counter[str] = Counter()
    for one in basis.totals.values():
        total.update(one.campaigns)
    week, month = dict(basis.week.campaigns), dict(basis.month.campaigns)
    rows, more = shown(
        [
            FigureRow(
                name=name, cells=tuple(map(number, (week.get(name, 0), month.get(name, 0), n)))
            )
            for name, n in total.most_common()
        ]
    )
    is_on_paper = any(source_of_campaign(name) == LEAFLET for name in total)
    return FigureSection(
        key="codes",
        heading="Newsletters, leaflets and posters",
        advice=(
            "Compare each leaflet's number with how many you delivered before you print the next."
            if is_on_paper
            else "Look here after your next leaflet: nobody has used the code of one yet."
        ),
        about="By the code in their links and QR codes." if rows else "",
        named="Code",
        columns=("7 days", "28 days", "In all") if rows else (),
        rows=rows,
        more=more,
    )
