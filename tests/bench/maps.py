"""How long maps take to build and to open, beside stock Folium with a marker and popup a place.

Stock Folium's page fetches Leaflet and nine other files from elsewhere. Here Leaflet is served
beside it and the other files are left out, so that its figures are better than a resident's.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import brotli
import folium
from playwright.sync_api import Browser, Page, sync_playwright

from bench import ground
from install_programs import playwright_chromium, system_chromium
from support import DATASET, ISSUES, ROOT, WARD, write_site
from wardblog.build import build_site
from wardblog.maps import draw
from wardblog.model import MapSettings, Place, Point
from wardblog.model.map_figure import Dot, MapFigure

SIZES = ((50, 5), (500, 8), (5000, 40))
# What stands for jQuery, of which stock popups use one thing.
STUB = """window.$ = (html) => {
  const box = document.createElement("div");
  box.innerHTML = html;
  return [box.firstElementChild];
};"""
# A slow line of the fourth generation, and a processor a quarter as fast as this one.
LATENCY_MS, BYTES_A_SECOND, SLOWER = 150, 1.6e6 / 8, 4


def places(count: int) -> list[tuple[str, float, float]]:
    chance = random.Random(1)  # noqa: S311 - the same in every run, not a secret
    streets = [f"{name} Road" for name in ("Elm", "Oak", "Ash", "Fir", "Yew", "Bay", "Lime")]
    return [
        (
            f"{chance.randrange(300)} {chance.choice(streets)} at {chance.choice(streets)}",
            round(51.461 + chance.random() / 100, 6),
            round(-0.168 + chance.random() / 60, 6),
        )
        for _ in range(count)
    ]


def ours(count: int) -> Callable[[], object]:
    """Drawing a map from values that are read already, as a build does."""
    dots = tuple(
        Dot(
            place=Place(name=name, point=Point(lat, lon)),
            issue="grit-bins",
            issue_name="Grit bins",
            url="",
            when="1 November 2026",
        )
        for name, lat, lon in places(count)
    )
    figure = MapFigure(
        address="issues/grit-bins/",
        label="Map: Grit bins",
        dots=dots,
        boundary=None,
        settings=MapSettings(),
    )
    return lambda: draw(figure, {"grit-bins": "#8a5a00"})


def stock(count: int) -> str:
    """A stock page, with a marker and a popup for each place."""
    page = folium.Map(location=(51.466, -0.16), zoom_start=15, tiles=None)
    for name, lat, lon in places(count):
        folium.Marker((lat, lon), popup=folium.Popup(name), tooltip=name).add_to(page)
    return str(page.get_root().render())


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def building(pairs: int) -> None:
    print(f"Building a map, {pairs} pairs, medians:")
    for count, wanted in SIZES:
        act = ours(count)
        act()
        found = [
            (seconds(act), seconds(lambda: stock(count)))  # noqa: B023 - called at once
            for _ in range(pairs if count < 5000 else 2)
        ]
        mine, theirs = (statistics.median(side) * 1000 for side in zip(*found, strict=True))
        print(
            f"  {count:5,} places   ward blog {mine:7.1f} ms   stock Folium {theirs:7.0f} ms   "
            f"ratio {mine / theirs:.3f}   (to reach: {wanted} ms)"
        )


def our_site(folder: Path, count: int) -> Path:
    """A built site whose hub has a map of so many places."""
    listed = enumerate(places(count))
    rows = "".join(f'{n},"{name}",{lat},{lon}\n' for n, (name, lat, lon) in listed)
    content = write_site(
        folder / "content",
        {
            "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun'),
            "issues.toml": f'{ISSUES}{DATASET}show = "all"\n',
            "data/ward.geojson": (ROOT / "content/data/ward.geojson").read_bytes(),
            "data/bins.csv": "Map ID,Location,Latitude,Longitude\n" + rows,
        },
    )
    build_site(ROOT / "pelicanconf.py", content, folder / "output")
    return folder / "output"


def stock_site(folder: Path, count: int) -> Path:
    """The stock page in a folder of its own, with Leaflet beside it and nothing else."""
    folder.mkdir()
    for name in ("leaflet.js", "leaflet.css"):
        (folder / name).write_bytes((ROOT / "theme/static/leaflet" / name).read_bytes())
    lines = stock(count).splitlines()
    kept = [line for line in lines if "https://" not in line]
    head = next(n for n, line in enumerate(kept) if "<head>" in line)
    kept[head] += f'<script>{STUB}</script><script src="leaflet.js"></script>'
    kept[head] += '<link rel="stylesheet" href="leaflet.css">'
    (folder / "index.html").write_text("\n".join(kept), encoding="utf-8")
    return folder


class Compressing(SimpleHTTPRequestHandler):
    """Serves each file compressed once and for all, as a host with brotli does."""

    known: ClassVar[dict[str, bytes]]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        if str(path) not in self.known:
            self.known[str(path)] = brotli.compress(path.read_bytes(), quality=11)
        body = self.known[str(path)]
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Handler(Compressing):
        known: ClassVar[dict[str, bytes]] = {}

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


# When the map is ready for its reader: every place is drawn, and a frame has passed.
READY = """
new MutationObserver(() => {
  const isReady = document.querySelector(".is-live")
    || (document.readyState === "complete" && document.querySelector(".leaflet-marker-icon"));
  if (isReady && !window.ready) {
    window.ready = true;
    requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); }));
  }
}).observe(document, {subtree: true, childList: true, attributes: true});
document.addEventListener("readystatechange", () => {
  document.documentElement?.setAttribute("data-state", document.readyState);
});
"""


def slow_down(page: Page) -> None:
    """Gives a page the line and the processor of a slow phone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def opened(browser: Browser, address: str, slow: bool) -> float:
    """Seconds from the request of a page to its map being ready, with an empty cache."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.add_init_script(READY)
    if slow:
        slow_down(page)
    page.goto(address, wait_until="commit")
    ready = None
    while ready is None:
        page.wait_for_timeout(50)
        ready = page.evaluate("window.readyAt ?? null")
    context.close()
    return float(ready) / 1000


def opening(browser: Browser, folder: Path, pairs: int, stock_places: int) -> None:
    print(f"Opening a map in Chromium, {pairs} pairs, medians:")
    cases = ((50_000, stock_places, False, 1.0), (500, 500, True, 1.4))
    for count, theirs_count, slow, wanted in cases:
        mine_in = our_site(folder / f"ours{count}", count)
        theirs_in = stock_site(folder / f"stock{theirs_count}", theirs_count)
        with served(mine_in) as mine, served(theirs_in) as theirs:
            hub = f"{mine}/issues/grit-bins/"
            opened(browser, hub, slow=False)  # the server has compressed its files after this
            opened(browser, theirs, slow=False)
            found = [
                (opened(browser, hub, slow), opened(browser, theirs, slow))
                for _ in range(pairs if count < 5000 else max(pairs // 2, 1))
            ]
        ours_s, stock_s = (statistics.median(side) for side in zip(*found, strict=True))
        line = ", slow line and processor" if slow else ""
        print(f"  ward blog     {count:6,} places{line}: {ours_s:6.2f} s   (to reach: {wanted} s)")
        print(f"  stock Folium  {theirs_count:6,} places{line}: {stock_s:6.2f} s")


# From the first request of the map, when it comes near the screen, to a frame with its base map.
DRAWN = """
new MutationObserver(() => {
  if (!document.querySelector(".has-ground") || window.asked) return;
  window.asked = true;
  requestAnimationFrame(() => setTimeout(() => {
    const [first] = performance.getEntriesByType("resource")
      .filter(({name}) => name.includes("leaflet")).map(({startTime}) => startTime).sort();
    window.drawnIn = performance.now() - first;
  }));
}).observe(document, {subtree: true, childList: true, attributes: true});
"""
# The waits between frames, in order of length, while the map is dragged there and back.
DRAGGED = """
async () => {
  const {map} = ward.live;
  const gaps = [];
  map.setZoom(16, {animate: false});
  await new Promise((resolve) => setTimeout(resolve, 500));
  let last = performance.now();
  for (let step = 0; step < 60; step++) {
    map._rawPanBy(L.point(step < 30 ? 9 : -9, 3));
    map.fire("move");
    await new Promise(requestAnimationFrame);
    gaps.push(performance.now() - last);
    last = performance.now();
  }
  return gaps.sort((one, other) => one - other);
}
"""


def drawn(browser: Browser, address: str) -> tuple[float, list[float]]:
    """Seconds until the base map is drawn on a slow phone, and then between frames of a drag."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(DRAWN)
    slow_down(page)
    page.goto(address, wait_until="load")
    page.locator("figure.map").scroll_into_view_if_needed()
    found = None
    while found is None:
        page.wait_for_timeout(50)
        found = page.evaluate("window.drawnIn ?? null")
    gaps = page.evaluate(DRAGGED)
    context.close()
    return float(found) / 1000, [gap / 1000 for gap in gaps]


