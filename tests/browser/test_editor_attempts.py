"""Pages of other sites that know the editor's address still cannot change or read anything.

Tried in a real browser: from another port of this computer, from another site, and from a host
name that is rebound to this computer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from browser.conftest import launched, served
from editor.running import RunningEditor, running_editor
from support import POST, mostly_long, picture, write_site
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
    yield browser.new_context().new_page()
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


# What a script of the site could learn of the editor, in its own tab or in that of the editor.
LEARNS = {
    "referrer": "() => document.referrer",
    "address": "() => location.href",
    "opener": "() => String(window.opener && window.opener.location.href)",
    "parent and top": "() => [parent.location.href, top.location.href].join(' ')",
    "name of the window": "() => window.name",
    "state of the history": "() => JSON.stringify(history.state)",
    "entries of the history": """() => navigation.entries()
        .map((one) => [one.url, JSON.stringify(one.getState() ?? null)].join(' ')).join(' ')""",
    "where it was before": """() => String(window.navigation?.activation?.from?.url)""",
    "what was loaded": """() =>
        performance.getEntries().map((one) => JSON.stringify(one)).join()""",
    "storage of the tab": "() => JSON.stringify({...sessionStorage})",
    "storage": "() => JSON.stringify({...localStorage})",
    "databases": "() => indexedDB.databases().then((all) => JSON.stringify(all))",
    "caches": "() => caches.keys().then((all) => all.join())",
    "cookies": "() => document.cookie",
    "locks": "() => navigator.locks.query().then((all) => JSON.stringify(all))",
    "a window without an address": "() => String(window.open('', 'editor')?.location.href)",
    "addresses without the key": """() => Promise.all(
        ["", "/", "/session", "/open/", "/x/session"].map((path) =>
          fetch(`/_write${path}`).then(async (a) => a.url + (await a.text()), String))
        ).then(String)""",
}
# A service worker sees every request below its scope, also those of other tabs.
WORKER = """
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => event.waitUntil(caches.open("seen")
  .then((cache) => cache.put("/seen", new Response(event.request.url)))));
