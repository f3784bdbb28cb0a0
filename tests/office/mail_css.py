"""Which of caniemail's CSS features a message uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

DATA: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("caniemail.json").read_text(encoding="utf-8")
)["css"]
# Properties that are part of another feature.
_LONGHAND = re.compile(r"^(border|margin|padding|background|list-style|text-decoration)-.*")
_UNITS = {"%": "percent"}
# What no feature of theirs is about.
_UNTRACKED = {"color", "font-family", "mso-hide", "text-size-adjust"}


def features_of(html: str) -> set[str]:
    """The slugs of the features, from the style of each element and the rules in the head.

    Raises `KeyError` for a property that the data does not know.
    """
    found: set[str] = set()
    for declarations in re.findall(r' style="([^"]*)"', html):
        found.update(_in_declarations(declarations))
    for sheet in re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL):
        found.update(_in_sheet(sheet))
    return found


def _in_sheet(sheet: str) -> Iterator[str]:
    for rule in re.findall(r"@[a-z-]+[^{]*", sheet):
        yield "css-at-media" if rule.startswith("@media") else f"css-at-{rule[1:].split()[0]}"
        if condition := re.search(r"prefers-color-scheme|orientation|hover", rule):
            yield f"css-at-media-{condition[0]}"
    for selectors, declarations in re.findall(r"([^{}]*)\{([^{}@]*)\}", sheet):
        yield from _in_declarations(declarations)
        yield from _in_selectors(selectors)


def _in_selectors(selectors: str) -> Iterator[str]:
    yield "css-selector-class" if "." in selectors else "css-selector-type"
    if "," in selectors:
        yield "css-selector-grouping"
    if any(" " in one.strip() for one in selectors.split(",")):
        yield "css-selector-descendant"
    if pseudo := re.search(r":([a-z-]+)", selectors):
        yield f"css-pseudo-class-{pseudo[1]}"


def _in_declarations(declarations: str) -> Iterator[str]:
    for declaration in filter(str.strip, declarations.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name not in _UNTRACKED:
            yield _slug_of(name)
        if name == "display":
            yield f"css-display-{value}" if f"css-display-{value}" in DATA else "css-display"
        if "!important" in value:
            yield "css-important"
        for unit in re.findall(r"(?<![#\w])[\d.]+(px|em|rem|vw|vh|pt|%)", value):
            yield f"css-unit-{_UNITS.get(unit, unit)}"
        for function in re.findall(r"\b([a-z-]+)\(", value):
            yield (
                f"css-function-{function}"
                if function in ("min", "max", "clamp")
                else (f"css-unit-{function}" if function == "calc" else f"css-{function}")
            )


def _slug_of(name: str) -> str:
    whole = _LONGHAND.sub(r"\1", name)
    for slug in (f"css-{name}", f"css-{whole}"):
        if slug in DATA:
            return slug
    if name.startswith("font-"):
        return "css-font"
    raise KeyError(f"caniemail has no feature for {name}")
