"""The first start: whether the content is still the sample, and how to begin one's own."""

from __future__ import annotations

import re
from pathlib import Path

from wardblog.content.files import SETTINGS_FILE
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import BadRequestError, EditorRequest
from wardblog.preview.pages import Response
from wardblog.problems import CommandError, display_path
from wardblog.scaffold import start_own
from wardblog.support.private_files import ordinary_bytes

# The title of the sample, which nobody else's site has.
_TITLE = re.compile(rb'(?m)^title\s*=\s*"Sample: ')


def is_sample(content: Path) -> bool:
    """Whether the content is that of councillors who do not exist."""
    try:
        return bool(_TITLE.search(ordinary_bytes(content / SETTINGS_FILE)))
    except OSError:
        return False


def start_page(desk: Desk, request: EditorRequest) -> Response:
    """The page that explains what happens to the sample."""
    del request
    return page(
        desk, "Start your own blog", "settings_start.html", section="settings",
        is_sample=is_sample(desk.content), content=display_path(desk.content),
    )  # fmt: skip


def start(desk: Desk, request: EditorRequest) -> Response:
    """Move the sample aside, and make a content folder to fill in."""
    if not request.flag("agreed"):
        raise BadRequestError("The editor cannot read this request")
    with desk.lock:
        if not is_sample(desk.content):
            raise CommandError(
                "The content is your own already", "Change it on the pages of settings."
            )
        aside = start_own(desk.content)
        desk.preview.update()
    return answer({"aside": display_path(aside)})
