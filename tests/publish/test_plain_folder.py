"""A folder without links, as on Windows: it keeps what is not ours, and deletes what was."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import POST, files_of, run_here, write_files, write_site
from wardblog.publish import plain_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(plain_folder, "_HAS_LINKS", False)
    write_site(tmp_path / "content")
    return tmp_path


def live_files(here: Path) -> set[str]:
    return {name for name in files_of(here / "public") if not name.startswith(".wardblog")}


def test_a_post_that_is_gone_goes_with_its_folders(here: Path) -> None:
    assert run_here("publish", cwd=here).returncode == 0
    page = here / "public/2026/11/a-fine-post/index.html"
    assert page.is_file()
    write_files(here / "content", {"posts/fine.md": POST.replace("A fine post", "Another")})
    assert run_here("publish", "--force", cwd=here).returncode == 0
    assert not page.parent.exists()
    assert (here / "public/2026/11/another/index.html").is_file()
    assert live_files(here) >= set(files_of(here / "output")) - {".wardblog.json"}


def test_files_of_others_are_left_alone(here: Path) -> None:
    write_files(here / "public", {"404.html": "mine"})
    refused = run_here("publish", cwd=here)
    assert refused.returncode == 1
    assert "There is a file 404.html in the folder public that was not published from here" in (
        refused.stderr
    )
    assert live_files(here) == {"404.html"}


def test_an_interrupted_publish_is_completed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed = 0

    def fail_later(source: Path, target: Path) -> None:
        nonlocal placed
        placed += 1
        if placed == 9:
            raise OSError(28, "No space left on device", str(target))
        source.replace(target)

    with monkeypatch.context() as full:
        full.setattr(plain_folder, "put_in_place", fail_later)
        stopped = run_here("publish", cwd=here)
    assert stopped.returncode == 1
    assert "Traceback" not in stopped.stderr
    assert run_here("publish", cwd=here).returncode == 0
    built = {n: d for n, d in files_of(here / "output").items() if not n.startswith(".wardblog")}
    live = files_of(here / "public")
    assert {name: live.get(name) for name in built} == built
    assert not list((here / "public/.wardblog").glob("incoming/*"))


def test_a_rollback_says_that_there_is_nothing_to_go_back_to(here: Path) -> None:
    run_here("publish", cwd=here)
    done = run_here("rollback", cwd=here)
    assert done.returncode == 1
    assert done.stderr.startswith("On Windows, a folder keeps no earlier releases.")


def test_a_link_is_not_followed(here: Path) -> None:
    (here / "elsewhere").mkdir()
    (here / "public").symlink_to("elsewhere")
    assert run_here("publish", cwd=here).returncode == 1
    assert not list((here / "elsewhere").iterdir())
