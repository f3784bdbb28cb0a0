"""Tables of old texts: those that hold data, and those that only put things beside each other."""

from __future__ import annotations

from bs4 import Tag

from wardblog.scaffold.old_blog.conversion.block_elements import figure
from wardblog.scaffold.old_blog.conversion.flow import Flow
from wardblog.scaffold.old_blog.conversion.tags import (
    classes_of,
    text_of,
    value_of,
    without_emphasis,
)
from wardblog.support.late_dataclass import dataclass

_PLAIN = frozenset(("p",))
# A wider table of an old post is HTML; one of a spreadsheet is not, whatever its width.
_WIDEST, _WIDEST_SHEET = 12, 10_000


@dataclass(frozen=True, slots=True)
class _Cell:
    tag: Tag
    blocks: list[Tag]

    @property
    def spans(self) -> bool:
        return any(
            value_of(self.tag, name) not in ("", "0", "1") for name in ("colspan", "rowspan")
        )


def table(flow: Flow, tag: Tag) -> None:
    """Read a table: as one, or what is in its cells one after the other."""
    flow.flush()
    if "tr-caption-container" in classes_of(tag):
        _captioned(flow, tag)
        return
    if isinstance(caption := tag.find("caption"), Tag) and caption.find_parent("table") is tag:
        flow.blocks += flow.inside(caption.extract())
    rows = _rows(flow, tag)
    if not rows:
        return
    if _is_layout(tag, rows):
        flow.blocks += [block for row in rows for cell in row for block in cell.blocks]
    elif _is_simple(rows, _WIDEST if flow.html.is_old else _WIDEST_SHEET):
        flow.blocks.append(_table(flow, tag, rows, is_simple=True))
    else:
        flow.blocks.append(_table(flow, tag, rows, is_simple=False))


def _captioned(flow: Flow, tag: Tag) -> None:
    """Blogger's picture with a caption below it."""
    caption = tag.find(class_="tr-caption")
    shown = flow.new("figure")
    if isinstance(caption, Tag):
        caption.name = "figcaption"
        caption.extract()
    for row in list(tag.find_all(["td", "th"])):
        shown.append(row.extract())
    if isinstance(caption, Tag):
        shown.append(caption)
    figure(flow, shown)


def _rows(flow: Flow, tag: Tag) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    for row in tag.find_all("tr"):
        if row.find_parent("table") is not tag:
            continue
        cells = [
            _Cell(cell, flow.inside(cell)) for cell in row.find_all(["td", "th"], recursive=False)
        ]
        if any(cell.blocks for cell in cells):
            rows.append(cells)
    return rows


def _is_layout(tag: Tag, rows: list[list[_Cell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    if value_of(tag, "role") == "presentation" or max(map(len, rows)) == 1:
        return True
    if any(cell.tag.name == "th" for cell in cells):
        return False
    if len(rows) == 1:
        return True
    names = [block.name for cell in cells for block in cell.blocks]
    if "table" in names or any(name in ("h1", "h2", "h3", "h4", "h5", "h6") for name in names):
        return True
    return "figure" in names and names.count("figure") * 2 >= len(names)


def _is_simple(rows: list[list[_Cell]], widest: int) -> bool:
    width = len(rows[0])
    return 1 < width <= widest and all(
        len(row) <= width
        and not any(cell.spans for cell in row)
        and all(block.name in _PLAIN or _is_small(block) for cell in row for block in cell.blocks)
        for row in rows
    )


def _is_small(block: Tag) -> bool:
    return block.name == "figure" and not block.find("figcaption")


def _table(flow: Flow, tag: Tag, rows: list[list[_Cell]], *, is_simple: bool) -> Tag:
    result = flow.new("table")
    if not is_simple:
        result["class"] = "html"
    has_heading = _has_heading(tag, rows)
    if is_simple and not has_heading:
        result["class"] = "without-heading"
    for number, row in enumerate(rows):
        line = flow.new("tr")
        for cell in row:
            is_heading = cell.tag.name == "th" or (number == 0 and has_heading)
            made = flow.new("th" if is_heading else "td")
            _fill(flow, made, cell, is_simple=is_simple, is_heading=is_heading)
            line.append(made)
        result.append(line)
    return result


def _fill(flow: Flow, made: Tag, cell: _Cell, *, is_simple: bool, is_heading: bool) -> None:
    for name in ("colspan", "rowspan", "scope"):
        if (value := value_of(cell.tag, name)) not in ("", "0", "1"):
            made[name] = value
    is_line = is_simple or all(block.name in _PLAIN for block in cell.blocks)
    for place, block in enumerate(cell.blocks):
        if not is_line:
            made.append(_short(block))
            continue
        if place:
            made.append(flow.new("br"))
        for child in list(block.contents):
            made.append(child)
    if is_heading:
        without_emphasis(made)


def _short(block: Tag) -> Tag:
    """A list without paragraphs in those items that have only one."""
    for item in block.find_all("li"):
        if len(item.contents) == 1 and isinstance(item.contents[0], Tag):
            item.contents[0].unwrap()
    return block


def _has_heading(tag: Tag, rows: list[list[_Cell]]) -> bool:
    """Whether the first row says what is in the columns."""
    first = rows[0]
    if isinstance(head := tag.find("thead"), Tag) and head.find_parent("table") is tag:
        return True
    if all(cell.tag.name == "th" for cell in first):
        return True
    words = [text_of(cell.tag) for cell in first]
    if len(rows) < 2 or not all(words[1:]):
        return False
    is_bold = all(not word or _is_bold(cell) for word, cell in zip(words, first, strict=True))
    return is_bold or not any(sign.isdigit() for word in words for sign in word)


def _is_bold(cell: _Cell) -> bool:
    bold = "".join(text_of(tag) for block in cell.blocks for tag in block.find_all("strong"))
    return bold.replace(" ", "") == "".join(map(text_of, cell.blocks)).replace(" ", "")
