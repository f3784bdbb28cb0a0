"""Writes a simulated log and its truth into a folder."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from . import MILLION, Addresses, Format, lines, make_mix


def main() -> None:
    """Write `access-FORMAT.log` for each format that is asked for, and `truth.json`."""
    parser = argparse.ArgumentParser(prog="log_mix", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=MILLION)
    parser.add_argument("--addresses", type=Addresses, choices=list(Addresses), default="fixed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--format", type=Format, choices=list(Format), action="append", dest="formats"
    )
    asked = parser.parse_args()
    mix = make_mix(asked.lines, addresses=Addresses(asked.addresses), seed=asked.seed)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for form in asked.formats or [Format.NGINX]:
        with (asked.folder / f"access-{form}.log").open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines(mix.hits, form))
    truth = json.dumps(asdict(mix.truth), indent=1)
    (asked.folder / "truth.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
