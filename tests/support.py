"""Small sites for tests: written out as visible text, read, checked and built."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from unittest import mock

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings
from PIL import Image

from command_server import READ_AT_START, Command, CommandServer
from wardblog.check import check_site
from wardblog.cli import main
from wardblog.content import read_site
from wardblog.content.markdown.cleaning import cleaned
from wardblog.content.markdown.markup import Markup
from wardblog.content.tables import tables
from wardblog.content.tables.sheets import read_csv
from wardblog.content.tables.tables import ListOptions, PlaceTable, read_geojson
from wardblog.model import Post, Site
from wardblog.privacy.shown import visible_text
from wardblog.problems import Problem, Severity, sorted_unique
from wardblog.publish import processes
from wardblog.report import ParseError, Report
from wardblog.views import File, Files, Output, Page, SiteAddresses, Values, outputs

ROOT = Path(__file__).resolve().parents[1]
# What a fresh copy of the project is without.
NOT_COPIED = shutil.ignore_patterns(
    ".venv", ".git", "output", "public", "public.*", ".*_cache", ".wardblog"
)
TODAY = date(2026, 11, 22)
EPOCH = "1795305600"  # 2026-11-22 00:00 in London
MARKDOWN: dict[str, object] = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.tables": {"use_align_attribute": True},
    }
}

WARD = """\
[site]
title = "Shaftesbury ward blog"
url = "https://ward.example.org"
description = "News from your ward councillors"

[ward]
name = "Shaftesbury"
council = "Wandsworth"

[[councillor]]
name = "Robin Sample"
email = "robin@example.org"

[imprint]
promoter = "Chris Agent"
on_behalf_of = "Robin Sample"
address = "1 Sample Street, London SW11 0XX"
"""
ISSUES = """\
[[issue]]
name = "Grit bins"
colour = "#8a5a00"

[[issue]]
name = "Potholes"
"""
# Addresses that no browser can read, and that Python's own functions refuse in different places.
INVALID_URLS = (
    "https://[x",
    "https:////[x",
    "http://a]b/",
    "https://exa\u2100mple.org/",
    "https://x:99999/",
)
POST = """\
Title: A fine post
Date: 2026-11-20 09:00
Tags: grit bins

Some text.
"""
BASE = {"ward.toml": WARD, "issues.toml": ISSUES, "posts/fine.md": POST}
SHAPE = (
    '{"type": "Polygon", "coordinates": '
    "[[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.47], [-0.17, 51.47], [-0.17, 51.46]]]}"
)
SQUARE = (
    '{"type": "Feature", "properties": {"attribution": "Outline: a sketch."}, "geometry": '
    f"{SHAPE}}}"
)
LICENCE = 'source = "Wandsworth Council"\nlicence = "Open Government Licence v3.0"\n'
DATASET = f'\n[[dataset]]\nissue = "Grit bins"\nfile = "data/bins.csv"\ntitle = "Bins"\n{LICENCE}'


def picture(width: int = 3, height: int = 2, kind: str = "PNG", colour: str = "teal") -> bytes:
    """A real picture where a test needs one to be there."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_site(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The base site with other or further files."""
    return write_files(folder, {**BASE, **(files or {})})


def read_all(content: Path) -> tuple[Site, list[Problem]]:
    """The site, with the problems of reading and of the rules, but without the notes."""
    reading = read_site(content, TODAY, MARKDOWN)
    found = sorted_unique(
        [*reading.problems, *check_site(reading.site, SiteAddresses(reading.site))]
    )
    return reading.site, [p for p in found if p.severity is not Severity.NOTE]


