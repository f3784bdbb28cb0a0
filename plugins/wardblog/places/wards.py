"""Finds the wards in a file of boundaries by their codes and names, in whichever properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from wardblog.places.geojson import Feature
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean_name

# The Office for National Statistics names its columns after the kind of area and the year: wards,
# county electoral divisions, district electoral areas, merged wards and parishes.
CODE_KEY = late_regex(r"^(?:WD|CED|DEA|CMWD|PAR|PARNCP)(\d\d)CD$", re.IGNORECASE)
_NAME_KEY = late_regex(r"^(?:WD|CED|DEA|CMWD|PAR|PARNCP)\d\dNM$", re.IGNORECASE)
# Property names that others use, best first, in lower case.
_CODE_KEYS = (
    "wardcode", "wdcd", "areacode", "deacode", "divisioncode", "gsscode", "onscode", "code",
    "censuscode", "wardid",
)  # fmt: skip
_NAME_KEYS = (
    "wardname", "wdnm", "areaname", "deaname", "divisionname", "wardnameen", "name", "ward",
    "division", "dea",
)  # fmt: skip
# Codes of wards: E05 (England), W05, S13, N08 and N10; E58 are county divisions, E04 and W04
# parishes. A council's own code, such as E09000032, is in every one of its wards.
_WARD_CODE = late_regex(r"(?:E05|W05|S13|N08|N10|E58|E04|W04|E36)\d{6}", re.IGNORECASE)
# The name of the council that a ward belongs to, as the Office for National Statistics and others
# call it.
_COUNCIL_KEY = late_regex(
    r"^(?:(?:LAD|LTLA|UTLA|CTY|CTYUA|LGD)\d\dNM|LGDNAME|council|council_?name|local_?authority"
    r"|la_?name|district|district_?name|borough)$",
    re.IGNORECASE,
)
_OF_COUNCILS = frozenset(
    ("london", "borough", "royal", "city", "council", "county", "district", "metropolitan",
     "unitary", "authority", "of", "the", "and", "mbc", "bc", "dc", "cc")
)  # fmt: skip
_MOST_LISTED = 30


def plain_ward_name(words: object) -> str:
    """Lower-case letters and digits only, "and" for "&", without "ward" at the end."""
    text = str(words).casefold().replace("&", " and ").replace("'", "").replace("’", "")
    text = " ".join(re.sub(r"[\W_]+", " ", text).split())
    return re.sub(r" (?:ward|division|dea|electoral division)$", "", text)


def _bare_council(name: str) -> frozenset[str]:
    """The words of a council's name that tell it from others: "Camden" for "Camden Council"."""
    words = frozenset(plain_ward_name(name).split())
    return words - _OF_COUNCILS or words


