"""What kind of export a file or folder is, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from scaffold.old_blog.exports import blogger_export, jekyll, rss, takeout, wxr
from scaffold.old_blog.reading import file_of, read_folder, refused, zipped
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import export_files
from wardblog.scaffold.old_blog.exports.front_matter import read_document, read_settings
from wardblog.scaffold.old_blog.exports.open_blog import open_blog


@pytest.mark.parametrize("name", ["export.xml", "export.txt", "export"])
@pytest.mark.parametrize("make", [wxr, blogger_export, takeout, rss])
def test_the_kind_is_in_the_file_and_not_in_its_name(
    tmp_path: Path, make: object, name: str
) -> None:
    assert callable(make)
    path = tmp_path / name
    path.write_text(make(2))
    kinds = {wxr: "/feed/", blogger_export: "/atom.xml", takeout: "/atom.xml", rss: ""}
    feeds = open_blog(path).feeds
    assert kinds[make] in feeds if kinds[make] else not feeds


def test_what_is_not_there_is_reported(tmp_path: Path) -> None:
    said = refused(tmp_path / "export.xml")
    assert "There is no file or folder" in said
    assert "make import FROM=private/export.xml" in said


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xd8\xff\xe0", b"<html><body>x</body></html>", b"<opml></opml>", b"%PDF"],
)
def test_another_kind_of_file_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "thing"
    path.write_bytes(data)
    said = refused(path)
    assert "thing is not the export of a blog It can be a WordPress or Blogger export" in said


def test_an_empty_folder_and_an_empty_zip_are_refused(tmp_path: Path) -> None:
    assert "is not the export of a blog" in refused(tmp_path)
    assert "is not the export of a blog" in refused(zipped(tmp_path / "a.zip", {}))


def test_a_folder_for_a_program_comes_before_an_export_that_lies_in_it(tmp_path: Path) -> None:
    jekyll(tmp_path, 2)
    (tmp_path / "wordpress.xml").write_text(wxr(5))
    assert {post.is_markdown for post in open_blog(tmp_path).posts} == {True}


def test_an_export_comes_before_a_note_beside_it(tmp_path: Path) -> None:
    blog = read_folder(tmp_path, {"README.md": "# Export\n", "old.xml": wxr(2)})
    assert not any(post.is_markdown for post in blog.posts)


@pytest.mark.parametrize("cut", [30, 400])
def test_a_damaged_zip_is_reported(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": wxr(3)})
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:-cut])
    assert "a.zip is damaged or cut off" in refused(path)


def test_a_zip_with_a_wrong_checksum_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", wxr(3))
    path.write_bytes(path.read_bytes().replace(b"Old ward blog", b"Old WARD blog", 1))
    assert "is damaged or cut off" in refused(path)


def test_a_zip_that_is_locked_is_reported(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": wxr(1)})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert "is locked by a password Unpack it, and give the folder." in refused(path)


def test_a_zip_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.xml", "w") as stream,
    ):
        stream.write(b"<rss><channel><item>")
        for _ in range(120):
            stream.write(b" " * 1_000_000)
    assert path.stat().st_size < 500_000
    assert "would unpack to 120.0 MB: no file of a blog is so large Export" in refused(path)


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.xml": wxr(1)}).read_bytes()
    assert "is not the export of a blog" in refused(zipped(tmp_path / "a.zip", {"b.zip": inner}))


def test_a_file_that_says_that_it_is_outside_the_archive_is_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../../escaped.xml": wxr(1)})
    assert "is not the export of a blog" in refused(path)
    assert not (tmp_path.parent.parent / "escaped.xml").exists()


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardblog.scaffold.old_blog.exports.export_files._MOST_FILES", 3)
    for number in range(4):
        (tmp_path / f"{number}.md").write_text("x")
    assert "has more than 3 files" in refused(tmp_path)
    path = zipped(tmp_path / "a.zip", {f"{number}.md": "x" for number in range(4)})
    assert "has more than 3 files" in refused(path)


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardblog.scaffold.old_blog.exports.export_files._MOST_BYTES", 500)
    path = tmp_path / "a.xml"
    path.write_text(wxr(3))
    assert "a.xml is larger than 500 bytes Export the blog in smaller parts" in refused(path)


def test_hidden_folders_and_installed_packages_are_not_read(tmp_path: Path) -> None:
    for name in (
        ".git/a.md",
        "node_modules/x/a.md",
        "sub/vendor/a.md",
        "kept/a.md",
        ".eleventy.js",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    with export_files(tmp_path) as files:
        assert {file.name for file in files} == {"kept/a.md", ".eleventy.js"}


@pytest.mark.parametrize(
    ("text", "values", "body", "line"),
    [
        ("---\na: 1\n---\n\nx", {"a": "1"}, "x", 5),
        ("---\n---\nx", {}, "x", 3),
        ("---\r\na: no\r\n---\r\nx\r\n", {"a": "no"}, "x\n", 4),
        ("\ufeff---\na: b\n---\nx", {"a": "b"}, "x", 4),
        ("+++\na = true\nb = 1.5\n+++\nx", {"a": "true", "b": "1.5"}, "x", 5),
        ("---toml\na = 'b'\n---\nx", {"a": "b"}, "x", 4),
        ("---json\n{\"a\": null}\n---\nx", {"a": ""}, "x", 4),
        ("--- \na: b\n--- \nx", {"a": "b"}, "x", 4),
        ("---\na: b\nx", {}, "---\na: b\nx", 1),
        ("x\n---\na: b\n---\n", {}, "x\n---\na: b\n---\n", 1),
        ("{not json\nx", {}, "{not json\nx", 1),
        ("{{< youtube abc >}}\n", {}, "{{< youtube abc >}}\n", 1),
        ("", {}, "", 1),
    ],
)  # fmt: skip
def test_headers_are_taken_apart(text: str, values: dict[str, str], body: str, line: int) -> None:
    found = read_document(file_of("a.md", text.encode()))
    assert (dict(found.values), found.text, found.line) == (values, body, line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: a: b\n---\n", "a.md:2: this cannot be read as YAML"),
        ("---\na: b\n\tc: d\n---\n", "a.md:3: this cannot be read as YAML"),
        ("---\n- a\n- b\n---\n", "a.md:2: this cannot be read as YAML"),
        ("+++\na = 1\nb = \n+++\n", "a.md:3: this cannot be read as TOML"),
        ("---json\n{\n\"a\": }\n---\n", "a.md:3: this cannot be read as JSON"),
        ("---\na: " + "[" * 3000 + "\n---\n", "a.md:"),
        ("---\na: " + "x" * 60_000 + "\n---\n", "a.md:2: this header is too long to be read"),
        ("---\na: !!python/object/apply:os.system [ls]\n---\n", ""),
    ],
)  # fmt: skip
def test_headers_that_cannot_be_read_say_where(text: str, said: str) -> None:
    file = file_of("a.md", text.encode())
    if not said:
        # A value is a text or a list, whatever it says that it is.
        assert read_document(file).values == {"a": ["ls"]}
        return
    with pytest.raises(CommandError) as caught:
        read_document(file)
    assert str(caught.value).startswith(said)


def test_a_header_that_refers_to_itself_again_and_again_is_small(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    header = "\n".join(lines)
    blog = read_folder(
        tmp_path, {"_posts/2016-05-03-a.md": f"---\ntitle: A\n{header}\ntags: *a11\n---\nx\n"}
    )
    assert blog.posts[0].terms == ()


def test_a_file_that_is_not_text_is_reported() -> None:
    with pytest.raises(CommandError, match=r"a\.md:1: this is a PDF, despite its name"):
        read_document(file_of("a.md", b"%PDF-1.4"))
    with pytest.raises(CommandError, match=r"b\.toml:2: this cannot be read as TOML"):
        read_settings(file_of("b.toml", b"a = 1\nb\n"))
