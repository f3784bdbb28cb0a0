"""The addresses that a site lists are those of the files that a build writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import (
    DATASET,
    EPOCH,
    ISSUES,
    POST,
    ROOT,
    SQUARE,
    WARD,
    files_of,
    mostly_long,
    picture,
    read_all,
    write_site,
)
from wardblog.build import Run, build_site
from wardblog.model.addresses import PRIVACY, moves
from wardblog.model.outputs import OutputKind
from wardblog.views import VIEWS, Page, SiteAddresses, outputs

BINS = "name,latitude,longitude\n" + "".join(
    f"Bin {n},{51.461 + n / 100_000:.5f},-0.16\n" for n in range(300)
)
OLD = "name,latitude,longitude\nBin 1,51.46101,-0.16\nBin of old,51.469,-0.16\n"
SURGERY = '\n[[surgery]]\nwhen = "first Saturday 10:00 - 11:00"\nwhere = "The library"\n'
DATES = "Deadline: 2026-12-05 | Comments close\nEvent: 2026-12-01 18:00 | Meeting | The library"
CARD = "Card: map\nProgress: reported"
ALIASES = "Aliases: /2012/x/\n         /old.html"
PLACES = "Places: Eland Road | 51.4665, -0.1600\n        Acanthus Road | 51.4653, -0.1577"


def post(title: str, lines: str, text: str = "Some text.") -> str:
    return f"Title: {title}\nDate: 2026-11-19 09:00\n{lines}\n\n{text}\n"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with something for every view."""
    ward = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n[[councillor]]')
    previous = 'previous = "data/old.csv"\n'
    many = {
        f"posts/old-{n}.md": post(f"Number {n}", "Tags: potholes, winter").replace("19 ", "18 ")
        for n in range(40)
    }
    files: dict[str, str | bytes] = {
        "ward.toml": ward + SURGERY,
        "issues.toml": f'{ISSUES}aliases = ["/issues/holes/"]\n{DATASET}{previous}',
        "data/ward.geojson": SQUARE,
        "data/bins.csv": BINS,
        "data/old.csv": OLD,
        "posts/dates.md": post("Dates", f"Tags: grit bins\n{DATES}\n{ALIASES}"),
        "posts/places.md": post("Places", f"Tags: Potholes\n{PLACES}\n{CARD}"),
        "posts/hidden.md": post("Hidden", f"Tags: Potholes\nStatus: hidden\n{DATES}"),
        "posts/draft.md": post("Draft", f"Tags: Potholes\nStatus: draft\n{PLACES}"),
        "posts/files.md": post(
            "Files",
            "Tags: general\nImage: images/bin.png",
            "[Minutes](../files/minutes.txt) ![A bin](../images/bin.png)",
        ),
        "pages/about.md": "Title: About\nAliases: /who/\n\nText.\n",
        "files/minutes.txt": "Minutes",
        "images/bin.png": picture(900, 600),
        **many,
    }  # fmt: skip
    return write_site(tmp_path_factory.mktemp("rich"), files)


