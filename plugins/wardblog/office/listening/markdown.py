"""The digest as Markdown, for any editor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wardblog.model.events import LONDON
from wardblog.office.listening.digest import Digest, DigestItem
from wardblog.support.late_regex import late_regex
from wardblog.text.words import clock, counted, short_date, weekday_date

_SPECIAL = late_regex(r"([\\`*_\[\]<>#|~])")


def digest_in_markdown(digest: Digest) -> str:
    """All of it; whatever feeds say stays text."""
    return "\n".join(_lines(digest)) + "\n"


def digest_title(digest: Digest) -> str:
    made = digest.made.astimezone(LONDON)
    return f"What is said about the ward, {weekday_date(made.date())}, {clock(made)}"


def digest_summary(digest: Digest) -> str:
    """How much there is, in a sentence."""
    items = counted(len(digest.items), "new item")
    return f"{items} from {counted(digest.feeds, 'feed')}. Only you can see this."


def quoted_text(entry: DigestItem) -> str:
    """The sentence that is kept of an item, unless its title says the same."""
    title, text = entry.item.title.rstrip("…. "), entry.item.text
    return "" if title and text.startswith(title) else text


def when(entry: DigestItem, today: date) -> str:
    """The day of an item as the digest says it."""
    published = entry.item.published
    return short_date(published.astimezone(LONDON).date(), today) if published else "no date"


def _lines(digest: Digest) -> Iterator[str]:
    yield f"# {digest_title(digest)}"
    yield f"\n{digest_summary(digest)} To write a post about number 7: make new FROM=listen:7"
    today = digest.made.astimezone(LONDON).date()
    for section in digest.sections:
        yield f"\n## {_escaped(section.heading)}\n"
        for story in section.stories:
            for place, entry in enumerate(story):
                yield from _item(entry, section.heading, today, indent="  " if place else "")
    if digest.notes:
        yield "\n## Could not be read\n"
        yield from (f"- {_escaped(note)}" for note in digest.notes)


def other_matters(entry: DigestItem, heading: str) -> str:
    """The issues and streets of an item besides the one under which it is."""
    return ", ".join(name for name in entry.about if name != heading)


def _item(entry: DigestItem, heading: str, today: date, indent: str) -> Iterator[str]:
    item = entry.item
    title = _escaped(item.title or "(no title)")
    linked = f"[{title}](<{_address(item.link)}>)" if item.link else title
    yield f"{indent}- **{entry.number}** {linked}: {_escaped(item.site)}, {when(entry, today)}"
    if text := quoted_text(entry):
        yield f"{indent}  {_escaped(text)}"
    if others := other_matters(entry, heading):
        yield f"{indent}  About: {_escaped(others)}"
    if entry.also:
        yield f"{indent}  Also at: {', '.join(_escaped(one.site) for one in entry.also)}"


def _address(link: str) -> str:
    """An address that cannot end the brackets around it."""
    return link.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
