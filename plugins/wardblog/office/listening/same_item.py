"""Whether two items of feeds are one and the same, found at two places."""

from __future__ import annotations

from datetime import timedelta
from difflib import SequenceMatcher

from wardblog.office.listening.addresses import canonical_host, names_one_page
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.reading import (
    COMMON,
    ItemReading,
    likeness,
    overlap,
    reading_of,
    stem,
    stems_of,
    words_of,
)
from wardblog.support.late_regex import late_regex

# A guid that nobody else uses: an address, a tag (RFC 4151) or a long random one.
_WORLDWIDE = late_regex(r"(?i)https?://.+|tag:.+|urn:.+|[0-9a-f-]{32,}|[\w.-]+\.[a-z]{2,}[/:,].+")
# How far apart the same words may be published: by one site, which repeats itself, and by others.
_AGAIN, _ELSEWHERE = timedelta(days=2), timedelta(days=10)
_FEW_DAYS = timedelta(days=3)
# After that, "on Saturday" is another one.
_SAME_WEEKDAY = timedelta(days=5)
_RELATIVE = frozenset(("today", "tonight", "tomorrow", "yesterday"))
# Fewer words than these say too little to be compared on their own.
_FEWEST_TITLE, _FEWEST_TEXT = 4, 12
# Of title and text together: on two sites, and on one, which has many short notices.
_FEWEST_APART, _FEWEST_TOGETHER = 5, 8
_LONG_TEXT = 25
# The share of a post that the headline and text must have; the rest would be an opinion.
_QUOTED = 0.75
_TAG = late_regex(r"#\w+")
_MOST_ALIGNED = 220
_TURNING = frozenset(
    ("not", "no", "never", "won't", "cannot", "can't", "without", "cancelled", "postponed",
     "refused", "approved", "rejected", "granted", "deferred", "closed", "closes", "closing",
     "reopens", "reopened", "opens", "open", "opened", "found", "missing", "before", "after",
     "north", "south", "east", "west", "morning", "afternoon", "evening", "today", "tomorrow",
     "tonight", "yesterday", "yes", "arrested", "charged", "jailed", "cleared", "wins", "loses",
     "northbound", "southbound", "eastbound", "westbound", "male", "female", "man", "woman", "boy",
     "girl", "lost", "yellow", "amber", "red", "reduced", "increased", "rises", "falls", "up",
     "down")
)  # fmt: skip

# Before words for where something is, of which no other can take the place.
_AT_A_PLACE = ("at", "the")


def is_same_item(a: FeedItem, b: FeedItem) -> bool:
    """Whether both are the same piece: one address, one guid, or almost the same words."""
    return are_same(reading_of(a), reading_of(b))


def are_same(a: ItemReading, b: ItemReading) -> bool:
    # Words first, since facts take longest to find.
    return _may_be_same(a, b) and not a.subject.contradicts(b.subject)


def _may_be_same(a: ItemReading, b: ItemReading) -> bool:
    """Whether both are the same piece, if their titles do not name different matters."""
    if _share_address(a, b):
        return _is_one_page(a, b)
    if a.item.guid and a.item.guid == b.item.guid and _is_known_guid(a, b):
        return _is_alike(a, b) and not a.contradicts(b)
    is_alike = _announces(a, b) or _announces(b, a) or _has_same_words(a, b)
    return is_alike and not a.contradicts(b) and not comes_again(a, b)


def comes_again(a: ItemReading, b: ItemReading) -> bool:
    """Whether one notice is given again for another day, as those of weekly markets are."""
    one, other = a.item.published, b.item.published
    if one is None or other is None or _share_address(a, b):
        return False
    apart = abs(one - other)
    if a.facts.weekdays & b.facts.weekdays and not a.facts.dates and apart > _SAME_WEEKDAY:
        return True
    is_repeated = a.title_words == b.title_words or likeness(a.all_stems, b.all_stems) >= 0.75
    if a.item.site != b.item.site or not is_repeated:
        return False
    is_other_day = one.date() != other.date() and {*a.all_words} & {*b.all_words} & _RELATIVE
    return bool(apart > _AGAIN or is_other_day)


def _share_address(a: ItemReading, b: ItemReading) -> bool:
    return bool({a.address, a.guid_address} & {b.address, b.guid_address} - {""})


def _is_one_page(a: ItemReading, b: ItemReading) -> bool:
    """Whether one address means one item: not if it is that of a page where all items appear."""
    shared = ({a.address, a.guid_address} & {b.address, b.guid_address}) - {""}
    is_alike = _is_alike(a, b)
    if a.is_update != b.is_update and not is_alike:
        return False
    if not any(map(names_one_page, shared)):
        return is_alike and not a.contradicts(b) and _is_near(a, b, _AGAIN)
    if _has_own_guids(a, b):
        is_told_again = a.title_words == b.title_words or likeness(a.all_stems, b.all_stems) >= 0.9
        is_near = _is_near(a, b, _AGAIN)
        return is_told_again and is_near and not a.contradicts(b) and not _turns(a, b)
    if is_alike and not a.title_facts.contradicts(b.title_facts):
        return True
    if a.address and b.address and a.address != b.address:
        return is_alike
    if a.item.site == b.item.site:
        return is_alike or _is_near(a, b, timedelta(days=1))
    return True


def _has_own_guids(a: ItemReading, b: ItemReading) -> bool:
    """Whether one site says that two items at one address are not the same."""
    is_one_site = a.item.site == b.item.site
    return bool(is_one_site and a.item.guid and b.item.guid and a.item.guid != b.item.guid) and (
        a.guid_address != b.guid_address or not a.guid_address
    )


