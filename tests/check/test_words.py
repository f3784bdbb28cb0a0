"""Hints about words, links, headings, tables and languages, and the texts that need none."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import POST, read_all, write_site
from wardblog.check.prose import paragraphs, reading_age, sentences

REPORT = (
    "The Cabinet Member for Environment and Sustainability is recommended to approve the "
    "commencement of statutory consultation in respect of the proposed introduction of a "
    "Controlled Parking Zone. The implementation of the recommendations contained within this "
    "report would necessitate additional expenditure, which can be accommodated within the "
    "existing capital programme. Representations received during the consultation period will be "
    "considered in accordance with the requirements of the relevant regulations. Officers have "
    "undertaken comprehensive engagement with stakeholders, including residents' associations, "
    "businesses and statutory undertakers, and their observations are summarised in the "
    "appendices. The availability of contributions remains subject to confirmation, and "
    "a further report will be submitted to the committee in accordance with its forward plan."
)
LETTER = (
    "We have had a busy month in the ward. The council has agreed to mend Eland Road, after two "
    "years of asking, and work should start in March. Many of you have written to us about the "
    "plan for the old depot. We have met the owners twice, and we told them that six floors are "
    "too many for a street of low houses. They have said that they will come back with new "
    "drawings. The police have told us that fewer homes were broken into this autumn, but that "
    "thefts from vans are up, so please do not leave tools in your van. Thank you to everybody "
    "who came to the litter pick; we filled forty sacks."
)


def told(body: str, folder: Path, rule: str, lines: str = "") -> list[tuple[int | None, str]]:
    text = POST.replace("\n\nSome text.", f"{lines}\n\n{body}")
    _, problems = read_all(write_site(folder, {"posts/fine.md": text}))
    return [(p.line, p.message) for p in problems if p.rule == rule]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("### Where\n\nx", 'the first heading, "Where", is level 3'),
        ("x\n\n## A\n\n#### Where\n",
         'the heading "Where" is level 4, but comes after level 2'),
        ("x\n\n##  \n\ny", "a heading is empty"),
        ("**Where**\n\nx\n\n**When**\n\ny",
         '"Where" is in bold like a heading, but is not a heading'),
    ],
)  # fmt: skip
def test_headings_out_of_order_are_reported(body: str, message: str, tmp_path: Path) -> None:
    line = 5 + body[: body.find("Where") if "Where" in body else 3].count("\n")
    assert told(body, tmp_path, "heading-order") == [(line, message)]


@pytest.mark.parametrize(
    "body",
    ["## A\n\n### B\n\n#### C\n\n## D", "**One thing.**\n\nx\n\n**Another thing!**\n\ny",
     "**A**\n\nx",
     "**What counts:** light.\n\n**What does not:** value.", "A\n---\n\nB\n---\n\n### C", "x"],
)  # fmt: skip
def test_headings_in_order_pass(body: str, tmp_path: Path) -> None:
    assert told(body, tmp_path, "heading-order") == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("[here](b.md)", 'the words of the link "here" do not say where it goes'),
        ("[Click here!](b.md)", 'the words of the link "Click here!" do not say where it goes'),
        ("[Read more…](b.md)", 'the words of the link "Read more…" do not say where it goes'),
        ("[**this link**](b.md)", 'the words of the link "this link" do not say where it goes'),
        ("<https://planning.example.gov.uk/applications/2026/1234/>",
         ("the words of a link are an address of 55 characters, which screen readers read out "
          "letter by letter")),
        ("[minutes](b.md) and [Minutes](c.md)",
         'two links with the words "Minutes" go to different places'),
    ],
)  # fmt: skip
def test_links_with_vague_words_are_reported(words: str, message: str, tmp_path: Path) -> None:
    body = f"See\nall {words}."
    assert told(body, tmp_path, "link-text") == [(6, message)]
    answered = told(body, tmp_path, "link-text", "\nAllow: link-text because it is a quotation")
    assert answered == []


@pytest.mark.parametrize(
    "words",
    ["[the minutes](b.md) and [the minutes](b.md)", "<https://www.example.gov.uk/>",
     "a[^1]\n\n[^1]: b",
     "[more bins in Eland Road](b.md)", "[![A bin](../images/bin.png)](b.md)", "[HERE East](b.md)",
     "[a](b.md) and [a](b.md/)"],
)  # fmt: skip
def test_links_that_say_where_they_go_pass(words: str, tmp_path: Path) -> None:
    assert told(words, tmp_path, "link-text") == []
    assert told(words, tmp_path, "empty-link") == []


@pytest.mark.parametrize(
    "words", ["[](b.md)", '<a href="b.md"></a>', "[![](../images/x.png)](b.md)", "[ ](b.md)"]
)
def test_a_link_without_words_is_reported(words: str, tmp_path: Path) -> None:
    assert told(f"x\n\n{words}", tmp_path, "empty-link") == [(7, 'the link to "b.md" has no words')]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<table><tr><td>a</td></tr></table>", "a table has no headings"),
        ("| | |\n|---|---|\n| a | b |", "the headings of a table are empty"),
    ],
)
def test_a_table_without_headings_is_reported(body: str, message: str, tmp_path: Path) -> None:
    first = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    assert told(first + body, tmp_path, "table-headers") == [(9, message)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<p lang="english">a</p>', 'there is no language code "english"'),
        ('<p lang="en-UK">a</p>', 'there is no language code "en-UK"'),
        ("یہ فہرست اب سب کے لیے ہے",
         "words in Arabic letters are not marked with their language"),
        ('<p lang="ur">یہ فہرست اب سب کے لیے ہے</p>',
         "words in Arabic letters are not marked as running from right to left"),
        ("এই তালিকা এখন সবার জন্য",
         "words in Bengali letters are not marked with their language"),
        ("这个清单现在对所有人开放",
         "words in Chinese letters are not marked with their language"),
        ("Цей список тепер для всіх",
         "words in Cyrillic letters are not marked with their language"),
    ],
)  # fmt: skip
def test_a_passage_in_another_language_must_be_marked(
    body: str, message: str, tmp_path: Path
) -> None:
    assert told(f"Words.\n\n{body}", tmp_path, "language-of-parts") == [(7, message)]


@pytest.mark.parametrize(
    "body",
    ['<div lang="ur" dir="rtl" markdown="1">\n\nیہ فہرست **اب** سب کے لیے ہے\n\n</div>',
     '<p lang="zh-Hans">这个清单现在对所有人开放</p>', "The 北京飯店 in Eland Road, and Київ.",
     "Croeso i bawb, a Dónde están los contenedores de sal", '<p lang="cy">Croeso i bawb</p>',
     "2 × 3 = 6 µm, 5 °C, π ≈ 3"],
)  # fmt: skip
def test_a_marked_passage_passes(body: str, tmp_path: Path) -> None:
    assert told(body, tmp_path, "language-of-parts") == []


def test_a_post_in_another_language_is_marked_by_a_header_line(tmp_path: Path) -> None:
    body = "یہ فہرست اب سب کے لیے ہے"
    assert told(body, tmp_path, "language-of-parts", "\nLang: ur") == []


def test_a_report_is_hard_to_read_and_a_letter_is_not(tmp_path: Path) -> None:
    assert told(REPORT, tmp_path / "a", "hard-words") == [
        (None, "this text is hard to read: it needs a reading age of over 25")
    ]
    assert told(LETTER, tmp_path / "b", "hard-words") == []
    assert told(REPORT[:500], tmp_path / "c", "hard-words") == []


def test_the_reading_age_is_the_automated_readability_index() -> None:
    """4.71 strokes a word, half the words a sentence, and five for a year at school as an age."""
    ten_long = ["short " * 11 + "done."] * 10
    assert reading_age(ten_long) == pytest.approx(4.71 * 5 + 0.5 * 12 - 21.43 + 5)
    twenty_short = ["short " * 5 + "done."] * 20
    assert reading_age(twenty_short) == pytest.approx(4.71 * 5 + 0.5 * 6 - 21.43 + 5)
    assert reading_age(ten_long[:8]) == 0


def test_the_reading_ages_of_a_report_and_a_letter_are_those_of_the_published_index() -> None:
    """As textstat 0.7.13 gives them."""
    assert reading_age(sentences(REPORT)) == pytest.approx(26.43, abs=0.1)
    assert reading_age(sentences(LETTER)) == pytest.approx(10.84, abs=0.1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? “Four.” Five…", 5),
        ("We met Cllr. Smith of No. 5 St. John's Road, e.g. Monday. Then home.", 2),
        ("It is at 7 p.m. in the library. Come.", 2),
        ("J. Smith came. Bins, etc. are full.", 2),
        ("It cost £1.50 or 2.5 per cent, i.e. nothing.", 1),
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_lists_tables_addresses_and_code_are_not_prose() -> None:
    html = (
        "<p>One <code>x y</code>.</p><ul><li><p>No</p></li></ul><table><tr><td><p>No</p></table>"
        "<address><p>No</p></address><pre>No</pre><blockquote><p>Two<br>Three</p></blockquote>"
    )
    assert list(paragraphs(html)) == ["One x.", "Two", "Three"]


def test_a_long_sentence_is_reported_with_its_line_and_first_words(tmp_path: Path) -> None:
    long = "**The council** has " + "agreed to this and " * 10 + "that."
    assert told(f"Short.\n\nShort. {long}", tmp_path, "long-sentence") == [
        (7, 'the sentence that begins "The council has agreed to" has 44 words')
    ]
    a_list = "\n".join(f"- {'word ' * 12}" for _ in range(5))
    assert told(f"Short.\n\n{a_list}", tmp_path, "long-sentence") == []
