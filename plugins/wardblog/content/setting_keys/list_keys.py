"""The keys of `issues.toml` and `community.toml`."""

from __future__ import annotations

from wardblog.content.setting_keys.setting_key import SettingKey as Key
from wardblog.content.setting_keys.setting_key import SettingKind as Kind
from wardblog.content.setting_keys.setting_key import SettingTable
from wardblog.support.colours import COLOURS

_ISSUES, _COMMUNITY = "issues.toml", "community.toml"
_LIST_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".geojson", ".json")
_PLACES = ("show", ("ward", "all"))

_ISSUE = SettingTable(
    file=_ISSUES,
    name="issue",
    label="Issues",
    help="What you follow. A post with an issue among its tags is on the issue's page, map and "
    "feeds.",
    one="issue",
    repeats=True,
    keys=(
        Key(
            name="name",
            kind=Kind.WORDS,
            label="Name",
            help="What you write in the tags of a post.",
            example="Grit bins",
            required=True,
        ),
        Key(
            name="about",
            kind=Kind.LONG_WORDS,
            label="About",
            help="One sentence.",
            example="Where they are, and who fills them.",
        ),
        Key(
            name="colour",
            kind=Kind.COLOUR,
            label="Colour",
            help="Its colour on pages and maps.",
            example="#8a5a00",
            colours=COLOURS,
        ),
        Key(
            name="report_url",
            kind=Kind.ADDRESS,
            label="Page to report a problem",
            help="Where residents report a problem of this kind.",
            example="https://www.example.gov.uk/report-grit-bin",
        ),
        Key(
            name="report_label",
            kind=Kind.WORDS,
            label="Words on that link",
            help='At most 40 letters. "Report a problem" if you write nothing.',
            example="Report an empty bin",
        ),
        Key(
            name="sensitive",
            kind=Kind.YES_NO,
            label="Places in these posts are never shown exactly",
            help="For complaints, because an exact place could point to somebody's home. If you "
            "choose nothing, it is so for an issue whose name has a word such as noise, crime or "
            "dog fouling in it.",
        ),
        Key(
            name="aliases",
            kind=Kind.LIST,
            label="Earlier addresses",
            help="Addresses that its page had before. One on each line.",
            example="/issues/salt-bins/",
        ),
    ),
)
_DATASET = SettingTable(
    file=_ISSUES,
    name="dataset",
    label="Lists",
    help="Lists from the council, such as those of grit bins.",
    one="list",
    repeats=True,
    title="title",
    or_title="file",
    keys=(
        Key(
            name="issue",
            kind=Kind.ISSUE,
            label="Issue",
            example="Grit bins",
            required=True,
        ),
        Key(
            name="file",
            kind=Kind.FILE,
            label="File",
            example="data/grit-bins.csv",
            required=True,
            folder="data",
            endings=_LIST_FILES,
        ),
        Key(
            name="title",
            kind=Kind.WORDS,
            label="Title",
            help="Without one, the name of the issue.",
            example="Grit bins, winter 2026-27",
        ),
        Key(
            name="source",
            kind=Kind.WORDS,
            label="Who published it",
            example="Council winter service plan",
        ),
        Key(
            name="source_url",
            kind=Kind.ADDRESS,
            label="Where it was published",
            example="https://www.example.gov.uk/grit-bins",
        ),
        Key(
            name="licence",
            kind=Kind.WORDS,
            label="Licence",
            example="Open Government Licence v3.0",
        ),
        Key(
            name="attribution",
            kind=Kind.WORDS,
            label="Credit",
            help="What the licence asks you to say beyond its usual sentence.",
            example="Contains Royal Mail data © Royal Mail copyright and database right 2026",
        ),
        Key(
            name="as_of",
            kind=Kind.DAY,
            label="Date of the data",
            example="2026-11-01",
        ),
        Key(
            name="show",
            kind=Kind.CHOICE,
            label="What is shown",
            choices={
                "ward": "the places in the ward",
                "all": "all places",
                "table": "a table of counts, without a map",
            },
            usual="ward",
        ),
        Key(
            name="name_column",
            kind=Kind.WORDS,
            label="Column with the names",
            help="If another is better than the one that was found.",
            example="Bin location",
            only_for=_PLACES,
        ),
        Key(
            name="grid",
            kind=Kind.CHOICE,
            label="Grid of the positions",
            help="Only if you are asked for it.",
            choices={
                "": "found automatically",
                "british": "British National Grid",
                "irish": "Irish Grid",
                "itm": "Irish Transverse Mercator (ITM)",
            },
            only_for=_PLACES,
        ),
        Key(
            name="precision",
            kind=Kind.CHOICE,
            label="How exact places are",
            choices={
                "": "as usual: exact, or about 100 m for complaints",
                "exact": "exact",
                "street": "about 100 m",
                "area": "about 500 m",
            },
            only_for=_PLACES,
        ),
        Key(
            name="previous",
            kind=Kind.FILE,
            label="List before this one",
            help="The page then says what has changed.",
            example="data/grit-bins-2025.csv",
            folder="data",
            endings=_LIST_FILES,
            only_for=_PLACES,
        ),
    ),
)
_SITE = SettingTable(
    file=_COMMUNITY,
    name="site",
    label="Local sites",
    help="Other local sites, for the page Community. Only what everybody can read belongs here: "
    "no closed groups, and nobody's own profile.",
    one="site",
    repeats=True,
    keys=(
        Key(name="name", kind=Kind.WORDS, label="Name", example="Shaftesbury Forum", required=True),
        Key(
            name="url",
            kind=Kind.ADDRESS,
            label="Web address",
            example="https://forum.example.org",
            required=True,
        ),
        Key(
            name="kind",
            kind=Kind.CHOICE,
            label="Kind",
            required=True,
            choices={
                "news": "local news",
                "blog": "a blog",
                "forum": "a forum",
                "group": "a group",
                "council": "the council",
                "police": "the police",
                "school": "a school",
            },
        ),
        Key(
            name="about",
            kind=Kind.LONG_WORDS,
            label="About",
            help="One sentence for residents.",
            example="Neighbours ask each other for plumbers, and find lost cats.",
        ),
        Key(
            name="feed",
            kind=Kind.ADDRESS,
            label="News feed",
            help="The software can find it.",
            example="https://forum.example.org/feed.xml",
        ),
        Key(
            name="rules",
            kind=Kind.LONG_WORDS,
            label="Rules for posting there",
            help="For you; not published.",
            example="No party politics. Answer questions the same day.",
        ),
        Key(
            name="when",
            kind=Kind.WORDS,
            label="A good time to post",
            help="For you; not published.",
            example="Sunday evening",
        ),
        Key(
            name="checked",
            kind=Kind.DAY,
            label="Last looked at",
            example="2026-11-01",
        ),
        Key(
            name="allow",
            kind=Kind.WORDS,
            label="Why a closed group is listed",
            help="Only for a closed group that asked to be listed.",
            example="the admin asked me to list it",
        ),
    ),
)
ISSUE_TABLES = (_ISSUE, _DATASET)
COMMUNITY_TABLES = (_SITE,)
