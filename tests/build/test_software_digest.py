"""The cache depends on the code that takes part in a build, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardblog.build.pelican_settings import _code


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with three files."""
    for name in ("report.py", "build/pelican/host.py", "preview/office/page.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one = 1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("report.py", True),
        ("build/pelican/host.py", True),
        ("build/office/new.py", True),
        ("preview/office/page.py", False),
        ("build/__pycache__/host.pyc", False),
    ],
)
def test_a_change_of_what_builds_changes_the_digests(
    package: Path, name: str, counts: bool
) -> None:
    before = list(_code(package))
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("two = 2\n", encoding="utf-8")
    assert (list(_code(package)) != before) is counts
