"""`make serve`: preview the site on this computer and rebuild it on every save."""

from __future__ import annotations

import argparse

from wardblog.cli.common import (
    DONE,
    ROOT,
    add_output_argument,
    content_and_output,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.problems import UsageError
from wardblog.support.progress_bar import progress_bars

_LAST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--port", default="8000")


def run(arguments: argparse.Namespace) -> int:
    from wardblog import preview
    from wardblog.build.live import live_site

    content, output = content_and_output(arguments)
    config, port = ROOT / "pelicanconf.py", port_of(arguments.port)
    with progress_bars() as watch:
        site = live_site(config, content, output, watch)
        site.update()
    private = private_folder_of(content)
    previewed = preview.Preview(site, print_line, private)
    try:
        server = preview.make_server(previewed, port)
    except OSError as error:
        raise port_error(port, error, "serve") from None
    if site.problems or site.warnings:
        print_error(site.problems or site.warnings)
    print_line(
        f"The site is at http://localhost:{port}{site.base_path}/\n"
        "Drafts and scheduled posts are included and marked.\n"
        f"Texts to share are at http://localhost:{port}{site.base_path}/{preview.SHARE}\n"
        f"What local sites say is at http://localhost:{port}{site.base_path}/{preview.LISTEN}\n"
        f"What is read, and who follows, is at http://localhost:{port}{site.base_path}/{preview.STATS}\n"
        "When you save a file, the page updates itself. Press Ctrl+C to stop."
    )
    folders = [p for p in (content, ROOT / "theme", config, private / "consents.csv") if p.exists()]
    preview.serve(server, previewed, folders, report=print_line)
    return DONE


def port_of(value: str) -> int:
    """The number of a port, as typed; raises `UsageError`."""
    if value.isascii() and value.isdecimal() and 1 <= int(value[:6]) <= _LAST_PORT:
        return int(value[:6])
    raise UsageError(
        f'PORT cannot be "{value}"', f"Choose a number up to {_LAST_PORT}, such as 8001."
    )


def port_error(port: int, error: OSError, command: str) -> UsageError:
    """The error of a port that cannot be used, with another one to try."""
    why = "Another program may be using it"
    if isinstance(error, PermissionError):
        why = "Ports below 1024 are reserved for the system"
    other = 8001 if port == 8000 else 8000
    return UsageError(
        f"Port {port} cannot be used ({error.strerror})", f"{why}: try make {command} PORT={other}"
    )
