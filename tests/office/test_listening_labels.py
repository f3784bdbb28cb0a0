"""How well the digest recognises items, stories, streets and issues, on labels made by hand.

Whoever wrote the labels had not seen the matcher. It was improved on the first set, of whose half
`b` these tests told figures only until then. The fresh set (half `c`) was written for one
measurement, before anybody had looked at it: same item precision 0.971, recall 0.957; streets F1
0.980; issues precision 0.975, recall 0.859, F1 0.913. The third set (half `d`), whose wording is
harder, was also measured once before anybody had looked at it: same item precision 1.000, recall
0.944; streets F1 0.986; issues precision 0.989, recall 0.752, F1 0.855. The fourth set (half `e`),
which has mentions only, was measured before anybody had looked at it: streets F1 1.000; issues
precision 0.989, recall 0.893, F1 0.939, and after one more change of the matcher, still unseen,
precision 0.970, recall 0.942, F1 0.956. These are the figures for items that nobody has looked at.
The fifth set (half `f`, mentions only) was measured once as well, and nothing was changed for it:
streets F1 0.988; issues precision 0.981, recall 0.938, F1 0.959. Its floors are these figures.

Since then the labels of all others have been looked at, and the matcher has been improved on them.
So what the tests below demand of the fresh, the third and the fourth set are floors against
regressions, a little below what is reached, and say nothing about items to come. When issues were
improved on one half of the third set, the other half went from precision 1.000, recall 0.710 to
precision 1.000, recall 0.823; only then was that half looked at.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from office.leaflets import sample_site

FOLDER = Path(__file__).parent
Record = dict[str, Any]
SETS = ("", "_fresh", "_third")
# The least that is demanded of each set: same item precision and recall, and F1 for labels.
_PRECISION = {"": 0.99, "_fresh": 0.98, "_third": 0.99}
_RECALL = {"": 0.9, "_fresh": 0.95, "_third": 0.93}
_F1 = {
    ("streets", ""): 0.98,
    ("issues", ""): 0.98,
    ("streets", "_fresh"): 0.98,
    ("issues", "_fresh"): 0.97,
    ("streets", "_third"): 0.98,
    ("issues", "_third"): 0.97,
    ("streets", "_fourth"): 0.99,
    ("issues", "_fourth"): 0.98,
    ("streets", "_fifth"): 0.988,
    ("issues", "_fifth"): 0.959,
}
# What must never differ between two items of one story.
_VETO = ("reference", "date", "number")


@cache
def labelled(name: str, part: str) -> list[Record]:
    data = json.loads((FOLDER / f"listening_{name}.json").read_text(encoding="utf-8"))
    found: list[Record] = data[part]
    return found


def pairs(which: str = "") -> list[Record]:
    return labelled(f"pairs{which}", "pairs")


def mentions(which: str = "") -> list[Record]:
    return labelled(f"mentions{which}", "items")


def function(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"wardblog.office.listening.{module}"), name)
    return found


def item_of(record: Mapping[str, str | None]) -> Any:
    published = record["published"]
    day = datetime.fromisoformat(published) if published else None
    return function("items", "FeedItem")(**{**record, "published": day})


@dataclass(frozen=True)
class Score:
    """How many labels were found, missed, and invented."""

    found: int
    missed: int
    invented: int

    @property
    def precision(self) -> float:
        return self.found / max(self.found + self.invented, 1)

    @property
    def recall(self) -> float:
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(2 * self.found + self.missed + self.invented, 1)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f} "
            f"({self.found} found, {self.missed} missed, {self.invented} wrong)"
        )


def score(answers: Iterable[tuple[set[str], set[str]]]) -> Score:
    """The score of pairs of right labels and given ones."""
    all_answers = list(answers)
    return Score(
        sum(len(right & given) for right, given in all_answers),
        sum(len(right - given) for right, given in all_answers),
        sum(len(given - right) for right, given in all_answers),
    )


def show(what: str, answers: list[tuple[Record, set[str], set[str]]]) -> Score:
    """Print the figures of each half and of all, and what went wrong."""
    for half in sorted({record["half"] for record, _, _ in answers}):
        part = [(right, given) for record, right, given in answers if record["half"] == half]
        print(f"{what}, half {half}: {score(part)}")
    for record, right, given in answers:
        if right != given:
            name = record["why"] or record["item"]["title"]
            print(f"  {name}: {sorted(given)} for {sorted(right)}")
    total = score((right, given) for _, right, given in answers)
    print(f"{what}: {total}")
    return total


def pair_answers(
    key: str, decide: Callable[[Any, Any], bool], which: str
) -> list[tuple[Record, set[str], set[str]]]:
    """What is said about each pair, in one order and in the other: these must agree."""
    answers = []
    for pair in pairs(which):
        one, other = item_of(pair["a"]), item_of(pair["b"])
        given = decide(one, other)
        assert decide(other, one) is given, f"the order matters: {pair['why']}"
        answers.append((pair, {key} if pair[key] else set(), {key} if given else set()))
    return answers


def test_the_labels_are_many_hard_and_evenly_split() -> None:
    kinds = Counter((pair["kind"], pair["half"]) for pair in pairs())
    assert len(pairs()) >= 200
    for kind, least in (("item", 70), ("story", 50), ("hard", 50), ("easy", 20)):
        assert kinds[kind, "a"] + kinds[kind, "b"] >= least
        assert abs(kinds[kind, "a"] - kinds[kind, "b"]) <= 1
    for pair in pairs():
        assert pair["same_item"] == (pair["kind"] == "item")
        assert pair["same_story"] == (pair["kind"] in ("item", "story"))
        assert pair["a"] != pair["b"]
    assert len({json.dumps([pair["a"], pair["b"]]) for pair in pairs()}) == len(pairs())
    assert sum(pair["differs"] in ("reference", "date") for pair in pairs()) >= 30


def test_the_mentions_know_every_street_and_issue_of_the_sample() -> None:
    site = sample_site()
    streets = Counter(slug for record in mentions() for slug in record["streets"])
    issues = Counter(slug for record in mentions() for slug in record["issues"])
    assert len(mentions()) >= 250
    assert set(streets) == {street.slug for street in site.gazetteer.streets}
    assert set(issues) == {issue.slug for issue in site.issues}
    assert min(issues.values()) >= 12
    assert sum(not record["streets"] for record in mentions()) >= 80
    assert len({record["item"]["link"] for record in mentions()}) == len(mentions())


def test_simple_rules_are_not_enough_for_the_labels() -> None:
    """Otherwise the figures below would say nothing."""

    def alike(one: Record, other: Record) -> bool:
        first, second = (f"{x['title']} {x['text']}" for x in (one, other))
        return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() > 0.9

    same = score(({"x"} if p["same_item"] else set(), {"x"} if alike(p["a"], p["b"]) else set())
                 for p in pairs())  # fmt: skip
    assert same.precision < 0.8
    names = {street.slug: street.name.casefold() for street in sample_site().gazetteer.streets}

    def named(record: Record) -> set[str]:
        text = f"{record['item']['title']} {record['item']['text']}".casefold()
        return {slug for slug, name in names.items() if re.search(rf"\b{name}\b", text)}

    assert score((set(r["streets"]), named(r)) for r in mentions()).f1 < 0.9


@pytest.mark.parametrize("which", SETS)
def test_the_same_item_is_recognised(which: str) -> None:
    decide = function("same_item", "is_same_item")
    total = show("same item", pair_answers("same_item", decide, which))
    assert total.precision >= _PRECISION[which]
    assert total.recall >= _RECALL[which]


@pytest.mark.parametrize("which", SETS)
def test_no_story_is_grouped_across_references_or_dates(which: str) -> None:
    answers = pair_answers("same_story", function("stories", "is_same_story"), which)
    show("same story", answers)
    wrong = [pair for pair, right, given in answers if given and not right]
    assert [pair["why"] for pair in wrong if pair["differs"] in _VETO] == []


@pytest.mark.parametrize(("what", "which"), _F1)
def test_items_are_filed_under_the_right(what: str, which: str) -> None:
    decide = getattr(function("match", "ItemMatcher")(sample_site()), f"{what}_of")
    answers = []
    for record in mentions(which):
        given = {getattr(one, "slug", one) for one in decide(item_of(record["item"]))}
        answers.append((record, set(record[what]), given))
    assert show(what, answers).f1 >= _F1[what, which]
