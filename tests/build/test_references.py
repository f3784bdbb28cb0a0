"""A file is published only if something that is published refers to it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from documents import drawing, pdf
from support import (
    DATASET,
    EPOCH,
    ISSUES,
    POST,
    ROOT,
    WARD,
    files_of,
    picture,
    run,
    run_pelican,
    write_files,
    write_site,
)
from wardblog.build import build_site
from wardblog.build.live import LiveSite
from wardblog.problems import ContentError

CONFIG = ROOT / "pelicanconf.py"
DRAFT = POST.replace("fine", "draft").replace("Tags:", "Status: draft\nTags:")
LATER = POST.replace("fine", "later").replace("2026-11-20", "2026-12-24")
# Each way to refer to a picture, and where the picture is.
WAYS = {
    "![A bin](../images/a.png)": "images/a.png",
    "![A bin](/images/a.png)": "images/a.png",
    "![A bin]({static}/images/a.png)": "images/a.png",
    "![A bin]({attach}a.png)": "posts/a.png",
    "![A bin](a.png)": "posts/a.png",
    "[The bin](../images/a.png)": "images/a.png",
    "[The bin](../images/a.png#top)": "images/a.png",
    "![A bin][b]\n\n[b]: ../images/a.png": "images/a.png",
    "<img src='../images/a.png' alt='A bin'>": "images/a.png",
    "<a href=../images/a.png>The bin</a>": "images/a.png",
    "<IMG ALT='A bin' SRC = ../images/a.png>": "images/a.png",
    "![A bin](../images/a%20b.png)": "images/a b.png",
    "[The bin](https://ward.example.org/images/a.png)": "images/a.png",
    "[The bin](//ward.example.org/images/a.png)": "images/a.png",
    "<video src='../files/a.mp4' poster='../images/a.png' controls></video>": "images/a.png",
}


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def built(content: Path, again: bool = False) -> dict[str, bytes]:
    """The published files of the content, by paths, without those of the theme."""
    root = content.parent
    build_site(CONFIG, content, root / "output", root / "cache")
    assert again or (root / "output").is_dir()
    found = files_of(root / "output")
    own = ("images/", "files/", "posts/", "pages/", "data/")
    return {path: data for path, data in found.items() if path.startswith(own)}


@pytest.mark.parametrize("post", [POST, POST.replace("Tags:", "Status: hidden\nTags:")])
def test_whatever_a_published_post_refers_to_is_published(post: str, tmp_path: Path) -> None:
    """Each way is in a post of its own, and leads to a picture of its own."""
    files: dict[str, str | bytes] = {"images/unused.png": picture(), "files/a.mp4": b""}
    expected = set()
    for number, (way, file) in enumerate(WAYS.items()):
        own = f"a{number}"
        text = post.replace("fine", own).replace(
            "Some text.", re.sub(r"\ba(?=\.png|%20)", own, way)
        )
        path = re.sub(r"\ba(?=\.png| b)", own, file)
        files |= {f"posts/{own}.md": text, path: picture()}
        expected.add(path)
    found = built(write_site(tmp_path / "content", files))
    assert len(expected) == len(WAYS)
    assert expected - found.keys() == set()
    assert "images/unused.png" not in found


@pytest.mark.parametrize("post", [DRAFT, LATER])
def test_files_of_drafts_and_scheduled_posts_are_not_published(post: str, tmp_path: Path) -> None:
    way = "![A bin](../images/a.png) and [the plan](../files/plan.pdf)"
    content = write_site(
        tmp_path / "content",
        {
            "posts/wait.md": post.replace("Some text.", way).replace(
                "Tags:", "Image: images/b.png\nTags:"
            ),
            "images/a.png": picture(),
            "images/b.png": picture(),
            "files/plan.pdf": pdf(),
        },
    )
    assert built(content) == {}
    text = (content / "posts/wait.md").read_text()
    published = text.replace("Status: draft\n", "").replace("2026-12-24", "2026-11-21")
    write_files(content, {"posts/wait.md": published})
    found = built(content, again=True)
    assert {"images/a.png", "images/b.png", "files/plan.pdf"} <= found.keys()
    write_files(content, {"posts/wait.md": text})
    assert built(content, again=True) == {}  # and what was published is gone again


def test_the_preview_shows_the_files_of_drafts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    way = "![A bin](../images/a.png) [The plan](../files/plan.pdf)"
    content = write_site(
        tmp_path / "content",
        {
            "posts/draft.md": DRAFT.replace("Some text.", way),
            "images/a.png": picture(),
            "files/plan.pdf": pdf(),
        },
    )
    live = LiveSite(CONFIG, content)
    live.update()
    assert live.get("images/a.png")
    assert live.get("files/plan.pdf") == pdf()


def test_pages_settings_and_the_theme_count_too(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "pages/about.md": "Title: About\n\n![A bin](../images/page.png)\n",
            "images/page.png": picture(),
            "images/logo.png": picture(),
            "images/said.png": picture(),
            "images/remark.png": picture(),
            "ward.toml": WARD.replace("News from", "See images/said.png: news from")
            + '[map]\ntiles = "none" # not "images/remark.png"\n# images/remark.png\n',
        },
    )
    theme = tmp_path / "theme"
    subprocess.run(["cp", "-r", str(ROOT / "theme"), str(theme)], check=True)
    base = theme / "templates/base.html"
    base.write_text(
        base.read_text().replace(
            "</body>", '<img src="{{ SITEURL }}/images/logo.png" alt="Logo"></body>'
        )
    )
    config = tmp_path / "pelicanconf.py"
    text = CONFIG.read_text().replace(
        'str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins"))
    )
    config.write_text(text)
    build_site(config, content, tmp_path / "output", tmp_path / "cache")
    found = files_of(tmp_path / "output")
    assert {"images/page.png", "images/logo.png", "images/said.png"} <= found.keys()
    assert "images/remark.png" not in found


def test_a_list_is_published_cleaned_however_it_is_linked(tmp_path: Path) -> None:
    rows = "Name,Latitude,Longitude,Officer\nElm Road,51.46,-0.16,SECRET\n"
    link = "[a](../data/bins.csv) [b](https://ward.example.org/data/bins.csv) [c](/data/bins.csv)"
    content = write_site(
        tmp_path / "content",
        {
            "issues.toml": ISSUES + DATASET,
            "data/bins.csv": rows,
            "posts/fine.md": POST.replace("Some text.", link),
        },
    )
    found = built(content)
    assert "data/bins.csv" in found
    assert not [path for path, data in found.items() if b"SECRET" in data]


def test_a_drawing_is_published_clean_and_a_harmful_one_stops(tmp_path: Path) -> None:
    noted = '<g data-x="1" class="a"><path d="M1 1"/></g><metadata>Robin</metadata>'
    text = POST.replace("Some text.", "![A plan](../images/a.svg) [b]({attach}b.svg)")
    files: dict[str, str | bytes] = {
        "posts/fine.md": text,
        "images/a.svg": drawing(noted),
        "posts/b.svg": drawing(noted),
    }
    content = write_site(tmp_path / "content", files)
    build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    found = files_of(tmp_path / "output")
    drawings = {p: data for p, data in found.items() if p.endswith(("/a.svg", "/b.svg"))}
    assert sorted(drawings) == ["2026/11/a-fine-post/b.svg", "images/a.svg"]
    for data in drawings.values():
        assert b'<g class="a"><path d="M1 1"/></g>' in data
        assert b"Robin" not in data
    write_files(content, {"images/a.svg": drawing("<script>x()</script>")})
    with pytest.raises(ContentError) as stop:
        build_site(CONFIG, content, tmp_path / "output", tmp_path / "cache")
    assert [(p.file, p.rule) for p in stop.value.problems] == [("images/a.svg", "unsafe-data")]


def pelican(content: Path, output: Path, config: Path = CONFIG) -> subprocess.CompletedProcess[str]:
    """Pelican's own command, as somebody calls it who knows nothing of ours."""
    words = (str(content), "-o", str(output), "-s", str(config))
    return run_pelican(*words, cwd=content.parent)


