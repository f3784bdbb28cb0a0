"""The commands: what they say, what they leave behind, and how they end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import started
from support import (
    DATASET,
    EPOCH,
    ISSUES,
    POST,
    ROOT,
    WARD,
    files_of,
    mostly_long,
    run,
    run_here,
    write_files,
    write_site,
)
from wardblog import cli
from wardblog.cli import check as check_command


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write_site(tmp_path / "content")
    return tmp_path


def make(
    *words: str, cwd: Path = ROOT, venv: str | Path = sys.prefix
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words, f"VENV={venv}"],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )


def test_publish_lists_the_changes_and_the_address(here: Path) -> None:
    first = run("publish", cwd=here)
    assert first.returncode == 0, first.stderr
    assert "Built 1 post and 0 pages into output" in first.stdout
    assert "Published" in first.stdout
    assert "  new     2026/11/a-fine-post/index.html" in first.stdout
    assert "The site is in the folder public. Residents can read it once" in first.stdout
    assert (here / "public/index.html").is_file()
    again = run("publish", cwd=here)
    assert "Nothing to publish: the live site is up to date." in again.stdout
    write_files(here / "content", {"posts/fine.md": POST.replace("Some text", "Other text")})
    edited = run("publish", cwd=here)
    assert "0 new, 14 changed, 0 gone" in edited.stdout
    assert "  changed 2026/11/a-fine-post/index.html" in edited.stdout


def test_a_mistake_leaves_the_published_site_untouched(here: Path) -> None:
    run("publish", cwd=here)
    before, built = files_of(here / "public"), files_of(here / "output")
    write_files(here / "content", {"posts/bad.md": "Title: Bad\n\nText."})
    done = run("publish", cwd=here)
    assert done.returncode == 1
    assert done.stderr.endswith("2 problems. Nothing was written.\n")
    assert (files_of(here / "public"), files_of(here / "output")) == (before, built)


def test_a_dry_run_publishes_nothing(here: Path) -> None:
    done = run("publish", "--dry-run", cwd=here)
    assert done.returncode == 0
    assert "Publishing would send" in done.stdout
    assert not (here / "public").exists()


def test_a_site_without_its_address_can_be_built_but_not_published(here: Path) -> None:
    ward = WARD.replace('url = "https://ward.example.org"\n', "")
    write_files(here / "content", {"ward.toml": ward})
    assert run("html", cwd=here).returncode == 0
    done = run("publish", cwd=here)
    assert done.returncode == 1
    assert done.stderr == (
        'content/ward.toml:1: the site has no "url" yet, so it cannot be published\n'
        "  Write the site's public address under [site]: "
        'url = "https://ward.example.org"\n\n'
        "1 problem. Nothing was written.\n"
    )


def test_rollback_brings_back_the_previous_release(here: Path) -> None:
    run("publish", cwd=here)
    before = files_of(here / "public")
    write_files(here / "content", {"posts/fine.md": POST.replace("Some text", "Other text")})
    run("publish", cwd=here)
    done = run("rollback", cwd=here)
    assert done.stdout == (
        "Release 1 is live again, in the folder public. "
        'To publish the newer site again, run "make publish".\n'
    )
    assert files_of(here / "public") == before
    refused = run("rollback", cwd=here)
    assert (refused.returncode, refused.stderr) == (
        1,
        "There is no earlier release to go back to.\n",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("html", "--content", "contents"), "There is no folder called contents."),
        (("html", "--output", "content"), "OUTPUT=content and CONTENT=content must not be"),
        (("html", "--output", "content/site"), "must not be inside one another."),
        (("html", "--output", "."), "must not be inside one another."),
        (("html", "--output", "content/ward.toml"), "must not be inside one another."),
        (("html", "--output", "file"), "OUTPUT=file is a file."),
        (("new",), "The post needs a title"),
        (("new", "--title", "***"), 'no address can be made from the title "***".'),
        (("shout",), "invalid choice: 'shout'"),
        (("serve", "--port", "abc"), 'PORT cannot be "abc".\n  Choose a number up to 65535'),
        (("serve", "--port", "0"), 'PORT cannot be "0".'),
        (("serve", "--port", "70000"), 'PORT cannot be "70000".'),
        (("serve", "--port", "-1"), 'PORT cannot be "-1".'),
        (("serve", "--port", "٨٠٨٠"), 'PORT cannot be "٨٠٨٠".'),
    ],
)
def test_wrong_usage_gives_status_two_and_a_message(
    words: tuple[str, ...], said: str, here: Path
) -> None:
    (here / "file").touch()
    done = run(*words, cwd=here)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_the_help_of_a_command_is_that_of_the_whole_program(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command has a parser to itself, since those of all others are slow to make."""
    words, helps = [command, "--help"], []
    for parse in (cli.main, cli._whole_parser(words).parse_args):
        with pytest.raises(SystemExit):
            parse(words)
        helps.append(capsys.readouterr())
    assert helps[0] == helps[1]
    assert helps[0].out.startswith(f"usage: wardblog {command} ")


