"""Files that a browser would show as pages of the site, and in which something would run."""

from __future__ import annotations

import codecs
import gzip

_XHTML = "http://www.w3.org/1999/xhtml"
_CODE = "alert(document.domain)"
SCRIPT = f'<s:script xmlns:s="{_XHTML}">{_CODE}</s:script>'
_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_HIDDEN = SCRIPT.replace(_XHTML, _XHTML.replace("xhtml", "x\x1b(Bhtml"))
_ZEROS = SCRIPT.replace(_XHTML, _XHTML.replace("xhtml", f"&#{'0' * 3000}120;html"))
_JAPANESE = '<?xml version="1.0" encoding="ISO-2022-JP"?>'
_BYTES_7 = SCRIPT.replace("<", "+ADw-").replace(">", "+AD4-")


def _said(encoding: str, text: str = SCRIPT) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><root>{text}</root>'


# Each runs in Chromium if a server sends it without a policy.
RUNNING: dict[str, bytes] = {
    "plain.xml": f"<root>{SCRIPT}</root>".encode(),
    "upper.XML": f"<root>{SCRIPT}</root>".encode(),
    "escape.xml": f"{_JAPANESE}<root>{_HIDDEN}</root>".encode(),
    "zeros.xml": f"<root>{' ' * (1_000_000 - 1560)}{_ZEROS}</root>".encode(),
    "cut.xml": f"<root>{SCRIPT}".encode(),
    "drawn.xml": _DRAWN.encode(),
    "comment.xml": f"<!-- {'x' * 1_000_000} --><root>{SCRIPT}</root>".encode(),
    "marked.xml": codecs.BOM_UTF8 + f"<root>{SCRIPT}</root>".encode(),
    "wide.xml": f"<root>{SCRIPT}</root>".encode("utf-16"),
    "wide-be.xml": codecs.BOM_UTF16_BE + f"<root>{SCRIPT}</root>".encode("utf-16-be"),
    "wide-no-mark.xml": _said("utf-16").encode("utf-16-le"),
    "entity.xml": (
        f"<!DOCTYPE r [<!ENTITY x \"<s:script xmlns:s='{_XHTML}'>{_CODE}</s:script>\">]><r>&x;</r>"
    ).encode(),
    "default.xml": (
        f'<!DOCTYPE r [<!ATTLIST script xmlns CDATA "{_XHTML}">]><r><script>{_CODE}</script></r>'
    ).encode(),
    "shift.xml": _said("shift_jis").encode(),
    "drawing.svg": _DRAWN.encode(),
}
# These do not run in every browser, or on every server.
DOUBTFUL: dict[str, bytes] = {
    "seven.xml": f'<?xml version="1.0" encoding="UTF-7"?>{_BYTES_7}'.encode(),
    "widest.xml": f"<root>{SCRIPT}</root>".encode("utf-32"),
    "sheet.xml": b'<?xml-stylesheet type="text/xsl" href="plain.xml"?><root/>',
    "model.xml": b'<?xml-model href="https://example.org/x"?><root/>',
    "math.xml": b'<math xmlns="http://www.w3.org/1998/Math/MathML"/>',
    "eleven.xml": b'<?xml version="1.1"?><root/>',
    "deep.xml": b"<a>" * 5_000 + b"</a>" * 5_000,
    "tag.xml": b'<a b="' + b"x" * 3_000_000 + b'"/>',
    "laughs.xml": b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>',
    "remote.xml": b'<!DOCTYPE r SYSTEM "https://example.org/r.dtd"><r/>',
    "walk.GPX": f"<gpx>{SCRIPT}</gpx>".encode(),
    "list.opml": f"<opml>{SCRIPT}</opml>".encode(),
    "a.kml": f"<kml>{SCRIPT}</kml>".encode(),
    "a.gml": f"<gml>{SCRIPT}</gml>".encode(),
    "a.rss": f"<rss>{SCRIPT}</rss>".encode(),
    "first.atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><id/>{SCRIPT}</feed>'.encode(),
    "a.rdf": f"<rdf>{SCRIPT}</rdf>".encode(),
    "a.xml.gz": gzip.compress(SCRIPT.encode()),
    "a.svg.gz": gzip.compress(_DRAWN.encode()),
    # A server that does not know the kind of a file leaves it to the browser.
    "a.dwg": b"<script>alert(1)</script>",
    "a.prj": b" \n<!doctype html><script>alert(1)</script>",
    "a.yaml": codecs.BOM_UTF8 + b"<html><script>alert(1)</script>",
    "plan": "<script>alert(1)</script>".encode("utf-16"),
}
# The names alone say what they are.
NAMES = (
    "a.html", "a.HTM", "a.xhtml", "a.html.gz", "a.html.br", "a.php.txt", "a.shtml", "a.svgz",
    "a.xsl", "a.mathml", "a.html.", "a.Html.en.csv", "a.js",
)  # fmt: skip
