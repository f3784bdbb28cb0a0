"""Writes the blocks of an old text as Markdown, in the forms that our own posts have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString
from markdownify import MarkdownConverter

from wardblog.scaffold.old_blog.conversion import inline_text, literal, table_text
from wardblog.scaffold.old_blog.conversion.code_fences import fenced
from wardblog.scaffold.old_blog.conversion.leftovers import ELEMENT, Leftovers
from wardblog.scaffold.old_blog.conversion.link_targets import LinkTargets
from wardblog.scaffold.old_blog.conversion.tags import number_of, text_of, value_of
from wardblog.support.late_regex import late_regex

_AROUND_BREAK = late_regex(f" *{literal.BREAK}\n *")
_LANGUAGE = late_regex(r"(?:^|\s)(?:language-|lang-|brush:\s*|prettyprint\s+lang-)([\w+#-]+)")
_LINES = late_regex(r"^(?=.)", re.MULTILINE)
_HEADING = late_regex(r"h[1-6]")
# Inside of these Markdown has neither fences nor bars.
_NARROW = frozenset(("li", "blockquote", "dd", "note"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DEEPEST_HEADING = 6
# The lines in these are indented.
_HOLD_BLOCKS = frozenset(("ul", "ol", "dl", "blockquote"))
# HTML and marks that words are put between.
_AROUND: Mapping[str, tuple[str, str]] = {
    "strong": ("**", "**"),
    "del": ("<del>", "</del>"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "mark": ("<mark>", "</mark>"),
}


class BlockWriter(MarkdownConverter):
    """The library's converter, with a form of ours for each element that `Flow` gives."""

    def __init__(self, targets: LinkTargets, leftovers: Leftovers) -> None:
        super().__init__()
        self.targets, self._leftovers = targets, leftovers
        self._levels: dict[str, int] = {}

    def written(self, blocks: Sequence[Tag], inside: str = "") -> str:
        """Return the Markdown of blocks, with private characters for what is decided later.

        `inside` is the kind of block that they are in.
        """
        if not inside:
            self._levels = _levels(blocks)
        parents = {inside} if inside else set()
        return _joined([self.block(block, parents) for block in blocks])

    def block(self, block: Tag, parents: set[str]) -> str:
        text = self.process_tag(block, parent_tags=set(parents))
        if block.name == "pre":
            return text
        if block.name in _HOLD_BLOCKS:
            return text.strip("\n")
        return _AROUND_BREAK.sub(f"{literal.BREAK}\n", text.strip("\n "))

    # What the library calls.

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """Write an element; those of `_WHOLE` write what is in them themselves."""
        if whole := _WHOLE.get(node.name):
            return whole(self, node, parent_tags or set())
        text: str = super().process_tag(node, parent_tags)  # type: ignore[misc] # not in its types
        return text

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        return str(el) if parent_tags and "_noformat" in parent_tags else literal.held(str(el))

    def get_conv_fn(self, tag_name: str) -> Callable[..., str]:
        """Return what writes an element around the Markdown of what is in it."""
        if pair := _AROUND.get(tag_name):
            return lambda _el, text, **_: inline_text.around(text, *pair)
        write = _WITH_WORDS.get(tag_name)
        if write is None:
            return lambda _el, text, **_: text
        return lambda el, text, **_: write(self, el, text)

    # Elements by themselves.

    def line_break(self, _el: Tag, parents: set[str]) -> str:
        if "table" in parents:
            return "<br>"
        return " " if "_inline" in parents else f"{literal.BREAK}\n"

    def picture(self, el: Tag, _parents: set[str]) -> str:
        return "".join(self.targets.picture(value_of(el, "src"), value_of(el, "alt"), ""))

    def note_number(self, el: Tag, _parents: set[str]) -> str:
        return f"[^{value_of(el, 'number')}]"

    def leftover(self, el: Tag, _parents: set[str]) -> str:
        return self._leftovers.noted(number_of(el, "number"), self.targets.used)

    def gap(self, _el: Tag, _parents: set[str]) -> str:
        return "<!-- -->"

    def rule(self, _el: Tag, _parents: set[str]) -> str:
        return "---"

    # Blocks.

    def heading(self, el: Tag, text: str) -> str:
        name = value_of(el, "id")
        anchor = f" {{#{name}}}" if re.fullmatch(r"[\w-]+", name) else ""
        level = self._levels.get(el.name, _DEEPEST_HEADING)
        return f"{'#' * level} {_one_line(text)}{anchor}"

    def figure(self, el: Tag, parents: set[str]) -> str:
        """A picture in a paragraph of its own; below it, if it has links, its caption."""
        picture, caption = el.find("img"), el.find("figcaption")
        if not isinstance(picture, Tag):
            return ""
        words, below = "", ""
        if isinstance(caption, Tag) and caption.find("a"):
            below = f"\n\n{self.process_tag(caption, parent_tags=parents).strip()}"
        elif isinstance(caption, Tag):
            words = text_of(caption)
        marks, shown = self.targets.picture(
            value_of(picture, "src"), value_of(picture, "alt"), words
        )
        link = picture.parent
        if link is not None and link.name == "a" and shown.startswith("!"):
            target, more = self.targets.target(value_of(link, "href"))
            shown = f"{more}[{shown}]({target})"
        return f"{marks}{shown}{below}"

    def quotation(self, el: Tag, parents: set[str]) -> str:
        inner = self._inside(el, parents | {"blockquote"})
        return (
            "\n".join(f"> {line}" if line else ">" for line in inner.split("\n")) if inner else ""
        )

    def list(self, el: Tag, parents: set[str]) -> str:
        is_loose = any(_is_loose(item) for item in _tags(el))
        number = number_of(el, "start") or 1
        letters = value_of(el, "type") if not (parents or is_loose) else ""
        items: list[str] = []
        for item in _tags(el):
            parts = [self.block(child, parents | {"li"}) for child in _tags(item)]
            sign = _sign(el, number + len(items), letters)
            if any(parts):
                items.append(_item(sign, _joined(parts) if is_loose else "\n".join(parts)))
        return ("\n\n" if is_loose else "\n").join(items)

    def meanings(self, el: Tag, parents: set[str]) -> str:
        """A list of terms, each on a line above what it means."""
        groups: list[list[str]] = []
        for child in _tags(el):
            if child.name == "dt":
                words = _one_line(self.process_tag(child, parents | {"_inline"}))
                if not groups or len(groups[-1]) > 1:
                    groups.append([])
                groups[-1].append(words)
            else:
                inner = self._inside(child, parents | {"dd"})
                groups[-1].append(f":   {_LINES.sub('    ', inner).strip()}")
        return "\n\n".join("\n".join(group) for group in groups)

    def code_block(self, el: Tag, parents: set[str]) -> str:
        code = el.get_text().strip("\n")
        if parents & _NARROW:
            return _LINES.sub("    ", code)
        match = _LANGUAGE.search(value_of(el, "language"))
        return fenced(code, match[1] if match else "")

    def table(self, el: Tag, parents: set[str]) -> str:
        kind = value_of(el, "class")
        if kind == "html" or (parents & _NARROW and self.targets.context.is_old):
            for left in el.find_all(ELEMENT):
                left.replace_with(PreformattedString(self.leftover(left, set())))
            return table_text.as_html(self.targets, el)
        rows = [[self._cell(cell) for cell in _tags(row)] for row in _tags(el)]
        return table_text.piped(rows, has_heading=kind != "without-heading")

    def _cell(self, cell: Tag) -> str:
        parents = {"table", "_inline"}
        parts = [
            self.process_tag(child, set(parents))
            if isinstance(child, Tag)
            else literal.held(str(child))
            for child in cell.children
        ]
        return literal.with_bars_escaped(_one_line("".join(parts)))

    def _inside(self, el: Tag, parents: set[str]) -> str:
        return _joined([self.block(child, parents) for child in _tags(el)])


