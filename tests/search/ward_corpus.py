"""A ward's blog over ten years, to ask questions of: written posts, and others like them.

What is asked for is written by hand in `ward/english.txt` and `ward/welsh.txt`. The others are put
together of the sentences in `ward/kinds.toml`, so that each written post has many that are about
nearly the same in another street and year. The same posts come out every time.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

WARD = Path(__file__).parent / "ward"
YEARS = range(2016, 2027)
LAST = date(2026, 11, 18)
_COPIED = {
    "ward.toml": "ward.toml",
    "issues.toml": "issues.toml",
    "streets.csv": "data/gazetteer.csv",
}
_DONE = ("fixed", "fixed", "in progress", "acknowledged", "not possible")
_WHERE_IT_MEETS = ("Larkmead Library", "Chapel Hall", "The Old Brewery")


def write_corpus(content: Path) -> int:
    """Writes the content folder, and returns how many posts it has."""
    for name, place in _COPIED.items():
        _write(content / place, (WARD / name).read_text(encoding="utf-8"))
    for name, text in _parts("pages.txt"):
        _write(content / "pages" / f"{name}.md", f"Slug: {name}\n{text}")
    posts = [*_written("english.txt", ""), *_written("welsh.txt", "Lang: cy\n"), *_put_together()]
    for name, text in posts:
        _write(content / "posts" / f"{name}.md", text)
    return len(posts)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """The heading of each part of a file, and its text."""
    for part in re.split(r"^@ ", (WARD / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        yield heading, text


def _written(name: str, header: str) -> Iterator[tuple[str, str]]:
    for heading, text in _parts(name):
        day, slug = heading.split()
        yield f"{day}-{slug}", f"Date: {day} 09:00\nSlug: {slug}\n{header}{text}"


def _put_together() -> Iterator[tuple[str, str]]:
    kinds = tomllib.loads((WARD / "kinds.toml").read_text(encoding="utf-8"))["kind"]
    streets = [
        line.split(",")[1]
        for line in (WARD / "streets.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith("street,")
    ]
    for number, kind in enumerate(kinds):
        for turn in range(kind["posts"]):
            yield _post(kind, f"{number:02}{turn:02}", turn, streets)


def _post(kind: dict[str, Any], serial: str, turn: int, streets: list[str]) -> tuple[str, str]:
    """The name of a post's file, and the post. `serial` is in its address and reference."""
    chance = random.Random(f"Larkmead {serial}")  # noqa: S311 - the same in every run
    day = _day(kind, turn, chance)
    street, near = chance.sample(streets, 2)
    place = chance.choice(kind.get("places", [street]))
    words = {
        "street": street, "near": near, "place": place, "year": day.year,
        "serial": 4000 + int(serial), "n": chance.randint(3, 19), "big": chance.randint(30, 400),
    }  # fmt: skip
    title, summary, first = chance.choice(kind["topics"])
    middles = chance.sample(kind["middles"], chance.randint(2, min(4, len(kind["middles"]))))
    cut = chance.randint(1, len(middles))
    paragraphs = [
        f"{first} {' '.join(middles[:cut])}",
        " ".join([*middles[cut:], chance.choice(kind["closes"])]),
        *([_TABLE] if kind.get("table") else []),
    ]
    headers = [f"Title: {title}", f"Slug: {_slug(title.format(**words), serial)}",
               f"Date: {day} 08:30", f"Tags: {kind['tags']}", f"Summary: {summary}",
               *_more_headers(kind, day, paragraphs[0] + title, chance)]  # fmt: skip
    text = "\n".join([*headers, "", "\n\n".join(paragraphs), ""])
    return f"{day}-{serial}", text.format(**words)


_TABLE = """\
| In figures | Number |
|---|--:|
| Letters and calls answered | {big} |
| Cases closed | {n} |"""


def _day(kind: dict[str, Any], turn: int, chance: random.Random) -> date:
    year = YEARS[turn % len(YEARS)] if kind.get("yearly") else chance.choice(YEARS)
    day = date(year, chance.choice(kind["months"]), chance.randint(1, 28))
    if day < date(2016, 6, 1):
        day = day.replace(year=2017)
    return day if day <= LAST else day.replace(year=2025)


def _slug(title: str, serial: str) -> str:
    return f"{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}-{serial}"


def _more_headers(
    kind: dict[str, Any], day: date, text: str, chance: random.Random
) -> Iterator[str]:
    if "places" in kind:
        yield "Places: {place}"
    elif "{street}" in text:
        yield "Places: {street}"
    if reference := kind.get("reference"):
        yield f"Reference: {reference}"
    if kind.get("progress"):
        after = min(day + timedelta(chance.randint(1, 60)), LAST)
        yield f"Updated: {after} | {chance.choice(_DONE)} | {chance.choice(_NEWS)}"
    if kind.get("deadline"):
        yield f"Deadline: {day + timedelta(21)} | Comments on {kind['reference']} close"
    if kind.get("event"):
        where = chance.choice(_WHERE_IT_MEETS)
        yield f"Event: {day + timedelta(12)} 19:00 - 20:30 | Meeting | {where}"


_NEWS = ("The crew came this morning.", "An answer has come.", "Done, and done well.",
         "It took two visits.", "The officer has been to see it.")  # fmt: skip


if __name__ == "__main__":
    print(f"{write_corpus(Path(sys.argv[1]))} posts")
