"""The files beside posts: passwords in them, what they say, and links out of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wardblog.content import time_limit
from wardblog.content.cache import CheckedFile, fingerprint_of, unchanged_fingerprint
from wardblog.content.files import DRAWING, Folder, is_source, on_disk
from wardblog.model import InspectionResult
from wardblog.privacy.secrets import find_secrets, may_hold_secrets
from wardblog.problems import Problem


def unusable_names(folder: Folder) -> Iterator[Problem]:
    """Links that go round in circles, and names that are the same to everybody but the disk."""
    for name in folder.looping:
        yield Problem(
            file=name,
            line=None,
            message="this is a link to a folder above it",
            hint="Take the link away.",
        )
    for name in folder.not_text:
        yield Problem(
            file=name,
            line=None,
            message="the name of this file is not saved as UTF-8 text",
            hint="Rename it: letters, figures, hyphens and full stops will do.",
        )
    for name in folder.doubles:
        yield Problem(
            file=name,
            line=None,
            message="there are two files of this name; only their accents are stored differently",
            hint="Delete one of the two, or give it another name.",
        )


def leaving(name: str, target: str) -> Problem:
    """What is said of a link to something outside of the content."""
    return Problem(
        file=name,
        line=None,
        message=f'this link leads out of {{content}}, to "{target}"',
        hint=(
            "Nothing outside of {content} is read or published. Put a copy there instead "
            "of the link."
        ),
    )


def look_at(
    content: Path, folder: Folder, before: Mapping[str, CheckedFile], published: Set[str]
) -> dict[str, CheckedFile]:
    """Looks for passwords in all that is neither a post nor a picture.

    What may be `published` as it is, is inspected as well.
    """
    found = {}
    others = [(f, seen) for f, seen in folder.shown.items() if not is_source(f)]
    for file, signature in (*others, *folder.hidden.items()):
        needs = file in published
        if not needs and not may_hold_secrets(file):
            continue
        earlier = before.get(file)
        seen = unchanged_fingerprint(earlier.print, content, file, signature) if earlier else None
        if earlier and seen and (earlier.inspected or not needs):
            found[file] = replace(earlier, print=seen) if seen is not earlier.print else earlier
            continue
        with suppress(OSError):  # whoever needs this file tells what is wrong with it
            path = on_disk(content, file)
            fingerprint_now = fingerprint_of(path, signature)
            problems = find_secrets(path, file) if may_hold_secrets(file) else ()
            given = _inspected(path, file, signature[0]) if needs else None
            found[file] = CheckedFile(fingerprint_now, problems, given)
    return found


def _inspected(path: Path, file: str, size: int) -> InspectionResult:
    # late import: see docs/architecture.md
    from wardblog.content.inspection import inspected

    # A library in another language is not stopped by a timer.
    isolated = not file.lower().endswith((".csv", ".txt", DRAWING))
    try:
        return time_limit.run_within(
            time_limit.seconds_for_text(size), inspected, path, file, isolated=isolated
        )
    except time_limit.TimeLimitError:
        return InspectionResult(
            unread="takes too long to be inspected", remedy=time_limit.SHORTEN_LIST
        )
