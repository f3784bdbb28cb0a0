"""The dialog for places in Chromium: by keyboard alone, by touch on a phone, and with a mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.axe import violations
from browser.conftest import visitor
from browser.editor_page import FORMS
from editor.running import RunningEditor, running_editor
from support import ROOT, mostly_long, write_site
from wardblog.model import METRES_PER_DEGREE
from wardblog.preview.editor import routes
from wardblog.preview.editor.page import page as editor_page

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WARD = """\
[ward]
name = "Shaftesbury"
council = "Wandsworth"
boundary = "data/ward.geojson"

[map]
base = "data/basemap.geojson"
gazetteer = "data/gazetteer.csv"
"""
# A button that opens the dialog, as the page of a post has one.
BUTTON = """(current) => {
  const button = document.createElement("button");
  button.textContent = "Add a place";
  button.addEventListener("click", async () => {
    const base = document.querySelector('meta[name="ward-base"]').content;
    const { choosePlace } = await import(`${base}static/places.js`);
    window.chosen = undefined;
    window.chosen = await choosePlace(current);
  });
  document.querySelector("main").append(button);
  button.focus();
}"""
Open = Callable[..., Page]


def content_of(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """A ward with the sample's maps."""
    from support import ISSUES
    from support import WARD as SETTINGS

    beginning, _, rest = SETTINGS.partition("[ward]")
    ward = "".join(f"{line}\n" for line in WARD.splitlines() if not line.startswith(without))
    after = rest[rest.index("[[councillor]]") :]
    files: dict[str, str | bytes] = {
        "ward.toml": f"{beginning}{ward}\n{after}",
        "issues.toml": f'{ISSUES}\n[[issue]]\nname = "Dog fouling"\n',
    }
    for name in ("basemap.geojson", "gazetteer.csv", "ward.geojson"):
        files[f"data/{name}"] = (ROOT / "content" / "data" / name).read_bytes()
    return write_site(folder, files)


def opened(editor: RunningEditor, browser: Browser) -> Iterator[Open]:
    """Opens the dialog for a place; fails at the end if the page complained."""
    with visitor(browser, editor.origin) as visit:

        def open_dialog(
            value: str = "", fields: Mapping[str, Any] | None = None, **options: Any
        ) -> Page:
            page = visit(f"{editor.editor.address}probe", **options)
            page.evaluate(BUTTON, {"value": value, "fields": fields or {"Tags": ["potholes"]}})
            page.keyboard.press("Enter")
            expect(page.locator(".place-figure.is-live, .place-figure[hidden]")).to_have_count(1)
            return page

        yield open_dialog


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    probe = routes.Route(
        method="GET", path="probe", handler=lambda desk, _: editor_page(desk, "Places", "base.html")
    )
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, probe))
    content = content_of(tmp_path / "content")
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


@pytest.fixture
def dialog(editor: RunningEditor, browser: Browser) -> Iterator[Open]:
    yield from opened(editor, browser)


def chosen(page: Page) -> Any:
    """What the page of the post got, once the dialog is closed."""
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Add a place")).to_be_focused()
    return page.evaluate("window.chosen")


def named(page: Page, name: str) -> None:
    expect(page.get_by_label("Name of the place")).to_have_value(name)


def position(page: Page) -> tuple[float, float]:
    lat, lng = page.locator(".place-figures").inner_text().split(", ")
    return float(lat), float(lng)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(40):
        name = page.evaluate(
            "(({activeElement: e}) => e.ariaLabel || e.labels?.[0]?.textContent || e.textContent)"
            "(document)"
        )
        if name.startswith(words):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {words}")


@pytest.mark.long
def test_a_street_by_keyboard_alone(dialog: Open) -> None:
    page = dialog()
    search = page.get_by_role("combobox", name="Street or postcode")
    expect(search).to_be_focused()
    page.keyboard.type("elnad raod")
    expect(page.get_by_role("option", name="Eland Road")).to_have_attribute("aria-selected", "true")
    expect(search).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    named(page, "Eland Road")
    expect(page.locator(".place-status")).to_contain_text(
        "The pin is at Eland Road, in Shaftesbury"
    )
    expect(page.get_by_role("radio", name="This street (about 100 m)")).to_be_checked()
    expect(page.locator(".place-words")).to_contain_text("a circle of about 100 m")
    expect(page.locator("#place-search-said")).to_have_text(
        "Press Enter once more to use this place."
    )
    page.keyboard.press("Enter")
    assert chosen(page) == {"value": "Eland Road", "precision": ""}


