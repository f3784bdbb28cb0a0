"""The one table of all settings: what each key of the settings files is, and how to explain it."""

from __future__ import annotations

from wardblog.content.setting_keys.list_keys import COMMUNITY_TABLES, ISSUE_TABLES
from wardblog.content.setting_keys.mail_keys import TABLES as _MAIL
from wardblog.content.setting_keys.office_keys import TABLES as _OFFICE
from wardblog.content.setting_keys.people_keys import TABLES as _PEOPLE
from wardblog.content.setting_keys.setting_key import SettingKey, SettingKind, SettingTable
from wardblog.content.setting_keys.site_keys import TABLES as _SITE

__all__ = [
    "REPEATED",
    "SETTING_TABLES",
    "SettingKey",
    "SettingKind",
    "SettingTable",
    "choices_of",
    "table_called",
]

SETTING_TABLES: tuple[SettingTable, ...] = (
    *_SITE,
    *_PEOPLE,
    *_MAIL,
    *_OFFICE,
    *ISSUE_TABLES,
    *COMMUNITY_TABLES,
)
# The tables that may occur several times, but for [[site]], which another file has once.
REPEATED = tuple(one.name for one in SETTING_TABLES if one.repeats and one.name != "site")


def table_called(file: str, name: str) -> SettingTable:
    """The table of a file; raises `KeyError` if there is none."""
    found = next((one for one in SETTING_TABLES if (one.file, one.name) == (file, name)), None)
    if found is None:
        raise KeyError(name)
    return found


def choices_of(file: str, table: str, key: str) -> tuple[str, ...]:
    """The values that a key can have, in their order."""
    return tuple(filter(None, table_called(file, table).key(key).choices))
