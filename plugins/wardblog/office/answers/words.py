"""Notices if the words of an answer change after people have chosen it."""

from __future__ import annotations

import hashlib

from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.totals import Totals
from wardblog.office.answers.written import plain_words


def words_digests(one: AskedPost) -> dict[str, str]:
    """A digest of the words of each answer, by its key; punctuation and capitals do not count."""
    return {key: _digest(one.keys[key]) for key in one.answer_keys}


def changed_words(totals: Totals, one: AskedPost) -> tuple[str, ...]:
    """The keys of answers that somebody chose, and that have other words now, or are gone."""
    now = words_digests(one)
    chosen = [key for key, number in totals.answers.items() if number]
    return tuple(sorted(k for k in chosen if totals.words.get(k, now.get(k)) != now.get(k)))


def _digest(words: str) -> str:
    return hashlib.sha256(plain_words(words).encode()).hexdigest()[:12]
