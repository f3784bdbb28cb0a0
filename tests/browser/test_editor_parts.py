"""Values with bars are taken apart into fields and put together again without any change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.editor_page import editor_on, opened
from wardblog.content.keys import KEYS, TABLE, FileKind
from wardblog.preview.editor.fields import form

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of the editor, whose modules can be imported."""
    with (
        editor_on(tmp_path_factory.mktemp("parts")) as running,
        opened(browser, running.url) as page,
    ):
        yield page


def called(page: Page, module: str, function: str, *arguments: Any) -> Any:
    script = """async ([module, name, given]) => {
        const base = document.querySelector('meta[name="ward-base"]').content;
        return (await import(base + "static/post/" + module))[name](...given); }"""
    return page.evaluate(script, [module, function, list(arguments)])


def parts_of(name: str) -> Any:
    fields = form(FileKind.POST, ())["fields"]
    return next(field["parts"] for field in fields if field["name"] == name)


EXAMPLES = [(key.name, example) for key in TABLE for example in key.examples]
MORE = [
    ("Deadline", "2026-12-05"),
    ("Updated", "2026-11-25 |  | The contractor came"),
    ("Updated", "2026-11-25 10:30 | in progress | They began"),
    ("Places", "Eland Road"),
    ("Places", "Eland Road | SW11 5QR | not possible"),
    ("Event", "2026-12-01 | Fair"),
    ("Event", "2026-12-01 | Fair | cancelled"),
    ("Event", "2026-12-01 | Fair | The common | https://example.org/a | attended"),
]


@pytest.mark.parametrize(("name", "value"), [*EXAMPLES, *MORE])
def test_a_value_is_the_same_after_it_was_taken_apart(page: Page, name: str, value: str) -> None:
    parts = parts_of(name)
    texts = called(page, "parts.js", "split", parts, value)
    assert texts is not None
    assert called(page, "parts.js", "join", parts, texts) == value
    if " | " in value:
        assert sum(1 for text in texts if text) >= 2
        assert not any("|" in text for text in texts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Deadline", "2026-12-05 | Comments | and more"),
        ("Deadline", "2026-12-05|Comments"),
        ("Deadline", "2026-12-05  |  Comments"),
        ("Deadline", "2026-12-05 ¦ Comments"),
        ("Places", "Eland Road | a | b | c"),
        ("Places", "Eland Road | fixed | SW11 5QR"),
        ("Event", "first Monday 10:00 | Surgery | Library | except 2026-12-07"),
        ("Image", "images/a.jpg | what | more"),
    ],
)
def test_a_value_that_would_change_is_shown_whole(page: Page, name: str, value: str) -> None:
    parts = parts_of(name)
    texts = called(page, "parts.js", "split", parts, value)
    assert texts is None or called(page, "parts.js", "join", parts, texts) == value
    if name != "Deadline" or "¦" not in value:
        assert texts is None


