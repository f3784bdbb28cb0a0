"""Long lists, the map of everything, and the positions of approximate places."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import (
    DATASET,
    ISSUES,
    POST,
    ROOT,
    SQUARE,
    WARD,
    files_of,
    pages_in,
    picture,
    plain_files_of,
    read_fine,
    write_site,
)
from wardblog.build import build_site, workers
from wardblog.maps import card
from wardblog.maps.card import card_png
from wardblog.model import Site
from wardblog.model.addresses import PLACES_ON_A_PAGE
from wardblog.views import outputs
from wardblog.views.hubs import hub_page

OUTLINED = WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')


def rows(count: int) -> str:
    """Streets in no order of their names."""
    return "Ref,Name,Lat,Lon\n" + "".join(
        f"{n},{n * 7 % count} Elm Road,{51.4605 + n % 100 * 9e-5:.5f},-0.16\n" for n in range(count)
    )


def with_list(folder: Path, count: int) -> Site:
    return read_fine(
        folder,
        {
            "issues.toml": ISSUES + DATASET,
            "data/bins.csv": rows(count),
            "data/ward.geojson": SQUARE,
            "ward.toml": OUTLINED,
        },
    )


def test_a_long_list_continues_on_further_pages(tmp_path: Path) -> None:
    site = with_list(tmp_path, 2 * PLACES_ON_A_PAGE + 1)
    hub = hub_page(site, site.issues[0])
    sizes = [sum(len(places.rows) for places in page.lists) for page in hub.pages]
    assert sizes == [PLACES_ON_A_PAGE, PLACES_ON_A_PAGE, 1]
    assert [page.address for page in hub.pages] == [
        "/issues/grit-bins/",
        "/issues/grit-bins/places/2/",
        "/issues/grit-bins/places/3/",
    ]
    written = {o.path for o in outputs(site)}
    assert "issues/grit-bins/places/3/index.html" in written
    assert "map/places/2/index.html" in written
    last = hub.pages[2].lists[0].rows[0]
    assert last.on_map == "/issues/grit-bins/?place=501#ward-map"


def test_a_long_list_is_sorted_by_name(tmp_path: Path) -> None:
    site = with_list(tmp_path, PLACES_ON_A_PAGE + 1)
    hub = hub_page(site, site.issues[0])
    assert hub.figure is not None
    names = [dot.place.name for dot in hub.figure.dots]
    assert names == [f"{n} Elm Road" for n in range(PLACES_ON_A_PAGE + 1)]


def test_a_short_list_keeps_the_councils_order(tmp_path: Path) -> None:
    site = with_list(tmp_path, 10)
    hub = hub_page(site, site.issues[0])
    assert len(hub.pages) == 1
    assert [row.dot.place.identifier for row in hub.pages[0].lists[0].rows] == [
        str(n) for n in range(10)
    ]


@pytest.fixture
def two_issues(tmp_path: Path) -> Site:
    place = "\nPlaces: {} | 51.465, -0.16\n\nSome"
    return read_fine(
        tmp_path,
        {
            "ward.toml": OUTLINED,
            "data/ward.geojson": SQUARE,
            "posts/fine.md": POST.replace("\n\nSome", place.format("Elm Road")),
            "posts/both.md": POST.replace("grit bins", "potholes, grit bins")
            .replace("A fine", "Both")
            .replace("\n\nSome", place.format("Oak Road")),
            "posts/none.md": POST.replace("grit bins", "general")
            .replace("A fine", "None")
            .replace("\n\nSome", place.format("Ash Road")),
        },
    )


def test_the_map_of_everything_has_each_place_once(two_issues: Site) -> None:
    pages = {at: values["area"] for at, values in pages_in(two_issues).items() if "area" in values}
    assert sorted(pages) == ["map/", "map/grit-bins/", "map/potholes/"]

    def listed(address: str) -> list[tuple[str, list[str]]]:
        lists = pages[address].lists  # type: ignore[attr-defined]
        return [(x.title, [row.dot.place.name for row in x.rows]) for x in lists]

    assert listed("map/") == [
        ("Grit bins", ["Elm Road"]),
        ("Potholes", ["Oak Road"]),
        ("Other places", ["Ash Road"]),
    ]
    assert listed("map/grit-bins/") == [("In posts", ["Oak Road", "Elm Road"])]


def test_a_site_without_places_has_no_map(tmp_path: Path) -> None:
    site = read_fine(tmp_path)
    assert not [address for address in pages_in(site) if address.startswith("map/")]


@pytest.mark.parametrize("precision", ["street", "area"])
def test_no_file_has_the_exact_position_of_an_approximate_place(
    precision: str, tmp_path: Path
) -> None:
    exact = "51.46234567, -0.15765432"
    post = POST.replace(
        "\n\nSome",
        f"\nPlaces: Elm Road | {exact}\nPrecision: {precision}\nProgress: reported\nCard: map\n\nS",
    )
    content = write_site(
        tmp_path / "content",
        {"ward.toml": OUTLINED, "data/ward.geojson": SQUARE, "posts/fine.md": post},
    )
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    files = plain_files_of(tmp_path / "output")
    assert "2026/11/a-fine-post/map.json" in files
    assert "2026/11/a-fine-post/card.png" in files
    told = [name for name, data in files.items() if b"51.4623" in data or b"0.1576" in data]
    # In hundred-thousandths of a degree, as the maps' data counts.
    told += [n for n, data in files.items() if n.endswith("map.json") and b"514623" in data]
    assert told == []


def test_a_page_is_shared_with_its_own_picture_or_its_issues_or_the_sites(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "posts/own.md": POST.replace("A fine", "Own").replace("Tags", "Card: map\nTags"),
            "posts/image.md": POST.replace("A fine", "Image").replace(
                "Tags", "Card: map\nImage: images/a b.png\nTags"
            ),
            "posts/none.md": POST.replace("A fine", "None").replace("grit bins", "general"),
            "posts/two.md": POST.replace("A fine", "Two").replace("grit", "potholes, grit"),
            "pages/about.md": "Title: About\nImage: images/a b.png\n\nText.\n",
            "images/a b.png": picture(),
        },
    )
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    files = files_of(tmp_path / "output")

    def picture_of(address: str) -> str:
        page = files[f"{address}index.html"].decode()
        return page.split('og:image" content="https://ward.example.org/')[1].split('"')[0]

    assert picture_of("") == "card.png"
    assert picture_of("issues/grit-bins/") == "issues/grit-bins/card.png"
    assert picture_of("2026/11/a-fine-post/") == "issues/grit-bins/card.png"
    assert picture_of("2026/11/own-post/") == "2026/11/own-post/card.png"
    assert picture_of("2026/11/image-post/") == "images/a%20b.png"
    assert picture_of("2026/11/none-post/") == "card.png"
    assert picture_of("2026/11/two-post/") == "issues/potholes/card.png"
    assert picture_of("about/") == "images/a%20b.png"
    assert {name for name in files if name.endswith("card.png")} == {
        "card.png",
        "issues/grit-bins/card.png",
        "issues/potholes/card.png",
        "2026/11/own-post/card.png",
    }


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cards that are drawn from now on, as SVG."""
    found: list[str] = []

    def noted(svg: str) -> bytes:
        found.append(svg)
        return card_png(svg)

    monkeypatch.setattr(card, "card_png", noted)
    monkeypatch.setattr(workers, "_can_fork", lambda: False)  # the list is of this process
    return found


