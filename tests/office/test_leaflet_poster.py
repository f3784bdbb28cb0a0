"""Posters: which event is meant, and what is on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from office.leaflets import PRINTER, poster_of, sample_site
from support import POST, SQUARE, WARD, read_fine
from wardblog.model import Site, Visibility
from wardblog.office.leaflet.choose import event_named
from wardblog.office.leaflet.inspect_pdf import texts_of
from wardblog.problems import UsageError

SURGERY = """
[[surgery]]
when = "first Saturday of the month 10:00 - 11:30"
where = "Hill Hall, Mill Road"
"""
EVENTS = """\
Event: 2026-12-12 18:30 - 20:00 | Meeting about the crossing | St Ann's
       2026-12-12 10:00 | Litter pick | Mill Road
       2026-12-19 10:00 | Carols | Mill Road | cancelled
       2026-11-01 10:00 | Long ago | Mill Road
       2026-12-27 - 2026-12-29 | Winter fair | The green
"""
GAZETTEER = "kind,name,lat,lon\nstreet,Mill Road,51.465,-0.16\nplace,Hill Hall,51.466,-0.158\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    ward = WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun') + SURGERY
    files = {
        "ward.toml": f'{ward}\n[map]\ngazetteer = "data/gazetteer.csv"\n',
        "data/gazetteer.csv": GAZETTEER,
        "data/ward.geojson": SQUARE,
        "posts/fine.md": POST.replace("\n\nSome", f"\n{EVENTS}\nSome"),
    }
    return replace(read_fine(tmp_path / "content", files), printer=PRINTER)


def shown(folder: Path, event: str, site: Site) -> str:
    made = poster_of(folder, event, site=site)
    return " ".join(" ".join(texts_of(made.screen.read_bytes())).split())


@pytest.mark.parametrize(
    ("written", "words", "day"),
    [
        ("Ward surgery", "Ward surgery", "2026-12-05"),
        ("ward SURGERY", "Ward surgery", "2026-12-05"),
        ("surgery", "Ward surgery", "2026-12-05"),
        ("2027-02-06", "Ward surgery", "2027-02-06"),
        ("6 February", "Ward surgery", "2027-02-06"),
        ("Saturday 6 February 2027", "Ward surgery", "2027-02-06"),
        ("Litter pick", "Litter pick", "2026-12-12"),
        ("Meeting about the crossing", "Meeting about the crossing", "2026-12-12"),
        ("winter fair", "Winter fair", "2026-12-27"),
        ("a-fine-post", "Litter pick", "2026-12-12"),
    ],
)
def test_events_are_found_by_name_date_or_post(
    site: Site, written: str, words: str, day: str
) -> None:
    found = event_named(site, written)
    assert (found.event.words, found.event.start.date().isoformat()) == (words, day)


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("Long ago", 'no coming event called "Long ago"', '"Litter pick" (Saturday 12 December'),
        ("2026-11-01", "no coming event on 1 November 2026", "Coming up:"),
        ("12 December", "There are 2 events on 12 December 2026", '"Litter pick" or "Meeting'),
        ("Carols", '"Carols" is cancelled', ""),
        ("Karaoke", 'no coming event called "Karaoke"', "Coming up:"),
    ],
)
def test_what_is_no_coming_event_is_refused(site: Site, written: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        event_named(site, written)
    assert said in str(caught.value)
    assert hint in caught.value.hint


def test_an_event_of_a_draft_has_no_poster(site: Site) -> None:
    hidden = tuple(replace(post, visibility=Visibility.DRAFT) for post in site.posts)
    with pytest.raises(UsageError, match="no coming event"):
        event_named(replace(site, posts=hidden), "Litter pick")


def test_a_poster_says_when_and_where_and_how_to_answer(tmp_path: Path, site: Site) -> None:
    words = shown(tmp_path, "Ward surgery", site)
    parts = (
        "Ward surgery", "Saturday", "5 December", "10am to 11.30am", "Hill Hall, Mill Road",
        "Held on the first Saturday of the month", "Robin Sample", "robin@example.org",
        "ward.example.org", "Printed by Sample Press",
    )  # fmt: skip
    for part in parts:
        assert part in words, part


def test_days_without_hours_and_several_days(tmp_path: Path, site: Site) -> None:
    words = shown(tmp_path, "Winter fair", site)
    assert "27 December" in words
    assert "to Tuesday 29 December" in words
    assert "12am" not in words


def test_a_poster_for_a_post_leads_to_it(tmp_path: Path, site: Site) -> None:
    made = poster_of(tmp_path, "Litter pick", site=site)
    assert made.words.name == "poster-litter-pick-2026-12-12.md"
    text = made.words.read_text(encoding="utf-8")
    assert f"Address: {site.absolute(site.posts[0].address)}\n" in text
    assert text.endswith("\nSome text.\n")


def test_the_words_are_kept_and_the_date_stays_up_to_date(tmp_path: Path, site: Site) -> None:
    made = poster_of(tmp_path, "Ward surgery", site=site)
    text = made.words.read_text(encoding="utf-8")
    made.words.write_text(text.replace("Title: Ward surgery", "Title: Come and talk"), "utf-8")
    later = replace(site, today=date(2026, 12, 10))
    words = shown(tmp_path, "Ward surgery", later)
    assert "Come and talk" in words
    assert "2 January" in words
    assert made.words.name == "poster-ward-surgery.md"


def test_a_map_shows_the_place_if_the_gazetteer_knows_it(tmp_path: Path, site: Site) -> None:
    known = poster_of(tmp_path, "Ward surgery", site=site).screen.read_bytes()
    unknown = poster_of(tmp_path, "Meeting about the crossing", site=site).screen.read_bytes()
    assert b"Map: Hill Hall" in known
    assert b"Map: " not in unknown


def test_large_paper_has_large_letters(tmp_path: Path) -> None:
    heights = []
    for size in ("A4", "A3"):
        page = PdfDocument(poster_of(tmp_path, "Ward surgery", size, sample_site()).screen)[0]
        text = page.get_textpage()
        start = text.get_text_bounded().index("December")
        left, bottom, _, top = text.get_charbox(start)
        heights.append(top - bottom)
        assert left > 0
    assert heights[0] > 40
    assert heights[1] == pytest.approx(heights[0] * 2**0.5, rel=0.02)
