"""A draft that takes very long to read holds nothing up: other pages answer, and Ctrl+C ends it."""

from __future__ import annotations

import http.client
import json
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from editor.running import RunningEditor
from editor.test_documents import FINE, everything_below, ident, opened, typed
from editor.test_write_command import free_port, started
from growth import assert_grows_with_input
from support import POST, mostly_long, write_site
from wardblog.content import time_limit
from wardblog.content.cache import CachedReading
from wardblog.content.posts import ContentReader
from wardblog.office.diary import DIARY_FILE
from wardblog.preview.editor.documents import rows
from wardblog.preview.editor.ids import Ids
from wardblog.preview.editor.shown_files import id_of
from wardblog.support.main_thread import result_of

A, B = "a" * 16, "b" * 16
SLOW = "Too slow to read.\n"
# Each footnote is looked for in all others.
FOOTNOTES = "".join(f"[^{n}]: x\n" for n in range(20_000))


class HeldDraft:
    """A draft whose reading goes on until it is `released`, as if it took very long."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.begun, self.released = threading.Event(), threading.Event()
        read = ContentReader._read

        def held(reader: ContentReader, file: str) -> CachedReading:
            if SLOW.encode() in (reader._content_index.drafts.get(file) or b""):
                self.begun.set()
                while not self.released.is_set():
                    time.sleep(0.01)
            return read(reader, file)

        patch.setattr(ContentReader, "_read", held)
        patch.setattr(time_limit, "HURRIED_SECONDS", 600.0)
        patch.setattr(time_limit, "SECONDS", 600.0)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldDraft]:
    draft = HeldDraft(monkeypatch)
    yield draft
    draft.released.set()


def test_other_pages_answer_while_a_draft_is_read(editor: RunningEditor, held: HeldDraft) -> None:
    (editor.content / "posts/other.md").write_text(POST.replace("fine", "other"))
    editor.editor.desk.preview.update()
    document = opened(editor)
    assert editor.ask("GET", "/").status == 200  # what it loads later is made once
    answers: dict[str, Any] = {}

    def send(name: str, sent: dict[str, Any]) -> None:
        answers[name] = editor.post("post/draft", sent)

    def meanwhile() -> list[int]:
        hostile = threading.Thread(
            target=send, args=("hostile", typed(document, text=SLOW, page=A))
        )
        hostile.start()
        assert held.begun.wait(60)
        routes = ("", "session", f"post/{ident(editor)}", f"post/{ident(editor)}/document",
                  "settings", "more", "publish")  # fmt: skip
        told = [editor.get(route).status for route in routes]
        told += [editor.ask("GET", path).status for path in ("/", "/issues/grit-bins/", "/all/")]
        sent = typed(opened(editor, "posts/other.md"), text="Words of B.\n", page=B)
        other = threading.Thread(target=send, args=("other", sent))
        other.start()
        while b"Words of B." not in everything_below(editor.private):
            time.sleep(0.01)  # it is kept before the preview is made
        assert not answers
        held.released.set()
        hostile.join()
        other.join()
        return told

    assert set(result_of(meanwhile)) == {200}
    assert [answers[name].status for name in ("hostile", "other")] == [200, 200]


def test_a_hostile_draft_is_given_up_and_the_next_one_is_shown(
    editor: RunningEditor,
) -> None:
    document = opened(editor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_limit, "HURRIED_SECONDS", 0.5)
        drafted = editor.post("post/draft", typed(document, text=FOOTNOTES, page=A)).data
    assert [one["message"] for one in drafted["messages"]] == [
        "this text takes too long to check while you type"
    ]
    drafted = editor.post("post/draft", typed(document, text="Words again.\n", page=A)).data
    assert drafted["messages"] == []
    assert b"Words again." in editor.ask("GET", f"/{drafted['address']}").body


def test_a_page_lists_no_more_messages_than_somebody_reads(editor: RunningEditor) -> None:
    document = opened(editor, as_text=True)
    text = POST.replace("\n\n", "\n" + "Places: Eland Road\n" * 1101 + "\n", 1)
    messages = editor.post("post/draft", typed(document, text=text, page=A)).data["messages"]
    assert len(messages) == 101
    assert messages[-1]["message"] == "this file has 1,001 more problems"
    assert messages[-1]["hint"] == "The rest is listed once some of these are fixed."
    assert {one["severity"] for one in messages} == {"stop"}
    given = id_of(editor.editor.desk, DIARY_FILE)
    sent = {"id": given, "text": "date,what\n" + "Someday,Surgery\n" * 101}
    messages = editor.post("private/look", sent).data["messages"]
    assert len(messages) == 101
    assert messages[-1]["message"] == "This file has 1 more problem"


def lines(one: str) -> Callable[[int], str]:
    return lambda size: "\n".join([one.replace("{n}", str(n)) for n in range(size)])


HEADERS = {
    "places that are not found": lines("Places: Eland Road"),
    "lines that are not known": lines("Update: 2026-11-21 | x{n}"),
    "names that are not known": lines("Xy{n}: a"),
    "answers": lambda size: "Question: x?\n" + lines("Answer: {n} | x")(size),
    "old addresses": lines("Aliases: /x{n}/"),
    "reasons": lines("Allow: personal-data because {n}"),
}
BODIES = {"empty lines": lambda size: "\n" * 50 * size, "letters": lines("Yours,\nJohn\n\n")}


@pytest.mark.parametrize(
    "kind",
    mostly_long(
        [*HEADERS, *BODIES],
        "places that are not found",
        "lines that are not known",
        "old addresses",
        "letters",
    ),
)
def test_twice_the_text_takes_twice_the_work(editor: RunningEditor, kind: str) -> None:
    document = opened(editor, as_text=True)

    def prepare(size: int) -> Callable[[], object]:
        if kind in HEADERS:
            text = POST.replace("\n\n", f"\n{HEADERS[kind](size)}\n\n", 1)
        else:
            text = POST + BODIES[kind](size)
        sent = json.dumps(typed(document, text=text, page=A)).encode()

        def work() -> None:
            assert editor.editor.receive("post/draft", sent).status == 200
            opened(editor, as_text=True)

        return work

    assert_grows_with_input(prepare, 400)


def test_twice_the_lines_of_two_versions_take_twice_the_work() -> None:
    def prepare(size: int) -> Callable[[], object]:
        mine, theirs = (
            "\n".join(f"{n % 120}\n{side}{n}" for n in range(size)) for side in ("a", "b")
        )
        return lambda: rows(mine, theirs)

    assert_grows_with_input(prepare, 1000)


def test_ctrl_c_while_a_hostile_draft_is_read_ends_the_program(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {})
    port = free_port()
    with started(tmp_path, f"--port={port}", "--no-browser") as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("The editor is at ").strip()
        base = address.removeprefix(f"http://localhost:{port}")
        key = (tmp_path / "private/editor/key").read_text().strip()
        given = Ids(tmp_path / "content", key).of(FINE)

        def ask(method: str, route: str, body: bytes | None, **more: str) -> bytes:
            connection = http.client.HTTPConnection("localhost", port, timeout=60)
            headers = {"Sec-Fetch-Site": "same-origin", **more}
            with closing(connection):
                connection.request(method, base + route, body, headers)
                return connection.getresponse().read()

        document = json.loads(ask("GET", f"post/{given}/document", None))
        sent = json.dumps(typed(document, text=FOOTNOTES, page=A)).encode()
        token = json.loads(ask("GET", "session", None))["token"]
        headers = {
            "Origin": f"http://localhost:{port}", "Content-Type": "application/json",
            "X-Ward-Token": token, "X-Ward-Request": secrets.token_hex(16),
        }  # fmt: skip

        def send() -> None:
            with suppress(OSError, http.client.HTTPException):
                ask("POST", "post/draft", sent, **headers)

        sending = threading.Thread(target=send)
        sending.start()
        while b"[^19999]" not in everything_below(tmp_path / "private"):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        sending.join()
    assert (process.returncode, errors) == (0, "\nStopped.\n")
