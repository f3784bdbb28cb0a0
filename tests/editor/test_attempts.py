"""Attempts of others to use the editor: each is refused, and nothing is written."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from editor.running import RunningEditor, running_editor
from support import picture, write_site
from wardblog.preview.editor import routes
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response

# Header lines that differ from those of the editor's own page, and the status of the refusal.
# None leaves a line out.
ATTEMPTS: Mapping[str, tuple[int, Mapping[str, str | None]]] = {
    "another name for this computer (DNS rebinding)": (403, {"Host": "ward.example:{port}"}),
    "another name, with its own origin": (
        403,
        {"Host": "ward.example:{port}", "Origin": "http://ward.example:{port}"},
    ),
    "a name that ends like ours": (403, {"Host": "localhost.example:{port}"}),
    "another port": (403, {"Host": "localhost:1"}),
    "no port": (403, {"Host": "localhost"}),
    "an empty host": (403, {"Host": ""}),
    "this computer's address in the house": (403, {"Host": "192.168.1.20:{port}"}),
    "another website": (403, {"Origin": "https://ward.example"}),
    "another port of this computer": (403, {"Origin": "http://localhost:1"}),
    "another name of this computer": (403, {"Origin": "http://127.0.0.1:{port}"}),
    "https instead of http": (403, {"Origin": "https://localhost:{port}"}),
    "an origin that only begins like ours": (403, {"Origin": "http://localhost:{port}.example"}),
    "a sandboxed frame": (403, {"Origin": "null"}),
    "no origin": (403, {"Origin": None}),
    "an empty origin": (403, {"Origin": ""}),
    "a cross-site request": (403, {"Sec-Fetch-Site": "cross-site"}),
    "a neighbouring port": (403, {"Sec-Fetch-Site": "same-site"}),
    "an address that was typed": (403, {"Sec-Fetch-Site": "none"}),
    "a program that is not a browser": (403, {"Sec-Fetch-Site": None}),
    "a form": (415, {"Content-Type": "application/x-www-form-urlencoded"}),
    "a form with a file": (415, {"Content-Type": "multipart/form-data; boundary=x"}),
    "a form in plain text": (415, {"Content-Type": "text/plain"}),
    "JSON in disguise": (415, {"Content-Type": "text/plain; application/json"}),
    "JSON in another encoding": (415, {"Content-Type": "application/json; charset=utf-7"}),
    "no kind": (415, {"Content-Type": None}),
    "compressed": (415, {"Content-Encoding": "gzip"}),
    "in parts": (400, {"Transfer-Encoding": "chunked", "Content-Length": None}),
    "in parts, with a length": (400, {"Transfer-Encoding": "chunked"}),
    "a negative length": (400, {"Content-Length": "-1"}),
    "two lengths": (400, {"Content-Length": "2, 2"}),
    "a length in other digits": (400, {"Content-Length": "\u00b2"}),
    "no token": (403, {"X-Ward-Token": None}),
    "an empty token": (403, {"X-Ward-Token": ""}),
    "the token of an earlier start": (403, {"X-Ward-Token": "x" * 43}),
    "part of the token": (403, {"X-Ward-Token": "{part}"}),
    "the key as the token": (403, {"X-Ward-Token": "{key}"}),
    "no request id": (400, {"X-Ward-Request": None}),
    "a short request id": (400, {"X-Ward-Request": "0"}),
    "a long request id": (400, {"X-Ward-Request": "0" * 65}),
    "a request id with other signs": (400, {"X-Ward-Request": "../" * 8}),
}
# Paths for which nothing is done; `{key}` is the right key.
PATHS = (
    "/_write/{key}/", "/_write/{key}", "/_write/{wrong}/probe", "/_write//probe", "/_write/probe",
    "/_write/{key}/../probe", "/_write/{key}/x/../probe", "/_write/{key}/./probe",
    "/_write/{key}/%2e%2e/probe", "/_write/{key}/..%2fprobe", "/_write/{key}/%5cprobe",
    "/_write/{key}/probe%00", "/_write/{key}/probe%0a", "/_write/{key}/probe/", "/probe",
    "/_write/{key}//probe", "/_write/{key}/probe?x=1", "/_write/{key}/probe#x",
    "//localhost/_write/{key}/probe", "http://localhost/_write/{key}/probe",
    "/_WRITE/{key}/probe", "/_write/{KEY}/probe", "/_write/{key}%20/probe", "/posts/fine.md",
    "/_write/{key}/static/../../../ward.toml", "/_write/{key}/static/api.js",
)  # fmt: skip
BODIES: Mapping[str, bytes] = {
    "nothing": b"",
    "no JSON": b"x=1",
    "half of it": b'{"a": ',
    "a list": b"[1]",
    "a string": b'"a"',
    "null": b"null",
    "not a number": b'{"a": NaN}',
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "nested too deeply": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEditor]:
    """One for all attempts, none of which changes anything."""
    folder = tmp_path_factory.mktemp("attempts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795305600")
        patch.chdir(folder)
        content = write_site(folder / "content", {"images/x.png": picture()})
        with running_editor(content, folder / "private", folder / "output") as running:
            yield running


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> list[EditorRequest]:
    """What reached an action of the editor that accepts everything up to 200,100 bytes."""
    reached: list[EditorRequest] = []

    def note(desk: Desk, request: EditorRequest) -> Response:
        del desk
        reached.append(request)
        return answer({"done": True})

    route = routes.Route(method="POST", path="probe", handler=note, most=200_100)
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, route))
    return reached


def files_below(*folders: Path) -> dict[str, bytes]:
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found}


def filled(value: str, editor: RunningEditor) -> str:
    desk = editor.editor.desk
    return value.format(
        port=editor.port, key=desk.key, KEY=desk.key.upper(), part=desk.token[:-1], wrong="0" * 32
    )


def test_the_editors_own_page_is_answered(
    editor: RunningEditor, probe: list[EditorRequest]
) -> None:
    said = editor.post("probe", {"a": "é"})
    assert (said.status, said.data) == (200, {"done": True})
    assert probe[0].data == {"a": "é"}


@pytest.mark.parametrize("path", ["/", "/all/", "{key}", "{key}static/api.js"])
@pytest.mark.parametrize(
    "line", [("Service-Worker", "script"), ("Sec-Fetch-Dest", "serviceworker")]
)
def test_no_service_worker_is_handed_out(
    editor: RunningEditor, path: str, line: tuple[str, str]
) -> None:
    """It would see the addresses of all pages, and what they send."""
    given = path.replace("{key}", editor.editor.address)
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert editor.ask("GET", given, headers=headers).status == 200
    assert editor.ask("GET", given, headers={**headers, line[0]: line[1]}).status == 403


def test_the_site_and_the_editor_hold_on_to_no_window_of_each_other(editor: RunningEditor) -> None:
    """Browsers part two pages of one origin if what they say of windows is not the same."""
    name = "cross-origin-opener-policy"
    for path in ("/", "/all/", "/none/", "/theme/none.css", "/_preview/share/"):
        assert editor.ask("GET", path).headers[name] == "same-origin-allow-popups"
    for route in ("", "settings", "session", "none", "static/api.js"):
        assert editor.get(route).headers[name] == "same-origin"


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_attempt_is_refused(
    editor: RunningEditor, probe: list[EditorRequest], attempt: str
) -> None:
    status, changes = ATTEMPTS[attempt]
    before = files_below(editor.content, editor.private)
    headers = editor.headers() | {"Content-Length": "2"}
    for name, value in changes.items():
        headers.pop(name, None)
        if value is not None:
            headers[name] = filled(value, editor)
    said = raw_post(editor, f"{editor.editor.address}probe", headers, b"{}")
    assert said == status
    assert probe == []
    assert files_below(editor.content, editor.private) == before


def raw_post(editor: RunningEditor, path: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send exactly these bytes; return the status of the answer."""
    import socket

    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", editor.port), timeout=60) as connection:
        request = f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode()
        connection.sendall(request + body)
        connection.shutdown(socket.SHUT_WR)
        said = b""
        while part := connection.recv(65_536):
            said += part
    return int(said.split(b" ", 2)[1])


