"""Posts of Jekyll, Hugo and Eleventy: their own words stay, what their program read is replaced."""

from __future__ import annotations

import pytest

from scaffold.old_blog.old_texts import SITE, cases, convert_markdown, notes


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
