"""The keys of `ward.toml` about councillors, surgeries, the imprint and an election."""

from __future__ import annotations

from wardblog.content.setting_keys.setting_key import SettingKey as Key
from wardblog.content.setting_keys.setting_key import SettingKind as Kind
from wardblog.content.setting_keys.setting_key import SettingTable

_FILE = "ward.toml"

_COUNCILLOR = SettingTable(
    file=_FILE,
    name="councillor",
    label="Councillors",
    one="councillor",
    repeats=True,
    most=3,
    keys=(
        Key(name="name", kind=Kind.WORDS, label="Name", example="Robin Sample", required=True),
        Key(name="party", kind=Kind.WORDS, label="Party", example="Example Party"),
        Key(
            name="email",
            kind=Kind.EMAIL,
            label="E-mail address",
            help="It is shown at the foot of each page.",
            example="robin.sample@example.org",
        ),
        Key(
            name="phone",
            kind=Kind.PHONE,
            label="Telephone number",
            help="It is shown at the foot of each page.",
            example="020 7946 0123",
        ),
        Key(
            name="about",
            kind=Kind.LONG_WORDS,
            label="About you",
            help="One line, shown with your name on the home page.",
            example="Repairs bicycles, and answers most e-mails before breakfast.",
        ),
        Key(
            name="photo",
            kind=Kind.PICTURE,
            label="Photograph",
            help="It is shown in a circle, so the face should be in the middle. Without it, the "
            "circle has your initials.",
            example="images/robin.jpg",
            folder="images",
            endings=(".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"),
        ),
        Key(
            name="planning_committee",
            kind=Kind.YES_NO,
            label="Decides on planning applications",
            help="Say yes if you are on the planning committee. Posts are then checked for words "
            "that would suggest that your mind is made up.",
        ),
    ),
)
_SURGERY = SettingTable(
    file=_FILE,
    name="surgery",
    label="Surgeries",
    help="Surgeries and meetings that are held regularly. They are in the calendar of the site.",
    one="surgery",
    repeats=True,
    title="when",
    keys=(
        Key(
            name="when",
            kind=Kind.WORDS,
            label="When",
            example="first Saturday of the month 10:00 - 11:30",
            required=True,
        ),
        Key(name="where", kind=Kind.WORDS, label="Where", example="Battersea Library"),
        Key(
            name="name",
            kind=Kind.WORDS,
            label="What it is called",
            help='"Ward surgery" if you write nothing.',
            example="Ward surgery",
        ),
        Key(name="from", kind=Kind.DAY, label="First day", example="2026-11-01"),
        Key(name="until", kind=Kind.DAY, label="Last day", example="2027-05-01"),
        Key(
            name="except",
            kind=Kind.DAYS,
            label="Not held",
            help="Days, or months such as August, when it is not held. One on each line.",
            example="2027-01-02",
        ),
    ),
)
_IMPRINT = SettingTable(
    file=_FILE,
    name="imprint",
    label="Imprint",
    help="The law requires it on material like this (Elections Act 2022, Part 6). It is on every "
    "page and in every feed.",
    keys=(
        Key(
            name="promoter",
            kind=Kind.WORDS,
            label="Promoter",
            help="The person who is responsible for the site.",
            example="Chris Agent",
            required=True,
        ),
        Key(
            name="on_behalf_of",
            kind=Kind.WORDS,
            label="On behalf of",
            help="The person the site is published for, if that is not the promoter.",
            example="Robin Sample",
        ),
        Key(
            name="address",
            kind=Kind.WORDS,
            label="Address",
            help="The promoter's postal address. It is published.",
            example="1 Sample Street, London SW11 0XX",
            required=True,
        ),
    ),
)
_ELECTION = SettingTable(
    file=_FILE,
    name="election",
    label="Election",
    is_optional=True,
    help="The days between which the council's publicity is restricted.",
    keys=(
        Key(
            name="notice",
            kind=Kind.DAY,
            label="Notice of election",
            help="About six weeks before the poll. The council's page on elections has both days.",
            example="2027-03-22",
            required=True,
        ),
        Key(
            name="poll", kind=Kind.DAY, label="Day of the poll", example="2027-05-06", required=True
        ),
        Key(
            name="banner",
            kind=Kind.WORDS,
            label="Words on every page",
            help="What is shown in this time, if you want something to be.",
        ),
    ),
)
TABLES = (_COUNCILLOR, _SURGERY, _IMPRINT, _ELECTION)
