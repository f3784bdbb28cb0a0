"""After any sequence of edits, an incremental build gives the same files as a clean build."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from build.world import EDITS, Edit, World, change_settings, photograph
from support import examples, files_of, mostly_long
from wardblog.build import build_site, pelican_settings
from wardblog.build.engine_build import EngineBuild
from wardblog.build.manifest import MANIFEST
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import Run, prepare
from wardblog.build.state import Built
from wardblog.maps import card
from wardblog.model.digests import digest_of
from wardblog.problems import ContentError

# A run of the tests makes each kind of edit once, mixed. A long run makes so many random edits as
# well; more by hand, with another beginning each time.
STEPS = int(os.environ.get("LAW_STEPS", "0")) or examples(500, short=0)
IN_A_ROW = 25
# Pelican's own clean build is compared this often; our engine's, which is quicker, always.
PELICAN_EVERY = 25 if STEPS else 12

# The random edits of a long run hardly come to the same site again.
MOST_KEPT = 100

TREES = '[[issue]]\nname = "Trees"\n'
Steps = list[tuple[int, int]]


@dataclass
class Clean:
    """Builds from nothing by our engine, each made once for all tests with the same world."""

    sites: dict[bytes, dict[str, bytes]] = field(default_factory=dict)

    def of(self, world: World, output: Path) -> dict[str, bytes]:
        """The files of the site; raises `ContentError` where the content has a mistake."""
        files = {path: digest_of(data) for path, data in files_of(world.root).items()}
        key = digest_of(repr((world.today, files)).encode())
        if key not in self.sites:
            run = prepare(world.content, output, Choices.read(world.root / "pelicanconf.py"))
            EngineBuild(run).build()
            if len(self.sites) == MOST_KEPT:
                del self.sites[next(iter(self.sites))]
            self.sites[key] = built(output)
            shutil.rmtree(output)
        return self.sites[key]


CLEAN = Clean()


def built(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in files_of(output).items() if path != MANIFEST}


def times(output: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path: (data, (output / path).stat().st_mtime_ns) for path, data in built(output).items()
    }


@contextmanager
def somewhere() -> Iterator[Path]:
    """A folder that is gone afterwards; in memory, where that can be had."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


class Follower:
    """Builds one world again and again, and holds each build against the law."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = World(root / "project", chance=random.Random(1))  # noqa: S311
        self.output, self.cache = root / "output", root / "cache"
        self._root, self._patch = root, monkeypatch
        self._number = 0

    def again(self, monkeypatch: pytest.MonkeyPatch) -> Follower:
        """Another one of the same folder, as it was when all was built once."""
        other = copy(self)
        other.world, other._patch = deepcopy(self.world), monkeypatch
        return other

    def build(self) -> Run | None:
        """Builds; None where the content has a mistake, and then nothing may have changed."""
        epoch = self.world.today.toordinal() - 719_163  # 1 January 1970
        self._patch.setenv("SOURCE_DATE_EPOCH", str(epoch * 86_400))
        before = times(self.output)
        try:
            run = build_site(
                self.world.root / "pelicanconf.py", self.world.content, self.output, self.cache
            )
        except ContentError as found:
            stopped = str(found)
        else:
            self._hold(run, before)
            return run
        with pytest.raises(ContentError) as clean_one:
            CLEAN.of(self.world, self._root / "clean")
        assert stopped == str(clean_one.value)
        assert times(self.output) == before
        return None

    def _hold(self, run: Run, before: dict[str, tuple[bytes, int]]) -> None:
        now = times(self.output)
        expected = CLEAN.of(self.world, self._root / "clean")
        self._number += 1
        if self._number % PELICAN_EVERY == 0:
            config = self.world.root / "pelicanconf.py"
            build_site(config, self.world.content, self._root / "pelican", None)
            assert built(self._root / "pelican") == expected
            shutil.rmtree(self._root / "pelican")
        assert {path: data for path, (data, _) in now.items()} == expected
        for path, (data, time) in now.items():
            is_same = path in before and before[path][0] == data
            assert not is_same or before[path][1] == time, f"{path} was written again"
            assert is_same or path in run.folder.changed, f"{path} changed unnoticed"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same picture is drawn once, and the same template compiled once.

    That is what takes longest in a clean build, and all that these are made from is in their names.
    """
    monkeypatch.setattr(card, "card_png", cache(card.card_png))
    monkeypatch.setattr(card, "icon_png", cache(card.icon_png))
    compiled: dict[tuple[str, str], bytes] = {}
    monkeypatch.setattr(Built, "bytes_of", lambda _, *key: compiled.get(key))
    monkeypatch.setattr(
        Built, "keep_bytes", lambda _, kind, name, data: compiled.setdefault((kind, name), data)
    )
    asked: dict[tuple[str, bytes], object] = {}
    made, keep = Built.made, Built.keep_made

    def made_once(self: Built, name: str, source: bytes) -> Any:
        return made(self, name, source) or asked.get((name, source))

    def kept(self: Built, name: str, source: bytes, value: object) -> None:
        if name.startswith("template "):
            asked[name, source] = value
        keep(self, name, source, value)

    monkeypatch.setattr(Built, "made", made_once)
    monkeypatch.setattr(Built, "keep_made", kept)


