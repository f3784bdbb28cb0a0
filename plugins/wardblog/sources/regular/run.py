"""Fetches and reads the sources, one after the other; one that fails stops none of the others."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from wardblog.model import DataSource, Site
from wardblog.problems import CommandError, display_path
from wardblog.report import ParseError
from wardblog.sources.ask import LATER, UPDATE, FetchError
from wardblog.sources.fetch import REGULAR_USER_AGENT, Fetcher
from wardblog.sources.pace import Pace
from wardblog.sources.regular.kinds import KINDS, host_words
from wardblog.sources.regular.raw_answers import RawAnswers, raw_folder
from wardblog.sources.regular.source import Fetched
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.text.words import counted, long_date

_PACE = "pace.json"
_AGAIN = "Run the same command again later."
# What a module may raise for an answer that nobody thought of. It must not stop the other sources,
# and its traceback might show what is private.
ODD_ANSWERS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file that is read instead of asking a source."""

    path: Path
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What came of one source: what it gave, or else why it gave nothing, with a remedy."""

    source: DataSource
    fetched: Fetched | None = None
    failure: str = ""
    remedy: str = ""


def collect(
    sources: Sequence[DataSource],
    site: Site,
    private: Path,
    watch: Watch = no_progress,
    sleep: Callable[[float], object] = time.sleep,
) -> list[SourceOutcome]:
    """Ask each source, one after the other, and keep its raw answers."""
    pace = Pace(private / "sources" / _PACE)
    return [_collected(source, site, private, pace, watch, sleep) for source in sources]


def _collected(
    source: DataSource,
    site: Site,
    private: Path,
    pace: Pace,
    watch: Watch,
    sleep: Callable[[float], object],
) -> SourceOutcome:
    answers = RawAnswers(raw_folder(private, source))
    fetcher = Fetcher(answers, watch, sleep, REGULAR_USER_AGENT, pace)
    try:
        module = KINDS[source.kind].load()
        raw = module.fetch(source, site, site.today, fetcher)
        fetched = module.read(raw, source, site, site.today)
    except (CommandError, ParseError) as error:
        return _failed(source, error, answers.fetched_on, site.today)
    except ODD_ANSWERS as error:
        return _failed(source, unexpected(error), answers.fetched_on, site.today)
    _keep(answers, raw, site.today, private)
    return SourceOutcome(source=source, fetched=fetched)


def _keep(answers: RawAnswers, raw: Sequence[bytes], today: date, private: Path) -> None:
    """Raises `CommandError` if the answers cannot be kept."""
    try:
        answers.commit(raw, today)
    except OSError as error:
        raise CommandError(
            f"What was fetched cannot be kept in {display_path(private)}: {error.strerror}",
            "Nothing was changed. Make room on the disk, or name another folder with PRIVATE=.",
        ) from None


def unexpected(error: Exception) -> ParseError:
    """The error for an answer that nobody thought of, without anything from that answer."""
    steps = traceback.extract_tb(error.__traceback__)
    where = f"{Path(steps[-1].filename).name}, line {steps[-1].lineno}" if steps else ""
    return ParseError(
        f"the answer cannot be read ({type(error).__name__} in {where})",
        "This software needs an update. Please tell its makers this sentence.",
    )


def _plainly(error: Exception) -> str:
    known = error if isinstance(error, CommandError | ParseError) else unexpected(error)
    return str(known).rstrip(".")


def _of_file(error: Exception, source: DataSource) -> str:
    """What is wrong with a file; a service that was not asked is not blamed."""
    if isinstance(error, FetchError):
        return f"this is not what {host_words(source)} sends, or only a part of it"
    return _plainly(error)


def _remedy_of_file(error: Exception) -> str:
    if isinstance(error, FetchError):
        return "Check that it is the right file and the right source, and download it again."
    return str(getattr(error, "hint", UPDATE))


def _failed(
    source: DataSource, error: CommandError | ParseError, last: date | None, today: date
) -> SourceOutcome:
    """The failure as one sentence, with the age of what stays."""
    words = str(error).rstrip(".")
    host = host_words(source)
    name = "" if KINDS[source.kind].service_of(source).host in words else f"{host}: "
    remedy = error.hint
    if isinstance(error, CommandError) and (remedy == LATER or LATER.split(".")[0] in remedy):
        remedy = remedy.replace("Nothing was changed. ", "").replace(
            "; what was fetched is kept", ""
        )
    return SourceOutcome(
        source=source, failure=f"{name}{words}. {_what_stays(last, today)}", remedy=remedy or _AGAIN
    )


def _what_stays(last: date | None, today: date) -> str:
    if last is None:
        return "There is no earlier data from it."
    days = (today - last).days
    age = "today" if days <= 0 else f"{counted(days, 'day')} ago"
    return f"The data of {long_date(last)} ({age}) stays."


def read_given(
    given: Sequence[tuple[DataSource, Sequence[GivenFile]]], site: Site, private: Path
) -> list[SourceOutcome]:
    """Read files instead of asking; they are kept as the last answers of their source."""
    outcomes = []
    for source, files in given:
        raw = tuple(file.data for file in files)
        try:
            fetched = KINDS[source.kind].load().read(raw, source, site, site.today)
        except (CommandError, ParseError, *ODD_ANSWERS) as error:
            names = " and ".join(file.path.name for file in files)
            outcomes.append(
                SourceOutcome(
                    source=source,
                    failure=f"{names}: {_of_file(error, source)}.",
                    remedy=_remedy_of_file(error),
                )
            )
            continue
        _keep(RawAnswers(raw_folder(private, source)), raw, site.today, private)
        outcomes.append(SourceOutcome(source=source, fetched=fetched))
    return outcomes
