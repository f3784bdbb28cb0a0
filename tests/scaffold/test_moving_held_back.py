"""What `make import` keeps from residents until the councillor has read it."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from scaffold.old_blog.exports import FIRST_DAY, wxr_item, wxr_of
from scaffold.old_blogs import category, desk_in, old_blog, old_post, tag
from scaffold.test_import_command import move
from support import run_here, write_files, write_site
from wardblog.scaffold.old_blog.conversion.found_pictures import pictures_in
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.held_back import says_more
from wardblog.scaffold.own_content import ABOUT

OWN, THEIRS = "020 7946 0123", "07700 900555"
TREES = '<category domain="category" nicename="trees"><![CDATA[Trees]]></category>'
FILE = "content/posts/2010-01-04-hello.md"


def export(folder: Path, text: str, comment: str = "", more: str = "") -> None:
    said = (
        "<wp:comment><wp:comment_id>1</wp:comment_id>"
        "<wp:comment_author><![CDATA[Alex]]></wp:comment_author>"
        "<wp:comment_date_gmt>2010-01-05 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{comment}]]></wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type>"
        "</wp:comment>"
    )
    item = wxr_item(
        number=3,
        title="Hello",
        slug="hello",
        moment=FIRST_DAY,
        text=text,
        more=more + said if comment else more,
    )
    (folder / "export.xml").write_text(wxr_of(item))


def export_about(folder: Path) -> None:
    link = "https://old.example.org/about/"
    page = wxr_item(
        number=1,
        kind="page",
        title="About",
        slug="about",
        link=link,
        moment=FIRST_DAY,
        text="I am Robin.",
    )
    (folder / "export.xml").write_text(wxr_of(page))


def answer(folder: Path, words: str, reason: str) -> None:
    """Answer the rows that have these words, and no others."""
    path = folder / "private/import/answers.csv"
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))
    file = StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "answer": reason} if words in row["what"] else row for row in rows)
    path.write_text(file.getvalue(), encoding="utf-8")


def text_of(folder: Path) -> str:
    return (folder / FILE).read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A post with the councillor's own number, answered and published."""
    write_site(tmp_path / "content")
    export(tmp_path, f"Ring me on {OWN}.")
    assert move(tmp_path, "--force").returncode == 0
    answer(tmp_path, OWN, "it is my own number")
    assert move(tmp_path, "--force", "--publish").returncode == 0
    assert "Allow: personal-data because it is my own number\n" in text_of(tmp_path)
    assert "Status:" not in text_of(tmp_path)
    return tmp_path


def test_an_answer_does_not_cover_the_number_in_a_comment(folder: Path) -> None:
    export(folder, f"Ring me on {OWN}.", f"My number is {THEIRS}.")
    done = move(folder, "--comments", "--publish", "--force")
    assert done.returncode == 0, done.stderr
    assert (
        "  1 of these is public already, and would say more than before: "
        f"{FILE}. It becomes a draft again, until you have read what is new and run this command "
        "with PUBLISH=1.\n"
    ) in done.stdout
    assert f"{FILE}:" in done.stdout.partition("What needs your attention")[2]
    assert "There is nothing to publish." in done.stdout
    text = text_of(folder)
    assert THEIRS in text
    assert "Status: draft\n" in text
    assert "Allow:" not in text
    assert run_here("html", cwd=folder).returncode == 0
    assert not list((folder / "output").glob("2010/**/*.html"))
    # The next run says the same, and an answer for this number as well publishes it again.
    assert "There is nothing to publish." in move(folder, "--comments", "--publish").stdout
    answer(folder, THEIRS, "Alex asked me to")
    move(folder, "--comments", "--publish", "--force")
    assert "Allow: personal-data because it is my own number; Alex asked me to" in text_of(folder)
    assert "Status:" not in text_of(folder)


@pytest.mark.long
def test_a_public_post_that_says_no_more_stays_public(folder: Path) -> None:
    export(folder, f"<strong>Ring me on {OWN}.</strong>")
    move(folder, "--force", "--publish")
    export(folder, f"<strong>Ring me on {OWN}.</strong>", more=TREES)
    done = move(folder, "--force")
    assert (
        "  1 of these is public already: residents see the change after the next make publish.\n"
    ) in done.stdout
    assert "Status:" not in text_of(folder)


@pytest.mark.long
def test_an_answer_that_is_taken_back_makes_the_post_a_draft(folder: Path) -> None:
    answer(folder, OWN, "")
    done = move(folder, "--force")
    assert "It becomes a draft again" in done.stdout
    assert "Status: draft\n" in text_of(folder)
    assert "Allow:" not in text_of(folder)


