"""The content folder is looked through without ever leaving it."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

import pytest

from support import EPOCH, ISSUES, POST, ROOT, WARD, files_of, picture, run, write_files, write_site
from wardblog.build import build_site
from wardblog.build.live import LiveSite
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import prepare
from wardblog.content import read_settings_of
from wardblog.content.files import scan
from wardblog.problems import ContentError

CONFIG = ROOT / "pelicanconf.py"
HINT = "Nothing outside {content} is read or published. Replace the link with a copy of the file."


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_files(tmp_path / "elsewhere", {"bank.pdf": b"%PDF-1.7", "more/notes.md": POST})
    return write_site(tmp_path / "content", {"data/list.txt": "Words."})


def stopped(content: Path) -> list[tuple[str, str]]:
    """Where the build stops and what it says."""
    with pytest.raises(ContentError) as stop:
        prepare(content, content.parent / "output", Choices.read(CONFIG))
    assert {p.hint for p in stop.value.problems} == {HINT}
    return [(p.file, p.message) for p in stop.value.problems]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("data/n.pdf", "../../elsewhere/bank.pdf"),
        ("data/usr", "/usr"),
        ("data/kmsg", "/proc/kmsg"),
        ("images/more", "../../elsewhere/more"),
        ("posts/notes.md", "../../elsewhere/more/notes.md"),
        ("posts/.hidden", "/etc"),
        ("data/nowhere", "/nowhere/at/all"),
        ("data/null", "/dev/null"),
        ("data/above", "../.."),
    ],
)
def test_a_link_out_of_the_content_stops_everything(name: str, target: str, content: Path) -> None:
    link = content / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    where = os.path.realpath(link)
    assert stopped(content) == [(name, f'this link leads out of {{content}}, to "{where}"')]
    assert name not in scan(content).shown
    assert not (content.parent / "output").exists()


def test_a_post_that_links_to_it_is_not_blamed_as_well(content: Path) -> None:
    (content / "data/n.pdf").symlink_to("../../elsewhere/bank.pdf")
    text = POST.replace("Some text.", "[The statement](../data/n.pdf)")
    write_files(content, {"posts/fine.md": text})
    assert [file for file, _ in stopped(content)] == ["data/n.pdf"]


def test_a_link_to_a_link_is_followed_to_its_end(content: Path) -> None:
    (content / "data/a").symlink_to("b")
    (content / "data/b").symlink_to("../../elsewhere/bank.pdf")
    assert [file for file, _ in stopped(content)] == ["data/a", "data/b"]


def test_the_settings_are_not_read_from_elsewhere(content: Path) -> None:
    write_files(content.parent / "elsewhere", {"ward.toml": WARD, "issues.toml": ISSUES})
    for name in ("ward.toml", "issues.toml"):
        (content / name).unlink()
        (content / name).symlink_to(f"../elsewhere/{name}")
    settings, problems = read_settings_of(content)
    assert settings is None
    assert [p.file for p in problems] == ["ward.toml"]
    assert [file for file, _ in stopped(content)] == ["issues.toml", "ward.toml"]


def test_nothing_behind_such_a_link_is_opened(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(content.parent / "elsewhere/pipe")  # to open it would wait for ever
    (content / "data/pipe.txt").symlink_to("../../elsewhere/pipe")
    (content / "data/all").symlink_to("../../elsewhere")
    listed: list[str] = []
    listing = os.scandir

    def noted(path: str) -> object:
        listed.append(os.path.realpath(path))
        return listing(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", noted)
        scan(content)
    assert listed
    assert not [path for path in listed if "elsewhere" in path]
    assert len(stopped(content)) == 2


def test_pipes_and_sockets_in_the_content_are_no_files(content: Path, tmp_path: Path) -> None:
    os.mkfifo(content / "posts/pipe.md")
    os.mkfifo(content / "data/pipe.csv")
    (content / "images").mkdir()
    os.mkfifo(content / "images/pipe.png")
    with socket.socket(socket.AF_UNIX) as server:
        with contextlib.chdir(content / "data"):  # the whole path may be too long for a socket
            server.bind("socket.txt")
        assert [file for file in scan(content).shown if "pipe" in file or "socket" in file] == []
        for build in ("one", "two"):
            build_site(CONFIG, content, tmp_path / build, tmp_path / "cache")
    done = run("check", "--content", str(content), cwd=tmp_path)
    assert done.returncode == 0


def test_links_that_stay_inside_go_on_working(content: Path, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "images/bin.png": picture(),
        "posts/fine.md": POST.replace("Some text.", "![A bin](../images/again.png)"),
        "shared/list.txt": "Words.",
    }
    write_files(content, files)
    (content / "images/again.png").symlink_to("bin.png")
    (content / "images/more").symlink_to("../shared")
    (content / "data/full.txt").symlink_to(content / "data/list.txt")
    (content / "posts/.#fine.md").symlink_to("robin@laptop.1234:5678")  # as editors leave them
    (content / "data/gone.txt").symlink_to("nowhere.txt")
    found = scan(content)
    assert not found.leaving
    assert {"images/more/list.txt", "data/full.txt", "images/again.png"} <= set(found.shown)
    assert "data/gone.txt" not in found.shown
    build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    assert "images/again.png" in files_of(tmp_path / "output")


def test_the_content_itself_may_be_a_link(content: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to("content")
    (content / "data/full.txt").symlink_to(content / "data/list.txt")
    assert "data/full.txt" in scan(tmp_path / "mine").shown
    build_site(CONFIG, tmp_path / "mine", tmp_path / "output", tmp_path / "cache")
    assert "2026/11/a-fine-post/index.html" in files_of(tmp_path / "output")


@pytest.mark.parametrize("start", ["content", "mine"])
def test_a_folder_in_itself_is_noticed_at_once(start: str, content: Path) -> None:
    (content.parent / "mine").symlink_to("content")
    (content / "data/deep").mkdir()
    (content / "data/deep/again").symlink_to("..")
    (content / "data/itself").symlink_to("itself")
    found = scan(content.parent / start)
    assert found.looping == ["data/deep/again"]
    assert not [file for file in found.shown if "again" in file]


def test_the_preview_follows_no_new_link(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    live = LiveSite(CONFIG, content)
    live.update()
    assert not live.problems
    link = content / "data/list.txt"
    link.unlink()
    link.symlink_to("../../elsewhere/bank.pdf")
    live.update([link])
    assert "this link leads out of" in live.problems
    link.unlink()
    write_files(content, {"data/list.txt": "Words."})
    live.update([link])
    assert not live.problems


@pytest.mark.parametrize("written", ["../elsewhere/list.csv", "/etc/hosts.csv", "data/../../x.csv"])
def test_a_list_outside_of_the_content_is_not_there(written: str, content: Path) -> None:
    write_files(content.parent, {"elsewhere/list.csv": "name,lat,lon\nA,51.46,-0.16\n"})
    dataset = f'\n[[dataset]]\nissue = "Grit bins"\nfile = "{written}"\n'
    write_files(content, {"issues.toml": ISSUES + dataset})
    with pytest.raises(ContentError) as stop:
        prepare(content, content.parent / "output", Choices.read(CONFIG))
    messages = [p.message for p in stop.value.problems]
    assert f'there is no file called "{written}"' in messages
