"""Finds questions to residents that are about one planning application.

Questions about planning in general, such as whether people want to hear of applications near them,
are not meant: nobody decides on those with an open mind.
"""

from __future__ import annotations

import re

from wardblog.model import Post
from wardblog.support.late_regex import late_regex

# "2026/1234" and "26/01234/FUL", but not "2025/2026", "12/2026" or "12/12/2026".
_REFERENCE = late_regex(
    r"(?<![\w/.,\u00a3-])(?:(?:(?:19|20)?\d\d/(?!(?:19|20)\d\d\b)\d{3,6}\b(?!/\d))"
    r"|(?:19|20)?\d\d/\d{3,6}/[A-Z]{1,6}\b)"
)
_PLANNING = late_regex(r"\b(?:planning|applications?|appeal|cynllunio|cais)\b", re.IGNORECASE)
_WORK = r"(?:flats?|houses?|homes?|dwellings?|storeys?|tower|development|extension|basement|mast)"
_DECIDED = (
    r"(?:refus|reject|approv|grant|allow|turn(?:ed)? down|object|oppos|support|permi(?:t|ss))"
)
_ONE = late_regex(
    r"\b(?:the|this|that|these|those|his|her|their|our)\s+(?:\w+\s+)?"
    r"planning (?:application|permission|consent)s?\b"
    r"|\bplanning application (?:for|by|from|to (?:build|convert|demolish)|number|no\b|ref)"
    r"|\bplanning (?:permission|consent) (?:(?:should|to) )?(?:be (?:given|granted|refused)|for)\b"
    r"|\b(?:give|get|grant|refuse|have)\w* (?:\w+ )?planning (?:permission|consent)\b"
    rf"|\bapplications?\b[^.?!\n]{{0,60}}\b{_WORK}\b[^.?!\n]{{0,60}}\b{_DECIDED}"
    rf"|\b{_DECIDED}\w*\b[^.?!\n]{{0,60}}\bapplications?\b[^.?!\n]{{0,60}}\b{_WORK}\b",
    re.IGNORECASE,
)
_COMMITTEE = late_regex(r"\bplanning (?:applications )?committee\b", re.IGNORECASE)
_BY_COMMITTEE = late_regex(
    r"\b(?:decided|determined|considered|heard|refused|approved)\b[^.?!\n]{0,30}\b(?:by|at)\b"
    r"[^.?!\n]{0,20}\bplanning (?:applications )?committee\b"
    r"|\bplanning (?:applications )?committee\b[^.?!\n]{0,20}"
    r"\b(?:decid|determine|consider|refus|approv)\w*\b[^.?!\n]{0,20}\b(?:it|this|that|application)\b",
    re.IGNORECASE,
)
_NEAR = 80
_SENTENCE = late_regex(r"[.?!]\s+(?=[A-Z])|\n\s*\n")


def asks_about_planning(post: Post) -> bool:
    """Whether the question, its answers, who decides, or the text are about one application."""
    asked = "\n\n".join((post.title, post.question, *(answer.words for answer in post.answers)))
    return bool(
        _ONE.search(asked)
        or _COMMITTEE.search(post.decides)
        or _BY_COMMITTEE.search(post.text)
        or _has_reference(f"{asked}\n\n{post.decides}\n\n{post.text}")
    )


def _has_reference(text: str) -> bool:
    """Whether a number is that of an application, by the words around it."""
    for found in _REFERENCE.finditer(text):
        left = _SENTENCE.split(text[max(0, found.start() - _NEAR) : found.start()])[-1]
        right = _SENTENCE.split(text[found.start() : found.end() + _NEAR])[0]
        if _PLANNING.search(left) or _PLANNING.search(right):
            return True
    return False
