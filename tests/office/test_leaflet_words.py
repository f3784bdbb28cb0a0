"""The file of a leaflet's words: what is written first, what is read, and what is refused."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.leaflets import (
    EIGHT,
    PRINTER,
    folders_in,
    leaflet_of,
    poster_of,
    sample_site,
    with_words,
)
from support import ISSUES, POST, html_of, read_fine
from wardblog.model import Site
from wardblog.office.leaflet.choose import posts_named
from wardblog.office.leaflet.inspect_pdf import texts_of
from wardblog.office.leaflet.make import MadeLeaflet, make_leaflet
from wardblog.office.leaflet.nodes import nodes_of
from wardblog.office.leaflet.words import escaped
from wardblog.problems import ContentError, UsageError
from wardblog.text.plain_text import plain

TWO = ", ".join(EIGHT[:2])


def words_of(made: MadeLeaflet) -> str:
    return made.words.read_text(encoding="utf-8")


def pdf_words(path: Path) -> str:
    return " ".join(" ".join(texts_of(path.read_bytes())).replace("\u200b", "").split())


def problems_with(folder: Path, words: str, site: Site | None = None) -> str:
    """What is said about a leaflet with these words."""
    with_words(folder, "mine", words)
    with pytest.raises(ContentError) as caught:
        leaflet_of(folder, "mine", "", site)
    assert not list((folder / "private").rglob("*.pdf"))
    return str(caught.value)


def test_the_first_run_writes_the_words_and_the_next_ones_only_read_them(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, TWO, "A5")
    assert made.is_new
    words = words_of(made)
    assert "Title: News from Shaftesbury ward\n" in words
    assert f"Posts: {EIGHT[0]}\n       {EIGHT[1]}\n" in words
    assert f"## Two grit bins on the estate move to the road {{#{EIGHT[0]}}}\n" in words
    assert "For years two bins stood where no lorry could reach them." in words
    changed = words.replace("News from Shaftesbury ward", "Winter is here").replace(
        "For years two bins stood", "Two bins *used to stand*"
    )
    made.words.write_text(changed, encoding="utf-8")
    again = leaflet_of(tmp_path, f"{EIGHT[1]}, {EIGHT[0]}", "")
    assert (again.is_new, again.words) == (False, made.words)
    assert words_of(again) == changed
    shown = pdf_words(again.screen)
    assert "Winter is here" in shown
    assert "Two bins used to stand where no lorry" in shown


def test_all_files_are_private(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, TWO, "A5")
    modes = {p: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "private").rglob("*")}
    assert {modes[p] for p in (made.words, made.printer, made.screen)} == {0o600}
    assert modes[made.words.parent] == 0o700
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    assert sorted(made.words.parent.iterdir()) == sorted((made.words, made.printer, made.screen))


def test_a_leaflet_can_be_named_by_its_file(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, TWO, "A5")
    for name in (made.words.stem, str(made.words)):
        assert leaflet_of(tmp_path, name, "").words == made.words


def test_the_size_of_the_file_counts_unless_another_is_given(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, TWO, "a4")
    assert "Size: A4" in words_of(made)
    assert leaflet_of(tmp_path, TWO, "").size == "A4"
    with pytest.raises(UsageError, match="SIZE=A6 is not a size"):
        leaflet_of(tmp_path, TWO, "A6")


def test_posts_are_named_in_every_way_that_people_try() -> None:
    site = sample_site()
    post = next(one for one in site.posts if one.slug == EIGHT[0])
    names = (
        post.slug, post.title, post.title.upper(), post.file, f"content/{post.file}",
        Path(post.file).name, Path(post.file).stem, post.address, site.absolute(post.address),
        "grit bins on the estate",
    )  # fmt: skip
    for name in names:
        assert posts_named(site, name) == (post,), name
    assert posts_named(site, f"{post.slug},{post.title} , ") == (post,)


def test_a_title_may_have_commas() -> None:
    site = sample_site()
    post = replace(site.posts[-1], title="Bins, bags, and a puddle")
    other = next(one for one in site.posts if one.slug == EIGHT[0])
    site = replace(site, posts=(*site.posts[:-1], post))
    assert posts_named(site, f"{other.slug}, Bins, bags, and a puddle") == (other, post)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Status: draft", "is a draft"),
        ("Status: hidden", "is hidden"),
        ("Date: 2027-01-02 09:00", "is not public before 2 January 2027"),
    ],
)
def test_posts_that_residents_cannot_see_are_refused(tmp_path: Path, line: str, said: str) -> None:
    post = POST.replace(
        "Date: 2026-11-20 09:00", line if "Date" in line else f"Date: 2026-11-20\n{line}"
    )
    site = replace(read_fine(tmp_path / "content", {"posts/fine.md": post}), printer=PRINTER)
    with pytest.raises(UsageError, match=said):
        leaflet_of(tmp_path, "a-fine-post", "A5", site)
    assert not (tmp_path / "private").exists()
    words = "Title: News\nPosts: fine\n\n## A fine post {#a-fine-post}\n\nText.\n"
    assert f'private/leaflets/mine.md:4: "A fine post" {said}' in problems_with(
        tmp_path, words, site
    ).replace(f"{tmp_path}/", "")


def test_what_is_not_a_post_is_refused_with_a_guess(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='no post called "two-grit-bin-moved') as caught:
        leaflet_of(tmp_path, "two-grit-bin-moved-on-the-estate", "A5")
    assert EIGHT[0] in caught.value.hint
    with pytest.raises(UsageError, match="Say which posts") as caught:
        leaflet_of(tmp_path, " , ", "A5")
    assert "make leaflet POSTS=" in caught.value.hint


LEAFLET = f"""\
Title: News
Posts: {EIGHT[0]}

