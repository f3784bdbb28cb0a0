"""After the settings got a new address or number, posts with the earlier one are corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from editor.running import RunningEditor, running_editor
from editor.test_settings import entries_of, form_of, save, text_of
from support import POST, WARD, files_of, write_site

OLD, NEW = "robin.sample@example.net", "robin.sample@example.com"
PHONE, NUMBER = "07911 123456", "07911 654321"
ONE = f"{POST}\r\nWrite to {OLD}.\rOr ring +44 7911 123456.\n"
TWO = f"Title: Zażółć\r\nDate: 2026-11-20\r\nTags: general\r\n\r\n<{OLD}>, {OLD}".encode("utf-16")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    ward = WARD.replace("robin@example.org", OLD)
    content = write_site(tmp_path / "content", {"ward.toml": ward})
    (content / "posts" / "one.md").write_bytes(ONE.encode())
    (content / "posts" / "two.md").write_bytes(TWO)
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


def changed(editor: RunningEditor, **values: str) -> Any:
    """What a save answers that gives the first councillor these values."""
    form = form_of(editor, "people")
    entries_of(form)["councillor"][0]["values"] |= values
    answer = save(editor, form)
    assert answer.status == 200, answer.data
    return answer.data["earlier"]


def page_at(editor: RunningEditor, link: str) -> tuple[str, dict[str, str]]:
    """The page as text, and what its button sends."""
    page = unescape(editor.get(link).body.decode())
    found = re.search(r'data-old="(.*?)" data-new="(.*?)" data-digest="(.*?)"', page)
    return page, dict(zip(("old", "new", "digest"), found.groups(), strict=True)) if found else {}


def test_what_has_the_earlier_address_is_shown_and_replaced(editor: RunningEditor) -> None:
    assert changed(editor, party="Example Party") == []
    before = files_of(editor.content)
    (offer,) = changed(editor, email=NEW)
    assert offer["words"] == f"2 posts still have {OLD}."
    page, sent = page_at(editor, offer["link"])
    assert (sent["old"], sent["new"]) == (OLD, NEW)
    assert f"<td>Write to {OLD}.</td><td>Write to {NEW}.</td>" in page
    assert "Zażółć" in page
    assert before["posts/one.md"] == ONE.encode()
    done = editor.post("contact/replace", sent)
    assert done.data["words"] == "Replaced in 2 posts and pages."
    after = files_of(editor.content)
    assert after["posts/one.md"] == ONE.replace(OLD, NEW).encode()
    assert after["posts/two.md"] == TWO.decode("utf-16").replace(OLD, NEW).encode("utf-16")
    same = before.keys() - {"ward.toml", "posts/one.md", "posts/two.md"}
    assert {file: after[file] for file in same} == {file: before[file] for file in same}
    stops = [p for p in editor.editor.desk.live.found if p.file == "posts/two.md"]
    assert not any("e-mail address" in p.message for p in stops)
    assert page_at(editor, offer["link"])[1] == {}


def test_a_number_is_replaced_in_the_form_that_it_has(editor: RunningEditor) -> None:
    assert changed(editor, phone=PHONE) == []
    assert changed(editor, phone="+44 7911 123 456") == []
    (offer,) = changed(editor, phone=NUMBER)
    assert editor.post("contact/replace", page_at(editor, offer["link"])[1]).status == 200
    assert b"Or ring +44 7911 654321.\n" in files_of(editor.content)["posts/one.md"]


def test_nothing_is_replaced_if_a_post_changed_meanwhile(editor: RunningEditor) -> None:
    (offer,) = changed(editor, email=NEW)
    _, sent = page_at(editor, offer["link"])
    (editor.content / "posts" / "one.md").write_bytes(ONE.encode() + b"More.\n")
    before = files_of(editor.content)
    refused = editor.post("contact/replace", sent)
    assert refused.status == 400
    assert "nothing was replaced" in refused.data["message"]
    assert files_of(editor.content) == before


def test_the_text_of_the_settings_offers_it_too(editor: RunningEditor) -> None:
    document = text_of(editor)
    text = document["text"].replace(OLD, NEW)
    sent = {"file": "ward.toml", "digest": document["digest"], "text": text}
    assert len(editor.post("settings/text/save", sent).data["earlier"]) == 1


def test_a_problem_leads_to_the_page(editor: RunningEditor) -> None:
    changed(editor, email=NEW)
    page = unescape(editor.get("").body.decode())
    link = f"contact?old={quote(OLD)}"
    assert f'{link}">Replace it wherever it is</a>' in page
    assert page_at(editor, link)[1]["new"] == NEW


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (NEW, OLD, "is in the settings"),
        (OLD, "somebody@example.net", "have no address or number to put in the place"),
        (PHONE, "", "have no address or number to put in the place"),
        ("", NEW, "cannot read which address"),
        (f"{'a' * 300}@example.org", NEW, "cannot read which address"),
    ],
)
def test_only_what_is_not_in_the_settings_is_replaced_by_what_is(
    editor: RunningEditor, old: str, new: str, said: str
) -> None:
    changed(editor, email=NEW)
    before = files_of(editor.content)
    page = unescape(editor.get(f"contact?old={quote(old)}&new={quote(new)}").body.decode())
    assert said in page
    sent = {"old": old, "new": new, "digest": "0" * 32}
    assert editor.post("contact/replace", sent).status == 400
    assert files_of(editor.content) == before
