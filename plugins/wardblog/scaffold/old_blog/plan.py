"""Plans what becomes of an old blog in the content folder; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wardblog.content.replace_files import NewFile, read_bytes
from wardblog.scaffold.old_blog.conversion.converted import Note, TextContext, UsedPicture
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.described import described
from wardblog.scaffold.old_blog.existing import digest_in_hex, existing_posts
from wardblog.scaffold.old_blog.headers import Header, header_lines, post_data
from wardblog.scaffold.old_blog.held_back import houses_in, says_more
from wardblog.scaffold.old_blog.model import OldBlog, OldPicture, OldPost
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.scaffold.old_blog.old_paths import in_ascii, same, usable
from wardblog.scaffold.old_blog.pictures import FoundFiles, Uploads, find_files, is_upload
from wardblog.scaffold.old_blog.places import PostPlace, Standing, places_of, taken_by
from wardblog.scaffold.old_blog.redirect_rows import (
    REDIRECTS_FILE,
    can_be_added_to,
    merged,
    wanted_rows,
)
from wardblog.scaffold.old_blog.remembered import MoveMemory
from wardblog.scaffold.old_blog.term_rows import term_rows
from wardblog.scaffold.old_blog.titles import title_of
from wardblog.scaffold.old_blog.upload_rows import upload_rows
from wardblog.scaffold.own_content import ABOUT, ABOUT_PAGE
from wardblog.support.progress_bar import Watch, no_progress

# How much of a text is read to find a title in it.
_BEGINNING = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What an old blog is moved into, and how.

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
    the text shows, with the words of the old blog. `digest` is that of
    the file as this command writes it, "" for one that was edited. `is_public` is whether residents
    read it already, and `is_held` whether it becomes a draft again, since it would say more.
    """

    place: PostPlace
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
        found = {one.place.file: one.new for one in self.posts if one.new}
        return found | ({REDIRECTS_FILE: self.redirects} if self.redirects else {})


def plan_move(blog: OldBlog, moving: Moving, watch: Watch = no_progress) -> MovePlan:
    """Plan all files; raises `OSError` for a folder that cannot be read."""
    return _Planner(blog, moving, watch).plan()


