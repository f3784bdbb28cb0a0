"""What is private, and who is named in what is fetched, reaches nothing but private/.

Every command runs once in a folder that has a canary in each such place. A new command is refused
by the first test until `RUNS` says how to try it, or `NOT_RUN` why it cannot be.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import started
from office.canary import tags_in
from office.canary_house import (
    HIDDEN,
    QUESTION,
    Answers,
    CanaryHouse,
    build_house,
    cut_answers,
    good_answers,
    plant,
    serving,
    sheet,
    spoilt_answers,
    web_pages,
    written_answers,
)
from scaffold.old_blog.exports import wxr_item, wxr_meta, wxr_of
from sources.services import wards
from support import EPOCH, ROOT, TODAY, examples, run, write_files
from wardblog.cli import COMMANDS
from wardblog.model import BodyText, Post
from wardblog.model.answer_codes import code_of
from wardblog.support.private_files import write_private

Said = subprocess.CompletedProcess[str]
# Pages of the editor that must not show what is private; the first one is a page of the site.
EDITOR_PAGES = ("", "", "publish", "lists", "settings", "settings/site", "more", "office/share")
# Pages of the preview that could show what is private.
PAGES = ("", "figures/", "streets/eland-road/", "issues/grit-bins/")

# What the councillor's own terminal shows: of an item its words, and of a case the next step, the
# issue and the street.
WORDS_OF_ITEMS = frozenset({"fw"})
_SLIPPED = ("opened", "due", "closed", "status", "date")
# Where canaries must have arrived in private/, or the commands had nothing to give away.
ARRIVALS = ("sources", "listening", "casework.csv", "subscribers.csv")
SHOWN_CELLS = frozenset({"nx", "ki", "ks"})


@dataclass(frozen=True)
class Run:
    """A command with its arguments; `may_say` are tags that its own terminal may show."""

    words: tuple[str, ...] = ()
    statuses: tuple[int, ...] = (0,)
    may_say: frozenset[str] = frozenset()
    by: Callable[[CanaryHouse], Said] | None = None


@dataclass
class Trace:
    """What came of a command: its runs, and the canaries in the files that it wrote."""

    said: list[tuple[Run, Said]] = field(default_factory=list)
    leaked: dict[str, set[str]] = field(default_factory=dict)
    arrived: dict[str, set[str]] = field(default_factory=dict)
    open_to_others: list[str] = field(default_factory=list)
    unasked: set[str] = field(default_factory=set)


def served(house: CanaryHouse) -> Said:
    """`make serve`, and some pages as a browser asks for them."""
    return _served(house, "serve", PAGES)


def edited(house: CanaryHouse) -> Said:
    """`make write`, and those of its pages that are not about what is private."""
    return _served(house, "write", EDITOR_PAGES, "--no-browser")


def _served(house: CanaryHouse, command: str, pages: Sequence[str], *options: str) -> Said:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, started.__file__, "wardblog", command, "--port", str(port), *options]
    environment = {
        **os.environ, **house.variables, "PYTHONPATH": str(ROOT / "plugins"),
        "SOURCE_DATE_EPOCH": EPOCH,
    }  # fmt: skip
    with (house.top / "served").open("w+") as file:
        serving = subprocess.Popen(
            words, cwd=house.folder, env=environment, stdout=file, stderr=file
        )
        try:
            answers = [page_of(port, pages[0], serving)]
            key = house.folder / "private/editor/key"
            base = f"_write/{key.read_text().strip()}/" if command == "write" else ""
            answers += [page_of(port, base + path, serving) for path in pages[1:]]
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                status = serving.wait(60)
            finally:
                serving.kill()
        file.seek(0)
        return subprocess.CompletedProcess(words, status, file.read(), "".join(answers))


def run_in(house: CanaryHouse, *words: str) -> Said:
    variables: dict[str, Any] = house.variables
    return run(*words, cwd=house.folder, **variables)


def page_of(port: int, path: str, serving: subprocess.Popen[bytes]) -> str:
    """A page of the preview, once it is there."""
    while serving.poll() is None:
        try:
            address = f"http://127.0.0.1:{port}/{path}"
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError("the preview has ended")


def with_answers(command: str, answers: Callable[[], Answers]) -> Run:
    """A command that reads answers in another form; they are good again afterwards."""

    def run_it(house: CanaryHouse) -> Said:
        house.server.answers = answers()
        try:
            return run_in(house, command, "--force")
        finally:
            house.server.answers = good_answers()

    return Run(by=run_it, statuses=(0, 1), may_say=WORDS_OF_ITEMS)


def slipped(table: bytes) -> bytes:
    """A table in which a person stands where each date and each status belongs."""
    person = plant("sl", "a cell that has slipped")
    rows = list(csv.DictReader(StringIO(table.decode())))
    for row in rows:
        row.update({name: person.words for name in row if name in _SLIPPED})
    return sheet(rows).encode()


def with_slipped_cells(command: str, *words: str) -> Run:
    """A command that reads a casework file and a diary whose cells have slipped."""

    def run_it(house: CanaryHouse) -> Said:
        tables = [house.private / name for name in ("casework.csv", "diary.csv")]
        before = [table.read_bytes() for table in tables]
        for table, data in zip(tables, before, strict=True):
            table.write_bytes(slipped(data))
        try:
            return run_in(house, command, *words)
        finally:
            for table, data in zip(tables, before, strict=True):
                table.write_bytes(data)
            for draft in house.folder.glob("content/posts/*-report-back.md"):
                if draft.name.startswith(str(TODAY)):  # kept where it does not stop the next one
                    draft.rename(house.top / f"home/{draft.name}")

    return Run(by=run_it, statuses=(0, 1, 2), may_say=SHOWN_CELLS)


def published_again(house: CanaryHouse) -> Said:
    """`make publish` after a change, so that there is a site to go back to."""
    with (house.folder / "content/posts/2026-11-07-eland-road.md").open("a") as post:
        post.write("\nOne more sentence.\n")
    return run_in(house, "publish", "--force")


def ward_files(house: CanaryHouse) -> Said:
    path = house.top / "home/wards.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": wards()}))
    words = ("ward", "--from", str(path), "--code", "E05014021", "--force")
    return run_in(house, *words)


def odd_answers(command: str) -> tuple[Run, ...]:
    """Answers that are not data; a short run tries the worst of them."""
    forms = (spoilt_answers, lambda: web_pages(200), lambda: web_pages(403))
    return tuple(with_answers(command, form) for form in forms[: examples(3, 1)])


def from_files(answers: Callable[[], Answers]) -> Run:
    """`make fetch FROM=` with answers that were downloaded, each of which is one file."""

    def run_it(house: CanaryHouse) -> Said:
        folder = house.private / "downloads"
        folder.mkdir(exist_ok=True)
        paths = []
        for number, (path, (_, _, body)) in enumerate(answers().items()):
            paths.append(folder / f"{number}-{Path(path).name or 'page'}")
            paths[-1].write_bytes(body)
        results = [run_in(house, "fetch", "--from", str(path), "--force") for path in paths]
        words = (f"{one.stdout}\n{one.stderr}" for one in results)
        status = max(one.returncode for one in results)
        return subprocess.CompletedProcess(["fetch", "--from"], status, "".join(words), "")

    return Run(by=run_it, statuses=(0, 1, 2))


def with_people_who_answer(house: CanaryHouse) -> Said:
    """`make answers` with messages, slips, a form's export, a file that is not clear, and none."""
    write_files(house.folder / "content", {"posts/2026-11-09-crossing.md": QUESTION})
    post = Post(
        file="", title="", slug="a-crossing", address="2026/11/a-crossing/", body=BodyText(""),
        date=datetime(2026, 11, 9, tzinfo=UTC),
    )  # fmt: skip
    given = written_answers(code_of(post))
    for name, text in given.items():
        write_private(house.private / name, text.encode())
    paths = [str(house.private / name) for name in given]
    results = [run_in(house, "answers", "--from", path, "--force") for path in paths]
    results.append(run_in(house, "answers"))
    words = "".join(f"{one.stdout}\n{one.stderr}" for one in results)
    assert [one.returncode for one in results] == [0, 0, 0, 2, 0], words
    return subprocess.CompletedProcess(["answers"], 0, words, "")


