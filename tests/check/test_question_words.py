"""Which questions ask for too much, and which are about one planning application."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import BASE, WARD, read_all, write_site
from wardblog.problems import Problem

COMMITTEE = WARD.replace(
    'email = "robin@example.org"\n', 'email = "robin@example.org"\nplanning_committee = true\n'
)


def asking(
    folder: Path, question: str, text: str = "Some text.", answers: tuple[str, ...] = ("Yes", "No")
) -> list[Problem]:
    """What is wrong with a question by a member of the planning committee."""
    given = "".join(f"Answer: {key} | {w}\n" for key, w in zip("ABCDEF", answers, strict=False))
    lines = f"\nQuestion: {question}\n{given}Closes: 2026-12-20\nDecides: The council, in May\n\n"
    post = BASE["posts/fine.md"].replace("\n\nSome text.", f"{lines}{text}")
    return read_all(write_site(folder, {"ward.toml": COMMITTEE, "posts/fine.md": post}))[1]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Will you support Asha Specimen in May?", "political"),
        ("Can we count on your support on 6 May?", "political"),
        ("Will you vote for me in May?", "political"),
        ("How will you vote on 6 May?", "political"),
        ("Are you a Labour supporter?", "political"),
        ("Do you agree that Labour has neglected Lavender Hill?", "political"),
        ("Do you support the Labour Party plan for benches?", "political"),
        ("Did you vote Remain?", "political"),
        ("Did you vote in the last election?", "political"),
        ("Which councillor do you trust most?", "political"),
        ("Do you have asthma?", "health"),
        ("Do you suffer from a heart condition?", "health"),
        ("Do you go to church or to the mosque?", "beliefs"),
        ("Are you black or white?", "beliefs"),
        ("Is your health good?", "health"),
        ("What is your postcode?", "personal details"),
        ("How much do you earn?", "personal details"),
        ("What number do you live at?", "personal details"),
        ("What is your name, and your address?", "personal details"),
    ],
)
def test_a_question_about_what_people_are_warns(question: str, about: str, tmp_path: Path) -> None:
    [problem] = asking(tmp_path, question)
    assert (problem.rule, problem.line) == ("sensitive-question", 4)
    assert about in problem.message


@pytest.mark.parametrize(
    "question",
    [
        "Which party would you like: a street party or a picnic?",
        "How would you vote on the budget for our park?",
        "Would you vote for the oak bench?",
        "Is your health centre easy to reach?",
        "Is your mobile signal good enough?",
        "Is your address easy to find?",
        "What should your faith school do about parking?",
        "Are you ill-served by the 319 bus?",
        "Is your race route safe?",
        "Do you want your name on the tree?",
        "What should become of the Conservative Club?",
        "Do you support Robin's crossing?",
        "Do you have anxiety about crossing here?",
        "Do you have a bin?",
        "Do you have MS Teams?",
        "Should we back Victoria Park?",
        "Do you support Lavender Hill Traders?",
        "Which candidate site do you prefer?",
        "Do you go to Church Road on foot?",
        "Should the council tell you when a planning application is near you?",
        "Where should planning applications be put up?",
    ],
)
def test_a_question_about_the_ward_is_fine(question: str, tmp_path: Path) -> None:
    assert asking(tmp_path, question) == []


@pytest.mark.parametrize(
    ("answers", "warns"),
    [
        (("Green", "Greens"), False),
        (("Green", "Reform"), False),
        (("Materials", "Labour"), False),
        (("Labour", "Green"), True),
        (("Lib Dems", "The Greens"), True),
    ],
)
def test_colours_are_no_parties(answers: tuple[str, ...], warns: bool, tmp_path: Path) -> None:
    problems = asking(tmp_path, "Which is best?", answers=answers)
    assert [p.rule for p in problems] == ["sensitive-question"] * warns


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Your answer is confidential and cannot be traced.", True),
        ("Nobody can say that answers by e-mail can be traced to nobody.", False),
        ("We keep no names, and your answers are confidential.", False),
    ],
)
def test_nobody_can_promise_that_mail_is_not_traced(text: str, warns: bool, tmp_path: Path) -> None:
    problems = asking(tmp_path, "Where should it go?", text)
    assert [p.rule for p in problems] == ["sensitive-question"] * warns


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Should the application 2026/1234 for 40 flats be refused?", "Some text."),
        ("Should the application for 40 flats be refused?", "Some text."),
        ("Should a planning application for 40 flats be refused?", "Some text."),
        ("Should planning permission be given?", "Some text."),
        ("Should they be built?", "See application 26/01234/FUL on the council's page."),
        ("Should they be built?", "The planning committee will decide it in May."),
        (
            "Should they be built?",
            "The planning application 2026/1234 will be decided by the planning committee.",
        ),
    ],
)
def test_a_question_about_an_application_is_known_by_its_words(
    question: str, text: str, tmp_path: Path
) -> None:
    assert [p.rule for p in asking(tmp_path, question, text)] == ["question-on-planning"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2025/2026 the planning budget was cut. Come on 12/12/2026.",
        "The council is planning a crossing. Thames Water calls it 2026/1234.",
        "We asked the planning team.",
    ],
)
def test_a_text_with_other_numbers_is_about_no_application(text: str, tmp_path: Path) -> None:
    assert asking(tmp_path, "Where should it go?", text) == []


@pytest.mark.parametrize(
    ("question", "warns"),
    [
        ("Bench on Lavender Hill", True),
        ("Two new trees", True),
        ("A bench on Lavender Hill?", False),
        ("Where the bench should go", False),
        ("Choose a place for the bench", False),
    ],
)
def test_a_question_asks_something(question: str, warns: bool, tmp_path: Path) -> None:
    assert [p.rule for p in asking(tmp_path, question)] == ["question-words"] * warns
