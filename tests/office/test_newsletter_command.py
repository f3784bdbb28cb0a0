"""`make newsletter`: what it says, what it writes, and when it sends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from office.letters import POSTS
from support import EPOCH, WARD, files_of, run, write_site
from wardblog import cli
from wardblog.office.newsletter.record import mark_sent

NEWSLETTER = '\n[newsletter]\naddress = "news@ward.example.org"\n'
SMTP = NEWSLETTER + 'via = "smtp"\nhost = "smtp.example.org"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PRIVATE", raising=False)
    monkeypatch.delenv("OUTPUT", raising=False)
    write_site(tmp_path / "content", {**POSTS, "ward.toml": WARD + NEWSLETTER})
    return tmp_path


def test_the_first_run_creates_the_file_and_shows_the_issue(here: Path) -> None:
    done = run("newsletter", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    size = f"{round((here / 'private/newsletters/2026-11.html').stat().st_size / 1000)} kB"
    assert done.stdout == (
        "Created private/newsletters/2026-11.md. Write your introduction there, and run the "
        "command again.\n"
        f'"Shaftesbury ward blog, November 2026", {size}.\n'
        "For your mail program: private/newsletters/2026-11.eml and "
        "private/newsletters/2026-11.html\n"
        "Preview: private/newsletters/preview/index.html\n"
        "Nothing was sent. Publish the site first, so that the links work; then run: "
        "make newsletter SEND=1\n"
    )
    assert set(files_of(here / "private")) == {
        f"newsletters/{name}" for name in (
            "2026-11.md", "2026-11.eml", "2026-11.html", "preview/index.html", "preview/issue.html",
            "preview/issue.txt", "preview/light.html", "preview/dark.html", "preview/2026-11.json",
        )
    }  # fmt: skip


def test_twice_is_the_same_and_nothing_else_is_written(here: Path) -> None:
    before = files_of(here / "content")
    run("newsletter", cwd=here)
    first = files_of(here / "private")
    done = run("newsletter", cwd=here)
    assert (
        "The introduction and the order are those in private/newsletters/2026-11.md" in done.stdout
    )
    assert files_of(here / "private") == first
    assert files_of(here / "content") == before
    assert {p.name for p in here.iterdir()} == {"content", "private"}


def test_without_settings_it_says_what_is_missing_to_send(here: Path) -> None:
    (here / "content/ward.toml").write_text(WARD, encoding="utf-8")
    done = run("newsletter", cwd=here)
    assert done.returncode == 0
    assert "To send it from here, add [newsletter] to ward.toml" in done.stdout


def test_a_problem_in_the_file_is_shown_with_its_line_and_stops_it(here: Path) -> None:
    run("newsletter", cwd=here)
    file = here / "private/newsletters/2026-11.md"
    preview = files_of(here / "private/newsletters/preview")
    file.write_text("Title: A\nOrder: Coming upp\n\nRing Mary on 07700 900123.\n", encoding="utf-8")
    done = run("newsletter", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        'private/newsletters/2026-11.md:2: there is no part and no post called "Coming upp"\n'
        '  Did you mean "Coming up"?'
    )
    assert "private/newsletters/2026-11.md:4: this gives away" in done.stderr
    assert done.stderr.endswith("2 problems. No newsletter was made.\n")
    assert files_of(here / "private/newsletters/preview") == preview


def test_a_problem_in_the_content_stops_it(here: Path) -> None:
    (here / "content/posts/bins.md").write_text("Title: A\nDate: no\n\nText.\n", encoding="utf-8")
    done = run("newsletter", cwd=here)
    assert done.returncode == 1
    assert "content/posts/bins.md:2:" in done.stderr
    assert not (here / "private").exists()


@pytest.mark.parametrize(
    "private",
    [
        "content/private",
        "content",
        ".",
        "output/private",
        "public",
        "public/private",
        "public.releases",
    ],
)
def test_a_private_folder_that_could_be_published_is_refused(here: Path, private: str) -> None:
    before = files_of(here)
    done = run("newsletter", cwd=here, PRIVATE=private)
    assert done.returncode == 2
    assert f"PRIVATE={private} and " in done.stderr
    assert "must not be inside one another" in done.stderr
    assert files_of(here) == before


def test_another_private_folder(here: Path) -> None:
    assert run("newsletter", cwd=here, PRIVATE="mine").returncode == 0
    assert (here / "mine/newsletters/2026-11.md").is_file()
    assert not (here / "private").exists()


def test_a_file_that_is_a_link_is_refused(here: Path) -> None:
    (here / "private/newsletters").mkdir(parents=True)
    (here / "secret.md").write_text("Title: A\n\nHello.\n", encoding="utf-8")
    (here / "private/newsletters/2026-11.md").symlink_to(here / "secret.md")
    done = run("newsletter", cwd=here)
    assert done.returncode == 1
    assert "private/newsletters/2026-11.md is not an ordinary file" in done.stderr


Command = Callable[..., int]


@pytest.fixture
def command(here: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command in this process."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(here)
    monkeypatch.setattr("gc.disable", lambda: None)
    return lambda *words: cli.main(["newsletter", *words])


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was handed to the module that sends."""
    calls: list[tuple[Any, ...]] = []
    sending = SimpleNamespace(send=lambda *given: calls.append(given))
    monkeypatch.setitem(sys.modules, "wardblog.office.sending", sending)
    return calls


