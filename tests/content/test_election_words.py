"""What the time before an election forbids is found while a post is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from growth import assert_grows_with_input
from support import POST, picture, read_all, write_site
from wardblog.content.election_words import mailboxes_in
from wardblog.model import Mention, Post
from wardblog.model.digests import Digests


def posts_of(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Post, ...]:
    """The posts, whatever other rules say of them."""
    return read_all(write_site(folder, files))[0].posts


def post_with(folder: Path, lines: str, body: str) -> Post:
    text = POST.replace("\n\nSome text.", f"\n{lines}\n\n{body}")
    return posts_of(folder, {"posts/fine.md": text})[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Write to Jo.Bloggs@Wandsworth.gov.uk.", ["jo.bloggs@wandsworth.gov.uk"]),
        ("a+b@x.y.gov.uk, c@sirgar.llyw.cymru", ["a+b@x.y.gov.uk", "c@sirgar.llyw.cymru"]),
        ("bins (at) merton.gov.uk", ["bins@merton.gov.uk"]),
        ("bins [at] merton.gov.uk", ["bins@merton.gov.uk"]),
        ("see us at merton.gov.uk", []),
        ("a@gov.ukraine.example", []),
        ("a@wandsworth.gov.uk.example.org", ["a@wandsworth.gov.uk"]),
        ("@wandsworth on example.gov.uk", []),
    ],
)
def test_official_addresses_are_found_in_words(words: str, found: list[str]) -> None:
    assert list(mailboxes_in(words)) == found


def test_a_long_word_without_an_end_takes_time_that_grows_with_its_length() -> None:
    def work(size: int) -> Callable[[], object]:
        text = "a." * size + " gov.uk " + "@a-" * size
        assert list(mailboxes_in(text)) == []
        return lambda: list(mailboxes_in(text))

    assert_grows_with_input(work, 10_000)


def test_an_address_is_found_once_a_line_wherever_residents_read_it(tmp_path: Path) -> None:
    body = (
        "<!--\nx@merton.gov.uk\n-->\n\n"
        "[a@merton.gov.uk](mailto:a@merton.gov.uk)\n\n[b](mailto:b%40merton.gov.uk)"
    )
    post = post_with(tmp_path, "Reference: c@merton.gov.uk", body)
    assert post.mailboxes == (
        Mention("c@merton.gov.uk", 4),
        Mention("a@merton.gov.uk", 10),
        Mention("b@merton.gov.uk", 12),
    )


def test_pictures_of_emblems_are_kept_with_their_words(tmp_path: Path) -> None:
    body = (
        '![A bin](../images/bin.png)\n\n![Our "own" arms](../images/Old%20Crest.png)\n\n'
        "<img alt='A coat of arms' src='../images/bin.png'>"
    )
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", body),
        "images/bin.png": picture(),
        "images/Old Crest.png": picture(),
    }
    (post,) = posts_of(tmp_path, files)
    assert [mention.words for mention in post.emblems] == [
        "Old Crest png Our &quot;own&quot; arms",
        "bin png A coat of arms",
    ]
    assert post.emblems[0].line == 7


def test_they_are_no_part_of_what_lists_show(tmp_path: Path) -> None:
    plain = post_with(tmp_path / "a", "Reference: 1", "Write.")
    other = post_with(tmp_path / "b", "Reference: 1", "Write. a@merton.gov.uk")
    assert other.mailboxes
    digests = Digests()
    heads = [digests.of(p) for p in (plain, other)]
    # The summary is made from the first words, which do differ.
    assert (plain.summary == other.summary) == (heads[0] == heads[1])
