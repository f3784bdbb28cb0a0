"""The editor on a small ward in a real browser, for tests of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from browser.axe import violations
from browser.conftest import PATIENT
from editor.running import RunningEditor, running_editor
from support import EPOCH, picture, write_site

ISSUES = """\
[[issue]]
name = "Grit bins"
colour = "#8a5a00"
about = "Where they are, and who fills them."

[[issue]]
name = "Potholes"
colour = "#3d5a80"
about = "Holes in the road."
"""
POST = """\
Title: Two grit bins moved
Date: 2026-11-20 09:00
Tags: Grit bins, winter
Slug: two-grit-bins-moved
Deadline: 2026-12-05 | Comments close

The council has moved two bins.

Residents asked for it.
"""
FILE = "posts/fine.md"
# What may be on the console of a page that works: the preview's own scripts do not run in it.
_EXPECTED = ("Blocked script execution",)
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True,
}  # fmt: skip

# Whether on a phone, and in which colours. Other tests run axe on a desktop in light colours; a
# long run looks at every form.
FORMS = [
    pytest.param(
        phone, scheme, id=f"{'phone' if phone else 'wide'}-{scheme}",
        marks=() if phone and scheme == "dark" else pytest.mark.long,
    )
    for phone in (False, True)
    for scheme in ("light", "dark")
]  # fmt: skip


@contextmanager
def chosen(page: Page, file: FilePayload) -> Iterator[None]:
    """Chooses a file in the dialog of the computer that opens within the block.

    Playwright does not wait until Chromium knows that it wants that dialog; a question in between
    is answered after that.
    """
    with page.expect_file_chooser() as chooser:
        page.evaluate("0")
        yield
    chooser.value.set_files(file)


@contextmanager
def editor_on(
    tmp_path: Path,
    files: Mapping[str, str | bytes] | None = None,
) -> Iterator[RunningEditor]:
    """The editor of a small ward with one post; ends with the block."""
    given: dict[str, str | bytes] = {
        "issues.toml": ISSUES,
        FILE: POST,
        "images/x.png": picture(600, 400),
    }
    content = write_site(tmp_path / "content", given | dict(files or {}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.chdir(tmp_path)  # what is remembered lies there
        folders = (content, tmp_path / "private", tmp_path / "output")
        with running_editor(*folders) as running:
            yield running


@contextmanager
def opened(
    browser: Browser, url: str, expected: tuple[str, ...] = (), **options: Any
) -> Iterator[Page]:
    """A page of the editor; fails at the end if its console has other words than `expected`."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    context.set_default_timeout(PATIENT)
    page = context.new_page()
    complaints: list[str] = []

    def complain(words: str) -> None:
        if not words.startswith((*_EXPECTED, *expected)):
            complaints.append(words)

    page.on("console", lambda message: complain(message.text))
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("dialog", lambda dialog: complain(dialog.message))
    page.goto(url)
    yield page
    context.close()
    assert complaints == [], complaints


def post_address(running: RunningEditor, file: str = FILE) -> str:
    """The address of the page on which a file is written."""
    return f"{running.url}post/{running.editor.desk.ids.of(file)}"


def ready(page: Page) -> Page:
    """The page once its scripts have made the form and the text."""
    page.wait_for_selector("body.is-ready")
    return page


def faults(page: Page) -> str:
    """What axe finds, apart from the frame with the preview: its pages have own tests."""
    return "\n".join(f"{rule}: {html}" for rule, html in violations(page, left_out="iframe"))
