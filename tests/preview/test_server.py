"""The preview: what a browser gets while a site is written, and when it is told to ask again."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from support import DATASET, ISSUES, POST, ROOT, SQUARE, WARD, picture, write_files, write_site
from wardblog.build.hosted_site import HostedSite
from wardblog.build.live import LiveSite, live_site
from wardblog.model.digests import digest_of
from wardblog.preview import Preview, make_server, pages, serve
from wardblog.preview.access import FOREIGN_REQUEST
from wardblog.preview.assets import SCRIPT_PATH, STYLES, empty_page, problem_page

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
    return preview.respond(path).content.decode()


def save(content: Path, name: str, text: str) -> set[Path]:
    write_files(content, {name: text})
    return {(content / name).absolute()}


def test_the_preview_shows_the_built_page_with_its_own_script(
    preview: Preview, sample: Path
) -> None:
    page = page_of(preview)
    assert "Some text." in page
    assert f'<script defer src="/{SCRIPT_PATH}"' in page
    assert preview.respond(SCRIPT_PATH).is_immutable
    assert not preview.respond(PAGE).is_immutable
    assert preview.respond("feeds/all.rss.xml").media_type == "application/rss+xml"
    assert Image.open(BytesIO(preview.respond("images/x.png").content)).size == (3, 2)
    assert preview.respond("gone/").status == 404
    assert "Page not found" in page_of(preview, "gone/")
    assert not [p for p in sample.rglob("*.html") if b"_preview" in p.read_bytes()]


def test_every_file_of_the_sample_is_the_same_as_built(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveSite(CONFIG, ROOT / "content")
    monkeypatch.setattr("wardblog.build.live.with_waiting", lambda site, _: site)
    live.update()
    names = [p.relative_to(sample).as_posix() for p in sample.rglob("*") if p.is_file()]
    built = {n: (sample / n).read_bytes() for n in names if not n.startswith(".")}
    assert {name: live.get(name) for name in built} == built


def test_drafts_and_scheduled_posts_are_shown_and_marked(preview: Preview) -> None:
    draft = page_of(preview, "2026/11/a-draft-post/")
    assert '<strong class="waits">Draft</strong> Residents cannot see this page yet.' in draft
    assert "Waits for 24 December 2026" in page_of(preview, "2026/12/a-later-post/")
    listed = page_of(preview, "issues/grit-bins/")
    assert 'A draft post</a> <strong class="waits">Draft</strong>' in listed
    assert "A fine post</a></h3>\n<p" in listed


def test_a_draft_without_a_date_or_title_has_a_page_too(preview: Preview, content: Path) -> None:
    preview.update(save(content, "posts/bare.md", "Status: draft\nTags: general\n\nNotes.\n"))
    assert "Notes." in page_of(preview, "2026/11/bare/")


def test_a_saved_change_is_shown(preview: Preview, content: Path, told: list[str]) -> None:
    page_of(preview)
    preview.update(save(content, "posts/fine.md", POST.replace("Some", "Other")))
    assert "Other text." in page_of(preview)
    assert told[-1].startswith("Updated in 0.")


def test_a_browser_is_notified_only_about_its_own_page(preview: Preview, content: Path) -> None:
    page_of(preview)
    page_of(preview, "subscribe/")
    preview.update(save(content, "posts/fine.md", POST.replace("Some", "Other")))
    assert preview.wait(f"{PAGE}index.html", 0, 0)
    assert not preview.wait("subscribe/index.html", 0, 0)


def test_a_mistake_is_shown_as_in_the_terminal_until_it_is_fixed(
    preview: Preview, content: Path, told: list[str]
) -> None:
    page_of(preview)
    preview.update(save(content, "posts/fine.md", POST.replace("grit", "girt")))
    page = page_of(preview)
    assert "content/posts/fine.md:3: there is no issue called &quot;girt bins&quot;" in page
    assert "Did you mean &quot;Grit bins&quot;?" in page
    assert 'there is no issue called "girt bins"' in told[-1]
    assert preview.wait(f"{PAGE}index.html", 0, 0)
    assert preview.respond("images/x.png").status == 200
    preview.update(save(content, "posts/fine.md", POST))
    assert "Some text." in page_of(preview)
    assert preview.wait(f"{PAGE}index.html", 1, 0)


def test_the_preview_starts_with_a_mistake_and_recovers_once_it_is_fixed(
    content: Path, told: list[str]
) -> None:
    write_files(content, {"ward.toml": WARD.replace("title", "titel")})
    site = LiveSite(CONFIG, content)
    site.update()
    preview = Preview(site, told.append)
    assert "Fix this first" in page_of(preview, "")
    preview.update(save(content, "ward.toml", WARD))
    assert "Shaftesbury ward blog" in page_of(preview, "")


def test_each_problem_is_an_item_with_its_advice() -> None:
    page = problem_page(
        'content/a.md:3: there is no date "x<y"\n  Write it so.\ncontent/b.md: it is empty\n\n'
        "2 problems. Nothing was written."
    ).decode()
    assert re.findall("<li>(.*)</li>", page) == [
        "<p>content/a.md:3: there is no date &quot;x&lt;y&quot;</p><p>Write it so.</p>",
        "<p>content/b.md: it is empty</p>",
    ]


def test_the_colours_of_the_previews_pages_are_those_of_the_theme() -> None:
    style = (ROOT / "theme/source/style.css").read_text(encoding="utf-8")
    used = re.findall(r"--(?:paper|ink|tint): #\w+", STYLES)
    assert len(used) == 6
    assert [colour for colour in used if f"{colour};" not in style] == []


def test_an_address_without_a_page_says_so_even_on_a_site_that_has_none() -> None:
    page = empty_page().decode()
    assert "<h1>Nothing here yet</h1>" in page


@pytest.mark.parametrize("known", [True, False])
def test_new_moved_and_deleted_files_are_noticed(
    known: bool, preview: Preview, content: Path
) -> None:
    def update(*paths: str) -> None:
        preview.update({(content / p).absolute() for p in paths} if known else None)

    page_of(preview, "")
    (content / "posts/fine.md").rename(content / "posts/other.md")
    update("posts/fine.md", "posts/other.md")
    assert "Some text." in page_of(preview)
    (content / "posts/other.md").unlink()
    update("posts/other.md")
    assert preview.respond(PAGE).status == 404
    write_files(content, {"posts/deep/new.md": POST.replace("fine", "new")})
    update("posts/deep")
    assert preview.respond("2026/11/a-new-post/").status == 200
    write_files(content, {"images/y.png": picture(5, 4)})
    update("images/y.png")
    assert Image.open(BytesIO(preview.respond("images/y.png").content)).size == (5, 4)


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
    assert b"Oak Road" in preview.respond(data).content


def test_a_new_day_is_noticed(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    preview.update_if_outdated()
    assert told == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798070400")  # 24 December 2026
    preview.update_if_outdated()
    assert "Waits for" not in page_of(preview, "2026/12/a-later-post/")


def test_the_preview_shows_the_election_banner(
    preview: Preview, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = "\n[election]\nnotice = 2026-12-20\npoll = 2027-01-21\n"
    preview.update(save(content, "ward.toml", WARD + election))
    assert "There is an election" not in page_of(preview)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798070400")  # 24 December 2026
    preview.update_if_outdated()
    assert "There is an election on 21 January 2027." in page_of(preview)


def test_a_crash_is_reported_and_does_not_end_the_preview(
    preview: Preview, site: LiveSite, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(site, "update", fail)
        preview.update()
    assert "The site could not be built. (ValueError('odd'))" in told[-1]
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
def served(preview: Preview, watched: Path, timeout: float = 15) -> Iterator[str]:
    server, stop = make_server(preview, 0, timeout), threading.Event()
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


def test_the_root_redirects_to_a_site_in_a_subfolder(preview: Preview, content: Path) -> None:
    ward = WARD.replace("ward.example.org", "example.org/blog")
    preview.update(save(content, "ward.toml", ward))
    with served(preview, content) as address:
        assert f"/blog/{SCRIPT_PATH}" in get(f"{address}/")[1]


def test_nothing_is_remembered_for_invented_addresses(preview: Preview, told: list[str]) -> None:
    for number in range(1000):
        assert preview.respond(f"invented/{number}/").status == 404
    assert not preview.respond("gone.html").is_immutable
    assert not preview._pages
    preview.update()
    assert float(told[-1].split()[-2]) < 2


def test_a_page_that_no_browser_has_open_is_not_rendered_again(
    preview: Preview, site: LiveSite, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("", PAGE, "subscribe/", "issues/", "issues/grit-bins/"):
        page_of(preview, path)
    made: list[str] = []
    get = site.get

    def noted(path: str) -> bytes | None:
        made.append(path)
        return get(path)

    monkeypatch.setattr(site, "get", noted)
    with preview.keeping_open(f"{PAGE}index.html"):
        preview.update(save(content, "posts/fine.md", POST.replace("Some", "Other")))
    assert made == [f"{PAGE}index.html"]
    assert not preview._open


def test_only_the_latest_pages_are_remembered(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    with preview.keeping_open("index.html"):
        for path in ("", "subscribe/", "issues/", PAGE):
            page_of(preview, path)
    assert list(preview._pages) == ["index.html", "issues/index.html", f"{PAGE}index.html"]


def test_a_browser_at_a_missing_address_is_notified_when_the_page_appears(
    preview: Preview, content: Path
) -> None:
    page = "2026/11/a-new-post/index.html"
    page_of(preview, "2026/11/a-new-post/")
    assert not preview.wait(page, 0, 0)
    preview.update(save(content, "posts/broken.md", POST.replace("grit", "girt")))
    assert preview.wait(page, 0, 0)  # which shows what is wrong
    assert not preview.wait(page, 1, 0)
    (content / "posts/broken.md").unlink()
    preview.update()
    assert preview.wait(page, 1, 0)
    preview.update(save(content, "posts/new.md", POST.replace("fine", "new")))
    assert preview.wait(page, 2, 0)


@pytest.fixture
def port(preview: Preview, content: Path) -> Iterator[int]:
    with served(preview, content) as address:
        yield int(address.rsplit(":", 1)[1])


def ask(port: int, request: str | bytes, host: str = "127.0.0.1") -> tuple[int, str]:
    """The status and all that comes back for a request, byte for byte; 0 for nothing."""
    data = request if isinstance(request, bytes) else request.replace("\n", "\r\n").encode()
    with socket.create_connection((host, port), timeout=20) as connection:
        with suppress(OSError):  # closed before all was sent
            connection.sendall(data.replace(b"PORT", str(port).encode()))
        answer = b""
        with suppress(OSError):
            while part := connection.recv(65536):
                answer += part
                if b"text/event-stream" in answer and b": here" in answer:
                    break
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
    return status, answer.decode("utf-8", "replace")


GOOD = "GET / HTTP/1.1\nHost: localhost:PORT\nConnection: close\n"


OWN = (
    GOOD,
    GOOD.replace("localhost", "LocalHost"),
    GOOD.replace("localhost", "127.0.0.1"),
    GOOD.replace("localhost", "[::1]"),
    GOOD.replace("GET", "HEAD"),
    GOOD + "Origin: http://localhost:PORT\n",
    GOOD + "Sec-Fetch-Site: none\nSec-Fetch-Mode: navigate\n",
    GOOD + "Sec-Fetch-Site: same-origin\n",
    GOOD + "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n",
    GOOD.replace("/ ", f"/{PAGE}?place=1 "),
    GOOD + "Content-Length: 0\n",
)


def test_the_councillors_own_browser_is_answered(port: int) -> None:
    protection = ("X-Content-Type-Options: nosniff", "Cross-Origin-Resource-Policy: same-origin",
                  "frame-ancestors 'none'", "Cache-Control: no-store")  # fmt: skip
    for request in OWN:
        status, answer = ask(port, f"{request}\n")
        assert (status, request) == (200, request)
        head = answer.split("\r\n\r\n")[0]
        assert "Access-Control" not in head
        assert all(line in head for line in protection)


FOREIGN = (
    "Host: evil.test:PORT",
    "Host: evil.test",
    "Host: localhost",
    "Host: localhost:1",
    "Host: localhost.:PORT",
    "Host: localhost.evil.test:PORT",
    "Host: me@localhost:PORT",
    "Host: localhost:PORT@evil.test",
    "Host: localhost:0PORT",
    "Host: 127.1:PORT",
    "Host: 2130706433:PORT",
    "Host: 0.0.0.0:PORT",
    "Host: [::ffff:127.0.0.1]:PORT",
    "Host: [0:0:0:0:0:0:0:1]:PORT",
    "Host: ::1:PORT",
    "Host: localhost:PORT, evil.test",
    "Host: localhost:PORT\nHost: localhost:PORT",
    "Host: evil.test\nHost: localhost:PORT",
    "Host:",
    "X-Forwarded-Host: localhost:PORT",
    "Host: localhost:PORT\nOrigin: http://evil.test",
    "Host: localhost:PORT\nOrigin: null",
    "Host: localhost:PORT\nOrigin: https://localhost:PORT",
    "Host: localhost:PORT\nOrigin: http://localhost:3000",
    "Host: localhost:PORT\nOrigin: http://127.0.0.1:PORT",
    "Host: localhost:PORT\nSec-Fetch-Site: cross-site",
    "Host: localhost:PORT\nSec-Fetch-Site: same-site\nSec-Fetch-Mode: no-cors",
    "Host: localhost:PORT\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\nSec-Fetch-Site: x",
)


@pytest.mark.parametrize("path", ["/", f"/{PAGE}", f"/_preview/events?version=9&page={PAGE}"])
def test_a_request_of_another_site_gets_a_sentence_and_nothing_else(path: str, port: int) -> None:
    for lines in FOREIGN:
        status, answer = ask(port, f"GET {path} HTTP/1.1\n{lines}\n\n")
        assert (status, lines) == (403, lines)
        assert answer.split("\r\n\r\n", 1)[1] == f"{FOREIGN_REQUEST.message}\n"
        assert "Access-Control" not in answer


ODD = (
    ("GET http://evil.test/ HTTP/1.1", 400),
    ("GET http://localhost:PORT/ HTTP/1.1", 400),
    ("GET //evil.test/ HTTP/1.1", 404),  # which the library takes as "/evil.test/"
    ("GET * HTTP/1.1", 400),
    ("CONNECT localhost:PORT HTTP/1.1", 405),
    ("POST / HTTP/1.1", 405),
    ("PUT / HTTP/1.1", 405),
    ("OPTIONS / HTTP/1.1", 405),
    ("TRACE / HTTP/1.1", 405),
    ("GET /../ward.toml HTTP/1.1", 400),
    ("GET /%2e%2e/ward.toml HTTP/1.1", 400),
    ("GET /..%2fward.toml HTTP/1.1", 400),
    ("GET /%2Fetc/passwd HTTP/1.1", 400),
    ("GET /a//etc/passwd HTTP/1.1", 400),
    ("GET /%00 HTTP/1.1", 400),
    ("GET /%5c HTTP/1.1", 400),
    ("GET /\\ HTTP/1.1", 400),
    ("GET /%ff HTTP/1.1", 400),
    ("GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1", 400),
    ("GET / HTTP/9.9", 0),
    ("GET / HTTP/1.1\nContent-Length: 5", 405),
    ("GET / HTTP/1.1\nTransfer-Encoding: chunked", 405),
    ("nonsense", 0),
)


def test_malformed_requests_are_refused(port: int) -> None:
    for first, expected in ODD:
        status, answer = ask(port, f"{first}\nHost: localhost:PORT\nConnection: close\n\n")
        assert (status, first) == (expected, first)
        assert not any(word in answer for word in ("Some text.", "root:", "Set-Cookie"))


def test_an_http_1_0_request_without_a_host_is_refused(port: int) -> None:
    assert "Some text." not in ask(port, f"GET /{PAGE}\n\n")[1]
    assert ask(port, "GET / HTTP/1.0\n\n")[0] == 403


def test_only_the_loopback_is_served_over_ipv4_and_ipv6(port: int, preview: Preview) -> None:
    assert ask(port, f"{GOOD}\n", host="127.0.0.1")[0] == 200
    if not socket.has_ipv6:
        return
    assert ask(port, f"{GOOD}\n", host="::1")[0] == 200
    with pytest.raises(OSError, match="in use"):
        make_server(preview, port)


def test_a_port_in_use_over_ipv6_is_in_use(preview: Preview) -> None:
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        other.bind(("::1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use"):
            make_server(preview, other.getsockname()[1])


def test_a_slow_or_endless_request_is_closed(preview: Preview, content: Path) -> None:
    with served(preview, content, timeout=0.5) as address:
        port = int(address.rsplit(":", 1)[1])
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            with suppress(OSError):
                for sign in b"GET / HTTP/1.1\r\nHost: " + b"x" * 1000:
                    connection.sendall(bytes([sign]))
                    time.sleep(0.05)
            assert time.monotonic() - begun < 30
        assert "Some text." not in ask(port, f"GET / HTTP/1.1\n{'X: y' * 99_999}\n\n")[1]
        assert ask(port, "GET / HTTP/1.1\n" + "X-Line: y\n" * 99_999)[0] in (0, 431)
        assert ask(port, f"{GOOD}\n")[0] == 200


def test_connections_and_waiting_windows_are_limited(
    preview: Preview, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardblog.preview.loopback.MOST_WAITING", 2)
    monkeypatch.setattr("wardblog.preview.loopback.MOST_CONNECTIONS", 4)
    page_of(preview)
    with served(preview, content) as address, ExitStack() as open_ones:
        port = int(address.rsplit(":", 1)[1])
        query = f"/_preview/events?version=0&page={PAGE}index.html"
        wait = f"GET {query} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()

        def connected(words: bytes) -> socket.socket:
            one = socket.create_connection(("127.0.0.1", port), timeout=20)
            one.sendall(words)
            return open_ones.enter_context(one)

        waiting = [connected(wait) for _ in range(2)]
        assert all(b"event-stream" in one.recv(4096) for one in waiting)
        assert ask(port, wait)[0] == 503
        idle = [connected(b"") for _ in range(2)]
        assert ask(port, f"{GOOD}\n")[0] == 0
        for one in (*waiting, *idle):
            one.close()
        deadline = time.monotonic() + 20
        while ask(port, f"{GOOD}\n")[0] != 200:
            assert time.monotonic() < deadline


def test_a_fault_of_ours_is_printed_and_a_closed_connection_is_not(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_server(preview, 0) as server, socket.socket() as connection:
        for error in (ConnectionResetError("it left"), KeyError("a fault")):
            try:
                raise error
            except (OSError, KeyError):
                server.handle_error(connection, ("127.0.0.1", 1))
    said = capsys.readouterr().err
    assert "a fault" in said
    assert "it left" not in said


def test_only_built_files_of_an_output_folder_are_shown(content: Path, tmp_path: Path) -> None:
    site = HostedSite(CONFIG, content, tmp_path / "output")
    site.update()
    (tmp_path / "output/mine.txt").write_text("mine")
    (tmp_path / "output/link.html").symlink_to("/etc/passwd")
    for path in ("mine.txt", "link.html", "/etc/passwd", "../content/ward.toml", "a\0b", "x" * 999):
        assert site.get(path) is None
    assert site.get("index.html")


def test_a_site_that_pelican_builds_knows_what_is_saved(content: Path, tmp_path: Path) -> None:
    site = HostedSite(CONFIG, content, tmp_path / "output")
    site.update()
    file = next(iter(site.posts))
    path = content / file
    for data in (path.read_bytes(), path.read_bytes()[::-1]):
        path.write_bytes(data)
        assert site.saved_digest(file) == digest_of(data)
    path.unlink()
    assert site.saved_digest(file) is None
