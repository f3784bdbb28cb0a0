"""Visitors that never rest, and power cuts at random: whether a publish ever hurts anybody.

The tests run it with a small site and few repetitions; `python -m publish.endurance --help` with as
many as wanted. A visit is what a browser does: a page, and then every file that the page names.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from unittest import mock

from publish import driver
from publish.servers import (
    S3_LOGIN,
    Get,
    Place,
    bare_repository,
    branch_reader,
    folder_reader,
    make_bucket,
    names_in,
    s3_reader,
    s3_server,
    ssh_server,
)
from wardblog.model import PublishSettings
from wardblog.model.addresses import hashed_path
from wardblog.publish import CommandError

ROOT = Path(__file__).resolve().parents[2]
WORDS = " ".join(f"Word {n} of a post about bins and roads." for n in range(40))


def write_version(folder: Path, pages: int, version: int) -> None:
    """A site of so many pages, as the build leaves one; each version has another style.

    A tenth of the posts change with each version, and every third version has one post fewer. A
    file that did not change stays as it is.
    """
    style = f"/* {version} */ body {{ color: #{version:06x} }}".encode()
    script = f"console.log({version // 2})".encode()
    wanted = {hashed_path("theme/style.css", style): style}
    wanted[hashed_path("theme/near.js", script)] = script
    head = "".join(
        f'<link rel="stylesheet" href="/{path}">'
        if path.endswith("css")
        else f'<script defer src="/{path}"></script>'
        for path in wanted
    )
    count = pages - (version % 3 == 0)
    for number in range(count):
        told = version if number % 10 == version % 10 else 0
        data = f'{{"post": {number}, "told": {told}}}'.encode()
        place = hashed_path(f"2026/11/post-{number}/map.json", data)
        wanted[place] = data
        picture = f'<script data-places="/{place}"></script>'
        wanted[f"2026/11/post-{number}/index.html"] = (
            f"<html>{head}{picture}<p>{told} {WORDS}</p></html>"
        ).encode()
    listed = "".join(f'<a href="/2026/11/post-{n}/">{n}</a>' for n in range(count))
    wanted["index.html"] = f"<html>{head}<p>{version}</p>{listed}</html>".encode()
    wanted["feeds/all.rss.xml"] = f"<rss>{version}</rss>".encode()
    for path in set(wanted):
        target = folder / path
        if not (target.is_file() and target.read_bytes() == wanted[path]):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(wanted[path])
    for file in [p for p in folder.rglob("*") if p.is_file()]:
        if file.relative_to(folder).as_posix() not in wanted:
            file.unlink()


Maker = Callable[[], AbstractContextManager[Get]]


@dataclass
class Visits:
    """What the visitors met."""

    count: int = 0
    broken: list[str] = field(default_factory=list)


def visit(get: Get, path: str, pause: float = 0) -> str:
    """What is broken on a page, in words; nothing if the visit was fine.

    `pause` is how many seconds a slow phone takes before it asks for the rest.
    """
    page = get(path)
    time.sleep(pause)
    if page is None:
        return f"{path} is not there"
    if not page.endswith(b"</html>"):
        return f"{path} is cut off after {len(page)} bytes: ...{page[-60:]!r}"
    missing = [name for name in names_in(page) if get(name) is None]
    return f"{path} names {missing[0]}, which is not there" if missing else ""


@contextmanager
def visitors(makers: list[Maker], pages: int) -> Iterator[Visits]:
    """Visitors who come and go until the block ends; each has a connection of its own."""
    met, over, counting = Visits(), threading.Event(), threading.Lock()

    def come(make: Maker, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - not a secret
        with make() as get:
            while not over.is_set():
                number = chance.randrange(pages - 1)
                is_post = chance.random() < 0.8
                path = f"2026/11/post-{number}/index.html" if is_post else "index.html"
                # Every second visitor is on a slow line.
                said = visit(get, path, chance.uniform(0, 0.3 if seed % 2 else 0.01))
                with counting:
                    met.count += 1
                    if said:
                        met.broken.append(said)

    threads = [
        threading.Thread(target=come, args=(make, n), daemon=True) for n, make in enumerate(makers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield met
    finally:
        over.set()
        for thread in threads:
            thread.join()


def start(place: Place, folder: Path) -> subprocess.Popen[str]:
    """A publish in a process of its own."""
    words = [
        sys.executable,
        "-m",
        "publish.driver",
        json.dumps(asdict(place.settings)),
        str(folder),
    ]
    environment = {**os.environ, **place.environment, "PYTHONPATH": f"{ROOT}/plugins:{ROOT}/tests"}
    return subprocess.Popen(
        words,
        env=environment,
        cwd=folder.parent,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def publish(place: Place, folder: Path) -> tuple[int, str]:
    """Publishes; the exit status, and what was said."""
    process = start(place, folder)
    said, errors = process.communicate()
    return process.returncode, (said + errors).strip()


def publish_here(place: Place, folder: Path) -> tuple[int, str]:
    """What `publish` does, in this process: it takes as long to begin as to publish."""
    with mock.patch.dict(os.environ, place.environment):
        try:
            driver.publish(place.settings, folder, folder.with_name(".wardblog"))
        except CommandError as refused:
            return 1, f"{refused}\n{refused.hint}"
    return 0, ""


def visited_publishes(
    place: Place,
    folder: Path,
    pages: int,
    times: int,
    publish: Callable[[Place, Path], tuple[int, str]] = publish,
) -> Visits:
    """Publishes a changing site so many times, with visitors on it who come often in between."""
    write_version(folder, pages, 1)
    status, said = publish_here(place, folder)
    assert status == 0, said
    with visitors([place.visitor] * 4, pages) as met:
        for version in range(2, times + 2):
            write_version(folder, pages, version)
            count = met.count
            status, said = publish(place, folder)
            assert status == 0, said
            while met.count < count + 30:
                time.sleep(0.01)
    return met


def killed_publishes(place: Place, folder: Path, pages: int, times: int) -> list[str]:
    """Kills publishes at random moments; what was broken after each, and after the next."""
    chance = random.Random(7)  # noqa: S311 - the same each time, not a secret
    trouble: list[str] = []
    write_version(folder, pages, 1)
    publish_here(place, folder)
    write_version(folder, pages, 2)
    begun = time.monotonic()
    publish(place, folder)
    lasts = time.monotonic() - begun
    with place.visitor() as get:
        for version in range(3, times + 3):
            write_version(folder, pages, version)
            process = start(place, folder)
            # Before that it has not even begun.
            time.sleep(chance.uniform(min(0.2, lasts / 2), lasts))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            trouble += [f"killed: {said}" for said in all_visits(get, pages) if said]
            if version % 2:  # what is meant may have changed meanwhile
                write_version(folder, pages, version + 100)
            status, said = publish_here(place, folder)
            if status and said.startswith("Something else was published to "):
                # The killed one's git had not been killed, and has just ended. One is told so.
                assert said.endswith("Run the command again.")
                status, said = publish_here(place, folder)
            if status:
                trouble.append(f"the next one did not complete: {said}")
            trouble += [f"completed: {said}" for said in all_visits(get, pages) if said]
            trouble += [f"differs: {path}" for path in differences(get, folder)]
    return trouble


def all_visits(get: Get, pages: int) -> list[str]:
    paths = [f"2026/11/post-{number}/index.html" for number in range(pages - 1)]
    return [visit(get, path) for path in ("index.html", *paths)]


def differences(get: Get, folder: Path) -> list[str]:
    """Files that visitors do not get as they are in the folder."""
    files = [p for p in folder.rglob("*") if p.is_file()]
    paths = {p.relative_to(folder).as_posix(): p for p in files}
    return [path for path, file in paths.items() if get(path) != file.read_bytes()]


@contextmanager
def place_called(name: str, folder: Path) -> Iterator[Place]:
    """A target by its name, with its server: folder, ssh, sftp, s3, git or rsync."""
    if name in ("folder", "rsync"):
        live = folder / "public"
        yield Place(name, PublishSettings(path=str(live)), lambda: folder_reader(live), {})
    elif name in ("ssh", "sftp"):
        live = folder / "www"
        with ssh_server(folder / "sshd") as server:
            settings = PublishSettings(
                to="ssh", path=str(live), host="ward-host" if name == "ssh" else "ward-sftp"
            )
            yield Place(name, settings, lambda: folder_reader(live), {"RSYNC_RSH": server.rsh})
    elif name == "s3":
        with s3_server() as endpoint:
            make_bucket(endpoint, "ward-blog", keeps_versions=True)
            settings = PublishSettings(to="s3", endpoint=endpoint, bucket="ward-blog")
            yield Place(name, settings, lambda: s3_reader(endpoint, settings), S3_LOGIN)
    else:
        repository = bare_repository(folder / "remote.git")
        settings = PublishSettings(to="git", remote=str(repository))
        yield Place(name, settings, lambda: branch_reader(repository, "gh-pages"), {})


PLACES = ("folder", "ssh", "sftp", "s3", "git")
# Those that keep no earlier releases.
WITHOUT_RELEASES = ("sftp",)


def plain_rsync(folder: Path, live: Path) -> None:
    subprocess.run(["rsync", "-a", "--checksum", "--delete", f"{folder}/", f"{live}/"], check=True)


def visited_rsync(folder: Path, pages: int, times: int) -> Visits:
    """The same with plain `rsync --delete` into the folder that visitors read."""
    live, site = folder / "plain", folder / "site"
    write_version(site, pages, 1)
    plain_rsync(site, live)
    with visitors([lambda: folder_reader(live)] * 4, pages) as met:
        for version in range(2, times + 2):
            write_version(site, pages, version)
            plain_rsync(site, live)
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=[*PLACES, "rsync"])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--publishes", type=int, default=20)
    parser.add_argument("--kills", type=int, default=20)
    arguments = parser.parse_args()
    for name in arguments.places:
        folder = Path(tempfile.mkdtemp())
        try:
            if name == "rsync":
                met = visited_rsync(folder, arguments.pages, arguments.publishes)
                print(f"rsync --delete: {len(met.broken):,} of {met.count:,} visits broken")
                continue
            with place_called(name, folder) as place:
                site, pages = folder / "site", arguments.pages
                begun = time.monotonic()
                met = visited_publishes(place, site, pages, arguments.publishes)
                print(
                    f"{name}: {len(met.broken):,} of {met.count:,} visits broken in "
                    f"{time.monotonic() - begun:.0f} s {met.broken[:3]}",
                    flush=True,
                )
                trouble = killed_publishes(place, site, pages, arguments.kills)
                print(f"{name}: {arguments.kills} kills, trouble: {trouble[:5]}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