VISITOR = plant("lg", "a visitor's user name, referrer, query and program in a log")


def with_log(*words: str) -> Run:
    """`make stats` with a log in which one visitor says in every field who it is."""

    def run_it(house: CanaryHouse) -> Said:
        page = (
            f'192.0.2.7 - {VISITOR.email} [16/Nov/2026:12:00:00 +0000] "GET /?who={VISITOR.email}'
            f'&from={VISITOR.email} HTTP/1.1" 304 0 "https://x.example/{VISITOR.email}" '
            f'"Mozilla/5.0 ({VISITOR.name})"'
        )
        feed = page.replace("GET /?", "GET /feeds/all.rss.xml?").replace("Mozilla", "Newsboat")
        broken = f"{VISITOR.words} is no line of a log"
        log = house.private / "access.log"
        log.write_text("\n".join((page, feed, broken, "")))
        log.chmod(0o600)
        return run_in(house, "stats", "--log", "private/access.log", *words)

    return Run(by=run_it)


def with_old_blog(house: CanaryHouse) -> Said:
    """`make import` with an export in which nobody's name is in what the old blog showed."""
    writer = plant("ow", "the address and log-in of who wrote on the old blog")
    reader = plant("or", "the address and computer of who wrote a comment")
    unseen = plant("ou", "a comment that was never shown")
    noted = plant("om", "what WordPress remembers about a post")
    sent = plant("of", "a message sent with a form of the old blog")
    comment = (
        "<wp:comment><wp:comment_author>Alex</wp:comment_author><wp:comment_author_email>"
        f"{reader.email}</wp:comment_author_email><wp:comment_author_IP>{reader.phone}"
        "</wp:comment_author_IP><wp:comment_content>When?</wp:comment_content>"
        "<wp:comment_approved>{approved}</wp:comment_approved></wp:comment>\n"
    )
    hidden = comment.replace("When?", unseen.words).format(approved="0")
    more = comment.format(approved="1") + hidden + wxr_meta("_note", noted.words)
    moment = datetime(2014, 3, 7, tzinfo=UTC)
    items = wxr_item(
        number=3, title="Hello", slug="hello", moment=moment, text="Two bins.", more=more
    ) + wxr_item(number=4, title=sent.words, slug="f", text=sent.words, kind="feedback")
    data = wxr_of(items).replace("robin@old.example.org", writer.email)
    write_private(house.private / "export.xml", data.encode())
    words = ("import", "--from", "private/export.xml", "--comments", "--force")
    results = [run_in(house, *words), run_in(house, *words, "--publish")]
    said = "".join(f"{one.stdout}\n{one.stderr}" for one in results)
    assert [one.returncode for one in results] == [0, 0], said
    assert "There is nothing to publish." not in said
    return subprocess.CompletedProcess(["import"], 0, said, "")


