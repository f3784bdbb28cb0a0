"""A telephone number in every field of the contract: each is reported, or is in no output.

Fields and columns that are new are missed by nobody: the first test compares what is planted here
with what the readers know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from support import EPOCH, ROOT, picture, write_files
from wardblog import build
from wardblog.content import settings
from wardblog.content.issues import read_issues
from wardblog.content.keys import KEYS, TABLE, HeaderKey
from wardblog.problems import ContentError, Problem, Severity
from wardblog.report import Report

# Where a canary is planted; each gets a number of its own.
HERE = "CANARY"
WARD = f"""\
[site]
title = "Ward blog {HERE}"
url = "https://ward.example.org"
description = "News {HERE}"
accent = "#1d5f3a"
newsletter = "https://news.example.net/?q={HERE}"
whatsapp = "https://whatsapp.com/channel/{HERE}"
hub = "https://hub.example.net/?q={HERE}"

[ward]
name = "Shaftesbury {HERE}"
council = "Wandsworth {HERE}"
boundary = "data/ward.geojson"
boundary_attribution = "Outline: a sketch {HERE}"
code = "E05000623"

[[councillor]]
name = "Robin Sample {HERE}"
party = "Independent {HERE}"
email = "robin@example.org"
phone = "020 7946 0000"
about = "Here since 1998 {HERE}"
photo = "images/bin-HYPHENED.png"
planning_committee = true

[imprint]
promoter = "Chris Agent"
on_behalf_of = "Robin Sample"
address = "1 Sample Street, London SW11 0XX"

[[surgery]]
when = "first Saturday of the month 10:00 - 11:30"
name = "Ward surgery {HERE}"
where = "Battersea Library"
from = 2026-01-01
until = 2027-12-31
except = [2027-01-02, "August"]

[election]
notice = 2027-03-22
poll = 2027-05-06
banner = "An election {HERE}"

[map]
tiles = "ask"
tile_url = "https://tile.example.net/{{z}}/{{x}}/{{y}}.png?key={HERE}"
tile_attribution = "Tiles {HERE}"
base = "data/base.geojson"
base_attribution = "Streets {HERE}"
streets = "data/base.geojson"
streets_attribution = "An older map"
gazetteer = "data/gazetteer.csv"
gazetteer_attribution = "Names"

[guard]
allow = ["SW11 0XX"]

[publish]
to = "folder"
path = "public {HERE}"
"""
# What is public by its nature: it is printed on every page, or lists what is public.
PUBLIC = {"email", "phone", "promoter", "on_behalf_of", "address", "where", "allow"}
ISSUES = f"""\
[[issue]]
name = "Grit bins"
colour = "#8a5a00"
about = "Where they are {HERE}"
report_url = "https://council.example.net/report?q={HERE}"
report_label = "Report one {HERE}"
sensitive = false
aliases = ["/old/ring-{HERE}/"]

[[issue]]
name = "Potholes {HERE}"

[[dataset]]
issue = "Grit bins"
file = "data/bins.csv"
previous = "data/bins-before.csv"
name_column = "Name"
title = "Bins {HERE}"
source = "Wandsworth Council {HERE}"
source_url = "https://council.example.net/data?q={HERE}"
licence = "Open Government Licence v3.0 {HERE}"
attribution = "Contains {HERE}"
as_of = 2026-11-01
show = "all"
grid = "british"
precision = "exact"

[[dataset]]
issue = "Grit bins"
file = "data/trees.geojson"
title = "Trees"
source = "Wandsworth Council"
licence = "Open Government Licence v3.0"
show = "all"
"""
COLUMNS = (
    "Name", "Ref", "Latitude", "Longitude", "Status", "Notes", "Ward", "Postcode", "Category",
    "Installed", "Holder", "Telephone",
)  # fmt: skip
SHAPE = "[[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.47], [-0.17, 51.47], [-0.17, 51.46]]]"


def planted_in(key: HeaderKey) -> str:
    """The example of a header line with a canary at its end, where that can be read."""
    return (
        f"{key.examples[0]} {HERE}" if key.accepts(f"{key.examples[0]} {HERE}") else key.examples[0]
    )


# A line of the table that has no value here is planted in its own example.
LINES = {key.name: planted_in(key) for key in TABLE} | {
    "Title": f"A fine post {HERE}",
    "Date": "2026-11-20 09:00",
    "Tags": f"grit bins, winter {HERE}",
    "Summary": f"In short {HERE}",
    "Precision": "exact",
    "Progress": "reported",
    "Reference": f"2026/1234 {HERE}",
    "Slug": "a-fine-post-HYPHENED",
    "Modified": "2026-11-21",
    "Author": f"Asha Specimen {HERE}",
    "Status": "published",
    "Lang": "en",
    "Image": f"images/bin-HYPHENED.png | A bin {HERE}",
    "Card": "map",
    "Position": f"object {HERE}",
    "Places": f"Eland Road {HERE} | 51.4665, -0.1600 | fixed",
    "Deadline": f"2026-12-05 | Comments close {HERE}",
    "Event": f"2026-12-01 18:00 - 19:00 | Stall {HERE} | High Street {HERE}",
    "Updated": f"2026-11-21 | fixed | Done {HERE}",
    "Answer": f"A | By the school {HERE}\nAnswer: B | By the library {HERE}",
    "Aliases": "/old/ring-HYPHENED/",
    "Allow": f"hard-words because she rang from {HERE}",
}
BODY = f"""\
Words {HERE} and **bold {HERE}** and `code {HERE}`.

