"""The tables of elements that mean something in what is pasted, and what reads each."""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import NavigableString, Tag

from wardblog.preview.editor.paste.lists import (
    finished,
    is_words,
    mark_of,
    read_list,
    without_table_first,
)
from wardblog.preview.editor.paste.look import Style, is_hidden
from wardblog.preview.editor.paste.plain import plain_blocks
from wardblog.preview.editor.paste.reader import Handler, PasteReader, words_of_class
from wardblog.preview.editor.paste.tables import read_table
from wardblog.scaffold.old_blog.conversion.tags import classes_of, number_of, text_of, value_of
from wardblog.support.late_regex import late_regex

_LEFT_OUT = (
    "script", "style", "head", "title", "meta", "link", "base", "template", "noscript", "svg",
    "canvas", "input", "select", "option", "textarea", "button", "datalist", "xml", "param",
    "source", "track", "area", "map", "dialog", "progress", "meter", "colgroup", "col",
    "v:shape", "v:shapetype", "v:rect", "v:group", "v:imagedata", "comment",
)  # fmt: skip
_FRAMES = ("iframe", "object", "embed", "applet", "video", "audio", "frame", "frameset")
_BLOCKS = (
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center",
    "address", "fieldset", "details", "summary", "hgroup", "li", "dt", "dd", "figure",
    "figcaption", "caption", "legend", "tr", "td", "th", "dir", "menu", "form",
)  # fmt: skip
_MANNERS: Mapping[str, tuple[str, object]] = {
    **dict.fromkeys(("b", "strong"), ("is_bold", True)),
    **dict.fromkeys(("i", "em", "cite", "dfn"), ("is_italic", True)),
    **dict.fromkeys(("s", "strike"), ("is_struck", True)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), ("is_code", True)),
    "sup": ("raised", "sup"),
    "sub": ("raised", "sub"),
}
_EMOJI = late_regex(r"emoji|smiley|emoticon")
# A picture of a sign, where the words for it are the sign itself.
_ONE_SIGN = late_regex(r"[^\w\s]{1,8}")
_SMALLEST_PICTURE = 3
_QUOTES = frozenset(("MsoQuote", "MsoIntenseQuote"))


def _left_out(_reader: PasteReader, _tag: Tag, _style: Style) -> None:
    """Skip it: nothing in it is read."""


def _manner(reader: PasteReader, tag: Tag, style: Style) -> None:
    name, value = _MANNERS[tag.name]
    reader.styled(tag, style, **{name: value})


def _deleted(reader: PasteReader, tag: Tag, style: Style) -> None:
    """What an author deleted while changes were tracked is gone; other struck words are shown."""
    if {"cite", "datetime"} & set(tag.attrs) or "msoDel" in words_of_class(tag):
        reader.source.left_out.deletions += 1
    else:
        reader.styled(tag, style, is_struck=True)


def _break(reader: PasteReader, _tag: Tag, _style: Style) -> None:
    reader.add(reader.source.new("br"))


def _quoted(reader: PasteReader, tag: Tag, style: Style) -> None:
    reader.add_text("“")
    reader.styled(tag, style)
    reader.add_text("”")


def _frame(reader: PasteReader, _tag: Tag, _style: Style) -> None:
    reader.source.left_out.frames += 1


def _picture(reader: PasteReader, tag: Tag, _style: Style) -> None:
    words = " ".join(value_of(tag, "alt").split())
    about = f"{classes_of(tag)} {value_of(tag, 'src')[:300]} {value_of(tag, 'itemtype')}".lower()
    is_sign = _ONE_SIGN.fullmatch(words)
    if words and (is_sign or (_EMOJI.search(about) and len(words) <= 8)):
        reader.add_text(words)
        return
    sizes = [number_of(tag, name) for name in ("width", "height")]
    if not any(size is not None and size < _SMALLEST_PICTURE for size in sizes):
        reader.source.left_out.pictures += 1


def _anchor(reader: PasteReader, tag: Tag, style: Style) -> None:
    if "msocomanchor" in classes_of(tag):
        reader.source.left_out.comments += 1
    elif "msocomoff" not in classes_of(tag):
        reader.link(tag, style)


def _span(reader: PasteReader, tag: Tag, style: Style) -> None:
    is_mark = style.get("mso-list", "").lower() == "ignore"
    is_of_comment = style.get("mso-special-character", "") == "comment"
    if is_mark or is_of_comment or "gmail_signature_prefix" in words_of_class(tag):
        return
    reader.styled(tag, style)


