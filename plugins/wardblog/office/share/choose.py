"""Finds the post to share by what the councillor wrote, and says which posts cannot be shared."""

from __future__ import annotations

from wardblog.model import LOCAL_URL, Post, Site, Visibility
from wardblog.office.named_posts import PostNames
from wardblog.problems import CommandError, UsageError
from wardblog.text.words import long_date

_NEWEST = 5


def post_called(site: Site, words: str) -> Post:
    """The post with this title, slug, file or address.

    Raises `UsageError` if there is no such post, or more than one, and `CommandError` if residents
    cannot read it.
    """
    if not words.strip():
        raise UsageError("Say which post to share", _examples(site))
    names = PostNames(site)
    found = names.find(words)
    if found is None:
        raise names.unknown(words, _examples(site))
    if why := refusal(site, found):
        raise CommandError(*why)
    return found


def refusal(site: Site, post: Post) -> tuple[str, str] | None:
    """Why a post cannot be shared, and what to do; None if residents can read it."""
    name = f'"{post.title or post.file}"'
    if post.visibility is Visibility.HIDDEN:
        return (
            f"{name} is hidden, so only people who know its address should find it",
            'To share it, remove the line "Status: hidden" from it.',
        )
    if post.visibility is Visibility.SCHEDULED or post.waits.startswith("Waits"):
        return (
            f"{name} appears on {long_date(post.date)}, so residents cannot read it yet",
            "Share it on that day, after you have published the site.",
        )
    if post.visibility is Visibility.DRAFT or post.waits:
        return (
            f"{name} is a draft, so residents cannot read it yet",
            'Remove the line "Status: draft" from it, and publish the site first.',
        )
    if site.url == LOCAL_URL:
        return (
            'The site has no "url" yet, so there is no address to share',
            'Write the site\'s public address under [site] in ward.toml: url = "https://..."',
        )
    return None


def shareable(site: Site) -> tuple[Post, ...]:
    """The posts that can be shared, newest first."""
    return tuple(post for post in site.posts if refusal(site, post) is None)


def _examples(site: Site) -> str:
    newest = [f"make share POST={post.slug}" for post in shareable(site)[:_NEWEST]]
    return "\n  ".join(newest) if newest else "Publish a post first."
