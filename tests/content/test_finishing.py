"""Tables with numbers to the right, and pictures with captions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from growth import assert_grows_with_input
from wardblog.content.markdown.finishing import finished
from wardblog.content.markdown.markup import Markup

MARKUP = Markup(
    {"extension_configs": {"markdown.extensions.extra": {},
                           "markdown.extensions.tables": {"use_align_attribute": True}}}
)  # fmt: skip


def table(*rows: str) -> str:
    return MARKUP.html("\n".join(rows))


def test_a_column_of_numbers_is_aligned_to_the_right_with_its_heading() -> None:
    html = table(
        "| Street | Reports |", "|---|---|", "| Eland Road | 1,200 |", "| Stormont Road | – |"
    )
    assert '<th>Street</th>\n<th class="right">Reports</th>' in html
    assert '<td>Eland Road</td>\n<td class="right">1,200</td>' in html
    assert '<td class="right">–</td>' in html


@pytest.mark.parametrize(
    "number",
    ["4", "1,200", "£3.50", "−4", "12%", "+7", "0.5 km", "50p", "<strong>3</strong>"],
)
def test_what_is_a_number(number: str) -> None:
    assert f'<td class="right">{number}</td>' in table("| a |", "|---|", f"| {number} |")


@pytest.mark.parametrize("words", ["about 40 m", "4 streets", "SW11 5JY", "2 to 3", "12 May", "–"])
def test_what_is_no_number(words: str) -> None:
    assert "right" not in table("| a |", "|---|", f"| {words} |")


def test_an_empty_corner_is_no_heading() -> None:
    html = table("| | Cars |", "|---|---|", "| Going north | 61 |")
    assert '<td></td>\n<th class="right">Cars</th>' in html


def test_the_authors_own_alignment_is_kept() -> None:
    html = table("| a | b |", "|:--|:-:|", "| 1 | 2 |")
    assert '<td class="left">1</td>' in html
    assert '<td class="center">2</td>' in html


def test_a_table_with_cells_over_several_columns_is_left_as_it_is() -> None:
    html = "<table><tr><td>1</td></tr><tr><td colspan=2>2</td></tr></table>"
    assert finished(html) == html


def test_the_title_of_a_picture_alone_in_its_paragraph_is_its_caption() -> None:
    html = MARKUP.html('![A yellow bin](bin.jpg "The bin in Eland Road & its lid")')
    assert html == (
        '<figure>\n<img alt="A yellow bin" src="bin.jpg">\n'
        "<figcaption>The bin in Eland Road &amp; its lid</figcaption>\n</figure>"
    )


def test_a_picture_with_a_link_keeps_it() -> None:
    html = MARKUP.html('[![A bin](bin.jpg "Ours")](https://example.org/)')
    assert html.startswith(
        '<figure>\n<a href="https://example.org/"><img alt="A bin" src="bin.jpg"></a>'
    )


def test_a_picture_among_words_keeps_its_title() -> None:
    assert 'title="Ours"' in MARKUP.html('Look: ![A bin](bin.jpg "Ours")')


@pytest.mark.parametrize(
    "piece", ["<tr><td>1", "<table><tr>", '<p><img title="', "<td class=", "<table>", "<tr>"]
)
def test_hostile_html_takes_no_longer_than_its_length_asks(piece: str) -> None:
    def prepare(times: int) -> Callable[[], object]:
        html = "<table>" + piece * times + " align= title="
        return lambda: finished(html)

    assert_grows_with_input(prepare, 2000)
