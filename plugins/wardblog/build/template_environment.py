"""Jinja, as Pelican sets it up, and what is wrong in a template: file, line, name and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import is_
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from wardblog.build.state import Built
from wardblog.problems import Problem, TemplateFault, did_you_mean

# What has to be escaped in HTML.
_SPECIAL = re.compile("[&<>\"']")
# The variables that a template uses, and the templates that it refers to.
Names = tuple[Iterable[str], Sequence[str]]


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


class _Loader(BaseLoader):
    """Gives Jinja the texts of the templates in a folder."""

    def __init__(self, folder: Path, text: Callable[[str], str]) -> None:
        self._folder, self._text = folder, text

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            text = self._text(template)
        except FileNotFoundError:
            raise TemplateNotFound(template) from None
        return text, str(self._folder / template), lambda: True


def _written(value: Any) -> Any:
    """As `escape`, for text that is only written: what needs no escaping is not marked as safe."""
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Template(Template):
    """A template that writes most values as they are, and makes its macros once for many pages."""

    environment: _Environment
    # The macros that were made last, and the values of the variables that they use.
    _made: tuple[tuple[Any, ...], TemplateModule] | None = None

    @classmethod
    def from_code(cls, *given: Any, **options: Any) -> Template:
        made = super().from_code(*given, **options)
        made.root_render_func.__globals__["escape"] = _written
        return made

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's name
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> TemplateModule:
        """As Jinja does for each `import`; those `with context` have the variables of the page."""
        has_others = any(value is not missing for value in (locals or {}).values())
        names = None if has_others else self.environment.names_for_macros(str(self.name))
        if vars is None or not shared or names is None:
            return super().make_module(vars, shared, locals)
        values = tuple([vars.get(name, missing) for name in names])
        if self._made and all(map(is_, self._made[0], values)):
            return self._made[1]
        context = self.new_context(vars, shared)
        module = TemplateModule(self, context)
        # What is set beside the macros may change from one page to the next.
        if all(type(value) is Macro for value in context.vars.values()):
            self._made = values, module
        return module


class _Context(Context):
    """Calls macros that get all their arguments in order, as most do, without Jinja's detours."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: Mapping[str, Any] | None = None,
        _block_vars: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        if type(called) is Macro and not (
            kwargs
            or len(args) != called._argument_count
            or called.caller
            or called.catch_kwargs
            or called.catch_varargs
        ):
            made = called._func(*args)
            return str.__new__(Markup, made) if self.eval_ctx.autoescape else made
        return super().call(called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)


class _Environment(Environment):
    """Jinja, which knows the `names` in each template as `TemplateEnvironment.names_in` does."""

    template_class = _Template

    def __init__(
        self, names: Callable[[str], Names], jinja: Mapping[str, Any], **options: Any
    ) -> None:
        options |= {"undefined": Unknown, **(jinja.get("JINJA_ENVIRONMENT") or {})}
        super().__init__(**options)
        if not self.is_async:
            self.context_class = _Context
        filters, values, tests = (
            jinja.get(f"JINJA_{kind}") or {} for kind in ("FILTERS", "GLOBALS", "TESTS")
        )
        self.filters.update(filters)
        self.globals.update(values)
        self.tests.update(tests)
        self._names = names
        # An extension, or a function that takes the context, may look at any variable.
        functions = (*filters.values(), *values.values(), *tests.values())
        self._may_look = bool(self.extensions) or any(
            hasattr(one, "jinja_pass_arg") for one in functions
        )

    def names_for_macros(self, file: str) -> tuple[str, ...] | None:
        """The variables on which the macros of a template depend; None if that is not known."""
        variables, others = self._names(file)
        # A page may have a variable with the name of a global.
        return None if others or self._may_look else (*variables, *self.globals)


class TemplateEnvironment:
    """Compiles and renders the templates in a folder.

    `text` gives the text of one or raises `FileNotFoundError`, `names` gives what `names_in` found
    in it, and `jinja` has Pelican's settings for templates, by name.
    """

    def __init__(
        self,
        folder: Path,
        text: Callable[[str], str],
        names: Callable[[str], Names],
        jinja: Mapping[str, Any],
        built: Built,
    ) -> None:
        self._folder = folder
        self._environment = _Environment(
            names,
            jinja,
            loader=_Loader(folder, text),
            bytecode_cache=_Compiled(built),
            auto_reload=False,
        )

    def render(self, file: str, values: Mapping[str, object]) -> bytes:
        try:
            return self.compiled(file).render(values).encode()
        except UndefinedError as error:
            raise _unknown_name(error, self._folder, self._folder / file, values) from error

    def compiled(self, file: str) -> Template:
        try:
            return self._environment.get_template(file)
        except TemplateSyntaxError as error:
            raise _syntax_fault(error, self._folder / (error.name or file)) from error

    def names_in(self, text: str, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The variables that a template uses, and the templates that it refers to."""
        # late import: see docs/architecture.md
        from jinja2 import meta

        try:
            tree = self._environment.parse(text)
            variables = tuple(sorted(meta.find_undeclared_variables(tree)))
        except TemplateSyntaxError as error:
            raise _syntax_fault(error, self._folder / file) from error
        return variables, tuple(name or "" for name in meta.find_referenced_templates(tree))


class UnknownNameError(UndefinedError):
    """A template uses something undefined: a variable, or an attribute of `owner`."""

    def __init__(self, name: str, owner: object, message: str) -> None:
        super().__init__(message)
        self.name, self.owner = name, owner


class Unknown(StrictUndefined):
    """The value of an undefined name in a template; using it is an error."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if hint is None:
            self._undefined_exception = partial(UnknownNameError, str(name), obj)  # type: ignore[assignment]


def _syntax_fault(error: TemplateSyntaxError, file: Path) -> TemplateFault:
    """The fault of a template that Jinja cannot parse."""
    return TemplateFault(
        Problem(
            file=str(file.absolute()),
            line=error.lineno,
            message=f"this template has a mistake: {error.message}",
            hint="Correct that line: https://jinja.palletsprojects.com/templates/",
        )
    )


def _unknown_name(
    error: UndefinedError, folder: Path, page: Path, known: Iterable[str]
) -> TemplateFault:
    """The fault of a template that uses an undefined name.

    `folder` has the templates, `page` is the one of the page, and `known` are its variables.
    """
    # late import: see docs/architecture.md
    import traceback

    steps = traceback.extract_tb(error.__traceback__)
    step = next((s for s in reversed(steps) if Path(s.filename).is_relative_to(folder)), None)
    file, line = (Path(step.filename), step.lineno) if step else (page, None)
    message, hint = _words(error, known)
    return TemplateFault(Problem(file=str(file.absolute()), line=line, message=message, hint=hint))


def _words(error: UndefinedError, known: Iterable[str]) -> tuple[str, str]:
    if not isinstance(error, UnknownNameError):
        return f"this template has a mistake: {error.message}", "Correct that line."
    if error.owner is missing:
        return (
            f'there is no variable called "{error.name}" on this page',
            did_you_mean(
                error.name,
                known,
                f'If only some pages have it, ask first: "{{% if {error.name} is defined %}}".',
            ),
        )
    parts = [name for name in dir(error.owner) if not name.startswith("_")]
    kind = type(error.owner).__name__
    return (
        f'there is nothing called "{error.name}" in a {kind}',
        did_you_mean(error.name, parts, f"It has: {', '.join(parts)}."),
    )
