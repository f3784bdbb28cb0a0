"""The table of all elements of old texts that are more than emphasis, and what reads each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bs4 import Tag

from wardblog.scaffold.old_blog.conversion import (
    block_elements,
    line_elements,
    media_elements,
    tables,
)
from wardblog.scaffold.old_blog.conversion.flow import Flow, inline
from wardblog.scaffold.old_blog.conversion.leftovers import ELEMENT
from wardblog.scaffold.old_blog.conversion.tags import classes_of, value_of
from wardblog.support.late_regex import late_regex

Handler = Callable[[Flow, Tag], None]

_LEFT_OUT = (
    "style", "template", "svg", "canvas", "input", "button", "select", "textarea", "option",
    "head", "meta", "link", "base", "param", "source", "track", "map", "area", "xml", "noscript",
    "dialog", "progress", "meter", "datalist", "title",
)  # fmt: skip
_PARAGRAPHS = (
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center",
    "address", "fieldset", "details", "summary", "hgroup", "body", "html", "li", "dt", "dd",
    "figcaption", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "legend", "dir", "menu",
    "marquee",
)  # fmt: skip
# Parts of a page that are around a text rather than in it.
_AROUND = late_regex(
    r"(?:^|\s)(?:sharedaddy|jp-relatedposts|sd-sharing\S*|feedflare|blogger-post-footer|addtoany_\S+"
    r"|addthis_\S+|wpcnt|wp-block-file__button|screen-reader-text|jp-carousel\S*|post-share\S*"
    r"|ssba\S*|wpa|yarpp\S*|zemanta-\S+|twttr_button|headerlink|anchor-link)(?:\s|$)"
)
_HIDDEN = late_regex(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all")


def _left_out(_flow: Flow, _tag: Tag) -> None:
    """Skip it: nothing in it is read."""


def _unless_around(read: Handler) -> Handler:
    """What reads an element, if it is part of the text and seen."""

    def handler(flow: Flow, tag: Tag) -> None:
        if not (tag.attrs and _is_around(tag)):
            read(flow, tag)

    return handler


def _is_around(tag: Tag) -> bool:
    style = value_of(tag, "style")
    is_hidden = bool(style and _HIDDEN.search(style))
    return is_hidden or bool("class" in tag.attrs and _AROUND.search(classes_of(tag)))


HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(_LEFT_OUT, _left_out),
    **dict.fromkeys(_PARAGRAPHS, _unless_around(block_elements.paragraph)),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), block_elements.heading),
    **dict.fromkeys(("iframe", "object", "embed", "applet"), media_elements.frame),
    **dict.fromkeys(("audio", "video"), media_elements.player),
    **dict.fromkeys(("pre", "listing", "xmp"), block_elements.code),
    **dict.fromkeys(("ul", "ol"), _unless_around(block_elements.items)),
    "script": media_elements.script,
    "form": media_elements.form,
    "br": line_elements.line_break,
    "a": _unless_around(line_elements.link),
    "span": _unless_around(inline),
    "img": _unless_around(line_elements.picture),
    "q": line_elements.quoted,
    "hr": block_elements.rule,
    "dl": block_elements.meanings,
    "blockquote": block_elements.quotation,
    "figure": block_elements.figure,
    "table": tables.table,
    "wardblog-note": line_elements.note_number,
    ELEMENT: media_elements.leftover,
}
