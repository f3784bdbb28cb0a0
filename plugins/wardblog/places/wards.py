"""Finds the wards in a file of boundaries by their codes and names, in whichever properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from wardblog.places.geojson import Feature
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean

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
_MOST_LISTED = 30


def _plain(words: object) -> str:
    """Lower-case letters and digits only, "and" for "&", without "ward" at the end."""
    text = re.sub(r"[\W_]+", " ", str(words).casefold().replace("&", " and ").replace("'", ""))
    return re.sub(r" (?:ward|division|dea|electoral division)$", "", " ".join(text.split()))


def _is_value(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() != ""


class Wards:
    """The wards of a file; a ward is one feature, or several with the same code.

    `len()` is the number of wards; each feature without a code counts as one.
    """

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = features
        self._codes = [_plain(_code_of(f.properties)) for f in features]

    def __len__(self) -> int:
        return len({code or number for number, code in enumerate(self._codes)})

    @cached_property
    def codes(self) -> list[str]:
        """The codes of the wards that have one."""
        found = (_code_of(f.properties) for f in self._features)
        return list(dict.fromkeys(code for code in found if code))

    @property
    def listed(self) -> str:
        """The codes and names of the wards, as a sentence for a hint."""
        labels = (
            f"{_code_of(f.properties)} {_name_of(f.properties)}".strip() for f in self._features
        )
        found = list(dict.fromkeys(filter(None, labels)))
        more = f" and {len(found) - _MOST_LISTED:,} more" if len(found) > _MOST_LISTED else ""
        if not found:
            return "Its polygons have no WDxxCD code."
        return f"The file has: {', '.join(found[:_MOST_LISTED])}{more}."

    def with_code(self, code: str) -> list[Feature]:
        """Return all parts of the only ward with this code, in any property."""
        return self._one(self._having(code))

    def called(self, name: str) -> list[Feature]:
        """Return all parts of the only ward with this name, in any property."""
        return self._one(self._having(name))

    def number_with(self, code: str) -> int:
        """Return how many wards have this code: a council's code is in all its wards."""
        return max((len(self._wards_in(found)) for found in self._having(code)), default=0)

    def _having(self, words: str) -> list[list[int]]:
        """Return, for each property with this value, the indexes of its features."""
        wanted = _plain(words)
        found: dict[str, list[int]] = {}
        for number, feature in enumerate(self._features):
            for key, value in feature.properties.items():
                if _is_value(value) and _plain(value) == wanted:
                    found.setdefault(key, []).append(number)
        return list(found.values())

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


def _name_of(properties: Mapping[str, Any]) -> str:
    values = {k: clean(v).strip() for k, v in properties.items() if isinstance(v, str)}
    own = next((v for k, v in values.items() if _NAME_KEY.match(k) and v), "")
    return own or _first(values, _NAME_KEYS)


def _first(values: Mapping[str, str], keys: Sequence[str]) -> str:
    by_plain = {re.sub(r"[\W_]|\d+", "", key.casefold()): v for key, v in values.items() if v}
    return next((by_plain[key] for key in keys if key in by_plain), "")
