"""Notices messages with a code that no post has, such as that of a post that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from wardblog.model.answer_codes import LENGTH, LETTERS
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

# By hand, "QH4TZ A" is written as well; words of five such letters hardly exist.
_ANSWER = late_regex(
    rf"(?<!\w)([{LETTERS}]{{{LENGTH}}})"
    r"(?:\s*[-\u2010-\u2015:]\s*[A-Z0-9]{1,12}|\s+(?:[A-F1-6]|YES|NO|ME\s?TOO))(?!\w)"
)
_MOST_NAMED = 3


class UnknownCodes:
    """Counts the messages that have an answer with a code, and none that is `known`."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = frozenset(known)
        self._seen: Counter[str] = Counter()
        self.messages = 0

    def has(self, subject: str) -> bool:
        """Whether the subject of a message without an answer has such a code; counts it if so."""
        found = set(_ANSWER.findall(subject.upper()))
        if not found or found & self._known:
            return False
        self.messages += 1
        self._seen.update(found)
        return True

    def sentence(self) -> str:
        """How many messages there were, and what to do; "" if there were none."""
        if not self.messages:
            return ""
        named = ", ".join(code for code, _ in self._seen.most_common(_MOST_NAMED))
        return (
            f"{counted(self.messages, 'message has', 'messages have')} a code that no post has "
            f"({named}). If the address of a post changed, write the old one in the post, in a "
            'line such as "Aliases: /2026/11/crossing/".'
        )
