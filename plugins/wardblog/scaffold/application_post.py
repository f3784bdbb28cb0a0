"""`make new FROM=planning:2026/1234`: a neutral draft about a planning application."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from wardblog.model import DataSource, Site
from wardblog.problems import CommandError, UsageError, nearest
from wardblog.scaffold.year_on_year import Draft, plain_markdown
from wardblog.sources.regular.known_applications import known_applications
from wardblog.sources.regular.source import Application
from wardblog.sources.regular.state_changes import meaning_of, plain_reference
from wardblog.text.words import degrees, long_date, sentence

PREFIX = "planning:"
_MOST_NAMED = 8


def application_draft(
    content: Path, site: Site, private: Path, sources: Sequence[DataSource], written: str
) -> Draft:
    """A draft about the application whose reference follows `planning:`.

    It uses what was fetched before, and no network. It gives no opinion, since the councillor may
    have to vote on the application. Raises `UsageError` for a reference that is not known, and
    `CommandError` if there is a post about it already.
    """
    reference = written.removeprefix(PREFIX).strip()
    known: dict[str, tuple[str, Application]] = {}
    for issue, one in known_applications(content, site, private, sources):
        known.setdefault(plain_reference(one.reference), (issue, one))
    wanted = plain_reference(reference)
    if wanted not in known:
        raise _unknown(reference, [one.reference for _, one in known.values()])
    issue, found = known[wanted]
    for post in site.posts:
        if plain_reference(post.reference) == wanted:
            raise CommandError(
                f"There is a post about {found.reference} already: {post.file}",
                "Open it in your editor. If something has happened since, add an Updated line.",
            )
    names = {one.slug: one.name for one in site.issues}
    return Draft(
        title=_title(found),
        tags=names.get(issue, "general"),
        summary=_summary(found, site.today),
        text="\n".join(_text(found, site.today)),
        lines=tuple(_lines(found, site.today)),
    )


def _unknown(reference: str, known: Sequence[str]) -> UsageError:
    if not known:
        return UsageError(
            "No planning applications were fetched yet", "Run: make fetch FROM=planit"
        )
    guess = nearest(reference, known)
    hint = f'Did you mean "{guess}"?' if guess else f"Among them: {', '.join(known[:_MOST_NAMED])}."
    return UsageError(
        f"There is no application {reference[:60]} among the {len(known):,} that were fetched", hint
    )


def _title(one: Application) -> str:
    return f"Planning application: {one.address}"


def _is_open(one: Application, today: date) -> bool:
    """Whether comments are still possible, as far as is known."""
    is_undecided = one.decided is None and meaning_of(one.state) in ("undecided", "unclear")
    return is_undecided and one.closes is not None and one.closes >= today


def _summary(one: Application, today: date) -> str:
    if one.closes and _is_open(one, today):
        return f"What is planned, and how to comment until {long_date(one.closes)}."
    return "What is planned, and where to see the drawings."


def _lines(one: Application, today: date) -> Iterator[tuple[str, str]]:
    yield "Reference", one.reference
    if one.closes and _is_open(one, today):
        yield "Deadline", f"{one.closes.isoformat()} | Comments on {one.reference} close"
    if one.lat is not None and one.lon is not None:
        where = f"{degrees(one.lat)}, {degrees(one.lon)}"
        yield "Places", f"{one.address.replace('|', '/')} | {where}"


def _text(one: Application, today: date) -> Iterator[str]:
    address, reference = plain_markdown(one.address), plain_markdown(one.reference)
    received = f" on {long_date(one.received)}" if one.received else ""
    yield f"The council received an application for {address}{received}. Its number is {reference}."
    if one.description:
        yield "\nThe council describes it like this:\n"
        yield f"> {plain_markdown(sentence(one.description))}"
    if one.decided and meaning_of(one.state) != "undecided":
        state = plain_markdown(one.state)
        yield f"\nIt was decided on {long_date(one.decided)}. The council lists it as: {state}."
    elif one.closes and one.closes < today:
        yield f"\nComments closed on {long_date(one.closes)}."
    elif one.closes:
        yield f"\nYou can comment until {long_date(one.closes)}, for it or against it."
    if one.link:
        see = "See the drawings and comment" if _is_open(one, today) else "See the drawings"
        yield f"\n[{see} on the council’s website](<{one.link}>)."
