"""An accent is the same whether a disk stores it with its letter (NFC) or apart (NFD)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from support import DATASET, ISSUES, POST, WARD, picture, read_all, read_fine, write_site
from wardblog import cli
from wardblog.content.files import on_disk, scan


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


FORMS = pytest.mark.parametrize(
    ("on_the_disk", "written"), [(nfd, nfc), (nfc, nfd), (nfd, nfd)], ids=["nfd", "nfc", "both"]
)


@FORMS
def test_links_pictures_lists_and_settings_find_their_files(
    on_the_disk: Callable[[str], str], written: Callable[[str], str], tmp_path: Path
) -> None:
    body = (
        "![Bin](../images/Môr.png) [a](Tŷ.md) [b]({filename}/posts/Tŷ.md) "
        f"[c]({{static}}../files/Môn.pdf) ![Bin](../images/{quote(written('Môr'))}.png)"
    )
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("\n\nSome text.", f"\nImage: images/Môr.png\n\n{body}"),
        "posts/Tŷ.md": POST.replace("fine", "other"),
        "ward.toml": WARD.replace('council = "Wandsworth"', 'council = "Môn"'),
        "issues.toml": ISSUES + DATASET.replace("bins.csv", "gŵyl/bîn.csv"),
    }
    files = {name: written(str(text)) for name, text in files.items()}
    files |= {
        "images/Môr.png": picture(),
        "files/Môn.pdf": b"%PDF",
        "data/gŵyl/bîn.csv": "name,lat,lon\nA,51.4665,-0.16\n",
    }
    site = read_fine(tmp_path, {on_the_disk(name): text for name, text in files.items()})
    assert all(name == nfc(name) for name in site.files)
    assert [place.name for place in site.issues[0].datasets[0].places] == ["A"]
    assert [p.image for p in site.posts if p.image] == ["images/Môr.png"]


def test_a_site_from_a_mac_is_published_under_composed_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = POST.replace("Some text.", "![Bin](../images/Môr.png) [a](../files/Môn.pdf)")
    write_site(
        tmp_path / "content",
        {"posts/fine.md": text, nfd("images/Môr.png"): picture(), nfd("files/Môn.pdf"): b"%PDF"},
    )
    assert cli.main(["html", "--content", "content", "--output", "output"]) == 0
    names = {p.relative_to("output").as_posix() for p in Path("output").rglob("*") if p.is_file()}
    assert {"images/Môr.png", "files/Môn.pdf"} <= names
    assert all(name == nfc(name) for name in names)


def test_two_names_that_differ_only_in_their_form_stop(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {nfd("images/Môr.png"): picture(), "images/Môr.png": picture()}
    _, problems = read_all(write_site(tmp_path, files))
    assert [(p.file, p.message) for p in problems] == [
        (
            "images/Môr.png",
            "there are two files with this name; only their accents are stored differently",
        )
    ]


def test_a_file_is_found_on_the_disk_by_its_composed_name(tmp_path: Path) -> None:
    folder = tmp_path / nfd("Tŷ") / nfd("Môr")
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("A")
    (name,) = scan(tmp_path).shown
    assert name == "Tŷ/Môr/a.md"
    assert on_disk(tmp_path, name).read_text() == "A"
    assert not on_disk(tmp_path, "Tŷ/Môr/b.md").exists()
