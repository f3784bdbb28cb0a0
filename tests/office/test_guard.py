"""What leaves the private side is checked with the rules that posts have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support import WARD, html_of, read_fine
from wardblog.check import RULES, PostRule, SiteRule
from wardblog.model import Election, Site
from wardblog.office import guard
from wardblog.office.guard import missing_imprint, problems_of
from wardblog.office.private_text import PrivateText, read_private_text
from wardblog.problems import Problem, Severity
from wardblog.report import Report

KEYS = {"Title": False, "Greeting": False, "Order": True, "Allow": True}
FILE = "newsletters/2026-12.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return read_fine(tmp_path / "content")


def problems_in(site: Site, tmp_path: Path, written: str) -> list[Problem]:
    path = tmp_path / "text.md"
    path.write_text(written, encoding="utf-8")
    report = Report(FILE)
    text = read_private_text(path, FILE, KEYS, report)
    assert report.problems == []
    assert isinstance(text, PrivateText)
    return problems_of(site, text, html_of(text.body))


def rules_in(site: Site, tmp_path: Path, written: str) -> list[tuple[str, int | None]]:
    return [
        (p.rule, p.line)
        for p in problems_in(site, tmp_path, written)
        if p.severity is Severity.STOP
    ]


def test_the_rules_that_are_asked_exist() -> None:
    """Each with the kind of text that it is asked about: one of the other kind is never run."""
    assert {r.name for r in RULES if isinstance(r, PostRule)} >= guard._OF_POSTS
    assert {r.name for r in RULES if isinstance(r, SiteRule)} >= guard._OF_SITE


def test_a_harmless_text_has_no_problem(site: Site, tmp_path: Path) -> None:
    text = (
        "Title: News of November\nGreeting: Dear neighbours,\n\nIt rained.\n\n"
        "Write to robin@example.org, or to us at 1 Sample Street, London SW11 0XX.\n"
    )
    assert problems_in(site, tmp_path, text) == []


@pytest.mark.parametrize(
    "words",
    [
        "Write to jane.doe@gmail.com about it.",
        "Ring Mrs Okafor on 07700 900123.",
        "Mary Okafor of 14 Eland Road told us.",
    ],
)
def test_personal_data_stops_it_in_the_text_and_in_each_line(
    site: Site, tmp_path: Path, words: str
) -> None:
    assert ("personal-data", 5) in rules_in(site, tmp_path, f"Title: A\n\nHello.\n\n{words}\n")
    assert ("personal-data", 2) in rules_in(
        site, tmp_path, f"Title: A\nGreeting: {words}\n\nHello."
    )


def test_the_messages_name_the_private_file_and_not_the_content(site: Site, tmp_path: Path) -> None:
    problems = problems_in(site, tmp_path, "Title: A\n\nWrite to jane.doe@gmail.com.\n")
    assert {p.file for p in problems} == {FILE}
    assert "add it in ward.toml, under [guard]" in problems[0].hint


def test_personal_data_that_is_agreed_is_answered_as_in_a_post(site: Site, tmp_path: Path) -> None:
    answer = "Allow: personal-data because she asked me to give it"
    text = f"Title: A\n{answer}\n\nWrite to jane.doe@gmail.com.\n"
    assert rules_in(site, tmp_path, text) == []
    notes = problems_in(site, tmp_path, text)
    assert [p.answer for p in notes] == ["she asked me to give it"]


def test_an_answer_that_answers_nothing_is_a_warning(site: Site, tmp_path: Path) -> None:
    (problem,) = problems_in(site, tmp_path, "Allow: long-sentense because I like it\n\nHello.")
    assert (problem.severity, problem.line) == (Severity.WARN, 1)
    assert 'Did you mean "long-sentence"?' in problem.hint
    (problem,) = problems_in(site, tmp_path, "Allow: everything\n\nHello.")
    assert problem.severity is Severity.STOP


@pytest.mark.parametrize(
    "position",
    [
        "51.4652, -0.1609",
        "51.465213,-0.160911",
        "-0.1609, 51.4652",
        "https://www.google.com/maps/@51.4652,-0.1609,18z",
        "https://www.google.com/maps/place/x/data=!3d51.4652!4d-0.1609",
        "https://www.openstreetmap.org/#map=18/51.46520/-0.16090",
        "https://www.openstreetmap.org/?mlat=51.46520&mlon=-0.16090",
        "TQ 27960 75700",
        "TQ2796075700",
        "9C3XFR8Q+3F",
        "///daring.lion.race",
    ],
)
def test_an_exact_position_stops_it(site: Site, tmp_path: Path, position: str) -> None:
    assert ("exact-pin", 3) in rules_in(site, tmp_path, f"Title: A\n\nIt is at {position} now.")
    assert ("exact-pin", 1) in rules_in(site, tmp_path, f"Title: At {position}\n\nHello.")


@pytest.mark.parametrize(
    "words",
    [
        "It cost £12.5000 and then £13.7500.",
        "Application 2026/1234, and 2026/0042.",
        "SW11 0XX, between 10.30 and 11.30.",
        "The lorry is 18.1234 m long and 75.1234 m wide.",
        "About 51.5, -0.1.",
        "See https://ward.example.org/2026/11/1234.5678/.",
    ],
)
def test_other_numbers_do_not(site: Site, tmp_path: Path, words: str) -> None:
    assert rules_in(site, tmp_path, f"Title: A\n\n{words}\n") == []


def test_an_open_mind_on_planning_is_asked_of_those_who_decide(site: Site, tmp_path: Path) -> None:
    words = "Title: A\n\nI will vote against the planning application for the depot.\n"
    decides = replace(site, councillors=(replace(site.councillors[0], planning_committee=True),))
    (problem,) = problems_in(decides, tmp_path, words)
    assert (problem.rule, problem.line) == ("predetermination", 3)
    assert "Robin Sample is on the planning committee" in problem.message
    assert problems_in(site, tmp_path, words) == []


def test_before_an_election_council_resources_stop_it(site: Site, tmp_path: Path) -> None:
    on = replace(site, election=Election(date(2026, 11, 20), date(2026, 12, 17)))
    for words, rule in (
        ("Write to cllr.sample@wandsworth.gov.uk.", "election-email"),
        ("See [its page](https://www.wandsworth.gov.uk/councillors/).", "election-link"),
        ("![The council’s logo](https://ward.example.org/images/logo.png)", "election-logo"),
    ):
        found = [one for one, _ in rules_in(on, tmp_path, f"Title: A\n\n{words}\n")]
        before = [one for one, _ in rules_in(site, tmp_path, f"Title: A\n\n{words}\n")]
        assert rule in found
        assert rule not in before
    text = "Title: From cllr.sample@wandsworth.gov.uk\n\nHello.\n"
    assert ("election-email", 1) in rules_in(on, tmp_path, text)


def test_harmful_html_stops_it(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("Title: A\n\n<script>alert(1)</script>\n", encoding="utf-8")
    text = read_private_text(path, FILE, KEYS, Report(FILE))
    assert text is not None
    found = problems_of(site, text, "<script>alert(1)</script>")
    assert "unsafe-html" in {p.rule for p in found}


def test_an_imprint_may_be_wrapped_and_may_not_be_missing(tmp_path: Path) -> None:
    site = read_fine(tmp_path / "other", {"ward.toml": WARD})
    words = site.imprint.sentence
    assert list(missing_imprint(site, f"x\n{words.replace(' ', chr(10))}", FILE, "the text")) == []
    (problem,) = missing_imprint(site, words.replace("Chris", "Kim"), FILE, "the text")
    assert problem.severity is Severity.STOP
    assert problem.message == "the text has no imprint"
