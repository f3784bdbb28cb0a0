"""`make import`: what it says, what it asks, and what it writes."""

from __future__ import annotations

import csv
import re
import stat
import subprocess
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest

from scaffold.old_blog.exports import FIRST_DAY, jekyll, made_posts, wxr, wxr_item, wxr_of
from scaffold.test_moving_pictures import old_site
from support import files_of, picture, run_here, write_files, write_site
from wardblog.cli import common, import_blog, import_report

NUMBER = 30
PICTURES = [post.picture for post in made_posts(NUMBER) if post.picture]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_site(tmp_path / "content")
    (tmp_path / "export.xml").write_text(wxr(NUMBER))
    photograph = picture(400, 300, "JPEG")
    write_files(tmp_path / "uploads", dict.fromkeys(PICTURES, photograph))
    return tmp_path


def move(folder: Path, *words: str, source: str = "export.xml") -> subprocess.CompletedProcess[str]:
    return run_here("import", "--from", source, *words, cwd=folder)


def answered(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, *words: str
) -> subprocess.CompletedProcess[str]:
    """The command with somebody at the terminal who types this at each question."""

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    def at_a_terminal(*given: object) -> None:
        with mock.patch("sys.stdin", Terminal(f"{typed}\n")):
            confirm_or_stop(*given)  # type: ignore[arg-type]

    confirm_or_stop = common.confirm_or_stop
    monkeypatch.setattr(common, "confirm_or_stop", at_a_terminal)
    return move(folder, *words)


def posts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "content/posts").glob("201*.md"))


def edit_table(folder: Path, name: str, column: str, words: str) -> None:
    """Fill in a column of each row that is not about an author."""
    path = folder / "private/import" / name
    rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))
    file = StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(row if row.get("kind") == "author" else {**row, column: words} for row in rows)
    path.write_text(file.getvalue(), encoding="utf-8")


def test_without_a_source_it_says_how_to_name_one(folder: Path) -> None:
    done = run_here("import", cwd=folder)
    assert done.returncode == 2
    assert done.stderr == (
        "FROM= does not say where the old blog is.\n"
        "  Name the export of WordPress or Blogger, a feed, or the folder of a Jekyll, Hugo or "
        "Eleventy site: make import FROM=private/export.xml. docs/moving.md says how to get it.\n"
    )
    assert "There is no file or folder called gone.xml" in move(folder, source="gone.xml").stderr
    refused = move(folder, "--uploads", "export.xml")
    assert "UPLOADS=export.xml is not a folder" in refused.stderr
    assert not (folder / "private").exists()


def test_it_shows_everything_before_it_writes_anything_but_the_table_of_names(
    folder: Path,
) -> None:
    before = files_of(folder / "content")
    done = move(folder, "--uploads", "uploads")
    assert done.returncode == 1
    assert done.stdout == (
        "Old ward blog (https://old.example.org):\n"
        "  29 posts from 2010, 1 page\n"
        "  1 draft\n"
        "  3 comments, not imported (COMMENTS=1 keeps them)\n"
        "  not imported: 1 menu entry\n\n"
        "The old names are in private/import/names.csv: 6 categories, 2 tags, 1 author.\n"
        'To change a name, edit the column "new" of that table, and run this command again.\n\n'
        "Old addresses that lead to the new ones: 151.\n"
        "  62 of them, such as /?cat=1, only work where the host can redirect. docs/moving.md says "
        "what to do on which host.\n"
        "They show or link to 7 pictures and documents: 7 found.\n"
        "This would write:\n"
        "  31 new posts and pages, as drafts that residents do not see\n"
        "  7 pictures and documents\n"
        "  redirects.csv: 90 old addresses\n"
        "    content/pages/about.md\n"
        "    content/posts/2010-01-07-planning-news-1.md\n"
        "    content/posts/2010-01-10-dog-fouling-news-2.md\n"
        "    content/posts/2010-01-13-road-works-news-3.md\n"
        "    content/posts/2010-01-16-trees-news-4.md\n"
        "    and 27 more files\n\n"
    )
    assert done.stderr == (
        "Nothing was written, because this command could not ask for your confirmation.\n"
        "  If this is what you want, run the same command with FORCE=1.\n"
    )
    assert files_of(folder / "content") == before
    assert [path.name for path in (folder / "private/import").iterdir()] == ["names.csv"]


def test_a_no_leaves_everything_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(folder / "content")
    done = answered(folder, monkeypatch, "no")
    assert 'Type "yes" to write these files: ' in done.stdout
    assert "Nothing was written; your content was not changed" in done.stderr
    assert files_of(folder / "content") == before


