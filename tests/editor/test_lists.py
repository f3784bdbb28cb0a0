"""Adding a list: what is in the file is shown first, and saved with its line in issues.toml."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import spreadsheets
from editor.running import RunningEditor, running_editor
from support import ROOT, write_site
from wardblog.content import time_limit
from wardblog.preview.editor.lists import looking
from wardblog.support import extras

LIST = (ROOT / "content" / "data" / "grit-bins.csv").read_bytes()
BINS = """\
Bin location,Latitude,Longitude,Bin number,Reported by,Notes,Depth
Eland Road,51.4664,-0.1603,1,Jane Doe,,3
Dorothy Road,51.4651,-0.1612,2,,The lady at number 4 always falls here and is cross,4
Heathwall Street,51.4672,-0.1571,3,,,5
Far away,51.6,-0.3,4,,,6
Nowhere,,,5,,,7
"""
BOUNDARY = """\
{"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"name": "Shaftesbury"}, "geometry": {"type": "Polygon",
"coordinates": [[[-0.18, 51.45], [-0.14, 51.45], [-0.14, 51.48],
[-0.18, 51.48], [-0.18, 51.45]]]}}]}
"""
ISSUES = """\
# Ours.
[[issue]]
name = "Grit bins"   # the yellow ones
colour = "#8a5a00"

[[issue]]
name = "Dog fouling"

