"""The parts of a report-back about posts: what was fixed, what moved, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

from wardblog.model import Progress, Update
from wardblog.scaffold.report_back.facts import Matter, ReportFacts
from wardblog.scaffold.report_back.phrases import (
    capital,
    ended,
    link_to,
    listed,
    on_day,
    some,
    title_sentence,
)
from wardblog.scaffold.year_on_year import plain_markdown
from wardblog.text.plain_text import summary_of
from wardblog.text.words import closure_sentence, short_date

# So many matters of one topic are reported in full; of the others, only their titles.
_IN_FULL = 3
# How long something took, in turn.
_TOOK = ("That took {}.", "It took {}.", "This one took {}.")
_SAME_DAY = "That was done the same day."
# Languages in which posts are often written, besides English.
_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cy": "Welsh", "es": "Spanish", "fa": "Persian",
    "fr": "French", "gd": "Gaelic", "gu": "Gujarati", "hi": "Hindi", "it": "Italian",
    "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "so": "Somali",
    "ta": "Tamil", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip
_STAGES = {
    Progress.REPORTED: "It has been reported.",
    Progress.ACKNOWLEDGED: "The report has been acknowledged.",
    Progress.IN_PROGRESS: "Work on it is in progress.",
    Progress.FIXED: "A part of it has been fixed.",
    Progress.NOT_POSSIBLE: "A part of it is not possible.",
}
Told = Callable[[Matter], str]


def bullets(facts: ReportFacts, matters: Sequence[Matter], told: Told, others: str) -> list[str]:
    """A line for each topic, in the site's order; `others` begins the list of further titles."""
    return [
        line
        for topic in ordered_topics(facts, matters)
        for line in _lines(topic, [m for m in matters if m.topic == topic], told, others)
    ]


def ordered_topics(facts: ReportFacts, matters: Sequence[Matter]) -> list[str]:
    """The topics of some matters: issues in the site's order, then tags, then what has none."""
    found = dict.fromkeys(matter.topic for matter in matters)
    issues = [topic for topic in facts.topics if topic in found]
    tags = [topic for topic in found if topic and topic not in issues]
    return [*issues, *tags, *([""] if "" in found else [])]


def _lines(topic: str, matters: Sequence[Matter], told: Told, others: str) -> list[str]:
    """One item for a topic, with a list in it if there are several; newest first.

    What has no topic is an item each.
    """
    in_full = matters[:_IN_FULL] if len(matters) > _IN_FULL + 1 else matters
    rest = [link_to(matter.post) for matter in matters[len(in_full) :]]
    more = [f"{others} {listed(rest)}."] if rest else []
    lines = [*map(told, in_full), *more]
    if not topic:
        return lines
    if len(lines) == 1:
        return [f"**{ended(topic)}** {lines[0]}"]
    return ["\n    - ".join((f"**{plain_markdown(topic)}**", *lines))]


def fixed(facts: ReportFacts) -> Told:
    """How a matter was fixed, when, and how long it took."""
    ways = cycle(_TOOK)

    def told(matter: Matter) -> str:
        ending = matter.ending
        if ending is None or ending.day is None:
            return title_sentence(matter.post)
        words = _closing_words(matter)
        if not words:
            when = closure_sentence(ending, facts.period.today)
            return _joined(title_sentence(matter.post), f"{when}.")
        took = ""
        if ending.days is not None:
            took = next(ways).format(some(ending.days, "day")) if ending.days else _SAME_DAY
        return _joined(title_sentence(matter.post), words, took)

    return told


def closed(facts: ReportFacts) -> Told:
    """Why something was not possible, and when that was known."""

    def told(matter: Matter) -> str:
        ending = matter.ending
        words = _closing_words(matter)
        if words or ending is None or ending.day is None:
            return _joined(title_sentence(matter.post), words)
        return _joined(
            title_sentence(matter.post),
            f"{capital(on_day(ending.day, facts.period.today))} it turned out not to be possible.",
        )

    return told


def moved(_: ReportFacts) -> Told:
    """What has happened last, and before that if the progress was another then."""

    def told(matter: Matter) -> str:
        if matter.post.is_about_somebody:
            return title_sentence(matter.post)
        *before, last = matter.updates
        earlier = [u for u in before if u.progress and u.progress is not last.progress]
        told = (*earlier[-1:], last) if last.progress else (last,)
        return _joined(title_sentence(matter.post), *map(_line, told))

    return told


def _line(update: Update) -> str:
    return ended(update.words) or (_STAGES[update.progress] if update.progress else "")


def new(facts: ReportFacts) -> Told:
    """A new post, with its summary, and its deadline if that is still to come."""

    def told(matter: Matter) -> str:
        post = matter.post
        if matter.post.is_about_somebody:
            return title_sentence(post)
        if not post.lang.startswith("en"):
            language = _LANGUAGES.get(post.lang.partition("-")[0].lower(), "another language")
            return f"A post in {language}: {title_sentence(post)}"
        summary = ended(post.summary or summary_of(post.html, post.title))
        return _joined(title_sentence(post), summary, _deadline(facts, matter, summary))

    return told


def _deadline(facts: ReportFacts, matter: Matter, summary: str) -> str:
    today = facts.period.today
    period = facts.period  # nearer ones are under "Coming up"
    ahead = [one for one in matter.post.deadlines if one.day > period.looks_ahead_to]
    day = short_date(ahead[0].day, today) if ahead else ""
    return f"{ended(ahead[0].words)[:-1]}: {day}." if day and day not in summary else ""


def _closing_words(matter: Matter) -> str:
    """The words of the line that closed the matter, or those of the last one after it."""
    if matter.post.is_about_somebody:
        return ""
    ending = matter.ending
    lines = [u for u in matter.post.updates if ending and u.progress is ending.progress]
    turned = [u for u in lines if ending and u.day == ending.day and u.words]
    return ended(turned[0].words) if turned else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def repair_times(matters: Sequence[Matter]) -> Iterator[int]:
    """The days that repairs took, where they are known."""
    for matter in matters:
        if matter.ending and matter.ending.days is not None:
            yield matter.ending.days
