"""SVG is written anew, from what is known to draw: nothing that runs or fetches is left."""

from __future__ import annotations

import base64
import re
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from documents import SVG, drawing
from support import examples, picture
from wardblog.content.drawings import LARGEST, read_drawing
from wardblog.content.drawings.allowed import ATTRIBUTES, ELEMENTS, WORDS
from wardblog.content.drawings.styles import decoded, safe_sheet, safe_style
from wardblog.report import ParseError

XHTML = "http://www.w3.org/1999/xhtml"
SPACE = "http://www.w3.org/2000/svg"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
# Entities that stand for ten of the one before.
BOMB = (
    b'<!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
    + drawing('<text x="&a9;">&a9;</text>')
)
# Inside of a drawing, each with what is said of it.
HARM = {
    "<script>x()</script>": "script",
    f'<x:script xmlns:x="{SPACE}">x()</x:script>': "script",
    f'<h:script xmlns:h="{XHTML}">x()</h:script>': "script",
    f'<metadata><h:img xmlns:h="{XHTML}" src="x"/></metadata>': "img",
    f'<q xmlns="urn:x"><script xmlns="{SPACE}"/></q>': "script",
    "<SCRIPT>x()</SCRIPT>": "SCRIPT",
    '<g onclick="x()"/>': "onclick",
    '<g onBegin="x()"/>': "onBegin",
    '<metadata><g onload="x()"/></metadata>': "onload",
    "<foreignObject><p/></foreignObject>": "foreignObject",
    '<a href="java&#115;cript:x()"><text>x</text></a>': "href",
    '<a href=" java&#9;script:x()"/>': "href",
    '<a href="data:text/html,x"/>': "href",
    f'<a {XLINK} xlink:href="vbscript:x"/>': "href",
    '<image href="&#104;ttp://example.org/x.png"/>': "href",
    '<image href="//example.org/x.png"/>': "href",
    '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>': "href",
    '<image href="data:image/png;base64,bm90IGEgcGljdHVyZQ=="/>': "href",
    '<use href="other.svg#a"/>': "href",
    f'<use {XLINK} xlink:href="https://example.org/x.svg#a"/>': "href",
    '<filter><feImage href="http://example.org/x"/></filter>': "href",
    '<set attributeName="href" to="x"/>': "attributeName=href",
    '<animate attributeName="xlink:href" values="x"/>': "attributeName=xlink:href",
    '<set attributeName="onclick" to="x()"/>': "attributeName=onclick",
    '<rect fill="url(http://example.org/#a)"/>': "url",
    '<rect fill="u\\72l(//example.org/x)"/>': "url",
    '<rect style="fill: u\\72 l(http://example.org/x)"/>': "url",
    '<rect style="fill: url( &quot;http://example.org/x&quot; )"/>': "url",
    "<style>@\\69mport 'http://example.org/x.css';</style>": "@import",
    "<style>@imp/**/ort 'x'; @import 'y'</style>": "@import",
    "<style><![CDATA[@font-face{src:url(//example.org/f)}]]></style>": "url",
    "<style>a { background: image-set('x' 1x) }</style>": "image-set",
    '<rect style="width: expression(x())"/>': "expression",
    "<style>a{-moz-binding:url(#x)}</style>": "-moz-binding",
    f'<h:iframe xmlns:h="{XHTML}" src="x"/>': "iframe",
    "<handler/>": "handler",
    "<tref/>": "tref",
}