@pytest.mark.long
def test_a_pin_by_keyboard_alone(dialog: Open) -> None:
    page = dialog()
    tab_to(page, "Map.")
    page.keyboard.press("ArrowRight")  # moves the map
    page.keyboard.press("Enter")  # puts the pin in its middle
    expect(page.locator(".place-figures")).not_to_be_empty()
    lat, lng = position(page)
    tab_to(page, "The pin.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".place-figures")).not_to_have_text(f"{lat:.5f}, {lng:.5f}")
    moved = position(page)
    assert 5 < (moved[0] - lat) * METRES_PER_DEGREE < 500
    assert moved[1] == pytest.approx(lng, abs=2e-5)
    tab_to(page, "Name of the place")
    page.keyboard.press("Control+a")
    page.keyboard.type("The dip in the road")
    tab_to(page, "Use this place")
    page.keyboard.press("Enter")
    assert chosen(page) == {
        "value": f"The dip in the road | {moved[0]:.5f}".rstrip("0")
        + f", {moved[1]:.5f}".rstrip("0"),
        "precision": "",
    }


@pytest.mark.long
def test_escape_closes_the_list_and_then_the_dialog(dialog: Open) -> None:
    page = dialog()
    page.keyboard.type("ela")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).not_to_be_visible()
    expect(page.get_by_role("dialog", name="Where is it?")).to_be_visible()
    page.keyboard.press("Escape")
    assert chosen(page) is None
    # What kept Leaflet from writing HTML while it loaded is gone.
    assert page.evaluate("Object.hasOwn(HTMLDivElement.prototype, 'innerHTML')") is False


@pytest.mark.long
def test_cancelling_changes_nothing(dialog: Open) -> None:
    page = dialog()
    page.locator("#place-map").click(position={"x": 100, "y": 100})
    page.get_by_role("button", name="Cancel").click()
    assert chosen(page) is None


