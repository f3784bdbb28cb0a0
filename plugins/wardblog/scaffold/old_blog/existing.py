"""What the content folder has already: the posts and pages, with their addresses and their Guid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from wardblog.content.files import on_disk, scan, sources
from wardblog.content.header.fields import parse_moment
from wardblog.content.write import values_in
from wardblog.model.digests import digest_of
from wardblog.problems import CommandError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingPost:
    """A post or page of the content folder; `address` is "" if its header does not say it.

    `moment` is that of its line `Date`, None without one that can be read.
    """

    file: str
    title: str
    moment: datetime | None
    digest: str
    guid: str
    slug: str
    address: str
    aliases: tuple[str, ...]
    is_draft: bool


def digest_in_hex(data: bytes) -> str:
    return digest_of(data).hex()


def existing_posts(content: Path, without: Mapping[str, bytes]) -> dict[str, ExistingPost]:
    """The posts and pages by their files; one that cannot be read has no more than its name.

    A file with the bytes that `without` has for it is only a template, and is left out.
    """
    shown = scan(content).shown
    files = [*sources(shown, "posts"), *sources(shown, "pages")]
    read = {file: on_disk(content, file).read_bytes() for file in files}
    return {file: _existing(file, data) for file, data in read.items() if without.get(file) != data}


def _existing(file: str, data: bytes) -> ExistingPost:
    try:
        values = values_in(data)
    except CommandError:
        values = {}
    title = _first(values, "Title")
    slug = _first(values, "Slug") or slugify(title)
    moment = _moment(_first(values, "Date"))
    return ExistingPost(
        file=file,
        title=title,
        moment=moment,
        digest=digest_in_hex(data),
        guid=_first(values, "Guid"),
        slug=slug,
        address=_address(file, slug, moment),
        aliases=values.get("Aliases", ()),
        is_draft=_first(values, "Status").casefold() == "draft",
    )


def _first(values: Mapping[str, tuple[str, ...]], key: str) -> str:
    return next(iter(values.get(key, ())), "")


def _moment(day: str) -> datetime | None:
    try:
        return parse_moment(day)
    except ParseError:
        return None


def _address(file: str, slug: str, moment: datetime | None) -> str:
    if not slug or file.startswith("pages/"):
        return f"{slug}/" if slug else ""
    return f"{moment:%Y/%m}/{slug}/" if moment else ""
