"""Where a site may go, and what is asked before it goes there for the first time."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from publish.servers import bare_repository
from support import (
    POST,
    ROOT,
    WARD,
    files_of,
    mostly_long,
    run,
    run_here,
    write_files,
    write_site,
)
from wardblog.publish.identity import Identity


def publish(
    folder: Path,
    lines: str,
    *words: str,
    content: str = "content",
    ci: str = "",
    home: str = os.environ.get("HOME", "/"),
) -> subprocess.CompletedProcess[str]:
    write_site(folder / content, {"ward.toml": f"{WARD}\n[publish]\n{lines}\n"})
    return run_here("publish", "--content", content, *words, cwd=folder, CI=ci, HOME=home)


@pytest.mark.parametrize(
    "path",
    ["~/.ssh", "~/.ssh/ward", ".git", ".wardblog/site", "a/.hidden/b", "./.x", "~robin/www", "~",
     "pub\\nlic", "pub\\u001blic", "pub\\u202elic", "/", "..", "a/..", "a/../", "pub\\u007flic",
     "$HOME/ward", "${HOME}/ward", "www\\\\ward"],
)  # fmt: skip
def test_a_protected_folder_is_refused_in_one_sentence(tmp_path: Path, path: str) -> None:
    done = publish(tmp_path, f'path = "{path}"', "--force")
    assert done.returncode == 1
    assert done.stderr.startswith('content/ward.toml:20: "path" ')
    assert done.stderr.endswith("1 problem. Nothing was written.\n")
    assert not {p.name for p in tmp_path.iterdir()} - {"content", "output", ".wardblog"}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("content", "it is in content"),
        pytest.param("content/posts/public", "it is in content", marks=pytest.mark.long),
        pytest.param("x/../content/public", "it is in content", marks=pytest.mark.long),
        pytest.param("Content/public", "it is in content", marks=pytest.mark.long),
        ("link/public", "it is in content"),
        ("output/public", "it is in output"),
        pytest.param("private/public", "it is in private", marks=pytest.mark.long),
        ("secret/public", "it is in a hidden folder"),
    ],
)
def test_a_folder_inside_a_protected_one_is_refused(tmp_path: Path, path: str, why: str) -> None:
    write_site(tmp_path / "content")
    (tmp_path / "x").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "link").symlink_to("content")
    (tmp_path / "secret").symlink_to(".hidden")
    before = files_of(tmp_path / "content")
    done = publish(tmp_path, f'path = "{path}"', "--force")
    assert done.returncode == 1
    assert why in done.stderr.splitlines()[0]
    changed = {n: t for n, t in files_of(tmp_path / "content").items() if n != "ward.toml"}
    assert changed == {n: t for n, t in before.items() if n != "ward.toml"}


ELSEWHERE = {
    "content-sample/public": "it is in content-sample, which has somebody's content",
    "content-sample": "it is in content-sample, which has somebody's content",
    "old/posts/public": "it is in old, which has somebody's content",
    "first/ward": "it is in another published site",
    "first.releases/1/ward": "it is in another published site",
    "first.releases/1": "it is in another published site",
    "first.releases/2": "it is in first.releases, which has the releases of a site",
    "first.releases": "it is in first.releases, which has the releases of a site",
    "link/ward": "it is in another published site",
}


@pytest.mark.parametrize(
    "path", mostly_long(ELSEWHERE, "content-sample/public", "first/ward", "first.releases/2")
)
def test_a_folder_in_another_site_or_older_content_is_refused(tmp_path: Path, path: str) -> None:
    """A publish to the one around it, or a look into it, would take it away or publish it."""
    write_site(tmp_path / "content-sample")
    write_files(tmp_path / "old", {"issues.toml": "", "posts/a.md": "x"})
    assert publish(tmp_path, 'path = "first"').returncode == 0
    (tmp_path / "link").symlink_to("first")
    before = files_of(tmp_path / "first.releases")
    done = publish(tmp_path, f'path = "{path}"', "--force")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith(f"{ELSEWHERE[path]}.")
    assert files_of(tmp_path / "first.releases") == before


def test_a_folder_that_contains_a_protected_one_is_refused(tmp_path: Path) -> None:
    done = publish(tmp_path, 'path = "site"', "--force", content="site/content")
    assert done.returncode == 1
    assert "site/content is in it" in done.stderr
    home = publish(tmp_path, f'path = "{tmp_path}"', "--force")
    assert "is in it" in home.stderr
    other = tmp_path / "home/robin"
    other.mkdir(parents=True)
    done = publish(tmp_path, 'path = "home"', "--force", home=str(other))
    assert "your home folder is in it" in done.stderr


def test_names_in_another_unicode_form_are_equal(tmp_path: Path) -> None:
    """A Mac writes an accent apart from its letter."""
    done = publish(tmp_path, 'path = "me\\u0301moire/public"', "--force", content="m\u00e9moire")
    assert done.returncode == 1
    assert "it is in m\u00e9moire" in done.stderr


@pytest.mark.parametrize(
    "path",
    mostly_long(
        ["public", "./public", "www/ward site", "www/v1.0", "x/../public"],
        "www/ward site",
        "x/../public",
    ),
)
def test_a_folder_in_the_project_needs_no_question(tmp_path: Path, path: str) -> None:
    (tmp_path / "x").mkdir()
    done = publish(tmp_path, f'path = "{path}"')
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / path / "index.html").is_file()


def test_a_new_destination_elsewhere_needs_an_answer(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    there.mkdir()
    done = publish(here, 'path = "../there/ward"')
    assert done.returncode == 1
    assert done.stderr == (
        f"Nothing has been published to the folder {there}/ward before.\nNothing was published.\n"
        "  If this is what you want, run: make publish FORCE=1\n"
    )
    assert list(there.iterdir()) == []
    dry = publish(here, 'path = "../there/ward"', "--dry-run")
    question = f"Nothing has been published to the folder {there}/ward"
    assert f"It would ask first:\n{question}" in dry.stdout
    assert publish(here, 'path = "../there/ward"', "--force").returncode == 0
    write_files(here / "content", {"posts/fine.md": POST.replace("Some", "Other")})
    again = run("publish", cwd=here, CI="")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Published." in again.stdout


@pytest.mark.parametrize(("answer", "status"), [("yes", 0), ("no", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(tmp_path: Path, answer: str, status: int) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_site(here / "content", {"ward.toml": f'{WARD}\n[publish]\npath = "{there}"\n'})
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    done = run("publish", cwd=here, stdin=theirs, CI="")
    os.close(ours)
    os.close(theirs)
    assert done.returncode == status
    assert f"the folder {there} before." in done.stderr
    assert there.exists() == (status == 0)


def test_an_automated_service_is_not_asked(tmp_path: Path) -> None:
    done = publish(tmp_path / "here", f'path = "{tmp_path}/there"', ci="true")
    assert (done.returncode, done.stderr) == (0, "")


def test_only_a_repository_outside_the_project_needs_an_answer(
    tmp_path: Path,
) -> None:
    here = tmp_path / "here"
    remote = bare_repository(tmp_path / "remote.git")
    done = publish(here, f'to = "git"\nverify = false\nremote = "{remote}"')
    assert done.returncode == 1
    assert done.stderr.startswith(f"Nothing has been published to the branch gh-pages of {remote} ")
    subprocess.run(["git", "init", "-q", str(here)], check=True)
    subprocess.run(["git", "-C", str(here), "remote", "add", "origin", str(remote)], check=True)
    done = publish(here, 'to = "git"\nverify = false')
    assert (done.returncode, done.stderr) == (0, "")


def other_site(title: str, url: str) -> str:
    return WARD.replace("Shaftesbury ward blog", title).replace("https://ward.example.org", url)


def test_replacing_another_site_needs_an_answer(tmp_path: Path) -> None:
    first = other_site("Lavender ward blog", "https://lavender.invalid.uk")
    write_site(tmp_path / "content", {"ward.toml": first})
    assert run("publish", cwd=tmp_path, CI="true").returncode == 0
    write_site(tmp_path / "content", {"ward.toml": other_site("Robin", "https://robin.invalid.uk")})
    done = run("publish", cwd=tmp_path, CI="true")
    assert done.returncode == 1
    assert done.stderr.startswith(
        'Another site, "Lavender ward blog" (https://lavender.invalid.uk), is already in the '
        f"folder {tmp_path}/public. This one would replace it.\n"
    )
    assert "would be removed" not in done.stderr


@pytest.mark.parametrize(
    "url",
    mostly_long(
        ["https://ward.example.org", "https://robin.invalid.uk"], "https://robin.invalid.uk"
    ),
)
def test_an_own_site_replaces_the_sample_and_never_rolls_back_to_it(
    tmp_path: Path, url: str
) -> None:
    for name in ("theme", "pelicanconf.py", "publishconf.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    # A site that says that it is the sample, with one post.
    shipped = tomllib.loads((ROOT / "content/ward.toml").read_text(encoding="utf-8"))["site"]
    files = {
        "ward.toml": other_site(shipped["title"], shipped["url"]),
        "posts/fine.md": POST.replace("A fine", "Bins-moved"),
    }
    write_site(tmp_path / "content", files)
    sample = run("publish", cwd=tmp_path, CI="")
    assert sample.returncode == 0, sample.stderr
    assert "Nothing has left this computer" in sample.stdout
    assert list((tmp_path / "public").rglob("*bins-moved*"))
    shutil.rmtree(tmp_path / "content")
    write_site(tmp_path / "content", {"ward.toml": other_site("Robin's ward blog", url)})
    own = run("publish", cwd=tmp_path, CI="")
    assert (own.returncode, own.stderr) == (0, "")
    assert not list((tmp_path / "public").rglob("*bins-moved*"))
    back = run("rollback", cwd=tmp_path)
    assert (back.returncode, back.stderr) == (1, "There is no earlier release to go back to.\n")
    write_files(tmp_path / "content", {"posts/fine.md": POST.replace("Some", "Other")})
    run("publish", cwd=tmp_path, CI="")
    assert run("rollback", cwd=tmp_path).returncode == 0
    assert "Some text" in (tmp_path / "public/2026/11/a-fine-post/index.html").read_text()


OWN = Identity("https://ward.invalid.uk", "Ward blog")


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (None, True),
        (Identity("https://ward.invalid.uk", "Another title"), True),
        (Identity("https://other.invalid.uk", "ward  BLOG"), True),
        (Identity("https://other.invalid.uk", "Another title"), False),
        (Identity("https://ward.example.org", "Sample: Ward blog"), False),
    ],
)
def test_a_site_with_the_same_address_or_title_is_the_same(
    other: Identity | None, is_same: bool
) -> None:
    assert OWN.is_same(other) is is_same
    assert other is None or other.is_same(OWN) is is_same