# The lists.
[[dataset]]
issue = "Grit bins"
file = "data/old-bins.csv"
as_of = 2025-11-01
"""


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    old = "Bin location,Latitude,Longitude\nEland Road,51.4664,-0.1603\nGone Road,51.46,-0.16\n"
    content = write_site(
        tmp_path / "content",
        {"issues.toml": ISSUES, "data/ward.geojson": BOUNDARY, "data/old-bins.csv": old},
    )
    ward = (content / "ward.toml").read_text("utf-8")
    if "boundary" not in ward:
        ward = ward.replace("[ward]\n", '[ward]\nboundary = "data/ward.geojson"\n')
        (content / "ward.toml").write_text(ward, "utf-8")
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


def asked(data: bytes | str = b"", name: str = "Bins.csv", **more: Any) -> dict[str, Any]:
    raw = data.encode() if isinstance(data, str) else data
    return {
        "name": name, "data": base64.b64encode(raw).decode(), "looked": "",
        "values": {"issue": "Grit bins"}, "new_issue": "", "update": "", "file_name": "",
    } | more  # fmt: skip


def looked(editor: RunningEditor, data: bytes | str, **more: Any) -> dict[str, Any]:
    answer = editor.post("lists/look", asked(data, **more))
    assert answer.status == 200, answer.data
    return answer.data


def files_of(editor: RunningEditor) -> dict[str, bytes]:
    return {
        path.relative_to(editor.content).as_posix(): path.read_bytes()
        for path in editor.content.rglob("*")
        if path.is_file()
    }


def test_the_columns_are_found_and_people_are_left_out(editor: RunningEditor) -> None:
    before = files_of(editor)
    found = looked(editor, BINS)
    roles = {one["name"]: (one["role"], one["published"]) for one in found["columns"]}
    assert roles == {
        "Bin location": ("name", True),
        "Latitude": ("position", True),
        "Longitude": ("position", True),
        "Bin number": ("number of the place", True),
        "Reported by": ("left out: about people", False),
        "Notes": ("left out: free text", False),
        "Depth": ("not published", False),
    }
    people = next(one for one in found["columns"] if one["name"] == "Reported by")
    assert people["examples"] == []
    assert people["why"] == "Its name says that it is about people."
    assert "Jane Doe" not in str(found)
    assert "lady" not in str(found)
    assert found["rows"] == 5
    assert [one["name"] for one in found["places"]] == [
        "Eland Road", "Dorothy Road", "Heathwall Street",
    ]  # fmt: skip
    assert "3 of the 4" in found["summary"]
    assert found["map"].startswith("<svg ")
    assert found["changes"] is None
    assert files_of(editor) == before


def test_a_column_is_left_out_if_a_single_row_names_somebody(editor: RunningEditor) -> None:
    text = BINS.replace("Notes", "Adopted").replace(",Jane Doe,,3", ",,Mrs Jane Doe,3")
    found = looked(editor, text.replace("The lady at number 4 always falls here and is cross", ""))
    adopted = next(one for one in found["columns"] if one["name"] == "Adopted")
    assert (adopted["role"], adopted["published"]) == ("left out: about people", False)
    assert adopted["why"] != ""
    assert "Jane" not in str(found)


def test_problems_name_their_rows(editor: RunningEditor) -> None:
    found = looked(editor, BINS.replace("51.4651", "north"))
    rows = [(one["severity"], one["line"], one["message"]) for one in found["messages"]]
    assert ("stop", 3, 'cannot read "north" and "-0.1612" as a position') in rows
    assert ("warn", 6, "this row has no position, so it was left out") in rows


def test_a_list_and_its_line_are_saved_together(editor: RunningEditor) -> None:
    before = files_of(editor)
    data = BINS.replace(",Jane Doe", ",").replace("\n", "\r\n").encode("utf-8-sig")
    found = looked(editor, data)
    values = {"issue": "Grit bins", "title": 'The "new" bins', "as_of": "2026-11-01"}
    saved = editor.post(
        "lists/save", asked(looked=found["looked"], values=values, file_name="Winter bins")
    )
    assert saved.status == 200, saved.data
    assert saved.data["file"] == "data/winter-bins.csv"
    after = files_of(editor)
    assert after.pop("data/winter-bins.csv") == data
    assert after.pop("issues.toml").decode() == ISSUES + (
        '\n[[dataset]]\nissue = "Grit bins"\nfile = "data/winter-bins.csv"\n'
        'title = "The \\"new\\" bins"\nas_of = 2026-11-01\n'
    )
    assert after == {name: data for name, data in before.items() if name != "issues.toml"}
    again = editor.post("lists/save", asked(looked=found["looked"], file_name="other"))
    assert again.status == 404


def test_a_list_with_personal_data_is_not_saved(editor: RunningEditor) -> None:
    before = files_of(editor)
    text = (
        "Name,Latitude,Longitude\nBin of jane.doe@gmail.com,51.4664,-0.1603\nBin,51.4651,-0.161\n"
    )
    found = looked(editor, text)
    stops = [one["message"] for one in found["messages"] if one["severity"] == "stop"]
    assert any("jane.doe@gmail.com" in words for words in stops)
    saved = editor.post("lists/save", asked(looked=found["looked"]))
    assert saved.status == 400
    assert 'gives away an e-mail address: "jane.doe@gmail.com"' in saved.data["message"]
    assert files_of(editor) == before


def test_a_list_of_people_is_not_saved(editor: RunningEditor) -> None:
    before = files_of(editor)
    text = "Name,Latitude,Longitude\nJohn Smith,51.46,-0.16\nMary Jones,51.47,-0.161\n"
    found = looked(editor, text)
    assert found["messages"][0]["severity"] == "stop"
    assert "people" in found["messages"][0]["message"]
    saved = editor.post("lists/save", asked(looked=found["looked"]))
    assert saved.status == 400
    assert files_of(editor) == before


def test_another_column_can_give_the_names(editor: RunningEditor) -> None:
    found = looked(editor, BINS, values={"issue": "Grit bins", "name_column": "Depth"})
    assert [one["name"] for one in found["places"]] == ["3", "4", "5"]
    wrong = looked(editor, BINS, values={"issue": "Grit bins", "name_column": "Dept"})
    assert any('"Depth"' in one["hint"] for one in wrong["messages"])


def test_complaints_are_shown_less_exactly_and_without_anybodys_words(
    editor: RunningEditor,
) -> None:
    found = looked(editor, BINS, values={"issue": "Dog fouling"})
    assert {one["exact"] for one in found["places"]} == {"about 100 m"}


def test_a_table_of_counts_is_shown_as_a_table(editor: RunningEditor) -> None:
    text = "category,reports,officer\nGlass,4,Jo Bloggs\nFood,5,Sam Sample\n"
    found = looked(editor, text, values={"issue": "Grit bins", "show": "table"})
    assert found["table"] == {
        "heads": ["category", "reports"], "rows": [["Glass", "4"], ["Food", "5"]],
    }  # fmt: skip
    roles = {one["name"]: one["published"] for one in found["columns"]}
    assert roles == {"category": True, "reports": True, "officer": False}


def test_a_newer_version_says_what_changed_and_keeps_the_old_one(editor: RunningEditor) -> None:
    before = files_of(editor)
    more: dict[str, Any] = {"update": "data/old-bins.csv", "keeps_old": True}
    found = looked(editor, BINS, **more)
    assert found["changes"]["sentence"] == "1 the same, 2 new, 1 gone"
    assert found["changes"]["gone"] == ["Gone Road"]
    values = {"issue": "Grit bins", "as_of": "2026-11-01"}
    saved = editor.post("lists/save", asked(looked=found["looked"], values=values, **more))
    assert saved.status == 200, saved.data
    after = files_of(editor)
    assert after["data/old-bins.csv"] == BINS.encode()
    assert after["data/old-bins-2025-11-01.csv"] == before["data/old-bins.csv"]
    assert after["issues.toml"].decode() == ISSUES.replace("2025-11-01", "2026-11-01") + (
        'previous = "data/old-bins-2025-11-01.csv"\n'
    )


def test_a_newer_version_of_another_kind_leaves_the_old_file(editor: RunningEditor) -> None:
    before = files_of(editor)
    more: dict[str, Any] = {"update": "data/old-bins.csv", "keeps_old": True, "name": "Bins.tsv"}
    data = BINS.replace(",", "\t")
    found = looked(editor, data, **more)
    saved = editor.post("lists/save", asked(looked=found["looked"], **more))
    assert saved.status == 200, saved.data
    after = files_of(editor)
    assert after["data/old-bins.tsv"] == data.encode()
    assert after["data/old-bins.csv"] == before["data/old-bins.csv"]
    assert b'file = "data/old-bins.tsv"' in after["issues.toml"]
    assert b'previous = "data/old-bins.csv"' in after["issues.toml"]


def test_a_list_outside_the_content_is_never_replaced(
    editor: RunningEditor, tmp_path: Path
) -> None:
    outside = tmp_path / "bins.csv"
    outside.write_text("Name,Latitude,Longitude\nElm,51.46,-0.16\n", "utf-8")
    issues = ISSUES.replace("data/old-bins.csv", "../bins.csv")
    (editor.content / "issues.toml").write_text(issues, "utf-8")
    more = asked(BINS, update="../bins.csv", keeps_old=True)
    assert editor.post("lists/look", more).status == 404
    assert outside.read_text("utf-8").endswith("-0.16\n")


def test_a_list_of_a_new_issue_brings_the_issue(editor: RunningEditor) -> None:
    found = looked(editor, BINS, values={}, new_issue="Salt boxes")
    saved = editor.post(
        "lists/save", asked(looked=found["looked"], values={}, new_issue="Salt boxes")
    )
    assert saved.status == 200, saved.data
    text = files_of(editor)["issues.toml"].decode()
    assert text.count('[[issue]]\nname = "Salt boxes"\n') == 1
    assert 'issue = "Salt boxes"\nfile = "data/bins.csv"' in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": "bins.pdf"}, "neither a spreadsheet nor GeoJSON"),
        ({"name": "../../ward.toml"}, "neither a spreadsheet nor GeoJSON"),
        ({"name": "con.csv"}, "cannot be the name of a file"),
        ({"file_name": "…"}, "cannot be the name of a file"),
        ({"name": "Old bins.CSV"}, "There is a file called old-bins.csv already"),
        ({"update": "data/grit.csv", "keeps_old": True}, "does not exist"),
        ({"update": "../ward.toml", "keeps_old": True}, "does not exist"),
        ({"values": {"file": "../x.csv"}}, "cannot read"),
        ({"values": {"unknown": "x"}}, "cannot read"),
        ({"values": []}, "cannot read"),
        ({"looked": "0" * 32}, "no longer has this file"),
    ],
)
def test_what_cannot_be_a_list_is_refused(
    editor: RunningEditor, more: dict[str, Any], said: str
) -> None:
    before = files_of(editor)
    answer = editor.post("lists/look", asked(BINS, **more))
    assert answer.status in (400, 404)
    assert said in answer.data["message"]
    assert files_of(editor) == before


@pytest.mark.parametrize(
    "name", ["../evil.csv", "C:\\Users\\x\\evil.csv", "a/b/evil.csv", "/evil.csv"]
)
def test_the_name_of_a_file_never_leads_elsewhere(editor: RunningEditor, name: str) -> None:
    found = looked(editor, BINS, name=name)
    assert found["file"] == "data/evil.csv"


def test_the_list_of_the_sample_is_shown_with_its_map(editor: RunningEditor) -> None:
    found = looked(editor, LIST, name="grit.csv")
    assert found["map"].startswith("<svg ")
    assert not [one for one in found["messages"] if one["severity"] == "stop"]


def test_nothing_of_the_trial_is_left_in_the_private_folder(editor: RunningEditor) -> None:
    looked(editor, BINS)
    running = editor.private / "editor" / "running"
    assert [path for path in running.rglob("*") if path.is_file() and path.suffix != ".lock"] == []


GAZETTEER = "name,latitude,longitude,type\nEland Road,51.4664,-0.1603,street\n"


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """What is in a folder, with the number and the time of each file."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    ("table", "key", "file", "name"),
    [
        ("ward", "boundary", "data/ward.geojson", "new.geojson"),
        ("map", "base", "data/roads.geojson", "new.geojson"),
        ("map", "gazetteer", "data/streets.csv", "new.csv"),
        ("map", "gazetteer", "data/streets.csv", "new.geojson"),
    ],
)
@pytest.mark.parametrize("keeps_old", [False, True])
def test_looking_never_writes_into_the_content(
    editor: RunningEditor, table: str, key: str, file: str, name: str, keeps_old: bool
) -> None:
    """A list can be a file that the map needs as well, which the trial reads beside it."""
    content = editor.content
    (content / file).write_text(GAZETTEER if file.endswith("csv") else BOUNDARY, "utf-8")
    ward = (content / "ward.toml").read_text("utf-8")
    if f"{key} =" not in ward:
        line = f'{key} = "{file}"\n'
        header = f"[{table}]\n"
        ward = ward.replace(header, header + line) if header in ward else f"{ward}\n{header}{line}"
        (content / "ward.toml").write_text(ward, "utf-8")
    issues = ISSUES + f'\n[[dataset]]\nissue = "Dog fouling"\nfile = "{file}"\n'
    (content / "issues.toml").write_text(issues, "utf-8")
    before = state_of(content)
    data = LIST if name.endswith("csv") else b'{"type": "FeatureCollection", "features": []}'
    looked(editor, data, name=name, update=file, keeps_old=keeps_old)
    looked(editor, data, name=name)
    assert state_of(content) == before
    assert files_of(editor)["ward.toml"].decode().count(f'{key} = "{file}"') == 1


