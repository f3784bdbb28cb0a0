"""Split the HTML of a text into tokens, as browsers do, and find the line of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from wardblog.model import Post
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# A start tag, end tag or declaration, but not an address or a lone less-than sign.
_HTML = late_regex(r"<(?!(?:https?|mailto|ftp|tel):|[^\s<>@]{1,80}@)[a-zA-Z/!?]")
_CODE = late_regex(
    r"^(?P<fence> {0,3}(?:`{3,}|~{3,}))[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?:^[ \t]*\n|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?=(?: {4}|\t)))+"
    r"|(?<![`\\])(?P<tick>`{1,8})(?!`)[^\n]*?(?:\n[^\n]+?){0,5}?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_NOTE = late_regex(r"<!--.*?-->", re.DOTALL)
_DOCTYPE, _START, _END, _EMPTY, _ERROR = 0, 3, 4, 5, 7
_WORDS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlToken:
    """A tag, a run of text or an error, and where it ends in the HTML.

    The name of an error is that of html5lib's table.
    """

    kind: str
    name: str
    end: int
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_self_closing: bool = False


@dataclass(frozen=True, slots=True)
class HtmlError:
    """An error in the HTML; `token` is the tag it is about, if not the current one."""

    message: str
    hint: str
    token: HtmlToken | None = None


def has_html(text: str) -> bool:
    """Whether a text contains HTML outside code."""
    return bool(_HTML.search(text)) and bool(_HTML.search(without_code(text)))


def without_code(text: str) -> str:
    """The text with code and comments replaced by spaces, so that positions stay the same."""
    if "<!--" in text:
        # Text after the last end of a comment cannot contain a whole one, and is not searched.
        end = text.rfind("-->") + len("-->")
        text = _NOTE.sub(_blank, text[:end]) + text[end:] if end > 2 else text
    return _CODE.sub(_blank, text) if "`" in text or "~~~" in text or _INDENTED in text else text


_INDENTED = "\n    "


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


@lru_cache(maxsize=2)
def tokenize(html: str) -> tuple[HtmlToken, ...]:
    """The tokens of the HTML, by the tokenizer of the standard (https://html.spec.whatwg.org/).

    The tokenizer is private, but html5lib is no longer changed, and its trees do not have
    positions. Several rules ask for the tokens of a post, one after the other.
    """
    return tuple(_tokenized(html))


def _tokenized(html: str) -> Iterator[HtmlToken]:
    # late import: see docs/architecture.md
    from html5lib._tokenizer import HTMLTokenizer

    starts = [0, *(match.end() for match in re.finditer("\n", html))]
    tokenizer = HTMLTokenizer(html)
    for token in tokenizer:
        line, column = tokenizer.stream.position()
        yield from _piece(token, starts[min(line, len(starts)) - 1] + column)


def _piece(token: Mapping[str, Any], end: int) -> Iterator[HtmlToken]:
    kind = token["type"]
    if kind in (_START, _EMPTY):
        closes = bool(token.get("selfClosing"))
        yield HtmlToken(
            kind="start",
            name=token["name"],
            end=end,
            attributes=dict(token["data"]),
            is_self_closing=closes,
        )
    elif kind == _END:
        yield HtmlToken(kind="end", name=token["name"], end=end)
    elif kind == _ERROR:
        yield HtmlToken(kind="error", name=token["data"], end=end)
    elif kind == _DOCTYPE:
        yield HtmlToken(kind="error", name="doctype", end=end)
    elif kind in _WORDS:
        yield HtmlToken(kind="words", name=token["data"], end=end)


class LineFinder:
    """Finds the source lines of HTML tokens."""

    def __init__(self, post: Post) -> None:
        self._html = post.raw
        self._first = post.body.line
        self._text = without_code(post.text)
        self._folded = self._text.casefold()
        self._ends = [match.end() for match in re.finditer("\n", self._text)]

    def of(self, token: HtmlToken) -> int:
        """The line of a tag, found by counting the same tags before it."""
        start = self._html.rfind("<", 0, token.end)
        written = self._html[max(start, 0) : token.end]
        before = self._html.count(written, 0, max(start, 0)) if written else 0
        at = -1
        for _ in range(min(before, 500) + 1):
            following = self._text.find(written, at + 1)
            if following < 0:
                break
            at = following
        return self.at(at) if at >= 0 else self._by_parts(token)

    def _by_parts(self, token: HtmlToken) -> int:
        """The line of a tag that Markdown changed or created."""
        slash = "/" if token.kind == "end" else ""
        parts = [f"<{slash}{token.name}", *(v for v in token.attributes.values() if len(v) > 2)]
        parts += [f"{name}=" for name in token.attributes if name not in ("href", "src")]
        parts += re.findall(r"\w+", re.sub(r"<[^>]*>", " ", self._html[token.end :][:80]))[:1]
        positions = (self._folded.find(part.casefold()) for part in parts)
        return self.at(next((at for at in positions if at >= 0), 0))

    def with_words(self, words: str) -> int:
        """The line where these words first occur, ignoring case, or the first line of the text."""
        return self.at(max(self._folded.find(words.casefold()), 0))

    def at(self, offset: int) -> int:
        return self._first + bisect_right(self._ends, offset)
