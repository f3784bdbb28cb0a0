"""Counts what is in the mailbox or in files, and says what a person should know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from pathlib import Path

from wardblog.model import Channel, Site
from wardblog.office.answers.asked import AskedPost, codes_on
from wardblog.office.answers.count import CodeCount, merged
from wardblog.office.answers.mail_count import MailCount
from wardblog.office.answers.mail_files import heads_in, is_mail
from wardblog.office.answers.plan import Counting
from wardblog.office.answers.sheet import TABLES, WORKBOOKS, refuse_twice
from wardblog.office.answers.slips import count_sheet
from wardblog.office.network.mail_heads import read_heads
from wardblog.office.passwords import mail_password
from wardblog.problems import UsageError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted, long_date

CAN_BE_READ = "FROM= takes an mbox, a folder of messages, or a spreadsheet as .csv, .xlsx or .ods."
_MOST_LISTED = 10
_EARLIER = timedelta(days=30)


@dataclass(slots=True)
class Found:
    """What a run has counted, by channel and code, and where the answers of a channel are.

    `notes` are paragraphs about what was read.
    """

    counts: dict[Channel, dict[str, CodeCount]] = field(default_factory=dict)
    places: dict[Channel, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, channel: Channel, counts: Mapping[str, CodeCount]) -> None:
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
        return merged(self.counts.values())


def count_mailbox(counting: Counting) -> Found:
    """Count the headers in the mailbox of the settings; raises `CommandError`."""
    settings = counting.site.answering
    server = settings.mailbox
    # A post may have been dated later than when residents first saw it.
    since = min(one.post.date for one in counting.asked.values()).date() - _EARLIER
    count = _mail_count(counting)
    password = mail_password(server.user)
    with progress_bars() as watch:
        for head in read_heads(server, password, settings.folder, since, watch):
            count.add(head)
    place = f'the folder "{settings.folder}" of your mailbox at {server.host}'
    found = Found(places={Channel.EMAIL: [place]}, notes=[_about_messages(count)])
    found.add(Channel.EMAIL, count.result())
    return found


def count_files(files: Sequence[Path], counting: Counting) -> Found:
    """Count messages and spreadsheets; raises `UsageError` and `CommandError`."""
    refuse_twice(files)
    found, messages = Found(), _mail_count(counting)
    of_mail = []
    for path in files:
        if path.suffix.lower() in (*TABLES, *WORKBOOKS) and not path.is_dir():
            _add_sheet(path, counting.asked, found)
        elif is_mail(path):
            of_mail.append(display_path(path))
            doubts: list[int] = []
            for head in heads_in(path, doubts):
                messages.add(head)
            found.notes += [_about_doubts(path, doubts)] if doubts else []
        else:
            raise UsageError(
                f"{display_path(path)} is neither messages nor a spreadsheet", CAN_BE_READ
            )
    if of_mail:
        found.add(Channel.EMAIL, messages.result(only_found=True))
        found.places[Channel.EMAIL] = ["your mailbox", *of_mail]
        found.notes.append(_about_messages(messages))
    return found


def _mail_count(counting: Counting) -> MailCount:
    return MailCount(counting.asked, _own_addresses(counting.site), codes_on(counting.site))


def _own_addresses(site: Site) -> set[str]:
    accounts = [site.answering.address, site.answering.mailbox.user]
    accounts += [councillor.email for councillor in site.councillors]
    if site.mailing:
        accounts += [site.mailing.address, site.mailing.mailbox.user, site.mailing.outgoing.user]
    return {account for account in accounts if account}


def _add_sheet(path: Path, asked: Mapping[str, AskedPost], found: Found) -> None:
    sheet, lines = count_sheet(path, asked), []
    for channel, counts in sheet.counts.items():
        found.add(channel, counts)
        found.places.setdefault(channel, []).append(display_path(path))
        number = sum(count.total for count in counts.values())
        what = "on paper" if channel is Channel.PAPER else "in a form"
        lines.append(f"{display_path(path)}: {counted(number, 'answer')}, given {what}.")
    lines += [f"  {note}" for note in sheet.notes]
    if sheet.unread:
        rows = counted(len(sheet.unread), "row has", "rows have")
        listed = _listed([str(line) for line in sheet.unread])
        lines.append(f"  {rows} no answer with a known code or question: {listed}.")
    found.notes.append("\n".join(lines))


def _about_messages(count: MailCount) -> str:
    """What was read, and which messages somebody should look at."""
    lines = [f"Read the headers of {counted(count.seen, 'message')}."]
    if unknown := count.unknown.sentence():
        lines.append(f"  {unknown}")
    if count.uncoded:
        have = counted(count.uncoded, "message has", "messages have")
        lines.append(f"  {have} no code in the subject. If there are answers, type them as slips.")
    for code, days in count.unclear.items():
        which = "the message that arrived" if len(days) == 1 else "the messages that arrived"
        each = sorted(Counter(days).items())
        listed = _listed([f"{long_date(day)}{f' ({n})' if n > 1 else ''}" for day, n in each])
        lines.append(f"  {code} with no clear answer: {which} on {listed}.")
    return "\n".join(lines)


def _about_doubts(path: Path, lines: Sequence[int]) -> str:
    return (
        f"{display_path(path)}: no message begins in line {_listed([str(n) for n in lines])}, "
        "though it looks so. Somebody may have written this into a text to make up answers. If "
        'your mail program does not write ">" before such lines, export the messages as .eml '
        "files instead."
    )


def _listed(words: Sequence[str]) -> str:
    more = ", and others" if len(words) > _MOST_LISTED else ""
    return f"{', '.join(words[:_MOST_LISTED])}{more}"