_WHOLE: Mapping[str, Callable[[BlockWriter, Tag, set[str]], str]] = {
    "br": BlockWriter.line_break,
    "img": BlockWriter.picture,
    "hr": BlockWriter.rule,
    "wardblog-gap": BlockWriter.gap,
    "wardblog-note": BlockWriter.note_number,
    ELEMENT: BlockWriter.leftover,
    "figure": BlockWriter.figure,
    "blockquote": BlockWriter.quotation,
    "ul": BlockWriter.list,
    "ol": BlockWriter.list,
    "dl": BlockWriter.meanings,
    "pre": BlockWriter.code_block,
    "table": BlockWriter.table,
}
_WITH_WORDS: Mapping[str, Callable[[BlockWriter, Tag, str], str]] = {
    "a": lambda writer, el, text: inline_text.link(writer.targets, el, text),
    "em": lambda _writer, el, text: inline_text.emphasised(el, text),
    "abbr": lambda _writer, el, text: inline_text.abbreviated(el, text),
    "code": lambda _writer, _el, text: inline_text.code(text),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockWriter.heading),
}


def notes_written(writer: BlockWriter, notes: Sequence[Sequence[Tag]]) -> str:
    """Return footnotes, each in the form `[^1]: words`."""
    texts = [writer.written(blocks, inside="note") for blocks in notes]
    return "\n\n".join(
        f"[^{number}]: {_LINES.sub('    ', text).strip()}"
        for number, text in enumerate(texts, start=1)
    )


def _tags(el: Tag) -> list[Tag]:
    return [child for child in el.children if isinstance(child, Tag)]


def _joined(blocks: Sequence[str]) -> str:
    """Blocks with a blank line between them; marks without words go to the next block."""
    result: list[str] = []
    waiting = ""
    for block in blocks:
        if not literal.without_marks(block)[0].strip():
            waiting += block.strip()
        else:
            result.append(waiting + block)
            waiting = ""
    if waiting:
        result[-1:] = ["".join(result[-1:]) + waiting]
    return "\n\n".join(result)


def _is_loose(item: Tag) -> bool:
    """Whether an item has more than a line of words and a list below it."""
    names = [child.name for child in _tags(item)]
    words = [name for name in names if name not in ("ul", "ol")]
    return len(words) > 1 or (len(names) > 1 and names[0] in ("ul", "ol"))


def _sign(el: Tag, number: int, letters: str) -> str:
    if el.name == "ul":
        return "- "
    counted = _ROMAN if letters in ("i", "I") else _LETTERS
    if not letters or len(_tags(el)) < 2 or number > len(counted):
        return f"{number}. "
    letter = counted[number - 1]
    return f"{letter.upper() if letters.isupper() else letter}) "


def _item(sign: str, text: str) -> str:
    return sign + _LINES.sub("    ", text)[4:]


def _levels(blocks: Sequence[Tag]) -> dict[str, int]:
    """The level of each kind of heading: the first is 2, since the title of the post is 1."""
    names = {block.name for block in blocks if _HEADING.fullmatch(block.name)}
    for block in blocks:
        if block.name in ("blockquote", "ul", "ol"):
            names |= {tag.name for tag in block.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])}
    return {name: min(2 + place, _DEEPEST_HEADING) for place, name in enumerate(sorted(names))}


def _one_line(text: str) -> str:
    return " ".join(text.replace(literal.BREAK, " ").split())
