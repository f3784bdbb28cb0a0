"""The pages and files that Pelican does not make itself: hubs, feeds, downloads, sitemap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from wardblog.build.reader import RUN
from wardblog.build.run import Run
from wardblog.build.writer import WardWriter
from wardblog.views import File, content_security_policy, outputs


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

    def generate_context(self) -> None:
        found = self.context["generated_content"]
        self._run.expect_all({file for file, content in found.items() if content is not None})

    def generate_output(self, writer: WardWriter) -> None:
        contents = self.context["generated_content"].items()
        html = {file: content.content for file, content in contents if content is not None}
        for output in outputs(self._run.resolved(html)):
            if isinstance(output, File):
                writer.write_bytes(output.path, output.content)
            else:
                writer.write_file(
                    output.path,
                    self.get_template(output.template),
                    self.context,
                    relative_urls=self.settings["RELATIVE_URLS"],
                    url=output.address,
                    address=output.address,
                    **output.values,
                )
        self._run.folder.keep(self._copied())

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
