"""Whether a post is live, as the last publish or the last look at its plan saw it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from editor.commands import run
from editor.running import RunningEditor
from support import POST
from wardblog.build.live_posts import LIVE, forget_live, live_posts
from wardblog.support.private_files import open_ordinary

FILE = "posts/fine.md"


def put(editor: RunningEditor, text: str, file: str = FILE) -> None:
    path = editor.content / file
    path.write_text(text, encoding="utf-8")
    editor.editor.desk.preview.update([path])


def state(editor: RunningEditor) -> str:
    """The state on the page of the post; the list says the same."""
    given = editor.editor.desk.ids.of(FILE)
    found: str = editor.get(f"post/{given}/document").data["state"]
    assert listed(editor)["state"] == found
    return found


def listed(editor: RunningEditor) -> dict[str, Any]:
    """The row of the post in the list."""
    rows = re.search(r'id="rows">(.*?)</script>', editor.get("").body.decode())
    assert rows
    found: list[dict[str, Any]] = json.loads(rows[1])
    (row,) = (one for one in found if one["file"] == FILE)
    return row


def test_a_post_is_live_once_it_was_published(editor: RunningEditor) -> None:
    before = (editor.content / FILE).read_text(encoding="utf-8")
    plan = run(editor, "publish/plan", {})["shown"]
    assert state(editor) == "published"
    assert run(editor, "publish/go", {"digest": plan["digest"]})["state"] == "done"
    assert state(editor) == "live"
    put(editor, before + "\nMore words.\n")
    assert state(editor) == "changed"
    put(editor, before.replace("Title:", "Status: draft\nTitle:"))
    assert state(editor) == "leaving"
    put(editor, before.replace("2026-11-20", "2027-11-20"))
    assert state(editor) == "leaving"
    put(editor, before.replace("Date: 2026-11-20", "Date: 2026-13-20"))
    assert state(editor) == "broken"
    # Every page of the live site differs now, but the words of this post are the same.
    put(editor, before)
    settings = (editor.content / "ward.toml").read_text(encoding="utf-8")
    put(editor, settings.replace("Shaftesbury ward blog", "Another title"), "ward.toml")
    put(editor, before + "\nMore words.\n")
    run(editor, "publish/plan", {})
    assert state(editor) == "changed"
    put(editor, before)
    assert state(editor) == "live"
    # Without a record of its own, the plan compares the pages.
    forget_live()
    assert state(editor) == "published"
    run(editor, "publish/plan", {})
    assert state(editor) == "changed"
    put(editor, settings, "ward.toml")
    run(editor, "publish/plan", {})
    assert state(editor) == "live"


def test_after_going_back_it_is_asked_again_what_is_live(editor: RunningEditor) -> None:
    before = (editor.content / FILE).read_text(encoding="utf-8")
    for words in (before, before + "\nMore words.\n"):
        put(editor, words)
        plan = run(editor, "publish/plan", {})["shown"]
        assert run(editor, "publish/go", {"digest": plan["digest"]})["state"] == "done"
    back = run(editor, "publish/earlier", {})["shown"]
    assert state(editor) == "live", "a look at what would come back changes nothing"
    assert run(editor, "publish/back", {"digest": "0" * 32})["state"] == "failed"
    assert state(editor) == "live"
    assert run(editor, "publish/back", {"digest": back["digest"]})["state"] == "done"
    assert not LIVE.exists()
    assert state(editor) == "published"
    run(editor, "publish/plan", {})
    assert state(editor) == "changed"
    put(editor, before)
    run(editor, "publish/plan", {})
    assert state(editor) == "live"


def test_another_post_waits_for_the_next_publish(editor: RunningEditor) -> None:
    plan = run(editor, "publish/plan", {})["shown"]
    run(editor, "publish/go", {"digest": plan["digest"]})
    put(editor, POST.replace("A fine", "Another"), "posts/second.md")
    assert live_posts(editor.content).keys() == {FILE}
    assert live_posts(editor.private) == {}, "this is the record of another content"
    assert LIVE.stat().st_mode & 0o777 == 0o600
    for damaged in ("", "[]", "{}", '{"content": 1}', '{"posts": {"a": 1}}'):
        LIVE.write_text(damaged)
        assert live_posts(editor.content) == {}
        assert state(editor) == "published"


def test_the_list_reads_only_files_that_may_have_changed(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = run(editor, "publish/plan", {})["shown"]
    run(editor, "publish/go", {"digest": plan["digest"]})
    monkeypatch.setattr("wardblog.content.files._YOUNG_NS", -(10**12))  # all is old enough
    editor.editor.desk.preview.update()
    opened = list[Path]()

    def counted(path: Path) -> Any:
        opened.append(path)
        return open_ordinary(path)

    monkeypatch.setattr("wardblog.content.files.open_ordinary", counted)
    path = editor.content / FILE
    before = path.read_bytes()
    assert state(editor) == "live"
    assert opened == []
    # Another program writes it, and the preview has not heard of that yet.
    for data, expected in ((before.replace(b"Some", b"More"), "changed"), (before, "live")):
        path.write_bytes(data)
        assert state(editor) == expected
        assert opened == [path]
        opened.clear()
    path.unlink()
    assert listed(editor)["state"] == "changed"
