"""Faults in the XML of exports: what is repaired and said, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.old_blog.exports import FIRST_DAY, SITE, wxr_item, wxr_of
from scaffold.old_blog.reading import file_of, only, read, refused
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.xml_text import XmlBytes


def _export(text: str, title: str = "Two bins") -> str:
    return wxr_of(
        wxr_item(number=7, title=title, slug="two-bins", link=f"{SITE}/a/", text=text,
                 moment=FIRST_DAY)
    )  # fmt: skip


def test_control_characters_are_left_out_and_reported(tmp_path: Path) -> None:
    blog = read(tmp_path, _export("One\x0btwo\x08three\x00."))
    assert only(blog).text == "One twothree."
    assert any("3 invisible control characters" in words for words in blog.left_out)


def test_references_to_control_characters_are_left_out(tmp_path: Path) -> None:
    export = _export("x").replace("<![CDATA[Two bins]]>", "Two&#11; bins&#x1F; &#65;&#xD800;")
    blog = read(tmp_path, export)
    assert only(blog).title == "Two bins A"
    assert any("3 invisible control characters" in words for words in blog.left_out)


def test_what_looks_like_a_reference_in_the_text_stays(tmp_path: Path) -> None:
    assert only(read(tmp_path, _export("&#8; &nbsp; &amp; & <"))).text == "&#8; &nbsp; &amp; & <"


def test_a_lone_ampersand_is_kept_and_reported(tmp_path: Path) -> None:
    blog = read(tmp_path, _export("x").replace("<![CDATA[Two bins]]>", "Fish & chips &c; R&D"))
    assert only(blog).title == "Fish & chips &c; R&D"
    note = "a lone & was read as the character itself (3 times)"
    assert any(note in said for said in blog.left_out)


def test_names_of_signs_that_only_html_knows_are_read(tmp_path: Path) -> None:
    export = _export("x").replace("<![CDATA[Two bins]]>", "Caf&eacute;&nbsp;&ndash; &AMP; &lt;b")
    assert only(read(tmp_path, export)).title == "Café – & <b"


def test_an_ampersand_in_the_address_of_a_link_is_read(tmp_path: Path) -> None:
    term = f'<category domain="category" nicename="a&b"><![CDATA[A & B]]></category>'  # noqa: F541
    post = only(read(tmp_path, _export("x").replace("</item>", f"{term}</item>")))
    assert [(term.name, term.slug) for term in post.terms] == [("A & B", "a&b")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    export = _export("Môn, café £5").replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert only(read(tmp_path, export.encode(encoding))).text == "Môn, café £5"


def test_bytes_that_are_not_utf_8_are_read_as_windows_wrote_them(tmp_path: Path) -> None:
    export = _export("Proper: café. Not: HERE.").encode()
    blog = read(tmp_path, export.replace(b"HERE", b"\x93caf\xe9\x94"))
    assert only(blog).text == "Proper: café. Not: “café”."
    assert any("read as Windows-1252 (3 letters)" in words for words in blog.left_out)


def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for name in ("klingon", "zlib", "rot13"):
        path.write_text(_export("x").replace('encoding="UTF-8"', f'encoding="{name}"'))
        assert f'a.xml:1: the encoding "{name}" is not known' in refused(path)


def test_lines_and_spaces_before_the_declaration_do_no_harm(tmp_path: Path) -> None:
    assert only(read(tmp_path, "\n\n  " + _export("Fine."))).text == "Fine."


@pytest.mark.parametrize("cut", ["</wp:post_id>", "]]></content:encoded>", "</channel>", "<guid"])
def test_an_export_that_was_cut_off_says_where(tmp_path: Path, cut: str) -> None:
    whole = _export("Some text.")
    path = tmp_path / "a.xml"
    path.write_text(whole[: whole.index(cut)])
    said = refused(path)
    assert "the export is not complete, or damaged here" in said
    assert "Export the blog again" in said
    assert int(said.split("a.xml:")[1].split(":")[0]) <= whole.count("\n") + 1


def test_the_message_of_a_programs_fault_at_the_end_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    whole = _export("Some text.")
    path.write_text(whole[: whole.index("</channel>")] + "<br />\n<b>Fatal error</b>: time is up")
    assert "a.xml:" in refused(path)


def test_tags_that_do_not_match_say_where(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    text = _export("x").replace("<![CDATA[x]]>", "a section in a section ]]> </b>")
    path.write_text(text)
    line = text[: text.index("</b>")].count("\n") + 1
    said = refused(path)
    assert f"a.xml:{line}: this is not valid XML" in said
    assert "correct this line" in said


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
     '<!DOCTYPE rss SYSTEM "x.dtd" [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'],
)  # fmt: skip
def test_a_file_that_declares_entities_is_refused(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(_export("x").replace("<rss", f"{declared}<rss"))
    assert "declares entities" in refused(path)


def test_another_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    export = _export("x").replace("<rss", f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">\n<rss')
    export = export.replace("<![CDATA[Two bins]]>", "&secret;")
    assert only(read(tmp_path, export)).title == "&secret;"


def test_elements_within_elements_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    deep = "<b>" * 100_000 + "</b>" * 100_000
    path.write_text(_export("x").replace("<![CDATA[x]]>", deep))
    assert "a.xml:" in refused(path)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 61])
def test_what_is_repaired_does_not_depend_on_where_the_file_is_cut(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("wardblog.scaffold.old_blog.exports.xml_text._CHUNK", 400 + size)
    parts = ["<![CDATA[a & b &nbsp; ]]]]><![CDATA[>]]>", " &nbsp;", " & ", "&#8;", "é“", "&amp;lt;"]
    text = "<r>" + "".join(parts) * 200 + "</r>"
    left_out = LeftOut()
    with file_of("a.xml", text.encode()).open() as stream:
        given = XmlBytes(stream, "a.xml", left_out)
        found = b"".join(iter(lambda: given.read(size * 50), b"")).decode()
    repaired = text.replace(" &nbsp;é", " é").replace("]]> &nbsp; & &#8;", "]]> &#160; &amp; ")
    assert found == repaired
    assert left_out.words()[0] == "200 invisible control characters in a.xml"
    assert "(200 times)" in left_out.words()[1]


def test_an_empty_file_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("")
    assert "is not the export of a blog" in refused(path)
