"""What the councillor means by the name of an issue or a street."""

from __future__ import annotations

from collections.abc import Sequence

from wardblog.model import Gazetteer
from wardblog.places.street_mentions import StreetMentions
from wardblog.places.street_names import StreetIndex, plain_words
from wardblog.problems import UsageError, nearest
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify

# Shorter beginnings of words are in many names.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetName:
    """A street as the gazetteer calls it, or as written if it has none such.

    `slugs` are those of the gazetteer's streets of this name, or of several names. `is_part` is
    whether more was written than the street, such as a house number. `guess` is the nearest name,
    or "". `is_known` is whether it is in the gazetteer, or there is none to look in.
    """

    name: str
    slugs: tuple[str, ...] = ()
    is_part: bool = False
    guess: str = ""
    is_known: bool = True


def issue_called(written: str, names: Sequence[str]) -> str:
    """The name of the issue: as it is spelt, or the only one that has these words.

    "" if no issue is called anything like it. Raises `UsageError` if one nearly is.
    """
    slug = slugify(written)
    exact = [name for name in names if slugify(name) == slug]
    if exact:
        return exact[0]
    partly = (
        [name for name in names if slug in slugify(name)] if len(slug) >= _SHORTEST_PART else []
    )
    if len(partly) == 1:
        return partly[0]
    guess = nearest(written, names)
    if len(partly) > 1:
        raise UsageError(
            f'"{written}" can be several issues', f"Name one of them: {', '.join(partly)}."
        )
    if guess:
        raise UsageError(f'There is no issue called "{written}"', f'Did you mean "{guess}"?')
    return ""


def street_called(written: str, gazetteer: Gazetteer) -> StreetName:
    """The street that is meant, however it is abbreviated."""
    written = " ".join(written.split())
    if streets := StreetIndex(gazetteer).named(written):
        slugs = tuple(street.slug for street in streets)
        return StreetName(name=streets[0].name, slugs=slugs)
    names = {street.slug: street.name for street in gazetteer.streets}
    found = StreetMentions(gazetteer).found_in(written, is_label=True)
    if found:
        several = " and ".join(dict.fromkeys(names[slug] for slug in found))
        return StreetName(name=several, slugs=found, is_part=True)
    plain = {" ".join(plain_words(name)): name for name in names.values()}
    guess = nearest(" ".join(plain_words(written)), plain)
    return StreetName(name=written, guess=plain[guess] if guess else "")
