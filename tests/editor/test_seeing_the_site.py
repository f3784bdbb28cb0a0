"""The way to the site, and what is shown in its place while something stops it."""

from __future__ import annotations

import re

from editor.running import RunningEditor

BAD = "Title: A\nDate: 2026-13-01\nTags: Grit bins\n\nWords.\n"


def put(editor: RunningEditor, file: str, text: str) -> None:
    path = editor.content / file
    path.write_text(text, encoding="utf-8")
    editor.editor.desk.preview.update([path])


def test_the_site_is_shown_if_nothing_stops_it(editor: RunningEditor) -> None:
    said = editor.get("see")
    assert (said.status, said.headers["location"], said.body) == (302, "/", b"")
    assert said.headers["referrer-policy"] == "no-referrer"


def test_each_problem_leads_to_its_line(editor: RunningEditor) -> None:
    put(editor, "posts/bad.md", BAD)
    settings = editor.content / "ward.toml"
    put(editor, "ward.toml", settings.read_text(encoding="utf-8") + "\n[nothing]\nx = 1\n")
    said = editor.get("see")
    assert said.status == 200
    page = said.body.decode()
    assert "<h1>Fix this first</h1>" in page
    given = editor.editor.desk.ids.of("posts/bad.md")
    assert f'href="{editor.editor.address}post/{given}#line-2"' in page
    assert re.search(r'href="[^"]*settings/text/ward\.toml#line-\d+"', page)


def test_no_page_of_the_site_has_the_address_of_the_editor(editor: RunningEditor) -> None:
    put(editor, "posts/bad.md", BAD)
    page = editor.ask("GET", "/", headers={"Sec-Fetch-Site": "same-origin"}).body
    assert b"Fix this first" in page
    assert editor.editor.desk.key.encode() not in page


def test_a_post_says_whether_its_preview_can_be_shown(editor: RunningEditor) -> None:
    given = editor.editor.desk.ids.of("posts/fine.md")
    assert editor.get(f"post/{given}/document").data["is_blocked"] is False
    put(editor, "posts/bad.md", BAD)
    found = editor.get(f"post/{given}/document").data
    assert found["is_blocked"] is True
    (stop,) = [one for one in found["messages"] if one["severity"] == "stop"]
    assert stop["to"].endswith("#line-2")
    draft = {
        "id": given, "file": "posts/fine.md", "page": "0" * 16, "digest": found["digest"],
        "mode": found["mode"], "fields": found["fields"], "text": found["text"] + "More.\n",
    }  # fmt: skip
    assert editor.post("post/draft", draft).data["is_blocked"] is True
    assert editor.post("post/save", draft).data["is_blocked"] is True
    (editor.content / "posts/bad.md").unlink()
    editor.editor.desk.preview.update()
    draft["digest"] = editor.get(f"post/{given}/document").data["digest"]
    assert editor.post("post/draft", draft).data["is_blocked"] is False
