"""The page of a post in Firefox: it opens, shows a message where it belongs, and saves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.editor_page import FILE, POST, editor_on, post_address
from browser.firefox import CONTROL, END, Firefox, firefox, firefox_path
from editor.running import RunningEditor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(firefox_path() is None, reason="Firefox is not installed"),
]


VAGUE = "See [here](https://example.org/)."


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path) as running:
        yield running


@pytest.fixture
def window(tmp_path: Path, running: RunningEditor) -> Iterator[Firefox]:
    """A Firefox with the page of the post."""
    with firefox(tmp_path / "profile") as window:
        window.open(post_address(running))
        window.wait("return document.body.classList.contains('is-ready')")
        yield window


def test_firefox_writes_corrects_and_saves(window: Firefox, running: RunningEditor) -> None:
    text = window.find(".cm-content", inside=window.find(".codemirror"))
    window.click(text)
    window.type(text, f"{CONTROL}{END}")
    window.type(text, VAGUE)
    marks = "return document.querySelector('.codemirror').shadowRoot.querySelectorAll('{}').length"
    window.wait(marks.format(".cm-lint-marker"))
    assert window.run(marks.format(".cm-lintRange"))
    window.wait("return document.querySelector('#messages').textContent.includes('Show it in')")
    style = "return getComputedStyle(document.querySelector('.codemirror').shadowRoot"
    assert window.run(f"{style}.querySelector('.cm-scroller')).display") == "flex"
    window.wait("return document.querySelector('#preview iframe:not(.arriving)') !== null")
    window.type(text, f"{CONTROL}s")
    window.wait("return document.querySelector('#state').textContent.startsWith('Saved at')")
    assert (running.content / FILE).read_text() == f"{POST}{VAGUE}"
