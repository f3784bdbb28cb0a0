"""A small ward whose files are changed at random, as a councillor and her volunteers might."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from support import ISSUES, ROOT, SQUARE, WARD, map_feature

NAMES = ("elm", "oak", "ash", "yew", "fir", "bay", "lime", "rowan")
ISSUE_TAGS = ("grit bins", "Potholes", "GRIT BINS", "general")
# One of them often enough that it gets a feed of its own, and loses it again.
TAGS = ("Potholes", "winter", "winter", "winter", "Winter", "roads", "trees")
WORDS = ("Done at last.", "The *council* says so.", "See [the list](/issues/).", "Ünï & <b>x</b>",
         "1. one\n2. two", "## Where\n\nHere.", "The council: 020 7946 0000.",
         "> quoted", "Works in Elm Road and Oak Ln.", "The end of Ash Road.")  # fmt: skip
LINES = {
    "Places": ("Elm Road | 51.465, -0.16", "Oak Lane | 51.466, -0.161 | fixed", "Elm Rd",
               "The oak | Oak Lane | reported", "Grit bins 2 | fixed", "Bin 1"),
    "Precision": ("street", "area", "exact"),
    "Progress": ("reported", "in progress", "fixed"),
    "Updated": ("2026-11-21 | in progress | Begun", "2026-12-03 | fixed | Done in Ash Road"),
    "Deadline": ("2026-11-30 | Comments close", "2026-12-20 | Votes"),
    "Event": ("2026-12-01 18:00 - 19:00 | Stall | Library",
              "every Tuesday 10:00 | Coffee | Hall | from 2026-11-24"),
    "Summary": ("One sentence.", "Another *one*."),
    "Author": ("Asha Specimen", "Robin Sample"),
    "Status": ("draft", "hidden", "published"),
    "Card": ("map",),
    "Lang": ("cy",),
    "Image": ("images/bin.png", "images/bin.png | A bin"),
    "Modified": ("2026-11-22", "2026-11-22 12:00"),
    "Aliases": ("/old/elm/", "/old/oak/", "/?p=7"),
    "Guid": ("https://old.example.org/?p=7", "7"),
    "Reference": ("2026/1234",),
}  # fmt: skip
POTHOLES = '[[issue]]\nname = "Potholes"'
PAGE = "Title: About {}\n\nWho we are.\n"


@dataclass
class World:
    """The files of a project: `content/` and what Pelican's settings and the theme say."""

    root: Path
    today: date = date(2026, 11, 22)
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "theme", self.root / "theme")
        shutil.copy(ROOT / "pelicanconf.py", self.root)
        self.write("ward.toml", WARD)
        self.write("issues.toml", ISSUES)
        self.write("data/ward.geojson", SQUARE)
        self.write("pages/about.md", PAGE.format("us"))
        self.put("images/bin.png", photograph())
        for name in NAMES[:4]:
            self.add(name)

    @property
    def content(self) -> Path:
        return self.root / "content"

    def read(self, name: str) -> str:
        return (self.content / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def put(self, name: str, data: bytes) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def add(self, name: str) -> None:
        day = date(2026, 11, 1) + timedelta(self.chance.randrange(30))
        self.posts[name] = {"Title": f"About the {name}", "Date": str(day),
                            "Tags": self.chance.choice(ISSUE_TAGS)}  # fmt: skip
        self.bodies[name] = [self.chance.choice(WORDS)]
        self.save(name)

    def save(self, name: str) -> None:
        head = "".join(f"{key}: {value}\n" for key, value in self.posts[name].items())
        self.write(f"posts/{name}.md", f"{head}\n" + "\n\n".join(self.bodies[name]) + "\n")

    def kept(self) -> Callable[[], None]:
        """Keeps all as it is now, and gives what brings it back."""
        files = {p: p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
        today, posts, bodies = self.today, deepcopy(self.posts), deepcopy(self.bodies)

        def restore() -> None:
            for path in self.root.rglob("*"):
                if path.is_file() and path not in files:
                    path.unlink()
            for path, data in files.items():
                if not path.is_file() or path.read_bytes() != data:
                    path.write_bytes(data)
            self.today, self.posts, self.bodies = today, posts, bodies

        return restore

    def one(self) -> str:
        """A post that is there, or a new one."""
        if not self.posts:
            self.add(NAMES[0])
        return self.chance.choice(sorted(self.posts))


@cache
def photograph(
    width: int = 30,
    kind: str = "PNG",
    colour: str = "teal",
    orientation: int = 1,
    height: int = 20,
) -> bytes:
    """A picture that tells who took it, and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Robin Sample"
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind, exif=exif)
    return file.getvalue()


def edit_text(world: World) -> None:
    name = world.one()
    body = world.bodies[name]
    body.insert(world.chance.randrange(len(body) + 1), world.chance.choice(WORDS))
    del body[4:]
    world.save(name)


def add_post(world: World) -> None:
    world.add(world.chance.choice(NAMES))


def delete_post(world: World) -> None:
    name = world.one()
    del world.posts[name]
    (world.content / f"posts/{name}.md").unlink()


def rename_file(world: World) -> None:
    name = world.one()
    new = f"{name}-{world.chance.randrange(3)}"
    world.posts[new], world.bodies[new] = world.posts.pop(name), world.bodies[name]
    (world.content / f"posts/{name}.md").rename(world.content / f"posts/{new}.md")


def retag(world: World) -> None:
    name = world.one()
    more = world.chance.sample(TAGS, world.chance.randrange(3))
    world.posts[name]["Tags"] = ", ".join((world.chance.choice(ISSUE_TAGS), *more))
    world.save(name)


def redate(world: World) -> None:
    name = world.one()
    day = date(2026, 10, 20) + timedelta(world.chance.randrange(60))
    world.posts[name]["Date"] = f"{day} 1{world.chance.randrange(10)}:30"
    world.save(name)


def retitle(world: World) -> None:
    name = world.one()
    world.posts[name]["Title"] = world.chance.choice(("A & B", f"New {name}", "Grit in {{ site }}"))
    world.save(name)


def set_line(world: World) -> None:
    name, key = world.one(), world.chance.choice(sorted(LINES))
    if key in world.posts[name]:
        del world.posts[name][key]
    else:
        world.posts[name][key] = world.chance.choice(LINES[key])
    world.save(name)


def link_to_another(world: World) -> None:
    name, other = world.one(), world.one()
    world.bodies[name].append(f"As [told]({other}.md#where), and ![a bin](../images/bin.png).")
    world.save(name)


def link_to_a_file(world: World) -> None:
    world.write("files/minutes.pdf", world.chance.choice(("one", "two")))
    name = world.one()
    world.bodies[name].append("[Minutes]({static}/files/minutes.pdf)")
    world.save(name)


def touch_nothing(world: World) -> None:
    name = world.one()
    world.save(name)


def next_days(world: World) -> None:
    world.today += timedelta(world.chance.choice((1, 1, 2, 7, 14)))


def change_ward(world: World) -> None:
    old, new = world.chance.choice((
        ("Shaftesbury ward blog", "Our blog"), ("[ward]", 'accent = "#7a1f5c"\n[ward]'),
        ("https://ward.example.org", "https://example.org/blog"), ("Robin Sample", "Rob Sample"),
        ("1 Sample Street", "2 Sample Street"), ("News from", "Words from"),
        ("[[councillor]]", 'boundary = "data/ward.geojson"\n[[councillor]]'),
        ("[imprint]", '[map]\ntiles = "ask"\n[imprint]'),
        ("[imprint]", '[[surgery]]\nwhen = "every Monday 10:00"\nfrom = 2026-11-23\n[imprint]'),
        ("[imprint]", '[[councillor]]\nname = "Al Ice"\nphoto = "images/bin.png"\n[imprint]'),
        ('email = "robin', 'about = "Here since 1998."\nemail = "robin'),
        ("[imprint]", '[election]\nnotice = 2026-11-25\npoll = 2026-12-10\n[imprint]'),
    ))  # fmt: skip
    now = world.read("ward.toml")
    world.write("ward.toml", now.replace(old, new, 1) if new not in now else now.replace(new, old))


def change_issues(world: World) -> None:
    old, new = world.chance.choice((
        ("#8a5a00", "#1d4f91"), ('name = "Potholes"', 'name = "Potholes"\nabout = "Holes."'),
        ('name = "Potholes"', 'name = "Potholes"\nreport_url = "https://example.org/r"'),
        ("https://example.org/r\"", 'https://example.org/r"\nreport_label = "Tell us"'),
        ('name = "Potholes"', 'name = "Potholes"\nsensitive = true'),
        ('file = "data/bins.csv"', 'file = "data/bins.csv"\nprecision = "street"'),
        (POTHOLES, f'[[issue]]\nname = "Trees"\n{POTHOLES}'),
        ('name = "Grit bins"', 'name = "Grit bins"\naliases = ["/grit/"]'),
    ))  # fmt: skip
    now = world.read("issues.toml")
    world.write("issues.toml", now.replace(old, new) if new not in now else now.replace(new, old))


def change_data(world: World) -> None:
    where = world.chance.choice(("", " in Elm Road", " at Oak Lane, Ash Road"))
    rows = "".join(f'{n},"Bin {n}{where}",{51.46 + n / 1000},-0.16\n'
                   for n in range(world.chance.randrange(1, 6)))  # fmt: skip
    world.write("data/bins.csv", f"Map ID,Location,Latitude,Longitude\n{rows}")
    world.write("data/bins-2025.csv", "Map ID,Location,Latitude,Longitude\n1,Bin 1,51.461,-0.16\n")
    now = world.read("issues.toml")
    if "[[dataset]]" not in now:
        now += '[[dataset]]\nissue = "Grit bins"\nfile = "data/bins.csv"\nshow = "all"\n'
    previous = 'previous = "data/bins-2025.csv"\n'
    if world.chance.random() < 0.3:
        now = now.replace(previous, "") if previous in now else now + previous
    world.write("issues.toml", now)


def change_gazetteer(world: World) -> None:
    """Streets move, come and go, and are named twice; posts may name one that is gone."""
    rows = ["street,Elm Road,51.465,-0.16", "street,Oak Lane,51.466,-0.161"]
    ash = f"street,Ash Road,51.46{world.chance.randrange(9)},-0.16"
    more = ("street,Elm Road,51.469,-0.169", "street,Bin 1,51.462,-0.162", ash,
            "street,Elm Road 2,51.464,-0.161", "street,ELM Road,51.463,-0.161",
            "place,Hall,51.46,-0.16", "postcode,SW11 5JY,51.464,-0.163")  # fmt: skip
    rows += world.chance.sample(more, world.chance.randrange(len(more)))
    if world.chance.random() < 0.2:
        rows[0] = f"street,Elm Road,51.46{world.chance.randrange(9)},-0.16"
    world.write("data/names.csv", "kind,name,lat,lon\n" + "\n".join(rows) + "\n")
    set_on_map(world, 'gazetteer = "data/names.csv"\n')


def change_base_map(world: World) -> None:
    """Roads get other names and shapes."""
    names = world.chance.sample(("Elm Road", "Oak Lane", "Ash Road"), 2)
    roads = [map_feature("road", "LineString", [[-0.165, 51.465], [-0.155, 51.46 + n / 200]], name)
             for n, name in enumerate(names)]  # fmt: skip
    data = {"type": "FeatureCollection", "attribution": "A sketch.", "features": roads}
    world.write("data/base.geojson", json.dumps(data))
    set_on_map(world, 'base = "data/base.geojson"\n')


def set_on_map(world: World, setting: str) -> None:
    """Add a line to the table [map] of the settings, if it is missing."""
    now = world.read("ward.toml")
    if setting not in now:
        heading = "[map]\n" if "[map]\n" in now else ""
        old, new = (
            (heading, heading + setting) if heading else ("[imprint]", f"[map]\n{setting}[imprint]")
        )
        world.write("ward.toml", now.replace(old, new, 1))


def change_boundary(world: World) -> None:
    now = world.read("data/ward.geojson")
    moved = SQUARE.replace("51.47", "51.48")
    world.write("data/ward.geojson", moved if now == SQUARE else SQUARE)


def change_page(world: World) -> None:
    name = f"pages/{world.chance.choice(('about', 'privacy'))}.md"
    if (world.content / name).exists() and world.chance.random() < 0.4:
        (world.content / name).unlink()
    else:
        world.write(name, f"Title: {world.chance.choice(('Who', 'What'))}\n\nWords.\n")


def change_picture(world: World) -> None:
    """It is replaced by a wider or a narrower one, or one beside a post comes or goes."""
    colour = world.chance.choice(("teal", "navy", "olive"))
    width = world.chance.choice((30, 401, 900))
    world.put("images/bin.png", photograph(width, "PNG", colour))
    if world.chance.random() < 0.3:
        world.put(f"images/{world.chance.choice(NAMES)}.jpg", photograph(width, "JPEG", colour))
    if world.chance.random() < 0.5:
        name = f"{world.chance.choice(NAMES[:2])}.jpg"
        world.put(f"posts/{name}", photograph(width, "JPEG", colour, 6, 170))
        shows = world.one()
        world.bodies[shows].append(f"![A tree]({name}) and [the same]({{attach}}{name})")
        world.save(shows)
    elif world.chance.random() < 0.3:
        for path in world.content.glob("images/*.jpg"):
            path.unlink()


def change_redirects(world: World) -> None:
    """A table of old addresses of feeds, pages and files, which comes and goes."""
    lines = (
        "/feed/,/feeds/all.rss.xml", "/atom.xml,/feeds/all.atom.xml", "/category/bins/,/issues/",
        "/category/old/,/old/elm/", "/?cat=3,/", "/up/bin.png,/images/bin.png",
        "/tag/winter/,/tags/winter/", "/2026/11/02/,/2026/11/#posts",
    )  # fmt: skip
    some = world.chance.sample(lines, world.chance.randrange(len(lines) + 1))
    if some:
        world.write("redirects.csv", "\n".join(("old,new", *some, "")))
    else:
        (world.content / "redirects.csv").unlink(missing_ok=True)


def change_theme(world: World) -> None:
    name, old, new = world.chance.choice((
        ("templates/article.html", "What has happened since", "What came of it"),
        ("templates/_macros.html", 'class="posts"', 'class="posts more"'),
        ("templates/base.html", "Ways to follow", "How to follow"),
        ("source/style.css", "body", "body,.x"), ("source/icon.svg", "<svg", "<svg  "),
    ))  # fmt: skip
    path = world.root / "theme" / name
    now = path.read_text(encoding="utf-8")
    path.write_text(now.replace(old, new, 1) if new not in now else now.replace(new, old, 1),
                    encoding="utf-8")  # fmt: skip


def change_settings(world: World) -> None:
    path = world.root / "pelicanconf.py"
    now, line = path.read_text(encoding="utf-8"), 'JINJA_GLOBALS = {"a": 1}\n'
    path.write_text(now.replace(line, "") if line in now else now + line, encoding="utf-8")


Edit = Callable[[World], None]
# The common ones more often, as in life; a change of the settings touches most.
EDITS: tuple[Edit, ...] = (
    *(edit_text, retag, set_line, add_post, change_ward) * 4,
    *(delete_post, rename_file, redate, retitle, next_days, change_issues) * 3,
    *(link_to_another, link_to_a_file, change_data, change_page, change_picture, change_theme) * 2,
    *(change_gazetteer, change_base_map, change_redirects) * 2, touch_nothing, change_boundary,
)  # fmt: skip