def each_kind_once() -> Steps:
    chance = random.Random(1)  # noqa: S311 - the same in every run, not a secret
    kinds = [EDITS.index(edit) for edit in dict.fromkeys(EDITS)]
    return [(kind, chance.getrandbits(32)) for kind in chance.sample(kinds, len(kinds))]


def follow(steps: Steps, act: Callable[[Follower, Edit], Any]) -> None:
    with somewhere() as root, pytest.MonkeyPatch.context() as patch:
        follower = Follower(root, patch)
        assert follower.build() is not None
        for edit, seed in steps:
            follower.world.chance.seed(seed)
            act(follower, EDITS[edit])


@pytest.mark.usefixtures("quick")
@settings(
    max_examples=max(STEPS // IN_A_ROW, 1),
    deadline=None,
    derandomize="LAW_STEPS" not in os.environ,
    database=None,
    # To make a failure smaller takes minutes: by hand, with LAW_STEPS.
    phases=(
        Phase.explicit,
        *([Phase.generate] if STEPS else []),
        *([Phase.shrink] if "LAW_STEPS" in os.environ else []),
    ),
    suppress_health_check=list(HealthCheck),
)
@example(steps=each_kind_once())
@given(
    st.lists(
        st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 2**32)),
        min_size=IN_A_ROW,
        max_size=IN_A_ROW,
    )
)
def test_after_every_edit_the_site_equals_a_clean_build(steps: Steps) -> None:
    def act(follower: Follower, edit: Edit) -> None:
        restore = follower.world.kept()
        edit(follower.world)
        if follower.build() is None:  # a mistake, which is mended
            restore()
            assert follower.build() is not None

    follow(steps, act)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Follower, Path]:
    """A world that was built once, and a copy of its folder from which each test has it again."""
    root, kept = tmp_path_factory.mktemp("law") / "root", tmp_path_factory.mktemp("kept") / "root"
    with pytest.MonkeyPatch.context() as patch:
        made = Follower(root, patch)
        assert made.build() is not None
    shutil.copytree(root, kept, symlinks=True)
    return made, kept


@pytest.fixture
def follower(
    followed: tuple[Follower, Path], quick: None, monkeypatch: pytest.MonkeyPatch
) -> Follower:
    del quick
    made, kept = followed
    shutil.rmtree(made.world.root.parent)
    shutil.copytree(kept, made.world.root.parent, symlinks=True)
    return made.again(monkeypatch)


def test_changes_made_by_hand_to_the_output_are_undone(follower: Follower) -> None:
    follower.build()
    (follower.output / "index.html").write_text("hacked")
    (follower.output / "sitemap.xml").unlink()
    shutil.rmtree(follower.output / "issues")
    follower.build()
    assert "issues/index.html" in built(follower.output)


def test_an_output_folder_that_is_gone_is_made_again(follower: Follower) -> None:
    shutil.rmtree(follower.output)
    follower.build()


