"""The index of the search is the same however it came about, and an edit changes little of it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from support import examples
from wardblog.build.search_files import search_files
from wardblog.build.search_index import SearchIndex
from wardblog.build.state import Built
from wardblog.build.store import DamagedError
from wardblog.model import BodyText, Issue, Post, Site, Tag, Update, Visibility
from wardblog.model.digests import Digests, text_digest
from wardblog.model.events import LONDON
from wardblog.views import File
from wardblog.views.output import EMPTY_SITE

Index = dict[str, tuple[object, bytes]]
# The digests of the files of an index, by which the build knows what to write again.
FileDigests = Mapping[str, object]
SYLLABLES = ("ba", "con", "dre", "fi", "gri", "ha", "lo", "mo", "pro", "ste", "ti", "wy")


def files_of(site: Site, built: Built) -> Iterator[File]:
    texts = {post.file: text_digest(post.body) for post in (*site.posts, *site.pages)}
    return search_files(site, Digests(), texts, built)


def made(site: Site, built: Built | None = None) -> Index:
    """The files of the index of a site, each with the digest that the build knows it by."""
    files = files_of(site, built or Built(None, b""))
    return {file.path: (file.extra, file.content(site)) for file in files}


def digests(site: Site, built: Built) -> FileDigests:
    """The digests alone: a file that did not change is not made for them."""
    return {file.path: file.extra for file in files_of(site, built)}


def post(name: str, day: date, text: str, title: str = "A post", **more: object) -> Post:
    own: dict[str, object] = {
        "file": f"posts/{name}.md", "title": title, "slug": name,
        "address": f"{day:%Y/%m}/{name}/", "date": datetime.combine(day, time(10), LONDON),
        "body": BodyText(f"<p>{text}</p>"),
    }  # fmt: skip
    return Post(**own | more)  # type: ignore[arg-type]


def site_of(posts: list[Post], pages: list[Post], **more: object) -> Site:
    newest_first = sorted(posts, key=lambda one: (one.date, one.address), reverse=True)
    own = {"posts": tuple(newest_first), "pages": tuple(pages), "today": date(2030, 1, 1)}
    return replace(EMPTY_SITE, **own | more)  # type: ignore[arg-type]


@dataclass
class Blog:
    """A blog that is written over the years, one step after the other."""

    chance: random.Random
    posts: list[Post] = field(default_factory=list)
    pages: list[Post] = field(default_factory=list)
    day: date = date(2016, 1, 1)
    number: int = 0

    @property
    def site(self) -> Site:
        return site_of(self.posts, self.pages)

    def words(self, count: int) -> str:
        found = (
            "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4)))
            + self.chance.choice(("", "s", "ing", "ed"))
            for _ in range(count)
        )
        return " ".join(found)

    def write(self, day: date | None = None) -> None:
        """A new post, today or on another day."""
        if day is None and self.chance.random() < 0.7:
            self.day += timedelta(days=self.chance.randint(0, 20))
        self.number += 1
        lang, issues = self.chance.choice((("en", ()), ("en", ("bins",)), ("cy", ())))
        self.posts.append(
            post(f"p{self.number}", day or self.day, self.words(25), self.words(3), lang=lang,
                 issues=issues, tags=(Tag("Bins", "bins"),))
        )  # fmt: skip

    def add_page(self) -> None:
        self.number += 1
        page = post(f"page{self.number}", date(1, 1, 1), self.words(20), self.words(2))
        self.pages.append(replace(page, address=f"page{self.number}/"))

    def edit(self) -> None:
        place = self.chance.randrange(len(self.posts))
        old = self.posts[place]
        body = BodyText(old.html.replace("</p>", f" {self.words(2)}</p>"))
        self.posts[place] = self.chance.choice(
            (replace(old, body=body), replace(old, title=self.words(3)))
        )

    def hide(self) -> None:
        place = self.chance.randrange(len(self.posts))
        shown = self.chance.choice((Visibility.DRAFT, Visibility.HIDDEN, Visibility.PUBLISHED))
        self.posts[place] = replace(self.posts[place], visibility=shown)

    def delete(self) -> None:
        del self.posts[self.chance.randrange(len(self.posts))]

    def step(self) -> None:
        kind = self.chance.random()
        if kind < 0.5 or len(self.posts) < 3:
            self.write()
        elif kind < 0.6:
            self.write(self.chance.choice(self.posts).date.date())
        elif kind < 0.65:
            self.add_page()
        else:
            self.chance.choice((self.edit, self.edit, self.hide, self.delete))()


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Built]:
    kept = Built(tmp_path / "built.sqlite", b"stamp")
    yield kept
    kept.close()


@pytest.fixture
def from_nothing(monkeypatch: pytest.MonkeyPatch) -> list[SearchIndex]:
    """The indexes that were made from nothing."""
    found: list[SearchIndex] = []
    anew = SearchIndex._anew

    def noted(index: SearchIndex) -> dict[str, bytes]:
        found.append(index)
        return anew(index)

    monkeypatch.setattr(SearchIndex, "_anew", noted)
    return found


@pytest.mark.long
@pytest.mark.parametrize("beginning", range(examples(6, short=1)))
def test_after_every_edit_the_index_equals_one_from_nothing(
    beginning: int, built: Built, from_nothing: list[SearchIndex]
) -> None:
    blog = Blog(random.Random(beginning))  # noqa: S311
    steps = examples(200, short=60)
    for _ in range(steps):
        for _ in range(blog.chance.choice((1, 1, 1, 3))):
            blog.step()
        assert made(blog.site, built) == made(blog.site)
    assert len(from_nothing) == steps + 1  # all those to compare with, and the first


def changed(before: FileDigests, now: FileDigests) -> set[str]:
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


@pytest.mark.long
def test_a_new_post_changes_at_most_four_files(built: Built) -> None:
    """Also on the days on which files are divided, and lists for spelling are renewed."""
    blog = Blog(random.Random(1))  # noqa: S311
    blog.add_page()
    before = digests(blog.site, built)
    for _ in range(examples(700, short=120)):
        blog.write()
        now = digests(blog.site, built)
        assert len(changed(before, now)) <= 4
        before = now
    assert len([path for path in before if "/words/" in path]) >= 16
    assert len([path for path in before if "/spelling/" in path]) == 26


def test_a_new_post_of_a_large_site_changes_at_most_four_files(built: Built) -> None:
    blog = Blog(random.Random(1))  # noqa: S311
    blog.day = date(1999, 1, 1)
    for _ in range(examples(4060, short=510)):
        blog.write()
    before = digests(blog.site, built)
    for _ in range(examples(170, short=20)):
        blog.write()
        now = digests(blog.site, built)
        assert len(changed(before, now)) <= 4
        before = now


def written(posts: int) -> Blog:
    blog = Blog(random.Random(1))  # noqa: S311
    for _ in range(posts):
        blog.write()
    return blog


@dataclass
class Grown:
    """A blog of some years, its index, and the store that has this index."""

    blog: Blog
    index: Index
    built: Built

    @property
    def digests(self) -> FileDigests:
        return digests(self.blog.site, self.built)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Blog, Index, Path]:
    """Made once; each test has a copy."""
    blog, path = written(300), tmp_path_factory.mktemp("grown") / "built.sqlite"
    kept = Built(path, b"stamp")
    index = made(blog.site, kept)
    kept.close()
    return blog, index, path


@pytest.fixture
def grown(indexed: tuple[Blog, Index, Path], tmp_path: Path) -> Iterator[Grown]:
    blog, index, path = indexed
    kept = Built(Path(shutil.copy(path, tmp_path)), b"stamp")
    yield Grown(replace(blog, posts=[*blog.posts]), index, kept)
    kept.close()


@pytest.mark.parametrize("place", [0, 100, 270, 299])
def test_a_word_that_is_replaced_changes_at_most_three_files(place: int, grown: Grown) -> None:
    blog, before = grown.blog, grown.digests
    old, files = blog.posts[place], set[str]()
    for word in ("gri", "stehas", "umbrella"):
        body = BodyText(old.html.replace(old.html[3:].split()[0], word, 1))
        blog.posts[place] = replace(old, body=body)
        now = grown.digests
        assert len(changed(before, now)) <= 3
        files |= changed(before, now)
        before = now
    assert files


def test_an_edit_of_one_of_the_newest_posts_changes_one_file(grown: Grown) -> None:
    blog, before = grown.blog, grown.digests
    blog.posts[-1] = replace(blog.posts[-1], title="Another", body=BodyText("<p>All new</p>"))
    assert changed(before, grown.digests) == {"search/newest.json"}


def test_an_index_that_is_damaged_is_made_anew(
    grown: Grown, from_nothing: list[SearchIndex]
) -> None:
    blog, built = grown.blog, grown.built
    last = blog.posts[-1].file
    for kind, name in (("search", "record"), ("search", "256"), ("search lines", last)):
        built.replace({}, [(kind, name)])
        blog.posts[-1] = replace(blog.posts[-1], title=f"Without {name}", body=BodyText(""))
        from_nothing.clear()
        now = made(blog.site, built)
        assert len(from_nothing) == 1
        assert now == made(blog.site)


def test_a_file_that_the_store_cannot_give_any_more_is_reported_as_damage(grown: Grown) -> None:
    """The build then begins again, without its cache."""
    grown.built.replace({}, [("search", "100")])
    with pytest.raises(DamagedError):
        made(grown.blog.site, grown.built)


WORD = "Xylophone"


@pytest.mark.parametrize(
    "how",
    [
        {"visibility": Visibility.DRAFT},
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.SCHEDULED},
        {"waits": "Draft"},  # in a preview
    ],
)
def test_what_is_not_published_is_nowhere_in_the_index(how: dict[str, object]) -> None:
    blog = written(30)
    day = blog.posts[-1].date.date()
    hidden = post(WORD, day, WORD, WORD, summary=WORD, tags=(Tag(WORD, "x"),))
    index = made(site_of([*blog.posts, hidden], []))
    assert b"xylophon" in index["search/newest.json"][1].lower()
    index = made(site_of([*blog.posts, replace(hidden, **how)], [replace(hidden, **how)]))  # type: ignore[arg-type]
    assert not any(b"xylophon" in content.lower() for _, content in index.values())


def test_what_happens_later_is_found_later(built: Built) -> None:
    """The post is the same, and its digest too: it is read again when the moment comes."""
    later = datetime(2026, 12, 1, 9, tzinfo=LONDON)
    told = post("p", date(2026, 11, 1), "Text", updates=(Update(later, None, WORD),))
    early = site_of([told], [], moment=later - timedelta(minutes=1))
    assert b"xylophon" not in made(early, built)["search/newest.json"][1]
    due = site_of([told], [], moment=later)
    assert b"xylophon" in made(due, built)["search/newest.json"][1]


def test_a_new_name_of_an_issue_changes_the_newest_file_alone(grown: Grown) -> None:
    site, built = grown.blog.site, grown.built
    issue = Issue(name="Bins", slug="bins", colour="", about="", report_url="", line=1)
    before = digests(replace(site, issues=(issue,)), built)
    now = digests(replace(site, issues=(replace(issue, name="Grit"),)), built)
    assert changed(before, now) == {"search/newest.json"}
    assert digests(replace(site, issues=(issue,), title="Another"), built) == before


def test_rows_are_in_one_place(grown: Grown) -> None:
    blog, index = grown.blog, grown.index
    files = [content for path, (_, content) in index.items() if "/posts/" in path]
    newest = json.loads(index["search/newest.json"][1])
    numbers = [number for content in files for number in json.loads(content)]
    assert len(numbers) + len(newest["rows"]) == len(blog.posts)
    assert all(int(number) >> 8 < newest["before"] for number in numbers)
