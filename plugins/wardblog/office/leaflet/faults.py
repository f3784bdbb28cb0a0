"""What stops a leaflet: no printer, words that do not fit, or characters that no font has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wardblog.model import Site
from wardblog.office.leaflet.content import LeafletWords
from wardblog.office.leaflet.papers import FOLD, Paper
from wardblog.office.leaflet.plan import Overflow
from wardblog.office.leaflet.question import is_asking
from wardblog.problems import ContentError, Problem
from wardblog.support.urls import host_of, is_this_computer
from wardblog.text.words import counted

_EXAMPLE = 'printer = "Sample Press, 2 Print Street, London SW11 0XX"'
_LAW = "Representation of the People Act 1983, section 110"
_NOTHING = "No PDF was made."


def refuse_without_imprint(site: Site, content: Path) -> None:
    """Raises `ContentError` if the law does not allow to print anything, or codes lead nowhere."""
    if problems := list(_unlawful(site)):
        raise ContentError(problems, content, _NOTHING)


def _unlawful(site: Site) -> Iterator[Problem]:
    lines = site.lines
    at = lines.get("leaflet.printer") or lines.get("imprint.promoter") or 1
    if not site.printer:
        yield _in_settings(
            at,
            "the printer of the leaflet is missing: the law requires the printer's name and "
            f"address on it ({_LAW})",
            f"Add to ward.toml, below [leaflet]: {_EXAMPLE}",
        )
    elif "," not in site.printer.strip(" ,"):
        yield _in_settings(
            at,
            f'"{site.printer}" has no address, which the law requires on a leaflet ({_LAW})',
            f"Write the printer's name and address, with commas: {_EXAMPLE}",
        )
    if not (site.imprint.promoter.strip() and site.imprint.address.strip()):
        yield _in_settings(
            lines.get("imprint.promoter") or 1,
            f"the imprint has no promoter with an address, which the law requires ({_LAW})",
            'Write promoter = "..." and address = "..." below [imprint].',
        )
    if _is_local(site.url):
        yield _in_settings(
            site.url_line or 1,
            "the site has no address yet, so a QR code would lead nowhere",
            'Write it below [site]: url = "https://..."',
        )


def _is_local(url: str) -> bool:
    host = host_of(url)
    return not host or is_this_computer(host)


def _in_settings(line: int, message: str, hint: str) -> Problem:
    return Problem(file="ward.toml", line=line, message=message, hint=hint, rule="missing-imprint")


def does_not_fit(
    site: Site, words: LeafletWords, paper: Paper, over: Overflow, private: Path
) -> ContentError:
    """What to tell the councillor about words that do not fit on their paper."""
    where = f"{'the side' if over.sides == 1 else f'the {over.sides} sides'} of {paper.words}"
    length = f"about {counted(over.lines, 'line')} ({over.excess:.0f} mm)"
    shorter = ["Shorten the text"]
    asks = any(is_asking(site, post) for post in words.posts)
    if words.sections:
        shorter.append("leave out a section")
        shorter += ['write "Pictures: no"'] if words.has_pictures else []
        shorter += ['write "QR codes: one"'] if words.has_codes else []
        shorter += ['write "Questions: no"'] if words.has_questions and asks else []
    shorter += ['write "Map: no"'] if words.has_map else []
    shorter += _larger(words, paper, over)
    hint = f"{', '.join(shorter[:-1])}, or {shorter[-1]}." if shorter[1:] else f"{shorter[0]}."
    line: int | None
    if isinstance(over.what, int):
        section = words.sections[over.what]
        line = section.line
        message = f'"{section.title}" does not fit on {where}: it is {length} too long'
        if over.what == len(words.sections) - 1 and not section.title:
            message = f"this text does not fit on {where}: it is {length} too long"
    elif over.what == "title":
        line = words.lines.get("Title", 1)
        message, hint = (
            f"the title is {length} too long for {paper.words}",
            "Shorten it, or the subtitle.",
        )
    elif over.what == "empty":
        return _too_little(words, paper, over, private)
    else:
        line = words.lines.get("Call to action", 1)
        message = (
            "the end of the leaflet, with the surgeries, the councillors and the imprint, does not "
            f"fit on {where}: it is {length} too long"
        )
    return _refused(words, line, message, hint, private)


def _larger(words: LeafletWords, paper: Paper, over: Overflow) -> list[str]:
    if words.sides == 1:
        return ['write "Sides: 2"']
    larger = {"A5": "A4", "A4": "fold" if over.sides > 1 else "A3"}.get(paper.name)
    return [f"choose SIZE={larger}"] if larger else []


def _too_little(words: LeafletWords, paper: Paper, over: Overflow, private: Path) -> ContentError:
    smaller = (
        "Add posts, or choose SIZE=A5." if paper.name == FOLD else 'Add posts, or write "Sides: 1".'
    )
    line = words.lines.get("Sides") or words.lines.get("Size") or 1
    message = f"there is too little text for the {over.sides} sides of {paper.words}"
    return _refused(words, line, message, smaller, private)


def _refused(
    words: LeafletWords, line: int | None, message: str, hint: str, private: Path
) -> ContentError:
    problem = Problem(
        file=words.file, line=line, message=message, hint=hint, rule="leaflet-overflow"
    )
    return ContentError([problem], private, _NOTHING)


def not_printable(words: LeafletWords, signs: str, private: Path) -> ContentError:
    """What to say about characters that no font of this computer can print."""
    try:
        lines = (private / words.file).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    line = next((number for number, one in enumerate(lines, 1) if signs in one), None)
    return _refused(
        words,
        line,
        f'"{signs}" cannot be printed: no font on this computer has it',
        "Remove it, or install a font that has it, such as one of the Noto fonts.",
        private,
    )
