"""WordPress's shortcodes, such as `[caption]` and `[gallery]`, as the HTML that they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.made_html import (
    figure_html,
    frame_html,
    frame_of_service,
)
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.model import OldPicture
from wardblog.support.late_regex import late_regex

_CODE = late_regex(r"<(pre|code|script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = late_regex(
    r"(?P<escaped>\[)?\[(?P<end>/)?(?P<name>[a-zA-Z][\w-]{1,40})"
    r"(?P<attributes>(?:[\s=](?:[^\[\]\"'“”″]|\"[^\"]*\"|'[^']*'|[“”″][^“”″\]]*[“”″]|['\"“”″])*)?)"
    r"(?P<alone>/)?\](?(escaped)\])"
)
_ATTRIBUTE = late_regex(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”″]([^“”″]*)[“”″]|([^\s"']+))|"([^"]*)"|(\S+)"""
)
_VERBATIM = late_regex(
    r"\[(?P<name>code|sourcecode|source|cc|highlight|php|html|css|javascript|python|bash|sql|xml)"
    r"(?P<attributes>\s[^\]]*)?\](?P<words>.*?)\[/(?P=name)\]",
    re.DOTALL | re.IGNORECASE,
)
_CAPTION = late_regex(
    r"\[(?P<name>(?:wp_)?caption)(?P<attributes>(?:[^\]\"']|\"[^\"]*\"|'[^']*')*)\]"
    r"(?P<words>.*?)\[/(?P=name)\]",
    re.DOTALL,
)
_SHOWN = late_regex(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)\s*(.*)\Z", re.DOTALL | re.IGNORECASE
)
# Around what is kept as it is: columns, boxes and page builders.
_LAYOUT = late_regex(
    r"(?:one|two|three|four|five)_(?:half|third|thirds|fourth|fourths|fifth)(?:_last)?|columns?"
    r"|col(?:-?\d+)?|row(?:_inner)?|section|container|clear|clearfix|divider|spacer|space|hr|box"
    r"|vc_\w+|et_pb_\w+|fusion_\w+|av_\w+|fl_\w+|su_(?:row|column|spacer|divider|box|note|service)"
    r"|tabs?|tabgroup|accordions?|toggles?|spoiler|dropcap|highlight|lead|center|align\w*|raw|intro"
    r"|left|right|wide|group|panel",
    re.IGNORECASE,
)
# Those that begin or end a paragraph.
_INLINE_LAYOUT = frozenset(("dropcap", "highlight", "raw"))
_QUOTE = frozenset(("quote", "blockquote", "pullquote", "su_quote", "testimonial"))
_NOTE = frozenset(("footnote", "footnotes", "ref", "fn", "efn_note", "note_ref"))
# Known shortcodes that may be written without any value.
_KNOWN = frozenset(
    ("gallery", "playlist", "audio", "video", "embed", "youtube", "vimeo", "caption", "poll",
     "polldaddy", "crowdsignal", "contact-form", "contact-form-7", "contact-field", "gravityform",
     "ninja_form", "wpforms", "mc4wp_form", "archives", "sitemap", "tweet", "googlemaps",
     "slideshow",
     "recent_posts", "display-posts", "toc", "subscribe2", "jetpack_subscription_form", "calendar",
     "events_list", "events_calendar", "google-map-v3", "wpgmza", "nggallery", "ngg", "singlepic",
     "slideshare", "scribd", "soundcloud", "instagram", "facebook", "flickr", "dailymotion", "ted",
     "gist", "twitter", "twitter-timeline", "blip.tv", "viddler", "wpvideo", "videopress",
     "portfolio",
     "testimonials", "button", "share", "donate", "map", "leaflet-map", "form", "login", "search")
)  # fmt: skip
_ADDRESS_NAMES = (
    "url", "file", "src", "href", "link", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav",
)  # fmt: skip
_LINKED = frozenset(
    ("embed", "youtube", "vimeo", "dailymotion", "tweet", "gist", "ted", "instagram", "googlemaps",
     "soundcloud", "facebook", "twitter", "flickr", "audio", "video", "wpvideo", "videopress",
     "slideshare", "scribd", "embedyt", "su_youtube", "su_vimeo", "fusion_youtube", "iframe",
     "googlemap", "playlist", "file", "pdf", "gview", "pdf-embedder", "embeddoc", "video_lightbox")
)  # fmt: skip
_IS_ADDRESS = late_regex(r"(?:https?:)?//\S+|www\.\S+|/\S+\.\w{2,5}")


def attributes_of(written: str) -> dict[str, str]:
    """Return the values of a shortcode; those without a name are under "0", "1" and so on."""
    result: dict[str, str] = {}
    written = written.strip().removesuffix("/")
    if written.startswith("="):
        return {"0": unescape(written[1:].strip(" \"'“”″"))}
    for match in _ATTRIBUTE.finditer(written.replace("\xa0", " ")):
        name, *values = match.groups()
        value = unescape(next((value for value in values if value is not None), ""))
        result[name.lower() if name else str(sum(key.isdigit() for key in result))] = value
    return result


def pictures_of_gallery(
    values: Mapping[str, str], addresses: OldAddresses, post_number: str
) -> list[OldPicture]:
    """Return the pictures that a gallery with these values shows in the post with this number."""
    if numbers := re.findall(r"\d+", values.get("ids") or values.get("include") or ""):
        return [picture for number in numbers if (picture := addresses.numbered(number))]
    left_out = re.findall(r"\d+", values.get("exclude", ""))
    uploaded = addresses.of_post(values.get("id") or post_number)
    return [picture for picture in uploaded if picture.number not in left_out]


