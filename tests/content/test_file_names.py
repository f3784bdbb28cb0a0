"""Posts may be called `.txt` or `.MD`; text files elsewhere stay files."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import EPOCH, POST, ROOT, read_all, read_fine, run_pelican, write_site
from wardblog import cli
from wardblog.content.files import is_text


@pytest.mark.parametrize(
    "ending", ["txt", "TXT", "Txt", "md", "MD", "Md", "mD", "markdown", "MARKDOWN", "mdown", "mkd"]
)
def test_a_post_is_read_whatever_its_ending(ending: str, tmp_path: Path) -> None:
    text = POST.replace("fine", "second")
    site = read_fine(
        tmp_path, {f"posts/second.{ending}": text, f"pages/us.{ending}": "Title: Us\n\nWe."}
    )
    assert [p.title for p in site.posts] == ["A fine post", "A second post"]
    assert [p.title for p in site.pages] == ["Us"]


@pytest.mark.parametrize(
    ("link", "there"),
    [("b.md", "b.txt"), ("b.txt", "b.md"), ("b.md", "b.TXT"), ("{filename}b.md", "b.txt"),
     ("/posts/b.markdown", "b.md"), ("b.txt#part", "b.txt")],
)  # fmt: skip
def test_a_link_may_name_either_ending(link: str, there: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", f"[b]({link})"),
        f"posts/{there}": POST.replace("fine", "second"),
    }
    post = next(p for p in read_fine(tmp_path, files).posts if p.file == "posts/fine.md")
    assert post.marks[0].startswith(f"{{filename}}/posts/{there}")


def test_a_text_file_elsewhere_is_a_file_like_others(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", "[b](../files/licence.txt)"),
        "files/licence.txt": "Words.",
        "data/notes.txt": "Words.",
        "notes.txt": "Words.",
    }
    assert read_fine(tmp_path, files).posts[0].marks == ("{static}/files/licence.txt",)
    assert not is_text("files/licence.txt")
    assert is_text("posts/2026/a.txt")


def test_two_files_of_one_post_are_one_mistake(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"posts/fine.txt": POST}
    _, problems = read_all(write_site(tmp_path, files))
    assert [(p.file, p.message) for p in problems] == [
        (
            "posts/fine.txt",
            "the file {content}/posts/fine.md has the same name, and only its ending differs",
        )
    ]


@pytest.mark.long
def test_pelican_itself_builds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    content = write_site(
        tmp_path / "content",
        {
            "posts/second.TXT": POST.replace("fine", "£5").replace("Some", "[a](fine.txt)"),
            "posts/third.md": "---\ntitle: 'Môn: a'\ndate: 2026-11-20 07:00 +0000\n"
            "tags: [grit bins]\n---\nText.\n",
            "pages/us.txt": "Title: Us\n\nWe.",
        },
    )
    assert cli.main(["html", "--content", str(content), "--output", str(tmp_path / "ours")]) == 0
    words = (str(content), "-s", "pelicanconf.py", "-o", str(tmp_path / "its"))
    run_pelican(*words, cwd=ROOT).check_returncode()
    ours, its = (
        {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (tmp_path / "ours", tmp_path / "its")
    )
    assert ours == its
    assert {
        "2026/11/a-5-pounds-post/index.html",
        "2026/11/mon-a/index.html",
        "us/index.html",
    } <= set(its)
