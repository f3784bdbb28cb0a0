"""How long a build takes, beside stock Pelican on the same posts.

Machines are noisy, so the two take turns, and the ratio is that of each pair; the median counts.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "street", "bin", "council", "grit", "winter", "road", "resident", "meeting", "planning",
    "notice", "pavement", "tree", "library", "school", "lorry", "weekend", "report", "deadline",
    "corner", "light", "paint", "parking", "estate", "garden", "budget", "crossing", "bus", "shop",
    "playground", "neighbour", "committee", "officer", "letter", "application", "surgery",
)  # fmt: skip
ISSUES = ("Grit bins", "Planning", "Dog fouling", "Fly-tipping", "Road works")
TEN_ISSUES = (*ISSUES, "Libraries", "Parks", "Schools", "Markets", "Licensing")
# What the guard warns of: words of a link that say nothing, a heading too deep, a long sentence.
DRAWS_WARNINGS = """\
#### What comes next

To read more, [click here](https://example.org/{number}). {long}.
"""
STOCK = """\
PATH = "content"
ARTICLE_PATHS = ["posts"]
OUTPUT_PATH = "output"
SITENAME = "Bench"
SITEURL = "https://ward.example.org"
TIMEZONE = "Europe/London"
THEME = "simple"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
"""
WARD = """\
[site]
title = "Bench"
url = "https://ward.example.org"
[ward]
name = "Shaftesbury"
council = "Wandsworth"
boundary = "data/ward.geojson"
[[councillor]]
name = "Robin Sample"
[imprint]
promoter = "Chris Agent"
on_behalf_of = "Robin Sample"
address = "1 Sample Street, London SW11 0XX"
"""


def _sentence(chance: random.Random) -> str:
    """14 words that are as easy to read as those of a councillor."""
    one, two, three, four, five = chance.choices(WORDS, k=5)
    return f"The {one} and the {two} are by the {three} or in the {four} {five}."


def write_post(
    path: Path,
    number: int,
    chance: random.Random,
    is_ours: bool,
    issues: Sequence[str] = ISSUES,
    has_tag: bool = True,
    is_busy: bool = False,
) -> None:
    """A post of 350 words; every fifth has a place, which stock Pelican ignores.

    One that is busy is about two issues, and draws three warnings.
    """
    day = f"{2016 + number % 10}-{1 + number // 10 % 12:02}-{1 + number // 120 % 28:02}"
    about = issues[number % len(issues)]
    if is_busy:
        step = 1 + number // len(issues) % (len(issues) - 1)
        about += f", {issues[(number + step) % len(issues)]}"
    lines = [
        f"Title: Post {number} about the {chance.choice(WORDS)}",
        f"Date: {day} {number % 24:02}:{number % 60:02}",
        f"Slug: post-{number}",
        f"Tags: {about}" + (f", {chance.choice(WORDS)}" if has_tag else ""),
    ]
    if number % 5 == 0 and is_ours:
        lat, lon = 51.461 + chance.random() / 100, -0.165 + chance.random() / 100
        lines.append(f"Places: Place {number} | {lat:.5f}, {lon:.5f}")
        if is_busy:  # some are about complaints, where no pin may be exact
            lines.append("Precision: street")
    paragraphs = [" ".join(_sentence(chance) for _ in range(5)) for _ in range(5)]
    paragraphs[2] = f"**Mind this.** [Our neighbours](https://example.org/) say: {paragraphs[2]}"
    if is_busy:
        long = "The council says " + " and ".join(["that the road is near the shop"] * 7)
        paragraphs.append(DRAWS_WARNINGS.format(number=number, long=long))
    path.write_text("\n".join(lines) + "\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def write_settings(content: Path, issues: Sequence[str]) -> None:
    (content / "data").mkdir()
    sketch = (ROOT / "content" / "data" / "ward.geojson").read_bytes()
    (content / "data" / "ward.geojson").write_bytes(sketch)
    (content / "ward.toml").write_text(WARD, encoding="utf-8")
    declared = "".join(f'[[issue]]\nname = "{name}"\n' for name in issues)
    (content / "issues.toml").write_text(declared, encoding="utf-8")


def make_sites(folder: Path, posts: int) -> None:
    for name in ("ours", "stock"):
        chance = random.Random(1)  # noqa: S311 - the same posts in every run, not a secret
        content = folder / name / "content"
        (content / "posts").mkdir(parents=True)
        for number in range(posts):
            write_post(content / "posts" / f"{number}.md", number, chance, name == "ours")
    write_settings(folder / "ours" / "content", ISSUES)
    (folder / "stock" / "pelicanconf.py").write_text(STOCK, encoding="utf-8")


def timed(command: list[str], folder: Path, output: Path) -> float:
    """Seconds of wall time of a build into an empty folder."""
    shutil.rmtree(output, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main(posts: int, pairs_wanted: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_sites(folder, posts)
        python = sys.executable
        stock = [python, "-m", "pelican", "content", "-s", "pelicanconf.py", "-q"]
        ours = [python, "-m", "wardblog", "html", "--content", str(folder / "ours" / "content")]
        ours += ["--output", str(folder / "ours" / "output")]
        os.environ["PYTHONPATH"] = str(ROOT / "plugins")
        pairs: list[tuple[float, float]] = []
        for turn in range(pairs_wanted + 1):
            pair = (
                timed(ours, ROOT, folder / "ours" / "output"),
                timed(stock, folder / "stock", folder / "stock" / "output"),
            )
            if turn:  # the first warms the disk
                pairs.append(pair)
    mine = statistics.median(a for a, _ in pairs)
    theirs = statistics.median(b for _, b in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"A clean build of {posts:,} posts, {pairs_wanted} pairs, medians:")
    print(f"  ward blog      {mine:6.2f} s")
    print(f"  stock Pelican  {theirs:6.2f} s   (theme simple)")
    print(f"  ratio          {ratio:6.2f}     (to reach: at most 1.5)")