def test_a_list_that_takes_too_long_is_ended_and_nothing_is_left(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: Any) -> None:
        while True:
            pass

    monkeypatch.setattr(time_limit, "LIST_SECONDS", 0.5)
    monkeypatch.setattr(looking, "result_of_trial", endless)
    before = files_of(editor)
    answer = editor.post("lists/look", asked(BINS))
    assert answer.status == 400
    assert answer.data["message"] == "This list takes too long to read."
    assert "split it into several files" in answer.data["hint"]
    running = editor.private / "editor" / "running"
    assert not list(running.rglob("issues.toml"))
    assert files_of(editor) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name," * 400 + "\n" + "1," * 400, "this list has 400 columns, and at most 256"),
        ("x" * 2001 + ",latitude,longitude\nBin,51.46,-0.16\n", "has 2,001 characters"),
        ("name,latitude,longitude\n" + "Bin,51.46,-0.16\n" * 200_001, "more than 200,000 rows"),
    ],
)
def test_a_list_without_bounds_is_refused_in_one_sentence(
    editor: RunningEditor, text: str, said: str
) -> None:
    found = looked(editor, text)
    stops = [one["message"] for one in found["messages"] if one["severity"] == "stop"]
    assert len(stops) == 1
    assert said in stops[0]
    assert editor.post("lists/save", asked(looked=found["looked"])).status == 400


