"""The theme's templates, rendered as Pelican renders them, without the rest of Pelican."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from errno import ENOENT
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardblog.build.state import Built
from wardblog.model.digests import digest_of
from wardblog.problems import nearest

if TYPE_CHECKING:
    from wardblog.build.template_environment import TemplateEnvironment

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


class Templates:
    """The templates of a theme; `jinja` has Pelican's settings for them, by name."""

    def __init__(self, theme: Path, jinja: Mapping[str, Any], built: Built) -> None:
        self._folder = theme / "templates"
        self._texts: dict[str, str] = {}
        self._jinja, self._built = jinja, built
        self._digests: dict[str, bytes] = {}

    @cached_property
    def _environment(self) -> TemplateEnvironment:
        # late import: see docs/architecture.md
        from wardblog.build.template_environment import TemplateEnvironment

        return TemplateEnvironment(self._folder, self._text, self._about, self._jinja, self._built)

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.html"

    def _text(self, name: str) -> str:
        """The text of a template, which is read once in a run; raises `FileNotFoundError`."""
        if name not in self._texts:
            try:
                self._texts[name] = (self._folder / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                raise FileNotFoundError(ENOENT, "there is no such template", name) from None
        return self._texts[name]

    def load(self, names: Iterable[str]) -> None:
        """Compile templates, so that forked processes need not.

        Raises `TemplateFault`, as `render` does.
        """
        for name in names:
            for file in self.family(f"{name}.html"):
                self._environment.compiled(file)

    def render(self, name: str, values: Mapping[str, object]) -> bytes:
        return self._environment.render(f"{name}.html", values)

    def digest(self, name: str) -> bytes:
        """The digest of a template and of all others that it uses."""
        if name not in self._digests:
            texts = [self._text(one) for one in self.family(f"{name}.html")]
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
        return digest_of(self._text(file).encode())

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
            except FileNotFoundError as missing:
                return str(missing.filename), ""
        return None

    @cached_property
    def _known(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        return {}

    def _about(self, file: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The variables that a template uses, and the templates that it refers to."""
        if file not in self._known:
            text = self._text(file)
            source = digest_of(text.encode())
            found = self._built.made(f"template {file}", source)
            if found is None:
                found = self._environment.names_in(text, file)
                self._built.keep_made(f"template {file}", source, found)
            self._known[file] = (frozenset(found[0]), tuple(found[1]))
        return self._known[file]


def _needs_pelican(name: str) -> bool:
    """Whether a name is Pelican's; one that is close to one of ours is a typing error."""
    is_setting = name.isupper() and nearest(name, _SETTINGS_OF_OURS) is None
    return name in _PELICANS or is_setting