def test_a_crash_gives_one_sentence_and_a_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.chdir(here)
    monkeypatch.setattr(check_command, "content_and_output", broken)
    assert cli.main(["check"]) == 3
    assert capsys.readouterr().err == (
        "The software has a fault (a wheel came off). Your content was not changed.\n"
        "The details are in .wardblog/fault.txt.\n"
    )
    assert "RuntimeError: a wheel came off" in (here / ".wardblog/fault.txt").read_text()
    assert (here / ".wardblog/fault.txt").stat().st_mode & 0o777 == 0o600
    assert (here / ".wardblog").stat().st_mode & 0o777 == 0o700


def test_an_output_folder_that_cannot_be_written_is_one_sentence(here: Path) -> None:
    (here / "output").mkdir()
    (here / "output/404.html").mkdir()
    done = run("html", cwd=here)
    assert done.returncode == 1
    assert "404.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_post_is_written_once(here: Path) -> None:
    done = run("new", "--title", "Two bins", "--tags", "grit bins", cwd=here)
    assert done.stdout == (
        "Created content/posts/2026-11-22-two-bins.md. Open it in your editor to write the post.\n"
    )
    again = run("new", "--title", "Two bins", cwd=here)
    assert again.returncode == 2
    assert again.stderr == (
        "content/posts/2026-11-22-two-bins.md exists already, and was not changed.\n"
    )


def test_a_new_post_has_the_current_time_and_declared_issues(here: Path) -> None:
    moment = str(int(EPOCH) + 14 * 3600 + 300)
    done = run("new", "--title", "Bins", "--tags", "pothole, GRIT BIN, winter", cwd=here,
               SOURCE_DATE_EPOCH=moment)  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == [
        '"winter" is not one of your issues, so it is an ordinary tag.'
    ]
    text = (here / "content/posts/2026-11-22-bins.md").read_text()
    assert "\nDate: 2026-11-22 14:05\nTags: Potholes, Grit bins, winter\n" in text


def test_the_time_of_a_new_post_is_london_time(here: Path) -> None:
    run("new", "--title", "Bins", cwd=here, SOURCE_DATE_EPOCH="1784500200")  # 22:30 in UTC
    assert "Date: 2026-07-19 23:30" in (here / "content/posts/2026-07-19-bins.md").read_text()


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("potholse", ('There is no issue called "potholse". Nothing was written.\n  '
         'Did you mean "Potholes"?')),
        ("xyz, winter", ('There is no issue called "xyz". Nothing was written.\n  Your issues are: '
         "Grit bins, Potholes. Name one of them in TAGS, or write general.")),
    ],
)  # fmt: skip
def test_a_new_post_about_no_issue_is_not_written(tags: str, said: str, here: Path) -> None:
    before = files_of(here)
    done = run("new", "--title", "Bins", "--tags", tags, cwd=here)
    assert done.returncode == 2
    assert said in done.stderr
    assert files_of(here) == before


