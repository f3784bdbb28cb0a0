"""Tables of spreadsheets and word processors, in the one form that Markdown has for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag
from bs4.element import PageElement

from wardblog.preview.editor.paste.lists import finished, is_words
from wardblog.preview.editor.paste.look import is_hidden, weight
from wardblog.scaffold.old_blog.conversion.tags import number_of, text_of, value_of

if TYPE_CHECKING:
    from wardblog.preview.editor.paste.reader import PastedHtml, PasteReader

# More cells than a sheet that somebody pastes has in a row.
_MOST_SPAN = 200
_MOST_CELLS = 100_000
_ROWS, _CELLS = ("tbody", "thead", "tfoot", "tr"), ("td", "th", "caption", "colgroup", "col")


def read_table(reader: PasteReader, tag: Tag) -> list[Tag]:
    """Read a table; one that only puts things beside each other gives what is in its cells."""
    source = reader.source
    caption = tag.find("caption", recursive=False)
    above: list[Tag] = []
    if isinstance(caption, Tag) and not is_hidden(caption, source.look.of(caption)):
        above += finished(source, reader.inside(caption))
    # Browsers show what is in no cell above the table.
    others = [part for one in _in_no_cell(tag) for part in (one, NavigableString(" "))]
    above += finished(source, reader.inside(source.new("div", others)))
    rows = _rows(reader, tag)
    if _is_layout(source, tag, rows):
        return above + [block for row in rows for cell in row for block in _blocks(source, cell)]
    filled = _without_empty(rows)
    if not filled:
        return above
    if len(filled[0]) == 1:
        return above + _column(source, filled)
    if len(filled) > 1 and _is_title(filled[0]):
        above += _blocks(source, filled.pop(0)[0])
    return [*above, _made(source, tag, filled)]


def _in_no_cell(tag: Tag) -> Iterator[PageElement]:
    """What is in a table or one of its rows, but in no cell."""
    for child in list(tag.children):
        if not isinstance(child, Tag):
            if is_words(child):
                yield child
        elif child.name in _ROWS or child.find(["td", "th"]):
            yield from _in_no_cell(child)
        elif child.name not in _CELLS:
            yield child


_Row = list[Tag]


def _rows(reader: PasteReader, tag: Tag) -> list[_Row]:
    """The cells of each row; one that goes over several has empty ones beside and below it."""
    rows: list[_Row] = []
    below: dict[int, int] = {}
    count = 0
    for row in tag.find_all("tr"):
        if row.find_parent("table") is not tag or is_hidden(row, reader.source.look.of(row)):
            continue
        cells: _Row = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _skip(reader.source, cells, below)
            wide = min(number_of(cell, "colspan") or 1, _MOST_SPAN)
            high = min(number_of(cell, "rowspan") or 1, _MOST_SPAN)
            for at in range(len(cells), len(cells) + wide):
                if high > 1:
                    below[at] = high - 1
            cells.append(_cell(reader, cell, wide))
            cells += [reader.source.new("td") for _ in range(wide - 1)]
        _skip(reader.source, cells, below)
        count += len(cells)
        if count > _MOST_CELLS:
            break
        rows.append(cells)
    width = max(map(len, rows), default=0)
    for cells in rows:
        cells += [reader.source.new("td") for _ in range(width - len(cells))]
    return rows


def _skip(source: PastedHtml, cells: _Row, below: dict[int, int]) -> None:
    while below.get(len(cells)):
        below[len(cells)] -= 1
        cells.append(source.new("td"))


def _cell(reader: PasteReader, cell: Tag, wide: int) -> Tag:
    style = reader.source.look.of(cell)
    blocks = [] if is_hidden(cell, style) else reader.inside(cell)
    made = reader.source.new(cell.name, blocks)
    if weight(style):
        made["bold"] = "1"
    if wide > 1:
        made["wide"] = str(wide)
    return made


def _blocks(source: PastedHtml, cell: Tag) -> list[Tag]:
    blocks = [child for child in list(cell.children) if isinstance(child, Tag)]
    done = finished(source, [block.extract() for block in blocks])
    if value_of(cell, "bold"):
        for block in done:
            if block.name == "p" and not block.find("strong"):
                words = source.new("strong", list(block.contents))
                block.append(words)
    return done


def _is_layout(source: PastedHtml, tag: Tag, rows: Sequence[_Row]) -> bool:
    cells = [cell for row in rows for cell in row if text_of(cell)]
    if value_of(tag, "role") == "presentation" or any(cell.find("table") for cell in cells):
        return True
    if any(cell.name == "th" for cell in cells):
        return False
    is_sheet = source.is_sheet
    if len([row for row in rows if any(map(text_of, row))]) == 1:
        return True
    if (
        not is_sheet
        and len({place for row in rows for place, cell in enumerate(row) if text_of(cell)}) == 1
    ):
        return True
    return any(cell.find(["h1", "h2", "h3", "h4", "h5", "h6"]) for cell in cells)


def _without_empty(rows: Sequence[_Row]) -> list[_Row]:
    """The rows and columns that have words."""
    full = [row for row in rows if any(map(text_of, row))]
    width = max(map(len, full), default=0)
    columns = [at for at in range(width) if any(text_of(row[at]) for row in full)]
    return [[row[at] for at in columns] for row in full]


def _is_title(row: _Row) -> bool:
    """Whether a row is a title above the table: one cell over all columns."""
    return bool(value_of(row[0], "wide")) and not any(map(text_of, row[1:]))


def _column(source: PastedHtml, rows: Sequence[_Row]) -> list[Tag]:
    """A single column of a sheet, as a list."""
    items = [source.new("li", _blocks(source, row[0])) for row in rows]
    return [source.new("ul", items)] if len(items) > 1 else list(items[0].contents)  # type: ignore[arg-type]


def _made(source: PastedHtml, tag: Tag, rows: Sequence[_Row]) -> Tag:
    is_head = all(cell.name == "th" for cell in rows[0] if text_of(cell))
    made = [
        [source.new("td", _in_lines(source, _blocks(source, cell))) for cell in row] for row in rows
    ]
    is_head = is_head or tag.find("thead") is not None or all(map(_is_bold, made[0]))
    lines = [source.new("tr", cells) for cells in made]
    head = [source.new("thead", (lines.pop(0),))] if is_head and len(lines) > 1 else []
    return source.new("table", (*head, source.new("tbody", lines)))


def _is_bold(cell: Tag) -> bool:
    words = "".join(text_of(bold) for bold in cell.find_all("strong"))
    return words.replace(" ", "") == text_of(cell).replace(" ", "")


def _in_lines(source: PastedHtml, blocks: Sequence[Tag]) -> list[PageElement]:
    """The words of blocks, each on a line of the cell."""
    result: list[PageElement] = []
    for block in _leaves(blocks):
        if result:
            result.append(source.new("br"))
        result += list(block.contents)
    return result


def _leaves(blocks: Sequence[Tag]) -> list[Tag]:
    """The paragraphs in blocks, out of lists and quotations."""
    found: list[Tag] = []
    for block in blocks:
        inner = [child for child in block.children if isinstance(child, Tag)]
        if block.name in ("ul", "ol", "li", "blockquote", "div", "dl"):
            found += _leaves(inner)
        elif block.name != "hr":
            found.append(block)
    return found
