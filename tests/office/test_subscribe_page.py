"""The pages that say how to join by e-mail, and the rules about the newsletter's address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from support import BASE, WARD, read_all, run, write_files

MAILING = """
[newsletter]
address = "news@ward.example.org"
via = "smtp"
host = "smtp.example.org"
imap_host = "imap.example.org"
"""
FORM = "https://news.example.net/signup"
Build = Callable[[str], Callable[[str], BeautifulSoup]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def built(ward: str) -> Callable[[str], BeautifulSoup]:
        write_files(tmp_path / "content", {**BASE, "ward.toml": ward})
        done = run("html", "--content", "content", "--output", "out", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")

        def opened(path: str) -> BeautifulSoup:
            text = (tmp_path / "out" / path / "index.html").read_text(encoding="utf-8")
            return BeautifulSoup(text, "html.parser")

        return opened

    return built


def section(page: BeautifulSoup) -> BeautifulSoup:
    found = page.select_one("section[aria-labelledby=email]")
    assert found is not None
    return BeautifulSoup(str(found), "html.parser")


def words(page: BeautifulSoup) -> str:
    """What is on a screen."""
    for element in page.select(".on-paper"):
        element.decompose()
    return " ".join(page.get_text().split())


def test_the_page_has_a_link_to_join_and_the_address_and_the_words_beside_it(build: Build) -> None:
    way = section(build(WARD + MAILING)("subscribe"))
    assert [link["href"] for link in way.select("a.button")] == [
        "mailto:news@ward.example.org?subject=Join%20the%20newsletter"
    ]
    assert words(way) == (
        "By e-mail Once a month, our newsletter tells you what is new, what has been fixed and "
        "what is coming up. Write an e-mail to join If nothing opens, send an e-mail to "
        "news@ward.example.org with the subject Join the newsletter. We then ask you to confirm: "
        "reply to that message from the same address, and you will receive the next newsletter. "
        "To stop, send an e-mail with the subject Stop the newsletter to the same address. We keep "
        "your address, what you agreed to and when, and give them to nobody. How we handle what we "
        "know about you is on the page Privacy."
    )


def test_other_pages_lead_there(build: Build) -> None:
    opened = build(WARD + MAILING)
    links = {a.get_text(): a["href"] for a in opened("2026/11/a-fine-post").select("a")}
    assert links["By e-mail"] == "/subscribe/#email"
    (button,) = opened("subscribe/grit-bins").select("section[aria-labelledby=everything] a.button")
    assert button["href"] == "/subscribe/#email"
    printed = opened("subscribe/grit-bins").select_one("p.printed-address code")
    assert printed is not None
    assert printed.get_text() == "https://ward.example.org/subscribe/"
    assert "mailto:news@" in str(section(opened("subscribe/all")))


def test_a_form_on_a_website_is_offered_as_well(build: Build) -> None:
    both = WARD.replace("[ward]", f'newsletter = "{FORM}"\n\n[ward]', 1) + MAILING
    links = [link["href"] for link in section(build(both)("subscribe")).select("a.button")]
    assert links == ["mailto:news@ward.example.org?subject=Join%20the%20newsletter", FORM]


def test_nobody_is_asked_to_write_to_a_mailbox_that_is_not_read(build: Build) -> None:
    unread = MAILING.replace('imap_host = "imap.example.org"\n', "")
    assert unread != MAILING
    assert build(WARD + unread)("subscribe").select("#email") == []


def test_a_service_has_its_own_form(build: Build) -> None:
    service = '\n[newsletter]\naddress = "news@ward.example.org"\nvia = "buttondown"\n'
    assert build(WARD + service)("subscribe").select("#email") == []


ELECTION = "\n[election]\nnotice = 2026-11-01\npoll = 2026-12-17\n"


def test_an_address_at_a_council_is_stopped_before_an_election(tmp_path: Path) -> None:
    mailing = MAILING.replace("news@ward.example.org", "robin@wandsworth.gov.uk")
    ward = WARD + mailing + ELECTION
    _, problems = read_all(write_files(tmp_path, {**BASE, "ward.toml": ward}))
    (problem,) = [p for p in problems if p.rule == "election-email"]
    assert "robin@wandsworth.gov.uk" in problem.message
    assert problem.line == 1 + ward.split("\n").index('address = "robin@wandsworth.gov.uk"')


def test_the_address_may_be_named_in_a_post(tmp_path: Path) -> None:
    address = "jane.smith1962@mail.example.net"
    post = BASE["posts/fine.md"] + f"\nWrite to {address} to join.\n"
    content = {**BASE, "posts/fine.md": post}
    _, problems = read_all(write_files(tmp_path / "without", content))
    assert [p.rule for p in problems] == ["personal-data"]
    ward = WARD + MAILING.replace("news@ward.example.org", address)
    _, problems = read_all(write_files(tmp_path / "with", {**content, "ward.toml": ward}))
    assert problems == []
