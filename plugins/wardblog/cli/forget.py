"""`make cases FORGET=...`: delete what the casework has about a person who asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.casework import calendar_site, load_cases, settings_of
from wardblog.cli.common import DONE, can_ask, confirm, print_line
from wardblog.problems import CommandError, display_path
from wardblog.text.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wardblog.office.casework.forgetting import ForgetPlan, ForgottenRow, OtherFile
    from wardblog.office.casework.person import PersonSought

_MOST_FILES, _MOST_LINES = 20, 10
_LAST_PLACES = """\
These cannot be searched from here. Look there yourself, and delete what you find:
  the newsletter: make subscribers FORGET=their@address
  your mailbox, with sent mail and attachments; messages and contacts on your phone; paper
  calendars into which you imported cases.ics
  backups and older copies of these files, also those that a cloud service or git keeps
  the list of commands in this terminal, which has the words that you typed"""


def forget(content: Path, private: Path, written: str, is_forced: bool) -> int:
    """Show the rows about a person, delete them after a yes, and name the other places."""
    from wardblog.office.casework.forgetting import ForgetPlan, plan_forgetting
    from wardblog.office.casework.person import person_sought
    from wardblog.office.casework.table import delete_rows

    person = person_sought(written)
    table = load_cases(private, is_quiet=True)
    _renew(content, private)
    plan = plan_forgetting(table, person) if table else ForgetPlan()
    is_answered = is_forced or can_ask()
    _show(plan)
    if table and is_answered and (plan.sure or plan.perhaps):
        if rows := _chosen(plan, is_forced):
            delete_rows(private, table, [one.row for one in rows])
            print_line(f"Deleted {counted(len(rows), 'row')}.")
        else:
            print_line("Nothing was deleted.")
    if _renew(content, private):
        print_line("The calendar of due dates was made again from the rows that there are now.")
    _name_other_places(content, private, person)
    if (plan.sure or plan.perhaps) and not is_answered:
        raise CommandError(
            "Nothing was deleted, since there is no terminal to answer on",
            "To delete the rows that mention this person, run the same command with FORCE=1."
            if plan.sure
            else "Run the same command at a terminal.",
        )
    return DONE


def _show(plan: ForgetPlan) -> None:
    """Print what would be deleted: never a cell from a column about people."""
    if not plan.sure and not plan.perhaps and not plan.above:
        print_line("The casework does not mention this person.")
    if plan.sure:
        print_line(_listed(plan.sure, "mentions this person", "mention this person"))
    if plan.perhaps:
        print_line(_listed(plan.perhaps, *("may be about this person",) * 2))
    if plan.above:
        print_line(
            "The title or the headings of the casework may mention this person, and are left as "
            f"they are. Change them yourself, on these lines: {', '.join(map(str, plan.above))}."
        )
    if plan.damaged:
        lines = ", ".join(map(str, plan.damaged))
        print_line(
            "A spreadsheet program has spoilt a long number, as in 4.47701E+11, on these lines: "
            f"{lines}. It may have been this person's. Look there yourself."
        )


def _listed(rows: Sequence[ForgottenRow], one: str, several: str) -> str:
    lines = [f"{counted(len(rows), 'row')} of the casework {one if len(rows) == 1 else several}:"]
    for found in rows:
        columns = ", ".join(f'"{heading}"' for heading in found.headings)
        lines.append(f"  line {found.row.line}: {_case(found)}. Found in: {columns or 'the row'}")
    return "\n".join(lines)


def _case(found: ForgottenRow) -> str:
    case = found.case
    if case is None:
        return "not a case"
    what = ", ".join(filter(None, (f"case {case.id}" if case.id else "", case.issue, case.street)))
    return f"{what or 'a case'} ({case.status.value})"


def _chosen(plan: ForgetPlan, is_forced: bool) -> list[ForgottenRow]:
    """The rows to delete, as the councillor decides; what is not sure needs a yes of its own."""
    if is_forced:
        if plan.perhaps:
            print_line(
                "Rows that only may be about this person were kept. To be asked about them, leave "
                "out FORCE=1."
            )
        return list(plan.sure)
    chosen: list[ForgottenRow] = []
    if plan.sure and confirm(
        f"to delete {counted(len(plan.sure), 'row')} that "
        f"{'mentions' if len(plan.sure) == 1 else 'mention'} this person"
    ):
        chosen += plan.sure
    chosen += [
        one
        for one in plan.perhaps
        if confirm(f"to delete line {one.row.line}, which may be about this person")
    ]
    return chosen


def _renew(content: Path, private: Path) -> bool:
    """Make again what is made from the casework; return whether there was anything.

    A run that was cut off, or rows deleted by hand, may have left the person there.
    """
    from wardblog.build.clock import today
    from wardblog.office.casework.table import renew_files

    if not any(private.glob("*case*")):
        return False
    site = calendar_site(content, settings_of(content).url)
    left = load_cases(private, is_quiet=True)
    renew_files(private, left.cases if left else (), site, today())
    return True


def _name_other_places(content: Path, private: Path, person: PersonSought) -> None:
    """Name the files that mention the person, and the places that no program can search."""
    from wardblog.office.casework.forgetting import other_files

    own, published = list(other_files(private, person)), list(other_files(content, person))
    lines = _files("Other private files that may mention this person:", own)
    lines += _files("Files of your site that may mention this person:", published)
    if any(one.is_searched for one in published):
        lines.append("  After you have changed them, publish the site again: make publish")
    unsearched = [display_path(one.path) for one in (*own, *published) if not one.is_searched]
    if unsearched:
        shown = unsearched[:_MOST_FILES]
        lines += ["", "These files could not be searched. Open them yourself:"]
        lines += [f"  {name}" for name in shown]
        if more := len(unsearched) - len(shown):
            lines.append(f"  and {counted(more, 'more file')}")
    print_line("\n".join((*lines, "", _LAST_PLACES)))


def _files(title: str, files: Sequence[OtherFile]) -> list[str]:
    found = [one for one in files if one.is_searched]
    return (
        ["", title, *(f"  {display_path(one.path)}{_lines_of(one)}" for one in found)]
        if found
        else []
    )


def _lines_of(file: OtherFile) -> str:
    if not file.lines:
        return ", by its name"
    shown = ", ".join(map(str, file.lines[:_MOST_LINES]))
    more = ", ..." if len(file.lines) > _MOST_LINES else ""
    return f", {'line' if len(file.lines) == 1 else 'lines'} {shown}{more}"
