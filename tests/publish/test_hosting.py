"""What real web servers do with the settings that are published for them."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from publish.served_site import Built, place_in, publish, served
from publish.web_servers import SERVERS, Answer, Place, Server
from support import (
    DATASET,
    ISSUES,
    POST,
    ROOT,
    WARD,
    mostly_long,
    picture,
    write_files,
    write_site,
)
from wardblog.build import build_site
from wardblog.model import Site
from wardblog.model.addresses import index_of, is_hashed
from wardblog.model.media_types import READ_AS_XML, cache_control, is_sandboxed, media_type
from wardblog.publish.manifest import ENCODINGS
from wardblog.views import redirects
from wardblog.views.hosting import POLICY, POLICY_OF_FILES, headers

# As somebody may have written them; the signs mean something to one server or the other.
ALIASES = (
    "/old/page.html", "/old/place/", "/old/$1%24", '/a"b/', "/café/", "/caf%C3%A8", "/x;y{z}/",
    "/${HOME}", "/it's%20here/", "/what%3F/", "/a%23b", "/100%25/", "/100%2520/", "/(.*)+[a-z]|^/",
    "/~me/", "/%{HTTP_HOST}", "/a,b=c&d:e@f!",
)  # fmt: skip
DRAWING = f"<svg xmlns='http://www.w3.org/2000/svg'><!--{'drawn by hand ' * 100}--></svg>"
# Lists show its summary, which stays the same when its text is edited.
OTHER = POST.replace("A fine post", "Another post").replace("Tags", "Summary: Short\nTags")
FILES: Mapping[str, str | bytes] = {
    "posts/fine.md": POST.replace(
        "\n\n",
        "\nPlaces: Acanthus Road | 51.465, -0.16\nEvent: 2026-12-01 18:00 - 19:00 | Surgery | Hall"
        "\nAliases: "
        + "\n  ".join(ALIASES)
        + "\n\n![A plan](<{static}/images/The plan, 50% café (1).svg>)\n\n"
        + "![A grit bin]({static}/images/Photo.JPG) [Notes]({static}/images/notes.txt)\n\n",
        1,
    ),
    "posts/other.md": OTHER,
    "issues.toml": ISSUES + DATASET,
    "data/bins.csv": "Name,Latitude,Longitude\nHeathwall Street,51.465,-0.16\n",
    "images/The plan, 50% café (1).svg": DRAWING,
    "images/Photo.JPG": picture(500, 40, "JPEG"),
    "images/notes.txt": "Café",
    "images/plan.xyz": b"of a type that nobody knows",
}
PUBLISHING = ROOT / "publishconf.py"
ENDINGS = {
    ".html", ".xml", ".json", ".js", ".css", ".csv", ".geojson", ".ics", ".opml", ".svg", ".png",
    ".jpg", ".txt", ".webp", "",
}  # fmt: skip
A_WHILE_AGO = 1_780_000_000


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that others can read, since servers that root starts work as somebody else."""
    with tempfile.TemporaryDirectory(prefix="wardblog-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def build(own: Path, below: str) -> Built:
    ward = WARD.replace('ward.example.org"', f'ward.example.org{below}"')
    content, output = write_site(own / "content", {**FILES, "ward.toml": ward}), own / "output"
    sys.modules.pop("pelicanconf", None)  # another test may have imported one of another folder
    run = build_site(PUBLISHING, content, output)
    for path in run.folder.for_residents:
        os.utime(output / path, (A_WHILE_AGO, A_WHILE_AGO))
    place = place_in(own, run)
    place.folder.parent.mkdir()
    publish(run, output, place.folder)
    write_files(place.folder, {".wardblog/x.html": "hidden", ".manifest": "hidden"})
    (place.folder / "images/nothing").mkdir()
    return Built(run, place, content, output)


@pytest.fixture(scope="module")
def sites(home: Path) -> dict[str, Built]:
    return {"root": build(home / "root", ""), "below": build(home / "below", "/blog")}


@pytest.fixture(scope="module", params=["root", "below"])
def built(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Built:
    """The site as its server's root, or in the folder `blog`."""
    return sites[request.param]


@pytest.fixture(
    scope="module",
    params=mostly_long(
        (f"{name}-{where}" for where in ("root", "below") for name in SERVERS),
        "nginx-root", "htaccess-above-root", "nginx-below", "apache-below", "htaccess-inside-below",
    ),
)  # fmt: skip
def server(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Iterator[Server]:
    name, _, where = request.param.rpartition("-")
    built = sites[where]
    with served(name, built, built.content.with_name(name)) as found:
        yield found


def files_of(place: Place) -> list[str]:
    """All files of the site, but for the pages that lead on where a server cannot."""
    folder, aliases = place.folder, {index_of(unquote(alias).lstrip("/")) for alias in ALIASES}
    found = (p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file())
    packed_ones = tuple(ENCODINGS.values())
    return [
        path
        for path in found
        if path not in aliases and not path.startswith(".") and not path.endswith(packed_ones)
    ]


def addresses_of(place: Place) -> Iterator[tuple[str, str]]:
    """Every URL at which there is a file of the site, and the file's path."""
    for path in files_of(place):
        yield place.url(path), path
        if path == "index.html" or path.endswith("/index.html"):
            yield place.url(path.removesuffix("index.html")), path


def is_packed(place: Place, path: str) -> bool:
    return (place.folder / f"{path}.gz").exists()


def types_of(server: Server, path: str) -> list[str]:
    """The media type of a file; for one that it does not know, Apache says none."""
    is_silent = server.name != "nginx" and path.endswith(".xyz")
    return [] if is_silent else [media_type(path)]


def headers_of(site: Site, path: str) -> dict[str, str]:
    """The headers of a file: one that is no page may run nothing."""
    own = {POLICY: POLICY_OF_FILES} if is_sandboxed(path) and Path(path).suffix else {}
    return {**headers(site), **own}


def said_always(site: Site, answer: Answer, path: str = "index.html") -> bool:
    """Whether an answer has what comes with every one, once."""
    return all(answer.all(name) == [value] for name, value in headers_of(site, path).items())


def test_the_server_accepts_the_settings(server: Server) -> None:
    done = server.tests_settings()
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_every_file_is_served_unchanged_with_its_media_type(server: Server) -> None:
    place, asked = server.place, dict(addresses_of(server.place))
    assert {Path(path).suffix.lower() for path in asked.values()} >= ENDINGS
    for url, path in asked.items():
        answer = server.run_text(url)
        assert (answer.status, answer.all("Content-Type")) == (200, types_of(server, path)), url
        assert answer.body == (place.folder / path).read_bytes(), url
        assert answer.all("Content-Encoding") == answer.all("Content-Language") == [], url


def test_clients_that_accept_compression_get_the_compressed_copy(server: Server) -> None:
    place, kinds = server.place, set()
    for url, path in addresses_of(place):
        for encoding in server.brings:
            answer = server.run_text(url, Accept_Encoding=encoding)
            assert (answer.status, answer.all("Content-Type")) == (200, types_of(server, path)), url
            is_there = is_packed(place, path)
            name = f"{path}{ENCODINGS[encoding]}" if is_there else path
            assert answer.body == (place.folder / name).read_bytes(), url
            assert answer.all("Content-Encoding") == [encoding] * is_there, url
            assert answer.all("Content-Language") == [], url
            assert said_always(place.site, answer, path), url
            kinds.add((media_type(path), encoding, is_there))
    assert len(kinds) > 20


def test_a_browser_gets_the_best_compression(server: Server) -> None:
    for takes in ("gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip,br"):
        for more in ({}, {"Via": "1.1 proxy.example.org"}):
            answer = server.run_text(server.place.url(""), Accept_Encoding=takes, **more)
            assert answer.all("Content-Encoding") == [server.brings[-1]]


@pytest.mark.parametrize(
    "takes", ["identity", "*;q=0", "gzip;q=0, br;q=0", "gzip; q=0.000,br; q=0.0", "deflate", ""]
)
def test_clients_that_do_not_accept_compression_get_plain_files(server: Server, takes: str) -> None:
    for path in ("", "feeds/all.json", "2026/11/a-fine-post/", "404.html"):
        answer = server.run_text(server.place.url(path), Accept_Encoding=takes)
        assert (answer.status, answer.all("Content-Encoding")) == (200, [])
        assert answer.body == (server.place.folder / index_of(path)).read_bytes()


def test_compressed_responses_vary_by_accept_encoding(server: Server) -> None:
    for url, path in addresses_of(server.place):
        for takes in ("identity", "gzip"):
            if is_packed(server.place, path):
                assert server.run_text(url, Accept_Encoding=takes).all("Vary") == [
                    "Accept-Encoding"
                ]


def test_every_response_has_each_security_header_once(server: Server) -> None:
    place = server.place
    answers = {
        200: server.run_text(place.url("")),
        # The page that says so, and not the file that is missing.
        "404.xml": server.run_text(place.url("nothing.xml")),
        "404.svg": server.run_text(place.url("images/nothing.SVG")),
        301: server.run_text(place.url("old/page.html")),
        404: server.run_text(place.url("nothing/here")),
        405: server.run_text(place.url(""), method="PUT"),
    }
    for status, answer in answers.items():
        assert answer.status == int(str(status)[:3])
        assert said_always(place.site, answer), status


def test_files_are_cached_as_long_as_they_cannot_change(server: Server) -> None:
    for url, path in addresses_of(server.place):
        for takes in ("identity", *server.brings):
            answer = server.run_text(url, Accept_Encoding=takes)
            assert answer.all("Cache-Control") == [cache_control(path)], url


def test_unchanged_files_are_not_sent_again(server: Server) -> None:
    for url, path in addresses_of(server.place):
        for takes in ("identity", *server.brings):
            first = server.run_text(url, Accept_Encoding=takes)
            for known in (
                {"If_None_Match": first.headers["ETag"]},
                {"If_Modified_Since": first.headers["Last-Modified"]},
            ):
                again = server.run_text(url, Accept_Encoding=takes, **known)
                assert (again.status, again.body) == (304, b""), (url, takes, known)
                assert again.all("Cache-Control") == [cache_control(path)], url
                assert said_always(server.place.site, again, path), url


# Not with settings inside the site's own folder, which is a new one then.
@pytest.mark.parametrize(
    "name", mostly_long(("nginx", "apache", "htaccess-above"), "nginx", "apache")
)
def test_after_a_publish_only_what_changed_is_sent_again(
    name: str, sites: dict[str, Built], tmp_path: Path
) -> None:
    built, output = sites["below"], tmp_path / "output"
    content = shutil.copytree(built.content, tmp_path / "content")
    write_files(content, {"posts/other.md": OTHER.replace("Some", "Other")})
    run = build_site(PUBLISHING, content, output)
    with served(name, built, built.content.with_name(f"edited-{name}")) as server:
        asked = [
            (url, takes, server.run_text(url, Accept_Encoding=takes))
            for url, _ in addresses_of(server.place)
            for takes in ("identity", *server.brings)
        ]
        publish(run, output, server.place.folder)
        changed = set()
        for url, takes, first in asked:
            known = {"If_None_Match": first.headers["ETag"]}
            again = server.run_text(url, Accept_Encoding=takes, **known)
            dated = {"If_Modified_Since": first.headers["Last-Modified"]}
            assert server.run_text(url, Accept_Encoding=takes, **dated).status == again.status, url
            if again.status == 304:
                assert again.headers["ETag"] == first.headers["ETag"], url
            else:
                assert again.status == 200
                assert again.body != first.body, url
                changed.add(url.removeprefix(built.run.site.base_path))
    assert "/2026/11/another-post/" in changed
    assert not any(
        url.startswith(("/theme/", "/images/", "/data/", "/2026/11/a-fine")) for url in changed
    )


def test_old_addresses_redirect(server: Server) -> None:
    old = redirects(server.place.site)
    assert set(old) == {server.place.url(unquote(alias).lstrip("/")) for alias in ALIASES}
    assert set(old.values()) == {server.place.url("2026/11/a-fine-post/")}
    for address, new in old.items():
        for takes in ("identity", *server.brings):
            answer = server.run_text(address, Accept_Encoding=takes)
            assert (answer.status, leads_to(server, answer)) == (301, new), address
            assert answer.all("Cache-Control") == ["no-cache"], address


def test_an_address_similar_to_an_old_one_does_not_redirect(server: Server) -> None:
    for address in ("old/pageXhtml", "old/page.html/more", "older/old/page.html", "caf%C3%AA/"):
        assert server.run_text(f"{server.place.site.base_path}/{address}").status == 404


def leads_to(server: Server, answer: Answer, host: str = "") -> str:
    """The path that a redirect leads to; it must not lead to another host or port."""
    asked = f"http://{host or f'127.0.0.1:{server.port}'}"
    target = urlsplit(urljoin(f"{asked}/", answer.headers["Location"]))
    assert f"{target.scheme}://{target.netloc}" == asked
    return str(target.path)


def test_redirects_stay_on_the_requested_host(server: Server) -> None:
    """So it is for a server behind another one, with a port of its own that nobody can ask."""
    host = "ward.example.org"
    for path in ("old/page.html", "2026"):
        answer = server.run_text(server.place.url(path), Host=host)
        assert answer.status == 301
        assert leads_to(server, answer, host).startswith(server.place.url("2026/"))


def test_a_missing_page_gets_the_sites_own_error_page(server: Server) -> None:
    place = server.place
    own = (place.folder / "404.html").read_bytes()
    for path in ("nothing", "nothing/at/all/", "feeds/", "images/nothing/", "index.html/more",
                 "theme/map.0123456789ab.js", "2026/11/a-fine-post/nothing.html"):  # fmt: skip
        answer = server.run_text(place.url(path))
        assert (answer.status, answer.body) == (404, own), path
        assert answer.all("Content-Type") == ["text/html; charset=utf-8"], path
        assert answer.all("Cache-Control") == ["no-cache"], path
        is_compressed = server.run_text(place.url(path), Accept_Encoding="gzip")
        assert (is_compressed.status, is_compressed.all("Content-Encoding")) == (404, ["gzip"]), (
            path
        )
        assert gzip.decompress(is_compressed.body) == own, path


def test_a_folder_without_a_final_slash_redirects_to_it(server: Server) -> None:
    for path in ("2026", "2026/11/a-fine-post", "issues/grit-bins"):
        answer = server.run_text(server.place.url(path), Accept_Encoding="gzip")
        assert (answer.status, leads_to(server, answer)) == (
            301,
            server.place.url(f"{path}/"),
        )
    if base := server.place.site.base_path:
        answer = server.run_text(base)
        assert (answer.status, leads_to(server, answer)) == (301, f"{base}/")


def test_hidden_files_are_not_served(server: Server) -> None:
    place = server.place
    write_files(place.folder, {".htpasswd": "hidden", ".well-known/x.txt": "for all"})
    for path in (".htaccess", ".htpasswd", ".manifest", ".wardblog/x.html", ".wardblog/"):
        for takes in ("identity", "gzip"):
            answer = server.run_text(place.url(path), Accept_Encoding=takes)
            assert answer.status in (403, 404), path
            assert b"hidden" not in answer.body, path
    assert server.run_text(place.url(".well-known/x.txt")).body == b"for all"


@pytest.mark.parametrize("name", ["nginx", "apache", "htaccess-inside"])
def test_the_rest_of_the_server_is_not_changed(sites: dict[str, Built], name: str) -> None:
    built = sites["below"]
    ours = (*headers(built.run.site), "Cache-Control")
    with served(name, built, built.content.with_name(f"others-{name}")) as server:
        write_files(server.place.root, {"other.html": "others", "other/x.rss.xml": "<rss/>"})
        for url in ("/other.html", "/other/x.rss.xml", "/blogs/", "/nothing", "/.hidden"):
            assert not any(server.run_text(url).all(name) for name in ours), url


def blocks_of(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as its readers take it: patterns, and the headers below each."""
    blocks: dict[str, dict[str, str]] = {}
    for line in filter(None, text.splitlines()):
        if not line.startswith(" "):
            block = blocks.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            block[name] = value
    return blocks


def test_static_hosts_get_the_same_headers(built: Built) -> None:
    blocks = blocks_of((built.output / "_headers").read_text(encoding="utf-8"))
    for url, path in addresses_of(built.place):
        fitting = [block for pattern, block in blocks.items() if fnmatchcase(url, pattern)]
        names = [name for block in fitting for name in block if name != POLICY]
        assert len(names) == len(set(names)), url  # some hosts would join the two
        said = {name: value for block in fitting for name, value in block.items()}
        kept = said.pop("Cache-Control", "no-cache")  # as such hosts do by themselves
        assert said == {**headers(built.run.site), POLICY: said[POLICY]}
        policies = [block[POLICY] for block in fitting if POLICY in block]
        is_markup = path.lower().endswith(tuple(READ_AS_XML))
        assert policies == [headers(built.run.site)[POLICY], *[POLICY_OF_FILES] * is_markup], url
        is_hashed_elsewhere = is_hashed(path) and not path.startswith("theme/")
        assert kept == ("no-cache" if is_hashed_elsewhere else cache_control(path)), url


def test_static_hosts_get_the_redirects(built: Built) -> None:
    lines = (built.output / "_redirects").read_text(encoding="utf-8").splitlines()
    old = [(old, new, "301") for old, new in redirects(built.run.site).items()]
    assert [tuple(line.split(" ")) for line in lines[: len(old)]] == old
    small = [line.split(" ")[0] for line in lines[len(old) :]]  # some have small letters in escapes
    assert {quote(unquote(url)) for url in small} <= {url for url, _, _ in old}
    assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", line.split(" ")[0]) for line in lines)
