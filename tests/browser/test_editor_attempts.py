"""Pages of other sites that know the editor's address still cannot change or read anything.

Tried in a real browser: from another port of this computer, from another site, and from a host
name that is rebound to this computer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from browser.conftest import launched, served
from editor.running import RunningEditor, running_editor
from support import mostly_long, picture, write_site
from wardblog.preview.editor import routes
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response

pytestmark = pytest.mark.browser

MAPPED = "--host-resolver-rules=MAP evil.test 127.0.0.1"
# Each sends something to an address with a token and a request id that could be right, and
# resolves to what it could read of the answer.
SENDS = {
    "fetch as JSON": """(url, token) => fetch(url, {method: "POST", body: "{}", headers: {
        "Content-Type": "application/json", "X-Ward-Token": token,
        "X-Ward-Request": "0123456789abcdef0123456789abcdef"}}).then((a) => a.text())""",
    "fetch without asking": """(url) => fetch(url, {method: "POST", body: "{}", mode: "no-cors",
        headers: {"Content-Type": "text/plain"}}).then((a) => a.text())""",
    "beacon": """(url) => new Promise((yes) => {
        navigator.sendBeacon(url, new Blob(["{}"], {type: "text/plain"}));
        setTimeout(yes, 500, ""); })""",
    "form in a frame": """(url) => new Promise((yes) => {
        const frame = document.createElement("iframe"); frame.name = "f";
        document.body.append(frame);
        const form = document.createElement("form"); form.method = "post"; form.action = url;
        form.enctype = "text/plain"; form.target = "f";
        const field = document.createElement("input"); field.name = '{"a":"'; field.value = '"}';
        form.append(field); document.body.append(form); form.submit();
        setTimeout(() => {
          try { yes(frame.contentDocument.body.textContent); } catch { yes(""); } }, 700); })""",
    "sandboxed frame": """(url, token) => new Promise((yes) => {
        const frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "allow-scripts");
        frame.srcdoc = `<script>fetch("${url}", {method: "POST", body: "{}", headers: {
          "Content-Type": "application/json", "X-Ward-Token": "${token}",
          "X-Ward-Request": "0123456789abcdef0123456789abcdef"}})<` + `/script>`;
        document.body.append(frame); setTimeout(yes, 700, ""); })""",
}
READS = {
    "fetch": "(url) => fetch(url).then((a) => a.text())",
    "opaque fetch": "(url) => fetch(url, {mode: 'no-cors'}).then((a) => a.text())",
    "script": """(url) => new Promise((yes) => {
        const script = document.createElement("script"); script.src = url; script.type = "module";
        script.onload = () => yes("loaded"); script.onerror = () => yes("");
        document.head.append(script); })""",
    "frame": """(url) => new Promise((yes) => {
        const frame = document.createElement("iframe"); frame.src = url;
        frame.onload = () => {
          try { yes(frame.contentDocument.body.textContent); } catch { yes(""); } };
        document.body.append(frame); setTimeout(yes, 3000, ""); })""",
    "window": """(url) => new Promise((yes) => {
        const other = window.open(url); setTimeout(() => {
          try { yes(other.document.body.textContent); } catch { yes(""); } }, 700); })""",
}


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[EditorRequest]:
    """What reached an action at `probe`; there is a page at `shown`."""
    found: list[EditorRequest] = []

    def note(desk: Desk, request: EditorRequest) -> Response:
        del desk
        found.append(request)
        return answer({"done": "the secret words"})

    def show(desk: Desk, request: EditorRequest) -> Response:
        del request
        return page(desk, "The secret words", "base.html")

    more = (
        routes.Route(method="POST", path="probe", handler=note),
        routes.Route(method="GET", path="shown", handler=show),
    )
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, *more))
    return found


@pytest.fixture
def editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: list[EditorRequest]
) -> Iterator[RunningEditor]:
    del reached
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"images/x.png": picture()})
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


@pytest.fixture
def tab(playwright: Playwright) -> Iterator[Page]:
    browser = launched(playwright, MAPPED)
    yield browser.new_page()
    browser.close()


def tried(tab: Page, way: str, url: str, token: str) -> str:
    said = tab.evaluate(f"([url, token]) => ({way})(url, token).catch(() => '')", [url, token])
    return str(said or "")


def test_the_editors_own_page_may_send_and_read(
    editor: RunningEditor, reached: list[EditorRequest], tab: Page
) -> None:
    tab.goto(f"{editor.url}shown")
    assert "Posts" in tab.inner_text("nav")
    send = """() => import(document.querySelector('meta[name="ward-base"]').content
        + "static/api.js").then((api) => api.post("probe", {})).then((a) => a.done)"""
    assert tab.evaluate(send) == "the secret words"
    assert len(reached) == 1


@pytest.mark.long
@pytest.mark.parametrize("name", mostly_long(("127.0.0.1", "localhost", "evil.test"), "evil.test"))
def test_another_site_can_neither_send_nor_read(
    editor: RunningEditor, reached: list[EditorRequest], tab: Page, tmp_path: Path, name: str
) -> None:
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/index.html").write_text("<!doctype html><title>x</title><body>x")
    (tmp_path / "evil/favicon.ico").write_text("")
    token = editor.editor.desk.token
    hosts = (f"localhost:{editor.port}", f"127.0.0.1:{editor.port}", f"evil.test:{editor.port}")
    with served(tmp_path / "evil") as address:
        tab.goto(f"{address.replace('127.0.0.1', name)}/index.html")
        for host in hosts:
            base = f"http://{host}{editor.editor.address}"
            for way, code in SENDS.items():
                assert "secret" not in tried(tab, code, f"{base}probe", token), (way, host)
            for way, code in READS.items():
                for path in ("shown", "session"):
                    got = tried(tab, code, f"{base}{path}", token)
                    assert "secret" not in got, (way, host)
                    assert token not in got, (way, host)
    assert reached == []


def test_a_rebound_host_name_is_refused(
    editor: RunningEditor, reached: list[EditorRequest], tab: Page
) -> None:
    """The same origin as far as the browser knows: only the editor can tell that it is not."""
    base = f"http://evil.test:{editor.port}{editor.editor.address}"
    tab.goto(f"{base}shown")
    assert "only for this computer" in tab.inner_text("body")
    for code in SENDS.values():
        said = tried(tab, code, f"{base}probe", editor.editor.desk.token)
        assert "secret" not in said
    assert reached == []


def test_a_page_of_the_site_does_not_learn_the_editors_address(
    editor: RunningEditor, tab: Page
) -> None:
    """Not if it is opened from the editor, nor in the editor's own tab."""
    key = editor.editor.desk.key
    tab.goto(f"{editor.url}shown")
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="See the site").click()
    site = opened.value
    site.wait_for_load_state()
    learns = "() => [document.referrer, String(window.opener), location.href].join(' ')"
    assert key not in site.evaluate(learns)
    entries = "() => navigation.entries().map((one) => String(one.url)).join(' ')"
    assert key not in site.evaluate(entries)
    tab.evaluate("() => { location.href = '/2026/11/a-fine-post/'; }")
    tab.wait_for_url("**/a-fine-post/")
    entries = "() => navigation.entries().map((one) => String(one.url)).join(' ')"
    assert key not in tab.evaluate(learns)
    assert key not in tab.evaluate(entries)
