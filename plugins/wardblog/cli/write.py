"""`make write`: write and publish in a browser on this computer."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from wardblog.cli.common import (
    DONE,
    ROOT,
    add_output_argument,
    content_and_output,
    print_error,
    print_line,
    private_folder_of,
    saved_traceback,
)
from wardblog.cli.serve import port_error, port_of
from wardblog.problems import UsageError
from wardblog.support.progress_bar import progress_bars

# Files that Podman and Docker put into each container.
CONTAINER_MARKS = (Path("/run/.containerenv"), Path("/.dockerenv"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--port", default="8000")
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address, and open no browser"
    )
    parser.add_argument(
        "--in-container", action="store_true", help="be reachable from outside this container"
    )


def run(arguments: argparse.Namespace) -> int:
    from wardblog import preview
    from wardblog.build.live import live_site
    from wardblog.preview.editor import make_editor
    from wardblog.publish import interrupted_by_signals

    content, output = content_and_output(arguments)
    if arguments.in_container and not any(path.exists() for path in CONTAINER_MARKS):
        raise UsageError("--in-container works only inside a container", "Leave it out.")
    config, port = ROOT / "pelicanconf.py", port_of(arguments.port)
    private = private_folder_of(content)
    with progress_bars() as watch:
        site = live_site(config, content, output, watch)
        site.update()
    previewed = preview.Preview(site, None, private)  # the page shows what is wrong
    editor = make_editor(
        content=content,
        private=private,
        output=output,
        config=config,
        live=site,
        preview=previewed,
        save_fault=saved_traceback,
        report=print_line,
    )
    try:
        server = preview.make_server(
            previewed, port, receiver=editor, in_container=arguments.in_container
        )
    except OSError as error:
        raise port_error(port, error, "write") from None
    address = f"http://localhost:{port}{editor.address}"
    print_line(
        f"The editor is at {address}\n"
        "Only this computer can open it. Keep the address to yourself: it is your key.\n"
        "Keep this window open while you write. Press Ctrl+C to stop."
    )
    opening = f"http://localhost:{port}{editor.opening()}"
    if not arguments.no_browser and not webbrowser.open(opening):
        print_error("No browser could be opened. Copy the address into yours.")
    folders = [p for p in (content, ROOT / "theme", config, private / "consents.csv") if p.exists()]
    with interrupted_by_signals():
        try:
            preview.serve(server, previewed, folders, report=print_line)
        finally:
            editor.desk.close()
    return DONE
