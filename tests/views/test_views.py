"""The data from which pages, feeds and other files are made."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from support import (
    BASE,
    DATASET,
    ISSUES,
    MARKDOWN,
    POST,
    ROOT,
    SQUARE,
    TODAY,
    WARD,
    files_in,
    picture,
    read_all,
    read_fine,
    write_site,
)
from wardblog.content import read_site
from wardblog.model import BodyText, Imprint, MapSettings, Post, Site
from wardblog.model.digests import Digests
from wardblog.model.outputs import OutputKind
from wardblog.support.colours import DARK, LIGHT, contrast, readable
from wardblog.text.attribution import attribution
from wardblog.text.words import clock, counted, initials
from wardblog.views import (
    CardFile,
    File,
    Page,
    SiteAddresses,
    content_security_policy,
    outputs,
)
from wardblog.views.hubs import hub_page
from wardblog.views.lists import home_page, periods, tags
from wardblog.views.output import frame, post_lines, without_posts
from wardblog.views.posts import lead_picture, post_page
from wardblog.views.sharing import shared_picture

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
CREDIT = f"Source: Wandsworth Council. {OGL} Outline: a sketch."
COLUMNS = (
    "identifier", "name", "latitude", "longitude", "progress", "in_ward", "as_of", "attribution",
)  # fmt: skip
PLACES = "Places: Eland Road | 51.4665, -0.1600\n        Acanthus Road | 51.4653, -0.1577 | fixed\n"


def files_of_views(site: Site) -> dict[str, bytes]:
    return files_in(outputs(site))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    boundary = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n[[councillor]]')
    files: Mapping[str, str] = {
        "ward.toml": boundary,
        "issues.toml": ISSUES + DATASET,
        "data/ward.geojson": SQUARE,
        "data/bins.csv": "Ref,Name,Lat,Lon,Editor\n7,=Inside,51.465,-0.16,J\n8,Out,51.48,-0.16,J\n",
        "posts/old.md": POST.replace("fine", "old").replace("2026-11-20", "2026-10-01"),
        "posts/fine.md": POST.replace(
            "\n\nSome",
            f"\n{PLACES}Progress: reported\nDeadline: 2026-11-22 | Comments close\n"
            "Deadline: 2026-11-01 | Too late\n"
            "Updated: 2026-11-20 | reported | Seen\n         2026-11-22 | in progress | Begun\n\n"
            "Some",
        ),
    }
    return read_fine(tmp_path, files)


def test_an_issues_page_gives_the_number_of_places_in_the_ward(site: Site) -> None:
    hub = hub_page(site, site.issues[0])
    assert hub.pages[0].lists[1].note == "1 of the 2 in the borough are in Shaftesbury ward."
    assert hub.shown_of == "Bins: 1 of 2 shown"


def test_the_map_and_the_lists_have_the_same_places_in_the_same_order(site: Site) -> None:
    hub = hub_page(site, site.issues[0])
    assert hub.figure is not None
    listed = [(row.number, row.dot.place) for rows in hub.pages[0].lists for row in rows.rows]
    assert listed == list(enumerate(dot.place for dot in hub.figure.dots))


def test_recent_changes_are_the_newest_updates(site: Site) -> None:
    changes = hub_page(site, site.issues[0]).changes
    assert [c.words for c in changes] == ["In progress: Begun", "Reported: Seen"]


def test_home_shows_open_reports_and_coming_dates(site: Site) -> None:
    home = home_page(site)
    assert home.latest is not None
    assert home.latest.address == "2026/11/a-fine-post/"
    assert [c.words for c in home.coming] == ["Comments close"]
    assert [row.dot.place.name for row in home.places] == ["Eland Road"]
    assert [(line.issue.name, line.words) for line in home.issues] == [
        ("Grit bins", "1 open for comment until 22 November, 2 posts"),
        ("Potholes", "no posts yet"),
    ]
    assert [m.title for m in home.months] == ["November 2026", "October 2026"]


def test_a_post_knows_its_neighbours_and_its_history(site: Site) -> None:
    page = post_page(site, site.posts[0], site.posts[1:])
    assert [line.title for line in page.others] == [site.posts[1].title]
    assert [(s.when, s.after) for s in page.history] == [
        ("20 November 2026", ""),
        ("22 November 2026", "2 days later"),
    ]
    assert [(c.words, c.is_over) for c in page.coming] == [
        ("Too late", True),
        ("Comments close", False),
    ]


def test_a_single_place_without_boundary_or_streets_has_no_map(tmp_path: Path) -> None:
    text = POST.replace("\n\nSome", "\nPlaces: Eland Road | 51.4665, -0.16\n\nSome")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    page = post_page(site, site.posts[0])
    assert page.figure is None
    assert page.places[0].street_map.startswith("https://www.openstreetmap.org/?mlat=51.4665")


def test_the_csv_has_our_columns_only_and_no_cell_is_a_formula(site: Site) -> None:
    rows = list(csv.reader(io.StringIO(files_of_views(site)["data/bins.csv"].decode("utf-8-sig"))))
    assert rows == [
        [
            *[
                "identifier",
                "name",
                "latitude",
                "longitude",
                "progress",
                "in_ward",
                "as_of",
                "attribution",
            ]
        ],
        ["7", "'=Inside", "51.465", "-0.16", "", "yes", "", CREDIT],
        ["8", "Out", "51.48", "-0.16", "", "no", "", CREDIT],
    ]


def test_the_description_of_the_columns_is_next_to_the_table(site: Site) -> None:
    about = json.loads(files_of_views(site)["data/bins.csv-metadata.json"])
    assert about["url"] == "bins.csv"
    assert about["dc:license"] == "Open Government Licence v3.0"
    assert about["dc:rights"] == CREDIT
    columns = [column["name"] for column in about["tableSchema"]["columns"]]
    table = files_of_views(site)["data/bins.csv"].decode("utf-8-sig")
    assert columns == next(csv.reader(io.StringIO(table)))


def test_the_geojson_has_what_the_map_shows_and_its_licence(site: Site) -> None:
    data = json.loads(files_of_views(site)["data/bins.geojson"])
    assert [f["properties"]["name"] for f in data["features"]] == ["=Inside"]
    assert data["features"][0]["geometry"]["coordinates"] == [-0.16, 51.465]
    assert data["attribution"] == CREDIT


def test_a_feed_contains_the_whole_post_with_absolute_links(tmp_path: Path) -> None:
    text = POST.replace(
        "Some text.",
        '[home](/issues/) ![A bin](pic.png)\n\n<a href="//example.org">y</a> & <b>z</b>',
    )
    site = read_fine(tmp_path, {"posts/fine.md": text, "posts/pic.png": picture()})
    feed = feedparser.parse(files_of_views(site)["feeds/grit-bins.rss.xml"])
    assert not feed.bozo
    entry = feed.entries[0]
    html = entry.content[0].value
    assert 'href="https://ward.example.org/issues/"' in html
    assert 'href="https://example.org"' in html
    assert "Promoted by Chris Agent" in html
    assert entry.id == entry.link == "https://ward.example.org/2026/11/a-fine-post/"
    assert entry.published == "Fri, 20 Nov 2026 09:00:00 +0000"
    assert feed.feed.link == "https://ward.example.org/issues/grit-bins/"


def test_a_feed_without_posts_is_valid_too(tmp_path: Path) -> None:
    site = read_fine(tmp_path)
    feed = feedparser.parse(files_of_views(site)["feeds/potholes.rss.xml"])
    assert not feed.bozo
    assert (feed.entries, feed.feed.title) == ([], "Potholes – Shaftesbury ward blog")


def test_the_views_make_the_same_bytes_each_time(site: Site) -> None:
    assert files_of_views(site) == files_of_views(site)


@pytest.mark.parametrize("colour", ["#1d5f3a", "#ffff00", "#000000", "#ffffff", "#ff00ff"])
@pytest.mark.parametrize("background", [LIGHT, DARK])
def test_every_colour_is_made_readable(colour: str, background: str) -> None:
    assert contrast(readable(colour, background), background) >= 4.5


def test_a_readable_colour_is_not_changed() -> None:
    assert readable("#1d5f3a", LIGHT) == "#1d5f3a"


def test_the_policy_allows_tiles_only_if_the_ward_does() -> None:
    assert "https" not in content_security_policy(MapSettings("none"))
    asked = content_security_policy(MapSettings("ask", "https://{s}.tiles.example.org/{z}.png"))
    assert "img-src 'self' https://*.tiles.example.org;" in asked


def test_the_sitemap_lists_every_page_once(site: Site) -> None:
    text = files_of_views(site)["sitemap.xml"].decode()
    for address in ("", "issues/", "issues/grit-bins/", "2026/11/a-fine-post/", "2026/10/"):
        assert text.count(f"<loc>https://ward.example.org/{address}</loc>") == 1


def test_the_imprint_names_promoter_and_those_promoted() -> None:
    one = Imprint("A", "", "1 Street")
    assert one.sentence == "Promoted by A, 1 Street."
    two = Imprint("A", "B", "1 Street")
    assert two.sentence == "Promoted by A on behalf of B, both of 1 Street."


def test_a_site_in_a_subfolder_knows_its_path(tmp_path: Path) -> None:
    ward = BASE["ward.toml"].replace("ward.example.org", "example.org/blog/")
    site = read_fine(tmp_path, {"ward.toml": ward})
    assert site.base_path == "/blog"
    assert site.absolute("issues/") == "https://example.org/blog/issues/"


def test_numbers_and_dates_are_written_as_people_say_them(site: Site) -> None:
    moment = site.posts[0].date
    assert clock(moment) == "9am"
    assert clock(moment.replace(hour=18, minute=30)) == "6.30pm"
    assert clock(moment.replace(hour=12)) == "midday"
    assert clock(moment.replace(hour=0, minute=5)) == "12.05am"
    assert (counted(1, "post"), counted(1000, "post")) == ("1 post", "1,000 posts")


def test_a_feed_shows_the_map_of_a_post(site: Site) -> None:
    found = feedparser.parse(files_of_views(site)["feeds/grit-bins.rss.xml"])
    html = {entry.title: entry.content[0].value for entry in found.entries}
    picture = BeautifulSoup(html["A fine post"], "html.parser").select_one("a > img")
    assert picture is not None
    assert picture["src"] == "https://ward.example.org/2026/11/a-fine-post/map.svg"
    assert picture["alt"] == "Map: Eland Road, Acanthus Road"
    assert "map.svg" not in html["A old post"]


@pytest.mark.parametrize(
    ("licence", "sentence"),
    [
        ("Open Government Licence v3.0", OGL),
        ("OGL v3", OGL),
        ("OGL-UK-3.0", OGL),
        ("Open Government License", OGL),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", OGL),
        ("Open Government Licence v2.0", OGL.replace("v3.0", "v2.0")),
        ("ODbL", "© OpenStreetMap contributors"),
        ("CC BY 4.0", "Licence: CC BY 4.0."),
        ("", ""),
    ],
)
def test_the_attribution_that_a_licence_requires(
    licence: str, sentence: str, tmp_path: Path
) -> None:
    files = {
        "issues.toml": ISSUES + DATASET.replace("Open Government Licence v3.0", licence),
        "data/bins.csv": "Name,Lat,Lon\nA,51.465,-0.16\n",
    }
    site, problems = read_all(write_site(tmp_path, files))
    assert [p.rule for p in problems] == ([] if licence else ["attribution"])
    assert attribution(site.issues[0].datasets[0]) == sentence


def test_a_councillor_may_set_the_attribution(tmp_path: Path) -> None:
    words = "Contains Royal Mail data © Royal Mail copyright and database right 2026"
    site = read_fine(
        tmp_path,
        {
            "issues.toml": f'{ISSUES}{DATASET}attribution = "{words}"\n',
            "data/bins.csv": "Name,Lat,Lon\nA,51.465,0.00001\n",
        },
    )
    rows = list(csv.reader(io.StringIO(files_of_views(site)["data/bins.csv"].decode("utf-8-sig"))))
    credit = f"Source: Wandsworth Council. {words}. {OGL}"
    # Without an outline nobody knows what is in the ward; and numbers are written out.
    assert rows[1] == ["", "A", "51.465", "0.00001", "", "", "", credit]


def test_a_line_of_history_with_a_future_date_is_not_shown_yet(tmp_path: Path) -> None:
    text = POST.replace("\n\nSome", "\nUpdated: 2026-12-25 | fixed | Done\n\nSome")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    assert hub_page(site, site.issues[0]).changes == ()
    assert post_page(site, site.posts[0]).history == ()


def test_the_map_of_a_post_is_named_after_a_few_of_its_places(tmp_path: Path) -> None:
    places = "\n        ".join(f"P{n} | 51.465, -0.16{n}" for n in range(6))
    text = POST.replace("\n\nSome", f"\nPlaces: {places}\n\nSome")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    shown = post_page(site, site.posts[0]).figure
    assert shown is not None
    assert shown.label == "Map: P0, P1, P2, P3 and 2 more"


def without_text(post: Post) -> Post:
    """The post as a list may show it: nothing can be read in it that is no part of its digest."""
    return replace(post, body=BodyText(""), links=(), marks=(), lines={})


def test_lists_do_not_depend_on_the_text_of_a_post() -> None:
    """Else an edit of the text would not be seen there, since a list does not ask for it."""
    site = read_site(ROOT / "content", TODAY, MARKDOWN).site
    looked_at = 0
    for output in outputs(site):
        posts = (*map(without_text, output.posts), *output.texts)
        bare_part = replace(output.part, posts=posts)
        if isinstance(output, Page):
            made, bare = output.values(output.part), output.values(bare_part)
            looked_at += bool(output.posts)
        elif isinstance(output, CardFile):
            made, bare = {"card": output.card(output.part)}, {"card": output.card(bare_part)}
        elif isinstance(output, File):
            made = {"file": output.content(output.part)}
            bare = {"file": output.content(bare_part)}
        else:
            continue
        assert Digests().of(made) == Digests().of(bare), output.path
    assert looked_at > 40


def test_the_sitemap_has_the_maps(site: Site) -> None:
    sitemap = files_of_views(site)["sitemap.xml"].decode()
    assert "<loc>https://ward.example.org/map/</loc>" in sitemap
    assert "<loc>https://ward.example.org/map/grit-bins/</loc>" in sitemap


COUNCILLORS = """
[[councillor]]
name = "Cllr Asha van der Specimen MBE"
party = "Example Party"
phone = "020 7946 0123"
about = "Retired  teacher."
photo = "images/Asha.jpg"

