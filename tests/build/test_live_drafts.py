"""A file that is being edited, as the live site shows it before it is saved."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from support import POST, ROOT, write_site
from wardblog.build.live import LiveSite
from wardblog.build.pelican_settings import Choices
from wardblog.build.state import BuildState
from wardblog.model.digests import digest_of
from wardblog.problems import Severity

CONFIG = ROOT / "pelicanconf.py"
FINE = "posts/fine.md"
OTHER = "Title: Other\nDate: 2026-11-21\nTags: potholes\n\nOther text.\n"
PAGES = ("index.html", "2026/11/a-fine-post/index.html", "2026/11/other/index.html")


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveSite:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    site = LiveSite(CONFIG, write_site(tmp_path / "content", {"posts/other.md": OTHER}))
    site.update()
    return site


def shown(live: LiveSite) -> dict[str, bytes | None]:
    return {path: live.get(path) for path in PAGES}


def post_with(text: str) -> bytes:
    return POST.replace("Some text.", text).encode()


def stops(live: LiveSite) -> list[tuple[str, int | None]]:
    return [(p.file, p.line) for p in live.found if p.severity is Severity.STOP]


def stamp() -> bytes:
    """What a cache has to have to be used."""
    return Choices.read(CONFIG).stamp


def below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_draft_is_shown_like_a_saved_file(live: LiveSite, tmp_path: Path) -> None:
    before = shown(live)
    live.update(draft=(FINE, post_with("Quokka words.")))
    as_draft = shown(live)
    assert b"Quokka words." in (as_draft[PAGES[1]] or b"")
    live.update(draft=(FINE, None))
    assert shown(live) == before
    (tmp_path / "content" / FINE).write_bytes(post_with("Quokka words."))
    live.update([tmp_path / "content" / FINE])
    assert shown(live) == as_draft


def test_a_draft_is_never_on_disk_nor_in_the_cache(live: LiveSite, tmp_path: Path) -> None:
    live.update(draft=(FINE, post_with("Quokka words.")))
    # Another file that is saved meanwhile may be stored in the same bundle.
    for number in range(200):
        path = tmp_path / "content" / "posts" / f"more{number}.md"
        path.write_text(OTHER.replace("Other", f"More {number}"))
    live.update()
    shown(live)
    live.get("search/index.html")
    assert b"Quokka" not in below(tmp_path)
    stored = BuildState(Path(".wardblog/cache"), tmp_path / "content", None, stamp())
    assert stored.readings.checked
    assert b"Quokka" not in pickle.dumps(stored.readings.checked)


def test_what_is_cached_after_a_draft_is_what_is_saved(live: LiveSite, tmp_path: Path) -> None:
    path = tmp_path / "content" / FINE
    for text in ("Saved as typed.", "Typed again."):
        live.update(draft=(FINE, post_with(text)))
        path.write_bytes(post_with(text))
        live.update([path], draft=(FINE, None))
        page = live.get(PAGES[1])
        stored = BuildState(Path(".wardblog/cache"), tmp_path / "content", None, stamp())
        assert stored.readings.cache.posts[FINE].fingerprint.digest == digest_of(post_with(text))
        again = LiveSite(CONFIG, tmp_path / "content")
        again.update()
        assert again.get(PAGES[1]) == page
        assert text.encode() in (page or b"")


def test_what_is_saved_need_not_be_read_again(live: LiveSite, tmp_path: Path) -> None:
    path = tmp_path / "content" / FINE
    path.write_bytes(post_with("Saved in another program."))
    live.update([path])
    stored = BuildState(Path(".wardblog/cache"), tmp_path / "content", None, stamp())
    assert stored.readings.cache.posts[FINE].fingerprint.digest == digest_of(path.read_bytes())


def test_its_problems_have_its_own_lines(live: LiveSite) -> None:
    live.update(draft=(FINE, post_with("One.\n\nTwo [three](four.md).")))
    assert stops(live) == [(FINE, 7)]
    assert live.problems == ""
    live.update(draft=(FINE, None))
    assert live.found == ()


@pytest.mark.parametrize(
    "draft",
    [
        b"Title: A fine post\nDate: soon\nSlug: other\nTags: potholes\n\nNew.\n",
        b"Title: Other\nDate: 2026-11-21\nTags: potholes\n\nNew.\n",
        b"Date: 2026-11-20\n\nNew.\n",
        b"+++\ntitle = 'A'\n+++\nNew.\n",
        b"Title: A\nColour: red\nDate: 2026-11-20\n\nNew.\n",
        b"",
        b"%PDF-1.7\0\x81\xff",
    ],
)
def test_a_draft_with_a_mistake_never_hides_another_page(live: LiveSite, draft: bytes) -> None:
    before = shown(live)
    live.update(draft=(FINE, draft))
    assert stops(live)
    assert live.problems == ""
    assert b"Other text." in (live.get(PAGES[2]) or b"")
    live.update(draft=(FINE, None))
    assert shown(live) == before
    assert live.found == ()


def test_a_mistake_that_is_saved_elsewhere_is_still_reported(
    live: LiveSite, tmp_path: Path
) -> None:
    live.update(draft=(FINE, post_with("Typing.")))
    path = tmp_path / "content" / "posts" / "other.md"
    path.write_text(OTHER.replace("2026-11-21", "soon"))
    live.update([path])
    assert "other.md:2" in live.problems
    live.update(draft=(FINE, post_with("Typing more.")))
    assert "other.md:2" in live.problems
    path.write_text(OTHER)
    live.update([path])
    assert live.problems == ""
    assert b"Typing more." in (live.get(PAGES[1]) or b"")


def test_two_pages_can_be_edited_at_once(live: LiveSite) -> None:
    live.update(draft=(FINE, post_with("First draft.")))
    live.update(draft=("posts/other.md", OTHER.replace("Other text", "Second draft").encode()))
    assert b"First draft." in (live.get(PAGES[1]) or b"")
    assert b"Second draft." in (live.get(PAGES[2]) or b"")
    live.update(draft=(FINE, None))
    assert b"Some text." in (live.get(PAGES[1]) or b"")
    assert b"Second draft." in (live.get(PAGES[2]) or b"")


def test_a_saved_mistake_is_shown_as_a_draft_until_the_file_changes(
    live: LiveSite, tmp_path: Path
) -> None:
    path = tmp_path / "content" / FINE
    broken = post_with("Still here.").replace(b"2026-11-20 09:00", b"soon")
    path.write_bytes(broken)
    live.update([path], draft=(FINE, broken))
    assert stops(live) == [(FINE, 2)]
    assert live.problems == ""
    address = next(p.address for p in live.shown_site().posts if p.file == FINE)  # type: ignore[union-attr]
    assert b"Still here." in (live.get(f"{address}index.html") or b"")
    path.write_bytes(post_with("Put right in another program."))
    live.update([path])
    assert b"Put right in another program." in (live.get(PAGES[1]) or b"")


def test_a_draft_of_a_file_that_is_gone_shows_nothing(live: LiveSite, tmp_path: Path) -> None:
    live.update(draft=(FINE, post_with("Typing.")))
    (tmp_path / "content" / FINE).unlink()
    live.update([tmp_path / "content" / FINE])
    assert live.get(PAGES[1]) is None
    assert live.problems == ""


def test_what_the_editor_has_saved_itself_is_not_read_again(live: LiveSite, tmp_path: Path) -> None:
    path = tmp_path / "content" / FINE
    path.write_bytes(post_with("Saved."))
    beside = path.with_name(".0123456789abcdef.tmp")
    assert not live.has_read([path])
    live.update([path])
    assert live.has_read([path, beside])
    path.write_bytes(post_with("Other."))  # of the same length, perhaps at the same time
    assert not live.has_read([path])
    beside.write_bytes(b"")
    assert not live.has_read([beside])
    assert not live.has_read([tmp_path / "content" / "ward.toml"])


def test_pages_are_served_while_a_version_is_read(
    live: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page that another thread is making when the site changes is never kept for the new."""
    import threading

    from wardblog.build.engine import Engine

    started, go_on = threading.Event(), threading.Event()
    contents = Engine.contents

    def slowly(engine: Engine, output: object) -> dict[str, bytes]:
        files = contents(engine, output)  # type: ignore[arg-type]
        if threading.current_thread() is not threading.main_thread():
            started.set()
            go_on.wait(60)
        return files

    monkeypatch.setattr(Engine, "contents", slowly)
    thread = threading.Thread(target=live.get, args=(PAGES[1],))
    thread.start()
    assert started.wait(60)
    live.update(draft=(FINE, post_with("New words.")))
    go_on.set()
    thread.join()
    assert b"New words." in (live.get(PAGES[1]) or b"")
