"""Families of words by which people speak of a matter without its name.

A family is written as words in the singular; the plural is understood. `~` after a verb stands for
all its regular forms, and `_` joins the words of a phrase.
"""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.listening.daily_words import DAILY_WORDS
from wardblog.office.listening.planning_words import PLANNING_WORDS
from wardblog.office.listening.road_words import ROAD_WORDS
from wardblog.office.listening.tipping_words import TIPPING_WORDS

FAMILIES: Mapping[str, str] = {**TIPPING_WORDS, **ROAD_WORDS, **PLANNING_WORDS, **DAILY_WORDS}