@pytest.mark.parametrize("tags", ["general", "general, winter", ""])
def test_a_new_post_may_be_about_no_issue_in_particular(tags: str, here: Path) -> None:
    assert run("new", "--title", "Bins", "--tags", tags, cwd=here).returncode == 0


def test_a_site_without_issues_may_have_any_tags(here: Path) -> None:
    (here / "content/issues.toml").write_text("")
    assert run("new", "--title", "Bins", "--tags", "winter", cwd=here).returncode == 0


def test_a_long_title_gets_a_shorter_address(here: Path) -> None:
    run("new", "--title", "word " * 60, cwd=here)
    (post,) = (here / "content/posts").glob("2026-11-22-*")
    assert len(post.stem) <= 111
    assert f"\nSlug: {post.stem[11:]}\n" in post.read_text()


@pytest.mark.long
def test_a_post_can_begin_from_what_changed_in_a_list(here: Path) -> None:
    write_files(
        here / "content",
        {
            "issues.toml": f'{ISSUES}{DATASET}previous = "data/old.csv"\nshow = "all"\n',
            "data/bins.csv": "Ref,Name,Lat,Lon\n1,Elm Road,51.461,-0.16\n",
            "data/old.csv": "Ref,Name,Lat,Lon\n2,Oak Road,51.469,-0.16\n",
        },
    )
    done = make("new", f"CONTENT={here}/content", "FROM=grit-bins")
    assert done.returncode == 0, done.stderr
    text = (here / "content/posts/2026-11-22-bins-what-changed.md").read_text()
    assert "Summary: 1 new, 1 gone since the previous list." in text
    wrong = run("new", "--from", "trees", cwd=here)
    assert wrong.returncode == 2
    assert wrong.stderr == 'There is no list called "trees".\n  The lists are: bins.\n'


def test_why_shows_what_a_page_is_made_from_and_what_last_changed_it(here: Path) -> None:
    def why(page: str) -> str:
        done = run("why", "--page", page, cwd=here)
        return done.stdout + done.stderr

    assert why("issues/grit-bins/").endswith("It has not been built yet.\n")
    run("html", cwd=here)
    whole = "It was built with the whole site, and has not changed since."
    assert why("https://ward.example.org/issues/grit-bins/") == (
        "/issues/grit-bins/ is made from:\n"
        "  theme/templates/: issue.html, base.html, _macros.html\n"
        "  content/ward.toml\n"
        "  content/issues.toml\n"
        f"  content/posts/ (the title, date and the like): fine.md\n{whole}\n"
    )
    write_files(here / "content", {"posts/fine.md": POST.replace("A fine", "A finer")})
    behind = " Something it is made from has changed since: the next build checks it again.\n"
    assert why("/issues/grit-bins/").endswith(f"{whole}{behind}")
    run("html", cwd=here)
    last = "It was last rebuilt on 22 November 2026, because content/posts/fine.md changed.\n"
    assert why("issues/grit-bins").endswith(last)
    assert why("feeds/all.json").endswith(last)
    assert why("subscribe/").endswith(f"{whole}\n")
    run("html", cwd=here, SOURCE_DATE_EPOCH="1798070400")
    (here / "output/404.html").write_text("mine")
    run("html", cwd=here, SOURCE_DATE_EPOCH="1798070400")
    assert "because its file in the output folder changed" in why("404.html")
    assert why("isues/grit-bins/") == (
        'There is no page "isues/grit-bins/" on this site.\n  Did you mean "issues/grit-bins/"?\n'
    )
    assert why("") == "Say which page.\n  make why PAGE=issues/grit-bins/\n"


