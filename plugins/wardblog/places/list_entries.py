"""Finds the entry of a council's list that a post names: "Grit bins 12", or its own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from wardblog.model import Dataset, EntryMatch, Issue, ListEntry, ListMeaning
from wardblog.places.street_names import plain_street, plain_words
from wardblog.support.late_regex import late_regex

_RUN = late_regex(r"\d+|[^\W\d_]+")
# Words before a number: "Grit bin no. 12".
_FILLERS = frozenset(("id", "no", "nr", "num", "number", "ref", "reference"))


class ListIndex:
    """Finds entries of all lists of a site. All tables are made when they are first needed."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self._lists = [_List(issue, dataset) for issue in issues for dataset in issue.lists]

    def meaning(self, written: str) -> ListMeaning:
        """Return what is meant by "Grit bins 12", by a name, or by a reference with letters."""
        qualified = [(one, rest) for one in self._lists for rest in one.rest_after_title(written)]
        found = {match.key: match for one, rest in qualified for match in one.numbered(rest)}
        found = found or {m.key: m for one, rest in qualified for m in one.named(" ".join(rest))}
        if not found:
            found = {match.key: match for one in self._lists for match in one.named(written)}
        if not found:
            found = {match.key: match for one in self._lists for match in one.lettered(written)}
        if found or not qualified:
            return ListMeaning(tuple(found.values()))
        return ListMeaning((), qualified[0][0].title, qualified[0][0].example)


class _List:
    """One list, with tables of its names and references."""

    def __init__(self, issue: Issue, dataset: Dataset) -> None:
        self._issue, self._dataset = issue, dataset
        self.title = dataset.title
        titles = dict.fromkeys((dataset.title, issue.name))
        self._beginnings = [[*map(_stem, plain_words(title))] for title in titles]

    @property
    def example(self) -> str:
        """How to write the first of its entries that nothing else can be meant by."""
        for several in self._by_exact_name.values():
            match = self._match(several[0])
            if match.reference or len(several) == 1:
                return match.reference or match.place.name
        return ""

    def rest_after_title(self, written: str) -> Iterator[tuple[str, ...]]:
        """The words after the title of the list or the name of its issue."""
        words = plain_words(written)
        stems = [*map(_stem, words)]
        for beginning in self._beginnings:
            count = len(beginning)
            if count and len(words) > count and stems[:count] == beginning:
                yield words[count:]

    def numbered(self, words: tuple[str, ...]) -> Iterator[EntryMatch]:
        key = _reference_key(" ".join(word for word in words if word not in _FILLERS))
        yield from map(self._match, self._by_reference.get(key, []) if key else [])

    def named(self, written: str) -> Iterator[EntryMatch]:
        exact = self._by_exact_name.get(" ".join(written.split()).casefold())
        yield from map(self._match, exact or self._by_name.get(plain_street(written), []))

    def lettered(self, written: str) -> Iterator[EntryMatch]:
        """Those with this reference, if it has letters and figures: a figure alone is anything."""
        key = _reference_key(written)
        is_plain = any(part.isdigit() for part in key) and any(part.isalpha() for part in key)
        yield from map(self._match, self._by_reference.get(key, []) if is_plain else [])

    def _match(self, number: int) -> EntryMatch:
        dataset, place = self._dataset, self._dataset.places[number]
        key = _reference_key(place.identifier)
        is_own = key and self._by_reference[key] == [number]
        return EntryMatch(
            key=ListEntry(dataset.slug, number),
            place=place,
            issue=self._issue.slug,
            issue_name=self._issue.name,
            title=self.title,
            reference=f"{self.title} {place.identifier}" if is_own else "",
            is_shown=dataset.show_all or dataset.inside[number],
        )

    @cached_property
    def _by_reference(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for number, place in enumerate(self._dataset.places):
            if place.identifier:
                found.setdefault(_reference_key(place.identifier), []).append(number)
        return found

    @cached_property
    def _by_exact_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, place in enumerate(self._dataset.places):
            found.setdefault(place.name.casefold(), []).append(number)
        return found

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for number, place in enumerate(self._dataset.places):
            if key := plain_street(place.name):
                found.setdefault(key, []).append(number)
        return found


def _reference_key(reference: str) -> tuple[str, ...]:
    """The same for "GB-012", "gb 12" and "GB12"."""
    if reference.isdecimal():
        return (reference.lstrip("0") or "0",)
    runs = (run for word in plain_words(reference) for run in _RUN.findall(word))
    return tuple(run.lstrip("0") or "0" for run in runs)


def _stem(word: str) -> str:
    """The same for a word and its plural."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")
