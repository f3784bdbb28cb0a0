"""The dialog for places in Firefox, with keyboard, mouse and touch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.firefox import ENTER, Firefox, firefox, firefox_path
from browser.test_places_dialog import BUTTON, editor
from editor.running import RunningEditor

__all__ = ["editor"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,  # test_editor_firefox.py opens the editor in Firefox in every run
    pytest.mark.skipif(not firefox_path(), reason="no Firefox: apt install firefox-esr"),
]
ESCAPE, TAB, UP, DOWN = "\ue00c", "\ue004", "\ue013", "\ue015"
FIGURES = "document.querySelector('.place-figures')?.textContent"
FAULTS = """
window.faults = [];
addEventListener("error", (event) => faults.push(event.message));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));
"""


@pytest.fixture
def page(tmp_path: Path, editor: RunningEditor) -> Iterator[Firefox]:
    with firefox(tmp_path / "profile") as page:
        page.call("WebDriver:SetWindowRect", {"width": 1100, "height": 900})
        page.open(f"{editor.url}probe")
        page.run(FAULTS)
        page.run(f"({BUTTON})({json.dumps({'value': '', 'fields': {'Tags': ['potholes']}})})")
        press(page, ENTER)
        page.wait("return document.querySelector('.place-figure.is-live')")
        yield page
        assert page.run("return faults") == []


def press(page: Firefox, keys: str) -> None:
    """Press and release one key after the other, wherever the focus is."""
    presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    act(page, {"type": "key", "id": "keyboard", "actions": presses})


def point(page: Firefox, kind: str, at: tuple[int, int], across: int = 0) -> None:
    """Click or tap, or drag by so many pixels to the right."""
    x, y = at
    steps = [(x + across // 2, y), (x + across, y)] if across else []
    actions = [
        {"type": "pointerMove", "x": x, "y": y},
        {"type": "pointerDown", "button": 0},
        *({"type": "pointerMove", "x": x, "y": y, "duration": 50} for x, y in steps),
        {"type": "pointerUp", "button": 0},
    ]
    source = {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}}
    act(page, {**source, "actions": actions})


def act(page: Firefox, source: dict[str, Any]) -> None:
    page.call("WebDriver:PerformActions", {"actions": [source]})


def middle(page: Firefox, selector: str) -> tuple[int, int]:
    """The middle of an element, in the window."""
    box = page.run(f"return document.querySelector('{selector}').getBoundingClientRect().toJSON()")
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


def moved(page: Firefox, before: str) -> tuple[str, float, float]:
    """The position of the pin, in words and degrees, once it is another."""
    words = str(page.wait(f"return {FIGURES} !== {json.dumps(before)} && {FIGURES}"))
    latitude, longitude = map(float, words.split(", "))
    return words, latitude, longitude


def test_a_street_by_keyboard_in_firefox(page: Firefox) -> None:
    press(page, "elnad raod")
    page.wait("return document.querySelector('[role=option]')")
    press(page, DOWN + ENTER)
    page.wait("return document.querySelector('#place-name').value === 'Eland Road'")
    page.wait("return document.querySelector('#place-street').checked")
    for _ in range(40):
        if page.run("return document.activeElement.textContent === 'Use this place'"):
            break
        press(page, TAB)
    press(page, ENTER)
    page.wait("return document.activeElement.textContent === 'Add a place'")
    assert page.run("return window.chosen") == {"value": "Eland Road", "precision": ""}


def test_a_pin_by_mouse_touch_and_keys_in_firefox(page: Firefox) -> None:
    x, y = middle(page, "#place-map")
    point(page, "mouse", (x - 60, y - 60))
    words, latitude, longitude = moved(page, "")
    point(page, "mouse", middle(page, ".place-pin"), across=80)
    words, _, east = moved(page, words)
    assert east > longitude
    point(page, "touch", (x + 20, y + 60))
    words, south, _ = moved(page, words)
    assert south < latitude
    page.run("document.querySelector('.place-pin').focus(); return true")
    press(page, UP)
    _, north, _ = moved(page, words)
    assert north > south
    press(page, ESCAPE)
    page.wait("return document.activeElement.textContent === 'Add a place'")
    assert page.run("return window.chosen") is None
