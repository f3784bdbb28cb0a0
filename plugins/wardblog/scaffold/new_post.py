"""`make new`: a post with today's date and an address, and a note that explains every line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap

from wardblog.content.keys import TABLE, FileKind, HeaderKey
from wardblog.content.write import create_post
from wardblog.scaffold.year_on_year import Draft
from wardblog.text.slugs import LONGEST, slugify

_NOTE = """\
<!--
This note is for you: it is never published, and you may delete it.

The lines on top say what the post is. Write your text below this note, in Markdown.
{issues}

You may use any of these lines on top, before the empty line:

{lines}
-->
"""
_WIDTH = 98
_INDENT = " " * 10


def new_post(
    content: Path,
    title: str,
    tags: str,
    today: date,
    issues: tuple[str, ...],
    draft: Draft | None = None,
    is_bare: bool = False,
) -> Path:
    """Write the file and return its path; `draft` has what is already known of the post.

    One that is bare is a draft without any text, not even the note that explains the lines.
    If `today` has a time of day, so has the post, so that it comes after the others of that day.
    Raises `ValueError` for a title that makes no address, and `FileExistsError` rather than
    overwrite a post.
    """
    words = " ".join((title or (draft.title if draft else "")).split())
    tags = tags or (draft.tags if draft else "")
    slug = _shortened(slugify(words))
    if not slug:
        raise ValueError(f'no address can be made from the title "{title}"')
    moment = f"{today:%Y-%m-%d %H:%M}" if isinstance(today, datetime) else f"{today:%Y-%m-%d}"
    lines = [
        ("Title", words),
        ("Date", moment),
        ("Tags", " ".join(tags.split()) or "general"),
        ("Slug", slug),
        *([("Status", "draft")] if draft or is_bare else []),
        *([] if is_bare else [("Summary", draft.summary if draft else "")]),
        *(draft.lines if draft else ()),
    ]
    path = content / "posts" / f"{today:%Y-%m-%d}-{slug}.md"
    note = "" if is_bare else _note(issues)
    create_post(path, lines, note + (f"\n{draft.text}\n" if draft else ""))
    return path


def _note(issues: tuple[str, ...]) -> str:
    """The explanation of every header line, as a comment."""
    lines = (line for key in TABLE if FileKind.POST in key.kinds for line in _explained(key))
    named = f"Your issues: {', '.join(issues)}." if issues else "You have no issues yet."
    return _NOTE.format(issues=named, lines="\n".join(lines))


def _explained(key: HeaderKey) -> Iterator[str]:
    examples = key.examples if key.repeats else key.examples[:1]
    yield f"{key.name}: {examples[0]}"
    yield from (f"{' ' * (len(key.name) + 2)}{example}" for example in examples[1:])
    yield from wrap(key.explanation, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _shortened(slug: str) -> str:
    """An address that is not too long, cut between two words."""
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
