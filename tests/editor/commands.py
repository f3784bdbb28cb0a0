"""Follows the commands that the editor runs, as its pages do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from editor.running import Answer, RunningEditor

Job = dict[str, Any]


def job_of(editor: RunningEditor, said: Answer) -> Job:
    """The job that was started."""
    assert said.status == 200, said.body
    return editor.get(f"job/{said.data['job']}").data


def ended(editor: RunningEditor, said: Answer, *answers: bool) -> Job:
    """The job when it has ended; its questions get these answers, in their order."""
    left = list(answers)
    job = job_of(editor, said)
    while job["state"] in ("running", "asking"):
        if job["question"]:
            number, _ = job["question"]
            values = {"number": number, "yes": left.pop(0)}
            assert editor.post(f"job/{job['id']}/answer", values).status == 200
        time.sleep(0.02)
        job = editor.get(f"job/{job['id']}").data
    assert not left, "it asked less often"
    return job


def asked(editor: RunningEditor, said: Answer) -> Job:
    """The job when it asks something."""
    job = job_of(editor, said)
    while job["state"] == "running":
        time.sleep(0.02)
        job = editor.get(f"job/{job['id']}").data
    assert job["state"] == "asking", job
    return job


def run(editor: RunningEditor, route: str, values: Mapping[str, Any], *answers: bool) -> Job:
    """Start a command, and follow it to its end."""
    return ended(editor, editor.post(route, values), *answers)


def lines(job: Job) -> str:
    """All that a job said."""
    return "\n".join(str(one["value"]) for one in job["messages"])


PERSON = "robin.resident@example.org"
# A command that asks before it deletes the only case, which mentions this person.
FORGET = ("office/cases/forget", {"forget": PERSON})


def mention(editor: RunningEditor) -> None:
    """Make a case that mentions a person."""
    case = {"issue": "Grit bins", "street": "", "note": f"ask {PERSON}"}
    assert run(editor, "office/cases/add", case)["state"] == "done"


def cases(editor: RunningEditor) -> str:
    return (editor.private / "casework.csv").read_text()
