"""Which matters an issue is about, and how often a text speaks of one."""

from __future__ import annotations

from wardblog.office.listening.road_topics import ROAD_TOPICS
from wardblog.office.listening.service_topics import SERVICE_TOPICS
from wardblog.office.listening.street_topics import STREET_TOPICS
from wardblog.support.late_regex import late_regex

_TOPICS = {**STREET_TOPICS, **ROAD_TOPICS, **SERVICE_TOPICS}
ALL_HINTS = " ".join(topic.hints for topic in _TOPICS.values())
# For texts in small letters, since these patterns are then several times as fast.
_COMPILED = {
    key: (
        late_regex(rf"\b(?:{topic.names})\b"),
        late_regex(rf"(?m)\b(?=\w)(?:{topic.words.lower()})"),
        late_regex(rf"\b(?=\w)(?:{topic.not_about.lower()})") if topic.not_about else None,
        tuple(topic.hints.split()),
    )
    for key, topic in _TOPICS.items()
}


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
    """The keys of the topics that an issue is about, if its name says nothing besides."""
    plain = issue.casefold().replace("-", " ").replace("&", " ")
    rest, found = plain, []
    for key, (names, _, _, _) in _COMPILED.items():
        if names.search(plain):
            found.append(key)
            rest = names.sub(" ", rest)
    return () if set(rest.split()) - _NEUTRAL else tuple(found)


def topic_mentions(key: str, text: str) -> int:
    """How many times a text in small letters speaks of a topic."""
    _, words, not_about, hints = _COMPILED[key]
    if hints and not any(hint in text for hint in hints):
        return 0
    count = sum(1 for _ in words.finditer(text))
    if count and not_about:
        count = sum(1 for _ in words.finditer(not_about.sub(" ", text)))
    return count
