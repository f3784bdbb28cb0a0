"""Leaflets of made-up words: hostile, foreign, very long, or none at all.

Each is either a PDF that passes the checks of `pdfua` (from PyPI; part of PDF/UA-1) with every
word on its pages, or it is refused with a sentence.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdfua import validate
from pypdfium2 import PdfDocument

from office.leaflet_pdfs import MILLIMETRE, assert_inside, squeezed
from office.leaflets import EIGHT, leaflet_of, poster_of, sample_site, with_words
from support import examples, mostly_long
from wardblog.office.leaflet.make import MadeLeaflet
from wardblog.office.leaflet.papers import LEAFLET_SIZES
from wardblog.office.leaflet.words import escaped
from wardblog.problems import ContentError

# Typst's own signs, paths to files, long words, other scripts, and signs that are no letters.
PIECES = (
    '#eval("1+1")', "#read(\"/etc/passwd\")", "]", "[", "#let x = 1", "$x^2$", "<label>", "@ref",
    "\\", "*", "_", "`", "= Title", "//", "/* */", '"', "'", "{", "}", "#include \"common.typ\"",
    "~", "--", "...", "Pneumonoultramicroscopicsilicovolcanoconiosis", "x" * 90,
    "https://example.org/a/very/long/address/that/goes/on?and=on&on=more#end",
    "تعالوا", "שלום", "ŵ ŷ â", "Ελλάδα", "Привет", "café", "e\u0301", "½ £5 €", "–", "“quoted”",
    "\u200b", "\u00ad", "\u2067", "\u2069", "a\u0336b", "ﬁ", "the bins", "are full", "on Monday",
    "at 7.30pm", "and nobody came", "to empty them", "twice",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)
TITLES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
FORMS = st.sampled_from(["{}", "- {}", "1. {}", "**{}**", "*{}*", "> {}", "### {}", "{}\n\n{}"])
SECTIONS = st.lists(
    st.tuples(TITLES, SENTENCES, FORMS, st.sampled_from(["", *EIGHT[:2]])), min_size=1, max_size=6
)
CHOICES = st.sampled_from(
    ["", "Pictures: no\n", "Pictures: no\nMap: no\n", "Map: no\n", "QR codes: one\n", "Sides: 2\n"]
)


def written(title: str, sections: list[tuple[str, str, str, str]], choices: str) -> str:
    """The file of a leaflet; each text ends with a word by which it is found again."""
    parts = []
    for number, (heading, text, form, post) in enumerate(sections):
        words = f"{escaped(' '.join(text.split()))} End{number}q."
        mark = f" {{#{post}}}" if post else ""
        parts.append(f"## {escaped(heading)}{mark}\n\n{form.replace('{}', words)}\n")
    return f"Title: {title}\nPosts: {EIGHT[0]}\n{choices}\n" + "\n".join(parts)


def assert_whole(made: MadeLeaflet, sections: int) -> None:
    """It passes the checks, no letter is outside, and every text is there to its end."""
    assert [finding.message for finding in validate(str(made.screen)).findings] == []
    for path in (made.printer, made.screen):
        words = ""
        for page in PdfDocument(path):
            text = page.get_textpage()
            words += text.get_text_bounded()
            assert_inside(text, page.get_size(), 3 * MILLIMETRE)
        found = set(re.findall(r"End(\d+)q", squeezed(words)))
        assert found == {str(number) for number in range(sections)}


def refused_in_words(said: str) -> bool:
    """Whether it says what is wrong in one of the ways that a councillor can act on."""
    return bool(
        re.search(
            r"does not fit|too little text|cannot be printed|the title is about|no title|mine\.md:",
            said,
        )
    )


@pytest.mark.long
@settings(max_examples=examples(200, 3))
@given(TITLES, SECTIONS, CHOICES, st.sampled_from(LEAFLET_SIZES))
@example('#eval("1+1") ] $x$', [("#read", "]" * 40, "{}", EIGHT[0])], "", "A5")
@example("تعالوا", [("שלום", "تعالوا 2026", "- {}", EIGHT[1])], "Map: no\n", "A4")
def test_made_up_leaflets_are_whole_or_refused(
    title: str, sections: list[tuple[str, str, str, str]], choices: str, size: str
) -> None:
    made: MadeLeaflet | None
    said = ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with_words(folder, "mine", written(title, sections, choices))
        try:
            made = leaflet_of(folder, "mine", size)
        except ContentError as error:
            made, said = None, str(error)
        if made:
            assert_whole(made, len(sections))
        else:
            assert refused_in_words(said)
            assert not list(folder.rglob("*.pdf"))


@pytest.mark.parametrize(
    "title",
    mostly_long(
        ['#eval("2 + 2")', "]#panic()[", "a" * 60, "\\u{41} $ x $ = Heading"],
        '#eval("2 + 2")',
        "]#panic()[",
    ),
)
def test_hostile_titles_are_printed_as_they_are(tmp_path: Path, title: str) -> None:
    words = f"Title: {title}\nPosts: {EIGHT[0]}\n\n## {escaped(title)}\n\nWords End0q.\n"
    with_words(tmp_path, "mine", words)
    made = leaflet_of(tmp_path, "mine", "A5")
    assert_whole(made, 1)
    shown = squeezed("".join(p.get_textpage().get_text_bounded() for p in PdfDocument(made.screen)))
    if title.isascii():
        assert shown.count(squeezed(title)) == 2


def test_signs_that_no_font_has_are_named(tmp_path: Path) -> None:
    """A letter of Linear A, which hardly any computer can show."""
    with_words(tmp_path, "mine", f"Title: News\nPosts: {EIGHT[0]}\n\n## One\n\nWords \U00010600.\n")
    with pytest.raises(ContentError) as caught:
        leaflet_of(tmp_path, "mine", "A5")
    said = str(caught.value)
    assert "mine.md:6: " in said
    assert "cannot be printed: no font on this computer has it" in said
    assert not list(tmp_path.rglob("*.pdf"))


@pytest.mark.parametrize(
    "name",
    mostly_long(["Ward surgery #1 ]", "x" * 40, "Cwrdd â’r cynghorwyr"], "Ward surgery #1 ]"),
)
def test_hostile_events_make_posters(tmp_path: Path, name: str) -> None:
    site = sample_site()
    event = replace(site.surgeries[0], words=name, where=f'{"Llanfair" * 5}, #read("x")')
    made = poster_of(tmp_path, name, site=replace(site, surgeries=(event,)))
    assert_whole(made, 0)
    shown = squeezed(PdfDocument(made.screen)[0].get_textpage().get_text_bounded())
    assert squeezed(name) in shown
    assert squeezed(event.where) in shown
