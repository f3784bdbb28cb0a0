"""What the page of a post asks for: to keep, show, save, make, forget and remove a version."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from wardblog.build.clock import now
from wardblog.build.paths import full
from wardblog.content import declared_issues
from wardblog.content.files import target_outside
from wardblog.content.post_form import form_of
from wardblog.content.write import create_file, with_value
from wardblog.content.write_text import file_text_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.documents import (
    address_of,
    document_of,
    is_saved,
    named_file,
    page_of,
    post_conflict,
    post_file,
    read_post,
    revised,
    state_of,
    typed_of,
    write_post,
)
from wardblog.preview.editor.messages import has_stop, of_post, shown_as
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.recovery import RecoveryCopies, Typed, bytes_of, is_there
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.editor.saving import digest, telling
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.private_files import sync_folder

_NOT_KEPT = "What you typed is only in this page, not on the disk"
_IS_KEPT = "What you typed is kept on this computer, and the list of posts offers it."
# How many pages are remembered.
_MOST_PAGES = 1000
_OVERTAKEN = {"is_overtaken": True}


class LatestDrafts:
    """Which version of each page came last, so that no older one is worked on any more."""

    def __init__(self, desk: Desk) -> None:
        del desk
        self._lock, self._latest = threading.Lock(), dict[tuple[str, str], object]()

    def begin(self, given: str, page: str) -> Callable[[], bool]:
        """Take in a version of a post; what is returned says whether it is still the latest."""
        mine = object()
        with self._lock:
            self._latest.pop((given, page), None)
            self._latest[given, page] = mine
            for oldest in list(self._latest)[:-_MOST_PAGES]:
                del self._latest[oldest]
        return lambda: self._latest.get((given, page), mine) is mine


def get_document(desk: Desk, request: EditorRequest) -> Response:
    """A post as JSON; `?as=text` for the whole file."""
    as_text = request.query.get("as") == "text"
    return answer(document_of(desk, request.parts["id"], as_text))


def draft(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed as a recovery copy, then show it in the preview and check it.

    A draft for which the page no longer waits, since it sent another, is left out.
    """
    given, typed = request.text("id", 16), typed_of(request)
    page, file = page_of(request), named_file(desk, request)
    is_latest = desk.keep(LatestDrafts).begin(given, page)
    with desk.lock:
        if not is_latest():
            return answer(_OVERTAKEN)
        with _keeping(desk, given, page, file, typed):
            _, data = read_post(desk, post_file(desk, given))
            new, refused = revised(data, typed)
        if new == data and not refused:
            desk.keep(RecoveryCopies).forget(given, page)
        else:
            _keep(desk, given, page, file, typed)
    with desk.preview.saving():
        if not is_latest():
            return answer(_OVERTAKEN)
        desk.preview.update(draft=(file, None if new == data else new))
    messages, elsewhere = of_post(desk, file, shown_as(new, typed.mode, typed.text), refused)
    return answer(
        {
            "messages": messages,
            "address": address_of(desk, file),
            "version": desk.preview.version,
            "elsewhere": elsewhere,
            "is_blocked": bool(desk.live.problems),
            "changed_elsewhere": digest(data) != typed.digest,
        }
    )


def _keep(desk: Desk, given: str, page: str, file: str, typed: Typed) -> None:
    with telling(_NOT_KEPT):
        desk.keep(RecoveryCopies).write(given, page, file, typed)


@contextmanager
def _keeping(desk: Desk, given: str, page: str, file: str, typed: Typed) -> Iterator[None]:
    """Keep what was typed if its file cannot be read or written, and say where it is then."""
    try:
        yield
    except CommandError as error:
        try:
            _keep(desk, given, page, file, typed)
        except CommandError as also:
            raise CommandError(f"{error}. {also}", also.hint) from None
        hint = "" if isinstance(error, MissingError) else error.hint
        raise type(error)(str(error), f"{hint} {_IS_KEPT}".strip()) from None


def save(desk: Desk, request: EditorRequest) -> Response:
    """Write a post, unless another program changed it since the page was opened."""
    given, typed = request.text("id", 16), typed_of(request)
    page, file = page_of(request), named_file(desk, request)
    desk.keep(LatestDrafts).begin(given, page)
    with desk.lock, desk.preview.saving():
        with _keeping(desk, given, page, file, typed):
            path, data = read_post(desk, post_file(desk, given))
        if digest(data) != typed.digest and not is_saved(data, typed):
            _keep(desk, given, page, file, typed)
            return post_conflict(desk, given, file, data, typed)
        with _keeping(desk, given, page, file, typed):
            new, refused = revised(data, typed)
        if refused:
            _keep(desk, given, page, file, typed)
            raise CommandError(refused[0].message, refused[0].hint)
        if new != data:
            write_post(desk, file, new, data)
        _forget_saved(desk, given, page, new)
        # A post that stops the site is shown as a draft, so that one can see what it is about.
        is_faulty = has_stop(of_post(desk, file, shown_as(new, typed.mode))[0])
        desk.preview.update([path], draft=(file, new if is_faulty else None))
    shown = shown_as(new, typed.mode, typed.text)
    messages, elsewhere = of_post(desk, file, shown)
    if has_stop(messages) and not is_faulty:
        desk.preview.update(draft=(file, new))
    return answer(
        {
            "digest": digest(new),
            "state": state_of(desk, file, new, has_stop(messages)),
            "messages": messages,
            "address": address_of(desk, file),
            "version": desk.preview.version,
            "elsewhere": elsewhere,
            "is_blocked": bool(desk.live.problems),
        }
    )


