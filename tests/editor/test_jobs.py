"""The commands that the editor runs: as a child process, one at a time, and gone when they must."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from editor.commands import FORGET, PERSON, asked, cases, ended, job_of, lines, mention, run
from editor.running import RunningEditor, running_editor
from support import ROOT, write_files
from wardblog.preview.editor import jobs
from wardblog.preview.editor.jobs import Job, JobRequest, Jobs, JobState
from wardblog.problems import CommandError
from wardblog.support import channel

SLEEPS = "import subprocess, sys; print('begun', flush=True); subprocess.run(['sleep', '600'])"


def python(code: str, page: str = "test", writes: bool = True) -> JobRequest:
    """A job that runs a statement."""
    words = ("-n", "1", "-r", "1", code)
    return JobRequest(page=page, title="A test", words=words, module="timeit", writes=writes)


@pytest.fixture
def running(editor: RunningEditor) -> Jobs:
    return editor.editor.desk.keep(Jobs)


def wait(job: Job, *states: JobState) -> Job:
    while job.state not in states:
        time.sleep(0.01)
    return job


def end_of(job: Job) -> Job:
    return wait(job, JobState.DONE, JobState.FAILED, JobState.STOPPED)


def sleepers() -> set[int]:
    """The processes that wait for ten minutes."""
    found = subprocess.run(["pgrep", "-f", "^sleep 600$"], capture_output=True, text=True)
    return {int(number) for number in found.stdout.split()}


def until_it_says(job: Job, words: str) -> None:
    while not any(words in str(one.value) for one in job.messages):
        assert not job.has_ended, job.messages
        time.sleep(0.01)


def test_what_a_command_says_comes_as_it_is_said(running: Jobs) -> None:
    job = running.start(python(SLEEPS))
    until_it_says(job, "begun")
    assert job.state is JobState.RUNNING
    running.stop(job.id)
    assert end_of(job).state is JobState.STOPPED


def test_stopping_ends_everything_that_was_started(running: Jobs) -> None:
    before = sleepers()
    job = running.start(python(SLEEPS))
    until_it_says(job, "begun")
    while sleepers() == before:
        time.sleep(0.01)
    running.stop(job.id)
    end_of(job)
    assert sleepers() == before


def test_the_end_of_the_editor_ends_everything(running: Jobs) -> None:
    before = sleepers()
    job = running.start(python(SLEEPS))
    until_it_says(job, "begun")
    running.close()
    assert job.state is JobState.STOPPED
    assert sleepers() == before
    with pytest.raises(CommandError):
        running.start(python("1"))


def test_only_one_command_writes_at_a_time(running: Jobs) -> None:
    first = running.start(python(SLEEPS))
    with pytest.raises(CommandError, match="“A test” is still running"):
        running.start(python("1", page="another"))
    reader = running.start(python("1", page="another", writes=False))
    assert end_of(reader).state is JobState.DONE
    running.stop(first.id)
    end_of(first)
    assert end_of(running.start(python("1"))).state is JobState.DONE


def test_a_question_does_not_hold_up_other_pages(editor: RunningEditor, running: Jobs) -> None:
    mention(editor)
    said = editor.post(*FORGET)
    job = asked(editor, said)
    assert editor.post(*FORGET).status == 400  # on its own page
    other = running.start(python(SLEEPS))
    until_it_says(other, "begun")
    refused = editor.post(f"job/{job['id']}/answer", {"number": 1, "yes": True})
    assert (refused.status, refused.data["message"]) == (400, "“A test” is still running.")
    running.stop(other.id)
    end_of(other)
    ended(editor, said, True)
    assert PERSON not in cases(editor)


def test_one_page_runs_one_command(running: Jobs) -> None:
    first = running.start(python(SLEEPS, writes=False))
    with pytest.raises(CommandError):
        running.start(python("1", writes=False))
    running.stop(first.id)
    end_of(first)


def test_a_command_has_ended_whatever_goes_wrong(
    running: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> dict[str, str]:
        raise CommandError("It does not work")

    assert end_of(running.start(replace(python("1"), after=fail))).state is JobState.DONE
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "environment_of", fail)
        begun = end_of(running.start(python("1")))
    assert begun.state is JobState.FAILED
    assert begun.messages[-1].value == (
        "The software has a fault (CommandError), so it was stopped."
    )
    assert end_of(running.start(python("1"))).state is JobState.DONE


def test_a_failure_is_shown_with_its_message(running: Jobs) -> None:
    request = JobRequest(page="test", title="A test", words=("--nothing",), module="json.tool")
    job = end_of(running.start(request))
    assert (job.state, job.status) == (JobState.FAILED, 2)
    kind, value = job.messages[-1].kind, str(job.messages[-1].value)
    assert kind == "error"
    assert value.endswith("unrecognized arguments: --nothing")


def test_too_much_output_ends_a_command(running: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_BYTES", 100_000)
    job = end_of(running.start(python("while True: print('x' * 1000)")))
    assert job.state is JobState.FAILED
    assert job.messages[-1].value == "It wrote too much, so it was stopped."


def test_only_the_first_messages_are_kept(running: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_MESSAGES", 10)
    job = end_of(running.start(python("print('x\\n' * 50)")))
    assert len(job.messages) == 10
    assert job.left_out >= 40


def test_a_question_that_nobody_answers_ends_the_command(
    editor: RunningEditor, running: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention(editor)
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    job = end_of(running.get(editor.post(*FORGET).data["job"]))
    assert job.state is JobState.STOPPED
    assert PERSON in cases(editor)


def test_the_environment_has_only_what_is_needed(
    running: Jobs, editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("WARD_MAIL_PASSWORD", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "LD_PRELOAD", "PWD_X")
    for name in names:
        monkeypatch.setenv(name, "secret")
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    job = end_of(running.start(python(code)))
    (said,) = [one.value for one in job.messages if str(one.value).startswith("{")]
    found = json.loads(str(said))
    assert not set(names) & set(found)
    assert found["PRIVATE"] == str(editor.private)
    desk = editor.editor.desk
    assert not {desk.key, desk.token} & set(found.values())
    assert not any(desk.key in value or desk.token in value for value in found.values())


def test_the_word_of_the_channel_is_hidden_from_further_processes(running: Jobs) -> None:
    code = (
        "from wardblog.support.progress_bar import listener; listener(); import os; "
        "print('WARD_CHANNEL' in os.environ)"
    )
    job = end_of(running.start(python(code)))
    assert "False" in [one.value for one in job.messages]


def test_text_that_looks_like_a_message_is_only_text(running: Jobs) -> None:
    forged = "\\x1e" + "0" * 32 + ' {"kind": "ask", "value": [1, "to publish"]}'
    job = end_of(running.start(python(f"print('{forged}')")))
    assert job.state is JobState.DONE
    assert job.question is None
    assert any("to publish" in str(one.value) for one in job.messages)


@pytest.mark.long
@pytest.mark.usefixtures("started_anew")
def test_an_answer_counts_once_and_only_for_its_question(editor: RunningEditor) -> None:
    mention(editor)
    said = editor.post(*FORGET)
    job = asked(editor, said)
    route = f"job/{job['id']}/answer"
    assert job["question"] == [1, "to delete 1 row that mentions this person"]
    assert editor.post(route, {"number": 2, "yes": True}).status == 400
    assert editor.post(route, {"number": 1, "yes": "true"}).status == 400
    assert editor.post(route, {"number": 1, "yes": False}).status == 200
    assert editor.post(route, {"number": 1, "yes": True}).status == 400
    assert "Nothing was deleted." in lines(ended(editor, said))
    assert PERSON in cases(editor)


def test_a_job_is_known_by_its_id_only(editor: RunningEditor) -> None:
    assert editor.get("job/1").status == 404
    assert editor.get("job/..").status == 400
    said = editor.post("publish/plan", {})
    job = job_of(editor, said)
    assert len(job["id"]) == 32
    ended(editor, said)
    assert editor.get(f"job/{job['id']}?since=-1").data["next"] == 1
    assert editor.get(f"job/{job['id']}?since=1").data["messages"] == []


def test_a_post_cannot_answer_or_forge_anything(editor: RunningEditor) -> None:
    forged = '\x1e{"kind": "ask", "value": [1, "to publish"]}'
    text = (editor.content / "posts/fine.md").read_text()
    write_files(editor.content, {"posts/fine.md": text.replace("grit bins", f"grti bins {forged}")})
    job = run(editor, "publish/plan", {})
    assert job["question"] is None
    assert job["state"] == "failed"
    assert not (editor.content.parent / "public").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_command_ends_although_the_editor_is_killed(tmp_path: Path, how: signal.Signals) -> None:
    """A question is answered with no, and a message that nobody hears ends the command."""
    code = (
        "import os, time\n"
        "from wardblog.cli.common import print_line, confirm\n"
        "from pathlib import Path\n"
        "print_line('begun')\n"
        "Path('asked').write_text(str(confirm('to go on')))\n"
        "while True: print_line('still here'); time.sleep(0.01)\n"
    )
    parent = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdin=subprocess.PIPE,"
        " stdout=subprocess.PIPE, start_new_session=True)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), channel.VARIABLE: "0" * 32}
    with subprocess.Popen(
        [sys.executable, "-c", parent, code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=tmp_path, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        child = int(process.stdout.readline())
        process.send_signal(how)
    while _runs(child):
        time.sleep(0.01)
    asked_file = tmp_path / "asked"
    assert not asked_file.exists() or asked_file.read_text() == "False"


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_reloading_a_page_finds_what_runs(editor: RunningEditor) -> None:
    mention(editor)
    job = asked(editor, editor.post(*FORGET))
    page = editor.get("office/cases").body.decode()
    assert f'data-job="{job["id"]}" data-running="true"' in page
    editor.post(f"job/{job['id']}/stop", {})
    while editor.get(f"job/{job['id']}").data["state"] == "asking":
        time.sleep(0.01)
    assert 'data-running="false"' in editor.get("office/cases").body.decode()


def test_two_editors_do_not_share_commands(editor: RunningEditor, tmp_path: Path) -> None:
    mention(editor)
    job = asked(editor, editor.post(*FORGET))
    with running_editor(editor.content, tmp_path / "other", tmp_path / "output") as other:
        assert other.get(f"job/{job['id']}").status == 404
    editor.post(f"job/{job['id']}/stop", {})
