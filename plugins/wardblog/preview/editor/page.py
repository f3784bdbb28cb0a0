"""The editor's pages from their templates, and its answers to scripts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardblog.preview.editor.desk import Desk
from wardblog.preview.pages import Response

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
# The sections of the navigation: the name, and the path below the editor's address.
SECTIONS = (
    ("Posts", ""),
    ("Publish", "publish"),
    ("Lists", "lists"),
    ("Settings", "settings"),
    ("More", "more"),
)
# Nothing but the editor's own files is loaded, no text becomes a script, and nobody frames it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HTML, _JSON = "text/html; charset=utf-8", "application/json"


def page(desk: Desk, title: str, template: str, section: str = "", **values: Any) -> Response:
    """A page made from a file of `templates/`; `section` is its path in the navigation."""
    content = (
        _templates()
        .get_template(template)
        .render(
            title=title,
            section=section,
            sections=SECTIONS,
            base=desk.base,
            site=f"{desk.live.base_path}/",
            **{"token": desk.token, **values},
        )
    )
    headers = (("Content-Security-Policy", POLICY),)
    return Response(
        status=200, media_type=_HTML, content=content.encode("utf-8", "replace"), headers=headers
    )


def answer(values: dict[str, Any], status: int = 200) -> Response:
    """A JSON object for the script that asked."""
    return Response(status=status, media_type=_JSON, content=json.dumps(values).encode())


def json_text(value: Any) -> str:
    """JSON that can be put in a `<script type="application/json">`; use it with `|safe`."""
    text = json.dumps(value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _templates() -> Environment:
    # late import: see docs/architecture.md
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json_text"] = json_text
    return made
