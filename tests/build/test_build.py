"""Whole builds: by Pelican's command and ours, repeated, in subfolders, and after deletions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    picture,
    run,
    write_files,
    write_site,
)
from wardblog.build import build_site, read_without_texts
from wardblog.build.folder import OutputFolder
from wardblog.build.manifest import MANIFEST
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import PostsLostError, prepare
from wardblog.content import base_site
from wardblog.content.posts import ContentReader
from wardblog.model.addresses import index_of
from wardblog.problems import ContentError

# A site with a bit of everything that Pelican has a hand in.
SMALL: dict[str, str | bytes] = {
    "posts/fine.md": POST.replace("Tags", "Places: A | 51.46, -0.16\nTags").replace(
        "Some text.", "See [the list](/issues/) and ![a bin](../images/y.png)."
    ),
    "posts/other.md": POST.replace("A fine", "Another").replace(
        "grit bins", "winter, potholes\nAliases: /old/other/\n  /old.html"
    ),
    "posts/draft.md": POST.replace("A fine", "A draft").replace("Tags", "Status: draft\nTags"),
    "pages/about.md": "Title: About us\n\nWho we are.\n",
    "images/y.png": picture(),
}


def build(content: Path, output: Path, epoch: str = EPOCH) -> dict[str, bytes]:
    done = run("html", "--content", str(content), "--output", str(output), SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 0, done.stderr
    return files_of(output)


def pelican(content: Path, output: Path) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, started.__file__, "pelican", str(content), "-s", "pelicanconf.py",
         "-o", str(output)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
        check=True,
        capture_output=True,
    )  # fmt: skip
    return files_of(output)


def ours(site: str, content: Path, request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Writes the small site or the sample to a folder, and gives what we build of it."""
    if site == "sample":
        shutil.copytree(ROOT / "content", content)
        return files_of(request.getfixturevalue("sample"))
    return build(write_site(content, SMALL), content.with_name("ours"))


@pytest.mark.parametrize("site", mostly_long(("small", "sample"), "small"))
def test_pelican_itself_builds_the_same_bytes(
    site: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    expected = ours(site, tmp_path / "content", request)
    assert pelican(tmp_path / "content", tmp_path / "output") == expected


def test_building_twice_gives_the_same_bytes_and_touches_nothing(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    before = files_of(content)
    first = build(content, tmp_path / "output")
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "output").rglob("*.html")}
    again = build(content, tmp_path / "output")
    assert first == again == build(content, tmp_path / "elsewhere")
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "output").rglob("*.html")} == times
    assert files_of(content) == before


@pytest.mark.long
@pytest.mark.parametrize("seed", mostly_long(("1", "2", "3"), "1"))
def test_posts_of_one_day_are_always_in_the_same_order(seed: str, tmp_path: Path) -> None:
    files = {
        f"posts/{n}.md": POST.replace("fine", n).replace(" 09:00", "").replace("bins", f"bins, {t}")
        for n, t in zip("abcdef", ["winter", "Winter", "WINTER"] * 2, strict=True)
    }
    content = write_site(tmp_path / "content", files)
    output = tmp_path / "output"
    done = run("html", "--content", str(content), "--output", str(output), PYTHONHASHSEED=seed)
    assert done.returncode == 0
    for page in ("2026/index.html", "2026/11/index.html", "tags/winter/index.html"):
        text = (output / page).read_text(encoding="utf-8")
        found = [text.index(f"A {n} post") for n in "abcdef"]
        assert found == sorted(found)
    assert "<h1>Posts about winter</h1>" in text


def test_an_old_address_forwards_to_the_new_one(tmp_path: Path) -> None:
    text = POST.replace("Tags", "Aliases: /old/place/\n        /old.html\nTags")
    files = build(write_site(tmp_path / "content", {"posts/fine.md": text}), tmp_path / "output")
    for path in ("old/place/index.html", "old.html"):
        page = files[path].decode()
        assert '<meta http-equiv="refresh" content="0; url=/2026/11/a-fine-post/">' in page
        assert 'rel="canonical" href="https://ward.example.org/2026/11/a-fine-post/"' in page


