"""Every mistake that a councillor can make: a tiny site with it, and its exact message."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest

from support import EPOCH, files_of, run, write_site
from wardblog import cli

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


def prepared(case: str, tmp_path: Path) -> Path:
    """The base site, with the case's own files over it and those it lists taken away."""
    content = write_site(tmp_path / "content")
    if (FOLDER / case / "content").is_dir():
        shutil.copytree(FOLDER / case / "content", content, dirs_exist_ok=True)
    without = FOLDER / case / "without.txt"
    for name in without.read_text().split() if without.is_file() else ():
        (content / name).unlink()
    return content


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_gives_its_exact_message_and_nothing_is_written(
    case: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)
    content = prepared(case, tmp_path)
    before = files_of(content)
    # In this process, since a hundred others would take most of their time to begin.
    monkeypatch.setattr(gc, "disable", lambda: None)
    code = cli.main(["html", "--content", "content", "--output", "output"])
    told = capsys.readouterr()
    expected = FOLDER / case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(told.err, encoding="utf-8")
    assert told.err == expected.read_text(encoding="utf-8")
    assert code == 1
    assert told.out == ""
    assert not (tmp_path / "output").exists()
    assert files_of(content) == before


def test_the_base_site_of_the_cases_has_no_problem(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run("check", "--content", "content", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No problems.\n", "")


def test_check_reports_the_same_as_a_build(tmp_path: Path) -> None:
    prepared("unknown-issue", tmp_path)
    built = run("html", "--content", "content", "--output", "output", cwd=tmp_path)
    checked = run("check", "--content", "content", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (built.returncode, built.stderr)