def test_only_with_send_is_it_handed_to_the_sender(
    here: Path, command: Command, sent: list[tuple[Any, ...]]
) -> None:
    (here / "content/ward.toml").write_text(WARD + SMTP, encoding="utf-8")
    assert command() == 0
    assert sent == []
    assert command("--send") == 0
    ((finished, settings, site, private, confirm, say, watch),) = sent
    assert finished.name == "2026-11"
    assert finished.html == (here / "private/newsletters/preview/issue.html").read_text("utf-8")
    assert finished.text == (here / "private/newsletters/preview/issue.txt").read_text("utf-8")
    assert (settings.via, site.title, private) == ("smtp", "Shaftesbury ward blog", Path("private"))
    assert all(map(callable, (confirm, say, watch)))
    assert not (here / "private/newsletters/2026-11.eml").exists()


def test_nothing_is_sent_if_there_is_nothing_new(
    here: Path, command: Command, sent: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    for post in POSTS:
        (here / "content" / post).unlink()
    assert command() == 0
    told = capsys.readouterr()
    assert "Nothing new was published since 22 October 2026" in told.out
    assert "write an introduction in private/newsletters/2026-11.md" in told.out
    assert command("--send") == 1
    assert "Nothing was sent.\n  To send one anyway" in capsys.readouterr().err
    assert sent == []
    assert not (here / "private/newsletters/preview").exists()


def test_an_issue_that_was_sent_in_part_keeps_its_text(
    here: Path,
    command: Command,
    sent: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (here / "content/ward.toml").write_text(WARD + SMTP, encoding="utf-8")
    assert command("--send") == 1
    assert "Nothing was sent, since this issue was begun just now" in capsys.readouterr().err
    assert sent == []
    assert command("--send") == 0
    later = str(int(EPOCH) + 20 * 86400)
    (here / "private/newsletters/2026-11.journal").write_text("{}\n", encoding="utf-8")
    new = POSTS["posts/bins.md"].replace("Bins moved", "More bins").replace("11-20", "12-10")
    (here / "content/posts/new.md").write_text(new, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    capsys.readouterr()
    assert command("--send") == 0
    assert (
        "This is the issue 2026-11.\nSome people have already received it"
        in capsys.readouterr().out
    )
    assert sent[1][0] == sent[0][0]
    (here / "private/newsletters/2026-11.sending.json").unlink()
    assert command() == 1
    assert "The newsletter 2026-11 was sent to some people, and private" in capsys.readouterr().err
    mark_sent(Path("private"), "2026-11", datetime(2026, 12, 11, tzinfo=UTC))
    assert command() == 0
    assert command("--send") == 0
    assert sent[2][0].name == "2026-12"
    assert "More bins" in sent[2][0].text


@pytest.mark.parametrize(
    ("is_terminal", "screen", "opens"),
    [(True, ":0", True), (True, "", False), (False, ":0", False)],
)
def test_the_preview_opens_only_for_somebody_who_can_see_it(
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    is_terminal: bool,
    screen: str,
    opens: bool,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", screen)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: is_terminal)
    assert command() == 0
    assert [url.startswith("file:///") and url.endswith("/preview/index.html")
            for url in opened] == [True] * opens  # fmt: skip
