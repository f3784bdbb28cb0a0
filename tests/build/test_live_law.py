"""After any edit, the site in memory is what reading everything anew would give.

It keeps readings, results of checks and the order of posts, and asks again only what changed.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from build.world import EDITS, World, photograph
from support import examples, files_of, map_feature, mostly_long
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
    assert needs_of(live) == needs_of(other)
    newest = [f"{post.address}index.html" for post in site.posts[:2]]
    for path in ("index.html", "all/index.html", "404.html", *newest):
        assert live.get(path) == other.get(path), path


def needs_of(live: LiveSite) -> dict[str, bytes]:
    """All outputs, each with the digest of everything that it is made from."""
    engine = live._engine
    assert engine is not None
    plan = engine.plan
    return {path: plan.needs(output) for path, output in plan.outputs.items()}


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


# A site with everything that is kept from one update to the next.
HEAD = "Title: {}\nDate: 2026-11-{}\nTags: Potholes, winter\n"
RICH = {
    "posts/one.md": HEAD.format("One", 10) + "Places: Elm Road\nProgress: reported\n\n"
    "See [two](two.md), [the map](/map/), [a list](/files/list.pdf) and Oak Lane.\n",
    "posts/two.md": HEAD.format("Two", 11) + "Aliases: /old/two/\nImage: images/bin.png | A bin\n"
    "Event: 2026-12-01 18:00 - 19:00 | Stall | Library | https://example.org/\n\nText.\n",
    "posts/three.md": HEAD.format("Three", 12) + "Guid: 7\nDeadline: 2026-12-20 | Votes\n\nB.\n",
    "posts/asks.md": "Title: Asks\nDate: 2026-11-13\nTags: Grit bins\nQuestion: Where?\n"
    "Answer: A | Here\nAnswer: B | There\nCloses: 2026-12-20\nDecides: The council, in May\n\nC.\n",
    "posts/later.md": HEAD.format("Later", 30) + "\nSee [one](one.md).\n",
    "posts/draft.md": HEAD.format("Draft", 14) + "Status: draft\n\nSee [two](two.md).\n",
    "files/list.pdf": "one",
    "data/names.csv": "kind,name,lat,lon\nstreet,Elm Road,51.465,-0.16\n"
    "street,Oak Lane,51.466,-0.16\n",
    "data/base.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "attribution": "A sketch.",
            "features": [
                map_feature("road", "LineString", [[-0.165, 51.465], [-0.155, 51.466]], "Elm Road")
            ],
        }
    ),
}  # fmt: skip
ON_MAP = '[map]\nbase = "data/base.geojson"\ngazetteer = "data/names.csv"\n[imprint]'
# A file, and what is changed in it, or None for a file that is removed.
CHANGES = {
    "base-map": ("content/data/base.geojson", "-0.165, 51.465", "-0.164, 51.465"),
    "boundary": ("content/data/ward.geojson", "51.47", "51.48"),
    "street": ("content/data/names.csv", "Oak Lane", "Oak Road"),
    "title": ("content/ward.toml", "Shaftesbury ward blog", "Another title"),
    "accent": ("content/ward.toml", "[ward]", 'accent = "#7a1f5c"\n[ward]'),
    "colour": ("content/issues.toml", "#8a5a00", "#1d4f91"),
    "issue": ("content/issues.toml", 'name = "Potholes"', 'name = "Holes"'),
    "sensitive": (
        "content/issues.toml",
        'name = "Potholes"',
        'name = "Potholes"\nsensitive = true',
    ),
    "deleted": ("content/posts/three.md", None, ""),
    "linked": ("content/posts/two.md", None, ""),
    "file": ("content/files/list.pdf", None, ""),
    "asset": ("content/posts/asks.md", None, ""),
    "to-draft": ("content/posts/two.md", "Aliases", "Status: draft\nAliases"),
    "to-hidden": ("content/posts/three.md", "Guid", "Status: hidden\nGuid"),
    "ended": ("content/posts/draft.md", "Status: draft\n", ""),
    "due": ("content/posts/later.md", "2026-11-30", "2026-11-09"),
    "tag": ("content/posts/one.md", ", winter", ""),
    "spelling": ("content/posts/three.md", "winter", "Winter"),
    "order": ("content/posts/one.md", "2026-11-10", "2026-11-15"),
    "moved": ("content/posts/one.md", "Title: One", "Title: One\nSlug: first"),
    "address": ("content/posts/three.md", "Title: Three", "Title: Three\nSlug: two"),
    "alias": ("content/posts/three.md", "Guid", "Aliases: /old/two/\nGuid"),
    "guid": ("content/posts/two.md", "Aliases", "Guid: 7\nAliases"),
    "closed": ("content/posts/one.md", "Progress: reported", "Progress: fixed"),
    "no-place": ("content/posts/one.md", "Places: Elm Road\n", ""),
    "no-event": ("content/posts/two.md", "Event", "Deadline: 2026-12-02 | Talk\nEvent"),
    "no-image": ("content/posts/two.md", "bin.png", "gone.png"),
    "link": ("content/posts/one.md", "(two.md)", "(too.md)"),
    "personal": ("content/posts/three.md", "\nB.", "\nWrite to jo@example.com."),
    "link-words": ("content/posts/three.md", "\nB.", "\n[Click here](https://example.org/)."),
    "style": ("theme/source/style.css", "body", "body,.x"),
    "template": ("theme/templates/article.html", "{% block", "<!-- -->{% block"),
}
IN_EVERY_RUN = (
    "base-map", "title", "colour", "deleted", "to-draft", "ended", "tag", "moved", "alias",
    "no-place", "link", "style",
)  # fmt: skip


@pytest.mark.parametrize("change", mostly_long(CHANGES, *IN_EVERY_RUN))
def test_nothing_is_kept_that_a_change_made_untrue(
    world: World, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    at_noon(world, monkeypatch)
    for name in files_of(world.content / "posts"):
        (world.content / "posts" / name).unlink()
    for name, text in RICH.items():
        world.write(name, text)
    settings = world.read("ward.toml").replace("[imprint]", ON_MAP, 1)
    boundary = 'boundary = "data/ward.geojson"\n[[councillor]]'
    world.write("ward.toml", settings.replace("[[councillor]]", boundary, 1))
    live = live_site(world)
    live.update()
    assert live.problems == ""
    post = "posts/asks.md"
    for number in range(2):  # so that all is kept from the update before
        needs_of(live)
        world.write(post, RICH[post] + f"\nMore words {number}.\n")
        live.update([world.content / post])
    name, old, new = CHANGES[change]
    path = world.root / name
    text = path.read_text(encoding="utf-8")
    if old is None:
        path.unlink()
    else:
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = live.found, needs_of(live)
    live.update([path])
    assert (live.found, needs_of(live)) != before
    held(live, fresh(world, 0, monkeypatch))
    path.write_text(text, encoding="utf-8")
    live.update([path])
    held(live, fresh(world, 1, monkeypatch))
    assert (live.found, needs_of(live)) == before


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
