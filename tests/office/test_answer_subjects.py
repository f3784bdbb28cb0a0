"""Which answer is written in a subject, by hand or by a mail program."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from many_cases import in_one_test
from office.answers import QUESTION, asked_in, site_with
from support import post_with
from wardblog.model import Answer, Post, Site
from wardblog.model.answer_codes import LETTERS, code_of
from wardblog.office.answers.asked import AskedPost, asked_on
from wardblog.office.answers.mail_heads import MailHead, decoded, mail_of
from wardblog.office.answers.written import answers_in, key_of_cell
from wardblog.views.answer_links import answer_links, me_too_link


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
        "HJKMN": asked_with(
            "HJKMN",
            {"YES": "Yes", "LIGHTS": "Yes, with lights", "NO": "No", "ME-TOO": "me too"},
            folder,
        ),
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
    # A word of one letter, or an answer?
    ("QH4TZ a question about the crossing", {"QH4TZ": ""}),
    ("QH4TZ: A question", {"QH4TZ": ""}),
    ("QH4TZ - a plan for B", {"QH4TZ": ""}),
    ("QH4TZ \u2013 a plan", {"QH4TZ": ""}),
    ("QH4TZ_a question", {"QH4TZ": ""}),
    ("QH4TZ, a question", {"QH4TZ": ""}),
    ("QH4TZ a crossing at both", {"QH4TZ": ""}),
    ("NV6GX 1 question", {"NV6GX": ""}),
    ("QH4TZ A by the school", {"QH4TZ": "A"}),
    ("QH4TZ: a, by the", {"QH4TZ": "A"}),
    ("QH4TZ A By the school gate", {"QH4TZ": "A"}),
    ("QH4TZ A please", {"QH4TZ": "A"}),
    ("QH4TZ A, thank you!", {"QH4TZ": "A"}),
    ("QH4TZ A and KR3MB yes", {"QH4TZ": "A", "KR3MB": "YES"}),
    ("QH4TZ-A anything", {"QH4TZ": "A"}),
    ("QH4TZ\u2014a question", {"QH4TZ": "A"}),
    ("QH4TZ-B By the library, a good idea", {"QH4TZ": "B"}),
    # Two answers.
    ("QH4TZ-A, no sorry B", {"QH4TZ": ""}),
    ("QH4TZ-B, no sorry A would be better", {"QH4TZ": ""}),
    ("QH4TZ-A By the school or B By the library", {"QH4TZ": ""}),
    ("QH4TZ-B By the library or A By the school", {"QH4TZ": ""}),
    ("QH4TZ-B By the library / A really", {"QH4TZ": ""}),
    ("QH4TZ-B By the library, then A", {"QH4TZ": ""}),
    ("QH4TZ-B a by the school", {"QH4TZ": ""}),
    ("QH4TZ-A By the library", {"QH4TZ": ""}),
    ("QH4TZ-A not by the library", {"QH4TZ": ""}),
    ("QH4TZ A By the library", {"QH4TZ": ""}),
    ("HJKMN no way yes", {"HJKMN": ""}),
    ("HJKMN-NO yes", {"HJKMN": ""}),
    ("HJKMN-YES Yes, with lights", {"HJKMN": ""}),
    ("HJKMN-LIGHTS Yes, with lights", {"HJKMN": "LIGHTS"}),
    ("HJKMN-YES Yes", {"HJKMN": "YES"}),
    ("HJKMN-YES me too", {"HJKMN": ""}),
    ("HJKMN-ME-TOO A pothole", {"HJKMN": "ME-TOO"}),
    ("DJ4PW", {"DJ4PW": ""}),
    # Other words.
    ("", {}),
    ("XQH4TZ-A", {}),
    ("QH4TZX-A", {}),
    ("QH4T-A", {}),
    ("A street light in Eland Road", {}),
]


@in_one_test("subject, expected", CASES)
def test_the_answer_in_a_subject(
    subject: str, expected: dict[str, str], asked: dict[str, AskedPost]
) -> None:
    assert answers_in(subject, asked) == expected


NOISE = st.text(max_size=30).filter(
    lambda text: not re.search(rf"(?i)[{LETTERS}\uff10-\uff5a]{{5}}", text)
)
SIGN = st.sampled_from(("-", " ", "\u2013", "\u2014", " - ", ": ", "_", "\u2010", "/", "  ", ". "))
CASE = st.sampled_from((str, str.lower, str.upper, str.title, str.swapcase))


NO_ANSWER = NOISE.filter(
    lambda text: not re.search(r"(?<!\w)[abcABC](?!\w)", unicodedata.normalize("NFKC", text))
)


@given(before=NOISE, sign=SIGN, key=st.sampled_from("ABC"), after=NO_ANSWER, case=CASE)
def test_noise_around_an_answer_never_makes_it_another(
    before: str, sign: str, key: str, after: str, case: object, asked: dict[str, AskedPost]
) -> None:
    assert callable(case)
    subject = f"{before} {case(f'QH4TZ{sign}{key}')} {after}"
    assert answers_in(subject, asked).get("QH4TZ") in (key, "")
    with_words = f"{before} {case(f'QH4TZ{sign}{key}')} {asked['QH4TZ'].keys[key]} {after}"
    assert answers_in(with_words, asked)["QH4TZ"] == key


ONE_LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1
).filter(lambda text: text.strip())
WORDS = st.lists(
    st.one_of(ONE_LINE, ONE_LINE.map(lambda text: f"{text} or B, no A... " * 9)),
    min_size=2, max_size=6,
)  # fmt: skip
KEYS = st.sampled_from(("ABCDEF", "123456", ("YES", "NO", "MAYBE", "A", "NONE", "BOTH")))


@given(words=WORDS, keys=KEYS)
@example(words=[f"By the school, if it can be done {'in time ' * 9}or B", "No"], keys="ABCDEF")
def test_every_link_of_the_site_is_counted_as_its_answer(
    words: list[str], keys: Sequence[str], crossing: tuple[Site, Post]
) -> None:
    site, post = crossing
    answers = tuple(
        Answer(key, " ".join(one.split())) for key, one in zip(keys, words, strict=False)
    )
    post = replace(post, answers=answers)
    code = code_of(post)
    asked = AskedPost(post=post, code=code, keys={one.key: one.words for one in answers})
    for link in answer_links(site, post):
        (subject,) = parse_qs(urlsplit(link.link).query)["subject"]
        assert answers_in(subject, {code: asked}) == {code: link.key}, subject


def test_words_may_follow_those_of_a_link_that_were_cut(crossing: tuple[Site, Post]) -> None:
    site, post = crossing
    first = f"By the school, if it is built in a year, or B {'if it is not built ' * 4}"
    post = replace(post, answers=(Answer("A", first), Answer("B", "No")))
    code = code_of(post)
    asked = {code: AskedPost(post=post, code=code, keys={"A": first, "B": "No"})}
    (subject,) = parse_qs(urlsplit(answer_links(site, post)[0].link).query)["subject"]
    assert subject.endswith("\u2026")
    assert "or B" in subject
    for written in (subject, subject.replace("-", " "), f"{subject} (from my telephone)"):
        assert answers_in(written, asked) == {code: "A"}
    assert answers_in(f"{subject} B", asked) == {code: ""}


def test_every_link_of_me_too_is_counted(crossing: tuple[Site, Post]) -> None:
    site, post = crossing
    titled = replace(post, title="A pothole by the school, or B, in Eland Road " * 3)
    keys = {"A": "By the school", "B": "No", "ME-TOO": "me too"}
    asked = AskedPost(post=titled, code=code_of(post), keys=keys)
    (subject,) = parse_qs(urlsplit(me_too_link(site, titled)).query)["subject"]
    assert answers_in(subject, {code_of(post): asked}) == {code_of(post): "ME-TOO"}


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Post]:
    site = site_with(tmp_path_factory.mktemp("site"))
    return site, next(post for post in site.posts if post.question)


@given(before=NOISE, after=NOISE, way=st.sampled_from("bq"), at=st.integers(1, 40))
@example(before="", after="0\x1fB", way="b", at=1)
def test_encoded_subjects_are_read_like_others(
    before: str, after: str, way: str, at: int, asked: dict[str, AskedPost]
) -> None:
    subject = f"{before} QH4TZ-A By the school {after}".replace("\r", " ").replace("\n", " ")
    words = [subject[:at], subject[at:]]
    coded = "\r\n ".join(f"=?UTF-8?{way}?{encoded(part, way)}?=" for part in words if part)
    mail = mail_of(MailHead(f"From: a@b.example\r\nSubject: {coded}\r\n".encode()))
    assert answers_in(mail.subject, asked) == answers_in(decoded(subject), asked)


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
