"""The list of what HTML a text may have, and what looks like HTML that runs."""

from __future__ import annotations

import pytest

from wardblog.content.markdown.cleaning import (
    cleaned,
    differs,
    harm_in,
    is_address_kept,
    runs,
    scheme_of,
)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="{filename}x.md">a</a>',
        '<a href="{static}/files/ä b.pdf#c">a</a>',
        '<a href="|filename|x.md">a</a>',
        '<a href="{attach}minutes.pdf" download="" hreflang="cy" rel="nofollow">a</a>',
        '<a href="/issues/?a=1&amp;b=2#c">a</a>',
        '<a href="tel:+442079460456">a</a><a href="sms:1">b</a><a href="webcal://a/b.ics">c</a>',
        '<img src="a.png" alt="A &quot;bin&quot;" width="2" height="3" loading="lazy">',
        '<p id="a" class="b c" title="d" lang="ur" dir="rtl" role="note" aria-label="e">f</p>',
        '<table><thead><tr><th scope="col" align="left">a</th></tr></thead></table>',
        '<video src="a.mp4" controls="" preload="none"><track src="a.vtt" kind="captions"></video>',
        '<picture><source media="(min-width: 9em)" src="a.png"><img src="b.png" alt=""></picture>',
        '<blockquote cite="https://example.org/">a</blockquote>',
        '<time datetime="2026-11-20">b</time>',
        '<details open=""><summary>a</summary></details>',
        '<ol start="3" reversed="" type="a"></ol>',
        "<pre><code>\n&lt;b&gt;</code></pre>",
    ],
)
def test_what_is_on_the_list_stays_to_the_letter(html: str) -> None:
    assert cleaned(html) == html


@pytest.mark.parametrize(
    ("html", "after"),
    [
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<blockquote cite="javascript:x">a</blockquote>', "<blockquote>a</blockquote>"),
        ('<video poster="data:text/html,x"></video>', "<video></video>"),
        ('<p onclick="x" style="y" data-z="1">a</p>', "<p>a</p>"),
        ("<script>a</script><style>b</style><center>c</center>", "c"),
        ("<svg><script>a</script></svg><math><mi>b</mi></math>", ""),
        ("<b>a", "<b>a</b>"),
    ],
)
def test_all_else_is_taken_out(html: str, after: str) -> None:
    assert cleaned(html) == after
    assert differs(html, after)


def test_another_way_to_write_a_sign_is_no_difference() -> None:
    html = "<p>&#8617; &quot;a&quot;&#160;</p>"
    assert cleaned(html) != html
    assert not differs(html, cleaned(html))


@pytest.mark.parametrize(
    ("address", "scheme", "kept", "is_run"),
    [
        ("https://example.org/", "https", True, False),
        ("posts/a.md", "", True, False),
        ("//example.org/a:b", "", True, False),
        ("?a=b:c", "", True, False),
        (" \n java\tscript:x", "javascript", False, True),
        ("JAVASCRIPT:x", "javascript", False, True),
        ("\x01vbscript:x", "vbscript", False, True),
        ("data:text/html,x", "data", False, True),
        ("data:image/png;base64,x", "data", False, False),
        ("C:\\bins.png", "c", False, False),
    ],
)
def test_an_address_is_read_as_browsers_read_it(
    address: str, scheme: str, kept: bool, is_run: bool
) -> None:
    assert scheme_of(address) == scheme
    assert is_address_kept(address) is kept
    assert runs(address) is is_run


@pytest.mark.parametrize(
    ("words", "harm"),
    [
        ("<script>x</script>", "<script>"),
        ("</SCRIPT >", "<script>"),
        ("< iframe src=x>", "<iframe>"),
        ("&lt;script&gt;", "<script>"),
        ("<scr\nipt>", "<script>"),
        ("<img src=x onerror=y>", '"onerror"'),
        ('<b/onclick="x">', '"onclick"'),
        ("java\tscript:x", '"javascript:"'),
        ("java&#115;cript:x", '"javascript:"'),
        ("<a href=data:text/html,x>", '"data:text/html"'),
        ("<b>Eland</b> Road", ""),
        ("<img src=x>", ""),
        ("we <3 grit, a < b and on=off", ""),
        ("Learn JavaScript: an evening", ""),
        ("<p>once = twice</p>", ""),
        ("A &amp; B", ""),
        ("<scripted>", ""),
    ],
)
def test_names_are_words_unless_they_would_run(words: str, harm: str) -> None:
    assert harm_in(words) == harm
