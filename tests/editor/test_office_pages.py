"""The pages of the office: each runs its command, and nothing but what its form can say."""

from __future__ import annotations

import base64
import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from editor.commands import FORGET, PERSON, Job, asked, cases, ended, lines, mention, run
from editor.running import RunningEditor, running_editor
from office.answers import QUESTION, message
from sources.regular_server import serving
from support import SQUARE, WARD, files_of, write_files
from wardblog.model.answer_codes import code_of
from wardblog.office.statistics.stored import FILE, FOLDER
from wardblog.preview.editor import office_page
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.jobs import JobRequest
from wardblog.preview.editor.offices import BY_NAME, OFFICES
from wardblog.preview.editor.own_folder import OwnFolder
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.shown_files import id_of
from wardblog.preview.pages import Response
from wardblog.support import extras

CASE = {"issue": "Grit bins", "street": "Eland Road", "note": "empty since Friday"}
REPLY = {"issue": "Grit bins", "street": "", "case": ""}


def upload(editor: RunningEditor, kind: str, files: Mapping[str, bytes], part: int = 1000) -> str:
    """Hand files over in parts, as the page does; return their id."""
    said = editor.post(
        "upload/begin",
        {"kind": kind, "names": list(files), "sizes": list(map(len, files.values()))},
    )
    assert said.status == 200, said.body
    given: str = said.data["id"]
    for number, data in enumerate(files.values()):
        for at in range(0, len(data), part):
            piece = base64.b64encode(data[at : at + part]).decode()
            values = {"id": given, "number": number, "at": at, "data": piece}
            assert editor.post("upload/part", values).status == 200
    return given


def kept(editor: RunningEditor) -> dict[str, bytes]:
    """All files of both folders, but the mark of an editor that is running."""
    found = {**files_of(editor.content), **files_of(editor.private)}
    return {name: data for name, data in found.items() if not name.startswith("editor/running/")}


def waiting(editor: RunningEditor) -> list[str]:
    """The uploaded files that are still there."""
    folder = uploads_of(editor)
    return list(files_of(folder))


def uploads_of(editor: RunningEditor) -> Path:
    return editor.editor.desk.keep(OwnFolder).path / "uploads"


@pytest.mark.parametrize("name", [one.name for one in OFFICES])
def test_each_page_says_what_it_does_and_needs(editor: RunningEditor, name: str) -> None:
    said = editor.get(f"office/{name}")
    assert said.status == 200
    page = said.body.decode()
    for words in (BY_NAME[name].title, BY_NAME[name].does, BY_NAME[name].needs):
        assert words.replace("'", "&#39;") in page
    assert f'office/{name}"' in editor.get("more").body.decode()


def test_there_is_no_other_page(editor: RunningEditor) -> None:
    assert editor.get("office/clean").status == 404
    assert editor.post("office/clean/clean", {}).status == 404
    assert editor.post("office/cases/clean", {}).status == 404


