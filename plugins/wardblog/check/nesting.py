"""Which HTML elements may stand in which (https://html.spec.whatwg.org/), told tag by tag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardblog.check.html_tokens import HtmlToken

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "li", "dt", "dd")
)  # fmt: skip
# What holds words and what stands among words, but no blocks.
_OF_WORDS = frozenset(
    ("abbr", "b", "bdi", "button", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6",
     "i", "kbd", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
     "time", "u", "var", "font", "big", "tt", "strike", "label", "legend", "rt", "rp")
)  # fmt: skip
# What holds whatever may stand where it stands itself.
_TRANSPARENT = frozenset(("a", "ins", "del", "video", "audio"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What ends where its like begins or what it stands in ends, without a tag of its own.
_OPTIONAL = frozenset(
    ("li", "dt", "dd", "p", "rt", "rp", "option", "optgroup", "colgroup", "thead", "tbody", "tfoot",
     "tr", "td", "th")
)  # fmt: skip
_ENDED_BY = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "rt": frozenset(("rt", "rp")),
    "rp": frozenset(("rt", "rp")),
    "td": frozenset(("td", "th", "tr", "tbody", "thead", "tfoot")),
    "th": frozenset(("td", "th", "tr", "tbody", "thead", "tfoot")),
    "tr": frozenset(("tr", "tbody", "thead", "tfoot")),
    "thead": frozenset(("tbody", "tfoot")),
    "tbody": frozenset(("tbody", "tfoot")),
    "tfoot": frozenset(("tbody",)),
    "colgroup": frozenset(("thead", "tbody", "tfoot", "tr", "colgroup")),
}
_PARENTS = {
    "li": ("ul", "ol", "menu"),
    "dt": ("dl", "div"),
    "dd": ("dl", "div"),
    "td": ("tr",),
    "th": ("tr",),
    "tr": ("table", "tbody", "thead", "tfoot"),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "caption": ("table",),
    "colgroup": ("table",),
    "col": ("colgroup", "table"),
    "figcaption": ("figure",),
    "summary": ("details",),
    "source": ("audio", "video", "picture"),
    "track": ("audio", "video"),
    "rt": ("ruby",),
    "rp": ("ruby",),
}
_CHILDREN = {
    "ul": ("li",),
    "ol": ("li",),
    "menu": ("li",),
    "dl": ("dt", "dd", "div"),
    "table": ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
    "picture": ("source", "img"),
    "colgroup": ("col",),
}
# What an end tag of another never reaches through.
_WALLS = frozenset(("td", "th", "caption", "table"))
_BY_ITSELF = "Leave a blank line above it and below it, so that it stands by itself."


@dataclass(frozen=True, slots=True)
class HtmlError:
    """What is wrong, and the tag that it is about where that is an earlier one."""

    message: str
    hint: str
    piece: HtmlToken | None = None


class Nesting:
    """The elements that are open, as tag after tag is met."""

    def __init__(self) -> None:
        self._open: list[HtmlToken] = []
        # Blocks that ended a paragraph by beginning.
        self._cut: list[HtmlToken] = []

    def met(self, piece: HtmlToken) -> Iterator[HtmlError]:
        if piece.kind == "start":
            yield from self._begun(piece)
        elif piece.kind == "end":
            yield from self._ended(piece)
        elif piece.kind == "words" and piece.name.strip() and self._top in _CHILDREN:
            yield HtmlError(
                f"words stand between the parts of a <{self._top}>",
                f"Put them into {_alternatives(_CHILDREN[self._top])}.",
                self._open[-1],
            )

    def ended(self) -> Iterator[HtmlError]:
        """What the end of the text leaves open."""
        for piece in self._open:
            if piece.name not in _OPTIONAL:
                yield _never_closed(piece)

    @property
    def _top(self) -> str:
        return self._open[-1].name if self._open else ""

    def _begun(self, piece: HtmlToken) -> Iterator[HtmlError]:
        name = piece.name
        while name in _ENDED_BY.get(self._top, ()) or (self._top == "p" and name in _BLOCKS):
            if self._open.pop().name == "p":
                self._cut.append(piece)
        yield from self._misplaced(piece)
        if piece.is_self_closing and name not in _VOID:
            yield HtmlError(
                f"<{name}/> does not close itself in HTML", f"Write <{name}> and </{name}>."
            )
        elif name not in _VOID:
            self._open.append(piece)

    def _misplaced(self, piece: HtmlToken) -> Iterator[HtmlError]:
        name = piece.name
        if name in _PARENTS and self._top not in _PARENTS[name]:
            yield HtmlError(
                f"<{name}> stands outside {_alternatives(_PARENTS[name])}", "Put it into one."
            )
        elif self._top in _CHILDREN and name not in _CHILDREN[self._top]:
            yield HtmlError(
                f"<{name}> stands in <{self._top}>, outside {_alternatives(_CHILDREN[self._top])}",
                "Put it into one.",
            )
        elif name in _BLOCKS and (holder := self._holder(name)):
            yield HtmlError(f"<{name}> stands in <{holder}>, which holds words only", _BY_ITSELF)
        elif flaw := self._interactive_error(piece):
            yield flaw

    def _holder(self, name: str) -> str:
        """What a block stands in that holds words only, or nothing."""
        for piece in reversed(self._open):
            if piece.name in _OF_WORDS:
                return piece.name
            if piece.name == "summary":
                return "" if name in _HEADINGS else piece.name
            if piece.name not in _TRANSPARENT:
                return ""
        return ""

    def _interactive_error(self, piece: HtmlToken) -> HtmlError | None:
        """What a reader can press, in something else that can be pressed."""
        is_one = piece.name in ("a", "button", "details", "input", "select", "textarea", "label")
        is_one = is_one or (piece.name in ("audio", "video") and "controls" in piece.attributes)
        holder = next((p.name for p in self._open if p.name in ("a", "button")), "")
        if not is_one or not holder:
            return None
        if holder == piece.name == "a":
            return HtmlError(
                "a link stands in another link", "Close the first with </a> before it."
            )
        return HtmlError(f"<{piece.name}> stands in <{holder}>", "Put it before or after that.")

    def _ended(self, piece: HtmlToken) -> Iterator[HtmlError]:
        name = piece.name
        if name in _VOID:
            yield HtmlError(f"there is no </{name}> in HTML", f"Write <{name}>, or leave it out.")
            return
        at = self._opened(name)
        if at is None:
            if name == "p" and self._cut:
                cut = self._cut.pop()
                yield HtmlError(
                    f"<{cut.name}> stands in the middle of a paragraph", _BY_ITSELF, cut
                )
                return
            yield HtmlError(
                f"the text has </{name}> without a <{name}> before it",
                f"Take it out, or write <{name}> where that begins.",
            )
            return
        for inner in self._open[at + 1 :]:
            if inner.name not in _OPTIONAL:
                where = "in its paragraph" if name == "p" else f"before </{name}>"
                yield HtmlError(
                    f"<{inner.name}> is not closed {where}",
                    f"Write </{inner.name}> where it ends.",
                    inner,
                )
        del self._open[at:]

    def _opened(self, name: str) -> int | None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].name == name:
                return at
            if self._open[at].name in _WALLS and name not in _WALLS | {"tr", "tbody", "thead"}:
                return None
        return None


def _never_closed(piece: HtmlToken) -> HtmlError:
    return HtmlError(
        f"<{piece.name}> is opened and never closed",
        f"Write </{piece.name}> where it ends.",
        piece,
    )


def _alternatives(names: tuple[str, ...]) -> str:
    words = [f"<{name}>" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
