"""The page of a post in use: last words, answers to checks, dates, links, tables, and the bar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import FILE, PHONE, POST, editor_on, faults, opened, post_address, ready
from browser.test_editor_post import KEPT, VAGUE, file_of, state, text_of
from editor.running import RunningEditor
from support import mostly_long

pytestmark = pytest.mark.browser

OTHER = "posts/2026-11-08-winter-list.md"
FILES: dict[str, str | bytes] = {
    OTHER: POST.replace("Two grit bins moved", "The winter list").replace(
        "two-grit-bins-moved", "winter-list"
    ),
    "pages/about.md": "Title: About us\n\nWho we are.\n",
}
LONG = POST + "\n" + "\n\n".join(f"Paragraph {number}, at some length." for number in range(40))
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
WINDOWS = {
    "wide": WIDE,
    "phone": dict(PHONE),
    "keyboard": {**PHONE, "viewport": {"width": 360, "height": 400}},
    "enlarged": {"viewport": {"width": 640, "height": 400}},
}
# Of the windows, each without and with an open list of messages.
EVERY_RUN = (("wide", False), ("phone", True))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path, FILES) as running:
        yield running


@pytest.fixture
def page(browser: Browser, running: RunningEditor) -> Iterator[Page]:
    with opened(browser, post_address(running), **WIDE) as page:
        yield ready(page)


def write(page: Page, words: str) -> None:
    text_of(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    state(page, re.compile("^Saved at"))


# The last words.


@pytest.mark.parametrize("way", mostly_long(("reload", "leave", "close"), "leave", "close"))
def test_the_last_words_are_kept_when_the_page_goes(
    browser: Browser, running: RunningEditor, way: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(post_address(running))
    write(ready(page), "The last words.")
    if way == "close":
        page.close(run_before_unload=True)
        page.wait_for_event("close") if not page.is_closed() else None
        page = context.new_page()
        page.goto(post_address(running))
    elif way == "leave":
        page.goto(running.url)
        page.goto(post_address(running))
    else:
        page.reload()
    ready(page)
    page.get_by_role("button", name="Use that text").click()
    expect(text_of(page)).to_contain_text("The last words.")
    context.close()


@pytest.mark.long
def test_the_words_are_sent_as_soon_as_the_page_is_hidden(page: Page) -> None:
    text_of(page).click()
    sent = page.evaluate("""() => {
      const sent = [];
      const real = window.fetch;
      window.fetch = (address, options) => {
        sent.push([new URL(address, location).pathname.split("/").slice(-2).join("/"),
          options.keepalive, JSON.parse(options.body).fields.Title[0]]);
        return real(address, options);
      };
      Object.defineProperty(document, "hidden", { value: true });
      const field = document.querySelector("#field-Title input, #field-Title textarea");
      field.value = "Hidden";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.dispatchEvent(new Event("visibilitychange"));
      return sent; }""")
    assert sent == [["post/draft", True, "Hidden"]]


@pytest.mark.long
def test_a_long_text_is_sent_while_somebody_writes(browser: Browser, tmp_path: Path) -> None:
    """A browser does not finish long requests of a page that goes away."""
    with (
        editor_on(tmp_path, {FILE: POST + "\n" + "Long words. " * 6000}) as running,
        opened(browser, post_address(running)) as page,
    ):
        text_of(ready(page)).focus()
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.url) if "draft" in one.url else None)
        for _ in range(30):
            page.keyboard.press("x")
            page.wait_for_timeout(60)
        assert sent
        state(page, KEPT)


@pytest.mark.long
def test_a_copy_is_said_to_be_there_only_when_it_is(page: Page) -> None:
    waiting: list[Any] = []
    page.route("**/post/draft", lambda route: waiting.append(route))
    write(page, "One.")
    page.wait_for_timeout(1200)
    state(page, "Not saved yet")
    waiting.pop().continue_()
    state(page, KEPT)
    write(page, " Two.")
    state(page, re.compile(r"^Not saved yet; the last copy on this computer is of [\d:]{8}$"))
    page.unroute("**/post/draft")
    state(page, KEPT)


# Answers to checks.


@pytest.mark.long
def test_a_doubt_is_answered_with_a_button(page: Page, running: RunningEditor) -> None:
    write(page, "\nRing Jane on 020 7123 4567.")
    summary = page.locator("#messages summary")
    expect(summary).to_have_text("1 to fix")
    summary.click()
    row = page.locator("#messages li")
    expect(row).to_contain_text("press “This is right as it is” and say why.")
    expect(row).not_to_contain_text("Allow")
    expect(row).not_to_contain_text("ward.toml")
    link = row.get_by_role("link", name="Settings, “What is public”")
    assert page.request.get(link.evaluate("(one) => one.href")).ok
    row.get_by_role("button", name="This is right as it is").press("Enter")
    dialog = page.get_by_role("dialog", name="This is right as it is")
    expect(dialog.get_by_label("Why is it right?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.type("she asked me to give it")
    assert faults(page) == ""
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(summary).to_have_text("Nothing to fix")
    save(page)
    assert "Allow: personal-data because she asked me to give it\n" in file_of(running)


@pytest.mark.long
def test_a_stop_that_cannot_be_answered_has_no_such_button(page: Page) -> None:
    page.get_by_label("What ends then").fill("")
    expect(page.locator("#messages summary")).to_have_text("1 to fix")
    expect(page.locator("#messages li button.right")).to_have_count(0)


# Days that do not exist.


@pytest.mark.long
def test_a_day_that_does_not_exist_is_shown_at_its_field_and_not_sent(
    page: Page, running: RunningEditor
) -> None:
    page.get_by_role("button", name="Add another deadline").click()
    page.keyboard.type("02302027")
    second = page.get_by_label("What ends then").nth(1)
    with page.expect_request("**/post/draft") as sent:
        second.fill("The survey ends")
        page.get_by_label("Title", exact=True).fill("Another title")
    given = sent.value.post_data_json or {}
    assert given["fields"]["Deadline"] == ["2026-12-05 | Comments close"]
    field = page.locator("#field-Deadline")
    expect(field).to_contain_text("This day or time does not exist: choose it again")
    expect(page.locator("main")).not_to_contain_text("Cannot read")
    assert faults(page) == ""
    page.keyboard.press("Control+s")
    state(page, re.compile("^Not saved: Deadline has a day"))
    day = field.get_by_label("Day", exact=True).nth(1)
    expect(day).to_be_focused()
    assert file_of(running) == POST
    day.fill("2027-02-28")
    save(page)
    expect(field).not_to_contain_text("does not exist")
    assert "Deadline: 2027-02-28 | The survey ends\n" in file_of(running)


# Links and tables.


@pytest.mark.long
@pytest.mark.parametrize(
    "phone", [False, pytest.param(True, marks=pytest.mark.long)], ids=["keyboard", "touch"]
)
def test_a_post_is_chosen_for_a_link(browser: Browser, running: RunningEditor, phone: bool) -> None:
    with opened(browser, post_address(running), **(PHONE if phone else WIDE)) as page:
        ready(page)
        page.get_by_role("button", name="Link", exact=True).press("Enter")
        dialog = page.get_by_role("dialog", name="Link")
        search = dialog.get_by_label(re.compile("Or one of your posts"))
        search.fill("winter")
        expect(dialog.get_by_role("status")).to_have_text("1 found")
        assert faults(page) == ""
        choice = dialog.get_by_role("button", name="The winter list, 20 November 2026")
        if phone:
            choice.tap()
        else:
            search.press("Enter")
            expect(choice).to_be_focused()
            page.keyboard.press("Enter")
        expect(text_of(page)).to_contain_text("[The winter list](2026-11-08-winter-list.md)")
        page.get_by_role("button", name="Link", exact=True).press("Enter")
        dialog.get_by_role("button", name="About us").press("Enter")
        expect(text_of(page)).to_contain_text("[About us](../pages/about.md)")
        expect(page.locator("#messages summary")).to_have_text("Nothing to fix")


@pytest.mark.long
def test_a_table_has_the_rows_and_columns_that_were_asked_for(page: Page) -> None:
    write(page, "")
    page.get_by_role("button", name="Table", exact=True).click()
    dialog = page.get_by_role("dialog", name="Table")
    dialog.get_by_label("Columns").fill("0")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Columns").fill("3")
    dialog.get_by_label("Rows below the headings").fill("4")
    assert faults(page) == ""
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    rows = [line for line in page.locator(".cm-line").all_text_contents() if line.startswith("|")]
    assert rows == ["| Heading 1 | Heading 2 | Heading 3 |", "|---|---|---|", *["|  |  |  |"] * 4]


# The bar.


@pytest.mark.long
@pytest.mark.parametrize(
    ("window", "messages"),
    [
        pytest.param(
            window, messages, id=f"{window}-{'open' if messages else 'closed'}",
            marks=() if (window, messages) in EVERY_RUN else pytest.mark.long,
        )
        for window in WINDOWS
        for messages in (False, True)
    ],
)  # fmt: skip
def test_nothing_that_has_the_focus_is_covered(
    browser: Browser, tmp_path: Path, window: str, messages: bool
) -> None:
    files = {**FILES, FILE: f"{LONG}\n\n{VAGUE}\n"}
    with (
        editor_on(tmp_path, files) as running,
        opened(browser, post_address(running), **WINDOWS[window]) as page,
    ):
        ready(page)
        if messages:
            page.locator("#messages summary").press("Enter")
        write(page, "\nThe end of it.")
        state(page, KEPT)
        room = page.evaluate(_ROOM)
        assert room["caret"] <= room["free"]
        assert room["free"] >= room["height"] * (0.5 if messages else 0.8)
        # Everything that Tab reaches after the text, up to the preview.
        for _ in range(60):
            page.keyboard.press("Tab")
            found = page.evaluate(_FOCUSED)
            if found is None:
                break
            assert found == ""


_ROOM = """() => {
  const fixed = [...document.querySelectorAll(".bar, .saving, #messages ul")]
    .filter((one) => one.checkVisibility()
      && /fixed|absolute/.test(getComputedStyle(one).position));
  const free = Math.min(innerHeight, ...fixed.map((one) => one.getBoundingClientRect().top));
  const root = document.querySelector(".codemirror").shadowRoot;
  const range = root.getSelection().getRangeAt(0).getBoundingClientRect();
  const lines = [...root.querySelectorAll(".cm-line")];
  return { caret: range.bottom || lines.at(-1).getBoundingClientRect().bottom, free,
    height: innerHeight };
}"""
_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one.localName === "iframe" || one.id === "leave-preview"
    || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2,
    Math.min(box.top + box.height / 2, innerHeight - 1));
  return one.contains(top) || top?.contains(one) ? "" : `${one.outerHTML.slice(0, 120)} covered by `
    + `${top?.outerHTML.slice(0, 80)}`;
}"""