def slow_phone(browser: Browser, folder: Path, pairs: int) -> None:
    project = ground.site(folder / "based", has_base=True)
    ground.build(project)
    with served(project / "output") as address:
        hub = f"{address}/issues/grit-bins/"
        opened(browser, hub, slow=False)  # the server has compressed its files after this
        found = [drawn(browser, hub) for _ in range(pairs)]
    seconds_to_draw = statistics.median(one for one, _ in found)
    middle = statistics.median(gaps[len(gaps) // 2] for _, gaps in found)
    most = statistics.median(gaps[-1] for _, gaps in found)
    print(
        f"A base map of {ground.STREETS} streets and {ground.BUILDINGS:,} buildings on a slow "
        f"phone, {pairs} turns, medians:\n"
        f"  drawn {seconds_to_draw:.2f} s after the map comes near the screen (to reach: 2 s)\n"
        f"  between frames of a drag: {middle * 1000:.0f} ms, at most {most * 1000:.0f} ms"
    )


def main(pairs: int, stock_places: int) -> None:
    building(pairs)
    path = system_chromium() or playwright_chromium()
    if not path:
        print("No Chromium: run make test, which installs it.")
        return
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        slow_phone(browser, Path(name), pairs)
        opening(browser, Path(name), pairs, stock_places)
        browser.close()
