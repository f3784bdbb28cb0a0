"""The pages of the office: a form for each command, and what it made."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from wardblog.content.files import scan
from wardblog.office.statistics.stored import FILE as STATS_FILE
from wardblog.office.statistics.stored import FOLDER as STATS_FOLDER
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.job_pages import started
from wardblog.preview.editor.jobs import JobRequest, Jobs, words_of
from wardblog.preview.editor.made_files import leaflets_shown, newsletter_shown
from wardblog.preview.editor.newsletter_page import sending_shown
from wardblog.preview.editor.office_fields import (
    Option,
    choices_of,
    options_of,
    uploads_in,
)
from wardblog.preview.editor.office_kinds import Office, OfficeAction
from wardblog.preview.editor.office_lists import cases_shown, subscribers_shown
from wardblog.preview.editor.offices import BY_NAME, OFFICES
from wardblog.preview.editor.own_pages import share_shown
from wardblog.preview.editor.page import page
from wardblog.preview.editor.private_texts import diary_shown, templates_shown
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.editor.uploads import KINDS, KeptUploads
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support import extras

_SECTION = "more"
# The commands that need to know where the built site is.
_WITH_OUTPUT = ("why",)
# How many posts or streets are offered; the newest posts come first.
_MOST_CHOICES = 1000
# What each part of a template needs, by its name.
_SHOWN: Mapping[str, Callable[[Desk], dict[str, Any]]] = {
    "cases": cases_shown,
    "subscribers": subscribers_shown,
    "diary": diary_shown,
    "templates": templates_shown,
    "leaflets": leaflets_shown,
    "share": share_shown,
    "newsletter": lambda desk: {**newsletter_shown(desk), **sending_shown(desk)},
}


def more(desk: Desk, request: EditorRequest) -> Response:
    """The list of all office pages."""
    del request
    return page(desk, "More", "more.html", _SECTION, offices=OFFICES)


def office(desk: Desk, request: EditorRequest) -> Response:
    """One office page."""
    found = _office(request.parts["name"])
    job = desk.keep(Jobs).latest(page_of(found))
    forms = [
        {
            "action": action,
            "fields": [(field, choices_of(desk, field)[:_MOST_CHOICES]) for field in action.fields],
            "asks": _asked_by(action),
            "lacks": _lacks(desk, action),
        }
        for action in found.actions
    ]
    return page(
        desk, found.title, "office.html", _SECTION,
        office=found, forms=forms, job=job.id if job else "",
        form_running=job.request.title if job else "",
        is_running=job is not None and not job.has_ended, missing=missing_extra(found),
        links=_links(desk, found), limits=_limits(),
        shown=_SHOWN[found.shows](desk) if found.shows else {},
    )  # fmt: skip


def act(desk: Desk, request: EditorRequest) -> Response:
    """Run the command of a form with the values that were given."""
    found = _office(request.parts["name"])
    action = next((one for one in found.actions if one.name == request.parts["action"]), None)
    if action is None:
        raise MissingError("There is no such form", "Reload this page.")
    if action.needs_extra and missing_extra(found):
        raise CommandError("What this needs is not installed yet", "Install it on this page first.")
    options = [*action.fixed, *options_of(desk, action.fields, request)]
    if action.one_of and not {name for name, _ in options} & set(action.one_of):
        labels = [f"“{one.label}”" for one in action.fields if one.option in action.one_of]
        raise CommandError(f"{' and '.join(labels)} are empty", "Fill in one of them.")
    uploads = uploads_in(action.fields, request)
    return started(desk, job_of(desk, found, action, options, uploads))


def job_of(
    desk: Desk, found: Office, action: OfficeAction, options: list[Option], uploads: list[str]
) -> JobRequest:
    """The command of an action; when it has ended, what was uploaded for it is deleted."""
    before = frozenset(_posts(desk))

    def remove() -> None:
        for one in uploads:
            desk.keep(KeptUploads).remove(one)

    return JobRequest(
        page=page_of(found),
        title=action.title,
        words=words_of(action.command, [*_folders(desk, action), *options]),
        writes=action.writes,
        purpose=action.purpose,
        after=remove,
        shown=lambda _: {"made": _made(desk, before), "gives": action.gives},
    )


def _folders(desk: Desk, action: OfficeAction) -> list[Option]:
    output = [("output", str(desk.output))] if action.command in _WITH_OUTPUT else []
    return [("content", str(desk.content)), *output]


def page_of(found: Office) -> str:
    """The path of an office page below the editor's address."""
    return f"office/{found.name}"


def missing_extra(found: Office) -> dict[str, Any]:
    """The optional libraries that a page needs and that are not installed; empty if none."""
    importlib.invalidate_caches()  # it may have been installed since
    if not found.extra or extras.is_installed(found.extra):
        return {}
    extra = extras.EXTRAS[found.extra]
    return {"name": found.extra, "about": extra.about, "megabytes": extra.megabytes}


def install(desk: Desk, request: EditorRequest) -> Response:
    """Install optional libraries; this is the only thing that fetches software."""
    found = _office(request.parts["name"])
    if not missing_extra(found):
        raise CommandError("It is installed already", "Reload this page.")
    return started(
        desk,
        JobRequest(
            page=page_of(found),
            title="Install",
            words=(found.extra,),
            module="wardblog.support.extras",
            purpose="install",
            shown=lambda _: {"made": [], "gives": "page"},
        ),
    )


def _office(name: str) -> Office:
    if name not in BY_NAME:
        raise MissingError("There is no such page", "Choose one of those under More.")
    return BY_NAME[name]


def _asked_by(action: OfficeAction) -> list[str]:
    """Whom a command asks on the internet, if that is the same for everybody."""
    # late import: see docs/architecture.md
    from wardblog.sources.services import SERVICES

    if action.command != "ward":
        return []
    return [f"{one.name}: {', '.join(one.hosts)}" for one in SERVICES.values()]


def _lacks(desk: Desk, action: OfficeAction) -> str:
    """What the settings do not have yet, and without which a command can do nothing."""
    sources = (one for one in action.fields if one.kind == "source")
    return "" if all(choices_of(desk, one) for one in sources) else "No source is named yet."


def _links(desk: Desk, found: Office) -> tuple[tuple[str, str], ...]:
    """The pages that have something to show."""
    has_figures = (desk.private / STATS_FOLDER / STATS_FILE).is_file()
    return found.links if found.name != "figures" or has_figures else ()


def _posts(desk: Desk) -> list[str]:
    return [name for name in scan(desk.content).shown if name.startswith("posts/")]


def _made(desk: Desk, before: frozenset[str]) -> list[dict[str, str]]:
    """The posts that are there since a command began, with their pages."""
    new = sorted(set(_posts(desk)) - before)
    return [
        {"words": name.removeprefix("posts/"), "link": f"post/{desk.ids.of(name)}"} for name in new
    ]


def _limits() -> dict[str, str]:
    return {name: f"{kind.most // 1_000_000} MB" for name, kind in KINDS.items()}
