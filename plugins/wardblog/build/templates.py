"""The theme's templates, rendered as Pelican renders them, without the rest of Pelican."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, TemplateNotFound, meta
from jinja2.bccache import Bucket

from wardblog.build.state import Built
from wardblog.model.digests import digest_of

# What pages are made with: what all have, then what each kind has of its own.
_EVERYWHERE = frozenset(
    ("SITENAME", "SITEURL", "address", "assets", "banner", "card", "feeds", "has_map", "map",
     "pages", "policy", "self", "site", "ward")
)  # fmt: skip
_OF_A_KIND = frozenset(
    ("area", "base", "coming", "credits", "home", "hub", "issue", "issues", "months", "page",
     "posts", "tag", "tag_name", "target", "text", "title", "view", "way", "ways")
)  # fmt: skip


class _Compiled(BytecodeCache):
    """Templates as compiled by an earlier run, if their text is still the same."""

    def __init__(self, built: Built) -> None:
        self._built = built

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._built.bytes_of("compiled", f"{bucket.key} {bucket.checksum}")
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        key = f"{bucket.key} {bucket.checksum}"
        self._built.keep_bytes("compiled", key, bucket.bytecode_to_string())


class _Folder(BaseLoader):
    """Templates by their text; a text is read once in a run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}

    def text(self, name: str) -> str:
        """The text of a template; raises `TemplateNotFound`."""
        if name not in self._texts:
            try:
                self._texts[name] = (self._folder / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                raise TemplateNotFound(name) from None
        return self._texts[name]

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        return self.text(template), str(self._folder / template), lambda: True


class Templates:
    """The templates of a theme; `jinja` has Pelican's settings for them, by their names."""

    def __init__(self, theme: Path, jinja: Mapping[str, Any], built: Built) -> None:
        self._folder = theme / "templates"
        self._loader = _Folder(self._folder)
        self._built = built
        options = dict(jinja.get("JINJA_ENVIRONMENT") or {})
        self._environment = Environment(  # noqa: S701 - Pelican's settings say what is escaped
            loader=self._loader, bytecode_cache=_Compiled(built), auto_reload=False, **options
        )
        self._environment.filters.update(jinja.get("JINJA_FILTERS") or {})
        self._environment.globals.update(jinja.get("JINJA_GLOBALS") or {})
        self._environment.tests.update(jinja.get("JINJA_TESTS") or {})
        self._digests: dict[str, bytes] = {}

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.html"

    def load(self, names: Iterable[str]) -> None:
        """Compiles templates, so that the processes that come of this one need not."""
        for name in names:
            for file in self.family(f"{name}.html"):
                self._environment.get_template(file)

    def render(self, name: str, values: Mapping[str, object]) -> bytes:
        return self._environment.get_template(f"{name}.html").render(values).encode()

    def digest(self, name: str) -> bytes:
        """Stands for a template and all others that it is made of."""
        if name not in self._digests:
            texts = [self._loader.text(one) for one in self.family(f"{name}.html")]
            self._digests[name] = digest_of("\0".join(texts).encode())
        return self._digests[name]

    def family(self, file: str) -> tuple[str, ...]:
        """A template's file and those of all others that it extends, includes or imports."""
        found: list[str] = []
        waiting = [file]
        while waiting:
            if (one := waiting.pop(0)) not in found:
                found.append(one)
                waiting += self._about(one)[1]
        return tuple(found)

    def family_of(self, name: str) -> tuple[str, ...]:
        return self.family(f"{name}.html")

    def names(self) -> tuple[str, ...]:
        """The files of the templates that were looked at in this run."""
        return tuple(sorted(self._known))

    def text_digest(self, file: str) -> bytes:
        return digest_of(self._loader.text(file).encode())

    def first_unknown(self, names: Iterable[str]) -> tuple[str, str] | None:
        """The first file that uses a variable which we do not have, and that variable.

        A template that does not exist is given with an empty variable.
        """
        for name in sorted(names):
            file = f"{name}.html"
            try:
                for file in self.family(f"{name}.html"):
                    if unknown := self._about(file)[0] - _EVERYWHERE - _OF_A_KIND:
                        return file, min(unknown)
            except TemplateNotFound as missing:
                return str(missing.name or file), ""
        return None

    @cached_property
    def _known(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        return {}

    def _about(self, file: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The names that a template asks for, and the templates that it names."""
        if file not in self._known:
            text = self._loader.text(file)
            source = digest_of(text.encode())
            found = self._built.made(f"template {file}", source)
            if found is None:
                tree = self._environment.parse(text)
                asked = tuple(sorted(meta.find_undeclared_variables(tree)))
                named = tuple(n or "" for n in meta.find_referenced_templates(tree))
                found = (asked, named)
                self._built.keep_made(f"template {file}", source, found)
            self._known[file] = (frozenset(found[0]), tuple(found[1]))
        return self._known[file]
