"""Posts opened, typed in, saved and recovered in the editor."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from editor.running import RunningEditor
from made_posts import made_file
from support import POST

FINE = "posts/fine.md"


def ident(editor: RunningEditor, file: str = FINE) -> str:
    return editor.editor.desk.ids.of(file)


def opened(editor: RunningEditor, file: str = FINE, as_text: bool = False) -> dict[str, Any]:
    query = "?as=text" if as_text else ""
    answer = editor.get(f"post/{ident(editor, file)}/document{query}")
    assert answer.status == 200, answer.body
    return answer.data


def typed(document: dict[str, Any], **other: Any) -> dict[str, Any]:
    """What the page sends for a document after some typing."""
    names = ("id", "digest", "mode", "fields", "text")
    return {name: document[name] for name in names} | other


def page_of(editor: RunningEditor, path: str) -> bytes:
    """A page of the site, without the number of the update that its script waits for."""
    return re.sub(rb"version=\d+", b"", editor.ask("GET", path).body)


def everything_below(*folders: Path) -> bytes:
    return b"".join(
        path.read_bytes() for folder in folders for path in sorted(folder.rglob("*"))
        if path.is_file()
    )  # fmt: skip


def test_a_post_is_opened_as_a_form_and_a_text(editor: RunningEditor) -> None:
    document = opened(editor)
    assert document["fields"] == {
        "Title": ["A fine post"], "Date": ["2026-11-20 09:00"], "Tags": ["grit bins"],
    }  # fmt: skip
    assert document["text"] == "Some text.\n"
    assert document["mode"] == "form"
    assert document["kind"] == "post"
    assert document["file"] == FINE
    assert document["state"] == "published"
    assert document["address"] == "2026/11/a-fine-post/"
    assert document["recovered"] == []
    assert document["messages"] == []


def test_an_untouched_post_is_not_even_written(editor: RunningEditor) -> None:
    path = editor.content / FINE
    before = path.stat()
    document = opened(editor)
    for as_text in (False, True):
        sent = typed(opened(editor, as_text=as_text))
        assert editor.post("post/draft", sent).status == 200
        answer = editor.post("post/save", sent)
        assert answer.data["digest"] == document["digest"]
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert not list((editor.private / "editor" / "recovery").glob("*"))


@pytest.mark.parametrize("part", range(4))
def test_a_thousand_posts_saved_untouched_keep_every_byte(
    editor: RunningEditor, part: int, pytestconfig: pytest.Config
) -> None:
    count = 1000 if pytestconfig.getoption("--long") else 24
    for seed in range(part, count, 4):
        path = editor.content / "posts" / f"made-{seed}.md"
        path.write_bytes(data := made_file(seed).data)
        os.utime(path, ns=(1, 1))
        file = f"posts/{path.name}"
        for as_text in (False, True):
            sent = typed(opened(editor, file, as_text=as_text))
            assert editor.post("post/save", sent).status == 200, seed
        assert path.read_bytes() == data, seed
        assert path.stat().st_mtime_ns == 1, seed
        path.unlink()


def test_a_draft_is_shown_and_checked_but_in_no_file(editor: RunningEditor) -> None:
    document = opened(editor)
    words = "Quokka-words-that-are-nowhere-else."
    text = f"Some text.\n\n{words}\n\nSee [the missing](missing.md).\n"
    answer = editor.post("post/draft", typed(document, text=text)).data
    assert [(m["severity"], m["line"], m["field"]) for m in answer["messages"]] == [
        ("stop", 5, None)
    ]
    page = editor.ask("GET", f"/{document['address']}")
    assert words.encode() in page.body
    assert (editor.content / FINE).read_text() == POST
    root = editor.content.parent
    assert words.encode() not in everything_below(root / ".wardblog", editor.content)
    assert not (root / "output").exists()
    assert words.encode() in everything_below(editor.private)  # the recovery copy


def test_a_draft_with_a_mistake_leaves_all_other_pages_alone(editor: RunningEditor) -> None:
    (editor.content / "posts" / "other.md").write_text(
        "Title: Other\nDate: 2026-11-21\nTags: potholes\n\nOther text.\n"
    )
    editor.editor.desk.preview.update()
    before = {path: page_of(editor, path) for path in ("/", "/2026/11/other/")}
    document = opened(editor)
    fields = {**document["fields"], "Date": ["yesterday"], "Slug": ["other"]}
    answer = editor.post("post/draft", typed(document, fields=fields, text="New words.\n")).data
    assert {(m["field"], m["severity"]) for m in answer["messages"]} >= {("Date", "stop")}
    assert page_of(editor, "/2026/11/other/") == before["/2026/11/other/"]
    assert b"New words." in editor.ask("GET", f"/{answer['address']}").body
    editor.post("post/discard", {"id": document["id"]})
    assert {path: page_of(editor, path) for path in before} == before


def test_what_was_typed_is_there_again_when_the_page_is_opened_again(editor: RunningEditor) -> None:
    document = opened(editor)
    fields = {**document["fields"], "Summary": ["Half a sum"]}
    editor.post("post/draft", typed(document, fields=fields, text="Half a sent"))
    recovered = opened(editor)["recovered"]
    assert recovered == [{
        "page": "", "time": "00:00", "mode": "form", "fields": fields, "text": "Half a sent",
        "same_base": True,
    }]  # fmt: skip
    copy = next((editor.private / "editor" / "recovery").glob("*.json"))
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600
        assert copy.parent.stat().st_mode & 0o777 == 0o700


def test_a_save_changes_only_what_differs_and_ends_the_recovery_copy(editor: RunningEditor) -> None:
    path = editor.content / FINE
    path.write_bytes(b"title:  A fine post \r\nDate: 2026-11-20\r\nTags: grit bins\r\n\r\nOne.\r\n")
    document = opened(editor)
    sent = typed(document, fields={**document["fields"], "Summary": [" Two. "]}, text="One.\nTwo\n")
    editor.post("post/draft", sent)
    answer = editor.post("post/save", sent)
    assert answer.status == 200
    assert path.read_bytes() == (
        b"title:  A fine post \r\nDate: 2026-11-20\r\nTags: grit bins\r\nSummary: Two.\r\n\r\n"
        b"One.\r\nTwo\r\n"
    )
    again = opened(editor)
    assert again["recovered"] == []
    assert again["digest"] == answer.data["digest"]
    assert b"Two" in editor.ask("GET", f"/{again['address']}").body


def test_a_saved_post_with_a_mistake_can_still_be_seen_and_hides_no_other(
    editor: RunningEditor,
) -> None:
    document = opened(editor)
    sent = typed(document, fields={**document["fields"], "Date": ["soon"]}, text="New words.\n")
    answer = editor.post("post/save", sent).data
    assert [m["field"] for m in answer["messages"] if m["severity"] == "stop"] == ["Date"]
    assert b"New words." in editor.ask("GET", f"/{answer['address']}").body
    assert opened(editor)["state"] == "broken"
    sent = typed(opened(editor), fields=document["fields"])
    assert editor.post("post/save", sent).data["messages"] == []
    assert opened(editor)["state"] == "published"


def test_a_value_that_cannot_be_written_is_a_message_at_its_field(editor: RunningEditor) -> None:
    document = opened(editor)
    fields = {**document["fields"], "Title": ["Bins Status: draft"], "Summary": ["Fine"]}
    sent = typed(document, fields=fields)
    message = editor.post("post/draft", sent).data["messages"][0]
    assert (message["field"], message["severity"], message["position"]) == ("Title", "stop", 0)
    assert message["message"].startswith('"Title" cannot be "Bins Status: draft" in this file')
    answer = editor.post("post/save", sent)
    assert answer.status == 400
    assert answer.data["message"].startswith('"Title" cannot be "Bins Status: draft"')
    assert (editor.content / FINE).read_text() == POST
    assert opened(editor)["recovered"][0]["fields"]["Title"] == ["Bins Status: draft"]


def test_a_file_changed_elsewhere_is_never_overwritten_and_both_versions_are_shown(
    editor: RunningEditor,
) -> None:
    document = opened(editor)
    path = editor.content / FINE
    theirs = POST.replace("Some text.", "Their text.\nAnd more.")
    path.write_text(theirs)
    sent = typed(document, text="My text.\n")
    answer = editor.post("post/save", sent)
    assert answer.status == 409
    assert path.read_text() == theirs
    assert answer.data["theirs"]["text"] == "Their text.\nAnd more.\n"
    assert answer.data["rows"] == [
        ["both", "Title: A fine post", "Title: A fine post"],
        ["both", "Date: 2026-11-20 09:00", "Date: 2026-11-20 09:00"],
        ["both", "Tags: grit bins", "Tags: grit bins"],
        ["both", "", ""],
        ["changed", "My text.", "Their text."],
        ["theirs", "", "And more."],
        ["both", "", ""],
    ]
    kept = editor.private / "editor" / "kept"
    assert [one.read_text() for one in kept.iterdir()] == [theirs]
    mine = editor.post("post/save", sent | {"digest": answer.data["theirs"]["digest"]})
    assert mine.status == 200
    assert path.read_text() == POST.replace("Some text.", "My text.")


def test_the_other_version_is_kept_where_theirs_is_chosen(editor: RunningEditor) -> None:
    document = opened(editor)
    (editor.content / FINE).write_text(POST.replace("Some", "Their"))
    assert editor.post("post/save", typed(document, text="My text.\n")).status == 409
    editor.post("post/discard", {"id": document["id"]})
    kept = (editor.private / "editor" / "kept").iterdir()
    assert any("My text." in one.read_text() for one in kept)
    assert opened(editor)["recovered"] == []


def test_a_save_whose_answer_was_lost_is_no_conflict(editor: RunningEditor) -> None:
    sent = typed(opened(editor), text="New text.\n")
    first, second = (editor.post("post/save", sent) for _ in range(2))
    assert (first.status, second.status) == (200, 200)
    assert first.data["digest"] == second.data["digest"]


def test_a_new_post_is_a_draft_without_a_note(editor: RunningEditor) -> None:
    answer = editor.post("post/new", {"title": "Two bins & a bench", "tags": "grit bins"}).data
    file = "posts/2026-11-22-two-bins-a-bench.md"
    assert answer == {"id": ident(editor, file)}
    assert (editor.content / file).read_text() == (
        "Title: Two bins & a bench\nDate: 2026-11-22 00:00\nTags: grit bins\n"
        "Slug: two-bins-a-bench\nStatus: draft\n\n"
    )
    document = opened(editor, file)
    assert (document["state"], document["text"]) == ("draft", "")
    again = editor.post("post/new", {"title": "Two bins, a bench", "tags": ""})
    assert again.status == 400
    assert again.data["message"] == "There is already a post of today with this title."
    assert editor.post("post/new", {"title": " ", "tags": ""}).status == 400
    assert editor.post("post/new", {"title": "!!", "tags": ""}).status == 400


def test_only_a_draft_can_be_removed_and_it_is_kept(editor: RunningEditor) -> None:
    document = opened(editor)
    assert editor.post("post/remove", typed(document)).status == 400
    assert (editor.content / FINE).exists()
    sent = typed(document, fields={**document["fields"], "Status": ["draft"]})
    digest = editor.post("post/save", sent).data["digest"]
    text = (editor.content / FINE).read_text()
    assert editor.post("post/remove", {"id": document["id"], "digest": "0"}).status == 400
    assert editor.post("post/remove", {"id": document["id"], "digest": digest}).status == 200
    assert not (editor.content / FINE).exists()
    assert [p.read_text() for p in (editor.private / "editor" / "kept").iterdir()] == [text]
    assert editor.get(f"post/{document['id']}/document").status == 404


def test_a_text_whose_file_is_gone_can_be_made_a_draft_again(editor: RunningEditor) -> None:
    document = opened(editor)
    editor.post("post/draft", typed(document, text="Never saved.\n"))
    (editor.content / FINE).unlink()
    assert editor.post("post/draft", typed(document, text="Typed later.\n")).status == 404
    editor.editor.desk.preview.update()
    assert editor.post("post/restore", {"id": document["id"]}).status == 200
    again = opened(editor)
    assert (again["text"], again["state"]) == ("Typed later.\n", "draft")
    assert again["fields"]["Title"] == ["A fine post"]
    assert again["recovered"] == []


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Title: A\nDate: 2026-11-20\nColour: red\n\nText.\n", "text"),  # no such line
        ("Title: A\nTitle: B\n\nText.\n", "text"),
        ("+++\ntitle = 'A'\n+++\nText.\n", "text"),
        ("---\ntitle: A\n\nText.\n", "text"),  # a line of dashes in the text would end the header
        ("---\ntitle: A\n---\nText.\n", "form"),
        ("Only text.\n", "form"),
        ("Title: A\nText without a blank line.\n", "form"),
    ],
)
def test_a_file_with_more_than_a_form_shows_is_opened_as_a_text(
    editor: RunningEditor, text: str, mode: str
) -> None:
    path = editor.content / FINE
    path.write_text(text)
    editor.editor.desk.preview.update()
    document = opened(editor)
    assert document["mode"] == mode
    assert (document["text"] == text) == (mode == "text" or text == "Only text.\n")
    sent = typed(document, text=document["text"] + "More.\n")
    assert editor.post("post/save", sent).status == 200
    assert path.read_text() == text + "More.\n"


def test_a_file_that_is_no_text_is_refused_in_one_sentence(editor: RunningEditor) -> None:
    (editor.content / FINE).write_bytes(b"%PDF-1.7\0\x81\xff")
    answer = editor.get(f"post/{ident(editor)}/document")
    assert answer.status == 400
    assert answer.data["message"] == "This file is not text, so it cannot be changed here."


def test_what_no_page_sends_changes_nothing(editor: RunningEditor) -> None:
    document = opened(editor)
    others: tuple[dict[str, Any], ...] = (
        {"mode": "both"}, {"fields": []}, {"fields": {"Colour": ["red"]}}, {"text": None},
        {"fields": {"Title": "A"}}, {"fields": {"Title": [1]}}, {"digest": 5},
        {"id": "0" * 16}, {"id": "../ward.toml"}, {"text": "x" * 1_000_001},
    )  # fmt: skip
    for other in others:
        for action in ("draft", "save"):
            assert editor.post(f"post/{action}", typed(document) | other).status in (400, 404)
    ward = ident(editor, "ward.toml")
    assert editor.post("post/save", typed(document) | {"id": ward}).status == 404
    assert editor.get(f"post/{ward}/document").status == 404
    assert (editor.content / FINE).read_text() == POST
    assert not (editor.private / "editor" / "recovery").exists()


def test_a_recovery_copy_that_is_damaged_is_passed_over(editor: RunningEditor) -> None:
    document = opened(editor)
    editor.post("post/draft", typed(document, text="Typed.\n"))
    copy = next((editor.private / "editor" / "recovery").glob("*.json"))
    value = json.loads(copy.read_text())
    for damaged in ("", "[]", "{}", json.dumps(value | {"fields": 5}), "\udcff"):
        copy.write_text(damaged, encoding="utf-8", errors="surrogateescape")
        assert opened(editor)["recovered"] == []


def test_what_a_kill_left_half_written_is_removed_once_it_is_old(editor: RunningEditor) -> None:
    recovery = editor.editor.desk.folder / "recovery"
    recovery.mkdir()
    posts = editor.content / "posts"
    old = [posts / ".0123456789abcdef.tmp", recovery / ".0123456789abcdef.json.77.new"]
    kept = [posts / ".0123456789abcdee.tmp", posts / ".notes.tmp", recovery / ".mine.new"]
    for path in (*old, *kept):
        path.write_text("half")
    for path in (*old, *kept[1:]):
        os.utime(path, (1, 1))
    editor.post("post/draft", typed(opened(editor), text="Typed.\n"))
    assert [path.exists() for path in (*old, *kept)] == [False, False, True, True, True]