def _block(reader: PasteReader, tag: Tag, style: Style) -> None:
    kind = style.get("mso-element", "")
    classes = words_of_class(tag)
    if kind.startswith("comment"):
        return
    if tag.name == "p" and not _QUOTES.isdisjoint(classes):
        _quotation(reader, tag, style)
    elif level := _level_of(tag, classes):
        _heading_of(reader, tag, level)
    elif kind.endswith("note-list"):
        _notes(reader, tag)
    else:
        attributes = mark_of(tag, style) if tag.name == "p" else {}
        if "MsoListContinue" in classes:
            attributes = {"continues": "1"}
        reader.block(tag, style, **attributes)


def _notes(reader: PasteReader, tag: Tag) -> None:
    """Footnotes, without the line above them."""
    for rule in tag.find_all("hr"):
        rule.decompose()
    reader.flush()
    reader.children(tag)
    reader.flush()


def _level_of(tag: Tag, classes: frozenset[str]) -> int:
    """The level of a heading, by its role or its style; 0 for any other element."""
    if value_of(tag, "role") == "heading":
        return min(number_of(tag, "aria-level") or 2, 6)
    return 1 if tag.name == "p" and any(name.startswith("MsoTitle") for name in classes) else 0


def _heading(reader: PasteReader, tag: Tag, _style: Style) -> None:
    _heading_of(reader, tag, int(tag.name[1]))


def _heading_of(reader: PasteReader, tag: Tag, level: int) -> None:
    for button in tag.find_all("button"):
        button.unwrap()
    for mark in tag.find_all("span", style=True):
        if "mso-list" in value_of(mark, "style"):
            del mark["style"]
    blocks = reader.inside(tag)
    words = [one for block in blocks for one in (*list(block.contents), NavigableString(" "))]
    if any(text_of(block) for block in blocks):
        made = reader.source.new(f"h{level}", words)
        if tag.name == "p" and value_of(tag, "role") != "heading":
            made["title"] = "1"
        reader.put(made)


def _quotation(reader: PasteReader, tag: Tag, _style: Style) -> None:
    blocks = finished(reader.source, reader.inside(tag))
    if blocks:
        reader.put(reader.source.new("blockquote", blocks))


def _rule(reader: PasteReader, _tag: Tag, _style: Style) -> None:
    reader.put(reader.source.new("hr"))


def _preformatted(reader: PasteReader, tag: Tag, _style: Style) -> None:
    """Code stays code; other text, such as that of an old e-mail, is a text of lines."""
    text = tag.get_text()
    if tag.find("code") is not None or "highlight" in classes_of(tag):
        reader.put(reader.source.new("pre", (NavigableString(text),)))
    else:
        reader.put(*plain_blocks(reader.source, text))


def _meanings(reader: PasteReader, tag: Tag, style: Style) -> None:
    """A list of terms, if it has no more than terms and what they mean."""
    result = reader.source.new("dl")
    for child in tag.find_all(["dt", "dd"]):
        is_own = child.find_parent("dl") is tag
        if not is_own or is_hidden(child, reader.source.look.of(child)):
            continue
        blocks = finished(reader.source, reader.inside(child))
        if blocks := without_table_first(reader.source, blocks):
            result.append(reader.source.new(child.name, blocks))
    if result.find("dt") and result.find("dd") and not any(map(is_words, tag.children)):
        reader.put(result)
    else:
        reader.block(tag, style)


def _list(reader: PasteReader, tag: Tag, _style: Style) -> None:
    reader.put(*read_list(reader, tag))


def _table(reader: PasteReader, tag: Tag, _style: Style) -> None:
    reader.put(*read_table(reader, tag))


HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(_LEFT_OUT, _left_out),
    **dict.fromkeys(_FRAMES, _frame),
    **dict.fromkeys(_BLOCKS, _block),
    **dict.fromkeys(_MANNERS, _manner),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("pre", "listing", "xmp"), _preformatted),
    **dict.fromkeys(("ul", "ol"), _list),
    "a": _anchor,
    "blockquote": _quotation,
    "br": _break,
    "del": _deleted,
    "dl": _meanings,
    "hr": _rule,
    "img": _picture,
    "q": _quoted,
    "span": _span,
    "table": _table,
}
