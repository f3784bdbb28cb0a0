"""The posts next to a post: newer and older ones about the same issue."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.model import Post, Site
from wardblog.views.sharing import first_issue

# How many other posts a post leads to.
_OTHERS = 3


class Neighbours:
    """Finds the posts next to each post, among those about its first issue or among all.

    If every post named the newest posts about its issue, a new post would change the pages of all
    older ones: a thousand of them, with ten thousand posts about ten issues. Its neighbours only
    change on the pages next to it: one new post changes one page. The newest posts are on the page
    of the issue, to which every post links; and beside a new post, its neighbours are the newest.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._positions: dict[str, Mapping[str, int]] = {}

    def of(self, post: Post) -> tuple[Post, ...]:
        """The next newer one, if there is one, and older ones: three in all, newest first."""
        issue = first_issue(self._site, post)
        posts = self._site.posts_on(issue) if issue else self._site.published
        slug = issue.slug if issue else ""
        if slug not in self._positions:
            self._positions[slug] = {post.file: at for at, post in enumerate(posts)}
        at = self._positions[slug].get(post.file)
        if at is None:
            return ()
        newer = posts[max(at - 1, 0) : at]
        return (*newer, *posts[at + 1 : at + 1 + _OTHERS - len(newer)])