@pytest.mark.parametrize("inside", HARM)
def test_what_runs_or_fetches_is_named_and_not_written(inside: str) -> None:
    found = read_drawing(drawing(inside))
    assert found.harm == HARM[inside]
    assert found.line == 1
    assert_clean(found.data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    text = f'<?xml version="1.0"?>{SVG}<script>x()</script><text>Bin</text></svg>'
    try:
        found = read_drawing(text.encode(encoding))
    except ParseError:
        return  # refused is as good
    assert found.harm == "script"
    assert_clean(found.data)


def test_a_script_behind_a_long_comment_is_found() -> None:
    assert read_drawing(drawing(f"<!--{'x' * 9_000_000}--><script/>")).harm == "script"


@pytest.mark.parametrize(
    ("before", "harm"),
    [
        ('<?xml-stylesheet href="x.css"?>', "xml-stylesheet"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>', "ENTITY"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "ENTITY"),
    ],
)
def test_what_is_before_the_drawing_is_read_too(before: str, harm: str) -> None:
    assert read_drawing(before.encode() + drawing("<text>x</text>")).harm == harm


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no XML",
        drawing("<g>"),
        drawing("&unknown;"),
        b"<html><svg/></html>",
        f'<g xmlns="{SPACE}"/>'.encode(),
        f'<svg xmlns="{XHTML}"/>'.encode(),
        b"<svg " + b" " * LARGEST + b"/>",
        drawing("<g>" * 300 + "</g>" * 300),
        BOMB,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    if data == BOMB:
        with suppress(ParseError):
            assert read_drawing(data).harm == "ENTITY"
        return
    with pytest.raises(ParseError) as refused:
        read_drawing(data)
    assert refused.value.hint


ADOBE = "http://ns.adobe.com/AdobeIllustrator/10.0/"
LABEL = (
    f'<foreignObject requiredFeatures="x"><div xmlns="{XHTML}"><b>The</b> depot<br/>%s</div>'
    "</foreignObject>"
)


@pytest.mark.parametrize(
    "inside",
    [
        # Illustrator, draw.io and Inkscape, as they save drawings if nobody asks for less.
        (
            f'<switch><foreignObject requiredExtensions="{ADOBE}"><ref xmlns="{ADOBE}" href="#a"/>'
            "</foreignObject><g/></switch>"
        ),
        f"<switch>{LABEL % ''}<text>The depot</text></switch>",
        '<color-profile name="P3" href="file:///System/Library/P3.icc"/>',
    ],
)
def test_what_drawing_programs_add_is_left_out_without_a_word(inside: str) -> None:
    found = read_drawing(drawing(inside))
    assert not found.harm
    for word in (b"foreignObject", b"div", b"adobe", b"icc"):
        assert word not in found.data


@pytest.mark.parametrize(
    ("inside", "harm"),
    [
        # What is shown to others is not the same, so it would be lost.
        (f"<switch>{LABEL % ''}<text>[Not supported by viewer]</text></switch>", "foreignObject"),
        (f"<switch>{LABEL % ''}</switch>", "foreignObject"),
        (f"<g>{LABEL % ''}<text>The depot</text></g>", "foreignObject"),
        (f"<switch>{LABEL % '<script/>'}<text>The depot</text></switch>", "script"),
        (f"<switch>{LABEL % '<img/>'}<text>The depot</text></switch>", "img"),
        (f"<switch>{LABEL % '<iframe/>'}<text>The depot</text></switch>", "iframe"),
        ("<switch>" + LABEL.replace("<b>", '<b onclick="x()">') % "" + "<text>The depot</text>"
         "</switch>", "onclick"),
        ('<switch><foreignObject onload="x()"/><g/></switch>', "onload"),
    ],
)  # fmt: skip
def test_a_label_in_html_stops_where_it_would_be_lost_or_could_run(inside: str, harm: str) -> None:
    found = read_drawing(drawing(inside))
    assert found.harm == harm
    assert b"foreignObject" not in found.data


def test_names_of_namespaces_may_be_entities() -> None:
    doctype = f'<!DOCTYPE svg [<!ENTITY ns_ai "{ADOBE}"><!ENTITY ns_svg "{SPACE}">]>'
    data = f'{doctype}<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" i:x="y"><path d="M0 0"/></svg>'
    found = read_drawing(data.encode())
    assert not found.harm
    assert b"adobe" not in found.data
    assert b"<path" in found.data
    for other in ("http://example.org/", "javascript:x()", "x"):
        bad = data.replace(ADOBE, other, 1)
        assert read_drawing(bad.encode()).harm == "ENTITY"


def test_an_ordinary_drawing_stays_as_it_is() -> None:
    inside = (
        '<title>Plan</title><defs><linearGradient id="a"><stop offset="1" stop-color="#fff"/>'
        '</linearGradient><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
        '<g class="road" clip-path="url(#c)" transform="translate(1,2)scale(3) rotate(4 5,6)">'
        '<path d="M1 1l2.5-3e-4z" fill="url(#a)" style="stroke: rgb(1,2,3); stroke-width: 2px"/>'
        '<use href="#c"/><a href="https://example.org/"><text x="1 2" font-family="\'Open Sans\'">'
        "Eland <tspan>Road</tspan></text></a></g>"
        '<animate attributeName="opacity" values="0;1" dur="2s"/>'
    )
    found = read_drawing(drawing(inside))
    assert found.harm == ""
    assert b"".join(found.data.split(b"\n")[1:]) == drawing(inside)


def test_what_a_drawing_program_adds_goes_without_a_word() -> None:
    inside = (
        '<sodipodi:namedview xmlns:sodipodi="urn:s" pagecolor="#fff"/>'
        '<metadata><r:RDF xmlns:r="urn:r"><r:about>Robin</r:about></r:RDF></metadata>'
        '<g xmlns:inkscape="urn:i" inkscape:label="Layer 1" data-name="x" xml:base="/x/" '
        'style="-inkscape-stroke: none; fill: #123"><?php x ?><!-- x --><path d="M1 1"/></g>'
        "<style>.a { fill: red; -x-y: 1; scroll-behavior: smooth } "
        "@media print { .a { fill: #000 } }"
        "@font-face { font-family: X; src: url(data:font/woff2;base64,AAAA) }</style>"
    )
    found = read_drawing(drawing(inside.replace("<?php x ?>", "<?x y?>")))
    assert found.harm == ""
    text = found.data.decode()
    assert '<g style="fill: #123"><path d="M1 1"/></g>' in text
    assert "<style>.a { fill: red }\n@media print {\n.a { fill: #000 }\n}</style>" in text
    for word in ("Robin", "inkscape", "sodipodi", "RDF", "base", "data-name", "font-face", "<?x y"):
        assert word not in text


def test_a_drawing_without_its_namespace_gets_it() -> None:
    found = read_drawing(b'<svg viewBox="0 0 1 1"><path d="M1 1"/><script/></svg>')
    assert found.harm == "script"
    assert f'<svg xmlns="{SPACE}"'.encode() in found.data
    assert_clean(found.data)


def test_a_picture_inside_keeps_only_what_draws() -> None:
    exif, file = Image.Exif(), BytesIO()
    exif[0x013B] = "SECRET"
    Image.new("RGB", (8, 8), "teal").save(file, "JPEG", exif=exif, comment=b"SECRET")
    for data in (file.getvalue(), picture(8, 8)):
        # What a program cut away is left out as well (CVE-2023-21036).
        code = base64.b64encode(data + b"SECRET").decode()
        kind = "jpeg" if data[:1] == b"\xff" else "png"
        found = read_drawing(drawing(f'<image href="data:image/{kind};base64,{code}"/>'))
        assert found.harm == ""
        match = re.search(rb"base64,([^\"]+)", found.data)
        assert match is not None
        inner = base64.b64decode(match[1])
        assert b"SECRET" not in inner
        assert Image.open(BytesIO(inner)).size == (8, 8)


def test_all_words_are_given_to_the_guard() -> None:
    found = read_drawing(drawing(
        '<title>A &amp; B</title><desc>of</desc><text>077<tspan>00 900</tspan>321</text>'
        '<text id="jo@example.org" aria-label="Mrs &#75;han">x</text>'
        '<a href="mailto:sal@example.org"/><metadata>not published</metadata>'
    ))  # fmt: skip
    words = "\n".join(found.words)
    for word in ("A & B", "of", "07700 900321", "jo@example.org", "Mrs Khan", "sal@example.org"):
        assert word in words
    assert "not published" not in words


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("fill: red; stroke: url(#a)", "fill: red; stroke: url(#a)"),
        ("fill: \\72 ed", "fill: red"),
        ("font-family: 'a;b'; fill: red", "fill: red"),
        ("fill: red\\7d a{x", ""),
        ("FILL: Red !important", "fill: Red !important"),
        ("fill: url(#a) red; position: fixed", "fill: url(#a) red"),
        ("background: red", ""),
        ("fill: foo(1)", ""),
    ],
)
def test_declarations_are_read_after_their_escapes(written: str, kept: str) -> None:
    assert safe_style(written) == kept


