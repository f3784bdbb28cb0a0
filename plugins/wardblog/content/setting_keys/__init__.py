"""The one table of all settings: what each key of the settings files is, and how to explain it.

The table itself is only loaded when it is needed: when settings are read or shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardblog.content.setting_keys.setting_key import SettingTable


def table_called(file: str, name: str) -> SettingTable:
    """The table of a file; raises `KeyError` if there is none."""
    # late import: see docs/architecture.md
    from wardblog.content.setting_keys.tables import SETTING_TABLES

    found = next((one for one in SETTING_TABLES if (one.file, one.name) == (file, name)), None)
    if found is None:
        raise KeyError(name)
    return found


def choices_of(file: str, table: str, key: str) -> tuple[str, ...]:
    """The values that a key can have, in their order."""
    return tuple(filter(None, table_called(file, table).key(key).choices))


def repeated_tables() -> tuple[str, ...]:
    """The tables that may occur several times, but for [[site]], which another file has once."""
    # late import: see docs/architecture.md
    from wardblog.content.setting_keys.tables import SETTING_TABLES

    return tuple(one.name for one in SETTING_TABLES if one.repeats and one.name != "site")
