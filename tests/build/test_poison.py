"""A cache written by somebody else is ignored: nothing in it runs, and the build continues."""

from __future__ import annotations

import hashlib
import marshal
import os
import pickle
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any, get_args, get_type_hints

import pytest

from build.world import World
from support import files_of, mostly_long
from wardblog.build import build_site
from wardblog.build.folder import STAGED, OutputFolder
from wardblog.build.key import cache_key
from wardblog.build.manifest import MANIFEST
from wardblog.build.pelican_settings import Choices
from wardblog.build.serialise import KNOWN, packed, unpacked
from wardblog.build.store import CacheStore, locked
from wardblog.content.cache import BaseSite, CachedReading
from wardblog.model import Body, CaseworkQuarter, Post, Site, Visibility

MARK = "ran"
# The first bytes of a journal of SQLite (https://www.sqlite.org/fileformat.html#the_rollback_journal).
JOURNAL_BEGINS = bytes.fromhex("d9d505f920a163d7")


class Calls:
    """Pickled, it calls a function where it is read."""

    def __init__(self, function: Callable[..., object], *values: object) -> None:
        self._reduced = function, values

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._reduced


def named(module: str, name: str, value: str) -> bytes:
    """A pickle that calls whatever this name leads to (protocol 4, which follows dots)."""

    def text(words: str) -> bytes:
        return b"\x8c" + bytes([len(words)]) + words.encode()

    return b"\x80\x04" + text(module) + text(name) + b"\x93" + text(value) + b"\x85R."


DEEP = b"\x80\x04" + b"]" * 100_000 + b"a" * 99_999 + b"."
HOSTILE = {
    "a function": pickle.dumps(Calls(os.system, f"touch {MARK}")),
    "eval": pickle.dumps(Calls(eval, f"open({MARK!r}, 'w')")),
    "a method by dots": named("wardblog.model.posts", "Visibility.mro", "x"),
    "a module by dots": named("wardblog.problems", "Path.cwd.__globals__", "x"),
    "another room's import": named("wardblog.model.settings", "dataclass", "x"),
    "a class by its other name": named("wardblog.model", "Post", "x"),
    "getattr": pickle.dumps(Calls(getattr, "x", "upper")),
    "the copier": named("copyreg", "_reconstructor", "x"),
    "an importer": named("importlib", "import_module", "antigravity"),
    "a claim of a gigabyte": b"\x80\x04\x8d" + (1 << 30).to_bytes(8, "little") + b"x.",
    "a claim of an exabyte": b"\x80\x05\x96" + (1 << 60).to_bytes(8, "little") + b"x.",
    "brackets": DEEP,
    "code": marshal.dumps(compile(f"open({MARK!r}, 'w')", "x", "exec")),
    "nothing": b"",
}
# Whole builds with these; the bytes themselves are all read in every run.
IN_A_SHORT_RUN = ("a function",)
KINDS = {
    "read": (("posts", "0"), ("rest", "foundation"), ("rest", "looked"), ("body", "posts/elm.md")),
    "built": (("outputs", "0"), ("rest", "sources"), ("made", "assets"), ("compiled", "x")),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_bytes_are_refused_and_run_nothing(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises((pickle.UnpicklingError, EOFError, MemoryError, OverflowError, ValueError)):
        raise_unless_plain(unpacked(HOSTILE[case]))
    assert not Path(MARK).exists()


def raise_unless_plain(value: object) -> None:
    """Lists in lists are harmless; anything else was made by what the bytes named."""
    if isinstance(value, list):
        raise ValueError


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "project")


def build(world: World) -> dict[str, bytes]:
    output = world.root / "output"
    build_site(world.root / "pelicanconf.py", world.content, output, world.root / "cache")
    return {path: data for path, data in files_of(output).items() if path != MANIFEST}


def forged(stamp: bytes, kind: str, key: str, data: bytes) -> bytes:
    """The checksum as anybody can make it who has the software and not the key."""
    made = hashlib.blake2b(stamp, digest_size=16)
    made.update(f"{kind}\0{key}\0".encode())
    made.update(data)
    return made.digest()


@pytest.mark.parametrize("case", mostly_long(HOSTILE, *IN_A_SHORT_RUN))
def test_a_poisoned_cache_runs_nothing_and_the_build_goes_on(case: str, world: World) -> None:
    expected = build(world)
    stamp = Choices.read(world.root / "pelicanconf.py").stamp
    for kind, names in KINDS.items():
        (path,) = (world.root / "cache").glob(f"{kind}-*.sqlite")
        with sqlite3.connect(path) as connection:
            rows = connection.execute("SELECT kind, key FROM item").fetchall()
            data = HOSTILE[case]
            for kind_of_item, key in {*rows, *names}:
                values = (kind_of_item, key, forged(stamp, kind_of_item, key, data), data)
                connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?)", values)
        connection.close()
    shutil.rmtree(world.root / "output")
    assert build(world) == expected
    assert not Path(MARK).exists()


