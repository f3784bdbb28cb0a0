"""Reads the councillor's file of a leaflet or poster, and checks all that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardblog.content.header.front_matter import HeaderLine
from wardblog.content.markdown.cleaning import cleaned
from wardblog.model import Post, Site
from wardblog.office.guard import problems_of
from wardblog.office.leaflet.choose import post_referred_to, reference_of, refuse_unpublished
from wardblog.office.leaflet.content import LeafletSection, LeafletWords
from wardblog.office.leaflet.nodes import NOT_SHOWN, left_out_of, nodes_of
from wardblog.office.leaflet.papers import FOLD, size_named
from wardblog.office.leaflet.words import FOLDER, LEAFLET_LINES, TextSection, sections_of
from wardblog.office.private_text import PrivateText, read_private_text
from wardblog.problems import ContentError, Problem, UsageError, did_you_mean, has_errors
from wardblog.report import ParseError, Report
from wardblog.support.urls import host_of, is_web_address

if TYPE_CHECKING:
    from wardblog.content.markdown.markup import Markup

# A longer one makes a code that phones can hardly read.
_LONGEST_ADDRESS = 300
_YES_NO = {"yes": True, "no": False, "": True}
_CODES = {"each": True, "one": False, "": True}
_MARKDOWN: dict[str, Any] = {"extension_configs": {"markdown.extensions.extra": {}}}


def read_words(
    site: Site, private: Path, name: str, lines: Mapping[str, bool], sizes: tuple[str, ...]
) -> tuple[LeafletWords, str, list[Problem]]:
    """The words in a file, the size that it asks for ("" if none), and warnings about the text.

    Raises `ContentError` with everything that is wrong.
    """
    file = f"{FOLDER}/{name}.md"
    report = Report(file)
    text = read_private_text(private / file, file, lines, report)
    if text is None:
        raise ContentError(report.problems, private)
    markup = _markup()
    words = _words(site, text, report, markup)
    size = _size(text, sizes, report)
    html = ""
    with report.at(text.body_line):
        html = cleaned(markup.html(text.body))
    problems = [*report.problems, *problems_of(site, text, html)]
    if has_errors(problems):
        raise ContentError(problems, private)
    return words, size, problems


def _markup() -> Markup:
    # late import: see docs/architecture.md
    from wardblog.content.markdown.markup import Markup

    return Markup(_MARKDOWN)


def _words(site: Site, text: PrivateText, report: Report, markup: Markup) -> LeafletWords:
    title = text.first("Title")
    if not title:
        report.stop(1, "there is no title", "Add a line such as: Title: News from your ward")
    sections = list(_sections(site, text, report, markup))
    if not sections and "Posts" in {entry.key for entry in text.entries}:
        report.stop(
            text.body_line,
            "there is nothing to print",
            "Write a heading that begins with ##, and a text below it.",
        )
    return LeafletWords(
        file=text.file,
        title=title,
        subtitle=text.first("Subtitle"),
        action=text.first("Call to action"),
        address=_address(site, text, report),
        sides=_sides(text, report),
        has_pictures=_choice(text, "Pictures", _YES_NO, report),
        has_codes=_choice(text, "QR codes", _CODES, report),
        has_map=_choice(text, "Map", _YES_NO, report),
        has_questions=_choice(text, "Questions", _YES_NO, report),
        sections=tuple(sections),
        lines={entry.key: entry.line for entry in text.entries},
    )


def _entry(text: PrivateText, key: str) -> HeaderLine:
    return next(iter(text.all(key)), HeaderLine(key, "", 1))


def _choice(text: PrivateText, key: str, choices: Mapping[str, bool], report: Report) -> bool:
    entry = _entry(text, key)
    found = choices.get(entry.value.casefold())
    if found is None:
        known = " or ".join(filter(None, choices))
        report.stop(entry.line, f'"{key}" cannot be "{entry.value}"', f"Write {known}.")
    return bool(found)


def _address(site: Site, text: PrivateText, report: Report) -> str:
    entry = _entry(text, "Address")
    if not entry.value:
        return site.absolute("")
    written = entry.value if "://" in entry.value else f"https://{entry.value}"
    is_good = is_web_address(written) and "." in host_of(written)
    is_good = is_good and len(written) <= _LONGEST_ADDRESS
    if not is_good or any(sign.isspace() for sign in written) or not written.isascii():
        report.stop(
            entry.line,
            f'"{entry.value}" is not the address of a page',
            f"Write one such as {site.absolute('')}",
        )
    return written


def _sides(text: PrivateText, report: Report) -> int | None:
    entry = _entry(text, "Sides")
    if not entry.value:
        return None
    is_folded = size_named(text.first("Size"), (FOLD,)) is not None
    if entry.value in (("4",) if is_folded else ("1", "2")):
        return int(entry.value)
    known = "A folded leaflet has 4" if is_folded else "Write 1 or 2"
    report.stop(
        entry.line,
        f'"Sides" cannot be "{entry.value}"',
        f"{known}, or leave it empty to use as many as the words need.",
    )
    return None


def _size(text: PrivateText, sizes: tuple[str, ...], report: Report) -> str:
    entry = _entry(text, "Size")
    if not entry.value:
        return ""
    found = size_named(entry.value, sizes)
    if found is None:
        report.stop(entry.line, f'"Size" cannot be "{entry.value}"', f"Write {' or '.join(sizes)}.")
    return found or ""


def _sections(
    site: Site, text: PrivateText, report: Report, markup: Markup
) -> Iterator[LeafletSection]:
    for section in sections_of(text):
        post = _post(site, section, report) if section.reference else None
        html = ""
        try:
            html = cleaned(markup.html(section.text))
        except ParseError as error:
            report.stop(section.line + (error.line or 1), error.message, error.hint)
        for name in left_out_of(html):
            what, hint = NOT_SHOWN[name]
            report.stop(section.line, f"a leaflet cannot show {what}", hint)
        title = " ".join(markup.words(section.title).split())
        yield LeafletSection(
            title=title or (post.title if post else ""),
            nodes=nodes_of(html),
            line=section.line,
            post=post,
        )


def _post(site: Site, section: TextSection, report: Report) -> Post | None:
    post = post_referred_to(site, section.reference)
    if post is None:
        known = (reference_of(site, one) for one in site.published)
        report.stop(
            section.line,
            f'there is no post called "{section.reference}"',
            did_you_mean(section.reference, known, "Remove the {#...} to keep the text alone."),
        )
        return None
    try:
        refuse_unpublished(post)
    except UsageError as error:
        report.stop(section.line, str(error), error.hint)
    return post


def posts_in(path: Path) -> frozenset[str]:
    """The posts that a leaflet's file was made from; empty if it cannot be read."""
    text = read_private_text(path, path.name, LEAFLET_LINES, Report(path.name))
    if text is None:
        return frozenset()
    found = (part.strip() for entry in text.all("Posts") for part in entry.value.split(","))
    return frozenset(filter(None, found))
