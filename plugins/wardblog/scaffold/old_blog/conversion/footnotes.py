"""Footnotes of old texts: a number that leads to a note, from which a link leads back to it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, Tag

from wardblog.scaffold.old_blog.conversion.tags import text_of, value_of
from wardblog.support.late_regex import late_regex

_NUMBER = late_regex(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[ivxa-z]{1,4})[\])]?")
_BACK = late_regex(
    r"[\s\xa0]*(?:[\[(]?(?:\d{1,3}|[ivx]{1,5})[\])]?\.?|↩\ufe0e?|↑|\^|⏎|🔝|back)?[\s\xa0]*",
    re.IGNORECASE,
)
# Names of notes, and of where they are mentioned, as the usual programs give them.
_NAME = late_regex(
    r"(?P<kind>fn|_ftn|_edn|footnote|easy-footnote)[-_:]?(?P<ref>ref)?[-_:]?(?P<number>.+)"
)
_MENTIONED = late_regex(r"<wardblog-note|#(?:fn|_ftn|_edn|footnote|easy-footnote)")
_OWN_NUMBER = late_regex(r"\s*(?:[\[(]\d{1,3}[\])]\.?|\d{1,2}\.?(?=\s|$))[\s\xa0]*")
_HOLDS = ("li", "p", "div", "dd", "aside", "section")


def may_have_notes(html: str) -> bool:
    return _MENTIONED.search(html) is not None


def take_footnotes(soup: BeautifulSoup) -> list[Tag]:
    """Take the notes out of a text, and leave `<wardblog-note number=...>` where each belongs.

    Only links that lead to each other are notes. Those that the text has in the place itself
    (`<wardblog-note>` with words) become notes as well.
    """
    notes: list[Tag] = []
    named = _named(soup)
    holders: dict[int, int] = {}
    by_name = _by_name(soup)
    links = [link for link in soup.find_all("a", href=True) if "#" in value_of(link, "href")]
    for link in links:
        if link.decomposed or not _NUMBER.fullmatch(text_of(link)):
            continue
        note = _note_of(link, named) or _note_by_name(link, by_name)
        if note is None:
            continue
        if id(note) not in holders:
            notes.append(note)
            holders[id(note)] = len(notes)
        _replace(soup, link, holders[id(note)])
    for note in notes:
        _take(note, named)
    for inline in soup.find_all("wardblog-note"):
        if inline.contents:
            _take_inline(soup, inline, notes)
    return notes


def _named(soup: BeautifulSoup) -> dict[str, Tag]:
    named: dict[str, Tag] = {}
    for attribute in ("id", "name"):
        for tag in soup.find_all(attrs={attribute: True}):
            named.setdefault(value_of(tag, attribute), tag)
    return named


def _target(link: Tag) -> str:
    return value_of(link, "href").rpartition("#")[2]


def _note_of(link: Tag, named: dict[str, Tag]) -> Tag | None:
    """The element that holds the words of a note, if a link in it leads back to `link`."""
    place = named.get(_target(link))
    if place is None:
        return None
    holder = place if place.name in _HOLDS else place.find_parent(list(_HOLDS))
    if not isinstance(holder, Tag) or holder in link.parents:
        return None
    own = {value_of(one, name) for one in _around(link) for name in ("id", "name")} - {""}
    for back in holder.find_all("a", href=True):
        if _target(back) in own:
            return holder
    return None


def _by_name(soup: BeautifulSoup) -> dict[str, Tag]:
    """Notes whose own names were lost, by the number in the link that leads back from them."""
    result: dict[str, Tag] = {}
    for link in soup.find_all("a", href=True):
        match = _NAME.fullmatch(_target(link))
        if match and match["ref"] and _BACK.fullmatch(text_of(link)):
            holder = link.find_parent("li") or link.find_parent(list(_HOLDS))
            if isinstance(holder, Tag):
                result.setdefault(match["number"], holder)
    return result


def _note_by_name(link: Tag, by_name: dict[str, Tag]) -> Tag | None:
    match = _NAME.fullmatch(_target(link))
    if match is None or match["ref"]:
        return None
    holder = by_name.get(match["number"])
    return holder if holder is not None and holder not in link.parents else None


def _around(link: Tag) -> list[Tag]:
    """A link, and what is around it or right before it and may have its name."""
    result = [link, *link.find_all(True)]
    parent = link.parent
    while isinstance(parent, Tag) and parent.name in ("sup", "span", "small", "a", "strong", "b"):
        result.append(parent)
        parent = parent.parent
    before = result[-1].previous_sibling if len(result) > 1 else link.previous_sibling
    if isinstance(before, Tag) and before.name in ("a", "span") and not text_of(before):
        result.append(before)
    return result


def _replace(soup: BeautifulSoup, link: Tag, number: int) -> None:
    whole = link
    while (
        isinstance(whole.parent, Tag)
        and whole.parent.name in ("sup", "span", "small")
        and text_of(whole.parent) == text_of(link)
    ):
        whole = whole.parent
    whole.replace_with(soup.new_tag("wardblog-note", attrs={"number": str(number)}))


def _take(note: Tag, named: dict[str, Tag]) -> None:
    """Take a note out of the text, without the links that lead back and without its number."""
    parent = note.parent
    for back in note.find_all("a", href=True):
        is_back = _target(back) in named or not text_of(back) or _NAME.fullmatch(_target(back))
        if is_back and _BACK.fullmatch(text_of(back)):
            back.decompose()
    for raised in note.find_all(["sup", "span"]):
        if not raised.decomposed and not raised.contents:
            raised.decompose()
    note.extract()
    _drop_number(note)
    while (
        isinstance(parent, Tag)
        and parent.name not in ("body", "[document]")
        and not text_of(parent)
    ):
        above = parent.parent
        parent.decompose()
        parent = above


def _drop_number(note: Tag) -> None:
    """Take away the number that a note begins with, which is written again."""
    for words in note.find_all(string=True):
        if not words.strip():
            continue
        if match := _OWN_NUMBER.match(words):
            words.replace_with(NavigableString(words[match.end() :]))
        return


def _take_inline(soup: BeautifulSoup, inline: Tag, notes: list[Tag]) -> None:
    note = soup.new_tag("div")
    for child in list(inline.contents):
        note.append(child)
    notes.append(note)
    before = inline.previous_sibling
    if isinstance(before, NavigableString) and before.endswith(" "):
        before.replace_with(NavigableString(before.rstrip()))
    inline.replace_with(soup.new_tag("wardblog-note", attrs={"number": str(len(notes))}))
