"""Where the links and pictures of an old text lead in the new one, and what is noted about them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeVar
from urllib.parse import quote

from wardblog.scaffold.old_blog.conversion import literal
from wardblog.scaffold.old_blog.conversion.converted import (
    Converted,
    Note,
    NoteKind,
    TextContext,
    UsedLink,
    UsedPicture,
)
from wardblog.scaffold.old_blog.conversion.old_addresses import (
    is_picture_address,
    is_upload_address,
    without_tracking,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import short_host, split_url

_Found = TypeVar("_Found")

_SAFE = "/%:@!$&'+,;=~?#()-._[]"
_PAIR = late_regex(r"\[(?!TOC\])[\w ,.;!?'’-]*\](?![(\[:])")
# Places that only the old site had on its pages.
_GONE = late_regex(r"comments?(?:-|$)|respond$|more-\d+$|top$|content$|idc-|disqus")
_MARKUP = late_regex(r"<(?=[a-zA-Z/!?])|&(?=[#\w]+;)")


@dataclass(slots=True)
class Used:
    """What a text shows, links to and leaves out, each with the number of its mark in the text."""

    pictures: list[tuple[int, UsedPicture]] = field(default_factory=list)
    links: list[tuple[int, tuple[str, str]]] = field(default_factory=list)
    notes: list[tuple[int, tuple[NoteKind, str]]] = field(default_factory=list)
    _count: int = 0

    def note(self, kind: NoteKind, words: str) -> str:
        number = self._next()
        self.notes.append((number, (kind, words)))
        return literal.mark(number)

    def link(self, address: str, file: str) -> str:
        number = self._next()
        self.links.append((number, (address, file)))
        return literal.mark(number)

    def picture(self, picture: UsedPicture) -> str:
        number = self._next()
        self.pictures.append((number, picture))
        return literal.mark(number)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def finished(self, markdown: str) -> Converted:
        """Return the Markdown with plain characters, and what it shows with its lines."""
        text, lines = literal.without_marks(markdown.strip("\n"))
        text = literal.written(text).strip("\n")
        return Converted(
            text=f"{text}\n" if text else "",
            pictures=tuple(
                replace(picture, line=lines[number])
                for number, picture in _in_order(self.pictures, lines)
            ),
            links=tuple(
                UsedLink(address, file, lines[number])
                for number, (address, file) in _in_order(self.links, lines)
            ),
            notes=tuple(
                Note(lines[number], kind, words)
                for number, (kind, words) in _in_order(self.notes, lines)
            ),
        )


def _in_order(
    found: Iterable[tuple[int, _Found]], lines: Mapping[int, int]
) -> list[tuple[int, _Found]]:
    """What is in the text, in the order of its lines."""
    return sorted(
        (one for one in found if one[0] in lines), key=lambda one: (lines[one[0]], one[0])
    )


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """The new addresses of what an old text links to and shows."""

    context: TextContext
    used: Used

    def relative(self, file: str) -> str:
        """Return the path of a content file from the new text, or a path of the site as it is."""
        if file.startswith(("/", "http:", "https:", "#")):
            return file
        path = posixpath.relpath(file, posixpath.dirname(self.context.file) or ".")
        return quote(path, safe=_SAFE)

    def target(self, address: str) -> tuple[str, str]:
        """Return the new address of a link, and the marks of what is noted about it."""
        addresses = self.context.addresses
        if address.startswith("#"):
            return address, ""
        if address.startswith("content:"):
            return self.relative(address.removeprefix("content:")), ""
        absolute = addresses.absolute(address)
        parts = split_url(absolute)
        if parts is None or parts.scheme not in ("http", "https", ""):
            return encoded(absolute), ""
        is_upload = is_picture_address(absolute) or is_upload_address(absolute)
        is_gone = _GONE.match(parts.fragment)
        fragment = "" if not parts.fragment or is_gone else f"#{parts.fragment}"
        file = addresses.post(absolute)
        if not file and is_upload:
            file, fragment = addresses.picture(absolute), ""
        if fragment and file == self.context.file:
            return fragment, ""
        marks = self.used.link(absolute, file)
        if file:
            return self.relative(file) + fragment, marks
        if addresses.is_own(absolute):
            marks += self.used.note("upload" if is_upload else "link", absolute)
        return encoded(without_tracking(absolute)), marks

    def picture(self, address: str, alt: str, caption: str) -> tuple[str, str]:
        """Return the marks of a picture, and its Markdown.

        One without a file is a link to where it was.
        """
        addresses = self.context.addresses
        full, file = addresses.full(address), addresses.picture(address)
        if not alt and (known := addresses.attachment(address)) is not None:
            alt = " ".join(known.alt.split())
        used = UsedPicture(address=full, file=file, alt=alt, caption=caption, line=0)
        marks = self.used.picture(used)
        if file:
            title = f" {_quoted(caption)}" if caption else ""
            return marks, f"![{balanced(literal.held(alt))}]({self.relative(file)}{title})"
        marks += self.used.note("picture", full)
        words = literal.held(alt or caption or f"Picture on {short_host(full) or 'the old site'}")
        below = f"\n\n{literal.held(caption)}" if alt and caption not in ("", alt) else ""
        return marks, f"[{balanced(words)}]({encoded(full)}){below}"


def encoded(address: str) -> str:
    """Return an address without what would end it in Markdown."""
    address = quote(address.strip(), safe=_SAFE)
    if address.count("(") != address.count(")"):
        address = address.replace("(", "%28").replace(")", "%29")
    return address.replace("[", "%5B").replace("]", "%5D")


def balanced(words: str) -> str:
    """Return words for square brackets, with their own escaped unless these are simple pairs."""
    rest = _PAIR.sub("", literal.plain_words_of(words))
    return literal.with_brackets_escaped(words) if "[" in rest or "]" in rest else words


def attribute(words: str) -> str:
    """Return words as the value of an attribute in HTML."""
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _quoted(caption: str) -> str:
    """A caption in quotation marks that it does not have itself."""
    words = _MARKUP.sub(lambda sign: "&lt;" if sign[0] == "<" else "&amp;", caption)
    if '"' not in words:
        return f'"{words}"'
    return f"'{words}'" if "'" not in words else f'"{words.replace(chr(34), "&quot;")}"'
