"""The pages and files that Pelican does not make itself: hubs, feeds, downloads, sitemap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from wardblog.build.photographs import write_photo
from wardblog.build.plan import Copy, Photo, photo
from wardblog.build.reader import RUN
from wardblog.build.run import Run
from wardblog.build.writer import WardWriter
from wardblog.photos import is_picture, look
from wardblog.problems import Refused
from wardblog.read.names import composed
from wardblog.read.pictures import is_one
from wardblog.views import Page

# The templates of what Pelican writes itself.
_PELICANS = frozenset(("index", "article", "page", "tag", "period_archives"))


class WardGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Runs after Pelican's articles and pages and before its static files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._run: Run = self.settings[RUN]
        for name in ("SITENAME", "SITEURL"):
            self.context[name] = self.settings[name]
        self.context["localsiteurl"] = self.settings["SITEURL"]
        if self._run.is_plain:
            # Others make the pages while Pelican looks through all there is.
            self._run.begin()

    def generate_context(self) -> None:
        found = self.context["generated_content"]
        contents = {composed(file): made for file, made in found.items() if made is not None}
        self._run.expect_all(set(contents))
        self._contents = contents

    def generate_output(self, writer: WardWriter) -> None:
        run = self._run
        if run.is_plain:
            self.context["staticfiles"].clear()  # our copies keep a file that did not change
            run.make()
            return
        run.take_texts(self._contents)
        run.state.built.forget()
        self._take_pictures()
        run.begin(lambda output: not isinstance(output, Copy | Page))
        for page in run.engine.plan.outputs.values():
            if isinstance(page, Page) and page.template not in _PELICANS:
                writer.write_file(
                    page.path,
                    self.get_template(page.template),
                    self.context,
                    relative_urls=self.settings["RELATIVE_URLS"],
                    url=page.address,
                )
        run.make()
        run.folder.keep(self._copied())

    def _take_pictures(self) -> None:
        """Takes pictures from what Pelican copies: it would publish the originals."""
        run, found = self._run, self.context["staticfiles"]
        for static in list(found):
            if static.save_as != (name := composed(static.save_as)):
                static.override_save_as, static.override_url = name, composed(static.url)
            if isinstance(run.engine.plan.outputs.get(static.save_as), Photo):
                found.remove(static)
                continue
            source = Path(self.path) / static.source_path
            if not is_picture(source.name) and not is_one(source):
                continue
            made = photo(static.save_as, source, look(source.read_bytes()), ())
            if made is None:
                raise Refused(
                    f"The picture {static.source_path} cannot be published",
                    "It is not one that browsers can show, or not whole. Save it as JPEG.",
                )
            write_photo(made, run.folder)
            found.remove(static)

    def _copied(self) -> list[str]:
        """What Pelican will copy: the theme's files, and those that posts link to."""
        found = [static.save_as for static in self.context["staticfiles"]]
        for path in self.settings["THEME_STATIC_PATHS"]:
            source = Path(self.theme) / path
            found += [
                f"{self.settings['THEME_STATIC_DIR']}/"
                + (Path(folder) / name).relative_to(source).as_posix()
                for folder, _, names in os.walk(source)
                for name in names
            ]
        return found