def test_the_list_before_the_last_is_named_once_nothing_uses_it(editor: RunningEditor) -> None:
    more: dict[str, Any] = {"update": "data/old-bins.csv", "keeps_old": True}
    values = {"issue": "Grit bins", "as_of": "2026-11-01"}
    found = looked(editor, BINS, **more)
    first = editor.post("lists/save", asked(looked=found["looked"], values=values, **more))
    assert first.data["unused"] == ""
    found = looked(editor, BINS.replace("Dorothy", "Lavender"), values=values, **more)
    second = editor.post("lists/save", asked(looked=found["looked"], values=values, **more))
    assert second.data["unused"] == "data/old-bins-2025-11-01.csv"
    assert (editor.content / second.data["unused"]).is_file()
    assert second.data["unused"] not in files_of(editor)["issues.toml"].decode()


WORKBOOK = spreadsheets.xlsx(
    {
        "Bins": [
            spreadsheets.row(1, "Name", "Latitude", "Longitude"),
            spreadsheets.row(2, "Eland Road", 51.4664, -0.1603),
        ]
    }
)


def test_a_spreadsheet_is_looked_at_and_saved_as_it_is(editor: RunningEditor) -> None:
    data = WORKBOOK
    found = looked(editor, data, name="Bins.xlsx")
    assert [one["name"] for one in found["places"]] == ["Eland Road"]
    saved = editor.post("lists/save", asked(looked=found["looked"]))
    assert saved.status == 200, saved.data
    assert (editor.content / "data" / "bins.xlsx").read_bytes() == data


