"""The pages and files that Pelican does not make itself: hubs, feeds, downloads, sitemap."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from pelican.generators import Generator

from wardblog.addresses import ICON, has_map
from wardblog.build.reader import RUN
from wardblog.build.run import Run
from wardblog.build.writer import WardWriter
from wardblog.maps import STREETS_PATH, street_data
from wardblog.maps.card import icon_png
from wardblog.read.settings import DEFAULT_ACCENT
from wardblog.views import ICON_SIZE, colour_rules, content_security_policy, page_outputs


class WardGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Runs after Pelican's articles and pages and before its static files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._run: Run = self.settings[RUN]
        site = self._run.site
        for name in ("SITENAME", "SITEURL"):
            self.context[name] = self.settings[name]
        self.context["localsiteurl"] = self.settings["SITEURL"]
        self.context["site"] = site
        self.context["policy"] = content_security_policy(site.map)
        self.context["has_map"] = has_map(site)

    def generate_context(self) -> None:
        found = self.context["generated_content"]
        self._run.expect_all({file for file, content in found.items() if content is not None})
        self._run.contents = found

    def generate_output(self, writer: WardWriter) -> None:
        for page in page_outputs(self._run.site):
            writer.write_file(
                page.path,
                self.get_template(page.template),
                self.context,
                relative_urls=self.settings["RELATIVE_URLS"],
                url=page.address,
                address=page.address,
                **page.values,
            )
        for path, content in self._assets():
            writer.write_bytes(path, content.encode())
        self._write_icon(writer)
        if streets := self._run.site.map.streets:
            writer.write_bytes(STREETS_PATH, street_data(streets))
        self._run.folder.keep(self._copied())
        writer.finish_files()

    def _assets(self) -> Iterator[tuple[str, str]]:
        """The theme's style and scripts without their spaces and remarks.

        The ward's own colours are in the same sheet: a page waits for every file it asks for.
        """
        source = Path(self.theme) / "source"
        style = (source / "style.css").read_text(encoding="utf-8")
        yield "style.css", rcssmin.cssmin(style + colour_rules(self._run.site)) + "\n"
        for name in ("near.js", "map.js"):
            script = (source / name).read_text(encoding="utf-8")
            yield f"{self.settings['THEME_STATIC_DIR']}/{name}", rjsmin.jsmin(script) + "\n"

    def _write_icon(self, writer: WardWriter) -> None:
        """The theme's icon in the ward's colour: for browsers, and as a picture for feeds."""
        drawn = (Path(self.theme) / "source" / "icon.svg").read_text(encoding="utf-8")
        svg = drawn.replace(DEFAULT_ACCENT, self._run.site.accent)
        writer.write_bytes(f"{self.settings['THEME_STATIC_DIR']}/icon.svg", svg.encode())
        writer.write_made(ICON, svg.encode(), lambda: icon_png(svg, ICON_SIZE))

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