HEADER = "Title: Hello\nDate: 2014-03-07\nTags: general\n"


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        ("One.\n\nTwo.\n", "One.\n", False),
        ("One.\n", "One.\n\nTwo.\n", True),
        ("One.\n", "One, at number 3.\n", True),
        ("[A bin](https://old.example.org/a.jpg)\n", "![A bin](../images/a.jpg)\n", False),
        ("![](../images/a.jpg)\n", '![A bin](../images/a.jpg "A bin")\n', False),
        ("See [this](https://old.example.org/?p=3).\n", "See [this](2014-03-hello.md).\n", False),
    ],
)
def test_only_new_words_count_as_more(before: str, after: str, more: bool) -> None:
    old, new = (f"{HEADER}\n{text}".encode() for text in (before, after))
    assert says_more(old, new) is more
    retagged = new.replace(b"general", b"Potholes")
    assert says_more(old, retagged) is more


def test_a_title_is_words_as_well() -> None:
    old = f"{HEADER}\nOne.\n".encode()
    assert says_more(old, old.replace(b"Hello", b"Mrs Warburton"))
    assert says_more(old.replace(b"Tags", b"Allow: misspelt-issue because of it\nTags"), old)


@pytest.mark.long
def test_the_about_page_of_make_start_makes_room_for_the_old_one(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"pages/about.md": ABOUT})
    export_about(tmp_path)
    move(tmp_path, "--force")
    pages = tmp_path / "content/pages"
    assert [path.name for path in pages.iterdir()] == ["about.md"]
    assert "I am Robin." in (pages / "about.md").read_text()


def test_a_page_whose_address_is_taken_is_named(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"pages/about.md": ABOUT + "\nMine.\n"})
    export_about(tmp_path)
    done = move(tmp_path, "--force")
    assert (
        "content/pages/about-2.md cannot have its old address /about/, which "
        "content/pages/about.md has. If you do not need that file, delete it and run this again.\n"
    ) in done.stdout
    (tmp_path / "content/pages/about.md").unlink()
    move(tmp_path, "--force")
    assert "Aliases: /about/\n" in (tmp_path / "content/pages/about-2.md").read_text()


def test_nothing_is_brought_into_the_sample(tmp_path: Path) -> None:
    ward = '[site]\ntitle = "Sample: a ward"\nurl = "https://ward.example.org"\n'
    write_site(tmp_path / "content", {"ward.toml": ward})
    export(tmp_path, "Hello.")
    done = move(tmp_path)
    assert done.returncode == 1
    assert "content still has the sample, which is not yours" in done.stderr
    assert 'Run "make start" first' in done.stderr
    assert not (tmp_path / "private/import").exists()
    assert move(tmp_path, "--force").returncode == 0


def test_an_address_on_the_web_has_to_be_saved_first(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = move(tmp_path, source="https://old.example.org/feed")
    assert "has to be a file or folder on this computer, not an address" in done.stderr
    assert "save it as a file first" in done.stderr


def test_words_that_look_like_the_name_of_a_file_are_no_picture() -> None:
    text = '<img src="/a.jpg" alt="bin.jpg" title="hole.jpg"> <a href="/b.pdf" title="c.pdf">b</a>'
    addresses = OldAddresses("https://old.example.org", posts={})
    assert [url.rpartition("/")[2] for url in pictures_in(old_post(text=text), addresses)] == [
        "a.jpg",
        "b.pdf",
    ]


def test_links_to_categories_and_tags_lead_to_the_new_ones(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    links = '<p><a href="/category/grit-bins/">Bins</a> <a href="/tag/ice/">Ice</a></p>'
    desk.move(old_blog(old_post(1, text=links, terms=(category("Grit bins"), tag("Ice")))))
    (text,) = desk.texts().values()
    assert "[Bins](/issues/grit-bins/) [Ice](/tags/ice/)" in text


def test_a_description_reaches_a_post_in_a_subfolder(tmp_path: Path) -> None:
    from support import picture

    desk = desk_in(tmp_path)
    write_files(tmp_path / "up", {"a.jpg": picture(kind="JPEG")})
    blog = old_blog(old_post(1, text='<p><img src="/up/a.jpg" alt=""></p>'))
    desk.move(blog, uploads=[tmp_path / "up"])
    (old,) = desk.texts()
    new = desk.content / "posts/2014/hello.md"
    new.parent.mkdir()
    (desk.content / old).rename(new)
    desk.move(blog, uploads=[tmp_path / "up"], descriptions={"images/a.jpg": "A bin"})
    assert "![A bin](../../images/a.jpg)" in new.read_text()
