"""Photographs as telephones take them: HEIC and AVIF come out as upright JPEG and WebP."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from support import EPOCH, POST, ROOT, files_of, picture, read_all, read_fine, write_site
from wardblog.build import build_site, explain
from wardblog.build.live import LiveSite
from wardblog.model import Fault
from wardblog.photos import original_of, published_path, versions_of
from wardblog.photos.inspect import inspect_picture
from wardblog.photos.make import make_versions
from wardblog.problems import ContentError

CONFIG = ROOT / "pelicanconf.py"
PAGE = "2026/11/a-fine-post/index.html"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def taken(kind: str, orientation: int = 6, mode: str = "RGB") -> bytes:
    """A photograph that is white where it is up, once it is turned as its camera was held."""
    from pillow_heif import from_pillow

    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Jo Bloggs, jo.bloggs@btinternet.com"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 59.0), 3: "W", 4: (0.0, 9.0, 0.0)})
    image = Image.new(mode, (900, 600), "teal")
    image.paste("white", (0, 0, 450, 600))
    file = BytesIO()
    if kind == "HEIC":
        from_pillow(image).save(file, exif=exif.tobytes(), quality=80)
    else:
        image.save(file, kind, exif=exif, quality=80)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["HEIC", "AVIF"])
def test_it_is_published_upright_and_without_metadata(kind: str) -> None:
    found = inspect_picture(taken(kind))
    assert (found.kind, found.width, found.height, found.fault) == (kind, 600, 900, None)
    assert "jo.bloggs@btinternet.com" in " ".join(found.texts)
    assert found.is_located
    versions = versions_of(f"images/lane.{kind.lower()}", found)
    files = make_versions(taken(kind), found, versions)
    assert [v.kind for v in versions] == ["JPEG"] * 3 + ["WebP"] * 3
    for version, data in zip(versions, files, strict=True):
        image = Image.open(BytesIO(data))
        assert (image.format or "").casefold() == version.kind.casefold()
        assert image.size == (version.width, version.height)
        assert not image.getexif()
        upper, lower = (image.convert("L").getpixel((200, y)) for y in (10, image.height - 10))
        assert isinstance(upper, int)
        assert isinstance(lower, int)
        assert upper > 240 > 150 > lower
        assert b"btinternet" not in data


@pytest.mark.parametrize("cut", [40, 300, 700])
def test_a_truncated_file_has_a_fault(cut: int) -> None:
    assert inspect_picture(taken("HEIC")[:cut]).fault in (Fault.CUT_OFF, Fault.DAMAGED)


def test_transparency_becomes_white() -> None:
    image, file = Image.new("RGBA", (20, 10), (255, 0, 0, 0)), BytesIO()
    image.save(file, "AVIF")
    found = inspect_picture(file.getvalue())
    first = make_versions(file.getvalue(), found, versions_of("a.avif", found))[0]
    assert Image.open(BytesIO(first)).convert("L").getextrema() == (255, 255)


def test_names_lead_from_the_file_to_what_is_published_and_back() -> None:
    for file in ("images/IMG_1.HEIC", "posts/a.heif", "b.avif"):
        assert published_path(file) == f"{file}.jpg"
        assert original_of(f"{file}.jpg") == file
    for file in ("images/a.jpg", "a.heic.png", "files/heic.pdf", "a.heic.webp"):
        assert published_path(file) == file
        assert original_of(file) == file


@pytest.mark.parametrize("name", ["images/IMG_1.HEIC", "posts/lane.heif", "images/new.avif"])
def test_a_page_shows_it_in_every_version(name: str, tmp_path: Path) -> None:
    path = f"../{name}"
    body = f"![A lane]({path}) and [larger]({path})"
    text = POST.replace("Some text.", body)
    if name.startswith("images/"):
        text = text.replace("Tags:", f"Image: {name}\nTags:")
    kind = "AVIF" if name.endswith("avif") else "HEIC"
    content = write_site(tmp_path / "content", {"posts/fine.md": text, name: taken(kind)})
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(CONFIG, content, output, cache)
    files = files_of(output)
    assert name not in files
    page = BeautifulSoup(files[PAGE], "html.parser")
    shown = page.select_one(".text img")
    link = page.select_one(".text a")
    source = page.select_one(".text source")
    assert shown is not None
    assert link is not None
    assert source is not None
    assert shown["src"] == link["href"] == f"/{name}.jpg"
    for words in (str(shown["srcset"]), str(source["srcset"])):
        for candidate in words.split(", "):
            assert candidate.split()[0].lstrip("/") in files
    if name.startswith("images/"):
        shared = page.select_one('meta[property="og:image"]')
        assert shared is not None
        assert str(shared["content"]).endswith(f"/{name}.jpg")
        assert f"{name}.jpg".encode() in files["feeds/all.rss.xml"]
    assert not [path for path, data in files.items() if b"btinternet" in data]
    assert not build_site(CONFIG, content, output, cache).folder.changed
    found = explain(CONFIG, content, output, f"{name}.jpg", cache)
    assert found is not None
    assert found.needs == [f"{{content}}/{name}"]


@pytest.mark.long
def test_its_metadata_is_checked_and_its_name_need_not_be_right(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "![A lane](../images/a.heic) ![A bin](../images/b.jpg)")
    files: dict[str, str | bytes] = {
        "posts/fine.md": text,
        "images/a.heic": taken("HEIC"),
        "images/b.jpg": taken("HEIC"),  # as mail programs call what they pass on
    }
    site, problems = read_all(write_site(tmp_path, files))
    assert {(p.file, p.rule) for p in problems} == {
        ("images/a.heic", "photo-metadata"),
        ("images/b.jpg", "photo-metadata"),
    }
    assert site.posts[0].html.count("/images/b.jpg") > 1


def test_a_jpeg_that_is_called_heic_works_as_well(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "![A lane](../images/a.heic)")
    jpeg = picture(900, 600, "JPEG")
    site = read_fine(tmp_path, {"posts/fine.md": text, "images/a.heic": jpeg})
    assert 'src="/images/a.heic.jpg"' in site.posts[0].html


def test_a_file_named_like_a_generated_one_is_reported(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "images/a.heic": picture(9, 9, "JPEG"),
        "images/a.heic.jpg": picture(9, 9, "JPEG"),
    }
    _, problems = read_all(write_site(tmp_path, files))
    assert [(p.file, p.rule) for p in problems] == [("images/a.heic.jpg", "taken-picture-name")]


def test_a_file_that_cannot_be_decoded_gets_one_message(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "![A lane](../images/a.heic)")
    content = write_site(
        tmp_path / "content", {"posts/fine.md": text, "images/a.heic": taken("HEIC")[:400]}
    )
    with pytest.raises(ContentError) as stop:
        build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    assert [p.rule for p in stop.value.problems] == ["broken-picture"]


@pytest.mark.long
def test_the_preview_has_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    draft = POST.replace("Tags:", "Status: draft\nTags:").replace(
        "Some text.", "![A lane](../images/a.heic)"
    )
    live = LiveSite(
        CONFIG, write_site(tmp_path / "c", {"posts/fine.md": draft, "images/a.heic": taken("HEIC")})
    )
    live.update()
    data = live.get("images/a.heic.400.webp")
    assert data is not None
    assert Image.open(BytesIO(data)).size == (400, 600)


def test_the_decoder_is_loaded_only_for_such_a_file() -> None:
    for name in [name for name in sys.modules if name.startswith("pillow_heif")]:
        del sys.modules[name]
    assert inspect_picture(picture(9, 9, "JPEG")).kind == "JPEG"
    assert "pillow_heif" not in sys.modules
