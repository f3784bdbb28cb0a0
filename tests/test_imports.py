"""After an edit only the necessary modules are imported, which halves the time of an edit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.builds import ISSUES, ROOT, write_settings

# What the edit itself needs: Markdown, the templates, the feeds, and the guard over these.
MOST_MODULES = 400
# Feeds are written with feedgen, which brings dateutil; they are made again where the post is among
# their newest. All others have the limit to themselves.
OF_FEEDS = ("feedgen", "dateutil", "six", "decimal", "_decimal", "numbers")
NEVER = frozenset(
    ("pelican", "folium", "branca", "boto3", "botocore", "textstat", "nltk", "numpy", "shapely",
     "convertbng", "PIL", "icalendar", "html5lib", "phonenumbers", "ftfy", "pygments", "docutils",
     "rich", "yaml", "email", "http", "socket", "ssl", "asyncio", "multiprocessing", "watchfiles",
     "resvg_py", "pypdfium2", "mutagen")
)  # fmt: skip
BUILD = """\
import json, sys
sys.modules["rnc2rng"] = None  # lxml imports it where the tests have installed it
from wardblog.cli import main
status = main(["html", "--content", "content", "--output", "output"])
print(json.dumps([status, sorted(name for name, module in sys.modules.items() if module)]))
"""
POST = """\
Title: The bins of {number} streets
Date: 2026-11-{number:02} 10:00
Slug: bins-{number}
Tags: Grit bins

We have **counted** the bins, and [the council](https://example.org/) has filled them.
"""


def built(folder: Path) -> set[str]:
    """Build the site of a folder in a process of its own; return what that imported."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    run = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=folder, env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    status, modules = json.loads(run.stdout.splitlines()[-1])
    assert status == 0
    return set(modules)


@pytest.fixture(scope="module")
def after_an_edit(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("edited")
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    write_settings(folder / "content", ISSUES)
    for number in range(1, 6):
        (posts / f"{number}.md").write_text(POST.format(number=number), encoding="utf-8")
    built(folder)
    page = folder / "output" / "2026" / "11" / "bins-3" / "index.html"
    before = page.read_text(encoding="utf-8")
    post = posts / "3.md"
    post.write_text(f"{post.read_text(encoding='utf-8')}\nOne more sentence.\n", encoding="utf-8")
    modules = built(folder)
    assert page.read_text(encoding="utf-8") != before
    return modules


def test_an_edit_imports_no_library_that_it_does_not_use(after_an_edit: set[str]) -> None:
    assert sorted({name.partition(".")[0] for name in after_an_edit} & NEVER) == []


def test_an_edit_imports_few_modules(after_an_edit: set[str]) -> None:
    others = [name for name in after_an_edit if name.partition(".")[0] not in OF_FEEDS]
    assert len(others) <= MOST_MODULES, sorted(others)
