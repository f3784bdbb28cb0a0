"""The index of the search as a build writes it, and as a preview shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import EPOCH, POST, ROOT, files_of, write_site
from wardblog.build import build_site
from wardblog.build.live import LiveSite
from wardblog.check.built.strings import strings
from wardblog.model.media_types import REVALIDATE, cache_control, is_text
from wardblog.model.outputs import OutputKind

CONFIG = ROOT / "pelicanconf.py"
DRAFT = POST.replace("Tags:", "Status: draft\nTags:").replace("Some text", "Xylophones")
LATER = DRAFT.replace("Status: draft\n", "").replace("2026-11-20", "2027-11-20")
NUMBER = POST.replace(
    "Tags:", "Allow: personal-data because she asked me to give it\nTags:"
).replace("Some text.", "Telephone Maria on 07700900461.")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def test_a_build_writes_the_index_for_pages_to_load(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", {"posts/draft.md": DRAFT, "posts/later.md": LATER})
    run = build_site(CONFIG, content, tmp_path / "output", None)
    path = "search/newest.json"
    assert run.kinds[path] is OutputKind.ASSET  # is sent before the pages that load it
    assert cache_control(path) == REVALIDATE
    assert is_text(path)
    files = files_of(tmp_path / "output")
    found = json.loads(files[path])
    assert found["docs"] == 1
    assert [row[0] for row in found["rows"].values()] == ["A fine post"]
    # The pages may say that there are drafts; the index does not.
    assert not any(b"xylophon" in data for name, data in files.items() if "search/" in name)


def test_what_a_post_may_say_stops_no_build_because_it_is_a_word_of_the_index(
    tmp_path: Path,
) -> None:
    content = write_site(tmp_path / "content", {"posts/fine.md": NUMBER})
    build_site(CONFIG, content, tmp_path / "output", None)
    assert b"07700900461" in (tmp_path / "output/search/newest.json").read_bytes()


def test_rows_and_names_of_the_index_are_read_once_more_before_they_are_published() -> None:
    class Written:
        path = "search/newest.json"
        text = '{"words":[["maria 07700900461","A","2"]],"rows":{"1":["Ring 07700 900461"]}}'

    assert [text for text in strings(Written()) if "07700" in text] == ["Ring 07700 900461"]  # type: ignore[arg-type]
    Written.path = "search/words/0-.json"
    Written.text = '[["maria 07700900461","A","2"]]'
    assert list(strings(Written())) == []  # type: ignore[arg-type]


def test_a_preview_makes_no_index_before_it_is_asked_for_and_finds_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"posts/draft.md": DRAFT, "posts/later.md": LATER})
    live = LiveSite(CONFIG, content)
    live.update()
    engine = live._engine
    assert engine is not None
    for path in ("index.html", "issues/index.html", "search/index.html", "nothing.html"):
        live.get(path)
    assert "_searched" not in vars(engine.plan)
    found = live.get("search/newest.json")
    assert found is not None
    assert json.loads(found)["docs"] == 1
    assert b"xylophon" not in found
    assert "outputs" not in vars(engine.plan)


def test_only_a_preview_with_drafts_says_that_they_are_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"posts/draft.md": DRAFT})
    live = LiveSite(CONFIG, content)
    live.update()
    line = b'<p class="preview-waits">The search finds only what is published'
    build_site(CONFIG, content, tmp_path / "output", None)
    published = (tmp_path / "output/search/index.html").read_bytes()
    shown = live.get("search/index.html")
    assert shown is not None
    assert line in shown
    assert line not in published
    (content / "posts/draft.md").unlink()
    live.update()
    assert live.get("search/index.html") == published