def test_by_touch_on_a_phone(dialog: Open) -> None:
    page = dialog(fields={"Tags": ["dog fouling"]}, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#place-map").tap(position={"x": 150, "y": 110})
    expect(page.locator(".place-figures")).not_to_be_empty()
    before = position(page)
    expect(page.get_by_role("radio", name="This street (about 100 m)")).to_be_checked()
    page.get_by_role("radio", name="Exactly here").tap()
    stop = page.locator(".place-messages .stop")
    expect(stop).to_contain_text('is shown exactly, in a post about "Dog fouling".')
    expect(stop).to_contain_text('Choose "This street" (about 100 m)')
    expect(stop).to_be_in_viewport()
    page.get_by_role("radio", name="This part of the ward (about 500 m)").tap()
    expect(stop).to_have_count(0)
    page.get_by_role("button", name="Move the pin down").tap()
    expect(page.locator(".place-figures")).not_to_have_text(f"{before[0]:.5f}, {before[1]:.5f}")
    page.get_by_role("button", name="Put the pin in the middle").tap()
    page.get_by_label("Name of the place").fill("By the shops")
    page.get_by_role("button", name="Use this place").tap()
    value = chosen(page)
    assert value["value"].startswith("By the shops | ")
    assert value["precision"] == "area"


def middle_of_map(page: Page) -> tuple[float, float]:
    """Where the middle of the map is: the pin is put there."""
    before = page.locator(".place-figures").inner_text()
    page.get_by_role("button", name="Put the pin in the middle").tap()
    expect(page.locator(".place-figures")).not_to_have_text(before)
    return position(page)


def swipe(page: Page, start: tuple[float, float], across: float, down: float) -> None:
    """One finger from a point, in ten steps."""
    devices = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    x, y = start
    send("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        send("touchMove", {"x": x + across * step / 10, "y": y + down * step / 10})
    send("touchEnd")


@pytest.mark.long
def test_one_finger_moves_the_map_the_pin_or_the_dialog(dialog: Open) -> None:
    page = dialog(**PHONE)
    first = middle_of_map(page)
    box = page.locator("#place-map").bounding_box()
    assert box
    swipe(page, (box["x"] + 60, box["y"] + 60), 80, 0)  # the map
    second = middle_of_map(page)
    assert second[1] < first[1] - 1e-4
    pin = page.locator(".place-pin").bounding_box()
    assert pin
    swipe(page, (pin["x"] + 22, pin["y"] + 20), 0, -60)
    expect(page.locator(".place-figures")).not_to_have_text(f"{second[0]:.5f}, {second[1]:.5f}")
    assert position(page)[0] > second[0] + 1e-4
    scrolled = "document.querySelector('dialog').scrollTop"
    before = page.evaluate(scrolled)
    title = page.get_by_role("heading", name="Where is it?").bounding_box()
    note = page.get_by_text("Click or tap the map").bounding_box()
    assert title
    assert note
    swipe(page, (note["x"] + 20, note["y"] + 10), 0, -200)
    page.wait_for_timeout(300)
    assert page.evaluate(scrolled) > before


@pytest.mark.long
def test_the_dialog_opens_once_and_again(dialog: Open) -> None:
    page = dialog()
    page.keyboard.press("Escape")
    assert chosen(page) is None
    page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('main button').click()")
    expect(page.locator(".place-figure.is-live")).to_have_count(1)
    expect(page.locator("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.long
def test_the_dialog_is_closed_before_its_map_comes(dialog: Open) -> None:
    page = dialog()
    page.keyboard.press("Escape")
    assert chosen(page) is None
    page.evaluate(
        """() => {
          new MutationObserver((changes, watcher) => {
            const dialog = document.querySelector("dialog[open]");
            if (!dialog) return;
            watcher.disconnect();
            dialog.close();
          }).observe(document.body, { childList: true, subtree: true, attributes: true });
          document.querySelector("main button").click();
        }"""
    )
    page.wait_for_timeout(1000)  # nothing is complained about meanwhile
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.long
def test_everything_is_large_enough_for_a_finger(dialog: Open) -> None:
    page = dialog(**PHONE)
    page.locator("#place-map").tap(position={"x": 150, "y": 110})
    expect(page.locator(".place-figures")).not_to_be_empty()
    small = page.evaluate(
        """[...document.querySelectorAll("dialog :is(button, input, label.check, .place-pin)")]
        .filter((e) => e.offsetParent && !e.matches("[type=radio]")).map((e) => [e.className ||
        e.textContent, e.getBoundingClientRect()]).filter(([, box]) => box.height < 44 ||
        box.width < 44).map(([name]) => name)"""
    )
    assert small == []


@pytest.mark.long
def test_the_pin_is_dragged(dialog: Open) -> None:
    page = dialog()
    page.locator("#place-map").click(position={"x": 150, "y": 150})
    expect(page.locator(".place-figures")).not_to_be_empty()
    before = position(page)
    box = page.locator(".place-pin").bounding_box()
    assert box
    x, y = box["x"] + 22, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=4)
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    expect(page.locator(".place-figures")).not_to_have_text(f"{before[0]:.5f}, {before[1]:.5f}")
    after = position(page)
    assert after[0] == pytest.approx(before[0], abs=1e-4)
    assert after[1] > before[1] + 1e-4


@pytest.mark.long
def test_a_pasted_position_is_found(dialog: Open) -> None:
    page = dialog()
    page.get_by_role("combobox").fill("https://www.openstreetmap.org/#map=18/51.46580/-0.16000")
    page.keyboard.press("Enter")
    named(page, "Eland Road")
    expect(page.get_by_role("radio", name="Exactly here")).to_be_checked()
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": "Eland Road | 51.4658, -0.16", "precision": ""}


@pytest.mark.long
@pytest.mark.parametrize(
    "value",
    mostly_long(
        ("Eland Road", "The  dip |TQ 27849 75629", "Eland Rd | fixed",
         "The depot | https://www.openstreetmap.org/#map=18/51.4652/-0.1609 | in progress"),
        "The  dip |TQ 27849 75629",
    ),
)  # fmt: skip
def test_a_place_that_is_only_looked_at_stays_as_it_is(dialog: Open, value: str) -> None:
    page = dialog(value, {"Tags": ["potholes"], "Precision": ["Street"], "Places": [value]})
    expect(page.locator(".place-pin")).to_be_visible()
    expect(page.get_by_role("radio", name="This street (about 100 m)")).to_be_checked()
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": value, "precision": "Street"}


@pytest.mark.long
def test_a_place_that_is_moved_keeps_its_progress(dialog: Open) -> None:
    fields = {"Tags": ["potholes"], "Places": ["Eland Road | fixed", "Heathwall Street"]}
    page = dialog("Eland Road | fixed", fields)
    named(page, "Eland Road")
    page.get_by_role("combobox").fill("Acanthus Road")
    page.keyboard.press("Enter")
    named(page, "Acanthus Road")
    page.get_by_role("radio", name="This part of the ward (about 500 m)").check()
    expect(page.locator(".place-words")).to_contain_text("this changes the other place as well")
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": "Acanthus Road | fixed", "precision": "area"}


@pytest.mark.long
def test_a_place_is_called_as_it_was_found(dialog: Open) -> None:
    """Not by the street that it is in."""
    page = dialog()
    page.get_by_role("combobox").fill("old depot")
    page.keyboard.press("Enter")
    named(page, "The old depot")
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": "The old depot", "precision": ""}


@pytest.mark.long
def test_a_place_that_cannot_be_read_is_searched(dialog: Open) -> None:
    page = dialog("Nowhere Mews", {"Places": ["Nowhere Mews"]})
    expect(page.get_by_role("combobox")).to_have_value("Nowhere Mews")
    expect(page.locator("#place-search-said")).to_contain_text('Cannot find "Nowhere Mews"')
    page.get_by_role("button", name="Use this place").click()
    expect(page.locator(".place-status")).to_have_text(
        "Put the pin on the map first, or find a street."
    )


@pytest.mark.long
def test_a_name_that_was_typed_already_is_kept(dialog: Open) -> None:
    page = dialog("The dip in the road", {"Places": ["The dip in the road"]})
    named(page, "The dip in the road")
    page.locator("#place-map").click(position={"x": 150, "y": 150})
    expect(page.locator(".place-figures")).not_to_be_empty()
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page)["value"].startswith("The dip in the road | 51.")


@pytest.mark.long
def test_a_mistake_in_the_form_can_be_fixed(dialog: Open) -> None:
    page = dialog("Elnad Road", {"Places": ["Elnad Road"]})
    page.get_by_role("option", name="Eland Road").click()
    named(page, "Eland Road")
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": "Eland Road", "precision": ""}


@pytest.mark.long
@pytest.mark.parametrize(("phone", "scheme"), FORMS)
def test_axe_finds_nothing(dialog: Open, phone: bool, scheme: str) -> None:
    options = PHONE if phone else {}
    page = dialog(fields={"Tags": ["dog fouling"]}, color_scheme=scheme, **options)
    assert violations(page) == []
    page.get_by_role("combobox").fill("road")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".place-figures")).not_to_be_empty()
    page.get_by_role("radio", name="Exactly here").check()
    expect(page.locator(".place-messages .stop")).to_be_visible()
    assert violations(page) == []


