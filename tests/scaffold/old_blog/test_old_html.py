"""HTML of old posts as Markdown that a person would have written."""

from __future__ import annotations

from textwrap import dedent

import pytest

from scaffold.old_blog.old_texts import BIN, SITE, convert, notes

CASES = {
    "words": ("<p>The council’s &amp; our&nbsp;bins.</p>", "The council’s & our bins."),
    "emphasis with spaces": ("<p>A<b> bold </b>and <i>leaning</i>word.</p>", "A **bold** and *leaning*word."),
    "both": ("<p><b><i>Both</i></b> and <b>bold <em>and</em> more</b></p>", "***Both*** and **bold _and_ more**"),
    "in a word": ("<p>un<b>believ<i>abl</i>e</b></p>", "un**believ<em>abl</em>e**"),
    "doubled": ("<p><b>a <strong>b</strong></b></p>", "**a b**"),
    "styles": (
        '<p><span style="font-weight: 700">Bold</span> <span style="font-style:italic">it</span> '
        '<span style="color: red">red</span> <b style="font-weight:normal">plain</b></p>',
        "**Bold** *it* red plain",
    ),
    "struck, raised": ("<p><strike>old</strike> H<sub>2</sub>O m<sup>2</sup></p>",
                       "<del>old</del> H<sub>2</sub>O m<sup>2</sup>"),
    "empty": ("<p><b> </b><a href='/x'></a><span></span></p><p>&nbsp;</p><p>a</p>", "a"),
    "headings": ("<h3>First <b>bold</b></h3><p>a</p><h4>Second</h4><h3>Third</h3>",
                 "## First bold\n\na\n\n### Second\n\n## Third"),
    "top heading": ("<h1>Top</h1><h2>Next</h2>", "## Top\n\n### Next"),
    "list": ("<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li><li> </li></ul>",
             "- a\n- b\n    - c"),
    "numbers": ('<ol start="3"><li>a</li><li>b<ul><li>c</li></ul></li></ol>',
                "3. a\n4. b\n    - c"),
    "loose list": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n    b\n\n- c"),
    "list in list": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n    - b"),
    "unclosed": ("<ul><li>a<li>b</ul><p>c<p>d", "- a\n- b\n\nc\n\nd"),
    "quotation": ("<blockquote><p>a</p><ul><li>b</li></ul><cite>C</cite></blockquote>",
                  "> a\n>\n> - b\n>\n> *C*"),
    "rule": ("<p>a</p><hr><p>* * *</p><p>b</p>", "a\n\n---\n\n---\n\nb"),
    "code": ("<p><code>a*b_c</code> and <code>x`y</code></p><pre><code class='language-php'>&lt;? a\n\n  b</code></pre>",
             "`a*b_c` and ``x`y``\n\n```php\n<? a\n\n  b\n```"),
    "poem": ('<pre class="wp-block-verse">Roses are red,\nand violets are blue</pre>',
             "Roses are red,\\\nand violets are blue"),
    "terms": ("<dl><dt>Grit</dt><dd>Salt and sand</dd><dt>Bin</dt><dd>A</dd><dd>B</dd></dl>",
              "Grit\n:   Salt and sand\n\nBin\n:   A\n:   B"),
    "address": ("<p>Robin Sample<br>1 Sample Street<br>London SW11 0XX</p>",
                "Robin Sample\n1 Sample Street\nLondon SW11 0XX"),
    "lines": ("<p>We met at the crossing and walked the whole road.<br>It took an hour.</p>",
              "We met at the crossing and walked the whole road.\\\nIt took an hour."),
    "paragraphs by br": ("a<br><br>b<br/>\n<br/>c<div>d</div><div><br></div>e", "a\n\nb\n\nc\n\nd\n\ne"),
    "bold over paragraphs": ("<b>a<br><br>b</b> c", "**a**\n\n**b** c"),
    "bold around blocks": ("<b><div>a</div><ul><li>b</li></ul></b>", "**a**\n\n- b"),
    "nested divs": ("<div><div dir='ltr'><div>a</div></div><p>b</p></div>", "a\n\nb"),
    "quotes": ("<p>He said <q>no</q>.</p>", "He said “no”."),
    "abbreviation": ('<p>The <abbr title="Greater London Authority">GLA</abbr></p>',
                     'The <abbr title="Greater London Authority">GLA</abbr>'),
    "details": ("<details><summary>More</summary><p>a</p></details>", "More\n\na"),
    "unseen": ("<p>a\u200bb\u00ad\ufeff</p><!-- note --><style>p{}</style><script>x()</script>", "ab"),
    "word's own": (
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        '<p class="MsoNormal"><o:p></o:p></p><p class="MsoNormal"><span lang="EN-GB">a<o:p></o:p></span></p>',
        "a",
    ),
    "word's list": (
        '<p class="MsoListParagraphCxSpFirst"><!--[if !supportLists]--><span style="font-family:Symbol">·'
        '<span style="font:7pt">&nbsp;&nbsp; </span></span><!--[endif]-->One</p>'
        '<p class="MsoListParagraphCxSpLast"><span>·<span>&nbsp; </span></span><b>Two</b></p>',
        "- One\n- **Two**",
    ),
    "typed bullets": ("<p>• One</p><p>• Two</p>", "- One\n- Two"),
    "typed lines": ("<p>Agenda:<br>- first<br>- <b>second</b><br>See you.</p>",
                    "Agenda:\n\n- first\n- **second**\n\nSee you."),
    "typed alone": ("<p>- he said</p>", "\\- he said"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_html_becomes_markdown_as_a_person_writes_it(case: str) -> None:
    html, markdown = CASES[case]
    result = convert(html)
    assert result.text == f"{markdown}\n"
    assert result.notes == ()


def test_nothing_is_nothing() -> None:
    for html in ("", " \n ", "<p>&nbsp;</p>", "<div><br></div>", "<!-- wp:paragraph /-->"[:0]):
        assert convert(html).text == ""


LINKS = {
    "a post": ('<a href="http://www.old.example.org/2014/03/other/?utm_source=x#top">o</a>',
               "[o](2014-03-01-other.md#top)"),
    "a page": ('<a href="/about/">o</a>', "[o](../pages/about.md)"),
    "a path of the new site": ('<a href="/category/bins/">o</a>', "[o](/issues/grit-bins/)"),
    "a document": ('<a href="/wp-content/uploads/2014/03/plan.pdf">o</a>', "[o](../files/2014/plan.pdf)"),
    "another site": ('<a href="https://x.org/a?fbclid=1" title="T" target="_blank">o</a>',
                     "[o](https://x.org/a)"),
    "spaces around": ('a<a href="https://x.org/"> o </a>b', "a [o](https://x.org/) b"),
    "brackets": ('<a href="https://x.org/a_(b)">[o] p</a> <a href="https://x.org/)">p]</a>',
                 "[[o] p](https://x.org/a_(b)) [p\\]](https://x.org/%29)"),
    "a bare address": ('See <a href="https://x.org/a_b">https://x.org/a_b</a>.', "See https://x.org/a_b."),
    "in a word": ('x<a href="https://x.org/a">https://x.org/a</a>', "x<https://x.org/a>"),
    "mail": ('<a href="mailto:a@x.org">a@x.org</a> <a href="mailto:b@x.org">Write</a>',
             "a@x.org [Write](mailto:b@x.org)"),
    "emphasis inside": ('<a href="https://x.org/"><b>o</b> p</a>', "[**o** p](https://x.org/)"),
    "no address": ('<a name="x">o</a> <a href="javascript:x()">p</a> <a href="#gone">q</a>', "o p q"),
    "around a heading": ('<a href="https://x.org/"><h2>o</h2></a>', "## [o](https://x.org/)"),
    "around blocks": ('<a href="https://x.org/"><div>o</div><div>p</div></a>',
                      "[o](https://x.org/)\n\n[p](https://x.org/)"),
    "in the text": ('<p><a href="#b">down</a></p><h2 id="b">Below</h2>', "[down](#b)\n\n## Below {#b}"),
    "in the text, old": ('<p><a href="#b">down</a></p><p><a name="b"></a>Below</p>',
                         '[down](#b)\n\n<a id="b"></a>Below'),
    "a telephone": ('<a href="tel:+442079460123">call</a>', "[call](tel:+442079460123)"),
    "spaces in it": ('<a href="https://x.org/a b.html">o</a>', "[o](https://x.org/a%20b.html)"),
}  # fmt: skip


@pytest.mark.parametrize("case", LINKS)
def test_links_lead_to_the_new_files(case: str) -> None:
    html, markdown = LINKS[case]
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_a_link_to_the_old_site_that_leads_nowhere_is_noted() -> None:
    result = convert('<p>a</p><p><a href="/gone/">b</a> <a href="/minutes.pdf">c</a></p>')
    assert result.text == f"a\n\n[b]({SITE}/gone/) [c]({SITE}/minutes.pdf)\n"
    assert notes(result) == [(3, "link", f"{SITE}/gone/"), (3, "upload", f"{SITE}/minutes.pdf")]
    assert [(link.address, link.file, link.line) for link in result.links] == [
        (f"{SITE}/gone/", "", 3), (f"{SITE}/minutes.pdf", "", 3),
    ]  # fmt: skip


PICTURE = "![A bin](../images/2014/bin.jpg)"
SHOWN = f'<img src="{BIN}" alt="A bin">'
PICTURES = {
    "alone": (f"<p>{SHOWN}</p>", PICTURE),
    "beside words": (f"<p>{SHOWN} One.</p><p>Two. {SHOWN}</p>", f"{PICTURE}\n\nOne.\n\nTwo.\n\n{PICTURE}"),
    "between words": (f"<p>One {SHOWN} two.</p>", f"One {PICTURE} two."),
    "on a line": (f"One<br>{SHOWN}<br>two", f"One\\\n{PICTURE}\\\ntwo"),
    "leading to itself": (f'<a href="{BIN}">{SHOWN}</a>', PICTURE),
    "leading to its page": (f'<a href="/2014/04/here/bin/" rel="attachment wp-att-7">{SHOWN}</a>', PICTURE),
    "leading elsewhere": (f'<a href="https://x.org/">{SHOWN}</a>', f"[{PICTURE}](https://x.org/)"),
    "in bold": (f"<b>{SHOWN}</b>", PICTURE),
    "with its caption": (f"<figure>{SHOWN}<figcaption>In <b>Eland</b> Road</figcaption></figure>",
                         '![A bin](../images/2014/bin.jpg "In Eland Road")'),
    "quotation marks": (f"<figure>{SHOWN}<figcaption>The “new” \"bin\"</figcaption></figure>",
                        "![A bin](../images/2014/bin.jpg 'The “new” \"bin\"')"),
    "a caption with a link": (
        f'<figure>{SHOWN}<figcaption>By <a href="https://x.org/">R</a></figcaption></figure>',
        f"{PICTURE}\n\nBy [R](https://x.org/)",
    ),
    "blogger's caption": (
        f'<table class="tr-caption-container"><tbody><tr><td><a href="{BIN}">{SHOWN}</a></td></tr>'
        '<tr><td class="tr-caption">In snow</td></tr></tbody></table>',
        '![A bin](../images/2014/bin.jpg "In snow")',
    ),
    "wordpress's caption": (
        f'<div class="wp-caption alignleft"><a href="{BIN}">{SHOWN}</a><p class="wp-caption-text">In snow</p></div>',
        f"{PICTURE}\n\nIn snow",
    ),
    "no alt": (f'<img src="{BIN}">', "![A yellow bin](../images/2014/bin.jpg)"),
    "waiting": (f'<img src="data:image/gif;base64,R0" data-src="{BIN}" alt="A bin">', PICTURE),
    "alt with brackets": (f'<img src="{BIN}" alt="A [bin] & *more*">',
                          "![A [bin] & \\*more\\*](../images/2014/bin.jpg)"),
    "counters": ('<p>a<img src="https://pixel.wp.com/b.gif" alt=""><img src="x.gif" width="1" height="1"></p>', "a"),
    "emoji": (
        '<p>Yes <img src="https://s.w.org/images/core/emoji/2/72x72/1f44d-1f3fd.png" class="wp-smiley"> '
        '<img class="wp-smiley" src="/wp-includes/images/smilies/icon_smile.gif" alt=":)"></p>',
        "Yes 👍🏽 :)",
    ),
    "in a heading": (f"<h2>{SHOWN}Title</h2>", f"## Title\n\n{PICTURE}"),
    "in a list": (f"<ul><li>{SHOWN}</li><li>a</li></ul>", f"- {PICTURE}\n- a"),
}  # fmt: skip


@pytest.mark.parametrize("case", PICTURES)
def test_pictures_are_paragraphs_with_their_words(case: str) -> None:
    html, markdown = PICTURES[case]
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_a_picture_says_where_it_is_used() -> None:
    result = convert(f"<p>a</p><figure>{SHOWN}<figcaption>C</figcaption></figure>")
    (picture,) = result.pictures
    assert (picture.address, picture.file, picture.alt) == (BIN, "images/2014/bin.jpg", "A bin")
    assert (picture.caption, picture.line) == ("C", 3)


def test_a_picture_that_is_not_there_becomes_a_link_and_is_noted() -> None:
    other = "https://img.example.org/a.jpg"
    html = f'<p>a</p><p><img src="/wp-content/uploads/2014/03/x-300x200.jpg" alt="X"></p><img src="{other}">'
    result = convert(html)
    full = f"{SITE}/wp-content/uploads/2014/03/x.jpg"
    assert result.text == f"a\n\n[X]({full})\n\n[Picture on img.example.org]({other})\n"
    assert notes(result) == [(3, "picture", full), (5, "picture", other)]


TABLES = {
    "heading": ("<table><thead><tr><th>Day</th><th>Time</th></tr></thead><tbody><tr><td><p>Mon</p></td>"
                "<td>6 <b>pm</b> | 7 pm</td></tr></tbody></table>",
                "| Day | Time |\n|---|---|\n| Mon | 6 **pm** \\| 7 pm |"),
    "no heading": ("<table><tr><td>Day</td><td>Time</td></tr><tr><td>Mon</td><td>6</td></tr></table>",
                   "| Day | Time |\n|---|---|\n| Mon | 6 |"),
    "bold heading": ("<table><tr><td><b>2014</b></td><td><b>2015</b></td></tr><tr><td>1</td><td>2</td></tr></table>",
                     "| 2014 | 2015 |\n|---|---|\n| 1 | 2 |"),
    "nothing like a heading": ("<table><tr><td>Mon</td><td>6</td></tr><tr><td>Tue</td><td>7</td></tr></table>",
                               "| | |\n|---|---|\n| Mon | 6 |\n| Tue | 7 |"),
    "lines in a cell": ("<table><tr><th>A</th><th>B</th></tr><tr><td>x<br>y</td><td><p>1</p><p>2</p></td></tr></table>",
                        "| A | B |\n|---|---|\n| x<br>y | 1<br>2 |"),
    "a short row": ("<table><tr><th>A</th><th>B</th></tr><tr><td>x</td></tr></table>",
                    "| A | B |\n|---|---|\n| x | |"),
    "layout": (f"<table><tr><td>{SHOWN}</td><td><p>Beside.</p></td></tr></table>", f"{PICTURE}\n\nBeside."),
    "one column": ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
    "a caption": ("<table><caption>Hours</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
                  "Hours\n\n| A | B |\n|---|---|\n| 1 | 2 |"),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_simple_tables_are_written_with_bars(case: str) -> None:
    html, markdown = TABLES[case]
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_other_tables_stay_html_without_their_styles_and_are_noted() -> None:
    result = convert(
        '<p>a</p><table border="1" style="width:9px"><tr><th colspan="2" bgcolor="red">A &amp; B</th></tr>'
        '<tr><td width="5"><a href="/about/">x</a></td><td><ul><li>y</li></ul></td></tr></table>'
    )
    assert result.text == dedent("""\
        a

        <table>
        <tr><th colspan="2">A &amp; B</th></tr>
        <tr><td><a href="../pages/about.md">x</a></td><td><ul><li>y</li></ul></td></tr>
        </table>
        """)
    assert notes(result) == [(3, "code", "table")]


NOTES = {
    "of markdown": (
        '<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup> b.</p><div class="footnotes"><hr><ol>'
        '<li id="fn-1">Note <b>x</b>. <a href="#fnref-1">&#8617;</a></li></ol></div>'
    ),
    "of word": (
        '<p>a<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> b.</p><hr>'
        '<p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Note <b>x</b>.</p>'
    ),
    "of blocks": (
        '<p>a<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup> b.</p>'
        '<ol class="wp-block-footnotes"><li id="u">Note <b>x</b>. <a href="#u-link">↩︎</a></li></ol>'
    ),
    "without names": (
        f'<p>a<sup><a href="{SITE}/2014/04/here/#fn:1">1</a></sup> b.</p><hr><ol><li><p>Note <b>x</b>.'
        f' <a href="{SITE}/2014/04/here/#fnref:1">↩</a></p></li></ol>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTES)
def test_footnotes_are_footnotes(case: str) -> None:
    text = convert(NOTES[case]).text.replace("\n---\n", "")
    assert text.split() == "a[^1] b. [^1]: Note **x**.".split()


EMBEDS = {
    "youtube": ('<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0&amp;start=30"></iframe>',
                "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk&t=30)"),
    "youtube, titled": ('<iframe title="Our road" src="//www.youtube.com/embed/abcdefghijk"></iframe>',
                        "[Our road (video on YouTube)](https://www.youtube.com/watch?v=abcdefghijk)"),
    "youtube, old": ('<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=en">'
                     '<embed src="http://www.youtube.com/v/abcdefghijk"></object>',
                     "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "vimeo": ('<iframe src="https://player.vimeo.com/video/1234?h=a"></iframe>',
              "[Video on Vimeo](https://vimeo.com/1234)"),
    "map": ('<iframe src="https://www.google.com/maps/embed?pb=!1m18!2d-0.1609!3d51.4652!2m3"></iframe>',
            "[Map on Google Maps](https://www.google.com/maps/@51.4652,-0.1609,16z)"),
    "facebook": ('<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2F1">'
                 "</iframe>", "[Post on Facebook](https://www.facebook.com/x/1)"),
    "another": ('<iframe src="https://x.org/a?utm_source=b"></iframe>', "[Shown on x.org](https://x.org/a)"),
    "an address on a line": ("<p>https://youtu.be/abcdefghijk</p>",
                             "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "an address in words": ("<p>See https://youtu.be/abcdefghijk</p>", "See https://youtu.be/abcdefghijk"),
    "a tweet": ('<blockquote class="twitter-tweet"><p lang="en">Bins!</p>&mdash; R (@r) '
                '<a href="https://twitter.com/r/status/1?ref_src=twsrc">1 May</a></blockquote>'
                '<script async src="https://platform.twitter.com/widgets.js"></script>',
                "> Bins!\n>\n> — R (@r) [1 May](https://twitter.com/r/status/1)"),
    "sound": ('<audio controls src="https://x.org/s/a.mp3"></audio>', "[Recording: a.mp3](https://x.org/s/a.mp3)"),
    "film": ('<video controls><source src="https://x.org/s/a.mp4" type="video/mp4"></video>',
             "[Video: a.mp4](https://x.org/s/a.mp4)"),
    "buttons to share": ('<p>a</p><iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>'
                         '<div class="sharedaddy"><a href="https://x.org/">Share</a></div>', "a"),
    "gist": ('<script src="https://gist.github.com/r/1a.js"></script>', "[Code on GitHub](https://gist.github.com/r/1a)"),
}  # fmt: skip


@pytest.mark.parametrize("case", EMBEDS)
def test_what_other_sites_show_is_a_link(case: str) -> None:
    html, markdown = EMBEDS[case]
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_forms_and_frames_without_an_address_are_noted_where_they_were() -> None:
    result = convert('<p>a</p><form action="/x"><input name="y"></form><p>b</p><iframe></iframe>')
    assert result.text == "a\n\nb\n"
    assert notes(result) == [(3, "form", "form"), (3, "embed", "embed")]
