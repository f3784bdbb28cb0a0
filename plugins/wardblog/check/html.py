"""What a post's own HTML may not bring in, and what of it is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.html_tokens import HtmlToken, LineFinder, has_html, pieces, without_code
from wardblog.check.rule import few
from wardblog.content.markdown.cleaning import (
    ADDRESSES,
    ELEMENTS,
    is_address_kept,
    is_known_attribute,
    is_misspelt,
    runs,
    scheme_of,
    tag_that_runs,
)
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.text.plain_text import plain

# What runs, sends, fetches or styles, and what has been used to smuggle such things in.
_UNSAFE = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "slot",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "object",
        "embed",
        "noembed",
        "applet",
        "param",
        "portal",
        "fencedframe",
        "link",
        "meta",
        "base",
        "form",
        "input",
        "button",
        "select",
        "option",
        "optgroup",
        "textarea",
        "label",
        "fieldset",
        "legend",
        "datalist",
        "output",
        "keygen",
        "isindex",
        "xmp",
        "plaintext",
        "foreignobject",
        "animate",
        "animatemotion",
        "animatetransform",
        "set",
        "use",
        "image",
        "annotation-xml",
        "maction",
        "mglyph",
        "malignmark",
        "xml",
        "layer",
        "bgsound",
        "body",
        "html",
        "head",
    )
)
_UNSAFE_ATTRIBUTES = frozenset(
    (
        "style",
        "srcset",
        "imagesrcset",
        "background",
        "srcdoc",
        "http-equiv",
        "action",
        "formaction",
        "form",
        "ping",
        "xlink:href",
        "xmlns",
        "is",
        "dynsrc",
        "lowsrc",
        "datasrc",
        "data",
        "codebase",
        "classid",
        "autofocus",
        "contenteditable",
        "attributename",
        "fscommand",
        "seeksegmenttime",
    )
)
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_NO_HTML = 'Say it without "<", by which a browser takes the words for HTML.'
_TAKE_OUT = "Take it out. To show such code to readers, put it between backticks."
_INSTEAD = {
    "center": "Take it out; texts on this site begin on the left.",
    "font": "Take it out; the look of the site is the same on every page.",
    "big": 'For words that matter write "**like this**".',
    "tt": "Put code between backticks.",
    "strike": "Write <del> for what no longer holds.",
    "svg": "Save the drawing in {content}/images, and show it from there.",
    "math": "Say it in words, or show a picture of it with words.",
    "marquee": "Take it out; nothing on this site moves by itself.",
    "blink": "Take it out; nothing on this site moves by itself.",
    "nav": "Write the links as a list.",
    "main": "Take it out; every page has one already.",
    "progress": "Say it in words.",
    "meter": "Say it in words.",
    "canvas": "Save the picture in {content}/images, and show it from there.",
    "acronym": "Write <abbr>.",
}
_PARTS = {
    "svg": ("path", "g", "circle", "rect", "line", "polygon", "polyline", "ellipse", "text",
            "defs", "tspan", "title", "desc", "lineargradient", "radialgradient", "stop"),
    "math": ("mi", "mo", "mn", "mrow", "msup", "msub", "mfrac", "msqrt", "mtext", "semantics"),
}  # fmt: skip
_OF_ATTRIBUTES = {
    "target": "Take it out; readers choose for themselves where a link opens.",
    "align": "Take it out; texts on this site begin on the left.",
    "bgcolor": "Take it out; the look of the site is the same on every page.",
    "tabindex": "Take it out; readers with a keyboard follow the order of the text.",
    "name": 'Write "id" instead.',
    "markdown": "Leave a blank line above it, and begin it at the left edge.",
}


def unsafe_html(post: Post) -> Iterator[Problem]:
    """What runs, sends, fetches or styles. None of it is published, and none of it in silence."""
    if post.body.raw or ("<" in post.text and has_html(post.text)):
        yield from _unsafe(post)


@few
def left_out_html(post: Post) -> Iterator[Problem]:
    """What is harmless, and still not published."""
    if post.body.raw:
        yield from _left_out(post)


def _unsafe(post: Post) -> Iterator[Problem]:
    # What would be fetched from elsewhere is told of with its address, by another rule.
    told = {f"<{link.embeds}>" for link in post.links if "//" in link.target}
    lines = LineFinder(post)
    for piece in pieces(post.raw):
        if piece.kind != "start":
            continue
        for word in _unsafe_words(piece):
            if word not in told:
                told.add(word)
                yield Problem(
                    file=post.file,
                    line=lines.of(piece),
                    message=f"the text has HTML with {word}, which is not published",
                    hint=_TAKE_OUT,
                )
        for name, value in piece.attributes.items():
            if runs(value) and not (name == "src" and value in told):
                told.add(value)
                yield _running(post, piece, name, value, lines)
    word = "" if told else _shown_as_words(post)
    if word:
        line = lines.with_words(word.strip('<>"'))
        yield Problem(
            file=post.file,
            line=line,
            message=f"the text has HTML with {word}, which is not published",
            hint=_TAKE_OUT,
        )


def _shown_as_words(post: Post) -> str:
    """A tag so misshapen that it is shown as words; it was meant for something all the same."""
    shown = plain(_CODE.sub("", post.raw))
    return tag_that_runs(shown) and tag_that_runs(without_code(post.text))


def _unsafe_words(piece: HtmlToken) -> Iterator[str]:
    if piece.name in _UNSAFE or runs(piece.name):
        yield f"<{piece.name}>"
        return
    for name in piece.attributes:
        if name in _UNSAFE_ATTRIBUTES or (name.startswith("on") and len(name) > 4):
            yield f'"{name}"'
            return


def _running(post: Post, piece: HtmlToken, name: str, value: str, lines: LineFinder) -> Problem:
    known = [link.line for link in post.links if link.target == value and value in post.text]
    line = known[0] if known else lines.of(piece)
    return Problem(
        file=post.file,
        line=line,
        message="a link in the text runs a script, which is not published"
        if name == "href"
        else f'"{name}" of <{piece.name}> in the text runs a script, which is not published',
        hint='Links lead to pages: "[the council](https://...)".' if name == "href" else _TAKE_OUT,
    )


def _left_out(post: Post) -> Iterator[Problem]:
    told: set[str] = set()
    lines = LineFinder(post)
    inside = ""
    for piece in pieces(post.raw):
        if inside and piece.kind == "end" and piece.name == inside:
            inside = ""
        if piece.kind != "start":
            continue
        is_part = piece.name in _PARTS.get(inside, ())
        if piece.name in _PARTS and not piece.is_self_closing:
            inside = piece.name
        for word, hint in _harmless(piece) if not is_part else ():
            if word not in told:
                told.add(word)
                yield Problem(
                    file=post.file,
                    line=lines.of(piece),
                    message=f"the text has HTML with {word}, which is left out",
                    hint=hint,
                )


def _harmless(piece: HtmlToken) -> Iterator[tuple[str, str]]:
    """What of a tag is left out, each with what to do instead."""
    if piece.name not in ELEMENTS:
        if not any(_unsafe_words(piece)) and not any(runs(v) for v in piece.attributes.values()):
            yield f"<{piece.name}>", _INSTEAD.get(piece.name, _NO_HTML)
        return
    if any(_unsafe_words(piece)):
        return
    for name, value in piece.attributes.items():
        if not is_known_attribute(piece.name, name):
            hint = _OF_ATTRIBUTES.get(name, "Take it out; it does nothing on this site.")
            yield f'"{name}" on <{piece.name}>', hint
        elif name in ADDRESSES and not is_address_kept(value):
            scheme = scheme_of(value)
            is_told = runs(value) or len(scheme) == 1 or (piece.name, scheme) == ("img", "data")
            is_told = is_told or (name == "href" and is_misspelt(value))
            if not is_told:
                hint = 'Write addresses like "https://www.example.gov.uk/".'
                yield f'an address that begins with "{scheme}:"', hint