def test_the_library_for_spreadsheets_is_installed_when_asked(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(extras, "is_installed", lambda name: name in installed)
    monkeypatch.setattr(extras, "install", installed.append)
    data = WORKBOOK
    first = looked(editor, data, name="Bins.xlsx")
    assert (first["needs"], first["megabytes"]) == ("sheets", 2)
    assert editor.post("lists/install-sheets", {}).status == 200
    assert installed == ["sheets"]
    again = looked(editor, b"", name="", looked=first["looked"])
    assert [one["name"] for one in again["places"]] == ["Eland Road"]


LIGHTS = "name,lat,lon\nLight A,51.466,-0.16\nLight B,51.465,-0.161\nLight C,51.464,-0.162\n"


def test_labels_with_letters_are_no_people(editor: RunningEditor) -> None:
    found = looked(editor, LIGHTS)
    assert [one["name"] for one in found["places"]] == ["Light A", "Light B", "Light C"]
    assert not [one for one in found["messages"] if one["severity"] == "stop"]


@pytest.mark.parametrize(
    "names",
    [("Smith A", "Jones B", "Brown C"), ("Smith J", "Smith K", "Smith L"), ("Smith J", "Bin A"),
     ("Light A", "Light B", "John Smith")],
)  # fmt: skip
def test_surnames_with_initials_are_people(editor: RunningEditor, names: tuple[str, ...]) -> None:
    rows = [f"{name},51.46{n},-0.16{n}\n" for n, name in enumerate(names)]
    found = looked(editor, "name,lat,lon\n" + "".join(rows))
    assert [one for one in found["messages"] if one["severity"] == "stop"] != []


def test_hints_are_in_the_words_of_the_page(editor: RunningEditor) -> None:
    people = "Name,Latitude,Longitude\nJohn Smith,51.46,-0.16\nMary Jones,51.47,-0.161\n"
    hint = looked(editor, people)["messages"][0]["hint"]
    assert "under “Column with the names”" in hint
    assert hint.endswith("in “What is public”: data/bins.csv")
    unnamed = "Latitude,Longitude\n51.46,-0.16\n"
    far = "Name,Latitude,Longitude\nElm Road,55.46,-0.16\nOak Road,55.47,-0.161\n"
    for text in (people, unnamed, far, BINS):
        for one in looked(editor, text)["messages"]:
            for word in (".toml", "name_column", "[[dataset]]", " = ", "[guard]"):
                assert word not in one["hint"]


def test_a_missing_source_is_shown_at_its_field_and_may_wait(editor: RunningEditor) -> None:
    found = looked(editor, LIGHTS)
    (missing,) = [one for one in found["messages"] if "no source" in one["message"]]
    assert (missing["severity"], missing["key"]) == ("warn", "source")
    assert missing["hint"].startswith('Fill in "Who published it" and "Licence".')
    assert "You can also save the list now" in missing["hint"]


def test_a_list_without_an_issue_is_shown_but_not_saved(editor: RunningEditor) -> None:
    before = files_of(editor)
    found = looked(editor, LIGHTS, values={}, name="Street lights.csv")
    assert found["fits"] == ""
    assert len(found["places"]) == 3
    assert (found["messages"][0]["severity"], found["messages"][0]["key"]) == ("stop", "issue")
    saved = editor.post("lists/save", asked(looked=found["looked"], values={}))
    assert saved.status == 400
    assert "no issue" in saved.data["message"]
    assert files_of(editor) == before


@pytest.mark.parametrize(
    ("name", "fits"),
    [("grit-bins.csv", "Grit bins"), ("Winter GRIT BINS 2026.csv", "Grit bins"),
     ("gritbins.csv", ""), ("Bins.csv", ""), ("street-lights.csv", "")],
)  # fmt: skip
def test_the_name_of_a_file_may_say_its_issue(editor: RunningEditor, name: str, fits: str) -> None:
    assert looked(editor, LIGHTS, values={}, name=name)["fits"] == fits
