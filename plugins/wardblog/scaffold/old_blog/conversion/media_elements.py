"""What old texts play, embed or ask: films, frames of other sites, forms."""

from __future__ import annotations

from bs4 import Tag

from wardblog.scaffold.old_blog.conversion.converted import NoteKind
from wardblog.scaffold.old_blog.conversion.embeds import embed_of, file_words, is_advertisement
from wardblog.scaffold.old_blog.conversion.flow import Flow
from wardblog.scaffold.old_blog.conversion.leftovers import ELEMENT
from wardblog.scaffold.old_blog.conversion.old_addresses import without_tracking
from wardblog.scaffold.old_blog.conversion.tags import text_of, value_of

# A form with more words than this is around a text rather than in it.
_MOST_WORDS_OF_A_FORM = 400


def frame(flow: Flow, tag: Tag) -> None:
    address = value_of(tag, "src") or value_of(tag, "data-src")
    if tag.name in ("object", "applet"):
        address = _of_object(tag)
    if not address or not is_advertisement(flow.html.addresses.absolute(address)):
        _add_embed(flow, address, value_of(tag, "title"))


def _of_object(tag: Tag) -> str:
    movie = tag.find("param", attrs={"name": ["movie", "src", "FileName"]})
    inner = tag.find(["embed", "iframe"])
    return (
        (value_of(movie, "value") if isinstance(movie, Tag) else "")
        or value_of(tag, "data")
        or (value_of(inner, "src") if isinstance(inner, Tag) else "")
    )


def script(flow: Flow, tag: Tag) -> None:
    """A gist is the one thing that only a script shows and that can be linked to."""
    source = value_of(tag, "src")
    if "gist.github.com" in source:
        _add_embed(flow, source.removesuffix(".js"), "")


def _add_embed(flow: Flow, address: str, title: str) -> None:
    embed = embed_of(flow.html.addresses.absolute(address), title) if address else None
    if embed is None:
        _leave_out(flow, "embed")
    else:
        flow.add_link(embed.words, embed.address)


def player(flow: Flow, tag: Tag) -> None:
    """A film or recording, as a link to it."""
    places = (tag, tag.find("source", src=True), tag.find("a", href=True))
    tags = [place for place in places if isinstance(place, Tag)]
    address = next(
        (address for one in tags if (address := value_of(one, "src") or value_of(one, "href"))), ""
    )
    if address:
        flow.add_link(file_words(address), without_tracking(address))


def form(flow: Flow, tag: Tag) -> None:
    _leave_out(flow, "form")
    if len(text_of(tag)) > _MOST_WORDS_OF_A_FORM:
        flow.children(tag)
        flow.flush()


def leftover(flow: Flow, tag: Tag) -> None:
    flow.add(flow.new(ELEMENT, number=value_of(tag, "number")))


def _leave_out(flow: Flow, kind: NoteKind) -> None:
    flow.add(flow.new(ELEMENT, number=str(flow.html.leftovers.add(kind, kind, ""))))
