"""The pages of settings: which tables of which file each of them shows."""

from __future__ import annotations

from wardblog.content.files import COMMUNITY_FILE, ISSUES_FILE, SETTINGS_FILE
from wardblog.content.setting_keys import table_called
from wardblog.content.setting_keys.setting_key import SettingTable
from wardblog.preview.editor.request import MissingError
from wardblog.support.late_dataclass import dataclass

FILES = (SETTINGS_FILE, ISSUES_FILE, COMMUNITY_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingGroup:
    """A page with a form; `address` is its part of the page's address, `note` about passwords."""

    address: str
    title: str
    about: str
    file: str
    names: tuple[str, ...]
    note: str = ""

    @property
    def tables(self) -> tuple[SettingTable, ...]:
        return tuple(table_called(self.file, name) for name in self.names)


_PASSWORDS = (
    "No password is kept here, because everybody with a copy of these files could use it. When "
    "these settings are saved, the page Newsletter under More asks for the password, and keeps it "
    "in this computer's own store of passwords."
)
_KEYS = (
    "No password or key is kept here, because everybody with a copy of these files could use it. "
    "ssh and git use their own keys and logins, and S3 those of your computer: docs/publishing.md "
    "explains how."
)


def _ward(address: str, title: str, about: str, *names: str, note: str = "") -> SettingGroup:
    return SettingGroup(
        address=address, title=title, about=about, file=SETTINGS_FILE, names=names, note=note
    )


GROUPS = (
    _ward("site", "Site and ward", "The name of the site, its address and its ward.",
          "site", "ward", ""),
    _ward("people", "Councillors and surgeries",
          "Who you are, how to reach you, and when people can come.", "councillor", "surgery"),
    _ward("imprint", "Imprint and leaflets", "Who is responsible. The law requires it.",
          "imprint", "leaflet"),
    SettingGroup(
        address="issues", title="Issues", about="What you follow, such as grit bins.",
        file=ISSUES_FILE, names=("issue",),
    ),
    SettingGroup(
        address="datasets", title="Lists of the council",
        about="Which lists there are, who made them and what is shown.",
        file=ISSUES_FILE, names=("dataset",),
    ),
    SettingGroup(
        address="community", title="Local sites", about="Other sites for the page Community.",
        file=COMMUNITY_FILE, names=("site",),
    ),
    _ward("maps", "Maps", "Streets and other things on the maps.", "map"),
    _ward("publishing", "Publishing", "Where the site goes.", "publish", note=_KEYS),
    _ward("newsletter", "Newsletter and answers", "Who sends it, and how.",
          "newsletter", "answers", note=_PASSWORDS),
    _ward("sources", "Sources and casework", "Where the software looks for news of the council.",
          "source", "casework"),
    _ward("checks", "Checks and elections", "What may appear in posts, and when an election is.",
          "guard", "election"),
)  # fmt: skip


def group_at(address: str) -> SettingGroup:
    """Raises `MissingError` for an address that no group has."""
    found = next((group for group in GROUPS if group.address == address), None)
    if found is None:
        raise MissingError("There are no such settings", "Go back to the list of settings.")
    return found


def file_called(name: str) -> str:
    """The settings file of this name; raises `MissingError` for any other."""
    if name not in FILES:
        raise MissingError("There is no such file of settings", "Go back to the list of settings.")
    return name