def test_a_card_is_drawn_again_only_when_its_content_changes(
    tmp_path: Path, drawn: list[str]
) -> None:
    content, output = write_site(tmp_path / "content"), tmp_path / "output"

    def build() -> int:
        drawn.clear()
        build_site(ROOT / "pelicanconf.py", content, output)
        return len(drawn)

    assert build() == 3
    assert build() == 0
    (content / "posts/fine.md").write_text(POST.replace("Some text", "Other text"))
    assert build() == 0
    (output / "card.png").write_bytes(b"damaged")
    assert build() == 1
    (content / "issues.toml").write_text(ISSUES.replace("Potholes", "Trees"))
    assert build() == 1
    assert not (output / "issues/potholes/card.png").exists()


def test_a_card_stays_when_another_issue_changes(tmp_path: Path, drawn: list[str]) -> None:
    place = "\nPlaces: Elm Road | 51.465, -0.16\n\nSome"
    placed = {
        "ward.toml": OUTLINED,
        "data/ward.geojson": SQUARE,
        "posts/fine.md": POST.replace("\n\nSome", place),
    }
    content = write_site(tmp_path / "content", placed)
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    drawn.clear()
    (content / "issues.toml").write_text(ISSUES + '[[issue]]\nname = "Trees"\n')
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    assert [">Trees</text>" in svg for svg in drawn] == [True]
