"""A page on another site, whose host name is rebound to this machine, cannot read the preview.

That is DNS rebinding, tried in a real browser: `evil.test` is mapped to the loopback there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from browser.conftest import launched
from browser.conftest import served as served_folder
from support import POST, ROOT, write_site
from wardblog.build.live import LiveSite
from wardblog.preview import Preview, make_server, serve

pytestmark = pytest.mark.browser

DRAFT = POST.replace("fine", "draft").replace("Tags", "Status: draft\nTags")
PAGE = "2026/11/a-draft-post/"
MAPPED = "--host-resolver-rules=MAP evil.test 127.0.0.1, MAP evil6.test [::1]"
# What a page can try; each gives what it could read, or nothing.
TRIES = {
    "fetch": "u => fetch(u).then(a => a.text())",
    "opaque fetch": "u => fetch(u, {mode: 'no-cors'}).then(a => a.text())",
    "image": """u => new Promise((yes) => {
        const image = new Image();
        image.onload = () => yes('loaded'); image.onerror = () => yes(''); image.src = u; })""",
    "script": """u => new Promise((yes) => {
        const script = document.createElement('script');
        script.onload = () => yes('loaded'); script.onerror = () => yes('');
        script.src = u; document.head.append(script); })""",
    "events": """u => new Promise((yes) => {
        const events = new EventSource(u);
        events.onopen = () => yes('opened'); events.onmessage = (e) => yes(e.data);
        events.onerror = () => { events.close(); yes(''); }; })""",
    "frame": """u => new Promise((yes) => {
        const frame = document.createElement('iframe');
        frame.onload = () => {
          try { yes(frame.contentDocument.body.textContent); } catch { yes(''); } };
        frame.src = u; document.body.append(frame); setTimeout(() => yes(''), 3000); })""",
}


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"posts/draft.md": DRAFT})
    site = LiveSite(ROOT / "pelicanconf.py", content)
    site.update()
    preview, stop = Preview(site, lambda _: None), threading.Event()
    server = make_server(preview, 0)
    thread = threading.Thread(target=serve, args=(server, preview, [content], stop))
    thread.start()
    yield server.server_port
    stop.set()
    thread.join()


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    browser = launched(playwright, MAPPED)
    yield browser.new_page()
    browser.close()


def tried(page: Page, way: str, address: str) -> str:
    return str(page.evaluate(f"u => ({TRIES[way]})(u).catch(() => '')", address))


def test_a_site_with_another_host_name_gets_nothing(port: int, page: Page, tmp_path: Path) -> None:
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/index.html").write_text("<!doctype html><title>x</title><body>x")
    (tmp_path / "evil/favicon.ico").write_text("")
    with served_folder(tmp_path / "evil") as evil:
        own = f"http://localhost:{port}"
        page.goto(f"{own}/{PAGE}")
        assert "Some text." in page.content()  # her own browser sees the draft
        script = page.locator('script[src*="_preview"]').get_attribute("src")
        events = f"/_preview/events?version=9&page={PAGE}index.html"
        evil_page = evil.replace("127.0.0.1", "evil.test")
        for host in (f"evil.test:{port}", f"localhost:{port}", f"127.0.0.1:{port}"):
            page.goto(f"{evil_page}/index.html")
            for way in TRIES:
                for path in (f"/{PAGE}", "/images/x.png", script, events):
                    got = tried(page, way, f"http://{host}{path}")
                    assert "Some text." not in got, (way, host, path)
                    assert got in ("", "x") or "only for this computer" in got, (way, host, path)


@pytest.mark.long
def test_a_rebound_host_name_gets_a_message_and_nothing_else(port: int, page: Page) -> None:
    """The same origin as far as the browser knows: only the preview can tell that it is not."""
    for name in ("evil.test", "evil6.test"):
        page.goto(f"http://{name}:{port}/{PAGE}")
        assert page.inner_text("body").strip() == (
            "This is only for this computer. Open it at the address that was shown at the start."
        )
        for way in ("fetch", "events", "image", "frame"):
            got = tried(page, way, f"http://{name}:{port}/{PAGE}")
            assert "Some text." not in got
            assert got in ("", "x") or "only for this computer" in got, way
