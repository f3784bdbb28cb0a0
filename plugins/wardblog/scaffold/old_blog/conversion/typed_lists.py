"""Lists that were typed, line by line, with bullets, hyphens or numbers, as real lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from wardblog.scaffold.old_blog.conversion.tags import number_of, text_of, value_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_BULLET = late_regex(r"\s*(?:(?P<sure>[•●▪◦‣∙⁃\uf0b7\uf0a7\uf0d8])\s*|[-*–·]\s+)(?=\S)")
_NUMBER = late_regex(r"\s*\(?(?P<number>\d{1,2})[.)]\s+(?=\S)")
# Word's own paragraphs for lists begin with these in fonts that have bullets there.
_OF_WORD = late_regex(r"\s*(?:[§oØqvü]|\(?[a-z][.)])\s+(?=\S)")
_LONGEST_MARK = 20
_RULE = late_regex(r"([-–—_=*~•·#])(?:\s?\1){2,}")


@dataclass(frozen=True, slots=True)
class _Mark:
    """The sign that a line begins with; `number` is 0 for a bullet."""

    length: int
    number: int = 0
    is_sure: bool = False


def with_typed_lists(soup: BeautifulSoup, blocks: Sequence[Tag]) -> list[Tag]:
    """Return the blocks with typed lists as lists, and rows of asterisks or dashes as rules."""
    marks = [_mark_of(block) for block in blocks]
    result: list[Tag] = []
    end = 0
    for first, last in _runs(marks):
        result += _others(soup, blocks[end:first])
        result.append(
            _list(soup, [list(block.contents) for block in blocks[first:last]], marks[first:last])
        )
        end = last
    return [*result, *_others(soup, blocks[end:])]


def _others(soup: BeautifulSoup, blocks: Sequence[Tag]) -> Iterator[Tag]:
    for block in blocks:
        if _is_rule(block):
            yield soup.new_tag("hr")
        elif block.name == "p" and _has_lines(block):
            yield from _lines_and_lists(soup, block)
        else:
            yield block


def _has_lines(block: Tag) -> bool:
    return any(isinstance(child, Tag) and child.name == "br" for child in block.children)


def _is_rule(block: Tag) -> bool:
    """Whether a paragraph is a row of asterisks or dashes."""
    if block.name != "p" or next(iter(block.strings), "").strip()[:1].isalnum():
        return False
    return bool(_RULE.fullmatch(text_of(block))) and not block.find(["img", "a", "br"])


def _mark_of(block: Tag) -> _Mark | None:
    """The mark of a paragraph of one line."""
    if block.name != "p" or _has_lines(block) or _is_rule(block):
        return None
    return _mark(_beginning(block.strings), is_word=value_of(block, "class") == "item")


def _mark(words: str, *, is_word: bool = False) -> _Mark | None:
    if match := _BULLET.match(words):
        return _Mark(match.end(), 0, is_word or bool(match["sure"]))
    if match := _NUMBER.match(words):
        return _Mark(match.end(), int(match["number"]), is_word)
    match = _OF_WORD.match(words) if is_word else None
    return _Mark(match.end(), 0, is_sure=True) if match else None


def _beginning(strings: Iterable[str]) -> str:
    """The first words, in which a mark would be."""
    words = ""
    for string in strings:
        words += string
        if len(words) > _LONGEST_MARK:
            break
    return words


def _runs(marks: Sequence[_Mark | None]) -> Iterator[tuple[int, int]]:
    """Where each list begins and ends."""
    first = 0
    while first < len(marks):
        end = first + 1
        mark = marks[first]
        while mark and end < len(marks) and _follows(mark, marks[end]):
            mark = marks[end]
            end += 1
        if _is_list(marks[first:end]):
            yield first, end
        first = end


def _follows(mark: _Mark, after: _Mark | None) -> bool:
    if after is None:
        return False
    return after.number == mark.number + 1 if mark.number else not after.number


def _is_list(marks: Sequence[_Mark | None]) -> bool:
    first = marks[0]
    if first is None:
        return False
    return first.is_sure or (len(marks) > 1 and first.number in (0, 1))


def _list(
    soup: BeautifulSoup, lines: Sequence[list[PageElement]], marks: Sequence[_Mark | None]
) -> Tag:
    first = marks[0]
    result = soup.new_tag("ol" if first and first.number else "ul")
    if first and first.number > 1:
        result["start"] = str(first.number)
    for line, mark in zip(lines, marks, strict=True):
        paragraph, item = soup.new_tag("p"), soup.new_tag("li")
        paragraph.extend(line)
        item.append(paragraph)
        _cut(paragraph, mark.length if mark else 0)
        result.append(item)
    return result


def _cut(paragraph: Tag, length: int) -> None:
    """Take away a mark, in however many elements it is."""
    for words in paragraph.find_all(string=True):
        if not length:
            return
        taken = min(length, len(words))
        words.replace_with(NavigableString(str(words)[taken:]))
        length -= taken


def _lines_and_lists(soup: BeautifulSoup, block: Tag) -> Iterator[Tag]:
    """A paragraph of several lines, of which some may be a list."""
    lines = _lines_of(block)
    marks = [_mark(_beginning(_strings(line))) for line in lines]
    runs = list(_runs(marks))
    if not runs:
        yield block
        return
    end = 0
    for first, last in [*runs, (len(lines), len(lines))]:
        if between := [line for line in lines[end:first] if line]:
            yield _paragraph(soup, between)
        if first < last:
            yield _list(soup, lines[first:last], marks[first:last])
        end = last


def _lines_of(block: Tag) -> list[list[PageElement]]:
    lines: list[list[PageElement]] = [[]]
    for child in block.contents:
        if isinstance(child, Tag) and child.name == "br":
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def _strings(line: Sequence[PageElement]) -> Iterator[str]:
    for element in line:
        if isinstance(element, Tag):
            yield from element.strings
        else:
            yield str(element)


def _paragraph(soup: BeautifulSoup, lines: Sequence[list[PageElement]]) -> Tag:
    paragraph = soup.new_tag("p")
    for number, line in enumerate(lines):
        if number:
            paragraph.append(soup.new_tag("br"))
        paragraph.extend(line)
    return paragraph


def joined_lists(soup: BeautifulSoup, blocks: Sequence[Tag]) -> list[Tag]:
    """Return the blocks with lists of one kind that follow each other as one list.

    Numbers that begin again are kept apart by a comment, as Markdown would count on.
    """
    result: list[Tag] = []
    for block in blocks:
        last = result[-1] if result else None
        if last is None or block.name not in ("ul", "ol") or last.name != block.name:
            result.append(block)
        elif block.name == "ul" or _goes_on(last, block):
            last.extend(list(block.contents))
        else:
            result += [soup.new_tag("wardblog-gap"), block]
    return result


def _goes_on(last: Tag, block: Tag) -> bool:
    count = len([child for child in last.children if isinstance(child, Tag)])
    return (number_of(block, "start") or 1) == (number_of(last, "start") or 1) + count
