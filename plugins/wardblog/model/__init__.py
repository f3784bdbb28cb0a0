"""The site as plain frozen values, which all other packages pass to each other."""

from __future__ import annotations

from wardblog.model.base_map import BaseMap
from wardblog.model.casework import CaseworkQuarter, CaseworkRow, HiddenCount, Quarter
from wardblog.model.community import COMMUNITY_KINDS, CommunitySite
from wardblog.model.count_tables import CountRow, CountTable
from wardblog.model.data_sources import CaseworkSettings, DataSource
from wardblog.model.events import Deadline, Event, Repeat, Update
from wardblog.model.gazetteer import (
    EntryMatch,
    Gazetteer,
    GazetteerEntry,
    ListMeaning,
    NameMeaning,
)
from wardblog.model.issues import Dataset, Issue, PreviousList
from wardblog.model.newsletter import ENCRYPTION, MailServer, NewsletterSettings
from wardblog.model.personal_data import (
    NOTHING_DISCLOSED,
    Disclosure,
    InspectionResult,
    PersonalData,
    PersonalKind,
    unpublished,
)
from wardblog.model.pictures import Fault, Picture, SizedPicture
from wardblog.model.places import (
    METRES_PER_DEGREE,
    Boundary,
    ListEntry,
    Place,
    Point,
    Precision,
    Progress,
    Ring,
)
from wardblog.model.posts import (
    GENERAL,
    Allowance,
    Body,
    BodyText,
    Closure,
    Commitment,
    Link,
    Mention,
    Post,
    Tag,
    Visibility,
)
from wardblog.model.settings import (
    DEFAULT_ACCENT,
    LOCAL_URL,
    Councillor,
    Election,
    Imprint,
    MapSettings,
    PublishSettings,
    Ward,
)
from wardblog.model.site import Site

__all__ = [
    "COMMUNITY_KINDS",
    "DEFAULT_ACCENT",
    "ENCRYPTION",
    "GENERAL",
    "LOCAL_URL",
    "METRES_PER_DEGREE",
    "NOTHING_DISCLOSED",
    "Allowance",
    "BaseMap",
    "Body",
    "BodyText",
    "Boundary",
    "CaseworkQuarter",
    "CaseworkRow",
    "CaseworkSettings",
    "Closure",
    "Commitment",
    "CommunitySite",
    "Councillor",
    "CountRow",
    "CountTable",
    "DataSource",
    "Dataset",
    "Deadline",
    "Disclosure",
    "Election",
    "EntryMatch",
    "Event",
    "Fault",
    "Gazetteer",
    "GazetteerEntry",
    "HiddenCount",
    "Imprint",
    "InspectionResult",
    "Issue",
    "Link",
    "ListEntry",
    "ListMeaning",
    "MailServer",
    "MapSettings",
    "Mention",
    "NameMeaning",
    "NewsletterSettings",
    "PersonalData",
    "PersonalKind",
    "Picture",
    "Place",
    "Point",
    "Post",
    "Precision",
    "PreviousList",
    "Progress",
    "PublishSettings",
    "Quarter",
    "Repeat",
    "Ring",
    "Site",
    "SizedPicture",
    "Tag",
    "Update",
    "Visibility",
    "Ward",
    "unpublished",
]
