"""What takes longest in a small build is made once for all tests, and then read from a folder.

Templates are read and compiled, cards drawn, photographs inspected, decoded, resized and encoded,
and files compressed by libraries that give the same bytes for the same input. The tests of
photographs have imported `inspect_picture` and `make_versions` before they are replaced, and so
inspect every picture and make every version themselves.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import brotli
from jinja2 import Environment

from wardblog.build import pelican_settings
from wardblog.build.template_environment import TemplateEnvironment
from wardblog.maps import card
from wardblog.model import Fault, Picture
from wardblog.photos import inspect, make

# Names the folder for the processes that tests start.
FOLDER = "WARD_TESTS_MADE_ONCE"
Keep = Callable[[str, tuple[object, ...], Callable[[], bytes]], bytes]
SetAttribute = Callable[[Any, str, Any], None]


def make_once(patch: SetAttribute, folder: Path) -> None:
    """Keep what this process makes in a folder, and take from there what another one made."""

    def keep(kind: str, inputs: tuple[object, ...], made: Callable[[], bytes]) -> bytes:
        text = b"\0".join(i if isinstance(i, bytes) else repr(i).encode() for i in inputs)
        path = folder / f"{kind}-{hashlib.sha256(text).hexdigest()}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            data = made()
            mine = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            mine.write_bytes(data)
            mine.replace(path)
            return data

    for name in ("card_png", "icon_png"):
        patch(card, name, _drawn_once(getattr(card, name), name, keep))
    find_software = pelican_settings._software
    package = str(pelican_settings._PACKAGE)  # our code stays as it is while tests run
    patch(pelican_settings, "_software", lambda: keep("software", (package,), find_software))
    compress = brotli.compress

    def compress_once(data: bytes, **options: int) -> bytes:
        inputs = (data, sorted(options.items()))
        return keep("compressed", inputs, lambda: bytes(compress(data, **options)))

    patch(brotli, "compress", compress_once)
    _photographs_once(patch, keep)
    _templates_once(patch, keep)


def _photographs_once(patch: SetAttribute, keep: Keep) -> None:
    make_versions, inspect_picture = make.make_versions, inspect.inspect_picture

    def inspected_once(data: bytes) -> Picture:
        made = keep("inspected", (data,), lambda: _of_picture(inspect_picture(data)))
        values = marshal.loads(made)  # noqa: S302 - our own
        kind, width, height, frames, fault, texts, located = values
        fault = fault and Fault(fault)
        return Picture(
            kind=kind, width=width, height=height, frames=frames, fault=fault, texts=texts,
            is_located=located,
        )  # fmt: skip

    def versions_once(data: bytes, picture: Any, versions: Any) -> Any:
        made = keep(
            "photograph",
            (data, picture, versions),
            lambda: marshal.dumps(make_versions(data, picture, versions)),
        )
        return marshal.loads(made)  # noqa: S302 - our own

    patch(inspect, "inspect_picture", inspected_once)
    patch(make, "make_versions", versions_once)


def _templates_once(patch: SetAttribute, keep: Keep) -> None:
    compile_template, find_names = Environment.compile, TemplateEnvironment.names_in

    def compile_once(
        self: Environment, source: Any, name: Any = None, filename: Any = None, **options: Any
    ) -> Any:
        if not isinstance(source, str) or options.get("raw"):
            return compile_template(self, source, name, filename, **options)
        inputs = (*_options_of(self), source, name, sorted(options.items()))
        code = keep(
            "template",
            inputs,
            lambda: marshal.dumps(compile_template(self, source, name, filename, **options)),
        )
        return _in_file(marshal.loads(code), filename or "<template>")  # noqa: S302 - our own

    known: dict[tuple[str, ...], Any] = {}  # asked for thirty times by each site that is built

    def names_once(self: TemplateEnvironment, text: str, file: str) -> Any:
        inputs = (*_options_of(self._environment), text)
        if inputs not in known:
            known[inputs] = marshal.loads(  # noqa: S302 - our own
                keep("names", inputs, lambda: marshal.dumps(find_names(self, text, file)))
            )
        return known[inputs]

    patch(Environment, "compile", compile_once)
    patch(TemplateEnvironment, "names_in", names_once)


def _of_picture(found: Picture) -> bytes:
    """What the inspection of a picture finds; personal data are looked for later."""
    fault = found.fault and found.fault.value
    return marshal.dumps((*found[:4], fault, found.texts, found.is_located))


def _drawn_once(draw: Callable[..., bytes], kind: str, keep: Keep) -> Callable[..., bytes]:
    return lambda *inputs: keep(kind, inputs, lambda: draw(*inputs))


def _in_file(code: CodeType, file: str) -> CodeType:
    """The same code with another file in its tracebacks."""
    constants = (_in_file(c, file) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_filename=file, co_consts=tuple(constants))


def _options_of(environment: Environment) -> tuple[str, ...]:
    """All that the code of a template depends on besides its text."""
    values = (
        type(environment),
        *(getattr(environment, name) for name in _OPTIONS),
        *(sorted(getattr(environment, name)) for name in ("filters", "tests", "extensions")),
    )
    return tuple(
        f"{value.__module__}.{value.__qualname__}" if callable(value) else repr(value)
        for value in values
    )


_OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
    "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized",
    "autoescape", "finalize", "undefined", "is_async",
)  # fmt: skip