def _forget_saved(desk: Desk, given: str, page: str, data: bytes) -> None:
    """Forget the copy of a page that has saved, and those of others that hold the same."""
    copies = desk.keep(RecoveryCopies)
    copies.forget(given, page)
    for copy in copies.of(given):
        if is_saved(data, copy.typed):
            copies.forget(given, copy.page)


def new(desk: Desk, request: EditorRequest) -> Response:
    """Make a draft with this title."""
    # late import: see docs/architecture.md
    from wardblog.scaffold.new_post import new_post

    title, tags = request.text("title", 300), request.text("tags", 1000)
    if not title.strip():
        raise CommandError("A new post needs a title", 'Such as: "Two grit bins moved".')
    with desk.lock, telling("No post was made"):
        try:
            issues = declared_issues(desk.content)
            path = new_post(desk.content, title, tags, now(), issues, is_bare=True)
        except ValueError:
            raise CommandError(
                "No address can be made from this title", "Use at least one letter or digit."
            ) from None
        except FileExistsError:
            raise CommandError(
                "There is already a post of today with this title",
                "Open it from the list, or choose another title.",
            ) from None
    desk.preview.update([full(path)])
    return answer({"id": desk.ids.of(f"posts/{path.name}")})


def discard(desk: Desk, request: EditorRequest) -> Response:
    """Forget what was typed and not saved; a copy stays in the private folder."""
    given, page = request.text("id", 16), page_of(request)
    copies = desk.keep(RecoveryCopies)
    desk.keep(LatestDrafts).begin(given, page)
    with desk.lock, telling("Nothing was changed"):
        copy = copies.read(given, page)
        if copy:
            copies.keep_aside(copy.file, bytes_of(copy.typed))
        copies.forget(given, page)
    if copy:
        desk.preview.update(draft=(copy.file, None))
    return answer({})


def remove(desk: Desk, request: EditorRequest) -> Response:
    """Move a draft to the private folder; what residents can read is never removed here."""
    given, seen = request.text("id", 16), request.text("digest", 64)
    file = post_file(desk, given)
    copies = desk.keep(RecoveryCopies)
    with desk.lock, telling("Nothing was removed"):
        path, data = read_post(desk, file)
        form = form_of(data)
        status = form.fields.get("Status", ("",))[0] if form else ""
        if status.strip().casefold() != "draft":
            raise CommandError(
                "Only a draft can be removed",
                "Set the status of this post to draft, and save it. It is taken off the site when "
                "you publish.",
            )
        if digest(data) != seen:
            raise CommandError(
                "This draft was changed in another window or program since you opened it",
                "Open it again, and read it before you remove it.",
            )
        kept = copies.keep_aside(file, data)
        all_copies = copies.of(given)
        for copy in all_copies:
            copies.keep_aside(file, bytes_of(copy.typed))
        path.unlink()
        sync_folder(path.parent)
        for copy in all_copies:
            copies.forget(given, copy.page)
    desk.preview.update([path], draft=(file, None))
    return answer({"kept": kept.name})


def restore(desk: Desk, request: EditorRequest) -> Response:
    """Make a draft of a text that was not saved, and whose file is gone.

    If something else has its place, such as a folder, the draft has a number after its name.
    """
    given, page = request.text("id", 16), page_of(request)
    copies = desk.keep(RecoveryCopies)
    with desk.lock, telling("No post was made"):
        copy = copies.read(given, page)
        if copy is None or not desk.ids.is_of(given, copy.file):
            raise MissingError("There is no such text")
        if is_there(desk.content, copy.file):
            raise CommandError(
                "The file of this text is there again", "Open it from the list of posts."
            )
        file = _free_name(desk.content, copy.file)
        path = full(desk.content / file)
        create_file(path, bytes_of(_as_draft(copy.typed)))
        copies.forget(given, page)
    desk.preview.update([path], draft=(file, None))
    return answer({"id": desk.ids.of(file)})


def _free_name(content: Path, file: str) -> str:
    """The name of a file, or if something has this name, with the first number that is free."""
    stem, dot, ending = file.rpartition(".")
    names = (file, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 100)))
    for name in names:
        if not os.path.lexists(content / name) and not target_outside(content, name):
            return name
    raise CommandError(
        f"No file can be written where {file} was",
        "The text is still kept. Look at the folder of this file: it may be a link to a place "
        "outside the content.",
    )


def _as_draft(typed: Typed) -> Typed:
    """The version as a draft, since nobody has decided that residents may read it again."""
    if typed.mode == "form":
        return replace(typed, fields={**typed.fields, "Status": ("draft",)})
    text = with_value(bytes_of(typed), "Status", "draft")
    return replace(typed, text=file_text_of(text))
