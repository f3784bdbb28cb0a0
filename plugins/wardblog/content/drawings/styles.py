"""Cleans the CSS of a drawing: escapes are decoded, and only known properties are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.content.drawings.allowed import FUNCTIONS, PROPERTIES
from wardblog.support.late_regex import late_regex

# An escape stands for a character (https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point).
_ESCAPE = late_regex(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\s\S]))|\\\Z")
_COMMENT = late_regex(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_TOKEN = late_regex(
    r"""(?P<local>[uU][rR][lL]\(\s*+(?:\#[^\s"'()\\<>]+|"\#[^"()\\<>\n]+"|'\#[^'()\\<>\n]+')\s*\))
    | (?P<name>[a-zA-Z][\w-]*\()
    | "[^"\\<>\n]*" | '[^'\\<>\n]*'
    | [\w-]+ | [%+*/,.!\#)]+ | \s+""",
    re.VERBOSE,
)
_BRACE = late_regex(r"[{}]")
_SELECTOR = late_regex(r"[\w\s.#,>+~*:()\[\]=\"'^$|-]+")
_MEDIA = late_regex(r"@media[\w\s:(),.-]+", re.IGNORECASE)
# What fetches: `@import`, or an address that is not one of a part of the same drawing.
_FETCHES = late_regex(
    r"""(@import) | (?P<url>url|src|image|image-set|-webkit-image-set|cross-fade)\(\s*+["']?\s*+
    (?!["'\#]|data:image/|data:font/|data:application/)[^\s"')]""",
    re.IGNORECASE | re.VERBOSE,
)
_RUNS = late_regex(
    r"(expression)\(|(javascript):|(-moz-binding)|(?<![\w-])(behavior)\s*+:", re.IGNORECASE
)
# Values with none of these can neither call, fetch nor hide anything.
_TELLING = late_regex(r"[(\\:@]")


def decoded(text: str) -> str:
    """Return CSS without comments, and with its escapes decoded."""
    return _ESCAPE.sub(_character, _COMMENT.sub("", text)) if "\\" in text or "/*" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        code = int(escape[1], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if escape[2] in (None, "\n", "\r\n", "\f", "\r") else escape[2]


def harm_in_style(text: str) -> str:
    """Return what in a style or attribute value runs code or loads something, or ""."""
    if not _TELLING.search(text):
        return ""
    plain = decoded(text)
    found = _FETCHES.search(plain) or _RUNS.search(plain)
    return next((word for word in found.groups() if word), "") if found else ""


def safe_value(text: str) -> str | None:
    """Return a value with its escapes decoded; None if it is not allowed."""
    if not _TELLING.search(text):
        return text
    plain, at = decoded(text), 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None or (token["name"] and token["name"][:-1].lower() not in FUNCTIONS):
            return None
        at = token.end()
    return plain


def safe_style(text: str) -> str:
    """Return the allowed declarations of a `style` attribute or of a rule."""
    return "; ".join(_declarations(decoded(text)))


def _declarations(text: str) -> Iterator[str]:
    for part in _divided(text, ";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in PROPERTIES and value and "{" not in value and "}" not in value:
            kept = safe_value(value)
            if kept is not None and "\\" not in kept and ";" not in kept:
                yield f"{name}: {kept}"


def _divided(text: str, sign: str) -> Iterator[str]:
    """The text between these signs, but for those inside of quotation marks and brackets."""
    depth, quote, start = 0, "", 0
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(depth - 1, 0)
        elif letter == sign and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def safe_sheet(text: str) -> str:
    """Return the allowed rules of a `<style>`, including those inside `@media`."""
    return "\n".join(_rules(decoded(text), 0))


def _rules(text: str, depth: int) -> Iterator[str]:
    at = 0
    while (start := text.find("{", at)) >= 0:
        end = _closing(text, start)
        before = text[at:start].rsplit(";", 1)[-1].strip()
        inside = text[start + 1 : end]
        at = end + 1
        if before.startswith("@"):
            inner = "\n".join(_rules(inside, depth + 1)) if depth == 0 else ""
            if inner and _MEDIA.fullmatch(before):
                yield f"{before} {{\n{inner}\n}}"
        elif _SELECTOR.fullmatch(before) and (kept := "; ".join(_declarations(inside))):
            yield f"{before} {{ {kept} }}"


def _closing(text: str, start: int) -> int:
    """Where the brace that opens here is closed, or the end of the text."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(text)
