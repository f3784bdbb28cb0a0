"""What an office page is: a sentence about what it does, and forms that run commands."""

from __future__ import annotations

from wardblog.preview.editor.office_fields import Field, Option
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAction:
    """A form with a button that runs a command.

    `about` says what it does before it is done, `fixed` are options that it always has, and
    `purpose` is the part of the environment that it needs. `gives` is what the page does with the
    result: "copy" shows a text to copy, "list" loads the page's own list again. `one_of` names the
    options of which one has to be given, and `needs_extra` is whether it needs the optional
    libraries of its page.
    """

    name: str
    title: str
    button: str
    command: str
    about: str = ""
    fields: tuple[Field, ...] = ()
    fixed: tuple[Option, ...] = ()
    purpose: str = ""
    gives: str = ""
    writes: bool = True
    one_of: tuple[str, ...] = ()
    needs_extra: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A page of the office; `extra` names the optional libraries that its commands need.

    `shows` is the part of the template with its own list, `links` are pages of the editor with
    their words, and `settings` is the group of settings that it uses.
    """

    name: str
    title: str
    does: str
    needs: str
    actions: tuple[OfficeAction, ...] = ()
    extra: str = ""
    shows: str = ""
    links: tuple[tuple[str, str], ...] = ()
    settings: str = ""
