"""The dialog of pictures in Firefox: a photograph of a telephone, turned, cropped and saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.firefox import ENTER, Firefox, firefox, firefox_path
from browser.test_editor_pictures import BIN, NAME, OPENS, editor, written
from editor.running import RunningEditor
from photos.telling import drawn, telling

__all__ = ["editor"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,  # test_editor_firefox.py opens the editor in Firefox in every run
    pytest.mark.skipif(firefox_path() is None, reason="Firefox is not installed"),
]
FAULTS = """
window.faults = [];
addEventListener("error", (event) => faults.push(event.message));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));
"""
# Pulls the corner at the right below to the middle of the picture, as a mouse or a pen does.
PULLS = """
const box = document.querySelector("canvas").getBoundingClientRect();
const corner = document.querySelector(".handle.at-right.at-bottom");
const from = corner.getBoundingClientRect();
corner.setPointerCapture = () => {};
const at = (type, x, y) => corner.dispatchEvent(new PointerEvent(type, {
  bubbles: true, cancelable: true, button: 0, pointerId: 1, clientX: x, clientY: y }));
at("pointerdown", from.x, from.y);
at("pointermove", from.x - box.width / 2, from.y - box.height / 2);
at("pointerup", from.x - box.width / 2, from.y - box.height / 2);
"""


@pytest.fixture
def window(tmp_path: Path, editor: RunningEditor) -> Iterator[Firefox]:
    with firefox(tmp_path / "profile") as window:
        window.open(f"{editor.url}probe")
        window.run(FAULTS)
        window.run(f"({OPENS})(null)")
        window.wait("return document.querySelector('dialog[open] input')")
        yield window
        assert window.run("return faults") == []


def button(window: Firefox, name: str) -> str:
    window.run(
        "for (const one of document.querySelectorAll('dialog button'))"
        f" one.classList.toggle('wanted', one.textContent === '{name}')"
    )
    return window.find("dialog button.wanted")


def test_firefox_turns_crops_and_saves_a_heic(
    window: Firefox, editor: RunningEditor, tmp_path: Path
) -> None:
    shot = tmp_path / "IMG_1234.HEIC"
    shot.write_bytes(telling("HEIC", drawn(size=(640, 480))))
    window.type(window.find("dialog input[type=file]"), str(shot))
    window.wait("return document.querySelector('dialog canvas')")
    window.run("document.querySelector('dialog details').open = true")
    window.type(button(window, "Turn right"), ENTER)
    window.run(PULLS)
    words = window.find("#pictures-words")
    window.type(words, "A photo")
    window.wait("return document.querySelector('#pictures-problem .wrong')")
    window.run("document.querySelector('#pictures-words').value = ''")
    window.type(words, BIN)
    window.wait("return document.querySelector('#pictures-problem').textContent.includes('called')")
    window.click(button(window, "Save picture"))
    window.wait("return !document.querySelector('dialog')")
    found = window.run("return window.found")
    assert found["path"] == f"{NAME}.jpg"
    image = written(editor, found["path"])
    assert image.size == (240, 320)
    red, green, blue = image.getpixel((120, 160))  # type: ignore[misc]
    assert green > 200 > 90 > max(red, blue)  # what was at the left below is at the left above