@pytest.mark.long
def test_save_comes_before_the_preview_and_names_its_key(page: Page) -> None:
    write(page, "More.")
    save_button = page.get_by_role("button", name="Save")
    expect(save_button).to_have_attribute("title", "Save (Ctrl+S)")
    expect(page.locator(".saving")).to_contain_text("Ctrl+S")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("() => document.activeElement.id"))
        if seen[-1] == "leave-preview":
            break
    assert "save" in seen
    assert seen[-1] == "leave-preview"
    assert len(seen) < 30
    page.keyboard.press("Enter")
    expect(text_of(page)).to_be_focused()


# The rest of the page.


@pytest.mark.long
def test_more_lines_are_closed_until_one_is_filled_in_or_has_a_message(
    browser: Browser, tmp_path: Path
) -> None:
    files = {**FILES, OTHER: POST.replace("Slug:", "Lang: cy\nSlug:").replace("moved", "again")}
    with editor_on(tmp_path, files) as running:
        with opened(browser, post_address(running)) as page:
            ready(page)
            assert page.locator("#more").get_attribute("open") is None
            page.locator("#more > summary").click()
            headings = page.locator("#further h3").all_inner_texts()
            assert headings[0] == "What happened since"
            assert headings[-1] == "Checks"
            assert faults(page) == ""
        with opened(browser, post_address(running, OTHER)) as page:
            ready(page)
            assert page.locator("#more").get_attribute("open") is not None


