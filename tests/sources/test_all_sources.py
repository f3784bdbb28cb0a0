"""Every kind of source through `make fetch`: a good answer, all troubles, and a second run."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sources import council_answers as council
from sources.regular_server import CANARIES, GOOD, TROUBLES, RegularServer, Request, serving
from support import EPOCH, SQUARE, WARD, files_of, mostly_long, write_site
from wardblog.cli import main
from wardblog.sources import services
from wardblog.sources.regular.kinds import KINDS

ISSUES = """\
[[issue]]
name = "Planning"

[[issue]]
name = "Street reports"

[[issue]]
name = "Crime"
sensitive = false
"""
GAZETTEER_CREDIT = 'gazetteer_attribution = "© OpenStreetMap contributors"\n'


def _moderngov(request: Request) -> bytes:
    if request.path.endswith("GetCommittees"):
        return council.committees_xml("Cabinet")
    if request.path.endswith("GetMeetings"):
        meetings = [council.meeting_xml(1, "10/12/2026"), council.meeting_xml(2, "17/12/2026")]
        return council.meetings_xml({(100, "Cabinet"): meetings})
    return council.detail_xml(int(request.fields["lMeetingId"]), "19:30", "Town hall")


def _calendar(_: Request) -> bytes:
    return council.calendar(
        "UID:1\r\nSUMMARY:Cabinet\r\nDTSTART:20261210T193000Z\r\nLOCATION:Town hall",
        "UID:2\r\nSUMMARY:Council\r\nDTSTART:20261217T190000Z\r\nSTATUS:CANCELLED",
    )


def _meetings_feed(_: Request) -> bytes:
    return council.feed(
        "<title>Cabinet - Thursday 10 December 2026 7.30 pm</title><link>/meeting/1</link>",
        "<title>Council - Thursday 17 December 2026 7.00 pm</title><link>/meeting/2</link>",
    )


def _fixmystreet(request: Request) -> bytes:
    first = {"open": 100, "closed": 200, "fixed": 300}.get(request.fields.get("state", ""), 400)
    reports = [(first + n, "Pothole", council.ON_ELAND_ROAD) for n in range(7)]
    return council.reports_feed(*reports)


def _open311(_: Request) -> bytes:
    return council.requests_json(
        *(council.request(n, "Pothole", council.ON_ELAND_ROAD, "2026-10-09") for n in range(7))
    )


def _police(request: Request) -> bytes:
    if request.path.endswith("crimes-street-dates"):
        return council.dates_json("2026-09", "2026-08")
    month = request.fields["date"]
    crimes = (
        council.crime(n + 100 * int(month[-2:]), "burglary", council.ON_ELAND_ROAD, month)
        for n in range(7)
    )
    return council.crimes_json(*crimes)


ALL: Mapping[str, Callable[[Request], bytes]] = {
    **GOOD,
    "moderngov": _moderngov,
    "calendar": _calendar,
    "meetings-feed": _meetings_feed,
    "fixmystreet": _fixmystreet,
    "open311": _open311,
    "police": _police,
}
SETTINGS: Mapping[str, str] = {
    "planning-csv": 'issue = "Planning"\nurl = "{url}"\n',
    "planit": 'issue = "Planning"\n',
    "planning-data": 'issue = "Planning"\n',
    "moderngov": 'url = "{url}"\n',
    "calendar": 'url = "{url}"\n',
    "meetings-feed": 'url = "{url}"\n',
    "fixmystreet": 'issue = "Street reports"\nurl = "{url}"\n',
    "open311": 'issue = "Street reports"\nurl = "{url}"\njurisdiction = "example"\n',
    "police": 'issue = "Crime"\n',
}
# These write what another kind writes, so that a site has either them or the other ones.
LIKE_OTHERS = {"planning-csv", "open311"}
PEOPLE = (*CANARIES, council.CANARY)
Fetch = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RegularServer]:
    with serving() as found:
        found.good.update(ALL)
        for name, address in found.variables.items():
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home/cache"))
        monkeypatch.setenv("PRIVATE", str(tmp_path / "private"))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        monkeypatch.setattr("wardblog.sources.fetch._FIRST_WAIT", 0.001)
        monkeypatch.chdir(tmp_path)
        yield found


@pytest.fixture
def fetch(capsys: pytest.CaptureFixture[str]) -> Fetch:
    def run_here(*words: str, command: str = "fetch") -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main([command, "--content", "content", *words])
        finally:
            gc.enable()
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_here


def site_with(server: RegularServer, *kinds: str) -> Path:
    settings = (
        WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n', 1)
        + f'\n[map]\ngazetteer = "data/names.csv"\n{GAZETTEER_CREDIT}'
    )
    for kind in kinds:
        more = SETTINGS[kind].format(url=server.address(kind))
        settings += f'\n[[source]]\nfrom = "{kind}"\n{more}'
    post = "Title: One\nDate: 2026-11-20\nTags: planning\n\nText.\n"
    return write_site(
        Path("content"),
        {
            "ward.toml": settings,
            "issues.toml": ISSUES,
            "posts/fine.md": post,
            "data/ward.geojson": SQUARE,
            "data/names.csv": council.GAZETTEER,
        },
    )


def assert_names_nobody_outside_of_private(folder: Path, said: str) -> None:
    """The people in the answers are in no other file, and in nothing that a command said."""
    private: list[bytes] = []
    public = [said.encode()]
    for path in folder.rglob("*"):
        if path.is_file():
            (private if "private" in path.parts else public).append(path.read_bytes())
    assert [name for name in PEOPLE if name.encode() in b"".join(private)]
    assert [name for name in PEOPLE if name.encode() in b"".join(public)] == []


def test_every_kind_is_tried() -> None:
    assert set(ALL) == set(SETTINGS) == set(KINDS)


@pytest.mark.parametrize("kind", ALL)
def test_a_second_run_changes_nothing(
    kind: str, server: RegularServer, fetch: Fetch, tmp_path: Path
) -> None:
    content = site_with(server, kind)
    before = files_of(content)
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert "Written: " in said
    after = files_of(content)
    assert after != before
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert said.endswith("Nothing has changed, so nothing was written.\n")
    assert files_of(content) == after
    assert_names_nobody_outside_of_private(tmp_path, said)


# Those of planning are tried in the tests of the command, where one kind meets every trouble.
@pytest.mark.parametrize("trouble", mostly_long(TROUBLES, "a page", "404"))
@pytest.mark.parametrize("kind", [kind for kind in ALL if kind not in GOOD])
def test_after_a_failure_the_content_is_unchanged(
    kind: str, trouble: str, server: RegularServer, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, row in services.REGULAR_SERVICES.items():
        quick = replace(row, longest=0.5, tries=1)
        monkeypatch.setitem(services.REGULAR_SERVICES, key, quick)
    monkeypatch.setattr(services, "_LONGEST_OF_COUNCIL", 0.5)
    content = site_with(server, kind)
    fetch("--force")
    before = files_of(content)
    server.trouble, words = TROUBLES[trouble]
    status, _, wrong = fetch("--force")
    assert (status, words in wrong) == (1, True), wrong
    assert "The data of 22 November 2026 (today) stays." in wrong
    assert files_of(content) == before
    server.trouble = None
    assert fetch("--force")[0] == 0
    assert files_of(content) == before


@pytest.mark.parametrize("kinds", [ALL.keys() - LIKE_OTHERS, LIKE_OTHERS], ids=["most", "others"])
def test_the_site_can_be_built_and_names_nobody(
    kinds: set[str], server: RegularServer, fetch: Fetch, tmp_path: Path
) -> None:
    content = site_with(server, *(kind for kind in ALL if kind in kinds))
    status, _, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert len(list((content / "data").iterdir())) >= 2 + len(kinds) / 2
    after = files_of(content)
    assert fetch("--force")[1].endswith("Nothing has changed, so nothing was written.\n")
    assert files_of(content) == after
    status, said, wrong = fetch("--output", "output", command="html")
    assert status == 0, wrong
    assert_names_nobody_outside_of_private(tmp_path, said)
