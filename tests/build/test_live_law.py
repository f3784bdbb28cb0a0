"""After any edit, the site in memory is what reading everything anew would give.

It keeps readings, results of checks and the order of posts, and asks again only what changed.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from build.world import EDITS, World, photograph
from support import examples, files_of
from wardblog.build.live import LiveSite

# Each kind of edit once; in a long run, many more.
ROUNDS = examples(10, short=1)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "project", chance=random.Random(7))  # noqa: S311 - always the same


def live_site(world: World) -> LiveSite:
    return LiveSite(world.root / "pelicanconf.py", world.content)


def held(live: LiveSite, other: LiveSite) -> None:
    """Two sites are the same: what is wrong with them, their posts, and some of their pages."""
    assert live.found == other.found
    assert bool(live.problems) == bool(other.problems)
    if live.problems:
        return  # the pages from before are still served, which the other never had
    site, expected = live.shown_site(), other.shown_site()
    assert site is not None
    assert expected is not None
    assert [(p.file, p.date, p.address) for p in site.posts] == [
        (p.file, p.date, p.address) for p in expected.posts
    ]
    assert site == expected
    newest = [f"{post.address}index.html" for post in site.posts[:2]]
    for path in ("index.html", "all/index.html", "404.html", *newest):
        assert live.get(path) == other.get(path), path


def fresh(
    world: World, number: int, monkeypatch: pytest.MonkeyPatch, draft: object = None
) -> LiveSite:
    """The site as another process would read it, without any cache."""
    folder = world.root.parent / f"elsewhere{number}"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.chdir(folder)
        other = live_site(world)
        other.update()
        if isinstance(draft, tuple):
            other.update(draft=draft)
    return other


def at_noon(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    days = world.today.toordinal() - 719_163  # since 1 January 1970
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(days * 86_400 + 43_200))


def changed_since(world: World, before: dict[str, bytes]) -> list[Path]:
    """The files that the watcher would name."""
    after = files_of(world.root)
    names = sorted(before.keys() | after.keys())
    return [world.root / name for name in names if before.get(name) != after.get(name)]


@pytest.mark.long
def test_after_each_edit_it_is_what_another_process_reads(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_noon(world, monkeypatch)
    live = live_site(world)
    live.update()
    kinds = [edit for _ in range(ROUNDS) for edit in dict.fromkeys(EDITS)]
    world.chance.shuffle(kinds)
    for number, edit in enumerate(kinds):
        before, restore = files_of(world.root), world.kept()
        edit(world)
        at_noon(world, monkeypatch)
        live.update(changed_since(world, before))
        held(live, fresh(world, number, monkeypatch))
        if live.problems:  # a mistake, which is put right
            before = files_of(world.root)
            restore()
            at_noon(world, monkeypatch)
            live.update(changed_since(world, before))


# What is said of a post that nobody touches, since something else changed: the file, and how.
ELSEWHERE = (
    ("issues.toml", 'name = "Potholes"', 'name = "Potholes"\nsensitive = true'),
    ("issues.toml", 'name = "Potholes"', 'name = "Potholds"'),
    ("issues.toml", 'name = "Potholds"', 'name = "Potholes"'),
    ("posts/other.md", "Status: published", "Status: draft"),
)


def test_a_post_is_checked_again_if_what_it_rests_on_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_noon(world, monkeypatch)
    head = "Title: A\nDate: 2026-11-20\nTags: Potholes\n"
    world.write("posts/one.md", f"{head}Places: Elm | 51.465, -0.16\n\nSee [it](other.md).\n")
    world.write("posts/other.md", f"{head}Slug: b\nStatus: published\n\nText.\n")
    live = live_site(world)
    live.update()
    for number, (file, old, new) in enumerate(ELSEWHERE):
        before = [p for p in live.found if p.file == "posts/one.md"]
        world.write(file, world.read(file).replace(old, new, 1))
        live.update([world.content / file])
        assert [p for p in live.found if p.file == "posts/one.md"] != before, (file, new)
        held(live, fresh(world, number, monkeypatch))


def test_a_post_is_read_again_if_a_picture_that_it_shows_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_noon(world, monkeypatch)
    text = "Title: A\nDate: 2026-11-20\nTags: Potholes\n\n![A bin](../images/bin.png)\n"
    world.write("posts/one.md", text)
    live = live_site(world)
    live.update()
    world.put("images/bin.png", photograph(300, height=200))
    live.update([world.content / "images/bin.png"])
    held(live, fresh(world, 0, monkeypatch))


@pytest.mark.parametrize(
    "text",
    ["Other words. [Elsewhere](nowhere.md)\n", "Title: Another\nDate: 2024-01-01\n\nA.\n", "\n"],
    ids=["text", "whole", "empty"],
)
def test_a_draft_is_what_another_process_shows_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    at_noon(world, monkeypatch)
    live = live_site(world)
    live.update()
    files = sorted(f for f in files_of(world.content) if f.startswith("posts/"))
    for number, file in enumerate(files[:2]):
        data = (world.content / file).read_bytes()
        draft = (file, text.encode() if text.startswith("Title") else data + text.encode())
        for n in range(2):  # typed on, and then as it is saved
            live.update(draft=draft)
            held(live, fresh(world, 10 * number + n, monkeypatch, draft))
        live.update(draft=(file, None))
    held(live, fresh(world, 99, monkeypatch))