@pytest.mark.long
def test_a_public_post_says_how_it_is_removed(page: Page) -> None:
    expect(page.locator("#badge")).to_have_text("Everybody, after you publish")
    remove = page.get_by_role("button", name="Remove this draft")
    expect(remove).to_be_hidden()
    expect(page.locator("#not-removed")).to_contain_text("make it a draft and save it first")
    page.get_by_label("Who can see it").select_option("draft")
    save(page)
    expect(remove).to_be_visible()
    expect(page.locator("#not-removed")).to_be_hidden()


@pytest.mark.long
def test_a_narrow_phone_shows_everything(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, running.url, **PHONE) as page:
        expect(page.get_by_role("link", name="See the site")).to_be_visible()
        select, button = page.locator("#issue"), page.get_by_role("button", name="Write it")
        boxes = select.bounding_box(), button.bounding_box()
        assert boxes[0]
        assert boxes[1]
        assert abs(boxes[0]["y"] - boxes[1]["y"]) < 2
        page.goto(post_address(running))
        ready(page)
        who = page.get_by_label("Who can see it")
        room = who.evaluate("""(one) => {
          const words = document.createElement("span");
          words.textContent = one.selectedOptions[0].textContent;
          words.style.font = getComputedStyle(one).font;
          document.body.append(words);
          const { width } = words.getBoundingClientRect();
          words.remove();
          return one.clientWidth - width; }""")
        assert room > 40, "the words and the arrow"


@pytest.mark.long
def test_two_windows_of_one_person(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, post_address(running), expected=("Failed to load",), **WIDE) as page:
        write(ready(page), "Mine.")
        state(page, KEPT)
        other = page.context.new_page()
        other.goto(post_address(running))
        ready(other)
        other.get_by_label("Title", exact=True).fill("Theirs")
        save(other)
        page.keyboard.press("Control+s")
        both = page.get_by_role("region", name="Two versions")
        expect(both).to_contain_text("changed in another window or program")
        expect(both).not_to_contain_text("Another program")


@pytest.mark.long
def test_only_the_title_and_the_text_are_printed(page: Page) -> None:
    page.get_by_label("Title", exact=True).fill("A title on paper")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    words = page.locator("body").inner_text()
    assert words.split() == ["A", "title", "on", "paper"]
    expect(text_of(page)).to_be_visible()
    for hidden in ("#bar", "#preview", "#first", "#about", "#more", "#tools"):
        expect(page.locator(hidden)).to_be_hidden()