## First {{#{EIGHT[0]}}}

Some words.
"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Title: News", "Title:", "mine.md:1: there is no title"),
        ("Title: News", "Titel: News", 'mine.md:1: there is no line called "Titel"'),
        ("Title: News", "Title: News\nSize: A6", 'mine.md:2: "Size" cannot be "A6"'),
        ("Title: News", "Title: News\nSides: 3", 'mine.md:2: "Sides" cannot be "3"'),
        ("Title: News", "Title: News\nMap: maybe", 'mine.md:2: "Map" cannot be "maybe"'),
        ("Title: News", "Title: News\nQR codes: all", 'mine.md:2: "QR codes" cannot be "all"'),
        ("Title: News", "Title: N\nAddress: our page", 'mine.md:2: "our page" is not the address'),
        (f"{{#{EIGHT[0]}}}", "{#no-such-post}", 'mine.md:4: there is no post called "no-such'),
        ("Some words.", "![x](y.jpg)", "mine.md:4: a leaflet cannot show a picture in the text"),
        ("Some words.", "| a | b |\n|---|---|\n| 1 | 2 |", "mine.md:4: a leaflet cannot show a ta"),
        ("Some words.", "Write to Ann at 12 Mill Road.", "mine.md:6: "),
        ("Some words.", "It is at 51.46671, -0.15602.", 'mine.md:6: "51.46671, -0.15602" is an ex'),
        (f"## First {{#{EIGHT[0]}}}\n\nSome words.\n", "", "there is nothing to print"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_words_is_reported_with_its_line(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert said in problems_with(tmp_path, LEAFLET.replace(before, after))


def test_the_election_period_counts_for_leaflets(tmp_path: Path) -> None:
    toml = "\n[election]\nnotice = 2026-11-01\npoll = 2026-12-10\n"
    from support import WARD

    site = read_fine(tmp_path / "content", {"ward.toml": WARD + toml, "issues.toml": ISSUES})
    site = replace(site, printer=PRINTER)
    words = LEAFLET.replace(EIGHT[0], "a-fine-post").replace(
        "Some words.", "Write to <cllr.robin.sample@wandsworth.gov.uk>."
    )
    assert "mine.md:6: " in problems_with(tmp_path, words, site)


def test_a_section_may_be_about_no_post(tmp_path: Path) -> None:
    with_words(tmp_path, "mine", f"{LEAFLET}\n## Thank you\n\nTo all who swept.\n")
    made = leaflet_of(tmp_path, "mine", "")
    assert "Thank you To all who swept." in pdf_words(made.screen)


def test_a_section_that_is_deleted_is_left_out(tmp_path: Path) -> None:
    made = leaflet_of(tmp_path, TWO, "A5")
    words = words_of(made)
    start = words.index("## The school crossing")
    made.words.write_text(words[:start], encoding="utf-8")
    assert "school crossing" not in pdf_words(leaflet_of(tmp_path, TWO, "").screen)


def test_lines_can_leave_out_pictures_codes_and_the_map(tmp_path: Path) -> None:
    plain_one = LEAFLET.replace("Title: News", "Title: News\nPictures: no\nQR codes: one\nMap: no")
    sizes = {}
    for name, words in (("full", LEAFLET), ("bare", plain_one)):
        with_words(tmp_path, name, words)
        sizes[name] = leaflet_of(tmp_path, name, "").screen
    shown, bare = pdf_words(sizes["full"]), pdf_words(sizes["bare"])
    assert "two-grit-bins-moved-on-the-estate" in shown.replace(" ", "")
    assert "two-grit-bins-moved-on-the-estate" not in bare.replace(" ", "")
    assert "Ward boundary" in shown
    assert "Ward boundary" not in bare
    assert sizes["bare"].stat().st_size < sizes["full"].stat().st_size / 2


def test_without_a_printer_there_is_no_pdf(tmp_path: Path) -> None:
    site = replace(sample_site(), printer="")
    with pytest.raises(ContentError) as caught:
        make_leaflet(site, folders_in(tmp_path), TWO, "A5")
    said = str(caught.value)
    line = site.lines.get("leaflet.printer") or site.lines["imprint.promoter"]
    assert f"content/ward.toml:{line}: the printer of the leaflet" in said
    assert 'Add to ward.toml, below [leaflet]: printer = "' in said
    assert not (tmp_path / "private").exists()
    with pytest.raises(ContentError, match='"Sample Press" has no address'):
        poster_of(tmp_path, "Ward surgery", site=replace(site, printer="Sample Press"))
    no_promoter = replace(site, printer=PRINTER, imprint=replace(site.imprint, promoter=""))
    with pytest.raises(ContentError, match="has no promoter"):
        leaflet_of(tmp_path, TWO, "A5", no_promoter)


def test_codes_that_would_lead_to_ones_own_computer_are_refused(tmp_path: Path) -> None:
    site = replace(sample_site(), url="http://localhost:8000")
    with pytest.raises(ContentError, match="a QR code would lead nowhere"):
        leaflet_of(tmp_path, TWO, "A5", site)


@given(
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf"),
            include_characters=" *_`[]<>&\\#{}!-+.|~",
        )
    )
)
def test_words_of_posts_are_shown_as_they_are(written: str) -> None:
    """Whatever is in a summary, Markdown shows the same words."""
    words = " ".join(written.split())
    assert shown_in(escaped(words)) == words


@pytest.mark.parametrize(
    "words", ["1. First", "# No", "- a", "+ b", "a_b_c *d*", "&amp; <b>", "{#x}", "[a](b)", "12) x"]
)
def test_signs_of_markdown_are_shown_as_they_are(words: str) -> None:
    assert shown_in(escaped(words)) == words


def shown_in(markdown: str) -> str:
    return plain(html_of(markdown))


def test_markdown_becomes_plain_values() -> None:
    html = html_of("One **two** [three](https://a.example) *four*.\n\n- a\n- b\n\n### Five")
    assert nodes_of(html) == [
        {"t": "p", "c": ["One ", {"t": "b", "c": ["two"]}, " ",
                         {"t": "a", "c": ["three"], "u": "https://a.example"}, " ",
                         {"t": "i", "c": ["four"]}, "."]},
        {"t": "ul", "c": [[{"t": "p", "c": ["a"]}], [{"t": "p", "c": ["b"]}]]},
        {"t": "h", "c": ["Five"]},
    ]  # fmt: skip