def with_shortcodes_read(
    text: str, addresses: OldAddresses, leftovers: Leftovers, number: str = ""
) -> str:
    """Return HTML in which shortcodes are what they mean, or an element for what is left over.

    `number` is that of the post, whose own pictures a gallery without numbers shows.
    """
    if "[" not in text:
        return text
    text = _VERBATIM.sub(_code, text)
    parts: list[str] = []
    end = 0
    reader = _Reader(addresses, leftovers, number)
    for match in _CODE.finditer(text):
        parts += [reader.read(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, reader.read(text[end:])])


def _code(match: re.Match[str]) -> str:
    values = attributes_of(match["attributes"] or "")
    name = match["name"].lower()
    language = values.get("language") or values.get("lang") or values.get("0") or ""
    if not language and name not in ("code", "sourcecode", "source", "cc", "highlight"):
        language = name
    words = match["words"].strip("\r\n")
    if "\n" not in words and not language:
        return f"<code>{escape(unescape(words), quote=False)}</code>"
    mark = f' class="language-{escape(language)}"' if re.fullmatch(r"[\w+#-]+", language) else ""
    return f"<pre><code{mark}>{escape(unescape(words), quote=False)}</code></pre>"


class _Reader:
    def __init__(self, addresses: OldAddresses, leftovers: Leftovers, number: str) -> None:
        self._addresses, self._leftovers, self._number = addresses, leftovers, number

    def read(self, text: str) -> str:
        if "[" not in text:
            return text
        text = _CAPTION.sub(self._caption, text)
        parts: list[str] = []
        end = 0
        while match := _TAG.search(text, end):
            parts.append(text[end : match.start()])
            html, end = self._html(text, match)
            parts.append(html)
        return "".join([*parts, text[end:]])

    def _caption(self, match: re.Match[str]) -> str:
        values = attributes_of(match["attributes"])
        shown = _SHOWN.match(match["words"])
        if shown is None:
            return match["words"]
        caption = shown[2].strip() or escape(values.get("caption", ""), quote=False)
        words = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"\n\n<figure>{shown[1]}{words}</figure>\n\n"

    def _html(self, text: str, match: re.Match[str]) -> tuple[str, int]:
        """What a tag means, and where to read on."""
        name, written = match["name"].lower(), match["attributes"] or ""
        if match["escaped"]:
            return match[0][1:-1], match.end()
        closing = f"[/{match['name']}]"
        end = -1 if match["end"] or match["alone"] else text.find(closing, match.end())
        if name.strip("_") in _NOTE and end >= 0:
            return _note(text[match.end() : end]), end + len(closing)
        if _LAYOUT.fullmatch(name) and (end >= 0 or match["end"] or "=" in written):
            return ("" if name in _INLINE_LAYOUT else "\n\n"), match.end()
        if match["end"]:
            return self._of_end(text, match, name)
        values = attributes_of(written)
        if name in _QUOTE and end >= 0:
            return f"<blockquote>{text[match.end() : end]}</blockquote>", end + len(closing)
        inner = text[match.end() : end] if end >= 0 and name not in ("gallery",) else ""
        stop = end + len(closing) if inner or end == match.end() else match.end()
        if html := self._known(name, values, inner):
            return html, stop
        if not self._is_shortcode(name, values, has_end=end >= 0):
            return match[0], match.end()
        left = self._leftovers.block("shortcode", f"[{match['name']}]", match[0])
        return left, match.end()

    def _of_end(self, text: str, match: re.Match[str], name: str) -> tuple[str, int]:
        """A closing tag without an opening one that was a shortcode is a word."""
        was_opened = re.search(rf"\[{re.escape(match['name'])}[\s\]=/]", text[: match.start()])
        return ("" if was_opened or name in _KNOWN else match[0]), match.end()

    def _is_shortcode(self, name: str, values: Mapping[str, str], *, has_end: bool) -> bool:
        has_values = any(not key.isdigit() for key in values)
        return has_end or has_values or name in _KNOWN or ("_" in name and not values)

    def _known(self, name: str, values: Mapping[str, str], inner: str) -> str:
        if name == "gallery":
            return self._gallery(values)
        make = _MAKERS.get(name)
        if make is not None:
            return make(values, inner)
        return _link(name, values, inner) if name in _LINKED else ""

    def _gallery(self, values: Mapping[str, str]) -> str:
        pictures = pictures_of_gallery(values, self._addresses, self._number)
        return "".join(figure_html(one.url, one.alt, one.caption) for one in pictures)


def _note(words: str) -> str:
    return f"<wardblog-note>{words}</wardblog-note>"


def _button(values: Mapping[str, str], inner: str) -> str:
    address = next((values[name] for name in ("url", "link", "href") if values.get(name)), "")
    words = inner or escape(
        values.get("text") or values.get("title") or values.get("content") or ""
    )
    if not address or not words:
        return ""
    return f'\n\n<p><a href="{escape(address)}">{words}</a></p>\n\n'


_MAKERS: Mapping[str, Callable[[Mapping[str, str], str], str]] = {
    "button": _button,
    "su_button": _button,
    "btn": _button,
    "maxbutton": _button,
    "fusion_button": _button,
    "vc_btn": _button,
    "link": _button,
}


def _link(name: str, values: Mapping[str, str], inner: str) -> str:
    """A link to what a shortcode embeds; "" if it names nothing that can be linked to."""
    words = re.sub("<[^<>]*>", "", inner).strip()
    named = [values[key] for key in _ADDRESS_NAMES if values.get(key)]
    bare = [values[key] for key in values if key.isdigit()]
    for value in (*named, words, *bare):
        if _IS_ADDRESS.fullmatch(value):
            address = f"https://{value}" if value.startswith("www.") else value
            return frame_html(address)
    number = values.get("id") or words or (bare[0] if bare else "")
    return frame_of_service(name.removeprefix("su_").removeprefix("fusion_"), number)
