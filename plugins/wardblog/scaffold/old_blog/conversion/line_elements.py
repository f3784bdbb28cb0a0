"""Elements in a line of an old text: links, pictures, quotation marks and footnotes."""

from __future__ import annotations

from bs4 import Tag

from wardblog.scaffold.old_blog.conversion.flow import Flow
from wardblog.scaffold.old_blog.conversion.old_addresses import is_picture_address, without_tracking
from wardblog.scaffold.old_blog.conversion.old_pictures import emoji_of, is_counter, picture_address
from wardblog.scaffold.old_blog.conversion.tags import Mark, text_of, value_of

_NOT_FOLLOWED = ("javascript:", "about:", "data:", "file:")
# Where Blogger keeps pictures, also those without an ending.
_OF_GOOGLE = ("googleusercontent.com/", "bp.blogspot.com/")


def line_break(flow: Flow, _tag: Tag) -> None:
    flow.add_loose(flow.new("br"))


def link(flow: Flow, tag: Tag) -> None:
    address = without_tracking(value_of(tag, "href"))
    flow.anchor(tag)
    if _is_worth_linking(flow, tag, address):
        flow.children(tag, Mark("a", address))
    else:
        flow.children(tag)


def _is_worth_linking(flow: Flow, tag: Tag, address: str) -> bool:
    if not address or address.lower().startswith(_NOT_FOLLOWED):
        return False
    if address.startswith("#"):
        return address[1:] in flow.html.targets
    # A picture's page, on which there is nothing but the picture.
    is_attachment = "attachment" in (tag.get("rel") or ())
    return not (is_attachment and tag.find("img") and not text_of(tag))


def quoted(flow: Flow, tag: Tag) -> None:
    flow.add_text("“")
    flow.children(tag)
    flow.add_text("”")


def note_number(flow: Flow, tag: Tag) -> None:
    """A footnote's number in the text, right after a word."""
    flow.trim()
    flow.add_loose(flow.new("wardblog-note", number=value_of(tag, "number")))


def picture(flow: Flow, tag: Tag) -> None:
    if emoji := emoji_of(tag):
        flow.add_text(emoji)
        return
    address = picture_address(tag)
    if not address or is_counter(tag, address):
        return
    link_around = flow.link_around
    is_alone = _leads_to_picture(flow, link_around, address)
    if is_alone and flow.html.addresses.attachment(link_around) is None:
        address = link_around
    alt = " ".join(value_of(tag, "alt").split())
    flow.add_loose(flow.new("img", src=address, alt=alt), is_linked=not is_alone)


def _leads_to_picture(flow: Flow, address: str, shown: str) -> bool:
    """Whether the link around a picture only leads to the picture itself, or to its page."""
    if not address:
        return False
    addresses = flow.html.addresses
    return (
        is_picture_address(addresses.absolute(address))
        or addresses.full(address) == addresses.full(shown)
        or (addresses.is_own(address) and addresses.attachment(address) is not None)
        or any(host in address for host in _OF_GOOGLE)
    )
