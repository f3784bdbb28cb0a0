"""Once the site is live, what residents get is looked at; the host's silence is but a warning."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from publish.servers import free_port
from support import POST, WARD, run, write_files, write_site
from wardblog.publish import verify


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A web server for the folder that is published to."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "public"))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write(folder: Path, url: str, more: str = "verify = true\n") -> None:
    ward = WARD.replace("https://ward.example.org", url) + f"\n[publish]\n{more}"
    write_site(folder / "content", {"ward.toml": ward})


def test_no_difference_gives_no_warning(web: str, tmp_path: Path) -> None:
    write(tmp_path, web)
    done = run("publish", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_another_site_at_the_address_is_reported(web: str, tmp_path: Path) -> None:
    write(tmp_path, web, 'path = "elsewhere"\nverify = true\n')
    write_files(tmp_path / "public", {"index.html": "It works!"})
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        "warning: residents cannot see what you published yet:\n"
        f"  {web}/ is not what was published\n"
        f"  {web}/2026/11/a-fine-post/ answers 404 File not found\n"
        f"  {web}/feeds/all.rss.xml answers 404 File not found\n"
    )


def test_a_site_that_is_still_the_old_version_is_reported(web: str, tmp_path: Path) -> None:
    write(tmp_path, web, 'path = "elsewhere"\nverify = true\n')
    run("publish", cwd=tmp_path)
    (tmp_path / "public").symlink_to((tmp_path / "elsewhere").resolve())
    write_files(tmp_path / "content", {"posts/fine.md": POST.replace("Some", "Other")})
    done = run("publish", cwd=tmp_path)
    assert done.stderr.splitlines()[1:] == [
        f"  {web}/ is still the old version",
        f"  {web}/2026/11/a-fine-post/ is still the old version",
        f"  {web}/feeds/all.rss.xml is still the old version",
    ]


def test_no_answer_is_a_warning(tmp_path: Path) -> None:
    port = free_port()
    write(tmp_path, f"http://127.0.0.1:{port}")
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 0
    assert f"  http://127.0.0.1:{port}/ did not answer (Connection refused)\n" in done.stderr


def test_a_folder_is_only_verified_if_the_settings_say_so(tmp_path: Path) -> None:
    write(tmp_path, f"http://127.0.0.1:{free_port()}", "")
    assert run("publish", cwd=tmp_path).stderr == ""


def test_a_very_slow_host_does_not_block_the_publish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from support import read_fine
    from wardblog.publish.manifest import FileEntry, SiteManifest
    from wardblog.publish.plan import compare

    monkeypatch.setattr(verify, "PATIENCE", 0.2)
    over = threading.Event()
    monkeypatch.setattr(verify, "_difference", lambda *_: over.wait(20))
    site = read_fine(tmp_path)
    files = {
        path: FileEntry(digest="a", size=1, mtime=1, media_type="")
        for path in ("index.html", "feeds/all.rss.xml")
    }
    told = verify.differences(site, compare(SiteManifest(files), SiteManifest(), 1), SiteManifest())
    over.set()
    assert told == ["https://ward.example.org/ did not answer within 0.2 seconds"]
