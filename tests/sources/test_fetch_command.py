"""`make fetch` as a councillor uses it, with its sources on the loopback."""

from __future__ import annotations

import gc
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from sources.regular_server import (
    CANARIES,
    EMPTY,
    GOOD,
    SETTINGS,
    TROUBLES,
    Answer,
    RegularServer,
    Request,
    csv_answer,
    csv_row,
    entity,
    planit_answer,
    planit_record,
    planit_records,
    serving,
)
from support import EPOCH, SQUARE, WARD, files_of, write_site
from wardblog.cli import main
from wardblog.problems import CommandError
from wardblog.sources import services

ISSUES = '[[issue]]\nname = "Planning"\n'
POST = """\
Title: The depot
Date: 2026-10-31 14:00
Tags: planning
Reference: 2026/1301

Some text.
"""
CLEANED = """\
reference,address,description,received,decided,closes,state,link,lat,lon
2026/1234,"The Old Depot, Culvert Road, London",Demolition of the depot and erection of a building \
with 40 flats,2026-10-20,,2026-12-05,Undecided,https://planning.example.org/applications/1234,\
51.4648,-0.1602
2026/1302,"1302 Eland Road, London",,2026-10-20,,2026-12-05,Undecided,\
https://planning.example.org/applications/1302,51.465,-0.16
2026/1303,"1303 Eland Road, London",,2026-10-20,,,Undecided,\
https://planning.example.org/applications/1303,51.465,-0.16
2026/1301,"1301 Eland Road, London",Café & bakery: new shopfront,2026-09-01,2026-11-12,2026-12-05,\
Permitted,https://planning.example.org/applications/1301,51.465,-0.16"""
KINDS = ("planit", "planning-csv", "planning-data")
# One kind meets every trouble, since all are fetched in the same way; the others meet the one that
# their own reader has to notice.
SHORT_TROUBLES = [
    *(("planit", trouble) for trouble in TROUBLES),
    *((kind, "a page") for kind in GOOD if kind != "planit"),
]
LONG_TROUBLES = [
    pytest.param(*both, marks=pytest.mark.long)
    for both in product(GOOD, TROUBLES)
    if both not in SHORT_TROUBLES
]
Fetch = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[RegularServer]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def surroundings(server: RegularServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, address in server.variables.items():
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home/cache"))
    monkeypatch.setenv("PRIVATE", str(tmp_path / "private"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr("wardblog.sources.fetch._FIRST_WAIT", 0.001)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fetch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Fetch:
    """Runs the command; returns its status, what it says, and what it says is wrong."""

    def run_here(*words: str, command: str = "fetch") -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main([command, "--content", str(tmp_path / "content"), *words])
        finally:
            gc.enable()
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_here


def source_lines(server: RegularServer, *kinds: str) -> str:
    """The [[source]] tables of ward.toml."""
    return "".join(
        f'\n[[source]]\nfrom = "{kind}"\nissue = "Planning"\n'
        + SETTINGS.get(kind, "").format(url=server.address(kind))
        for kind in kinds
    )


def ward_with(server: RegularServer, *kinds: str) -> str:
    settings = WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n', 1)
    return settings + source_lines(server, *kinds)


def site_with(tmp_path: Path, server: RegularServer, *kinds: str, **files: str) -> Path:
    """A site whose ward.toml has these sources; `files` are further posts."""
    return write_site(
        tmp_path / "content",
        {
            "ward.toml": ward_with(server, *kinds),
            "issues.toml": ISSUES,
            "data/ward.geojson": SQUARE,
            "posts/fine.md": POST,
            **files,
        },
    )


def rows_of(content: Path, name: str = "planning-applications") -> list[str]:
    return (content / f"data/{name}.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("kind", "stem", "first"),
    [
        ("planit", "planning-applications", "2026/1234"),
        ("planning-csv", "planning-applications", "2026/1234"),
        ("planning-data", "planning-areas", "Culvert Road No. 1 (conservation area)"),
    ],
)
def test_a_good_answer_becomes_a_data_set_and_a_second_run_changes_nothing(
    kind: str, stem: str, first: str, tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, kind)
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert "This would write:" in said
    assert rows_of(content, stem)[1].startswith(first)
    after = files_of(content)
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert said.endswith("Nothing has changed, so nothing was written.\n")
    assert files_of(content) == after
    status, _, wrong = fetch(command="check")
    assert (status, "planning-a" in wrong) == (0, False), wrong


def test_an_application_is_cleaned_and_cut_to_the_ward(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    _, said, _ = fetch("--force")
    assert "\n".join(rows_of(content)) == CLEANED
    assert "1 description was left out, since it may name a person." in said
    assert "1 application was left out, since it has no position" in said
    assert "Large and new: 2026/1234" in said
    assert "make new FROM=planning:2026/1234" in said


def test_residents_read_what_is_planned_and_find_the_council(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planit")
    fetch("--force")
    assert fetch("--output", "output", command="html")[0] == 0
    page = (tmp_path / "output/issues/planning/index.html").read_text(encoding="utf-8")
    assert (
        "Café &amp; bakery: new shopfront. Received on 1 September 2026. "
        "Permitted on 12 November 2026."
    ) in page
    link = "https://planning.example.org/applications/1301"
    assert f'<a href="{link}" rel="noreferrer">2026/1301 on planning.example.org</a>' in page
    table = (tmp_path / "output/data/planning-applications.csv").read_text(encoding="utf-8-sig")
    assert table.splitlines()[0].endswith(",attribution,about,link")
    assert table.splitlines()[-1].endswith(f"Permitted on 12 November 2026.,{link}")
    assert "All 4 in the list." in page


def test_a_councils_list_is_read_whatever_its_encoding(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planning-csv")
    fetch("--force")
    utf8 = rows_of(content)
    assert "Café and bakery" in utf8[-1] or any("Café and bakery" in row for row in utf8)
    assert any(",2026-11-12,2026-12-05,Granted," in row for row in utf8)
    rows = [csv_row(7, Proposal="Café"), csv_row(8)]
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        data = csv_answer(*rows, encoding=encoding)
        server.good["planning-csv"] = lambda _, data=data: data  # type: ignore[misc]
        fetch("--force")
        assert [row.split(",")[0] for row in rows_of(content)[1:]] == ["2026/0007", "2026/0008"]
        assert ",Café," in rows_of(content)[1]


@pytest.mark.parametrize(("kind", "trouble"), [*SHORT_TROUBLES, *LONG_TROUBLES])
def test_after_a_failure_the_content_is_unchanged(
    kind: str,
    trouble: str,
    tmp_path: Path,
    server: RegularServer,
    fetch: Fetch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key, row in services.REGULAR_SERVICES.items():
        quick = replace(row, longest=0.5, tries=1)
        monkeypatch.setitem(services.REGULAR_SERVICES, key, quick)
    monkeypatch.setattr(services, "_LONGEST_OF_COUNCIL", 0.5)
    content = site_with(tmp_path, server, kind)
    fetch("--force")
    before = files_of(content)
    answer, words = TROUBLES[trouble]
    server.trouble = answer
    status, said, wrong = fetch("--force")
    assert (status, words in wrong) == (1, True), wrong
    assert "The data of 22 November 2026 (today) stays." in wrong
    assert "Run the same command again in 60 minutes." in wrong or trouble != "429"
    assert said.endswith("Nothing has changed, so nothing was written.\n")
    assert "Traceback" not in wrong
    assert files_of(content) == before
    server.trouble = None
    assert fetch("--force")[0] == 0
    assert files_of(content) == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_answer_keeps_the_earlier_data(
    kind: str, tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, kind)
    fetch("--force")
    before = files_of(content)
    server.good[kind] = EMPTY[kind]
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert "There are none in the ward now, so the earlier ones stay" in said
    assert files_of(content) == before


def test_a_postcode_of_the_gazetteer_places_an_application(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    gazetteer = "kind,name,lat,lon\npostcode,SW11 5JY,51.4655,-0.1611\n"
    content = site_with(tmp_path, server, "planning-csv", **{"data/gazetteer.csv": gazetteer})
    settings = (content / "ward.toml").read_text()
    credit = 'gazetteer_attribution = "Contains Royal Mail data © Royal Mail copyright 2026"'
    named = f'[map]\ngazetteer = "data/gazetteer.csv"\n{credit}\n\n[[source]]'
    (content / "ward.toml").write_text(settings.replace("[[source]]", named, 1))
    rows = [csv_row(1, Easting="", Northing=""), csv_row(2, Easting="", Northing="",
            Site_Address="2 Elsewhere Road, SW11 5ZZ")]  # fmt: skip
    server.good["planning-csv"] = lambda _: csv_answer(*rows)
    _, said, wrong = fetch("--force")
    assert wrong == ""
    assert [row.split(",")[0] for row in rows_of(content)[1:]] == ["2026/0001"]
    assert rows_of(content)[1].endswith(",51.4655,-0.1611")
    assert "1 application was left out, since it has no position" in said


def test_one_source_that_fails_stops_none_of_the_others(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit", "planning-data")

    def broken(_: Request) -> bytes:
        return b"<html>Under repair</html>"

    server.good["planit"] = broken
    status, _, wrong = fetch("--force")
    assert status == 1
    assert "There is no earlier data from it." in wrong
    assert not (content / "data/planning-applications.csv").exists()
    assert len(rows_of(content, "planning-areas")) == 3


def test_what_is_unchanged_is_not_sent_again(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, *KINDS[1:])
    server.is_conditional = True
    fetch("--force")
    before, asked = files_of(content), len(server.asked)
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert said.endswith("Nothing has changed, so nothing was written.\n")
    again = server.asked[asked:]
    assert all("if-none-match" in one.headers for one in again)
    assert len(again) == asked
    assert files_of(content) == before


def test_an_answer_that_says_unchanged_at_first_is_an_error(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    before = files_of(content)
    server.trouble = Answer(status=304)
    status, _, wrong = fetch("--force")
    assert (status, "answered 304" in wrong) == (1, True)
    assert files_of(content) == before


@pytest.mark.parametrize(
    ("number", "asked"), [(600, 3), pytest.param(5000, 21, marks=pytest.mark.long)]
)
def test_many_applications_come_in_pages(
    number: int, asked: int, tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    records = [planit_record(n) for n in range(1, number + 1)]

    def pages(request: Request) -> bytes:
        first = (int(request.fields["page"]) - 1) * int(request.fields["pg_sz"])
        return planit_answer(*records[first : first + int(request.fields["pg_sz"])], total=4321)

    server.good["planit"] = pages
    assert fetch("--force")[0] == 0
    assert len(rows_of(content)) == number + 1
    assert len(server.asked) == asked
    assert server.asked[0].fields["bbox"] == "-0.17000,51.46000,-0.15000,51.47000"
    assert "when the councillor says so" in server.asked[0].headers["user-agent"]


@pytest.mark.long
def test_5000_rows_of_a_council(tmp_path: Path, server: RegularServer, fetch: Fetch) -> None:
    content = site_with(tmp_path, server, "planning-csv")
    rows = [csv_row(number) for number in range(1, 5001)]
    server.good["planning-csv"] = lambda _: csv_answer(*rows)
    assert fetch("--force")[0] == 0
    assert len(rows_of(content)) == 5001


def test_people_appear_nowhere(tmp_path: Path, server: RegularServer, fetch: Fetch) -> None:
    content = site_with(tmp_path, server, "planit", "planning-data")
    said = "".join(map(str, fetch("--force")))
    for kind in KINDS:
        file = tmp_path / f"{kind}.txt"
        file.write_bytes(server.good[kind](Request("/", {"dataset": "conservation-area"}, {})))
        said += "".join(map(str, fetch("--force", "--from", f"{file}")))
    said += "".join(map(str, fetch("--from", "planning:2026/1234", command="new")))
    said += "".join(map(str, fetch("--output", "output", command="html")))
    assert (tmp_path / "output/index.html").is_file()
    assert len(list((content / "posts").iterdir())) == 2
    public = [said.encode()]
    for path in tmp_path.rglob("*"):
        outside = path.is_file() and "private" not in path.relative_to(tmp_path).parts[:1]
        if outside and path.suffix != ".txt":
            public.append(path.read_bytes())
    raw = b"".join(path.read_bytes() for path in (tmp_path / "private").rglob("*.answer"))
    for canary in CANARIES:
        assert canary.encode() in raw
        assert not any(canary.encode() in data for data in public), canary


def test_the_raw_answers_are_private(tmp_path: Path, server: RegularServer, fetch: Fetch) -> None:
    site_with(tmp_path, server, "planit")
    old = os.umask(0)
    try:
        fetch("--force")
    finally:
        os.umask(old)
    for path in (tmp_path / "private").rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
    assert not (tmp_path / "home").exists()


def test_nothing_is_written_without_a_yes(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    before = files_of(content)
    status, said, wrong = fetch()
    assert status == 1
    assert "Nothing was written, because this command could not ask for your confirmation" in wrong
    assert "+ 2026/1234" in said
    assert files_of(content) == before


def test_a_file_is_read_instead_of_asking(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit", "planning-data")
    file = tmp_path / "one page.json"
    file.write_bytes(planit_answer(*planit_records()))
    status, said, _ = fetch("--force", "--from", str(file))
    assert (status, server.asked) == (0, [])
    assert "This asks" not in said
    assert len(rows_of(content)) == 5
    more = tmp_path / "more.json"
    more.write_bytes(planit_answer(planit_record(77)))
    assert fetch("--force", "--from", f'"{file}" planit={more}')[0] == 0
    assert len(rows_of(content)) == 6


def test_one_source_can_be_chosen(tmp_path: Path, server: RegularServer, fetch: Fetch) -> None:
    content = site_with(tmp_path, server, "planit", "planning-data")
    assert fetch("--force", "--from", "planning-data")[0] == 0
    assert not (content / "data/planning-applications.csv").exists()
    assert fetch("--force", "--from", "Planning")[0] == 0
    assert len(rows_of(content)) == 5
    status, _, wrong = fetch("--from", "planing")
    assert status == 2
    assert wrong == (
        "FROM=planing is neither a source of ward.toml nor a file.\n"
        '  Did you mean "planning"? The sources are: planit, planning, planning-data.\n'
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "other.csv: the list has no column for the reference and the address"),
        (b"<html></html>", "other.csv"),
        (b"", "other.csv"),
        (b"%PDF-1.7\n", "other.csv: this is a PDF"),
    ],
)
def test_a_file_of_another_kind_gets_a_sentence(
    data: bytes, words: str, tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planning-csv")
    (tmp_path / "other.csv").write_bytes(data)
    status, _, wrong = fetch("--force", "--from", "other.csv")
    assert (status, words in wrong) == (2, True), wrong


def test_a_service_is_not_blamed_for_a_wrong_file(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planit", "planning-csv")
    (tmp_path / "reports.csv").write_bytes(b"category,state\nPothole,open\n")
    status, _, wrong = fetch("--force", "--from", "planit=reports.csv")
    assert (status, server.asked) == (1, [])
    assert "reports.csv: this is not what planit (" in wrong
    assert "Check that it is the right file and the right source" in wrong


@pytest.mark.skipif(sys.platform == "win32", reason="there, such a path is right")
def test_a_path_of_windows_gets_its_other_form(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planit")
    status, _, wrong = fetch("--from", r"C:\Users\Jo\Downloads\apps.csv")
    assert status == 2
    assert wrong == (
        "FROM= names a file as Windows does.\n"
        '  Here, it is called: FROM="/mnt/c/Users/Jo/Downloads/apps.csv"\n'
    )


def test_a_misspelt_kind_of_draft_gets_a_guess(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planit")
    status, _, wrong = fetch("--from", "plannign:2026/1302", command="new")
    assert status == 2
    assert wrong == ('"plannign:" is not known.\n  Did you mean FROM=planning:2026/1302?\n')


def test_a_decision_proposes_one_line_and_never_twice(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    post = content / "posts/fine.md"
    record = planit_record(1301)
    server.good["planit"] = lambda _: planit_answer(record)
    fetch("--force")
    assert post.read_text() == POST
    record.update(app_state="Permitted", decided_date="2026-11-12")
    line = "Updated: 2026-11-12 | | The council has granted permission."
    _, said, _ = fetch()
    assert f"+ {line}" in said
    assert post.read_text() == POST
    fetch("--force")
    assert post.read_text() == POST.replace("Reference:", f"{line}\nReference:")
    # The councillor says it in other words, or takes it out.
    for text in (POST.replace("Reference:", "Updated: 2026-11-13 | | Yes!\nReference:"), POST):
        post.write_text(text)
        _, said, _ = fetch("--force")
        assert "Nothing has changed" in said
        assert post.read_text() == text
    record.update(app_state="Withdrawn")
    fetch("--force")
    assert post.read_text().count("Updated:") == 1
    assert "The application has been withdrawn." in post.read_text()


def test_a_decision_after_the_post_is_proposed_at_first_sight(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    older = POST.replace("2026-10-31", "2026-09-30").replace("The depot", "The depot, again")
    (content / "posts/older.md").write_text(older.replace("Tags:", "Slug: older\nTags:"))
    record = planit_record(1301, app_state="Rejected", decided_date="2026-11-12")
    server.good["planit"] = lambda _: planit_answer(record)
    fetch("--force")
    assert (
        "Updated: 2026-11-12 | | The council has refused permission."
        in (content / "posts/fine.md").read_text()
    )
    assert "Updated" not in (content / "posts/older.md").read_text()
    assert fetch(command="check")[0] == 0


def test_a_post_that_cannot_be_changed_stops_nothing_else(
    tmp_path: Path, server: RegularServer, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CommandError("This line cannot be written", "Write it yourself.")

    content = site_with(tmp_path, server, "planit")
    record = planit_record(1301, app_state="Rejected", decided_date="2026-11-12")
    server.good["planit"] = lambda _: planit_answer(record)
    with monkeypatch.context() as patched:
        patched.setattr("wardblog.sources.regular.state_changes.with_further_value", refuse)
        status, _, wrong = fetch("--force")
    assert status == 1
    assert wrong == (
        "posts/fine.md was left as it is. This line cannot be written.\n  Write it yourself.\n"
    )
    assert len(rows_of(content)) == 2
    assert fetch("--force")[0] == 0
    assert "The council has refused permission." in (content / "posts/fine.md").read_text()


def test_the_same_reference_at_two_councils_is_told_apart_by_the_ward(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    elsewhere = {"type": "Point", "coordinates": [-0.171, 51.465]}
    other = planit_record(5, location=elsewhere, decided_date="2026-11-01", area_name="Lambeth")
    for records in ((planit_record(5), other), (other, planit_record(5))):
        server.good["planit"] = lambda _, found=records: planit_answer(*found)  # type: ignore[misc]
        fetch("--force")
        assert len(rows_of(content)) == 2
        assert rows_of(content)[1].endswith(",51.465,-0.16")


def test_what_the_councillor_says_of_a_data_set_stays(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    fetch("--force")
    path = content / "issues.toml"
    mine = path.read_text().replace('"Planning applications"', '"What is planned"  # shorter')
    path.write_text(mine.replace("as_of = 2026-11-22", "as_of = 2026-11-15"))
    server.good["planit"] = lambda _: planit_answer(planit_record(5))
    fetch("--force")
    assert path.read_text() == mine


def test_a_decision_before_the_post_is_no_news(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    record = planit_record(1301, app_state="Rejected", decided_date="2026-10-30")
    server.good["planit"] = lambda _: planit_answer(record)
    fetch("--force")
    assert (content / "posts/fine.md").read_text() == POST


def test_a_draft_about_an_application(
    tmp_path: Path, server: RegularServer, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = site_with(tmp_path, server, "planit")
    fetch("--force")
    asked = len(server.asked)
    status, _, wrong = fetch("--from", "planning:2026/1234", command="new")
    assert (status, wrong, len(server.asked)) == (0, "", asked)
    (path,) = (content / "posts").glob("2026-*")
    header, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    assert header == (
        "Title: Planning application: The Old Depot, Culvert Road, London\n"
        "Date: 2026-11-22 00:00\n"
        "Tags: Planning\n"
        "Slug: planning-application-the-old-depot-culvert-road-london\n"
        "Status: draft\n"
        "Summary: What is planned, and how to comment until 5 December 2026.\n"
        "Reference: 2026/1234\n"
        "Deadline: 2026-12-05 | Comments on 2026/1234 close\n"
        "Places: The Old Depot, Culvert Road, London | 51.4648, -0.1602"
    )
    assert "> Demolition of the depot and erection of a building with 40 flats." in text
    assert "(<https://planning.example.org/applications/1234>)" in text
    status, _, wrong = fetch("--from", "planning:2026/1234", command="new")
    assert status == 1
    assert wrong == (
        "There is a post about 2026/1234 already: "
        "posts/2026-11-22-planning-application-the-old-depot-culvert-road-london.md.\n"
        "  Open it in your editor. If something has happened since, add an Updated line.\n"
    )
    status, _, wrong = fetch("--from", "planning:2026/1235", command="new")
    assert status == 2
    assert wrong == (
        "There is no application 2026/1235 among the 4 that were fetched.\n"
        '  Did you mean "2026/1234"?\n'
    )
    # Without the private folder, the data set is enough.
    path.unlink()
    monkeypatch.setenv("PRIVATE", str(tmp_path / "elsewhere"))
    assert fetch("--from", "planning: 2026/1234", command="new")[0] == 0
    assert path.read_text(encoding="utf-8").partition("\n\n")[0] == header


def test_two_sources_do_not_fill_one_file(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server, "planit", "planning-csv")
    status, _, wrong = fetch("--force")
    assert status == 1
    assert "this source would write data/planning-applications.csv, as the one on line" in wrong


def test_without_an_outline_it_says_how_to_get_one(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    (content / "ward.toml").write_text(WARD + source_lines(server, "planit"))
    status, _, wrong = fetch("--force")
    assert status == 1
    assert "The outline of the ward is not known yet" in wrong
    assert "make ward POSTCODE" in wrong


def test_without_a_source_it_shows_an_example(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    site_with(tmp_path, server)
    status, said, _ = fetch()
    assert (status, 'from = "planit"' in said) == (0, True)


def test_an_address_without_https_is_refused(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planning-csv")
    settings = (content / "ward.toml").read_text()
    (content / "ward.toml").write_text(
        settings.replace(server.address("planning-csv"), "http://council.example.org/list.csv")
    )
    status, _, wrong = fetch("--force")
    assert (status, server.asked) == (2, [])
    assert "http://council.example.org/list.csv does not begin with https://" in wrong
    (tmp_path / "list.csv").write_bytes(csv_answer(csv_row(1)))
    assert fetch("--force", "--from", "list.csv")[0] == 0
    assert len(rows_of(content)) == 2


def test_areas_that_are_odd_are_read_or_counted(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planning-data")
    odd = [
        entity(9, "conservation-area", -0.162, geometry="", point="POINT(-0.16 51.465)"),
        entity(10, "conservation-area", -0.162, geometry="nonsense", point=None),
        entity(11, "conservation-area", -0.162, name=None, **{"start-date": "31/02/2026"}),
        "not a table",
    ]

    def answer(request: Request) -> bytes:
        if "/dataset/" in request.path:
            return json.dumps({"dataset": "conservation-area"}).encode()
        found = odd if request.fields["dataset"] == "conservation-area" else []
        return json.dumps({"entities": found}).encode()

    server.good["planning-data"] = answer
    status, said, wrong = fetch("--force")
    assert (status, wrong) == (0, "")
    assert [row.split(",")[0] for row in rows_of(content, "planning-areas")[1:]] == [
        "CA11 (conservation area)",
        "Culvert Road No. 9 (conservation area)",
    ]
    assert "2 areas were left out, since they cannot be read." in said


def test_a_redirect_within_the_council_is_followed(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planning-csv")
    settings = (content / "ward.toml").read_text()
    moved = server.address("moved")
    (content / "ward.toml").write_text(settings.replace(server.address("planning-csv"), moved))
    answer = server.answer

    def redirect(request: Request) -> Answer:
        if request.path == "/moved":
            return Answer(status=301, headers={"Location": server.address("planning-csv")})
        return answer(request)

    server.answer = redirect  # type: ignore[method-assign]
    assert fetch("--force")[0] == 0
    assert len(rows_of(content)) == 5


def test_a_state_that_goes_to_and_fro_is_reported_once(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit")
    post = content / "posts/fine.md"
    record = planit_record(1301)
    server.good["planit"] = lambda _: planit_answer(record)
    fetch("--force")
    for state, day in (("Permitted", "2026-11-12"), ("Undecided", None)) * 3:
        record.update(app_state=state, decided_date=day)
        fetch("--force")
    assert post.read_text().count("granted permission") == 1
    assert post.read_text().count("being considered again") == 1


def test_the_councils_own_list_counts_where_two_sources_disagree(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planning-csv", "planit")
    record = planit_record(1301, app_state="Permitted", decided_date="2026-11-12")
    server.good["planit"] = lambda _: planit_answer(record)
    server.good["planning-csv"] = lambda _: csv_answer(csv_row(1301))
    for _ in range(2):
        fetch("--force")
        assert (content / "posts/fine.md").read_text() == POST


def test_an_entry_that_cannot_be_changed_stops_no_other_source(
    tmp_path: Path, server: RegularServer, fetch: Fetch
) -> None:
    content = site_with(tmp_path, server, "planit", "planning-data")
    fetch("--force")
    issues = content / "issues.toml"
    file = 'file = "data/planning-applications.csv"'
    inline = f'dataset = [{{issue = "Planning", {file}, title = "Mine", as_of = 2026-01-01}}]\n'
    inline = inline.replace("}]", ', source = "x", attribution = "y", show = "all"}]')
    first = issues.read_text().split("[[dataset]]")[0]
    issues.write_text(f"{inline}{first}")
    (content / "data/planning-applications.csv").write_text(
        "reference,lat,lon\n2026/1,51.465,-0.16\n"
    )
    record = planit_record(1301, app_state="Withdrawn", decided_date="2026-11-12")
    server.good["planit"] = lambda _: planit_answer(record)
    _, said, wrong = fetch("--force")
    assert "is written in a way that only you can change" in said + wrong
    assert "has been withdrawn" in (content / "posts/fine.md").read_text()
