"""Posts written back to their files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def create_post(path: Path, lines: Sequence[tuple[str, str]], text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    header = "".join(f"{key}: {value}".rstrip() + "\n" for key, value in lines)
    with path.open("x", encoding="utf-8") as file:
        file.write(f"{header}\n{text}")
