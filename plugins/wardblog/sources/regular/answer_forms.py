"""Turns raw answers into XML, JSON or text, and refuses web pages and incomplete answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

from wardblog.report import ParseError
from wardblog.sources.ask import BusyError
from wardblog.text.decoding import clean_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS = re.compile(r"<[^<>]{0,500}>")
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE)
_OPEN_ANYWAY = (
    "Open the address in your browser to see what it says. Perhaps `url` in ward.toml is that of "
    "another page, your network asks you to log in first, or the service is being repaired."
)
_AGAIN = "Try again later."
_LONGEST_TEXT = 300


class CutOffError(ParseError):
    """An answer that ends too early, so it is worth another try."""


def whole(read: Callable[[bytes], object], host: str) -> Callable[[bytes], bytes]:
    """Return what keeps an answer that can be read, and asks again for one that is cut off."""

    def checked(answer: bytes) -> bytes:
        try:
            read(answer)
        except CutOffError:
            raise BusyError(
                f"{host} closed the connection before its answer was complete"
            ) from None
        return answer

    return checked


def parse_xml(answer: bytes) -> _Element:
    """Return the root of an XML answer; raises `ParseError`.

    Entities that a document declares are refused, and nothing is loaded from elsewhere.
    """
    # late import: see docs/architecture.md
    from lxml import etree

    refuse_pages(answer)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(answer.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(answer, str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ParseError("the answer has a document type of its own, so it is not read", _AGAIN)
    if local_name(root).casefold() == "html":
        raise _page()
    return root


def _not_xml(answer: bytes, reason: str) -> ParseError:
    if re.search(r"entit|huge|depth|doctype|dtd", reason, re.IGNORECASE):
        return ParseError("the answer is XML that could do harm, so it is not read", _AGAIN)
    if answer.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return CutOffError("the answer is cut off, or is not XML", _AGAIN)
    return ParseError("the answer is not XML", _OPEN_ANYWAY)


def local_name(element: _Element) -> str:
    """The name of an element without its namespace; "" for what is not an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_json(answer: bytes) -> Any:
    """Return what a JSON answer holds; raises `ParseError`."""
    refuse_pages(answer)
    text = answer.decode("utf-8-sig", errors="replace").strip()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if text[:1] in ("[", "{"):
            raise CutOffError("the answer is cut off", _AGAIN) from None
        raise ParseError("the answer is not JSON", _OPEN_ANYWAY) from None


def refuse_pages(answer: bytes) -> None:
    """Raise `ParseError` for a web page, and for an answer without anything in it."""
    beginning = answer[:2000].removeprefix(b"\xef\xbb\xbf")
    if not beginning.strip():
        raise CutOffError("the answer is empty", _AGAIN)
    if _PAGE.match(beginning):
        raise _page()


def _page() -> ParseError:
    return ParseError("this is a web page instead of data", _OPEN_ANYWAY)


def plain_text(written: str | None) -> str:
    """Return text from an answer in one line, without tags, and with its entities decoded."""
    text = clean_name(_TAGS.sub(" ", unescape(written or "")))
    return text[:_LONGEST_TEXT].strip()
