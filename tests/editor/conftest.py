"""An editor on a small content folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.running import RunningEditor, running_editor
from support import picture, write_site
from wardblog.preview.editor import jobs
from wardblog.publish import processes


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)  # what is remembered lies there
    content = write_site(tmp_path / "content", {"images/x.png": picture()})
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


@pytest.fixture
def started_anew(editor: RunningEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the editor is a new process of Python, as it is outside of tests."""
    del editor
    monkeypatch.setattr(jobs, "running", processes.running)
