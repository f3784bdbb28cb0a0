"""Publishing and the office in a real browser: by keyboard, by touch, and with a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser.axe import violations
from browser.conftest import Visit, visitor
from editor.commands import PERSON, cases, mention
from editor.running import RunningEditor, running_editor
from support import POST, WARD, write_files, write_site
from wardblog.preview.editor.offices import OFFICES

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
# The offices whose pages are made of different parts; a long run looks at all of them.
SOME = ("newsletter", "leaflet", "cases", "figures", "ward", "import")
PRINTER = '\n[leaflet]\nprinter = "Sample Press, 2 Print Street, London SW11 0XX"\n'


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"ward.toml": WARD + PRINTER})
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


@pytest.fixture
def visit(browser: Browser, editor: RunningEditor) -> Iterator[Visit]:
    with visitor(browser, editor.origin) as opened:
        yield opened


def opened(visit: Visit, editor: RunningEditor, path: str, **options: object) -> Page:
    return visit(editor.editor.address + path, **options)


def heading(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", name=words)


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until something has the focus, as somebody without a mouse does."""
    for _ in range(60):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached")


def test_a_post_is_published_by_keyboard_alone(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "publish")
    publish = page.get_by_role("button", name="Publish this")
    expect(publish).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Ready to publish: 13 new pages and")
    assert page.evaluate("document.activeElement === document.body")
    press_until(page, "Tab", publish)
    page.keyboard.press("Enter")
    expect(heading(page, "Published:")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Published:")
    expect(page.get_by_text("is only an example")).to_be_visible()
    public = editor.content.parent / "public"
    assert (public / "2026/11/a-fine-post/index.html").is_file()
    page.keyboard.press("Tab")
    press_until(page, "Tab", page.get_by_role("button", name="See what comes next"))
    page.keyboard.press("Enter")
    expect(heading(page, "Nothing to publish")).to_be_visible()


@pytest.mark.long
def test_a_double_click_publishes_once(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "publish")
    page.get_by_role("button", name="Publish this").dblclick()
    expect(heading(page, "Published:")).to_be_visible()
    assert len(list((editor.content.parent / "public.releases").glob("*.json"))) == 1


@pytest.mark.long
def test_problems_come_first_and_lead_to_their_post(visit: Visit, editor: RunningEditor) -> None:
    write_files(editor.content, {"posts/fine.md": POST.replace("grit bins", "grti bins")})
    page = opened(visit, editor, "publish", **PHONE)
    expect(heading(page, "One thing to fix first")).to_be_visible()
    link = page.get_by_role("link", name=", line 3")
    address = editor.editor.desk.ids.of("posts/fine.md")
    expect(link).to_have_attribute("href", f"{editor.editor.address}post/{address}#line-3")
    assert page.get_by_role("button", name="Publish").count() == 0
    assert violations(page) == []
    write_files(editor.content, {"posts/fine.md": POST})
    page.get_by_role("button", name="Look again").tap()
    expect(page.get_by_role("button", name="Publish this")).to_be_visible()


@pytest.mark.long
def test_what_changed_meanwhile_is_shown_before_anything_is_published(
    visit: Visit, editor: RunningEditor
) -> None:
    page = opened(visit, editor, "publish")
    button = page.get_by_role("button", name="Publish this")
    expect(button).to_be_visible()
    write_files(editor.content, {"posts/third.md": POST.replace("A fine", "A third")})
    button.click()
    expect(page.get_by_text("Something has changed since you looked")).to_be_visible()
    expect(page.get_by_text("A third post")).to_be_visible()
    assert not (editor.content.parent / "public").exists()


@pytest.mark.long  # tests/editor/test_publish_page.py brings it back without a browser
def test_an_earlier_site_comes_back_by_touch(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "publish", **PHONE)
    for text in ("One.\n", "Two.\n"):
        expect(page.get_by_role("button", name="Look")).to_be_visible()
        write_files(editor.content, {"posts/fine.md": POST + text})
        page.reload()
        page.get_by_role("button", name="Publish this").tap()
        expect(heading(page, "Published:")).to_be_visible()
    page.get_by_text("Go back to what residents read before").tap()
    page.get_by_role("button", name="Show what would come back").tap()
    expect(heading(page, "Bring back the site of")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="Bring it back").tap()
    expect(heading(page, "The earlier site is back")).to_be_focused()
    expect(page.locator("#now")).to_contain_text(
        "again. Your posts here are unchanged; publishing again puts the newer version back."
    )
    again = page.get_by_role("button", name="Publish this")
    expect(again).to_be_visible()
    assert "main" not in (again.get_attribute("class") or "")
    assert violations(page) == []
    post = editor.content.parent / "public/2026/11/a-fine-post/index.html"
    assert "One." in post.read_text()


@pytest.mark.long
@pytest.mark.parametrize(
    ("width", "colours"),
    [
        (360, "dark"),
        # Other tests look at these pages in light colours, on a phone and on a desktop.
        *(
            pytest.param(*case, marks=pytest.mark.long)
            for case in ((360, "light"), (1280, "dark"), (1280, "light"))
        ),
    ],
)
def test_axe_finds_nothing_on_any_page(
    visit: Visit,
    editor: RunningEditor,
    colours: str,
    width: int,
    request: pytest.FixtureRequest,
) -> None:
    options = {"color_scheme": colours, "viewport": {"width": width, "height": 800}}
    page = opened(visit, editor, "publish", **options)
    expect(page.get_by_role("button", name="Publish this")).to_be_visible()
    assert violations(page) == []
    is_long = request.config.getoption("--long")
    for path in ("more", *(f"office/{one.name}" for one in OFFICES if is_long or one.name in SOME)):
        page.goto(editor.url + path)
        assert (path, violations(page)) == (path, [])
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
        small = page.evaluate(
            """() => [...document.querySelectorAll("main button, main input, main select, main a,"
            + " main summary")].filter((one) => one.offsetParent)
            .map((one) => [one.outerHTML, (one.closest("label") || one).getBoundingClientRect()])
            .filter(([, box]) => box.height < 43.5).map(([html]) => html)"""
        )
        assert (path, small) == (path, [])


@contextmanager
def painted(browser: Browser, page: Page) -> Iterator[list[str]]:
    """What Chromium paints during the block; the list is complete after it."""
    session = browser.new_browser_cdp_session()
    paints: list[str] = []
    ended: list[object] = []

    def note(part: dict[str, Any]) -> None:
        paints.extend(one["name"] for one in part["value"] if one["name"] == "Paint")

    session.on("Tracing.dataCollected", note)
    session.on("Tracing.tracingComplete", lambda told: ended.append(told))
    categories = {"includedCategories": ["devtools.timeline"], "excludedCategories": ["*"]}
    session.send("Tracing.start", {"traceConfig": categories, "transferMode": "ReportEvents"})
    yield paints
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    session.detach()


@pytest.mark.long
def test_a_page_with_a_running_command_is_not_painted_again(
    visit: Visit, browser: Browser, editor: RunningEditor
) -> None:
    """Only as often as the command says something: a bar that moves keeps a processor busy."""
    page = opened(visit, editor, "publish", reduced_motion="no-preference")
    expect(page.get_by_role("button", name="Publish this")).to_be_visible()
    questions: list[str] = []

    def go_on(route: Route) -> None:
        questions.append(route.request.url)
        job = {"id": "0", "state": "running", "next": 0, "messages": [], "question": None}
        route.fulfill(json={**job, "progress": ["Reading posts", 2, 9] if is_known else None})

    is_known = False
    page.route("**/job/*", go_on)
    page.get_by_role("button", name="Publish this").click()
    for is_known, words in ((False, "Working…"), (True, "Reading posts")):
        expect(page.locator(".running .amount")).to_have_text(words)
        assert page.get_by_role("progressbar").is_visible() == is_known
        count = len(questions)
        with painted(browser, page) as paints:
            while len(questions) < count + 3:
                page.wait_for_timeout(50)
        assert len(paints) <= 6


@pytest.mark.long
def test_a_case_and_a_reply_by_keyboard(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "office/cases")
    press_until(page, "Tab", page.get_by_label("Issue"))
    page.keyboard.type("Grit")
    page.keyboard.press("Tab")
    page.keyboard.type("Eland Road")
    page.keyboard.press("Tab")
    page.keyboard.type("empty since Friday")
    page.keyboard.press("Enter")
    expect(heading(page, "1 open case")).to_be_visible()
    expect(page.get_by_text("Added case 1")).to_be_visible()
    expect(page.get_by_role("cell", name="Grit bins, Eland Road")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{editor.url}office/reply")
    page.get_by_label("Issue").select_option("Grit bins")
    page.get_by_role("button", name="Write it").press("Enter")
    text = page.get_by_label("The text")
    expect(text).to_be_visible()
    assert "A fine post" in text.input_value()
    assert violations(page) == []


@pytest.mark.long
def test_what_is_missing_is_reported(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "office/cases")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("status")).to_have_text("Choose one.")
    expect(page.locator("#add-issue-wrong")).to_have_text("Choose one.")
    expect(page.get_by_label("Issue")).to_be_focused()


@pytest.mark.long
def test_a_question_is_answered_on_the_page_and_survives_a_reload(
    visit: Visit, editor: RunningEditor
) -> None:
    mention(editor)
    page = opened(visit, editor, "office/cases", **PHONE)
    page.get_by_label("Name, e-mail address or telephone number").fill(PERSON)
    page.get_by_role("button", name="Find this person").tap()
    words = "Press “Yes” to delete 1 row that mentions this person."
    question = heading(page, words)
    expect(question).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(words)
    assert violations(page) == []
    page.reload()
    expect(question).to_be_visible()
    page.get_by_role("button", name="No", exact=True).tap()
    expect(page.get_by_text("Nothing was deleted.")).to_be_visible()
    assert PERSON in cases(editor)


@pytest.mark.long
def test_a_newsletter_is_made_and_looked_at(visit: Visit, editor: RunningEditor) -> None:
    settings = WARD + '\n[newsletter]\naddress = "news@ward.example.org"\n'
    write_files(editor.content, {"ward.toml": settings})
    page = opened(visit, editor, "office/newsletter", **PHONE)
    page.get_by_role("button", name="Make it").tap()
    frame = page.frame_locator("iframe.sheet")
    expect(frame.get_by_text("Some text.")).to_be_visible()
    page.get_by_role("button", name="As plain text").tap()
    expect(frame.get_by_text("Some text.")).to_be_visible()
    assert page.locator("iframe.sheet").get_attribute("sandbox") == ""
    page.get_by_role("link", name="Write the introduction").first.tap()
    expect(page.get_by_label("The words")).to_be_editable()
    page.get_by_label("The words").press("Control+End")
    page.keyboard.type("\nThank you for the lovely fair.\n")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert violations(page) == []
    (file,) = (editor.private / "newsletters").glob("*.md")
    assert "lovely fair" in file.read_text()


@pytest.mark.long
def test_a_leaflet_of_chosen_posts(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, "office/leaflet")
    page.get_by_role("button", name="Make the leaflet").click()
    expect(page.get_by_role("status")).to_have_text("Choose one or more posts.")
    page.get_by_label("A fine post").check()
    page.get_by_role("button", name="Make the leaflet").click()
    link = page.get_by_role("link", name="A5 for the printer")
    expect(link).to_be_visible()
    said = editor.get((link.get_attribute("href") or "").removeprefix(editor.editor.address))
    assert said.body.startswith(b"%PDF-")
    assert said.headers["content-disposition"].endswith('-a5-printer.pdf"')


@pytest.mark.long
def test_a_file_is_handed_over(visit: Visit, editor: RunningEditor, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("email,date,consent\nrobin@example.org,2026-01-02,paper form at the fair\n")
    page = opened(visit, editor, "office/subscribers")
    page.get_by_label("List").set_input_files(people)
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Added 1 subscriber.")).to_be_visible()
    expect(page.get_by_text("robin@example.org").first).to_be_visible()
    assert not list((editor.private / "editor" / "running").rglob("people.csv"))
