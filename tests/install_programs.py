"""Makes sure that the tests have the programs that they try the site with.

Chromium must be there: the system's, else Playwright's own. Firefox, a feed reader, the servers
that the site is published to, and Java for the checker of HTML are had only from the system; where
they cannot be installed, their tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Only draws pages, without a browser around them: a quarter of the work for each page.
SHELL = "chromium-headless-shell"
FULL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = "fonts-liberation"
# Programs, and Debian's packages that have them.
PROGRAMS = {
    "newsboat": "newsboat",
    "ssh": "openssh-client",
    "sshd": "openssh-server",
    "rsync": "rsync",
    "nginx": "nginx-light",
    "apache2": "apache2-bin",
    "java": "default-jre-headless",
    "dovecot": "dovecot-imapd dovecot-lmtpd",
    "zbarimg": "zbar-tools",
    "firefox-esr": "firefox-esr",
}


def full_chromium() -> str | None:
    """The path of an installed Chromium or Chrome with all that a browser has."""
    return next((path for name in FULL if (path := shutil.which(name))), None)


def system_chromium() -> str | None:
    """The path of the lightest Chromium that is installed."""
    return shutil.which(SHELL) or full_chromium()


def playwright_chromium() -> str | None:
    """The path of the Chromium that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str | None:
    return system_chromium() or playwright_chromium()


def find_program(name: str) -> str | None:
    """Servers are where not everybody's PATH leads."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def _apt_get(*packages: str) -> bool:
    """Installs Debian's packages where this user may; says whether that worked."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "--quiet"],
        ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *packages],
    )
    with _no_service_starts():
        return all(
            subprocess.run(c, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
            == 0
            for c in commands
        )


@contextmanager
def _no_service_starts() -> Iterator[None]:
    """The tests start servers of their own; none is to run on this machine from now on."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def _playwright() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    missing = sorted({package for name, package in PROGRAMS.items() if not find_program(name)})
    if missing:
        print(f"Installing {', '.join(missing)} for the tests.")
        if not _apt_get(*" ".join(missing).split()):
            print("They could not be installed from here, so those tests will be skipped.")
    if find_chromium():
        return 0
    print("Installing Chromium for the browser tests.")
    if (any(_apt_get(name, FONTS) for name in (SHELL, FULL[0])) or _playwright()) and (
        find_chromium()
    ):
        return 0
    print(
        "The browser tests need Chromium, which could not be installed from here.\n"
        "Install it (on Debian and Ubuntu: apt install chromium), and run the command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
