"""Check that the author's own HTML is valid, so that all browsers show it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.html_tokens import HtmlError, HtmlToken, LineFinder, has_html, tokenize
from wardblog.check.rule import MOST_REPORTED, limited
from wardblog.content.markdown.cleaning import ELEMENTS
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

_NUMBERS = frozenset(
    ("width", "height", "colspan", "rowspan", "span", "start", "value", "tabindex")
)  # fmt: skip
_WORDS = {
    "dir": ("ltr", "rtl", "auto"),
    "scope": ("row", "col", "rowgroup", "colgroup"),
    "loading": ("lazy", "eager"),
    "decoding": ("sync", "async", "auto"),
    "preload": ("none", "metadata", "auto", ""),
    "kind": ("subtitles", "captions", "descriptions", "chapters", "metadata"),
    "align": ("left", "center", "right"),
}
_EMPTY = frozenset(("controls", "open", "muted", "loop", "reversed", "default"))
# Errors of html5lib that all browsers correct in the same way, as does the cleaning of HTML.
_HARMLESS_ERRORS = frozenset(
    ("expected-named-entity", "named-entity-without-semicolon", "expected-numeric-entity",
     "numeric-entity-without-semicolon", "unexpected-space-after-double-dash-in-comment")
)  # fmt: skip
_ERROR_WORDS = {
    "unexpected-character-after-solidus-in-tag": "has a slash in the middle of a tag",
    "duplicate-attribute": "has the same attribute twice",
    "attributes-in-end-tag": "has attributes in an end tag",
    "self-closing-flag-on-end-tag": "has an end tag with a slash at its end",
    "expected-closing-tag-but-got-right-bracket": "has an end tag without a name",
    "expected-tag-name-but-got-question-mark": "has an instruction for another program",
    "expected-dashes-or-doctype": 'has a "<!" that does not begin a comment',
    "doctype": 'has a "<!" that does not begin a comment',
    "eof-in-attribute-value-double-quote": "has a quotation mark in a tag that is never closed",
    "eof-in-attribute-value-single-quote": "has a quotation mark in a tag that is never closed",
    "unexpected-character-after-attribute-value": "needs a space between two attributes",
    "invalid-character-in-attribute-name": "has a character in a tag that is not allowed there",
    "unexpected-character-in-unquoted-attribute-value": "needs quotation marks around a value",
    "equals-in-unquoted-attribute-value": "needs quotation marks around a value",
    "expected-attribute-value-but-got-right-bracket": "has an attribute without its value",
}
_HINTS = {
    "expected-tag-name-but-got-question-mark": "Remove it.",
    "doctype": "Remove it; each page has its own.",
    "expected-dashes-or-doctype": 'Write notes to yourself between "<!--" and "-->".',
}
_QUOTES = 'Write it like <img src="..." alt="...">.'
# The beginning of each tag; what begins in another way, such as a note, has no name here.
_OWN_TAG = late_regex(r"</?([a-zA-Z][\w:.-]*|(?=[!?]))")
_ANYWHERE = frozenset(
    ("abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "u", "var")
)  # fmt: skip
_NAME = late_regex(r"""<[a-z][a-z0-9]*\b[^<>]*?\sid\s*=\s*["']?([^"'\s<>]+)""")


@limited
def invalid_html(post: Post) -> Iterator[Problem]:
    if "<" in post.text and has_html(post.text):
        yield from _of_tags(post)
    if "id=" in post.text or "{" in post.text:
        yield from _of_names(post)


def _of_tags(post: Post) -> Iterator[Problem]:
    lines = LineFinder(post)
    reported: set[str] = set()
    for token, flaw in _flaws(post.raw):
        if flaw.message not in reported:
            reported.add(flaw.message)
            yield Problem(
                file=post.file, line=lines.of(token), message=flaw.message, hint=flaw.hint
            )
        if len(reported) == MOST_REPORTED:
            return
    if reported or _is_undisputed(post.text):
        return
    if all(p.name in ELEMENTS for p in tokenize(post.raw) if p.kind == "start"):
        yield from _of_trees(post, lines)


def _is_undisputed(text: str) -> bool:
    """Whether a correctly nested text has only tags that are allowed wherever text is."""
    names = {match[1].lower() for match in _OWN_TAG.finditer(text)}
    return "" not in names and names <= _ANYWHERE


def _flaws(html: str) -> Iterator[tuple[HtmlToken, HtmlError]]:
    # late import: see docs/architecture.md
    from wardblog.check.nesting import Nesting

    nesting = Nesting()
    for token in tokenize(html):
        if token.kind == "error":
            if token.name not in _HARMLESS_ERRORS:
                words = _ERROR_WORDS.get(token.name, "is not complete")
                yield token, HtmlError(f"HTML in the text {words}", _HINTS.get(token.name, _QUOTES))
            continue
        if token.name not in ELEMENTS and token.kind != "words":
            continue  # it is not published, which another rule reports
        for flaw in nesting.read(token):
            yield flaw.token or token, flaw
        if token.kind == "start":
            for flaw in _of_values(token):
                yield token, flaw
    for flaw in nesting.finish():
        if flaw.token:
            yield flaw.token, flaw


def _of_values(token: HtmlToken) -> Iterator[HtmlError]:
    for name, value in token.attributes.items():
        written = f'{name}="{value[:40]}" of <{token.name}>'
        if name in _NUMBERS and not re.fullmatch(r"-?\d+", value.strip()):
            number = re.match(r"\d+", value.strip())
            yield HtmlError(
                f"{written} must be a whole number",
                f'Write {name}="{number[0]}", or leave it out.'
                if number and not value.strip().endswith("%")
                else "Leave it out; the site fits it to the page.",
            )
        elif name in _WORDS and value.strip().lower() not in _WORDS[name]:
            words = ", ".join(f'"{word}"' for word in _WORDS[name] if word)
            yield HtmlError(f"{written} is not a valid value", f"It is one of: {words}.")
        elif name in _EMPTY and value.lower() not in ("", name):
            yield HtmlError(f"{written} needs no value", f"Write only: {name}.")
        elif name == "id" and (not value or re.search(r"\s", value)):
            yield HtmlError(f"{written} is not a name that links can use", "Write one word.")


def _of_names(post: Post) -> Iterator[Problem]:
    """Two elements with the same id, or one with an id that the theme uses."""
    known_names: set[str] = set()
    for match in _NAME.finditer(post.raw):
        name = match[1]
        is_own = f"#{name}" in post.text or "id=" in post.text
        if name in known_names and is_own:
            yield Problem(
                file=post.file,
                line=_line_of_name(post, name),
                message=f'two parts of the text are called "{name}", so links only find the first',
                hint="Give one of them another name.",
            )
        elif name.startswith("ward-") and is_own:
            yield Problem(
                file=post.file,
                line=_line_of_name(post, name),
                message=f'the name "{name}" is reserved for parts of the page itself',
                hint='Choose one that does not begin with "ward-".',
            )
        known_names.add(name)


def _line_of_name(post: Post, name: str) -> int:
    """The line of the last element with this id."""
    sought = re.escape(name)
    matches = [*re.finditer(rf"""\#{sought}(?=[\s}}])|\bid\s*=\s*["']?{sought}\b""", post.text)]
    return post.body.line + (post.text.count("\n", 0, matches[-1].start()) if matches else 0)


def _of_trees(post: Post, lines: LineFinder) -> Iterator[Problem]:
    """Any other parse error of the standard, such as text between the rows of a table."""
    import html5lib

    parser = html5lib.HTMLParser()
    parser.parseFragment(post.raw)
    starts = [0, *(match.end() for match in re.finditer("\n", post.raw))]
    for (line, column), code, words in parser.errors:
        if code in _HARMLESS_ERRORS or code in _ERROR_WORDS:
            continue
        name = str((words or {}).get("name", ""))
        token = HtmlToken(kind="start", name=name, end=starts[min(line, len(starts)) - 1] + column)
        yield Problem(
            file=post.file,
            line=lines.of(token),
            message="browsers would each read this HTML differently",
            hint="Close every tag, starting with the one that was opened last.",
        )
        return
