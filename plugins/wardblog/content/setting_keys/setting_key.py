"""What a setting is: the form of its value, its help, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from wardblog.support.late_dataclass import dataclass


class SettingKind(Enum):
    """The form of a value. All are strings but `DAY`, `NUMBER`, `YES_NO` and `LIST`."""

    WORDS = "words"
    LONG_WORDS = "long-words"
    ADDRESS = "address"  # of a web page
    EMAIL = "email"
    PHONE = "phone"
    COLOUR = "colour"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"
    LIST = "list"  # strings, each on a line of its own in the form
    DAYS = "days"  # the same, and days are written as days
    ISSUE = "issue"  # the name of one of the issues
    FILE = "file"  # of the content folder
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingKey:
    """One key of a table.

    `choices` are the values of a `CHOICE`, each with its meaning in words, and `usual` is what a
    missing one counts as; `low` and `high` limit a `NUMBER`. Entries without a `COLOUR` get
    `colours` in turn. `folder` is where a `FILE` or
    `PICTURE` is, and `endings` are those of its name. `only_for` names another key of the table,
    and the values of it with which this one counts. With `is_older`, it is read in this place, but
    no longer written there.
    """

    name: str
    kind: SettingKind
    label: str
    help: str = ""
    example: str = ""
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    usual: str = ""
    colours: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    folder: str = ""
    endings: tuple[str, ...] = ()
    only_for: tuple[str, tuple[str, ...]] | None = None
    is_older: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingTable:
    """A table of a settings file; "" is what is above all headings.

    A table that `repeats` is written as `[[name]]`, at most `most` times if that is not 0. `one` is
    what an entry is called, and `title` the key that tells entries apart; `or_title` does so where
    that is empty. One that `is_optional`
    needs its required keys only if it is there.
    """

    file: str
    name: str
    label: str
    keys: tuple[SettingKey, ...]
    help: str = ""
    repeats: bool = False
    one: str = ""
    title: str = "name"
    or_title: str = ""
    most: int = 0
    is_optional: bool = False

    def key(self, name: str) -> SettingKey:
        """Raises `KeyError` for a name that this table does not have."""
        found = next((key for key in self.keys if key.name == name), None)
        if found is None:
            raise KeyError(name)
        return found
