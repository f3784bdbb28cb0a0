"""`make reply`: what residents can read already, in the councillor's words, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.casework import HEADER, WITH_STREETS, CaseDesk, desk_in
from support import SQUARE, WARD, write_files
from wardblog.cli import main
from wardblog.office.reply.reference import plain_reference
from wardblog.office.reply.templates import PLACEHOLDERS, filled
from wardblog.text.words import in_sentence

ISSUES = """\
[[issue]]
name = "Grit bins"
about = "Where the bins are, and how to ask for another."
report_url = "https://report.example.org/grit"
report_label = "Report an empty bin"

[[issue]]
name = "Dog fouling"
sensitive = true

[[issue]]
name = "HMOs"

[[dataset]]
issue = "Grit bins"
file = "data/bins.csv"
title = "Bins"
show = "all"
source = "Wandsworth Council"
licence = "Open Government Licence v3.0"
"""
BINS = (
    "Name,Latitude,Longitude\n"
    "Eland Road by the school,51.4652,-0.1609\n"
    "Gideon Road corner,51.4668,-0.1583\n"
)
POSTS = {
    "posts/fine.md": (
        "Title: Empty bin in Eland Road\nDate: 2026-10-01 09:00\nTags: Grit bins\n"
        "Progress: reported\n"
        "Updated: 2026-10-20 | in progress | It is coming\n"
        "Deadline: 2026-12-05 | Ask for another bin\n\nEland Road has an empty bin.\n"
    ),
    "posts/older.md": (
        "Title: All bins of Eland Road\nDate: 2026-09-01 09:00\nTags: Grit bins\n\nFull.\n"
    ),
    "posts/gideon.md": (
        "Title: New bin in Gideon Road\nDate: 2026-11-10 09:00\nTags: Grit bins\n"
        "Event: 2026-11-28 10:00 | Bin day | Gideon Road\n\nIt is yellow. It is full.\n"
    ),
    "posts/draft.md": (
        "Title: Secret plan for Eland Road\nDate: 2026-11-20 09:00\nTags: Grit bins\n"
        "Status: draft\n\nNot yet.\n"
    ),
    "posts/dogs.md": (
        "Title: Dogs\nDate: 2026-11-01 09:00\nTags: Dog fouling\n\nIt is bad in Eland Road.\n"
    ),
}
SITE = {"issues.toml": ISSUES, "data/bins.csv": BINS, **POSTS}


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return desk_in(tmp_path, SITE)


def test_the_reply_about_a_street(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "grit", "--street", "eland rd")
    assert done.returncode == 0
    assert (
        done.stdout
        == """\
Hello,

Thank you for getting in touch about grit bins in Eland Road.

The latest news: Empty bin in Eland Road (1 October). In progress since 20 October. It is coming.
https://ward.example.org/2026/10/empty-bin-in-eland-road/

What comes next: Ask for another bin, by Saturday 5 December 2026.

On the council's list for Eland Road: Eland Road by the school.

Where the bins are, and how to ask for another. Read more about it here: https://ward.example.org/issues/grit-bins/

Report an empty bin: https://report.example.org/grit

Best wishes,

