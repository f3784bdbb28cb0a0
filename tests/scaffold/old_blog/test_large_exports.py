"""Exports of large blogs: the time grows with their size, and few items are in memory at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from growth import assert_grows_with_input
from scaffold.old_blog.exports import blogger_export, rss, wxr, wxr_item, wxr_of
from wardblog.scaffold.old_blog.exports.export_files import export_files
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.exports.xml_entries import entries_of


@pytest.mark.long
@pytest.mark.parametrize("make", [wxr, blogger_export, rss])
def test_twice_the_posts_take_twice_the_time(tmp_path: Path, make: Callable[[int], str]) -> None:
    def prepare(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.xml"
        path.write_text(make(size))
        return lambda: open_blog(path)

    assert_grows_with_input(prepare, 300)


@pytest.mark.parametrize("piece", ["<!-- wp:block ", "&", "]]", "<b> "])
def test_one_sign_again_and_again_takes_twice_the_time(tmp_path: Path, piece: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.xml"
        item = wxr_item(number=7, title="A", slug="a", text=piece * size, excerpt=piece * size)
        path.write_text(wxr_of(item))
        return lambda: open_blog(path)

    assert_grows_with_input(prepare, 20_000)


def test_few_items_are_in_memory_at_once(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(wxr(1000))
    seen = most = most_filled = 0
    with export_files(path) as files:
        for element in entries_of(files[0], LeftOut()):
            channel = element.getparent() if element.tag == "item" else element[0]
            items = channel.findall("item")
            most = max(most, len(items))
            most_filled = max(most_filled, sum(len(item) > 0 for item in items))
            seen += 1
    # The parser reads ahead, a little of the file at a time.
    assert seen > 1000
    assert max(most, most_filled) < 100
