"""The answer to a paste: Markdown, what was left out, and who is named."""

from __future__ import annotations

from editor.running import RunningEditor
from wardblog.preview.editor.page import FOLDER
from wardblog.preview.editor.paste.action import MOST_CHARACTERS

MAIL = (
    '<div class="gmail_attr">On Tue, 3 Nov 2026 at 10:14, Jane Doe wrote:</div>'
    "<blockquote><p>I live at 12 Eland Road. My number is 020 7946 0958.</p>"
    "<p>Jane</p></blockquote>"
)


def test_a_paste_is_answered_with_markdown_and_words_for_everybody(editor: RunningEditor) -> None:
    html = '<p>Two <b>bins</b></p><img src="file:///a.jpg"><img src="cid:b">'
    answer = editor.post("paste", {"html": html, "plain": "Two bins"})
    assert answer.status == 200
    assert answer.data == {
        "markdown": "Two **bins**\n",
        "notes": ["2 pictures were left out: add them with the button Picture."],
        "people": [],
        "said": "Pasted, with its headings, lists and tables. "
        "2 pictures were left out: add them with the button Picture.",
    }


def test_people_in_an_email_are_pointed_out(editor: RunningEditor) -> None:
    data = editor.post("paste", {"html": MAIL, "plain": ""}).data
    assert data["notes"] == [
        "This looks like an e-mail. Ask before you publish what somebody wrote to you."
    ]
    lines = data["markdown"].split("\n")
    shown = [
        (one["kind"], lines[one["line"] - 1][one["column"] : one["column"] + one["length"]])
        for one in data["people"]
    ]
    assert shown == [
        ("a name", "Jane Doe"),
        ("somebody's address", "12 Eland Road"),
        ("a telephone number", "020 7946 0958"),
        ("a name", "Jane"),
    ]
    assert data["people"][0]["message"] == "Ask this person first, or remove the name."
    assert data["said"].endswith(
        "2 people are named: Jane Doe, Jane. It also has somebody's address, a telephone number."
    )


def test_too_much_or_something_else_is_refused(editor: RunningEditor) -> None:
    answer = editor.post("paste", {"html": "a" * 2_000_001, "plain": ""})
    assert answer.status == 400
    assert answer.data["message"].startswith("This is too long: 2,000,001 characters")
    assert editor.post("paste", {"html": "<p>a</p>"}).status == 400
    assert editor.post("paste", {"html": 3, "plain": ""}).status == 400


def test_the_script_sends_no_more_than_is_taken() -> None:
    script = (FOLDER / "static/paste.js").read_text(encoding="utf-8")
    assert f"const MOST = {MOST_CHARACTERS:_};" in script
