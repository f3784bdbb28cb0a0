"""The streets of posts and of the entries of lists, as they are read."""

from __future__ import annotations

from pathlib import Path

from support import DATASET, ISSUES, MARKDOWN, POST, TODAY, WARD, read_fine, write_site
from wardblog.content import read_site

STREETS = """\
kind,name,lat,lon
street,Dorothy Road,51.4650,-0.1610
street,Eland Road,51.4660,-0.1600
street,High Street,51.4610,-0.1600
street,Sabine Road,51.4680,-0.1560
postcode,SW11 5JY,51.4661,-0.1601
"""
GAZETTEER = {
    "ward.toml": WARD + '\n[map]\ngazetteer = "data/streets.csv"\n',
    "data/streets.csv": STREETS,
}


def streets_of(folder: Path, body: str, lines: str = "") -> tuple[str, ...]:
    post = POST.replace("\n\nSome text.", f"{lines}\n\n{body}")
    return read_fine(folder, {**GAZETTEER, "posts/fine.md": post}).posts[0].streets


def test_a_post_knows_the_streets_of_its_text_title_and_lines(tmp_path: Path) -> None:
    places = "\nPlaces: sabine road | 51.468, -0.156"
    lines = f"{places}\nUpdated: 2026-11-21 | fixed | The end of Dorothy Rd is dry."
    assert streets_of(tmp_path, "It is dry in **Eland** Road.", lines) == (
        "sabine-road",
        "eland-road",
        "dorothy-road",
    )


def test_no_street_is_named_in_code_comments_and_addresses(tmp_path: Path) -> None:
    body = (
        "See [the plan](https://example.org/streets/eland-road).\n\n    Eland Road\n\n"
        "`Dorothy Road` <!-- Sabine Road -->\n"
    )
    assert streets_of(tmp_path, body) == ()


def test_paragraphs_do_not_run_into_each_other(tmp_path: Path) -> None:
    assert streets_of(tmp_path, "We met Eland\n\nRoad works begin.\n\n- High\n- Street\n") == ()


def test_without_a_gazetteer_a_post_has_no_streets(tmp_path: Path) -> None:
    text = POST.replace("Some text", "Eland Road")
    assert read_fine(tmp_path, {"posts/fine.md": text}).posts[0].streets == ()


def test_a_page_of_the_councillor_has_none(tmp_path: Path) -> None:
    page = "Title: Us\n\nWe live in Eland Road.\n"
    assert read_fine(tmp_path, {**GAZETTEER, "pages/us.md": page}).pages[0].streets == ()


def test_a_changed_gazetteer_is_a_reason_to_read_posts_again(tmp_path: Path) -> None:
    text = POST.replace("Some text", "Works in Eland Road and Acre Lane")
    content = write_site(tmp_path, {**GAZETTEER, "posts/fine.md": text})
    first = read_site(content, TODAY, MARKDOWN)
    assert first.site.posts[0].streets == ("eland-road",)
    again = read_site(content, TODAY, MARKDOWN, first.cache)
    assert again.read == frozenset()
    assert again.site.posts[0].streets == ("eland-road",)
    (content / "data/streets.csv").write_text(STREETS + "street,Acre Lane,51.46,-0.15\n")
    later = read_site(content, TODAY, MARKDOWN, again.cache)
    assert later.read == {"posts/fine.md"}
    assert later.site.posts[0].streets == ("eland-road", "acre-lane")


def test_entries_of_lists_have_the_streets_of_their_names(tmp_path: Path) -> None:
    rows = "Name,Lat,Lon\nELAND ROAD J/W DOROTHY ROAD,51.466,-0.16\nThe depot,51.46,-0.16\n"
    site = read_fine(
        tmp_path, {**GAZETTEER, "issues.toml": ISSUES + DATASET, "data/bins.csv": rows}
    )
    named = [[street.slug for street in entry] for entry in site.issues[0].datasets[0].streets]
    assert named == [["eland-road", "dorothy-road"], []]


def test_a_list_of_complaints_has_no_streets(tmp_path: Path) -> None:
    rows = "Name,Lat,Lon\nEland Road,51.466,-0.16\n"
    issues = (ISSUES + DATASET).replace("Potholes", "Dog fouling")
    issues = issues.replace('issue = "Grit bins"', 'issue = "Dog fouling"')
    files = {**GAZETTEER, "issues.toml": issues, "data/bins.csv": rows}
    reading = read_site(write_site(tmp_path, files), TODAY, MARKDOWN)
    assert reading.site.issues[1].datasets[0].streets == ()
