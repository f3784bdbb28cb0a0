"""Markdown that starts quickly, and does nothing that a text has no sign of.

It imports no more of its extensions than a text needs. Some of the library's patterns begin with a
look-behind or an alternative, so Python's `re` tries them at each character. A search for the sign
that each match must have takes a fraction of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from importlib import import_module
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.extra import extensions as of_extra
from markdown.inlinepatterns import HTML_RE
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from wardblog.content.markdown.lenient.typed import SIGN, SIGNS_OF_AN_ADDRESS
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OWN = "markdown.extensions."
# Groups of extensions that change nothing about a text in which these are not found. Those for
# code import Pygments, and with it the metadata of all installed packages.
_NEEDED_FOR: Mapping[str, re.Pattern[str]] = {
    "codehilite fenced_code": late_regex(r"```|~~~|    |\t|<pre|<code"),
    "footnotes attr_list tables abbr md_in_html": late_regex(r"\[\^|\{|\||\*\[|<"),
    "toc": late_regex(r"[#<]|\[TOC\]|[=-][ \t\r]*(?:\n|\Z)"),
}
_FOR_CODE = frozenset((f"{_OWN}codehilite", f"{_OWN}fenced_code"))
# With other options than these, an extension may find something in any text.
_HARMLESS = frozenset(("slugify", "use_align_attribute"))
# Patterns as the library writes them, with signs of which every match has at least one. A pattern
# that a later version writes in another way is used as it is.
SIGNS: Mapping[str, tuple[str, ...]] = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`",),
    r"(?<!\!)\[": ("[",),
    r"(^|\n)[ ]{0,3}>[ ]?(.*)": (">",),
    r"(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)": (": ",),
    r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)": ("#",),
    r"^.*?\n(?:=+|-+)[ ]*(\n|$)": ("\n=", "\n-"),
    SIGN: SIGNS_OF_AN_ADDRESS,
    r"\\(.)": ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),
    r"\!\[": ("![",),
    r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>": ("<",),
    r"<([^<> !]+@[^@<> ]+)>": ("<",),
    r"  \n": ("  \n",),
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": ("&",),
    r"\*|_": ("*", "_"),
    HTML_RE: ("<",),
}
# With these, a paragraph of plain words is shown as it is, whatever the others are.
_APART = frozenset(f"{_OWN}{name}" for name in (*of_extra, "extra", "sane_lists", "tables", "toc"))
# Only the cells of tables depend on this one's options.
_WITH_OPTIONS = f"{_OWN}tables"
# A paragraph of one line in which nothing is marked but bold words, words with stress and links.
# It begins like no list, and a full stop or colon in it is that of a sentence or a number; so no
# other pattern of the library or of ours can match.
_WORD = r"[a-zA-Z0-9\u00c0-\u024f ,;?()\"'“”‘’…–—£€%/+-]+|!(?!\[)|\.(?!\w)|(?<=\d)\.(?=\d)|:(?!/)"
_STARS = r"(?:(?<= )|\A){0}(?=\w)(?:" + _WORD + r")++(?<=[\w.?!:,]){0}(?=[ .,;:?)]|\Z)"
_LINK = r"\[\w(?:" + _WORD + r")*+\]\(https?://[a-zA-Z0-9][a-zA-Z0-9./-]*\)"
_PLAIN = late_regex(
    r"(?!\d+\.)(?=[\w(\"'“‘£*\[])(?:"
    + "|".join((_WORD, _LINK, _STARS.format(r"\*\*"), _STARS.format(r"\*")))
    + r")*+(?<! )"
)
_PLAIN_LINK = late_regex(r"\[([^\]]*)\]\(([^)]*)\)")
_BOLD, _STRESSED = late_regex(r"\*\*([^*]*)\*\*"), late_regex(r"\*([^*]*)\*")
# Stands for such paragraphs while the others are converted; Unicode keeps it free for such uses.
PLAIN = "\ufdd2"
# Where a text has one of these, what a paragraph is may depend on another one.
_REACHES_FAR = ("<", "```", "~~~", "*[", "\n:", " :", "\t", "\x02", "\x03", PLAIN)


def unneeded_for(text: str) -> frozenset[str]:
    """The extensions that would find nothing to do in a text."""
    if "\x02" in text or "\x03" in text:  # which the library takes out
        return frozenset()
    groups = [names for names, signs in _NEEDED_FOR.items() if not signs.search(text)]
    return frozenset(f"{_OWN}{name}" for names in groups for name in names.split())


class Converter(Markdown):
    """The library's converter, without its search for extensions of other packages.

    It leaves out the `unneeded` ones of its own extensions.
    """

    def __init__(self, unneeded: Set[str], **options: Any) -> None:
        self._unneeded = unneeded
        super().__init__(**options)
        self.treeprocessors.register(QuickInlines(self), "inline", 20)

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        """Import an extension that is named by its module; the library looks for any other."""
        name = _full(ext_name)
        if not name.startswith(_OWN) or ":" in name:
            return super().build_extension(ext_name, configs)
        if name in self._unneeded and (name in _FOR_CODE or configs.keys() <= _HARMLESS):
            return _NoExtension()
        extension: Extension = import_module(name).makeExtension(**configs)
        return extension


class _NoExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's own name
        """Leave the converter as it is."""


def _full(name: str) -> str:
    return f"{_OWN}{name}" if name in of_extra else name


def has_plain_paragraphs(extensions: Iterable[str], options: Mapping[str, Any]) -> bool:
    """Whether plain paragraphs need not be converted with these extensions and their options."""
    return all(
        _full(name) in _APART and (not options.get(name) or name == _WITH_OPTIONS)
        for name in extensions
    )


def without_plain(text: str) -> tuple[str, list[str]]:
    """A text with one sign for each run of plain paragraphs, and these runs as HTML."""
    runs: list[str] = []
    if any(sign in text for sign in _REACHES_FAR) or text.count("&") != text.count("& "):
        return text, runs
    blocks: list[str] = []
    run: list[str] = []
    inner = text.strip("\n")
    for block in (*inner.split("\n\n"), ""):
        if "_" not in block and _PLAIN.fullmatch(block):
            run.append(_as_html(block))
            continue
        if run:
            runs.append("<p>" + "</p>\n<p>".join(run) + "</p>")
            blocks.append(PLAIN)
            run = []
        blocks.append(block)
    before = text[: text.find(inner)]
    return before + "\n\n".join(blocks), runs


def _as_html(block: str) -> str:
    """The HTML of a plain paragraph, without its own tag."""
    if "[" in block:
        block = _PLAIN_LINK.sub(r'<a href="\2">\1</a>', block)
    if "*" in block:
        block = _STRESSED.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", block))
    return block


def with_plain(html: str, runs: Sequence[str]) -> str | None:
    """The HTML with the runs in the place of their signs; None if they are not all there."""
    parts = html.split(f"<p>{PLAIN}</p>")
    if len(parts) != len(runs) + 1 or html.count(PLAIN) != len(runs):
        return None
    return "".join(piece for pair in zip(parts, (*runs, ""), strict=True) for piece in pair)


class QuickPattern:
    """A compiled pattern that is only tried on texts with one of its signs."""

    def __init__(self, pattern: re.Pattern[str], signs: tuple[str, ...]) -> None:
        self._pattern, self._signs = pattern, signs

    def _may_match(self, text: str) -> bool:
        return any(sign in text for sign in self._signs)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if self._may_match(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text, start) if self._may_match(text) else iter(())


class QuickInlines(InlineProcessor):
    """The library's reader of what is within paragraphs, which tries only what may match."""

    # Private in the library: a version that calls it otherwise has to be looked at.
    _apply = vars(InlineProcessor)["_InlineProcessor__applyPattern"]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns = [(one, getattr(one, "pattern", "")) for one in self.inlinePatterns]
        self._tried = [(one, SIGNS.get(written, ("",))) for one, written in patterns]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Put the patterns to a text, from the one with this number on."""
        number, start = patternIndex, 0
        while number < len(self._tried) and not isinstance(data, AtomicString):
            pattern, signs = self._tried[number]
            is_found = False
            for sign in signs:
                if sign in data:
                    data, is_found, start = self._apply(pattern, data, number, start)
                    break
            if not is_found:
                number, start = number + 1, 0
        return data


def quicken(converter: Markdown) -> None:
    """Put the sign before each of a converter's patterns that has one."""
    for inline in converter.inlinePatterns:
        _quicken(inline, "compiled_re", getattr(inline, "pattern", ""))
    for block in converter.parser.blockprocessors:
        expression = getattr(block, "RE", None)
        if isinstance(expression, re.Pattern):
            _quicken(block, "RE", expression.pattern)


def _quicken(processor: Any, name: str, written: str) -> None:
    if signs := SIGNS.get(written):
        setattr(processor, name, QuickPattern(getattr(processor, name), signs))
