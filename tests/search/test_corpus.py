"""The made-up ward is the same every time, builds, and has an answer to every question."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from search.asking import QUESTIONS, pairs, questions, rows
from search.ward_corpus import write_corpus
from support import read_all, run_here
from wardblog.problems import has_errors
from wardblog.views import outputs


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_is_written_the_same_twice(tmp_path: Path) -> None:
    assert write_corpus(tmp_path / "one") == write_corpus(tmp_path / "two") == 483
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    posts = [text for name, text in files_in(tmp_path / "one").items() if name.startswith("posts/")]
    assert sum(b"\nLang: cy\n" in text for text in posts) == 40
    years = {f"\n{text.decode()}".split("\nDate: ")[1][:4] for text in posts}
    assert years == {str(year) for year in range(2016, 2027)}


@pytest.mark.long
def test_it_can_be_built(tmp_path: Path) -> None:
    write_corpus(tmp_path / "content")
    output = tmp_path / "output"
    done = run_here("html", "--content", str(tmp_path / "content"), "--output", str(output))
    assert done.returncode == 0, done.stderr
    built = {f"{page.relative_to(output)}" for page in output.rglob("index.html")}
    assert built == set(pages_of(tmp_path / "content"))


def pages_of(content: Path) -> list[str]:
    """The pages that are made of a folder, by the names of their files."""
    site, problems = read_all(content)
    assert not has_errors(problems)
    return [one.path for one in outputs(site) if one.path.endswith("index.html")]


def test_every_question_has_an_answer(tmp_path: Path) -> None:
    write_corpus(tmp_path / "content")
    paths = [f"/{path.removesuffix('index.html')}" for path in pages_of(tmp_path / "content")]
    asked = [question for name in QUESTIONS for question in questions(name)]
    for question in asked:
        for pattern in question.right:
            assert any(fnmatchcase(path, pattern) for path in paths), question
    assert len(questions()) == 60
    assert len({question.ask for question in asked}) == 90


def test_pairs_are_as_many_as_promised() -> None:
    known = pairs()
    assert Counter(pair.group for pair in known) == {"cy": 50, "en": 50, "apart": 30}
    assert len({text for pair in known for text in (pair.text, pair.other) if text}) == 160
    for name in ("pairs_welsh.csv", "pairs_english.csv", "pairs_apart.csv"):
        for row in rows(name):
            assert row["word"].casefold() in row["text"].casefold(), row
