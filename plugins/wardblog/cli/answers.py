"""`make answers`: count the answers to questions, and write only the totals."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    ask_to_write,
    can_ask,
    confirm,
    content_folder,
    print_line,
    private_folder_of,
    publish_folders,
)
from wardblog.cli.named_files import words_after_from
from wardblog.problems import (
    ContentError,
    UsageError,
    did_you_mean,
    display_path,
    has_errors,
)
from wardblog.text.words import counted, sized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wardblog.model import Site
    from wardblog.office.answers.asked import AskedPost
    from wardblog.office.answers.found import Found
    from wardblog.office.answers.plan import Counting, CountsPlan
    from wardblog.problems import Problem

_NO_QUESTIONS = (
    "There is nothing to count yet: no post has a question. docs/hearing.md says how to ask one."
)
_NO_MAILBOX = (
    "The mailbox was not read. To count answers by e-mail, add to [answers] in ward.toml: "
    'imap_host = "imap.example.org"\n'
    "Or count messages that your mail program exported: make answers FROM=answers.mbox"
)
_LOCK = ".answers.lock"
_YES, _NO = ("1", "yes", "y", "true"), ("", "0", "no")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", default="", help="messages or a spreadsheet")
    parser.add_argument(
        "--force",
        nargs="?",
        const="1",
        default="",
        help="1 to write without asking, or the codes whose numbers may fall",
    )


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import now
    from wardblog.office.answers.asked import asked_on
    from wardblog.office.answers.found import count_files, count_mailbox
    from wardblog.office.answers.plan import Counting
    from wardblog.office.private_lock import private_lock
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals():
        site = _site(content)
        asked = asked_on(site)
        if not asked:
            print_line(_NO_QUESTIONS)
            return DONE
        if not arguments.source.strip() and not site.answering.mailbox.host:
            print_line(_NO_MAILBOX)
            return DONE
        accepted = _accepted(arguments.force, asked)
        files = [_file(words, content) for words in words_after_from(arguments.source.strip())]
        counting = Counting(
            site=site, asked=asked, now=now(), content=content, private=private,
            accepted=accepted,
        )  # fmt: skip
        found = count_files(files, counting) if files else count_mailbox(counting)
        for note in found.notes:
            print_line(f"{note}\n")
        # From here on, since the earlier totals are read and written.
        with private_lock(private, _LOCK, "counting answers"):
            is_forced = arguments.force.strip().casefold() not in _NO
            return _write(counting, found, is_forced=is_forced)


def _write(counting: Counting, found: Found, *, is_forced: bool) -> int:
    """Show what would be written, ask, and write."""
    from wardblog.office.answers.plan import plan_counts

    plan = plan_counts(counting, found.counts)
    if not is_forced and (agreed := _agreed(plan, counting)):
        counting = replace(counting, accepted=agreed)
        plan = plan_counts(counting, found.counts)
    _show(plan, found, counting)
    if plan.files and not is_forced:
        ask_to_write()
    plan.write(counting.content, counting.private, WORKPLACE)
    if plan.files:
        words = counted(len(plan.files), "file")
        print_line(f'{words} written. Run "make serve" to see the result before you publish it.')
    return DONE


def _site(content: Path) -> Site:
    """The site; mistakes in the files of counts do not matter, as these are written again."""
    from wardblog.build import use_site
    from wardblog.content.files import ANSWERS

    def use(site: Site, problems: list[Problem]) -> Site:
        others = [problem for problem in problems if not problem.file.startswith(ANSWERS)]
        if has_errors(others):
            raise ContentError(others, content)
        return site

    return use_site(ROOT / "pelicanconf.py", content, use, None)


def _accepted(force: str, asked: Mapping[str, AskedPost]) -> frozenset[str]:
    """The codes that FORCE names; raises `UsageError` for one that nobody can answer."""
    words = force.upper().replace(",", " ").split()
    named = [word for word in words if word.casefold() not in (*_YES, *_NO)]
    for code in named:
        if code not in asked:
            hint = f"Write FORCE=1, or a code such as FORCE={next(iter(asked))}."
            raise UsageError(f"No question has the code {code}", did_you_mean(code, asked, hint))
    return frozenset(named)


def _file(words: str, content: Path) -> Path:
    """A file or folder that FROM names; refused where residents could come to see it."""
    from wardblog.office.answers.found import CAN_BE_READ

    path = Path(words).expanduser()
    if not path.exists():
        raise UsageError(f"There is no file called {words}", CAN_BE_READ)
    if not (path.is_file() or path.is_dir()):
        raise UsageError(f"{display_path(path)} is not an ordinary file", CAN_BE_READ)
    output = Path(os.environ.get("OUTPUT") or "output")
    seen = {content: "from which the site is made"}
    seen |= dict.fromkeys((output, *publish_folders(content)), "which residents can see")
    for folder, what in seen.items():
        if folder.resolve() in (path.resolve(), *path.resolve().parents):
            raise UsageError(
                f"{display_path(path)} is in {display_path(folder)}, {what}",
                "Move it to a folder that only you can see, such as private/.",
            )
    return path


def _agreed(plan: CountsPlan, counting: Counting) -> frozenset[str]:
    """The codes whose numbers may fall, as the person at the terminal says; none without one.

    After the day on which the messages should be deleted, only FORCE lets a number fall.
    """
    from wardblog.office.answers.shown import kept_sentence

    codes = dict.fromkeys(k.code for k in plan.kept if not counting.is_past_deletion(k.code))
    if not codes or not can_ask():
        return frozenset()
    agreed = set()
    for code in codes:
        for kept in plan.kept:
            if kept.code == code:
                print_line(kept_sentence(kept))
        if confirm("to take the smaller number; anything else keeps the earlier one"):
            agreed.add(code)
    return counting.accepted | agreed if agreed else frozenset()


def _show(plan: CountsPlan, found: Found, counting: Counting) -> None:
    from wardblog.office.answers.shown import (
        accept_sentence,
        aside_of,
        deletion_sentence,
        kept_sentence,
        note_sentences,
        shown_codes,
        table_of,
    )
    from wardblog.office.answers.totals import Totals

    counts = found.by_code
    deletions = []
    for code in shown_codes(plan, counting, counts):
        one, total = counting.asked[code], plan.totals.get(code) or Totals()
        print_line("\n".join((table_of(one, total, counting), *aside_of(counts[code]), "")))
        deletions.append(deletion_sentence(code, found.places_of(code), counting))
    for sentence in (*map(kept_sentence, plan.kept), *note_sentences(plan), *deletions):
        if sentence:
            print_line(f"{sentence}\n")
    if plan.kept:
        print_line(f"{accept_sentence(kept.code for kept in plan.kept)}\n")
    _show_files(plan, counting.content)


def _show_files(plan: CountsPlan, content: Path) -> None:
    if not plan.files:
        print_line("The site stays as it is.")
        return
    print_line("This would write, for everybody to see:")
    for file, new in plan.files.items():
        what = "new" if new.before is None else "changed"
        print_line(f"  {display_path(content / file)}: {sized(len(new.data))}, {what}")
        for line in new.data.decode().splitlines():
            print_line(f"    {line}")