def test_make_start_asks_first(here: Path) -> None:
    before = files_of(here)
    done = run("start", cwd=here)
    assert done.returncode == 0
    assert done.stdout.endswith('Type "yes" to do that: Nothing was changed.\n')
    assert files_of(here) == before


def test_serve_shows_a_saved_change_and_a_mistake_as_in_the_terminal(here: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, started.__file__, "wardblog", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": EPOCH}
    page = f"http://127.0.0.1:{port}/2026/11/a-fine-post/"
    with (here / "said").open("w") as said:
        serving = subprocess.Popen(words, cwd=here, env=environment, stdout=said, stderr=said)
        try:
            assert soon(lambda: "Some text." in fetched(page))
            write_files(here / "content", {"posts/fine.md": POST.replace("grit", "girt")})
            assert soon(lambda: "Fix this first" in fetched(page))
            told = "content/posts/fine.md:3: there is no issue called"
            assert told in fetched(page)
            assert told in (here / "said").read_text()
            write_files(here / "content", {"posts/fine.md": POST.replace("Some", "Other")})
            assert soon(lambda: "Other text." in fetched(page))
            taken = run("serve", "--port", str(port), cwd=here)
            assert taken.returncode == 2
            assert f"Port {port} cannot be used" in taken.stderr
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                assert serving.wait(60) == 0
            finally:
                serving.kill()


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - the loopback
            return str(answer.read().decode())
    except OSError:
        return ""


def soon(is_so: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def test_clean_removes_what_was_built_and_nothing_else(here: Path) -> None:
    run("html", cwd=here)
    write_files(here / "output", {"holiday.jpg": "mine"})
    assert run("clean", cwd=here).returncode == 0
    assert list(files_of(here / "output")) == ["holiday.jpg"]


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_folders_are_relative_to_the_working_folder(tmp_path: Path) -> None:
    write_site(tmp_path / "sites" / "ward")
    (tmp_path / "here").mkdir()
    result = run("html", "--content", "../sites/ward", "--output", "../out", cwd=tmp_path / "here")
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "out" / "index.html").is_file()


SETTINGS = (
    "The settings are: CASE, CODE, COMMENTS, CONTENT, DRY_RUN, EXPORT, FORCE, FORGET, FORMAT, "
    "FROM, ISSUE, LOG, NAME, NOTE, OUTPUT, PAGE, PICTURES, PORT, POST, POSTCODE, POSTER, POSTS, "
    "PRIVATE, PUBLISH, PYTHON, SEND, SINCE, SIZE, STREET, TAGS, TITLE, UPLOADS, VENV."
)


class TestMake:
    def test_help_names_the_commands(self) -> None:
        done = make()
        for command in ("publish", "serve", "new", "check", "html", "rollback", "start", "clean"):
            assert f"make {command}" in done.stdout

    def test_content_and_output_may_be_anywhere(self, here: Path) -> None:
        done = make("html", f"CONTENT={here}/content", f"OUTPUT={here}/the site")
        assert done.returncode == 0, done.stderr
        assert (here / "the site/index.html").is_file()

    def test_a_title_may_hold_quotes_and_dollars(self, here: Path) -> None:
        title = """Bins: "two" for Mo's $5 `now`"""
        done = make("new", f"CONTENT={here}/content", "TITLE=" + title.replace("$", "$$"))
        assert done.returncode == 0, done.stderr
        text = next((here / "content/posts").glob("2026-11-22-*")).read_text()
        assert text.startswith(f"Title: {title}\n")

    @pytest.mark.parametrize(
        "title",
        mostly_long(
            (
                "Bins for $5 $HOME $(x) ${y} $",
                "-5 degrees, and no grit",
                "--force",
                '50% of # bins: it\'s `id` "x" \\n; exit 3 | & <b>',
            ),
            "Bins for $5 $HOME $(x) ${y} $",
        ),
    )
    def test_a_title_is_taken_as_typed(self, title: str, here: Path) -> None:
        done = make("new", f"CONTENT={here}/content", f"TITLE={title}")
        assert (done.returncode, done.stderr) == (0, "")
        text = next((here / "content/posts").glob("2026-11-22-*")).read_text()
        assert text.startswith(f"Title: {title}\n")

    def test_a_folder_name_is_taken_as_typed(self, here: Path) -> None:
        folder = here / "it's $HOME; touch x"
        (here / "content").rename(folder)
        done = make("check", f"CONTENT={folder}")
        assert (done.returncode, done.stdout) == (0, "No problems.\n")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("new TITLE=Two grit bins", ('Put quotation marks around TITLE. Nothing was written.\n'
             '  Write: make new TITLE="Two grit bins"\n')),
            ("new TITLE=Check the bins TAGS=grit bins",
             ("Put quotation marks around TITLE and TAGS. Nothing was written.\n"
             '  Write: make new TITLE="Two grit bins moved" TAGS="grit bins, winter"\n')),
            ("new TITLE=Clean check", ('Put quotation marks around TITLE. Nothing was written.\n'
             '  Write: make new TITLE="Clean check"\n')),
            ("new TITLE=It's 50% $5", ("Put quotation marks around TITLE. Nothing was written.\n"
             "  Write: make new TITLE='It'\"'\"'s 50% $5'\n")),
            ("new Two grit bins", ("The title needs TITLE= before it. Nothing was written.\n"
             '  Write: make new TITLE="Two grit bins"\n')),
            ("publsh", ('There is no command called "publsh". Did you mean "make publish"? '
             'Nothing was done.\n  Run "make" to list all commands.\n')),
            ("preview", ('There is no command called "preview". Did you mean "make serve"? '
             'Nothing was done.\n  Run "make" to list all commands.\n')),
            ("content", ('There is no command called "content". Nothing was done.\n'
             '  Run "make" to list all commands.\n')),
            ("publish now", ('"now" is not a command. Did you mean only "make publish"? '
             'Nothing was done.\n  Run "make" to list all commands.\n')),
            ("help me", ('"me" is not a command. Did you mean only "make help"? '
             'Nothing was done.\n  Run "make" to list all commands.\n')),
            ("serve prot=8001", ('There is no setting "prot=...". Did you mean "PORT=..."? '
             f"Nothing was done.\n  {SETTINGS}\n")),
            ("publish DRYRUN=1", ('There is no setting "DRYRUN=...". Did you mean "DRY_RUN=..."? '
             f"Nothing was done.\n  {SETTINGS}\n")),
            ("check CONTENT=-x",
             ("There is no folder called -x.\n"
             "  After CONTENT=, write the name of your content folder.\n")),
            ("lint extra", ('"extra" is not a command. Did you mean only "make lint"? '
             'Nothing was done.\n  Run "make" to list all commands.\n')),
            ("check CONTENT=/nowhere",
             ("There is no folder called /nowhere.\n"
             "  After CONTENT=, write the name of your content folder.\n")),
        ],
    )  # fmt: skip
    def test_unknown_words_get_a_message_and_do_nothing(self, words: str, said: str) -> None:
        done = make(*words.split())
        assert (done.stderr, done.stdout) == (said, "")
        assert done.returncode != 0

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's scheduler")
    def test_make_stays_silent_when_the_computer_is_too_busy_to_run_it(
        self, tmp_path: Path
    ) -> None:
        """Make runs only when nothing else wants the processor: the command ends before it."""
        (tmp_path / "command.py").write_text(
            "import os, sys\n"
            "from wardblog.support.exit_status import end, make_above\n"
            "make, one = make_above(), {min(os.sched_getaffinity(0))}\n"
            "os.sched_setaffinity(make, one)\n"
            "os.sched_setaffinity(0, one)\n"
            "os.sched_setscheduler(make, os.SCHED_IDLE, os.sched_param(0))\n"
            "print('No.', file=sys.stderr)\n"
            "os._exit(end(1, make))\n"
        )
        (tmp_path / "Makefile").write_text(
            "all:\n\t@exec env WARD_MAKE=$$PPID "
            f"PYTHONPATH={ROOT}/plugins {sys.executable} command.py\n"
        )
        done = subprocess.run(["make"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.stderr, done.returncode) == ("No.\n", 1)

    def test_a_ward_is_named_on_the_line_and_not_by_the_computer(self, here: Path) -> None:
        """Some systems give the computer's own NAME to all programs."""
        words = ("ward", "POSTCODE=SW$$11", f"CONTENT={here}/content")
        done = subprocess.run(
            ["make", *words, f"VENV={sys.prefix}"], cwd=ROOT, capture_output=True, text=True,
            check=False, env={**os.environ, "NAME": "my-laptop", "CODE": "E05014020"},
        )  # fmt: skip
        assert done.stderr == (
            '"SW$11" is not a full postcode.\n  Write it like this: POSTCODE="SW11 5JY"\n'
        )

    def test_a_failing_command_fails_where_no_signal_reaches_make(self) -> None:
        done = subprocess.run(
            ["sh", "-c", f"make check CONTENT=/nowhere VENV={sys.prefix} & wait $!"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert done.stderr.startswith("There is no folder called /nowhere.")

    def test_a_failing_command_prevents_the_next_from_running(self, here: Path) -> None:
        write_files(here / "content", {"posts/fine.md": POST.replace("Title", "Titel")})
        done = make("check", "html", f"CONTENT={here}/content", f"OUTPUT={here}/output")
        assert done.returncode != 0
        assert done.stderr.count("1 problem") == 0
        assert "problems. Nothing was written." in done.stderr
        assert "***" not in done.stderr
        assert not (here / "output").exists()

    def test_ctrl_c_stops_a_command_with_a_single_word(self, here: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folders = (f"CONTENT={here}/content", f"OUTPUT={here}/output")
        process = subprocess.Popen(
            ["make", "serve", *folders, f"PORT={port}", f"VENV={sys.prefix}"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0,
        )  # fmt: skip
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("The site is at")
            os.killpg(process.pid, signal.SIGINT)
            assert process.communicate(timeout=60)[1] == "\nStopped.\n"
            assert process.returncode == -signal.SIGINT
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def test_a_second_run_does_no_set_up_work(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"bin/python": ""})
        for name in ("site", "tools", "browser", "bench"):  # each newer than what it is made from
            (tmp_path / f"{name}.stamp").touch()
        done = make("--dry-run", "test", "test-long", "html", venv=tmp_path)
        assert done.returncode == 0
        assert "-m pytest" in done.stdout
        assert "pip install" not in done.stdout
        assert "support.extras" not in done.stdout
        assert "-m venv" not in done.stdout


@pytest.mark.parametrize(
    "epoch",
    [
        "9" * 30,
        "253402300800",
        "-1",
        "+5",
        "1e9",
        "1795305600.5",
        "today",
        "2026-11-22",
        "١٢٣",
        "0x10",
    ],
)
@pytest.mark.parametrize("command", [("check",), ("new", "--title", "Bins")])
def test_an_invalid_source_date_epoch_is_one_sentence(
    command: tuple[str, ...], epoch: str, here: Path
) -> None:
    done = run_here(*command, cwd=here, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert done.stderr == (
        f"SOURCE_DATE_EPOCH={epoch[:20]} is not a time.\n"
        "  It must be a number of seconds since 1970. Remove it from the environment.\n"
    )


def test_ctrl_c_before_a_command_begins_is_one_word(here: Path) -> None:
    (here / "early").mkdir()
    (here / "early/argparse.py").write_text("raise KeyboardInterrupt\n")
    done = subprocess.run(
        [sys.executable, "-m", "wardblog", "check"],
        env={**os.environ, "PYTHONPATH": f"{here}/early:{ROOT}/plugins"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "\nStopped.\n")