def test_a_case_is_added_and_listed(editor: RunningEditor) -> None:
    job = run(editor, "office/cases/add", CASE)
    assert lines(job).startswith("Added case 1 to ")
    with (editor.private / "casework.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["issue"], row["street"], row["note"]) == tuple(CASE.values())
    page = editor.get("office/cases").body.decode()
    assert "1 open case" in page
    assert "Grit bins, Eland Road" in page
    assert '<option value="1">1: Grit bins, Eland Road</option>' in (
        editor.get("office/reply").body.decode()
    )


def test_a_reply_is_a_text_to_copy(editor: RunningEditor) -> None:
    job = run(editor, "office/reply/write", REPLY)
    (text,) = [one["value"] for one in job["messages"] if one["kind"] == "text"]
    assert "A fine post" in text
    assert job["shown"]["gives"] == "copy"


def test_a_reply_about_a_case(editor: RunningEditor) -> None:
    run(editor, "office/cases/add", CASE)
    job = run(editor, "office/reply/write", {"issue": "", "street": "", "case": "1"})
    assert job["state"] == "done"
    values = {"issue": "", "street": "", "case": "2"}
    assert editor.post("office/reply/write", values).status == 400


OPTIONS = (
    "--force", "-h", "--content=/", "=x", "--export=/tmp/x", "$(touch x)", "`touch x`",
    "; touch x", "| touch x", "&& touch x", "../../etc/passwd", "%00", "${HOME}", "*", "~root",
)  # fmt: skip


@pytest.mark.parametrize("words", OPTIONS)
def test_no_words_become_an_option_or_a_command(
    editor: RunningEditor, tmp_path: Path, words: str
) -> None:
    job = run(editor, "office/cases/add", {**CASE, "note": words})
    assert job["state"] == "done"
    with (editor.private / "casework.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["note"].lstrip(" '") == words
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("route", "values"),
    [
        ("cases/add", {**CASE, "issue": "Grit bin"}),
        ("cases/add", {**CASE, "issue": ""}),
        ("cases/add", {**CASE, "issue": "--force"}),
        ("cases/add", {**CASE, "note": "x" * 1001}),
        ("cases/add", {**CASE, "note": "a\x00b"}),
        ("cases/add", {**CASE, "note": "a\x1b[31mb"}),
        ("cases/add", {**CASE, "note": "a\u202eb"}),
        ("cases/add", {**CASE, "note": ["a"]}),
        ("cases/add", {**CASE, "note": None}),
        ("cases/add", {"issue": "Grit bins"}),
        ("cases/forget", {"forget": ""}),
        ("reply/write", {**REPLY, "case": "../1"}),
        ("report/draft", {"since": "yesterday"}),
        ("report/draft", {"since": "--force"}),
        ("report/draft", {"since": "2026-13-01"}),
        ("digest/post", {"from": "7; x"}),
        ("digest/post", {"from": "-1"}),
        ("digest/post", {"from": "1/../../x"}),
        ("fetch/fetch", {"from": "private/key"}),
        ("fetch/fetch", {"from": "/etc/passwd"}),
        ("questions/file", {"from": "/etc/passwd"}),
        ("questions/file", {"from": "0" * 32}),
        ("questions/file", {"from": ""}),
        ("figures/count", {"log": "/var/log/*"}),
        ("subscribers/import", {"from": "content/ward.toml"}),
        ("subscribers/forget", {"forget": ""}),
        ("leaflet/leaflet", {"posts": ["/etc/passwd"], "size": "A5"}),
        ("leaflet/leaflet", {"posts": "fine", "size": "A5"}),
        ("leaflet/leaflet", {"posts": [], "size": "A5"}),
        ("leaflet/leaflet", {"posts": [], "size": "A0"}),
        ("leaflet/poster", {"poster": "--size=A5", "size": "A4"}),
        ("import/import", {"from": "/", "pictures": False, "comments": False, "publish": False}),
        ("import/import", {"from": "", "pictures": "no", "comments": False, "publish": False}),
    ],
)  # fmt: skip
def test_what_no_form_sends_starts_nothing(
    editor: RunningEditor, route: str, values: dict[str, Any]
) -> None:
    before = kept(editor)
    said = editor.post(f"office/{route}", values)
    assert said.status == 400, said.body
    assert said.data["message"]
    assert kept(editor) == before


def test_a_question_of_a_command_is_asked_on_the_page(editor: RunningEditor) -> None:
    mention(editor)
    run(editor, "office/cases/add", CASE)
    nobody = run(editor, "office/cases/forget", {"forget": "nobody@example.org"})
    assert "does not mention this person" in lines(nobody)
    said = editor.post(*FORGET)
    assert asked(editor, said)["question"] == [1, "to delete 1 row that mentions this person"]
    assert PERSON in cases(editor)
    ended(editor, said, True)
    assert PERSON not in cases(editor)
    assert CASE["note"] in cases(editor)


def test_a_no_changes_nothing(editor: RunningEditor) -> None:
    mention(editor)
    before = cases(editor)
    run(editor, *FORGET, False)
    assert cases(editor) == before


def test_a_report_becomes_a_draft_with_a_link(editor: RunningEditor) -> None:
    job = run(editor, "office/report/draft", {"since": "2026-11-01"})
    (made,) = job["shown"]["made"]
    file = editor.editor.desk.ids.file(made["link"].removeprefix("post/"))
    assert "Status: draft" in (editor.content / file).read_text()


def test_subscribers_come_from_a_file_that_is_gone_afterwards(editor: RunningEditor) -> None:
    table = b"email,date,consent\r\nrobin@example.org,2026-01-02,paper form at the fair\r\n"
    given = upload(editor, "table", {"people.csv": table})
    (name,) = waiting(editor)
    path = uploads_of(editor) / name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    job = run(editor, "office/subscribers/import", {"from": given})
    assert "Added 1 subscriber" in lines(job)
    assert waiting(editor) == []
    assert "robin@example.org" in editor.get("office/subscribers").body.decode()
    assert editor.post("office/subscribers/import", {"from": given}).status == 400


def test_the_list_of_subscribers_can_be_saved(editor: RunningEditor) -> None:
    table = b"email,date,consent\r\nrobin@example.org,2026-01-02,paper form at the fair\r\n"
    run(editor, "office/subscribers/import", {"from": upload(editor, "table", {"a.csv": table})})
    said = editor.get("subscribers.csv")
    assert said.headers["content-disposition"] == 'attachment; filename="subscribers.csv"'
    assert b"robin@example.org" in said.body


def test_a_page_is_explained(editor: RunningEditor) -> None:
    job = run(editor, "office/why/explain", {"page": "/issues/grit-bins/"})
    assert lines(job).startswith("/issues/grit-bins/ is made from:")
    assert run(editor, "office/why/explain", {"page": "../../etc/passwd"})["state"] == "failed"


def test_somebody_is_deleted_from_the_subscribers(editor: RunningEditor) -> None:
    table = b"email,date,consent\r\nrobin@example.org,2026-01-02,paper form at the fair\r\n"
    run(editor, "office/subscribers/import", {"from": upload(editor, "table", {"a.csv": table})})
    run(editor, "office/subscribers/forget", {"forget": "robin@example.org"})
    assert "robin@example.org" not in editor.get("office/subscribers").body.decode()


LOG = (
    '203.0.113.7 - - [20/Nov/2026:10:00:00 +0000] "GET /2026/11/a-fine-post/ HTTP/1.1" 200 5000 '
    '"-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"\n'
)


def test_logs_are_counted_and_gone_afterwards(editor: RunningEditor) -> None:
    given = upload(editor, "logs", {"access.log": LOG.encode(), "access.log.1": b""})
    job = run(editor, "office/figures/count", {"log": given})
    assert "Counted 1 line of 1 file" in lines(job)
    assert (editor.private / FOLDER / FILE).is_file()
    assert waiting(editor) == []


@pytest.mark.parametrize(
    ("kind", "names", "sizes"),
    [
        ("table", ["people.csv"], [5_000_001]),
        ("table", ["a.csv", "b.csv"], [1, 1]),
        ("table", ["a.exe"], [1]),
        ("table", ["../../x.toml"], [1]),
        ("table", [], []),
        ("table", ["a.csv"], [-1]),
        ("table", ["a.csv"], [True]),
        ("table", ["a.csv"], [1, 2]),
        ("mystery", ["a.csv"], [1]),
        ("logs", ["a.log", "x/a.log"], [1, 1]),
        ("logs", ["a.log", "A.LOG"], [1, 1]),
        ("logs", [f"{n}.log" for n in range(61)], [1] * 61),
    ],
)
def test_no_other_files_are_taken(
    editor: RunningEditor, kind: str, names: list[str], sizes: list[int]
) -> None:
    values = {"kind": kind, "names": names, "sizes": sizes}
    assert editor.post("upload/begin", values).status == 400
    assert waiting(editor) == []


@pytest.mark.parametrize(
    "name", ["../../../x.csv", "/etc/x.csv", "..\\..\\x.csv", ".x.csv", "-x.csv", "a\x00b.csv",
             "x" * 500 + ".csv", "café bins.csv", "--force.csv"],
)  # fmt: skip
def test_a_file_stays_in_its_folder_whatever_its_name(editor: RunningEditor, name: str) -> None:
    outside = {path for path in editor.content.parent.rglob("*") if "running" not in path.parts}
    given = upload(editor, "table", {name: b"x"})
    (found,) = waiting(editor)
    assert re.fullmatch(rf"{given}/[A-Za-z0-9_][A-Za-z0-9_.-]*\.csv", found)
    assert len(found) < 120
    now = {path for path in editor.content.parent.rglob("*") if "running" not in path.parts}
    assert now == outside


def test_parts_come_once_and_in_their_order(editor: RunningEditor) -> None:
    said = editor.post("upload/begin", {"kind": "table", "names": ["a.csv"], "sizes": [4]})
    part = {"id": said.data["id"], "number": 0, "at": 0, "data": base64.b64encode(b"ab").decode()}
    assert editor.post("upload/part", {**part, "at": 2}).status == 400
    assert editor.post("upload/part", {**part, "number": 1}).status == 400
    assert editor.post("upload/part", {**part, "id": "0" * 32}).status == 400
    assert editor.post("upload/part", part).status == 200
    assert editor.post("upload/part", part).status == 400
    assert editor.post("office/subscribers/import", {"from": said.data["id"]}).status == 400
    assert editor.post("upload/part", {**part, "at": 2}).status == 200
    assert editor.post("upload/part", {**part, "at": 4}).status == 400


def test_an_upload_is_for_one_kind_of_command(editor: RunningEditor) -> None:
    given = upload(editor, "blog", {"old.xml": b"<rss/>"})
    assert editor.post("office/subscribers/import", {"from": given}).status == 400
    assert editor.post("upload/remove", {"id": given}).status == 200
    assert waiting(editor) == []


def test_what_a_kill_left_is_deleted_at_the_next_start(editor: RunningEditor) -> None:
    running = editor.private / "editor" / "running"
    folder = running / ("0" * 32)
    folder.mkdir(parents=True)
    (folder / "left.csv").write_text("x")
    (running / "mine").mkdir()
    (editor.content.parent / "elsewhere").mkdir()
    (running / ("1" * 32)).symlink_to(editor.content.parent / "elsewhere")
    own = editor.editor.desk.keep(OwnFolder).path
    assert not folder.exists()
    assert (running / "mine").is_dir()
    assert (editor.content.parent / "elsewhere").is_dir()
    (own / "file").write_text("x")
    editor.editor.desk.close()
    assert not [path for path in running.iterdir() if own.name in path.name]


def test_a_second_editor_leaves_the_files_of_the_first(
    editor: RunningEditor, tmp_path: Path
) -> None:
    table = b"email,date,consent\r\nrobin@example.org,2026-01-02,paper form at the fair\r\n"
    given = upload(editor, "table", {"people.csv": table})
    with running_editor(editor.content, editor.private, tmp_path / "second") as second:
        other = upload(second, "table", {"others.csv": table})
        assert waiting(editor) == [f"{given}/people.csv"]
        assert waiting(second) == [f"{other}/others.csv"]
    assert waiting(editor) == [f"{given}/people.csv"]
    assert "Added 1 subscriber" in lines(run(editor, "office/subscribers/import", {"from": given}))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("CON.log", "file-CON.log"),
        ("aux", "file-aux"),
        ("nul.2.gz", "file-nul.2.gz"),
        ("x.log\n", "x.log"),
        ("x.log.", "x.log"),
        ("access.log.2.gz", "access.log.2.gz"),
    ],
)
def test_a_file_has_a_name_that_it_can_have_on_windows(
    editor: RunningEditor, name: str, kept: str
) -> None:
    given = upload(editor, "logs", {name: b"x"})
    assert waiting(editor) == [f"{given}/{kept}"]


