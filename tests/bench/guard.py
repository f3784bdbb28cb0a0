"""What the guard takes beyond a build: whole builds with it and without, in turns."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.builds import ROOT, make_sites
from wardblog.privacy import find_personal
from wardblog.privacy.shown import visible_text

WITHOUT = "bench.unguarded"


def timed(module: str, folder: Path, fresh: bool) -> float:
    """Seconds of wall time of `html`, from nothing if `fresh`."""
    place = folder / module
    if fresh:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    content = folder / "ours" / "content"
    command = [sys.executable, "-m", module, "html", "--content", str(content)]
    start = time.perf_counter()
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    return time.perf_counter() - start


def personal_data() -> None:
    """The look for personal data alone: in posts that have none, and in the rows of a list."""
    words = "On 4 November the 319 was sent round by Elsley Road, at a cost of £2,400. " * 25
    rows = [f"{n % 300} Eland Road, SW11 5JX" for n in range(50_000)]
    for what, texts in (("1,000 posts of 350 words", [words] * 1000), ("50,000 rows", rows)):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            for text in texts:
                find_personal(visible_text(text))
            times.append(time.perf_counter() - start)
        print(f"  personal data in {what:24} {statistics.median(times):6.2f} s", flush=True)


def main(posts: int, rounds: int) -> None:
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "plugins"), str(ROOT / "tests")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_sites(folder, posts)
        post = folder / "ours" / "content" / "posts" / "7.md"
        text = post.read_text(encoding="utf-8")
        print(f"The guard, {posts:,} posts, {rounds} turns (medians):")
        for what, is_fresh in (("from nothing", True), ("one edit", False)):
            times: list[tuple[float, float]] = []
            for turn in range(rounds + 1):
                post.write_text(f"{text}\nTurn {turn} {what}.\n", encoding="utf-8")
                times.append(
                    (timed("wardblog", folder, is_fresh), timed(WITHOUT, folder, is_fresh))
                )
            with_it, without = (statistics.median(t[n] for t in times[1:]) for n in (0, 1))
            more = statistics.median(a - b for a, b in times[1:])
            ratio = statistics.median(a / b for a, b in times[1:])
            print(
                f"  {what:14} {with_it:6.2f} s   without {without:6.2f} s   "
                f"{more:5.2f} s more   ratio {ratio:5.2f}   (to reach: 1 s more)",
                flush=True,
            )
    personal_data()
