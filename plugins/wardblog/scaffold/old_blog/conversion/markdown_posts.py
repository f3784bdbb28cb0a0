"""Old posts that are Markdown already: only what their own program read is replaced."""

from __future__ import annotations

import re
from html import unescape

from wardblog.scaffold.old_blog.conversion.code_fences import fenced
from wardblog.scaffold.old_blog.conversion.converted import TextContext
from wardblog.scaffold.old_blog.conversion.html_text import HtmlText
from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.old_addresses import is_of_reader_counter
from wardblog.scaffold.old_blog.conversion.shortcodes import attributes_of
from wardblog.scaffold.old_blog.conversion.template_tags import (
    with_templates_read,
    without_template_code,
)
from wardblog.support.late_regex import late_regex

_CODE = late_regex(
    r"^(?P<fence> {0,3}(?P<sign>`{3,}|~{3,}))[^\n]*\n.*?(?:^ {0,3}(?P=sign)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
# Each piece of code, and of HTML that is Markdown now, is held by one of these.
_FIRST_HELD = 0xF1000
_HELD = late_regex("[\U000f1000-\U000fffff]")
_HEADING = late_regex(r"^ {0,3}(#{1,6})(?!#)[ \t]*([^\n#][^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = late_regex(
    r"^(?![ ]{0,3}[-*+>|#\d])(\S[^\n]*)\n {0,3}(=+|-{2,})[ \t]*$", re.MULTILINE
)
_KRAMDOWN = late_regex(
    r"^[ \t]*(?:[-*]|1\.)[ \t]*\S[^\n]*\n\{:\s*toc\b[^}\n]*\}[ \t]*$|^[ \t]*\{:[^}\n]*\}[ \t]*$"
    r"|(?<=\S)\{:[^}\n]*\}",
    re.MULTILINE,
)
_MORE = late_regex(r"^[ \t]*<!--\s*(?:more|excerpt|readmore)[^>]*-->[ \t]*$", re.M | re.I)
_STRUCK = late_regex(r"(?<![~\\])~~(?=\S)([^\n~]+?)(?<=\S)~~(?!~)")
_INLINE = late_regex(
    r"(?P<shown>!?)\[(?P<words>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<address>(?:[^\s()<>]|\([^\s()<>]*\))+)>?"
    r"(?:\s+(?P<title>\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\)))?\s*\)"
)
_REFERRED = late_regex(r"^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)<?([^\s<>]+)>?", re.MULTILINE)
_BY_REFERENCE = late_regex(r"(?<!!)\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])(?![(:])")
_AUTOMATIC = late_regex(r"<(https?://[^\s<>]+)>")
_HTML_LINK = late_regex(r"(<a\b[^>]*?\bhref\s*=\s*)([\"'])(.*?)\2", re.IGNORECASE | re.DOTALL)
_WHOLE_LINK = late_regex(
    r"<a\s[^<>]*?\bhref\s*=\s*[\"']([^\"'\s()<>]+)[\"'][^<>]*>([^<>\[\]\n]+)</a>", re.IGNORECASE
)
# WordPress's captions, which other programs took over as they were.
_CAPTION = late_regex(r"\[caption\b(?P<values>[^\]]*)\](?P<words>.*?)\[/caption\]", re.DOTALL)
# Converters put a backslash before their brackets.
_ESCAPED = late_regex(r"\\\[(/?(?:wp_)?caption\b)([^\[\]\\\n]*)\\\]")
_CODE_OF_WORDPRESS = late_regex(
    r"\[(code|sourcecode)(?P<values>\s+lang[^\]\n]*)\]\n?(?P<words>.*?)\n?[ \t]*\[/\1\]", re.DOTALL
)
_LINKED = late_regex(r"\]\([^\s()]+\)")
_WRAPPER = late_regex(r"</?(?:div|center|section|aside|figure|span)\b[^>]*>", re.IGNORECASE)
_HTML_HEADING = late_regex(r"[ \t]*<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_HTML_PARAGRAPH = late_regex(r"[ \t]*<p\b[^>]*>(.*?)</p\s*>", re.IGNORECASE | re.DOTALL)
_INDENT = late_regex(r"^[ \t]+", re.MULTILINE)
_HTML_IMAGE = late_regex(r"<img\b[^>]*>", re.IGNORECASE)
_BLOCK = late_regex(
    r"^ {0,3}<(?P<name>figure|div|iframe|center|video|audio|object|embed|script|style|form|table|p"
    r"|section|aside|img|br|blockquote|ul|ol|dl|h[1-6]|a\s[^>\n]*>\s*<img|wardblog-leftover"
    r"|noscript|picture)\b(?![^>\n]*\smarkdown\s*=)[^>]*>",
    re.MULTILINE | re.IGNORECASE,
)
_LEFT_OVER = late_regex(r"<wardblog-leftover number=(\d{1,9})></wardblog-leftover>")
_SPACE_AT_END = late_regex(r"(?<=\S)(?P<break>  +)(?=\n[^\n])|[ \t]+$", re.MULTILINE)
_BLANK_LINES = late_regex(r"\n{3,}")


class MarkdownText:
    """One text that is Markdown."""

    def __init__(self, context: TextContext, leftovers: Leftovers) -> None:
        self.html = HtmlText(context, leftovers)
        self._context, self._leftovers = context, leftovers
        self._held: list[str] = []

    def written(self, text: str) -> str:
        """Return the text in the form that our posts have; places are still private characters."""
        text = without_template_code(text.expandtabs(4))
        text = _CODE.sub(lambda code: self._hold(code[0]), _CODE_OF_WORDPRESS.sub(_fenced, text))
        text = _ESCAPED.sub(r"[\1\2]", text)
        text = _CAPTION.sub(_captioned, text)
        text = with_templates_read(text, self._context.addresses, self._leftovers)
        text = _MORE.sub("", _KRAMDOWN.sub("", text))
        text = self._without_html(text)
        text = _with_levels(_STRUCK.sub(r"<del>\1</del>", text))
        text = _INLINE.sub(self._inline, text)
        text = self._with_references(text)
        text = _AUTOMATIC.sub(lambda match: f"<{self._target(match[1])}>", text)
        text = text.replace("&nbsp;", " ").replace("\xa0", " ")
        text = _SPACE_AT_END.sub(lambda match: "\\" if match["break"] else "", text)
        text = _BLANK_LINES.sub("\n\n", text).strip("\n")
        return self._with_held(text)

    def _with_held(self, text: str) -> str:
        """The text with what was held; a tag may have code in it, which was held before it."""
        return _HELD.sub(
            lambda match: self._with_held(self._held[ord(match[0]) - _FIRST_HELD]), text
        )

    def _with_references(self, text: str) -> str:
        """References with new addresses; a link to one that its program filled in is its words."""
        unknown = {
            match[1].strip(" []:\t").casefold()
            for match in _REFERRED.finditer(text)
            if _HELD.search(match[2])
        }
        if unknown:
            text = _BY_REFERENCE.sub(
                lambda link: link[1] if (link[2] or link[1]).casefold() in unknown else link[0],
                text,
            )
        return _REFERRED.sub(
            lambda match: match[2] if _HELD.search(match[2]) else match[1] + self._target(match[2]),
            text,
        )

    def _hold(self, text: str) -> str:
        self._held.append(text)
        return chr(_FIRST_HELD + len(self._held) - 1)

    def _without_html(self, text: str) -> str:
        """Blocks of HTML as Markdown; links and pictures in a line in their own form."""
        parts: list[str] = []
        end = 0
        while match := _BLOCK.search(text, end):
            stop = _end_of_block(text, match)
            block = text[match.start() : stop]
            if _HELD.search(block) or _LINKED.search(block):
                # There is Markdown in it.
                parts.append(text[end : match.start()] + _unwrapped(block))
            else:
                parts += [text[end : match.start()], "\n\n", self._block(block), "\n\n"]
            end = stop
        text = "".join([*parts, text[end:]])
        text = _HTML_IMAGE.sub(lambda image: self._block(image[0]), text)
        text = _LEFT_OVER.sub(lambda left: self._hold(self.html.leftover(int(left[1]))), text)
        text = _WHOLE_LINK.sub(r"[\2](\1)", text)
        return _HTML_LINK.sub(
            lambda link: f"{link[1]}{link[2]}{self._target(unescape(link[3]))}{link[2]}", text
        )

    def _block(self, block: str) -> str:
        return self._hold(self.html.written(block, frozenset()))

    def _target(self, address: str) -> str:
        address, marks = self.html.targets.target(address)
        return marks + address

    def _inline(self, match: re.Match[str]) -> str:
        address, title = match["address"], (match["title"] or "")[1:-1]
        words = _INLINE.sub(self._inline, match["words"])
        if _HELD.search(address):
            # Its program would have filled it in; what it read stays as a note.
            return address if match["shown"] else words + address
        if not match["shown"]:
            if "![" in match["words"] and "![" not in words:
                return words  # a picture that is not here is a link itself
            kept = f' "{title}"' if title and '"' not in title else ""
            return f"[{words}]({self._target(address)}{kept})"
        full = self._context.addresses.full(address)
        if is_of_reader_counter(full):
            return ""
        return "".join(self.html.targets.picture(address, unescape(words), title))


def _unwrapped(block: str) -> str:
    """What is in a block of HTML that has Markdown inside, such as a box around a note."""
    block = _HTML_HEADING.sub(
        lambda found: f"\n\n{'#' * int(found[1])} {' '.join(found[2].split())}\n\n", block
    )
    block = _HTML_PARAGRAPH.sub(lambda found: f"\n\n{_INDENT.sub('', found[1].strip())}\n\n", block)
    return _WRAPPER.sub("\n\n", block)


def _fenced(match: re.Match[str]) -> str:
    """WordPress's block of code as one of Markdown."""
    values = attributes_of(match["values"])
    language = (values.get("language") or values.get("lang") or "").lower()
    return f"\n\n{fenced(unescape(match['words']), language)}\n\n"


def _captioned(match: re.Match[str]) -> str:
    """A picture in Markdown with the caption that follows it, as its title."""
    shown = _INLINE.match(match["words"].strip())
    if shown is None:
        return f"\n\n{match['words']}\n\n"
    rest = match["words"].strip()[shown.end() :].strip()
    caption = " ".join((rest or attributes_of(match["values"]).get("caption", "")).split())
    picture = _INLINE.match(shown["words"]) if not shown["shown"] else shown
    if picture is None or not picture["shown"] or '"' in caption:
        return f"\n\n{shown[0]}\n\n{caption}\n\n"
    titled = f'![{picture["words"]}]({picture["address"]} "{caption}")'
    return f"\n\n{shown[0].replace(picture[0], titled)}\n\n"


def _end_of_block(text: str, match: re.Match[str]) -> int:
    """Where a block of HTML ends: where its element is closed, or at a blank line."""
    name = match["name"].partition(" ")[0].lower()
    if name in ("img", "br", "embed"):
        end = text.find("\n", match.end())
        return len(text) if end < 0 else end
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b", re.IGNORECASE).finditer(text, match.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            end = text.find(">", tag.end())
            return len(text) if end < 0 else end + 1
    end = text.find("\n\n", match.end())
    return len(text) if end < 0 else end


def _with_levels(text: str) -> str:
    """Headings that begin at level 2, since the title of the post is 1."""
    text = _UNDERLINED.sub(lambda line: f"{'#' if line[2][0] == '=' else '##'} {line[1]}", text)
    levels = sorted({len(match[1]) for match in _HEADING.finditer(text)})
    new = {level: min(2 + place, 6) for place, level in enumerate(levels)}
    return _HEADING.sub(lambda match: f"{'#' * new[len(match[1])]} {match[2]}", text)