"""
REGISTER = """() => navigator.serviceWorker.register("/worker.js", {scope: "/"})
  .then(() => navigator.serviceWorker.ready).then(() => "registered", (no) => String(no))"""
SEEN = "() => caches.match('/seen').then((found) => found ? found.text() : '')"
READ_OF_OPENER = """() => { try {
  return opener.location.href + opener.document.documentElement.outerHTML;
} catch (no) { return String(no); } }"""
SITE = "/2026/11/a-fine-post/"
# A page of the site that the editor shows runs this, if a browser lets it.
TAKEN = """try { parent.document.title = "Taken"; } catch (no) { document.title = "Taken"; }"""


@pytest.fixture
def hostile(editor: RunningEditor, monkeypatch: pytest.MonkeyPatch) -> RunningEditor:
    """The site has scripts of somebody else, such as those of a theme, and no policy."""
    get = editor.editor.desk.live.get

    def with_scripts(path: str) -> bytes | None:
        if path in ("worker.js", "taken.js"):
            return (WORKER if path == "worker.js" else TAKEN).encode()
        data = get(path)
        if data and path.endswith(".html"):
            data = data.replace(b'http-equiv="Content-Security-Policy"', b'name="none"')
            return data.replace(b"</head>", b'<script src="/taken.js"></script></head>')
        return data

    monkeypatch.setattr(editor.editor.desk.live, "get", with_scripts)
    return editor


def learned(site: Page) -> dict[str, str]:
    """What each attempt comes to."""
    return {way: str(site.evaluate(code)) for way, code in LEARNS.items()}


def secrets_of(editor: RunningEditor) -> tuple[str, str]:
    return editor.editor.desk.key, editor.editor.desk.token


def gives_away(editor: RunningEditor, found: str) -> bool:
    return any(secret in found for secret in secrets_of(editor))


@pytest.mark.parametrize("how", ["by the link", "in the tab of the editor", "by its address"])
def test_a_script_of_the_site_learns_nothing_of_the_editor(
    hostile: RunningEditor, tab: Page, how: str
) -> None:
    tab.goto(f"{hostile.url}office/cases")
    site = tab
    if how == "by the link":
        with tab.expect_popup() as opened:
            tab.get_by_role("link", name="See the site").click()
        site = opened.value
    elif how == "by its address":
        site = tab.context.new_page()
    if how != "in the tab of the editor":
        site.goto(hostile.origin + SITE)
    else:
        tab.evaluate("(path) => { location.href = path; }", SITE)
        tab.wait_for_url(f"**{SITE}")
    assert site.title() == "Taken", "its script did not run"
    assert [way for way, got in learned(site).items() if gives_away(hostile, got)] == []


def test_a_script_of_the_site_cannot_go_back_to_the_editor_and_read_it(
    hostile: RunningEditor, tab: Page
) -> None:
    """In a tab in which the editor was, with a second window that holds on to it."""
    tab.goto(f"{hostile.url}office/cases")
    tab.evaluate("(path) => { location.href = path; }", SITE)
    tab.wait_for_url(f"**{SITE}")
    with tab.expect_popup() as opened:
        tab.evaluate("() => { window.open('/all/'); }")
    second = opened.value
    second.wait_for_load_state()
    second.evaluate("() => { opener.history.back(); }")
    tab.wait_for_url("**/office/cases")
    assert not gives_away(hostile, str(second.evaluate(READ_OF_OPENER)))


def test_a_window_that_the_site_opened_is_lost_to_it_once_the_editor_is_in_it(
    hostile: RunningEditor, tab: Page
) -> None:
    tab.goto(hostile.origin + SITE)
    with tab.expect_popup() as opened:
        tab.evaluate("() => { window.second = window.open('/all/', 'second'); }")
    second = opened.value
    second.goto(f"{hostile.url}office/cases")
    for code in (
        READ_OF_OPENER.replace("opener", "window.second"),
        READ_OF_OPENER.replace("opener", "window.open('', 'second')"),
    ):
        assert not gives_away(hostile, str(tab.evaluate(code)))


def test_the_site_cannot_have_a_service_worker_which_would_see_the_key(
    hostile: RunningEditor, tab: Page
) -> None:
    tab.goto(hostile.origin + SITE)
    assert tab.evaluate(REGISTER) != "registered"
    other = tab.context.new_page()
    other.goto(f"{hostile.url}office/cases")
    assert not gives_away(hostile, str(tab.evaluate(SEEN)))
    assert tab.evaluate("() => navigator.serviceWorker.getRegistrations().then(String)") == ""


_TAKES = "document.title = 'Taken'"
RAW = (
    f"<script>{_TAKES}</script>",
    "<script src=/taken.js></script>",
    f'<img src=/x.png onerror="{_TAKES}">',
    f'<svg onload="{_TAKES}">',
    "<iframe srcdoc='<script src=/taken.js></script>'></iframe>",
    "<iframe src=/all/></iframe>",
    "<object data=/all/></object>",
    "<base href=//x>",
    "<meta http-equiv=refresh content='0;/all/'>",
    f'<a href="javascript:{_TAKES}">here</a>',
    "<form action=/all/><button>x</form>",
    "<link rel=stylesheet href=/x.css>",
    '<math><mi xlink:href="javascript:1">here</mi></math>',
    f'<details ontoggle="{_TAKES}" open>x</details>',
)
FOUND = "script, iframe, object, embed, base, form, meta[http-equiv=refresh], svg, math, link"


def test_html_in_a_post_brings_no_script_along(editor: RunningEditor, tab: Page) -> None:
    live = editor.editor.desk.live
    tab.goto(editor.origin + SITE)
    title, shown = tab.title(), 0
    for html in RAW:
        draft = f"{POST}\n\n{html}\n\nThe end.\n".encode()
        live.update(draft=("posts/fine.md", draft))
        tab.goto(editor.origin + SITE)
        own = tab.locator("main")
        shown += own.get_by_text("The end.").count()
        assert (html, tab.title()) == (html, title)
        assert (html, own.locator(FOUND).count()) == (html, 0)
        assert "javascript:" not in own.inner_html()
        assert not re.search(r"<[^>]*\son\w+=", own.inner_html())
    assert shown, "every post was refused"


def test_a_page_that_the_editor_shows_runs_nothing(hostile: RunningEditor, tab: Page) -> None:
    tab.goto(f"{hostile.url}post/{hostile.editor.desk.ids.of('posts/fine.md')}")
    tab.wait_for_selector("body.is-ready")
    frame = tab.frame_locator("#preview iframe")
    frame.get_by_text("Some text.").wait_for()
    assert "Taken" not in tab.title()
    assert "Taken" not in str(frame.locator(":root").evaluate("(one) => one.ownerDocument.title"))
