"""What the guard finds in questions and their counts, as time goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from support import BASE, MARKDOWN, WARD, read_all, run_here, write_files, write_site
from wardblog import preview
from wardblog.check.questions import few_answers, no_outcome, question_in_election, same_code
from wardblog.content import read_site
from wardblog.model import AnswerCounts, Election, Site
from wardblog.model.answer_codes import code_of
from wardblog.model.digests import Digests
from wardblog.model.events import LONDON
from wardblog.problems import Problem

ASKED = BASE["posts/fine.md"].replace(
    "\n\n",
    """
Question: Where should the crossing go?
Answer: A | By the school
Answer: B | By the library
Closes: 2026-12-20 17:00
Decides: The council's transport committee, in January

""",
)


def problems_with(folder: Path, files: Mapping[str, str]) -> list[Problem]:
    return read_all(write_site(folder, files))[1]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    content = write_site(tmp_path, {"posts/fine.md": ASKED})
    return read_site(content, date(2026, 11, 22), MARKDOWN).site


def counted(site: Site, *numbers: int, is_hidden: bool = False) -> Site:
    code = code_of(site.posts[0])
    answers = dict(zip("ABZ", numbers, strict=False))
    one = AnswerCounts(code=code, day=site.today, answers=answers, is_hidden=is_hidden)
    return replace(site, answers={code: one})


def at(site: Site, *moment: int) -> Site:
    now = datetime(*moment, tzinfo=LONDON)  # type: ignore[arg-type,misc]
    return replace(site, moment=now, today=now.date())


def test_few_answers_are_hidden_until_the_question_closes(site: Site) -> None:
    few, many = counted(site, 9, 0), counted(site, 9, 1)
    assert len(list(few_answers(at(few, 2026, 12, 20, 16, 59)))) == 1
    assert list(few_answers(at(few, 2026, 12, 20, 17, 0))) == []
    assert list(few_answers(at(many, 2026, 12, 20, 16, 59))) == []
    assert list(few_answers(at(counted(site, is_hidden=True), 2026, 12, 1))) == []
    assert len(list(few_answers(at(counted(site), 2026, 12, 1)))) == 1, "no answers are few"
    unknown = counted(site, 5, 4, 20)
    assert len(list(few_answers(at(unknown, 2026, 12, 1)))) == 1, "no answer is called Z"


def test_people_wait_sixty_days_for_an_outcome(site: Site) -> None:
    assert list(no_outcome(at(site, 2027, 2, 18))) == []
    assert len(list(no_outcome(at(site, 2027, 2, 19)))) == 1


@pytest.mark.parametrize(
    ("notice", "poll", "warns"),
    [
        (date(2026, 12, 21), date(2027, 1, 21), False),
        (date(2026, 12, 20), date(2027, 1, 21), True),
        (date(2026, 10, 1), date(2026, 11, 22), True),
        (date(2026, 10, 1), date(2026, 11, 21), False),
    ],
)
def test_a_question_is_open_on_a_day_of_the_election(
    notice: date, poll: date, warns: bool, site: Site
) -> None:
    site = replace(site, election=Election(notice, poll))
    assert bool(list(question_in_election(site))) is warns
    assert list(question_in_election(at(site, 2026, 12, 20, 17, 0))) == [], "it is closed"


def test_the_address_for_answers_is_public(tmp_path: Path) -> None:
    ward = f'{WARD}\n[answers]\naddress = "the.crossing@gmail.com"\n'
    text = ASKED.replace("Some text.", "Write to the.crossing@gmail.com.")
    assert problems_with(tmp_path, {"ward.toml": ward, "posts/fine.md": text}) == []


def test_the_address_for_answers_is_not_the_councils_before_a_poll(tmp_path: Path) -> None:
    ward = (
        f'{WARD}\n[answers]\naddress = "crossing@wandsworth.gov.uk"\n'
        "\n[election]\nnotice = 2026-11-20\npoll = 2026-12-03\n"
    )
    problems = problems_with(tmp_path, {"ward.toml": ward})
    line = ward[: ward.index("crossing@")].count("\n") + 1
    assert [(p.rule, p.file, p.line) for p in problems] == [("election-email", "ward.toml", line)]


def test_a_question_without_an_address_can_have_a_form(tmp_path: Path) -> None:
    ward = WARD.replace('email = "robin@example.org"\n', "")
    assert [
        p.rule for p in problems_with(tmp_path, {"ward.toml": ward, "posts/fine.md": ASKED})
    ] == ["question-address"]
    form = ASKED.replace("Closes:", "Form: https://forms.example.org/1\nCloses:")
    assert problems_with(tmp_path, {"ward.toml": ward, "posts/fine.md": form}) == []


def test_counts_have_a_digest(site: Site) -> None:
    one, other = counted(site, 9, 3).answers, counted(site, 9, 4).answers
    assert Digests().of(one) == Digests().of(counted(site, 9, 3).answers)
    assert Digests().of(one) != Digests().of(other)


def test_two_reports_with_one_code_are_found_once_they_are_counted(tmp_path: Path) -> None:
    report = BASE["posts/fine.md"].replace("\n\n", "\nProgress: reported\n\n")
    files = {f"posts/{n}.md": report.replace("A fine post", f"Question {n}") for n in (2353, 4404)}
    site, problems = read_all(write_site(tmp_path, files))
    assert problems == []
    counted_reports = replace(site, me_too={"FB3K8": 7})
    assert [p.file for p in same_code(counted_reports)] == ["posts/4404.md"]
    assert list(same_code(replace(site, me_too={"QH4TZ": 7}))) == []


def test_the_preview_watches_the_list_of_consents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path / "content")
    write_files(tmp_path / "private", {"consents.csv": "name,date,how\n"})
    watched: list[Path] = []
    monkeypatch.setattr(preview, "make_server", lambda *_: None)
    monkeypatch.setattr(preview, "serve", lambda _, __, folders, **___: watched.extend(folders))
    done = run_here("serve", "--port", "18231", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.as_posix() for path in watched if path.name == "consents.csv"] == [
        "private/consents.csv"
    ]


@pytest.mark.parametrize(
    ("form", "rule"),
    [
        ("https://localhost/form", "broken-link"),
        ("https://www.wandsworth.gov.uk/form", "election-link"),
        ("https://forms.example.org/form", None),
    ],
)
def test_the_address_of_a_form_is_checked_as_other_links(
    form: str, rule: str | None, tmp_path: Path
) -> None:
    ward = f"{WARD}\n[election]\nnotice = 2026-11-19\npoll = 2026-12-03\n"
    allow = "Allow: question-in-election because the works begin in December\n"
    text = ASKED.replace("Closes:", f"Form: {form}\n{allow}Closes:")
    problems = problems_with(tmp_path, {"ward.toml": ward, "posts/fine.md": text})
    assert [(p.rule, p.line) for p in problems] == ([(rule, 7)] if rule else [])


def test_counts_of_a_form_need_the_answers_in_the_post(tmp_path: Path) -> None:
    form = "Form: https://forms.example.org/1\n"
    text = "".join(line for line in ASKED.splitlines(True) if not line.startswith("Answer"))
    content = write_site(tmp_path, {"posts/fine.md": text.replace("Closes:", f"{form}Closes:")})
    code = code_of(read_all(content)[0].posts[0])
    row = f"{code},AB,,12,2026-11-21\n{code},A,,12,2026-11-21\n"
    write_files(content, {"answers/a.csv": f"code,answer,channel,count,counted\n{row}"})
    problems = read_all(content)[1]
    assert [(p.rule, p.line) for p in problems] == [("unknown-count", 2), ("unknown-count", 3)]
    assert 'such as "Answer: A | ..."' in problems[1].hint
