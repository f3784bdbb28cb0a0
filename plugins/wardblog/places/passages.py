"""A text as words with their places, for what looks for names in it."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from wardblog.places.street_names import APOSTROPHES, SHORT_FORMS, plain_words
from wardblog.support.late_regex import late_regex

_WORD = late_regex(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*|&")
# Web and e-mail addresses, paths, and names of files and accounts, in which no street is named.
_ADDRESS = late_regex(
    r"\b(?:https?://|www\.)\S+|\S+@\S+|(?<![\w/])[/#@][\w./%-]*\w"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|london|wales|scot|cymru|info|eu|example"
    r"|pdf|docx?|xlsx?|csv|jpe?g|png|html?)\b\S*"
)
# Every such address has one of these.
_MARK = late_regex(r"[/@#]|\.\S")
# What may be between two words of a name; the dot only after a short form.
_GAP = late_regex(rf"[{APOSTROPHES}]?[^\S\n]+|[-‐‑]|")
_DOT = late_regex(r"\.[^\S\n]*")
_DOTTED = frozenset(short for shorts in SHORT_FORMS.values() for short in shorts) | {
    "st", "dr", "gt", "lt", "upr", "lwr", "nth", "sth",
}  # fmt: skip
_TITLE_SHARE = 0.6


class Passage:
    """The words of a text: as written, in plain letters, and where each begins and ends.

    Addresses of pages and people are left out, and a line of the text ends what is before it.
    """

    def __init__(self, text: str, known: dict[str, str]) -> None:
        """`known` are words that were seen before, with their plain letters."""
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        if _MARK.search(text):
            text = _ADDRESS.sub("\n", text)
        self.text = text
        found = list(_WORD.finditer(text))
        self.words = [one[0] for one in found]
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]
        for word in self.words:
            if word not in known:
                is_plain = word.isascii() and word.isalnum()
                known[word] = word.lower() if is_plain else "".join(plain_words(word))
        self.plain = [known[word] for word in self.words]

    def gap(self, index: int) -> str:
        """What is between a word and the one before it; a line's end at either end of the text."""
        if not 0 < index < len(self.words):
            return "\n"
        return self.text[self.ends[index - 1] : self.starts[index]]

    def is_joined(self, index: int) -> bool:
        """Whether a word may belong to one name with the word before it."""
        gap = self.gap(index)
        if _GAP.fullmatch(gap):
            return True
        return bool(_DOT.fullmatch(gap)) and self.plain[index - 1] in _DOTTED

    def begins_sentence(self, index: int) -> bool:
        """Whether a word has a capital because a sentence, a line or a quotation begins."""
        return any(sign in '.!?:;\n•“"(–—|' for sign in self.gap(index))

    def is_capital(self, index: int) -> bool:
        return not self.words[index][0].islower()

    def is_loud(self, index: int) -> bool:
        """Whether a word is in capitals throughout, so that they say nothing."""
        return len(self.words[index]) > 1 and self.words[index].isupper()

    @cached_property
    def is_title(self) -> bool:
        """Whether it is written like a headline, with a capital for nearly every word."""
        long = [word for word in self.words if len(word) > 3]
        return sum(word[0].isupper() for word in long) > _TITLE_SHARE * len(long)