def _is_known_guid(a: ItemReading, b: ItemReading) -> bool:
    if a.item.site == b.item.site or _WORLDWIDE.fullmatch(a.item.guid):
        return True
    return bool(a.address and canonical_host(a.address) == canonical_host(b.address))


def _is_alike(a: ItemReading, b: ItemReading) -> bool:
    """Whether two items could be versions of one text."""
    if overlap(a.stems, b.stems) >= 0.5:
        return True
    return overlap(a.shingles, b.shingles) >= 0.5 or likeness(a.all_stems, b.all_stems) >= 0.5


def _is_near(a: ItemReading, b: ItemReading, longest: timedelta) -> bool:
    """Whether both were published within a time, as far as this is known."""
    one, other = a.item.published, b.item.published
    return one is None or other is None or abs(one - other) <= longest


def _announces(a: ItemReading, b: ItemReading) -> bool:
    """Whether `a` only repeats the words of `b` with a link to it, as social media do."""
    if not b.address or not a.links_to(b.address) or not names_one_page(b.address):
        return False
    own = stems_of(words_of(_TAG.sub(" ", f"{a.title} {a.text}")))
    if len(own) < 2 or len(own & b.all_stems) / len(own) < _QUOTED:
        return False
    if _NEGATIONS & {*a.all_words} - {*b.all_words}:
        return False
    title = b.title_words
    runs = frozenset(zip(title, title[1:], title[2:], strict=False))
    has_title = overlap(runs, a.word_runs) >= 0.6 if runs else b.stems <= a.all_stems
    return has_title or overlap(a.word_runs, b.word_runs) >= 0.6


def _has_same_words(a: ItemReading, b: ItemReading) -> bool:
    is_one_site = a.item.site == b.item.site
    if not _is_near(a, b, _AGAIN if is_one_site else _ELSEWHERE):
        return False
    if is_one_site and a.stems - b.stems and b.stems - a.stems:
        return False
    if min(len(a.text_words), len(b.text_words)) < _FEWEST_TEXT:
        return _has_same_few_words(a, b) and not _turns(a, b)
    shared = overlap(a.shingles, b.shingles)
    titles = overlap(a.stems, b.stems)
    smaller = min(len(a.text_words), len(b.text_words))
    if shared >= 0.7 and titles >= (0.6 if is_one_site else 0.4):
        return not _turns(a, b)
    if shared >= 0.8 and smaller >= _LONG_TEXT and not is_one_site:
        return not _turns(a, b)
    if a.title_words == b.title_words and len(a.stems) >= _FEWEST_TITLE and shared >= 0.4:
        return not _turns(a, b)
    return shared >= 0.3 and likeness(a.all_stems, b.all_stems) >= 0.75 and not _turns(a, b)


def _has_same_few_words(a: ItemReading, b: ItemReading) -> bool:
    """For items of which one has little or no text."""
    if a.title_words == b.title_words and len(a.stems) >= _FEWEST_TITLE:
        has_no_text = not a.text_words or not b.text_words
        return (has_no_text and _is_near(a, b, _FEW_DAYS)) or overlap(a.shingles, b.shingles) >= 0.5
    one, other = a.all_stems, b.all_stems
    fewest = _FEWEST_TOGETHER if a.item.site == b.item.site else _FEWEST_APART
    if min(len(a.all_words), len(b.all_words)) < fewest:
        return False
    return likeness(one, other) >= 0.8 and _is_near(a, b, _FEW_DAYS)


def repeats_a_form(a: ItemReading, b: ItemReading) -> bool:
    """Whether two items have the same words but for a name or the like, as appeals have."""
    if a.item.site == b.item.site and a.stems - b.stems and b.stems - a.stems:
        return True
    return overlap(a.shingles, b.shingles) >= 0.5 and _turns(a, b)


def _turns(a: ItemReading, b: ItemReading) -> bool:
    """Whether a word that differs changes the meaning: a name, a number or its opposite.

    Words that only one text has at its beginning or end were cut off in the other.
    """
    names = a.proper_names | b.proper_names
    if _turns_words(a.title_words, b.title_words, names):
        return True
    return _turns_words(a.text_words, b.text_words, names)


def _turns_words(one: tuple[str, ...], other: tuple[str, ...], names: frozenset[str]) -> bool:
    one, other = one[:_MOST_ALIGNED], other[:_MOST_ALIGNED]
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            continue
        left, right = set(one[i1:i2]), set(other[j1:j2])
        if (left | right) & _TURNING and tag == "replace" and _differs(left, right, _TURNING):
            return True
        is_end = number in (0, len(codes) - 1)
        if tag == "replace":
            if one[max(i1 - 2, 0) : i1] == _AT_A_PLACE and max(i2 - i1, j2 - j1) <= 3:
                return True
            if not is_end and _differs(left, right, names):
                return True
            if is_end and len(left) <= 3 and len(right) <= 3 and _differs(left, right, names):
                return True
        elif not is_end and len(left | right) <= 3 and (left | right) & _NEGATIONS:
            return True
    return False


_NEGATIONS = frozenset(("not", "no", "never", "won't", "cannot", "can't", "without", "cancelled"))


def _differs(left: set[str], right: set[str], words: frozenset[str]) -> bool:
    """Whether both sides have words of a set that the other side does not have."""
    one, other = left & words, right & words
    return (
        bool(one - right - COMMON and other - left - COMMON)
        or bool(
            {w for w in left if w.isdigit()} ^ {w for w in right if w.isdigit()}
            and any(w.isdigit() for w in left)
            and any(w.isdigit() for w in right)
        )
        or _stems_differ(one, other)
    )


def _stems_differ(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and not {stem(w) for w in one} & {stem(w) for w in other}
