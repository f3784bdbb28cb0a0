"""Blocks of old texts: paragraphs, headings, lists, code, quotations and pictures with captions."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from wardblog.scaffold.old_blog.conversion.flow import Flow
from wardblog.scaffold.old_blog.conversion.tags import (
    classes_of,
    marks_of,
    number_of,
    value_of,
    without_emphasis,
)
from wardblog.support.late_regex import late_regex

# A picture with its caption, as WordPress's themes show it.
_CAPTIONED = late_regex(r"(?:^|\s)wp-caption(?:\s|$)")


def paragraph(flow: Flow, tag: Tag) -> None:
    """Read an element that begins and ends a paragraph."""
    flow.flush()
    if _CAPTIONED.search(classes_of(tag)):
        figure(flow, tag)
        return
    first = len(flow.blocks)
    flow.anchor(tag)
    flow.children(tag, *(mark for mark in marks_of(tag, "p") if mark.name != "del"))
    flow.flush()
    if "MsoList" in classes_of(tag):
        for block in flow.blocks[first:]:
            block["class"] = "item"


def heading(flow: Flow, tag: Tag) -> None:
    """Read a heading: words on one line; pictures in it follow."""
    name = _name_of(flow, tag)
    words: list[PageElement] = []
    after: list[Tag] = []
    for block in flow.inside(tag, keep_links=True):
        if block.name != "p":
            after.append(block)
            continue
        gap = [NavigableString(" ")] if words else []
        words += [*gap, *without_emphasis(block)]
    flow.flush()
    if words:
        made = flow.new(tag.name, words)
        for anchor in made.find_all("a", id=True):
            anchor.decompose()
        if name:
            made["id"] = name
        flow.add(made)
    flow.add(*after)


def _name_of(flow: Flow, tag: Tag) -> str:
    """The name under which the text links to a heading, or ""."""
    for one in (tag, *tag.find_all(["a", "span"])):
        for attribute in ("id", "name"):
            if (name := value_of(one, attribute)) in flow.html.targets:
                return name
    return ""


def rule(flow: Flow, _tag: Tag) -> None:
    flow.add(flow.new("hr"))


def quotation(flow: Flow, tag: Tag) -> None:
    if blocks := flow.inside(tag):
        flow.add(flow.new("blockquote", blocks))


def code(flow: Flow, tag: Tag) -> None:
    flow.flush()
    if "verse" in classes_of(tag):
        _lines(flow, tag)
        return
    for line in tag.find_all("br"):
        line.replace_with("\n")
    block = flow.new("pre", (NavigableString(tag.get_text()),))
    inner = tag.find("code")
    hints = (classes_of(tag), classes_of(inner) if isinstance(inner, Tag) else "")
    block["language"] = " ".join(hints)
    if block.get_text().strip():
        flow.add(block)


def _lines(flow: Flow, tag: Tag) -> None:
    """A poem: its lines are lines of a paragraph."""
    for words in tag.find_all(string=True):
        lines = str(words).split("\n")
        for line in lines[:-1]:
            words.insert_before(NavigableString(line), flow.new("br"))
        words.replace_with(NavigableString(lines[-1]))
    flow.children(tag)
    flow.flush()


def items(flow: Flow, tag: Tag) -> None:
    """Read a list; a gallery that is made of one has pictures."""
    flow.flush()
    if "gallery" in classes_of(tag):
        flow.children(tag)
        flow.flush()
        return
    result = flow.new(tag.name)
    if tag.name == "ol" and (start := number_of(tag, "start")) is not None:
        result["start"] = str(start)
    if tag.name == "ol" and value_of(tag, "type") in tuple("aAiI"):
        result["type"] = value_of(tag, "type")
    result.extend(list(_items(flow, tag)))
    if result.contents:
        flow.add(result)


def _items(flow: Flow, tag: Tag) -> Iterator[Tag]:
    last: Tag | None = None
    for child in list(tag.children):
        if isinstance(child, PreformattedString):
            continue
        is_list = isinstance(child, Tag) and child.name in ("ul", "ol")
        inner = child if isinstance(child, Tag) and not is_list else flow.new("div")
        if inner is not child:
            inner.append(child.extract())
        blocks = flow.inside(inner)
        if is_list and last is not None:
            last.extend(blocks)
        elif blocks:
            if last is not None:
                yield last
            last = flow.new("li", blocks)
    if last is not None:
        yield last


def meanings(flow: Flow, tag: Tag) -> None:
    """Read a list of terms; where a gallery was made of one, its pictures."""
    flow.flush()
    if "gallery" in classes_of(tag):
        figure(flow, tag)
        return
    result = flow.new("dl")
    for child in tag.find_all(["dt", "dd"]):
        if child.find_parent("dl") is not tag:
            continue
        blocks = flow.inside(child)
        is_term = child.name == "dt" and all(block.name == "p" for block in blocks)
        if is_term:
            blocks = [one for block in blocks for one in without_emphasis(block)]  # type: ignore[misc] # words, in a term
        if blocks:
            result.append(flow.new("dt" if is_term else "dd", blocks))
    names = [child.name for child in result.children if isinstance(child, Tag)]
    if names[:1] == ["dt"] and names[-1] == "dd":
        flow.add(result)
    else:
        flow.children(tag)
        flow.flush()


def figure(flow: Flow, tag: Tag) -> None:
    """Read a picture with its caption; of anything else, what is in it and then the caption."""
    flow.flush()
    caption = next((one for one in tag.find_all(True) if _is_caption_of(one, tag)), None)
    words = flow.inside(caption.extract()) if caption is not None else []
    blocks = flow.inside(tag, keep_links=True)
    is_picture = len(blocks) == 1 and blocks[0].name == "figure"
    if is_picture and all(block.name == "p" for block in words) and words:
        inline = [one for block in words for one in (*block.contents, NavigableString(" "))]
        blocks[0].append(flow.new("figcaption", inline))
        words = []
    flow.add(*blocks, *words)


def _is_caption_of(tag: Tag, shown: Tag) -> bool:
    if tag.name in ("figcaption", "dd"):
        return tag.find_parent(["figure", "dl"]) is shown
    return "wp-caption-text" in classes_of(tag)
