"""The page with the texts to share, in a browser: its button copies, and anybody can use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.axe import violations
from look import SCHEMES
from support import ROOT, write_site
from wardblog.build.live import LiveSite
from wardblog.preview import SHARE, Preview, make_server

POST = """\
Title: Two bins
Slug: two-bins
Date: 2026-11-20 09:00
Tags: grit bins
Summary: Two bins have moved.

Some text.
"""


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {"posts/fine.md": POST})
    site = LiveSite(ROOT / "pelicanconf.py", content)
    site.update()
    server = make_server(Preview(site, lambda _: None), 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/{SHARE}2026/11/two-bins/"
    server.shutdown()
    server.server_close()


@pytest.mark.long
def test_a_text_is_copied_and_axe_finds_nothing(address: str, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    assert page.locator("button").count() == page.locator("textarea").count() == 8
    page.get_by_role("button", name="Copy the text for Mastodon").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("textarea[data-channel=Mastodon]").input_value()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    context.close()


def test_its_policy_is_kept_and_a_phone_is_wide_enough(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.get_by_role("button").first.click()
    page.get_by_role("status").first.get_by_text("opied").or_(
        page.get_by_text("It is selected.")
    ).first.wait_for()
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
    with_no_script = browser.new_context(java_script_enabled=False)
    page = with_no_script.new_page()
    page.goto(address)
    assert page.locator("button").count() == 0
    assert page.locator("textarea").first.input_value().startswith("Two bins\n")
    with_no_script.close()
