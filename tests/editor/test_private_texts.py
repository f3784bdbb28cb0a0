"""The diary and the templates of replies are written in the editor, and nothing else private is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from editor.commands import run
from editor.running import RunningEditor
from wardblog.office.diary import DIARY_FILE, read_diary
from wardblog.preview.editor.shown_files import id_of
from wardblog.report import Report

DIARY = 'date,what,where,said\r\n2026-11-07,Surgery,Library,"Nine came, most about trees"\r\n'
TEMPLATE = "replies/missed-bins.md"


def given_of(editor: RunningEditor, name: str = DIARY_FILE) -> str:
    return id_of(editor.editor.desk, name)


def opened(editor: RunningEditor, name: str = DIARY_FILE) -> str:
    said = editor.get(f"private/{given_of(editor, name)}")
    assert said.status == 200, said.body
    return said.body.decode()


def put(editor: RunningEditor, name: str, text: str) -> Path:
    path = editor.private / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def discarded(editor: RunningEditor, name: str = DIARY_FILE) -> dict[str, Any]:
    return editor.post("private/discard", {"id": given_of(editor, name)}).data


def test_a_diary_begins_and_is_read_by_the_report(editor: RunningEditor) -> None:
    assert "Start your diary" in editor.get("office/report").body.decode()
    assert "date,what,where,said" in opened(editor)
    assert not (editor.private / DIARY_FILE).exists()
    digest = discarded(editor)["digest"]
    text = "date,what,where,said\n2026-11-20,Ward walk,Eland Road,\n"
    values = {"id": given_of(editor), "digest": digest, "text": text}
    assert editor.post("private/save", values).data["messages"] == []
    path = editor.private / DIARY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    (entry,) = read_diary(path, Report(DIARY_FILE))
    assert (entry.what, entry.where) == ("Ward walk", "Eland Road")
    assert "Open your diary" in editor.get("office/report").body.decode()


def test_lines_that_stay_the_same_keep_their_bytes(editor: RunningEditor) -> None:
    path = put(editor, DIARY_FILE, DIARY)
    found = discarded(editor)
    values = {"id": given_of(editor), "digest": found["digest"], "text": found["text"]}
    assert editor.post("private/save", values).status == 200
    assert path.read_bytes().decode() == DIARY
    values["text"] += "2026-11-18,Licensing,,\n"
    assert editor.post("private/save", values).status == 200
    assert path.read_bytes().decode() == f"{DIARY}2026-11-18,Licensing,,\r\n"


def test_a_mistake_is_reported_with_its_line_and_what_is_typed_is_kept(
    editor: RunningEditor,
) -> None:
    path = put(editor, DIARY_FILE, DIARY)
    text = "date,what,where,said\nSomeday,Surgery,,\n"
    said = editor.post("private/look", {"id": given_of(editor), "text": text})
    (one,) = said.data["messages"]
    assert (one["severity"], one["line"]) == ("warn", 2)
    assert one["hint"]
    assert path.read_bytes().decode() == DIARY
    assert "Someday,Surgery" in opened(editor)
    discarded(editor)
    assert "Someday,Surgery" not in opened(editor)
    kept = [one.read_text() for one in (editor.private / "editor/kept").iterdir()]
    assert kept == [text]


def test_a_file_that_changed_meanwhile_is_not_overwritten(editor: RunningEditor) -> None:
    path = put(editor, DIARY_FILE, DIARY)
    digest = discarded(editor)["digest"]
    put(editor, DIARY_FILE, f"{DIARY}2026-11-18,Licensing,,\r\n")
    mine = {"id": given_of(editor), "digest": digest, "text": "date,what\n2026-11-19,Mine\n"}
    said = editor.post("private/save", mine)
    assert said.status == 409
    assert "Licensing" in said.data["theirs"]["text"]
    assert "Licensing" in path.read_text()
    mine["digest"] = said.data["theirs"]["digest"]
    assert editor.post("private/save", mine).status == 200
    assert "Mine" in path.read_text()
    kept = [one.read_text() for one in (editor.private / "editor/kept").iterdir()]
    assert any("Licensing" in one for one in kept)


def test_a_template_is_made_checked_and_used(editor: RunningEditor) -> None:
    made = editor.post("private/new", {"title": "Missed bins"})
    assert made.data["id"] == given_of(editor, TEMPLATE)
    assert editor.post("private/new", {"title": "missed BINS"}).status == 400
    assert editor.post("private/new", {"title": " ../ "}).status == 400
    digest = discarded(editor, TEMPLATE)["digest"]
    bad = "Issue: Grit bin\n\nHello about {stret}.\n"
    said = editor.post("private/look", {"id": made.data["id"], "text": bad}).data["messages"]
    assert [(one["severity"], one["line"]) for one in said] == [("stop", 1), ("stop", 3)]
    good = "Issue: Grit bins\n\nMy own words about {issue}.\n"
    values = {"id": made.data["id"], "digest": digest, "text": good}
    assert editor.post("private/save", values).data["messages"] == []
    assert "Missed bins" in editor.get("office/reply").body.decode()
    job = run(editor, "office/reply/write", {"issue": "Grit bins", "street": "", "case": ""})
    (text,) = [one["value"] for one in job["messages"] if one["kind"] == "text"]
    assert "My own words about grit bins." in text


@pytest.mark.parametrize("name", ["casework.csv", "editor/key", "replies/x.txt", "../content/a.md"])
def test_no_other_file_has_a_page(editor: RunningEditor, name: str) -> None:
    put(editor, "casework.csv", "id\n1\n")
    put(editor, "replies/x.txt", "Words")
    given = given_of(editor, name)
    assert editor.get(f"private/{given}").status == 404
    assert editor.post("private/look", {"id": given, "text": "x"}).status == 404
    values = {"id": given, "digest": "", "text": "x"}
    assert editor.post("private/save", values).status == 404


def test_a_link_is_not_followed(editor: RunningEditor, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("secret words")
    for name in (DIARY_FILE, TEMPLATE):
        path = editor.private / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(tmp_path / "elsewhere")
        said = editor.get(f"private/{given_of(editor, name)}")
        assert said.status in (400, 404)
        assert b"secret words" not in said.body


def test_words_in_another_encoding_keep_every_byte_that_was_not_changed(
    editor: RunningEditor,
) -> None:
    name, old = "leaflets/news.md", b"Title: News\r\n\r\nThe caf\xe9 is open.\r\nCome!\r\n"
    path = put(editor, name, "")
    path.write_bytes(old)
    found = discarded(editor, name)
    text = found["text"].replace("Come!", "Come in!")
    values = {"id": given_of(editor, name), "digest": found["digest"], "text": text}
    assert editor.post("private/save", values).status == 200
    assert path.read_bytes() == old.replace(b"Come!", b"Come in!")


WINDOWS = b"date,what,where,said\r\n2026-11-07,Surgery,Caf\xe9,\x93Nine \x81came\x94\r\n"


def test_a_diary_in_windows_1252_keeps_its_bytes(editor: RunningEditor) -> None:
    path = put(editor, DIARY_FILE, "")
    path.write_bytes(WINDOWS)
    found = discarded(editor)
    assert "Café,“Nine \udc81came”" in found["text"]
    values = {"id": given_of(editor), "digest": found["digest"], "text": found["text"]}
    assert editor.post("private/save", values).data["messages"] == []
    assert path.read_bytes() == WINDOWS
    values["text"] += "2026-11-18,Fête,,\n"
    assert editor.post("private/look", values).data["messages"] == []
    assert editor.post("private/save", values).data["messages"] == []
    assert path.read_bytes() == WINDOWS + b"2026-11-18,F\xeate,,\r\n"
    assert [one.where for one in read_diary(path, Report(DIARY_FILE))] == ["Café", ""]


@pytest.mark.parametrize("name", [DIARY_FILE, TEMPLATE, "leaflets/news.md"])
def test_a_sign_that_windows_1252_lacks_changes_the_encoding_and_the_old_bytes_are_kept(
    editor: RunningEditor, name: str
) -> None:
    path = put(editor, name, "")
    path.write_bytes(WINDOWS)
    found = discarded(editor, name)
    text = found["text"] + "2026-11-18,Meeting,Łódź Café,\n"
    values = {"id": given_of(editor, name), "digest": found["digest"], "text": text}
    assert editor.post("private/save", values).status == 200
    assert "Café,“Nine" in path.read_bytes().decode("utf-8", "replace")
    assert "Łódź Café" in path.read_bytes().decode("utf-8", "replace")
    kept = (editor.private / "editor/kept").rglob("*")
    assert WINDOWS in [one.read_bytes() for one in kept if one.is_file()]


def test_what_is_no_ordinary_file_is_left_alone(editor: RunningEditor) -> None:
    put(editor, "secret.txt", "x")
    (editor.private / DIARY_FILE).symlink_to(editor.private / "secret.txt")
    said = editor.get(f"private/{given_of(editor)}")
    assert said.status == 400
    assert "This file cannot be opened here." in said.body.decode()