def read_fine(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Site:
    """A site that must have no problems."""
    site, problems = read_all(write_site(folder, files))
    assert not problems
    return site


def read_places(
    text: str,
    is_geojson: bool,
    name_column: str,
    report: Report,
    options: ListOptions | None = None,
) -> PlaceTable | None:
    """The places of a list in this text; None, with a problem, if it cannot be read."""
    try:
        sheet = read_geojson(text) if is_geojson else read_csv(text)
    except ParseError as error:
        report.parse_error(error)
        return None
    return tables.read_places(sheet, name_column, report, options or ListOptions())


def shown(markdown: str) -> str:
    """What residents get of a text, as the guard reads it."""
    return visible_text(html_of(markdown))


def html_of(markdown: str) -> str:
    """A text as it is published."""
    return cleaned(Markup(MARKDOWN).html(markdown))


def post_with(folder: Path, lines: str, body: str = "Some text.") -> Post:
    """The post whose header has these lines as well."""
    text = POST.replace("\n\nSome text.", f"\n{lines}\n\n{body}")
    return read_fine(folder, {"posts/fine.md": text}).posts[0]


def run(
    *words: str, cwd: Path = ROOT, stdin: int = subprocess.DEVNULL, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs our command, as the Makefile does, on a fixed day."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "plugins"),
        "SOURCE_DATE_EPOCH": EPOCH,
        **variables,
    }
    if not any(name.startswith(READ_AT_START) for name in variables):
        return _command_server().run(words, cwd, environment, stdin)
    return subprocess.run(
        [sys.executable, "-m", "wardblog", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=stdin,
    )


@contextlib.contextmanager
def forked(
    command: Sequence[str], *, stdin: int, env: Mapping[str, str]
) -> Iterator[Command | subprocess.Popen[bytes]]:
    """What `processes.running` does, but our own command begins in a hundredth of the time."""
    _, _, module, *words = command
    if module != "wardblog":
        with processes.running(command, stdin=stdin, env=env) as other:
            yield other
        return
    process = _command_server().start(module, words, env)
    try:
        yield process
    finally:
        processes.end(process)  # type: ignore[arg-type]  # as much as it needs


def run_pelican(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs Pelican's own command on the same fixed day."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **variables}
    return _command_server().run(words, cwd, environment, subprocess.DEVNULL, "pelican")


def run_here(*words: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs our command as `run` does, but in this process, so that its lines count as tested."""
    out, err = io.StringIO(), io.StringIO()
    environment = {"SOURCE_DATE_EPOCH": EPOCH, **variables}
    with (
        mock.patch.dict(os.environ, environment),
        contextlib.chdir(cwd),
        Path(os.devnull).open(encoding="utf-8") as nothing,
        mock.patch.object(sys, "stdin", nothing),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        # publishconf.py imports this, and another test may have one of another folder.
        sys.modules.pop("pelicanconf", None)
        try:
            status = main(words)
        finally:
            sys.modules.pop("pelicanconf", None)
            gc.enable()
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def examples(number: int, short: int | None = None) -> int:
    """How many examples a property is tried with: `number` in a long run.

    In others it is `short`, or a tenth of the number.
    """
    is_long = settings().max_examples >= 100  # as tests/conftest.py sets it
    if is_long:
        return number
    return max(number // 10, 1) if short is None else short


def mostly_long(
    cases: Iterable[str | Callable[..., object]], *short: str | Callable[..., object]
) -> list[ParameterSet]:
    """Cases that all take the same way; a short run tries those that are named."""
    return [
        pytest.param(
            case,
            marks=() if case in short else pytest.mark.long,
            id=case if isinstance(case, str) else case.__name__,
        )
        for case in cases
    ]


@cache
def _command_server() -> CommandServer:
    """One for each process that runs tests."""
    return CommandServer()


def files_in(outputs: Iterable[Output]) -> dict[str, bytes]:
    """Those that no template makes, made from what they say they need."""
    found: dict[str, bytes] = {}
    for output in outputs:
        if isinstance(output, File):
            found[output.path] = output.content(output.part)
        elif isinstance(output, Files):
            found.update(zip(output.paths, output.contents(output.part), strict=True))
    return found


def pages_in(site: Site) -> dict[str, Values]:
    """What each page of a site hands to its template, by its address."""
    return {o.address: o.values(o.part) for o in outputs(site) if isinstance(o, Page)}


def unhashed(text: str) -> str:
    """Text in which files have their plain names: `map.js` for `map.0123456789ab.js`."""
    return re.sub(r"\.[0-9a-f]{12}(?=\.[a-z])", "", text)


def plain_files_of(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their plain names."""
    return {unhashed(name): content for name, content in files_of(folder).items()}


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def map_feature(kind: str, shape: str, positions: object, name: str = "") -> dict[str, object]:
    """A feature of a base map as GeoJSON; positions have the longitude first."""
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": shape, "coordinates": positions},
    }
