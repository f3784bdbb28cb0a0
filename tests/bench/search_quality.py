"""How many questions have a right answer among the first five, beside Pagefind.

Sixty questions, and the blog that they are asked of, were written before there was a search, by
somebody who did not know how it would rank. Thirty more were written when it had been improved for
those. Both search the same built pages.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser.conftest import launched
from search.asking import QUESTIONS, SHOWN, Ask, ours, pagefind, pairs, questions, write_pairs
from search.ward_corpus import write_corpus
from support import run


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = launched(playwright)
        folder = Path(name)
        posts = write_corpus(folder / "ward")
        addresses = write_pairs(folder / "sentences")
        print(f"Right among the first {SHOWN}, of 60 questions about {posts} posts, and 30 later:")
        with (
            ours(browser, _built(folder / "ward", folder / "our-ward")) as us,
            pagefind(browser, _built(folder / "ward", folder / "peer-ward")) as peer,
        ):
            _print_questions({"ours": us, "Pagefind": peer})
        print("Pairs of words, of which 50 Welsh and 50 English are to be found, and 30 not:")
        with (
            ours(browser, _built(folder / "sentences", folder / "our-sentences")) as us,
            pagefind(browser, _built(folder / "sentences", folder / "peer-sentences")) as peer,
        ):
            _print_pairs({"ours": us, "Pagefind": peer}, addresses)
        browser.close()


def _built(content: Path, output: Path) -> Path:
    done = run("html", "--content", str(content), "--output", str(output))
    if done.returncode:
        raise SystemExit(done.stderr)
    return output


def _print_questions(searches: dict[str, Ask]) -> None:
    for name, ask in searches.items():
        for table in QUESTIONS:
            asked = questions(table)
            missed = [one for one in asked if not one.is_answered(ask(one.ask))]
            print(f"  {name}: {len(asked) - len(missed)} of {len(asked)}; missed:")
            print("    " + "; ".join(f"{one.ask} ({one.kind})" for one in missed))


def _print_pairs(searches: dict[str, Ask], addresses: dict[str, str]) -> None:
    for name, ask in searches.items():
        wrong = [pair for pair in pairs() if not pair.is_as_it_should(ask, addresses)]
        right = Counter(pair.group for pair in pairs()) - Counter(pair.group for pair in wrong)
        print(f"  {name}: {dict(right)}")
        print("    " + "; ".join(f"{pair.query} ({pair.group}, {pair.kind})" for pair in wrong))
