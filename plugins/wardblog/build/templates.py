"""The theme's templates, rendered as Pelican renders them, without the rest of Pelican."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket

from wardblog.build.state import Built
from wardblog.build.template_faults import Unknown, syntax_fault, unknown_name
from wardblog.model.digests import digest_of
from wardblog.problems import nearest

# What Pelican alone hands to templates (https://docs.getpelican.com/en/latest/themes.html), besides
# its settings, whose names are in capitals.
_PELICANS = frozenset(
    ("article", "articles", "articles_next_page", "articles_page", "articles_paginator",
     "articles_previous_page", "author", "authors", "categories", "category", "dates",
     "dates_next_page", "dates_page", "dates_paginator", "dates_previous_page", "draft_pages",
     "drafts", "generated_content", "hidden_articles", "hidden_pages", "localsiteurl",
     "output_file", "page_name", "period", "period_archives", "period_num", "static_content",
     "static_links", "tags", "translations")
)  # fmt: skip
_SETTINGS_OF_OURS = frozenset(("SITENAME", "SITEURL"))


class _Compiled(BytecodeCache):
    """Templates compiled by an earlier run, if their text has not changed."""

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
    """Loads the texts of templates, each once in a run."""

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
    """The templates of a theme; `jinja` has Pelican's settings for them, by name."""

    def __init__(self, theme: Path, jinja: Mapping[str, Any], built: Built) -> None:
        self._folder = theme / "templates"
        self._loader = _Folder(self._folder)
        self._built = built
        options = {"undefined": Unknown, **(jinja.get("JINJA_ENVIRONMENT") or {})}
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
        """Compile templates, so that forked processes need not.

        Raises `TemplateFault`, as `render` does.
        """
        for name in names:
            for file in self.family(f"{name}.html"):
                self._compiled(file)

    def render(self, name: str, values: Mapping[str, object]) -> bytes:
        try:
            return self._compiled(f"{name}.html").render(values).encode()
        except UndefinedError as error:
            raise unknown_name(error, self._folder, self.path(name), values) from error

    def _compiled(self, file: str) -> Template:
        try:
            return self._environment.get_template(file)
        except TemplateSyntaxError as error:
            raise syntax_fault(error, self._folder / (error.name or file)) from error

    def digest(self, name: str) -> bytes:
        """The digest of a template and of all others that it uses."""
        if name not in self._digests:
            texts = [self._loader.text(one) for one in self.family(f"{name}.html")]
            self._digests[name] = digest_of("\0".join(texts).encode())
        return self._digests[name]

    def family(self, file: str) -> tuple[str, ...]:
        """The file of a template and of all that it extends, includes or imports."""
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
        """The files of the templates that were used in this run."""
        return tuple(sorted(self._known))

    def text_digest(self, file: str) -> bytes:
        return digest_of(self._loader.text(file).encode())

    def first_for_pelican(self, names: Iterable[str] = ()) -> tuple[str, str] | None:
        """The first file that uses a variable which only Pelican knows, and that variable.

        `names` are templates that pages need; one that does not exist is returned with an empty
        variable. Raises `TemplateFault`.
        """
        own = (file.relative_to(self._folder).as_posix() for file in self._folder.rglob("*.html"))
        for name in sorted({*own, *(f"{name}.html" for name in names)}):
            try:
                for file in self.family(name):
                    if variables := sorted(filter(_needs_pelican, self._about(file)[0])):
                        return file, variables[0]
            except TemplateNotFound as missing:
                return str(missing.name or name), ""
        return None

    @cached_property
    def _known(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        return {}

    def _about(self, file: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The variables that a template uses, and the templates that it refers to."""
        if file not in self._known:
            text = self._loader.text(file)
            source = digest_of(text.encode())
            found = self._built.made(f"template {file}", source)
            if found is None:
                found = self._names_in(text, file)
                self._built.keep_made(f"template {file}", source, found)
            self._known[file] = (frozenset(found[0]), tuple(found[1]))
        return self._known[file]

    def _names_in(self, text: str, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        # late import: see docs/architecture.md
        from jinja2 import meta

        try:
            tree = self._environment.parse(text)
            variables = tuple(sorted(meta.find_undeclared_variables(tree)))
        except TemplateSyntaxError as error:
            raise syntax_fault(error, self._folder / file) from error
        return variables, tuple(name or "" for name in meta.find_referenced_templates(tree))


def _needs_pelican(name: str) -> bool:
    """Whether a name is Pelican's; one that is close to one of ours is a typing error."""
    is_setting = name.isupper() and nearest(name, _SETTINGS_OF_OURS) is None
    return name in _PELICANS or is_setting
