"""Words and bytes that nobody meant to change: kept, whatever happens to pages and files."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from editor.running import RunningEditor
from editor.test_documents import FINE, everything_below, opened, typed
from support import POST
from wardblog.content import time_limit
from wardblog.content.write_text import with_file_text

A, B = "a" * 16, "b" * 16
ODD = b"Title: Caf\xe9\nDate: 2026-11-20\n\nCaf\xe9 one, na\xefve two\nline with \x81 byte"
UTF16 = b"\xff\xfe" + "Title: A\nCafé x\ud800y\nline".encode("utf-16-le", "surrogatepass")
HALVES = "Title: A\nDate: 2026-11-20\n\nTwo halves: \ud83d\ude00\nend".encode(
    "utf-8", "surrogatepass"
)


def written(editor: RunningEditor, data: bytes, file: str = "posts/odd.md") -> dict[str, Any]:
    (editor.content / file).write_bytes(data)
    return opened(editor, file, as_text=True)


def kept(editor: RunningEditor) -> bytes:
    return everything_below(editor.private / "editor" / "kept")


@pytest.mark.parametrize(
    ("data", "end"),
    [(ODD, b"\nmore"), (UTF16, "\nmore".encode("utf-16-le")), (HALVES, b"\nmore")],
)
def test_bytes_that_are_no_text_stay(editor: RunningEditor, data: bytes, end: bytes) -> None:
    document = written(editor, data)
    # A browser joins two halves of a character, as Python's JSON does.
    sent = json.loads(json.dumps(typed(document, text=document["text"] + "\nmore")))
    assert editor.post("post/draft", sent).status == 200
    copy = opened(editor, "posts/odd.md", as_text=True)["recovered"][0]
    assert copy["text"] == sent["text"]
    assert editor.post("post/save", sent).status == 200
    assert (editor.content / "posts/odd.md").read_bytes() == data + end


def test_half_a_character_that_was_typed_is_not_written(editor: RunningEditor) -> None:
    document = opened(editor)
    editor.post("post/save", typed(document, text="Half \udc81 of one"))
    assert (editor.content / FINE).read_bytes().endswith("Half \ufffd of one".encode())


def test_a_new_encoding_keeps_the_old_bytes_aside(editor: RunningEditor) -> None:
    document = written(editor, ODD)
    editor.post("post/save", typed(document, text=document["text"] + "\n\u4e00"))
    assert ODD in kept(editor)
    assert "Café one, naïve two".encode() in (editor.content / "posts/odd.md").read_bytes()


def test_the_versions_of_an_odd_file_are_shown_and_kept(editor: RunningEditor) -> None:
    document = written(editor, ODD)
    (editor.content / "posts/odd.md").write_bytes(ODD + b"\x8d")
    answer = editor.post("post/save", typed(document, text=document["text"] + "\nmine"))
    assert answer.status == 409
    assert ["both", "Café one, naïve two", "Café one, naïve two"] in answer.data["rows"]
    assert ODD + b"\x8d" in kept(editor)


def test_a_page_never_takes_the_words_of_another(editor: RunningEditor) -> None:
    document = opened(editor)
    editor.post("post/draft", typed(document, text="Words of A", page=A))
    editor.post("post/draft", typed(document, text="Words of B", page=B))
    assert {one["text"] for one in opened(editor)["recovered"]} == {"Words of A", "Words of B"}
    editor.post("post/draft", typed(document, page=B))  # undone
    assert [one["text"] for one in opened(editor)["recovered"]] == ["Words of A"]
    editor.post("post/draft", typed(document, text="Words of B", page=B))
    editor.post("post/save", typed(document, text="Words of B", page=B))
    assert [one["text"] for one in opened(editor)["recovered"]] == ["Words of A"]
    editor.post("post/discard", {"id": document["id"], "page": A})
    assert opened(editor)["recovered"] == []
    assert b"Words of A" in kept(editor)


def test_a_save_ends_the_copies_that_hold_the_same(editor: RunningEditor) -> None:
    document = opened(editor)
    for page in (A, B):
        editor.post("post/draft", typed(document, text="The same", page=page))
    editor.post("post/save", typed(document, text="The same", page=B))
    assert not list((editor.private / "editor" / "recovery").iterdir())


def test_a_removed_draft_keeps_the_words_of_all_pages(editor: RunningEditor) -> None:
    (editor.content / "posts/d.md").write_text(POST.replace("\n\n", "\nStatus: draft\n\n"))
    document = opened(editor, "posts/d.md")
    for page in (A, B):
        editor.post("post/draft", typed(document, text=f"Words {page}", page=page))
    sent = {"id": document["id"], "digest": document["digest"]}
    assert editor.post("post/remove", sent).status == 200
    assert f"Words {A}".encode() in kept(editor)
    assert f"Words {B}".encode() in kept(editor)
    assert not list((editor.private / "editor" / "recovery").iterdir())


@pytest.mark.parametrize("page", ["../../../x", "a" * 15, "A" * 16, "g" * 16, 1])
def test_a_page_is_named_by_digits_only(editor: RunningEditor, page: object) -> None:
    assert editor.post("post/draft", typed(opened(editor), text="x", page=page)).status == 400


def test_words_of_a_text_are_offered_in_the_form_and_the_other_way(editor: RunningEditor) -> None:
    form, text = opened(editor), opened(editor, as_text=True)
    new = text["text"].replace("A fine post", "A finer post")
    editor.post("post/draft", typed(text, text=new, page=A))
    (offered,) = opened(editor)["recovered"]
    assert offered["mode"] == "form"
    assert offered["fields"] == {**form["fields"], "Title": ["A finer post"]}
    assert offered["text"] == form["text"]
    editor.post("post/draft", typed(text, text="---\nno: [form", page=A))
    assert opened(editor)["recovered"][0]["mode"] == "text"
    editor.post("post/draft", typed(form, text="In the form", page=A))
    (offered,) = opened(editor, as_text=True)["recovered"]
    assert offered["text"].startswith("Title: A fine post\n")
    assert offered["text"].endswith("\n\nIn the form")


def _renamed(path: Path) -> None:
    path.rename(path.with_name("other.md"))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _no_posts(path: Path) -> None:
    path.parent.rename(path.parent.with_name("drafts"))


def _link_outside(path: Path) -> None:
    outside = path.parent.parent.parent / "outside.md"
    path.rename(outside)
    path.symlink_to(outside)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
@pytest.mark.parametrize("route", ["post/draft", "post/save"])
@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("change", [_renamed, _folder, _no_posts, _link_outside, _pipe])
def test_words_are_kept_whatever_became_of_the_file(
    editor: RunningEditor, route: str, is_restarted: bool, change: Any
) -> None:
    document = opened(editor)
    change(editor.content / FINE)
    if is_restarted:  # then it knows only the files that are there
        editor.editor.desk.ids._files.clear()
    sent = typed(document, text="Words to keep", page=A, file=document["file"])
    answer = editor.post(route, sent)
    assert answer.status in (400, 404)
    assert answer.data["hint"].endswith(
        "What you typed is kept on this computer, and the list of posts offers it."
    )
    listed = editor.get("").body.decode()
    assert f'data-id="{document["id"]}" data-page="{A}"' in listed
    restored = editor.post("post/restore", {"id": document["id"], "page": A})
    assert (restored.status == 404) or b"Words to keep" in everything_below(editor.content)
    if change is _renamed or change is _no_posts:
        assert (editor.content / FINE).read_text().endswith("Words to keep")
    else:
        assert (editor.content / "posts/fine-2.md").read_text().endswith("Words to keep")


@pytest.mark.parametrize(
    "name", ["posts/other.md", "posts/../../x.md", "posts/x\0.md", "\ud800", ""]
)
def test_a_name_counts_only_with_its_id(editor: RunningEditor, name: str) -> None:
    sent = typed(opened(editor), text="Words", page=A, id="0" * 16, file=name)
    assert editor.post("post/draft", sent).status == 404
    assert not (editor.private / "editor" / "recovery").exists()


ODD_COPIES = [
    {"time": "2026-11-20T12:00:00"},
    {"file": "posts/" + "x" * 300 + ".md"},
    {"file": "posts/../../outside.md"},
    {"file": "posts/\ud800.md"},
    {"file": "posts/\0.md"},
    {"file": "ward.toml"},
    {"mode": "other"},
    {"fields": {"Unknown": ["x"]}},
]


@pytest.mark.parametrize("change", ODD_COPIES)
def test_an_odd_copy_does_not_stop_the_first_page(
    editor: RunningEditor, change: dict[str, Any]
) -> None:
    document = opened(editor)
    for page in (A, B):
        editor.post("post/draft", typed(document, text=f"Words {page}", page=page))
    odd = editor.private / "editor" / "recovery" / f"{document['id']}.{A}.json"
    odd.write_text(json.dumps(json.loads(odd.read_text()) | change))
    assert editor.get("").status == 200
    assert [one["text"] for one in opened(editor)["recovered"]] == [f"Words {B}"]


def test_copies_that_are_no_files_or_nested_deeply_are_passed_over(editor: RunningEditor) -> None:
    document = opened(editor)
    editor.post("post/draft", typed(document, text="Words", page=A))
    folder = editor.private / "editor" / "recovery"
    (folder / f"{document['id']}.{B}.json").write_text("[" * 200_000)
    if os.name == "posix":
        os.mkfifo(folder / f"{'c' * 16}.json")
    assert editor.get("").status == 200
    assert len(opened(editor)["recovered"]) == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(editor: RunningEditor) -> None:
    document = opened(editor)
    path = editor.content / FINE
    _pipe(path)
    for route in ("post/draft", "post/save"):
        assert editor.post(route, typed(document, text="x")).status == 400
    sent = {"id": document["id"], "digest": document["digest"]}
    assert editor.post("post/remove", sent).status == 400
    assert editor.get(f"post/{document['id']}/document").status == 400
    assert not editor.editor.desk.live.has_read([path])
    settings = editor.content / "ward.toml"
    settings.unlink()
    os.mkfifo(settings)
    page = editor.get("settings/text/ward.toml")
    assert page.status == 400
    assert "content/ward.toml cannot be used (it is not an ordinary file)." in page.body.decode()
    assert editor.get("").status == 200


def test_a_draft_that_a_newer_one_has_overtaken_is_left_out(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(editor)
    updates: list[object] = []
    update = editor.editor.desk.preview.update

    def counted(*args: Any, **named: Any) -> None:
        updates.append(named["draft"])
        update(*args, **named)

    monkeypatch.setattr(editor.editor.desk.preview, "update", counted)
    answers: dict[str, dict[str, Any]] = {}

    def send(text: str) -> None:
        sent = typed(document, text=text, page=A)
        answers[text] = editor.post("post/draft", sent).data

    latest = [threading.Thread(target=send, args=(f"Draft {n}",)) for n in range(4)]
    with editor.editor.desk.preview.saving():
        for one in latest:
            one.start()
            time.sleep(0.1)
    for one in latest:
        one.join()
    overtaken = [text for text, data in answers.items() if data.get("is_overtaken")]
    assert sorted(overtaken) == ["Draft 0", "Draft 1", "Draft 2"]
    assert len(updates) == 1
    assert [one["text"] for one in opened(editor)["recovered"]] == ["Draft 3"]


def test_text_without_a_base_keeps_its_bytes() -> None:
    assert with_file_text(ODD, "\udc81") == b"\x81"


def test_a_text_that_takes_too_long_while_typing_is_checked_when_it_is_saved(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(editor)
    monkeypatch.setattr(time_limit, "HURRIED_SECONDS", 0.0)
    sent = typed(document, text="Some more text.\n", page=A)
    drafted = editor.post("post/draft", sent).data
    (said,) = drafted["messages"]
    assert said["message"] == "this text takes too long to check while you type"
    assert said["hint"] == "It is checked when you save it."
    assert said["severity"] == "warn"
    assert opened(editor)["recovered"][0]["text"] == "Some more text.\n"
    saved = editor.post("post/save", sent).data
    assert saved["messages"] == []
    assert saved["state"] == "published"
