"""`make new`: a post's file with today's date, its address, and every line explained."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from wardblog.scaffold.year_on_year import Draft
from wardblog.text.slugs import LONGEST, slugify

_TEMPLATE = """\
Title: {title}
Date: {moment}
Tags: {tags}
Slug: {slug}
{status}Summary:{summary}

<!--
This note is for you: it is never published, and you may delete it.

The lines on top say what the post is. Write your text below this note, in Markdown.

Title     what residents read in lists
Date      when it appears: 2026-11-20, or 2026-11-20 09:00; a later day waits for that day; of two
          posts of one day the later is shown first
Tags      one of your issues, and any other words, with commas: grit bins, winter
          {issues}
          A post about none of them says: general
Slug      its address: /{year}/{month}/{slug}/
Summary   one sentence for lists and feeds

You may add any of these lines on top, before the empty line:

Places: Heathwall Street | 51.46671, -0.15602
        Acanthus Road | TQ 277 757 | fixed
          name | where; latitude and longitude, an OS grid reference, or easting and northing;
          then, if you like, how far that one has got
Precision: street
          exact, street (about 100 m) or area (about 500 m): how closely places are shown
Progress: reported
          reported, acknowledged, in progress, fixed or not possible
Updated: 2026-11-25 | fixed | The contractor came this morning
          one line each time something happens; when the progress changes, the feeds tell it
Reference: 2026/1234
          the council's number
Deadline: 2026-12-05 | Comments on 2026/1234 close
Event: 2026-12-01 18:00 - 19:00 | Ward surgery | Battersea Library
          one that is called off ends with: | cancelled
          one that comes again: first Saturday of the month 10:00 - 11:30 | ... | ...
Image: images/grit-bin.png
          a picture for when the post is shared
Position: object
          what you think of a planning application
Modified: 2026-11-21
          when you changed the text in a way that readers should know
Author: Jo Bloggs
          if it is not the first councillor in ward.toml
Lang: cy
          if it is not in English
Status: draft
          a draft is not published; "hidden" is, but in no list
Aliases: /old/address/
          where the post was before
Card: map
          a picture of its own map for when it is shared
Allow: misspelt-issue because it is the name of a street
          your answer to a check that is wrong this time
-->
{text}"""


def new_post(
    content: Path,
    title: str,
    tags: str,
    today: date,
    issues: tuple[str, ...],
    draft: Draft | None = None,
) -> Path:
    """Writes the file and returns its path; a draft gives what is already known of the post.

    With a time of day in `today` the post has it as well, so that it comes after the others of its
    day. Raises `ValueError` for a title that makes no address, and `FileExistsError` rather than
    overwrite a post.
    """
    words = " ".join((title or (draft.title if draft else "")).split())
    tags = tags or (draft.tags if draft else "")
    slug = _shortened(slugify(words))
    if not slug:
        raise ValueError(f'no address can be made from the title "{title}"')
    path = content / "posts" / f"{today:%Y-%m-%d}-{slug}.md"
    text = _TEMPLATE.format(
        title=words,
        moment=f"{today:%Y-%m-%d %H:%M}" if isinstance(today, datetime) else f"{today:%Y-%m-%d}",
        tags=" ".join(tags.split()) or "general",
        slug=slug,
        year=f"{today:%Y}",
        month=f"{today:%m}",
        status="Status: draft\n" if draft else "",
        summary=f" {draft.summary}" if draft else "",
        text=f"\n{draft.text}\n" if draft else "",
        issues=f"Your issues: {', '.join(issues)}" if issues else "You have no issues yet.",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _shortened(slug: str) -> str:
    """An address that is not too long, cut between two words."""
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
