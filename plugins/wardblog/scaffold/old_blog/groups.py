"""Puts what needs attention in old posts into groups of similar things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from wardblog.check import RULES
from wardblog.problems import Problem, Severity
from wardblog.scaffold.old_blog.plan import PlannedPost
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# A quoted part differs from post to post, and a number as well.
_QUOTED = late_regex(r'"[^"]*"|[“‘][^”’]*[”’]')
_NUMBER = late_regex(r"\b\d[\d.,]*\b")
PERSONAL = "personal-data"
# A house number with its street, which an old post may say of anybody.
HOME = "house"
# A detail that is in so many posts is a group of its own: one decision settles all of them.
_OFTEN = 3
Answers = Mapping[tuple[str, str], str]
ANSWERABLE = frozenset(rule.name for rule in RULES if rule.answerable)
# What a check cannot see, since it is about the old text: its words in a group, and the remedy.
_NOTES: Mapping[str, tuple[str, str]] = {
    "shortcode": (
        "{} did something on the old blog that it cannot do here",
        "Write what residents should read instead, and delete the note that takes its place.",
    ),
    "block": (
        "the block {} was filled in by the old blog",
        "Write what residents should read instead, and delete the note that takes its place.",
    ),
    "template": (
        "{} was filled in by the old blog",
        "Write what residents should read instead, and delete the note that takes its place.",
    ),
    "embed": (
        "something from {} was shown here, and was left out",
        "If residents need it, link to it.",
    ),
    "form": (
        "a form was left out, since nobody would receive what is typed",
        "Say how residents can reach you, such as by e-mail.",
    ),
    "picture": (
        "a picture is not on this computer",
        "Run this again with UPLOADS=folder (or PICTURES=1, if the old blog has it), or delete it.",
    ),
    "upload": (
        "a document is not on this computer",
        "Run the command again with UPLOADS=folder, or delete the link.",
    ),
    "link": (
        "a link leads to a page of the old blog that was not imported",
        "Link to something else, or delete the link.",
    ),
    HOME: (
        "a house is named, which may be somebody's home",
        "Leave out the number, unless it is that of a shop or another public place.",
    ),
    "code": (
        "a part of the text could only be kept as HTML ({})",
        "Read it, and write it in Markdown if you want to change it.",
    ),
}
_OF_NOTES_BY_ADDRESS = ("picture", "upload", "link", HOME)
# Notes of what a post lost, or should not say unasked: it stays a draft until they are answered.
HOLDING = frozenset(("form", "shortcode", "block", "template", *_OF_NOTES_BY_ADDRESS))


class Subject(IntEnum):
    """What a group is about, most important first."""

    PEOPLE = 0
    DESCRIPTIONS = 1
    LINKS = 2
    STOPPING = 3
    LEFT_OUT = 4
    ADVICE = 5


_PEOPLE = frozenset(
    ("personal-data", "personal-answer", "people-in-list", "private-file", "reply-name",
     "exact-pin", "unread-file", HOME)
)  # fmt: skip
_DESCRIPTIONS = frozenset(("no-alternative", "useless-alternative"))
_LINKS = frozenset(("broken-link", "dead-link", "missing-image", "picture", "upload", "link"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in one file; `words` are what the message quotes, such as a name."""

    file: str
    line: int | None
    message: str
    hint: str
    words: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Similar findings; `check` is the rule, or the kind of a note, and `what` describes them.

    `stops` is whether a post with one of them cannot be published.
    """

    check: str
    what: str
    subject: Subject
    stops: bool
    findings: tuple[Finding, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.check, self.what

    def key_of(self, finding: Finding) -> tuple[str, str]:
        """What an answer is given for: about people, each number or address by itself."""
        is_by_value = self.check in _PEOPLE
        return self.check, " ".join(finding.message.split()) if is_by_value else self.what

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has answered."""
        return tuple(one for one in self.findings if not one.answer)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.file for one in self.open))

    @property
    def can_be_answered(self) -> bool:
        return self.check in ANSWERABLE or self.check in HOLDING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Single:
    """A finding with what decides about its group."""

    check: str
    pattern: str
    stops: bool
    finding: Finding


def _of_problems(problems: Iterable[Problem]) -> Iterator[_Single]:
    for one in problems:
        if one.severity is Severity.NOTE and not one.answer:
            continue
        words = ": ".join(part[1:-1] for part in _QUOTED.findall(one.message))
        yield _Single(
            check=one.rule or "reading",
            pattern=_pattern(one.message),
            stops=one.severity is Severity.STOP or not one.rule,
            finding=Finding(
                file=one.file,
                line=one.line,
                message=one.message,
                hint=one.hint,
                words=words,
                answer=one.answer,
            ),
        )


def _pattern(message: str) -> str:
    return " ".join(_NUMBER.sub("…", _QUOTED.sub("…", message)).split())


def _of_notes(posts: Sequence[PlannedPost], answers: Answers) -> Iterator[_Single]:
    for post in posts:
        for note in post.notes:
            message, hint = _NOTES[note.kind]
            is_address = note.kind in _OF_NOTES_BY_ADDRESS
            what = message.format(note.words)
            said = f"{what}: {note.words}" if is_address else what
            key = (note.kind, said if note.kind in _PEOPLE else what)
            yield _Single(
                check=note.kind,
                pattern=what,
                stops=note.kind in HOLDING,
                finding=Finding(
                    file=post.target.file,
                    line=note.line,
                    message=said,
                    hint=hint,
                    words=note.words,
                    answer=answers.get(key, "") if note.kind in HOLDING else "",
                ),
            )


def groups_of(
    problems: Iterable[Problem], posts: Sequence[PlannedPost], answers: Answers
) -> tuple[Group, ...]:
    """The groups of these problems and of the notes of these posts, most important first.

    `answers` are those of the councillor; problems have theirs already.
    """
    found = list(_of_problems(problems))
    said: dict[str, str] = {}
    for one in found:
        said[one.finding.file] = f"{said.get(one.finding.file, '')}\n{one.finding.message}"
    notes = (
        one
        for one in _of_notes(posts, answers)
        # What a check says of a house already is not said twice.
        if one.check != HOME or one.finding.words not in said.get(one.finding.file, "")
    )
    return _grouped([*found, *notes])


def _grouped(singles: Sequence[_Single]) -> tuple[Group, ...]:
    often = Counter((one.pattern, one.finding.words) for one in singles if one.check == PERSONAL)
    found: dict[tuple[str, str], list[_Single]] = {}
    for one in singles:
        what = one.pattern
        if one.check == PERSONAL and often[one.pattern, one.finding.words] >= _OFTEN:
            what = one.finding.message
        found.setdefault((one.check, what), []).append(one)
    groups = [
        Group(
            check=check,
            what=what,
            subject=_subject(check, any(one.stops for one in some)),
            stops=any(one.stops for one in some),
            findings=tuple(dict.fromkeys(one.finding for one in some)),
        )
        for (check, what), some in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (one.subject, -len(one.findings), one.key)))


def _subject(check: str, stops: bool) -> Subject:
    if check in _PEOPLE:
        return Subject.PEOPLE
    if check in _DESCRIPTIONS:
        return Subject.DESCRIPTIONS
    if check in _LINKS:
        return Subject.LINKS
    if check in _NOTES:
        return Subject.LEFT_OUT
    return Subject.STOPPING if stops else Subject.ADVICE