def bad_bits(data: bytes, share: int) -> bytes:
    """One bad bit in so many bytes."""
    chance, bad = random.Random(1), bytearray(data)  # noqa: S311
    for _ in range(len(bad) // share):
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
    return bytes(bad)


# What may have become of a file of the cache.
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "another kind of file": lambda _: b"not a database" * 1000,
    "half": lambda data: data[: len(data) // 2],
    "few bad bits": lambda data: bad_bits(data, 1000),
    "bad bits": lambda data: bad_bits(data, 200),
    "many bad bits": lambda data: bad_bits(data, 50),
    "a word": lambda data: data.replace(b"html", b"htm1"),
}


@pytest.mark.parametrize("damage", mostly_long(DAMAGES, "half", "bad bits", "a word"))
def test_a_damaged_cache_is_never_trusted(damage: str, follower: Follower) -> None:
    for kind in ("read", "built"):
        (path,) = follower.cache.glob(f"{kind}-*.sqlite")
        data = path.read_bytes()
        for side in follower.cache.glob(f"{path.name}-*"):
            side.unlink()
        path.write_bytes(DAMAGES[damage](data))
        EDITS[0](follower.world)
        follower.build()


def test_a_cache_of_another_site_is_never_trusted(
    follower: Follower, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Follower(tmp_path / "other", monkeypatch)
    other.world.posts["elm"]["Title"] = "Another site"
    other.world.save("elm")
    other.build()
    for mine, theirs in itertools.product(("read", "built"), repeat=2):
        (path,) = follower.cache.glob(f"{mine}-*.sqlite")
        (foreign,) = other.cache.glob(f"{theirs}-*.sqlite")
        shutil.copy(foreign, path)
        follower.build()


def test_another_version_of_the_software_rebuilds_everything(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pelican_settings, "_software", lambda: b"another version")
    run = follower.build()
    assert run is not None
    assert not run.reading.read < run.posts.keys()


def test_changed_pelican_settings_rebuild_everything(follower: Follower) -> None:
    change_settings(follower.world)
    run = follower.build()
    assert run is not None
    assert run.reading.read == run.posts.keys()


def test_one_edit_rebuilds_only_the_affected_files(follower: Follower) -> None:
    follower.world.posts["elm"]["Summary"] = "In lists."
    follower.world.save("elm")
    follower.build()
    follower.world.bodies["elm"].append("One more sentence.")
    follower.world.save("elm")
    run = follower.build()
    assert run is not None
    assert run.reading.read == {"posts/elm.md"}
    others = {p for p in run.folder.changed if p.endswith(".html")}
    assert {p.rsplit("/", 2)[-2] for p in others} == {"about-the-elm"}


def test_a_picture_of_another_size_changes_the_pages_that_show_it(follower: Follower) -> None:
    world = follower.world
    councillor = '[[councillor]]\nname = "Al Ice"\nphoto = "images/al.png"\n[imprint]'
    world.write("ward.toml", world.read("ward.toml").replace("[imprint]", councillor))
    for name in ("al", "hall"):
        world.put(f"images/{name}.png", photograph(height=170, width=300))
    world.posts["elm"] = {"Title": "Elm", "Date": "2026-10-02", "Tags": "grit bins",
                          "Image": "images/hall.png"}  # fmt: skip
    world.bodies["oak"] = ["![The hall](../images/hall.png)"]
    world.posts["oak"] |= {"Date": "2026-11-21", "Tags": "potholes"}
    for name in ("elm", "oak"):
        world.save(name)
    follower.build()

    def changed_by(picture: str, width: int, colour: str = "teal") -> set[str]:
        world.put(f"images/{picture}.png", photograph(width, "PNG", colour, height=170))
        run = follower.build()
        assert run is not None
        return {path for path in run.folder.changed if path.endswith(".html")}

    def showing(picture: str) -> set[str]:
        files = built(follower.output).items()
        return {path for path, data in files if path.endswith(".html") and picture.encode() in data}

    # The page of the oak shows the hall in its text, and lists show it beside both posts.
    assert changed_by("hall", 310) == showing("hall.png")
    assert showing("hall.png") > {
        "index.html", "2026/10/elm/index.html", "2026/11/about-the-oak/index.html",
        "2026/10/index.html", "issues/potholes/index.html",
    }  # fmt: skip
    assert changed_by("al", 310) == showing("al.png") == {"index.html", "issues/index.html"}
    assert changed_by("al", 310, "navy") == changed_by("hall", 310, "navy") == set()


def test_a_tag_that_gets_a_feed_is_named_on_the_pages_of_its_posts(follower: Follower) -> None:
    for name in ("elm", "oak", "ash"):
        follower.world.posts[name]["Tags"] = "grit bins, winter"
        follower.world.posts[name]["Date"] = "2026-11-10"
        follower.world.save(name)
        run = follower.build()
    assert run is not None
    page = (follower.output / "2026/11/about-the-elm/index.html").read_text(encoding="utf-8")
    assert 'href="/feeds/winter.rss.xml"' in page


def test_a_tag_that_becomes_an_issue_is_one_on_posts_that_did_not_change(
    follower: Follower,
) -> None:
    follower.world.posts["elm"]["Tags"] = "grit bins, trees"
    follower.world.save("elm")
    follower.build()
    follower.world.write("issues.toml", follower.world.read("issues.toml") + TREES)
    run = follower.build()
    assert run is not None
    assert run.reading.read == {"posts/elm.md"}
    assert b"About the elm" in built(follower.output)["issues/trees/index.html"]


NAMES = "kind,name,lat,lon\nstreet,Elm Road,51.465,-0.16\nstreet,Oak Lane,51.466,-0.161\n"
BINS = "Map ID,Location,Latitude,Longitude\n1,Bin 1,51.461,-0.16\n2,Bin 2,51.462,-0.16\n"


def with_names(follower: Follower) -> None:
    """The elm is in a street of the gazetteer, the oak is a bin, and the ash has a position."""
    world = follower.world
    world.write("data/names.csv", NAMES)
    world.write("data/bins.csv", BINS)
    world.write("ward.toml", world.read("ward.toml") + '[map]\ngazetteer = "data/names.csv"\n')
    dataset = '[[dataset]]\nissue = "Grit bins"\nfile = "data/bins.csv"\nshow = "all"\n'
    world.write("issues.toml", world.read("issues.toml") + dataset)
    places = {"elm": "Elm Rd", "oak": "Grit bins 2 | fixed", "ash": "Elm Road | 51.465, -0.16"}
    for name, place in places.items():
        world.posts[name] |= {"Tags": "grit bins", "Date": "2026-11-10", "Places": place}
        world.save(name)
    assert follower.build() is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "post"),
    [
        ("data/names.csv", "Road,51.465", "Road,51.469", "elm"),
        pytest.param("data/bins.csv", "Bin 2", "By the hall", "oak", marks=pytest.mark.long),
        ("data/bins.csv", "1,Bin 1", "3,Bin 3", None),
        pytest.param("data/bins.csv", "1,Bin 1,51.461,-0.16\n", "", "oak", marks=pytest.mark.long),
    ],
)
def test_a_change_of_a_list_or_the_gazetteer_reads_only_the_posts_that_it_changes(
    file: str, old: str, new: str, post: str | None, follower: Follower
) -> None:
    with_names(follower)
    follower.world.write(file, follower.world.read(file).replace(old, new))
    run = follower.build()
    assert run is not None
    assert run.reading.read == ({f"posts/{post}.md"} if post else set())


