"""`python -m fuzz post --seconds 600`: coverage-guided, by hand, with the fuzzer atheris.

It is not among what the tests install: `pip install atheris` first. What it finds is left in the
folder where it is run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["wardblog", "fuzz"]):
    from fuzz.seeds import SEEDS
    from fuzz.targets import TARGETS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    arguments = parser.parse_args()
    site = TARGETS[arguments.target]()

    def once(data: bytes) -> None:
        site(data)

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS[arguments.target]):
            (Path(folder) / str(number)).write_bytes(seed)
        options = [f"-max_total_time={arguments.seconds}", "-timeout=5", "-max_len=20000"]
        atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", folder], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
