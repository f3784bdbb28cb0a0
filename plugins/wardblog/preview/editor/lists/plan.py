"""Where a list goes, what is said about it, and which files that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from wardblog.content.files import ISSUES_FILE, on_disk, scan
from wardblog.content.markdown.html_links import resolve
from wardblog.content.replace_files import NewFile, read_bytes
from wardblog.content.setting_keys import table_called
from wardblog.content.toml.edit import (
    AddEntry,
    RemoveValue,
    SetValue,
    TomlChange,
    with_changes,
)
from wardblog.content.toml.values import TomlValue
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.lists.trial import Trial, issues_of, lists_of, try_list
from wardblog.preview.editor.lists.uploads import ListUpload, file_of
from wardblog.preview.editor.request import BadRequestError, EditorRequest, MissingError
from wardblog.preview.editor.settings.store import file_bytes, settings_file
from wardblog.preview.editor.settings.values import given_entries, new_values
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify

_DATASET = table_called(ISSUES_FILE, "dataset")
# What a list is tried with until its issue is chosen: no name of a complaint.
_NO_ISSUE = "New list"
# The page does not send these: they follow from the file that was chosen.
OURS = ("file", "previous")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """Where a list goes and what is said about it: a new list, or one that takes another's place.

    `values` are the keys of its [[dataset]], and `replaced` are those of the list whose place it
    takes, if there is one.
    """

    upload: ListUpload
    values: Mapping[str, TomlValue]
    new_issue: str = ""
    replaced: Mapping[str, Any] | None = None
    old_file: str = ""
    keeps_old: bool = False

    @classmethod
    def of(cls, desk: Desk, request: EditorRequest, upload: ListUpload) -> ListPlan:
        """What a page asks for; raises `CommandError` for what cannot be."""
        sent = [{"before": None, "values": request.data.get("values")}]
        entry = given_entries(sent, _DATASET)[0]
        if set(entry.values) & set(OURS):
            raise BadRequestError("The editor cannot read this request")
        values = new_values(_DATASET, entry)
        new_issue = " ".join(request.text("new_issue", 200).split())
        if new_issue:
            values["issue"] = new_issue
        values.setdefault("issue", "")
        if update := request.text("update", 1000):
            return cls._update(desk, upload, values, update, request.flag("keeps_old"))
        written = request.text("file_name", 200).strip() or upload.stem
        values["file"] = _free(desk, file_of(written, upload.ending))
        return cls(upload=upload, values=values, new_issue=new_issue)

    @classmethod
    def _update(
        cls,
        desk: Desk,
        upload: ListUpload,
        values: dict[str, TomlValue],
        update: str,
        keeps_old: bool,
    ) -> ListPlan:
        replaced = next((one for one in lists_of(desk) if one.get("file") == update), None)
        old = resolve(update, ISSUES_FILE)
        if replaced is None or old not in scan(desk.content).shown:
            raise MissingError("The file of this list does not exist", "Add it as a new list.")
        values["file"] = str(PurePosixPath(old).with_suffix(upload.ending))
        if values["file"] != old:
            _free(desk, str(values["file"]))
        keeps = keeps_old and values.get("show") != "table"
        if keeps:
            values["previous"] = _name_of_old(desk, replaced, old, upload.ending)
        return cls(
            upload=upload, values=values, replaced=replaced, old_file=old, keeps_old=keeps
        )  # fmt: skip

    @property
    def file(self) -> str:
        """Where the new list goes, below the content folder."""
        return str(self.values["file"])

    def unused(self, desk: Desk) -> str:
        """A file that no list names once this is saved: the list before the last."""
        before = (self.replaced or {}).get("previous")
        others = [one for one in lists_of(desk) if one.get("file") != self.old_file]
        named = [one.get(key) for one in (*others, self.values) for key in OURS]
        return before if isinstance(before, str) and before not in named else ""

    @property
    def shown(self) -> dict[str, TomlValue | None]:
        return {key: value.isoformat() if isinstance(value, date) else value
                for key, value in self.values.items()}  # fmt: skip

    def _old_data(self, desk: Desk) -> bytes | None:
        """The bytes of the list that is kept to compare with."""
        return on_disk(desk.content, self.old_file).read_bytes() if self.keeps_old else None

    @property
    def has_issue(self) -> bool:
        return bool(self.values["issue"])

    def trial(self, desk: Desk, folder: Path) -> Trial:
        """The list as it would be read, from an empty folder; without an issue, as in a new one."""
        values, new = self.values, self.new_issue
        if not self.has_issue:
            values, new = {**values, "issue": _NO_ISSUE}, _NO_ISSUE
        new = new if not _is_issue(desk, new) else ""
        return try_list(desk, folder, values, self.upload.data, new, self._old_data(desk))

    def files(self, desk: Desk) -> dict[str, NewFile]:
        """The files to write; issues.toml comes last."""
        files: dict[str, NewFile] = {}
        old = self._old_data(desk)
        if old is not None and self.old_file == self.file:
            kept = str(self.values["previous"])
            files[kept] = NewFile(old, None)
        files[self.file] = NewFile(self.upload.data, read_bytes(desk.content, self.file))
        text = file_bytes(desk, ISSUES_FILE)
        new = with_changes(text, self._changes(desk), ISSUES_FILE)
        files[ISSUES_FILE] = settings_file(desk, ISSUES_FILE, new, text)
        return files

    def _changes(self, desk: Desk) -> Iterator[TomlChange]:
        """What changes in issues.toml."""
        if self.new_issue and not _is_issue(desk, self.new_issue):
            yield AddEntry("issue", {"name": self.new_issue})
        if self.replaced is None:
            names = [key.name for key in _DATASET.keys if key.name in self.values]
            yield AddEntry("dataset", {name: self.values[name] for name in names})
            return
        lists = lists_of(desk)
        number = next(n for n, one in enumerate(lists) if one.get("file") == self.replaced["file"])
        for key in _DATASET.keys:
            if key.name in self.values:
                yield SetValue("dataset", key.name, self.values[key.name], number)
            elif key.name in self.replaced and self.replaced[key.name] != key.usual:
                # The list before the one that is replaced is no longer compared with.
                yield RemoveValue("dataset", key.name, number)


def _is_issue(desk: Desk, name: str) -> bool:
    return any(slugify(str(one.get("name", ""))) == slugify(name) for one in issues_of(desk))


def _free(desk: Desk, file: str) -> str:
    """The file, if there is none of this name; raises `CommandError`."""
    taken = {name.casefold() for name in scan(desk.content).shown}
    if file.casefold() in taken:
        raise CommandError(
            f"There is a file called {PurePosixPath(file).name} already",
            "Give this one another name. For a newer version of a list, choose Update beside it.",
        )
    return file


def _name_of_old(desk: Desk, replaced: Mapping[str, Any], file: str, ending: str) -> str:
    """Where the list that is replaced stays: as it is, or under a name with its date."""
    old = PurePosixPath(file)
    if old.suffix != ending:
        return str(old)
    day = replaced.get("as_of")
    stem = f"{old.stem}-{day.isoformat()}" if isinstance(day, date) else f"{old.stem}-before"
    taken = {name.casefold() for name in scan(desk.content).shown}
    free, number = stem, 2
    while f"{old.parent}/{free}{old.suffix}".casefold() in taken:
        free, number = f"{stem}-{number}", number + 1
    return f"{old.parent}/{free}{old.suffix}"
