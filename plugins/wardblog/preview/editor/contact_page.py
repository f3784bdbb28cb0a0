"""Puts the councillor's new e-mail address or telephone number in the place of the earlier one.

Posts may still have the one that was in the settings before. It is public no longer, so the checks
stop it. The page shows all lines that have it, before and after, and one button replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from wardblog.content.contact_details import is_same, same_kind, with_replaced
from wardblog.content.files import SETTINGS_FILE, on_disk, scan, sources
from wardblog.content.replace_files import NewFile
from wardblog.content.setting_keys.setting_key import SettingKind
from wardblog.content.setting_keys.tables import SETTING_TABLES
from wardblog.content.toml.edit import values_of
from wardblog.content.write_text import file_text_of
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import BadRequestError, EditorRequest
from wardblog.preview.editor.saving import write_files
from wardblog.preview.editor.settings.store import file_bytes
from wardblog.preview.editor.settings.values import entries_of
from wardblog.preview.pages import Response
from wardblog.problems import CommandError, changed_since_shown
from wardblog.support.private_files import ordinary_bytes
from wardblog.text.words import counted

_KINDS = (SettingKind.EMAIL, SettingKind.PHONE)
_LONGEST = 200

# A contact detail by its place in the settings: the table, the number of the entry, and the key.
Contacts = Mapping[tuple[str, int, str], str]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What changes in the posts and pages that have an earlier address or number."""

    files: Mapping[str, NewFile]

    @property
    def digest(self) -> str:
        """That of all these files, so that nothing is written but what was shown."""
        parts = [(file, one.before, one.data) for file, one in self.files.items()]
        return digest_of(repr(parts).encode("utf-8", "surrogateescape")).hex()


def contacts_in(data: bytes) -> Contacts:
    """The e-mail addresses and telephone numbers in ward.toml; none if it is broken."""
    try:
        values = values_of(data, SETTINGS_FILE)
    except CommandError:
        return {}
    return {
        (table.name, number, key.name): value.strip()
        for table in SETTING_TABLES
        if table.file == SETTINGS_FILE
        for key in table.keys
        if key.kind in _KINDS
        for number, entry in enumerate(entries_of(values, table))
        if isinstance(value := entry.get(key.name), str) and value.strip()
    }


def earlier_links(desk: Desk, before: bytes, now: bytes) -> list[dict[str, str]]:
    """What a page offers after a save: for each detail that is gone, but still in posts."""
    old, new = contacts_in(before), contacts_in(now)
    found = []
    for place, value in old.items():
        others = _others(new, value, place)
        if not others or any(is_same(value, one) for one in new.values()):
            continue
        if count := len(replacement(desk, value, others[0]).files):
            posts = counted(count, "post still has", "posts still have")
            found.append({"words": f"{posts} {value}.", "link": link_to(value, others[0])})
    return found


def _others(contacts: Contacts, old: str, place: tuple[str, int, str] | None = None) -> list[str]:
    """The details of the same kind, that in the same place of the settings first."""
    first = [contacts[place]] if place and place in contacts else []
    return [one for one in dict.fromkeys((*first, *contacts.values())) if same_kind(one, old)]


def link_to(old: str, new: str = "") -> str:
    """The address of the page below the editor's own."""
    given = {"old": old, "new": new} if new else {"old": old}
    return f"contact?{urlencode(given)}"


def replacement(desk: Desk, old: str, new: str) -> Replacement:
    """The posts and pages with `new` in place of `old`; those that are not text stay out."""
    return Replacement(dict(_changed(desk, old, new)))


def _changed(desk: Desk, old: str, new: str) -> Iterator[tuple[str, NewFile]]:
    shown = scan(desk.content).shown
    for file in (*sources(shown, "posts"), *sources(shown, "pages")):
        try:
            before = ordinary_bytes(on_disk(desk.content, file))
            data = with_replaced(before, old, new)
        except (CommandError, OSError):
            continue
        if data != before:
            yield file, NewFile(data, before)


def contact_page(desk: Desk, request: EditorRequest) -> Response:
    """All lines that have an earlier address or number, and what would be there instead."""
    title = "An earlier address or number"
    try:
        old, new, others = _asked(desk, request.query)
    except CommandError as error:
        return page(desk, title, "contact.html", section="settings", refused=error)
    found = replacement(desk, old, new)
    posts = [
        {
            "id": desk.ids.of(file),
            "title": _title(desk, file),
            "lines": _lines(file_text_of(one.before or b""), file_text_of(one.data)),
        }
        for file, one in found.files.items()
    ]
    count = counted(len(posts), "post or page has", "posts and pages have")
    choices = [(one, link_to(old, one)) for one in others if one != new]
    return page(
        desk, title, "contact.html", section="settings", refused=None, old=old, new=new,
        posts=posts, digest=found.digest, choices=choices, count=count,
    )  # fmt: skip


def _title(desk: Desk, file: str) -> str:
    post = desk.live.posts.get(file)
    return post.title if post and post.title else file


def _lines(before: str, after: str) -> list[tuple[int, str, str]]:
    """The lines that change, with their numbers; a replacement never adds or removes one."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [(n, one, two) for n, (one, two) in enumerate(pairs, 1) if one != two]


def _asked(desk: Desk, given: Mapping[str, Any]) -> tuple[str, str, Sequence[str]]:
    """The earlier detail, the one in its place, and all that can be; only the settings' own can."""
    old, new = (str(given.get(name, "")).strip() for name in ("old", "new"))
    if not old or max(len(old), len(new)) > _LONGEST:
        raise BadRequestError("The editor cannot read which address or number is meant")
    contacts = contacts_in(file_bytes(desk, SETTINGS_FILE))
    others = _others(contacts, old)
    if any(is_same(old, one) for one in others):
        raise CommandError(
            f"{old} is in the settings", "Only an earlier address or number can be replaced."
        )
    if not others or (new and new not in others):
        raise CommandError(
            f"The settings have no address or number to put in the place of {old}",
            "Add yours on the page “Councillors and surgeries” first.",
        )
    return old, new or others[0], others


def replace(desk: Desk, request: EditorRequest) -> Response:
    """Replace it in all posts that were shown, or in none."""
    sent = {name: request.text(name, _LONGEST) for name in ("old", "new")}
    with desk.lock:
        old, new, _ = _asked(desk, sent)
        found = replacement(desk, old, new)
        if request.text("digest", 64) != found.digest:
            raise changed_since_shown("replaced")
        if found.files:
            write_files(desk, found.files)
    words = counted(len(found.files), "post or page", "posts and pages")
    return answer({"words": f"Replaced in {words}."})
