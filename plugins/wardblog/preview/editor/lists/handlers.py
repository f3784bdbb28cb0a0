"""The page of lists: a file is looked at, and saved with its line in issues.toml."""

from __future__ import annotations

from pathlib import PurePosixPath

from wardblog.build.clock import now
from wardblog.content import declared_issues
from wardblog.content.files import ISSUES_FILE
from wardblog.content.setting_keys import table_called
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.lists.looking import looked_at
from wardblog.preview.editor.lists.plan import OURS, ListPlan
from wardblog.preview.editor.lists.trial import issues_of, lists_of
from wardblog.preview.editor.lists.uploads import (
    MOST_BYTES,
    ListUpload,
    ListUploads,
    upload_of,
)
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.editor.saving import write_files
from wardblog.preview.editor.settings.forms import key_form
from wardblog.preview.editor.settings.values import shown
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.scaffold import new_post, year_on_year
from wardblog.support import extras
from wardblog.text.slugs import slugify

_DATASET = table_called(ISSUES_FILE, "dataset")
_NEW_ISSUE = "If there is none that fits, choose “A new issue…” and give it a name."
_NO_ISSUE = {
    "severity": "stop",
    "message": "Choose the issue that the list belongs to.",
    "hint": _NEW_ISSUE,
    "line": None,
    "key": "issue",
}


def lists_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with the lists that there are, and the form for another."""
    update = request.query.get("update", "")
    document = {
        "keys": [key_form(key) for key in _DATASET.keys if key.name not in OURS],
        "issues": [str(one["name"]) for one in issues_of(desk) if one.get("name")],
        "update": update if any(one.get("file") == update for one in lists_of(desk)) else "",
        "most": MOST_BYTES,
    }
    lists = [
        {"title": one.get("title") or one.get("issue", ""), "file": one["file"],
         "issue": one.get("issue", "")}
        for one in lists_of(desk) if isinstance(one.get("file"), str)
    ]  # fmt: skip
    return page(
        desk, "Lists", "lists.html", section="lists", document=document, lists=lists
    )  # fmt: skip


def look(desk: Desk, request: EditorRequest) -> Response:
    """What is in a file, and what residents would see of it; nothing of the content changes."""
    uploads = desk.keep(ListUploads)
    key = request.text("looked", 64)
    if key:
        upload = uploads.get(key)
    else:
        upload = upload_of(request.text("name", 1000), request.file("data", MOST_BYTES))
        key = uploads.keep(upload)
    if upload.needs_sheets and not extras.is_installed("sheets"):
        size = extras.EXTRAS["sheets"].megabytes
        return answer({"looked": key, "needs": "sheets", "megabytes": size})
    plan = ListPlan.of(desk, request, upload)
    shown = looked_at(desk, plan).shown
    if not plan.has_issue:
        shown = {**shown, "messages": [_NO_ISSUE, *shown["messages"]]}
    return answer(
        {"looked": key, "name": PurePosixPath(plan.file).stem, "ending": upload.ending,
         "values": plan.shown, "file": plan.file, "fits": _fitting_issue(desk, upload),
         "unused": plan.unused(desk)}
        | shown
    )  # fmt: skip


def _fitting_issue(desk: Desk, upload: ListUpload) -> str:
    """The issue whose name is in the name of a file, such as "winter-grit-bins"; or ""."""
    stem = f"-{slugify(upload.stem)}-"
    names = [str(one["name"]) for one in issues_of(desk) if one.get("name")]
    fitting = [name for name in names if slugify(name) and f"-{slugify(name)}-" in stem]
    return max(fitting, key=len, default="")


def save(desk: Desk, request: EditorRequest) -> Response:
    """Write the file and its line in issues.toml, both or none."""
    key = request.text("looked", 64)
    upload = desk.keep(ListUploads).get(key)
    plan = ListPlan.of(desk, request, upload)
    if not plan.has_issue:
        raise CommandError("The list was not saved: it has no issue yet", _NEW_ISSUE)
    looked = looked_at(desk, plan)
    stops = [one for one in looked.shown["messages"] if one["severity"] == "stop"]
    if stops:
        raise CommandError(f"The list was not saved: {stops[0]['message']}", stops[0]["hint"])
    if not looked.issue:
        raise CommandError("The list was not saved, because it cannot be read")
    with desk.lock:
        if ListPlan.of(desk, request, upload) != plan:
            raise CommandError("The lists have changed in the meantime", "Save it once more.")
        unused = plan.unused(desk)
        write_files(desk, plan.files(desk))
    desk.keep(ListUploads).forget(key)
    changes = looked.shown["changes"]
    return answer(
        {
            "file": plan.file,
            "address": f"issues/{looked.slug}/",
            "issue": looked.issue,
            "list": looked.name,
            "changed": changes["sentence"] if changes else "",
            "unused": unused,
        }
    )


def install_sheets(desk: Desk, request: EditorRequest) -> Response:
    """Install the library that reads spreadsheets, which needs the internet."""
    del desk, request
    try:
        extras.install("sheets")
    except extras.InstallError:
        raise CommandError(
            "The library that reads spreadsheets could not be installed",
            "Is this computer online? Or save the list as CSV from your spreadsheet program. "
            + extras.install_hint("sheets"),
        ) from None
    return answer({"done": True})


def values_of_list(desk: Desk, request: EditorRequest) -> Response:
    """What is said about a list now, for the form of its update."""
    file = request.text("file", 1000)
    found = next((one for one in lists_of(desk) if one.get("file") == file), None)
    if found is None:
        raise MissingError("This list does not exist", "Reload the page.")
    values = {key.name: shown(key, found.get(key.name))
              for key in _DATASET.keys if key.name not in OURS}  # fmt: skip
    return answer({"values": values})


def start_post(desk: Desk, request: EditorRequest) -> Response:
    """Begin a draft about what changed in a list, as `make new FROM=` does."""
    site = desk.live.shown_site()
    if site is None:
        raise CommandError(
            "Something on the site has to be fixed first",
            "The pages Settings and Posts say what it is.",
        )
    draft = year_on_year(site, request.text("list", 200))
    with desk.lock:
        try:
            path = new_post(desk.content, "", "", now(), declared_issues(desk.content), draft)
        except FileExistsError:
            raise CommandError(
                "There is a post of today about this list already", "It is in the list of posts."
            ) from None
        desk.preview.update([path])
    return answer({"id": desk.ids.of(path.relative_to(desk.content).as_posix())})