@pytest.fixture(scope="module", params=mostly_long(["rich", "sample"], "rich"))
def run(
    request: pytest.FixtureRequest, rich: Path, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    content = rich if request.param == "rich" else ROOT / "content"
    output = tmp_path_factory.mktemp("output")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return build_site(ROOT / "pelicanconf.py", content, output, None)


def built(run: Run) -> set[str]:
    return {path for path in files_of(run.folder.root) if not path.startswith(".")}


def hashed(path: str) -> bool:
    return re.search(r"\.[0-9a-f]{12}\.", path) is not None


def test_what_outputs_declare_is_what_a_build_writes(run: Run) -> None:
    scripts = re.compile(r"(?!theme/)(.*/)?map\.[0-9a-f]{12}\.js(on)?")
    of_maps = set(filter(scripts.fullmatch, built(run)))
    assert set(run.engine.plan.kinds) == built(run) - of_maps
    assert run.kinds.keys() == built(run)
    assert {run.kinds[path] for path in of_maps} == {OutputKind.ASSET}


def test_a_site_knows_each_address_without_building_it(run: Run) -> None:
    addresses = SiteAddresses(run.site)
    for path in built(run):
        assert addresses.kind_at(path) is run.kinds[path], path
    said = {f"{a}index.html" if a.endswith("/") or not a else a for a in addresses.linkable()}
    assert said <= built(run)


def test_every_kind_of_output_is_in_the_rich_site(rich: Path, run: Run) -> None:
    if run.content == rich:
        assert set(run.kinds.values()) == set(OutputKind)


def test_a_post_may_link_to_everything_that_residents_can_open(
    rich: Path, run: Run, tmp_path: Path
) -> None:
    """Not to what loads by itself, and to what is only there for web servers and lost readers."""
    if run.content != rich:
        return
    internal = {
        path for path in built(run)
        if hashed(path) or path.startswith("theme/")
        or (path.startswith("search/") and path.endswith(".json"))
        or path in ("404.html", "_headers", "_redirects")
    }  # fmt: skip
    assert len(internal) > 10
    links = "\n".join(f"[to {path}](/{path.removesuffix('index.html')})" for path in built(run))
    files = {p.relative_to(rich).as_posix(): p.read_bytes() for p in rich.rglob("*") if p.is_file()}
    text = f"{post('Links', 'Tags: general')}\n{links}\n"
    _, problems = read_all(write_site(tmp_path, {**files, "posts/links.md": text}))
    stopped = {p.message for p in problems if p.rule in ("dead-link", "broken-link")}
    assert stopped == {
        f'the link "/{path}" leads to an internal file of the site' for path in internal
    }


def test_a_broken_link_is_reported_with_the_nearest_address(tmp_path: Path) -> None:
    for link, hint in (
        ("/feeds/all.rss.xm", 'Did you mean "/feeds/all.rss.xml"?'),
        ("/issues/grit-bin/", 'Did you mean "/issues/grit-bins/"?'),
        ("/map/", "There is no such page or file on this site."),
        ("/2026/11/a-fine-post/map.svg", "There is no such page or file on this site."),
    ):
        text = POST.replace("Some text.", f"[x]({link})")
        _, (problem,) = read_all(write_site(tmp_path, {"posts/fine.md": text}))
        assert (problem.rule, problem.message) == ("dead-link", f'the link "{link}" leads nowhere')
        assert problem.hint == hint


def test_a_page_declares_a_map_if_it_shows_one(run: Run) -> None:
    pages = [output for output in outputs(run.site) if isinstance(output, Page)]
    for page in pages:
        values = page.values(page.part)
        shown = {name for name, v in values.items() if getattr(v, "figure", None) is not None}
        assert shown == ({page.figure} if page.figure else set()), page.path
    assert any(page.figure for page in pages)


def test_no_page_overrides_the_values_that_every_page_has(run: Run) -> None:
    """The pages of a long list were once called as those in the menu, which then lost its words."""
    common = {*run.engine.plan.context, "address", "feeds", "map"}
    for page in outputs(run.site):
        if isinstance(page, Page):
            assert not common & page.values(page.part).keys(), page.path


def test_each_view_fills_its_own_folders_and_years(run: Run) -> None:
    addresses = SiteAddresses(run.site)
    own = {post.address for post in run.site.pages} | {move.old for move in moves(run.site)}
    own.add(PRIVACY)  # a page of the councillor's takes the place of ours
    for path in built(run):
        folder, slash, _ = path.partition("/")
        if slash and f"{folder}/" not in own and folder != "files":
            assert addresses.is_reserved(folder), path
    assert all(addresses.is_filled(folder) for view in VIEWS for folder in view.folders)


def test_the_sitemap_has_the_pages_that_residents_look_for(rich: Path, run: Run) -> None:
    text = (run.folder.root / "sitemap.xml").read_text()
    named = re.findall(r"<loc>https://[^/]+/([^<]*)</loc>", text)
    assert len(set(named)) == len(named)
    assert all(
        run.kinds[f"{a}index.html"] in (OutputKind.PAGE, OutputKind.INDEX, OutputKind.LIST)
        for a in named
    )
    if run.content == rich:
        assert "2026/11/hidden/" not in named
        assert {"", "issues/", "issues/potholes/", "map/", "map/grit-bins/", "subscribe/", "about/",
                "tags/winter/", "2026/11/", "2026/11/dates/"} <= set(named)  # fmt: skip
        assert not {"2026/", "404.html", "old.html", "subscribe/all/"} & set(named)