def test_what_was_half_written_is_written_again(editor: RunningEditor) -> None:
    """As when the disk was full in the middle of a part."""
    table = b"email,date,consent\r\nrobin@example.org,2026-01-02,paper form at the fair\r\n"
    values = {"kind": "table", "names": ["people.csv"], "sizes": [len(table)]}
    given = editor.post("upload/begin", values).data["id"]
    path = uploads_of(editor) / given / "people.csv"
    first, second = table[:30], table[30:]
    part = {"id": given, "number": 0, "at": 0, "data": base64.b64encode(first).decode()}
    assert editor.post("upload/part", part).status == 200
    path.write_bytes(first + second[:7])
    part |= {"at": 30, "data": base64.b64encode(second).decode()}
    assert editor.post("upload/part", part).status == 200
    assert path.read_bytes() == table
    with path.open("ab") as file:
        file.write(b"more")
    assert editor.post("office/subscribers/import", {"from": given}).status == 400
    path.write_bytes(table)
    assert "Added 1 subscriber" in lines(run(editor, "office/subscribers/import", {"from": given}))


def test_nothing_is_installed_without_being_asked(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "is_installed", lambda name: name != "leaflet")
    page = editor.get("office/leaflet").body.decode()
    assert "You need the libraries that make leaflets: 85 MB from PyPI" in page
    values = {"poster": "x", "size": "A4"}
    said = editor.post("office/leaflet/poster", values)
    assert (said.status, said.data["message"]) == (400, "What this needs is not installed yet.")
    assert "Install it" not in editor.get("office/cases").body.decode()


