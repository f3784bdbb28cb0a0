"""The preview's own pages as pages of the editor: texts to share, the digest, and the figures."""

from __future__ import annotations

from typing import Any

from wardblog.office.share.choose import shareable
from wardblog.office.statistics.figures import TITLE
from wardblog.preview.assets import STYLES_PATH
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.documents import post_file
from wardblog.preview.editor.editor_words import in_editor
from wardblog.preview.editor.page import page
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.listen_pages import listen_parts
from wardblog.preview.pages import Response
from wardblog.preview.share_pages import COPY_PATH, texts_to_share, why_none
from wardblog.preview.stats_pages import stats_content
from wardblog.problems import CommandError
from wardblog.text.words import long_date

_NO_DIGEST = "There is no digest yet. Go back, and collect what is new."
_NO_SITE = ("The site cannot be shown yet", "Fix what the list of posts names.")


def share_shown(desk: Desk) -> dict[str, Any]:
    """The posts that can be shared, or why there is none."""
    site = desk.live.shown_site()
    rows = [
        {
            "id": desk.ids.of(post.file),
            "title": post.title,
            "lang": post.lang,
            "day": long_date(post.date),
        }
        for post in (shareable(site) if site else ())
    ]
    return {"rows": rows, "why": in_editor(why_none(site)) if site and not rows else ""}


def share_page(desk: Desk, request: EditorRequest) -> Response:
    """The texts about one post, each with a button that copies it."""
    given = request.parts["id"]
    file, site = post_file(desk, given), desk.live.shown_site()
    post = next((one for one in site.posts if one.file == file), None) if site else None
    if site is None or post is None:
        raise CommandError("This post cannot be shared now", "Choose one from the list of Share.")
    script = f"{site.base_path}/{COPY_PATH}"
    return _page(
        desk, post.title, texts_to_share(site, post), ("office/share", "Share"), script,
        more=(f"post/{given}", "Open the post"),
    )  # fmt: skip


def digest_page(desk: Desk, request: EditorRequest) -> Response:
    """The digest of local sites."""
    del request
    how = f' <a href="{desk.base}office/digest#post-title">Write a post about one of them</a>'
    title, content = listen_parts(desk.private, how, _NO_DIGEST)
    return _page(desk, title, content, ("office/digest", "Digest"))


def figures_page(desk: Desk, request: EditorRequest) -> Response:
    """The figures with charts."""
    del request
    site = desk.live.shown_site()
    if site is None:
        raise CommandError(*_NO_SITE)
    how = f' <a href="{desk.base}office/figures">Bring it up to date</a>'
    content = stats_content(desk.private, site, how)
    return _page(desk, TITLE, content, ("office/figures", "Figures"))


def _page(
    desk: Desk,
    title: str,
    content: str,
    back: tuple[str, str],
    script: str = "",
    more: tuple[str, str] | None = None,
) -> Response:
    """`content` is HTML; `back` and `more` are links below the editor's address with words."""
    styles = f"{desk.live.base_path}/{STYLES_PATH}"
    return page(
        desk, title, "own.html", "more",
        content=content, back=back, more=more, styles=styles, script=script,
    )  # fmt: skip
