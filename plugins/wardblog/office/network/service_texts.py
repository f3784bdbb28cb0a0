"""Texts as newsletter services take them: with their link to stop, and without their templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from wardblog.model import NewsletterSettings
from wardblog.office.message import TOKEN


def inside_body(html: str) -> str:
    """What is inside the body, with the styles before it: the service adds its own frame."""
    styles = "".join(re.findall(r"<style\b.*?</style>", html, re.DOTALL | re.IGNORECASE))
    body = re.search(r"<body\b[^>]*>(.*)</body>", html, re.DOTALL | re.IGNORECASE)
    return f"{styles}{body[1]}" if body else html


def with_link(
    words: str, settings: NewsletterSettings, link: str, escape: Callable[[str], str]
) -> str:
    """The text, with the service's own link to stop in the place of ours."""
    if not settings.unsubscribe or TOKEN not in settings.unsubscribe:
        return escape(words)
    for ours in (settings.unsubscribe, settings.unsubscribe.replace("&", "&amp;")):
        words = words.replace(ours, "\x00")
    return link.join(map(escape, words.split("\x00")))


def without_templates(html: str) -> str:
    """HTML in which no template language finds anything."""
    return html.replace("{{", "&#123;&#123;").replace("{%", "&#123;%")


def for_go_template(words: str) -> str:
    """Plain text for the templates of Go."""
    return words.replace("{{", '{{ "{{" }}')


def without_merge_tags(words: str) -> str:
    """A text without what Mailchimp would replace."""
    return words.replace("*|", "* |")


def unquoted(name: str) -> str:
    return name.replace("\\", "").replace('"', "")
