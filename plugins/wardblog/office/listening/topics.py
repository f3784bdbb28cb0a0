"""Which matters an issue is about, and how often a text speaks of one."""

from __future__ import annotations

from wardblog.office.listening.meetings import Sentences, WordMeetings
from wardblog.office.listening.mistyped import Spelling
from wardblog.office.listening.road_topics import ROAD_TOPICS
from wardblog.office.listening.service_topics import SERVICE_TOPICS
from wardblog.office.listening.street_topics import STREET_TOPICS
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

TOPICS = {**STREET_TOPICS, **ROAD_TOPICS, **SERVICE_TOPICS}
ALL_HINTS = " ".join(topic.hints for topic in TOPICS.values())
# For texts in small letters, since these patterns are then several times as fast.
_COMPILED = {
    key: (
        late_regex(rf"\b(?:{topic.names})\b"),
        late_regex(rf"(?m)\b(?=\w)(?:{topic.words.lower()})"),
        late_regex(rf"\b(?=\w)(?:{topic.not_about.lower()})") if topic.not_about else None,
        tuple(topic.hints.split()),
    )
    for key, topic in TOPICS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicText:
    """A text in small letters, and which of its sentences have words of each family."""

    text: str
    sentences: Sentences


# What the name of an issue may have besides.
_NEUTRAL = frozenset(
    [
        "and",
        "the",
        "in",
        "our",
        "of",
        "for",
        "on",
        "issues",
        "problems",
        "news",
        "local",
        "ward",
        "works",
        "safety",
        "repairs",
        "services",
    ]
)


def topics_named(issue: str) -> tuple[str, ...]:
    """The keys of the topics that an issue is about, if its name says nothing else."""
    plain = issue.casefold().replace("-", " ").replace("&", " ")
    rest, found = plain, []
    for key, (names, _, _, _) in _COMPILED.items():
        if names.search(plain):
            found.append(key)
            rest = names.sub(" ", rest)
    return () if set(rest.split()) - _NEUTRAL else tuple(found)


class Topics:
    """Counts how often texts speak of topics; made once for many texts."""

    def __init__(self) -> None:
        self._meetings, self._spelling = WordMeetings(), Spelling()

    def text_of(self, written: str) -> TopicText:
        """What somebody wrote, ready to be searched for each topic."""
        text = self._spelling.corrected(written.lower())
        return TopicText(text=text, sentences=self._meetings.sentences_of(text))

    def mentions(self, key: str, heard: TopicText) -> int:
        """How many times a text speaks of a topic, by its name or without it."""
        return _named(key, heard.text) or int(self._is_meant(key, heard))

    def _is_meant(self, key: str, heard: TopicText) -> bool:
        """Whether a text speaks of a topic without its usual words."""
        if not self._meetings.speak_of(key, heard.sentences):
            return False
        _, _, not_about, _ = _COMPILED[key]
        if not not_about or not not_about.search(heard.text):
            return True
        rest = self._meetings.sentences_of(not_about.sub(" ", heard.text))
        return self._meetings.speak_of(key, rest)


def _named(key: str, text: str) -> int:
    """How many times a text in small letters speaks of a topic in its usual words."""
    _, words, not_about, hints = _COMPILED[key]
    if hints and not any(hint in text for hint in hints):
        return 0
    count = sum(1 for _ in words.finditer(text))
    if count and not_about:
        count = sum(1 for _ in words.finditer(not_about.sub(" ", text)))
    return count
