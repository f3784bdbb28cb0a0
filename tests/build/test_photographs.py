"""Photographs in a whole build: which files are published, and which are made again."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from support import EPOCH, POST, ROOT, files_of, picture, read_all, write_files, write_site
from wardblog.build import build_site, explain, pelican_settings
from wardblog.build.engine_build import EngineBuild
from wardblog.build.live import LiveSite
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import prepare
from wardblog.content.picture_versions import SIZES
from wardblog.problems import CommandError, ContentError, Severity
from wardblog.views.faces import PORTRAIT

CONFIG = ROOT / "pelicanconf.py"
PAGE = "2026/11/a-fine-post/index.html"
RASTER = (".jpg", ".jpeg", ".png", ".gif", ".webp")
BODY = """\
![A bin in the snow](../images/bin.jpg)

![The same bin]({attach}beside.jpg) and [larger](beside.jpg)

<img class="wide" alt="A lane" src="{static}/files/lane.jpg" width=300 title="a > b">

[The plan](../files/plan.png)
"""


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@cache
def told(width: int, height: int, orientation: int = 6, kind: str = "JPEG") -> bytes:
    """A photograph as a phone writes it: where, when, by whom, and with which camera."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = "SECRET maker", orientation, "SECRET artist"
    exif.get_ifd(0x8769)[0xA431] = "SECRET serial"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 59.0), 29: "SECRET day"})
    image = Image.new("RGB", (width, height), "teal")
    image.paste("white", (0, 0, width // 2, height))
    file, xmp = BytesIO(), b"<x:xmpmeta>SECRET place</x:xmpmeta>"
    image.save(file, kind, exif=exif, xmp=xmp, comment=b"SECRET words")
    assert file.getvalue().count(b"SECRET") >= 4
    return file.getvalue()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_site(
        tmp_path / "content",
        {
            "posts/fine.md": POST.replace("Tags", "Image: images/bin.jpg\nTags").replace(
                "Some text.", BODY
            ),
            "images/bin.jpg": told(2400, 1800),
            "images/a b,c.webp": told(500, 300, kind="WEBP"),
            "images/nobody.png": told(900, 300, 1, "PNG"),
            "posts/beside.jpg": told(300, 200),
            "files/lane.jpg": told(450, 300, 1),
            "files/plan.png": told(100, 100, 1, "PNG"),
            "files/never.jpg": told(100, 100),
        },
    )


def assert_silent(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if not path.startswith("."):
            assert b"SECRET" not in data, path
        if path.endswith(RASTER) and not path.endswith(("card.png", "icon.png")):
            image = Image.open(BytesIO(data))
            image.load()
            assert not image.getexif(), path
            assert not set(image.info) & {"exif", "xmp", "comment", "icc_profile", "photoshop"}


def assert_true(files: dict[str, bytes]) -> list[str]:
    """Every picture that pages name is there, in the width that they say; gives their paths."""
    named = []
    for page in (data for path, data in files.items() if path.endswith(".html")):
        for tag in BeautifulSoup(page, "html.parser").find_all(["img", "source"]):
            if tag.get("src", "").endswith(".svg"):
                continue
            for candidate in filter(None, str(tag.get("srcset", "")).split(", ")):
                url, _, width = candidate.partition(" ")
                named.append(unquote(url).lstrip("/"))
                size = Image.open(BytesIO(files[named[-1]])).width
                assert width in ("", f"{size}w")
            if tag.name == "img":
                named.append(unquote(str(tag["src"])).lstrip("/"))
                whole = Image.open(BytesIO(files[named[-1]]))
                shape = int(str(tag["width"])) / int(str(tag["height"]))
                assert abs(shape - whole.width / whole.height) < 0.02
    return named


def test_no_published_picture_has_metadata(content: Path, tmp_path: Path) -> None:
    before = files_of(content)
    build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    files = files_of(tmp_path / "output")
    assert_silent(files)
    named = assert_true(files)
    assert {"images/bin.jpg.400.webp", "posts/beside.jpg", "files/lane.jpg.400.jpg"} <= set(named)
    assert "files/plan.png" in files
    assert "files/never.jpg" not in files
    assert Image.open(BytesIO(files["images/bin.jpg"])).size == (1200, 1600)
    assert Image.open(BytesIO(files["posts/beside.jpg"])).size == (200, 300)
    assert files_of(content) == before


def test_a_page_gives_the_size_of_a_picture_and_its_smaller_versions(
    content: Path, tmp_path: Path
) -> None:
    build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    page = BeautifulSoup((tmp_path / "output" / PAGE).read_bytes(), "html.parser")
    first, second, raw = page.select(".text img")
    assert (first["src"], first["width"], first["height"]) == ("/images/bin.jpg", "1200", "1600")
    assert first["srcset"] == (
        "/images/bin.jpg.240.jpg 240w, /images/bin.jpg.400.jpg 400w, "
        "/images/bin.jpg.800.jpg 800w, /images/bin.jpg 1200w"
    )
    source = page.select_one(".text source")
    assert source is not None
    assert source["type"] == "image/webp"
    assert source["sizes"] == first["sizes"]
    assert "loading" not in first.attrs
    assert (second["src"], second["loading"]) == ("/posts/beside.jpg", "lazy")
    assert "srcset" not in second.attrs
    assert (raw["class"], raw["alt"]) == (["wide"], "A lane")
    figure = raw.find_parent("figure")
    assert figure is not None
    assert figure.figcaption is not None
    assert figure.figcaption.get_text() == "a > b"
    assert (raw["width"], raw["height"]) == ("300", "200")


def test_the_sizes_of_pictures_match_the_style_sheet() -> None:
    style = (ROOT / "theme/source/style.css").read_text()
    assert "font: 112.5%/1.55 " in style
    assert ".text, .lead, .history { max-width: 37rem; }" in style
    assert re.search(r"\.measure \{[^}]*padding-inline: var\(--u2\)", style)
    assert "--u2: 1rem" in style
    assert "img, svg { max-width: 100%; height: auto; }" in style
    # 37rem of 112.5% of 1em; and 1rem, which is as much as 1.125em, on either side.
    assert SIZES == "(min-width: 44em) 41.6em, calc(100vw - 2.25em)"
    macros = (ROOT / "theme/templates/_macros.html").read_text()
    assert f'picture(shown, "{SIZES}"' in macros
    portrait = f"{PORTRAIT}px"
    assert f"inline-size: {portrait}; block-size: {portrait};" in style


def test_unchanged_pictures_are_neither_opened_nor_written(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(CONFIG, content, output, cache)
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*")}

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a picture was opened")

    monkeypatch.setattr(Image, "open", opened)
    write_files(content, {"posts/more.md": POST.replace("fine", "second")})
    run = build_site(CONFIG, content, output, cache)
    assert not [path for path in run.folder.changed if path.endswith(RASTER)]
    (content / "images/bin.jpg").touch()
    build_site(CONFIG, content, output, cache)
    for path, time in times.items():
        if path.name.endswith(RASTER):
            assert path.stat().st_mtime_ns == time


@pytest.mark.long
def test_another_version_of_the_software_makes_no_photograph_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(CONFIG, content, output, cache)
    monkeypatch.setattr(pelican_settings, "_software", lambda: b"another")
    monkeypatch.setattr("wardblog.photos.make.make_versions", None)
    assert not build_site(CONFIG, content, output, cache).folder.changed
    (output / "images/bin.jpg").write_bytes(b"not what was made")
    with pytest.raises(CommandError):  # it would be made
        build_site(CONFIG, content, output, cache)


def test_a_picture_that_is_replaced_changes_the_page(content: Path, tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(CONFIG, content, output, cache)
    write_files(content, {"posts/beside.jpg": told(700, 200, 1)})
    run = build_site(CONFIG, content, output, cache)
    assert run.reading.read == {"posts/fine.md"}
    files = files_of(output)
    assert_silent(files)
    assert "posts/beside.jpg.400.webp" in assert_true(files)
    (content / "images/bin.jpg").unlink()
    with pytest.raises(ContentError):
        build_site(CONFIG, content, output, cache)


@pytest.mark.long
def test_a_build_by_pelican_publishes_no_original_either(content: Path, tmp_path: Path) -> None:
    text = (content / "posts/fine.md").read_text()
    files: dict[str, str | bytes] = {
        "posts/fine.md": text + "\n[Minutes]({attach}minutes.pdf)\n",
        "posts/minutes.pdf": b"%PDF-1.7",
        "extra/walk.jpg": told(500, 400),
        "extra/walk.txt": "Words.",
    }
    write_files(content, files)
    config = tmp_path / "pelicanconf.py"
    plain = CONFIG.read_text().replace('["images"]', '["images", "extra"]')
    config.write_text(plain.replace('"theme"', f'"{ROOT / "theme"}"', 1))
    run = build_site(config, content, tmp_path / "output", tmp_path / "cache")
    assert run.slower is not None
    found = files_of(tmp_path / "output")
    assert_silent(found)
    assert_true(found)
    assert "2026/11/a-fine-post/minutes.pdf" in found
    assert found["extra/walk.txt"] == b"Words."
    assert Image.open(BytesIO(found["extra/walk.jpg"])).size == (400, 500)
    again = build_site(config, content, tmp_path / "output", tmp_path / "cache")
    assert not again.gone
    assert files_of(tmp_path / "output") == found


def test_a_picture_that_changes_during_the_build_is_refused(content: Path, tmp_path: Path) -> None:
    run = prepare(content, tmp_path / "output", Choices.read(CONFIG))
    write_files(content, {"images/bin.jpg": told(2400, 1800)[:9000]})
    with pytest.raises(CommandError, match=r"picture images/bin\.jpg could not be prepared"):
        EngineBuild(run).build()


def test_a_broken_picture_next_to_a_draft_does_not_stop_the_build(
    content: Path, tmp_path: Path
) -> None:
    draft = POST.replace("fine", "draft").replace("Tags", "Status: draft\nTags")
    shows = draft.replace("Some text.", "![A bin](half.jpg)")
    write_files(content, {"posts/draft.md": shows, "posts/half.jpg": told(300, 200)[:1000]})
    _, problems = read_all(content)
    assert [(p.file, p.rule, p.severity) for p in problems] == [
        ("posts/draft.md", "broken-picture", Severity.WARN)
    ]
    build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    assert not (tmp_path / "output/posts/half.jpg").exists()
    live = LiveSite(CONFIG, content)
    live.update()
    assert live.get("2026/11/a-draft-post/index.html")
    assert live.get("posts/half.jpg") is None


def test_the_preview_has_every_version_and_keeps_what_did_not_change(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    live = LiveSite(CONFIG, content)
    live.update()
    for path in ("images/bin.jpg.400.webp", "images/bin.jpg", "files/lane.jpg.400.jpg"):
        data = live.get(path)
        assert data is not None
        assert_silent({path: data})
    live.update([content / "posts/fine.md"])
    monkeypatch.setattr("wardblog.photos.make.make_versions", None)
    assert live.get("images/bin.jpg.800.jpg")
    assert live.get("images/bin.jpg.200.jpg") is None


@pytest.mark.long
def test_explain_shows_what_a_picture_is_made_from(content: Path, tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(CONFIG, content, output, cache)
    write_files(content, {"images/bin.jpg": picture(700, 500, "JPEG")})
    build_site(CONFIG, content, output, cache)
    for path in ("images/bin.jpg", "/images/bin.jpg.400.webp"):
        found = explain(CONFIG, content, output, path, cache)
        assert found is not None
        assert found.needs == ["{content}/images/bin.jpg"]
        assert found.cause is not None
        assert found.cause.because == ("images/bin.jpg",)
        assert found.is_built
        assert not found.is_behind
