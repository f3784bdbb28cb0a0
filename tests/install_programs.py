"""Makes sure that the tests have the programs that they try the site with.

Chromium must be there: the system's, else Playwright's own. Newsboat, a feed reader, is had only
from the system; where it cannot be installed, its tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = ("chromium", "fonts-liberation")
READER = ("newsboat",)


def system_chromium() -> str | None:
    """The path of an installed Chromium or Chrome."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_chromium() -> str | None:
    """The path of the Chromium that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str | None:
    return system_chromium() or playwright_chromium()


def _apt_get(*packages: str) -> bool:
    """Installs Debian's packages where this user may; says whether that worked."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "--quiet"],
        ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *packages],
    )
    return all(
        subprocess.run(c, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for c in commands
    )


def _playwright() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    if not shutil.which("newsboat"):
        print("Installing newsboat for the tests of the feeds.")
        if not _apt_get(*READER):
            print("It could not be installed from here, so those tests will be skipped.")
    if find_chromium():
        return 0
    print("Installing Chromium for the browser tests.")
    if (_apt_get(*BROWSER) or _playwright()) and find_chromium():
        return 0
    print(
        "The browser tests need Chromium, which could not be installed from here.\n"
        "Install it (on Debian and Ubuntu: apt install chromium), and run the command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
