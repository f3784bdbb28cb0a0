"""Check which HTML elements are inside which (https://html.spec.whatwg.org/), tag by tag."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.check.html_tokens import HtmlError, HtmlToken

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "li", "dt", "dd")
)  # fmt: skip
# Elements that can contain text and inline elements, but no blocks.
_OF_WORDS = frozenset(
    ("abbr", "b", "bdi", "button", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6",
     "i", "kbd", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
     "time", "u", "var", "font", "big", "tt", "strike", "label", "legend", "rt", "rp")
)  # fmt: skip
# Elements that can contain whatever their parent can contain.
_TRANSPARENT = frozenset(("a", "ins", "del", "video", "audio"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Elements whose end tag is optional.
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
# Elements that an end tag of another element cannot close.
_WALLS = frozenset(("td", "th", "caption", "table"))
_BY_ITSELF = "Leave a blank line above it and below it, so that it is on its own."


class Nesting:
    """Keeps the open elements while tags are read one after another."""

    def __init__(self) -> None:
        self._open: list[HtmlToken] = []
        # Blocks that implicitly ended a paragraph.
        self._cut: list[HtmlToken] = []

    def read(self, token: HtmlToken) -> Iterator[HtmlError]:
        if token.kind == "start":
            yield from self._start(token)
        elif token.kind == "end":
            yield from self._end(token)
        elif token.kind == "words" and token.name.strip() and self._top in _CHILDREN:
            yield HtmlError(
                f"there is text directly inside <{self._top}>",
                f"Put it into {_alternatives(_CHILDREN[self._top])}.",
                self._open[-1],
            )

    def finish(self) -> Iterator[HtmlError]:
        """The errors of elements that are still open at the end of the text."""
        for token in self._open:
            if token.name not in _OPTIONAL:
                yield _never_closed(token)

    @property
    def _top(self) -> str:
        return self._open[-1].name if self._open else ""

    def _start(self, token: HtmlToken) -> Iterator[HtmlError]:
        name = token.name
        while name in _ENDED_BY.get(self._top, ()) or (self._top == "p" and name in _BLOCKS):
            if self._open.pop().name == "p":
                self._cut.append(token)
        yield from self._misplaced(token)
        if token.is_self_closing and name not in _VOID:
            yield HtmlError(
                f"<{name}/> does not close itself in HTML", f"Write <{name}> and </{name}>."
            )
        elif name not in _VOID:
            self._open.append(token)

    def _misplaced(self, token: HtmlToken) -> Iterator[HtmlError]:
        name = token.name
        if name in _PARENTS and self._top not in _PARENTS[name]:
            yield HtmlError(
                f"<{name}> is outside {_alternatives(_PARENTS[name])}", "Move it inside."
            )
        elif self._top in _CHILDREN and name not in _CHILDREN[self._top]:
            yield HtmlError(
                f"<{name}> is inside <{self._top}>, but not inside "
                f"{_alternatives(_CHILDREN[self._top])}",
                "Move it inside.",
            )
        elif name in _BLOCKS and (ancestor := self._text_only_ancestor(name)):
            yield HtmlError(
                f"<{name}> is inside <{ancestor}>, which can only contain text", _BY_ITSELF
            )
        elif flaw := self._interactive_error(token):
            yield flaw

    def _text_only_ancestor(self, name: str) -> str:
        """The ancestor of a block that can only contain text; empty for none."""
        for token in reversed(self._open):
            if token.name in _OF_WORDS:
                return token.name
            if token.name == "summary":
                return "" if name in _HEADINGS else token.name
            if token.name not in _TRANSPARENT:
                return ""
        return ""

    def _interactive_error(self, token: HtmlToken) -> HtmlError | None:
        """The error of a control, such as a button, inside a link or button."""
        is_one = token.name in ("a", "button", "details", "input", "select", "textarea", "label")
        is_one = is_one or (token.name in ("audio", "video") and "controls" in token.attributes)
        ancestor = next((p.name for p in self._open if p.name in ("a", "button")), "")
        if not is_one or not ancestor:
            return None
        if ancestor == token.name == "a":
            return HtmlError(
                "a link is inside another link", "Write </a> before the second one begins."
            )
        return HtmlError(
            f"<{token.name}> is inside <{ancestor}>",
            "Move the inner one before or after the other.",
        )

    def _end(self, token: HtmlToken) -> Iterator[HtmlError]:
        name = token.name
        if name in _VOID:
            yield HtmlError(f"there is no </{name}> in HTML", f"Write <{name}>, or leave it out.")
            return
        at = self._opened(name)
        if at is None:
            if name == "p" and self._cut:
                cut = self._cut.pop()
                yield HtmlError(f"<{cut.name}> is in the middle of a paragraph", _BY_ITSELF, cut)
                return
            yield HtmlError(
                f"the text has </{name}> without a <{name}> before it",
                f"Remove it, or write <{name}> where it should begin.",
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


def _never_closed(token: HtmlToken) -> HtmlError:
    return HtmlError(
        f"<{token.name}> is opened and never closed",
        f"Write </{token.name}> where it ends.",
        token,
    )


def _alternatives(names: tuple[str, ...]) -> str:
    words = [f"<{name}>" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