@pytest.mark.parametrize(
    "sheet", ["{" * 50_000, "a{}" * 50_000, "url(" + " " * 100_000, "a{b:" * 9_999]
)
def test_long_styles_are_quick(sheet: str) -> None:
    read_drawing(drawing(f"<style>{sheet}</style><g style='{sheet}'/>"))


def assert_clean(data: bytes) -> None:
    """The written drawing, parsed again, has nothing but what is on the list."""
    root = etree.fromstring(data)
    assert root.getroottree().docinfo.doctype == ""
    for node in root.getroottree().iter():
        assert isinstance(node.tag, str), node
        space, _, name = node.tag.rpartition("}")
        assert space == f"{{{SPACE}"
        assert name in ELEMENTS
        for key, value in node.attrib.items():
            local = key.rpartition("}")[2]
            assert local in ATTRIBUTES | {"href", "style", "space"} or local.startswith("aria-")
            assert not local.startswith("on")
            plain = re.sub(r"[\t\n\r]", "", value).strip().lower()
            if local == "href":
                allowed = (
                    "#",
                    "data:image/png",
                    "data:image/jpeg",
                    "data:image/gif",
                    "data:image/webp",
                )
                links = ("http:", "https:", "mailto:", "tel:")
                is_link = name == "a" and (
                    plain.startswith(links) or not re.match(r"[a-z][a-z\d+.-]*:", plain)
                )
                assert plain.startswith(allowed) or is_link, value
            elif local not in WORDS and not local.startswith("aria-"):
                assert not re.search(
                    r"url\(\s*['\"]?(?!#)\S|@import|javascript:|expression\(", decoded(plain)
                ), value
        if name == "style":
            assert "@import" not in (node.text or "").lower()
            assert not re.search(r"url\(\s*['\"]?(?!#)\S", node.text or "", re.IGNORECASE)
            assert "\\" not in (node.text or "")
        if name in ("set", "animate", "animateTransform"):
            assert "href" not in node.get("attributeName", "").lower()