<!-- a note {HERE} -->
<!-- a note --!> shown {HERE} -->

> Quoted {HERE}

- An item {HERE}
    - and one below {HERE}

| A | B |
|---|---|
| Cell {HERE} | b |

Words[^1] of the HSE, and a term.

[^1]: A footnote {HERE}

*[HSE]: {HERE}

![A bin {HERE}](../images/bin-HYPHENED.png "Title {HERE}")
[A link](https://example.net/?q={HERE}) and [a defined one][d].
[A part](https://example.net/#{HERE}) and [a call](tel:{HERE})

[d]: https://example.net/?q={HERE} "{HERE}"
[unused]: https://example.net/?q={HERE} "{HERE}"

<span title="{HERE}" class="{HERE}" id="{HERE}">Span</span>
<time datetime="{HERE}">noon</time> <abbr title="{HERE}">X</abbr>
<del datetime="{HERE}" cite="https://example.net/?q={HERE}">gone</del>

<details><summary>More {HERE}</summary>Unfolded {HERE}</details>

[The list](../files/list.txt) and ![A plan](../images/plan.svg)
"""


def geojson(properties: str, shape: str) -> str:
    """Map data of one thing, with canaries in names and values wherever a file may have any."""
    return (
        f'{{"type": "FeatureCollection", "name": "{HERE}", "description": "{HERE}", "features":\n'
        f'[{{"type": "Feature", "id": "{HERE}", "properties": {{{properties},\n'
        f'"{HERE}": "x",\n"notes": "{HERE}",\n"attribution": "From {HERE}"}},\n'
        f'"geometry": {shape}}}]}}'
    )


def content() -> dict[str, str | bytes]:
    """A site in which every field has its mark; `HYPHENED` is that of names in addresses."""
    header = "".join(f"{key}: {value}\n" for key, value in LINES.items())
    page = header.replace("grit bins, ", "").replace("a-fine-post", "a-page")
    rows = f"{','.join(COLUMNS)},Other {HERE}\n"
    row = [f"{name} {HERE}" for name in COLUMNS]
    row[2:4] = ["51.4668", "-0.1605"]
    point = '{"type": "Point", "coordinates": [-0.1605, 51.4668]}'
    line = '{"type": "LineString", "coordinates": [[-0.16, 51.465], [-0.159, 51.466]]}'
    polygon = f'{{"type": "Polygon", "coordinates": {SHAPE}}}'
    return {
        "ward.toml": WARD,
        "issues.toml": ISSUES,
        "posts/fine.md": f"{header}\n{BODY}",
        "pages/about.md": f"{page}\n{BODY}",
        "data/bins.csv": f"{rows}{','.join(row)},Other {HERE}\n",
        "data/bins-before.csv": f"{rows}{','.join(row)},Other {HERE}\n",
        "data/trees.geojson": geojson(f'"name": "Tree {HERE}", "id": "{HERE}"', point),
        "data/ward.geojson": geojson(f'"WD25CD": "E05000623", "WD25NM": "Ward {HERE}"', polygon),
        "data/base.geojson": geojson(f'"name": "Eland Road {HERE}"', line),
        "data/gazetteer.csv": "kind,name,lat,lon\nstreet,Eland Road,51.465,-0.16\n",
        "casework.csv": f"quarter,issue,opened,closed\n2026-Q3,Trees {HERE},7,8\n",
        "files/list.txt": f"A list {HERE}\n",
        "images/plan.svg": (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n'
            f"<title>Plan {HERE}</title>\n<desc>{HERE}</desc>\n"
            f'<g id="{HERE}" aria-label="{HERE}">\n<text>Words {HERE}</text></g></svg>'
        ),
    }


class Canaries:
    """The numbers that were planted, each with the file and line where it stands."""

    def __init__(self) -> None:
        self.where: dict[str, tuple[str, int]] = {}

    def planted(self, files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
        found: dict[str, str | bytes] = {}
        names: list[str] = []
        for name, text in files.items():
            assert isinstance(text, str)
            lines = text.split("\n")
            for number, line in enumerate(lines, 1):

                def number_of(mark: re.Match[str], at: tuple[str, int] = (name, number)) -> str:
                    digits = f"07700 900{len(self.where):03}"
                    self.where[digits] = at
                    if mark[0] == HERE:
                        # In an address there are no spaces.
                        return digits.replace(" ", "") if mark.string[mark.start() - 1] in "=#:-" \
                            else digits  # fmt: skip
                    hyphened = digits.replace(" ", "-")
                    names.append(hyphened)
                    return hyphened

                lines[number - 1] = re.sub(f"{HERE}|HYPHENED", number_of, line)
            found[name] = "\n".join(lines)
        for hyphened in names:
            found[f"images/bin-{hyphened}.png"] = picture()
        return found


def seen(problem: Problem, number: str, at: tuple[str, int]) -> bool:
    """Whether a problem is about a canary: it names it, or the line on which it stands."""
    words = f"{problem.message} {problem.hint}"
    plain = re.sub(r"\D", "", unquote(words))
    return number.replace(" ", "") in plain or (problem.file, problem.line) == at


def without(files: Mapping[str, str | bytes], numbers: set[str]) -> dict[str, str | bytes]:
    """The files with these canaries taken out, each replaced by a harmless word."""

    def taken(text: str) -> str:
        for number in numbers:
            word = "word" + number[-3:].translate(str.maketrans("0123456789", "abcdefghij"))
            for form in (number, number.replace(" ", ""), number.replace(" ", "-")):
                text = text.replace(form, word)
        return text

    return {taken(n): t if isinstance(t, bytes) else taken(t) for n, t in files.items()}


def test_every_field_has_its_canary() -> None:
    assert set(LINES) == set(KEYS)
    report = Report("ward.toml")
    tables = ("site", "ward", "map", "guard", "publish", "election", "imprint")
    unknown = "".join(f"[{name}]\nx = 1\n" for name in tables)
    settings.read_settings(f"x = 1\n{unknown}[[councillor]]\nx = 1\n[[surgery]]\nx = 1\n", report)
    more = Report("issues.toml")
    read_issues("[[issue]]\nx = 1\n[[dataset]]\nx = 1\n", more, Path(), frozenset(), None)
    hints = [p.hint for p in (*report.problems, *more.problems) if "Its keys are" in p.hint]
    keys = {key for hint in hints for key in re.findall(r"[a-z_]+", hint.split("Its keys are")[1])}
    keys -= {"and", "for", "store", "git", "ssh", "folder"}
    assert len(keys) > 40
    written = set(re.findall(r"^([a-z_]+) = ", WARD + ISSUES, re.MULTILINE))
    # Where a site goes is published nowhere, and has tests of its own.
    of_publishing = {
        "keep", "verify", "host", "port", "endpoint", "region", "bucket", "prefix", "remote",
        "branch",
    }  # fmt: skip
    assert keys - written - of_publishing == set()
    for key in PUBLIC:
        assert re.search(rf"^{key} = ", WARD, re.MULTILINE)


def test_each_canary_is_reported_or_in_no_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)
    canaries = Canaries()
    files = canaries.planted(content())
    silent = dict(canaries.where)
    for turn in range(12):
        folder = write_files(tmp_path / f"content-{turn}", files)
        problems = build.check(ROOT / "pelicanconf.py", folder, None)
        stopping = [p for p in problems if p.severity is Severity.STOP]
        if not stopping:
            break
        found = {n for n, at in silent.items() if any(seen(p, n, at) for p in stopping)}
        assert found, stopping
        silent = {n: at for n, at in silent.items() if n not in found}
        files = without(files, found)
    else:
        pytest.fail("there is no end of problems")
    output = tmp_path / "out"
    try:
        build.build_site(ROOT / "pelicanconf.py", folder, output)
    except ContentError as stopped:
        pytest.fail(str(stopped))
    shown = {
        path.relative_to(output).as_posix(): re.sub(
            r"\D+", "", unescape(unquote(path.read_bytes().decode("utf-8", "replace")))
        )
        for path in output.rglob("*")
        if path.is_file() and path.suffix not in (".png", ".webp")
    }
    names = re.sub(r"\D+", "", " ".join(shown))
    leaked = {
        number: [name for name, text in shown.items() if number.replace(" ", "") in text]
        for number in silent
    }
    print(f"{len(canaries.where)} canaries: {len(silent)} in no output, the others reported")
    assert {silent[n]: where for n, where in leaked.items() if where} == {}
    assert not any(number.replace(" ", "") in names for number in silent)