@pytest.mark.parametrize("path", PATHS)
def test_no_other_path_is_answered(
    editor: RunningEditor, probe: list[EditorRequest], path: str
) -> None:
    before = files_below(editor.content, editor.private)
    headers = editor.headers() | {"Content-Length": "2"}
    assert raw_post(editor, filled(path, editor), headers, b"{}") in (400, 404, 405)
    assert probe == []
    assert files_below(editor.content, editor.private) == before


@pytest.mark.parametrize("name", ["Host", "Origin", "Sec-Fetch-Site", "Content-Type",
                                  "X-Ward-Token", "X-Ward-Request", "Content-Length"])  # fmt: skip
def test_a_line_that_is_sent_twice_is_refused(
    editor: RunningEditor, probe: list[EditorRequest], name: str
) -> None:
    headers = editor.headers() | {"Content-Length": "2"}
    twice = {**headers, name.lower(): headers[name]}
    assert 400 <= raw_post(editor, f"{editor.editor.address}probe", twice, b"{}") < 500
    assert probe == []


@pytest.mark.parametrize("body", BODIES)
def test_what_is_no_object_is_refused(
    editor: RunningEditor, probe: list[EditorRequest], body: str
) -> None:
    path = f"{editor.editor.address}probe"
    assert editor.ask("POST", path, BODIES[body], editor.headers()).status == 400
    assert probe == []


