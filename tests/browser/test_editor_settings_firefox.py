"""The pages of settings and lists in Firefox: a value is saved, and a list is shown and saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.editor_page import ISSUES, editor_on
from browser.firefox import firefox, firefox_path
from editor.running import RunningEditor
from editor.test_lists import BINS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,  # test_editor_firefox.py opens the editor in Firefox in every run
    pytest.mark.skipif(firefox_path() is None, reason="Firefox is not installed"),
]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path) as running:
        yield running


def test_firefox_saves_settings_and_lists(tmp_path: Path, running: RunningEditor) -> None:
    file = tmp_path / "Winter grit bins.csv"
    file.write_text(BINS, "utf-8")
    said = "return document.querySelector('#said').textContent.startsWith('Saved.')"
    with firefox(tmp_path / "profile") as window:
        window.open(f"{running.url}settings/issues")
        window.wait("return document.querySelector('details') !== null")
        window.click(window.find(".table > button"))
        window.type(window.find("details:last-of-type input"), "Fly-tipping")
        window.click(window.find("#save"))
        window.wait(said)
        issues = (running.content / "issues.toml").read_text("utf-8")
        assert issues == f'{ISSUES}\n[[issue]]\nname = "Fly-tipping"\n'
        window.open(f"{running.url}lists")
        window.type(window.find("#file"), str(file))
        window.wait("return document.querySelectorAll('.numbers li').length === 4")
        window.click(window.find("button.main"))
        window.wait(said)
    assert (running.content / "data" / "winter-grit-bins.csv").read_text("utf-8") == BINS
