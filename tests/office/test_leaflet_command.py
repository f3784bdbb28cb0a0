"""`make leaflet`, as a councillor runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from office.leaflets import EIGHT, PRINTER
from support import EPOCH, ROOT, run
from wardblog.cli import main

LINES = f'\n[leaflet]\nprinter = "{PRINTER}"\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the sample with a printer."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    settings = folder / "ward.toml"
    text = settings.read_text(encoding="utf-8")
    if "\n[leaflet]" not in text:
        settings.write_text(text + LINES, encoding="utf-8")
    return folder


def leaflet(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    folder = content.parent
    return run("leaflet", "--content", str(content), *words, cwd=folder,
               PRIVATE=str(folder / "private"), HOME=str(folder / "home"))  # fmt: skip


def test_it_says_what_it_made_and_where_the_words_are(content: Path) -> None:
    done = leaflet(content, "--posts", ", ".join(EIGHT[:3]), "--size", "A5")
    assert (done.returncode, done.stderr) == (0, "")
    name = f"private/leaflets/2026-11-{EIGHT[0]}"
    assert done.stdout == (
        "Made A5, 2 sides:\n"
        f"  for the printer  {name}-a5-printer.pdf\n"
        f"  for the screen   {name}-a5-screen.pdf\n"
        f"Its words are in {name}.md. Change them there, and run this again.\n"
        "Read it once more before you have it printed.\n"
    )


@pytest.mark.long
def test_a_poster_is_made_the_same_way(content: Path) -> None:
    done = leaflet(content, "--poster", "ward surgery")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Made A4, 1 side:\n  for the printer  private/leaflets/poster-ward-surgery-a4" in (
        done.stdout
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which posts the leaflet is about"),
        (("--posts", "x", "--poster", "y"), "POSTS makes a leaflet and POSTER a poster"),
        (("--poster", "Karaoke"), 'There is no coming event called "Karaoke"'),
    ],
)
def test_wrong_words_are_explained(content: Path, words: tuple[str, ...], said: str) -> None:
    done = leaflet(content, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (content.parent / "private").exists()


def test_without_a_printer_the_command_says_where_to_write_it(content: Path) -> None:
    settings = content / "ward.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^printer = .*\n", "", text), encoding="utf-8")
    done = leaflet(content, "--posts", EIGHT[0])
    assert done.returncode == 1
    assert "content/ward.toml:" in done.stderr
    assert "the printer of the leaflet is missing" in done.stderr
    assert "No PDF was made." in done.stderr


def test_private_files_stay_out_of_content(content: Path) -> None:
    done = run("leaflet", "--content", str(content), "--posts", EIGHT[0], cwd=content.parent,
               PRIVATE=str(content / "private"))  # fmt: skip
    assert done.returncode == 2
    assert "must not be inside one another" in done.stderr


def test_without_its_libraries_it_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wardblog.cli.leaflet.find_spec", {}.get)
    assert main(["leaflet", "--posts", EIGHT[0]]) == 2
    assert "not installed yet.\n  Run it with: make leaflet" in capsys.readouterr().err


def test_make_hands_the_words_over() -> None:
    """A title with quotation marks, commas and dollars reaches the program as it was typed."""
    shown = subprocess.run(
        ["make", "--dry-run", "leaflet", 'POSTS=Bins, "bags" & $5', "SIZE=A4"],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert ' leaflet CONTENT="$CONTENT" ' in shown
    assert ' POSTS="$POSTS" SIZE="$SIZE" POSTER="$POSTER" ' in shown