def test_installing_runs_the_installer_for_that_page_only(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[JobRequest] = []
    monkeypatch.setattr(extras, "is_installed", lambda name: name != "leaflet")

    def note(desk: Desk, request: JobRequest) -> Response:
        del desk
        asked_for.append(request)
        return answer({"job": "1"})

    monkeypatch.setattr(office_page, "started", note)
    editor.post("office/leaflet/install", {})
    assert editor.post("office/cases/install", {}).status == 400
    (request,) = asked_for
    assert (request.module, request.words) == ("wardblog.support.extras", ("leaflet",))


def leaflet(editor: RunningEditor) -> Job:
    values = {"posts": [editor.editor.desk.ids.of("posts/fine.md")], "size": "A5"}
    return run(editor, "office/leaflet/leaflet", values)


def test_a_leaflet_is_made_shown_and_changed(editor: RunningEditor) -> None:
    printer = '\n[leaflet]\nprinter = "Sample Press, 2 Print Street, London SW11 0XX"\n'
    write_files(editor.content, {"ward.toml": WARD + printer})
    job = leaflet(editor)
    assert job["state"] == "done", lines(job)
    page = editor.get("office/leaflet").body.decode()
    ids = re.findall(r'made/([0-9a-f]{16})"[^>]*>A5 for the (printer|screen)<', page)
    assert len(ids) == 2
    said = editor.get(f"made/{ids[0][0]}")
    assert (said.body[:5], said.headers["content-type"]) == (b"%PDF-", "application/pdf")
    (words,) = re.findall(r"private/([0-9a-f]{16})", page)
    form = editor.get(f"private/{words}").body.decode()
    (digest,) = re.findall(r'"digest": "([0-9a-f]{32})"', form)
    (path,) = (editor.private / "leaflets").glob("*.md")
    text = path.read_text() + "One more sentence.\n"
    values = {"id": words, "digest": digest, "text": text}
    assert editor.post("private/save", values).status == 200
    assert path.read_text() == text
    assert path.stat().st_mode & 0o777 == 0o600
    assert editor.post("private/save", values).status == 409  # it is another version by now
    assert leaflet(editor)["state"] == "done"


def test_only_what_the_office_made_can_be_seen(editor: RunningEditor) -> None:
    secret = write_files(editor.private, {"secret.md": "x", "leaflets/x.toml": "x"})
    (secret / "leaflets").mkdir(exist_ok=True)
    (secret / "leaflets" / "link.md").symlink_to(secret / "secret.md")
    desk = editor.editor.desk
    names = ("secret.md", "leaflets/x.toml", "leaflets/link.md", "leaflets/../secret.md",
             "casework.csv", "editor/key")  # fmt: skip
    for name in names:
        assert editor.get(f"made/{id_of(desk, name)}").status == 404
        assert editor.get(f"private/{id_of(desk, name)}").status == 404
        values = {"id": id_of(desk, name), "digest": "", "text": "x"}
        assert editor.post("private/save", values).status == 404


def test_answers_in_a_file_are_counted_shown_and_then_written(editor: RunningEditor) -> None:
    write_files(editor.content, {"posts/crossing.md": QUESTION})
    editor.editor.desk.live.update()
    site = editor.editor.desk.live.shown_site()
    assert site
    code = code_of(next(post for post in site.posts if post.file == "posts/crossing.md"))
    messages = [message(f"p{n}@mail.example", f"{code}-A") for n in range(12)]
    mbox = b"".join(b"From - Sat Nov 28 10:00:00 2026\n" + one + b"\n" for one in messages)
    given = upload(editor, "answers", {"answers.mbox": mbox.replace(b"\r\n", b"\n")})
    said = editor.post("office/questions/file", {"from": given})
    job = asked(editor, said)
    assert "This would write, for everybody to see:" in lines(job)
    assert job["question"] == [1, "to write these files"]
    assert not list(editor.content.glob("answers/*"))
    job = ended(editor, said, True)
    assert "1 file written. Look at the site before you publish it." in lines(job)
    (written,) = editor.content.glob("answers/*")
    assert "mail.example" not in written.read_text()
    assert waiting(editor) == []


def test_questions_without_a_mailbox_say_what_to_do(editor: RunningEditor) -> None:
    write_files(editor.content, {"posts/crossing.md": QUESTION})
    job = run(editor, "office/questions/mailbox", {})
    assert lines(job).startswith("The mailbox was not read.")


def test_news_of_the_council_is_shown_and_then_brought_in(
    editor: RunningEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home/cache"))
    source = '\n[[source]]\nfrom = "planit"\nissue = "Grit bins"\n'
    ward = WARD.replace("[ward]\n", '[ward]\nboundary = "data/ward.geojson"\n')
    write_files(editor.content, {"ward.toml": ward + source, "data/ward.geojson": SQUARE})
    with serving() as server:
        for name, address in server.variables.items():
            monkeypatch.setenv(name, address)
        said = editor.post("office/fetch/fetch", {"from": "planit"})
        job = asked(editor, said)
        assert "This would write:" in lines(job)
        before = files_of(editor.content)
        ended(editor, said, True)
    assert files_of(editor.content) != before


def test_the_pages_that_are_linked_are_there(editor: RunningEditor) -> None:
    editor.editor.desk.live.update()
    for office in OFFICES:
        for path, _ in office.links:
            assert editor.get(path).status == 200
