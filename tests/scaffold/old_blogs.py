"""Old blogs for tests, written out by hand in the form that the readers of exports give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support import write_site
from wardblog.scaffold.old_blog.model import OldBlog, OldPicture, OldPost, OldTerm
from wardblog.scaffold.old_blog.names import NAMES_FILE, NameTable, name_table
from wardblog.scaffold.old_blog.plan import MoveOptions, MovePlan, plan_move
from wardblog.scaffold.old_blog.remembered import FOLDER, read_memory
from wardblog.scaffold.old_blog.write_posts import Folders, write_plan

Files = Mapping[str, str | bytes]
SITE = "https://old.example.org"
ISSUES = ("Grit bins", "Potholes")


def category(name: str, slug: str = "") -> OldTerm:
    slug = slug or name.casefold().replace(" ", "-")
    return OldTerm(kind="category", name=name, slug=slug, address=f"/category/{slug}/")


def tag(name: str) -> OldTerm:
    slug = name.casefold().replace(" ", "-")
    return OldTerm(kind="tag", name=name, slug=slug, address=f"/tag/{slug}/")


def old_post(number: int = 1, **values: Any) -> OldPost:
    """A post of 7 March 2014, with WordPress's addresses; `values` are other fields."""
    slug = values.get("slug", f"hello-{number}")
    made: dict[str, Any] = {
        "kind": "post",
        "guid": f"{SITE}/?p={number}",
        "addresses": (f"/2014/03/07/{slug}/", f"/?p={number}"),
        "title": f"Hello {number}",
        "moment": datetime(2014, 3, 7, 9, 30, tzinfo=UTC),
        "modified": None,
        "author": "admin",
        "text": "<p>Some words about the street.</p>",
        "is_markdown": False,
        "summary": "",
        "state": "published",
        "terms": (category("Grit bins"),),
        "comments": (),
        "picture": "",
        "picture_alt": "",
        "slug": slug,
        "lang": "",
        "source": "export.xml",
        "line": number * 10,
        "number": str(number),
    }
    return OldPost(**{**made, **values})


def old_blog(*posts: OldPost, **values: Any) -> OldBlog:
    terms = dict.fromkeys(term for post in posts for term in post.terms)
    made: dict[str, Any] = {
        "title": "The old blog",
        "url": SITE,
        "posts": posts,
        "pictures": (),
        "feeds": (),
        "terms": tuple(terms),
        "left_out": (),
        "program": "wordpress",
        "on_a_page": 10,
    }
    return OldBlog(**{**made, **values})


def old_picture(name: str, **values: str) -> OldPicture:
    made = {"alt": "", "caption": "", "page_address": ""}
    return OldPicture(url=f"{SITE}/wp-content/uploads/2014/03/{name}", **{**made, **values})


@dataclass(frozen=True)
class Desk:
    """A councillor's folder, into which an old blog is moved."""

    folders: Folders

    @property
    def content(self) -> Path:
        return self.folders.content

    @property
    def private(self) -> Path:
        return self.folders.private

    def names(self, blog: OldBlog, issues: Sequence[str] = ISSUES) -> NameTable:
        path = self.private / FOLDER / NAMES_FILE
        return name_table(blog, issues, ("Robin Sample",), path)

    def plan(self, blog: OldBlog, **values: Any) -> MovePlan:
        made: dict[str, Any] = {
            "content": self.content,
            "names": self.names(blog),
            "memory": read_memory(self.private),
            "author": "Robin Sample",
        }
        return plan_move(blog, MoveOptions(**{**made, **values}))

    def move(self, blog: OldBlog, **values: Any) -> MovePlan:
        """Plan and write without asking."""
        plan = self.plan(blog, **values)
        write_plan(plan, read_memory(self.private), self.folders)
        return plan

    def texts(self) -> dict[str, str]:
        """The posts and pages that came from the old blog."""
        found = [*self.content.glob("posts/*.md"), *self.content.glob("pages/*.md")]
        names = {path.relative_to(self.content).as_posix(): path for path in sorted(found)}
        return {name: path.read_text() for name, path in names.items() if name != "posts/fine.md"}


def desk_in(folder: Path, files: Files | None = None) -> Desk:
    content = write_site(folder / "content", files)
    return Desk(
        Folders(content=content, private=folder / "private", workplace=folder / ".wardblog")
    )


def headers(text: str) -> list[str]:
    """The header lines of a post."""
    return text.split("\n\n", 1)[0].split("\n")


def lines_of(lines: Iterable[str]) -> str:
    return "\n".join(lines)
