"""Pictures and documents of an old blog: found in a folder of uploads, or fetched."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scaffold.old_blogs import SITE, Desk, desk_in, old_blog, old_picture, old_post
from support import picture, write_files
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.alt_texts import with_alt_texts
from wardblog.scaffold.old_blog.fetched import (
    discard_fetched,
    fetch_files,
    fetchable,
    fetched_before,
    hosts_of,
)
from wardblog.scaffold.old_blog.picture_table import read_descriptions
from wardblog.scaffold.old_blog.pictures import FoundFile, Uploads, copy_files, find_files
from wardblog.scaffold.old_blog.summary import plan_lines

Site = dict[str, tuple[int, dict[str, str], bytes]]
AT = f"{SITE}/wp-content/uploads"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def uploads(folder: Path, *names: str) -> Uploads:
    write_files(folder / "uploads", dict.fromkeys(names, picture()))
    return Uploads([folder / "uploads"])


def found(folder: Path, url: str, *names: str) -> str | None:
    """What is found for a URL in a folder with these files."""
    path = uploads(folder, *names).find(url)
    return path.relative_to(folder / "uploads").as_posix() if path else None


@pytest.mark.parametrize(
    ("url", "names", "expected"),
    [
        (f"{AT}/2014/03/bin.jpg", ("2014/03/bin.jpg", "2015/03/bin.jpg"), "2014/03/bin.jpg"),
        (f"{AT}/2014/03/bin.jpg", ("wp-content/uploads/2014/03/bin.jpg",),
         "wp-content/uploads/2014/03/bin.jpg"),
        (f"{AT}/2014/03/A%20Bin.JPG", ("2014/03/a bin.jpg",), "2014/03/a bin.jpg"),
        (f"{AT}/2014/03/bin-300x200.jpg", ("2014/03/bin.jpg", "2014/03/bin-300x200.jpg"),
         "2014/03/bin-300x200.jpg"),
        (f"{AT}/2014/03/bin.jpg", ("2014/03/bin-300x200.jpg", "2014/03/bin-1024x683.jpg"),
         "2014/03/bin-1024x683.jpg"),
        (f"{AT}/2014/03/bin.jpg", ("2014/03/bin-scaled.jpg",), "2014/03/bin-scaled.jpg"),
        ("https://blogger.googleusercontent.com/img/b/R29v/s0/bin.jpg", ("Albums/x/bin.jpg",),
         "Albums/x/bin.jpg"),
        (f"{AT}/2014/03/bin.jpg", ("2013/01/bin.jpg", "2012/02/bin.jpg"), None),
        (f"{AT}/2014/03/bin.jpg", ("2014/03/other.jpg",), None),
        (f"{AT}/2014/03/plan.pdf", ("2014/03/plan.pdf",), "2014/03/plan.pdf"),
        (f"{AT}/2014/03/run.php", ("2014/03/run.php",), None),
        ("http://[broken", ("bin.jpg",), None),
    ],
)  # fmt: skip
def test_a_file_is_found_by_the_end_of_its_path(
    tmp_path: Path, url: str, names: tuple[str, ...], expected: str | None
) -> None:
    assert found(tmp_path, url, *names) == expected


def test_a_link_in_the_folder_of_uploads_is_not_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"private/secret.jpg": picture(), "uploads/x.txt": "x"})
    (tmp_path / "uploads/bin.jpg").symlink_to(tmp_path / "private/secret.jpg")
    assert Uploads([tmp_path / "uploads"]).find(f"{AT}/bin.jpg") is None


def placed(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """The files of the content for uploads with these bytes, by the end of their URL."""
    write_files(folder / "uploads", files)
    sources = {f"{AT}/{name}": folder / "uploads" / name for name in files}
    given = find_files(folder / "content", sources, {}, sources).files
    return {url.removeprefix(f"{AT}/"): file for url, file in given.items()}


def test_names_are_fit_for_addresses_and_have_the_right_ending(tmp_path: Path) -> None:
    assert placed(
        tmp_path,
        {
            "2014/03/A Bin (1).JPG": picture(kind="JPEG"),
            "2014/03/really.jpg": picture(kind="PNG"),
            "2014/03/Tŷ_Coch.png": picture(kind="PNG"),
            "2015/plan 2.PDF": b"%PDF-1.7",
            "logo.svg": b"<svg/>",
            "!!!.gif": picture(kind="GIF"),
        },
    ) == {
        "2014/03/A Bin (1).JPG": "images/2014/03/a-bin-1.jpg",
        "2014/03/really.jpg": "images/2014/03/really.png",
        "2014/03/Tŷ_Coch.png": "images/2014/03/ty-coch.png",
        "2015/plan 2.PDF": "files/2015/plan-2.pdf",
        "logo.svg": "images/logo.svg",
        "!!!.gif": "images/picture.gif",
    }


def test_two_pictures_with_one_name_get_two_and_the_same_picture_one(tmp_path: Path) -> None:
    assert placed(
        tmp_path,
        {
            "a/bin.jpg": picture(4, 4, "JPEG"),
            "b/bin.jpg": picture(5, 5, "JPEG"),
            "c/bin.jpg": picture(4, 4, "JPEG"),
        },
    ) == {
        "a/bin.jpg": "images/bin.jpg",
        "b/bin.jpg": "images/bin-2.jpg",
        "c/bin.jpg": "images/bin.jpg",
    }


def test_a_picture_of_the_new_blog_is_never_replaced(tmp_path: Path) -> None:
    own = picture(9, 9, "JPEG")
    write_files(tmp_path / "content", {"images/bin.jpg": own})
    given = placed(tmp_path, {"bin.jpg": picture(4, 4, "JPEG")})
    assert given == {"bin.jpg": "images/bin-2.jpg"}


def test_nothing_is_copied_out_of_the_content_folder(tmp_path: Path) -> None:
    write_files(tmp_path, {"bin.jpg": picture(), "content/x": "", "elsewhere/x": ""})
    (tmp_path / "content/images").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="a place outside"):
        copy_files(tmp_path / "content", [FoundFile(tmp_path / "bin.jpg", "images/bin.jpg")])
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["x"]


def test_pictures_come_along_with_the_posts(desk: Desk, tmp_path: Path) -> None:
    write_files(tmp_path / "uploads", {"2014/03/bin.jpg": picture(kind="JPEG")})
    text = f'<p><img src="{AT}/2014/03/bin-300x200.jpg" alt="A bin"></p>'
    blog = old_blog(old_post(text=text, picture=f"{AT}/2014/03/bin.jpg", picture_alt="A | B"))
    missing = desk.move(blog)
    assert missing.files.missing == (f"{AT}/2014/03/bin.jpg",)
    assert [note.kind for post in missing.posts for note in post.notes] == ["picture", "picture"]
    desk.move(blog, uploads=[tmp_path / "uploads"])
    (body,) = desk.texts().values()
    assert "![A bin](../images/2014/03/bin.jpg)" in body
    assert "Image: images/2014/03/bin.jpg | A , B" in body
    assert (desk.content / "images/2014/03/bin.jpg").read_bytes() == picture(kind="JPEG")
    assert (
        "/wp-content/uploads/2014/03/bin.jpg,/images/2014/03/bin.jpg"
        in (desk.content / "redirects.csv").read_text().splitlines()
    )
    # Without the folder, what was brought already is known.
    assert desk.move(blog).new_files == {}


def test_smaller_copies_and_those_of_galleries_lead_to_the_picture(
    desk: Desk, tmp_path: Path
) -> None:
    names = ("bin", "road", "tree-scaled", "alone")
    write_files(
        tmp_path / "uploads",
        {f"2014/03/{name}.jpg": picture(kind="JPEG", width=number) for number, name in
         enumerate(names, 3)},
    )  # fmt: skip
    text = (
        f'<p><img src="{AT}/2014/03/bin-300x200.jpg" alt="A bin" '
        f'srcset="{AT}/2014/03/bin-300x200.jpg 300w, {AT}/2014/03/bin-1024x683.jpg 1024w"></p>'
        f'<p><img src="https://elsewhere.org/2014/03/bin-50x50.jpg" alt="Another"></p>'
        f'<p><img src="{AT}/2014/03/gone-300x200.jpg" alt="Gone"> [gallery ids="7,8"]</p>'
    )
    attached = (old_picture("road.jpg", number="7"), old_picture("tree-scaled.jpg", number="8"))
    blog = old_blog(old_post(text=text, terms=()), pictures=attached)
    desk.move(blog, uploads=[tmp_path / "uploads"])
    rows = (desk.content / "redirects.csv").read_text().splitlines()
    at, new = "/wp-content/uploads/2014/03", "/images/2014/03"
    assert [row for row in rows if ".jpg" in row] == [
        f"{at}/bin-1024x683.jpg,{new}/bin.jpg",
        f"{at}/bin-300x200.jpg,{new}/bin.jpg",
        f"{at}/bin.jpg,{new}/bin.jpg",
        f"{at}/road-150x150.jpg,{new}/road.jpg",
        f"{at}/road.jpg,{new}/road.jpg",
        f"{at}/tree-150x150.jpg,{new}/tree-scaled.jpg",
        f"{at}/tree-scaled.jpg,{new}/tree-scaled.jpg",
    ]


def test_a_picture_beside_a_text_of_hugo_is_that_of_its_own_page(
    desk: Desk, tmp_path: Path
) -> None:
    files = {f"posts/hello-{n}/bin.jpg": picture(kind="JPEG", width=n) for n in (3, 4)}
    write_files(tmp_path / "old", files)
    posts = [
        old_post(n, text="![A bin](bin.jpg)", is_markdown=True, addresses=(f"/posts/hello-{n}/",))
        for n in (3, 4)
    ]
    desk.move(old_blog(*posts, program="hugo"), uploads=[tmp_path / "old"])
    third, fourth = desk.texts().values()
    assert "![A bin](../images/bin.jpg)" in third
    assert "![A bin](../images/bin-2.jpg)" in fourth
    assert (desk.content / "images/bin-2.jpg").read_bytes() == files["posts/hello-4/bin.jpg"]


def test_a_picture_is_described_once_for_all_posts(desk: Desk, tmp_path: Path) -> None:
    write_files(tmp_path / "uploads", {"bin.jpg": picture(kind="JPEG")})
    text = f'<p><img src="{AT}/bin.jpg" alt=""></p>'
    blog = old_blog(old_post(1, text=text), old_post(2, text=text))
    words = {"images/bin.jpg": "A bin [full] in the snow"}
    desk.move(blog, uploads=[tmp_path / "uploads"], descriptions=words)
    for body in desk.texts().values():
        assert r"![A bin \[full\] in the snow](../images/bin.jpg)" in body


def test_the_table_of_descriptions_is_read_without_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "pictures.csv"
    path.write_text("picture;posts;first post;description\nimages/a.jpg;1;x; A  bin \nb;1;x;\n")
    assert read_descriptions(path) == {"images/a.jpg": "A bin"}
    assert with_alt_texts("![x](../images/a.jpg)", {}, ()) == "![x](../images/a.jpg)"


@contextmanager
def old_site(
    answers: dict[str, tuple[int, dict[str, str], bytes]],
) -> Iterator[tuple[str, list[str]]]:
    """A web server with these answers by path; gives its address, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers['User-Agent']}")
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_missing_pictures_are_fetched_one_by_one_and_a_failure_stops_no_other(
    desk: Desk,
) -> None:
    answers: Site = {
        "/bin.jpg": (200, {}, picture()),
        "/moved.jpg": (301, {"Location": "/bin.jpg"}, b""),
        "/away.jpg": (302, {"Location": "https://other.example.com/bin.jpg"}, b""),
        "/circle.jpg": (302, {"Location": "/circle.jpg"}, b""),
        "/invalid.jpg": (302, {"Location": "https://[x/bin.jpg"}, b""),
        "/page.jpg": (200, {}, b"<!doctype html><p>Log in"),
        "/empty.jpg": (200, {}, b""),
        "/cut.jpg": (200, {"Content-Length": "99999"}, picture()),
    }
    with old_site(answers) as (site, asked):
        urls = [f"{site}{path}" for path in (*answers, "/gone.jpg")]
        got = fetch_files(urls, site, desk.private)
    assert [url.removeprefix(site) for url in got.files] == ["/bin.jpg", "/moved.jpg"]
    assert [path.read_bytes() for path in got.files.values()] == [picture(), picture()]
    assert {url.removeprefix(site): why for url, why in got.failures} == {
        "/away.jpg": "it redirects to another site, other.example.com",
        "/circle.jpg": "it redirects in a circle",
        "/invalid.jpg": "it redirects to an address that cannot be read",
        "/page.jpg": "the old site sent a web page instead",
        "/empty.jpg": "the connection was closed before all of it had arrived",
        "/cut.jpg": "the connection was closed before all of it had arrived",
        "/gone.jpg": "the old site answered 404",
    }
    assert "moves its own pictures" in asked[0]
    for path in got.files.values():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert fetched_before(urls, desk.private) == got.files
    discard_fetched(got.files.values())
    assert fetched_before(urls, desk.private) == {}


