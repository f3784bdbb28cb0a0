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
from wardblog.build.site import CACHE

WORKFLOWS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
TEXTS = tuple(WORKFLOWS.values())
WORKFLOW: dict[Any, Any] = yaml.safe_load(WORKFLOWS["publish"])
START: dict[Any, Any] = yaml.safe_load(WORKFLOWS["start"])
STEPS = WORKFLOW["jobs"]["publish"]["steps"]


def test_it_runs_on_each_push_and_once_a_day() -> None:
    when = WORKFLOW[True]  # YAML 1.1 takes the word "on" for this
    assert when["push"] == {"branches": ["main"]}
    assert len(when["schedule"]) == 1
    assert when["schedule"][0]["cron"].endswith(" * * *")
    assert "force" in when["workflow_dispatch"]["inputs"]


def test_runs_do_not_overlap_and_are_not_cancelled() -> None:
    assert WORKFLOW["concurrency"] == {"group": "publish"}


def test_each_action_is_named_by_its_commit() -> None:
    """A tag could be moved to another commit. What version it is stands beside it for people."""
    used = [line for text in TEXTS for line in text.splitlines() if "uses:" in line]
    assert len(used) == 8
    pinned = re.compile(r"      - uses: actions/[\w/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")
    assert [line for line in used if not pinned.fullmatch(line)] == []
    versions = {re.sub(r"/(restore|save)@", "@", line.split("uses: ")[1]) for line in used}
    assert len({name.partition("@")[0] for name in versions}) == len(versions)


@pytest.mark.parametrize("name", ["publish", "start"])
def test_one_job_may_write_and_one_step_of_it_has_the_login(name: str) -> None:
    workflow = yaml.safe_load(WORKFLOWS[name])
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert {job for job in jobs if "permissions" in jobs[job]} == {name}
    assert jobs[name]["permissions"] == {"contents": "write"}
    assert jobs[name].get("needs") == ("check" if name == "publish" else None)
    steps = [step for job in jobs.values() for step in job["steps"]]
    checkouts = [step for step in steps if "checkout" in step.get("uses", "")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {False}
    with_login = [s for s in steps if "token" in str({**s, "with": ""}).lower()]
    assert with_login == [jobs[name]["steps"][-1]]
    assert "run" in with_login[0]


def test_what_was_built_is_kept_with_the_key_that_it_was_signed_with() -> None:
    """Each run keeps what it made under a name of its own, and takes the newest of its branch."""
    kept = [
        step
        for job in WORKFLOW["jobs"].values()
        for step in job["steps"]
        if "actions/cache" in step.get("uses", "")
    ]
    assert ["/restore@" in step["uses"] for step in kept] == [True, False]
    assert kept[0]["with"] == kept[1]["with"]
    settings = kept[0]["with"]
    assert settings["path"].split() == [
        CACHE.as_posix(), "~/.local/state/wardblog/cache.key", "output"
    ]  # fmt: skip
    assert settings["key"] == f"{settings['restore-keys']}${{{{ github.run_id }}}}"
    assert "github.ref_name" in settings["restore-keys"]


def test_every_job_has_a_time_limit() -> None:
    jobs = [*WORKFLOW["jobs"].values(), *START["jobs"].values()]
    assert all(job["timeout-minutes"] <= 60 for job in jobs)


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


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_a_newcomer_replaces_the_sample_in_the_browser_and_only_once(tmp_path: Path) -> None:
    """As on GitHub: a bare repository made from the template, and a clone of it."""
    remote = bare_repository(tmp_path / "remote.git")
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=NOT_COPIED)
    git("init", "--quiet", "--initial-branch=main", cwd=source)
    git("add", ".", cwd=source)
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "A", cwd=source)
    git("push", "--quiet", str(remote), "main", cwd=source)
    steps = [step["run"] for step in START["jobs"]["start"]["steps"] if "run" in step]
    for turn in range(2):
        clone = tmp_path / f"clone-{turn}"
        git("clone", "--quiet", "--branch=main", f"file://{remote}", str(clone))
        os.utime(clone / "requirements.txt", (0, 0))
        done = [steps_shell(step, clone, tmp_path) for step in steps[: 2 - turn]]
        assert [result.returncode for result in done] == ([0, 0], [1])[turn], done[-1].stderr
        assert 'title = ""' in (clone / "content/ward.toml").read_text()
        assert not list((clone / "content/posts").glob("*.md"))
    assert "nothing was changed" in done[0].stderr
    assert "content-sample" not in git(f"--git-dir={remote}", "ls-tree", "-r", "main")


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
