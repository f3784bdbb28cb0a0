"""`make clean`: remove the built site and the cache, and nothing else."""

from __future__ import annotations

import argparse
import shutil

from wardblog.cli.common import DONE, add_output_argument, print_line
from wardblog.problems import display_path
from wardblog.text.words import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.folder import OutputFolder
    from wardblog.build.manifest import MANIFEST
    from wardblog.build.site import CACHE

    shutil.rmtree(CACHE, ignore_errors=True)  # so that the next build starts from nothing
    folder = OutputFolder(root=arguments.output)
    if not folder.root.is_dir():
        print_line("There is nothing to remove.")
        return DONE
    removed = folder.finish()
    (folder.root / MANIFEST).unlink(missing_ok=True)
    if not any(folder.root.iterdir()):
        folder.root.rmdir()
    print_line(f"Removed {counted(len(removed), 'file')} from {display_path(folder.root)}.")
    return DONE
