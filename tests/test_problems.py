"""Every mistake a councillor can make: a tiny site that makes it, and the exact words it gets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import files_of, run, write_site

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
def test_a_mistake_is_told_in_full_and_nothing_is_written(
    case: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    content = prepared(case, tmp_path)
    before = files_of(content)
    done = run("html", "--content", "content", "--output", "output", cwd=tmp_path)
    expected = FOLDER / case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(done.stderr, encoding="utf-8")
    assert done.stderr == expected.read_text(encoding="utf-8")
    assert done.returncode == 1
    assert done.stdout == ""
    assert not (tmp_path / "output").exists()
    assert files_of(content) == before


def test_the_base_site_of_the_cases_has_no_problem(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run("check", "--content", "content", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No problems.\n", "")


def test_check_tells_the_same_as_a_build(tmp_path: Path) -> None:
    prepared("unknown-issue", tmp_path)
    built = run("html", "--content", "content", "--output", "output", cwd=tmp_path)
    checked = run("check", "--content", "content", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (built.returncode, built.stderr)