def test_a_yes_writes_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = answered(folder, monkeypatch, "yes", "--publish")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('Type "yes" to write these files: ') == 2
    assert len(posts(folder)) == NUMBER


def test_posts_come_as_drafts_that_stop_nobody(folder: Path) -> None:
    done = move(folder, "--uploads", "uploads", "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Written: 39 files." in done.stdout
    assert len(posts(folder)) == NUMBER
    for name in posts(folder):
        assert "\nStatus: draft\n" in (folder / "content/posts" / name).read_text()
    built = run_here("html", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "1 post and 0 pages" in built.stdout
    private = folder / "private"
    for path in (private, *private.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.long
def test_from_the_first_run_to_the_published_site(folder: Path) -> None:
    move(folder, "--uploads", "uploads", "--force")
    edit_table(folder, "names.csv", "new", "Potholes")
    edit_table(folder, "pictures.csv", "description", "The hill in the snow")
    done = move(folder, "--force")
    assert done.returncode == 0, done.stderr
    assert "Nothing needs your attention." in done.stdout
    published = move(folder, "--publish", "--force")
    assert "Ready to be published: 30 posts and pages." in published.stdout
    built = run_here("html", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "30 posts and 1 page" in built.stdout
    page = (folder / "output/2010/01/trees-news-4/index.html").read_text()
    assert 'alt="The hill in the snow"' in page
    assert (folder / "output/images/2010/01/picture-4.jpg").is_file()
    before = files_of(folder / "content")
    again = move(folder, "--publish", "--force")
    assert "Nothing has changed, so nothing was written." in again.stdout
    assert "There is nothing to publish." in again.stdout
    assert files_of(folder / "content") == before


@pytest.mark.long
def test_one_answer_for_all(folder: Path) -> None:
    move(folder, "--uploads", "uploads", "--force")
    edit_table(folder, "answers.csv", "answer", "the text says what they show")
    done = move(folder, "--force")
    assert "Written: 7 files." in done.stdout
    assert "Nothing needs your attention." in done.stdout
    line = "Allow: useless-alternative because the text says what they show"
    text = (folder / "content/posts/2010-01-16-trees-news-4.md").read_text()
    assert line in text.splitlines()


def test_the_pages_are_checked_as_they_would_be_published(folder: Path) -> None:
    item = wxr_item(number=3, title="Parts", slug="parts", moment=FIRST_DAY, text="Some words.")
    (folder / "export.xml").write_text(wxr_of(item))
    move(folder, "--force")
    path = folder / "content/posts/2010-01-04-parts.md"
    path.write_text(f"{path.read_text()}\nSee [the next part](#nothing), [this](/nowhere/).\n")
    done = move(folder, "--publish", "--force")
    assert "dead-anchor" in (folder / "private/import/findings.csv").read_text()
    assert (
        "  1 in 1 file, stops: the link … leads to a part that its page does not have"
        in done.stdout
    )
    # The check of texts found it, so that of pages does not say it again.
    assert done.stdout.count("/nowhere/") == 1
    assert "There is nothing to publish." in done.stdout
    # A mistake elsewhere stops neither the import nor the other checks.
    (folder / "content/posts/fine.md").write_text("Title: Without a date\n\nText.\n")
    done = move(folder, "--force")
    assert done.returncode == 0, done.stderr


def test_without_a_terminal_nothing_is_published_unasked(folder: Path) -> None:
    move(folder, "--force")
    before = files_of(folder / "content")
    done = move(folder, "--publish")
    assert done.returncode == 1
    assert (
        "Nothing was written, because this command could not ask for your confirmation"
        in done.stderr
    )
    assert files_of(folder / "content") == before


@pytest.mark.long
def test_missing_pictures_are_fetched_after_asking(folder: Path) -> None:
    photograph = picture(400, 300, "JPEG")
    answers = {f"/wp-content/uploads/{name}": (200, dict[str, str](), photograph)
               for name in PICTURES[1:]}  # fmt: skip
    with old_site(answers) as (site, asked):
        (folder / "export.xml").write_text(wxr(NUMBER, site))
        done = move(folder)
        assert "7 missing, from 127.0.0.1:" in done.stdout
        refused = move(folder, "--pictures")
        assert (
            "Nothing was fetched, because this command could not ask for your confirmation"
            in refused.stderr
        )
        assert asked == []
        done = move(folder, "--pictures", "--force")
    assert len(asked) == 7
    assert f"  {site.removeprefix('http://')}: 7 files" in done.stdout
    assert "Could not be fetched" in done.stderr
    assert "the old site answered 404" in done.stderr
    assert "They show or link to 7 pictures and documents: 6 found." in done.stdout
    images = list((folder / "content/images").rglob("*.jpg"))
    assert [path.read_bytes() for path in images] == [photograph] * 6
    # What was copied is not kept twice.
    assert list((folder / "private/import/fetched").iterdir()) == []


@pytest.mark.long
def test_comments_are_kept_as_quotations_on_request(folder: Path) -> None:
    move(folder, "--force")
    file = folder / "content/posts/2010-02-03-grit-bins-news-10.md"
    path = next(folder.glob("content/posts/*-news-10.md"), file)
    assert "When will it be done?" not in path.read_text()
    move(folder, "--comments", "--force")
    assert "> When will it be done?" in path.read_text()


def test_the_pictures_of_a_folder_need_no_other_folder(folder: Path) -> None:
    site = jekyll(folder / "site", NUMBER)
    before = files_of(site)
    write_files(site, {f"assets/{name}": picture(400, 300, "JPEG") for name in PICTURES})
    done = move(folder, "--force", source="site")
    assert done.returncode == 0, done.stderr
    assert len(posts(folder)) == NUMBER
    assert {name: data for name, data in files_of(site).items() if name in before} == before


def test_two_at_once_are_refused(folder: Path) -> None:
    from wardblog.office.private_lock import private_lock

    with private_lock(folder / "private", ".import.lock", "importing an old blog"):
        done = move(folder, "--force")
    assert done.stderr.startswith("Another command is importing an old blog.")
    assert done.returncode == 1


@pytest.mark.long
def test_a_name_that_the_blog_does_not_have_is_pointed_out(folder: Path) -> None:
    move(folder, "--force")
    path = folder / "private/import/names.csv"
    path.write_text(path.read_text().replace("tag,winter", "tag,wnter"))
    done = move(folder, "--force")
    assert "names.csv:" in done.stdout
    assert "the old blog has no such name: wnter" in done.stdout


def test_large_categories_are_proposed_as_issues(folder: Path) -> None:
    (folder / "export.xml").write_text(wxr(80))
    done = move(folder)
    assert "These could be issues of their own: " in done.stdout
    assert "Dog fouling (14)" in done.stdout


UNDATED = "".join(
    f"<item><title>{word}</title><link>https://old.example.org/{word}</link>"
    "<description>Words about grit bins.</description></item>"
    for word in ("One", "Two")
)


def test_a_feed_without_dates_is_brought_and_the_dates_are_asked_for(folder: Path) -> None:
    feed = f"<rss version='2.0'><channel><title>Old</title>{UNDATED}</channel></rss>"
    (folder / "feed.xml").write_text(feed)
    done = move(folder, "--force", "--publish", source="feed.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 in 2 files, stops: the date is missing" in done.stdout
    assert "There is nothing to publish." in done.stdout


@pytest.mark.long
def test_descriptions_that_are_saved_during_a_run_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(folder, "--uploads", "uploads", "--force")
    table = folder / "private/import/pictures.csv"

    def saved_meanwhile(*given: object) -> object:
        edit_table(folder, "pictures.csv", "description", "A bin in the snow")
        return report(*given)  # type: ignore[arg-type]

    report = import_report.report
    monkeypatch.setattr(import_blog, "report", saved_meanwhile)
    done = move(folder, "--uploads", "uploads", "--force")
    assert done.returncode == 0, done.stderr
    assert table.read_text(encoding="utf-8-sig").count("A bin in the snow") == len(PICTURES)


@pytest.mark.long
def test_edited_posts_that_miss_a_description_are_named(folder: Path) -> None:
    move(folder, "--uploads", "uploads", "--force")
    shown = {path: path.read_text() for path in (folder / "content/posts").glob("*.md")}
    edited = next(path for path, text in shown.items() if "](../images/" in text)
    edited.write_text(f"{shown[edited]}\nMine.\n")
    edit_table(folder, "pictures.csv", "description", "A bin in the snow")
    done = move(folder, "--uploads", "uploads", "--force")
    named = [line for line in done.stdout.splitlines() if "did not get your description" in line]
    (picture_file,) = re.findall(r"\]\(\.\./(images/[^\s)]+)", shown[edited])
    expected = (
        f"content/posts/{edited.name} was edited, so it did not get your description of "
        f"content/{picture_file}: write it there."
    )
    assert named == [expected]


def test_an_old_address_that_is_a_page_of_the_new_site_is_reported_but_is_not_a_fault(
    folder: Path,
) -> None:
    link = "https://old.example.org/issues/grit-bins/"
    item = wxr_item(
        number=9, title="Bins", slug="bins", link=link, moment=FIRST_DAY, text="<p>Grit bins.</p>"
    )
    (folder / "export.xml").write_text(wxr_of(item))
    done = move(folder, "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the old address … is in use" in done.stdout
