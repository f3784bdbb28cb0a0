"""How long a publish takes, beside plain rsync and ghp-import, which are the usual ways.

All publish the same built site to the same servers on this machine, and take turns. Both sides are
commands of their own, so that the start of Python counts for ours.
"""

from __future__ import annotations

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.builds import make_sites
from publish.endurance import PLACES, place_called, publish
from publish.servers import Place, bare_repository

ROOT = Path(__file__).resolve().parents[2]
Times = dict[str, dict[str, list[float]]]
STEPS = ("first publish", "no change", "one edit")


def build(content: Path, output: Path) -> None:
    command = [sys.executable, "-m", "wardblog", "html", "--content", str(content)]
    subprocess.run(
        [*command, "--output", str(output)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        check=True,
        capture_output=True,
    )


def versions(folder: Path, posts: int) -> tuple[Path, Path]:
    """A built site, and the same after one edit in one post."""
    make_sites(folder, posts)
    content, before, after = folder / "ours" / "content", folder / "before", folder / "after"
    build(content, before)
    shutil.copytree(before, after)
    post = content / "posts" / f"{posts // 2}.md"
    post.write_text(post.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    build(content, after)
    return before, after


def timed(send: Callable[[Path], object], site: Path) -> float:
    start = time.perf_counter()
    send(site)
    return time.perf_counter() - start


def run_steps(send: Callable[[Path], object], before: Path, after: Path) -> dict[str, float]:
    sites = dict(zip(STEPS, (before, before, after), strict=True))
    return {step: timed(send, site) for step, site in sites.items()}


def ours(place: Place) -> Callable[[Path], None]:
    def send(site: Path) -> None:
        status, said = publish(place, site)
        if status:
            raise RuntimeError(said)

    return send


def rsync(target: str, rsh: str = "") -> Callable[[Path], None]:
    with_ssh = ["-e", rsh] if rsh else []

    def send(site: Path) -> None:
        subprocess.run(["rsync", "-a", "--delete", *with_ssh, f"{site}/", target], check=True)

    return send


def ghp_import(remote: Path, folder: Path) -> Callable[[Path], None]:
    """It works in a repository, and pushes from there."""
    source = folder / "source"
    subprocess.run(["git", "init", "--quiet", str(source)], check=True)
    subprocess.run(["git", "-C", str(source), "remote", "add", "origin", str(remote)], check=True)
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--push", "--force"]
    # Without an author of its own it would not commit.
    who = {f"GIT_{r}_{k}": "bench" for r in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}

    def send(site: Path) -> None:
        subprocess.run(
            [*command, str(site)],
            cwd=source,
            env={**os.environ, **who},
            check=True,
            capture_output=True,
        )

    return send


def measure(times: Times, before: Path, after: Path) -> None:
    """One round: each target anew, and right after it its peer, to the same server."""
    for name in PLACES:
        with tempfile.TemporaryDirectory() as there, place_called(name, Path(there)) as place:
            rounds = {name: ours(place)}
            plain = Path(there) / "plain"
            if name == "folder":
                rounds["rsync to a folder"] = rsync(str(plain))
            elif name == "ssh":
                rsh = place.environment["RSYNC_RSH"]
                rounds["rsync by ssh"] = rsync(f"ward-host:{shlex.quote(str(plain))}", rsh)
            elif name == "git":
                remote = bare_repository(Path(there) / "other.git")
                rounds["ghp-import"] = ghp_import(remote, Path(there))
            for title, send in rounds.items():
                for step, seconds in run_steps(send, before, after).items():
                    times[title][step].append(seconds)


def main(posts: int, rounds: int) -> None:
    times: Times = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as name:
        before, after = versions(Path(name), posts)
        files = sum(1 for path in before.rglob("*") if path.is_file())
        for _ in range(rounds):
            measure(times, before, after)
    print(f"Publishing {posts:,} posts, {files:,} files, {rounds} rounds, medians in seconds:")
    print(f"  {'':20}" + "".join(f"{step:>15}" for step in STEPS))
    for title, steps in times.items():
        print(f"  {title:20}" + "".join(f"{statistics.median(steps[s]):15.2f}" for s in STEPS))
    print("  The site is new, unchanged, and changed in one post; its build is not counted.")
