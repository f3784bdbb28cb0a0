"""Open questions on leaflets: their codes, what is written beside them, and how much fits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from install_programs import find_program
from office.leaflet_pdfs import codes_in, elements, pages_of, read_code, squeezed
from office.leaflets import leaflet_of, sample_site, with_words
from support import mostly_long
from wardblog.model import Answer, Post, Site
from wardblog.model.answer_codes import code_of
from wardblog.office.leaflet.make import MadeLeaflet
from wardblog.office.leaflet.papers import LEAFLET_SIZES
from wardblog.problems import ContentError

ASKED = "money-for-one-new-crossing"
POSTS = (ASKED, "two-grit-bins-moved-on-the-estate", "2026-11-07-eland-road")
SIX = tuple(Answer(key, f"Street number {key}, near the old school") for key in "ABCDEF")
LONG_ADDRESS = "have-your-say.shaftesbury@councillors.ward.example.org"


def asked_in(site: Site) -> Post:
    return next(post for post in site.posts if post.slug == ASKED)


def with_post(site: Site, **changes: object) -> Site:
    posts = tuple(
        replace(post, **changes) if post.slug == ASKED else post  # type: ignore[arg-type]
        for post in site.posts
    )
    return replace(site, posts=posts)


def many_answers() -> Site:
    site = with_post(sample_site(), answers=SIX)
    return replace(site, answering=replace(site.answering, address=LONG_ADDRESS))


def words_in(made: MadeLeaflet) -> str:
    return squeezed("".join(page.get_text_bounded() for page in pages_of(made.screen)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MadeLeaflet]:
    """A leaflet of three posts in each size, and one with six answers and a long address."""
    folder = tmp_path_factory.mktemp("leaflets")
    leaflets = {size: leaflet_of(folder, ",".join(POSTS), size) for size in LEAFLET_SIZES}
    return {**leaflets, "six": leaflet_of(folder, ASKED, "A5", many_answers())}


KINDS = [*LEAFLET_SIZES, "six"]


@pytest.mark.parametrize("kind", mostly_long(KINDS, "six"))
def test_screen_readers_learn_what_each_code_is_for(
    made: dict[str, MadeLeaflet], kind: str
) -> None:
    site = many_answers() if kind == "six" else sample_site()
    wanted = [f"QR code for answer {a.key}, {a.words}" for a in asked_in(site).answers]
    for path in (made[kind].printer, made[kind].screen):
        assert [finding.message for finding in validate(str(path)).findings] == []
        with pikepdf.open(path) as document:
            found = list(elements(document))
            alternatives = [str(one.Alt) for one in found if one.S == "/Figure"]
            headings = [str(one.S) for one in found if str(one.S).startswith("/H")]
        assert [one for one in alternatives if "answer" in one] == wanted
        assert not any("from=" in one for one in alternatives)
        assert all(int(b[2]) - int(a[2]) <= 1 for a, b in pairwise(headings))


@pytest.mark.parametrize("kind", mostly_long(KINDS, "six"))
def test_a_phone_reads_every_answer_from_paper(
    made: dict[str, MadeLeaflet], kind: str, tmp_path: Path
) -> None:
    zbarimg = find_program("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg, which reads QR codes, is not installed")
    site = many_answers() if kind == "six" else sample_site()
    code, post = code_of(asked_in(site)), asked_in(site)
    found = [read_code(zbarimg, one, tmp_path / "code.png") for one in codes_in(made[kind].printer)]
    mails = [one for one in found if one.startswith("mailto:")]
    assert mails == [
        f"mailto:{site.answering.address}?subject={code}-{answer.key}" for answer in post.answers
    ]
    assert f"{site.absolute(post.address)}?from=leaflet-2026-11" in found


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_one_has_to_know_is_in_letters(made: dict[str, MadeLeaflet], kind: str) -> None:
    site = many_answers() if kind == "six" else sample_site()
    post, words = asked_in(site), words_in(made[kind])
    for answer in post.answers:
        assert squeezed(f"{answer.key} {answer.words} {code_of(post)}-{answer.key}") in words
    for told in (
        "Have your say Where should the new crossing go?",
        "Closes on Sunday 20 December 2026, at the end of the day.",
        f"send an e-mail to {site.answering.address}, with the code in its subject line",
        "Who decides: The council’s transport committee, on 19 January 2027.",
        "This is not a vote, and the people who answer may not speak for everyone.",
        "you agree that your answer is counted. We publish only totals",
        "delete e-mails by 19 January 2027.",
    ):
        assert squeezed(told) in words
    assert "?." not in (made[kind].words.read_text(encoding="utf-8"))


def test_answers_open_an_e_mail_on_the_screen_alone(made: dict[str, MadeLeaflet]) -> None:
    with pikepdf.open(made["A5"].screen) as document:
        found = {str(one.A.URI) for page in document.pages for one in page.get("/Annots", ())}
    code = code_of(asked_in(sample_site()))
    assert {f"mailto:robin.sample@example.org?subject={code}-{key}" for key in "ABC"} <= found


def test_a_question_that_has_closed_is_not_printed(tmp_path: Path) -> None:
    post = asked_in(sample_site())
    assert post.closes is not None
    closing = replace(post.closes, day=sample_site().today.replace(day=21))
    deadline = replace(closing, words=f"Have your say: {post.question}")
    site = with_post(sample_site(), closes=closing, deadlines=(deadline,))
    made = leaflet_of(tmp_path, ASKED, "A5", site)
    assert "Questions:" not in made.words.read_text(encoding="utf-8")
    assert "Haveyoursay" not in words_in(made)


def test_an_answer_in_a_form_is_on_the_page(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, ASKED, "A5", with_post(sample_site(), answers=()))
    words = words_in(made)
    page = "ward.example.org/2026/11/money-for-one-new-crossing/"
    assert squeezed(f"You can answer in a form. This page leads to it: {page}") in words
    assert "sendane-mail" not in words


TEXT = """\
Title: Have your say
Posts: {posts}
Map: no
{line}
## One crossing {{#{posts}}}

