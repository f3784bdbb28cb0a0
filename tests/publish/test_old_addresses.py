"""Every address of an earlier blog answers: on real web servers, and as hosts document it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from publish.served_site import Built, place_in, publish, served
from publish.static_hosts import MOST_STATIC, on_cloudflare, on_netlify
from publish.web_servers import SERVERS, Server
from support import ISSUES, POST, ROOT, WARD, picture, write_site
from wardblog.build import build_site

POSTED, BINS = "/2026/11/a-fine-post/", "/issues/grit-bins/"
RSS, ATOM = "/feeds/all.rss.xml", "/feeds/all.atom.xml"
# Each old address, as a link to it is written, and where it must lead.
ADDRESSES = {
    "/2015/03/hello-world/": POSTED,
    "/2015/03/hello.html": POSTED,
    "/2015/03/caf%C3%A9-news/": POSTED,
    "/?p=123": POSTED,
    "/?cat=2&p=124": POSTED,
    "/index.php?p=123": POSTED,
    "/index.php": "/",
    "/feed/": RSS,
    "/feed/atom/": ATOM,
    "/atom.xml": ATOM,
    "/?feed=rss2": RSS,
    "/feeds/posts/default": ATOM,
    "/feeds/posts/default?alt=rss": RSS,
    "/feeds/posts/default/-/Bins": "/feeds/grit-bins.atom.xml",
    "/category/bins/": BINS,
    "/category/old-bins/": BINS,
    "/?cat=4": BINS,
    "/?cat=4&feed=rss2": "/feeds/grit-bins.rss.xml",
    "/tag/caf%C3%A9": "/",
    "/2015/03/09/": "/2026/11/",
    "/wp-content/uploads/2015/03/bin.jpg": "/images/bin.jpg",
    "/wp-content/uploads/2015/03/plan.doc": "/images/notes.txt",
}
# Other forms of some of them, which programs and readers of the old blog have made.
FORMS = {
    "/2015/03/hello.html?m=1": POSTED,
    "/2015/03/hello-world/?replytocom=12": POSTED,
    "/2015/03/hello-world/?amp=1": POSTED,
    "/2015/03/hello-world/?amp": POSTED,
    "/2015/03/hello-world/amp/": POSTED,
    "/2015/03/hello-world/amp": POSTED,
    "/2015/03/hello-world": POSTED,
    "/2015/03/caf%c3%a9-news/": POSTED,
    "/?utm_source=x&p=123": POSTED,
    "/?p=123&preview=true": POSTED,
    "/?p=123&cat=7": POSTED,
    "/?cat=4&p=7": BINS,
    "/?p=124&cat=2": POSTED,
    "/feed": RSS,
    "/category/bins": BINS,
    "/index.php?p=9": "/",
}
# What is no old address, and is answered as before.
OTHERS = {
    "/": "/index.html",
    "/?p=1234": "/index.html",
    "/?p=12": "/index.html",
    "/?p=": "/index.html",
    "/?xp=123": "/index.html",
    "/?from=facebook": "/index.html",
    "/?p=..%2f..%2fissues%2fgrit-bins%2f": "/index.html",
    "/?p=123%0d%0aX-Odd:%201": "/index.html",
    f"{BINS}?p=123": f"{BINS}index.html",
    "/.old-address/0/123": "",
    "/2015/03/hello-world/more/": "",
    "/category/": "",
}
TABLE = {old: new for old, new in ADDRESSES.items() if new != POSTED}
FILES: dict[str, str | bytes] = {
    "posts/fine.md": POST.replace(
        "\n\n",
        "\nAliases: "
        + "\n  ".join(old for old, new in ADDRESSES.items() if new == POSTED)
        + "\n\n![A bin](../images/bin.jpg) [Notes](../images/notes.txt)\n\n",
        1,
    ),
    "redirects.csv": "old,new\n"
    + "".join(f"{old},{new}\n" for old, new in TABLE.items()).replace(
        f"/category/old-bins/,{BINS}", "/category/old-bins/,/category/bins/"
    ),
    "images/bin.jpg": picture(50, 40, "JPEG"),
    "images/notes.txt": "Notes",
    "issues.toml": ISSUES,
}


def build(own: Path, below: str, files: dict[str, str | bytes]) -> Built:
    ward = WARD.replace('ward.example.org"', f'ward.example.org{below}"')
    content, output = write_site(own / "content", {**files, "ward.toml": ward}), own / "output"
    run = build_site(ROOT / "publishconf.py", content, output)
    place = place_in(own, run)
    place.folder.parent.mkdir()
    publish(run, output, place.folder)
    return Built(run, place, content, output)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that others can read, since servers that root starts work as somebody else."""
    with tempfile.TemporaryDirectory(prefix="wardblog-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def sites(home: Path) -> dict[str, Built]:
    return {"root": build(home / "root", "", FILES), "below": build(home / "below", "/blog", FILES)}


@pytest.fixture(scope="module", params=["root", "below"])
def built(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Built:
    """The site as its server's root, or in the folder `blog`."""
    return sites[request.param]


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, built: Built) -> Iterator[Server]:
    with served(request.param, built, built.content.with_name(request.param)) as found:
        yield found


def followed(server: Server, url: str) -> tuple[str, int, int]:
    """Where redirects lead, with the last status and how many there were."""
    for hops in range(5):
        answer = server.run_text(url)
        assert "X-Odd" not in answer.headers
        if answer.status != 301:
            return url, answer.status, hops
        parts = urlsplit(
            urljoin(f"http://127.0.0.1:{server.port}{url}", answer.headers["Location"])
        )
        url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    raise AssertionError(f"{url} leads on and on")


def test_the_server_accepts_the_settings(server: Server) -> None:
    done = server.tests_settings()
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_every_old_address_leads_to_its_new_one_at_once(server: Server) -> None:
    base = server.place.site.base_path
    for old, new in ADDRESSES.items():
        assert followed(server, base + old) == (base + new, 200, 1), old


def test_other_forms_of_an_old_address_lead_there_too(server: Server) -> None:
    base = server.place.site.base_path
    for old, new in FORMS.items():
        url, status, hops = followed(server, base + old)
        assert (url, status) == (base + new, 200), old
        assert hops <= 2, old


def test_an_address_adds_no_header_to_the_answer(server: Server) -> None:
    for odd in ("/nothing/%0d%0aX-Odd:%201/amp/", "/nothing/%0dX-Odd:%201/amp", "/?p=1%0aX-Odd:1"):
        answer = server.run_text(server.place.site.base_path + odd)
        assert "X-Odd" not in answer.headers
        assert not set("\r\n") & set(answer.headers.get("Location", ""))


def test_nothing_else_redirects(server: Server) -> None:
    base, folder = server.place.site.base_path, server.place.folder
    for url, path in OTHERS.items():
        answer = server.run_text(base + url)
        assert answer.status == (200 if path else 404), url
        assert answer.body == (folder / (path or "/404.html").lstrip("/")).read_bytes(), url
        assert len(answer.all("Content-Security-Policy")) == 1, url


def test_hosts_without_redirects_forward_with_a_page_or_have_the_feed_itself(built: Built) -> None:
    site = built.run.site
    for old, new in ADDRESSES.items():
        path = unquote(old).lstrip("/")
        if "?" in old or old.endswith(".jpg"):
            continue
        at = built.output / path
        file = at if at.is_file() else at / "index.html"
        content = file.read_bytes()
        if new.startswith("/feeds/"):
            assert content == (built.output / new.lstrip("/")).read_bytes(), old
        else:
            target = f'<meta http-equiv="refresh" content="0; url={site.base_path}{new}">'
            assert target in content.decode(), old
    assert not (built.output / "wp-content/uploads/2015/03/bin.jpg").exists()


def test_netlify_leads_every_old_address_on_or_has_a_page_there(built: Built) -> None:
    base = built.run.site.base_path
    for old, new in {**ADDRESSES, "/?p=124&cat=2": POSTED}.items():
        path = unquote(old).lstrip("/")
        at = built.output / path
        has_page = "?" not in old and (at.is_file() or (at / "index.html").is_file())
        assert on_netlify(built.place.folder, base + old) == base + new or has_page, old
    assert on_netlify(built.place.folder, f"{base}/") == ""
    assert on_netlify(built.place.folder, f"{base}/?p=9") == ""


def test_cloudflare_leads_every_old_address_without_a_query_on(built: Built) -> None:
    base = built.run.site.base_path
    for old, new in {**ADDRESSES, "/2015/03/caf%c3%a9-news/": POSTED}.items():
        expected = base + new if "?" not in old else ""
        if old.startswith("/index.php?"):
            expected = f"{base}/"
        if old.startswith("/feeds/posts/default?"):
            expected = base + ATOM
        assert on_cloudflare(built.place.folder, base + old) == expected, old


MANY = 3 * MOST_STATIC


@pytest.fixture(scope="module")
def many(home: Path) -> Built:
    """A site with more old addresses than some hosts take, those of posts among them."""
    aliases = "".join(f"Aliases: /2015/{n % 12 + 1:02}/post-{n}/\n" for n in range(50))
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("\n\n", f"\n{aliases}\n", 1),
        "redirects.csv": "old,new\n"
        + "".join(f"{old},{new}\n" for old, new in _numbered(MANY).items()),
    }
    return build(home / "many", "", files)


def _numbered(number: int) -> dict[str, str]:
    """So many old addresses, of several lengths and with odd signs, with two targets."""
    forms = ("/tag/{}/", "/author/page/{}", "/?p={}", "/caf%C3%A9/{}.html", "/x;{}/", "/?m={}&n=1")
    return {
        forms[n % len(forms)].format(n * 7919 % 100_003): (BINS if n % 5 else "/")
        for n in range(number)
    }


@pytest.mark.long
@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_each_of_thousands_of_old_addresses_leads_to_its_own_page(name: str, many: Built) -> None:
    with served(name, many, many.content.with_name(f"many-{name}")) as server:
        for old, new in _numbered(MANY).items():
            assert server.run_text(old).headers["Location"].endswith(new), old
        for old in ("/tag/1x/", "/tag/", "/author/page/5/x", "/x;1", "/zzz/", "/0/", "/caf%C3%A9/"):
            assert server.run_text(old).status == 404, old


@pytest.mark.long
def test_where_a_host_takes_only_so_many_the_posts_come_first(many: Built) -> None:
    for n in range(50):
        old = f"/2015/{n % 12 + 1:02}/post-{n}/"
        assert on_cloudflare(many.place.folder, old) == POSTED
