"""The pages of settings, and the saving of their forms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE
from wardblog.content.replace_files import NewFile
from wardblog.content.toml.edit import values_of, with_changes
from wardblog.preview.editor.contact_page import earlier_links
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.recovery import RecoveryCopies, UnsavedValues
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.saving import conflict, digest
from wardblog.preview.editor.settings.forms import (
    differences,
    entries_sent,
    form_of,
    same_entries,
    with_form,
)
from wardblog.preview.editor.settings.groups import FILES, GROUPS, SettingGroup, group_at
from wardblog.preview.editor.settings.messages import (
    messages_of,
    problems_in,
    problems_on_disk,
)
from wardblog.preview.editor.settings.renaming import (
    following_files,
    following_lists,
    renamed_issues,
    use_of,
    with_old_addresses,
)
from wardblog.preview.editor.settings.sample import is_sample
from wardblog.preview.editor.settings.store import file_bytes, save_settings
from wardblog.preview.editor.settings.values import FormEntry
from wardblog.preview.pages import Response


def overview(desk: Desk, request: EditorRequest) -> Response:
    """The page that lists all settings, with what is missing."""
    del request
    problems = problems_on_disk(desk.content)
    found = {file: messages_of(problems, file_bytes(desk, file), file, desk.content)
             for file in FILES}  # fmt: skip
    groups = [
        {
            "address": group.address,
            "title": group.title,
            "about": group.about,
            "count": sum(m["table"] in group.names and m["severity"] == "stop"
                         for m in found[group.file]),
        }
        for group in GROUPS
    ]  # fmt: skip
    return page(
        desk, "Settings", "settings.html", section="settings", groups=groups, files=FILES,
        is_sample=is_sample(desk.content),
    )  # fmt: skip


def group_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with one form."""
    group = group_at(request.parts["group"])
    data = file_bytes(desk, group.file)
    form = form_of(desk, group, data)
    form["messages"] = _messages(group, problems_on_disk(desk.content), data, desk)
    kept = desk.keep(UnsavedValues).kept(group.address)
    form["recovered"] = _fitting(kept, group, form)
    return page(
        desk, group.title, "settings_form.html", section="settings", form=form, group=group
    )  # fmt: skip


def _fitting(
    kept: Mapping[str, Any] | None, group: SettingGroup, form: Mapping[str, Any]
) -> object:
    """What was typed before the page was closed, if it can still be shown in the form."""
    if not kept or kept.get("entries") is None:
        return None
    try:
        entries_sent(group, kept["entries"])
    except Exception:  # noqa: BLE001 - of another version, or damaged
        return None
    if not same_entries(kept["entries"], form):
        return None
    return {"entries": kept["entries"], "same": kept.get("digest") == form["digest"]}


def _messages(
    group: SettingGroup, problems: Sequence[Any], data: bytes, desk: Desk
) -> list[dict[str, Any]]:
    found = messages_of(problems, data, group.file, desk.content)
    return [one for one in found if one["table"] in group.names or not one["table"]]


def look(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed, and say what is wrong with it; nothing of the content changes."""
    group = group_at(request.text("group", 40))
    sent = entries_sent(group, request.data.get("entries"))
    values = {"digest": request.text("digest", 64), "entries": request.data["entries"]}
    desk.keep(UnsavedValues).keep(group.address, values)
    data = file_bytes(desk, group.file)
    if digest(data) != values["digest"]:
        return answer({"messages": [], "changed": True})
    new = with_form(group, sent, data)
    problems = problems_in(new, group.file, desk.content)
    return answer({"messages": _placed(_messages(group, problems, new, desk), sent)})


def save(desk: Desk, request: EditorRequest) -> Response:
    """Save a form; if the file changed meanwhile, answer with both versions and change nothing.

    With `follow`, posts, lists and addresses follow an issue that gets another name.
    """
    group = group_at(request.text("group", 40))
    sent = entries_sent(group, request.data.get("entries"))
    with desk.lock:
        before = file_bytes(desk, group.file)
        if request.text("digest", 64) != digest(before):
            return _conflict(desk, group, request.data["entries"], before)
        follow = request.flag("follow") if "follow" in request.data else False
        new, others = _with_followers(desk, group, sent, before, follow)
        save_settings(desk, group.file, new, before, others)
        desk.keep(UnsavedValues).forget([group.address])
    form = form_of(desk, group, new)
    form["messages"] = _messages(group, problems_on_disk(desk.content), new, desk)
    earlier = earlier_links(desk, before, new) if group.file == SETTINGS_FILE else []
    return answer({"form": form, "changed": new != before, "earlier": earlier})


def discard(desk: Desk, request: EditorRequest) -> Response:
    """Forget what was typed, but for a copy in the private folder; answer with the file's form."""
    group = group_at(request.text("group", 40))
    recovery = desk.keep(UnsavedValues)
    kept = recovery.kept(group.address)
    if kept:
        entries = json.dumps(kept.get("entries"), indent=1).encode()
        desk.keep(RecoveryCopies).keep_aside(f"{group.address}.json", entries)
    recovery.forget([group.address])
    data = file_bytes(desk, group.file)
    form = form_of(desk, group, data)
    form["messages"] = _messages(group, problems_on_disk(desk.content), data, desk)
    return answer({"form": form})


def _conflict(desk: Desk, group: SettingGroup, mine: Mapping[str, Any], data: bytes) -> Response:
    theirs = form_of(desk, group, data)
    desk.keep(UnsavedValues).keep(group.address, {"digest": "", "entries": mine})
    return conflict(
        desk,
        group.file,
        data,
        theirs=theirs,
        rows=differences(mine, theirs),
        can_replace=theirs["broken"] is None and same_entries(mine, theirs),
    )


def _placed(
    messages: list[dict[str, Any]], sent: Mapping[str, Sequence[FormEntry]]
) -> list[dict[str, Any]]:
    """The messages with the numbers of the entries on the page, where blank ones count."""
    places = {
        name: [n for n, entry in enumerate(entries) if not entry.is_blank]
        for name, entries in sent.items()
    }
    for one in messages:
        numbers = places.get(one["table"], [])
        if one["number"] < len(numbers):
            one["number"] = numbers[one["number"]]
    return messages


def _with_followers(
    desk: Desk,
    group: SettingGroup,
    sent: Mapping[str, list[FormEntry]],
    data: bytes,
    follow: bool,
) -> tuple[bytes, dict[str, NewFile]]:
    """The new bytes of the file, and of the other files that follow a new name."""
    if not follow or "issue" not in sent:
        return with_form(group, sent, data), {}
    values = values_of(data, group.file)
    renamed = renamed_issues(values, sent["issue"])
    entries = {**sent, "issue": with_old_addresses(sent["issue"], renamed)}
    data = with_changes(data, following_lists(values, renamed), group.file)
    return with_form(group, entries, data), following_files(desk, renamed)


def issue_use(desk: Desk, request: EditorRequest) -> Response:
    """What belongs to an issue, for those who want to rename or remove it."""
    values = values_of(file_bytes(desk, ISSUES_FILE), ISSUES_FILE)
    return answer(use_of(desk, values, int(request.number("number", 0, 1000))))
