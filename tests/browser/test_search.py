"""The search in Chromium, under the site's own policy: by keyboard, on a phone, on a slow line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser.axe import violations
from browser.conftest import Visit, served, visitor
from browser.test_every_kind import SHIFTS
from look import SCHEMES
from support import ROOT, SQUARE, WARD, mostly_long, write_site
from wardblog.build import build_site
from wardblog.search.words import is_looked_up, simple_slug, words_in

pytestmark = pytest.mark.browser

GAZETTEER = """\
kind,name,lat,lon
street,Eland Road,51.4655,-0.1600
street,St John's Road,51.4600,-0.1690
"""
HEAD = "Title: {title}\nDate: {day} 09:00\nTags: {tags}\n{lines}\n{text}\n"
FILLERS = 40  # posts, so that the words of the oldest have files of their own
POSTS = {
    "fine": HEAD.format(
        title="The crossing is painted again", day="2026-11-12", tags="potholes",
        lines="Progress: fixed\nReference: 2026/1234\n",
        text="Nobody could see it & nobody slowed down. The zebra at the school, **newly "
        "painted**, is white again: &lt;mark&gt; is no markup here, nor is `<b>`.\n\n"
        "The buses were late. A speed bump and 20 mph would help.",
    ),
    "grit": HEAD.format(
        title="Two bins moved", day="2026-11-14", tags="grit bins, winter",
        lines="Places: Eland Road\n",
        text="The council has moved two of them. Each grit bin is nearer to the hill now. "
        "Volunteers tidied it, behind green fences. Nobody speeds there.",
    ),
    "old-grit": HEAD.format(
        title="Where the bins are", day="2025-01-08", tags="grit bins", lines="",
        text="We counted the grit bins of the ward in the snow. Leaves were under it.",
    ),
    "bont": HEAD.format(
        title="Ar gau", day="2026-11-02", tags="general", lines="Lang: cy\n",
        text="Mae dwy goeden ar y ffordd heddiw.",
    ),
    "bath": HEAD.format(
        title="A bath in the street", day="2026-11-03", tags="general",
        lines="Places: St John's Road\n",
        text="Somebody left it beside the path.",
    ),
}  # fmt: skip
LIST = "#ward-results ol"


def content_of(folder: Path, url: str = "https://ward.example.org", fillers: int = FILLERS) -> Path:
    ward = WARD.replace("https://ward.example.org", url)
    ward = ward.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
    files: dict[str, str | bytes] = {
        "ward.toml": f'{ward}\n[map]\ngazetteer = "data/streets.csv"\n',
        "data/streets.csv": GAZETTEER,
        "data/ward.geojson": SQUARE,
        "pages/about.md": "Title: About us\n\nWe walk round the ward on Saturdays.\n",
        **{f"posts/{name}.md": text for name, text in POSTS.items()},
    }
    for number in range(fillers):
        text = f"At surgery number {number} we met residents and talked about rubbish and lamps."
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        files[f"posts/{number}.md"] = HEAD.format(
            title=f"Surgery number {number}", day=day, tags="general", lines="", text=text
        )
    return write_site(folder, files)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    build_site(ROOT / "pelicanconf.py", content_of(folder / "content"), folder / "output", None)
    return folder / "output"


@pytest.fixture
def open_page(output: Path, browser: Browser) -> Iterator[Visit]:
    with served(output) as address, visitor(browser, address) as visit:
        yield visit


@pytest.fixture(scope="module")
def shown_page(output: Path, browser: Browser) -> Iterator[Page]:
    """One page for tests that only go to addresses; complaints are counted after the last."""
    with served(output) as address, visitor(browser, address) as visit:
        yield visit("/search/")


def go(page: Page, path: str) -> Page:
    """Goes to another address of the same site."""
    page.goto(urljoin(page.url, path), wait_until="networkidle")
    return page


def asked(words: str, **chosen: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in chosen.items())
    return f"/search/?q={quote(words)}{more}"


def results(page: Page) -> Locator:
    """The results, when all of them are there."""
    expect(page.get_by_role("status")).not_to_be_empty()
    expect(page.get_by_role("status")).not_to_have_text("Searching.")
    return page.locator(f"{LIST} > li")


def titles(page: Page) -> list[str]:
    return results(page).get_by_role("heading").all_inner_texts()


def expect_titles(page: Page, *expected: str) -> None:
    expect(page.locator(f"{LIST} h2")).to_have_text([re.compile(one) for one in expected])


def said(page: Page) -> str:
    results(page)
    return page.get_by_role("status").inner_text()


def test_from_the_header_of_a_page_to_a_post_by_keyboard_alone(open_page: Visit) -> None:
    page = open_page("/2026/11/ar-gau/")
    for _ in range(3):  # to the main text, the title of the site, and the box
        page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="Search for")).to_be_focused()
    page.keyboard.type("grit bins")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=grit\+bins$"))
    expect(page).to_have_title("grit bins – Search – Shaftesbury ward blog")
    assert titles(page)[:3] == ["Grit bins", "Two bins moved", "Where the bins are"]
    link = page.get_by_role("link", name="Two bins moved")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two bins moved")
    page.wait_for_load_state("networkidle")
    page.go_back(wait_until="networkidle")
    assert titles(page)[:2] == ["Grit bins", "Two bins moved"]
    expect(page.get_by_role("searchbox")).to_have_value("grit bins")


@pytest.mark.long
def test_a_result_has_its_date_issue_progress_and_sentence(open_page: Visit) -> None:
    page = open_page(asked("zebra painting"))
    result = results(page).first
    assert result.aria_snapshot() == (
        "- listitem:\n"
        '  - heading "The crossing is painted again" [level=2]:\n'
        '    - link "The crossing is painted again":\n'
        "      - /url: /2026/11/the-crossing-is-painted-again/\n"
        "  - paragraph:\n"
        "    - time: 12 November 2026\n"
        '    - link "Potholes":\n'
        "      - /url: /issues/potholes/\n"
        "    - text: fixed\n"
        "  - paragraph:\n"
        "    - text: The\n"
        "    - mark: zebra\n"
        "    - text: at the school, newly\n"
        "    - mark: painted\n"
        '    - text: ", is white again: <mark> is no markup here, nor is <b>. The buses were late."'
    )
    expect(page.locator(f"{LIST} b")).to_have_count(0)


@pytest.mark.long
def test_the_page_in_the_accessibility_tree(open_page: Visit) -> None:
    page = open_page(asked("snow"))
    results(page)
    tree = page.get_by_role("main").aria_snapshot()
    assert '- heading "Search" [level=1]' in tree
    assert '- searchbox "What are you looking for?": snow' in tree
    assert '- combobox "Issue":' in tree
    assert '- option "All issues" [selected]' in tree
    assert '- combobox "Year":' in tree
    assert "- status: 1 result for “snow”." in tree
    assert tree.index("- status") < tree.index("- list:") < tree.index("- listitem:")
    expect(page.get_by_role("search")).to_have_count(1)


@pytest.mark.long
def test_results_are_accessible_and_fit_a_small_phone(open_page: Visit) -> None:
    page = open_page(asked("grit bins"), viewport={"width": 320, "height": 640}, bypass_csp=True)
    expect(page.locator(f"{LIST} mark").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    for control in page.locator("main :is(input, select, button):visible").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44


@pytest.mark.parametrize(
    "path", mostly_long(("/", "/404.html", "/2026/11/ar-gau/"), "/2026/11/ar-gau/")
)
def test_the_form_in_the_header_fits_a_small_phone(
    path: str, output: Path, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    with served(output) as address:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        header, form = (page.locator(one).bounding_box() for one in (".masthead", ".search"))
        assert header
        assert form
        assert form["height"] == 44
        assert header["height"] < 280
        page.emulate_media(media="print")
        expect(page.locator(".search")).to_be_hidden()
        context.close()


@pytest.mark.long
def test_marked_words_differ_in_forced_colours(open_page: Visit) -> None:
    page = open_page(asked("snow"), forced_colors="active")
    mark = page.locator(f"{LIST} mark").first
    expect(mark).to_have_text("snow")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert mark.evaluate(colour) != page.locator("body").evaluate(colour)


FOUND = [
    ("greet bins", "Grit bins", "Showing results for “grit bins”: 3 results"),
    ("zerba", "The crossing is painted again", "Showing results for “zebra”: 1 result."),
    ("residants", "Surgery number", "Showing results for “residents”: 40 results."),
    ("goedan", "Ar gau", "Showing results for “goeden”: 1 result."),
    ("speedbump", "The crossing is painted again", "1 result for “speedbump”."),
    ("20mph", "The crossing is painted again", "1 result for “20mph”."),
    ("bus", "The crossing is painted again", "1 result for “bus”."),
    ("fence", "Two bins moved", "1 result for “fence”."),
    ("speeding", "Two bins moved", "2 results for “speeding”."),
    ("tidy", "Two bins moved", "1 result for “tidy”."),
    ("leaf", "Where the bins are", "1 result for “leaf”."),
    ("eland rd", "Eland Road", "2 results for “eland rd”"),
    (
        "bins in elnad road",
        "Eland Road",
        "Showing results for “bins eland road”: 1 result, and",
    ),
    ("about walking", "About us", "1 result for “about walking”"),
    ("lamp talking", "Surgery number", "40 results for “lamp talking”."),
    ("zeb", "The crossing is painted again", "1 result for “zeb”."),
    ("eland road", "Eland Road", "2 results for “eland road”"),
    ("st john's", "St John's Road", "2 results for “st john's”."),
    ("2026/1234", "The crossing is painted again", "1 result for “2026/1234”."),
    ("saturdays", "About us", "1 result for “saturdays”."),
    ("coeden", "Ar gau", "1 result for “coeden”."),
    ("path", "A bath in the street", "1 result for “path”."),
    ("zebra qqqq", "The crossing", "1 result for “zebra qqqq”. Nothing was found for “qqqq”."),
]


@pytest.mark.parametrize(
    ("words", "found", "words_said"),
    [*FOUND[:2], *(pytest.param(*case, marks=pytest.mark.long) for case in FOUND[2:])],
)
def test_what_is_found_comes_first_and_is_announced(
    words: str, found: str, words_said: str, shown_page: Page
) -> None:
    page = go(shown_page, asked(words))
    assert titles(page)[0].startswith(found)
    assert said(page).startswith(words_said)


@pytest.mark.long
def test_a_post_in_welsh_is_marked_as_such(open_page: Visit) -> None:
    page = open_page(asked("coeden"))
    link = page.get_by_role("link", name="Ar gau")
    expect(link).to_have_attribute("lang", "cy")
    sentence = page.locator(f"{LIST} .sentence")
    expect(sentence).to_have_attribute("lang", "cy")
    expect(sentence.locator("mark")).to_have_text("goeden")


def test_what_is_not_found_leads_on(open_page: Visit) -> None:
    page = open_page(asked("xylophone"))
    assert said(page) == "Nothing was found for “xylophone”."
    shown = page.locator("#ward-results")
    expect(shown.get_by_role("link", name="all posts, by year")).to_have_attribute("href", "/all/")
    expect(shown.get_by_role("link", name="write to us")).to_have_attribute(
        "href", re.compile("^mailto:robin@example.org")
    )
    expect(page.locator(LIST)).to_be_hidden()


@pytest.mark.long
def test_filters_change_the_address_and_stay_after_a_reload(open_page: Visit) -> None:
    page = open_page(asked("bins"))
    assert len(titles(page)) == 3  # and the issue
    page.get_by_label("Year").select_option("2025")
    expect(page).to_have_url(re.compile(r"\?q=bins&year=2025$"))
    expect_titles(page, "Where the bins are")
    page.get_by_label("Year").select_option("All years")
    page.get_by_label("Issue").focus()
    page.keyboard.press("ArrowDown")  # the first issue
    expect(page).to_have_url(re.compile(r"\?q=bins&issue=grit-bins$"))
    expect_titles(page, "Two bins moved", "Where the bins are")
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("Issue")).to_have_value("grit-bins")
    expect_titles(page, "Two bins moved", "Where the bins are")


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "chosen", "words_said", "offered", "leads_to"),
    [
        ("snow", {"issue": "potholes"}, "Nothing about Potholes has “snow”.",
         "Search everything (1 result)", "?q=snow"),
        ("snow", {"issue": "grit-bins", "year": "2025"},
         "1 result for “snow” about Grit bins in 2025.",
         "Search everything (1 result)", "?q=snow"),
        ("", {"issue": "grit-bins", "year": "2026"}, "1 result about Grit bins in 2026.", "", ""),
        ("", {"issue": "grit-bins"}, "2 results about Grit bins.", "", ""),
        ("", {"year": "2025"}, "Type a word, or choose an issue.", "All posts of 2025",
         "/all/#year-2025"),
        ("greet bins", {}, "Showing results for “grit bins”: 3 results.",
         "Search for “greet bins” instead", "?q=%22greet+bins%22"),
        ('"greet bins"', {}, "3 results for “greet bins”. Nothing was found for “greet”.", "", ""),
        ("sw11 5jy", {}, "“sw11 5jy” is a postcode.", "Find out what is near it",
         "/streets/#near-me"),
        ("zebra snow", {}, "No page has all these words. 2 have some of them.", "", ""),
    ],
)  # fmt: skip
def test_what_is_said_is_true_and_leads_on(
    words: str, chosen: dict[str, str], words_said: str, offered: str, leads_to: str,
    shown_page: Page,
) -> None:  # fmt: skip
    page = go(shown_page, asked(words, **chosen))
    assert said(page) == words_said
    offer = page.locator(".offer")
    expect(offer).to_have_text(offered)
    if offered:
        expect(offer.get_by_role("link")).to_have_attribute("href", leads_to)
        assert is_there(page, leads_to)


def is_there(page: Page, leads_to: str) -> bool:
    """Whether the page that a link leads to is there, and has the part that it names."""
    page.locator(".offer a").click()
    page.wait_for_load_state("networkidle")
    fragment = urlsplit(leads_to).fragment
    return not fragment or page.locator(f"[id='{fragment}']").count() == 1


@pytest.mark.long
def test_an_issue_is_shown_with_its_colour_and_the_number_of_its_posts(open_page: Visit) -> None:
    page = open_page(asked("grit bins"))
    about = results(page).first.locator(".about")
    expect(about).to_have_text("Issue 2 posts")
    expect(about.locator(".issue-grit-bins")).to_have_text("Issue")


@pytest.mark.long
def test_a_short_sentence_is_followed_by_the_next(open_page: Visit) -> None:
    page = open_page(asked("buses late"))
    expect(page.locator(f"{LIST} .sentence").first).to_have_text(
        "The buses were late. A speed bump and 20 mph would help."
    )


@pytest.mark.long
def test_more_results_are_shown_when_asked_for(open_page: Visit) -> None:
    page = open_page(asked("surgery"))
    expect(results(page)).to_have_count(10)
    page.get_by_role("button", name="Show more results").click()
    expect(results(page)).to_have_count(20)
    expect(results(page).nth(10).get_by_role("link").first).to_be_focused()
    for _ in range(2):
        page.get_by_role("button", name="Show more results").click()
    expect(results(page)).to_have_count(40)
    expect(page.get_by_role("button", name="Show more results")).to_be_hidden()
    assert len(set(titles(page))) == 40


@pytest.mark.long
def test_sentences_come_only_for_results_that_are_seen(open_page: Visit) -> None:
    page = open_page("/search/")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).query))
    page.get_by_role("searchbox").fill("surgery")
    page.keyboard.press("Enter")
    expect(results(page)).to_have_count(10)
    expect(page.locator(f"{LIST} mark").first).to_be_visible()
    assert 1 <= fetched.count("sentence") < 10
    results(page).last.scroll_into_view_if_needed()
    expect(results(page).last.locator("mark")).to_have_text("surgery")


@pytest.mark.long
def test_on_a_slow_line_it_says_so_and_nothing_moves(output: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    page.add_init_script(SHIFTS)
    slow = {
        "offline": False,
        "latency": 700,
        "downloadThroughput": 20_000,
        "uploadThroughput": 9_000,
    }
    with served(output) as address:
        line.send("Network.emulateNetworkConditions", slow)
        page.goto(address + asked("grit bins"))
        expect(page.get_by_role("status")).to_have_text("Searching.")
        assert titles(page)[:2] == ["Grit bins", "Two bins moved"]
        expect(page.locator(f"{LIST} mark").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifts") == []
        context.close()


@pytest.mark.parametrize("file", ["newest.json", "words/"])
def test_after_a_failure_one_can_try_again(file: str, output: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    where = re.compile(f"/search/{file}")
    page.route(where, lambda route: route.abort())
    with served(output) as address:
        page.goto(address + asked("snow"))
        expect(page.get_by_role("status")).to_have_text(
            "The search could not be loaded. Check your connection, then try again."
        )
        expect(page.get_by_role("main").get_by_role("link", name="all posts")).to_be_visible()
        page.unroute(where)
        page.get_by_role("button", name="Try again").click()
        expect_titles(page, "Where the bins are")
        context.close()


@pytest.mark.long
def test_an_earlier_answer_never_replaces_a_later_one(output: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    held: list[Route] = []
    with served(output) as address:
        page.goto(f"{address}/search/")
        page.route(re.compile("/search/words/sho-"), lambda route: held.append(route))
        box = page.get_by_role("searchbox")
        box.fill("snow")
        box.press("Enter")
        box.fill("zebra")
        box.press("Enter")
        expect_titles(page, "The crossing is painted again")
        assert held
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        expect_titles(page, "The crossing is painted again")
        context.close()


HOSTILE = (
    "<img src=x onerror=alert(1)>", '"><script>alert(2)</script>', "__proto__", "constructor",
    "toString hasOwnProperty", "#grit-bins", "../../../etc/passwd", "%00%ff", "a/b/c/d 1/2/3/4",
    "\\ufeff\\u202e", "((((.*)+)+)+)$", "x" * 5000, "word " * 500, "~ bont~", "🙂👍🏽",
    "' ’s", "con nul",
    "&issue=<b>&year=9e9",
)  # fmt: skip


def test_hostile_words_do_no_harm(open_page: Visit) -> None:
    page = open_page("/search/")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    for words in HOSTILE:
        asked_for.clear()
        page.get_by_role("searchbox").evaluate("(box, words) => { box.value = words; }", words)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Search", exact=True).click()
        assert said(page), words
        assert len(asked_for) < 60, words
        assert page.locator("main :is(script, img, b)").count() == 0
        address = urlsplit(page.url)
        assert len(address.query) < 900, words
        page.get_by_role("status").evaluate("status => { status.textContent = ''; }")


@pytest.mark.long
def test_an_address_with_anything_in_it_does_no_harm(open_page: Visit) -> None:
    page = open_page("/search/")
    for words in HOSTILE:
        others = "&issue=%3Cb%3E&year=__proto__&length=1&item=2"
        results(go(page, f"/search/?q={quote(words[:2000])}{others}"))
        expect(page.get_by_label("Issue")).to_have_value("")
        expect(page.get_by_label("Year")).to_have_value("")


@pytest.mark.long
def test_a_blog_in_a_folder_finds_its_posts(tmp_path: Path, browser: Browser) -> None:
    content = content_of(tmp_path / "content", "https://ward.example.org/blog", fillers=0)
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "host/blog", None)
    with served(tmp_path / "host") as address, visitor(browser, address) as visit:
        page = visit("/blog/2026/11/ar-gau/")
        page.get_by_role("searchbox").fill("zebra")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/blog/search/\?q=zebra$"))
        assert titles(page) == ["The crossing is painted again"]
        expect(page.locator(f"{LIST} mark")).to_have_text("zebra")
        page.get_by_role("link", name="The crossing is painted again").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The crossing is painted again")


@pytest.mark.long
def test_a_blog_without_posts_says_so(tmp_path: Path, browser: Browser) -> None:
    content = write_site(tmp_path / "content")
    (content / "posts/fine.md").unlink()
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output", None)
    with served(tmp_path / "output") as address, visitor(browser, address) as visit:
        page = visit("/search/")
        expect(page.get_by_role("main")).to_contain_text("The first post will be here soon.")
        page.get_by_role("searchbox").fill("zebra")
        page.keyboard.press("Enter")
        assert said(page) == "Nothing was found for “zebra”."
        page.locator("#ward-results").get_by_role("link", name="all posts, by year").click()
        expect(page.get_by_role("main")).to_contain_text("The first post will be here soon.")


def test_without_javascript_the_form_leads_to_all_posts(open_page: Visit) -> None:
    page = open_page("/2026/11/ar-gau/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("zebra")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/all/$"))
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("link", name="2025", exact=True).click()
    page.get_by_role("link", name="Where the bins are").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where the bins are")


ODD_WORDS = (
    "Councillor's", "residents’ o’clock", "ST. JOHN'S", "Tŷ Gŵyr ÂÊ", "ﬁnance ①② ½", "x²", "Ⅷ",
    "İstanbul ISSİZ", "ΣΑΣ ΌΔΟΣ", "straße", "naïve café", "e\u0301e\u0300", "2026/1234", "日本語",
    "26/0123/FUL and/or 24/7", "a_b-c.d", "١٢٣ مرحبا", "ʼs 's ’S", "rock'n'roll", "“quoted”",
    "Dai's and Siân’s", "\u00ad soft\u00adhyphen", "🙂 👍🏽", "K\u212a", "ſ", "Ǆ",
)  # fmt: skip


def test_the_script_folds_words_as_the_index_does(browser: Browser) -> None:
    # The real functions, taken out of the script.
    script = (ROOT / "theme/source/search.js").read_text(encoding="utf-8")
    others = (ROOT / "theme/source/search-others.js").read_text(encoding="utf-8")
    begin, end = script.index("const plain ="), script.index("const singular =")
    first, last = others.index("const references ="), others.index("/** A Welsh word")
    page = browser.new_page()
    found = page.evaluate(
        """([code, texts]) => {
          const back = "return [wordsOf, (text) => references(plain(text)), slug];";
          const functions = new Function(code + back)();
          return texts.map((text) => functions.map((one) => one(text)));
        }""",
        [script[begin:end] + others[first:last], ODD_WORDS],
    )
    page.close()
    for text, (words, references, slug) in zip(ODD_WORDS, found, strict=True):
        ours = list(filter(is_looked_up, words_in(text)))
        script_has = {word for word in (*words, *references) if is_looked_up(word)}
        assert script_has <= set(ours), text
        owners = {f"{word}s" for word in words}  # the index has what belongs to somebody twice
        assert set(ours) - owners <= script_has, text
        assert slug == simple_slug(text), text
