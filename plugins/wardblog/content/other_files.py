"""Checks the files beside posts for passwords, personal data, bad names and links outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wardblog.content import time_limit
from wardblog.content.cache import CheckedFile
from wardblog.content.files import (
    ANSWERS,
    DRAWING,
    Folder,
    fingerprint_of,
    no_sources,
    on_disk,
    unchanged_fingerprint,
)
from wardblog.model import InspectionResult
from wardblog.privacy.secrets import find_secrets, may_hold_secrets
from wardblog.problems import Problem, Severity
from wardblog.support.late_regex import late_regex

_TABLES = (".csv", ".tsv")
_ADDRESS = late_regex(rb"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_FEWEST_PEOPLE = 2


def unusable_names(folder: Folder) -> Iterator[Problem]:
    """Report links to a folder above, names that are not UTF-8, and names that look the same."""
    kinds = (
        (folder.looping, "this is a link to a folder above it", "Remove the link."),
        (
            folder.not_text,
            "the name of this file is not saved as UTF-8 text",
            "Rename it, with letters, digits, hyphens and full stops only.",
        ),
        (
            folder.doubles,
            "there are two files with this name; only their accents are stored differently",
            "Delete or rename one of them.",
        ),
    )
    for names, message, hint in kinds:
        for name in names:
            yield Problem(file=name, line=None, message=message, hint=hint)


def leads_outside(name: str, target: str) -> Problem:
    """Return the problem of a link that leads outside the content folder."""
    return Problem(
        file=name,
        line=None,
        message=f'this link leads out of {{content}}, to "{target}"',
        hint=(
            "Nothing outside {content} is read or published. Replace the link with a copy of the "
            "file."
        ),
    )


def check_files(
    content: Path,
    folder: Folder,
    files: frozenset[str],
    before: Mapping[str, CheckedFile],
    published: Set[str],
) -> dict[str, CheckedFile]:
    """Search all files but posts and pictures for passwords, and tables for people's addresses.

    The latter only warn, since a list of the council may have some in columns that are never
    published. Those that may be `published` unchanged are inspected as well.
    """
    result = {}
    others = ((file, folder.shown[file]) for file in no_sources(files))
    for file, signature in (*others, *folder.hidden.items()):
        needs = file in published
        if not needs and not may_hold_secrets(file):
            continue
        earlier = before.get(file)
        fingerprint = (
            unchanged_fingerprint(earlier.fingerprint, content, file, signature)
            if earlier
            else None
        )
        if earlier and fingerprint and (earlier.inspected or not needs):
            result[file] = (
                replace(earlier, fingerprint=fingerprint)
                if fingerprint is not earlier.fingerprint
                else earlier
            )
            continue
        with suppress(OSError):  # reported by the code that needs the file
            path = on_disk(content, file)
            fingerprint_now = fingerprint_of(path, signature)
            problems = find_secrets(path, file) if may_hold_secrets(file) else ()
            if not needs and not file.startswith(ANSWERS) and file.lower().endswith(_TABLES):
                problems += _addresses_in(path, file)
            given = _inspected(path, file, signature[0]) if needs else None
            result[file] = CheckedFile(fingerprint_now, problems, given)
    return result


def _addresses_in(path: Path, file: str) -> tuple[Problem, ...]:
    """A warning about a table with e-mail addresses of people, such as an export of a form."""
    addresses = set(_ADDRESS.findall(path.read_bytes()))
    if len(addresses) < _FEWEST_PEOPLE:
        return ()
    # late import: see docs/architecture.md
    from wardblog.privacy.emails import find_emails

    text = "\n".join(sorted(one.decode("utf-8", "replace") for one in addresses))
    if len(list(find_emails(text))) < _FEWEST_PEOPLE:
        return ()
    return (
        Problem(
            file=file,
            line=None,
            message="this file has the e-mail addresses of people",
            hint="Move it out of {content}, such as to the folder private: whoever can read the "
            "folder with your posts can read it.",
            severity=Severity.WARN,
        ),
    )


def _inspected(path: Path, file: str, size: int) -> InspectionResult:
    # late import: see docs/architecture.md
    from wardblog.content.inspection import inspect_file, may_run

    # A timer cannot stop a C library, so its work is done in a child process.
    isolated = not file.lower().endswith((".csv", ".txt", DRAWING))
    seconds = time_limit.seconds_for_text(size)
    try:
        return time_limit.run_within(seconds, inspect_file, path, file, isolated=isolated)
    except time_limit.TimeLimitError:
        is_unsafe = True
    with suppress(time_limit.TimeLimitError):
        is_unsafe = time_limit.run_within(seconds, may_run, path, file, isolated=True)
    return InspectionResult(
        problem="takes too long to be inspected",
        remedy=time_limit.SHORTEN_LIST,
        is_unsafe=is_unsafe,
    )
