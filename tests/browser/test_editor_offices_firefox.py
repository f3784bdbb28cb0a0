"""Pasting and the pages of the office in Firefox: each makes, counts or shows what it is for."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.editor_page import editor_on, post_address
from browser.firefox import CONTROL, Firefox, firefox, firefox_path
from browser.test_paste_in_editor import MAIL, WRITTEN
from editor.running import RunningEditor
from editor.test_office_pages import LOG
from office.answers import QUESTION, message
from support import WARD
from wardblog.model.answer_codes import code_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,  # test_editor_firefox.py opens the editor in Firefox in every run
    pytest.mark.skipif(firefox_path() is None, reason="Firefox is not installed"),
]
SETTINGS = """
[newsletter]
address = "news@ward.example.org"

[leaflet]
printer = "Sample Press, 2 Print Street, London SW11 0XX"
"""
CROSSING = "posts/crossing.md"


class Person:
    """Somebody with a Firefox, who reads the page, fills in its fields and presses its buttons."""

    def __init__(self, window: Firefox, running: RunningEditor) -> None:
        self.window, self._running = window, running

    def opens(self, path: str) -> None:
        self.window.open(self._running.url + path)

    def reads(self, words: str) -> None:
        """Wait until the page says these words."""
        inside = "document.querySelector('main').innerText"
        self.window.wait(f"return {inside}.includes({json.dumps(words)})", seconds=60)

    def presses(self, words: str) -> None:
        """Press the button or the link with these words."""
        mark = f"""const found = [...document.querySelectorAll("button, a")].find((one) =>
          one.offsetParent && one.textContent.trim() === {json.dumps(words)});
          found?.setAttribute("data-pressed", {json.dumps(words)}); return Boolean(found)"""
        self.window.wait(mark)
        self.window.click(self.window.find(f"[data-pressed={json.dumps(words)}]"))

    def hands_over(self, selector: str, file: Path, data: bytes) -> None:
        file.write_bytes(data)
        self.window.type(self.window.find(selector), str(file))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path, {"ward.toml": WARD + SETTINGS, CROSSING: QUESTION}) as running:
        yield running


@pytest.fixture
def person(tmp_path: Path, running: RunningEditor) -> Iterator[Person]:
    with firefox(tmp_path / "profile") as window:
        yield Person(window, running)


def test_firefox_pastes_what_was_copied(
    person: Person, running: RunningEditor, tmp_path: Path
) -> None:
    window = person.window
    letter = tmp_path / "letter.html"
    letter.write_text(f"<!doctype html><meta charset=utf-8><main contenteditable>{MAIL}</main>")
    window.open(letter.as_uri())
    copied = window.find("main")
    window.click(copied)
    window.type(copied, f"{CONTROL}ac")
    window.open(post_address(running))
    window.wait("return document.body.classList.contains('is-ready')")
    text = window.find(".cm-content", inside=window.find(".codemirror"))
    window.click(text)
    window.type(text, f"{CONTROL}av")
    lines = """return [...document.querySelector(".codemirror").shadowRoot
      .querySelectorAll(".cm-line")].map((one) => one.textContent).join("\\n")"""
    window.wait(f"{lines}.includes('Jane Doe')")
    assert window.run(lines).rstrip("\n") == WRITTEN.rstrip("\n")
    person.reads("This looks like an e-mail. Ask before you publish")
    window.type(text, f"{CONTROL}z")
    window.wait(f"return !({lines.removeprefix('return ')}).includes('Jane Doe')")


def test_firefox_goes_through_the_office(
    person: Person, running: RunningEditor, tmp_path: Path
) -> None:
    person.opens("office/newsletter")
    person.presses("Make it")
    person.reads("As plain text")
    person.window.wait("return document.querySelector('iframe.sheet') !== null")
    while "Two grit bins moved" not in person.window.words_in_frame("iframe.sheet"):
        time.sleep(0.1)
    person.presses("As plain text")

    person.opens("office/leaflet")
    person.presses("Make the leaflet")
    person.reads("Choose one or more posts.")
    person.window.click(person.window.find("fieldset input[type=checkbox]"))
    person.presses("Make the leaflet")
    person.reads("A5 for the printer")

    person.opens("office/share")
    person.presses("Two grit bins moved")
    person.reads("Facebook")
    person.presses("Copy")
    person.reads("Copied.")

    person.opens("office/cases")
    person.window.type(person.window.find("#add-issue"), "Grit bins")
    person.window.type(person.window.find("#add-note"), "empty since Friday")
    person.presses("Add it")
    person.reads("1 open case")

    site = running.editor.desk.live.shown_site()
    assert site
    code = code_of(next(post for post in site.posts if post.file == CROSSING))
    sent = [message(f"p{n}@mail.example", f"{code}-A") for n in range(12)]
    mails = b"".join(b"From - Sat Nov 28 10:00:00 2026\n" + one + b"\n" for one in sent)
    person.opens("office/questions")
    box = tmp_path / "answers.mbox"
    person.hands_over("#file-from", box, mails.replace(b"\r\n", b"\n"))
    press_in(person, "#file-from")
    person.reads("This would write, for everybody to see:")
    person.presses("Yes")
    person.reads("1 file written.")
    assert len(list(running.content.glob("answers/*"))) == 1

    person.opens("office/figures")
    person.hands_over("#count-log", tmp_path / "access.log", LOG.encode())
    person.presses("Count them")
    person.reads("Counted 1 line of 1 file")
    person.presses("See the figures with charts")
    person.reads("Only you can see this page.")


def press_in(person: Person, field: str) -> None:
    """Press the button of the form that has the field."""
    form = f"document.querySelector('{field}').form"
    person.window.run(f"{form}.querySelector('button.main').id = 'its-button'; return 1")
    person.window.click(person.window.find("#its-button"))


def test_firefox_parts_a_window_of_the_site_from_the_editor(
    person: Person, running: RunningEditor
) -> None:
    """As Chromium does in test_editor_attempts.py: a second window could read the first."""
    window = person.window
    person.opens("office/cases")
    window.run("location.href = '/2026/11/two-grit-bins-moved/'; return 1")
    window.wait(
        "return location.pathname.startsWith('/2026/') && document.readyState === 'complete'"
    )
    first = window.call("WebDriver:GetWindowHandle", {})
    window.run(
        """const link = document.createElement("a"); link.href = "/all/"; link.target = "_blank";
        link.rel = "opener"; link.id = "second"; link.textContent = "second";
        link.style = "position: fixed; top: 0; left: 0; z-index: 99";
        document.body.prepend(link); return 1"""
    )
    window.click(window.find("#second"))
    while len(handles := window.call("WebDriver:GetWindowHandles", {})) < 2:
        time.sleep(0.1)
    (second,) = (one for one in handles if one != first)
    window.call("WebDriver:SwitchToWindow", {"handle": second})
    window.wait("return location.pathname === '/all/' && document.readyState === 'complete'")
    assert window.run("return opener !== null")
    window.run("opener.history.back(); return 1")
    window.call("WebDriver:SwitchToWindow", {"handle": first})
    window.wait("return location.pathname.endsWith('/office/cases')")
    window.call("WebDriver:SwitchToWindow", {"handle": second})
    read = """try { return opener.location.href + opener.document.body.outerHTML; }
      catch (no) { return String(no); }"""
    assert running.editor.desk.key not in str(window.run(read))
