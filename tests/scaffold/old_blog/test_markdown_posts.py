"""Posts of Jekyll, Hugo and Eleventy: their own words stay, what their program read is replaced."""

from __future__ import annotations

import pytest

from scaffold.old_blog.old_texts import SITE, cases, convert, convert_markdown, notes


@pytest.mark.parametrize(("text", "markdown"), cases("markdown"))
def test_markdown_keeps_its_words(text: str, markdown: str) -> None:
    result = convert_markdown(text)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_code_keeps_its_spaces_and_a_line_that_was_ended_ends() -> None:
    code = "```sh\n# b\n[x](/about/)  \n{{ c }}\n```\n\n`{{ d }}` `[y](/about/)`\n"
    assert convert_markdown(code).text == code
    assert convert_markdown("a  \nb \n\nc").text == "a\\\nb\n\nc\n"


@pytest.mark.parametrize(
    ("tag", "words", "comment"),
    [
        (
            '{% include map.html id="3" %}',
            "{% include map.html %}",
            '<!-- {% include map.html id="3" %} -->',
        ),
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


def test_what_a_program_filled_in_is_a_note_also_in_a_table_of_html() -> None:
    rows = "<tr><td>a</td><td><ul><li>b</li></ul></td></tr>"
    result = convert_markdown(
        f"<table><tr><th>c</th><th>d {{% include badge.html %}}</th></tr>{rows}</table>"
    )
    assert "<!-- {% include badge.html %} -->" in result.text
    assert "wardblog" not in result.text
    assert ("template", "{% include badge.html %}") in [one[1:] for one in notes(result)]


def test_a_link_whose_address_was_filled_in_is_its_words_and_a_note() -> None:
    result = convert_markdown("[a]({{ page.link }}) ![b]({{ page.picture }})")
    assert result.text == "a<!-- {{ page.link }} --> <!-- {{ page.picture }} -->\n"


def test_a_tag_among_the_attributes_of_an_element_ends_no_element() -> None:
    result = convert_markdown(
        '<img src="{{ page.picture }}" {% if x %}class="y"{% endif %} alt="a">'
    )
    assert result.text == f"[a]({SITE}/%7B%7Bpage.picture%7D%7D)\n"
    assert notes(result) == [(1, "picture", f"{SITE}/{{{{page.picture}}}}")]


def test_a_link_to_a_post_that_is_not_there_is_noted() -> None:
    text = 'See [a]({{< relref "posts/gone" >}}) and [b]({{< relref "#below" >}}).'
    result = convert_markdown(text)
    assert result.text == f"See [a]({SITE}/posts/gone) and [b](#below).\n"
    assert notes(result) == [(1, "link", f"{SITE}/posts/gone")]


@pytest.mark.parametrize(
    ("opening", "closing", "language"),
    [
        ("{% codeblock ruby %}", "{% endcodeblock %}", "ruby"),
        ('{{< code file="a.html" >}}', "{{< /code >}}", ""),
        ("{{< highlight html >}}", "{{< /highlight >}}", "html"),
        ('{{< code-toggle file="hugo" >}}', "{{</ code-toggle >}}", ""),
    ],
)
def test_tags_around_code(opening: str, closing: str, language: str) -> None:
    code = "<p>{{ x }}</p>\n\n# y"
    assert convert_markdown(f"a\n\n{opening}\n{code}\n{closing}\n\nb").text == (
        f"a\n\n```{language}\n{code}\n```\n\nb\n"
    )


def test_a_box_with_markdown_inside_is_what_is_in_it() -> None:
    box = (
        '<div class="note">\n  <h5>Bring a *torch*</h5>\n  <p markdown="1">\n    It is `dark`\n'
        "    in the alley.</p>\n</div>"
    )
    assert convert_markdown(f"## a\n\n{box}\n\nb").text == (
        "## a\n\n### Bring a *torch*\n\nIt is `dark`\nin the alley.\n\nb\n"
    )


def test_a_reference_whose_address_was_filled_in_is_words_and_a_note() -> None:
    text = (
        "See [the guide][Guide] and [b][c].\n\n[Guide]: {{ site.guide }}\n[c]: https://d.example/\n"
    )
    assert convert_markdown(text).text == (
        "See the guide and [b][c].\n\n<!-- {{ site.guide }} -->\n[c]: https://d.example/\n"
    )


def test_a_picture_in_an_item_of_a_list_stays_in_it() -> None:
    text = '1.  First\n\n    {{< figure src="/a.jpg" alt="b" >}}\n\n    More.\n\n2.  Second\n'
    assert convert_markdown(text).text == (
        f"1.  First\n\n    [b]({SITE}/a.jpg)\n\n    More.\n\n2.  Second\n"
    )


def test_a_caption_with_backslashes_is_a_caption() -> None:
    escaped = r'\[caption id="x" width="9"\]![b](/c.jpg) Words\[/caption\]'
    plain = '[caption id="x" width="9"]![b](/c.jpg) Words[/caption]'
    assert convert_markdown(escaped).text == convert_markdown(plain).text
    assert "caption" not in convert_markdown(plain).text


def test_code_of_wordpress_in_markdown_is_code() -> None:
    text = 'a\n\n[code language="SQL"]\nSELECT `a_b` FROM *;\n[/code]\n\n[code] of conduct'
    assert convert_markdown(text).text == (
        "a\n\n```sql\nSELECT `a_b` FROM *;\n```\n\n[code] of conduct\n"
    )


def test_what_only_begins_or_ends_something_goes_without_a_word() -> None:
    text = "{% include toc %}\na {% capture x %}b{% endcapture %}"
    assert [note[1:] for note in notes(convert_markdown(text))] == [("template", "{% capture %}")]
    video = '{% include video id="abcdefghijk" provider="youtube" %}'
    assert convert_markdown(video).text == (
        "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)\n"
    )


def test_a_post_in_html_of_a_folder_has_its_tags_and_shortcodes_read() -> None:
    text = (
        '<p><a href="{{ site.url }}/gone/">a</a> {{ page.x }}</p>'
        "{% highlight sh %}b < {{ c }}{% endhighlight %}"
        "<pre>{% raw %}{{ g }}{% endraw %}</pre>"
        '[caption id="d" width="9"]<img src="/e.jpg" alt="f">[/caption]'
    )
    assert convert(text, source="_posts/2016-05-03-a.html").text.split("\n\n") == [
        f"[a]({SITE}/gone/)",
        "<!-- {{ page.x }} -->",
        "```\nb < {{ c }}\n```",
        "```\n{{ g }}\n```",
        f"[f]({SITE}/e.jpg)\n",
    ]
    assert "site.url }}" in convert("<p>{{ site.url }}</p>", source="export.xml").text


def test_a_linked_picture_that_is_not_here_is_one_link() -> None:
    assert convert_markdown("[![b](/c.jpg)](/c.jpg)").text == f"[b]({SITE}/c.jpg)\n"
    caption = '[caption id="x" width="9"][![b](/c.jpg)](/c.jpg) Words[/caption]'
    assert convert_markdown(caption).text == f"[b]({SITE}/c.jpg)\n\nWords\n"


def test_a_note_keeps_the_code_that_its_tag_had() -> None:
    assert convert_markdown('{{% note "The `a_b` sign" %}}').text == (
        '<!-- {{% note "The `a_b` sign" %}} -->\n'
    )


def test_a_film_in_an_item_of_a_list_is_a_link_in_it() -> None:
    text = "- a\n\n    {{< youtube abcdefg >}}\n\n- b"
    link = "[Video on YouTube](https://www.youtube.com/watch?v=abcdefg)"
    assert convert_markdown(text).text == f"- a\n\n    {link}\n\n- b\n"


def test_code_of_wordpress_with_fences_of_its_own_is_one_block() -> None:
    text = '[code lang="md"]\n```\na\n```\n[/code]'
    assert convert_markdown(text).text == "````md\n```\na\n```\n````\n"
