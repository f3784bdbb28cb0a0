"""Lists of word processors, in which each item says its level, as lists inside of lists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from wardblog.preview.editor.paste.lines import joined
from wardblog.preview.editor.paste.look import Style, is_hidden
from wardblog.scaffold.old_blog.conversion.tags import number_of, text_of, value_of
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.preview.editor.paste.reader import PastedHtml, PasteReader

_LEVEL = late_regex(r"\blevel(\d)\b")
_NUMBER = late_regex(r"\(?(?:\d{1,3}\.)*(\d{1,4})[.):]?")
_LETTER = late_regex(r"\(?([A-Za-z]{1,4})[.)]")
_ROMAN = late_regex(r"[ivx]+")
_IGNORED = late_regex(r"mso-list\s*:\s*ignore")
_IS_O = "o"


def mark_of(tag: Tag, style: Style) -> dict[str, str]:
    """What a paragraph of Word says of its place in a list; nothing if it is in none."""
    if not (match := _LEVEL.search(style.get("mso-list", ""))):
        return {}
    mark = next(
        (
            text_of(span)
            for span in tag.find_all("span", style=True)
            if _IGNORED.search(" ".join(value_of(span, "style").lower().split()))
        ),
        "",
    )
    return {"level": match[1], **_kind(mark)}


def _kind(mark: str) -> dict[str, str]:
    if match := _NUMBER.fullmatch(mark):
        return {"kind": "ol", "start": match[1]}
    match = _LETTER.fullmatch(mark)
    if match is None or mark == _IS_O:
        return {"kind": "ul"}
    letters = match[1]
    is_roman = _ROMAN.fullmatch(letters.lower()) and (len(letters) > 1 or letters in "iI")
    kind = "i" if is_roman else "a"
    number = (
        _ROMANS.index(letters.lower()) + 1
        if is_roman and letters.lower() in _ROMANS
        else (ord(letters[0].lower()) - ord("a") + 1)
    )
    return {"kind": "ol", "start": str(number), "type": kind.upper() if letters.isupper() else kind}


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def read_list(reader: PasteReader, tag: Tag) -> list[Tag]:
    """Read a list, or the items of one that say their level, as paragraphs of these."""
    items = _items(reader.source, tag)
    levels = [_level_of(reader, item) for item in items]
    if any(levels):
        return [block for item in items for block in _as_paragraphs(reader, tag, item)]
    result = reader.source.new(tag.name)
    if (start := number_of(tag, "start")) is not None:
        result["start"] = str(start)
    last: Tag | None = None
    for item in items:
        blocks = read_list(reader, item) if item.name in ("ul", "ol") else reader.inside(item)
        blocks = finished(reader.source, blocks)
        if item.name in ("ul", "ol") and last is not None:
            last.extend(blocks)
        elif blocks:
            last = reader.source.new("li", without_table_first(reader.source, blocks))
            result.append(last)
    return [result] if result.contents else []


def _items(source: PastedHtml, tag: Tag) -> list[Tag]:
    """The items of a list that one sees; words between them are an item too."""
    items: list[Tag] = []
    for is_item, group in groupby(list(tag.children), _is_item):
        children = list(group)
        if not is_item and any(map(is_words, children)):
            items.append(source.new("li", children))
        else:
            items += [child for child in children if isinstance(child, Tag)]
    return [item for item in items if not is_hidden(item, source.look.of(item))]


def _is_item(child: PageElement) -> bool:
    return isinstance(child, Tag) and child.name in ("li", "ul", "ol")


def is_words(child: PageElement) -> bool:
    """Whether this is text outside any element, and not a comment."""
    is_text = isinstance(child, NavigableString) and not isinstance(child, PreformattedString)
    return is_text and bool(text_of(child))


def without_table_first(source: PastedHtml, blocks: Sequence[Tag]) -> list[Tag]:
    """Blocks of an item, which cannot begin with a table: its rows become lines."""
    if not blocks or blocks[0].name != "table":
        return list(blocks)
    paragraph = source.new("p")
    for row in blocks[0].find_all("tr"):
        paragraph.extend([source.new("br")] if paragraph.contents else [])
        for place, cell in enumerate(row.find_all("td")):
            if place and text_of(cell):
                paragraph.append(NavigableString(" – "))
            paragraph.extend(list(cell.contents))
    return [paragraph, *blocks[1:]]


def _level_of(reader: PasteReader, item: Tag) -> int:
    if item.name != "li":
        return 0
    match = _LEVEL.search(reader.source.look.of(item).get("mso-list", ""))
    return int(match[1]) if match else number_of(item, "data-aria-level") or 0


def _as_paragraphs(reader: PasteReader, tag: Tag, item: Tag) -> list[Tag]:
    if item.name in ("ul", "ol"):
        return read_list(reader, item)
    blocks = finished(reader.source, reader.inside(item))
    if blocks and (level := _level_of(reader, item)):
        first = blocks[0]
        first["level"], first["kind"] = str(level), tag.name
        number = number_of(item, "data-aria-posinset")
        if tag.name == "ol" and number is not None:
            first["start"] = str(number)
        for further in blocks[1:]:
            further["continues"] = "1"
    return blocks


def finished(source: PastedHtml, blocks: Sequence[Tag]) -> list[Tag]:
    """The blocks with lists inside of lists, lines of one paragraph together, and nothing empty."""
    result: list[Tag] = []
    run: list[Tag] = []
    for block in blocks:
        if value_of(block, "level") or (run and _goes_on(block)):
            run.append(block)
            continue
        if run and value_of(block, "blank"):
            continue
        result += _nested(source, run)
        run = []
        result.append(block)
    result += _nested(source, run)
    return joined(source, result)


def _goes_on(block: Tag) -> bool:
    return bool(value_of(block, "continues"))


def _nested(source: PastedHtml, run: Sequence[Tag]) -> list[Tag]:
    """Lists made of paragraphs that say their level."""
    result: list[Tag] = []
    # The lists that are open, each inside the last item of the one before, with its level.
    opened: list[tuple[int, Tag]] = []
    for block in run:
        if _goes_on(block) and not value_of(block, "level"):
            opened[-1][1].contents[-1].append(_plain(block))
            continue
        level, kind = number_of(block, "level") or 1, value_of(block, "kind")
        while opened and (
            opened[-1][0] > level or (opened[-1][0] == level and opened[-1][1].name != kind)
        ):
            opened.pop()
        if not opened or opened[-1][0] < level:
            made = _list(source, block, kind)
            if opened:
                opened[-1][1].contents[-1].append(made)
            else:
                result.append(made)
            opened.append((level, made))
        opened[-1][1].append(source.new("li", (_plain(block),)))
    return result


def _list(source: PastedHtml, block: Tag, kind: str) -> Tag:
    made = source.new(kind)
    if kind == "ol":
        for name in ("start", "type"):
            if value := value_of(block, name):
                made[name] = value
    return made


def _plain(block: Tag) -> Tag:
    for name in ("level", "kind", "start", "type", "continues", "tight"):
        if name in block.attrs:
            del block[name]
    return block