@pytest.mark.parametrize(("status", "is_there"), [("hidden", True), ("draft", False)])
def test_an_old_address_is_there_as_long_as_its_post_is(
    status: str, is_there: bool, tmp_path: Path
) -> None:
    text = POST.replace("Tags", f"Aliases: /old/\nStatus: {status}\nTags")
    files = build(write_site(tmp_path / "content", {"posts/fine.md": text}), tmp_path / "output")
    assert ("old/index.html" in files) is is_there
    assert ("2026/11/a-fine-post/index.html" in files) is is_there


def test_only_files_that_a_build_no_longer_makes_are_removed(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "posts/gone.md": POST.replace("fine", "gone") + "\n![A bin](../images/x.png)\n",
            "images/x.png": picture(),
        },
    )
    output = tmp_path / "output"
    build(content, output)
    write_files(output, {"holiday.jpg": "mine"})
    assert (output / "images/x.png").exists()
    (content / "posts/gone.md").unlink()
    (content / "images/x.png").unlink()
    build(content, output)
    assert not (output / "2026/11/a-gone-post").exists()
    assert not (output / "images").exists()
    assert (output / "holiday.jpg").read_text() == "mine"


def test_a_damaged_manifest_removes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.html": "a", MANIFEST: '{"../../secret": 1, "/etc/passwd": 1'})
    assert OutputFolder(root=tmp_path).finish() == []
    names = ["../x", "/etc/passwd", "a.html", 5]
    (tmp_path / MANIFEST).write_text(json.dumps({"files": names, "made": {}}))
    assert OutputFolder(root=tmp_path).finish() == ["a.html"]


def test_a_site_in_a_subfolder_links_below_it(tmp_path: Path) -> None:
    ward = WARD.replace("ward.example.org", "example.org/blog")
    post = POST.replace("Some text.", "[x](/issues/) ![A bin](../images/y.png) [z](fine.md)")
    files = build(
        write_site(
            tmp_path / "content",
            {"ward.toml": ward, "posts/fine.md": post, "images/y.png": picture()},
        ),
        tmp_path / "output",
    )
    page = files["2026/11/a-fine-post/index.html"].decode()
    assert 'href="/blog/issues/"' in page
    assert 'src="/blog/images/y.png"' in page
    assert 'href="/blog/2026/11/a-fine-post/"' in page
    assert 'href="https://example.org/blog/2026/11/a-fine-post/"' in page
    assert '="/issues' not in page


def test_hostile_words_are_shown_as_words(tmp_path: Path) -> None:
    hostile = "</title><img src=x>&amp;"
    post = POST.replace("A fine post", hostile).replace(
        "\n\nSome", f"\nSlug: x\nReference: {hostile}\nPlaces: {hostile} | 51.46, -0.15\n\nSome"
    )
    files = build(write_site(tmp_path / "content", {"posts/fine.md": post}), tmp_path / "output")
    for path, content in files.items():
        if path.endswith((".html", ".xml")):
            assert b"<img src=x" not in content, path


def test_exact_coordinates_of_approximate_places_are_in_no_output(tmp_path: Path) -> None:
    lines = "Places: A | 51.46671, -0.15602\n        B | TQ 27712 75742\nPrecision: area"
    post = POST.replace("\n\nSome", f"\n{lines}\n\nSome")
    files = build(write_site(tmp_path / "content", {"posts/fine.md": post}), tmp_path / "output")
    everything = b"".join(files.values())
    for digits in (b"46671", b"15602", b"27712", b"75742", b"51.46624"):
        assert digits not in everything


def test_a_linked_council_list_is_the_cleaned_download(tmp_path: Path) -> None:
    files = build(
        write_site(
            tmp_path / "content",
            {
                "issues.toml": ISSUES + DATASET,
                "data/bins.csv": "Name,Lat,Lon,Editor\nA,51.46,-0.15,J. Smith\n",
                "posts/fine.md": POST.replace("Some text.", "[list]({static}/data/bins.csv)"),
            },
        ),
        tmp_path / "output",
    )
    assert b'href="/data/bins.csv"' in files["2026/11/a-fine-post/index.html"]
    assert b"J. Smith" not in b"".join(files.values())


