"""The progress bar: shown only on a terminal and for long work, without a thread of its own."""

from __future__ import annotations

import io
import threading

import pytest

from wardblog.support import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, patience: float) -> str:
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress_bar, "_PATIENCE", patience)
    threads = threading.active_count()
    with progress_bar.progress_bars() as show:
        for done in range(101):
            show("Making pages", done, 100)
        assert threading.active_count() == threads  # else the rest would not be shared
    return screen.getvalue()


def test_a_bar_shows_the_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = drawn(monkeypatch, Terminal(), 0)
    assert "Making pages" in text
    assert "100%" in text


@pytest.mark.parametrize(("screen", "patience"), [(io.StringIO(), 0), (Terminal(), 60)])
def test_no_progress_bar_without_a_terminal_or_for_short_work(
    screen: io.StringIO, patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn(monkeypatch, screen, patience) == ""
