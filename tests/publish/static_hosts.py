"""What Netlify and Cloudflare Pages do with `_redirects`, as they document it.

https://docs.netlify.com/manage/routing/redirects/redirect-options/ and
https://developers.cloudflare.com/pages/configuration/redirects/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from wardblog.model.addresses import index_of

MOST_STATIC, MOST_DYNAMIC, LONGEST_LINE = 2000, 100, 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the file: its path, the query that it asks for, and where it leads."""

    path: str
    query: frozenset[tuple[str, str]]
    new: str
    is_forced: bool


def _rules(folder: Path) -> Iterator[list[str]]:
    file = folder / "_redirects"
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            yield line.split()


def _has_file(folder: Path, path: str) -> bool:
    return (folder / index_of(unquote(path).lstrip("/"))).is_file()


def on_netlify(folder: Path, url: str) -> str:
    """Where the first rule leads that fits, or "": a file that exists comes before most rules.

    The parameters of a rule must be there, and no others; their order does not matter.
    """
    parts = urlsplit(url)
    asked = frozenset(parse_qsl(parts.query, keep_blank_values=True))
    for path, *query, new, code in _rules(folder):
        pairs = frozenset((name, value) for name, _, value in (q.partition("=") for q in query))
        rule = Rule(path, pairs, new, code.endswith("!"))
        fits = unquote(rule.path) == unquote(parts.path) and (not query or rule.query == asked)
        if fits and (rule.is_forced or not _has_file(folder, parts.path)):
            return rule.new
    return ""


def on_cloudflare(folder: Path, url: str) -> str:
    """Where a rule leads, whether or not there is a file, or ""; queries are not looked at."""
    found: dict[str, str] = {}
    static = dynamic = 0
    for rule in _rules(folder):
        is_valid = len(rule) in (2, 3) and len(" ".join(rule)) <= LONGEST_LINE
        if not is_valid or (len(rule) == 3 and not rule[2].isdigit()):
            continue
        if dynamic or re.search(r"\*|:[A-Za-z]\w*", rule[0]):
            dynamic += 1
            assert dynamic <= MOST_DYNAMIC
        else:
            static += 1
            if static > MOST_STATIC:
                continue
        found.setdefault(rule[0], rule[1])
    return found.get(urlsplit(url).path, "")
