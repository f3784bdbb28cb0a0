"""Words find their other forms, and not words that only look like them; in English and Welsh.

The words and questions are in `tests/search/`, as tables. They were written by somebody who did not
know how the search works.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from search.asking import Ask, ours, pairs, questions, write_pairs
from search.ward_corpus import write_corpus
from support import run_here

# What is known not to work. A change that makes one of them work shortens the list.
NOT_FOUND = {
    "cy": {
        "Caiff y biniau eu gwagio ddydd Iau.": "bin",
        "Fe gasglwyd y sbwriel i gyd.": "casglu",
    }
}


class Sentences(NamedTuple):
    """The search of a site with a post for each sentence, and the addresses of the posts."""

    ask: Ask
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def sentences(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sentences]:
    folder = tmp_path_factory.mktemp("sentences")
    addresses = write_pairs(folder / "content")
    with ours(browser, built(folder)) as ask:
        yield Sentences(ask, addresses)


def built(folder: Path) -> Path:
    done = run_here("html", "--content", str(folder / "content"), "--output", str(folder / "out"))
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.long
@pytest.mark.parametrize("group", ["cy", "en", "apart"])
def test_each_pair_is_as_it_should_be(sentences: Sentences, group: str) -> None:
    wrong = {
        pair.text: pair.query
        for pair in pairs()
        if pair.group == group and not pair.is_as_it_should(sentences.ask, sentences.addresses)
    }
    assert wrong == NOT_FOUND.get(group, {})


@pytest.mark.long  # test_search.py asks a smaller site, and the pairs above a hundred posts
def test_questions_have_a_right_answer_among_the_first_five(
    browser: Browser, tmp_path: Path
) -> None:
    write_corpus(tmp_path / "content")
    with ours(browser, built(tmp_path)) as ask:
        missed = {one.ask for one in questions() if not one.is_answered(ask(one.ask))}
    assert missed == set()