def test_only_the_old_site_and_its_program_are_asked_for_pictures() -> None:
    own = (
        f"{SITE}/bin.jpg",
        "http://www.old.example.org/bin.jpg",
        "https://robin.files.wordpress.com/2014/03/bin.jpg",
        "https://1.bp.blogspot.com/-x/s0/bin.jpg",
        "https://blogger.googleusercontent.com/img/b/x/s0/bin.jpg",
    )
    others = (
        "https://flickr.example.com/bin.jpg",
        "https://old.example.org.evil.example/bin.jpg",
        "file:///etc/passwd",
        "/images/bin.jpg",
    )
    assert fetchable((*own, *others), SITE) == list(own)
    assert fetchable((f"{SITE}/bin.jpg",), "") == []


def test_what_a_copy_left_that_was_cut_off_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is killed can remove nothing; the next one does, and leaves nothing itself."""
    source = tmp_path / "bin.jpg"
    source.write_bytes(picture(40, 30, "JPEG"))
    content = tmp_path / "content"
    copied = [FoundFile(source, "images/bin.jpg")]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut_off)
        patched.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(OSError, match="cut off"):
            copy_files(content, copied)
    assert len(list((content / "images").iterdir())) == 1
    copy_files(content, copied)
    assert [path.name for path in (content / "images").iterdir()] == ["bin.jpg"]


def cut_off(*_: object) -> None:
    raise OSError("cut off")


def test_no_password_in_an_address_is_shown(desk: Desk) -> None:
    url = "https://robin:secret@old.example.org:8443/2014/03/bin.jpg"
    assert hosts_of([url]) == [("old.example.org:8443", 1)]
    plan = desk.plan(old_blog(old_post(text=f'<img src="{url}" alt="A bin">')))
    lines = "\n".join(plan_lines(plan, desk.content))
    assert "1 missing, from old.example.org:8443 (1)." in lines
    assert "secret" not in lines
