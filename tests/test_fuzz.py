"""Whatever a file holds: plain words, within two seconds, and nothing written."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.seeds import SEEDS, SLOW_FILES, SLOW_TEXTS
from fuzz.targets import TARGETS, Site
from support import INVALID_URLS, POST, examples, mostly_long
from wardblog.content import time_limit

# How many inputs each kind of file is tried with, the same ones each time; in a long run all kinds
# together are thousands.
TRIES = examples(400, short=40)
# Slow texts of which each keeps another part of the reader busy; a long run tries the others.
IN_A_SHORT_RUN = (
    "footnotes", "code in one line", "small tables", "attributes", "tags that are not closed",
    "long figures", "deep lists",
)  # fmt: skip
# One slow file of each kind.
SLOW_IN_A_SHORT_RUN = (
    "many keys", "deep JSON", "a long list", "an outline that crosses itself",
    "a header between lines",
)  # fmt: skip
# What files are made of, and what has broken programs before.
PIECES = (
    "|", ":", "\n", "\n\n", " ", "    ", "\t", ",", ";", '"', "'", "[", "]", "(", ")", "{", "}",
    "<", ">", "&", "#", "*", "_", "`", "```", "~", "=", "-", "--", "<!--", "-->", "\\", "/", "\0",
    "\ufeff", "\u202e", "\u2028", "\ufffe", "é", "𝔊", "[[", "]]", "[^1]", "&#x0;", "&nbsp",
    "9" * 400, "1e999", "-0", "NaN", "null", "2026-13-45", "0000-00-00", "9999-12-31", "25:61",
    "first Monday of the month", "every 0 weeks", "TQ 277 757", "51.46,-0.15", "data:,x",
    *INVALID_URLS,
    "javascript:", "<script>", "<a href=", "<p", "</div>", "]]>", "%s", "{{ x }}", "{% x %}",
    "${x}", "../" * 20, "(" * 60, "> " * 60, "a@b.c", "07700 900123", "x" * 3000,
)  # fmt: skip


@cache
def site_of(name: str) -> Site:
    return TARGETS[name]()


@st.composite
def mangled(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A file as somebody has it, with parts taken out, doubled, moved or replaced."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        what = draw(st.sampled_from(("cut", "piece", "bytes", "double", "flip", "end")))
        if what == "cut":
            del data[start:end]
        elif what == "piece":
            data[start:start] = draw(st.sampled_from(PIECES)).encode("utf-8", "surrogatepass")
        elif what == "bytes":
            data[start:end] = draw(st.binary(max_size=8))
        elif what == "double":
            data[start:start] = data[start:end] * draw(st.integers(1, 50))
        elif what == "flip" and start < len(data):
            data[start] ^= 1 << draw(st.integers(0, 7))
        elif what == "end":
            del data[start:]
    return bytes(data)


def inputs(name: str) -> st.SearchStrategy[bytes]:
    pieces = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda p: "".join(p).encode())
    return st.one_of(mangled(SEEDS[name]), mangled(SEEDS[name]), pieces, st.binary(max_size=300))


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_any_file_is_read_or_reported(name: str) -> None:
    @settings(
        max_examples=TRIES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(name))
    def tried(data: bytes) -> None:
        site_of(name)(data)

    tried()


REPEATED = (
    "[", "(", "<", "<p>", "<div>", "*", "_ ", "`", ">", "- ", "1. ", "![", "[a](", "&", "<!--", "|",
    "a|", "\n\n", "    ", "#", "~", "<a ", "'", '"', "a@", "0", "07700 ", "SW11 ", "tomorrow ",
    "Mr A ",
)  # fmt: skip
# Those of which each is for another part of the reader; a long run tries the others.
IN_MANY_PLACES = ("[", "<p>", "*", "`", ">", "- ", "&", "a|", "a@", "07700 ", "tomorrow ")


@pytest.mark.parametrize("piece", mostly_long(REPEATED, *IN_MANY_PLACES))
def test_repeated_text_does_not_make_anything_hang(piece: str) -> None:
    text = POST.replace("Some text.", piece * (30_000 // len(piece)))
    site_of("post")(text.encode())


@pytest.fixture
def uncounted() -> Iterator[None]:
    """Takes away what hypothesis has Python call in the midst of anything, where nothing may raise.

    Nothing of ours is called so.
    """
    before = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = before


def assert_ends_in_time(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the processor's time, as the machine may be busy; reading and checking each have it."""
    limit = 0.3
    monkeypatch.setattr(time_limit, "SECONDS", limit)
    monkeypatch.setattr(time_limit, "LIST_SECONDS", limit)
    site = site_of(name)
    begun = os.times()
    site.problems(text.encode())
    took = sum(now - then for now, then in zip(os.times()[:4], begun[:4], strict=True))
    assert took < 4 * limit + 1


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("name", mostly_long(SLOW_TEXTS, *IN_A_SHORT_RUN))
def test_a_post_is_given_no_more_time_than_its_limit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = POST.replace("Some text.", SLOW_TEXTS[name])
    assert_ends_in_time("post", text, monkeypatch)


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("name", mostly_long(SLOW_FILES, *SLOW_IN_A_SHORT_RUN))
def test_a_file_is_given_no_more_time_than_its_limit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, text = SLOW_FILES[name]
    assert_ends_in_time(target, text, monkeypatch)