def test_drafts_and_scheduled_posts_are_listed_but_not_written(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "posts/draft.md": POST.replace("fine", "draft").replace("Tags", "Status: draft\nTags"),
            "posts/later.md": POST.replace("fine", "later").replace("11-20", "12-24"),
            "posts/hidden.md": POST.replace("fine", "hid").replace("Tags", "Status: hidden\nTags"),
        },
    )
    done = run("html", "--content", "content", "--output", "output", cwd=tmp_path)
    assert "Draft, not published: content/posts/draft.md\n" in done.stdout
    assert "Scheduled for 24 December 2026: content/posts/later.md\n" in done.stdout
    files = files_of(tmp_path / "output")
    assert "2026/11/a-hid-post/index.html" in files
    everything = b"".join(files.values())
    assert b"a-draft-post" not in everything
    assert b"a-later-post" not in everything
    assert b"a-hid-post" not in files["index.html"] + files["sitemap.xml"]
    on_the_day = build(content, tmp_path / "output", epoch="1798070400")
    assert "2026/12/a-later-post/index.html" in on_the_day


def test_a_post_that_pelican_drops_fails_the_build(tmp_path: Path) -> None:
    choices = Choices.read(ROOT / "pelicanconf.py")
    prepared = prepare(write_site(tmp_path / "content"), tmp_path / "output", choices)
    prepared.expect_all({"posts/fine.md"})
    with pytest.raises(PostsLostError, match=r"Pelican left out posts/fine\.md"):
        prepared.expect_all(set())
    with pytest.raises(PostsLostError, match=r"Pelican found posts/other\.md"):
        prepared.expect_all({"posts/fine.md", "posts/other.md"})


def test_two_posts_may_share_a_slug_in_different_months(tmp_path: Path) -> None:
    files = build(
        write_site(tmp_path / "content", {"posts/b.md": POST.replace("2026-11-20", "2026-10-20")}),
        tmp_path / "output",
    )
    assert "2026/11/a-fine-post/index.html" in files
    assert "2026/10/a-fine-post/index.html" in files


