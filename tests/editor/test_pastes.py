"""What word processors, mail programs and web pages put on the clipboard, as Markdown."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wardblog.preview.editor.paste.result import markdown_of

PASTES = Path(__file__).with_name("pastes")
PROGRAMS = {
    row["name"]: row
    for row in csv.DictReader(
        (PASTES / "programs.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
}


def clipboard(name: str) -> tuple[str, str]:
    """The HTML and the plain text of an example; "" where it has none."""
    files = (PASTES / f"{name}.html", PASTES / f"{name}.txt")
    html, plain = (f.read_text(encoding="utf-8") if f.exists() else "" for f in files)
    return html, plain


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_paste_becomes_the_markdown_that_a_person_would_write(name: str) -> None:
    written = (PASTES / f"{name}.md").read_text(encoding="utf-8")
    assert markdown_of(*clipboard(name)).markdown == written


def test_each_example_says_which_program_it_is_from() -> None:
    files = {file.stem for file in PASTES.iterdir() if file.suffix in (".html", ".txt", ".md")}
    assert files == set(PROGRAMS)
    assert len(PROGRAMS) >= 100
    assert all(row["program"] and row["version"] for row in PROGRAMS.values())
