"""The issues that a councillor follows, and the council's lists about them."""

from __future__ import annotations

import re
from datetime import date

from wardblog.model.count_tables import CountTable
from wardblog.model.gazetteer import GazetteerEntry
from wardblog.model.personal_data import NOTHING_DISCLOSED, Disclosure
from wardblog.model.places import Place
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import short_host

# Words about complaints: a pin would point at whoever complains, or is complained of.
_COMPLAINTS = late_regex(
    r"\bdog.?(?:foul|mess|poo|dirt)|\banti.?social|\basb\b|\bnois[ey]|\bnuisance|\bdrugs?\b"
    r"|\bdrug.?dealing|\bharass|\bstalking|\bhate\b|\bviolen|\bcrimes?\b"
    r"|\babuse\b|\bneighbour dispute|\bbegging|\brough sleep|\bhomeless|\bsafeguarding",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PreviousList:
    """The previous list, to compare with; `inside` as in a `Dataset`."""

    file: str
    places: tuple[Place, ...]
    inside: tuple[bool, ...]
    disclosure: Disclosure = NOTHING_DISCLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A council's list as cleaned: every place in it, and which of them the map shows.

    A table of counts has no places; it is in `table`.
    """

    slug: str
    title: str
    issue: str
    places: tuple[Place, ...]
    inside: tuple[bool, ...]
    show_all: bool
    file: str
    line: int
    source: str = ""
    source_url: str = ""
    licence: str = ""
    as_of: date | None = None
    attribution: str = ""
    without_position: int = 0
    previous: PreviousList | None = None
    disclosure: Disclosure = NOTHING_DISCLOSED
    # Whether any name in it is, or holds, a full postcode.
    has_postcodes: bool = False
    # The streets that each entry names; () without a gazetteer, and for complaints.
    streets: tuple[tuple[GazetteerEntry, ...], ...] = ()
    table: CountTable | None = None

    @property
    def download(self) -> str:
        """The address of the cleaned list, as GeoJSON or CSV like the council's own file."""
        kind = "geojson" if self.file.endswith("json") and self.table is None else "csv"
        return f"data/{self.slug}.{kind}"

    @property
    def shown(self) -> tuple[Place, ...]:
        if self.show_all:
            return self.places
        return tuple(p for p, inside in zip(self.places, self.inside, strict=True) if inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A declared tag with a page, a map and feeds of its own.

    `report_label` are the words of the link to `report_url`, or "" for the usual ones.
    """

    name: str
    slug: str
    colour: str
    about: str
    report_url: str
    line: int
    datasets: tuple[Dataset, ...] = ()
    # Earlier addresses of its page.
    aliases: tuple[str, ...] = ()
    # Whether posts about it are complaints, which must not show anybody's home.
    is_sensitive: bool = False
    colour_line: int = 1
    report_label: str = ""

    @property
    def lists(self) -> tuple[Dataset, ...]:
        """The data sets with places, which maps show."""
        return tuple(dataset for dataset in self.datasets if dataset.table is None)

    @property
    def report_host(self) -> str:
        """The host of `report_url` for people to read, without `www.`; "" if there is none."""
        return short_host(self.report_url)


def names_complaints(name: str) -> bool:
    """Whether the name of an issue, a tag or a list says that it is about complaints."""
    return bool(_COMPLAINTS.search(name))
