"""Works out what a count changes: the new totals, and the files of the content that they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from wardblog.content.answer_counts import (
    ME_TOO_FILE,
    MOST_ANSWERS,
    answer_counts_csv,
    as_published,
    counts_file,
    me_too_csv,
)
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model import FEWEST_ME_TOO, ME_TOO, AnswerCounts, Channel, Site
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.count import Aside, CodeCount
from wardblog.office.answers.published import (
    TakenOver,
    public_counts,
    seen_digest,
    with_published,
)
from wardblog.office.answers.totals import CountedPart, Totals, load_totals, save_totals
from wardblog.office.answers.words import changed_words, words_digests
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass

# While a question is open, so many more must have answered before a new result is published.
FEWEST_MORE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCount:
    """A number that would have fallen, and stays; a channel is None if it is not known."""

    code: str
    channel: Channel | None
    before: int
    found: int
    is_me_too: bool = False


@dataclass(frozen=True, slots=True)
class Unsplit:
    """Channels that were counted, and of which only the sum with others is known."""

    code: str
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A result that differs from the published one by too few people."""

    code: str
    published: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPlan:
    """The totals after the count, what it would write, and what the councillor should know.

    `reworded` has the keys of the answers whose words have changed since they were chosen.
    """

    totals: Mapping[str, Totals]
    files: Mapping[str, NewFile]
    kept: tuple[KeptCount, ...] = ()
    unsplit: tuple[Unsplit, ...] = ()
    held: tuple[HeldBack, ...] = ()
    taken: tuple[TakenOver, ...] = ()
    reworded: Mapping[str, tuple[str, ...]]

    def write(self, content: Path, private: Path, workplace: Path) -> None:
        """Write all files of the content or none, then the totals.

        Raises `CommandError` and `OSError`.
        """
        if self.files:
            replace_files(content, self.files, workplace)
        save_totals(private, self.totals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What a count is about: the site, its questions and reports, and the moment.

    The numbers of the `accepted` codes may fall.
    """

    site: Site
    asked: Mapping[str, AskedPost]
    now: datetime
    content: Path
    private: Path
    accepted: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        return self.site.today

    def deletion_day(self, code: str) -> date | None:
        """The day on which the messages about a question should be deleted."""
        closes = self.asked[code].post.closes
        return closes.day + timedelta(days=self.site.answering.keep_days) if closes else None

    def is_past_deletion(self, code: str) -> bool:
        day = self.deletion_day(code)
        return day is not None and self.today >= day

    def is_deleted(self, code: str, count: CodeCount) -> bool:
        """Whether there are no messages about a question any more, as it should be by now."""
        return not count.total and not count.aside and self.is_past_deletion(code)


def plan_counts(counting: Counting, found: Mapping[Channel, Mapping[str, CodeCount]]) -> CountsPlan:
    """Put the counts in place of the earlier ones of the same channel.

    If one fell, messages were probably deleted: the earlier one stays, unless its code is accepted.
    It stays in any case if all messages are gone after the day on which they should be. Raises
    `CommandError` and `OSError`.
    """
    work = _Work(counting)
    for code in dict.fromkeys(code for counts in found.values() for code in counts):
        counts = {
            way: one[code]
            for way, one in found.items()
            if code in one and not counting.is_deleted(code, one[code])
        }
        if counts:
            work.count(code, counts)
    return work.plan()


class _Work:
    """Takes the counts of one code after the other."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._totals = load_totals(counting.private)
        self._kept: list[KeptCount] = []
        self._unsplit: list[Unsplit] = []
        self._held: list[HeldBack] = []
        self._taken: list[TakenOver] = []
        self._reworded: dict[str, tuple[str, ...]] = {}
        for code, published in counting.site.answers.items():
            before = self._totals.get(code)
            after, taken = with_published(before or Totals(), published)
            if before or after.parts:
                self._totals[code] = after
            self._taken += [taken] if taken else []

    def count(self, code: str, counts: Mapping[Channel, CodeCount]) -> None:
        one, before = self._counting.asked[code], self._totals.get(code) or Totals()
        after = before
        if one.is_question:
            after = replace(after, parts=self._parts(one, before, counts))
            mail = counts.get(Channel.EMAIL)
            is_counted = mail and not self._is_kept(code, Channel.EMAIL)
            if mail and is_counted:
                after = replace(after, unverified=mail.aside.get(Aside.UNVERIFIED, 0))
        if ME_TOO in one.keys:
            after = replace(after, me_too=self._me_too(code, before, counts))
        most = max(after.total, after.all_me_too, after.unverified)
        if most > MOST_ANSWERS:
            raise CommandError(
                f"{code} would have {most:,} answers; more than {MOST_ANSWERS:,} are not possible",
                "Correct the numbers in the spreadsheet, and count it again.",
            )
        self._totals[code] = after

    def _is_kept(self, code: str, way: Channel) -> bool:
        return any((one.code, one.channel) == (code, way) for one in self._kept) or any(
            one.code == code and way in one.channels for one in self._unsplit
        )

    def _parts(
        self, one: AskedPost, before: Totals, counts: Mapping[Channel, CodeCount]
    ) -> tuple[CountedPart, ...]:
        """The parts before, with those that were counted replaced."""
        parts, new = [], dict(counts)
        for part in before.parts:
            counted = {way: count for way, count in counts.items() if way in part.channels}
            if counted and self._may_replace(one.code, part, counted):
                continue
            parts.append(part)
            for way in counted:
                del new[way]
        return (*parts, *(self._part(one, before, way, count) for way, count in new.items()))

    def _may_replace(
        self, code: str, part: CountedPart, counted: Mapping[Channel, CodeCount]
    ) -> bool:
        if len(counted) < len(part.channels):
            self._unsplit.append(Unsplit(code, tuple(part.channels)))
            return False
        fallen = [
            KeptCount(code=code, channel=way, before=part.channels[way], found=count.answers)
            for way, count in counted.items()
            if count.answers < part.channels[way]
        ]
        if fallen and code not in self._counting.accepted:
            self._kept += fallen
            return False
        return True

    def _part(self, one: AskedPost, before: Totals, way: Channel, count: CodeCount) -> CountedPart:
        """A new part; its day stays if no number changed, unless it is the first since closing."""
        answers = {key: n for key, n in count.numbers.items() if key != ME_TOO}
        new = CountedPart(channels={way: count.answers}, answers=answers, day=self._counting.today)
        same = next((part for part in before.parts if replace(part, day=new.day) == new), None)
        closes = one.closes if one.closes and not one.is_open(self._counting.now) else None
        return same if same and (closes is None or same.day >= closes.date()) else new

    def _me_too(
        self, code: str, before: Totals, counts: Mapping[Channel, CodeCount]
    ) -> dict[Channel, int]:
        numbers, is_accepted = dict(before.me_too), code in self._counting.accepted
        for way, count in counts.items():
            found, earlier = count.numbers.get(ME_TOO, 0), before.me_too.get(way, 0)
            if found < earlier and not is_accepted:
                self._kept.append(
                    KeptCount(code=code, channel=way, before=earlier, found=found, is_me_too=True)
                )
            elif found or earlier:
                numbers[way] = found
        total, published = sum(numbers.values()), self._counting.site.me_too.get(code, 0)
        if sum(before.me_too.values()) < published > total and not is_accepted:
            self._kept.append(
                KeptCount(code=code, channel=None, before=published, found=total, is_me_too=True)
            )
        return numbers

    def plan(self) -> CountsPlan:
        texts: dict[str, str] = {}
        for code, one in self._counting.asked.items():
            if one.is_question and code in self._totals:
                texts |= self._question(code, one)
        texts |= self._me_too_file()
        files = {}
        for file, text in texts.items():
            before = read_bytes(self._counting.content, file)
            if before != text.encode():
                files[file] = NewFile(text.encode(), before)
        return CountsPlan(
            totals=self._totals,
            files=files,
            kept=tuple(self._kept),
            unsplit=tuple(self._unsplit),
            held=tuple(self._held),
            taken=tuple(self._taken),
            reworded=self._reworded,
        )

    def _question(self, code: str, one: AskedPost) -> dict[str, str]:
        """The file of a question, unless the published result stays; and what is noted of it."""
        totals, keys = self._totals[code], one.answer_keys
        if changed := changed_words(totals, one):
            self._reworded[code] = changed
        counts, is_open = public_counts(code, totals, keys), one.is_open(self._counting.now)
        public = as_published(counts, is_open=is_open)
        published = self._counting.site.answers.get(code)
        is_held = is_open and _differs_by_few(public, published)
        if is_held and published and public.answers != published.answers:
            self._held.append(HeldBack(code, published.total, public.total))
        self._totals[code] = replace(
            totals,
            words=words_digests(one),
            seen=seen_digest(published if is_held else public),
        )
        return {} if is_held else {counts_file(one.post): answer_counts_csv(public, keys)}

    def _me_too_file(self) -> dict[str, str]:
        """How many have the same problem; what is published only falls if it is accepted."""
        site = self._counting.site
        if not site.answering.me_too:
            return {}
        numbers = dict(site.me_too)
        for code in self._counting.asked:
            if code in self._totals:
                number = self._totals[code].all_me_too
                if number >= numbers.get(code, 0) or code in self._counting.accepted:
                    numbers[code] = number
        shown = {code: number for code, number in numbers.items() if number >= FEWEST_ME_TOO}
        return {} if shown == site.me_too else {ME_TOO_FILE: me_too_csv(shown, site.today)}


def _differs_by_few(public: AnswerCounts, published: AnswerCounts | None) -> bool:
    """Whether two results in a row would tell what the few chose who answered in between."""
    if published is None or published.is_hidden:
        return False
    return abs(public.total - published.total) < FEWEST_MORE