[imprint]"""


def with_pictures(folder: Path, **files: str | bytes) -> Site:
    """A site with two councillors, one with a photograph, and three posts, two with pictures."""
    return read_fine(
        folder,
        {
            "ward.toml": WARD.replace("\n[imprint]", COUNCILLORS).replace(
                "ward.example.org", "ward.example.org/blog"
            ),
            "images/Asha.jpg": picture(900, 1200, "JPEG"),
            "images/bin.png": picture(640, 400),
            "posts/fine.md": POST.replace("\n\n", "\nImage: images/bin.png | A bin & a lane\n\n"),
            "posts/in-text.md": POST.replace("fine", "second")
            .replace("Some", "![A bin](../images/bin.png) Some")
            .replace("-20", "-19"),
            "posts/plain.md": POST.replace("fine", "third").replace("-20", "-18"),
            **files,
        },
    )


def test_home_shows_the_councillors_with_photographs_or_initials(tmp_path: Path) -> None:
    robin, asha = home_page(with_pictures(tmp_path)).faces
    assert (robin.councillor.name, robin.initials, robin.picture, robin.sizes) == (
        "Robin Sample", "RS", None, ""
    )  # fmt: skip
    assert (robin.councillor.email, robin.councillor.about) == ("robin@example.org", "")
    assert (asha.councillor.party, asha.councillor.phone, asha.initials) == (
        "Example Party",
        "020 7946 0123",
        "AS",
    )
    assert asha.councillor.about == "Retired teacher."
    assert asha.picture is not None
    assert (asha.picture.src, asha.picture.alt, asha.sizes) == (
        "/blog/images/Asha.jpg", "", "96px"
    )  # fmt: skip
    assert asha.picture.srcset.startswith("/blog/images/Asha.jpg.240.jpg 240w, ")


def test_a_wide_photograph_is_wide_enough_for_its_circle(tmp_path: Path) -> None:
    site = with_pictures(tmp_path, **{"images/Asha.jpg": picture(1500, 1000, "JPEG")})
    assert home_page(site).faces[1].sizes == "144px"


def test_a_line_of_a_list_has_summary_issues_and_picture(tmp_path: Path) -> None:
    site = with_pictures(tmp_path)
    fine, second, third = post_lines(site, site.published)
    assert fine.summary == "Some text."
    assert [issue.name for issue in fine.issues] == ["Grit bins"]
    assert fine.picture == second.picture
    assert fine.picture is not None
    assert (fine.picture.src, fine.picture.alt) == ("/blog/images/bin.png", "")
    assert third.picture is None
    latest = home_page(site).latest
    assert latest is not None
    assert latest.picture == fine.picture


def test_issues_of_a_line_are_in_the_order_of_the_site(tmp_path: Path) -> None:
    text = POST.replace("grit bins", "winter, potholes, grit bins")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    (line,) = post_lines(site, site.published)
    assert [(issue.name, issue.slug) for issue in line.issues] == [
        ("Grit bins", "grit-bins"), ("Potholes", "potholes")
    ]  # fmt: skip


def test_a_post_shows_its_picture_above_a_text_that_does_not(tmp_path: Path) -> None:
    site = with_pictures(tmp_path)
    fine, second, third = (post_page(site, post) for post in site.published)
    assert fine.lead is not None
    assert (fine.lead.src, fine.lead.alt) == ("/blog/images/bin.png", "A bin & a lane")
    assert second.lead is None
    assert third.lead is None


def test_a_page_shows_its_picture_as_a_post_does(tmp_path: Path) -> None:
    page = "Title: About\nImage: images/bin.png | A bin\n\nText.\n"
    site = with_pictures(tmp_path, **{"pages/about.md": page})
    lead = lead_picture(site, site.pages[0])
    assert lead is not None
    assert (lead.src, lead.alt) == ("/blog/images/bin.png", "A bin")


def test_a_photograph_with_a_space_in_its_name_is_published_in_all_its_versions(
    tmp_path: Path,
) -> None:
    ward = WARD.replace("email =", 'photo = "images/Robin Sample.jpg"\nemail =')
    files: dict[str, str | bytes] = {
        "ward.toml": ward,
        "images/Robin Sample.jpg": picture(900, 1200, "JPEG"),
    }
    site = read_fine(tmp_path, files)
    shown = home_page(site).faces[0].picture
    assert shown is not None
    addresses = SiteAddresses(site)
    urls = re.findall(r"/(images/\S+)", f"{shown.src} {shown.srcset} {shown.webp}")
    assert len(urls) == 9
    assert {addresses.kind_at(unquote(url)) for url in urls} == {OutputKind.FILE}


def test_the_details_in_a_photograph_are_reported_as_in_other_pictures(tmp_path: Path) -> None:
    ward = WARD.replace("email =", 'photo = "images/robin.jpg"\nemail =')
    exif = Image.Exif()
    exif[0x013B] = "jo.bloggs@btinternet.com"
    file = io.BytesIO()
    Image.new("RGB", (300, 300)).save(file, "JPEG", exif=exif)
    files: dict[str, str | bytes] = {"ward.toml": ward, "images/robin.jpg": file.getvalue()}
    _, problems = read_all(write_site(tmp_path, files))
    assert [(p.rule, p.file) for p in problems] == [("photo-metadata", "images/robin.jpg")]


def test_personal_data_in_the_words_of_a_picture_or_a_councillor_is_found(tmp_path: Path) -> None:
    line = "\nImage: images/bin.png | Ring Jo on 07700 900123\n\n"
    files: dict[str, str | bytes] = {
        "images/bin.png": picture(300, 300),
        "posts/fine.md": POST.replace("\n\n", line, 1),
        "ward.toml": WARD.replace("email =", 'about = "Ring 07700 900456"\nemail ='),
    }
    _, problems = read_all(write_site(tmp_path, files))
    assert [(p.file, p.line, p.rule) for p in problems] == [
        ("posts/fine.md", 4, "personal-data"), ("ward.toml", 12, "personal-data")
    ]  # fmt: skip


def test_the_shared_picture_of_a_post_has_its_size_and_description(tmp_path: Path) -> None:
    site = with_pictures(tmp_path)
    shared = shared_picture(site, site.published[0])
    assert (shared.alt, shared.width, shared.height) == ("A bin & a lane", 640, 400)


def test_only_the_home_page_depends_on_what_is_said_of_a_councillor(tmp_path: Path) -> None:
    site, digests = with_pictures(tmp_path), Digests()
    robin, asha = site.councillors
    other = replace(site, councillors=(robin, replace(asha, about="Here.", portrait=None)))
    assert digests.of(frame(site)) == digests.of(frame(other))
    assert digests.of(without_posts(site)) != digests.of(without_posts(other))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Robin Sample", "RS"), ("Councillor Jo Bloggs", "JB"), ("Dr. Siân ap Huw", "SH"),
        ("Asha", "A"), ("Cllr Asha", "A"), ("Jo (Josephine) O'Brien", "JO"),
        ("Jean-Luc d’Arcy OBE JP", "JD"), ("JO BLOGGS", "JB"), ("Sir Bob", "B"), ("Dr", "D"),
        ("émile Zola", "ÉZ"), ("42", ""), ("", ""),
    ],
)  # fmt: skip
def test_initials_are_those_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_month_leads_to_those_beside_it_and_a_year_to_the_others(tmp_path: Path) -> None:
    days = {"now": "2026-11-20", "before": "2026-09-01", "last-year": "2025-12-31"}
    posts = {f"posts/{name}.md": POST.replace("2026-11-20", day) for name, day in days.items()}
    (content := write_site(tmp_path, posts)).joinpath("posts/fine.md").unlink()
    site = read_site(content, TODAY, MARKDOWN).site
    links = {}
    for page in periods(site):
        others = page.values(page.part)["others"]
        assert isinstance(others, tuple)
        links[page.address] = [(link.words, link.address) for link in others]
    assert links == {
        "2026/": [("2025", "2025/")],
        "2025/": [("2026", "2026/")],
        "2026/11/": [("Earlier: September 2026", "2026/09/"), ("All of 2026", "2026/")],
        "2026/09/": [
            ("Earlier: December 2025", "2025/12/"),
            ("Later: November 2026", "2026/11/"),
            ("All of 2026", "2026/"),
        ],
        "2025/12/": [("Later: September 2026", "2026/09/"), ("All of 2025", "2025/")],
    }


def test_a_tag_names_the_issues_that_all_its_posts_are_about(tmp_path: Path) -> None:
    text = POST.replace("grit bins", "{}, winter")
    for folder, second, expected in (
        ("one", "grit bins, potholes", ["grit-bins"]),
        ("two", "potholes", []),
    ):
        posts = {
            "posts/fine.md": text.format("grit bins"),
            "posts/b.md": text.format(second).replace("Title: A fine", "Title: Another"),
        }
        site = read_site(write_site(tmp_path / folder, posts), TODAY, MARKDOWN).site
        (page,) = tags(site)
        issues = page.values(page.part)["issues"]
        assert isinstance(issues, list)
        assert [issue.slug for issue in issues] == expected
