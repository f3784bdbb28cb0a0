"""What Python-Markdown has no mark for: bare addresses as links, and lists counted by letters.

And one sign that its reader of HTML stumbles over: "&#" where no number follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, AtomicString

from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from markdown import Markdown

# Begins the first words of an item whose number is a letter or a Roman number; Unicode keeps it
# free for such uses. `markers.py` writes it, and it becomes an attribute here.
LETTERED = "\ufdd0"
# Stands between "&" and "#" while HTML is looked for; free for such uses as well.
_APART = "\ufdd1"
_BARE_REFERENCE = late_regex("&(?=#(?!(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]))")
# What every address has in it: quick to look for, since most words are not addresses.
SIGN = r"://|[Ww]{3}\.|@|\.(?:uk|wales|scot|cymru)\b"
# The letters of these, one of which is in every match: a plain search is quicker still.
SIGNS_OF_AN_ADDRESS = ("://", "@", "ww.", "WW.", "wW.", "Ww.", ".uk", ".wales", ".scot", ".cymru")
_BEFORE = late_regex(r"[\w.+'-]{1,300}\Z")
_LONGEST_BEFORE = 300
# What follows a domain name ends at a space, at a sign of Markdown's, or at one that Markdown
# itself has put in (U+0002, U+0003).
_REST = r"(?:[/?#:][^\s<>\"“”|\\^`*\x02\x03]*)?"
_PARTS = r"(?:[a-zA-Z0-9-]{1,63}\.){1,4}"
_ADDRESS = late_regex(
    r"(?P<whole>(?:https?|HTTPS?|Https?)://[^\s/?#<>\"“”|\\^`*\x02\x03]+" + _REST + ")"
    r"|(?P<mail>[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,24})(?![\w@-])"
    r"|(?P<bare>(?:[Ww]{3}\.[\w-]+(?:\.[\w-]+)+"
    r"|" + _PARTS + r"(?:gov|org|co|nhs|police|ac|sch|parliament)\.uk"
    r"|" + _PARTS + r"(?:gov\.(?:wales|scot)|llyw\.cymru|police\.uk|nhs\.uk|parliament\.uk))"
    r"(?![\w@-])" + _REST + ")"
)
# What ends a sentence, or a bracket that was opened before the address.
_AFTER = ".,;:!?'\"*_~’”)]}…"
# Nor after the "at" of an e-mail address that its author spelt out.
_IS_PART = late_regex(r"(?:[@/:=&%+]|[(\[](?:at|dot)[\])]\s*)\Z", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPENING = late_regex(r"<(/?)a\b", re.IGNORECASE)


class BareAddresses(InlineProcessor):
    """An address by itself is a link to where it says."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override] # noqa: N802 - the name that the library asks for
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        match = _whole_address(data, m)
        written = _without_end(match[0]) if match else ""
        if match is None or not _has_host(written, match) or self._is_in_link(data, match.start()):
            return None, None, None
        link = Element("a")
        scheme = "" if match["whole"] else "mailto:" if match["mail"] else "https://"
        link.set("href", scheme + written.replace("&amp;", "&"))
        link.text = AtomicString(written.replace("&amp;", "&"))
        return link, match.start(), match.start() + len(written)

    def _is_in_link(self, data: str, at: int) -> bool:
        """Whether the address is between <a> and </a> that its author wrote as HTML."""
        if self.md is None:
            return False
        stash = self.md.htmlStash.rawHtmlBlocks
        if not any(_OPENING.match(str(html)) for html in stash):
            return False
        nodes = getattr(self.md.treeprocessors["inline"], "stashed_nodes", {})
        for match in reversed([*INLINE_PLACEHOLDER_RE.finditer(data, 0, at)]):
            html = HTML_PLACEHOLDER_RE.match(str(nodes.get(match[1], "")))
            tag = _OPENING.match(str(stash[int(html[1])])) if html else None
            if tag:
                return not tag[1]
        return False


def _whole_address(data: str, sign: re.Match[str]) -> re.Match[str] | None:
    """The address that a sign of one is in; not in the middle of a word or of another address."""
    before = _BEFORE.search(data, max(sign.start() - _LONGEST_BEFORE, 0), sign.start())
    start = before.start() if before else sign.start()
    words = data[start : sign.start()]
    start += len(words) - len(words.lstrip(".+'-"))
    if _IS_PART.search(data, max(start - _LONGEST_BEFORE, 0), start):
        return None
    match = _ADDRESS.match(data, start)
    return match if match and match.end() >= sign.end() else None


def _without_end(address: str) -> str:
    while address and address[-1] in _AFTER:
        opening = _PAIRS.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def _has_host(written: str, match: re.Match[str]) -> bool:
    if not match["whole"]:
        return "." in written
    host = re.match(r"https?://([^/?#]+)", written, re.IGNORECASE)
    return host is not None and bool(re.search(r"\w", host[1]))


class LetteredLists(Treeprocessor):
    """Lists that were counted (a), (b) or (i), (ii) still are."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "ol":
                _count_by_letters(element)
            for words in ("text", "tail"):
                if LETTERED in (getattr(element, words) or ""):
                    setattr(element, words, re.sub(f"{LETTERED}.", "", getattr(element, words)))


def _count_by_letters(items: Element) -> None:
    for item in items:
        first = item[0] if len(item) and not (item.text or "").strip() else item
        text = (first.text or "").lstrip()
        if text.startswith(LETTERED):
            items.set("type", text[1:2])
            first.text = text[2:]


class PartReferences(Preprocessor):
    """Part "&" from "#" where they begin no character reference.

    Python's HTML parser stops there, and Python-Markdown then mistakes where the tags after it
    are: "&# &lt; <b>a</b>" became "&# &lt; <b>ab&gt;".
    """

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "&#" not in text:
            return lines
        return _BARE_REFERENCE.sub(f"&{_APART}", text).split("\n")


class JoinReferences(Preprocessor):
    """Undo `PartReferences` once the HTML has been found."""

    def run(self, lines: list[str]) -> list[str]:
        blocks = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if isinstance(block, str):
                blocks[number] = block.replace(_APART, "")
                continue
            for element in block.iter():  # HTML with Markdown in it
                for words in ("text", "tail"):
                    if _APART in (getattr(element, words) or ""):
                        setattr(element, words, getattr(element, words).replace(_APART, ""))
        return [line.replace(_APART, "") for line in lines]


class AsTyped(Extension):
    """All of it, for one `Markdown`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After fenced code, before HTML, and after it.
        md.preprocessors.register(PartReferences(md), "part-references", 21)
        md.preprocessors.register(JoinReferences(md), "join-references", 19)
        # Behind code, links and HTML, before entities, stars and low lines.
        md.inlinePatterns.register(BareAddresses(SIGN, md), "bare-addresses", 85)
        # Before what is in the items is read.
        md.treeprocessors.register(LetteredLists(md), "lettered-lists", 30)
