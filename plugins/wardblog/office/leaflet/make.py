"""Makes a leaflet or a poster: reads its words, checks them, sets them, and writes two files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from wardblog.model import Site
from wardblog.office.leaflet.choose import event_named, posts_named, reference_of
from wardblog.office.leaflet.faults import does_not_fit, not_printable, refuse_without_imprint
from wardblog.office.leaflet.inspect_pdf import check_pdf
from wardblog.office.leaflet.nodes import has_other_scripts
from wardblog.office.leaflet.on_paper import LeafletOnPaper, PosterOnPaper
from wardblog.office.leaflet.papers import (
    LEAFLET_SIZES,
    POSTER_SIZES,
    leaflet_paper,
    poster_paper,
    size_named,
)
from wardblog.office.leaflet.pictures import PictureFiles
from wardblog.office.leaflet.plan import Measured, Overflow, plan_sides
from wardblog.office.leaflet.read_words import posts_in, read_words
from wardblog.office.leaflet.typeset import Typesetter, UnprintableError, typesetter
from wardblog.office.leaflet.words import (
    FOLDER,
    LEAFLET_LINES,
    POSTER_LINES,
    name_of_leaflet,
    names_in,
    new_leaflet,
    new_poster,
)
from wardblog.problems import Problem, UsageError
from wardblog.support.private_files import private_folder, write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLeaflet:
    """The files of a leaflet or poster; `is_new` is whether its words were written just now.

    `warnings` are about the words; their files are paths below the private folder.
    """

    words: Path
    is_new: bool
    printer: Path
    screen: Path
    size: str
    sides: int
    has_more_fonts: bool
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LeafletFolders:
    """The content folder and the private one."""

    content: Path
    private: Path

    @property
    def leaflets(self) -> Path:
        return self.private / FOLDER


def make_leaflet(site: Site, folders: LeafletFolders, posts: str, size: str) -> MadeLeaflet:
    """Make a leaflet of the posts that are named, or of the leaflet's file that is named.

    `size` is one of `LEAFLET_SIZES`, or "" for that of the file. Raises `UsageError` for what is
    not found, and `ContentError` for what the law, the guard or the paper do not allow; then no
    PDF is written.
    """
    chosen = _chosen_size(size, LEAFLET_SIZES)
    refuse_without_imprint(site, folders.content)
    name, is_new = _leaflet_name(site, folders, posts, chosen)
    words, own_size, warnings = read_words(
        site, folders.private, name, LEAFLET_LINES, LEAFLET_SIZES
    )
    paper = leaflet_paper(chosen or own_size or "A5", len(words.sections))
    files = PictureFiles(folders.content)
    setting = LeafletOnPaper(site, words, paper, files)
    return _finished(site, folders, name, is_new, setting, warnings)


def make_poster(site: Site, folders: LeafletFolders, event: str, size: str) -> MadeLeaflet:
    """Make a poster for a coming event that is named; as `make_leaflet`."""
    chosen = _chosen_size(size, POSTER_SIZES)
    refuse_without_imprint(site, folders.content)
    poster = event_named(site, _without_ending(event))
    path = folders.leaflets / f"{poster.name}.md"
    is_new = not path.exists()
    if is_new:
        _write_words(path, new_poster(site, poster, chosen or "A4"))
    words, own_size, warnings = read_words(
        site, folders.private, poster.name, POSTER_LINES, POSTER_SIZES
    )
    paper = poster_paper(chosen or own_size or "A4")
    files = PictureFiles(folders.content)
    setting = PosterOnPaper(site, words, paper, files, poster)
    return _finished(site, folders, poster.name, is_new, setting, warnings)


def _chosen_size(written: str, sizes: tuple[str, ...]) -> str:
    if not written.strip():
        return ""
    if found := size_named(written, sizes):
        return found
    raise UsageError(f"SIZE={written} is not a size", f"Choose {' or '.join(sizes)}.")


def _without_ending(written: str) -> str:
    name = PurePath(written.strip()).name
    return name.removesuffix(".md") if name.endswith(".md") else written


def _leaflet_name(site: Site, folders: LeafletFolders, written: str, size: str) -> tuple[str, bool]:
    """The name of the leaflet's file, and whether it was written just now."""
    names = names_in(folders.leaflets)
    if (name := _without_ending(written).strip()) in names:
        return name, False
    posts = posts_named(site, written)
    if not posts:
        raise UsageError("Say which posts the leaflet is about", _how(names))
    wanted = frozenset(reference_of(site, post) for post in posts)
    for name in names:
        if posts_in(folders.leaflets / f"{name}.md") == wanted:
            return name, False
    name = name_of_leaflet(site, posts, names)
    _write_words(folders.leaflets / f"{name}.md", new_leaflet(site, posts, size or "A5"))
    return name, True


def _how(names: Sequence[str]) -> str:
    example = 'make leaflet POSTS="four-new-trees, grit-bins-moved" SIZE=A5'
    if not names:
        return example
    return f"{example}\n  or name one that you have: {', '.join(names)}"


def _write_words(path: Path, words: str) -> None:
    private_folder(path.parent.parent, path.parent)
    write_private(path, words.encode())


def _finished(
    site: Site,
    folders: LeafletFolders,
    name: str,
    is_new: bool,
    job: LeafletOnPaper | PosterOnPaper,
    warnings: Sequence[Problem],
) -> MadeLeaflet:
    """Set the words, check both files, and write them together."""
    made, more_fonts = _set(site, folders, job)
    private_folder(folders.private, folders.leaflets)
    base = folders.leaflets / f"{name}-{job.paper.name.lower()}"
    paths = {to: base.with_name(f"{base.name}-{to}.pdf") for to in made.files}
    for to, path in paths.items():
        write_private(path, made.files[to])
    return MadeLeaflet(
        words=folders.leaflets / f"{name}.md",
        is_new=is_new,
        printer=paths["printer"],
        screen=paths["screen"],
        size=job.paper.words,
        sides=made.sides,
        has_more_fonts=more_fonts,
        warnings=tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class _Files:
    files: dict[str, bytes]
    sides: int


def _set(
    site: Site, folders: LeafletFolders, job: LeafletOnPaper | PosterOnPaper
) -> tuple[_Files, bool]:
    """Set the words in our own fonts, or with those of this computer if they lack letters."""
    signs = ""
    for more_fonts in (True,) if has_other_scripts(job.written) else (False, True):
        try:
            with typesetter(job.template, more_fonts=more_fonts) as typeset:
                return _set_once(site, folders, job, typeset), more_fonts
        except UnprintableError as error:
            signs = error.signs
    raise not_printable(job.words, signs, folders.private)


def _set_once(
    site: Site, folders: LeafletFolders, job: LeafletOnPaper | PosterOnPaper, typeset: Typesetter
) -> _Files:
    values = job.values()
    typeset.add(job.files.made)
    measured = [
        Measured(one["band"], one["closing"], tuple(one["sections"]))
        for one in typeset.measure(values)
    ]
    plan = plan_sides(job.paper, measured, job.sides)
    if isinstance(plan, Overflow):
        raise does_not_fit(site, job.words, job.paper, plan, folders.private)
    values |= job.planned(plan, measured)
    typeset.add(job.files.made)
    files = {to: typeset.pdf(values, to, site.today) for to in ("printer", "screen")}
    sides = len(plan.sides)
    for to, data in files.items():
        check_pdf(data, site, job.paper, sides, to)
    return _Files(files, sides)
