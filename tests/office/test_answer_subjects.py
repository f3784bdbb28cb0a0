"""Which answer is written in a subject, by hand or by a mail program."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.answers import QUESTION, asked_in, site_with
from support import post_with
from wardblog.model.answer_codes import LETTERS
from wardblog.office.answers.asked import AskedPost, asked_on
from wardblog.office.answers.mail_heads import MailHead, decoded, mail_of
from wardblog.office.answers.written import answers_in, key_of_cell


def asked_with(code: str, keys: dict[str, str], folder: Path) -> AskedPost:
    post = post_with(folder, "Modified: 2026-11-21")
    return AskedPost(post=replace(post, question="Where?"), code=code, keys=keys)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AskedPost]:
    folder = tmp_path_factory.mktemp("site")
    letters = {"A": "By the school", "B": "By the library", "C": "A crossing at both"}
    return {
        "QH4TZ": asked_with("QH4TZ", letters, folder),
        "KR3MB": asked_with("KR3MB", {"YES": "Yes", "NO": "No"}, folder),
        "NV6GX": asked_with("NV6GX", {"1": "One way", "2": "Two ways"}, folder),
        "MW7RK": asked_with("MW7RK", {"A": "B&B in Eland Road", "B": "Car park"}, folder),
        "DJ4PW": asked_with("DJ4PW", {"ME-TOO": "me too"}, folder),
    }


CASES = [
    ("QH4TZ-A By the school", {"QH4TZ": "A"}),
    ("QH4TZ A", {"QH4TZ": "A"}),
    ("qh4tz\u2013a", {"QH4TZ": "A"}),
    ("Qh4tz \u2014 B.", {"QH4TZ": "B"}),
    ("QH4TZ\u2011A", {"QH4TZ": "A"}),
    ("QH4TZA", {"QH4TZ": "A"}),
    ("QH4TZ_A", {"QH4TZ": "A"}),
    ("QH4TZ:(A)", {"QH4TZ": "A"}),
    ("\uff31\uff28\uff14\uff34\uff3a\uff0d\uff21", {"QH4TZ": "A"}),
    ("Q\u200bH4TZ-A", {"QH4TZ": "A"}),
    ("Re: QH4TZ-B", {"QH4TZ": "B"}),
    ("Parthed: QH4TZ-B", {"QH4TZ": "B"}),
    ("Ymlaen: Fwd: qh4tz-b", {"QH4TZ": "B"}),
    ("[EXTERNAL] RE: QH4TZ-A By the school", {"QH4TZ": "A"}),
    ("QH4TZ-C A crossing at both", {"QH4TZ": "C"}),
    ("QH4TZ-C, a crossing at both, please", {"QH4TZ": "C"}),
    ("QH4TZ-B a crossing by the library", {"QH4TZ": "B"}),
    ("QH4TZ-A QH4TZ-A", {"QH4TZ": "A"}),
    ("QH4TZ-A and KR3MB-yes", {"QH4TZ": "A", "KR3MB": "YES"}),
    ("KR3MB no", {"KR3MB": "NO"}),
    ("NV6GX-1 One way", {"NV6GX": "1"}),
    ("NV6GX2", {"NV6GX": "2"}),
    ("MW7RK-A B&B in Eland Road", {"MW7RK": "A"}),
    ("MW7RK-A B&B", {"MW7RK": ""}),
    ("DJ4PW-ME-TOO", {"DJ4PW": "ME-TOO"}),
    ("Re: dj4pw me too!", {"DJ4PW": "ME-TOO"}),
    ("DJ4PW metoo", {"DJ4PW": "ME-TOO"}),
    # Not clear: no answer, an unknown one, or two.
    ("QH4TZ", {"QH4TZ": ""}),
    ("QH4TZ-", {"QH4TZ": ""}),
    ("QH4TZ-D", {"QH4TZ": ""}),
    ("QH4TZ-AB", {"QH4TZ": ""}),
    ("QH4TZ not A", {"QH4TZ": ""}),
    ("QH4TZ By the school", {"QH4TZ": ""}),
    ("QH4TZ-A QH4TZ-B", {"QH4TZ": ""}),
    ("QH4TZ-A or B", {"QH4TZ": ""}),
    ("QH4TZ-A or B, please", {"QH4TZ": ""}),
    ("QH4TZ-A/B", {"QH4TZ": ""}),
    ("QH4TZ-A, B", {"QH4TZ": ""}),
    ("QH4TZ A B", {"QH4TZ": ""}),
    ("QH4TZ A & B please", {"QH4TZ": ""}),
    ("QH4TZ A neu B", {"QH4TZ": ""}),
    ("QH4TZ-ME-TOO", {"QH4TZ": ""}),
    ("DJ4PW", {"DJ4PW": ""}),
    # Other words.
    ("", {}),
    ("XQH4TZ-A", {}),
    ("QH4TZX-A", {}),
    ("QH4T-A", {}),
    ("A street light in Eland Road", {}),
]


@pytest.mark.parametrize(("subject", "expected"), CASES)
def test_the_answer_in_a_subject(
    subject: str, expected: dict[str, str], asked: dict[str, AskedPost]
) -> None:
    assert answers_in(subject, asked) == expected


NOISE = st.text(max_size=30).filter(
    lambda text: not re.search(rf"(?i)[{LETTERS}\uff10-\uff5a]{{5}}", text)
)
SIGN = st.sampled_from(("-", " ", "\u2013", "\u2014", " - ", ": ", "_", "\u2010", "/", "  ", ". "))
CASE = st.sampled_from((str, str.lower, str.upper, str.title, str.swapcase))


@given(before=NOISE, sign=SIGN, key=st.sampled_from("ABC"), after=NOISE, case=CASE)
def test_noise_around_an_answer_never_makes_it_another(
    before: str, sign: str, key: str, after: str, case: object, asked: dict[str, AskedPost]
) -> None:
    assert callable(case)
    subject = f"{before} {case(f'QH4TZ{sign}{key}')} {after}"
    assert answers_in(subject, asked).get("QH4TZ") in (key, "")
    with_words = f"{before} {case(f'QH4TZ{sign}{key}')} {asked['QH4TZ'].keys[key]} {after}"
    assert answers_in(with_words, asked)["QH4TZ"] == key


@given(before=NOISE, after=NOISE, way=st.sampled_from("bq"), at=st.integers(1, 40))
def test_encoded_subjects_are_read_like_others(
    before: str, after: str, way: str, at: int, asked: dict[str, AskedPost]
) -> None:
    subject = f"{before} QH4TZ-A By the school {after}".replace("\r", " ").replace("\n", " ")
    words = [subject[:at], subject[at:]]
    coded = "\r\n ".join(f"=?UTF-8?{way}?{encoded(part, way)}?=" for part in words if part)
    mail = mail_of(MailHead(f"From: a@b.example\r\nSubject: {coded}\r\n".encode()))
    assert answers_in(mail.subject, asked) == answers_in(subject, asked)


def encoded(words: str, way: str) -> str:
    data = words.encode("utf-8", "replace")
    if way == "b":
        return base64.b64encode(data).decode()
    return "".join(f"={byte:02X}" for byte in data)


@given(st.text(max_size=200))
def test_no_subject_is_too_odd(text: str) -> None:
    decoded(text)
    decoded(f"=?{text}?=")
    mail_of(MailHead(f"Subject: {text}\r\nFrom: {text}".encode("utf-8", "replace")))


@given(st.binary(max_size=300))
def test_no_header_is_too_odd(data: bytes) -> None:
    mail = mail_of(MailHead(b"From: " + data + b"\r\nSubject: =?utf-8?b?" + data))
    mail.subject.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("A", "A"), ("a", "A"), ("By the school", "A"), ("by the school.", "A"),
        ("A: By the school", "A"), ("QH4TZ-B", "B"), ("QH4TZ", ""), ("By the park", ""), ("", ""),
        ("C) A crossing at both", "C"), ("A or B", ""),
    ],
)  # fmt: skip
def test_the_answer_in_a_cell(cell: str, key: str, asked: dict[str, AskedPost]) -> None:
    assert key_of_cell(cell, asked["QH4TZ"]) == key


def test_what_can_be_answered_is_what_residents_can_see(tmp_path: Path) -> None:
    asked, question, report = asked_in(site_with(tmp_path))
    assert list(asked) == [report, question]
    assert asked[question].answer_keys == ("A", "B", "C")
    assert asked[report].keys == {"ME-TOO": "me too"}
    assert str(asked[question].closes) == "2026-12-21 00:00:00+00:00"
    draft = QUESTION.replace("Date:", "Status: draft\nDate:")
    assert list(asked_on(site_with(tmp_path / "draft", draft))) == [report]