def test_a_street_of_another_name_may_be_in_the_text_of_any_post(follower: Follower) -> None:
    with_names(follower)
    follower.world.write("data/names.csv", NAMES.replace("Oak Lane", "Oak Street"))
    run = follower.build()
    assert run is not None
    assert run.reading.read == run.posts.keys()


def test_a_street_that_is_named_twice_from_now_on_stops_the_build(follower: Follower) -> None:
    with_names(follower)
    world = follower.world
    world.write("data/names.csv", NAMES + "street,Elm Road,51.461,-0.165\n")
    assert follower.build() is None
    world.write("data/names.csv", NAMES)
    assert follower.build() is not None


def test_another_councillor_or_path_changes_every_post(follower: Follower) -> None:
    follower.world.bodies["elm"].append("[All](/issues/) ![a bin](../images/bin.png)")
    follower.world.save("elm")
    for old, new in (("Robin Sample", "Rob Sample"), ("ward.example.org", "example.org/blog")):
        follower.world.write("ward.toml", follower.world.read("ward.toml").replace(old, new))
        run = follower.build()
        assert run is not None
        assert run.reading.read == run.posts.keys()


def test_a_report_that_is_fixed_changes_the_figures_and_the_counts(follower: Follower) -> None:
    """The page of figures goes with the last report."""
    world, figures = follower.world, "figures/index.html"
    world.posts["elm"] |= {"Tags": "grit bins", "Date": "2026-11-10", "Progress": "reported"}
    world.save("elm")
    follower.build()
    assert b"it is open." in built(follower.output)[figures]
    world.posts["elm"]["Updated"] = "2026-11-22 | fixed | Done"
    world.save("elm")
    follower.build()
    pages = built(follower.output)
    assert b"it is fixed." in pages[figures]
    assert b"fixed after 12 days" in pages["index.html"]
    assert b"1 fixed" in pages["issues/index.html"]
    assert b"Fixed on 22 November, after 12 days" in pages["2026/11/about-the-elm/index.html"]
    follower.world.bodies["elm"].append("One more sentence.")
    world.save("elm")
    run = follower.build()
    assert run is not None
    assert figures not in run.folder.changed
    del world.posts["elm"]["Updated"], world.posts["elm"]["Progress"]
    world.save("elm")
    follower.build()
    assert figures not in built(follower.output)