def test_an_empty_site_is_a_site(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", {"issues.toml": ""})
    (content / "posts/fine.md").unlink()
    files = build(content, tmp_path / "output")
    assert b"The first post will be here soon." in files["index.html"]
    assert "feeds/all.rss.xml" in files


def test_the_real_bins_are_five_of_fifty_five(real_data: Path, tmp_path: Path) -> None:
    ward = WARD.replace(
        "[[councillor]]", 'boundary = "data/wards.geojson"\ncode = "E05000623"\n[[councillor]]'
    )
    files = build(
        write_site(
            tmp_path / "content",
            {
                "ward.toml": ward,
                "issues.toml": ISSUES + DATASET.replace("bins.csv", "bins.geojson"),
                "data/bins.geojson": (real_data / "wandsworth-grit-bins.geojson").read_bytes(),
                "data/wards.geojson": (real_data / "wandsworth-wards-2013.geojson").read_bytes(),
            },
        ),
        tmp_path / "output",
    )
    hub = files["issues/grit-bins/index.html"].decode()
    assert "5 of the 55 in the borough" in hub
    assert "5 of 55" in hub
    data = next(d for name, d in files.items() if "grit-bins/map." in name and "json" in name)
    names = json.loads(data)["places"]["name"]
    assert len(names) == 5
    assert all(f">{name}<" in hub for name in names)
    assert names[0] == "Acanthus Road Junction with Lavender Hill"
    assert len(files["data/bins.csv"].splitlines()) == 56
    assert len(json.loads(files["data/bins.geojson"])["features"]) == 5


def test_leftovers_of_an_interrupted_build_are_deleted(tmp_path: Path) -> None:
    content, output = write_site(tmp_path / "content"), tmp_path / "output"
    build_site(ROOT / "pelicanconf.py", content, output)
    interrupted = OutputFolder(root=output)
    interrupted.write("2026/11/secret-plan/index.html", b"a draft by now")
    interrupted.close()
    (output / "2026/11/secret-plan/.index.html.new").write_bytes(b"half")
    run = build_site(ROOT / "pelicanconf.py", content, output)
    assert run.gone == ("2026/11/secret-plan/index.html",)
    assert not (output / "2026/11/secret-plan").exists()
    assert not (output / ".wardblog.unfinished").exists()


def test_an_old_address_may_become_a_folder_and_a_file_again(tmp_path: Path) -> None:
    for alias in ("/old/page.html", "/old/page.html/", "/old/page.html"):
        content = write_site(
            tmp_path / "content",
            {"posts/fine.md": POST.replace("Tags", f"Aliases: {alias}\nTags")},
        )
        names = build(content, tmp_path / "output")
        assert index_of(alias.lstrip("/")) in names


@pytest.mark.parametrize("site", mostly_long(("small", "sample"), "small"))
def test_pelicans_own_rendering_gives_the_same_bytes(
    site: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With templates of one's own, Pelican renders the pages, and whatever else it would write."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    content = tmp_path / "content"
    expected = ours(site, content, request)
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    text = text.replace('"theme"', repr(str(ROOT / "theme")))
    more = (
        '{% extends "base.html" %}{% block content %}<h1>{{ articles|length }}</h1>{% endblock %}'
    )
    write_files(content, {"more.html": more})
    config = tmp_path / "pelicanconf.py"
    config.write_text(f'{text}\nTEMPLATE_PAGES = {{"more.html": "more.html"}}\n')
    output, articles = tmp_path / "output", 25 if site == "sample" else 2
    del expected[MANIFEST]
    for _ in range(2):
        run = build_site(config, content, output, tmp_path / "cache")
        assert run.slower is not None
        built = files_of(output)
        assert f"<h1>{articles}</h1>".encode() in built.pop("more.html")
        del built[MANIFEST]
        assert built == expected


@pytest.mark.long
def test_a_link_mark_that_only_pelican_resolves_is_left_to_pelican(tmp_path: Path) -> None:
    post = POST.replace("Some text.", "[Old]({attach}old.pdf) and [winter]({tag}winter).")
    post = post.replace("grit bins", "grit bins, winter")
    content = write_site(tmp_path / "content", {"posts/fine.md": post, "posts/old.pdf": "%PDF"})
    for _ in range(2):
        files = build(content, tmp_path / "output")
        page = files["2026/11/a-fine-post/index.html"].decode()
        assert 'href="/2026/11/a-fine-post/old.pdf"' in page
        assert 'href="/tags/winter/"' in page
        assert files["2026/11/a-fine-post/old.pdf"] == b"%PDF"
        assert b'/a-fine-post/old.pdf"' in files["feeds/all.json"].replace(b'\\"', b'"')


@pytest.mark.long
def test_a_site_without_texts_is_read_once_and_then_comes_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = (ROOT / "pelicanconf.py", ROOT / "content", tmp_path / "cache")
    site = read_without_texts(*files)
    assert site.casework
    assert site.posts
    assert not any(one.body.html or one.body.text for one in (*site.posts, *site.pages))

    def read_again(*_: object) -> None:
        pytest.fail("nothing has changed")

    monkeypatch.setattr(base_site, "_read_site", read_again)
    monkeypatch.setattr(ContentReader, "read", read_again)
    again = read_without_texts(*files)
    assert [one.title for one in again.posts] == [one.title for one in site.posts]
    assert (again.issues, again.gazetteer) == (site.issues, site.gazetteer)


def test_a_site_with_a_mistake_is_not_read_without_texts_either(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", {"posts/bad.md": "Title: Bad\n\nText."})
    with pytest.raises(ContentError):
        read_without_texts(ROOT / "pelicanconf.py", content, tmp_path / "cache")
