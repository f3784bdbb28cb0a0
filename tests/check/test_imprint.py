"""An imprint is one: names of people or organisations, and an address to which a letter comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from support import ISSUES, MARKDOWN, TODAY, read_all, read_fine, write_site
from wardblog.check import check_site
from wardblog.content import read_site
from wardblog.model import Imprint
from wardblog.views import SiteAddresses


def told(imprint: Imprint, folder: Path) -> set[str]:
    site = read_site(write_site(folder), TODAY, MARKDOWN).site
    changed = replace(site, imprint=imprint)
    return {p.rule for p in check_site(changed, SiteAddresses(changed))}


@pytest.mark.parametrize(
    "address",
    ["London", "Stratford upon Avon", "SW11 5ED", "London SW11 5ED", "robin@example.org",
     "https://ward.example.org/contact", "www.example.org", "020 7946 0123", "...", "12",
     "1 High Street, Anytown AA1 1AA", "Battersea, London", "1 Sample Street"],
)  # fmt: skip
def test_an_address_that_no_letter_can_reach_is_stopped(address: str, tmp_path: Path) -> None:
    assert told(Imprint("Robin Sample", "", address), tmp_path) == {"imprint"}


@pytest.mark.parametrize(
    "address",
    ["1 Sample Street, London SW11 0XX", "1 Sample Street London SW11 0XX",
     "Flat 2, 14a Sample Street, London, sw11 0xx", "PO Box 123, London EC1A 1BB",
     "The Old Rectory, Church Lane, Reigate RH2 0AA", "Town Hall, Wandsworth SW18 2PU",
     "Uned 3, Heol y Bont, Caerdydd CF10 1AA"],
)  # fmt: skip
def test_postal_addresses_pass(address: str, tmp_path: Path) -> None:
    assert told(Imprint("Robin Sample", "", address), tmp_path) == set()


@pytest.mark.parametrize(
    "name", ["me", "The councillor", "Jo Bloggs", "Joe Bloggs", "A. N. Other", "...", "TBC", "n/a",
             "robin@example.org", "your name", "Cllr."],
)  # fmt: skip
def test_a_placeholder_for_a_name_is_stopped(name: str, tmp_path: Path) -> None:
    address = "1 Sample Street, London SW11 0XX"
    assert "imprint" in told(Imprint(name, "Robin Sample", address), tmp_path)
    assert "imprint" in told(Imprint("Robin Sample", name, address), tmp_path)


@pytest.mark.parametrize(
    "name", ["Mei Li", "Ian Us", "Battersea Labour", "Test Valley Liberals", "Agent & Sons Ltd",
             "Nobody's Friends", "Dr X. Sample", "Ôl Example-Owen"],
)  # fmt: skip
def test_names_pass(name: str, tmp_path: Path) -> None:
    address = "1 Sample Street, London SW11 0XX"
    assert told(Imprint(name, "Cllr R Sample", address), tmp_path) == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dog fouling", True), ("Anti-social behaviour", True), ("ASB", True), ("Noise", True),
        ("Noisy neighbours", True), ("Drugs", True), ("Dog mess", True), ("Harassment", True),
        ("Dog bins", False), ("Drugstores", False), ("Basbow Lane", False), ("Social care", False),
        ("Domestic waste", False), ("Fly-tipping", False),
    ],
)  # fmt: skip
def test_issues_about_complaints_are_recognised_by_name(
    name: str, expected: bool, tmp_path: Path
) -> None:
    issues = f'{ISSUES}\n[[issue]]\nname = "{name}"\n'
    assert read_fine(tmp_path, {"issues.toml": issues}).issues[2].is_sensitive is expected
    for said in (True, False):
        text = f"{issues}sensitive = {str(said).lower()}\n"
        site = read_fine(tmp_path, {"issues.toml": text})
        assert site.issues[2].is_sensitive is said


def test_one_postcode_in_a_long_list_is_found(
    tmp_path: Path,
) -> None:
    rows = "".join(f"Bin {n},51.465,-0.16\n" for n in range(200))
    dataset = '\n[[dataset]]\nissue = "Grit bins"\nfile = "data/bins.csv"\nlicence = "OGL"\n'
    files = {
        "issues.toml": f'{ISSUES}{dataset}source = "Us"\n',
        "data/bins.csv": f"Name,Lat,Lon\n{rows}SW11 5ED,51.465,-0.16\n",
    }
    site, problems = read_all(write_site(tmp_path, files))
    assert site.issues[0].datasets[0].has_postcodes
    assert [p.rule for p in problems] == ["attribution"]
