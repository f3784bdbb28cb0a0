"""The keys of `ward.toml` about the site, the ward and its maps."""

from __future__ import annotations

from wardblog.content.setting_keys.setting_key import SettingKey as Key
from wardblog.content.setting_keys.setting_key import SettingKind as Kind
from wardblog.content.setting_keys.setting_key import SettingTable
from wardblog.model import DEFAULT_ACCENT

_FILE = "ward.toml"
_MAP_FILES = (".geojson", ".json")
_HUB = Key(
    name="hub",
    kind=Kind.ADDRESS,
    label="WebSub hub",
    help="A service that tells feed readers about news within seconds.",
    example="https://hub.example.org/",
)
_ALLOW_HELP = (
    "Telephone numbers, e-mail addresses and the like that may appear in posts although they look "
    "like personal data, such as those of the council. One on each line."
)

_TOP = SettingTable(
    file=_FILE,
    name="",
    label="Above all headings",
    keys=(
        Key(name="hub", kind=Kind.ADDRESS, label="WebSub hub", is_older=True),
        Key(name="allow", kind=Kind.LIST, label="What is public", is_older=True),
    ),
)
_SITE = SettingTable(
    file=_FILE,
    name="site",
    label="The site",
    keys=(
        Key(
            name="title",
            kind=Kind.WORDS,
            label="Name of the site",
            help="It is at the top of every page and in search engines.",
            example="Shaftesbury ward blog",
            required=True,
        ),
        Key(
            name="url",
            kind=Kind.ADDRESS,
            label="Web address",
            help="Where residents will read the site. It is needed to publish.",
            example="https://ward.example.org",
        ),
        Key(
            name="description",
            kind=Kind.LONG_WORDS,
            label="Description",
            help="One sentence about the site.",
            example="News from your ward councillors",
        ),
        Key(
            name="accent",
            kind=Kind.COLOUR,
            label="Colour of the ward",
            help="It is used for links and lines. Choose a dark one, so that it can be read.",
            example="#1d5f3a",
            colours=(DEFAULT_ACCENT,),
        ),
        Key(
            name="newsletter",
            kind=Kind.ADDRESS,
            label="Newsletter on another website",
            help="Where residents sign up, if another website sends your newsletter.",
            example="https://news.example.org/shaftesbury",
        ),
        Key(
            name="whatsapp",
            kind=Kind.ADDRESS,
            label="WhatsApp channel",
            help="The link of a channel. Do not use a group: its members see each other's numbers.",
            example="https://whatsapp.com/channel/0029VaSampleShaftesbury",
        ),
        _HUB,
        Key(name="allow", kind=Kind.LIST, label="What is public", is_older=True),
    ),
)
_WARD = SettingTable(
    file=_FILE,
    name="ward",
    label="The ward",
    keys=(
        Key(
            name="name",
            kind=Kind.WORDS,
            label="Name of the ward",
            help='Without the word "ward".',
            example="Shaftesbury",
            required=True,
        ),
        Key(
            name="council",
            kind=Kind.WORDS,
            label="Council",
            help='Its name without the word "council".',
            example="Wandsworth",
            required=True,
        ),
        Key(
            name="boundary",
            kind=Kind.FILE,
            label="Outline of the ward",
            help="A file with map data. The ward's own, or one with many wards.",
            example="data/ward.geojson",
            folder="data",
            endings=_MAP_FILES,
        ),
        Key(
            name="code",
            kind=Kind.WORDS,
            label="Code of the ward",
            help="Nine characters. It finds your ward in a file with many.",
            example="E05000623",
        ),
        Key(
            name="boundary_attribution",
            kind=Kind.WORDS,
            label="Credit for the outline",
            help="Who made it, unless its file says so.",
            example="Contains OS data © Crown copyright and database right 2026",
        ),
    ),
)
_MAP = SettingTable(
    file=_FILE,
    name="map",
    label="Maps",
    keys=(
        Key(
            name="base",
            kind=Kind.FILE,
            label="Base map",
            help="Streets, parks, water and buildings from a file of your own.",
            example="data/basemap.geojson",
            folder="data",
            endings=_MAP_FILES,
        ),
        Key(
            name="base_attribution",
            kind=Kind.WORDS,
            label="Credit for the base map",
            help="What its licence asks for, unless the file says so.",
            example="© OpenStreetMap contributors",
        ),
        Key(name="streets", kind=Kind.FILE, label="Streets", is_older=True),
        Key(name="streets_attribution", kind=Kind.WORDS, label="Credit", is_older=True),
        Key(
            name="gazetteer",
            kind=Kind.FILE,
            label="Names of streets",
            help="A table of streets, places and postcodes with their positions.",
            example="data/gazetteer.csv",
            folder="data",
            endings=(".csv",),
        ),
        Key(
            name="gazetteer_attribution",
            kind=Kind.WORDS,
            label="Credit for the names",
            example="Contains OS data © Crown copyright and database right 2026",
        ),
        Key(
            name="tiles",
            kind=Kind.CHOICE,
            label="Street map from another website",
            help="Whether maps can show it. That website then sees the reader's address: if you "
            "choose always, say so on your privacy page.",
            choices={
                "none": "never",
                "ask": "after a resident presses a button",
                "always": "always",
            },
            usual="none",
        ),
        Key(
            name="tile_url",
            kind=Kind.ADDRESS,
            label="Address of that street map",
            help="If it is not OpenStreetMap's.",
            example="https://tiles.example.org/{z}/{x}/{y}.png",
            only_for=("tiles", ("ask", "always")),
        ),
        Key(
            name="tile_attribution",
            kind=Kind.WORDS,
            label="Credit for that street map",
            example="© OpenStreetMap contributors",
            only_for=("tiles", ("ask", "always")),
        ),
    ),
)
_GUARD = SettingTable(
    file=_FILE,
    name="guard",
    label="Checks",
    keys=(
        Key(
            name="allow",
            kind=Kind.LIST,
            label="What is public",
            help=_ALLOW_HELP,
            example="020 8871 6000",
        ),
    ),
)
TABLES = (_TOP, _SITE, _WARD, _MAP, _GUARD)
