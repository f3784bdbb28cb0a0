"""Text that was decoded wrongly is shown as it was meant, and correct text never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import DATASET, ISSUES, POST, WARD, read_all, write_site
from wardblog.problems import Severity
from wardblog.report import Report
from wardblog.text.mojibake import repair_mojibake


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Ynys MÃ´n", "Ynys Môn"),
        ("the councilâ€™s bins", "the council’s bins"),
        ("Â£5,000 and 20Â°C", "£5,000 and 20°C"),
        ("A â€“ B – C’s", "A – B – C’s"),
        ("CÃ¢n y Ŵyl", "Cân y Ŵyl"),
        ("TÅ· ac Åµyn", "Tŷ ac ŵyn"),
        ("Ynys M√¥n", "Ynys Môn"),
        ("M‚Äôs", "M’s"),
        ("Ã‚Â£5", "£5"),
        ("â€œBinsâ€", "“Bins”"),
        ("Mo\u0302n", "Môn"),
    ],
)
def test_wrongly_decoded_text_is_repaired(wrong: str, right: str) -> None:
    assert repair_mojibake(wrong, Report("a")) == right


@pytest.mark.parametrize(
    "text",
    [
        "café’s, L’Âme, voilà “x”, Éire, SÃO PAULO, ÂNGELA, À ŒUVRE, HÔTEL “X”, DÉJÀ… VU",
        "Ŵyl yn y Tŷ, Llŷn, Môn, tôn, gŵyl, ŷd, Llanfair-ym-Muallt",
        "Gàidhlig, Łódź, żółć, İstanbul, Straße, Ångström, Übung, naïve, £5 – 20°C ½ mile × 2",
        "مرحبا بكم, Новости, 日本, ગુજરાતી, اردو, ਪੰਜਾਬੀ",
        "√2, 5 ‚A‘, Ä, Ö",
    ],
)
def test_correct_text_stays_as_it_is(text: str) -> None:
    report = Report("a")
    assert repair_mojibake(text, report) == text
    assert report.problems == []


def test_a_repair_is_reported_once_with_an_example(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Nothing.\n\nYnys MÃ´n.\n\nThe councilâ€™s.")
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert "Ynys Môn." in site.posts[0].html
    assert [(p.severity, p.line, p.message) for p in problems] == [
        (
            Severity.WARN,
            7,
            (
                "some letters here were saved in the wrong encoding, and have been "
                'corrected: "Môn.", not "MÃ´n."'
            ),
        )
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_files_in_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Môn’s £20.").replace("A fine post", "Môn")
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text.encode(encoding)}))
    assert site.posts[0].title == "Môn"
    assert "Môn’s £20." in site.posts[0].html
    expected = ['this file is not saved as UTF-8 and was read as Windows-1252: "Môn"']
    assert [p.message for p in problems] == (expected if encoding == "cp1252" else [])


def test_settings_and_lists_are_repaired_as_well(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ward.toml": WARD.replace('"Shaftesbury"', '"Ynys MÃ´n"'),
        "issues.toml": ISSUES + DATASET,
        "data/bins.csv": "name,lat,lon\nTÃ´n Road,51.4665,-0.16\nCafé,51.4666,-0.161\n",
    }
    site, problems = read_all(write_site(tmp_path, files))
    assert site.ward.name == "Ynys Môn"
    assert [p.name for p in site.issues[0].datasets[0].places] == ["Tôn Road", "Café"]
    assert sorted(p.file for p in problems if "wrong encoding" in p.message) == [
        "data/bins.csv",
        "ward.toml",
    ]


def test_a_key_in_a_text_of_utf_16_is_still_noticed(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "-----BEGIN PRIVATE KEY-----")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text.encode("utf-16")}))
    assert "this is a private key" in [p.message for p in problems]


def test_a_lost_character_is_reported_with_its_line(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "A\n\nM\ufffdn and Mï¿½n")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert (7, "a character that another program could not convert (U+FFFD) was left out") in [
        (p.line, p.message) for p in problems
    ]
