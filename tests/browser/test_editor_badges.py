"""The state of a post can be read in light and in dark colours, in the list and on its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from browser.axe import violations
from browser.editor_page import POST, editor_on, opened, post_address, ready
from editor.running import RunningEditor
from support import mostly_long
from wardblog.preview.editor.fields import STATES

pytestmark = pytest.mark.browser
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# A copy of the element for each state, as the page makes it.
COPIES = """([selector, states]) => {
  const one = document.querySelector(selector);
  for (const [name, words] of states) {
    const copy = one.cloneNode();
    copy.removeAttribute("id");
    if (copy.classList.contains("state")) copy.className = `state ${name}`;
    copy.textContent = words;
    one.after(copy);
  }
}"""

PALE = """(selector) => document.querySelectorAll(selector).forEach((one) => {
  one.style.color = "#888"; one.style.background = "#999"; })"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEditor]:
    files = {
        "posts/draft.md": POST.replace("Slug: two", "Status: draft\nSlug: three"),
        "posts/later.md": POST.replace("2026-11-20", "2027-11-20").replace(
            "Slug: two", "Slug: four"
        ),
    }
    with editor_on(tmp_path_factory.mktemp("badges"), files) as running:
        yield running


def hard_to_read(page: Page) -> list[str]:
    return [one.html for one in violations(page, COLOURS, left_out="iframe")]


@pytest.mark.parametrize("scheme", mostly_long(("light", "dark"), "dark"))
@pytest.mark.parametrize(("name", "selector"), [("list", ".list .state"), ("post", "#badge")])
def test_every_state_can_be_read(
    browser: Browser,
    running: RunningEditor,
    name: str,
    selector: str,
    scheme: Literal["light", "dark"],
) -> None:
    url = running.url if name == "list" else post_address(running)
    with opened(browser, url, color_scheme=scheme) as page:
        if name == "post":
            ready(page)
        page.wait_for_selector(selector)
        page.evaluate(COPIES, [selector, list(STATES.items())])
        assert hard_to_read(page) == []
        # Each of them was looked at.
        page.evaluate(PALE, ".state, .badge")
        faults = hard_to_read(page)
        assert all(any(f">{words}<" in html for html in faults) for words in STATES.values())


@pytest.mark.parametrize("scheme", mostly_long(("light", "dark"), "dark"))
def test_what_waits_can_be_read_in_the_preview(
    browser: Browser, running: RunningEditor, scheme: Literal["light", "dark"]
) -> None:
    with opened(browser, f"{running.origin}/all/", color_scheme=scheme) as page:
        assert set(page.locator(".waits").all_inner_texts()) == {
            "Draft", "Waits for 20 November 2027",
        }  # fmt: skip
        assert hard_to_read(page) == []
        page.evaluate(PALE, ".waits")
        assert len([html for html in hard_to_read(page) if "waits" in html]) == 2
