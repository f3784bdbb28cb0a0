"""The workflow for GitHub runs what a councillor would run, and publishes the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from publish.servers import bare_repository, branch_reader
from support import EPOCH, NOT_COPIED, ROOT, WARD, write_site

WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
)
STEPS = WORKFLOW["jobs"]["publish"]["steps"]


def test_it_runs_on_each_push_and_once_a_day() -> None:
    when = WORKFLOW[True]  # YAML 1.1 takes the word "on" for this
    assert when["push"] == {"branches": ["main"]}
    assert len(when["schedule"]) == 1
    assert when["schedule"][0]["cron"].endswith(" * * *")
    assert "force" in when["workflow_dispatch"]["inputs"]


def test_runs_do_not_overlap_and_are_not_cancelled() -> None:
    assert WORKFLOW["concurrency"] == {"group": "publish"}


def actions() -> list[str]:
    """What the workflow runs of others."""
    jobs = WORKFLOW["jobs"].values()
    return [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]


def test_each_action_is_named_by_its_commit() -> None:
    assert len(actions()) == 4
    assert [name for name in actions() if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []


def test_one_job_may_write_and_one_step_of_it_has_the_login() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    jobs = WORKFLOW["jobs"]
    assert {name for name, job in jobs.items() if "permissions" in job} == {"publish"}
    assert jobs["publish"]["permissions"] == {"contents": "write"}
    assert jobs["publish"]["needs"] == "check"
    checkouts = [
        s for job in jobs.values() for s in job["steps"] if "checkout" in s.get("uses", "")
    ]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False, False]
    with_login = [s["name"] for s in STEPS if "github.token" in str(s.get("env", ""))]
    assert with_login == ["Publish"]
    assert STEPS[-1]["name"] == "Publish"


def test_every_job_has_a_time_limit() -> None:
    assert all(job["timeout-minutes"] <= 60 for job in WORKFLOW["jobs"].values())


def test_secrets_are_referenced_but_never_written() -> None:
    secrets = [
        value
        for step in STEPS
        for name, value in step.get("env", {}).items()
        if "KEY" in name or "HOSTS" in name
    ]
    assert len(secrets) == 4
    assert all(value.startswith("${{ secrets.") for value in secrets)
    page = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    names = [value.removeprefix("${{ secrets.").removesuffix(" }}") for value in secrets]
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_its_steps_publish_a_fresh_clone_and_do_nothing_the_second_time(tmp_path: Path) -> None:
    """As on GitHub: a copy with but the newest commit, and logins that only the clone has."""
    remote = bare_repository(tmp_path / "remote.git")
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=NOT_COPIED)
    shutil.rmtree(source / "content")
    write_site(
        source / "content", {"ward.toml": f'{WARD}\n[publish]\nto = "git"\nverify = false\n'}
    )
    git("init", "--quiet", "--initial-branch=main", cwd=source)
    git("add", ".", cwd=source)
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "A", cwd=source)
    git("push", "--quiet", str(remote), "main", cwd=source)
    for turn in range(2):
        clone = tmp_path / f"clone-{turn}"
        git("clone", "--quiet", "--depth=1", "--branch=main", f"file://{remote}", str(clone))
        os.utime(
            clone / "requirements.txt", (0, 0)
        )  # what this Python has is not to be set up anew
        for step in (*WORKFLOW["jobs"]["check"]["steps"], *STEPS):
            if "run" in step:
                done = steps_shell(step["run"], clone, tmp_path)
                assert done.returncode == 0, done.stderr
        assert ("Nothing to publish" in done.stdout) == (turn == 1)
    log = git(f"--git-dir={remote}", "rev-list", "--count", "gh-pages")
    assert log.strip() == "1"
    with branch_reader(remote, "gh-pages") as get:
        assert b"</html>" in (get("2026/11/a-fine-post/index.html") or b"")
        assert get("CNAME") == b"ward.example.org\n"


def git(*words: str, cwd: Path | None = None) -> str:
    done = subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


def steps_shell(script: str, clone: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a step as GitHub does, with bash that stops at the first mistake."""
    variables = {**os.environ, "HOME": str(home), "FORCE": "0", "SOURCE_DATE_EPOCH": EPOCH}
    variables |= {"VENV": sys.prefix, "MAKEFLAGS": f"VENV={sys.prefix}"}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=clone,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
