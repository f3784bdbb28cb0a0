"""Finds statements in which a councillor says how they will vote on a planning application.

A member of the planning committee who has said so can no longer decide with an open mind. The
statements are promises, intentions or a closed mind in the first person ("I will vote against it",
"my mind is made up"), or a councillor's in the third ("Cllr Sample will oppose it"). How somebody
voted in the past, what others say (between quotation marks or in a quotation) and "before I have
made up my mind" do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from wardblog.content.header.front_matter import PostFile
from wardblog.content.keys import KEYS, ShownAs
from wardblog.model import Commitment
from wardblog.privacy.normalise import normalised
from wardblog.support.late_regex import late_regex

_THING = (
    r"(?:it|this|that|these|them|those|any of (?:it|this|them)"
    r"|the\s+(?:[\w-]+\s+){0,3}(?:applications?|plans?"
    r"|scheme|proposals?|developments?|extension|flats|towers?|blocks?|houses|homes|appeal|hotel"
    r"|mast"
    r"|demolition|conversion|basement|scheme|site|depot|club|shop|school|supermarket)"
    r"|(?:a|such|any)\s+(?:\w+\s+)?(?:application|plan|scheme|proposal|tower|block))\b"
)
# What councillors may well be against before anybody asks the planning committee.
_POLICY = (
    r"(?!\s+(?:\w+\s+){0,3}(?:cuts?|closures?|budget|motion|tax(?:es)?|rises?|increases?|charges?"
    r"|fees?)\b)"
)
_SOFTLY = r"(?:(?:also|of\s+course|always|still|again|therefore|\w+ly|be)\s+){0,3}"
_ACT = (
    r"(?:vot(?:e|ing)\s+(?:against(?!\s+(?:the\s+)?(?:budget|motion))|no\b|yes\b|down\b"
    r"|it\s+down|for\s+(?!or\b)"
    rf"(?:{_THING}|approval|refusal)|in\s+favour|to\s+(?:refuse|reject|approve|block|support"
    rf"|oppose|grant))"
    rf"|oppos(?:e|ing)\b{_POLICY}|reject(?:ing)?\b{_POLICY}|block(?:ing)?\s+\w+|refus(?:e|ing)\s+(?:{_THING}"
    rf"|permission|planning)"
    rf"|(?:support|back|approve|fight|stop|kill|defeat|grant)(?:ing)?\s+{_THING}"
    rf"|object(?:ing)?\s+to"
    r"|say(?:ing)?\s+(?:no|yes)\b|(?:throw|turn|vote|get|see)(?:ing)?\s+(?:it|this|them"
    r"|these)\s+(?:out|down"
    r"|refused|rejected|approved|built|through))"
)  # fmt: skip
_I = r"\b(?:I|we)(?:,[^,.!?\n]{1,40},)?"
_MEANS = (
    r"(?:intend|plan|mean|promised?|pledged?|vow(?:ed)?|propose|want|expect|am\s+determined"
    r"|(?:am|are)\s+(?:going|bound|ready|minded|certain|sure))\s+to"
)
_WILL = (
    rf"(?:['’]ll|['’](?:m|re)\s+going\s+to|\s+(?:{_SOFTLY})(?:will|shall|must|{_MEANS}"
    rf"|have\s+(?:already\s+)?(?:promised|pledged|vowed|decided"
    rf"|resolved)\s+(?:\w+\s+){{0,3}}?(?:to|that\s+I\s+(?:will"
    r"|would|shall))))"
)
_WONT = (
    r"(?:\s+(?:will|shall|can)\s+(?:not|never)|\s+(?:won|shan|can)['’]t|\s+cannot"
    r"|\s+could\s+never|['’]ll\s+never)"
)
_COMMITTED = (
    rf"{_I}{_WILL}\s+{_SOFTLY}{_ACT}"
    rf"|{_I}(?:['’](?:m|re)|\s+(?:am|are))\s+{_SOFTLY}(?:voting\s+(?:no|yes|against"
    rf"|for\s+(?:{_THING}|refusal|approval)|to\s+\w+)"
    rf"|opposing\b|opposed\s+to\s+{_THING}|against\s+{_THING}|in\s+favour\s+of\s+{_THING}"
    rf"|supporting\s+{_THING}"
    rf"|rejecting\b|blocking\b|refusing\s+{_THING})"
    rf"|{_I}(?:{_WONT}|\s+(?:do\s+not|don['’]t))\s+{_SOFTLY}"
    r"(?:vot(?:e|ing)\s+(?:for|in\s+favour|against)|support(?:ing)?|back(?:ing)?|approv(?:e|ing)"
    rf"|agree\s+to|accept"
    rf"|let)\s+(?:of\s+)?{_THING}"
    rf"|{_I}(?:['’](?:ve|d)|\s+(?:have|had))?\s+(?:already\s+|long\s+)?made\s+up\s+(?:my"
    rf"|our)\s+minds?\b"
    r"|\b(?:my|our)\s+minds?\s+(?:is|are)\s+(?:already\s+|now\s+)?made\s+up\b"
    rf"|{_I}(?:['’]ve|\s+have)\s+(?:already\s+)?decided\s+(?:how\s+(?:I|we)|against|to\s+(?:vote"
    rf"|refuse|oppose|reject))"
    rf"|{_I}(?:['’]ve|\s+have)?\s+(?:already\s+)?(?:promised|pledged|vowed|sworn"
    rf"|swore)\s+(?:[\w’']+\s+){{0,4}}?(?:to"
    rf"|that\s+(?:I|we)\s+(?:will|would|shall))\s+{_SOFTLY}{_ACT}"
    r"|\b(?:nothing|no\s+\w+)\s+(?:will|can|could|would)\s+(?:ever\s+)?change\s+(?:my"
    r"|our)\s+minds?\b"
    r"|\b(?:I|we)\s+(?:will\s+not|won['’]t|shall\s+not|cannot|will\s+never)\s+change\s+(?:my"
    r"|our)\s+minds?\b"
    rf"|{_I}(?:['’]ve|\s+have)\s+already\s+decided(?=\s*(?:[.!;,]|$)|\s+(?:on|about)\b)"
    rf"|{_I}\s+(?:vote\s+(?:no|yes)\b|(?:vote\s+against|{_SOFTLY}object\s+to)\s+{_THING})"
    rf"|\b(?:expect|rely\s+on|trust|count\s+on)\s+(?:me|us)\s+to\s+{_ACT}"
    r"|\b(?:no\s+way|never|under\s+no\s+circumstances)\s+(?:will|would|shall|could)\s+(?:I|we)\s+"
    rf"(?:vote|support|approve|back|agree\s+to)\b(?:\s+(?:for|in\s+favour\s+of))?\s+{_THING}"
    r"|\b(?:gets|has|wins)\s+my\s+vote\b"
    r"|\bmy\s+vote\s+(?:will|is\s+going\s+to|is)\s+(?:be\s+)?(?:no|yes|against|for)\b"
    r"|\b(?:will|shall|does|do)\s+(?:not\s+|never\s+)?(?:get|have)\s+my\s+(?:vote|support)\b"
    r"|\bwon['’]t\s+(?:get|have)\s+my\s+(?:vote|support)\b|\b(?:you\s+have"
    r"|count\s+on)\s+my\s+vote\b"
    r"|\bover\s+my\s+dead\s+body\b|\bI\s+would\s+(?:never\s+)?(?:vote\s+(?:for|against)|refuse"
    r"|approve)\s+"
    rf"{_THING}"
    r"|\b(?:(?:Cllr|Councillor)\.?\s+(?:[A-Z][\w’'-]*\s+){1,3}"
    rf"|(?-i:[A-Z][a-z][\w’'-]*\s+(?:[A-Z]\.\s+)?[A-Z][a-z][\w’'-]*\s+))(?:will|is\s+going\s+to"
    rf"|has\s+promised\s+to)\s+{_SOFTLY}"
    rf"{_ACT}"
)  # fmt: skip
_OPEN = late_regex(
    r"\b(?:before|until|till|whether|if|unless|once|when|how|nor|not\s+that|say\s+that"
    r"|think)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ON_EVIDENCE = late_regex(
    r"[^.!?\n]{0,40}\b(?:if|unless)\b|\s+or\s+(?:for|against)\b", re.IGNORECASE
)
# Words of others, between quotation marks; a councillor may quote herself.
_QUOTED = late_regex(r"\"[^\"\n]{1,600}\"|“[^”]{1,600}”|(?<!\w)‘[^‘]{1,600}?’(?!\w)")
_MINE = late_regex(
    r"\b(?:I|we)\s+(?:\w+\s+)?(?:said|told|say|answered|replied|promised|wrote"
    r"|repeat)\b[^.!?\n]{0,50}$"
)
_MINE_AFTER = late_regex(
    r"[\s,.]{0,3}(?:I|we)\s+(?:\w+\s+)?(?:said|told|answered|replied|wrote|promised|repeated)\b"
)
# A quick look, since most posts are about something else.
_TRIGGERS = ("vot", "oppos", "refus", "reject", "block", "mind", "against", "object", "support",
             "approv", "fight", "stop", "say ", "dead body", "favour", "back", "let ", "decid",
             "\u00ad", "&")  # fmt: skip
_NUMBER = late_regex(r"\b(?:19|20)\d\d/\d{3,5}\b")
_CONTEXT = ("planning", "Planning", "PLANNING", "planner", "application", "Application")
_PLANNING = late_regex(
    r"\bplanning\b|\bplanners?\b|\b(?:19|20)\d\d/\d{3,5}\b"
    r"|\bapplication\b[^.!?\n]{0,60}\b(?:flats|homes"
    r"|houses|tower|extension|storeys?|dwellings|hotel|mast|demoli\w+|basement|build\w*)\b"
    r"|\b(?:flats|tower|extension|storeys?|dwellings|hotel|mast"
    r"|basement)\b[^.!?\n]{0,60}\bapplication\b",
    re.IGNORECASE,
)
_NEAR = 400


@cache
def _committed() -> re.Pattern[str]:
    """Compiled where it is needed, since that takes long and few posts are about planning."""
    return re.compile(_COMMITTED, re.IGNORECASE)


def commitments_of(document: PostFile, html: str) -> tuple[Commitment, ...]:
    """Those in a post's title, summary, history and text, in the order of their lines.

    `html` is the text as it will be shown.
    """
    about = " ".join(entry.value for entry in document.entries if entry.key in ("Title", "Tags"))
    texts = (about, document.body)
    has_number = "/" in document.body and _NUMBER.search(document.body)
    is_about_it = has_number or document.first("Reference")
    if not is_about_it and not any(word in text for text in texts for word in _CONTEXT):
        return ()
    found: dict[tuple[str, int], Commitment] = {}
    for entry in document.entries:
        if KEYS[entry.key].shown is ShownAs.SENTENCES and _may_commit(entry.value):
            for one in _in_words(entry.value, about):
                found.setdefault((one.words, entry.line), replace(one, line=entry.line))
    if _may_commit(document.body):
        # late import: see docs/architecture.md
        from wardblog.privacy.lines import MarkdownLines
        from wardblog.privacy.shown import visible_text_without_quotations

        lines = MarkdownLines(document.body, document.body_line)
        for one in _in_words(visible_text_without_quotations(html), about):
            line = lines.line_of(one.words)
            found.setdefault((one.words, line), replace(one, line=line))
    return tuple(sorted(found.values(), key=lambda one: one.line))


def _may_commit(words: str) -> bool:
    small = words.casefold().replace("\u00ad", "")
    return any(trigger in small for trigger in _TRIGGERS)


def _in_words(words: str, about: str) -> Iterator[Commitment]:
    """Those in plain words, on no line yet."""
    text = _without_quotations(words if words.isascii() else normalised(words))
    for match in _committed().finditer(text):
        if _OPEN.search(text, max(0, match.start() - 30), match.start()):
            continue
        if _ON_EVIDENCE.match(text, match.end()):
            continue
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        yield Commitment(
            " ".join(match[0].split()),
            0,
            bool(_PLANNING.search(about) or _PLANNING.search(around)),
        )


def _without_quotations(text: str) -> str:
    """The text without quotations."""

    def blank(quoted: re.Match[str]) -> str:
        is_mine = _MINE.search(text, max(0, quoted.start() - 90), quoted.start())
        if is_mine or _MINE_AFTER.match(text, quoted.end()):
            return quoted[0]
        return re.sub(r"[^\n]", " ", quoted[0])

    return _QUOTED.sub(blank, text)
