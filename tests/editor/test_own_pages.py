"""Texts to share, the digest and the figures are pages of the editor, each with a way back."""

from __future__ import annotations

import re

import pytest

from editor.running import RunningEditor


def test_a_post_is_shared_within_the_editor(editor: RunningEditor) -> None:
    given = editor.editor.desk.ids.of("posts/fine.md")
    share = editor.get("office/share").body.decode()
    assert f'href="{editor.editor.address}share/{given}"' in share
    assert 'target="_blank"' not in share.replace('see" target="_blank"', "")
    said = editor.get(f"share/{given}")
    page = said.body.decode()
    assert f'<a href="{editor.editor.address}office/share">Back to Share</a>' in page
    assert "https://ward.example.org/2026/11/" in page
    assert page.count("<textarea readonly") > 2
    assert "script-src 'self'" in said.headers["content-security-policy"]
    (script,) = re.findall(r'<script defer src="([^"]+)"', page)
    assert editor.ask("GET", script).status == 200


def test_what_cannot_be_shared_has_no_page(editor: RunningEditor) -> None:
    assert editor.get(f"share/{'0' * 16}").status == 404
    given = editor.editor.desk.ids.of("images/x.png")
    assert editor.get(f"share/{given}").status == 404


def test_the_page_says_why_nothing_can_be_shared(editor: RunningEditor) -> None:
    path = editor.content / "posts/fine.md"
    path.write_text("Status: draft\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    editor.editor.desk.preview.update([path])
    page = editor.get("office/share").body.decode()
    assert "is a draft, so residents cannot read it yet. Choose “Everybody, after you" in page


@pytest.mark.parametrize(("name", "office"), [("digest", "digest"), ("figures", "figures")])
def test_the_digest_and_the_figures_lead_back(
    editor: RunningEditor, name: str, office: str
) -> None:
    page = editor.get(name).body.decode()
    assert f'<a href="{editor.editor.address}office/{office}">Back to' in page
    assert "make listen" not in page
    assert "(opens in a new window)" not in editor.get(f"office/{office}").body.decode()
