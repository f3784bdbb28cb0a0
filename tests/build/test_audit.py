"""Every file is inspected before it is published, and forbidden content is never written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest

import started
from support import (
    DATASET,
    EPOCH,
    ISSUES,
    POST,
    ROOT,
    WARD,
    files_of,
    mostly_long,
    run,
    unhashed,
    write_files,
    write_site,
)
from wardblog import build
from wardblog.build import audit, build_site
from wardblog.build.folder import STAGED
from wardblog.build.manifest import JOURNAL
from wardblog.check import BuiltFile, Resolver, check_built, references
from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.problems import ContentError, Problem

IMPRINT = (
    "Promoted by Chris Agent on behalf of Robin Sample, both of 1 Sample Street, London SW11 0XX."
)
FOOT = '<p class="imprint">{{ site.imprint.sentence }}</p>'


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with a theme of its own."""
    write_site(tmp_path / "content")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    config = text.replace('str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins")))
    (tmp_path / "pelicanconf.py").write_text(config, encoding="utf-8")
    return tmp_path


class Built(NamedTuple):
    """A site that was built once; tests read it."""

    site: Site
    output: Path

    def text(self, path: str) -> str:
        return (self.output / path).read_bytes().decode()


def built_once(folder: Path, files: Mapping[str, str | bytes]) -> Built:
    content = write_site(folder / "content", files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        run = build_site(ROOT / "pelicanconf.py", content, folder / "output", folder / "cache")
    return Built(run.site, folder / "output")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The base site."""
    return built_once(tmp_path_factory.mktemp("plain"), {})


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with a map, a date and a council list."""
    places = "Places: A | 51.46, -0.16\n        B | 51.461, -0.16"
    lines = f"\n{places}\nDeadline: 2026-12-05 | Comments\n\nSome"
    files = {
        "posts/fine.md": POST.replace("\n\nSome", lines),
        "issues.toml": ISSUES + DATASET,
        "data/bins.csv": "Name,Lat,Lon\nA,51.46,-0.16\nB,51.461,-0.161\n",
    }
    return built_once(tmp_path_factory.mktemp("rich"), files)


def make(place: Path) -> build.Run:
    return build_site(
        place / "pelicanconf.py", place / "content", place / "output", place / "cache"
    )


def stopped(place: Path) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        make(place)
    return caught.value.problems


def checked(place: Path) -> list[Problem]:
    return build.check(
        place / "pelicanconf.py", place / "content", place / "cache", place / "output"
    )


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_that_must_stop_leaves_everything_as_it_was(place: Path) -> None:
    make(place)
    before = files_of(place / "output")
    times = {p: p.stat().st_mtime_ns for p in (place / "output").rglob("*") if p.is_file()}
    change(place / "content/posts/fine.md", "Some text.", "Other text.")
    change(place / "theme/templates/base.html", FOOT, "")
    assert {p.rule for p in stopped(place)} == {"missing-imprint"}
    assert files_of(place / "output") == before
    assert {p: p.stat().st_mtime_ns for p in times} == times
    change(place / "theme/templates/base.html", '<p class="printed', FOOT + '<p class="printed')
    make(place)
    assert "Other text." in (place / "output/2026/11/a-fine-post/index.html").read_text()


def test_a_first_build_that_must_stop_makes_no_folder(place: Path) -> None:
    change(place / "theme/templates/base.html", FOOT, "")
    assert stopped(place)
    assert not (place / "output").exists()


def test_what_an_interrupted_build_left_in_staging_is_deleted(place: Path) -> None:
    make(place)
    write_files(place / "output" / STAGED, {"0123": b"half"})
    make(place)
    assert not (place / "output" / STAGED).exists()
    assert not (place / "output" / JOURNAL).exists()


def test_an_unchanged_post_that_links_to_a_removed_heading_is_reported(place: Path) -> None:
    other = POST.replace("A fine post", "Other").replace(
        "Some text.", "See [there](fine.md#where)."
    )
    fine = POST.replace("Some text.", "## Where\n\nThere.")
    write_files(place / "content/posts", {"other.md": other, "fine.md": fine})
    make(place)
    change(place / "content/posts/fine.md", "## Where", "## There")
    told = 'the link "/2026/11/a-fine-post/#where" leads to a part that its page does not have'
    for problems in (checked(place), stopped(place)):
        assert [(p.file, p.line, p.message) for p in problems] == [("posts/other.md", 5, told)]
    change(place / "content/posts/fine.md", "## There", "## Where")
    make(place)


def test_an_unchanged_file_is_not_inspected_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    plain: Callable[[BuiltFile], tuple[Problem, ...]] = check_built

    def noted(file: BuiltFile) -> tuple[Problem, ...]:
        looked.append(file.path)
        return plain(file)

    monkeypatch.setattr(audit, "check_built", noted)
    checked(place)
    assert "2026/11/a-fine-post/index.html" in looked
    looked.clear()
    checked(place)
    assert looked == []
    make(place)
    looked.clear()
    make(place)
    checked(place)
    assert looked == []
    change(place / "content/posts/fine.md", "Some text.", "Other text.")
    make(place)
    assert "2026/11/a-fine-post/index.html" in looked
    assert "issues/potholes/index.html" not in looked


def test_a_faulty_file_is_inspected_again_when_another_file_changes(place: Path) -> None:
    foot = '<a href="{{ SITEURL }}/subscribe/">Ways'
    other = foot.replace("subscribe", "hello")
    change(place / "theme/templates/base.html", foot, other)
    assert {p.rule for p in checked(place)} == {"dead-link"}
    change(place / "content/posts/fine.md", "Tags:", "Aliases: /hello/\nTags:")
    assert checked(place) == []


def test_an_html_page_in_the_content_needs_the_imprint_too(place: Path) -> None:
    write_files(place / "content", {"more.html": "<!doctype html><p>More</p>"})
    config = place / "pelicanconf.py"
    config.write_text(config.read_text() + '\nTEMPLATE_PAGES = {"more.html": "more.html"}\n')
    with pytest.raises(ContentError) as caught:
        make(place)
    assert str(caught.value).endswith("Nothing was published.")
    assert "the page /more.html has no imprint" in [p.message for p in caught.value.problems]


@pytest.mark.long
@pytest.mark.parametrize(
    "url",
    mostly_long(
        ("https://ward.example.org/blog", "https://example.org/a/b"), "https://example.org/a/b"
    ),
)
def test_links_of_a_site_in_a_folder_are_found(url: str, place: Path) -> None:
    body = "[a](/issues/) [b](fine.md#x) ![A bin](../images/bin.svg) [c](../../../issues/potholes/)"
    files = {
        "ward.toml": WARD.replace("https://ward.example.org", url),
        "posts/more.md": POST.replace("A fine", "More").replace("Some text.", body),
        "posts/fine.md": POST.replace("Some text.", "## X\n\nText."),
        "images/bin.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }
    write_files(place / "content", files)
    assert make(place).warnings == []
    change(place / "theme/templates/base.html", '{{ SITEURL }}/subscribe/">Ways', '/subscribe/">W')
    assert "dead-link" not in {p.rule for p in checked(place)}  # it leads to another site there
    change(place / "theme/templates/base.html", '/subscribe/">W', '{{ SITEURL }}/sub/">W')
    assert {p.rule for p in stopped(place)} == {"dead-link"}


def problems_of(
    path: str, content: str, site: Site, inspected: set[int] | None = None
) -> tuple[Problem, ...]:
    is_feed = path.startswith("feeds/")
    file = BuiltFile(
        path=path,
        content=content.encode(),
        about=f"/{path}",
        site=site,
        resolver=Resolver(site),
        exists=lambda _: True,
        kind=OutputKind.FEED if is_feed else OutputKind.PAGE,
        checked=tuple(post.html for post in site.posts) if is_feed else (),
        inspected=set() if inspected is None else inspected,
    )
    return check_built(file)


def test_a_download_must_contain_the_attribution_of_its_licence(place: Path) -> None:
    credit = "attribution = \"© Somebody, 'quoted', & more\"\n"
    table = "Name,Lat,Lon\nA,51.46,-0.16\nB,51.461,-0.161\n"
    write_files(
        place / "content", {"issues.toml": ISSUES + DATASET + credit, "data/bins.csv": table}
    )
    site = make(place).site
    for path in ("data/bins.csv", "data/bins.geojson"):
        content = (place / "output" / path).read_text()
        assert problems_of(path, content, site) == ()
        told = problems_of(path, content.replace("© Somebody", "Nobody"), site)
        assert [p.rule for p in told] == ["missing-attribution"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("feeds/all.rss.xml", f"&lt;small&gt;{IMPRINT}"),
        ("feeds/all.atom.xml", f"&lt;small&gt;{IMPRINT}"),
        ("feeds/all.json", f"<small>{IMPRINT}"),
        ("2026/11/a-fine-post/map.svg", "Promoted"),  # it is set in lines there
        ("index.html", IMPRINT),
    ],
)
def test_a_missing_imprint_is_reported(path: str, words: str, rich: Built) -> None:
    site, content = rich.site, rich.text(path)
    assert problems_of(path, content, site) == ()
    assert words in content
    assert [p.rule for p in problems_of(path, content.replace(words, ""), site)] == [
        "missing-imprint"
    ]


@pytest.mark.parametrize("path", ["feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json"])
def test_an_imprint_in_the_entries_of_a_feed_is_not_enough(path: str, plain: Built) -> None:
    site, content = plain.site, plain.text(path)
    kept = content.replace(f"small>{IMPRINT}", "KEPT").replace(f"small&gt;{IMPRINT}", "KEPT")
    cut = kept.replace(IMPRINT, "").replace("KEPT", f"b>{IMPRINT}" if ".json" in path else IMPRINT)
    told = [p.message for p in problems_of(path, cut, site)]
    assert told == [f"the feed /{path} has no imprint"]


def test_a_card_without_imprint_is_reported(plain: Built) -> None:
    site = plain.site
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{IMPRINT[:30]}</text><text>'
    assert problems_of("card.png", f"{drawn}{IMPRINT[30:]}</text></svg>", site) == ()
    told = problems_of("card.png", f"{drawn}</text></svg>", site)
    assert [p.message for p in told] == ["the picture /card.png has no imprint"]


def test_a_broken_link_in_a_feed_is_reported(plain: Built) -> None:
    site = plain.site
    known = frozenset(files_of(plain.output))
    for path in ("feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json", "feeds.opml",
                 "sitemap.xml", "calendar.ics"):  # fmt: skip
        fine = (plain.output / path).read_bytes()
        broken = fine.replace(b"ward.example.org/", b"ward.example.org/x/")
        for content in (fine, broken):
            file = BuiltFile(
                path=path,
                content=content,
                about="/x",
                site=site,
                resolver=Resolver(site),
                exists=known.__contains__,
            )
            is_told = "dead-link" in {p.rule for p in check_built(file)}
            assert is_told is (content is broken), path


def test_an_address_is_looked_up_once_if_it_is_there_and_on_each_page_if_not(plain: Built) -> None:
    site, content = plain.site, plain.text("index.html")
    known = {*files_of(plain.output), "one/index.html", "two/index.html"}
    asked = Counter[str]()

    def exists(path: str) -> bool:
        asked[path] += 1
        return path in known

    told, resolver = [], Resolver(site)
    for path in ("one/index.html", "two/index.html"):
        file = BuiltFile(
            path=path,
            content=content.replace("<main", '<a href="/gone/">x</a><a href="/all/#no">y</a><main')
            .encode(),
            about="/x",
            site=site,
            resolver=resolver,
            exists=exists,
        )  # fmt: skip
        told.append([p.message for p in check_built(file) if p.rule == "dead-link"])
        assert "/all/#no" in [one.written for one in references(file)[1]]
    assert told == [
        ['/one/ links to "/gone/", which does not exist'],
        ['/two/ links to "/gone/", which does not exist'],
    ]
    assert asked["subscribe/index.html"] < asked["all/index.html"]


@pytest.mark.parametrize(
    "addition",
    [
        "<p>Some text.</p><p>{}</p>",
        "<p>{}</p><p>Some text.</p>",
        '<p>Some text.</p><img alt="{}">',
        '<p title="{}">Some text.</p>',
    ],
)
def test_what_a_feed_adds_to_the_text_of_a_post_is_read(addition: str, plain: Built) -> None:
    site, content = plain.site, plain.text("feeds/all.rss.xml")
    assert escape("<p>Some text.</p><p>") in content  # the imprint follows
    inspected = set[int]()  # with the imprint, which the feed adds to each post
    assert problems_of("feeds/all.rss.xml", content, site, inspected) == ()
    text = escape(addition.format("07700 900461"))
    content = content.replace(escape("<p>Some text.</p>"), text, 1)
    told = problems_of("feeds/all.rss.xml", content, site, inspected)
    assert [p.rule for p in told] == ["personal-data-in-output"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("index.html", "<main", "<p>Key: 077<b>00</b> 900461</p><main"),
        ("index.html", "<main", "<!-- a note --!> 07700 900461 --><main"),
        ("index.html", "<main", "<!--> 07700 900461 <!-- x --><main"),
        ("index.html", "<main", '<p data-key="07700 900461">x</p><main'),
        ("index.html", "<main", "<table><tr><td>07700</td><td>900461</td></tr></table><main"),
        ("feeds/all.rss.xml", "<item>", "<item><category>07700 900461</category>"),
        ("feeds/all.rss.xml", "Some text.", "Some &lt;b&gt;07700&lt;/b&gt; 900461 text."),
        ("feeds/all.atom.xml", "Some text.", "Some 07700 900461 text."),
        ("feeds/all.json", "Some text.", "Some <i>07700</i> 900461 text."),
        ("feeds.opml", "<head>", '<head><outline text="07700 900461"/>'),
        ("calendar.ics", "SUMMARY:", "LOCATION:07700\r\n  900461\r\nSUMMARY:"),
        ("data/bins.csv", "\n", "\n07700900461,1,2\n"),
        ("data/bins.geojson", '"features"', '"note": "07700 900461", "features"'),
        ("2026/11/a-fine-post/map.svg", "</svg>", "<text>07700</text><text>900461</text></svg>"),
        ("2026/11/a-fine-post/map.json", "{", '{"who": "07700 900461", '),
    ],
)
def test_every_kind_of_file_is_read_for_personal_data(
    path: str, old: str, new: str, rich: Built
) -> None:
    site = rich.site
    names = {unhashed(name): name for name in files_of(rich.output)}
    content = rich.text(names[path])
    assert "personal-data-in-output" not in {p.rule for p in problems_of(path, content, site)}
    assert old in content
    told = problems_of(path, content.replace(old, new, 1), site)
    number = "07700900461" if path.endswith(".csv") else "07700 900461"
    assert [p.message for p in told if p.rule == "personal-data-in-output"] == [
        f'/{path.removesuffix("index.html")} gives away a telephone number: "{number}"'
    ]


@pytest.mark.long
def test_two_builds_at_once_are_two_builds_one_after_the_other(tmp_path: Path) -> None:
    posts = {f"posts/{n}.md": POST.replace("fine", n) for n in "abcd"}
    write_site(tmp_path / "content", posts)
    command = [sys.executable, started.__file__, "wardblog", "html"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    both = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [(one.communicate()[1], one.returncode) for one in both] == [("", 0), ("", 0)]
    found = files_of(tmp_path / "output")
    assert run("html", "--output", "other", cwd=tmp_path).returncode == 0
    assert found == files_of(tmp_path / "other")
