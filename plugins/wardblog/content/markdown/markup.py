"""Converts Markdown to HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wardblog.content.markdown.finishing import finished
from wardblog.content.markdown.limits import refuse_deep, refuse_endless
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

if TYPE_CHECKING:
    from markdown import Markdown

    from wardblog.content.markdown.lenient.lines import Unclear

_COMMENT = late_regex(r"<!--.*?-->\n?", re.DOTALL)
_FOOTNOTE = late_regex(r"\[\^[^\]\s]+\]")
_TOC = "markdown.extensions.toc"


class Markup:
    """Renders texts with the same Markdown settings (Pelican's MARKDOWN)."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        # late import: see docs/architecture.md
        from wardblog.content.markdown.lenient import as_meant

        self._as_meant = as_meant
        given = settings.get("extension_configs", {})
        configs = dict(given)
        if _TOC in configs:
            configs[_TOC] = {"slugify": _anchor, **configs[_TOC]}
        extensions = [*settings.get("extensions", ()), *configs]
        # The header is read by us, so that a text may begin with words and a colon.
        unwanted = ("markdown.extensions.meta", "meta")
        self._extensions = [e for e in dict.fromkeys(extensions) if e not in unwanted]
        self._given, self._configs = given, configs
        self._converters: dict[frozenset[str], Markdown] = {}
        self._has_plain: bool | None = None

    def _converter(self, text: str) -> Markdown:
        """The converter for a text, as it was before any other text."""
        # late import: see docs/architecture.md
        from wardblog.content.markdown.converter import Converter, quicken, unneeded_for
        from wardblog.content.markdown.lenient.typed import AsTyped

        unneeded = unneeded_for(text)
        if unneeded not in self._converters:
            converter = Converter(
                unneeded,
                extensions=[*self._extensions, AsTyped()],
                extension_configs=self._configs,
                output_format="html",
            )
            quicken(converter)
            self._converters[unneeded] = converter
        return self._converters[unneeded].reset()

    def html(self, text: str) -> str:
        """Return HTML without comments, which are councillors' notes to themselves.

        Raises `ParseError` for a text that is nested too deeply for Markdown; its line, if any, is
        counted from the start of the text.
        """
        return self.read(text)[0]

    def read(self, text: str) -> tuple[str, tuple[Unclear, ...]]:
        """Return HTML as `html` does, with the passages that are ambiguous."""
        refuse_endless(text)
        meant, doubts = self._as_meant(text)
        return self._html(meant), doubts

    def _html(self, text: str) -> str:
        # late import: see docs/architecture.md
        from wardblog.content.markdown.converter import (
            PLAIN,
            has_plain_paragraphs,
            with_plain,
            without_plain,
        )

        if self._has_plain is None:
            self._has_plain = has_plain_paragraphs(self._extensions, self._given)
        others, runs = without_plain(text) if self._has_plain else (text, ())
        if len(runs) == 1 and others.strip("\n") == PLAIN:
            return runs[0]
        html = with_plain(self._converted(others), runs) if runs else None
        return self._converted(text) if html is None else html

    def _converted(self, text: str) -> str:
        converter = self._converter(text)
        try:
            html = finished(_COMMENT.sub("", converter.convert(text)).strip())
            refuse_deep(html)
            return html
        except RecursionError:
            raise ParseError(
                "the lists or quotations of this text are nested too deeply to be read",
                "Remove the indentation, or the long run of asterisks or brackets.",
            ) from None

    def words(self, text: str) -> str:
        """Return the plain text of a line of Markdown, without footnote marks."""
        text = _FOOTNOTE.sub("", text)
        return plain(self.html(text)) if re.search(r"[*_`\[<&\\]", text) else text


def _anchor(heading: str, separator: str) -> str:
    """Where a heading can be linked to; not where the theme's own parts are, such as the map."""
    from markdown.extensions.toc import slugify

    anchor = slugify(heading, separator)
    return f"about-{anchor}" if anchor.startswith("ward-") else anchor


def has_unclosed_comment(html: str) -> bool:
    """Whether the HTML has the start of a comment that is not closed, except in code."""
    if "!" not in html:
        return False
    words = re.sub(r"<(code|pre)\b.*?</\1>", "", html, flags=re.DOTALL)
    return bool(re.search(r"(?:<|&lt;|‹)!(?:--|[—–])", words))
