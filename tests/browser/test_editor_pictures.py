"""The dialog in which a picture is chosen, turned, cropped and described, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from browser.axe import violations
from browser.conftest import Visit, visitor
from browser.editor_page import FORMS, chosen
from editor.running import RunningEditor, running_editor
from photos.telling import drawn, exif, saved, says_nothing, telling
from support import POST, picture, read_all, write_site
from wardblog.content.write import with_value
from wardblog.preview.editor import routes
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import page as page_of
from wardblog.preview.editor.picture_tray import PictureTray
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response

pytestmark = pytest.mark.browser

BIN = "A yellow grit bin in the snow"
NAME = "images/a-yellow-grit-bin-in-the-snow"
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
# Opens the dialog as the page of a post does, and keeps what comes of it.
OPENS = """async (options) => {
  const base = document.querySelector("[name=ward-base]").content;
  const { choosePicture } = await import(base + "static/pictures.js");
  window.found = undefined;
  choosePicture(options).then((found) => { window.found = found; });
}"""
WRITES = """async ([picture, file]) => {
  const base = document.querySelector("[name=ward-base]").content;
  const { headerOf, markdownOf } = await import(base + "static/pictures.js");
  return [markdownOf(picture, file), headerOf(picture)];
}"""
# Hands over a file as a page does after a drop or a paste.
DROPS = """async ([bytes, name, where]) => {
  const file = new File([Uint8Array.from(bytes)], name);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const options = { bubbles: true, cancelable: true };
  document.querySelector("dialog").dispatchEvent(where === "drop"
    ? new DragEvent("drop", { ...options, dataTransfer: transfer })
    : new ClipboardEvent("paste", { ...options, clipboardData: transfer }));
}"""


def _probe(desk: Desk, request: EditorRequest) -> Response:
    del request
    return page_of(desk, "Probe", "base.html")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    route = routes.Route(method="GET", path="probe", handler=_probe)
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, route))
    content = write_site(tmp_path / "content", {"images/x.png": picture(90, 60)})
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


@pytest.fixture
def visit(browser: Browser, editor: RunningEditor) -> Iterator[Visit]:
    with visitor(browser, editor.origin) as open_page:
        yield open_page


def opened(visit: Visit, editor: RunningEditor, current: object = None, **options: Any) -> Page:
    page = visit(f"{editor.editor.address}probe", **options)
    page.evaluate(OPENS, {"current": current})
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def large(orientation: int = 1) -> bytes:
    return saved(drawn(size=(3000, 2000)), "JPEG", quality=90, exif=exif(orientation))


def payload(data: bytes, name: str = "IMG_1234.jpg") -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def choose(page: Page, data: bytes, name: str = "IMG_1234.jpg") -> None:
    page.get_by_label("Choose a picture").set_input_files(payload(data, name))
    expect(page.get_by_role("heading", name="Turn, crop and describe it")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def result(page: Page) -> Any:
    expect(page.locator("dialog")).to_have_count(0)
    return page.evaluate("window.found")


def written(editor: RunningEditor, path: str) -> Image.Image:
    data = (editor.content / path).read_bytes()
    assert says_nothing(data)
    image = Image.open(BytesIO(data))
    image.load()
    return image


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(40):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def test_a_picture_is_turned_cropped_described_and_saved_by_keyboard_alone(
    visit: Visit, editor: RunningEditor
) -> None:
    page = opened(visit, editor)
    expect(page.get_by_role("button", name="Choose a picture")).to_be_focused()
    with chosen(page, payload(large())):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Turn, crop")).to_be_focused()
    tab_to(page, page.get_by_label("What does it show?"))
    page.keyboard.type(BIN)
    expect(
        page.get_by_text("The file will be called “a-yellow-grit-bin-in-the-snow”.")
    ).to_be_visible()
    expect(page.get_by_text("29 of 300 characters")).to_be_visible()
    tab_to(page, page.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Turn right"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Cut off at the top"))
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Residents see it up to 1185 × 1600 pixels large")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Save picture"))
    page.keyboard.press("Enter")
    found = result(page)
    assert (found["path"], found["description"]) == (f"{NAME}.jpg", BIN)
    image = written(editor, found["path"])
    assert image.size == (1778, 2400)  # 2000 x 2700 of 2000 x 3000


@pytest.mark.long
def test_a_picture_is_cropped_by_touch_on_a_phone(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, **PHONE)
    assert page.get_by_label("Take a photo").get_attribute("capture") == "environment"
    choose(page, large())
    canvas = page.get_by_role("img", name="The picture that you chose").bounding_box()
    assert canvas is not None
    assert canvas["width"] > 200
    _pull(
        page,
        page.locator(".handle.at-right.at-bottom"),
        -canvas["width"] / 2,
        -canvas["height"] / 4,
    )
    page.get_by_label("What does it show?").fill(BIN)
    page.get_by_role("button", name="Save picture").tap()
    image = written(editor, result(page)["path"])
    assert abs(image.width - 1500) < 30
    assert abs(image.height - 1500) < 30
    assert image.getpixel((20, 20))[0] > 240  # type: ignore[index] # red is at the left above


def _pull(page: Page, handle: Locator, across: float, down: float) -> None:
    """Drag with a finger: what Chromium sends for a touch, not for a mouse."""
    box = handle.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": a, "y": b} for a, b in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", (x, y))
    for step in range(1, 6):
        send("touchMove", (x + across * step / 5, y + down * step / 5))
    page.wait_for_timeout(200)  # a finger that stops; otherwise the next tap only ends the sliding
    send("touchEnd")


@pytest.mark.long
def test_a_shape_is_kept_and_turns_with_the_picture(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor)
    choose(page, large(6), "shot.heic")  # upright it is 2000 x 3000
    page.locator("summary").click()
    press(page, "Wide (3:2)")
    expect(page.get_by_text("1600 × 1067")).to_be_visible()
    expect(page.get_by_role("button", name="Wide (3:2)")).to_have_attribute("aria-pressed", "true")
    press(page, "Turn left")
    expect(page.get_by_text("1067 × 1600")).to_be_visible()
    press(page, "Square")
    corner = page.locator(".handle.at-left.at-top")
    corner.drag_to(page.locator("canvas"), target_position={"x": 200, "y": 120}, force=True)
    page.get_by_label("What does it show?").fill(BIN)
    press(page, "Save picture")
    image = written(editor, result(page)["path"])
    assert abs(image.width - image.height) <= 2
    assert image.width < 1900


@pytest.mark.long
def test_mistakes_in_a_description_are_reported_in_the_words_of_the_checks(
    visit: Visit, editor: RunningEditor
) -> None:
    page = opened(visit, editor)
    choose(page, large())
    field = page.get_by_label("What does it show?")
    field.fill("IMG_1234")
    said = '"IMG_1234.jpg" is "IMG_1234", which does not say what it shows. Say what it shows, as'
    expect(page.get_by_text(said)).to_be_visible()
    field.fill("")
    expect(page.get_by_text(said)).to_have_count(0)
    assert page.evaluate("window.found") is None
    field.fill(BIN)
    press(page, "Save picture")
    assert result(page)["path"] == f"{NAME}.jpg"


@pytest.mark.long
@pytest.mark.parametrize("size", [(360, 740), pytest.param((1280, 800), marks=pytest.mark.long)])
def test_picture_description_warning_and_button_are_seen_together(
    visit: Visit, editor: RunningEditor, size: tuple[int, int]
) -> None:
    page = opened(visit, editor, viewport={"width": size[0], "height": size[1]})
    choose(page, large(6))  # an upright picture is the tallest
    actions = page.locator("dialog .actions").bounding_box()
    assert actions is not None
    for part in (page.locator("canvas"), page.get_by_label("What does it show?"),
                 page.get_by_text("faces of children")):  # fmt: skip
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= actions["y"]
    assert actions["y"] + actions["height"] <= size[1]


@pytest.mark.long
@pytest.mark.parametrize(
    ("again", "words"),
    [
        (False, ""),
        (True, "IMG_1234"),
        pytest.param(False, "IMG_1234", marks=pytest.mark.long),
        pytest.param(True, "", marks=pytest.mark.long),
    ],
)
def test_a_missing_description_is_shown_beside_its_field(
    browser: Browser, editor: RunningEditor, again: bool, words: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 600})
    page = context.new_page()
    page.goto(f"{editor.url}probe")
    page.evaluate(OPENS, None)
    if again:
        press(page, "Use one that is here already")
        page.get_by_role("button", name="x.png").click()
    else:
        choose(page, large())
    field = page.get_by_label("What does it show?")
    field.fill(words)
    press(page, "Use this picture" if again else "Save picture")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_in_viewport()
    alert = page.locator("#pictures-wrong")
    expect(alert).to_contain_text("Say what it shows")
    expect(alert).to_be_in_viewport()
    assert "pictures-wrong" in str(field.get_attribute("aria-describedby"))
    below, above = alert.bounding_box(), field.bounding_box()
    assert below is not None
    assert above is not None
    assert 0 <= below["y"] - above["y"] - above["height"] < 30
    field.fill(BIN)
    expect(alert).to_be_empty()
    assert field.get_attribute("aria-invalid") is None
    context.close()


@pytest.mark.long
def test_what_was_in_the_file_is_shown(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor)
    choose(page, telling("JPEG"))
    for words in ("It says where it was taken.",
                  "There is a short video in it, perhaps with sound.",
                  "faces of children, number plates"):  # fmt: skip
        expect(page.get_by_text(words)).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_text("Residents see it up to 64 × 48 pixels large")).to_contain_text("small")


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("HEIC", "drop"),
        ("AVIF", "paste"),
        *(
            pytest.param(*case, marks=pytest.mark.long)
            for case in (("HEIC", "paste"), ("AVIF", "drop"), ("TIFF", "drop"), ("TIFF", "paste"))
        ),
    ],
)
def test_a_picture_that_the_browser_cannot_show_is_dropped_or_pasted(
    visit: Visit, editor: RunningEditor, kind: str, where: str
) -> None:
    page = opened(visit, editor)
    page.evaluate(DROPS, [list(telling(kind)), f"IMG_1.{kind}", where])
    expect(page.get_by_role("img", name="The picture that you chose")).to_be_visible()
    page.get_by_label("What does it show?").fill(BIN)
    press(page, "Save picture")
    assert result(page)["path"].startswith(NAME)


@pytest.mark.long
def test_a_file_that_was_dropped_on_the_page_is_taken(visit: Visit, editor: RunningEditor) -> None:
    page = visit(f"{editor.editor.address}probe")
    file = "new File([Uint8Array.from(bytes)], 'a.png')"
    page.evaluate(f"async (bytes) => ({OPENS})({file})", list(telling("PNG")))
    expect(page.get_by_role("heading", name="Turn, crop and describe it")).to_be_visible()


@pytest.mark.long
def test_a_picture_that_is_there_is_used_again(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor)
    press(page, "Use one that is here already")
    page.get_by_label("Search by name or description").fill("x.p")
    page.get_by_role("button", name="x.png").click()
    expect(page.get_by_role("heading", name="Use this picture")).to_be_visible()
    page.get_by_label("What does it show?").fill("A teal square")
    press(page, "Use this picture")
    found = result(page)
    assert (found["path"], found["description"]) == ("images/x.png", "A teal square")


@pytest.mark.long
def test_the_present_picture_can_be_described_again(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor, {"path": "../images/x.png", "description": "Teal"})
    expect(page.get_by_label("What does it show?")).to_have_value("Teal")
    page.keyboard.press("Escape")
    assert result(page) is None


@pytest.mark.long
def test_a_picture_that_is_being_saved_cannot_be_cancelled(
    visit: Visit, editor: RunningEditor
) -> None:
    page = opened(visit, editor)
    choose(page, large())
    page.get_by_label("What does it show?").fill(BIN)
    expect(page.get_by_text("The file will be called")).to_be_visible()
    held: list[Route] = []
    page.route("**/pictures/save", lambda route: held.append(route))
    press(page, "Save picture")
    expect(page.get_by_text("Saving…")).to_be_visible()
    press(page, "Cancel")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    held[0].continue_()
    assert result(page)["path"] == f"{NAME}.jpg"


@pytest.mark.long
def test_of_two_files_the_later_one_is_shown(visit: Visit, editor: RunningEditor) -> None:
    page = opened(visit, editor)
    held: list[Route] = []
    page.route("**/pictures/look", lambda route: held.append(route))
    chosen = page.get_by_label("Choose a picture")
    for data in (large(), telling("PNG")):
        chosen.set_input_files(payload(data))
    expect(page.get_by_text("Looking at the picture")).to_be_visible()
    page.wait_for_timeout(200)
    for route in reversed(held):
        route.continue_()
        page.wait_for_timeout(500)
    page.locator("summary").click()
    expect(page.get_by_text("up to 64 × 48 pixels")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("where", ["posts/fine.md", "posts/2026/fine.md"])
def test_what_is_written_into_the_post_is_read_back(
    visit: Visit, editor: RunningEditor, where: str
) -> None:
    words = r"A [new] bin *here*, _and_ \ back <b> `code` \"q\" & (1) ![x](y) ~~no~~ $1 #2 &lt; £3"
    shown = {"path": "images/x.png", "description": words}
    page = visit(f"{editor.editor.address}probe")
    text, line = page.evaluate(WRITES, [shown, where])
    (editor.content / where).parent.mkdir(exist_ok=True)
    post = with_value(f"{POST}\n\n{text}\n".encode(), "Image", line)
    (editor.content / where).write_bytes(post)
    site, _ = read_all(editor.content)
    found = next(one for one in site.posts if one.file == where)
    assert (found.image, found.image_alt) == ("images/x.png", words)
    image = BeautifulSoup(found.html, "html.parser").find("img")
    assert isinstance(image, Tag)
    assert image["alt"] == words


@pytest.mark.long
def test_the_focus_returns_and_cancelling_changes_nothing(
    visit: Visit, editor: RunningEditor
) -> None:
    before = sorted(editor.content.rglob("*"))
    page = visit(f"{editor.editor.address}probe")
    link = page.get_by_role("link", name="Publish")
    link.focus()
    page.evaluate(OPENS, None)
    choose(page, large())
    press(page, "Cancel")
    assert result(page) is None
    expect(link).to_be_focused()
    assert sorted(editor.content.rglob("*")) == before


@pytest.mark.long
def test_a_picture_is_saved_although_the_editor_was_started_again(
    browser: Browser, editor: RunningEditor
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{editor.url}probe")
    page.evaluate(OPENS, None)
    choose(page, large())
    page.get_by_label("What does it show?").fill(BIN)
    expect(page.get_by_text("The file will be called")).to_be_visible()
    desk = editor.editor.desk
    desk.parts.pop(PictureTray)
    desk.token = "another"  # noqa: S105 - as after a start
    press(page, "Save picture")
    assert result(page)["path"] == f"{NAME}.jpg"
    context.close()


@pytest.mark.long
def test_a_file_that_is_too_large_or_no_picture_is_refused_in_the_dialog(
    browser: Browser, editor: RunningEditor, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{editor.url}probe")
    page.evaluate(OPENS, None)
    chosen = page.get_by_label("Choose a picture")
    chosen.set_input_files(payload(b"%PDF-1.7", "minutes.pdf"))
    expect(page.get_by_role("alert")).to_contain_text('"minutes.pdf" is a PDF, not a picture.')
    (tmp_path / "large.jpg").write_bytes(bytes(40_000_001))
    chosen.set_input_files(tmp_path / "large.jpg")
    expect(page.get_by_role("alert")).to_contain_text('"large.jpg" is larger than 40 MB.')
    context.close()


@pytest.mark.long
@pytest.mark.parametrize(("phone", "scheme"), FORMS)
def test_axe_finds_nothing_in_any_state(
    browser: Browser, editor: RunningEditor, phone: bool, scheme: Any
) -> None:
    size = (360, 740) if phone else (1280, 900)
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    page.goto(f"{editor.url}probe")
    page.evaluate(OPENS, None)

    def check() -> None:
        page.evaluate("document.querySelector('dialog').scrollTop = 0")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        inner = "(one) => [one.scrollWidth, one.clientWidth]"
        wide, room = page.locator("dialog").evaluate(inner)
        assert wide <= room

    check()
    press(page, "Use one that is here already")
    expect(page.get_by_role("button", name="x.png")).to_be_visible()
    check()
    page.get_by_role("button", name="x.png").click()
    check()
    press(page, "Choose another picture")
    page.get_by_label("Choose a picture").set_input_files(payload(b"words", "a.txt"))
    expect(page.get_by_role("alert")).to_contain_text("is not a picture")
    check()
    choose(page, telling("JPEG"))
    page.locator("summary").click()
    page.get_by_label("What does it show?").fill("A photo")
    expect(page.get_by_text("which does not say what it shows")).to_be_visible()
    check()
    context.close()
