"""Runs a module as `python -m` does, but takes what the tests make once from their folder.

`python tests/started.py wardblog html` is `python -m wardblog html`.
"""

from __future__ import annotations

import os
import runpy
import shlex
import stat
import sys
from pathlib import Path

HERE = Path(__file__).resolve()


def main() -> None:
    """Takes part in the folder, and becomes the module that is named first."""
    plugins = str(HERE.parents[1] / "plugins")
    sys.path.append(plugins)  # where PYTHONPATH does not name them already
    from made_once import FOLDER, make_once

    make_once(setattr, Path(os.environ[FOLDER]))
    sys.path.remove(plugins)
    sys.path[0] = str(Path.cwd())
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def environment_for_make(folder: Path) -> Path:
    """A folder for `make VENV=`, in which all is installed, and whose Python starts this way."""
    python = folder / "bin/python"
    python.parent.mkdir(parents=True)
    words = shlex.join([sys.executable, str(HERE)])
    python.write_text(f'#!/bin/sh\n[ "$1" = -m ] && shift && exec {words} "$@"\nexit 9\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    for stamp in Path(sys.prefix).glob("*.stamp"):
        (folder / stamp.name).touch()
    return folder


if __name__ == "__main__":
    main()
