"""What the councillor decides about an issue: its order, and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from wardblog.content.header.front_matter import HeaderLine
from wardblog.model import Post, Site, Visibility
from wardblog.model.addresses import lasting_address
from wardblog.office.newsletter.contents import (
    IssueContents,
    PostInIssue,
    post_in_issue,
)
from wardblog.office.private_text import PrivateText
from wardblog.problems import did_you_mean
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass

# The parts of an issue in their usual order, each with the heading that residents read. A further
# part is a line here, a field of `IssueContents`, and a block in both templates.
PARTS: Mapping[str, str] = {
    "New posts": "What is new",
    "Last chance": "Last chance to have your say",
    "You said, we did": "You said, we did",
    "What was fixed": "What was fixed",
    "Coming up": "Coming up",
    "How to reach us": "How to reach us",
}
POSTS, CHANCE, SAID, FIXED, COMING, REACH = PARTS
# The parts that files from before them do not name. There they follow the new posts.
LATER_PARTS = (CHANCE, SAID)
# What else a councillor might call them.
_OTHER_NAMES = {
    "posts": POSTS, "news": POSTS, "what is new": POSTS, "new": POSTS, "fixed": FIXED,
    "recently fixed": FIXED, "dates": COMING, "events": COMING, "contact": REACH,
    "reach us": REACH, "how to reach me": REACH, "outcomes": SAID, "you said we did": SAID,
    "reminders": CHANCE, "closing soon": CHANCE,
}  # fmt: skip
_STATES = {
    Visibility.DRAFT: "a draft",
    Visibility.SCHEDULED: "not published yet",
    Visibility.HIDDEN: "hidden, so that only people with its address can read it",
}


@dataclass(frozen=True, slots=True)
class IssuePart:
    """A part of an issue under its heading; `posts` are those that it shows, if it shows any."""

    name: str
    heading: str
    posts: tuple[PostInIssue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangedIssue:
    """The parts of an issue in their order, and what they show besides posts.

    `left_out` are the keys of new items that the councillor does not want in it.
    """

    contents: IssueContents
    parts: tuple[IssuePart, ...]
    left_out: tuple[str, ...] = ()


def arranged(
    site: Site, text: PrivateText, contents: IssueContents, with_pictures: bool, report: Report
) -> ArrangedIssue:
    """The issue as its file asks for it; names that do not exist are reported."""
    names = _Names(site, contents, with_pictures)
    order = [n for entry in text.all("Order") if (n := names.to_show(entry, report))]
    out = [n for entry in text.all("Leave out") if (n := names.to_leave_out(entry, report))]
    wanted = [name for name in dict.fromkeys(order) if name not in out]
    shown = {one.key for one in wanted if isinstance(one, PostInIssue)}
    kept = _without(contents, frozenset(out), shown)
    return ArrangedIssue(
        contents=kept,
        parts=tuple(_parts(kept, wanted, frozenset(out))),
        left_out=tuple(item for item in contents.items if item not in kept.items),
    )


def _without(
    contents: IssueContents, out: frozenset[str | PostInIssue], shown: Collection[str]
) -> IssueContents:
    """The contents without posts that are left out, and all about them.

    Nothing reminds of the posts in `shown`, which have their questions with them.
    """
    keys = {one.key for one in out if isinstance(one, PostInIssue)}
    return replace(
        contents,
        posts=tuple(p for p in contents.posts if p.key not in keys and POSTS not in out),
        repairs=tuple(
            r for r in contents.repairs if r.key.partition("#")[0] not in keys and FIXED not in out
        ),
        dates=tuple(d for d in contents.dates if d.owner not in keys),
        outcomes=tuple(
            o for o in contents.outcomes if o.key.partition("#")[0] not in keys and SAID not in out
        ),
        reminders=tuple(
            r
            for r in contents.reminders
            if r.key.partition("#")[0] not in {*keys, *shown} and CHANCE not in out
        ),
    )


def _parts(
    contents: IssueContents, order: list[str | PostInIssue], out: frozenset[str | PostInIssue]
) -> Iterable[IssuePart]:
    """Posts that follow one another make one part; all others are where "New posts" is."""
    named = [one for one in order if isinstance(one, PostInIssue)]
    others = tuple(p for p in contents.posts if p not in named)
    rest = [name for name in PARTS if name not in order and name not in out]
    if POSTS in rest and named:  # right after the posts that are named
        rest.remove(POSTS)
        order = list(order)
        order.insert(order.index(named[-1]) + 1, POSTS)
    order, rest = _with_later_parts(order, rest)
    blocks: list[tuple[str, tuple[PostInIssue, ...]]] = []
    for one in (*order, *rest):
        posts = (one,) if isinstance(one, PostInIssue) else others if one == POSTS else ()
        name = one if isinstance(one, str) else POSTS
        if name == POSTS and blocks and blocks[-1][0] == POSTS:
            blocks[-1] = (POSTS, blocks[-1][1] + posts)
        else:
            blocks.append((name, posts))
    shown = [block for block in blocks if block[0] != POSTS or block[1]]
    first = next((posts for name, posts in shown if name == POSTS), ())
    for name, posts in shown:
        heading = "More news" if posts and posts is not first else PARTS[name]
        yield IssuePart(name, heading, posts)


def _with_later_parts(
    order: Sequence[str | PostInIssue], rest: Sequence[str]
) -> tuple[list[str | PostInIssue], list[str]]:
    """The order in which parts that it does not name follow the new posts, and the other parts."""
    later = [name for name in LATER_PARTS if name in rest]
    if POSTS not in order:
        return list(order), list(rest)
    after = order.index(POSTS) + 1
    others = [name for name in rest if name not in later]
    return [*order[:after], *later, *order[after:]], others


class _Names:
    """Finds what a councillor means by a name: a part of the issue, or a post."""

    def __init__(self, site: Site, contents: IssueContents, with_pictures: bool) -> None:
        self._site, self._with_pictures = site, with_pictures
        self._new = {one.key: one for one in contents.posts}
        self._parts = {_plain(name): name for name in PARTS}
        self._parts |= {_plain(PARTS[name]): name for name in PARTS}
        self._parts |= {_plain(name): part for name, part in _OTHER_NAMES.items()}
        self._posts: dict[str, Post] = {}
        for post in (*site.posts, *site.published):  # what is published wins
            for name in (post.file, post.file.rpartition("/")[2], post.slug, post.title):
                self._posts[_plain(name)] = post
            self._posts[_plain(site.absolute(post.address))] = post
            self._posts[_plain(post.address)] = post

    def to_show(self, entry: HeaderLine, report: Report) -> str | PostInIssue | None:
        """What a line of the order names; a published post need not be new."""
        found = self._found(entry, report)
        if not isinstance(found, Post):
            return found
        if found.visibility is not Visibility.PUBLISHED:
            report.stop(
                entry.line,
                f'"{found.title}" is {_STATES[found.visibility]}',
                "A newsletter can have only posts that everybody can read on the site.",
            )
            return None
        return self._item(found)

    def to_leave_out(self, entry: HeaderLine, report: Report) -> str | PostInIssue | None:
        """What a line names that is left out; it may be something that is not shown anyway."""
        found = self._found(entry, report)
        return self._item(found) if isinstance(found, Post) else found

    def _item(self, post: Post) -> PostInIssue:
        known = self._new.get(lasting_address(post))
        return known or post_in_issue(self._site, post, self._with_pictures)

    def _found(self, entry: HeaderLine, report: Report) -> str | Post | None:
        name = _plain(entry.value)
        found = self._parts.get(name) or self._posts.get(name)
        if found is None:
            titles = [post.title for post in self._site.published]
            report.stop(
                entry.line,
                f'there is no part and no post called "{entry.value}"',
                did_you_mean(
                    entry.value,
                    [*PARTS, *titles],
                    f"The parts are: {'; '.join(PARTS)}. A post is named by its title, or by the "
                    "name of its file.",
                ),
            )
        return found


def _plain(name: str) -> str:
    """A name without what people leave out or change when they type it."""
    name = name.casefold().strip().removesuffix(".md").replace("’", "'")
    return " ".join(name.strip("\"'“”‘*-•. /").split())
