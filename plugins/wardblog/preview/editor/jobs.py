"""Runs the kit's own commands for the editor, as processes that end with it."""

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.editor_words import in_editor
from wardblog.preview.editor.environment import environment_of
from wardblog.preview.editor.job_output import OutputLines, Parts, read_stream
from wardblog.preview.editor.problem_links import shown_problem
from wardblog.preview.editor.request import MissingError
from wardblog.problems import CommandError
from wardblog.publish.processes import running
from wardblog.support import channel
from wardblog.support.channel import Message, answer_line
from wardblog.support.late_dataclass import dataclass

# How many messages of a command are kept, and how long all of them and one line may be, in bytes.
MOST_MESSAGES, MOST_BYTES = 5_000, 16_000_000
# How many commands that have ended are remembered.
_MOST_ENDED = 20
# How long a question waits for its answer, in seconds.
PATIENCE = 1800.0
# After the process, what it wrote may take this long to arrive, in seconds.
_REST = 2.0
# The folder of this software's packages.
_PLUGINS = Path(__file__).resolve().parents[3]


class JobState(StrEnum):
    """`ASKING` waits for an answer; the last three are ends."""

    RUNNING = "running"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """A command to run: `words` follow its module; only `--name=value`, never a bare value.

    `page` is the page that shows it, `writes` whether it must run alone, and `purpose` says which
    part of the environment it needs. When it has ended, `after` is called, and `shown` gives what
    the page shows of its result; its argument is what it printed for other programs.
    """

    page: str
    title: str
    words: tuple[str, ...]
    module: str = "wardblog"
    writes: bool = True
    purpose: str = ""
    after: Callable[[], object] | None = None
    shown: Callable[[str], dict[str, Any]] | None = None


@dataclass(slots=True, kw_only=True)
class Job:
    """A command that runs or has run, with what it said so far."""

    request: JobRequest
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    state: JobState = JobState.RUNNING
    messages: list[Message] = field(default_factory=list)
    left_out: int = 0
    question: tuple[int, str] | None = None
    progress: tuple[str, int, int] | None = None
    status: int | None = None
    # Bytes of the output as they come, by stream; None is a request to stop.
    parts: Parts = field(default_factory=SimpleQueue)
    stdin: IO[bytes] | None = None
    asked_at: float = 0.0

    @property
    def has_ended(self) -> bool:
        return self.state not in (JobState.RUNNING, JobState.ASKING)

    def values(self, since: int = 0) -> dict[str, Any]:
        """What a page needs to show it, with the messages from number `since` on."""
        return {
            "id": self.id,
            "page": self.request.page,
            "title": self.request.title,
            "state": self.state.value,
            "messages": [{"kind": m.kind, "value": m.value} for m in self.messages[since:]],
            "next": len(self.messages),
            "left_out": self.left_out,
            "question": list(self.question) if self.question else None,
            "progress": list(self.progress) if self.progress else None,
            "status": self.status,
            "shown": self._shown(),
        }

    def _shown(self) -> dict[str, Any] | None:
        show = self.request.shown
        return show(self.text()) if show and self.has_ended else None

    def text(self) -> str:
        """What it gave for other programs."""
        texts = (str(one.value) for one in self.messages if one.kind == channel.TEXT)
        return "\n".join(texts)