@pytest.mark.long
def test_a_ward_without_any_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser, editor: RunningEditor
) -> None:
    del editor
    monkeypatch.chdir(tmp_path)
    content = content_of(tmp_path / "bare", ("boundary", "base", "gazetteer"))
    with running_editor(content, tmp_path / "private2", tmp_path / "output2") as bare:
        for open_dialog in opened(bare, browser):
            page = open_dialog()
            expect(page.locator(".place-status")).to_contain_text(
                "There is no map of your ward yet"
            )
            page.get_by_role("combobox").fill("The depot | TQ 27849 75629")
            page.keyboard.press("Enter")
            named(page, "The depot")
            page.get_by_role("button", name="Use this place").click()
            assert chosen(page) == {"value": "The depot | 51.4652, -0.16088", "precision": ""}


@pytest.mark.long
def test_the_dialog_works_where_the_map_cannot_be_loaded(
    editor: RunningEditor, browser: Browser
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/places/map.js", lambda route: route.abort())
    page.goto(f"{editor.url}probe")
    page.evaluate(BUTTON, {"value": "", "fields": {"Tags": ["potholes"]}})
    page.keyboard.press("Enter")
    expect(page.locator(".place-status")).to_contain_text("The map could not be loaded.")
    page.get_by_role("combobox").fill("Eland Road")
    page.keyboard.press("Enter")
    named(page, "Eland Road")
    page.get_by_role("button", name="Use this place").click()
    assert chosen(page) == {"value": "Eland Road", "precision": ""}
    context.close()


def test_the_colours_of_the_map_are_those_of_the_site() -> None:
    import re

    ours = ROOT / "plugins/wardblog/preview/editor/static/places.css"
    theirs = ROOT / "theme/source/style.css"
    colours = [
        re.findall(r"(--map-[a-z-]+): (#[0-9a-f]+)", path.read_text(encoding="utf-8"))
        for path in (ours, theirs)
    ]
    assert colours[0] == colours[1][: len(colours[0])]
    assert len(colours[0]) == 24
