"""Both parts of an issue from its view, and the most that fits into an e-mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.office.newsletter.part_views import Space
from wardblog.office.newsletter.view import IssueView

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

# In bytes. Gmail cuts messages at 102 kB, and hides the imprint and how to stop with the rest.
MOST_BYTES = 90_000
# It leaves alone the rules for small screens and for the dark. They would come before the encoding
# of the page if it moved them, and browsers look for that in the first kilobyte.
_FOR_INLINER = ' data-css-inline="keep"'
_TEMPLATES = Path(__file__).with_name("templates")


def html_of(view: IssueView) -> str:
    """The HTML part, with its style in each element, as mail programs need it."""
    html = _environment().get_template("newsletter.html").render(view=view)
    lines = (line.strip() for line in html.split("\n"))
    inlined = _inliner().inline("\n".join(filter(None, lines)))
    return f"{inlined.replace(_FOR_INLINER, '').strip()}\n"


@cache
def _environment() -> Environment:
    # late import: see docs/architecture.md
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _inliner() -> CSSInliner:
    # late import: see docs/architecture.md
    from css_inline import CSSInliner

    return CSSInliner(minify_css=True, load_remote_stylesheets=False)


def template(name: str) -> Callable[..., str]:
    """Another template of the newsletter, such as that of the preview."""
    return _environment().get_template(name).render


def fitting(view_in: Callable[[Space], IssueView], posts: int) -> tuple[IssueView, str, Space]:
    """The fullest issue that fits, with its HTML.

    As many posts as possible are shown in full, the others with their titles. If even these do
    not fit, some are only counted. An issue without any post may still be too large.
    """

    def made(space: Space) -> tuple[IssueView, str, Space]:
        view = view_in(space)
        return view, html_of(view), space

    def fits(space: Space) -> bool:
        return len(made(space)[1].encode()) <= MOST_BYTES

    if fits(everything := Space(posts, 0)):
        return made(everything)
    if fits(Space(0, posts)):
        full = _most(posts, lambda number: fits(Space(number, posts - number)))
        return made(Space(full, posts - full))
    return made(Space(0, _most(posts, lambda number: fits(Space(0, number)))))


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """The largest number below the limit that fits; 0 need not."""
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
