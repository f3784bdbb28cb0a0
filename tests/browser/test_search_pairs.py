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

from search.asking import Ask, ours, pairs, write_pairs
from support import run_here


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


@pytest.mark.parametrize("group", ["cy", "en", "apart"])
def test_each_pair_is_as_it_should_be(sentences: Sentences, group: str) -> None:
    wrong = [
        (pair.kind, pair.query, pair.text)
        for pair in pairs()
        if pair.group == group and not pair.is_as_it_should(sentences.ask, sentences.addresses)
    ]
    assert wrong == []
