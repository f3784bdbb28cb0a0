"""Understands FROM=: an issue, a kind of source, or files to read instead of asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from wardblog.model import DataSource, Site
from wardblog.problems import CommandError, UsageError, did_you_mean
from wardblog.report import ParseError
from wardblog.sources.regular.kinds import KINDS
from wardblog.sources.regular.run import ODD_ANSWERS, GivenFile, unexpected
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.text.words import counted

_LARGEST = 60_000_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sources to ask, and the files to read, by their source."""

    asked: list[DataSource] = field(default_factory=list)
    given: list[tuple[DataSource, list[GivenFile]]] = field(default_factory=list)


def choose(words: Sequence[str], sources: Sequence[DataSource], site: Site) -> Chosen:
    """What the words after FROM= name; without any, all sources are asked.

    Raises `UsageError` for a word that is none of these, and for a file that fits no source or
    several.
    """
    if not words:
        return Chosen(asked=list(sources))
    chosen = Chosen()
    for word in words:
        if named := _named(word, sources):
            chosen.asked.extend(one for one in named if one not in chosen.asked)
            continue
        source, path = _file(word, sources)
        given = GivenFile(path=path, data=_data(path))
        if source is None:
            source = _recognised(given, sources, site)
        files = next((files for one, files in chosen.given if one is source), None)
        if files is None:
            chosen.given.append((source, [given]))
        else:
            files.append(given)
    twice = [one for one, _ in chosen.given if one in chosen.asked]
    if twice:
        raise UsageError(
            f"FROM= names a file for {twice[0].kind}, and {twice[0].kind} itself",
            "Name only one of the two.",
        )
    return chosen


def _named(word: str, sources: Sequence[DataSource]) -> list[DataSource]:
    """The sources of this issue or kind."""
    slug = slugify(word)
    return [one for one in sources if slug in (one.issue, one.kind)] if slug else []


def _file(word: str, sources: Sequence[DataSource]) -> tuple[DataSource | None, Path]:
    """The path in a word such as `planit=file.json`, and its source if that is named."""
    path = Path(word).expanduser()
    if path.is_file():
        return None, path
    name, sign, rest = word.partition("=")
    named = _named(name, sources) if sign else []
    file = Path(rest).expanduser()
    if len(named) == 1 and file.is_file():
        return named[0], file
    if len(named) > 1:
        kinds = ", ".join(sorted({one.kind for one in named}))
        raise UsageError(f'"{name}" means several sources: {kinds}', "Name one of them.")
    if named:
        raise UsageError(f"There is no file called {rest}", "Check the name after FROM=.")
    names = sorted({name for one in sources for name in (one.issue, one.kind) if name})
    raise UsageError(
        f"FROM={word[:200]} is neither a source of ward.toml nor a file",
        did_you_mean(word, names, f"The sources are: {', '.join(names)}."),
    )


def _data(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(
                f"{path.name} is larger than {_LARGEST // 1_000_000} MB",
                "A ward needs much less. Check that it is the right file.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}") from None


def _recognised(given: GivenFile, sources: Sequence[DataSource], site: Site) -> DataSource:
    """The source whose form a file has."""
    failures: dict[str, str] = {}
    fitting = []
    for source in sources:
        try:
            KINDS[source.kind].load().read((given.data,), source, site, site.today)
        except (CommandError, ParseError) as error:
            failures[source.kind] = str(error).rstrip(".")
        except ODD_ANSWERS as error:
            failures[source.kind] = str(unexpected(error))
        else:
            fitting.append(source)
    if len(fitting) == 1:
        return fitting[0]
    name = given.path.name
    if not fitting:
        if len(failures) == 1:
            raise UsageError(f"{name}: {next(iter(failures.values()))}")
        raise UsageError(
            f"{name} does not have the form of any of the {counted(len(sources), 'source')} in "
            "ward.toml",
            f'Say which source it is from, to see what is wrong: FROM="{sources[0].kind}={name}"',
        )
    kinds = ", ".join(sorted({one.kind for one in fitting}))
    raise UsageError(
        f"{name} could be from several sources: {kinds}",
        f'Say which one: FROM="{fitting[0].kind}={name}"',
    )