Robin Sample
Councillor for Shaftesbury ward
robin@example.org
"""
    )
    assert done.stderr.splitlines()[1:] == [
        "This reply is made from the built-in text. Nothing was sent.",
        "Left out:",
        "  1 older post",
        "  1 draft",
    ]


def test_the_reply_about_the_ward_has_the_newest(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "Grit bins")
    assert "about grit bins in the ward.\n\nThe latest news: New bin in Gideon Road" in done.stdout
    assert "What comes next: Bin day, Saturday 28 November 2026, 10am, Gideon Road." in done.stdout
    assert "On the council's list" not in done.stdout
    assert "  2 older posts\n" in done.stderr


def test_news_of_another_street_is_called_so(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "Grit bins", "--street", "Lavender Hill")
    assert (
        "I have no news about Lavender Hill itself yet. The latest in the ward: New bin in Gideon"
    ) in done.stdout
    assert "news about Lavender Hill: there is no post about it" in done.stderr


def test_without_a_gazetteer_the_words_of_posts_decide(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, {**SITE, "ward.toml": WARD})
    done = desk.run("reply", "--issue", "grit", "--street", "eland ROAD")
    assert "in eland ROAD.\n\nThe latest news: Empty bin in Eland Road" in done.stdout
    done = desk.run("reply", "--issue", "grit", "--street", "Land Road")
    assert "I have no news about Land Road itself yet." in done.stdout


def test_two_streets_are_two(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "grit", "--street", "Eland Rd / Gideon Rd")
    assert "in Eland Road and Gideon Road.\n\nThe latest news: New bin in Gid" in done.stdout
    assert "  2 older posts\n" in done.stderr


def test_complaints_are_not_told_by_street(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "Dog fouling", "--street", "Eland Road")
    assert "The latest news in the ward: Dogs (1 November)." in done.stdout
    assert (
        "dog fouling can show who complained, so the reply is about the whole ward" in done.stderr
    )


def test_without_posts_it_is_still_a_reply(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "hmo", "--street", "12 Gideon Road")
    assert "about HMOs in Gideon Road.\n\nRead more about it here: https://" in done.stdout
    assert "latest" not in done.stdout
    assert "such as a house number" in done.stderr
    assert "news: there is no post about this" in done.stderr


def test_a_site_without_an_address_has_no_links(tmp_path: Path) -> None:
    toml = WITH_STREETS.replace('url = "https://ward.example.org"\n', "")
    done = desk_in(tmp_path, {**SITE, "ward.toml": toml}).run("reply", "--issue", "grit")
    assert "localhost" not in done.stdout
    assert 'the links, since ward.toml has no "url" yet' in done.stderr


def test_what_a_list_has_outside_the_ward_is_not_named(tmp_path: Path) -> None:
    far = "Eland Road far away,51.4912,-0.1609\n"
    toml = WITH_STREETS.replace("[ward]", '[ward]\nboundary = "data/ward.geojson"')
    issues = ISSUES.replace('show = "all"', 'show = "ward"')
    files = {"data/ward.geojson": SQUARE, "ward.toml": toml, "issues.toml": issues}
    desk = desk_in(tmp_path, {**SITE, **files, "data/bins.csv": BINS + far})
    done = desk.run("reply", "--issue", "grit", "--street", "Eland Road")
    assert "for Eland Road: Eland Road by the school.\n" in done.stdout
    write_files(desk.content, {"issues.toml": ISSUES})
    done = desk.run("reply", "--issue", "grit", "--street", "Eland Road")
    assert "Eland Road by the school; Eland Road far away." in done.stdout


CASE = f"""{HEADER},Name,E-mail
17,2026-11-03,grit bins,14 Eland Road,open,ring Canary,2026-12-24,REF/9,,Canary note,Canary,c@x.org
18,2026-11-03,Housing,,open,,,,,,Canary,
19,2026-11-03,Grit bins,Canary Cottage,open,,,,,,Canary,
"""


def test_the_reply_to_a_case_has_nothing_of_its_person(desk: CaseDesk) -> None:
    desk.write(CASE)
    done = desk.run("reply", "--case", "017")
    assert "about grit bins in Eland Road." in done.stdout
    shown = done.stdout + done.stderr
    assert not [words for words in ("Canary", "c@x", "14", "24 Dec") if words in shown]
    assert "all else about case 17: its note, next step and dates" in done.stderr
    done = desk.run("reply", "--case", "19")
    assert "grit bins in the ward." in done.stdout
    assert "Canary" not in done.stdout + done.stderr


def test_the_reference_of_a_case_is_there_for_templates(desk: CaseDesk) -> None:
    desk.write(CASE)
    write_files(desk.private, {"replies/a.md": "Issue: Grit bins\n\nThe number is {reference}."})
    assert desk.run("reply", "--case", "17").stdout == "The number is REF/9.\n"
    assert "the line with {reference}: there is none" in desk.run("reply", "--case", "19").stderr


def test_a_reply_to_a_case_has_its_reference(desk: CaseDesk) -> None:
    desk.write(CASE.replace("REF/9", "Jane Doe / damp", 1) + "20,,HMOs,,open,,,FMS 123,,,,\n")
    assert "The reference is FMS 123.\n" in desk.run("reply", "--case", "20").stdout
    done = desk.run("reply", "--case", "17")
    assert "reference" not in done.stdout
    assert "the reference of case 17, since it does not look like one" in done.stderr
    assert "Doe" not in done.stderr


@pytest.mark.parametrize("written", ["REF/9", "2026/1234", "FMS 1234567", "#17", "Ref. A-17 2"])
def test_references(written: str) -> None:
    assert plain_reference(written) == written


@pytest.mark.parametrize("written", [
    "", "Jane Doe / damp", "Jane Doe 17", "14 Eland Road", "JANE 17", "020 7946 0123", "SW11 5JY",
    "jane17@example.org", "REF/9 for Jane",
])  # fmt: skip
def test_other_words_are_no_reference(written: str) -> None:
    assert plain_reference(written) == ""


def test_a_reply_to_a_closed_case_says_so(desk: CaseDesk) -> None:
    desk.write(CASE.replace(",open,ring", ",closed,ring"))
    assert desk.run("reply", "--case", "17").stdout.startswith(
        "Hello,\n\nSome time ago you got in touch about grit bins in Eland Road. I have now closed "
        "the case.\n\nThe reference is REF/9.\n"
    )


def test_a_street_of_a_case_that_is_none_is_left_out(desk: CaseDesk) -> None:
    desk.write(CASE)
    done = desk.run("reply", "--case", "19")
    assert "the street of case 19, since there is no such street" in done.stderr
    desk.write(CASE.replace("Canary Cottage", '"Flat 3, 22 Nowhere Close, SW11 5JY"'))
    done = desk.run("reply", "--case", "19")
    assert "about grit bins in Nowhere Close." in done.stdout
    assert "Nowhere Close is not in your list of streets." in done.stderr


@pytest.mark.parametrize("written", ["14 Nowhere Close", "Flat 3, 22 Nowhere Close, SW11 5JY"])
def test_of_a_street_that_the_gazetteer_lacks_only_the_name_is_used(
    written: str, desk: CaseDesk
) -> None:
    done = desk.run("reply", "--issue", "grit", "--street", written)
    assert "about grit bins in Nowhere Close." in done.stdout
    shown = done.stdout + done.stderr
    assert not [words for words in ("14", "22", "Flat", "5JY") if words in shown]
    assert "such as a house number" in done.stderr
    assert "Nowhere Close is not in your list of streets. Check how it is spelt." in done.stderr


def test_a_name_is_no_street(desk: CaseDesk) -> None:
    done = desk.run("reply", "--issue", "grit", "--street", "Mrs Jane Doe")
    assert (done.returncode, done.stdout) == (2, "")
    assert "What you wrote as the street is not clearly one" in done.stderr
    assert "Doe" not in done.stderr


def test_two_cases_with_one_number_are_not_confused(desk: CaseDesk) -> None:
    desk.write(CASE.replace("\n18,", "\n17,"))
    done = desk.run("reply", "--case", "17")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There are 2 cases 17, on lines 2 and 3" in done.stderr


def test_a_person_in_a_post_agreed_to_that_post_alone(desk: CaseDesk) -> None:
    post = POSTS["posts/gideon.md"].replace(
        "Tags:",
        "Allow: personal-data because she asked me to give it\n"
        "Summary: Ring Mrs Jones on 07700 900461.\nTags:",
    )
    write_files(desk.content, {"posts/gideon.md": post})
    done = desk.run("reply", "--issue", "grit")
    assert "The latest news: New bin in Gideon Road (10 November).\n" in done.stdout
    assert "900461" not in done.stdout + done.stderr
    assert "all but the title of posts/gideon.md: a person in it agreed" in done.stderr
    named = post.replace("New bin in Gideon Road", "Mrs Jones, 07700 900461")
    write_files(desk.content, {"posts/gideon.md": named})
    assert "Look at this before you send it:" in desk.run("reply", "--issue", "grit").stderr


def test_a_post_in_another_language_is_not_quoted(desk: CaseDesk) -> None:
    post = POSTS["posts/gideon.md"].replace("Tags:", "Lang: cy\nTags:")
    write_files(desk.content, {"posts/gideon.md": post})
    done = desk.run("reply", "--issue", "grit")
    assert "The latest news: Empty bin in Eland Road" in done.stdout
    assert "  1 post in another language\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say what the reply is about"),
        (("--case", "99"), "There is no case 99"),
        (("--case", "18"), 'make reply CASE=18 ISSUE="..."'),
        (("--issue", "Grit bns"), 'Did you mean "Grit bins"?'),
        (("--issue", "Whales"), "They are: Grit bins, Dog fouling, HMOs."),
        (("--issue", "grit", "--street", "Elan Road"), 'Did you mean "Eland Road"?'),
    ],
)
def test_what_cannot_be_answered_is_explained(
    desk: CaseDesk, words: tuple[str, ...], says: str
) -> None:
    desk.write(CASE)
    done = desk.run("reply", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_an_issue_of_ones_own_answers_a_case_about_something_else(desk: CaseDesk) -> None:
    desk.write(CASE)
    assert "about HMOs" in desk.run("reply", "--case", "18", "--issue", "HMOs").stdout


def test_the_best_template_is_taken(desk: CaseDesk) -> None:
    templates = {
        "replies/general.md": "Any {issue}.",
        "replies/grit.md": "Issue: Grit bins\n\nGrit: {street}.",
        "replies/here.md": "Issue: Grit bins\nStreet: Eland Rd\n\nHere.",
    }
    write_files(desk.private, templates)
    assert desk.run("reply", "--issue", "HMOs").stdout == "Any HMOs.\n"
    assert desk.run("reply", "--issue", "grit").stdout == "Grit: the ward.\n"
    assert desk.run("reply", "--issue", "grit", "--street", "Eland Road").stdout == "Here.\n"
    write_files(desk.private, {"replies/another.md": "Issue: Grit bins\n\nAnother."})
    done = desk.run("reply", "--issue", "grit")
    assert done.stdout == "Another.\n"
    assert "made from replies/another.md" in done.stderr
    assert "1 other template that would fit as well: replies/grit.md" in done.stderr


@pytest.mark.parametrize(
    ("template", "line", "message", "hint"),
    [
        ("Issue: Grit bins\n\nHello\n{stret}", 4, "there is no placeholder {stret}", "street"),
        ("Issue: Grit bns, HMOs\n\nHi", 1, 'there is no issue called "Grit bns"', "Grit bins"),
        ("Issue: HMOs\nStreet: Elan Road\n\nHi", 2, 'there is no street called "Elan', "Eland"),
        ("Ixsue: HMOs\n\nHi", 1, 'there is no line called "Ixsue"', "Issue"),
    ],
)
def test_a_mistake_in_a_template_has_its_line(
    desk: CaseDesk, template: str, line: int, message: str, hint: str
) -> None:
    write_files(desk.private, {"replies/grit.md": template})
    street = ("--street", "Eland Road") if "Street" in template else ()
    about = "grit" if "Grit bins" in template else "HMOs"
    done = desk.run("reply", "--issue", about, *street)
    assert done.returncode == 0
    assert done.stdout.startswith("Hello,\n\nThank you for getting in touch")
    assert "templates with a mistake are not used" in done.stderr
    assert f"private/replies/grit.md:{line}: {message}" in done.stderr
    assert hint in done.stderr


def test_lines_without_anything_to_say_are_left_out() -> None:
    words = dict.fromkeys(PLACEHOLDERS, "x") | {"next": "", "report": ""}
    text = "A {street}\n\nNext: {next} {link}\n\nB {{street}} { link }\n{report}\nC"
    assert filled(text, words) == ("A x\n\nB {street} x\nC", ["next", "report"])


def test_the_words_of_a_template_are_looked_at(desk: CaseDesk) -> None:
    """The rules for posts hold here too, but the councillor decides."""
    write_files(desk.private, {"replies/a.md": "Ring Mrs Jones on 07700 900461. {name}"})
    done = desk.run("reply", "--issue", "grit")
    assert (done.returncode, done.stdout) == (0, "Ring Mrs Jones on 07700 900461. Robin Sample\n")
    assert "Look at this before you send it:" in done.stderr
    assert "07700 900461" in done.stderr


def test_a_promise_how_to_vote_is_looked_at(tmp_path: Path) -> None:
    toml = WITH_STREETS.replace("[imprint]", "planning_committee = true\n\n[imprint]")
    desk = desk_in(tmp_path, {**SITE, "ward.toml": toml})
    write_files(
        desk.private, {"replies/a.md": "Hello,\n\nI will vote against the planning application."}
    )
    done = desk.run("reply", "--issue", "HMOs")
    assert done.stdout == "Hello,\n\nI will vote against the planning application.\n"
    assert "Look at this before you send it:" in done.stderr
    assert "Robin Sample is on the planning committee" in done.stderr


def test_a_post_with_a_problem_is_not_used(desk: CaseDesk) -> None:
    broken = POSTS["posts/gideon.md"].replace("It is full.", "Ring Mrs Jones on 07700 900461.")
    write_files(desk.content, {"posts/gideon.md": broken})
    done = desk.run("reply", "--issue", "grit")
    assert done.returncode == 0
    assert "Empty bin in Eland Road" in done.stdout
    assert "Gideon" not in done.stdout
    assert "posts with problems, which make check explains: posts/gideon.md" in done.stderr


def test_names_of_issues_inside_a_sentence() -> None:
    kept = (
        "HMOs",
        "A3 noise",
        "20mph zones",
        "ASB",
        "Éire Road",
        "Lavender Hill",
        "St John's Hill",
    )
    assert [in_sentence(name) for name in ("Grit bins", "Fly-tipping", "École buses", *kept)] == [
        "grit bins", "fly-tipping", "école buses", *kept
    ]  # fmt: skip


def test_a_second_reply_reads_no_post_and_asks_nobody(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it read is kept, so that a reply takes less than a second on a site of any size."""
    words = ["reply", "--issue", "grit", "--content", str(desk.content)]
    monkeypatch.chdir(desk.folder)
    assert main(words) == 0
    first = capsys.readouterr().out

    def refuse(*_: object) -> None:
        raise AssertionError("a post was read again, or somebody was asked")

    monkeypatch.setattr("wardblog.content.posts.ContentReader.read", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    assert main(words) == 0
    assert capsys.readouterr().out == first != ""


def test_an_open_question_comes_next_with_its_last_day(tmp_path: Path) -> None:
    question = (
        "Title: One more bin\nDate: 2026-11-10 09:00\nTags: HMOs\nQuestion: Where should it go?\n"
        "Answer: A | Here\n        B | There\nCloses: 2026-12-20\nDecides: The council\n\nText.\n"
    )
    desk = desk_in(tmp_path, {**SITE, "posts/asked.md": question})
    done = desk.run("reply", "--issue", "HMOs")
    words = "Have your say: Where should it go? You have until Sunday 20 December 2026."
    assert f"What comes next: {words}\n" in done.stdout
