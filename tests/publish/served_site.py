"""A site that was built and published to a folder, for a web server to serve."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from publish.web_servers import Place, Server, serving
from wardblog.build import Run
from wardblog.model import PublishSettings
from wardblog.publish import hosting_of
from wardblog.publish.folder import FolderTarget
from wardblog.publish.manifest import build_manifest
from wardblog.publish.plan import compare
from wardblog.publish.staging import staged_files


class Built(NamedTuple):
    """A site that was built and published, and the content that it was built from."""

    run: Run
    place: Place
    content: Path
    output: Path


def publish(run: Run, output: Path, folder: Path) -> None:
    target = FolderTarget(PublishSettings(path=str(folder)), hosting_of(run.site))
    with target.locked():
        site = build_manifest(output, run.kinds, target.compresses)
        plan = compare(site, target.live(), int(time.time()))
        with staged_files(output, plan, output.with_name("workplace")) as staged:
            target.send(staged, plan, lambda _: None)


def place_in(home: Path, run: Run) -> Place:
    """The site is the server's root, or the folder `blog` in it."""
    below = run.site.base_path.strip("/")
    folder = home / "www" / (below or "public")
    return Place(run.site, folder.parent if below else folder, folder)


@contextmanager
def served(name: str, built: Built, own: Path, port: int = 0) -> Iterator[Server]:
    """A server with a copy of the site, in a folder of its own."""
    own.mkdir()
    shutil.copytree(built.place.folder.parent, own / "www", symlinks=True)
    with serving(name, place_in(own, built.run), own, port) as found:
        yield found


@contextmanager
def static_host(folders: list[Path]) -> Iterator[int]:
    """The port of a host that cannot redirect; it serves the last of these folders."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(folders[-1]), **kwargs)  # type: ignore[arg-type]

        def log_request(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