{more}
"""


@pytest.mark.long
def test_the_councillor_can_leave_out_codes_or_the_question(tmp_path: Path) -> None:
    code = code_of(asked_in(sample_site()))
    for line, is_asked in (("QR codes: one\n", True), ("Questions: no\n", False)):
        text = TEXT.format(posts=ASKED, line=line, more="Words.")
        made = leaflet_of(tmp_path, with_words(tmp_path, "own", text), "A5")
        words = words_in(made)
        assert (f"{code}-A" in words) is is_asked
        assert ("Haveyoursay" in words.removeprefix("ShaftesburywardHaveyoursay")) is is_asked
        with pikepdf.open(made.printer) as document:
            alternatives = [str(one.Alt) for one in elements(document) if one.S == "/Figure"]
        assert not any("answer" in one for one in alternatives)
        if is_asked:
            address = "robin.sample@example.org"
            assert squeezed(f"To answer, send an e-mail to {address}, with the code") in words


@pytest.mark.long
def test_what_does_not_fit_says_that_the_question_can_go(tmp_path: Path) -> None:
    more = "\n\n".join(["A long paragraph of words that say nothing new at all. " * 12] * 5)
    text = TEXT.format(posts=ASKED, line="Sides: 1\n", more=more)
    name = with_words(tmp_path, "own", text)
    with pytest.raises(ContentError) as error:
        leaflet_of(tmp_path, name, "A5")
    (problem,) = error.value.problems
    assert problem.message.startswith('"One crossing" does not fit on the side of A5: it is about')
    assert 'write "Questions: no"' in problem.hint
    assert not list((tmp_path / "private/leaflets").glob("*.pdf"))
    plain = text.replace("Sides: 1", "Sides: 1\nQuestions: no")
    with pytest.raises(ContentError) as error:
        leaflet_of(tmp_path, with_words(tmp_path, "own", plain), "A5")
    assert "Questions" not in error.value.problems[0].hint


@pytest.mark.long
def test_a_question_in_another_script_has_its_letters_and_direction(tmp_path: Path) -> None:
    site = with_post(
        sample_site(),
        question="أين المعبر الجديد؟",
        lang="ar",
        answers=(Answer("A", "عند المدرسة"), Answer("B", "عند المكتبة")),
    )
    made = leaflet_of(tmp_path, ASKED, "A5", site)
    with pikepdf.open(made.screen) as document:
        langs = {str(one.Lang) for one in elements(document) if "/Lang" in one}
    assert any(lang.startswith("ar") for lang in langs)
