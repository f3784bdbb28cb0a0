"""Converts HTML to plain text as a person would read it out, for summaries, feeds and cards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from wardblog.support.late_regex import late_regex

# A note to nobody, a tag, or words; a lone "<" is a word.
_PARTS = late_regex(
    r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"""
    r"""(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>|(?P<words>[^<]+|<)""",
    re.DOTALL,
)
# Words before and after these do not belong together.
_BREAKS = frozenset(
    ("address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl",
     "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
     "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
     "tr", "ul")
)  # fmt: skip
# What is taken back, what only explains how a sign is read, and what is not text.
_UNREAD = frozenset(("del", "s", "rt", "rp", "script", "style", "template", "audio", "video"))
_LISTS = frozenset(("ul", "ol", "dl"))
# Of these a summary has nothing: they are looked at, not read out.
_LOOKED_AT = frozenset(("table", "pre", "figure"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FOOTNOTES = late_regex(r"""\bclass=["']?footnote["'\s>]""")
# A raised number that leads to a note, and one in brackets.
_NOTE_MARK = late_regex(
    r"""(?:\s+(?=(?:<[^<>]*>){1,2}[^<]*(?:</\w+>){1,2}[.,;:!?)]))?(?:
    <sup\b[^<>]*>\s*<a\b[^<>]*\bhref=["']?\#[^<>]*>[^<]*</a>\s*</sup>
    | <a\b[^<>]*\bhref=["']?\#[^<>]*>\s*(?:<sup\b[^<>]*>)?\s*[\[(]?(?:\d{1,3}|[*†‡§]+)[\])]?\s*
      (?:</sup>)?\s*</a>)""",
    re.VERBOSE,
)
_CODE = late_regex(r"<(code|pre|kbd|samp)\b.*?</\1>", re.DOTALL)
# A paragraph, or its first line, all in bold is a heading by another name.
_BOLD = late_regex(
    r"<p>\s*<(strong|b)>((?:(?!</?\1>|<br\b|</p>).)*)</\1>(:?)\s*(?:<br\b[^<>]*>|(</p>))", re.DOTALL
)
_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_FIGURES = late_regex(r"[0-9+\-=()]+")
# What nobody sees and no reader aloud says; those that join letters stay.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_ALT = late_regex(r"""\salt=["']([^"']+)["']""")
_SENTENCE_END = late_regex(r"[.!?…。！？؟۔।][\"'”’)\]»]*(?=\s)")
# The longest summary: so many words, or signs in languages that put no spaces between words.
_WORDS, _SIGNS = 40, 300
_FEWEST_WORDS = 12
_OPENED, _CLOSED = "\u2066\u2067\u2068", "\u2069"
_JOINS = frozenset("\u200c\u200d")


class _Part(NamedTuple):
    """A tag, or with an empty name the text between two tags."""

    name: str
    is_end: bool
    attributes: str
    words: str


def plain(html: str) -> str:
    """Return the text of HTML in one line, without footnote marks."""
    if "<" not in html:
        return _tidied(unescape(html))
    words = [part if isinstance(part, str) else " " for part in _read_out(_parts(html))]
    return _tidied("".join(words))


def lines_of(html: str) -> str:
    """Return the text of HTML with a line for each block; code is left out."""
    html = _CODE.sub("<br>", html) if "<code" in html or "<pre" in html else html
    words = (part if isinstance(part, str) else "\0" for part in _read_out(_parts(html)))
    return "\n".join(filter(None, map(_tidied, "".join(words).split("\0"))))


def summary_of(html: str, title: str = "") -> str:
    """Return a summary: the first paragraph with words in it, or the first list.

    A repeated title, tables, code, captions and footnotes are skipped. Without a paragraph, it is
    the first heading, or a picture's alternative text.
    """
    headings: list[str] = []
    gathered, was_list = "", False
    for words, name, in_list in _blocks(html):
        if _same(words, title):
            continue
        if was_list and not in_list:
            break
        if name in _HEADINGS:
            if gathered:
                break
            headings.append(words)
            continue
        gathered, was_list = f"{gathered} {words}".strip(), in_list
        is_enough = len(gathered.split()) > _WORDS or len(gathered) > _SIGNS
        if is_enough or not (in_list or gathered.endswith(":")):
            break
    if gathered:
        return shortened(gathered)
    pictures = (_tidied(unescape(alt)) for alt in _ALT.findall(html))
    others = (*headings, *(alt for alt in pictures if not _same(alt, title)), "")
    return shortened(others[0])


def shortened(text: str, words: int = _WORDS, signs: int = _SIGNS) -> str:
    """Return the text, cut at the end of a sentence or word with an ellipsis if it is too long."""
    found = " ".join(text.split()[:words])
    if len(found) > signs:
        end = found.rfind(" ", 0, signs)
        found = found[: end if end > signs // 2 else _whole(found, signs)]
    if found == text:
        return text
    for end in [match.end() for match in _SENTENCE_END.finditer(f"{found} ")][::-1]:
        if len(found[:end].split()) >= _FEWEST_WORDS:
            return _closed(found[:end]) + " …"
    return _closed(found.rstrip(" ,;:–—-([“‘\"'/&")) + "…"


def _whole(text: str, end: int) -> int:
    """The last place before `end` where no letter is parted from its marks."""
    while end > 1 and (_is_joined(text[end]) or _is_joined(text[end - 1], before=True)):
        end -= 1
    return end


def _is_joined(sign: str, before: bool = False) -> bool:
    """Whether a sign belongs to the one before it, or with `before` to the one after it."""
    if sign in _JOINS:
        return True
    if before:
        return False
    is_flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
    is_tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    is_tag = "\U000e0020" <= sign <= "\U000e007f"  # of the flags of Wales, Scotland and England
    is_vowel = "\u1160" <= sign <= "\u11ff"  # of a Korean syllable
    is_mark = unicodedata.category(sign).startswith("M")
    return is_mark or is_tone or is_flag or is_tag or is_vowel


def _closed(text: str) -> str:
    """The text with an end for each change of direction that it leaves open."""
    opened = sum(text.count(sign) for sign in _OPENED) - text.count(_CLOSED)
    return text + _CLOSED * max(opened, 0)


def _same(words: str, title: str) -> bool:
    sought = _letters(title)
    # The beginning shows it of nearly all words.
    return (
        sought != ""
        and sought.startswith(_letters(words[: len(title)]))
        and _letters(words) == sought
    )


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _tidied(words: str) -> str:
    words = words if words.isascii() else words.translate(_UNSEEN)
    return " ".join(words.split())


def _parts(html: str) -> Iterator[_Part]:
    html = _NOTE_MARK.sub("", html) if "#" in html else html
    for found in _PARTS.finditer(html):
        if found["words"]:
            yield _Part("", False, "", found["words"])
        elif found["name"]:
            yield _Part(found["name"].lower(), bool(found["end"]), found["attributes"], "")


def _read_out(parts: Iterator[_Part]) -> Iterator[str | _Part]:
    """The words as they are read out, and the tags where they break."""
    unread = 0
    place = ""  # above or below the line
    for part in parts:
        if part.name in _UNREAD:
            unread = max(unread + (-1 if part.is_end else 1), 0)
        elif part.name in ("sup", "sub"):
            place = "" if part.is_end else part.name
        elif part.name in _BREAKS:
            yield part
        elif unread:
            continue
        elif part.name == "q":
            yield "”" if part.is_end else "“"
        elif part.words:
            yield _placed(unescape(part.words), place)


def _placed(words: str, place: str) -> str:
    """Figures above or below the line as such: m², CO₂; letters as they are: 1st."""
    if not place or not _FIGURES.fullmatch(words.strip()):
        return words
    return words.translate(_RAISED if place == "sup" else _LOWERED)


def _without_hidden(parts: Iterator[str | _Part]) -> Iterator[str | _Part]:
    """The words and tags outside of tables, code, figures and the list of footnotes."""
    hidden, depth = "", 0
    for part in parts:
        if isinstance(part, str):
            if not depth:
                yield part
        elif depth:
            if part.name == hidden:
                depth += -1 if part.is_end else 1
        else:
            yield part
            is_hidden = part.name in _LOOKED_AT or _FOOTNOTES.search(part.attributes)
            if is_hidden and not part.is_end:
                hidden, depth = part.name, 1


def _blocks(html: str) -> Iterator[tuple[str, str, bool]]:
    """The words of each block, the name of its element, and whether it is in a list."""
    name, gathered, lists = "", "", 0
    if "<strong>" in html or "<b>" in html:
        html = _BOLD.sub(lambda m: f"<h6>{m[2]}{m[3]}</h6>{'' if m[4] else '<p>'}", html)
    for part in _without_hidden(_read_out(_parts(f"{html}<hr>"))):
        if isinstance(part, str):
            gathered += part
        elif part.name == "br":
            gathered += " "
        else:
            if re.search(r"\w", gathered):
                yield _tidied(gathered), name, lists > 0
            gathered = ""
            name = "" if part.is_end else part.name
            if part.name in _LISTS:
                lists = max(lists + (-1 if part.is_end else 1), 0)
