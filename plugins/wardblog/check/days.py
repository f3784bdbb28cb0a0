"""Check what a text says about dates against the date of its post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from wardblog.check.date_mentions import DateMention, dates_in, weekday_of
from wardblog.check.prose import line_of, sentences
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain
from wardblog.text.words import WEEKDAYS, long_date

# A date further in the past than this, in days, was hardly meant as still to come.
_LONGEST_AGO = 92
# A date without a year is certainly in the year of the post only this near to it, in days.
_SURE = 45
# Longer text, in characters, is not a sentence.
_LONGEST = 2000
_QUOTED = late_regex(r"<(blockquote|pre|code|del|s)\b.*?</\1>", re.DOTALL)
_BLOCK = late_regex(r"</?(?:p|li|ul|ol|td|th|tr|h[1-6]|div|dd|dt|br|summary|caption)\b[^>]*>")
_HINT = late_regex(r"[0-9]|omorrow")
_QUOTATION = late_regex(r"[“\"][^”\"]{3,}[”\"]|‘[^’]{12,}’(?!\w)")
_CLAUSE = late_regex(
    r"[;:]\s|\s[–—-]\s|,? (?:but|so|while|whereas|although|though|because)\b|, (?:and|which|who)\b"
)
# Words in the same clause that speak of the past, or of every year.
_PAST = late_regex(
    r"\b(?:was|were|had|did|went|came|began|met|held|took|made|wrote|said|sent|put|ran|gave|got|"
    r"left|lost|won|spoke|told|heard|saw|found|asked|became|brought|built|chose|fell|grew|knew|"
    r"led|paid|rose|sat|stood|thought|could|might|would|have been|has been|ago|since|after|"
    r"following|dated|last|previous|earlier|yesterday|already|every|each|annual|annually|usually|"
    r"always|traditionally|years?|if|when|that|which|who|what|where|"
    r"(?!need|shed|speed|feed|seed|exceed|proceed|hundred|bed\b|red\b|scheduled|planned|expected|booked|"
    r"invited|united|limited|indeed|proposed|related|detailed)\w{2,}ed)\b",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:be(?: [a-z]+ed| held| shut| put up| cut| dug| laid| built)?|take (?:place|part)|meet|open|"
    r"re-?open|close|start|begin|end|finish|happen|hold|visit|come|run|last|stop|resume|return|"
    r"host|go|apply)"
)
_TO_COME = late_regex(
    rf"\b(?:will|shall|won['’]t|(?:is|are) going to|(?:is|are) due to)(?: not| also| now| then)? "
    rf"{_VERBS}\b"
    rf"|\b(?:we|you|they|it|there|she|he)['’]ll {_VERBS}\b"
    r"|\b(?:join us|come along|come and \w+|come to|don['’]t miss|do not miss|save the date|"
    r"drop in|see you|meet us)\b"
    r"|\b(?:apply|comment|respond|reply|object|register|sign up|book|have your say|send|submit|"
    r"nominate|vote|let us know|tell us|write to us|return|enter)\b(?=[^.]*\b(?:by|before|until)\b)"
    r"|\b(?:can|may|must|need to|have|has)\b(?=[^.]*\b(?:by|before|until|till|no later than)\b)"
    r"|\b(?:deadline|closing date)\b[^.]{0,40}? is\b|\bdeadline:"
    r"|\b(?:consultation|comments|meeting|surgery|event|exhibition|applications?|registration|"
    r"voting|booking|nominations?)(?: \w+){0,3} (?:closes?|ends?|opens?|starts?|begins?|runs?|is|"
    r"takes place|is held|is being held)\b"
    r"|\b(?:is|are|remains?|stays?) (?:\w+ )?(?:closed|open|shut|suspended)\b(?=[^.]*\buntil\b)"
    r"|\b(?:is|are) (?:scheduled|planned|expected|booked) for\b"
    r"|\b(?:tomorrow|tonight|next (?:week|month|\w+day)|this coming \w+|coming \w+day)\b",
    re.IGNORECASE,
)
# Words that lead from there to the date; "of" and "since" do not.
_LEADS = late_regex(
    r"(?:\b(?:on|from|until|till|by|before|at|for|is|be|than|to|and|or|between|this|next|midnight|"
    r"noon|coming)|[,(–-]|\d(?:am|pm)?|[ap]m|\w+day|tomorrow|tonight|:)\s*(?:the )?$|^\s*$",
    re.IGNORECASE,
)
_BEFORE = late_regex(r"^\W*(?:on|from|by|until|before|this|next)?\s*$", re.IGNORECASE)
_WILL = late_regex(
    rf"^,?(?: [\w'’]+){{1,8}}? (?:will|shall|(?:is|are) going to)(?: not| also)? {_VERBS}\b",
    re.IGNORECASE,
)
_FAR, _WORDS_BETWEEN = 80, 10
_RELATIVE = late_regex(
    r"\b(tomorrow|today|tonight|this (?:morning|afternoon|evening))\b"
    r"(?: (?:morning|afternoon|evening|night))?(?: at [\w.:]+)?(?:,| \(| –| -)? ?(?:on )?$",
    re.IGNORECASE,
)
_TOMORROW = late_regex(
    r"\b[Tt]omorrow(?: morning| afternoon| evening| night)?(?:,? \(?| – )"
    rf"({'|'.join(WEEKDAYS)})\b(?!,? (?:and|or|to|until|&)|, \w+day)"
)
_OTHER_YEAR = late_regex(r"\b(?:last year|years? ago|in (?:19|20)\d\d|of (?:19|20)\d\d)\b")


def wrong_dates(post: Post) -> Iterator[Problem]:
    """Past dates that are described as still to come, and dates with the wrong weekday."""
    about = post.date.date()
    known: set[str] = set()
    for sentence in _sentences(post.html):
        for message, hint, words in _of_sentence(sentence, about):
            if message not in known:
                known.add(message)
                yield Problem(file=post.file, line=line_of(post, words), message=message, hint=hint)


def _sentences(html: str) -> Iterator[str]:
    """The sentences of paragraphs, lists and tables, without quotations."""
    for block in _BLOCK.split(_QUOTED.sub(" ", html)):
        if _HINT.search(block):
            for sentence in sentences(plain(block)):
                if len(sentence) < _LONGEST and _HINT.search(sentence):
                    yield _QUOTATION.sub("…", sentence)


def _of_sentence(sentence: str, about: date) -> Iterator[tuple[str, str, str]]:
    mentions = []
    every = list(dates_in(sentence, about))
    near = _near(sentence, every)
    for mention in every:
        relative = _relative(near[mention], mention, about) if mention in near else None
        if problem := relative or _weekday(sentence, mention, about):
            yield problem
        else:
            mentions.append(mention)
    if "omorrow" in sentence and not near:
        yield from _tomorrow(sentence, about)
    if not any(_is_recent(mention, about) for mention in mentions):
        return
    start = 0
    for end in [*(m.start() for m in _CLAUSE.finditer(sentence)), len(sentence)]:
        inside = [s for s in mentions if start <= s.start < end]
        clause = sentence[start:end]
        # A clause that also names a future date describes a period that is not over.
        if inside and all(s.day < about for s in inside):
            for mention in inside:
                if _is_to_come(clause, mention, start) and _is_recent(mention, about):
                    yield _passed(mention, about)
                    break
        start = end


def _is_recent(mention: DateMention, about: date) -> bool:
    return 0 < (about - mention.day).days <= _LONGEST_AGO


def _passed(mention: DateMention, about: date) -> tuple[str, str, str]:
    return (
        (
            f'"{mention.words}" is described as still to come, but the post is dated '
            f"{long_date(about)}"
        ),
        "Correct the date, or say what happened.",
        mention.words,
    )


def _is_to_come(clause: str, mention: DateMention, start: int) -> bool:
    """Whether the words next to a date say that it is still to come, and no words deny it."""
    before, after = clause[: mention.start - start], clause[mention.end - start :]
    for marker in _TO_COME.finditer(clause):
        if marker.start() >= len(before):
            break
        between = before[marker.end() :]
        told_before = before[: marker.start()]
        if (
            len(between) <= _FAR
            and len(between.split()) <= _WORDS_BETWEEN
            and _LEADS.search(between)
            and not _PAST.search(between)
            and not _PAST.search(told_before)
        ):
            return True
    match = _WILL.match(after) if _BEFORE.match(before) else None
    return match is not None and not _PAST.search(_without_verb(match[0]))


def _without_verb(words: str) -> str:
    """The words before "will": the participle in "will be closed" does not speak of the past."""
    return re.split(r"\b(?:will|shall|going to)\b", words)[0]


def _near(sentence: str, mention: list[DateMention]) -> dict[DateMention, str]:
    """The dates with "tomorrow" or the like directly before them."""
    if not any(word in sentence for word in ("omorrow", "oday", "onight", "his ")):
        return {}
    relatives = {s: _RELATIVE.search(sentence[: s.start]) for s in mention}
    return {s: match[1] for s, match in relatives.items() if match}


def _relative(word: str, mention: DateMention, about: date) -> tuple[str, str, str] | None:
    """The problem of `tomorrow, 12 November` in a post that is not dated 11 November."""
    meant = about + timedelta(days=1) if word.lower() == "tomorrow" else about
    if mention.day == meant or abs((mention.day - about).days) > _LONGEST_AGO:
        return None
    return (
        f'the text says "{word}" for "{mention.words}", but the post is dated {long_date(about)}',
        "Give only the date, since people may read the post on a later day.",
        mention.words,
    )


def _tomorrow(sentence: str, about: date) -> Iterator[tuple[str, str, str]]:
    """The problem of `tomorrow, Friday` in a post dated a Tuesday."""
    for match in _TOMORROW.finditer(sentence):
        meant = about + timedelta(days=1)
        if weekday_of(match[1]) != meant.weekday():
            message = f'the text says "{match[0]}", but the day after the post is a '
            hint = "Give the date, since people may read the post on a later day."
            yield message + WEEKDAYS[meant.weekday()], hint, match[0]


def _weekday(sentence: str, mention: DateMention, about: date) -> tuple[str, str, str] | None:
    """`Monday 24 November 2026`, which is a Tuesday."""
    if mention.weekday is None or mention.weekday == mention.day.weekday():
        return None
    if not mention.has_year and (
        abs((mention.day - about).days) > _SURE or _OTHER_YEAR.search(sentence)
    ):
        return None
    name = WEEKDAYS[mention.day.weekday()]
    return (
        f'"{mention.words}" cannot be right: {long_date(mention.day)} is a {name}',
        "Check which of the two is right.",
        mention.words,
    )