@pytest.mark.long
@pytest.mark.parametrize(
    "body", ["![A bin](../images/a.png)", "![A bin](../images/a.png) [m]({attach}m.pdf)"]
)
def test_a_build_by_pelican_publishes_no_more_files(body: str, tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "posts/fine.md": POST.replace("Some text.", body),
            "posts/m.pdf": pdf(),
            "posts/draft.md": DRAFT.replace(
                "Some text.", "![A bin](../images/d.png) [x]({attach}n.pdf)"
            ),
            "posts/n.pdf": pdf(),
            "images/a.png": picture(),
            "images/d.png": picture(),
            "images/d.svg": drawing("<script/>"),
            "images/list.csv": "a,b\n",
            "images/unused.png": picture(),
        },
    )
    done = pelican(content, tmp_path / "output")
    assert done.returncode == 0, done.stderr
    found = [p for p in files_of(tmp_path / "output") if not p.startswith(("theme/", "."))]
    assert [p for p in found if p.startswith("images/")] == ["images/a.png", "images/a.png.webp"]
    pdfs = ["2026/11/a-fine-post/m.pdf"] if "attach" in body else []
    assert [p for p in found if p.endswith((".pdf", ".csv")) or "d.svg" in p] == pdfs


def test_a_folder_that_the_settings_name_is_inspected_too(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {"extra/list.csv": "Name\nJo, 07700 900123\n", "extra/a.txt": "Words."},
    )
    config = tmp_path / "pelicanconf.py"
    text = (
        CONFIG.read_text()
        .replace('["images"]', '["images", "extra"]')
        .replace('str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins")))
    )
    config.write_text(text.replace('"theme"', f'"{ROOT / "theme"}"', 1))
    with pytest.raises(ContentError) as stop:
        build_site(config, content, tmp_path / "output", tmp_path / "cache")
    assert [(p.file, p.rule) for p in stop.value.problems] == [("extra/list.csv", "personal-data")]
    (content / "extra/list.csv").unlink()
    build_site(config, content, tmp_path / "output", tmp_path / "cache")
    assert files_of(tmp_path / "output")["extra/a.txt"] == b"Words."


@pytest.mark.long
def test_check_lists_unused_files_in_one_note(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            **{f"images/{n}.png": picture() for n in range(8)},
            "posts/fine.md": POST.replace("Some text.", "![A bin](../images/0.png)"),
            "posts/draft.md": DRAFT.replace("Some text.", "![A bin](../images/1.png)"),
            "data/notes.txt": "Mine.",
        },
    )
    done = run("check", "--content", str(content), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("not published") == 1
    assert (
        "6 files are used by no post or page, so they are not published: images/2.png, "
        "images/3.png, images/4.png, images/5.png, images/6.png and 1 more" in done.stdout
    )
    assert (
        "not published"
        not in run("html", "--content", str(content), "--output", "out", cwd=tmp_path).stderr
    )
