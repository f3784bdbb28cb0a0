"""The pages of settings and lists in Chromium: by keyboard alone, and by touch at 360 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import ISSUES, PHONE, editor_on, faults, opened
from browser.test_editor_post import overflow
from editor.running import RunningEditor
from editor.test_lists import BINS, BOUNDARY
from support import ROOT, picture, read_all
from wardblog.preview.editor.settings.groups import GROUPS
from wardblog.support.colours import COLOURS

pytestmark = pytest.mark.browser

OLD = "Bin location,Latitude,Longitude\nEland Road,51.4664,-0.1603\nGone Road,51.46,-0.16\n"
DATASET = '\n[[dataset]]\nissue = "Grit bins"\nfile = "data/old-bins.csv"\ntitle = "The bins"\n'
PAGES = ("settings", *(f"settings/{group.address}" for group in GROUPS), "settings/text/ward.toml",
         "settings/start", "lists")  # fmt: skip
# Those that are made of different parts; a long run looks at all pages.
SOME_PAGES = ("settings", "settings/people", "settings/issues", "settings/checks",
              "settings/text/ward.toml", "settings/start", "lists")  # fmt: skip
DARK_PHONE: dict[str, Any] = {**PHONE, "color_scheme": "dark"}
# Most other tests look at these pages on a desktop.
LONG_DESKTOP = pytest.param({}, marks=pytest.mark.long)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    files = {
        "issues.toml": ISSUES + DATASET,
        "data/ward.geojson": BOUNDARY,
        "data/old-bins.csv": OLD,
        "community.toml": (ROOT / "content" / "community.toml").read_text("utf-8"),
    }
    with editor_on(tmp_path, files) as editor:
        path = editor.content / "ward.toml"
        text = path.read_text("utf-8")
        if "boundary" not in text:
            text = text.replace("[ward]\n", '[ward]\nboundary = "data/ward.geojson"\n')
            path.write_text(text, "utf-8")
        yield editor


def text_of(running: RunningEditor, file: str = "ward.toml") -> str:
    return (running.content / file).read_text("utf-8")


def small_targets(page: Page) -> list[str]:
    """What can be pressed and is lower than 44 px, apart from links in sentences."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, summary")]
        .filter((one) => one.checkVisibility() && one.type !== "checkbox")
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert isinstance(found, list)
    return found


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.long
@pytest.mark.parametrize("options", [LONG_DESKTOP, DARK_PHONE], ids=["desktop", "phone"])
def test_every_page_is_fit_for_everybody(
    browser: Browser,
    running: RunningEditor,
    options: dict[str, Any],
    request: pytest.FixtureRequest,
) -> None:
    with opened(browser, f"{running.url}settings", **options) as page:
        for path in PAGES if request.config.getoption("--long") else SOME_PAGES:
            page.goto(f"{running.url}{path}", wait_until="networkidle")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = 1")
            assert faults(page) == "", path
            assert overflow(page) == [], path
            assert small_targets(page) == [], path


def test_a_setting_is_changed_by_keyboard_alone(browser: Browser, running: RunningEditor) -> None:
    before = text_of(running)
    with opened(browser, f"{running.url}settings") as page:
        tab_to(page, 'a[href$="settings/site"]')
        page.keyboard.press("Enter")
        page.wait_for_url("**/settings/site")
        expect(page.get_by_label("Name of the site")).to_be_visible()
        tab_to(page, "#form input")
        page.keyboard.press("Control+A")
        page.keyboard.type("News for all of us")
        tab_to(page, "#form input")
        page.keyboard.press("Control+A")
        page.keyboard.type("ward.example")
        expect(page.locator(".wrong")).to_have_text(
            '"ward.example" is not a web addressWrite it like "https://www.example.org/".'
        )
        assert faults(page) == ""
        assert text_of(running) == before
        # The list of what is wrong leads to the field.
        page.locator(".lead").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Web address")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("https://ward.example.org")
        expect(page.locator(".wrong")).to_have_count(0)
        page.keyboard.press("Control+S")
        expect(page.locator("#said")).to_have_text("Saved.")
        assert 'title = "News for all of us"' in text_of(running)
        expect(page.get_by_label("Web address")).to_be_focused()
        expect(page.locator("#state")).to_have_text("Saved.")


