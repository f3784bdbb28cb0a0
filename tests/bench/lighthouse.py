"""What Lighthouse gives each kind of page, with its own settings for a phone.

Those are a slow line of the fourth generation, which it simulates, and a processor a quarter as
fast. The package is installed when it is first needed, into the virtual environment.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from host_server import hosted
from install_programs import find_chromium
from look import built
from page_kinds import kinds_of
from support import ROOT

PAGES = ("home", "post", "hub", "map", "subscribe", "street")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LARGEST_PAINT_S = 1.5
# The names of what it measures, and in what.
MEASURES = {
    "largest-contentful-paint": "ms",
    "total-blocking-time": "ms",
    "cumulative-layout-shift": "",
}
_LOCKED = Path(__file__).parent / "node"
_INSTALLED = Path(sys.prefix) / "lighthouse"
_FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"


@dataclass(frozen=True)
class Score:
    """One run: categories from 0 to 100, measures by name, and what cost points."""

    categories: dict[str, int]
    measures: dict[str, float]
    faults: tuple[str, ...]


def installed() -> bool:
    """Whether Lighthouse is there, in the version that is locked; installs it if it is not."""
    files = ("package.json", "package-lock.json")
    stamp = _INSTALLED / "installed"
    locked = "".join((_LOCKED / name).read_text(encoding="utf-8") for name in files)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == locked:
        return True
    if not (shutil.which("npm") and shutil.which("node")):
        print("  Lighthouse needs Node 18.16 or newer, with npm, which is not installed.")
        return False
    print("  Installing Lighthouse; this takes about a minute, the first time only.")
    _INSTALLED.mkdir(exist_ok=True)
    for name in files:
        shutil.copy(_LOCKED / name, _INSTALLED)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=_INSTALLED, check=False).returncode:
        print("  Lighthouse could not be installed from here.")
        return False
    stamp.write_text(locked, encoding="utf-8")
    return True


def scored(url: str, chromium: str) -> Score:
    """What one run of Lighthouse says of a page."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [
                "node",
                _INSTALLED / "node_modules/lighthouse/cli/index.js",
                url,
                "--quiet",
                "--output=json",
                "--no-enable-error-reporting",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={_FLAGS}",
            ],
            env={**os.environ, "CHROME_PATH": chromium, "HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"Lighthouse failed for {url}:\n{done.stderr}")
    report = json.loads(done.stdout)
    if problem := report.get("runtimeError"):
        raise SystemExit(f"Lighthouse failed for {url}: {problem['message']}")
    return Score(
        categories={name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        measures={name: report["audits"][name]["numericValue"] for name in MEASURES},
        faults=tuple(_faults(report)),
    )


def _faults(report: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    """The audits that cost points, in a category that has fewer than 100."""
    for category in report["categories"].values():
        if category["score"] == 1:
            continue
        for reference in category["auditRefs"]:  # type: ignore[attr-defined]
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:  # type: ignore[operator]
                yield f"{reference['id']}: {audit.get('displayValue') or audit['title']}"


def printed(name: str, scores: list[Score]) -> None:
    """Prints a line for one page: medians of its runs."""
    categories = [statistics.median(s.categories[c] for s in scores) for c in CATEGORIES]
    paint, blocked, shift = (statistics.median(s.measures[m] for s in scores) for m in MEASURES)
    print(
        f"  {name:12} {' '.join(f'{score:14.0f}' for score in categories)}"
        f"   {paint / 1000:5.2f} s {shift:6.3f} {blocked:5.0f} ms"
    )
    for fault in sorted({fault for score in scores for fault in score.faults}):
        print(f"    {fault}")


def main(runs: int) -> None:
    print(
        f"Lighthouse, phone, medians of {runs} runs (to reach: 100 everywhere, "
        f"{LARGEST_PAINT_S} s, no shift):"
    )
    chromium = find_chromium()
    if not chromium:
        print("  No Chromium: run make test, which installs it.")
        return
    if not installed():
        return
    print(f"  {'page':12} {' '.join(f'{c:>14}' for c in CATEGORIES)}   paint   shift  blocked")
    with tempfile.TemporaryDirectory() as name:
        output = built("sample", ROOT / "content", Path(name))
        kinds = kinds_of(output)
        with hosted(output) as address:
            for page in PAGES:
                printed(page, [scored(address + kinds[page], chromium) for _ in range(runs)])
