"""Makes the pages and files that Pelican does not: hubs, feeds, downloads, sitemap."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from wardblog.build.copies import copied, problems_of
from wardblog.build.engine_build import EngineBuild
from wardblog.build.pelican.pelican_build import PelicanBuild
from wardblog.build.pelican.reader import BUILD
from wardblog.build.pelican.writer import PelicanWriter, SilentWriter
from wardblog.build.photographs import write_photo
from wardblog.build.plan import photo
from wardblog.build.run import PostsLostError
from wardblog.content.files import DRAWING, composed
from wardblog.content.pictures import IMAGES, has_picture_bytes
from wardblog.photos import is_picture
from wardblog.photos.inspect import inspect_picture
from wardblog.problems import CommandError, ContentError
from wardblog.views import Page

# The templates of what Pelican writes itself.
_PELICANS = frozenset(("index", "article", "page", "tag", "period_archives"))


class EngineGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Makes the whole site with our engine; Pelican only counts its articles and pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._build: EngineBuild = self.settings[BUILD]
        # Others make the pages while Pelican looks through all there is.
        self._build.begin()

    def generate_context(self) -> None:
        try:
            self._build.run.expect_all(set(_contents(self.context)))
        except PostsLostError:
            self._build.stop()
            self._build.run.folder.discard()
            raise

    def generate_output(self, writer: SilentWriter) -> None:
        del writer
        self.context["staticfiles"].clear()  # our copies keep a file that did not change
        self._build.make()


def _contents(context: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's articles and pages by their files."""
    contents = context["generated_content"]
    return {composed(file): content for file, content in contents.items() if content is not None}


class PelicanGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Makes the pages and files that Pelican does not: hubs, feeds, downloads, sitemap.

    It runs after Pelican's articles and pages and before its static files.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._build: PelicanBuild = self.settings[BUILD]
        for name in ("SITENAME", "SITEURL"):
            self.context[name] = self.settings[name]
        self.context["localsiteurl"] = self.settings["SITEURL"]

    def generate_context(self) -> None:
        self._contents = _contents(self.context)
        self._build.run.expect_all(set(self._contents))

    def generate_output(self, writer: PelicanWriter) -> None:
        build = self._build
        build.take_texts(self._contents)
        self._take_files()
        build.begin()
        for page in build.run.engine.plan.outputs.values():
            if isinstance(page, Page) and page.template not in _PELICANS:
                writer.write_file(
                    page.path,
                    self.get_template(page.template),
                    self.context,
                    relative_urls=self.settings["RELATIVE_URLS"],
                    url=page.address,
                )
        build.make()
        build.run.folder.keep(self._copied())

    def _take_files(self) -> None:
        """Stop Pelican from copying the files of our plan, and files that nothing refers to.

        What is left are files that posts have beside them, and whole folders that the settings
        name. Of these, too, nothing goes out that was not inspected.
        """
        run, others = self._build.run, dict[str, str]()
        for static in list(self.context["staticfiles"]):
            if static.save_as != (name := composed(static.save_as)):
                static.override_save_as, static.override_url = name, composed(static.url)
            source = composed(static.get_relative_source_path())
            is_ours = static.save_as in run.engine.plan.outputs
            if is_ours or not self._is_wanted(source, static.save_as):
                self.context["staticfiles"].remove(static)
            else:
                others[static.save_as] = source
        if problems := problems_of(others.values(), run.content, run.site):
            raise ContentError(problems, run.content)
        for static in list(self.context["staticfiles"]):
            source = run.content / static.get_relative_source_path()
            if self._is_written(static.save_as, source):
                self.context["staticfiles"].remove(static)

    def _is_wanted(self, source: str, path: str) -> bool:
        """Whether a file is an ordinary one, and among the images one that something refers to."""
        if source not in self._build.run.reading.folder.shown:
            return False
        return path != source or not source.startswith(IMAGES)

    def _is_written(self, path: str, source: Path) -> bool:
        """Writes a picture or a drawing, which is never copied as it is."""
        folder = self._build.run.folder
        if path.lower().endswith(DRAWING):
            folder.write(path, copied(source, path))
            return True
        if not is_picture(source.name) and not has_picture_bytes(source):
            return False
        prepared = photo(path, source, inspect_picture(source.read_bytes()), ())
        if prepared is None:
            raise CommandError(
                f"The picture {path} cannot be published",
                "Browsers cannot show it, or it is incomplete. Save it as JPEG.",
            )
        write_photo(prepared, folder)
        return True

    def _copied(self) -> list[str]:
        """What Pelican will copy: the theme's files, and those that posts link to."""
        paths = [static.save_as for static in self.context["staticfiles"]]
        for path in self.settings["THEME_STATIC_PATHS"]:
            source = Path(self.theme) / path
            paths += [
                f"{self.settings['THEME_STATIC_DIR']}/"
                + (Path(folder) / name).relative_to(source).as_posix()
                for folder, _, names in os.walk(source)
                for name in names
            ]
        return paths
