"""How a post says its author will vote, and what only sounds like it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from growth import assert_grows_with_input
from support import html_of
from wardblog.content.commitments import commitments_of
from wardblog.content.header.front_matter import split
from wardblog.model import Commitment
from wardblog.report import Report


def found_in(body: str, lines: str = "Tags: planning") -> tuple[Commitment, ...]:
    text = f"Title: The depot\nDate: 2026-11-20 09:00\n{lines}\n\n{body}\n"
    document = split(text, Report("posts/depot.md"))
    return commitments_of(document, html_of(document.body))


@pytest.mark.parametrize(
    "body",
    [
        "I will vote against them",
        "I shall be opposing this application.",
        "We will refuse it.",
        "I have made up my mind about the flats.",
        "My mind is made up.",
        "I'm voting no on Tuesday.",
        "I promised to block it, and I will.",
        "I’ll be voting against the tower.",
        "I have promised residents that I will vote to refuse.",
        "I can never support this scheme.",
        "This will not get my vote.",
        "I intend to vote against.",
        "I am going to oppose the twelve-storey block.",
        "Nothing will change my mind.",
        "Cllr Sample will vote against it.",
        'I told the meeting: "I will vote against it."',
        "I will not let them through.",
        "I am against this.",
        "Rest assured that I will be voting it down.",
        "I will fight this application.",
        "We've already decided to refuse.",
        "You can count on my vote.",
        "I pledge to oppose the plan.",
        "I have already decided.",
        "I do not support this application.",
        "I'm voting for refusal.",
        "Be assured: at the meeting I vote no.",
        "I strongly object to this application.",
        "It gets my vote.",
        "No way will I vote for this.",
        "I won't be supporting it.",
        "I, as your councillor, will vote against it.",
        "Expect me to vote against it.",
        "I will vo&shy;te against it.",
        "Robin Sample will vote against the plans.",
        '"I will vote against it", I told the paper.',
    ],
)
def test_a_closed_mind_is_found(body: str) -> None:
    assert [one.is_about_planning for one in found_in(body)] == [True]


@pytest.mark.parametrize(
    "body",
    [
        "I will listen to both sides before I vote.",
        "The residents will vote against it.",
        "I voted against it in 2019.",
        "I will oppose any cut to the library, and reject the budget.",
        "You can object to the application online.",
        "I have already decided to stand again in May.",
        "I do not support the closure.",
        '"I will vote against it", Mrs Hill told the paper.',
        'Mrs Hill said: "I will vote against it."',
        "> I will vote against it",
        "I will keep an open mind.",
        "I have not made up my mind.",
        "I will say nothing before I have made up my mind.",
        "I will vote for or against on the evidence.",
        "I will not vote on it, and I will leave the room.",
        "The committee will refuse or approve it.",
        "I refuse to be rushed, and will read every letter.",
        "You can object to the plan until 3 May.",
        "I will tell you how to object to the plan.",
        "I will support residents who want to speak.",
        "I will ask whether the block is needed.",
        "I opposed the last plan, which was refused.",
        "I will explain how we vote on planning.",
        "We will stop at the library on the way.",
        "I would like to hear from you. I mind the noise as well.",
        "Whether I will vote against it depends on the evidence.",
        "I will refuse it only if the evidence is there.",
    ],
)
def test_an_open_mind_passes(body: str) -> None:
    assert found_in(body) == ()


def test_the_lines_are_those_of_the_file() -> None:
    found = found_in("One line.\n\nI will oppose it.\nMy mind is made up.")
    assert [one.line for one in found] == [7, 8]


def test_words_about_something_else_are_not_about_planning() -> None:
    body = "I will vote against it.\n\n" + "Other words. " * 60 + "Planning comes later."
    (said,) = found_in(body, "Tags: grit bins")
    assert not said.is_about_planning


@pytest.mark.parametrize(
    "near", ["the planning committee", "2026/1234", "the application for flats"]
)
def test_words_near_planning_are_about_it(near: str) -> None:
    (said,) = found_in(f"On Tuesday comes {near}. I will vote against it.", "Tags: grit bins")
    assert said.is_about_planning


@pytest.mark.parametrize("piece", ["I will ", "we ", '"I said', "I have promised a ", "very ", "‘"])
def test_a_long_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        return partial(found_in, "I vote on planning. " + piece * (size // len(piece)))

    assert_grows_with_input(work, 20_000)
