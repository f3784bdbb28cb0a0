"""Posts of Jekyll, Hugo and Eleventy: their own words stay, what their program read is replaced."""

from __future__ import annotations

import pytest

from scaffold.old_blog.old_texts import SITE, convert_markdown, notes

PICTURE = "![A bin](../images/2014/bin.jpg)"
UP = "/wp-content/uploads/2014/03"

CASES = {
    "words": ("A *b* __c__ d\\_e & <3\n\n- f\n  - g\n", "A *b* __c__ d\\_e & <3\n\n- f\n  - g"),
    "headings": ("Top\n===\n\nNext\n---\n\n#### Third ####\n\na", "## Top\n\n### Next\n\n#### Third\n\na"),
    "code": ("# a\n\n```sh\n# b\n[x](/about/)  \n{{ c }}\n```\n\n`{{ d }}` `[y](/about/)`",
             "## a\n\n```sh\n# b\n[x](/about/)  \n{{ c }}\n```\n\n`{{ d }}` `[y](/about/)`"),
    "links": ('[a](/about/ "T") [b](<https://x.org/?utm_source=y>) <https://x.org/z> [c][1]\n\n[1]: /2014/03/other/',
              '[a](../pages/about.md "T") [b](https://x.org/) <https://x.org/z> [c][1]\n\n[1]: 2014-03-01-other.md'),
    "pictures": (f'![A bin]({UP}/bin-300x200.jpg "In snow")\n\n[![A bin]({UP}/bin.jpg)](https://x.org/)',
                 f'![A bin](../images/2014/bin.jpg "In snow")\n\n[{PICTURE}](https://x.org/)'),
    "lines": ("a  \nb \n\nc", "a\\\nb\n\nc"),
    "struck": ("a ~~b~~ c", "a <del>b</del> c"),
    "more": ("a\n\n<!--more-->\n\nb", "a\n\nb"),
    "kramdown": ("* TOC\n{:toc}\n\na\n{: .lead}\n\n[b](https://x.org/){:target=\"_blank\"}",
                 "a\n\n[b](https://x.org/)"),
    "post_url": ("[a]({% post_url 2014-03-01-other %}) [b]({{ site.baseurl }}{% post_url 2014-03-01-other %}#c)",
                 "[a](2014-03-01-other.md) [b](2014-03-01-other.md#c)"),
    "ref": ('[a]({{< ref "other.md" >}}) [b]({{% relref "/posts/other#c" %}})',
            "[a](2014-03-01-other.md) [b](2014-03-01-other.md#c)"),
    "filters": ('![A bin]({{ "/wp-content/uploads/2014/03/bin.jpg" | relative_url }}) [b]({{ site.url }}/about/)',
                f"{PICTURE} [b](../pages/about.md)"),
    "highlight": ("{% highlight ruby linenos %}\na {{ b }}\n{% endhighlight %}\n\n{{< highlight go >}}\nc\n{{< /highlight >}}",
                  "```ruby\na {{ b }}\n```\n\n```go\nc\n```"),
    "raw": ("`{% raw %}{{ a }}{% endraw %}`", "`{{ a }}`"),
    "comment": ("a {% comment %}b{% endcomment %}{{/* c */}}d", "a d"),
    "youtube": ("{{< youtube abcdefghijk >}}\n\n{% include youtube.html id=\"abcdefghijk\" %}",
                "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)\n\n"
                "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "figure": (f'{{{{< figure src="{UP}/bin.jpg" alt="A bin" caption="In *snow*" >}}}}',
               '![A bin](../images/2014/bin.jpg "In *snow*")'),
    "include": (f'{{% include figure.html src="{UP}/bin.jpg" alt="A bin" caption="In snow" %}}',
                '![A bin](../images/2014/bin.jpg "In snow")'),
    "html": (f'<div class="x">\n<p>a <b>b</b></p>\n\n<img src="{UP}/bin.jpg" alt="A bin">\n</div>\n\nc',
             f"a **b**\n\n{PICTURE}\n\nc"),
    "html in a line": (f'a <img src="{UP}/bin.jpg" alt="A bin"> <a href="/about/">b</a> H<sub>2</sub>O',
                       f"a {PICTURE} [b](../pages/about.md) H<sub>2</sub>O"),
    "a frame": ('<iframe width="5" src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
                "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "a table": ("| a | b |\n|---|---|\n| [c](/about/) | d |", "| a | b |\n|---|---|\n| [c](../pages/about.md) | d |"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_markdown_keeps_its_words(case: str) -> None:
    text, markdown = CASES[case]
    result = convert_markdown(text)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


@pytest.mark.parametrize(
    ("tag", "words", "comment"),
    [
        ('{% include map.html id="3" %}', "{% include map.html %}", '<!-- {% include map.html id="3" %} -->'),
        ("{{ page.title }}", "{{ page.title }}", "<!-- {{ page.title }} -->"),
        ('{{< chart "a" >}}', "{{< chart >}}", '<!-- {{‹ chart "a" ›}} -->'),
        ("{% if page.x %}", "{% if %}", "<!-- {% if page.x %} -->"),
    ],
)  # fmt: skip
def test_a_tag_without_a_counterpart_stays_as_a_note(tag: str, words: str, comment: str) -> None:
    result = convert_markdown(f"a\n\n{tag}\n\nb")
    assert result.text == f"a\n\n{comment}\n\nb\n"
    assert [kind for _, kind, _ in notes(result)] == ["template"]
    assert notes(result)[0][2].replace(" page.x", "") == words
    assert notes(result)[0][0] == 3


def test_links_and_pictures_that_lead_nowhere_are_noted_with_their_lines() -> None:
    result = convert_markdown("a\n\n[b](/gone/)\n\n![c](/img/d.png)")
    assert result.text == f"a\n\n[b]({SITE}/gone/)\n\n[c]({SITE}/img/d.png)\n"
    assert notes(result) == [(3, "link", f"{SITE}/gone/"), (5, "picture", f"{SITE}/img/d.png")]
