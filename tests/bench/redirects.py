"""What 10,000 old addresses cost a request to nginx and Apache, and an edit."""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.builds import ISSUES, write_post, write_settings
from publish.served_site import Built, place_in, publish
from publish.web_servers import serving
from support import ROOT
from wardblog.build import build_site

OLD, POSTS, REQUESTS = 10_000, 300, 4_000
# The most that they may cost: microseconds of the server's processor, and seconds of an edit.
SERVER, EDIT = 40, 0.3
_FORMS = ("/tag/old-{}/", "/?p={}", "/{}/old.html", "/category/{}/feed/")
_FOLDERS = (("none", 0), ("many", OLD))


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="wardblog-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        sites = {label: _site(folder / label, number) for label, number in _FOLDERS}
        for server in ("nginx", "apache"):
            for what, asked in (("a page", "/"), ("an old address", "/tag/old-4/")):
                _print_requests(server, what, asked, sites, folder, min(rounds, 3))
        _print_edits(sites, rounds)


def _olds(number: int) -> Iterator[str]:
    return (_FORMS[n % len(_FORMS)].format(n) for n in range(number))


def _site(own: Path, number: int) -> Built:
    """A site of posts with so many old addresses, as it is served and as it is edited."""
    content, chance = own / "content", random.Random(1)  # noqa: S311 - the same each time
    (content / "posts").mkdir(parents=True)
    write_settings(content, ISSUES)
    for n in range(POSTS):
        write_post(content / "posts" / f"{n}.md", n, chance, is_ours=True)
    if number:
        lines = "".join(f"{old},/\n" for old in _olds(number))
        (content / "redirects.csv").write_text(f"old,new\n{lines}", encoding="utf-8")
    run = build_site(ROOT / "publishconf.py", content, own / "output")
    place = place_in(own, run)
    place.folder.parent.mkdir()
    publish(run, own / "output", place.folder)
    return Built(run, place, content, own / "output")


def _used() -> float:
    """Seconds of the processor of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _served(server: str, site: Built, asked: str, own: Path, requests: int) -> float:
    own.mkdir()
    begin = _used()
    with serving(server, site.place, own) as found:
        for _ in range(requests):
            found.run_text(asked)
    return _used() - begin


def _print_requests(
    server: str, what: str, asked: str, sites: dict[str, Built], folder: Path, rounds: int
) -> None:
    """The start of a server is taken off, since it reads all settings then."""
    found: dict[str, list[float]] = {label: [] for label in sites}
    for n in range(rounds):
        for label, site in sites.items():
            own = folder / f"{server}-{label}-{what.replace(' ', '-')}-{n}"
            start = _served(server, site, asked, own.with_name(f"{own.name}-start"), 0)
            whole = _served(server, site, asked, own, REQUESTS)
            found[label].append((whole - start) / REQUESTS * 1e6)
    none, many = (statistics.median(found[label]) for label, _ in _FOLDERS)
    verdict = "as required" if many - none <= SERVER else f"more than {SERVER} more"
    print(f"{server}, {what}: {none:.0f} µs without, {many:.0f} with {OLD:,} ({verdict})")


def _print_edits(sites: dict[str, Built], rounds: int) -> None:
    found: dict[str, list[float]] = {label: [] for label in sites}
    for _ in range(rounds + 1):
        for label, site in sites.items():
            post = site.content / "posts/7.md"
            post.write_text(f"{post.read_text(encoding='utf-8')}\nOne more.\n", encoding="utf-8")
            begin = _used()
            subprocess.run(
                [sys.executable, "-m", "wardblog", "html", "--content", str(site.content),
                 "--output", "output"],
                cwd=site.content.parent, check=True, capture_output=True,
                env={"PYTHONPATH": str(ROOT / "plugins"), "HOME": str(site.content.parent)},
            )  # fmt: skip
            found[label].append(_used() - begin)
    none, many = (statistics.median(found[label][1:]) for label, _ in _FOLDERS)
    verdict = "as required" if many - none <= EDIT else f"more than {EDIT} more"
    print(f"an edit: {none:.2f} s without, {many:.2f} with {OLD:,} ({verdict})")
