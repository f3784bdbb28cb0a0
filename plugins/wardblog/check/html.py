"""Check the author's own HTML for unsafe code, and report what is not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.html_tokens import HtmlToken, LineFinder, has_html, tokenize, without_code
from wardblog.check.rule import limited
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
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

# Elements that run, send, load or style something, or have been used to hide such code.
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
_CODE = late_regex(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_NO_HTML = 'Write it without "<", which makes browsers read the words as HTML.'
_TAKE_OUT = "Remove it. To show such code to readers, put it between backticks."
_INSTEAD = {
    "center": "Remove it; texts on this site begin on the left.",
    "font": "Remove it; the look of the site is the same on every page.",
    "big": 'For words that matter write "**like this**".',
    "tt": "Put code between backticks.",
    "strike": "Write <del> for text that no longer applies.",
    "svg": "Save the drawing in {content}/images, and show it from there.",
    "math": "Say it in words, or show a picture of it with a description.",
    "marquee": "Remove it; nothing on this site moves by itself.",
    "blink": "Remove it; nothing on this site moves by itself.",
    "nav": "Write the links as a list.",
    "main": "Remove it; every page has one already.",
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
    "target": "Remove it; readers choose for themselves where a link opens.",
    "align": "Remove it; texts on this site begin on the left.",
    "bgcolor": "Remove it; the look of the site is the same on every page.",
    "tabindex": "Remove it; readers with a keyboard follow the order of the text.",
    "name": 'Write "id" instead.',
    "markdown": "Leave a blank line above it, and begin it at the left edge.",
}


def unsafe_html(post: Post) -> Iterator[Problem]:
    """HTML that runs, sends, loads or styles something; it is never published."""
    if post.body.raw or ("<" in post.text and has_html(post.text)):
        yield from _unsafe(post)


@limited
def left_out_html(post: Post) -> Iterator[Problem]:
    """Harmless HTML that is left out."""
    if post.body.raw:
        yield from _left_out(post)


def _unsafe(post: Post) -> Iterator[Problem]:
    # Another rule reports what would be loaded from elsewhere, with its address.
    reported = {f"<{link.embeds}>" for link in post.links if "//" in link.target}
    lines = LineFinder(post)
    for token in tokenize(post.raw):
        if token.kind != "start":
            continue
        for word in _unsafe_words(token):
            if word not in reported:
                reported.add(word)
                yield Problem(
                    file=post.file,
                    line=lines.of(token),
                    message=f"the text has HTML with {word}, which is not published",
                    hint=_TAKE_OUT,
                )
        for name, value in token.attributes.items():
            if runs(value) and not (name == "src" and value in reported):
                reported.add(value)
                yield _running(post, token, name, value, lines)
    word = "" if reported else _shown_as_words(post)
    if word:
        line = lines.with_words(word.strip('<>"'))
        yield Problem(
            file=post.file,
            line=line,
            message=f"the text has HTML with {word}, which is not published",
            hint=_TAKE_OUT,
        )


def _shown_as_words(post: Post) -> str:
    """A broken tag that would be shown as text."""
    shown = plain(_CODE.sub("", post.raw))
    return tag_that_runs(shown) and tag_that_runs(without_code(post.text))


def _unsafe_words(token: HtmlToken) -> Iterator[str]:
    if token.name in _UNSAFE or runs(token.name):
        yield f"<{token.name}>"
        return
    for name in token.attributes:
        if name in _UNSAFE_ATTRIBUTES or (name.startswith("on") and len(name) > 4):
            yield f'"{name}"'
            return


def _running(post: Post, token: HtmlToken, name: str, value: str, lines: LineFinder) -> Problem:
    known = [link.line for link in post.links if link.target == value and value in post.text]
    line = known[0] if known else lines.of(token)
    return Problem(
        file=post.file,
        line=line,
        message="a link in the text runs a script, which is not published"
        if name == "href"
        else f'"{name}" of <{token.name}> in the text runs a script, which is not published',
        hint='Link to a web page instead: "[the council](https://...)".'
        if name == "href"
        else _TAKE_OUT,
    )


def _left_out(post: Post) -> Iterator[Problem]:
    reported: set[str] = set()
    lines = LineFinder(post)
    inside = ""
    for token in tokenize(post.raw):
        if inside and token.kind == "end" and token.name == inside:
            inside = ""
        if token.kind != "start":
            continue
        is_part = token.name in _PARTS.get(inside, ())
        if token.name in _PARTS and not token.is_self_closing:
            inside = token.name
        for word, hint in _harmless(token) if not is_part else ():
            if word not in reported:
                reported.add(word)
                yield Problem(
                    file=post.file,
                    line=lines.of(token),
                    message=f"the text has HTML with {word}, which is left out",
                    hint=hint,
                )


def _harmless(token: HtmlToken) -> Iterator[tuple[str, str]]:
    """The parts of a tag that are left out, each with what to do instead."""
    if token.name not in ELEMENTS:
        if not any(_unsafe_words(token)) and not any(runs(v) for v in token.attributes.values()):
            yield f"<{token.name}>", _INSTEAD.get(token.name, _NO_HTML)
        return
    if any(_unsafe_words(token)):
        return
    for name, value in token.attributes.items():
        if not is_known_attribute(token.name, name):
            hint = _OF_ATTRIBUTES.get(name, "Remove it; it does nothing on this site.")
            yield f'"{name}" on <{token.name}>', hint
        elif name in ADDRESSES and not is_address_kept(value):
            scheme = scheme_of(value)
            is_reported = runs(value) or len(scheme) == 1 or (token.name, scheme) == ("img", "data")
            is_reported = is_reported or (name == "href" and is_misspelt(value))
            if not is_reported:
                hint = 'Write addresses like "https://www.example.gov.uk/".'
                yield f'an address that begins with "{scheme}:"', hint