@pytest.mark.parametrize(
    ("name", "texts", "value"),
    [
        ("Deadline", ["2026-12-05", "Comments close"], "2026-12-05 | Comments close"),
        ("Deadline", ["", "Comments close"], " | Comments close"),
        ("Deadline", ["", ""], ""),
        ("Updated", ["2026-11-25", "", "Done"], "2026-11-25 |  | Done"),
        ("Places", ["Eland Road", "", "fixed"], "Eland Road | fixed"),
        ("Event", ["2026-12-01", "Fair", "", "", "cancelled"], "2026-12-01 | Fair | cancelled"),
        ("Image", ["images/a.jpg", ""], "images/a.jpg"),
    ],
)
def test_parts_make_the_value_that_the_reader_reads(
    page: Page, name: str, texts: list[str], value: str
) -> None:
    assert called(page, "parts.js", "join", parts_of(name), texts) == value
    if value and not value.startswith(" "):
        assert KEYS[name].accepts(value)


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        ("bold", "a [bin] b", "a **[bin]** b"),
        ("bold", "a **[bin]** b", "a [bin] b"),
        ("bold", "a [ bin ]b", "a  **[bin]** b"),
        ("bold", "[]", "**[]**"),
        ("list", "One[]", "- One[]"),
        ("list", "[One\nTwo]", "- One\n- Two[]"),
        ("list", "[- One\n- Two]", "[One\nTwo]"),
        ("list", "Words\n[One\nTwo]\nMore", "Words\n\n- One\n- Two[]\n\nMore"),
        ("list", "- One\n[Two]", "- One\n- Two[]"),
        ("table", "[]", "| [Heading 1] | Heading 2 |\n|---|---|\n|  |  |\n|  |  |"),
        ("table", "Words[]\nMore",
         "Words\n\n| [Heading 1] | Heading 2 |\n|---|---|\n|  |  |\n|  |  |\n\nMore"),
    ],
)  # fmt: skip
def test_a_button_changes_the_selected_words(
    page: Page, command: str, before: str, after: str
) -> None:
    """What is selected stands between square brackets."""
    start, end = before.index("["), before.index("]") - 1
    text = before.replace("[", "", 1).replace("]", "", 1)
    size = {"rows": 2, "columns": 2}
    arguments = (text, start, size if command == "table" else end)
    change = called(page, "commands.js", command, *arguments)
    new = text[: change["from"]] + change["insert"] + text[change["to"] :]
    first, last = change["select"]
    assert f"{new[:first]}[{new[first:last]}]{new[last:]}" == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[]", "![x](y)[]"),
        ("[]Words", "![x](y)[]\n\nWords"),
        ("Wo[]rds\n\nMore", "Words\n\n![x](y)[]\n\nMore"),
        ("Words\n[]", "Words\n\n![x](y)[]"),
        ("Words\n\n[]\n\nMore", "Words\n\n![x](y)[]\n\nMore"),
    ],
)
def test_a_picture_is_a_paragraph_of_its_own(page: Page, before: str, after: str) -> None:
    at, text = before.index("["), before.replace("[]", "")
    script = """async ([text, at]) => {
        const base = document.querySelector('meta[name="ward-base"]').content;
        const { paragraph } = await import(base + "static/post/commands.js");
        return paragraph("![x](y)")(text, at); }"""
    change = page.evaluate(script, [text, at])
    new = text[: change["from"]] + change["insert"] + text[change["to"] :]
    cursor = change["select"][0]
    assert f"{new[:cursor]}[]{new[cursor:]}" == after


@pytest.mark.parametrize(
    ("words", "address", "markdown"),
    [
        ("the list", "https://example.org/", "[the list](https://example.org/)"),
        ("a [b]", "2026-a.md", r"[a \[b\]](2026-a.md)"),
        ("x", "https://example.org/a (1)", "[x](<https://example.org/a (1)>)"),
    ],
)
def test_a_link_can_have_any_words(page: Page, words: str, address: str, markdown: str) -> None:
    assert called(page, "commands.js", "link", words, address) == markdown


@pytest.mark.parametrize(
    ("before", "selected", "after", "words"),
    [
        ("See [the ", "", "page](gone.md).", "the page"),
        ("See [the page](", "gone.md", ").", "the page"),
        ("", "[a \\[b\\]](<c d.md>)", "", "a [b]"),
        ("See ", "the", " [page](gone.md).", None),
        ("![A ", "bin", "](bin.jpg)", None),
        ("[a](b.md) ", "c", " [d](e.md)", None),
    ],
)
def test_a_link_around_the_selected_words_is_found(
    page: Page, before: str, selected: str, after: str, words: str | None
) -> None:
    text, start = before + selected + after, len(before)
    found = called(page, "commands.js", "linkAround", text, start, start + len(selected))
    assert (found and found["words"]) == words
    if found:
        assert text[found["from"] : found["to"]].startswith("[")
        assert text[found["from"] : found["to"]].endswith(")")
