"""`make ward` as a councillor uses it, with the services on the loopback."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sources.services import (
    BUSY_PAGE,
    LOGIN_PAGE,
    POSTCODES,
    Reply,
    Services,
    as_json,
    code_point_zip,
    overpass_answer,
    running,
    square,
    ward,
)
from support import EPOCH, ROOT, WARD, files_of, run, write_site
from wardblog.cli import main
from wardblog.scaffold import start_own

Impatient = Callable[..., tuple[int, str]]
POSTCODE = ("--postcode", "SW11 5JY")
MAP = '\n[map]\ntiles = "ask"   # a button loads the street map\n'
CREDITS = (
    "© OpenStreetMap contributors. Contains OS data © Crown copyright and database right 2026. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2026. Source: Office for "
    "National Statistics licensed under the Open Government Licence v.3.0"
)


@pytest.fixture(autouse=True)
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with running() as found:
        for name, address in found.addresses.items():
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_site(tmp_path / "content", {"ward.toml": WARD + MAP})


def fetch(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run("ward", "--content", str(content), *words, cwd=content.parent)


@pytest.fixture
def impatient(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Impatient:
    """Runs the command without long waits; returns its status and what it says is wrong."""
    monkeypatch.setattr("wardblog.sources.fetch._FIRST_WAIT", 0.001)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)

    def run_here(content: Path, *words: str) -> tuple[int, str]:
        try:
            status = main(["ward", "--content", str(content), *words])
        finally:
            gc.enable()
        return status, capsys.readouterr().err

    return run_here


def written(content: Path, *words: str) -> str:
    done = fetch(content, "--force", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows_of(content: Path) -> list[list[str]]:
    text = (content / "data/gazetteer.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def test_a_postcode_brings_the_outline_the_map_and_the_names(
    content: Path, services: Services
) -> None:
    said = written(content, *POSTCODE)
    settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
    assert settings["ward"] == {
        "name": "Shaftesbury", "council": "Wandsworth", "boundary": "data/ward.geojson",
        "code": "E05014020",
    }  # fmt: skip
    assert settings["map"] == {
        "tiles": "ask", "base": "data/basemap.geojson",
        "base_attribution": "© OpenStreetMap contributors",
        "gazetteer": "data/gazetteer.csv", "gazetteer_attribution": CREDITS,
    }  # fmt: skip
    [feature] = json.loads((content / "data/ward.geojson").read_bytes())["features"]
    assert feature["properties"] == {
        "WD26CD": "E05014020", "WD26NM": "Shaftesbury & Queenstown", "LAD26CD": "E09000032",
        "LAD26NM": "Wandsworth",
    }  # fmt: skip
    base = json.loads((content / "data/basemap.geojson").read_bytes())
    assert base["attribution"] == "© OpenStreetMap contributors"
    assert {f["properties"]["name"] for f in base["features"]} == {
        "Eland Road", "Heathwall Street", "Lavender Hill"
    }  # fmt: skip
    assert [row[:2] for row in rows_of(content)[1:]] == [
        ["postcode", "SW11 5AA"], ["postcode", "SW11 5JY"], ["street", "Eland Road"],
        ["street", "Heathwall Street"], ["street", "Lavender Hill"],
    ]  # fmt: skip
    assert "There are 3 streets in the gazetteer." in said
    assert 'The name in ward.toml stays "Shaftesbury".' in said
    assert said.endswith('see the map, and "make ward" again next year.\n')
    assert services.most_at_once == 1


def test_it_names_the_services_before_it_asks_them(content: Path, services: Services) -> None:
    services.replies["os"] = [Reply(status=404)]
    said = fetch(content, *POSTCODE).stdout
    host = services.base.removeprefix("http://")
    assert said.splitlines()[1:4] == [
        f"  the Office for National Statistics (outlines of wards): {host}",
        f"  Ordnance Survey (postcodes): {host}",
        f"  OpenStreetMap, through Overpass (the map): {host}",
    ]


def test_the_result_has_no_problems(content: Path) -> None:
    written(content, *POSTCODE)
    done = run("check", "--content", str(content), cwd=content.parent)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_other_byte_of_the_settings_stays(content: Path) -> None:
    text = (WARD + MAP).replace("\n", "\r\n")
    (content / "ward.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    written(content, *POSTCODE)
    data = (content / "ward.toml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf[site]\r\n")
    added = ("boundary =", "code =", "base", "gazetteer")
    kept = [line for line in data.decode("utf-8-sig").split("\n") if not line.startswith(added)]
    assert "\n".join(kept) == text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("--code", "e05014021"), "Lavender"),
        (("--name", "Lavender, Wandsworth"), "Lavender"),
        (("--postcode", "sw116zz"), "Lavender"),
    ],
    ids=["code", "name", "postcode"],
)
def test_an_empty_name_is_filled_in(words: Sequence[str], name: str, content: Path) -> None:
    text = WARD.replace('"Shaftesbury"', '""').replace('"Wandsworth"', '""')
    (content / "ward.toml").write_text(text, encoding="utf-8")
    written(content, *words)
    settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
    assert (settings["ward"]["name"], settings["ward"]["council"]) == (name, "Wandsworth")


def test_the_name_of_the_sample_is_replaced(content: Path) -> None:
    sample = (ROOT / "content/ward.toml").read_bytes()
    (content / "ward.toml").write_bytes(sample)
    written(content, "--code", "E05014022")
    settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
    assert (settings["ward"]["name"], settings["ward"]["council"]) == ("Abbey", "Merton")


def test_a_new_site_needs_only_a_postcode(content: Path) -> None:
    shutil.rmtree(content)
    shutil.copytree(ROOT / "content", content)
    start_own(content)
    done = fetch(content)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "Say which ward it is.")
    written(content, *POSTCODE)
    settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
    assert settings["ward"] == {
        "name": "Shaftesbury & Queenstown", "council": "Wandsworth",
        "boundary": "data/ward.geojson", "code": "E05014020",
    }  # fmt: skip


def test_without_a_terminal_nothing_is_written(content: Path) -> None:
    before = files_of(content)
    done = fetch(content, *POSTCODE)
    assert done.returncode == 1
    assert done.stderr == (
        "Nothing was written, because this command could not ask for your confirmation.\n"
        "  If this is what you want, run the same command with FORCE=1.\n"
    )
    assert '    + code = "E05014020"' in done.stdout
    assert files_of(content) == before


@pytest.mark.parametrize(("answer", "status"), [("yes\n", 0), ("no\n", 1)])
def test_it_asks_at_a_terminal(answer: str, status: int, content: Path) -> None:
    before = files_of(content)
    controller, terminal = pty.openpty()
    try:
        os.write(controller, answer.encode())
        done = run("ward", "--content", str(content), *POSTCODE, cwd=content.parent, stdin=terminal)
    finally:
        os.close(controller)
        os.close(terminal)
    assert 'Type "yes" to write these files: ' in done.stdout
    assert done.returncode == status
    assert (files_of(content) == before) == (status == 1)


FAULTS = {
    "ons-page": ("ons", [Reply(LOGIN_PAGE)], "sent a web page instead of data"),
    "ons-gone": ("ons", [as_json({}, 500)], "answered 500"),
    "os-cut-off": (
        "os",
        [Reply(b"[{", announced=99)] * 3,
        "closed the connection before its answer",
    ),
    "os-other-host": (
        "os",
        [as_json([{"area": "GB", "format": "CSV", "url": "https://evil.example/x.zip"}])],
        'lists the download at another address, "evil.example", which this software does not know',
    ),
    "os-redirect": (
        "os",
        [Reply(status=307, headers={"Location": "https://evil.example/"})],
        "redirects to another address, evil.example",
    ),
    "map-busy": (
        "overpass",
        [Reply(BUSY_PAGE, 429, {"Retry-After": "900"})],
        "has too many requests just now (it answered 429)",
    ),
    "map-504": ("overpass", [Reply(BUSY_PAGE, 504, {"Retry-After": "900"})], "too much to do"),
    "map-gone": ("overpass", [Reply(status=400)], "answered 400 Bad Request"),
    "map-elsewhere": (
        "overpass",
        [Reply(status=302, headers={"Location": "https://login.example/"})],
        "redirects to another address, login.example",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_failure_the_content_is_unchanged(
    fault: str, content: Path, services: Services, impatient: Impatient
) -> None:
    before = files_of(content)
    service, services.replies[service], said = FAULTS[fault]
    status, error = impatient(content, "--force", *POSTCODE)
    assert (status, files_of(content)) == (1, before)
    assert said in error
    assert error.count("\n") == 2  # a sentence and a remedy


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (BUSY_PAGE, "the map service is busy"),
        (overpass_answer()[:-200], "the answer of the map service is cut off"),
        (LOGIN_PAGE, "the map service sent a web page"),
        (b'{"elements":[],"remark":"runtime error: Query timed out in \\"query\\" at line 1"}',
         "ran out of time"),
    ],
    ids=["page", "cut-off", "log-in", "remark"],
)  # fmt: skip
def test_a_map_that_is_no_map_is_asked_for_again_once_it_is_one(
    answer: bytes, said: str, content: Path, services: Services, impatient: Impatient
) -> None:
    before = files_of(content)
    services.replies["overpass"] = [Reply(answer)] * 4
    status, error = impatient(content, "--force", *POSTCODE)
    assert (status, files_of(content)) == (1, before)
    assert said in error
    asked = len(services.asked)
    written(content, *POSTCODE)
    assert len(services.asked) == asked + 1  # the rest was kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--postcode", "SW11"), '"SW11" is not a full postcode.'),
        (("--postcode", "SW11 9XX"), "There is no postcode SW11 9XX."),
        (("--code", "E05000623"), "There is no ward with the code E05000623"),
        (("--name", "Abbey"), '2 wards are called "Abbey".'),
        (("--code", "E05014020", "--name", "Abbey"), "Use only one of them."),
        ((), "Say which ward it is."),
        (("--from", "a 'b"), "A quotation mark is missing after FROM=."),
        (("--from", "missing.geojson"), "There is no file called missing.geojson."),
    ],
)
def test_wrong_usage_is_explained(
    words: Sequence[str], said: str, content: Path, services: Services
) -> None:
    services.tables = {"ONSPD_Online_latest_Postcode_Centroids": [{"PCDS": "BT7 1NN"}]}
    before = files_of(content)
    done = fetch(content, "--force", *words)
    assert (done.returncode, files_of(content)) == (2, before)
    assert said in done.stderr


def test_broken_settings_are_found_before_anybody_is_asked(
    content: Path, services: Services
) -> None:
    (content / "ward.toml").write_text(WARD + "[map\n", encoding="utf-8")
    before = files_of(content)
    done = fetch(content, "--force", *POSTCODE)
    assert (done.returncode, files_of(content), services.asked) == (1, before, [])
    assert "ward.toml:18: " in done.stderr


def test_ctrl_c_changes_nothing(content: Path, tmp_path: Path) -> None:
    before = files_of(content)
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": EPOCH,
            "WARD_OVERPASS": f"http://127.0.0.1:{silent.getsockname()[1]}",
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "wardblog", "ward", "--force", *POSTCODE],
            cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        caller, _ = silent.accept()
        with caller:
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=60)[1] == "\nStopped.\n"
    assert process.returncode == 130
    assert files_of(content) == before


def test_next_year_it_says_what_changed_and_keeps_what_is_the_councillors(
    content: Path, services: Services
) -> None:
    written(content, *POSTCODE)
    path = content / "data/gazetteer.csv"
    rows = rows_of(content)
    moved = ["street", "Lavender Hill", "51.46500", "-0.16300"]
    rows = [row for row in rows if row[1] not in ("Lavender Hill", "SW11 5AA")]
    own = ["place", "The depot", "51.46400", "-0.16200"]
    text = io.StringIO()
    csv.writer(text).writerows([*rows, own, moved])  # as a spreadsheet program saves it
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    for file in (content.parent / "cache/wardblog").iterdir():
        file.unlink()
    services.map = overpass_answer("Eland Road", "Nolan Way", "Lavender Hill")
    services.wards[0] = ward("E05014020", "Shaftesbury & Queenstown", "Wandsworth", 20)
    services.postcodes = code_point_zip({**POSTCODES, "SW115ZZ": POSTCODES["SW115JY"]})
    said = written(content)
    assert "The outline of the ward changed by 4.0 hectares; it now covers 100 hectares." in said
    assert "1 street added: Nolan Way." in said
    assert "1 street removed: Heathwall Street." in said
    assert "There are 2 postcodes; there were 1." in said
    assert "What you added or changed in the gazetteer stays: Lavender Hill, The depot." in said
    assert "What you removed stays out: SW11 5AA." in said
    assert rows_of(content)[-2:] == [own, moved]
    assert [row[1] for row in rows_of(content)].count("Lavender Hill") == 1
    assert written(content).endswith("Nothing has changed, so nothing was written.\n")


def test_without_a_record_nothing_is_lost(content: Path, services: Services) -> None:
    written(content, *POSTCODE)
    with (content / "data/gazetteer.csv").open("a", encoding="utf-8") as file:
        file.write("place,The depot,51.46400,-0.16200\n")
    for folder in ("cache/wardblog", ".wardblog/fetched"):
        for path in (content.parent / folder).iterdir():
            path.unlink()
    services.map = overpass_answer("Eland Road", "Heathwall Street")
    said = written(content)
    assert "2 rows of your gazetteer are not in the new data and were kept" in said
    assert "Lavender Hill, The depot" in said
    assert {"The depot", "Lavender Hill"} <= {row[1] for row in rows_of(content)}


def test_what_is_replaced_can_be_found_again(content: Path) -> None:
    own = json.dumps({"type": "Feature", "properties": {}, "geometry": square()})
    (content / "data").mkdir()
    (content / "data/ward.geojson").write_text(own, encoding="utf-8")
    said = written(content, *POSTCODE)
    [folder] = (content.parent / ".wardblog/replaced").iterdir()
    assert f"before are in .wardblog/replaced/{folder.name}" in said
    assert (folder / "ward.geojson").read_text(encoding="utf-8") == own
    assert (folder / "ward.toml").read_text(encoding="utf-8") == WARD + MAP


def test_a_gazetteer_that_cannot_be_read_is_not_overwritten(content: Path) -> None:
    written(content, *POSTCODE)
    (content / "data/gazetteer.csv").write_text("Street;Notes\nEland Road;mine\n", "utf-8")
    before = files_of(content)
    done = fetch(content, "--force")
    assert (done.returncode, files_of(content)) == (1, before)
    assert "data/gazetteer.csv: the gazetteer has no column called" in done.stderr
    assert "What you added to it would be lost." in done.stderr


def test_a_ward_with_an_outline_of_its_own_gets_a_map(content: Path, services: Services) -> None:
    """As for a parish ward: the outline came from a file, and only the rest is fetched."""
    outline = {"type": "Feature", "properties": {"PAR25CD": "E04000001"}, "geometry": square()}
    (content / "data").mkdir()
    (content / "data/parish.geojson").write_text(json.dumps(outline), encoding="utf-8")
    text = WARD.replace("[ward]", '[ward]\nboundary = "data/parish.geojson"')
    (content / "ward.toml").write_text(text, encoding="utf-8")
    written(content)
    assert {asked.service for asked in services.asked} == {"os", "overpass"}
    assert ["street", "Eland Road"] in [row[:2] for row in rows_of(content)]


def test_northern_ireland_has_no_postcodes_in_the_gazetteer(
    content: Path, services: Services
) -> None:
    services.map = overpass_answer("Lisburn Road")
    said = written(content, "--code", "N08000301")
    assert "those of Northern Ireland may not be republished freely" in said
    assert {asked.service for asked in services.asked} == {"ons", "overpass"}
