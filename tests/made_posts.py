"""Posts in every form that councillors' files have: headers, encodings and line endings."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import pytest

from wardblog.content.keys import KEYS, TABLE

# Parts of a thousand files, of which a short run tries three: the first, the eleventh and so on.
PARTS = [*range(3), *(pytest.param(part, marks=pytest.mark.long) for part in range(3, 10))]

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "cp1252": b"",
}
WORDS = (
    "bin",
    "Eland Road",
    "10:30",
    "café",
    "£5",
    "two|three",
    "A & B",
    "#7",
    "it's",
    '"so"',
    "–",
    "x=y",
)


@dataclass
class Made:
    """A file made for a test, with the values that its maker put there."""

    lines: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    # How many lines each single value takes.
    height: dict[str, int] = field(default_factory=dict)
    data: bytes = b""
    codec: str = ""
    # What no value may have: between dashes, it would make a note of the rest of the line.
    without: str = ""


def words(r: random.Random, without: str) -> str:
    middle = [word for word in WORDS if word != without]
    return " ".join(["Note", *r.choices(middle, k=r.randint(1, 4)), "end"])


def typed(key: str, r: random.Random) -> str:
    name = r.choice((key, key, key, key.lower(), key.upper()))
    return f"{name}{r.choice(('', '', ' '))}:{r.choice((' ', ' ', '  ', chr(9)))}"


def plain_header(made: Made, r: random.Random) -> None:
    names = [key.name for key in TABLE if key.name != "Status" and r.random() < 0.4]
    if r.random() < 0.2:
        r.shuffle(names)
    for name in ["Title", *(n for n in names if n != "Title")]:
        first = words(r, made.without)
        made.lines.append(typed(name, r) + first)
        made.values[name] = [first]
        made.height[name] = 1
        if KEYS[name].repeats:
            for _ in range(r.choice((0, 0, 1, 2))):
                value = words(r, made.without)
                made.values[name].append(value)
                lead = r.choice((" " * (len(name) + 2), "\t", f"{name}: "))
                made.lines.append(lead + value)
        elif r.random() < 0.2:
            value = words(r, made.without)
            made.lines.append("    " + value)
            made.values[name][0] += f" {value}"
            made.height[name] = 2


def yaml_header(made: Made, r: random.Random) -> None:
    made.lines += ["title: 'Two bins: moved' # a note", "# another note"]
    made.values["Title"], made.height["Title"] = ["Two bins: moved"], 1
    values = [f"{n} {r.choice(('bin', 'road', 'café'))}" for n in "ABC"[: r.randint(1, 3)]]
    made.values["Deadline"] = values
    form = r.randint(0, 3)
    if form == 0:
        made.lines += ["deadline:", *(f"  - {value}" for value in values)]
    elif form == 1:
        made.lines.append(f"deadline: [{', '.join(values)}] # soon")
    elif form == 2:
        made.lines += ["deadline: |", *(f"  {value}" for value in values)]
    else:
        made.lines += ["deadline:", *(f"- '{value}' # a note" for value in values)]
    if r.random() < 0.5:
        made.lines += ["tags:", "  - grit bins", "  - winter"]
        made.values["Tags"], made.height["Tags"] = ["grit bins, winter"], 3
    if r.random() < 0.5:
        made.lines.append('author: "Asha Specimen"')
        made.values["Author"], made.height["Author"] = ["Asha Specimen"], 1
    if r.random() < 0.5:
        made.lines += ["summary: >", "  One", "  sentence."]
        made.values["Summary"], made.height["Summary"] = ["One sentence."], 3


def made_file(seed: int) -> Made:
    r = random.Random(seed)  # noqa: S311 - the same files each time
    made = Made()
    if r.random() < 0.1:
        made.lines.append("")
    form = r.choice(("plain", "plain", "plain", "fenced", "yaml"))
    if form == "plain":
        plain_header(made, r)
    else:
        made.lines.append("---")
        made.without = "#7" if form == "fenced" else ""
        (yaml_header if form == "yaml" else plain_header)(made, r)
        made.lines.append("---")
    body = ["", "Some text: of it.", "", "<!-- a note -->", "- item  ", "\tcode", "Last – café."]
    made.lines += body[: r.choice((0, 1, 2, 7, 7, 7))]
    ends = r.choice((("\n",), ("\r\n",), ("\r",), ("\n", "\r\n"), ("\n", "\r\n", "\r")))
    text = "".join(line + r.choice(ends) for line in made.lines[:-1]) + made.lines[-1]
    text += r.choice(("", r.choice(ends)))
    made.codec = r.choice(list(ENCODINGS))
    if text.isascii() and made.codec == "cp1252":
        made.codec = "utf-8"
    made.data = ENCODINGS[made.codec] + text.encode(made.codec)
    return made


def lines_of(made: Made, data: bytes) -> list[str]:
    """The lines of a file with their endings, split by other means than those under test."""
    assert data.startswith(ENCODINGS[made.codec])
    text = data[len(ENCODINGS[made.codec]) :].decode(made.codec)
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def difference(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came in their place."""
    above = 0
    while above < min(len(old), len(new)) and old[above] == new[above]:
        above += 1
    below = 0
    while below < min(len(old), len(new)) - above and old[-1 - below] == new[-1 - below]:
        below += 1
    return old[above : len(old) - below], new[above : len(new) - below]
