"""Pelican's writer, which hands each template the values of our views, and draws its maps."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pelican.writers import FileOverwriteFailedError, Writer

from wardblog.addresses import EVERYTHING, hashed_path
from wardblog.build.aside import Aside
from wardblog.build.files import write_files
from wardblog.build.reader import RUN, IssueTag, Settings
from wardblog.build.run import Run
from wardblog.figures import MapFigure
from wardblog.maps import DrawnMap, draw, street_data
from wardblog.model import Post
from wardblog.views import (
    FeedLink,
    Month,
    SharedPicture,
    by_month,
    coming_of,
    feed_links,
    home_page,
    issue_colours,
    post_page,
    shared_picture,
)

# The values of a page that may have a map, as our views and the templates call them.
_WITH_MAPS = ("view", "home", "hub", "area")


class _Replacing(io.StringIO):
    """A text file that is put in its place, as a whole, when it is closed."""

    def __init__(self, run: Run, path: str, encoding: str) -> None:
        super().__init__(newline="")
        self._run = run
        self._path = path
        self._bytes_as = encoding

    def close(self) -> None:
        if not self.closed:
            self._run.folder.write(self._path, self.getvalue().encode(self._bytes_as))
        super().close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            super().close()
        super().__exit__(kind, *rest)  # type: ignore[arg-type]


class WardWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Writes pages as Pelican does, but only those that changed, and each in one step."""

    def __init__(self, output_path: str, settings: Settings) -> None:
        super().__init__(output_path, settings=settings)
        self._run: Run = settings[RUN]
        self._colours = issue_colours(self._run.site)
        self._feed_links = feed_links(self._run.site)
        self._streets = self._streets_file()
        # Pelican makes its writer when all is read and nothing is written.
        run = self._run
        self._files = Aside(lambda: write_files(run.resolved(), run.folder.root))

    def write_bytes(self, path: str, content: bytes) -> None:
        self._claim(path)
        self._run.folder.write(path, content)

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        """A picture, unless the one that is there was made from the same source."""
        self._claim(path)
        self._run.folder.write_made(path, source, make)

    def _streets_file(self) -> tuple[str, bytes]:
        """The one file of streets for all maps: its path, if there is one, and its bytes."""
        if not (streets := self._run.site.map.streets):
            return "", b""
        content = street_data(streets)
        return hashed_path("map/streets.json", content), content

    def write_streets(self) -> None:
        path, content = self._streets
        if path:
            self.write_bytes(path, content)

    def finish_files(self) -> None:
        """Waits for the files that were written meanwhile, and counts them as written."""
        files = self._files.result()
        for path in files.written:
            self._claim(path)
        self._run.folder.add(files.written, files.changed, files.made)

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **values: Any) -> None:
        """Adds what our views know to what Pelican's generators pass."""
        if isinstance(values.get("tag"), IssueTag):
            return  # the issue's hub is at this address
        address = name.removesuffix("index.html") if name else ""
        values.update(self._views(values, context))
        values.setdefault("address", address)
        values["map"] = self._map(values)
        values["card"] = self._shared_picture(values)
        values["feeds"] = self._feeds(values)
        if name:
            self._run.folder.make_way(name)  # Pelican makes the folder before it opens the file
        super().write_file(name, template, context, *args, **values)

    def _views(self, values: dict[str, Any], context: Any) -> dict[str, object]:
        run = self._run
        if "article" in values:
            return {"view": post_page(run.site, values["article"].post, run.neighbours)}
        if hasattr(values.get("page"), "post"):
            return {"coming": coming_of(run.site, values["page"].post)}
        kind = values.get("template_name")
        if kind == "index":
            return {"home": home_page(run.site)}
        if kind == "period_archives":
            months = by_month(self._in_order(values["dates"]))
            return {"title": self._period(context["period_num"], months), "months": months}
        if kind == "tag":
            slug = values["tag"].slug
            return {
                "posts": self._in_order(values["articles"]),
                "tag_name": run.tag_names.get(slug, values["tag"].name),
            }
        return {}

    def _in_order(self, articles: Iterable[Any]) -> tuple[Post, ...]:
        """Posts as our model orders them: Pelican's order of equal dates is that of a set."""
        files = {article.post.file for article in articles}
        return tuple(p for p in self._run.site.published if p.file in files)

    @staticmethod
    def _period(numbers: tuple[int, ...], months: tuple[Month, ...]) -> str:
        return months[0].title if len(numbers) > 1 else str(numbers[0])

    def _map(self, values: dict[str, Any]) -> DrawnMap | None:
        """Draws the map of a page whose values have a figure, and writes its files beside it."""
        shown = next((values[k] for k in _WITH_MAPS if k in values), None)
        figure = getattr(shown, "figure", None)
        if not isinstance(figure, MapFigure):
            return None
        site = self._run.site
        path = self._streets[0]
        streets_url = f"{site.base_path}/{path}" if path else ""
        drawn = draw(figure, self._colours, site.imprint.sentence, streets_url)
        self.write_bytes(drawn.script_path, drawn.script)
        self.write_bytes(drawn.data_path, drawn.data)
        self.write_bytes(drawn.picture_path, drawn.picture)
        return drawn

    def _shared_picture(self, values: dict[str, Any]) -> SharedPicture:
        """The picture of what the page is about: a post or page, an issue, or the whole site."""
        site = self._run.site
        if "view" in values:
            return shared_picture(site, values["view"].post)
        if "page" in values and hasattr(values["page"], "post"):
            return shared_picture(site, values["page"].post)
        about = values.get("hub") or values.get("area")
        return shared_picture(site, issue=about.issue if about else values.get("issue"))

    def _feeds(self, values: dict[str, Any]) -> tuple[FeedLink, ...]:
        """The feeds of what the page is about, and then that of everything."""
        about = values.get("hub") or values.get("area")
        slugs = []
        if "article" in values:
            slugs = [tag.slug for tag in values["article"].post.tags]
        elif about and about.issue:
            slugs = [about.issue.slug]
        elif "tag" in values:
            slugs = [values["tag"].slug]
        elif "way" in values:
            slugs = [values["slug"]]
        wanted = dict.fromkeys((*slugs, EVERYTHING))
        return tuple(link for slug in wanted for link in self._feed_links.get(slug, ()))

    def _claim(self, path: str) -> None:
        full = os.path.join(self.output_path, path)  # noqa: PTH118 - as Pelican keeps them
        if full in self._written_files:
            raise FileOverwriteFailedError(f"{path} would be written twice")
        self._written_files.add(full)

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:
        """Pelican opens the file itself and empties it; this one is replaced when it is whole."""
        path = Path(filename).relative_to(Path(self.output_path).absolute()).as_posix()
        if not override:
            self._claim(path)
        return _Replacing(self._run, path, encoding)
