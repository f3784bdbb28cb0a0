"""A newcomer writes a post with place, photo and deadline, puts two mistakes right, and publishes.

By keyboard alone, and by touch on a narrow phone, with nothing but what the pages say.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from browser.editor_page import PHONE, chosen, opened
from browser.test_places_dialog import content_of
from editor.running import RunningEditor, running_editor
from support import EPOCH

pytestmark = pytest.mark.browser


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    """The editor of a small ward with the sample's streets and map."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)
    content = content_of(tmp_path / "content")
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


class Newcomer:
    """Somebody who uses a page by keyboard alone, or by touch alone."""

    def __init__(self, page: Page, has_touch: bool) -> None:
        self.page, self._has_touch = page, has_touch

    def go(self, target: Locator) -> None:
        """Come to a field."""
        expect(target).to_be_visible()
        if self._has_touch:
            target.tap()
            return
        for _ in range(150):
            # Inside a shadow root the document says that its host has the focus.
            if target.evaluate("(one) => one.getRootNode().activeElement === one"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with Tab")

    def use(self, target: Locator, key: str = "Enter") -> None:
        """Press a button or follow a link."""
        self.go(target)
        if not self._has_touch:
            self.page.keyboard.press(key)

    def write(self, target: Locator, words: str) -> None:
        self.go(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, target: Locator, words: str) -> None:
        """Choose what begins with these words."""
        self.go(target)
        if self._has_touch:
            target.select_option(label=words)
        else:
            self.page.keyboard.type(words[:12])

    def date(self, target: Locator) -> None:
        """15 January 2027; a phone has a calendar of its own for it."""
        self.go(target)
        if self._has_touch:
            target.fill("2027-01-15")
        else:
            self.page.keyboard.type("01152027")

    def pick(self, option: Locator) -> None:
        """Take the first of the suggestions below a field that is being written in."""
        expect(option).to_be_visible()
        if self._has_touch:
            option.tap()
        else:
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")

    def button(self, name: str) -> None:
        self.use(self.page.get_by_role("button", name=name, exact=True))


def photo() -> FilePayload:
    data = BytesIO()
    Image.new("RGB", (800, 600), "khaki").save(data, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


@pytest.mark.parametrize(
    "has_touch", [False, pytest.param(True, marks=pytest.mark.long)], ids=["keyboard", "touch"]
)
def test_a_newcomer_writes_and_publishes_a_post(
    browser: Browser, running: RunningEditor, has_touch: bool
) -> None:
    options = dict(PHONE) if has_touch else {"viewport": {"width": 1280, "height": 900}}
    with opened(browser, running.url, **options) as page:
        person = Newcomer(page, has_touch)
        begin(person)
        add_deadline(person)
        add_photo(person)
        add_place(person)
        fix_what_is_shown(person)
        publish(person)
    public = running.content.parent / "public"
    made = next(public.glob("*/*/a-new-crossing/index.html")).read_text()
    for words in ("The council has agreed", "Comments on the crossing close", "A zebra crossing"):
        assert words in made
    assert "Eland Road" in made
    assert ">here<" not in made


def begin(person: Newcomer) -> None:
    page = person.page
    person.write(page.get_by_label("Title"), "A new crossing")
    person.choose(page.locator("#issue"), "Potholes")
    person.button("Write it")
    page.wait_for_selector("body.is-ready")
    text = page.get_by_role("textbox", name="Text", exact=True)
    person.write(text, "The council has agreed to a crossing. See [here](https://example.org/).")


def add_deadline(person: Newcomer) -> None:
    """With the first mistake: it does not say what ends."""
    field = person.page.locator("#field-Deadline")
    person.button("Add deadline")
    person.date(field.get_by_label("Day", exact=True))


def add_photo(person: Newcomer) -> None:
    page = person.page
    person.button("Add picture")
    dialog = page.get_by_role("dialog")
    with chosen(page, photo()):
        person.use(dialog.get_by_role("button", name="Choose a picture"))
    person.write(dialog.get_by_role("textbox").first, "A zebra crossing by a school")
    person.use(dialog.get_by_role("button", name="Save picture"))
    expect(dialog).to_be_hidden()
    expect(page.locator("#field-Image").get_by_label("What it shows")).to_have_value(
        "A zebra crossing by a school"
    )


def add_place(person: Newcomer) -> None:
    page = person.page
    person.button("Add place")
    dialog = page.get_by_role("dialog")
    person.write(dialog.get_by_label("Street or postcode"), "Eland Road")
    person.pick(dialog.get_by_role("option", name="Eland Road").first)
    person.use(dialog.get_by_role("button", name="Use this place"))
    expect(dialog).to_be_hidden()
    expect(page.locator("#field-Places").get_by_label("Name")).to_have_value("Eland Road")


def fix_what_is_shown(person: Newcomer) -> None:
    """Follows both messages to where they belong."""
    page = person.page
    summary = page.locator("#messages summary")
    expect(summary).to_contain_text("2 to think about")
    person.use(summary)
    person.use(page.get_by_role("button", name="Go to “Deadline”"))
    person.write(page.get_by_label("What ends then"), "Comments on the crossing close")
    expect(summary).to_have_text("1 to think about")
    if page.locator("#messages").get_attribute("open") is None:
        person.use(summary)
    person.use(page.get_by_role("button", name="Show it in the text"))
    text = "The council has agreed to a crossing. See [the plan](https://example.org/)."
    person.write(page.get_by_role("textbox", name="Text", exact=True), text)
    expect(summary).to_have_text("Nothing to fix")


def publish(person: Newcomer) -> None:
    page = person.page
    person.choose(page.get_by_label("Who can see it"), "Everybody, after you publish")
    person.button("Save")
    expect(page.locator("#badge")).to_have_text("Everybody, after you publish")
    person.use(page.locator("#publish"))
    person.use(page.get_by_role("button", name="Publish this"))
    expect(page.get_by_role("heading", name="Published:")).to_be_visible()