@pytest.mark.long
def test_a_doubtful_number_is_shown_at_its_field_and_after_saving(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, f"{running.url}settings/people") as page:
        expect(page.locator("#state")).to_have_text("Nothing changed yet.")
        field = page.get_by_label("Telephone number").first
        field.fill("phone me")
        field.press("Home")
        field.press("Control+S")
        for place in ("#said", "#state"):
            expect(page.locator(place)).to_have_text("Saved. Something is worth a look.")
        expect(field).to_be_focused()
        assert field.evaluate("(one) => [one.selectionStart, one.selectionEnd]") == [0, 0]
        expect(page.locator(".doubt")).to_contain_text("does not look like a telephone number")
        assert faults(page) == ""
        field.fill("020 7946 0123 ext 2")
        expect(page.locator(".doubt")).to_have_count(0)
        page.get_by_role("button", name="Save", exact=True).click()
        for place in ("#said", "#state"):
            expect(page.locator(place)).to_have_text("Saved.")
        expect(page.locator("#save")).to_be_focused()


@pytest.mark.long
def test_saving_with_something_wrong_says_the_same_everywhere(
    browser: Browser, running: RunningEditor
) -> None:
    words = "Saved. There is something to fix."
    with opened(browser, f"{running.url}settings/site") as page:
        page.get_by_label("Web address").fill("ward.example")
        page.keyboard.press("Control+S")
        for place in ("#said", "#state"):
            expect(page.locator(place)).to_have_text(words)
        page.goto(f"{running.url}settings/text/ward.toml")
        expect(page.locator("#state")).to_have_text("Nothing changed yet.")
        page.get_by_label("The whole file").press("Control+End")
        page.keyboard.type("# More.")
        page.keyboard.press("Control+S")
        for place in ("#said", "#state"):
            expect(page.locator(place)).to_have_text(words)
        expect(page.get_by_label("The whole file")).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("options", [LONG_DESKTOP, DARK_PHONE], ids=["desktop", "phone"])
def test_a_photograph_is_seen_and_added(
    browser: Browser, running: RunningEditor, options: dict[str, Any]
) -> None:
    with opened(browser, f"{running.url}settings/people", **options) as page:
        field = page.get_by_label("Photograph", exact=True).first
        small = page.locator(".chosen").first
        expect(small).to_be_hidden()
        field.select_option("images/x.png")
        expect(small).to_be_visible()
        field.select_option("")
        expect(small).to_be_hidden()
        page.get_by_role("button", name="Choose a picture for Photograph").first.click()
        dialog = page.get_by_role("dialog")
        file: Any = {"name": "me.png", "mimeType": "image/png", "buffer": picture(90, 60)}
        dialog.locator("input[type=file]").first.set_input_files(file)
        dialog.get_by_label("What does it show?").fill("Robin Sample at the library")
        dialog.get_by_role("button", name="Save picture").click()
        expect(field).to_have_value("images/robin-sample-at-the-library.png")
        expect(small).to_be_visible()
        assert small.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
        expect(page.locator("#state")).to_have_text("Not saved yet.")
        assert faults(page) == ""
        assert overflow(page) == []
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#said")).to_have_text("Saved.")
    assert 'photo = "images/robin-sample-at-the-library.png"' in text_of(running)


@pytest.mark.long
def test_an_issue_shows_the_colour_that_it_gets(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, f"{running.url}settings/issues") as page:
        page.get_by_role("button", name="Add an issue").click()
        colour = COLOURS[2]
        expect(page.get_by_label("Colour: choose").last).to_have_value(colour)
        expect(page.locator(".row .note").last).to_have_text(
            f"If you choose none, it gets {colour}."
        )
        page.get_by_label("Name").last.fill("Fly-tipping")
        page.get_by_role("button", name="Move up issue").last.click()
        expect(page.get_by_label("Colour: choose").nth(1)).to_have_value(COLOURS[1])
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#said")).to_have_text("Saved.")
    site, _ = read_all(running.content)
    assert next(one for one in site.issues if one.name == "Fly-tipping").colour == COLOURS[1]