@pytest.mark.parametrize("case", mostly_long((c for c in HOSTILE if c != "code"), *IN_A_SHORT_RUN))
def test_bytes_signed_with_the_right_key_cannot_call_a_function_either(
    case: str, world: World
) -> None:
    expected = build(world)
    stamp = Choices.read(world.root / "pelicanconf.py").stamp
    for kind, names in KINDS.items():
        (path,) = (world.root / "cache").glob(f"{kind}-*.sqlite")
        store = CacheStore(path, stamp)
        store.put({name: HOSTILE[case] for name in names if name[0] != "compiled"})
        store.close()
    world.save("elm")
    assert build(world) == expected
    assert not Path(MARK).exists()


ENDLESS = (
    "CREATE VIEW item AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT 'posts' AS kind, x AS key, x AS checksum, x AS data FROM n"
)


def views(path: Path) -> None:
    """A database whose table is a question without end."""
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute(ENDLESS)
    connection.close()


def triggers(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM item; END")
    connection.close()


def led_elsewhere(path: Path) -> None:
    (path.parent / "mine.txt").write_text("mine")
    path.unlink()
    path.symlink_to(path.parent / "mine.txt")


def log_led_elsewhere(path: Path) -> None:
    (path.parent / "mine.txt").write_text("mine")
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    path.with_name(f"{path.name}-wal").symlink_to(path.parent / "mine.txt")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    mostly_long((views, triggers, led_elsewhere, log_led_elsewhere, piped), views, led_elsewhere),
)
def test_a_file_that_is_not_our_cache_is_replaced(
    damage: Callable[[Path], None], world: World
) -> None:
    expected = build(world)
    for path in list((world.root / "cache").glob("*.sqlite")):
        damage(path)
    assert build(world) == expected
    mine = world.root / "cache/mine.txt"
    assert not mine.exists() or mine.read_text() == "mine"
    run = build_site(
        world.root / "pelicanconf.py", world.content, world.root / "output", world.root / "cache"
    )
    assert not run.reading.read  # there is a cache again


def test_a_cache_whose_table_is_not_described_in_text_is_replaced(tmp_path: Path) -> None:
    """SQLite quotes what is damaged in its message, which Python then cannot decode."""
    path = tmp_path / "a.sqlite"
    store = CacheStore(path, b"")
    store.put({("kind", "key"): b"data"})
    store.close()
    path.write_bytes(path.read_bytes().replace(b"TABLE item", b"TABLE\xceitem"))
    store = CacheStore(path, b"")
    assert store.get("kind", "key") is None
    store.put({("kind", "key"): b"more"})
    assert store.get("kind", "key") == b"more"
    store.close()


def test_a_lock_that_is_a_symlink_does_not_empty_its_target(world: World) -> None:
    expected = build(world)
    lock, mine = world.root / "cache/lock", world.root / "cache/mine.txt"
    mine.write_text("mine")
    lock.unlink()
    lock.symlink_to(mine)
    assert build(world) == expected
    assert not lock.is_symlink()
    assert mine.read_text() == "mine"


def test_a_lock_that_is_another_database_is_replaced_and_its_journal_is_not_followed(
    tmp_path: Path,
) -> None:
    """SQLite would delete the file that the end of a journal names."""
    lock, mine = tmp_path / "lock", tmp_path / "mine.txt"
    mine.write_text("mine")
    with sqlite3.connect(lock) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("PRAGMA journal_mode=PERSIST")
        other.execute("INSERT INTO t VALUES (1)")
    other.close()
    journal = tmp_path / "lock-journal"
    name = os.fsencode(mine)
    end = name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big")
    journal.write_bytes(JOURNAL_BEGINS + bytes(504) + end + JOURNAL_BEGINS)
    with locked(lock):
        assert lock.read_bytes() == b""
    assert not journal.exists()
    assert mine.read_text() == "mine"


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    held: list[str] = []

    def wait() -> None:
        with locked(tmp_path / "lock"):
            held.append("second")

    with locked(tmp_path / "lock"):
        second = Thread(target=wait)
        second.start()
        second.join(0.1)
        held.append("first")
    second.join()
    assert held == ["first", "second"]
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_only_plain_values_are_loaded_from_bytes() -> None:
    """None of the classes does anything when it is made, called or given a state."""
    functions = [one for one in KNOWN.values() if not isinstance(one, type)]
    assert [one.__name__ for one in functions] == ["london"]
    for kind in (one for one in KNOWN.values() if isinstance(one, type)):
        odd = ("__post_init__", "__del__", "__call__", "__getattr__", "__setattr__")
        own = vars(kind).keys() & set(odd)
        assert own <= {"__setattr__"}, kind  # that of a frozen class, which refuses
        assert issubclass(kind, tuple) or kind.__module__.startswith(("wardblog.", "datetime"))
    assert all("." not in name for _, name in KNOWN)


