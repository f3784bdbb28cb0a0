"""The pages and files that Pelican does not make itself: hubs, feeds, downloads, sitemap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from wardblog.addresses import ICON, has_map
from wardblog.build.assets import theme_assets
from wardblog.build.reader import RUN
from wardblog.build.run import Run
from wardblog.build.writer import WardWriter
from wardblog.maps.card import icon_png
from wardblog.views import ICON_SIZE, content_security_policy, page_outputs


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
        static = self.settings["THEME_STATIC_DIR"]
        self._assets = theme_assets(Path(self.theme), static, site)
        self.context["assets"] = self._assets.paths

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
        for path, content in self._assets.files.items():
            writer.write_bytes(path, content)
        icon = self._assets.files[self._assets.paths["icon.svg"]]
        writer.write_made(ICON, icon, lambda: icon_png(icon.decode(), ICON_SIZE))
        writer.write_streets()
        self._run.folder.keep(self._copied())
        writer.finish_files()

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