def _is_value(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() != ""


def year_of(properties: Mapping[str, Any]) -> int | None:
    """The year of an outline, from a column such as `WD13CD`."""
    years = (match for key in properties if (match := CODE_KEY.match(key)))
    return next((2000 + int(year[1]) for year in years), None)


class Wards:
    """The wards of a file; a ward is one feature, or several with the same code.

    `len()` is the number of wards; each feature without a code counts as one.
    """

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = features
        self._codes = [plain_ward_name(_code_of(f.properties)) for f in features]

    def __len__(self) -> int:
        return len({code or number for number, code in enumerate(self._codes)})

    @cached_property
    def codes(self) -> list[str]:
        """The codes of the wards that have one."""
        found = (_code_of(f.properties) for f in self._features)
        return list(dict.fromkeys(code for code in found if code))

    @cached_property
    def names(self) -> list[str]:
        """The names of the wards that have one."""
        found = (_name_of(f.properties) for f in self._features)
        return list(dict.fromkeys(name for name in found if name))

    @property
    def listed(self) -> str:
        """The codes and names of the wards, as a sentence for a hint."""
        found = self._labels(range(len(self._features)))
        return f"The file has: {found}." if found else "Its polygons have no WDxxCD code."

    def listed_called(self, name: str) -> str:
        """The wards with this name, and where the file tells it, with their councils."""
        wanted = plain_ward_name(name)
        same = (
            n
            for n, f in enumerate(self._features)
            if plain_ward_name(_name_of(f.properties)) == wanted
        )
        return self._labels(same, with_council=True)

    def listed_in(self, council: str) -> str:
        """The wards of a council, as a sentence for a hint; all wards where none are its."""
        numbers = self._of_council(council, range(len(self._features)))
        return f"In {council} the file has: {self._labels(numbers)}." if numbers else self.listed

    def _labels(self, numbers: Iterable[int], with_council: bool = False) -> str:
        labels = (_label(self._features[number].properties, with_council) for number in numbers)
        found = list(dict.fromkeys(filter(None, labels)))
        more = f" and {len(found) - _MOST_LISTED:,} more" if len(found) > _MOST_LISTED else ""
        return ", ".join(found[:_MOST_LISTED]) + more

    def with_code(self, code: str) -> list[Feature]:
        """Return all parts of the only ward with this code, in any property."""
        return self._one(self._having(code))

    def called(self, name: str, council: str) -> list[Feature]:
        """Return all parts of the only ward with this name, in any property.

        If several have it, the council's is chosen: there are dozens of wards called Abbey.
        """
        candidates = self._having(name)
        return self._one(candidates) or self._one(
            [self._of_council(council, numbers) for numbers in candidates]
        )

    def number_with(self, code: str) -> int:
        """Return how many wards have this code: a council's code is in all its wards."""
        return max((len(self._wards_in(found)) for found in self._having(code)), default=0)

    def _having(self, words: str) -> list[list[int]]:
        """Return, for each property with this value, the indexes of its features."""
        wanted = plain_ward_name(words)
        found: dict[str, list[int]] = {}
        for number, feature in enumerate(self._features):
            for key, value in feature.properties.items():
                if _is_value(value) and plain_ward_name(value) == wanted:
                    found.setdefault(key, []).append(number)
        return list(found.values())

    def _of_council(self, council: str, numbers: Iterable[int]) -> list[int]:
        """Return those of the features that have this council in any property."""
        wanted = _bare_council(council)
        return [
            number
            for number in numbers
            if wanted
            and any(
                isinstance(value, str) and _bare_council(value) == wanted
                for value in self._features[number].properties.values()
            )
        ]

    def _wards_in(self, numbers: Iterable[int]) -> set[str]:
        return {self._codes[number] for number in numbers}

    def _one(self, candidates: list[list[int]]) -> list[Feature]:
        """Return the features of the only ward among the candidates; none if there are several."""
        single = [found for found in candidates if len(self._wards_in(found)) == 1]
        numbers = sorted({number for found in single for number in found})
        is_one = len(self._wards_in(numbers)) == 1
        return [self._features[number] for number in numbers] if is_one else []


def _code_of(properties: Mapping[str, Any]) -> str:
    values = {k: str(v).strip() for k, v in properties.items() if _is_value(v)}
    own = next((v for k, v in values.items() if CODE_KEY.match(k)), "")
    official = own or next((v for v in values.values() if _WARD_CODE.fullmatch(v)), "")
    return official or _first(values, _CODE_KEYS)


def _label(properties: Mapping[str, Any], with_council: bool) -> str:
    label = f"{_code_of(properties)} {_name_of(properties)}".strip()
    values = properties.items()
    named = (clean_name(v) for k, v in values if isinstance(v, str) and _COUNCIL_KEY.match(k))
    council = next(filter(None, named), "")
    return f"{label} ({council})" if with_council and council else label


def _name_of(properties: Mapping[str, Any]) -> str:
    values = {k: clean_name(v) for k, v in properties.items() if isinstance(v, str)}
    own = next((v for k, v in values.items() if _NAME_KEY.match(k) and v), "")
    return own or _first(values, _NAME_KEYS)


def _first(values: Mapping[str, str], keys: Sequence[str]) -> str:
    by_plain = {re.sub(r"[\W_]|\d+", "", key.casefold()): v for key, v in values.items() if v}
    return next((by_plain[key] for key in keys if key in by_plain), "")