@pytest.mark.long
def test_entries_are_added_and_removed_by_touch(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, f"{running.url}settings/issues", **PHONE) as page:
        page.get_by_role("button", name="Add an issue").tap()
        page.get_by_label("Name").last.fill("Fly-tipping")
        page.get_by_label("About").last.fill("Rubbish in our streets.")
        page.get_by_role("button", name="Save").tap()
        expect(page.locator("#said")).to_have_text("Saved.")
        new = '\n[[issue]]\nname = "Fly-tipping"\nabout = "Rubbish in our streets."\n'
        assert text_of(running, "issues.toml") == ISSUES + new + DATASET
        page.locator("summary", has_text="Grit bins").tap()
        page.get_by_role("button", name="Move down issue").first.tap()
        page.get_by_role("button", name="Remove issue").first.tap()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("These lists belong to it: The bins.")
        expect(dialog).to_contain_text("fine.md")
        assert faults(page) == ""
        dialog.get_by_role("button", name="Keep it").tap()
        page.get_by_role("button", name="Save").tap()
        expect(page.locator("#said")).to_have_text("Saved.")
        names = [line for line in text_of(running, "issues.toml").split("\n") if "name" in line]
        assert names == ['name = "Potholes"', 'name = "Grit bins"', 'name = "Fly-tipping"']


@pytest.mark.long
def test_a_new_name_asks_whether_the_rest_follows(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, f"{running.url}settings/issues") as page:
        page.locator("summary", has_text="Grit bins").click()
        page.get_by_label("Name").first.fill("Salt boxes")
        page.get_by_role("button", name="Save").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("“Grit bins” gets another name.")
        dialog.get_by_role("button", name="Yes, change them all").click()
        expect(page.locator("#said")).to_contain_text("Saved.")
    text = text_of(running, "issues.toml")
    assert 'aliases = ["/issues/grit-bins/"]' in text
    assert '[[dataset]]\nissue = "Salt boxes"' in text
    assert "Tags: Salt boxes, winter\n" in text_of(running, "posts/fine.md")


@pytest.mark.long
def test_two_versions_are_shown_and_neither_is_lost(
    browser: Browser, running: RunningEditor
) -> None:
    expected = ("Failed to load resource",)  # the status of the conflict
    with opened(browser, f"{running.url}settings/site", expected) as page:
        page.get_by_label("Name of the site").fill("Mine")
        old = text_of(running)
        line = next(line for line in old.split("\n") if line.startswith("title"))
        theirs = old.replace(line, 'title = "Theirs"')
        (running.content / "ward.toml").write_text(theirs, "utf-8")
        page.get_by_role("button", name="Save", exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("td")).to_have_text(["Mine", "Theirs"])
        assert faults(page) == ""
        assert text_of(running) == theirs
        dialog.get_by_role("button", name="Save mine").click()
        expect(page.locator("#said")).to_have_text("Saved.")
        assert text_of(running) == theirs.replace("Theirs", "Mine")
        kept = list((running.private / "editor" / "kept").iterdir())
        assert [path.read_text("utf-8") for path in kept] == [theirs]


@pytest.mark.long
def test_what_was_typed_is_there_again(browser: Browser, running: RunningEditor) -> None:
    site = f"{running.url}settings/site"
    with opened(browser, site) as page, page.expect_response("**/settings/look"):
        page.get_by_label("Name of the site").fill("Half a na")
    with opened(browser, f"{running.url}settings/site") as page:  # the first one crashed
        expect(page.get_by_label("Name of the site")).to_have_value("Half a na")
        page.get_by_role("button", name="Go back to the saved settings").click()
        expect(page.get_by_label("Name of the site")).not_to_have_value("Half a na")
        expect(page.locator("#state")).to_have_text("Nothing changed yet.")


@pytest.mark.long
def test_a_file_is_written_as_text_and_messages_lead_to_their_lines(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, f"{running.url}settings/text/ward.toml") as page:
        area = page.get_by_label("The whole file")
        text = area.input_value()
        area.fill(f"{text}[publihs]\n")
        page.get_by_role("button", name='there is no table called "[publihs]"').or_(
            page.locator(".lead")
        ).first.click()
        assert page.evaluate("getSelection().toString()") == "[publihs]"
        area.fill(f"{text}# More.\n")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#said")).to_have_text("Saved.")
        assert text_of(running) == f"{text}# More.\n"


