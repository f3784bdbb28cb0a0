"""Words that a report-back is made of: numbers, lists, links, and who is speaking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from wardblog.model import Post, Site
from wardblog.scaffold.year_on_year import plain_markdown
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction
from wardblog.text.plain_text import plain
from wardblog.text.words import short_date

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who is speaking: one councillor, or several."""

    i: str
    me: str
    my: str
    was: str

    @classmethod
    def of(cls, site: Site) -> Voice:
        if len(site.councillors) == 1:
            return cls(i="I", me="me", my="my", was="was")
        return cls(i="we", me="us", my="our", was="were")


def in_words(number: int) -> str:
    """`seven`, `11`, `1,204`; 0 is `no`."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def some(number: int, noun: str, plural: str = "") -> str:
    """`one repair`, `three posts`, `12 visits`."""
    return f"{in_words(number)} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def clauses(words: Sequence[str]) -> str:
    """`he came and she went`, `he came, she went, and it rained`."""
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def ended(words: str) -> str:
    """Plain words as Markdown, with a full stop if they have no end of their own."""
    words = plain_markdown(plain(words)).strip()
    return words if not words or words[-1] in ".!?…:" else f"{words}."


def link_to(post: Post, words: str = "") -> str:
    """A link to a post or page, with its title or other words, as councillors write it."""
    text = plain_markdown(plain(words or post.title))
    if not words and not post.lang.startswith("en"):
        text = f'<span lang="{post.lang}" dir="{direction(post.lang)}">{text}</span>'
    folder, _, name = post.file.partition("/")
    path = name if folder == "posts" else f"../{post.file}"
    return f"[{text}]({f'<{path}>' if re.search(r'[ ()]', path) else path})"


def title_sentence(post: Post) -> str:
    """The title as a link, ended like a sentence."""
    return link_to(post) + ("" if post.title.rstrip()[-1:] in ".!?…" else ".")


def on_day(day: date, today: date) -> str:
    """`on 26 November`, `today`, `yesterday`."""
    ago = (today - day).days
    return ("today", "yesterday")[ago] if ago in (0, 1) else f"on {short_date(day, today)}"