def test_an_unused_file_may_be_deleted(follower: Follower) -> None:
    follower.world.write("data/unused.csv", "a,b\n")
    follower.world.write("ward.toml", follower.world.read("ward.toml") + "\n")
    follower.build()
    (follower.world.content / "data/unused.csv").unlink()
    assert follower.build() is not None


def test_saving_a_file_unchanged_changes_nothing(follower: Follower) -> None:
    follower.world.save("elm")
    run = follower.build()
    assert run is not None
    assert not run.folder.changed
    assert not run.reading.read


ELECTION = "\n[election]\nnotice = 2026-11-24\npoll = 2026-11-26\n"


def test_the_election_banner_is_on_every_page_until_the_poll(
    follower: Follower, tmp_path: Path
) -> None:
    """No file changes but the day, and each build is held against one from nothing."""
    follower.world.write("ward.toml", follower.world.read("ward.toml") + ELECTION)
    told = {}
    for day in range(23, 28):
        follower.world.today = date(2026, 11, day)
        assert follower.build() is not None
        pages = {p: d for p, d in built(follower.output).items() if p.endswith(".html")}
        told[day] = {p for p, data in pages.items() if b"There is an election on 26 Nov" in data}
        assert told[day] in (set(), pages.keys())
    assert [day for day in told if told[day]] == [24, 25, 26]
    follower.world.today = date(2026, 11, 24)
    follower.build()
    config = follower.world.root / "pelicanconf.py"
    build_site(config, follower.world.content, tmp_path / "pelican", None)
    assert built(tmp_path / "pelican") == built(follower.output)
    page = built(follower.output)["index.html"].decode()
    html5lib.HTMLParser(strict=True).parse(page)
    landmarks = re.findall(r"<(header|aside|main|footer)\b", page)
    assert landmarks[:3] == ["header", "aside", "main"]
    assert landmarks[-1] == "footer"


def test_editing_the_election_outside_its_period_rebuilds_no_page(follower: Follower) -> None:
    follower.build()
    follower.world.write("ward.toml", follower.world.read("ward.toml") + ELECTION)
    run = follower.build()
    assert run is not None
    assert not run.folder.changed
    assert not run.reading.read
