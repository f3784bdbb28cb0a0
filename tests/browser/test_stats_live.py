"""Logs that real nginx and Apache write while Chromium, newsboat and curl visit the sample."""

from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from install_programs import find_program
from office.logs import CHROME, FEED, IPHONE
from publish.servers import free_port, running
from support import ROOT, mostly_long, run_here

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("newsboat") and shutil.which("curl")),
        reason="newsboat and curl are not both installed",
    ),
]
POST, MISSING = "/2026/10/grit-bins-ready-for-the-new-winter/", "/nothing/"
FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)"
_MODULES = Path("/usr/lib/apache2/modules")


def nobody() -> tuple[str, str]:
    """Whom servers that root starts work as."""
    user = pwd.getpwnam("nobody")
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name


def nginx(home: Path, site: Path, port: int, log: Path) -> list[str]:
    """As Debian sets it up: its format of logs is the one called combined."""
    program = find_program("nginx")
    if not program:
        pytest.skip("nginx is not installed")
    user = "user {} {};\n".format(*nobody()) if os.geteuid() == 0 else ""
    temporary = "".join(
        f"  {kind}_temp_path {home}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {home}/pid;\nerror_log {home}/errors;\n"
        f"events {{ }}\nhttp {{\n{temporary}  access_log {log};\n"
        "  types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }\n"
        f"  server {{ listen 127.0.0.1:{port}; root {site}; }}\n}}\n"
    )
    return [program, "-e", f"{home}/errors", "-p", f"{home}/", "-c", f"{home}/nginx.conf"]


def apache(home: Path, site: Path, port: int, log: Path) -> list[str]:
    """With the name of the host first, as Debian's log of other virtual hosts has it."""
    program = find_program("apache2")
    if not (program and _MODULES.is_dir()):
        pytest.skip("Apache is not installed")
    modules = "".join(
        f"LoadModule {name}_module {_MODULES}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "mime", "dir")
    )
    user = "User {}\nGroup {}\n".format(*nobody()) if os.geteuid() == 0 else ""
    (home / "types").write_text("text/html html\ntext/css css\ntext/javascript js\n")
    (home / "apache.conf").write_text(
        f"ServerRoot {home}\nDefaultRuntimeDir {home}\nPidFile {home}/pid\nErrorLog {home}/errors\n"
        f"{modules}{user}Listen 127.0.0.1:{port}\nServerName ward.example.org\n"
        f'TypesConfig {home}/types\nDocumentRoot "{site}"\nStartServers 1\n'
        'LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" all\n'
        f'CustomLog "{log}" all\n'
    )
    return [program, "-d", str(home), "-f", f"{home}/apache.conf", "-DFOREGROUND"]


SERVERS: dict[str, Callable[[Path, Path, int, Path], list[str]]] = {
    "nginx": nginx,
    "apache": apache,
}


@contextmanager
def serving(name: str, site: Path) -> Iterator[tuple[str, Path]]:
    """The address of the site, and the log that the server writes."""
    with tempfile.TemporaryDirectory() as folder:  # one that the server's user may enter
        home = Path(folder)
        copied, log, port = home / "site", home / "access.log", free_port()
        shutil.copytree(site, copied)
        for path in (home, copied, *copied.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
            os.utime(path)  # a browser asks again only for what is young
        with running(SERVERS[name](home, copied, port, log), port):
            yield f"http://127.0.0.1:{port}", log


def curl(address: str, *words: str) -> None:
    command = ["curl", "-s", "-o", os.devnull, *words, address]
    subprocess.run(command, check=True, env={"PATH": os.environ["PATH"]})


def newsboat(folder: Path, address: str) -> None:
    (folder / "urls").write_text(f"{address}\n")
    (folder / "config").write_text("")
    command = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def visit_all(browser: Browser, folder: Path, address: str) -> None:
    """One reader with a browser, a robot with one, curl in three forms, and two feed readers."""
    reader = browser.new_context(user_agent=CHROME)
    page = reader.new_page()
    for path in ("/", POST, "/"):
        page.goto(address + path, wait_until="networkidle")
    reader.close()
    robot = browser.new_context()
    assert "Headless" in robot.new_page().evaluate("navigator.userAgent")
    robot.pages[0].goto(address + "/", wait_until="networkidle")
    robot.close()
    curl(address + "/")
    curl(address + FEED)
    for path in ("/", POST, "/about/"):
        curl(address + path, "-A", IPHONE)
    curl(address + POST, "-I")
    curl(address + MISSING)
    curl(address + FEED, "-A", FEEDLY)
    for _ in range(2):
        newsboat(folder, address + FEED)


@pytest.mark.long
@pytest.mark.parametrize("name", mostly_long(SERVERS, "nginx"))
def test_a_real_log_is_counted_exactly(
    name: str, browser: Browser, sample: Path, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    with serving(name, sample) as (address, written):
        visit_all(browser, tmp_path, address)
        shutil.copy(written, log)
    done = run_here(
        "stats", "--content", str(ROOT / "content"), "--log", str(log), "--format", "json",
        cwd=tmp_path, SOURCE_DATE_EPOCH="",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    parts = found["excluded"].pop("not a page")
    assert found == {
        "reads": {"/": 1, POST: 1},
        "subscribers": {FEED: 13},
        "excluded": {
            "crawler": 3,
            "no sign of a browser": 3,
            "feed": 3,
            "repeated within 30 minutes": 1,
            "error or redirect": 1,
            "not a GET request": 1,
        },
    }
    lines = log.read_bytes().splitlines()
    assert parts + 14 == len(lines)
    stored = (tmp_path / "private/stats/totals.json").read_bytes()
    for word in (b"127.0.0.1", b"Mozilla", b"newsboat", b"curl", b"iPhone"):
        assert any(word in line for line in lines)
        assert word not in stored
