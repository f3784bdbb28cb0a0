"""When the largest thing of each kind of page is painted on a slow phone, pictures included.

The line is that of Lighthouse and WebPageTest for a slow 4G: 1.6 megabits a second and 150 ms for a
round trip; the processor is a quarter as fast. Chromium slows each request down, but not the
opening of the connection, so three round trips (for the name, TCP and TLS) are added.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.lighthouse import LARGEST_PAINT_S
from bench.maps import LATENCY_MS, slow_down
from browser.conftest import launched
from host_server import hosted
from look import built
from page_kinds import kinds_of
from support import ROOT

CONNECTION_S = 3 * LATENCY_MS / 1000
WATCH = """
window.paint = {at: 0, what: "", shift: 0, bytes: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.paint.at = entry.startTime;
    window.paint.what = entry.url.split("/").pop() || entry.element?.nodeName.toLowerCase() || "";
  }
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.paint.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
RESULT = """() => ({...window.paint, bytes:
  [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0)})"""


@dataclass(frozen=True)
class Paint:
    """Seconds to the largest paint, what was painted, how much moved, and bytes transferred."""

    seconds: float
    what: str
    shift: float
    size: int


def painted(browser: Browser, url: str) -> Paint:
    """One visit of a phone with an empty cache, without doing anything."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(WATCH)
    slow_down(page)
    page.goto(url, wait_until="networkidle")
    found = page.evaluate(RESULT)
    context.close()
    return Paint(found["at"] / 1000 + CONNECTION_S, found["what"], found["shift"], found["bytes"])


def main(runs: int) -> None:
    print(
        f"Largest paint on a slow phone, medians of {runs} visits "
        f"(to reach: {LARGEST_PAINT_S} s, no shift):"
    )
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        output = built("sample", ROOT / "content", Path(name))
        browser = launched(playwright)
        with hosted(output) as address:
            kinds = {k: path for k, path in kinds_of(output).items() if k != "moved"}
            for kind, path in kinds.items():
                visits = [painted(browser, address + path) for _ in range(runs)]
                middle = sorted(visits, key=lambda visit: visit.seconds)[len(visits) // 2]
                shift = statistics.median(visit.shift for visit in visits)
                print(
                    f"  {kind:20} {middle.seconds:5.2f} s  {middle.what[:40]:40} "
                    f"moved {shift:.3f}  {middle.size:9,} bytes"
                )
        browser.close()
