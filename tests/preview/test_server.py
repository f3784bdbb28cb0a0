"""The preview: what a browser gets while a site is written, and when it is told to ask again."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from support import DATASET, ISSUES, POST, ROOT, SQUARE, WARD, picture, write_files, write_site
from wardblog.build.live import HostedSite, LiveSite, live_site
from wardblog.preview import Preview, make_server, serve
from wardblog.preview.shown import SCRIPT

CONFIG = ROOT / "pelicanconf.py"
PAGE = "2026/11/a-fine-post/"
DRAFT = POST.replace("fine", "draft").replace("Tags", "Status: draft\nTags")
LATER = POST.replace("fine", "later").replace("11-20", "12-24")


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)  # what is remembered lies there


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "posts/draft.md": DRAFT,
        "posts/later.md": LATER,
        "images/x.png": picture(),
    }
    return write_site(tmp_path / "content", files)


@pytest.fixture
def site(content: Path) -> LiveSite:
    made = LiveSite(CONFIG, content)
    made.update()
    return made


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def preview(site: LiveSite, told: list[str]) -> Preview:
    return Preview(site, told.append)


def page_of(preview: Preview, path: str = PAGE) -> str:
    return preview.answer(path).content.decode()


def save(content: Path, name: str, text: str) -> set[Path]:
    write_files(content, {name: text})
    return {(content / name).absolute()}


def test_it_shows_what_a_build_would_write_and_its_own_script_besides(
    preview: Preview, sample: Path
) -> None:
    page = page_of(preview)
    assert "Some text." in page
    assert f'<script defer src="/{SCRIPT}"' in page
    assert preview.answer(SCRIPT).is_for_good
    assert not preview.answer(PAGE).is_for_good
    assert preview.answer("feeds/all.rss.xml").media_type == "application/rss+xml"
    assert Image.open(BytesIO(preview.answer("images/x.png").content)).size == (3, 2)
    assert preview.answer("gone/").status == 404
    assert "This page is not here" in page_of(preview, "gone/")
    assert not [p for p in sample.rglob("*.html") if b"_preview" in p.read_bytes()]


def test_every_file_of_the_sample_is_the_same_as_built(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveSite(CONFIG, ROOT / "content")
    monkeypatch.setattr("wardblog.build.live.with_waiting", lambda site: site)
    live.update()
    names = [p.relative_to(sample).as_posix() for p in sample.rglob("*") if p.is_file()]
    built = {n: (sample / n).read_bytes() for n in names if not n.startswith(".")}
    assert {name: live.get(name) for name in built} == built


def test_drafts_and_later_posts_are_there_and_marked(preview: Preview) -> None:
    draft = page_of(preview, "2026/11/a-draft-post/")
    assert '<strong class="waits">Draft</strong> Residents do not see this page yet.' in draft
    assert "Waits for 24 December 2026" in page_of(preview, "2026/12/a-later-post/")
    listed = page_of(preview, "issues/grit-bins/")
    assert 'A draft post</a> <strong class="waits">Draft</strong>' in listed
    assert "A fine post</a>\n<p" in listed


def test_a_draft_without_a_date_or_title_has_a_page_too(preview: Preview, content: Path) -> None:
    preview.update(save(content, "posts/bare.md", "Status: draft\nTags: general\n\nNotes.\n"))
    assert "Notes." in page_of(preview, "2026/11/bare/")


def test_a_saved_change_is_shown(preview: Preview, content: Path, told: list[str]) -> None:
    page_of(preview)
    preview.update(save(content, "posts/fine.md", POST.replace("Some", "Other")))
    assert "Other text." in page_of(preview)
    assert told[-1].startswith("Shown as saved, after 0.")


def test_a_browser_is_told_only_of_what_it_shows(preview: Preview, content: Path) -> None:
    page_of(preview)
    page_of(preview, "subscribe/")
    preview.update(save(content, "posts/fine.md", POST.replace("Some", "Other")))
    assert preview.wait(f"{PAGE}index.html", 0, 0)
    assert not preview.wait("subscribe/index.html", 0, 0)


def test_a_mistake_is_shown_as_in_the_terminal_until_it_is_mended(
    preview: Preview, content: Path, told: list[str]
) -> None:
    page_of(preview)
    preview.update(save(content, "posts/fine.md", POST.replace("grit", "girt")))
    shown = page_of(preview)
    assert "content/posts/fine.md:3: there is no issue called &quot;girt bins&quot;" in shown
    assert "Did you mean &quot;Grit bins&quot;?" in shown
    assert 'there is no issue called "girt bins"' in told[-1]
    assert preview.wait(f"{PAGE}index.html", 0, 0)
    assert preview.answer("images/x.png").status == 200
    preview.update(save(content, "posts/fine.md", POST))
    assert "Some text." in page_of(preview)
    assert preview.wait(f"{PAGE}index.html", 1, 0)


def test_it_begins_with_a_mistake_and_goes_on_once_that_is_mended(
    content: Path, told: list[str]
) -> None:
    write_files(content, {"ward.toml": WARD.replace("title", "titel")})
    site = LiveSite(CONFIG, content)
    site.update()
    preview = Preview(site, told.append)
    assert "Something must be mended first" in page_of(preview, "")
    preview.update(save(content, "ward.toml", WARD))
    assert "Shaftesbury ward blog" in page_of(preview, "")


@pytest.mark.parametrize("known", [True, False])
def test_files_that_come_move_and_go(known: bool, preview: Preview, content: Path) -> None:
    def update(*paths: str) -> None:
        preview.update({(content / p).absolute() for p in paths} if known else None)

    page_of(preview, "")
    (content / "posts/fine.md").rename(content / "posts/other.md")
    update("posts/fine.md", "posts/other.md")
    assert "Some text." in page_of(preview)
    (content / "posts/other.md").unlink()
    update("posts/other.md")
    assert preview.answer(PAGE).status == 404
    write_files(content, {"posts/deep/new.md": POST.replace("fine", "new")})
    update("posts/deep")
    assert preview.answer("2026/11/a-new-post/").status == 200
    write_files(content, {"images/y.png": picture(5, 4)})
    update("images/y.png")
    assert Image.open(BytesIO(preview.answer("images/y.png").content)).size == (5, 4)


def test_a_changed_list_is_on_its_map(preview: Preview, content: Path) -> None:
    files = {
        "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun'),
        "data/ward.geojson": SQUARE,
        "issues.toml": ISSUES + DATASET,
        "data/bins.csv": "Name,Lat,Lon\nElm Road,51.465,-0.16\n",
    }
    write_files(content, files)
    preview.update()
    assert "Elm Road" in page_of(preview, "issues/grit-bins/")
    text = files["data/bins.csv"].replace("Elm", "Oak")
    preview.update(save(content, "data/bins.csv", text))
    page = page_of(preview, "issues/grit-bins/")
    assert "Oak Road" in page
    (data,) = {p.split('"')[0] for p in page.split('data-places="/')[1:]}
    assert b"Oak Road" in preview.answer(data).content


def test_another_day_is_noticed(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    preview.watch_the_day()
    assert told == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798070400")  # 24 December 2026
    preview.watch_the_day()
    assert "Waits for" not in page_of(preview, "2026/12/a-later-post/")


def test_before_an_election_the_preview_says_so_as_well(
    preview: Preview, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = "\n[election]\nnotice = 2026-12-20\npoll = 2027-01-21\n"
    preview.update(save(content, "ward.toml", WARD + election))
    assert "There is an election" not in page_of(preview)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798070400")  # 24 December 2026
    preview.watch_the_day()
    assert "There is an election on 21 January 2027." in page_of(preview)


def test_a_fault_is_told_and_does_not_end_the_preview(
    preview: Preview, site: LiveSite, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(site, "update", fail)
        preview.update()
    assert "The site could not be made. (ValueError('odd'))" in told[-1]
    preview.update()
    assert "Some text." in page_of(preview)


def test_pages_of_other_plugins_are_built_and_shown(content: Path, tmp_path: Path) -> None:
    config = tmp_path / "pelicanconf.py"
    text = CONFIG.read_text(encoding="utf-8").replace('"theme"', repr(str(ROOT / "theme")))
    config.write_text(f"{text}\nTHEME_TEMPLATES_OVERRIDES = [{str(tmp_path)!r}]\n")
    site = live_site(config, content, tmp_path / "output")
    assert isinstance(site, HostedSite)
    site.update()
    assert b"Some text." in (site.get(f"{PAGE}index.html") or b"")
    assert site.get(".wardblog.json") is None


@contextmanager
def served(preview: Preview, watched: Path) -> Iterator[str]:
    server, stop = make_server(preview, 0), threading.Event()
    thread = threading.Thread(target=serve, args=(server, preview, [watched], stop))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    stop.set()
    thread.join()


def get(url: str, read: Callable[[HTTPResponse], bytes] = HTTPResponse.read) -> tuple[int, str]:
    try:
        answer: HTTPResponse = urllib.request.urlopen(url, timeout=20)  # noqa: S310 - the loopback
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    with answer:
        return answer.status, read(answer).decode()


def test_the_server_tells_a_browser_when_a_file_is_saved(preview: Preview, content: Path) -> None:
    def event(answer: HTTPResponse) -> bytes:
        assert answer.readline() == b": here\n"
        save(content, "posts/fine.md", POST.replace("Some", "Other"))
        return next(line for line in answer if line.startswith(b"data"))

    with served(preview, content) as address:
        assert get(f"{address}/{PAGE}")[0] == 200
        assert get(f"{address}/gone/")[0] == 404
        query = f"version=0&page={PAGE}index.html"
        assert get(f"{address}/_preview/events?{query}", event) == (200, "data: changed\n")
        assert "Other text." in get(f"{address}/{PAGE}")[1]


def test_the_root_leads_to_a_site_in_a_subfolder(preview: Preview, content: Path) -> None:
    ward = WARD.replace("ward.example.org", "example.org/blog")
    preview.update(save(content, "ward.toml", ward))
    with served(preview, content) as address:
        assert f"/blog/{SCRIPT}" in get(f"{address}/")[1]
