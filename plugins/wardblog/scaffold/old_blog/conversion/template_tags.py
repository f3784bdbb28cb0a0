"""Tags of Liquid (Jekyll, Eleventy) and shortcodes of Hugo in a text of Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape

from wardblog.scaffold.old_blog.conversion.code_fences import fenced
from wardblog.scaffold.old_blog.conversion.embeds import embed_of
from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.made_html import (
    figure_html,
    frame_of_service,
    is_service,
)
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses, is_picture_address
from wardblog.scaffold.old_blog.conversion.shortcodes import attributes_of
from wardblog.support.late_regex import late_regex

_CODE = late_regex(
    r"\{%-?\s*(?P<tag>highlight|codeblock|prism)\b[ \t]*(?P<liquid>[\w+#-]*)[^%]*%\}"
    r"\n?(?P<words>.*?)\n?\{%-?\s*end(?P=tag)\s*-?%\}"
    r"|\{\{[<%]\s*(?P<code>highlight|code(?:-?block|-toggle)?|prism)\b[ \t]*"
    r"(?:\"?(?P<hugo>[\w+#-]*)\"?(?![\w=+#-]))?[^>%]*[>%]\}\}\n?(?P<more>.*?)\n?"
    r"\{\{[<%]\s*/\s*(?P=code)\s*[>%]\}\}",
    re.DOTALL,
)
_UNSEEN = late_regex(
    r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{#.*?#\}|\{\{/\*.*?\*/\}\}"
    r"|\{%-?\s*(?:end)?raw\s*-?%\}",
    re.DOTALL,
)
_VERBATIM = late_regex(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_SITE = late_regex(r"\{\{-?\s*(?:site|\.Site)\.(?:baseurl|url|BaseURL)\s*-?\}\}")
_FILTERED = late_regex(
    r"\{\{-?\s*[\"']([^\"'{}]+)[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend:[^|{}]*"
    r"|absURL|relURL)\s*(?:\|\s*\w+(?::[^|{}]*)?\s*)*-?\}\}"
)
_TAG = late_regex(
    r"\{%-?\s*(?P<liquid>\w+)\s*(?P<values>(?:[^%{}]|%(?!\}))*?)-?%\}"
    r"|\{\{(?P<mark>[<%])\s*(?P<end>/)?\s*(?P<hugo>[\w/-]+)\s*(?P<parts>.*?)/?\s*[>%]\}\}"
    r"|\{\{-?\s*(?P<output>[^{}<%]*?)\s*-?\}\}",
    re.DOTALL,
)
_POST_LINKS = frozenset(("post_url", "ref", "relref", "link"))
# Services that have other names here.
_SERVICES = {"youtube-lite": "youtube", "x": "tweet", "twitter": "tweet"}
# What comes before an address in a link.
_STARTS_ADDRESS = late_regex(r"""(?:[("'=<]|\]:\s?)$""")
_QUOTES = " \"'\n"
# The parts of a picture that can be in a line.
_IN_ITEM = late_regex(r"<img\b[^>]*>|(?<=<figcaption>)[^<]+")
_FRAME = late_regex(r'<iframe src="([^"]+)">')
# What says nothing to readers: how a page begins, and lists of its own headings.
_UNNEEDED = frozenset(("base_path", "toc", "comment", "else"))
_PICTURES = frozenset(("figure", "img", "image", "picture", "photo", "imgproc", "lightbox"))
_INCLUDE = late_regex(r"\s*([\w./-]+)(.*)", re.DOTALL)
_SOURCES = ("src", "url", "file", "image", "image_path", "path", "link", "0")


def without_template_code(text: str, *, is_html: bool = False) -> str:
    """Return the text with blocks of code as Markdown has them, or HTML, and without comments."""
    if "{" not in text:
        return text
    text = _CODE.sub(_preformatted if is_html else _fenced, text)
    if is_html:
        text = _VERBATIM.sub(lambda match: match[1].replace("{", "&#123;"), text)
    return _UNSEEN.sub("", text)


def _preformatted(match: re.Match[str]) -> str:
    words = match["words"] if match["words"] is not None else match["more"]
    return f"<pre><code>{escape(words, quote=False).replace('{', '&#123;')}</code></pre>"


def _fenced(match: re.Match[str]) -> str:
    words = match["words"] if match["words"] is not None else match["more"]
    return fenced(words, match["liquid"] or match["hugo"] or "")


def with_templates_read(text: str, addresses: OldAddresses, leftovers: Leftovers) -> str:
    """Return the text with its tags as addresses, as HTML, or as an element for what is left over.

    A tag that names a post becomes the path of its new file, after `content:`.
    """
    if "{" not in text:
        return text
    text = _FILTERED.sub(r"\1", _SITE.sub(_root, text))
    return _TAG.sub(lambda match: _instead(match, addresses, leftovers), text)


def _root(match: re.Match[str]) -> str:
    """The address of the old site, before a path; by itself it is that of its home page."""
    after = match.string[match.end() : match.end() + 1]
    return "/" if not after or after in " \n)\"'>" else ""


def _instead(match: re.Match[str], addresses: OldAddresses, leftovers: Leftovers) -> str:
    if _is_in_html_tag(match):
        return _in_html_tag(match, addresses)
    if match["output"] is not None:
        if _is_in_address(match):
            return ""  # such as {{ base_path }}/images/bin.jpg
        return leftovers.inline("template", _short(match[0]), match[0])
    name = (match["liquid"] or match["hugo"]).lower()
    written = match["values"] if match["liquid"] else match["parts"]
    if match["end"]:
        return ""
    if name == "include" and (included := _INCLUDE.match(written)):
        name = included[1].rpartition("/")[2].partition(".")[0]
        written = included[2]
    if name in _UNNEEDED or name.startswith("end"):
        return ""
    if name in _POST_LINKS:
        link = _post(written, addresses)
        if link and not _STARTS_ADDRESS.search(
            match.string[max(0, match.start() - 3) : match.start()]
        ):
            return f"[{posixpath.splitext(written.strip(_QUOTES).partition('#')[0])[0]}]({link})"
        return link or leftovers.inline("template", _short(match[0]), match[0])
    html = _html(name, attributes_of(written))
    if html and _is_in_item(match):
        # Within an item of a list, where a block of HTML would end the list.
        html = _in_line(html)
    return html or leftovers.inline("template", _short(match[0]), match[0])


def _in_line(html: str) -> str:
    """The parts of a picture, or the link to what a frame shows, without a paragraph."""
    frame = _FRAME.search(html)
    if frame and (embed := embed_of(unescape(frame[1]))):
        return f'<a href="{escape(embed.address)}">{embed.words}</a>'
    return " ".join(_IN_ITEM.findall(html))


def _is_in_item(match: re.Match[str]) -> bool:
    """Whether a tag is alone on an indented line."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[start : match.start()]
    return len(before) > 1 and before.isspace()


def _is_in_html_tag(match: re.Match[str]) -> bool:
    at = match.string.rfind("<", 0, match.start())
    is_open = at >= 0 and match.string[at + 1].isalpha()
    return is_open and match.string.find(">", at, match.start()) < 0


def _in_html_tag(match: re.Match[str], addresses: OldAddresses) -> str:
    """A tag among the attributes of an HTML element: an address, or part of one, or nothing."""
    if match["output"] is not None:
        return "" if _is_in_address(match) else re.sub(r"[\s\"'<>]+", "", match[0])
    name = (match["liquid"] or match["hugo"]).lower()
    is_link = name in _POST_LINKS and not match["end"]
    return (
        _post(match["values"] if match["liquid"] else match["parts"], addresses) if is_link else ""
    )


def _is_in_address(match: re.Match[str]) -> bool:
    """Whether a tag is the beginning of an address."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return before in ('"', "'", "(", "=") and after == "/"


def _post(written: str, addresses: OldAddresses) -> str:
    name, sign, fragment = written.strip(" \"'\n").partition("#")
    file = addresses.post_named(name)
    if file:
        return f"content:{file}{sign}{fragment}"
    if not name:
        return f"{sign}{fragment}"
    return "" if re.search(r"[\s{}]", name) else f"/{name.lstrip('/')}{sign}{fragment}"


def _html(name: str, values: Mapping[str, str]) -> str:
    if name in _PICTURES:
        return _picture(values)
    service = values.get("provider", "") if name == "video" else _SERVICES.get(name, name)
    if not is_service(service):
        return _picture(values) if "caption" in values or "alt" in values else ""
    number = values.get("id") or "/".join(values[key] for key in values if key.isdigit())
    return frame_of_service(service, number.rpartition("/")[2] if service == "tweet" else number)


def _picture(values: Mapping[str, str]) -> str:
    source = next((values[key] for key in _SOURCES if is_picture_address(values.get(key, ""))), "")
    if not source:
        return ""
    caption = values.get("caption") or values.get("title") or ""
    return figure_html(source, values.get("alt", ""), caption)


def _short(tag: str) -> str:
    """A tag without the values that differ from post to post."""
    words = re.sub(r"\s+", " ", tag)
    match = re.match(r"(\{[{%][<%]?-?\s*(?:include\s+)?[\w./|-]+)", words)
    ending = re.search(r"[>%-]*[%}]\}$", words)
    return f"{match[1]} {ending[0]}" if match and ending else words[:40]
