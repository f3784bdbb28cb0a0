"""What a post or page was on an earlier site: its addresses there, and its id in feeds."""

from __future__ import annotations

from urllib.parse import quote, unquote, unquote_to_bytes

from wardblog.model.addresses import split_query
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean

# The limits of file systems, in bytes: 255 for a name, less room for its ending, and the path.
_LONGEST_STEP, _LONGEST_ADDRESS = 200, 1000
_LONGEST_GUID = 1000
_PATH = late_regex(r"/[^\s?#\\]*")
_QUERY = late_regex(r"\w+=(?:[\w.~+,:-]|%[0-9A-Fa-f]{2})*(?:&\w+=(?:[\w.~+,:-]|%[0-9A-Fa-f]{2})*)*")
_PLAIN_PATH = late_regex(r"[A-Za-z0-9/._~-]+")


def parse_old_address(written: str) -> str:
    """An old address in its one form, such as `/old/café/` or `/?p=123`; raises `ParseError`.

    The percent signs of its path are decoded. A query keeps them, and its parts are sorted.
    """
    path, mark, query = written.strip().partition("?")
    text = unquote(path)
    is_one = _has_query_form(path, query) if mark else text != "/"
    if not is_one or not _is_path(path, text):
        raise ParseError(
            f'"{unquote(written.strip())}" is not an old address of this site',
            'Begin it with a slash: "/old/address/" or "/?p=123".',
        )
    longest = max(len(step.encode()) for step in text.split("/"))
    if longest > _LONGEST_STEP or len(text.encode()) + len(query) > _LONGEST_ADDRESS:
        raise ParseError(
            f"an old address of {len(text) + len(query):,} letters is too long for a file",
            "No browser can open an address of that length. Remove it.",
        )
    return f"{text}?{_in_order(query)}" if mark else text


def _is_path(written: str, text: str) -> bool:
    """Whether it can be the path of an old address; `text` is its decoded form."""
    if not _PATH.fullmatch(written) or "\\" in text or clean(text) != text or split_query(text)[1]:
        return False  # an escaped question mark must not look like a query
    steps = text.removeprefix("/").removesuffix("/").split("/")
    return text == "/" or (all(steps) and not any(step.startswith(".") for step in steps))


def _has_query_form(path: str, query: str) -> bool:
    """Whether servers can look up a query of this path: names differ, and no character is odd."""
    names = [pair.partition("=")[0] for pair in query.split("&")]
    is_plain = _PLAIN_PATH.fullmatch(path) and _QUERY.fullmatch(query) and query.isascii()
    return bool(is_plain) and len(set(names)) == len(names)


def _in_order(query: str) -> str:
    """The query with its parts sorted by name, and only the necessary escapes, in capitals."""
    pairs = (pair.partition("=") for pair in sorted(query.split("&")))
    return "&".join(
        f"{name}={quote(unquote_to_bytes(value), safe='.~+,:-')}" for name, _, value in pairs
    )


def parse_guid(written: str) -> str:
    """The id that an earlier site's feeds gave to a post, unchanged; raises `ParseError`."""
    text = written.strip()
    if clean(text) != text or len(text) > _LONGEST_GUID:
        raise ParseError(
            f'"{text[:40]}" cannot be the id of a post in a feed',
            "Copy it from the old feed: <guid> in RSS, <id> in Atom.",
        )
    return text
