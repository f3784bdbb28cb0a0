"""Works out what a count changes: the new totals, and the files of the content that they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from wardblog.content.answer_counts import (
    ME_TOO_FILE,
    answer_counts_csv,
    as_published,
    counts_file,
    me_too_csv,
)
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model import FEWEST_ME_TOO, ME_TOO, AnswerCounts, Channel, Site
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.count import Aside, CodeCount
from wardblog.office.answers.totals import load_totals, save_totals


@dataclass(frozen=True, slots=True)
class KeptCount:
    """A channel in which fewer answers were found than before; the earlier number stays."""

    code: str
    channel: Channel
    before: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPlan:
    """The totals after the count, what it would write, and which numbers it keeps."""

    totals: Mapping[str, AnswerCounts]
    files: Mapping[str, NewFile]
    kept: tuple[KeptCount, ...]

    def write(self, content: Path, private: Path, workplace: Path) -> None:
        """Write all files of the content or none, then the totals.

        Raises `CommandError` and `OSError`.
        """
        if self.files:
            replace_files(content, self.files, workplace)
        save_totals(private, self.totals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What a count is about: the site, its questions and reports, and the moment."""

    site: Site
    asked: Mapping[str, AskedPost]
    now: datetime
    content: Path
    private: Path
    is_forced: bool = False

    @property
    def today(self) -> date:
        return self.site.today

    def deletion_day(self, code: str) -> date | None:
        """The day on which the messages about a question should be deleted."""
        closes = self.asked[code].post.closes
        return closes.day + timedelta(days=self.site.answering.keep_days) if closes else None

    def is_deleted(self, code: str, count: CodeCount) -> bool:
        """Whether there are no messages about a question any more, as it should be by now."""
        day = self.deletion_day(code)
        return not count.total and not count.aside and day is not None and self.today >= day


def plan_counts(counting: Counting, found: Mapping[Channel, Mapping[str, CodeCount]]) -> CountsPlan:
    """Put the counts in place of the earlier ones of the same channel.

    If one fell, messages were probably deleted: the earlier one stays, unless `is_forced`. It stays
    in any case if all messages are gone after the day on which they should be. Raises
    `CommandError` and `OSError`.
    """
    totals = _totals_before(counting)
    kept, counted = [], set()
    for channel, counts in found.items():
        for code, count in counts.items():
            if counting.is_deleted(code, count):
                continue
            before = totals.get(code) or AnswerCounts(code=code)
            if count.total < before.by(channel) and not counting.is_forced:
                kept.append(KeptCount(code, channel, before.by(channel), count.total))
            else:
                totals[code] = _with_channel(before, channel, count, counting)
                counted.add(code)
    for code in counted:
        totals[code] = _finished(totals[code], counting)
    return CountsPlan(totals=totals, files=_files(counting, totals), kept=tuple(kept))


def _totals_before(counting: Counting) -> dict[str, AnswerCounts]:
    """The totals kept in private; those that are not there are taken from the content."""
    totals = load_totals(counting.private)
    for code, counts in counting.site.answers.items():
        numbers = {pair: number for pair, number in counts.numbers.items() if number}
        if numbers:
            totals.setdefault(code, replace(counts, numbers=numbers))
    return totals


def _with_channel(
    before: AnswerCounts, channel: Channel, count: CodeCount, counting: Counting
) -> AnswerCounts:
    numbers = {pair: number for pair, number in before.numbers.items() if pair[0] is not channel}
    numbers |= {(channel, key): number for key, number in count.numbers.items()}
    is_mail = channel is Channel.EMAIL
    after = replace(
        before,
        numbers=numbers,
        unverified=count.aside.get(Aside.UNVERIFIED, 0) if is_mail else before.unverified,
    )
    return after if after == before and before.day else replace(after, day=counting.today)


def _files(counting: Counting, totals: Mapping[str, AnswerCounts]) -> dict[str, NewFile]:
    """The files that differ from what they have now."""
    texts = {}
    for code, one in counting.asked.items():
        if one.is_question and code in totals:
            own = {
                pair: n for pair, n in totals[code].numbers.items() if pair[1] in one.answer_keys
            }
            counts = replace(totals[code], numbers=own)
            public = as_published(counts, is_open=one.is_open(counting.now))
            texts[counts_file(one.post)] = answer_counts_csv(public, one.answer_keys)
    me_too = _me_too(counting, totals)
    if me_too != counting.site.me_too:
        texts[ME_TOO_FILE] = me_too_csv(me_too, counting.today)
    files = {}
    for file, text in texts.items():
        before = read_bytes(counting.content, file)
        if before != text.encode():
            files[file] = NewFile(text.encode(), before)
    return files


def _finished(counts: AnswerCounts, counting: Counting) -> AnswerCounts:
    """The counts, which are of today if they were not counted since the closing."""
    one = counting.asked[counts.code]
    if one.closes is None or one.is_open(counting.now):
        return counts
    is_final = counts.day is not None and counts.day >= one.closes.date()
    return counts if is_final else replace(counts, day=counting.today)


def _me_too(counting: Counting, totals: Mapping[str, AnswerCounts]) -> dict[str, int]:
    """How many have the same problem, by the code of the report, if they are not few."""
    found = {code: totals[code].of(ME_TOO) for code in counting.asked if code in totals}
    return {code: number for code, number in found.items() if number >= FEWEST_ME_TOO}
