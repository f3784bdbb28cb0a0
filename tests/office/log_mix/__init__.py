"""Simulates the access log of a ward blog, whose true readers and subscribers are known.

`make_mix()` simulates four weeks, and `lines()` writes them in the format of a web server:

    mix = make_mix(50_000, addresses=Addresses.CHANGING)
    text = "\\n".join(lines(mix.hits, Format.NGINX))
    mix.truth.reads["/issues/grit-bins/"]

Or into files: `PYTHONPATH=plugins:tests .venv/bin/python -m office.log_mix --help`.
"""

from __future__ import annotations

from .addresses import Addresses
from .formats import Format, lines
from .hits import Hit, Kind, Opening, Subscription
from .mix import MILLION, Mix, make_mix
from .truth import Truth

__all__ = [
    "MILLION",
    "Addresses",
    "Format",
    "Hit",
    "Kind",
    "Mix",
    "Opening",
    "Subscription",
    "Truth",
    "lines",
    "make_mix",
]
