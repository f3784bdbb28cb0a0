"""`make ward`: fetch the outline, the map and the names of a ward."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    WORKPLACE,
    ask_to_write,
    content_folder,
    print_line,
)
from wardblog.cli.named_files import words_after_from
from wardblog.problems import UsageError, display_path
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import sized

if TYPE_CHECKING:
    from wardblog.sources.services import Service
    from wardblog.sources.ward_data import WardData, WardRequest
    from wardblog.sources.ward_update import CurrentWard, WardUpdate

_HOW = (
    'make ward POSTCODE="SW11 5JY"\n'
    '  or CODE=E05014020, or NAME="Shaftesbury, Wandsworth", or FROM= with downloaded files'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--postcode", default="", help="a postcode in the ward")
    parser.add_argument("--code", default="", help="the ward's code, such as E05014020")
    parser.add_argument("--name", default="", help="the ward and its council, with a comma")
    parser.add_argument("--from", dest="source", default="", help="files already downloaded")
    parser.add_argument("--force", action="store_true", help="write without asking")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import today
    from wardblog.publish import interrupted_by_signals
    from wardblog.sources.ward_update import CurrentWard, plan_update

    content = content_folder(arguments)
    with interrupted_by_signals():
        current = CurrentWard.read(content)
        day = today()
        request = _request(arguments, current, day.year)
        data = _collected(request, arguments.source.strip())
        update = plan_update(current, data, WORKPLACE, day)
        _show(data, update)
        if not update.files:
            print_line("Nothing has changed, so nothing was written.")
            return DONE
        if not arguments.force:
            ask_to_write()
        replaced = update.write(WORKPLACE)
    _finish(data, replaced)
    return DONE


def _request(arguments: argparse.Namespace, current: CurrentWard, year: int) -> WardRequest:
    from wardblog.sources.ons import can_be_asked_for
    from wardblog.sources.ward_data import WardRequest

    postcode, code, name = (
        " ".join(words.split()) for words in (arguments.postcode, arguments.code, arguments.name)
    )
    if len([given for given in (postcode, code, name) if given]) > 1:
        raise UsageError("POSTCODE, CODE and NAME each name a ward", "Use only one of them.")
    is_named = bool(postcode or code or name)
    settings = current.settings
    if is_named:
        return WardRequest(year=year, postcode=postcode, code=code.upper(), name=name)
    own = settings.code.strip().upper()
    has_outline = not current.is_sample and (arguments.source or not can_be_asked_for(own))
    outline = current.outline_text if has_outline else ""
    if not (own or outline or arguments.source):
        raise UsageError("Say which ward it is", _HOW)
    return WardRequest(
        year=year, code=own, name=settings.ward_name, council=settings.council, outline=outline
    )


def _collected(request: WardRequest, source: str) -> WardData:
    if source:
        from wardblog.sources.given_ward import read_ward

        return read_ward(request, words_after_from(source))
    from wardblog.sources.answers import Answers, cache_folder
    from wardblog.sources.collect import contacted, fetch_ward
    from wardblog.sources.fetch import Fetcher

    _announce(contacted(request))
    answers = Answers(cache_folder())
    answers.tidy()
    with progress_bars() as watch:
        return fetch_ward(request, Fetcher(answers, watch))


def _announce(services: list[Service]) -> None:
    lines = [f"  {one.name}: {', '.join(one.hosts)}" for one in services]
    print_line(
        "\n".join(
            (
                "This asks, one after the other, for what they publish about the ward:",
                *lines,
                "They learn which ward it is, and see your IP address as any website does.",
            )
        )
    )


def _show(data: WardData, update: WardUpdate) -> None:
    outline = data.outline
    where = f", {outline.council}" if outline.council else ""
    code = f" ({outline.code})" if outline.code else ""
    print_line("\n".join((f"{outline.name or 'The ward'}{where}{code}", *update.sentences)))
    if not update.files:
        return
    files = [
        f"  {display_path(update.content / file)}: {sized(len(new.data))}"
        + (", new" if new.before is None else ", changed")
        for file, new in update.files.items()
    ]
    settings = [f"    {line}" for line in update.settings_lines]
    print_line("\n".join(("This would write:", *files, *settings)))


def _finish(data: WardData, replaced: Path | None) -> None:
    if replaced:
        print_line(f"The files as they were before are in {display_path(replaced)}.")
    if data.rows:
        print_line('Written. Run "make serve" to see the map, and "make ward" again next year.')
    else:
        print_line('Written. For streets and names, run "make ward" without FROM=.')