def only_long(*runs: Run) -> tuple[Run, ...]:
    return runs if examples(2, 1) == 2 else ()


FORGOTTEN = plant("sv", "a subscriber who is to be forgotten").email
CASE_18 = "the columns about people of case 18"
# In this order: first what brings something in, then what could show it.
RUNS: dict[str, tuple[Run, ...]] = {
    "fetch": (
        *odd_answers("fetch"),
        *only_long(from_files(cut_answers)),
        Run(("--force",)),
        *only_long(Run()),
    ),
    "listen": (
        *only_long(*odd_answers("listen")),
        Run(("--force",), may_say=WORDS_OF_ITEMS),
    ),
    "cases": (
        Run(may_say=SHOWN_CELLS),
        with_slipped_cells("cases"),
        Run(("--forget", plant("cb", CASE_18).name, "--force"), may_say=frozenset({"cb"})),
    ),
    "case": (
        Run(("--issue", "Planning", "--street", "Eland Road", "--note", plant("an", "the note of "
             "a case that is added").words)),
    ),
    "reply": (
        Run(("--issue", "Grit bins", "--street", "Eland Road")),
        Run(("--case", "17")),
        Run(("--case", "20"), statuses=(0, 1, 2), may_say=SHOWN_CELLS),
    ),
    "report": (
        with_slipped_cells("report", "--since", "2026-10-01", "--force"),
        Run(("--since", "2026-10-01", "--force")),
    ),
    "new": (
        Run(("--title", "A walk", "--tags", "Planning")),
        Run(("--from", "listen:1")),
        Run(("--from", "planning:2026/3301")),
    ),
    "subscribers": (
        Run(("--from", "private/incoming.csv")),
        Run(("--export", "private/list.csv")),
        Run(("--forget", FORGOTTEN), may_say=frozenset({"sv"})),
    ),
    "answers": (Run(by=with_people_who_answer),),
    "import": (Run(by=with_old_blog),),
    "stats": (with_log(), *only_long(with_log("--format", "json")), Run()),
    "html": (Run(),),
    "check": (Run(), *only_long(Run(("--format", "json")))),
    "why": (Run(("--page", "figures/")),),
    "share": (Run(("--post", "2026-11-07-eland-road")),),
    "leaflet": (
        Run(("--posts", "2026-11-07-eland-road", "--size", "A5")),
        Run(("--poster", "Ward surgery")),
    ),
    "newsletter": (Run(),),
    "community": (Run(("--force",)),),
    "publish": (Run(("--dry-run",)), Run(("--force",)), Run(by=published_again)),
    "rollback": (Run(),),
    "serve": (Run(by=served),),
    "write": (Run(by=edited),),
    "ward": (Run(by=ward_files),),
    "start": (Run(),),
    "clean": (Run(),),
}  # fmt: skip
# Commands that cannot run here, and why not.
NOT_RUN: dict[str, str] = {}