class _Planner:
    def __init__(self, blog: OldBlog, moving: Moving, watch: Watch) -> None:
        self._blog, self._moving, self._watch = blog, moving, watch
        self._existing = existing_posts(moving.content, without={ABOUT_PAGE: ABOUT.encode()})
        titles = dict(enumerate(_titles(blog)))
        self._places = places_of(blog, titles, self._existing, moving.memory)
        self._taken = frozenset(
            address.casefold() for address in taken_by(self._places, self._existing)
        )
        self._aliases = self._aliases_of_all()

    def plan(self) -> MovePlan:
        files = self._files()
        addresses = self._addresses(files.files)
        posts: list[PlannedPost] = []
        for done, place in enumerate(self._places):
            self._watch("Converting posts", done, len(self._places))
            # Also an edited one: a run that was cut off may have written it and not remembered it.
            is_here = place.standing is not Standing.DELETED
            posts.append(self._planned(place, addresses) if is_here else PlannedPost(place=place))
        before = read_bytes(self._moving.content, REDIRECTS_FILE)
        rows = self._rows(addresses, files) if can_be_added_to(before) else {}
        data = merged(before, rows, self._moving.memory.redirects)
        return MovePlan(
            blog=self._blog,
            posts=tuple(posts),
            files=files,
            redirects=NewFile(data, before) if data != (before or b"") else None,
            rows=rows,
            taken_addresses=tuple(self._taken_addresses()),
        )

    def _taken_addresses(self) -> Iterator[tuple[str, str, str]]:
        """Pages whose old address is that of another file."""
        files = {one.address: one.file for one in self._existing.values() if one.address}
        files |= {one.address: one.file for one in self._places if one.address}
        for place in self._places:
            old = next(iter(place.old.addresses), "")
            other = files.get(same(old).strip("/") + "/", place.file)
            if other != place.file and place.standing is not Standing.DELETED:
                yield place.file, old, other

    def _rows(self, addresses: OldAddresses, files: FoundFiles) -> dict[str, str]:
        kept = tuple(one.old for one in self._places if one.standing is not Standing.DELETED)
        blog = replace(self._blog, posts=kept)
        return wanted_rows(
            blog,
            self._moving.names,
            upload_rows(blog, addresses, files.files),
            self._taken,
            (alias for aliases in self._aliases.values() for alias in aliases),
        )

    def _may_be_ours(self, place: PostPlace) -> bool:
        """Whether a file is as this command wrote it, or nothing is remembered of it."""
        is_known = place.key in self._moving.memory.posts
        return place.standing in (Standing.NEW, Standing.OURS) or not is_known

    def _files(self) -> FoundFiles:
        """The pictures and documents that the posts use, as far as they are on this computer."""
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.conversion.markdown import pictures_in

        addresses = self._addresses({})
        urls = dict.fromkeys(
            url
            for place in self._places
            if self._may_be_ours(place)
            for url in pictures_in(place.old, self._on_page(place.old, addresses))
            if is_upload(url) or url == addresses.full(place.old.picture)
        )
        uploads = Uploads(self._moving.uploads)
        found = {url: uploads.find(url) or self._moving.fetched.get(url) for url in urls}
        sources = {url: path for url, path in found.items() if path is not None}
        known = self._moving.memory.pictures
        return find_files(self._moving.content, urls, known, sources)

    def _addresses(self, files: Mapping[str, str]) -> OldAddresses:
        posts: dict[str, str] = {}
        posts |= dict(term_rows(self._blog, self._moving.names))
        for place in self._places:
            if place.standing is not Standing.DELETED:
                posts |= dict.fromkeys(place.old.addresses, place.file)
        return OldAddresses(
            self._blog.url, posts=posts, pictures=files, attachments=self._blog.pictures
        )

    def _on_page(self, post: OldPost, addresses: OldAddresses) -> OldAddresses:
        """The addresses as the text of a post means them."""
        is_beside = self._blog.program == "hugo" and post.addresses
        return addresses.beside(post.addresses[0]) if is_beside else addresses

    def _aliases_of_all(self) -> dict[str, tuple[str, ...]]:
        """The old addresses of each post, each of them once, and none that is in use."""
        own_files = {place.file for place in self._places}
        others = (one for one in self._existing.values() if one.file not in own_files)
        seen = {same(alias) for one in others for alias in one.aliases}
        of_pages = _pages_of_pictures(self._blog.pictures)
        aliases: dict[str, tuple[str, ...]] = {}
        for place in self._places:
            if place.standing is Standing.DELETED:
                continue
            own: list[str] = []
            number = place.old.number
            pages = of_pages.get(number, ()) if number else ()
            for address in map(in_ascii, (*place.old.addresses, *pages)):
                plain = same(address)
                if plain not in seen and usable(address, self._taken):
                    seen.add(plain)
                    own.append(address)
            aliases[place.key] = tuple(own)
        return aliases

    def _planned(self, place: PostPlace, addresses: OldAddresses) -> PlannedPost:
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.conversion.markdown import converted, plain_words

        old, moving = place.old, self._moving
        addresses = self._on_page(old, addresses)
        context = TextContext(place.file, addresses, moving.has_comments)
        text = converted(old, context)
        picture = addresses.picture(old.picture) if old.picture else ""
        summary = plain_words(old.summary)
        is_repeated = summary and _plain(text.text).startswith(_plain(summary)[:80])
        author = moving.names.author(old.author)
        header = Header(
            tags=moving.names.tags([(term.kind, term.name) for term in old.terms]),
            summary="" if is_repeated else summary,
            image=picture,
            image_alt=moving.descriptions.get(picture) or plain_words(old.picture_alt),
            author="" if author == moving.author else author,
            aliases=self._aliases[place.key],
            allowances=moving.allowances.get(place.key, ()),
            is_draft=self._is_draft(place),
        )
        words = described(text.text, moving.descriptions, text.pictures)
        before = read_bytes(moving.content, place.file)
        is_public = not header.is_draft
        lines = header_lines(place, header)
        data = post_data(lines, words)
        is_held = is_public and place.standing is Standing.OURS and says_more(before or b"", data)
        if is_held:
            lines = header_lines(place, replace(header, is_draft=True))
            data = post_data(lines, words)
        notes = [
            Note(note.line + len(lines) + 1, note.kind, note.words)
            for note in (*text.notes, *houses_in(text.text))
        ]
        notes += houses_in(f"{place.title}\n{header.summary}")
        if old.picture and not picture:
            notes.append(Note(1, "picture", addresses.full(old.picture)))
        is_same = data == before
        if place.standing is Standing.EDITED:
            if not is_same:
                return PlannedPost(place=place)
            place = replace(place, standing=Standing.OURS)
        return PlannedPost(
            place=place,
            new=None if is_same else NewFile(data, before),
            notes=tuple(notes),
            pictures=(*text.pictures, *_above(old, picture)),
            digest=digest_in_hex(data),
            is_public=is_public,
            is_held=is_held,
        )

    def _is_draft(self, place: PostPlace) -> bool:
        """Whether a post stays a draft; one that was published before remains so."""
        if written := self._moving.memory.posts.get(place.key):
            return not written.is_public
        found = self._existing.get(place.file)
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


def _pages_of_pictures(pictures: Iterable[OldPicture]) -> dict[str, list[str]]:
    """The addresses of the pages about pictures, by the number of the post that they belong to."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in pictures:
        if one.page_address and one.post_number:
            found[one.post_number].append(one.page_address)
    return found


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
