"""`make new FROM=listen:7`: a draft about an item of the digest, with where it was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wardblog.model import Site
from wardblog.model.events import LONDON
from wardblog.office.listening.digest import Digest, DigestItem
from wardblog.office.listening.digest_files import load_digest
from wardblog.office.listening.quotations import LONGEST, is_about_person
from wardblog.problems import UsageError
from wardblog.scaffold.year_on_year import Draft, plain_markdown
from wardblog.support.urls import short_host
from wardblog.text.plain_text import plain
from wardblog.text.words import long_date

LISTEN = "listen:"
_OWN_WORDS = "<!-- Say here what this means for the ward, and what you are doing about it. -->"
_NOT_QUOTED = "<!-- Nothing is quoted, since the words name a person. -->"


def draft_from_item(site: Site, private: Path, source: str) -> Draft:
    """A draft about the item whose number follows `listen:`.

    Raises `UsageError` if there is no such item, and `CommandError` for a damaged digest.
    """
    digest = load_digest(private)
    if digest is None:
        raise UsageError("There is no digest yet", "Run make listen first.")
    entry = _with_public_name(_item(digest, source.removeprefix(LISTEN).strip()), site)
    issues = [issue.name for issue in site.issues if issue.slug in entry.issues]
    streets = [one.name for one in site.gazetteer.streets if one.slug in entry.streets]
    between = "; " if any("," in name for name in issues) else ", "
    return Draft(
        title=_title(entry, issues, streets),
        tags=between.join(issues),
        summary="",
        text="\n\n".join(_text(entry)),
        lines=tuple(("Places", street) for street in dict.fromkeys(streets)),
    )


def _item(digest: Digest, written: str) -> DigestItem:
    for entry in digest.items:
        if written == str(entry.number):
            return entry
    raise UsageError(
        f'There is no item "{written}" in the digest',
        f"Its items are 1 to {len(digest.items)}, as in: make new FROM={LISTEN}1",
    )


def _with_public_name(entry: DigestItem, site: Site) -> DigestItem:
    """With the host instead of a name that only the councillor's own list of feeds has."""
    if entry.item.site in [one.name for one in site.community]:
        return entry
    host = short_host(entry.item.link)
    return replace(entry, item=replace(entry.item, site=host or "another site"))


def _title(entry: DigestItem, issues: list[str], streets: list[str]) -> str:
    """A title in words of our own, since that of the item is somebody else's."""
    where = f"in {streets[0]}" if issues and streets else "".join(streets[:1])
    matter = " ".join(filter(None, ("".join(issues[:1]), where)))
    said = f"what {plain(entry.item.site)} says"
    return f"{matter}: {said}" if matter else f"W{said[1:]}"


def _text(entry: DigestItem) -> Iterator[str]:
    item = entry.item
    site = plain_markdown(item.site)
    who = f"[{site}](<{_address(item.link)}>)" if item.link else site
    day = f" on {long_date(item.published.astimezone(LONDON).date())}" if item.published else ""
    if quotation := _quotation(item.text):
        yield f"{who} wrote{day}:"
        yield f"> {plain_markdown(quotation)}"
    else:
        yield f"{who} wrote about this{day}."
        if item.text:
            yield _NOT_QUOTED
    yield _OWN_WORDS


def _quotation(text: str) -> str:
    """The sentence that was kept, unless it is about a person."""
    return "" if is_about_person(text) or len(text.split()) > LONGEST else text


def _address(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
