"""What is found of all posts is kept for the next site, as far as it still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest

from wardblog.model import BodyText, Post, Tag, Visibility
from wardblog.model.events import LONDON
from wardblog.model.site import PostIndex

BODY = BodyText("<p>Text.</p>")
POSTS = tuple(
    Post(
        file=f"posts/{number}.md",
        title=f"Post {number}",
        slug=str(number),
        address=f"2026/11/{number}/",
        date=datetime(2026, 11, 30 - number, tzinfo=LONDON),
        body=BODY,
        guid="7" if number == 3 else "",
        tags=(Tag("Winter", "winter"),),
    )
    for number in range(1, 6)
)


class Looks:
    """An index that is asked the same each time, and counts how often it looked for an answer."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self.index, self.count = PostIndex(posts), 0

    def ask(self) -> tuple[object, ...]:
        index = self.index
        guids = index.having("guid")
        return (
            guids,
            index.value("titles", lambda: self._of(p.title for p in index.posts), "title"),
            index.made("guids", (guids,), lambda: self._of(p.body for p in guids)),
            index.each("bodies", index.posts, "needs", lambda post: self._of((post.body,))),
        )

    def _of(self, values: Iterable[object]) -> tuple[object, ...]:
        self.count += 1
        return tuple(values)

    def after(self, posts: tuple[Post, ...]) -> int:
        """How often it looks again for the next site; its answers are those of a new index."""
        self.ask()
        self.index, self.count = self.index.after(posts), 0
        assert self.ask() == Looks(posts).ask()
        assert list(map(id, self.index.having("guid"))) == [id(p) for p in posts if p.guid]
        return self.count


def with_one(number: int, **changes: object) -> tuple[Post, ...]:
    changed = replace(POSTS[number - 1], **changes)  # type: ignore[arg-type]
    return (*POSTS[: number - 1], changed, *POSTS[number:])


def test_the_same_posts_have_the_same_index() -> None:
    index = PostIndex(POSTS)
    assert index.after(POSTS) is index


@pytest.mark.parametrize(
    ("posts", "looks"),
    [
        (with_one(1, body=BodyText("<p>Other words.</p>")), 1),
        (with_one(3, body=BodyText("<p>Other words.</p>")), 2),
        (with_one(1, title="Another"), 2),
        (with_one(1, guid="8"), 2),
        (with_one(3, guid=""), 2),
        (with_one(1, visibility=Visibility.DRAFT), 1),
        ((POSTS[1], POSTS[0], *POSTS[2:]), 1),
        ((*POSTS[:2], POSTS[3], POSTS[2], POSTS[4]), 2),
        (POSTS[:-1], 6),
        ((*POSTS, replace(POSTS[0], file="posts/9.md")), 8),
        ((), 2),
    ],
    ids=["text", "text-in-list", "field", "into-list", "out-of-list", "other-field", "order",
         "order-in-list", "gone", "new", "none"],
)  # fmt: skip
def test_what_depends_on_a_changed_post_is_found_again(posts: tuple[Post, ...], looks: int) -> None:
    asked = Looks(POSTS)
    assert asked.after(posts) == looks
    assert asked.after(posts) == 0
    asked.after(POSTS)


def test_what_is_made_from_other_things_is_made_again_with_others() -> None:
    index = PostIndex(POSTS)
    first, second = ["a"], ["a"]
    assert index.made("made", (first,), lambda: 1) == 1
    assert index.made("made", (first,), lambda: 2) == 1
    assert index.made("made", (second,), lambda: 3) == 3
    assert index.each("each", POSTS[:1], "a", lambda _: 1) == [1]
    assert index.each("each", POSTS[:1], "a", lambda _: 2) == [1]
    assert index.each("each", POSTS[:1], "b", lambda _: 3) == [3]
