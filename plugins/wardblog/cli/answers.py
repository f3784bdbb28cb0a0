"""`make answers`: count the answers to questions, and write only the totals."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    ask_to_write,
    confirm,
    content_folder,
    print_line,
    private_folder_of,
    publish_folders,
    words_after_from,
)
from wardblog.problems import (
    ContentError,
    UsageError,
    did_you_mean,
    display_path,
    has_errors,
)
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted, sized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wardblog.model import Channel, Site
    from wardblog.office.answers.asked import AskedPost
    from wardblog.office.answers.count import CodeCount
    from wardblog.office.answers.mail_count import MailCount
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
_OTHER_FILES = "FROM= takes an mbox, a folder of messages, or a spreadsheet as .csv, .xlsx or .ods."
_LOCK = ".answers.lock"
_MOST_LINES = 10
_EARLIER = timedelta(days=30)
_YES, _NO = ("1", "yes", "y", "true"), ("", "0", "no")


@dataclass(slots=True)
class _Found:
    """What a run has counted, by channel and code, and where the answers of a channel are."""

    counts: dict[Channel, dict[str, CodeCount]] = field(default_factory=dict)
    places: dict[Channel, list[str]] = field(default_factory=dict)

    def add(self, channel: Channel, counts: Mapping[str, CodeCount]) -> None:
        from wardblog.office.answers.count import merged

        self.counts[channel] = merged((self.counts.get(channel, {}), counts))

    def places_of(self, code: str) -> dict[Channel, list[str]]:
        """Where the answers with a code are."""
        found = {}
        for channel, places in self.places.items():
            count = self.counts.get(channel, {}).get(code)
            if count and (count.total or count.aside):
                found[channel] = places
        return found

    @property
    def by_code(self) -> dict[str, CodeCount]:
        from wardblog.office.answers.count import merged

        return merged(self.counts.values())


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
    from wardblog.office.answers.plan import Counting, plan_counts
    from wardblog.office.private_lock import private_lock
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals(), private_lock(private, _LOCK, "counting answers"):
        site = _site(content)
        asked = asked_on(site)
        if not asked:
            print_line(_NO_QUESTIONS)
            return DONE
        if not arguments.source.strip() and not site.answering.mailbox.host:
            print_line(_NO_MAILBOX)
            return DONE
        accepted = _accepted(arguments.force, asked)
        is_forced = arguments.force.strip().casefold() not in _NO
        files = [_file(words, content) for words in words_after_from(arguments.source.strip())]
        counting = Counting(
            site=site, asked=asked, now=now(), content=content, private=private,
            accepted=accepted,
        )  # fmt: skip
        found = _from_files(files, counting) if files else _from_mailbox(counting)
        plan = plan_counts(counting, found.counts)
        if not is_forced and (agreed := _agreed(plan, counting)):
            counting = replace(counting, accepted=agreed)
            plan = plan_counts(counting, found.counts)
        _show(plan, found, counting)
        if plan.files and not is_forced:
            ask_to_write()
        plan.write(content, private, WORKPLACE)
    if plan.files:
        words = counted(len(plan.files), "file")
        print_line(f'{words} written. Run "make serve" to see the result before you publish it.')
    return DONE


def _site(content: Path) -> Site:
    """The site; what is wrong with the files of counts does not matter, as they are made anew."""
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
    path = Path(words).expanduser()
    if not path.exists():
        raise UsageError(f"There is no file called {words}", _OTHER_FILES)
    if not (path.is_file() or path.is_dir()):
        raise UsageError(f"{display_path(path)} is no ordinary file", _OTHER_FILES)
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


def _from_mailbox(counting: Counting) -> _Found:
    from wardblog.model import Channel
    from wardblog.office.network.mail_heads import read_heads
    from wardblog.office.passwords import mail_password

    settings = counting.site.answering
    server = settings.mailbox
    # A post may have been dated later than when residents first saw it.
    since = min(one.post.date for one in counting.asked.values()).date() - _EARLIER
    count = _mail_count(counting.site, counting.asked)
    password = mail_password(server.user)
    with progress_bars() as watch:
        for head in read_heads(server, password, settings.folder, since, watch):
            count.add(head)
    place = f'the folder "{settings.folder}" of your mailbox at {server.host}'
    found = _Found(places={Channel.EMAIL: [place]})
    found.add(Channel.EMAIL, count.result())
    _show_messages(count)
    return found


def _mail_count(site: Site, asked: Mapping[str, AskedPost]) -> MailCount:
    from wardblog.office.answers.asked import codes_on
    from wardblog.office.answers.mail_count import MailCount

    return MailCount(asked, _own_addresses(site), codes_on(site))


def _own_addresses(site: Site) -> set[str]:
    accounts = [site.answering.address, site.answering.mailbox.user]
    accounts += [councillor.email for councillor in site.councillors]
    if site.mailing:
        accounts += [site.mailing.address, site.mailing.mailbox.user, site.mailing.outgoing.user]
    return {account for account in accounts if account}


def _from_files(files: list[Path], counting: Counting) -> _Found:
    from wardblog.model import Channel
    from wardblog.office.answers.mail_files import heads_in, is_mail
    from wardblog.office.answers.sheet import TABLES, WORKBOOKS, refuse_twice

    refuse_twice(files)
    found = _Found()
    messages = _mail_count(counting.site, counting.asked)
    of_mail = []
    for path in files:
        if path.suffix.lower() in (*TABLES, *WORKBOOKS) and not path.is_dir():
            _add_sheet(path, counting.asked, found)
        elif is_mail(path):
            of_mail.append(display_path(path))
            doubts: list[int] = []
            for head in heads_in(path, doubts):
                messages.add(head)
            _show_doubts(path, doubts)
        else:
            raise UsageError(
                f"{display_path(path)} is neither messages nor a spreadsheet", _OTHER_FILES
            )
    if of_mail:
        found.add(Channel.EMAIL, messages.result(only_found=True))
        found.places[Channel.EMAIL] = ["your mailbox", *of_mail]
        _show_messages(messages)
    return found


def _show_messages(count: MailCount) -> None:
    """What was read, and which messages somebody should look at."""
    from wardblog.text.words import long_date

    print_line(f"Read the headers of {counted(count.seen, 'message')}.")
    if unknown := count.unknown.sentence():
        print_line(f"  {unknown}")
    if count.uncoded:
        have = counted(count.uncoded, "message has", "messages have")
        print_line(f"  {have} no code in the subject. If there are answers, type them as slips.")
    for code, days in count.unclear.items():
        which = "the message that arrived" if len(days) == 1 else "the messages that arrived"
        each = sorted(Counter(days).items())
        shown = [f"{long_date(day)}{f' ({n})' if n > 1 else ''}" for day, n in each[:_MOST_LINES]]
        more = ", and others" if len(each) > _MOST_LINES else ""
        print_line(f"  {code} with no clear answer: {which} on {', '.join(shown)}{more}.")
    print_line("")


def _show_doubts(path: Path, lines: list[int]) -> None:
    if lines:
        numbers = ", ".join(map(str, lines[:_MOST_LINES]))
        more = ", and others" if len(lines) > _MOST_LINES else ""
        print_line(
            f"{display_path(path)}: no message begins in line {numbers}{more}, though it looks so. "
            "Somebody may have written this into a text to make up answers. If your mail program "
            'does not write ">" before such lines, export the messages as .eml files instead.'
        )


def _add_sheet(path: Path, asked: Mapping[str, AskedPost], found: _Found) -> None:
    from wardblog.office.answers.slips import count_sheet

    sheet = count_sheet(path, asked)
    for channel, counts in sheet.counts.items():
        found.add(channel, counts)
        found.places.setdefault(channel, []).append(display_path(path))
        number = sum(count.total for count in counts.values())
        what = "on paper" if channel.value == "paper" else "in a form"
        print_line(f"{display_path(path)}: {counted(number, 'answer')}, given {what}.")
    for note in sheet.notes:
        print_line(f"  {note}")
    if sheet.unread:
        shown = ", ".join(map(str, sheet.unread[:_MOST_LINES]))
        more = ", and others" if len(sheet.unread) > _MOST_LINES else ""
        rows = counted(len(sheet.unread), "row has", "rows have")
        print_line(f"  {rows} no answer with a code or question that is known: {shown}{more}.")
    print_line("")


def _agreed(plan: CountsPlan, counting: Counting) -> frozenset[str]:
    """The codes whose numbers may fall, as the person at the terminal says; none without one.

    After the day on which the messages should be deleted, only FORCE lets a number fall.
    """
    from wardblog.office.answers.shown import kept_sentence

    codes = dict.fromkeys(k.code for k in plan.kept if not counting.is_past_deletion(k.code))
    if not codes or not sys.stdin or not sys.stdin.isatty():
        return frozenset()
    agreed = set()
    for code in codes:
        for kept in plan.kept:
            if kept.code == code:
                print_line(kept_sentence(kept))
        if confirm("to take the smaller number, or press Enter to keep the earlier one"):
            agreed.add(code)
    return counting.accepted | agreed if agreed else frozenset()


def _show(plan: CountsPlan, found: _Found, counting: Counting) -> None:
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
