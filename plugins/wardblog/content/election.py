"""The time before an election, as `ward.toml` gives it: from the notice to the poll."""

from __future__ import annotations

from wardblog.content.toml.table import Table
from wardblog.model import Election
from wardblog.report import Report
from wardblog.text.words import long_date

# The notice is published five weeks before a poll, or six with Easter and bank holidays.
_LONGEST = 60
_EXAMPLES = {"notice": "2027-03-22", "poll": "2027-05-06"}


def read_election(table: Table, report: Report) -> Election | None:
    """The election; None if there is none, or if one of its days is missing or wrong."""
    days = {key: table.day(key) for key in _EXAMPLES}
    banner = table.text("banner")
    table.finish()
    if not table.values:
        return None
    notice, poll = days["notice"], days["poll"]
    if notice and poll:
        return _whole(table, report, Election(notice, poll, banner))
    for key, example in _EXAMPLES.items():
        if not table.has(key):
            report.stop(
                table.lines.header,
                f'[election] has no "{key}"',
                f"Add the day of the {key} below [election], such as: {key} = {example}",
            )
    return None


def _whole(table: Table, report: Report, election: Election) -> Election | None:
    notice, poll = election.notice, election.poll
    if notice > poll:
        report.stop(
            table.line("notice"),
            f"the notice on {long_date(notice)} would be after the poll on {long_date(poll)}",
            "The notice of election comes first. Have the two days been swapped?",
        )
        return None
    if (poll - notice).days > _LONGEST:
        report.stop(
            table.line("notice"),
            f"there are {(poll - notice).days} days between the notice and the poll",
            "The notice of election is published about six weeks before the poll. The council's "
            "page on elections has both days.",
        )
        return None
    return election
