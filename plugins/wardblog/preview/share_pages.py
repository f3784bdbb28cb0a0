"""The private pages with the texts to share: only in the preview, never part of a site."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wardblog.model import CommunitySite, Post, Site
from wardblog.model.addresses import hashed_path, index_of
from wardblog.office.share.choose import refusal, shareable
from wardblog.office.share.texts import ShareText, problems_of, texts_of
from wardblog.preview.assets import OWN, own_page
from wardblog.text.words import long_date

SHARE = f"{OWN}share/"
COPY_SCRIPT = """\
// Adds a button to each text that copies it. Without this script, the text can be selected.
"use strict";
for (const box of document.querySelectorAll("textarea[readonly]")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the text for ${box.dataset.channel}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It is selected. Press Ctrl+C to copy it.";
    }
  });
  box.nextElementSibling.prepend(button, " ", said, " ");
}
"""
COPY_PATH = hashed_path(f"{OWN}copy.js", COPY_SCRIPT.encode())
# How wide a line of a text is, and how many lines of it are shown, at least and at most.
_LINE, _FEWEST_LINES, _MOST_LINES = 56, 5, 18


def is_share_page(path: str) -> bool:
    return path.startswith(SHARE)


def share_page(site: Site, path: str) -> bytes | None:
    """The list of posts at `SHARE`, or the texts about one; None if there is no such page."""
    if path == index_of(SHARE):
        return own_page("Share a post", "\n".join(_list(site)))
    posts = {index_of(f"{SHARE}{post.address}"): post for post in site.posts}
    post = posts.get(path)
    if post is None:
        return None
    base = f"{site.base_path}/"
    links = (
        f'<p><a href="{escape(base + SHARE)}">All posts</a> · '
        f'<a href="{escape(base + post.address)}">The post itself</a></p>'
    )
    return own_page(post.title, f"{links}\n{texts_to_share(site, post)}", f"{base}{COPY_PATH}")


def texts_to_share(site: Site, post: Post) -> str:
    """The texts about a post as HTML, each with its channel; `COPY_SCRIPT` adds the buttons."""
    return "\n".join(_texts(site, post))


def _list(site: Site) -> Iterator[str]:
    yield "<p>Choose a post to get a text for each channel. Only you can see these pages.</p>"
    posts = shareable(site)
    if not posts:
        yield f"<p>{escape(why_none(site))}</p>"
        return
    yield '<ul class="posts">'
    for post in posts:
        link = escape(f"{site.base_path}/{SHARE}{post.address}")
        day = f"<p>{long_date(post.date)}</p>"
        yield f'<li><p><a href="{link}"{_lang(post)}>{escape(post.title)}</a></p>{day}</li>'
    yield "</ul>"


def why_none(site: Site) -> str:
    """Why no post can be shared."""
    first = next((why for post in site.posts if (why := refusal(site, post))), None)
    return ". ".join(first) if first else "There is no post yet."


def _lang(post: Post) -> str:
    return f' lang="{escape(post.lang)}" dir="auto"' if post.lang != "en" else ""


def _texts(site: Site, post: Post) -> Iterator[str]:
    if why := refusal(site, post):
        yield f"<p>{escape('. '.join(why))}</p>"
        return
    if problems := problems_of(site, post):
        yield "<p>Fix this before you share the post:</p>\n<ul>"
        for one in problems:
            yield f"<li><p>{escape(one.message)}</p><p>{escape(one.hint)}</p></li>"
        yield "</ul>"
        return
    yield "<p>If the post is new, publish the site first. Nothing is posted from here.</p>"
    texts = texts_of(site, post)
    links = (f'<a href="#{one.channel.key}">{one.channel.name}</a>' for one in texts)
    yield f"<nav><p>{' · '.join(links)}</p></nav>"
    for text in texts:
        yield from _text(text, post)
    yield from _places(site.community)


def _text(text: ShareText, post: Post) -> Iterator[str]:
    channel = text.channel
    lines = sum(1 + len(line) // _LINE for line in text.text.split("\n"))
    rows = min(max(lines, _FEWEST_LINES), _MOST_LINES)
    yield (
        f'<section aria-labelledby="{channel.key}">\n<h2 id="{channel.key}">{channel.name}</h2>\n'
        f'<p class="note" id="{channel.key}-note">{escape(channel.advice)} '
        f"{text.count:,} of {channel.limit:,} characters.</p>"
    )
    # The parser of HTML drops a line end right after the tag.
    yield (
        f'<textarea readonly rows="{rows}" data-channel="{channel.name}"{_lang(post)} '
        f'aria-labelledby="{channel.key}" aria-describedby="{channel.key}-note">\n'
        f"{escape(text.text)}</textarea>"
    )
    link = (
        f'<a href="{escape(text.link)}" target="_blank" rel="noopener noreferrer">'
        f"{channel.link_words}</a>"
        if text.link
        else ""
    )
    yield f'<p class="actions">{link}</p>\n</section>'


def _places(community: tuple[CommunitySite, ...]) -> Iterator[str]:
    if not community:
        return
    yield '<section aria-labelledby="where">\n<h2 id="where">When and where</h2>\n<ul>'
    for one in community:
        link = f'<a href="{escape(one.url)}" target="_blank" rel="noopener noreferrer">'
        labelled = (("What it is for", one.about), ("Rules", one.rules), ("When", one.when))
        notes = "".join(f"<p>{label}: {escape(words)}</p>" for label, words in labelled if words)
        yield f"<li><p>{link}{escape(one.name)}</a></p>{notes}</li>"
    yield "</ul>\n</section>"
