"""Which matters an issue is about, and how often a text speaks of one."""

from __future__ import annotations

from wardblog.office.listening.service_topics import SERVICE_TOPICS
from wardblog.office.listening.street_topics import STREET_TOPICS
from wardblog.support.late_regex import late_regex

_COMPILED = {
    key: (
        late_regex(rf"(?i)\b(?:{topic.names})\b"),
        late_regex(rf"(?im)\b(?:{topic.words})"),
        late_regex(rf"(?i)\b(?:{topic.not_about})") if topic.not_about else None,
    )
    for key, topic in {**STREET_TOPICS, **SERVICE_TOPICS}.items()
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
    for key, (names, _, _) in _COMPILED.items():
        if names.search(plain):
            found.append(key)
            rest = names.sub(" ", rest)
    return () if set(rest.split()) - _NEUTRAL else tuple(found)


def topic_mentions(key: str, text: str) -> int:
    """How many times a text speaks of a topic."""
    _, words, not_about = _COMPILED[key]
    if not_about:
        text = not_about.sub(" ", text)
    return sum(1 for _ in words.finditer(text))
