"""The sites that the look is judged by: the sample, its first day, odd posts, and a long list."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from support import ROOT
from wardblog.model.addresses import PLACES_ON_A_PAGE

ODD_POSTS = ROOT / "tests/odd_posts"
_LONG_LIST = """
[[dataset]]
issue = "{issue}"
file = "data/many-places.csv"
title = "All places of the register"
source = "Sample Council"
licence = "Open Government Licence v3.0"
as_of = 2026-11-01
show = "all"
"""


def sample_site(content: Path, folder: Path) -> Path:
    """The content as it is."""
    shutil.copytree(content, folder)
    return folder


def first_day(content: Path, folder: Path) -> Path:
    """The content before the first post, and without a photograph of anybody."""
    sample_site(content, folder)
    shutil.rmtree(folder / "posts")
    for page in (folder / "pages").glob("*.md"):
        if "../posts/" in page.read_text(encoding="utf-8"):
            page.unlink()
    settings = folder / "ward.toml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text(
        "".join(line for line in lines if not re.match(r"\s*photo\s*=", line)), encoding="utf-8"
    )
    return folder


def odd_site(content: Path, folder: Path) -> Path:
    """The content with posts in other scripts and with every form of text."""
    sample_site(content, folder)
    for post in ODD_POSTS.glob("*.md"):
        shutil.copy(post, folder / "posts")
    return folder


def long_list(content: Path, folder: Path) -> Path:
    """The first day with a list that has more places than one page shows."""
    first_day(content, folder)
    chance = random.Random(1)  # noqa: S311 - the same in every run, not a secret
    rows = "".join(
        f"{n},Place {n} of the register,{51.461 + chance.random() / 100:.6f},"
        f"{-0.168 + chance.random() / 60:.6f}\n"
        for n in range(1, PLACES_ON_A_PAGE + 30)
    )
    (folder / "data/many-places.csv").write_text(
        "Map ID,Location,Latitude,Longitude\n" + rows, encoding="utf-8"
    )
    issues = folder / "issues.toml"
    text = issues.read_text(encoding="utf-8")
    last = re.findall(r'^name = "(.*)"', text, re.MULTILINE)[-1]
    issues.write_text(text + _LONG_LIST.format(issue=last), encoding="utf-8")
    return folder


SITES: dict[str, Callable[[Path, Path], Path]] = {
    "sample": sample_site,
    "first-day": first_day,
    "odd": odd_site,
    "long-list": long_list,
}
