"""What goes wrong is a page for people and JSON for scripts, each with words that are true."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from editor.running import Answer, RunningEditor
from wardblog.preview.editor.disk_errors import FullDiskError, disk_error
from wardblog.preview.editor.settings import handlers

# The sentence for each error of a disk; it names the file if one is known.
SENTENCES = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "The disk is full",
    errno.EACCES: "ward.toml may not be read or changed by the editor",
    errno.EPERM: "ward.toml may not be read or changed by the editor",
    errno.EROFS: "This disk can be read, but nothing can be written to it",
    errno.ENAMETOOLONG: "The name of a file is too long for this disk",
    errno.EFBIG: "The file is too large for this disk",
    errno.EMFILE: "Too many files are open on this computer",
    errno.ENOENT: "ward.toml does not exist",
    errno.EIO: f"ward.toml cannot be used ({os.strerror(errno.EIO)})",
}


def opened(editor: RunningEditor, path: str, dest: str = "document") -> Answer:
    """What a browser gets for an address that somebody opens, or that a script asks for."""
    mode = "navigate" if dest == "document" else "cors"
    headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    return editor.ask("GET", f"{editor.editor.address}{path}", headers=headers)


def test_an_unknown_address_is_a_page_for_people_and_json_for_scripts(
    editor: RunningEditor,
) -> None:
    wrong = (
        "whatever", "posts", "post/", "post/0000000000000000", "office/clean", "settings/nothing",
        "made/1", "private/1", "lists/look",
    )  # fmt: skip
    for path in wrong:
        page = opened(editor, path)
        assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
        body = page.body.decode()
        assert "<h1>Page not found</h1>" in body
        assert f'href="{editor.editor.address}">Go to the list of posts</a>' in body
        assert editor.editor.desk.token not in body
        script = opened(editor, path, "empty")
        assert (script.status, script.headers["content-type"]) == (404, "application/json")
        assert script.data["message"]


def test_what_only_scripts_ask_for_is_no_page_of_its_own(editor: RunningEditor) -> None:
    assert opened(editor, "session", "empty").status == 200
    alone = editor.ask("GET", f"{editor.editor.address}session", headers={})
    assert alone.status == 404
    assert "<h1>Page not found</h1>" in alone.body.decode()
    assert (
        opened(editor, "job/1", "empty").data["message"] == "The editor no longer knows about this."
    )


@pytest.mark.parametrize("number", SENTENCES)
def test_each_error_of_the_disk_has_its_own_sentence(number: int) -> None:
    said = disk_error(OSError(number, os.strerror(number), "ward.toml"), "Nothing was changed")
    assert str(said) == f"{SENTENCES[number]}. Nothing was changed"
    assert said.hint
    assert isinstance(said, FullDiskError) == (number in (errno.ENOSPC, errno.EDQUOT))


def test_a_file_that_only_we_know_is_not_named() -> None:
    beside, file = Path("content/.0123.tmp"), "content/ward.toml"
    denied = os.strerror(errno.EACCES)
    alone = disk_error(PermissionError(errno.EACCES, denied, str(beside)))
    assert str(alone).startswith("A file or folder may not")
    replaced = disk_error(PermissionError(errno.EACCES, denied, str(beside), None, file))
    assert str(replaced).startswith("content/ward.toml may not")
    assert (
        str(disk_error(OSError("x is a link"))) == "A file or folder cannot be used (x is a link)"
    )


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EACCES, 400)])
def test_an_error_of_the_disk_is_a_page_with_its_remedy(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(number, os.strerror(number), "ward.toml")

    monkeypatch.setattr(handlers, "file_bytes", refuse)
    page = opened(editor, "settings")
    assert page.status == status
    body = page.body.decode()
    assert "<h1>This page cannot be shown</h1>" in body
    assert f"<p>{SENTENCES[number]}. Nothing was changed.</p>" in body
    assert "hen try again.</p>" in body