def choose(page: Page, text: str, name: str = "Winter bins.csv") -> None:
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#file", [file])


@pytest.mark.long
@pytest.mark.parametrize("options", [LONG_DESKTOP, DARK_PHONE], ids=["desktop", "phone"])
def test_a_list_is_shown_before_it_is_saved(
    browser: Browser, running: RunningEditor, options: dict[str, Any]
) -> None:
    with opened(browser, f"{running.url}lists", **options) as page:
        choose(page, BINS)
        expect(page.get_by_role("heading", name="What is in it")).to_be_focused()
        page.get_by_label("Issue", exact=True).select_option("Grit bins")
        expect(page.locator("#issue-wrong")).to_be_empty()
        row = page.locator(".columns tr", has_text="Reported by")
        expect(row).to_contain_text("left out: about people")
        expect(page.locator(".numbers li")).to_have_text(
            ["Eland Road, number 1", "Dorothy Road, number 2", "Heathwall Street, number 3"]
        )
        width = page.locator(".map img").evaluate(
            "(one) => one.decode().then(() => one.naturalWidth)"
        )
        assert width > 0
        assert faults(page) == ""
        assert overflow(page) == []
        assert small_targets(page) == []
        page.get_by_label("Title").fill("The bins of this winter")
        tab_to(page, "button.main")
        expect(page.locator("button.main")).to_be_enabled()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("Saved.")
        assert faults(page) == ""
    assert text_of(running, "data/winter-bins.csv") == BINS
    assert 'title = "The bins of this winter"' in text_of(running, "issues.toml")


@pytest.mark.long
def test_a_newer_list_says_what_changed_and_begins_a_post(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, f"{running.url}lists") as page:
        page.get_by_role("button", name="Update The bins").click()
        choose(page, BINS)
        expect(page.locator("#found")).to_contain_text("1 the same, 2 new, 1 gone")
        assert faults(page) == ""
        page.get_by_role("button", name="Save the list").click()
        page.get_by_role("button", name="Start a post about what changed").click()
        page.wait_for_url("**/post/*")
    drafts = [path for path in (running.content / "posts").iterdir() if "changed" in path.name]
    assert len(drafts) == 1
    assert "Status: draft" in drafts[0].read_text("utf-8")
    assert text_of(running, "data/old-bins.csv") == BINS
    assert text_of(running, "data/old-bins-before.csv") == OLD


@pytest.mark.long
def test_a_list_with_personal_data_cannot_be_saved(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, f"{running.url}lists", **PHONE) as page:
        choose(page, BINS.replace("Heathwall Street", "Jane Doe jane.doe@gmail.com"))
        expect(page.locator(".messages")).to_contain_text("gives away an e-mail address")
        expect(page.get_by_role("button", name="Save the list")).to_be_disabled()
        assert faults(page) == ""
        assert overflow(page) == []
    assert not (running.content / "data" / "winter-bins.csv").exists()


@pytest.mark.long
def test_a_list_needs_an_issue_that_somebody_chose(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, f"{running.url}lists") as page:
        choose(page, BINS, "Street lights.csv")
        issue = page.get_by_label("Issue", exact=True)
        expect(issue).to_have_value("")
        expect(page.locator("#issue-wrong")).to_contain_text("Choose the issue")
        expect(page.get_by_role("button", name="Save the list")).to_be_disabled()
        assert faults(page) == ""
        issue.select_option("Potholes")
        expect(page.locator("#issue-wrong")).to_be_empty()
        expect(page.get_by_label("Who published it")).to_be_visible()
        expect(page.locator(".doubt").first).to_contain_text("no source and no licence")
        page.get_by_role("button", name="Save the list").click()
        expect(page.locator("#said")).to_have_text("Saved.")
        page.goto(f"{running.url}settings/datasets")
        titles = page.locator(".entry .title")
        expect(titles).to_have_text(["The bins", "data/street-lights.csv"])


@pytest.mark.long
def test_the_name_of_the_file_chooses_its_issue(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, f"{running.url}lists") as page:
        choose(page, BINS, "Winter grit bins.csv")
        expect(page.get_by_label("Issue", exact=True)).to_have_value("Grit bins")
        expect(page.get_by_role("button", name="Save the list")).to_be_enabled()
