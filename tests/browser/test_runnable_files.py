"""Files that would run as pages do so in a real browser, and never with the policy of the site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Dialog, Error

from runnable import RUNNING
from support import mostly_long
from wardblog.model.media_types import SANDBOX, media_type
from wardblog.views.hosting import POLICY

pytestmark = pytest.mark.browser


@contextmanager
def sent(files: dict[str, bytes], policy: str) -> Iterator[str]:
    """The address at which a server sends these files with a policy, or without any."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path[1:]
            data = files.get(name, b"")
            self.send_response(200)
            self.send_header("Content-Type", media_type(name))
            self.send_header("Content-Length", str(len(data)))
            if policy:
                self.send_header(POLICY, policy)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def runs(browser: Browser, address: str) -> bool:
    """Whether a file that is opened runs something."""
    context = browser.new_context()
    page = context.new_page()
    alerts: list[str] = []

    def note(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    try:
        page.goto(address, wait_until="load")
        page.wait_for_timeout(50)
    except Error as error:
        assert "Download is starting" in error.message, error.message  # noqa: PT017
    context.close()
    return bool(alerts)


@pytest.mark.parametrize("name", mostly_long(RUNNING, "plain.xml", "escape.xml"))
def test_these_files_run_but_for_the_policy(name: str, browser: Browser) -> None:
    with sent(RUNNING, "") as address:
        assert runs(browser, f"{address}/{name}")
    with sent(RUNNING, SANDBOX) as address:
        assert not runs(browser, f"{address}/{name}")


def test_files_with_the_policy_are_shown_and_downloaded(browser: Browser) -> None:
    dot = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>rect{fill:red}'
        b'</style><rect width="9" height="9"/></svg>'
    )
    files = {
        "feed.rss.xml": b"<rss><channel><title>Ward news</title></channel></rss>",
        "dot.svg": dot,
        "list.csv": b"a,b\n",
    }
    pages: dict[str, bytes] = {}
    with sent(files, SANDBOX) as address, sent(pages, "") as plain:
        pages["index.html"] = (
            f'<img src="{address}/dot.svg"><a href="{address}/list.csv">List</a>'
        ).encode()
        context = browser.new_context(accept_downloads=True)
        page = context.new_page()
        page.goto(f"{plain}/index.html")
        assert page.evaluate("document.images[0].naturalWidth") == 9
        with page.expect_download() as waiting:
            page.get_by_role("link", name="List").click()
        assert waiting.value.suggested_filename == "list.csv"
        page.goto(f"{address}/dot.svg")
        fill = page.evaluate("getComputedStyle(document.querySelector('rect')).fill")
        assert fill == "rgb(255, 0, 0)"
        page.goto(f"{address}/feed.rss.xml")
        assert "Ward news" in page.evaluate("document.documentElement.textContent")
        context.close()
