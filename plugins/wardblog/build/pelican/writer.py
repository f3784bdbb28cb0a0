"""Pelican's writers: one leaves all pages to our engine, the other gives templates our values."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pelican.writers import FileOverwriteFailedError, Writer

from wardblog.build.paths import full
from wardblog.build.pelican.reader import BUILD, IssueTag, Settings
from wardblog.build.run import Run
from wardblog.views import Page


class _Replacing(io.StringIO):
    """A text file that is moved to its places when it is closed."""

    def __init__(self, run: Run, paths: tuple[str, ...], encoding: str) -> None:
        super().__init__(newline="")
        self._run = run
        self._paths = paths
        self._bytes_as = encoding

    def close(self) -> None:
        if not self.closed:
            for path in self._paths:
                self._run.folder.write(path, self.getvalue().encode(self._bytes_as))
        super().close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            super().close()
        super().__exit__(kind, *rest)  # type: ignore[arg-type]


class UnplannedPageError(RuntimeError):
    """Pelican would write a page that our engine does not know: a bug of ours."""


class SilentWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Leaves all pages to our engine."""

    def write_file(self, name: str, *args: Any, **values: Any) -> None:
        """Renders nothing; raises `UnplannedPageError` for a page that would be missing."""
        del args, values
        if name and name not in self.settings[BUILD].run.engine.plan.outputs:
            raise UnplannedPageError(f"Pelican would write {name}, which is not one of our pages")


class PelicanWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Writes pages as Pelican does, but only those that changed, and each in one step."""

    def __init__(self, output_path: str, settings: Settings) -> None:
        super().__init__(output_path, settings=settings)
        self._run: Run = settings[BUILD].run

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **values: Any) -> None:
        """Adds what our views know to what Pelican's generators pass."""
        run = self._run
        if isinstance(values.get("tag"), IssueTag):
            return  # the issue's hub is at this address
        page = run.engine.plan.outputs.get(name) if name else None
        if isinstance(page, Page):
            values = {**run.engine.page_values(page), **values}
            own = values.get("article") or values.get("page")
            if own is not None and hasattr(own, "post"):
                values["text"] = own.content  # as other plugins made it, its links resolved
        elif name:
            values = {**run.engine.values_for(name), **values}
        if name:
            run.folder.make_way(name)  # Pelican makes the folder before it opens the file
        super().write_file(name, template, context, *args, **values)

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:
        """Pelican would empty the file at once; here it is replaced by the complete one."""
        path = Path(filename).relative_to(full(self.output_path)).as_posix()
        if not override:
            if filename in self._written_files:
                raise FileOverwriteFailedError(f"{path} would be written twice")
            self._written_files.add(filename)
        page = self._run.engine.plan.outputs.get(path)
        copies = page.copies if isinstance(page, Page) else ()
        return _Replacing(self._run, (path, *copies), encoding)
