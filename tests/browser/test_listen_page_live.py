"""The digest in a browser: nothing that a feed says runs, and anybody can read it on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.axe import violations
from look import SCHEMES
from office.leaflets import sample_site
from office.listening import entry, item, moment, pairs, rss
from support import ROOT, write_site
from wardblog.build.live import LiveSite
from wardblog.office.listening.digest import make_digest
from wardblog.office.listening.digest_files import save_digest
from wardblog.office.listening.read_items import RawFeed, read_items
from wardblog.preview import LISTEN, Preview, make_server

NOW = moment("2026-11-29T09:00")
HOSTILE = (
    "<script>document.title = 'taken'; fetch('/taken')</script>",
    "<img src=/taken.png onerror=\"document.title='taken'\">",
    "</title></p></li></ul><script>document.title = 'taken'</script><iframe src=/taken></iframe>",
    "<svg onload=\"document.title='taken'\"><style>@import '/taken.css'</style></svg>",
    "<link rel=stylesheet href=/taken.css><meta http-equiv=refresh content='0;url=/taken'>",
    '"><form action=/taken><button>Go</button></form>',
    "‮gnitirw ‭ &#x202e; &lt;script&gt;document.title='taken'&lt;/script&gt;",
)


@dataclass(frozen=True)
class Shown:
    """The address of the digest."""

    url: str


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("listen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795305600")
        patch.chdir(folder)
        yield from served_digest(folder)


def served_digest(folder: Path) -> Iterator[Shown]:
    site = LiveSite(ROOT / "pelicanconf.py", write_site(folder / "content"))
    site.update()
    links = (
        "javascript:document.title='taken'",
        'https://x.example/"><script>',
        "data:text/html,x",
    )
    feed = rss(
        *(
            entry(f"Eland Road {n} {text}", f"{text} A whole sentence of it.", links[n % 3])
            for n, text in enumerate(HOSTILE)
        )
    )
    raw_feed = RawFeed(site="A <b>feed</b>", url="https://x.example/", content=feed)
    (hostile,) = read_items([raw_feed], NOW)
    raw = item("<script>document.title='taken'</script>", "<b>x</b>", link="javascript:alert(1)")
    items = [*hostile.items, raw, *(one for pair in pairs() for one in (pair.a, pair.b))]
    digest = make_digest(items, sample_site(), NOW, 3)
    save_digest(folder / "private", digest)
    server = make_server(Preview(site, lambda _: None, folder / "private"), 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield Shown(f"http://localhost:{server.server_port}/{LISTEN}")
    server.shutdown()
    server.server_close()


@pytest.mark.long
def test_nothing_of_a_feed_runs_or_is_asked_for(shown: Shown, browser: Browser) -> None:
    page, asked, said = browser.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(shown.url)
    page.wait_for_timeout(300)
    assert page.title().startswith("What is said about the ward, Sunday 29 November 2026")
    assert all("/_preview/" in url for url in asked)
    assert said == []
    assert (
        page.locator("main :is(script, img, svg, iframe, style, link, form, button)").count() == 0
    )
    links = page.locator("main a[href]:not([href^='#'])")
    assert links.count() > 20
    for at in range(links.count()):
        address, rel = (links.nth(at).get_attribute(name) or "" for name in ("href", "rel"))
        assert address.startswith(("http://", "https://"))
        assert rel == "noopener noreferrer"
    page.close()


@pytest.mark.long
def test_it_fits_a_phone_and_axe_finds_nothing(shown: Shown, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(shown.url)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    context.close()
