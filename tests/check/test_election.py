"""The time before an election: which addresses are a council's, and on which days that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support import MARKDOWN, WARD, write_site
from wardblog.check import check_site
from wardblog.check.councils import is_council, is_of_councillors, plain, web_host
from wardblog.content import read_site
from wardblog.model import Election, Site
from wardblog.views import SiteAddresses
from wardblog.views.every_page import election_banner

NOTICE, POLL = date(2027, 3, 22), date(2027, 5, 6)
ELECTION = "\n[election]\nnotice = 2027-03-22\npoll = 2027-05-06\n"
THEIRS = WARD.replace("robin@example.org", "robin@wandsworth.gov.uk") + ELECTION


@pytest.mark.parametrize(
    "host",
    ["wandsworth.gov.uk", "www.rbkc.gov.uk", "planning.iow.gov.uk", "shropshire.gov.uk",
     "southlanarkshire.gov.uk", "sirgar.llyw.cymru", "wandsworth.moderngov.co.uk"],
)  # fmt: skip
def test_councils_are_recognised_by_their_host(host: str) -> None:
    assert is_council(host)


@pytest.mark.parametrize(
    "host",
    ["www.gov.uk", "gov.uk", "assets.publishing.service.gov.uk", "www.legislation.gov.uk",
     "www.ons.gov.uk", "www.london-fire.gov.uk", "www.met.police.uk", "www.nhs.uk",
     "www.parliament.uk", "tfl.gov.uk", "www.gov.wales", "gov.uk.example.org", "notgov.uk", ""],
)  # fmt: skip
def test_other_public_bodies_are_not_councils(host: str) -> None:
    assert not is_council(host)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://democracy.wandsworth.gov.uk/mgUserInfo.aspx?UID=1", True),
        ("https://wandsworth.moderngov.co.uk/mgMemberIndex.aspx", True),
        ("https://moderngov.merton.gov.uk/", True),
        ("https://democracy.merton.gov.uk", True),
        ("https://www.camden.gov.uk/councillors", True),
        ("https://www.camden.gov.uk/your-council/find-your-councillor?x=1", True),
        ("HTTPS://WWW.CAMDEN.GOV.UK/Councillor-Jo-Bloggs", True),
        ("https://democracy.merton.gov.uk/ieListDocuments.aspx?CId=1", False),
        ("https://democracy.merton.gov.uk/documents/s1/Report.pdf", False),
        ("https://www.camden.gov.uk/become-a-councillor", False),
        ("https://www.camden.gov.uk/council-tax", False),
        ("https://www.camden.gov.uk./councillors", True),
        ("https://www.example.org/councillors", False),
        ("https://www.gov.uk/find-your-local-councillors", False),
        ("https://[", False),
    ],
)
def test_pages_about_councillors_are_distinguished_from_records(url: str, expected: bool) -> None:
    assert is_of_councillors(url) is expected


def test_equal_addresses_compare_as_equal() -> None:
    assert plain("https://www.X.gov.uk/a/#top") == plain("http://x.gov.uk/A")
    assert plain("https://x.gov.uk/?a=1") != plain("https://x.gov.uk/?a=2")
    assert web_host("mailto:a@x.gov.uk") == ""


def read(folder: Path, today: date, ward: str = THEIRS) -> Site:
    return read_site(write_site(folder, {"ward.toml": ward}), today, MARKDOWN).site


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2027, 2, 21), set()),
        (date(2027, 2, 22), {"election-soon"}),
        (date(2027, 3, 21), {"election-soon"}),
        (NOTICE, {"election-email"}),
        (POLL, {"election-email"}),
        (date(2027, 5, 7), set()),
    ],
)
def test_election_rules_apply_only_on_the_days_of_the_election(
    day: date, rules: set[str], tmp_path: Path
) -> None:
    site = read(tmp_path, day)
    assert {p.rule for p in check_site(site, SiteAddresses(site))} == rules
    assert bool(election_banner(site)) is (NOTICE <= day <= POLL)


def test_without_an_election_nothing_is_reported(tmp_path: Path) -> None:
    site = read(tmp_path, NOTICE, THEIRS.replace(ELECTION, ""))
    assert list(check_site(site, SiteAddresses(site))) == []
    assert election_banner(site) == ""


def test_the_banner_has_the_date_or_the_councillors_own_words(tmp_path: Path) -> None:
    site = read(tmp_path, NOTICE)
    assert election_banner(site) == (
        "There is an election on 6 May 2027. Until it is over, this blog carries no council e-mail "
        "addresses, no council logos, and no links to pages that a council pays for on behalf of "
        "its councillors."
    )
    own = replace(site, election=Election(NOTICE, POLL, "Vote on 6 May."))
    assert election_banner(own) == "Vote on 6 May."


@pytest.mark.parametrize(
    ("key", "value"),
    [("newsletter", "https://public.govdelivery.com/accounts/UKX/subscribers/new"),
     ("newsletter", "https://www.wandsworth.gov.uk/news"), ("hub", "https://hub.merton.gov.uk/"),
     ("url", "https://blog.wandsworth.gov.uk")],
)  # fmt: skip
def test_council_addresses_are_stopped_with_their_line(
    key: str, value: str, tmp_path: Path
) -> None:
    ward = WARD + ELECTION
    if key == "url":
        ward = ward.replace("https://ward.example.org", value)
    else:
        ward = ward.replace("[site]", f'[site]\n{key} = "{value}"')
    site = read(tmp_path, NOTICE, ward)
    (problem,) = check_site(site, SiteAddresses(site))
    assert problem.rule == "election-link"
    assert problem.line == 1 + ward.split("\n").index(f'{key} = "{value}"')
