"""Copying in a real browser and pasting in the editor: Markdown, people, undo, and plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import editor_on, faults, opened, post_address, ready
from editor.running import RunningEditor
from editor.test_pastes import PASTES

pytestmark = pytest.mark.browser

MAIL = (
    "<p>Dear Councillor,</p><p>The bin at <b>Eland Road</b> is full. Ring me on 020 7946 0958.</p>"
    '<ul><li>one</li><li>two</li></ul><p>Kind regards,<br>Jane Doe</p><img src="x.png" alt="A bin">'
)
WRITTEN = """\
Dear Councillor,

The bin at **Eland Road** is full. Ring me on 020 7946 0958.

- one
- two

Kind regards,
Jane Doe
"""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, running: RunningEditor) -> Iterator[Page]:
    """The page of a post, with the cursor in its empty text."""
    with opened(browser, post_address(running), viewport={"width": 1280, "height": 900}) as page:
        ready(page)
        page.get_by_role("textbox", name="Text", exact=True).click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        yield page


def copy(page: Page, html: str) -> None:
    """Copy a whole page in another tab of the same browser."""
    other = page.context.new_page()
    other.set_content(f"<main>{html}</main>")
    other.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('main'));"
        " document.execCommand('copy'); }"
    )
    other.close()


def text(page: Page) -> str:
    """The text of the post, as its source has it."""
    return "\n".join(page.locator(".cm-line").all_text_contents())


def expect_text(page: Page, words: str) -> None:
    expect(page.locator(".cm-content")).to_contain_text(words.strip().splitlines()[-1])
    assert text(page).rstrip("\n") == words.rstrip("\n")


def test_what_was_copied_is_pasted_as_markdown_and_people_are_listed(page: Page) -> None:
    copy(page, MAIL)
    page.keyboard.press("Control+V")
    expect_text(page, WRITTEN)
    note = page.locator("#pasted")
    expect(note).to_contain_text("1 picture was left out: add it with the button Picture.")
    expect(note).to_contain_text("This looks like an e-mail. Ask before you publish")
    expect(note.get_by_role("button", name="Show Jane Doe in the text")).to_be_visible()
    said = "Pasted, with its headings, lists and tables. 1 picture was left out"
    expect(page.locator("#said")).to_contain_text(said)
    note.get_by_role("button", name="Show 020 7946 0958 in the text").click()
    selected = "one => one.getRootNode().getSelection().toString()"
    assert page.locator(".cm-content").evaluate(selected) == "020 7946 0958"
    assert faults(page) == ""
    page.keyboard.press("Control+Home")
    page.keyboard.type("Before. ")
    note.get_by_role("button", name="Remove it: 020 7946 0958").click()
    expect_text(page, "Before. " + WRITTEN.replace("020 7946 0958", ""))
    expect(note.get_by_role("button", name="020 7946 0958")).to_have_count(0)


def marked(page: Page) -> list[str]:
    """The words of the text that are marked."""
    return page.locator(".codemirror .cm-lintRange").all_text_contents()


@pytest.mark.long
def test_people_are_marked_in_the_text_until_they_are_gone(page: Page) -> None:
    copy(page, MAIL)
    page.keyboard.press("Control+V")
    marks, note = page.locator(".codemirror .cm-lintRange"), page.locator("#pasted")
    expect(marks.filter(has_text="Jane Doe")).to_have_count(1)
    expect(marks.filter(has_text="020 7946 0958")).to_have_count(1)
    # The marks follow their words, and the messages of the checks leave them alone.
    page.keyboard.press("Control+Home")
    page.keyboard.type("Before. ")
    expect(page.locator("#state")).to_contain_text("kept on this computer")
    assert {"Jane Doe", "020 7946 0958"} <= set(marked(page))
    # A second paste adds to the list.
    page.keyboard.press("Control+End")
    _paste(page, {"text/html": "<p>Kind regards,<br>Sam Poe</p><p>Sent from my iPhone</p>",
                  "text/plain": "x"})  # fmt: skip
    expect(note.get_by_role("button", name="Show Jane Doe in the text")).to_be_visible()
    # What is taken out, or overwritten, is in neither any more.
    note.get_by_role("button", name="Remove it: 020 7946 0958").click()
    expect(marks.filter(has_text="020 7946")).to_have_count(0)
    note.get_by_role("button", name="Show Jane Doe in the text").click()
    page.keyboard.type("A resident")
    expect(marks.filter(has_text="Jane")).to_have_count(0)
    expect(note.get_by_role("button", name="Jane Doe")).to_have_count(0)
    expect(page.locator(".cm-content")).to_be_focused()


@pytest.mark.long
def test_one_undo_takes_the_whole_paste_away(page: Page) -> None:
    page.keyboard.type("Before. ")
    copy(page, "<p>One <b>bin</b></p><p>Two</p>")
    page.keyboard.press("Control+V")
    expect(page.locator(".cm-content")).to_contain_text("**bin**")
    page.keyboard.press("Control+Z")
    expect(page.locator(".cm-content")).not_to_contain_text("bin")
    assert text(page).strip() == "Before."


@pytest.mark.long
def test_with_shift_the_words_are_pasted_as_they_are(page: Page) -> None:
    copy(page, "<p>One <b>bin</b></p>")
    page.keyboard.press("Control+Shift+V")
    expect(page.locator(".cm-content")).to_contain_text("One bin")
    assert "**" not in text(page)


@pytest.mark.long
def test_typed_bullets_become_a_list_and_other_plain_text_stays(page: Page) -> None:
    _paste(page, {"text/plain": "•\tone\n•\ttwo\n"})
    expect_text(page, "- one\n- two\n")
    page.keyboard.press("Control+A")
    _paste(page, {"text/plain": "a * b_c\nd"})
    expect_text(page, "a * b_c\nd")


@pytest.mark.long
@pytest.mark.parametrize("name", ["word-nested-bullets", "gdocs-table", "outlook-bullets"])
def test_the_clipboard_of_other_programs_is_pasted(page: Page, name: str) -> None:
    html = (PASTES / f"{name}.html").read_text(encoding="utf-8")
    _paste(page, {"text/html": html, "text/plain": "plain"})
    expect_text(page, (PASTES / f"{name}.md").read_text(encoding="utf-8"))


def _paste(page: Page, kinds: dict[str, str]) -> None:
    """Paste what another program would have put on the clipboard."""
    page.locator(".cm-content").evaluate(
        """(text, kinds) => {
          const data = new DataTransfer();
          for (const [kind, words] of Object.entries(kinds)) data.setData(kind, words);
          const event = new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true });
          text.dispatchEvent(event);
        }""",
        kinds,
    )