def test_values_survive_saving_and_loading() -> None:
    from wardblog.content.header.fields import LONDON

    post = Post(
        file="posts/a.md", title="A", slug="a", address="2026/11/a/",
        date=datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1), body=None,  # type: ignore[arg-type]
        visibility=Visibility.DRAFT, tags=(), lines={"Title": (1,)},
    )  # fmt: skip
    again: Any = unpacked(packed((post, frozenset(("a", "b")))))
    assert again == (post, frozenset(("a", "b")))
    assert again[0].date.tzinfo is LONDON
    assert again[0].visibility is Visibility.DRAFT


class TestKey:
    """The key lies outside of the project, and only its owner can have read or written it."""

    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        return tmp_path / "state/wardblog"

    def test_the_key_is_created_once_and_readable_by_its_owner_only(self, home: Path) -> None:
        key = cache_key()
        assert key is not None
        assert key == cache_key()
        assert stat.S_IMODE((home / "cache.key").stat().st_mode) == 0o600
        assert stat.S_IMODE(home.stat().st_mode) == 0o700

    def test_a_key_that_others_could_read_is_replaced(self, home: Path) -> None:
        key = cache_key()
        (home / "cache.key").chmod(0o644)
        assert cache_key() not in (None, key)

    @pytest.mark.parametrize("content", [b"", b"short", bytes(100)])
    def test_an_incomplete_key_is_replaced(self, content: bytes, home: Path) -> None:
        cache_key()
        (home / "cache.key").write_bytes(content)
        assert len(cache_key() or b"") == 32

    def test_a_symlink_to_a_key_is_not_followed(self, home: Path, tmp_path: Path) -> None:
        home.mkdir(parents=True)
        (tmp_path / "theirs").write_bytes(bytes(32))
        (tmp_path / "theirs").chmod(0o600)
        (home / "cache.key").symlink_to(tmp_path / "theirs")
        assert cache_key() != bytes(32)

    def test_without_a_place_for_the_key_nothing_is_cached(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
        assert cache_key() is None
        store = CacheStore(tmp_path / "a.sqlite", b"")
        store.put({("kind", "key"): b"data"})
        assert store.get("kind", "key") is None
        assert not (tmp_path / "a.sqlite").exists()


def test_every_class_of_what_is_read_is_kept() -> None:
    """One that is not would make the whole reading useless to the next build, without a word."""
    found: set[type] = {Body}  # texts are stored apart

    def add_parts(hint: Any) -> None:
        for part in get_args(hint):
            add_parts(part)
        if isinstance(hint, type) and hint.__module__.startswith("wardblog.") and hint not in found:
            found.add(hint)
            for each in get_type_hints(hint).values():
                add_parts(each)

    add_parts(BaseSite)
    add_parts(CachedReading)
    assert {Site, Post, CaseworkQuarter} <= found
    assert [one for one in found - {Body} if one not in KNOWN.values()] == []


MODES = (0o000, 0o022, 0o077)


@pytest.mark.parametrize("umask", MODES)
def test_folders_with_drafts_are_private_and_the_site_is_not(
    umask: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.root)
    before = os.umask(umask)
    try:
        build_site(world.root / "pelicanconf.py", world.content, world.root / "output")
    finally:
        os.umask(before)
    assert modes(world.root / ".wardblog") == {0o700, 0o600}
    if umask == 0o022:
        assert modes(world.root / "output") == {0o755, 0o644}


def test_folders_that_an_earlier_version_left_open_are_made_private(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.root)
    build_site(world.root / "pelicanconf.py", world.content, world.root / "output")
    for path in (world.root / ".wardblog", *(world.root / ".wardblog").rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    build_site(world.root / "pelicanconf.py", world.content, world.root / "output")
    assert modes(world.root / ".wardblog") == {0o700, 0o600}


@pytest.mark.long
def test_the_staging_folder_is_private_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that the guard will refuse must be nobody's to read in the meantime."""
    seen: set[int] = set()
    commit = OutputFolder.commit

    def noted(folder: OutputFolder) -> None:
        if (folder.root / STAGED).is_dir():
            seen.add(stat.S_IMODE((folder.root / STAGED).stat().st_mode))
        commit(folder)

    monkeypatch.setattr(OutputFolder, "commit", noted)
    build(world)
    world.posts["elm"]["Title"] = "Another title"
    world.save("elm")
    build(world)
    assert seen == {0o700}


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(p.stat().st_mode) for p in (folder, *folder.rglob("*"))}