def test_too_much_is_refused(editor: RunningEditor, probe: list[EditorRequest]) -> None:
    path = f"{editor.editor.address}probe"
    body = json.dumps({"a": "x" * 200_200}).encode()
    said = editor.ask("POST", path, body, editor.headers())
    assert (said.status, said.data["message"]) == (413, "This is too large for the editor.")
    headers = editor.headers() | {"Content-Length": "99999999999999999999"}
    assert raw_post(editor, path, headers, b"{}") == 400
    assert probe == []


def test_a_body_that_ends_early_is_not_used(
    editor: RunningEditor, probe: list[EditorRequest]
) -> None:
    headers = editor.headers() | {"Content-Length": "20"}
    with pytest.raises(IndexError):  # no answer at all
        raw_post(editor, f"{editor.editor.address}probe", headers, b"{}")
    assert probe == []


def test_a_request_is_carried_out_once(editor: RunningEditor, probe: list[EditorRequest]) -> None:
    path, headers = f"{editor.editor.address}probe", editor.headers()
    assert editor.ask("POST", path, b"{}", headers).status == 200
    assert editor.ask("POST", path, b"{}", headers).status == 409
    assert len(probe) == 1


def test_other_methods_are_refused(editor: RunningEditor, probe: list[EditorRequest]) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "post"):
        path = f"{editor.editor.address}probe"
        assert editor.ask(method, path, b"{}", editor.headers()).status >= 400
    assert probe == []


def test_nobody_else_learns_the_token(editor: RunningEditor) -> None:
    path = f"{editor.editor.address}session"
    for site in ("none", "cross-site", "same-site"):
        said = editor.ask("GET", path, headers={"Sec-Fetch-Site": site})
        assert editor.editor.desk.token.encode() not in said.body
    assert editor.editor.desk.token.encode() not in editor.ask("GET", path).body
    assert editor.get("session").data == {"token": editor.editor.desk.token}
    wrong = editor.ask(
        "GET", f"/_write/{secrets.token_hex(16)}/session", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert wrong.status == 404


def test_no_answer_may_be_read_by_another_origin(
    editor: RunningEditor, probe: list[EditorRequest]
) -> None:
    del probe
    for said in (editor.get("session"), editor.post("probe", {}), editor.get("static/api.js")):
        assert not [name for name in said.headers if name.startswith("access-control-")]
        assert said.headers["cross-origin-resource-policy"] == "same-origin"
        assert said.headers["x-content-type-options"] == "nosniff"


def test_the_key_stays_and_the_token_does_not(editor: RunningEditor, tmp_path: Path) -> None:
    with running_editor(editor.content, editor.private, tmp_path / "output") as again:
        assert again.editor.desk.key == editor.editor.desk.key
        assert again.editor.desk.token != editor.editor.desk.token
    key = editor.private / "editor" / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700


def test_the_browser_is_started_with_an_address_that_works_once(editor: RunningEditor) -> None:
    opening = editor.editor.opening()
    assert editor.editor.desk.key not in opening
    first = editor.ask("GET", opening)
    assert (first.status, first.headers["location"]) == (302, editor.editor.address)
    for path in (opening, "/_write/open/", f"/_write/open/{secrets.token_hex(16)}"):
        assert editor.editor.desk.key not in str(editor.ask("GET", path).headers)
    editor.editor.opening()
    assert editor.editor.desk.key not in str(editor.ask("GET", opening).headers)


def test_only_scripts_wait_for_events(editor: RunningEditor) -> None:
    """Another site may open windows, and each would hold a connection."""
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
               "Sec-Fetch-Dest": "document"}  # fmt: skip
    path = "/_preview/events?page=index.html&version=0"
    assert editor.ask("GET", path, headers=headers).status == 403


def test_no_answer_tells_another_page_the_address(editor: RunningEditor) -> None:
    for path in (editor.editor.address, "/", "/images/x.png"):
        assert editor.ask("GET", path).headers["referrer-policy"] == "no-referrer"
