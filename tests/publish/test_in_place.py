"""File by file: cut off after every single step, twice in a row, and whole all the same."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from publish.driver import LISTS
from support import write_files
from wardblog.publish.in_place import (
    HOME,
    LOCK,
    blocking_names,
    locking,
    read_live_manifest,
    upload,
)
from wardblog.publish.lock import LockHolder, own_lock
from wardblog.publish.manifest import FileEntry, SiteManifest, build_manifest
from wardblog.publish.plan import compare
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

STYLES = ("theme/style.000000000001.css", "theme/style.000000000002.css")
VERSIONS: tuple[Mapping[str, str], ...] = (
    {STYLES[0]: "1", "a/index.html": f"A {STYLES[0]}", "index.html": f"1 {STYLES[0]} a/"},
    {
        STYLES[1]: "2",
        "a/index.html": f"A2 {STYLES[1]}",
        "b/index.html": f"B {STYLES[1]}",
        "index.html": f"2 {STYLES[1]} a/ b/",
    },
    {STYLES[0]: "1", "c/index.html": f"C {STYLES[0]}", "index.html": f"3 {STYLES[0]} c/"},
)


class PowerCutError(Exception):
    pass


class Memory:
    """A store whose power is cut after so many steps; the exact step is what is tried here."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.steps = 10_000

    def where(self) -> str:
        return "the memory"

    def _step(self) -> None:
        if self.steps == 0:
            raise PowerCutError
        self.steps -= 1

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def write(self, name: str, content: bytes) -> None:
        self._step()
        self.files[name] = content

    def create(self, name: str, content: bytes) -> bool:
        return self.files.setdefault(name, content) == content

    def put(self, staged: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        for path, entry in files:
            self.write(path, (staged / path).read_bytes())
            advance(entry.size)

    def delete(self, names: Sequence[str]) -> None:
        for name in names:
            self._step()
            self.files.pop(name, None)

    @property
    def site(self) -> dict[str, str]:
        return {n: c.decode() for n, c in self.files.items() if not n.startswith(HOME)}

    def broken(self) -> list[str]:
        """What a page names, in words as these pages do, that is not there."""
        site = self.site
        return [
            f"{path} names {word}"
            for path, text in site.items()
            if path.endswith(".html")
            for word in text.split()[1:]
            if (f"{word}index.html" if word.endswith("/") else word) not in site
        ]


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    return [write_files(tmp_path / str(n), version) for n, version in enumerate(VERSIONS)]


def send(store: Memory, site: Path) -> None:
    number = int(site.name)
    plan = compare(
        build_manifest(site, {p: LISTS.get(p) for p in VERSIONS[number]}, compresses=False),
        read_live_manifest(store),
        int(time.time()),
    )
    if not plan.is_empty:
        upload(store, site, plan, lambda _: None)


def send_cut_off(store: Memory, site: Path, after: int) -> bool:
    """Whether the power was cut before it was done."""
    store.steps = after
    try:
        send(store, site)
    except PowerCutError:
        return True
    finally:
        store.steps = 10_000
    return False


@pytest.mark.parametrize(("middle", "last"), [(1, 2), (1, 0), (2, 1), (2, 0)])
def test_a_publish_may_be_interrupted_after_any_step(
    sites: list[Path], middle: int, last: int
) -> None:
    """Cut off while the second is sent, and again while the third is; then the third completes."""
    tried = 0
    for first, second in itertools.product(range(16), repeat=2):
        store = Memory()
        send(store, sites[0])
        send_cut_off(store, sites[middle], first)
        assert store.broken() == []
        tried += send_cut_off(store, sites[last], second)
        assert store.broken() == []
        send(store, sites[last])
        kept = {path: text for path, text in store.site.items() if path not in STYLES}
        assert kept == {path: t for path, t in VERSIONS[last].items() if path not in STYLES}
        assert store.broken() == []
        assert set(store.site) <= set(read_live_manifest(store).files)  # nothing is forgotten there
    assert tried > 50


def test_a_file_can_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    store = Memory()
    flat = {"index.html": "1", "old/page.html": "moved"}
    deep = {"index.html": "1", "old/page.html/index.html": "moved"}
    for number, files in enumerate((flat, deep, flat)):
        site = write_files(tmp_path / str(number), files)
        plan = compare(
            build_manifest(site, dict.fromkeys(files), compresses=False),
            read_live_manifest(store),
            int(time.time()),
        )
        way = blocking_names(plan)
        assert way == [path for path in plan.removed if path.startswith("old/")]
        upload(store, site, plan, lambda _: None)
        assert set(store.site) == set(files)


def test_a_lock_that_was_left_behind_is_taken_over() -> None:
    store, me = Memory(), own_lock()
    dead = LockHolder(me.machine, 2**22 + 1, "here", int(time.time()))
    silent = LockHolder("another", 1, "laptop", int(time.time()) - 3600)
    ahead = LockHolder("another", 1, "laptop", int(time.time()) + 3600)
    for left in (dead.to_json(), silent.to_json(), ahead.to_json(), b"{", b""):
        store.files[LOCK] = left
        with locking(store):
            assert store.files[LOCK] == me.to_json() or b"process" in store.files[LOCK]
        assert LOCK not in store.files


def test_a_lock_that_is_held_is_respected() -> None:
    store = Memory()
    held = LockHolder("another", 1, "laptop", int(time.time())).to_json()
    store.files[LOCK] = held
    with pytest.raises(CommandError) as refused, locking(store):
        pass
    assert str(refused.value) == (
        "Something else is publishing to the memory just now, from the computer laptop"
    )
    assert refused.value.hint.endswith(
        "If it was interrupted, you can publish again after ten minutes."
    )
    assert store.files[LOCK] == held


def test_a_site_of_somebody_else_is_not_changed() -> None:
    store = Memory()
    store.files["index.html"] = b"holidays"
    with pytest.raises(CommandError, match="that was not published from here"):
        read_live_manifest(store)
    store.files = {}
    assert read_live_manifest(store) == SiteManifest()
