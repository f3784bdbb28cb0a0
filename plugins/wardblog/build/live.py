"""A site in memory while it is being written: saved files are read, requested pages are made.

It includes drafts and posts with a later date, marked as such.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wardblog.build.clock import now, today
from wardblog.build.drafts import Drafts, apart
from wardblog.build.engine import Engine
from wardblog.build.folder import OutputFolder
from wardblog.build.hosted_site import HostedSite
from wardblog.build.paths import full
from wardblog.build.pelican_needed import needs_pelican
from wardblog.build.pelican_settings import Choices
from wardblog.build.plan import BuildPlan, Photo
from wardblog.build.run import check_content, source_of
from wardblog.build.site import CACHE
from wardblog.build.state import BuildState, Built
from wardblog.build.templates import Templates
from wardblog.content import Reading
from wardblog.content.cache import ReadPosts
from wardblog.content.files import (
    Folder,
    composed,
    no_sources,
    saved_digest,
    scan,
    signature_of,
    target_outside,
    with_drafts,
)
from wardblog.content.pictures import IMAGES
from wardblog.model import Post, Site, Visibility
from wardblog.model.digests import digest_of
from wardblog.problems import ContentError, Problem, Severity, TemplateFault, render
from wardblog.support.private_files import ordinary_bytes
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.text.words import long_date
from wardblog.views import Output

# Posts by file, each as it was read and as it is shown.
Shown = dict[str, tuple[Post, Post]]
# How many photographs are kept at hand, each of about a megabyte.
_MOST_PHOTOS = 100


class LiveSite:
    """The site of a content folder. `problems` says what is wrong with it, in plain words.

    While there is a problem, the pages from before it are still served. `found` are all problems,
    and `posts` all posts and pages as they were last read, by file; None for one that could not be.
    A draft is a file that is being edited, with bytes that are not saved: it is read from memory
    and shown as if it were saved, and neither a file nor the cache on disk receives it. A draft
    with a problem never takes the place of other pages.
    """

    def __init__(self, config: Path, content: Path, watch: Watch = no_progress) -> None:
        self._config, self._content, self._watch = config, content, watch
        self._choices = Choices.read(config)
        self._state = BuildState(CACHE, content, None, self._choices.stamp)
        self._folder: Folder | None = None
        self._engine: Engine | None = None
        # The plan of the site before, unless something beside the content changed since.
        self._plan: BuildPlan | None = None
        # Posts that residents do not see yet, as they were read and as they are shown.
        self._waiting: Shown = {}
        self._beside: dict[str, bytes] = {}
        # Photographs by what they were made from: they take long, and few are changed.
        self._photos: dict[bytes, dict[str, bytes]] = {}
        self._drafts = Drafts(content)
        # The problems of the files as they are saved that stop the build.
        self._stops: frozenset[Problem] = frozenset()
        self._day = today()
        # When the next post or update comes due, in seconds since 1970.
        self._until: int | None = None
        self.problems = ""
        self.found: tuple[Problem, ...] = ()

    @property
    def base_path(self) -> str:
        return self._engine.plan.site.base_path if self._engine else ""

    @property
    def warnings(self) -> str:
        """The problems that stop nothing, as text."""
        if self.problems or not self.found:
            return ""
        return render(self.found, self._content, is_sorted=True)

    @property
    def posts(self) -> Mapping[str, Post | None]:
        return ReadPosts(self._state.readings.cache.posts)

    def saved_digest(self, file: str) -> bytes | None:
        known = self._state.readings.cache.posts.get(file)
        return saved_digest(self._content, file, known.fingerprint if known else None)

    def update(
        self, changed: Iterable[Path] | None = None, draft: tuple[str, bytes | None] | None = None
    ) -> None:
        """Read the files that were saved; without `changed`, search the whole folder.

        With a `draft`, only that is read: a file and its bytes, or None in their place once it is
        no longer edited.
        """
        paths = [] if changed is None and draft else None if changed is None else list(changed)
        if paths is None or any(not _is_below(p, self._content) for p in paths):
            self._choices, self._plan = Choices.read(self._config), None  # or the theme
        self._day = today()
        self._folder = self._found(paths)
        if draft:
            self._drafts.put(*draft)
        if paths != []:
            self._drafts.without_outdated()
            if self._drafts.bytes:  # they must hide no problem of what is saved, nor add any
                self._stops = _stops(self._checked(self._folder)[1])
        reading, problems = self._checked(with_drafts(self._folder, self._drafts.bytes))
        edited = reading.folder.drafts
        self._until = reading.cache.whole.until if reading.cache.whole else None
        stops = _stops(problems)
        if not edited:
            self._stops = stops
        both = stops & self._stops
        blocking = [p for p in problems if p.file not in edited and p in both] if both else []
        told = blocking if edited else problems
        self.problems = str(ContentError(told, self._content)) if blocking else ""
        self.found = tuple(problems)
        if not blocking and all(reading.cache.posts[file].post for file in edited):
            self._take(reading, bool(stops - self._stops))

    def _checked(self, folder: Folder) -> tuple[Reading, list[Problem]]:
        reading, problems, _ = check_content(
            self._content, self._choices, self._state.readings, self._watch, folder
        )
        return reading, problems

    def has_read(self, changed: Iterable[Path]) -> bool:
        """Whether it knows these files as they are now, so that no update is needed."""
        known = self._state.readings.cache.posts
        for path in changed:
            if not _is_below(path, self._content) or self._folder is None:
                return False
            name = self._name(path)
            if _is_hidden(name) and name not in self._folder.hidden and not path.exists():
                continue  # a file was written beside another, and took its place
            fingerprint = known[name].fingerprint if name in known else None
            try:
                if fingerprint is None or fingerprint.digest != digest_of(ordinary_bytes(path)):
                    return False
            except OSError:
                return False
        return True

    def shown_site(self) -> Site | None:
        return self._engine.plan.site if self._engine else None

    def is_of_today(self) -> bool:
        is_due = self._until is not None and now().timestamp() >= self._until
        return self._day == today() and not is_due

    def _take(self, reading: Reading, is_faulty: bool) -> None:
        edited = reading.folder.drafts.keys()
        read = apart(reading.site, edited) if is_faulty else reading.site
        site = with_waiting(read, self._waiting)
        if self._engine:
            site.following(self._engine.plan.site)
        built = self._engine.built if self._engine else Built(None, b"")
        nowhere = OutputFolder(root=Path(os.devnull))
        source = source_of(site, self._content, reading)
        self._plan = BuildPlan(source, self._choices, built, self._plan)
        # Another thread may still be making a file of the site before this one.
        self._beside = {}
        self._engine = Engine(self._plan, nowhere, built)

    def _found(self, paths: list[Path] | None) -> Folder:
        """The content as it is now; if all `paths` are files, only those are examined."""
        if paths is None or self._folder is None or self._folder.has_bad_links:
            return scan(self._content)
        shown = dict(self._folder.shown)
        for path in paths:
            if not _is_below(path, self._content):
                continue
            name = self._name(path)
            if _is_hidden(name) and name not in self._folder.hidden and not path.exists():
                continue  # a file was written beside another, and took its place
            if (
                path.is_symlink()
                or path.is_dir()
                or _is_hidden(name)
                or target_outside(self._content, name)
            ):
                return scan(self._content)
            if not path.is_file():
                if name not in shown:
                    return scan(self._content)
                del shown[name]
            else:
                shown[name] = signature_of(path.stat())
        return Folder(shown=shown, hidden=self._folder.hidden, looping=[])

    def _name(self, path: Path) -> str:
        return composed(path.relative_to(full(self._content)).as_posix())

    def get(self, path: str) -> bytes | None:
        """The file at a path of the site, made when it is requested."""
        beside, engine = self._beside, self._engine
        if engine is None:
            return None
        if path in beside:
            return beside[path]
        output = engine.plan.output_at(path)
        if output is None:
            return None
        try:
            files = self._contents(engine, output)
        except TemplateFault as fault:
            self.problems = str(ContentError([fault.problem], self._content))
            return None
        beside.update(files)
        return files.get(path)

    def _contents(self, engine: Engine, output: Output) -> dict[str, bytes]:
        if not isinstance(output, Photo):
            return engine.contents(output)
        needs = engine.plan.needs(output)
        if needs not in self._photos:
            if len(self._photos) >= _MOST_PHOTOS:
                del self._photos[next(iter(self._photos))]
            self._photos[needs] = engine.contents(output)
        return self._photos[needs]


def live_site(
    config: Path, content: Path, output: Path, watch: Watch = no_progress
) -> LiveSite | HostedSite:
    """Return the live site that shows what a build would make."""
    choices = Choices.read(config)
    templates = Templates(choices.theme, choices.jinja, Built(None, b""))
    with suppress(
        TemplateFault
    ):  # its message is shown in place of the page that needs the template
        if needs_pelican(choices, templates):
            return HostedSite(config, content, output)
    return LiveSite(config, content, watch)


def _stops(problems: Iterable[Problem]) -> frozenset[Problem]:
    return frozenset(p for p in problems if p.severity is Severity.STOP)


def with_waiting(site: Site, known: Shown) -> Site:
    """The site with drafts and later posts shown, and marked as such.

    All images are included, even before a post shows them. `known` has such posts as they were
    shown before, by file, and receives these: a post that did not change stays the same object.
    """
    images = frozenset(file for file in no_sources(site.files) if file.startswith(IMAGES))
    named = site.named_files | images
    before = dict(known)
    known.clear()
    for post in site.waiting:
        earlier = before.get(post.file)
        known[post.file] = earlier if earlier and earlier[0] is post else (post, _shown(post))
    if not known:
        return replace(site, named_files=named)
    shown = {id(post): as_shown for post, as_shown in known.values()}
    posts, pages = (
        tuple([shown.get(id(post), post) for post in some]) for some in (site.posts, site.pages)
    )
    return replace(site, posts=posts, pages=pages, named_files=named)


def _shown(post: Post) -> Post:
    waits = "Draft" if post.visibility is Visibility.DRAFT else f"Waits for {long_date(post.date)}"
    stem = post.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    address = post.address or f"{post.date:%Y}/{post.date:%m}/{post.slug or stem}/"
    title = post.title or stem
    visible = Visibility.PUBLISHED
    return replace(post, visibility=visible, waits=waits, address=address, title=title)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _is_below(path: Path, folder: Path) -> bool:
    return path.is_relative_to(full(folder))
