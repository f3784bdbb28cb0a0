"""The dialog for places in Firefox, with keyboard, mouse and touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.firefox import DOWN, ENTER, ESCAPE, TAB, UP, FirefoxPage, firefox_page, firefox_program
from browser.test_places_dialog import BUTTON, editor
from editor.running import RunningEditor

__all__ = ["editor"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not firefox_program(), reason="no Firefox: apt install firefox-esr"),
]
FIGURES = "document.querySelector('.place-figures')?.textContent"
FAULTS = """
window.faults = [];
addEventListener("error", (event) => faults.push(event.message));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));
"""


@pytest.fixture
def page(tmp_path: Path, editor: RunningEditor) -> Iterator[FirefoxPage]:
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox_page(profile) as firefox:
        firefox.open(f"{editor.url}probe")
        firefox.js(FAULTS)
        firefox.js(f"({BUTTON})(arguments[0])", {"value": "", "fields": {"Tags": ["potholes"]}})
        firefox.keys(ENTER)
        firefox.until("document.querySelector('.place-figure.is-live')")
        yield firefox
        assert firefox.js("return faults") == []


def moved(page: FirefoxPage, before: str) -> str:
    """The position of the pin, once it is another."""
    return str(page.until(f"{FIGURES} !== arguments[0] && {FIGURES}", before))


def test_a_street_by_keyboard_in_firefox(page: FirefoxPage) -> None:
    page.keys("elnad raod")
    page.until("document.querySelector('[role=option]')")
    page.keys(DOWN + ENTER)
    page.until("document.querySelector('#place-name').value === 'Eland Road'")
    page.until("document.querySelector('#place-street').checked")
    for _ in range(40):
        if page.js("return document.activeElement.textContent === 'Use this place'"):
            break
        page.keys(TAB)
    page.keys(ENTER)
    page.until("document.activeElement.textContent === 'Add a place'")
    assert page.js("return window.chosen") == {"value": "Eland Road", "precision": ""}


def test_a_pin_by_mouse_touch_and_keys_in_firefox(page: FirefoxPage) -> None:
    x, y = page.middle("#place-map")
    page.press(x - 60, y - 60)
    first = moved(page, "")
    pin = page.middle(".place-pin")
    page.press(*pin, to=(pin[0] + 80, pin[1]))
    second = moved(page, first)
    assert float(second.split(", ")[1]) > float(first.split(", ")[1])
    page.press(x + 20, y + 60, "touch")
    third = moved(page, second)
    assert float(third.split(", ")[0]) < float(second.split(", ")[0])
    page.js("document.querySelector('.place-pin').focus()")
    page.keys(UP)
    fourth = moved(page, third)
    assert float(fourth.split(", ")[0]) > float(third.split(", ")[0])
    page.keys(ESCAPE)
    page.until("document.activeElement.textContent === 'Add a place'")
    assert page.js("return window.chosen") is None
