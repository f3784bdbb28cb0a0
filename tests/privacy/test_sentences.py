"""Personal data and what looks like it, as councillors and residents write: how much is found.

`sentences.tsv` was at hand while the finder was written; `held_back.tsv`, every third of the
sentences that were there at first, was not looked at until it was done, and nothing was changed
for its sake. `unseen.tsv` was written afterwards by somebody other than its author, and scored
once. `letters.tsv` and `letters_held_back.tsv` are every other line of one list, written before
letters, homes without a name and what is private of somebody were looked for; the second half was
scored when that was done. In each line stand whether it gives somebody away, of which kind it is,
and the sentence. All numbers are those kept for examples, or public.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from support import shown
from wardblog.model import PersonalKind
from wardblog.privacy import find_personal

FOLDER = Path(__file__).parent
FILES = (
    "sentences.tsv",
    "held_back.tsv",
    "unseen.tsv",
    "letters.tsv",
    "letters_held_back.tsv",
)
# What each label of the letters stands for; the others are the names of kinds.
KINDS = {
    "home": {PersonalKind.ADDRESS},
    "health": {PersonalKind.PRIVATE},
    "letter": {PersonalKind.LETTER},
}


def sentences(name: str) -> list[tuple[str, str, str]]:
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        label, kind, sentence = line.split("\t")
        found.append((label, kind, sentence.replace("\\n", "\n")))
    return found


def is_found(label: str, kind: str, sentence: str) -> bool:
    """Whether personal data of the right kind is found, or a look-alike is taken for any."""
    kinds = {one.kind for one in find_personal(shown(sentence))}
    if label != "personal":
        return bool(kinds)
    return not kinds.isdisjoint(KINDS.get(kind) or {PersonalKind[kind.upper()]})


@pytest.mark.parametrize("name", [*FILES, "all"])
def test_at_least_95_per_cent_are_found_with_at_most_5_per_cent_false_alarms(name: str) -> None:
    chosen = [s for file in FILES if name in (file, "all") for s in sentences(file)]
    all_, found = Counter(), Counter()  # type: Counter[tuple[str, str]], Counter[tuple[str, str]]
    for label, kind, sentence in chosen:
        for key in ((label, kind), (label, "all")):
            all_[key] += 1
            found[key] += is_found(label, kind, sentence)
    print(f"\n{name}")
    for (label, kind), count in sorted(all_.items()):
        word = "found" if label == "personal" else "false alarms"
        print(f"  {label:8} {kind:12} {found[label, kind]:3} of {count:3} {word}")
    assert found["personal", "all"] >= 0.95 * all_["personal", "all"]
    assert found["fine", "all"] <= 0.05 * all_["fine", "all"]


def test_the_labelled_set_is_large_and_half_of_it_is_look_alikes() -> None:
    chosen = [s for file in FILES for s in sentences(file)]
    labels = Counter(label for label, _, _ in chosen)
    assert labels["personal"] >= 290
    assert labels["fine"] >= 340
    assert len({sentence for _, _, sentence in chosen}) == len(chosen)