NAMES = st.sampled_from(
    ("svg", "g", "path", "a", "use", "image", "style", "text", "set", "animate", "script", "SCRIPT",
     "foreignObject", "iframe", "metadata", "title", "x:script", "h:script", "h:p", "i:label",
     "font-face-uri", "feImage", "mpath", "svg:handler")
)  # fmt: skip
KEYS = st.sampled_from(
    ("href", "xlink:href", "onclick", "onload", "style", "fill", "clip-path", "id", "class",
     "attributeName", "to", "values", "from", "begin", "xml:base", "i:href", "src", "transform",
     "aria-label", "d", "filter", "type")
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ("#a", "url(#a)", "javascript:x()", " java\tscript:x()", "http://example.org/x", "//x.y",
         "data:text/html,x", "data:image/svg+xml,x", "u\\72l(http://x.y)", "url('//x.y')", "href",
         "xlink:href", "onclick", "fill:red;stroke:url(//x)", "@import 'x'", "red", "1 2 3",
         "expression(x)", "url(#a) url(x)", "https://example.org/", "mailto:x@example.org")
    ),
    st.text(alphabet="ur\\l(72)#'\":;/*@{}<>! \n\tjavascript", max_size=30),
)  # fmt: skip
SPACES = f'xmlns:x="{SPACE}" xmlns:svg="{SPACE}" xmlns:h="{XHTML}" xmlns:i="urn:i" {XLINK}'


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    from html import escape

    name = draw(NAMES)
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    attributes = "".join(f' {key}="{escape(draw(VALUES))}"' for key in keys)
    words = escape(draw(VALUES))
    inside = draw(st.lists(trees(depth + 1), max_size=3)) if depth < 3 else []
    return f"<{name}{attributes}>{words}{''.join(inside)}</{name}>{words}"


@settings(max_examples=examples(400), deadline=None, derandomize=True, database=None)
@given(st.lists(trees(), max_size=4))
def test_whatever_is_drawn_only_what_is_allowed_is_written(inside: list[str]) -> None:
    data = f"{SVG[:-1]} {SPACES}>{''.join(inside)}</svg>".encode()
    found = read_drawing(data)
    assert_clean(found.data)
    again = read_drawing(found.data)
    assert (again.data, again.harm) == (found.data, "")


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="ur\\l(72)#'\":;/*@{}<>! \nimport.a-", max_size=80))
def test_no_sheet_fetches(text: str) -> None:
    sheet = safe_sheet(f".a {{ fill: red }} {text}")
    assert "\\" not in sheet
    assert "@import" not in sheet.lower()
    assert not re.search(r"url\(\s*['\"]?(?!#)\S", sheet, re.IGNORECASE)
    assert safe_sheet(sheet) == sheet
