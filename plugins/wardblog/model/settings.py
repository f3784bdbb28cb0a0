"""The settings about the councillor, the ward and the site."""

from __future__ import annotations

from datetime import date

from wardblog.model.base_map import BaseMap
from wardblog.model.pictures import SizedPicture
from wardblog.model.places import Boundary
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of

# The address of a site that has none yet: on the councillor's own computer.
LOCAL_URL = "http://localhost:8000"


# The ward's colour if none is set.
DEFAULT_ACCENT = "#1d5f3a"


@dataclass(frozen=True, slots=True)
class Ward:
    """`in_ireland` is whether it is in Northern Ireland, with grids of its own; None if unknown."""

    name: str
    council: str
    boundary: Boundary | None = None
    in_ireland: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Councillor:
    """`about` is one line about the councillor, and `photo` the path of a photograph.

    `portrait` is that photograph, if it can be published.
    """

    name: str
    party: str = ""
    email: str = ""
    phone: str = ""
    about: str = ""
    photo: str = ""
    portrait: SizedPicture | None = None
    # Whether the councillor decides on planning applications.
    planning_committee: bool = False


@dataclass(frozen=True, slots=True)
class Election:
    """The days on which a council's publicity is restricted: from the notice to the poll.

    Local Government Act 1986, sections 2 and 4, and the Code of Recommended Practice on Local
    Authority Publicity, paragraph 33. `banner` is the councillor's own words for it.
    """

    notice: date
    poll: date
    banner: str = ""

    def is_on(self, day: date) -> bool:
        return self.notice <= day <= self.poll


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who is responsible for the material (Elections Act 2022, Part 6)."""

    promoter: str
    on_behalf_of: str
    address: str

    @property
    def sentence(self) -> str:
        if not self.on_behalf_of or self.on_behalf_of == self.promoter:
            return f"Promoted by {self.promoter}, {self.address}."
        return (
            f"Promoted by {self.promoter} on behalf of {self.on_behalf_of}, both of {self.address}."
        )


@dataclass(frozen=True, slots=True)
class MapSettings:
    tiles: str = "none"
    tile_url: str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tile_attribution: str = "© OpenStreetMap contributors"
    base: BaseMap | None = None

    @property
    def tile_host(self) -> str:
        """The site that the street map comes from, such as `openstreetmap.org`."""
        host = host_of(self.tile_url)
        return host.removeprefix("{s}.").removeprefix("tile.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """Where the site is published; each target uses the fields that it needs.

    `keep` is the number of releases that stay there, including the live one. `verify` is whether
    the live pages are checked afterwards, or None for the target's default. `host` may begin with a
    user name and `@`; a `port` of 0 is the default one.
    """

    to: str = "folder"
    path: str = "public"
    line: int | None = None
    keep: int = 5
    verify: bool | None = None
    host: str = ""
    port: int = 0
    endpoint: str = ""
    region: str = ""
    bucket: str = ""
    prefix: str = ""
    remote: str = "origin"
    branch: str = "gh-pages"

    @property
    def is_on_this_computer(self) -> bool:
        """Whether `path` is a folder of this computer."""
        return self.to == "folder"
