"""Recognises sites that only Pelican can build, by their plugins, settings or templates."""

from __future__ import annotations

from wardblog.build.pelican_settings import Choices, slower
from wardblog.build.templates import Templates
from wardblog.content.markdown.html_links import split_mark
from wardblog.model import Site
from wardblog.problems import Problem
from wardblog.views import Page, outputs

# The link marks that our own views resolve.
_OUR_MARKS = ("filename", "static")


def needs_pelican(
    choices: Choices, templates: Templates, site: Site | None = None
) -> Problem | None:
    """The note that says what only Pelican can build, or None if our engine can build everything.

    Without a site only the settings and the theme count.
    """
    if choices.needs_pelican:
        return choices.needs_pelican
    needed = {o.template for o in outputs(site) if isinstance(o, Page)} if site else ()
    if first := templates.first_for_pelican(needed):
        file, variable = first
        path = str(templates.path(file.removesuffix(".html")))
        if not variable:
            hint = "Copy this template from the theme that comes with the software."
            return slower(path, None, f'the theme has no template "{file}"', hint)
        reason = f'the template "{file}" uses "{variable}", which only Pelican knows'
        return slower(path, None, reason, "Use only what our own templates use if you can.")
    return _mark_for_pelican(site) if site else None


def _mark_for_pelican(site: Site) -> Problem | None:
    """The first link that only Pelican resolves, such as `{attach}` or `{tag}`."""
    for post in (*site.posts, *site.pages):
        for mark in post.marks:
            if (kind := split_mark(mark)[0]) not in _OUR_MARKS:
                reason = f'a post has a link with "{{{kind}}}", which only Pelican resolves'
                return slower(post.file, None, reason, "Use an ordinary link if you can.")
    return None