class Watch:
    """Reads what has changed in a folder since it was last asked."""

    def __init__(self, house: CanaryHouse) -> None:
        self._house = house
        self._known: dict[Path, tuple[int, int, int]] = {}
        self._clean: set[bytes] = set()
        self.changed()

    def changed(self) -> dict[str, set[str]]:
        """Files with canaries outside of private/, with their tags; also those that git stored."""
        self._git("add", "--all")
        found = {}
        for path in self._house.top.rglob("*"):
            if path.is_symlink() or not path.is_file() or self._is_private(path):
                continue
            at = path.stat()
            state = (at.st_ino, at.st_size, at.st_mtime_ns)
            if self._known.get(path) != state:
                self._known[path] = state
                name = path.relative_to(self._house.top).as_posix()
                if tags := self._tags(path.read_bytes()) | tags_in(name.encode()):
                    found[name] = tags
        return found

    def _tags(self, data: bytes) -> set[str]:
        """The tags in the bytes of a file; a published site has many that were searched before."""
        digest = hashlib.sha256(data).digest()
        if digest in self._clean:
            return set()
        if not (tags := tags_in(data)):
            self._clean.add(digest)
        return tags

    def _is_private(self, path: Path) -> bool:
        return path.is_relative_to(self._house.private)

    def _git(self, *words: str) -> None:
        git = ["git", "-C", str(self._house.folder), *words]
        subprocess.run(git, check=True, capture_output=True)


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Trace]]:
    """Every command, one after the other, in one folder."""
    found: dict[str, Trace] = {}
    with serving() as server:
        house = build_house(tmp_path_factory.mktemp("house"), server)
        subprocess.run(["git", "init", "-q", str(house.folder)], check=True)
        watch, planted_by_hand = Watch(house), set(house.private.rglob("*"))
        for command, runs in RUNS.items():
            trace = found[command] = Trace()
            for one in runs:
                words = (command, *one.words)
                said = one.by(house) if one.by else run_in(house, *words)
                trace.said.append((one, said))
            trace.leaked = watch.changed()
            trace.open_to_others = open_to_others(house.private, planted_by_hand)
            trace.arrived = {name: arrived_in(house.private / name) for name in ARRIVALS}
    found["fetch"].unasked = set(good_answers()) - server.asked
    yield found
    shutil.rmtree(house.top)


def arrived_in(place: Path) -> set[str]:
    """The canaries in a private file or folder."""
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return {tag for path in files for tag in tags_in(path.read_bytes())}


def open_to_others(private: Path, without: set[Path]) -> list[str]:
    """What commands made in private/ that others on this computer can read; private/ as well."""
    made = {private, *private.rglob("*")} - without
    return sorted(
        path.relative_to(private.parent).as_posix()
        for path in made
        if path.stat().st_mode & 0o077 and path.parent.name != "downloads" != path.name
    )


def planted(tags: set[str]) -> list[str]:
    return sorted(HIDDEN.get(tag, tag) for tag in tags)


def test_every_command_is_tried_or_says_why_not() -> None:
    assert set(RUNS) | set(NOT_RUN) == set(COMMANDS)
    assert not set(RUNS) & set(NOT_RUN)
    assert all(len(reason.split()) >= 3 for reason in NOT_RUN.values())


@pytest.mark.parametrize("command", RUNS)
def test_a_command_shows_no_canary(command: str, traces: dict[str, Trace]) -> None:
    for one, said in traces[command].said:
        assert said.returncode in one.statuses, f"{said.stdout}\n{said.stderr}"
        shown = tags_in(f"{said.stdout}\n{said.stderr}".encode()) - one.may_say
        assert planted(shown) == [], f"{said.stdout}\n{said.stderr}"


@pytest.mark.parametrize("command", RUNS)
def test_a_command_writes_no_canary(command: str, traces: dict[str, Trace]) -> None:
    leaked = traces[command].leaked
    assert {name: planted(tags) for name, tags in leaked.items()} == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
@pytest.mark.parametrize("command", RUNS)
def test_a_command_keeps_private_files_closed(command: str, traces: dict[str, Trace]) -> None:
    assert traces[command].open_to_others == []


def test_the_canaries_reached_what_they_were_planted_for(traces: dict[str, Trace]) -> None:
    """What is fetched is kept in private/, and so are the words of the digest."""
    assert traces["fetch"].unasked == set()
    assert traces["fetch"].arrived["sources"] >= {"pl", "pc", "fx", "op", "po", "me"}
    assert traces["listen"].arrived["listening"] >= {"fw"}
    assert "fa" not in traces["listen"].arrived["listening"], "who wrote an item is kept"
    assert traces["cases"].arrived["casework.csv"] >= {"ca", "na", "nx", "ki", "ks"}
    assert traces["case"].arrived["casework.csv"] >= {"an"}
    by_all_ways = "3 people chose to answer: 1 by e-mail, 1 on paper, 1 by a form."
    assert by_all_ways in traces["answers"].said[0][1].stdout
    assert traces["subscribers"].arrived["subscribers.csv"] >= {"su"}
