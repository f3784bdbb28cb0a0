"""Other ways to write what gives somebody away, and what only looks like them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from support import POST, read_all, shown, write_site
from wardblog.model import PersonalKind
from wardblog.privacy import find_personal
from wardblog.privacy.shown import visible_text

EMAIL, PHONE, ADDRESS = PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.ADDRESS
PRIVATE, LETTER = PersonalKind.PRIVATE, PersonalKind.LETTER

GIVEN_AWAY = {
    "Ring \u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0664\u0666\u0661.": PHONE,
    "Ring \U0001d7ce\U0001d7d5700 \U0001d7d7\U0001d7ce\U0001d7ce461.": PHONE,
    "Ring 0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e300 900461.": PHONE,
    "Ring 07700 \u200e900\u202c461.": PHONE,
    "Ring 07700_900_461.": PHONE,
    "Ring 07700 · 900 · 461.": PHONE,
    "[ring](https://example.org/call/+447700900461)": PHONE,
    "[chat](https://example.org/?phone=447700900461)": PHONE,
    "Write to jo\ufe6bexample.net.": EMAIL,
    "Write to jo.malik[@]example[.]net.": EMAIL,
    "Write to jo.malik at gmail.com, please.": EMAIL,
    "Write to jo.malik_at_gmail.com, please.": EMAIL,
    "Write to jo.malik (at sign) example.net.": EMAIL,
    "[x](https://example.org/?jo.malik@example.net)": EMAIL,
    "| Name | Address |\n|---|---|\n| Mary Malik | 12 Eland Road |": ADDRESS,
    "| Who | Where |\n|---|---|\n| the tenant | 12 Eland Road, SW11 5JY |": ADDRESS,
    "| Address | Name |\n|---|---|\n| 12 Eland Road | Mary Malik |": ADDRESS,
    "Siân Malik of 12 Eland Road rang.": ADDRESS,
    unicodedata.normalize("NFD", "Zoë Malik of 12 Eland Road rang."): ADDRESS,
    "The key is with Mrs Malik at number 12.": ADDRESS,
    "Mr Malik (no. 12) has the key.": ADDRESS,
    "12 Eland Road – home of Mary Malik.": ADDRESS,
    "12 Eland Road is where the drug dealer lives.": ADDRESS,
    "Mary Malik, who uses a wheelchair, came.": PRIVATE,
    "Mary Malik, a diabetic, came.": PRIVATE,
    "My constituent, a 34-year-old asylum seeker, came.": PRIVATE,
    "Jayden Malik, 9, who has autism, won.": PRIVATE,
}


@pytest.mark.parametrize("text", GIVEN_AWAY)
def test_a_fact_about_any_relative_is_found(text: str) -> None:
    assert GIVEN_AWAY[text] in {one.kind for one in find_personal(shown(text))}


@pytest.mark.parametrize(
    "text",
    [
        "I was at gmail.com yesterday, look at outlook.com at 10.30, or write to sales (at) x.org.",
        "Version 2.1 at live.com; we met at no. 12 at sky.com.",
        "Mrs Malik is number 3 on the ballot paper, and Mr Malik at number 4 in the list.",
        "Mr Attlee of Number 10 said so.",
        "12 Eland Road is home to a charity.",
        "John Burns, who was born in 1858 and lived at 110 Park Road, was the first.",
        "Pte Thomas Wood of 12 Eland Road, killed in 1916; Cpl Hill of 31 Eland Road, died 1917.",
        "Robin and Asha Specimen were at Falcon Road, Clapham Junction, SW11 2PQ on Saturday.",
        "Someone who uses a wheelchair cannot get in, a wheelchair user said.",
        "Mayor Sadiq Khan said he has asthma, and Sir David Frost was treated for pneumonia.",
        "Katherine Low Settlement, 108 Battersea High Street, SW11 3HP, offers lunch.",
        "To: all residents of Eland Road  \nSubject: gritting",
        "Your reference is 0203 114 2026.",
        "| Shop | Address |\n|---|---|\n| The Falcon | 2 St John's Hill, SW11 1RU |",
        "| Address | Shop |\n|---|---|\n| 2 St John's Hill, SW11 1RU | The Falcon |",
        "120 m², £500², 3½ and №5",
    ],
)
def test_words_that_only_look_like_a_relative_are_ignored(text: str) -> None:
    assert find_personal(shown(text)) == ()


def test_table_cells_are_on_one_line_however_the_html_is_broken() -> None:
    html = "<table>\n<tr>\n<td>Mary</td>\n\n<td>12</td>\n</tr>\n<tr><td>Jo</td></tr></table>"
    lines = [" ".join(line.split()) for line in visible_text(html).split("\n") if line.strip()]
    assert lines == ["| Mary | 12", "| Jo"]


@pytest.mark.parametrize(
    "name", ["Mrs Malik's house", "Mary Malik", "Doreen's front door", "Outside Mary Malik's flat"]
)
def test_a_place_named_as_somebodys_house_is_reported(tmp_path: Path, name: str) -> None:
    post = POST.replace("\n\n", f"\nPlaces: {name} | 51.4665, -0.1600\n\n", 1)
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": post}))
    assert [p.message for p in problems] == [f'this gives away somebody\'s address: "{name}"']


@pytest.mark.parametrize(
    "name",
    ["Eland Road", "Queen Victoria", "King's Gate", "St Mary's house", "Thomas Wall Nursery"],
)
def test_other_names_of_places_are_accepted(tmp_path: Path, name: str) -> None:
    post = POST.replace("\n\n", f"\nPlaces: {name} | 51.4665, -0.1600\n\n", 1)
    assert read_all(write_site(tmp_path, {"posts/fine.md": post}))[1] == []


def test_the_line_is_right_where_characters_were_normalised(tmp_path: Path) -> None:
    post = POST + "\n\nRing 077\u200e00 900461.\n"
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": post}))
    assert [p.line for p in problems] == [post.split("\n").index("Ring 077\u200e00 900461.") + 1]
