"""Lists that were typed, line by line, with bullets or hyphens, as the lists that they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from wardblog.scaffold.old_blog.tags import text_of, value_of
from wardblog.support.late_regex import late_regex

_BULLET = late_regex(r"\s*(?:[•·●▪◦‣∙⁃\uf0b7\uf0a7\uf0d8]\s*|[-*–]\s+)(?=\S)")
_SURE = late_regex(r"\s*[•●▪◦‣∙⁃\uf0b7\uf0a7\uf0d8]")
# Word's own paragraphs for lists begin with these in fonts that have bullets there.
_OF_WORD = late_regex(
    r"\s*(?:[•·●▪◦‣∙⁃\uf0b7\uf0a7\uf0d8§oØqvü-]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+)(?=\S)"
)
_NUMBER = late_regex(r"\s*\(?\d{1,2}[.)]")
_LONGEST_MARK = 20
_RULE = late_regex(r"([-–—_=*~•·#])(?:\s?\1){2,}")


def with_typed_lists(soup: BeautifulSoup, blocks: Sequence[Tag]) -> list[Tag]:
    """Return the blocks with typed lists as lists, and rows of asterisks or dashes as rules."""
    result: list[Tag] = []
    run: list[Tag] = []
    for block in [*blocks, None]:
        is_rule = block is not None and _is_rule(block)
        if block is not None and block.name == "p" and not is_rule and _begins_item(block):
            run.append(block)
            continue
        result += _list(soup, run)
        run = []
        if block is None:
            continue
        if is_rule:
            result.append(soup.new_tag("hr"))
        elif block.name == "p" and block.find("br", recursive=False):
            result += _with_lists_of_lines(soup, block)
        else:
            result.append(block)
    return result


def _is_rule(block: Tag) -> bool:
    """Whether a paragraph is a row of asterisks or dashes."""
    is_row = block.name == "p" and _RULE.fullmatch(text_of(block)) is not None
    return is_row and not block.find(["img", "a", "br"])


def _begins_item(block: Tag) -> bool:
    first = _first_words(block)
    if value_of(block, "class") == "item":
        return bool(_OF_WORD.match(first))
    return bool(_BULLET.match(first)) and not block.find("br", recursive=False)


def _first_words(block: Tag) -> str:
    """The words of a paragraph, of which only the beginning matters."""
    words = ""
    for string in block.strings:
        words += str(string)
        if len(words) > _LONGEST_MARK:
            break
    return words


def _list(soup: BeautifulSoup, run: Sequence[Tag]) -> list[Tag]:
    if not run:
        return []
    is_word = all(value_of(block, "class") == "item" for block in run)
    if len(run) == 1 and not is_word and not _SURE.match(_first_words(run[0])):
        return list(run)
    is_numbered = is_word and all(_NUMBER.match(_first_words(block)) for block in run)
    result = soup.new_tag("ol" if is_numbered else "ul")
    for block in run:
        _without_bullet(block, is_word=is_word)
        result.append(_item(soup, list(block.contents)))
    return [result]


def _item(soup: BeautifulSoup, children: Sequence[PageElement]) -> Tag:
    paragraph = soup.new_tag("p")
    for child in children:
        paragraph.append(child)
    item = soup.new_tag("li")
    item.append(paragraph)
    return item


def _without_bullet(block: Tag, *, is_word: bool) -> None:
    match = (_OF_WORD if is_word else _BULLET).match(_first_words(block))
    length = match.end() if match else 0
    for words in block.find_all(string=True):
        if not length:
            return
        taken = min(length, len(words))
        words.replace_with(NavigableString(str(words)[taken:]))
        length -= taken


def _with_lists_of_lines(soup: BeautifulSoup, block: Tag) -> list[Tag]:
    """A paragraph whose lines include at least two that begin with a bullet or a hyphen."""
    lines: list[list[PageElement]] = [[]]
    for child in list(block.contents):
        if isinstance(child, Tag) and child.name == "br":
            lines.append([])
        else:
            lines[-1].append(child)
    are_items = [bool(_BULLET.match(_words(line))) for line in lines]
    if not any(one and after for one, after in pairwise(are_items)):
        return [block]
    result: list[Tag] = []
    for line, is_item in zip(lines, are_items, strict=True):
        if is_item:
            if not result or result[-1].name != "ul":
                result.append(soup.new_tag("ul"))
            item = _item(soup, line)
            _without_bullet(item, is_word=False)
            result[-1].append(item)
        elif result and result[-1].name == "p":
            result[-1].append(soup.new_tag("br"))
            result[-1].extend(line)
        elif line:
            result.append(soup.new_tag("p"))
            result[-1].extend(line)
    return result


def _words(line: Sequence[PageElement]) -> str:
    return "".join(text_of(one) if isinstance(one, Tag) else str(one) for one in line)
