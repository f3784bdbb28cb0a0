"""Plans what becomes of an old blog in the content folder; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from wardblog.content.files import REDIRECTS_FILE
from wardblog.content.replace_files import NewFile, read_bytes
from wardblog.scaffold.old_blog.aliases import aliases_of, taken_addresses
from wardblog.scaffold.old_blog.alt_texts import with_alt_texts
from wardblog.scaffold.old_blog.conversion.converted import Note, TextContext, UsedPicture
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.existing import digest_in_hex, existing_posts
from wardblog.scaffold.old_blog.headers import Header, header_lines, post_data
from wardblog.scaffold.old_blog.held_back import houses_in, says_more
from wardblog.scaffold.old_blog.model import OldBlog, OldPost
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.scaffold.old_blog.pictures import FoundFiles, Uploads, find_files, is_upload
from wardblog.scaffold.old_blog.post_targets import FileState, PostTarget, taken_by, targets_of
from wardblog.scaffold.old_blog.redirect_rows import (
    can_be_added_to,
    merged,
    wanted_rows,
)
from wardblog.scaffold.old_blog.remembered import MoveMemory
from wardblog.scaffold.old_blog.term_rows import term_rows
from wardblog.scaffold.old_blog.titles import title_of
from wardblog.scaffold.old_blog.upload_rows import upload_rows
from wardblog.scaffold.own_content import ABOUT, ABOUT_PAGE
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress

# How much of a text is read to find a title in it.
_BEGINNING = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOptions:
    """What a plan depends on besides the old blog.

    `author` is the first councillor, `uploads` are folders with the files of the old site, and
    `fetched` files that were fetched from it, by their URL. `allowances` are answers to checks, as
    pairs of the check and the reason, by the key of the post. `descriptions` are those of pictures
    by their files.
    """

    content: Path
    names: NameTable
    memory: MoveMemory
    author: str = ""
    uploads: Sequence[Path] = ()
    fetched: Mapping[str, Path] = field(default_factory=dict)
    allowances: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    has_comments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPost:
    """A post as it will be; `new` is None if its file stays as it is.

    `notes` are what needs attention in its text, with the lines of the file, and `pictures` what
    the text shows, with the words of the old blog. `digest` is that of the file as this command
    writes it, "" for one that was edited. `is_public` is whether residents read it already, and
    `is_held` whether it becomes a draft again, since it would say more.
    """

    target: PostTarget
    new: NewFile | None = None
    notes: tuple[Note, ...] = ()
    pictures: tuple[UsedPicture, ...] = ()
    digest: str = ""
    is_public: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """All that changes: the posts, the files beside them, and the table of old addresses."""

    blog: OldBlog
    posts: tuple[PlannedPost, ...]
    files: FoundFiles
    redirects: NewFile | None
    rows: Mapping[str, str]
    # Of a page that cannot have its old address: its file, the address, and the file that has it.
    taken_addresses: tuple[tuple[str, str, str], ...] = ()

    @property
    def new_files(self) -> dict[str, NewFile]:
        """The texts to be written, by their files."""
        found = {one.target.file: one.new for one in self.posts if one.new}
        return found | ({REDIRECTS_FILE: self.redirects} if self.redirects else {})


def plan_move(blog: OldBlog, options: MoveOptions, watch: Watch = no_progress) -> MovePlan:
    """Plan all files; raises `OSError` for a folder that cannot be read."""
    return _Planner(blog, options, watch).plan()


class _Planner:
    def __init__(self, blog: OldBlog, options: MoveOptions, watch: Watch) -> None:
        self._blog, self._options, self._watch = blog, options, watch
        self._existing = existing_posts(options.content, without={ABOUT_PAGE: ABOUT.encode()})
        titles = dict(enumerate(_titles(blog)))
        self._targets = targets_of(blog, titles, self._existing, options.memory)
        self._taken = frozenset(
            address.casefold() for address in taken_by(self._targets, self._existing)
        )
        self._aliases = aliases_of(self._targets, self._existing, blog.pictures, self._taken)

    def plan(self) -> MovePlan:
        files = self._files()
        addresses = self._addresses(files.files)
        posts: list[PlannedPost] = []
        for done, target in enumerate(self._targets):
            self._watch("Converting posts", done, len(self._targets))
            # Also an edited one: a run that was cut off may have written it and not remembered it.
            is_here = target.state is not FileState.DELETED
            posts.append(
                self._planned(target, addresses) if is_here else PlannedPost(target=target)
            )
        before = read_bytes(self._options.content, REDIRECTS_FILE)
        rows = self._rows(addresses, files) if can_be_added_to(before) else {}
        data = merged(before, rows, self._options.memory.redirects)
        return MovePlan(
            blog=self._blog,
            posts=tuple(posts),
            files=files,
            redirects=NewFile(data, before) if data != (before or b"") else None,
            rows=rows,
            taken_addresses=tuple(taken_addresses(self._targets, self._existing)),
        )

    def _rows(self, addresses: OldAddresses, files: FoundFiles) -> dict[str, str]:
        kept = tuple(one.old for one in self._targets if one.state is not FileState.DELETED)
        blog = replace(self._blog, posts=kept)
        return wanted_rows(
            blog,
            self._options.names,
            upload_rows(blog, addresses, files.files),
            self._taken,
            (alias for aliases in self._aliases.values() for alias in aliases),
        )

    def _may_be_ours(self, target: PostTarget) -> bool:
        """Whether a file is as this command wrote it, or nothing is remembered of it."""
        is_known = target.key in self._options.memory.posts
        return target.state in (FileState.NEW, FileState.OURS) or not is_known

    def _files(self) -> FoundFiles:
        """The pictures and documents that the posts use, as far as they are on this computer."""
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.conversion.markdown import pictures_in

        addresses = self._addresses({})
        urls = dict.fromkeys(
            url
            for target in self._targets
            if self._may_be_ours(target)
            for url in pictures_in(target.old, self._on_page(target.old, addresses))
            if is_upload(url) or url == addresses.full(target.old.picture)
        )
        uploads = Uploads(self._options.uploads)
        found = {url: uploads.find(url) or self._options.fetched.get(url) for url in urls}
        sources = {url: path for url, path in found.items() if path is not None}
        known = self._options.memory.pictures
        return find_files(self._options.content, urls, known, sources)

    def _addresses(self, files: Mapping[str, str]) -> OldAddresses:
        posts: dict[str, str] = {}
        posts |= dict(term_rows(self._blog, self._options.names))
        for target in self._targets:
            if target.state is not FileState.DELETED:
                posts |= dict.fromkeys(target.old.addresses, target.file)
        return OldAddresses(
            self._blog.url, posts=posts, pictures=files, attachments=self._blog.pictures
        )

    def _on_page(self, post: OldPost, addresses: OldAddresses) -> OldAddresses:
        """The addresses as the text of a post means them."""
        is_beside = self._blog.program == "hugo" and post.addresses
        return addresses.beside(post.addresses[0]) if is_beside else addresses

    def _planned(self, target: PostTarget, addresses: OldAddresses) -> PlannedPost:
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.conversion.markdown import converted

        old, options = target.old, self._options
        addresses = self._on_page(old, addresses)
        text = converted(old, TextContext(target.file, addresses, options.has_comments))
        picture = addresses.picture(old.picture) if old.picture else ""
        header = self._header(target, text.text, picture)
        words = with_alt_texts(text.text, options.descriptions, text.pictures)
        before = read_bytes(options.content, target.file)
        is_public = not header.is_draft
        lines = header_lines(target, header)
        data = post_data(lines, words)
        is_held = is_public and target.state is FileState.OURS and says_more(before or b"", data)
        if is_held:
            lines = header_lines(target, replace(header, is_draft=True))
            data = post_data(lines, words)
        notes = [
            Note(note.line + len(lines) + 1, note.kind, note.words)
            for note in (*text.notes, *houses_in(text.text))
        ]
        notes += houses_in(f"{target.title}\n{header.summary}")
        if old.picture and not picture:
            notes.append(Note(1, "picture", addresses.full(old.picture)))
        is_same = data == before
        if target.state is FileState.EDITED:
            if not is_same:
                return PlannedPost(target=target)
            target = replace(target, state=FileState.OURS)
        return PlannedPost(
            target=target,
            new=None if is_same else NewFile(data, before),
            notes=tuple(notes),
            pictures=(*text.pictures, *_above(old, picture)),
            digest=digest_in_hex(data),
            is_public=is_public,
            is_held=is_held,
        )

    def _header(self, target: PostTarget, text: str, picture: str) -> Header:
        """The header for a Markdown text, with the file of the picture above it, or ""."""
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.conversion.markdown import plain_words

        old, options = target.old, self._options
        summary = plain_words(old.summary)
        is_repeated = summary and _plain(text).startswith(_plain(summary)[:80])
        author = options.names.author(old.author)
        return Header(
            tags=options.names.tags([(term.kind, term.name) for term in old.terms]),
            summary="" if is_repeated else summary,
            image=picture,
            image_alt=options.descriptions.get(picture) or plain_words(old.picture_alt),
            author="" if author == options.author else author,
            aliases=self._aliases[target.key],
            allowances=options.allowances.get(target.key, ()),
            is_draft=self._is_draft(target),
        )

    def _is_draft(self, target: PostTarget) -> bool:
        """Whether a post stays a draft; one that was published before remains so."""
        if written := self._options.memory.posts.get(target.key):
            return not written.is_public
        found = self._existing.get(target.file)
        return found is None or found.is_draft


def _titles(blog: OldBlog) -> Iterator[str]:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.conversion.markdown import plain_words

    for post in blog.posts:
        start = post.text[:_BEGINNING]
        text = start if post.is_markdown or post.title else plain_words(start)
        yield title_of(post, plain_words(post.title), text)


def _above(old: OldPost, file: str) -> Iterator[UsedPicture]:
    """The picture above the text, if it is there."""
    if file:
        alt = old.picture_alt
        yield UsedPicture(address=old.picture, file=file, alt=alt, caption="", line=1)


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
