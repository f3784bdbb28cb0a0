""" "What is near me?" in Chromium: answers, helpful words, and nothing that leaves the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.axe import violations
from browser.conftest import Visit, served, visitor
from support import POST, ROOT, SQUARE, WARD, mostly_long, write_site
from wardblog.build import build_site

pytestmark = pytest.mark.browser

GAZETTEER = """\
kind,name,lat,lon
street,Dorothy Road,51.4665,-0.1600
street,Eland Road,51.4655,-0.1600
street,St John's Road,51.4600,-0.1690
postcode,SW11 5JY,51.4655,-0.1603
"""
REPORT = POST.replace(
    "Tags: grit bins",
    "Tags: potholes\nProgress: reported\nPlaces: Eland Road steps | 51.4661, -0.1600",
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nearby")
    ward = WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
    content = write_site(
        folder / "content",
        {
            "ward.toml": ward + '\n[map]\ngazetteer = "data/streets.csv"\n',
            "data/streets.csv": GAZETTEER,
            "data/ward.geojson": SQUARE,
            "posts/fine.md": REPORT,
        },
    )
    build_site(ROOT / "pelicanconf.py", content, folder / "output", folder / "cache")
    return folder / "output"


@pytest.fixture
def open_page(output: Path, browser: Browser) -> Iterator[Visit]:
    with served(output) as address, visitor(browser, address) as visit:
        yield visit


def ask(page: Page, words: str) -> None:
    page.get_by_label("Your postcode or street").fill(words)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("path", "words", "name"),
    [("/", "sw115jy", "SW11 5JY"), ("/map/", "12 eland rd", "Eland Road"),
     pytest.param("/streets/", "Eland Road", "Eland Road", marks=pytest.mark.long)],
)  # fmt: skip
def test_the_answer_comes_from_two_files_of_the_site(
    path: str, words: str, name: str, open_page: Visit
) -> None:
    page = open_page(path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.url.partition("#")[0]
    ask(page, words)
    heading = page.get_by_role("heading", name=f"Within 300 m of {name}")
    expect(heading).to_be_focused()
    near = page.locator(".near")
    expect(near.get_by_role("link", name="A fine post")).to_have_attribute(
        "href", "/2026/11/a-fine-post/"
    )
    expect(near).to_contain_text("○ reported · Eland Road steps · about 70 m north")
    expect(near).to_contain_text("Dorothy Road about 110 m north")
    expect(near.get_by_role("link", name="Eland Road", exact=False).first).to_have_attribute(
        "href", "/streets/eland-road/"
    )
    expect(near).not_to_contain_text("St John")
    assert page.url.partition("#")[0] == before
    of_the_map = {"leaflet", "live", "map", "base"}
    assert sorted({url.rsplit("/", 1)[-1].split(".")[0] for url in asked} - of_the_map) == [
        "nearby", "open", "where",
    ]  # fmt: skip
    assert violations(page) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Type your postcode or the name of your street."),
        ("SW11", "“SW11” is only a part of a postcode. Type all of it, such as SW11 5JY"),
        ("LS6 2AB", "The postcode LS6 2AB is not in this ward or close to it."),
        ("Xyzzy Boulevard", "There is no street or postcode “Xyzzy Boulevard”"),
    ],
)
def test_what_cannot_be_found_is_explained(words: str, said: str, open_page: Visit) -> None:
    page = open_page("/streets/")
    ask(page, words)
    expect(page.locator(".near").get_by_role("status")).to_contain_text(said)
    box = page.get_by_label("Your postcode or street")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")


@pytest.mark.long
def test_a_typing_mistake_is_guessed_with_the_keyboard_alone(open_page: Visit) -> None:
    page = open_page("/")
    ask(page, "Elnad Road")
    expect(page.locator(".near").get_by_role("status")).to_contain_text("Did you mean")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Eland Road")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Within 300 m of Eland Road")).to_be_focused()


def test_without_javascript_a_link_leads_to_the_streets(open_page: Visit) -> None:
    page = open_page("/", java_script_enabled=False)
    expect(page.locator(".near input")).not_to_be_visible()
    page.get_by_role("link", name="All streets, A to Z").click()
    expect(page).to_have_url(re.compile(r"/streets/$"))
    page.get_by_role("link", name="Eland Road", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eland Road")


@pytest.mark.long
@pytest.mark.parametrize("path", mostly_long(("/", "/map/", "/streets/"), "/", "/streets/"))
def test_the_question_is_beside_the_map_on_wide_pages(path: str, open_page: Visit) -> None:
    page = open_page(path, viewport={"width": 1280, "height": 900})
    question, drawn = (page.locator(one).bounding_box() for one in (".near", ".map-frame"))
    assert question
    assert drawn
    apart = max(question["x"] - drawn["x"] - drawn["width"],
                drawn["x"] - question["x"] - question["width"])  # fmt: skip
    assert apart > 0
    assert question["y"] < drawn["y"] + drawn["height"]
    page.emulate_media(media="print")
    expect(page.locator(".near")).to_be_hidden()


@pytest.mark.long
def test_without_scripts_the_question_takes_no_empty_space(open_page: Visit) -> None:
    page = open_page("/map/", java_script_enabled=False)
    box = page.locator(".near").bounding_box()
    assert box
    assert box["height"] < 130  # a heading and a link
