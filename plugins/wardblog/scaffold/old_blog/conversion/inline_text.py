"""Emphasis, code and links inside a line, as Markdown."""

from __future__ import annotations

import re

from bs4 import NavigableString, Tag

from wardblog.scaffold.old_blog.conversion import literal
from wardblog.scaffold.old_blog.conversion.code_fences import in_ticks
from wardblog.scaffold.old_blog.conversion.link_targets import LinkTargets, attribute, balanced
from wardblog.scaffold.old_blog.conversion.tags import value_of
from wardblog.support.late_regex import late_regex

# A web address that is a link by itself, wherever it is.
_BARE = late_regex(r"https?://[\w/:.?=&%#~+@-]*[\w/=]")
_MAIL = late_regex(r"[\w.+-]+@[\w.-]+\w")
# A low line beside these would be part of them.
_TAKES_LOW_LINES = late_regex(r"_|@|://|www\.|\.uk\b", re.IGNORECASE)
_WORD = late_regex(r"\w")
_ENDS = late_regex(r"[\s).,;!?]*(?:\s|$)")


def around(text: str, opening: str, closing: str = "") -> str:
    """Return words with marks around them, and with spaces at their edges outside of these."""
    words = text.strip()
    if not words:
        return " " if text else ""
    if opening[0] in "*_" and not _WORD.search(words):
        return text  # nobody sees emphasis on a sign, and Markdown may see a rule
    return f"{_space(text, 0)}{opening}{words}{closing or opening}{_space(text, -1)}"


def emphasised(el: Tag, text: str) -> str:
    """Return words in italics; inside of bold ones, or with such inside, with a mark of another
    kind.
    """
    if _looks_like_abbreviation(el, text):
        return around(text, "<em>", "</em>")
    is_whole = el.parent is not None and el.parent.name == "strong" and len(el.parent.contents) == 1
    if is_whole or (el.find_parent("strong") is None and el.find("strong") is None):
        return around(text, "*")
    is_html = _touches_word(el) or _TAKES_LOW_LINES.search(literal.plain_words_of(text))
    return around(text, "<em>", "</em>") if is_html else around(text, "_")


def _looks_like_abbreviation(el: Tag, text: str) -> bool:
    """Whether Markdown would see the meaning of an abbreviation, `*[...]: ...`, in a paragraph."""
    if not literal.without_marks(text)[0].lstrip().startswith("["):
        return False
    block = el.find_parent(["p", "dt", "td", "th", "figcaption"])
    return block is not None and "]:" in block.get_text()


def abbreviated(el: Tag, text: str) -> str:
    return around(text, f'<abbr title="{attribute(value_of(el, "title"))}">', "</abbr>")


def code(text: str) -> str:
    words = text.strip()
    if not words:
        return " " if text else ""
    return f"{_space(text, 0)}{in_ticks(words)}{_space(text, -1)}"


def link(targets: LinkTargets, el: Tag, text: str) -> str:
    """Return a link, as a bare address if its words are that."""
    if name := value_of(el, "id"):
        return f'<a id="{attribute(name)}"></a>{text}'
    words = text.strip()
    if not words or el.find_parent(["a", "code"]) is not None:
        return (words and text) or (" " if text else "")
    target, marks = targets.target(value_of(el, "href"))
    plain = literal.plain_words_of(words)
    before, after = _space(text, 0), _space(text, -1)
    is_web = plain == target and _BARE.fullmatch(plain)
    if is_web or (target == f"mailto:{plain}" and _MAIL.fullmatch(plain)):
        bare = plain if _is_apart(el) else f"<{plain}>"
        return f"{before}{marks}{bare}{after}"
    return f"{before}{marks}[{balanced(words)}]({target}){after}"


def _space(text: str, at: int) -> str:
    return " " if text[at].isspace() else ""


def _touches_word(el: Tag) -> bool:
    """Whether there is a letter right beside an element."""
    before, after = el.previous_sibling, el.next_sibling
    ends = (
        str(before)[-1:] if isinstance(before, NavigableString) else "",
        str(after)[:1] if isinstance(after, NavigableString) else "",
    )
    return any(end.isalnum() or end == "_" for end in ends)


def _is_apart(el: Tag) -> bool:
    """Whether an address ends where its link does, so that it is found as it is."""
    before, after = el.previous_sibling, el.next_sibling
    is_free = before is None or (isinstance(before, NavigableString) and str(before)[-1:] in " (")
    is_end = after is None or (isinstance(after, NavigableString) and _ENDS.match(str(after)))
    return is_free and bool(is_end) and el.parent is not None and el.parent.name in ("p", "td")
