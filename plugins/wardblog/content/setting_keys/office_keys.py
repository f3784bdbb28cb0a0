"""The keys of `ward.toml` about publishing, leaflets, sources and casework."""

from __future__ import annotations

from wardblog.content.setting_keys.setting_key import SettingKey as Key
from wardblog.content.setting_keys.setting_key import SettingKind as Kind
from wardblog.content.setting_keys.setting_key import SettingTable

_FILE = "ward.toml"
_HIGHEST_PORT = 65535

_SOURCE = SettingTable(
    file=_FILE,
    name="source",
    label="Sources",
    help="Where the software looks for planning applications, reports and meetings.",
    one="source",
    repeats=True,
    title="from",
    keys=(
        Key(
            name="from",
            kind=Kind.CHOICE,
            label="Source",
            required=True,
            choices={
                "planit": "planning applications (PlanIt)",
                "planning-csv": "planning applications, from a file of the council",
                "planning-data": "planning applications (planning.data.gov.uk)",
                "fixmystreet": "reports (FixMyStreet)",
                "open311": "reports (an Open311 service)",
                "police": "counts of crimes (police.uk)",
                "moderngov": "meetings (ModernGov)",
                "calendar": "meetings, from a calendar file (iCal)",
                "meetings-feed": "meetings, from a feed (RSS)",
            },
        ),
        Key(
            name="issue",
            kind=Kind.ISSUE,
            label="Issue",
            help="The issue that it belongs to. Meetings need none.",
            example="Planning",
        ),
        Key(
            name="url",
            kind=Kind.ADDRESS,
            label="Web address",
            help="Where the source is, if it is not the same for all councils.",
            example="https://democracy.wandsworth.gov.uk",
        ),
        Key(
            name="committees",
            kind=Kind.LIST,
            label="Committees",
            help="Only the meetings of these. One on each line.",
            example="Planning committee",
            only_for=("from", ("moderngov", "calendar", "meetings-feed")),
        ),
        Key(
            name="jurisdiction",
            kind=Kind.WORDS,
            label="Name of the council there",
            example="wandsworth.gov.uk",
            only_for=("from", ("open311",)),
        ),
    ),
)
_CASEWORK = SettingTable(
    file=_FILE,
    name="casework",
    label="Casework",
    keys=(
        Key(
            name="answer_within",
            kind=Kind.NUMBER,
            label="Working days to answer",
            help="When a case without an answer is due.",
            example="5",
            low=1,
            high=365,
        ),
        Key(
            name="silent_after",
            kind=Kind.NUMBER,
            label="Days of silence",
            help="After so many days without a word from the council, a case is due again.",
            example="14",
            low=1,
            high=365,
        ),
        Key(
            name="keep_months",
            kind=Kind.NUMBER,
            label="Months that closed cases are kept",
            example="12",
            high=120,
        ),
        Key(
            name="nation",
            kind=Kind.CHOICE,
            label="Bank holidays of",
            choices={name: name for name in ("England", "Wales", "Scotland", "Northern Ireland")},
            usual="England",
        ),
    ),
)
_LEAFLET = SettingTable(
    file=_FILE,
    name="leaflet",
    label="Leaflets",
    keys=(
        Key(
            name="printer",
            kind=Kind.WORDS,
            label="Printer",
            help="The name and address of who prints your leaflets. The law asks for it on paper. "
            "If you print them yourself, write your own.",
            example="Sample Press, 2 Print Street, London SW11 0XX",
        ),
    ),
)
_PUBLISH = SettingTable(
    file=_FILE,
    name="publish",
    label="Publishing",
    help="Where the site goes when you publish it.",
    keys=(
        Key(
            name="to",
            kind=Kind.CHOICE,
            label="Where to",
            choices={
                "folder": "a folder on this computer",
                "ssh": "a host that you reach by ssh",
                "s3": "a store such as Amazon S3",
                "git": "a branch of a repository, as for GitHub Pages",
            },
            usual="folder",
        ),
        Key(
            name="host",
            kind=Kind.WORDS,
            label="Host",
            help="What you would write after ssh.",
            example="robin@host.example.org",
            only_for=("to", ("ssh",)),
        ),
        Key(
            name="port",
            kind=Kind.NUMBER,
            label="Port",
            help="If it is not 22.",
            example="22",
            high=_HIGHEST_PORT,
            only_for=("to", ("ssh",)),
        ),
        Key(
            name="path",
            kind=Kind.WORDS,
            label="Folder",
            example="public",
            only_for=("to", ("folder", "ssh")),
        ),
        Key(
            name="bucket",
            kind=Kind.WORDS,
            label="Bucket",
            example="ward-blog",
            only_for=("to", ("s3",)),
        ),
        Key(
            name="region",
            kind=Kind.WORDS,
            label="Region",
            example="eu-west-2",
            only_for=("to", ("s3",)),
        ),
        Key(
            name="endpoint",
            kind=Kind.ADDRESS,
            label="Address of the store",
            help="If it is not Amazon's.",
            example="https://store.example.org",
            only_for=("to", ("s3",)),
        ),
        Key(
            name="prefix",
            kind=Kind.WORDS,
            label="Folder inside the bucket",
            example="ward",
            only_for=("to", ("s3",)),
        ),
        Key(
            name="remote",
            kind=Kind.WORDS,
            label="Repository",
            help='If it is not the one that this folder came from ("origin").',
            example="git@github.com:robin/ward.git",
            only_for=("to", ("git",)),
        ),
        Key(
            name="branch",
            kind=Kind.WORDS,
            label="Branch",
            help="gh-pages if you write nothing.",
            example="gh-pages",
            only_for=("to", ("git",)),
        ),
        Key(
            name="keep",
            kind=Kind.NUMBER,
            label="Releases to keep",
            help="How many you can go back to: 5 if you write nothing.",
            example="5",
            low=1,
            high=100,
            only_for=("to", ("folder", "ssh", "s3")),
        ),
        Key(
            name="verify",
            kind=Kind.YES_NO,
            label="Compare live pages afterwards",
            help="Yes if you choose nothing, unless the site goes to a folder.",
        ),
        Key(name="hub", kind=Kind.ADDRESS, label="WebSub hub", is_older=True),
    ),
)
TABLES = (_SOURCE, _CASEWORK, _LEAFLET, _PUBLISH)