class Jobs:
    """The commands of one editor: at most one that writes, and all end with the editor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.RLock()
        self._is_closed = False

    def start(self, request: JobRequest) -> Job:
        """Start a command; raises `CommandError` while another one writes."""
        with self._lock:
            if self._is_closed:
                raise CommandError("The editor is closing", "Start it again with: make write")
            if busy := next((one for one in self._jobs.values() if _blocks(one, request)), None):
                raise _still_running(busy)
            job = Job(request=request)
            self._jobs[job.id] = job
            self._forget_oldest()
            thread = threading.Thread(target=self._run, args=(job,), daemon=True)
            self._threads[job.id] = thread
            thread.start()
        return job

    def get(self, given: str) -> Job:
        """The job with this id; raises `MissingError`."""
        with self._lock:
            job = self._jobs.get(given)
        if job is None:
            raise MissingError("The editor no longer knows about this", "Start it again.")
        return job

    def latest(self, page: str) -> Job | None:
        """What was last started on a page."""
        with self._lock:
            return next(
                (job for job in reversed(self._jobs.values()) if job.request.page == page), None
            )

    def answer(self, given: str, number: int, *, is_yes: bool) -> None:
        """Answer the question of a job; raises `CommandError` if it no longer asks it."""
        job = self.get(given)
        with self._lock:
            if not job.question or job.question[0] != number or job.stdin is None:
                raise CommandError("This question was answered already")
            if is_yes and (busy := self._writing_beside(job)):
                raise _still_running(busy)
            job.question, job.state = None, JobState.RUNNING
            with suppress(OSError, ValueError):  # it has ended meanwhile
                job.stdin.write(answer_line(number, is_yes=is_yes))
                job.stdin.flush()

    def _writing_beside(self, job: Job) -> Job | None:
        """Another job that writes just now; one that waits for an answer does not."""
        if not job.request.writes:
            return None
        others = (one for one in self._jobs.values() if one is not job and one.request.writes)
        return next((one for one in others if one.state is JobState.RUNNING), None)

    def stop(self, given: str) -> None:
        """End a command and everything that it started."""
        self.get(given).parts.put(None)

    def close(self) -> None:
        """End all commands, and wait until they have ended."""
        with self._lock:
            self._is_closed = True
            threads = [self._threads[job.id] for job in self._jobs.values() if not job.has_ended]
            for job in self._jobs.values():
                job.parts.put(None)
        for thread in threads:
            thread.join()

    def _forget_oldest(self) -> None:
        ended = [one.id for one in self._jobs.values() if one.has_ended]
        for old in ended[: max(len(ended) - _MOST_ENDED, 0)]:
            del self._jobs[old], self._threads[old]

    def _run(self, job: Job) -> None:
        """Run a command to its end; whatever goes wrong, nothing waits for it any more."""
        state = JobState.FAILED
        try:
            state = self._run_command(job)
        except OSError as error:
            self._add(job, Message(channel.ERROR, f"It could not be started: {error.strerror}."))
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            fault = f"The software has a fault ({type(error).__name__}), so it was stopped."
            self._add(job, Message(channel.ERROR, fault))
        finally:
            with self._lock:
                job.stdin, job.question, job.progress = None, None, None
            try:
                if job.request.after:
                    with suppress(OSError, CommandError):
                        job.request.after()
            finally:
                job.state = state

    def _run_command(self, job: Job) -> JobState:
        word = secrets.token_hex(16)
        environment = environment_of(self._desk, job.request.purpose, _PLUGINS)
        command = [sys.executable, "-m", job.request.module, *job.request.words]
        with running(
            command, stdin=subprocess.PIPE, env={**environment, channel.VARIABLE: word}
        ) as process:
            job.stdin = process.stdin
            state = self._follow(job, process, word)
            job.status = process.poll()
        return state

    def _follow(self, job: Job, process: subprocess.Popen[bytes], word: str) -> JobState:
        """Read what a process writes until it has ended; it is ended if somebody stops it."""
        streams = (process.stdout, process.stderr)
        for number, stream in enumerate(streams):
            assert stream  # noqa: S101 - as asked for when it was started
            arguments = (job.parts, number, stream)
            threading.Thread(target=read_stream, args=arguments, daemon=True).start()
        lines, size, is_open = OutputLines(word), 0, len(streams)
        gone = 0.0
        while is_open and (not gone or time.monotonic() - gone < _REST):
            if process.poll() is not None:
                gone = gone or time.monotonic()
            try:
                part = job.parts.get(timeout=0.1 if gone else 1.0)
            except Empty:
                if job.state is JobState.ASKING and time.monotonic() - job.asked_at > PATIENCE:
                    self._add(job, Message(channel.ERROR, "Nobody answered, so it was stopped."))
                    return JobState.STOPPED
                continue
            if part is None:
                return JobState.STOPPED
            number, data = part
            size += len(data)
            if size > MOST_BYTES:
                self._add(job, Message(channel.ERROR, "It wrote too much, so it was stopped."))
                return JobState.FAILED
            is_open -= not data
            for message in lines.read(number, data):
                self._add(job, message)
        return JobState.FAILED if process.wait() else JobState.DONE

    def _add(self, job: Job, message: Message) -> None:
        with self._lock:
            value = message.value
            if message.kind == channel.ASK and isinstance(value, list):
                job.question, job.asked_at = (int(value[0]), str(value[1])), time.monotonic()
                job.state = JobState.ASKING
            elif message.kind == channel.PROGRESS and isinstance(value, list):
                job.progress = (str(value[0]), int(value[1]), int(value[2]))
            elif len(job.messages) >= MOST_MESSAGES:
                job.left_out += 1
            elif message.kind == channel.PROBLEM and isinstance(value, list):
                job.messages.append(Message(message.kind, shown_problem(self._desk, value)))
            else:
                is_read = message.kind in (channel.SAY, channel.ERROR)
                value = in_editor(str(value)) if is_read else value
                job.messages.append(Message(message.kind, value))


def _blocks(one: Job, request: JobRequest) -> bool:
    """Whether a job must end before this one may start; what waits for an answer need not."""
    if one.request.page == request.page:
        return not one.has_ended
    return one.state is JobState.RUNNING and one.request.writes and request.writes


def _still_running(job: Job) -> CommandError:
    return CommandError(
        f"“{job.request.title}” is still running",
        "Wait until it is done, or stop it on its page.",
    )


def words_of(command: str, options: Sequence[tuple[str, str | None]]) -> tuple[str, ...]:
    """The words of a command line: `--name=value`, so that no value can be an option."""
    return (
        command,
        *(f"--{name}" if value is None else f"--{name}={value}" for name, value in options),
    )
