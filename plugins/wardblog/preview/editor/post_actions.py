"""What the page of a post asks for: to keep, show, save, make, forget and remove a version."""

from __future__ import annotations

from dataclasses import replace

from wardblog.build.clock import now
from wardblog.build.paths import full
from wardblog.content import declared_issues
from wardblog.content.files import is_source, target_outside
from wardblog.content.post_form import form_of
from wardblog.content.write import create_file, with_value
from wardblog.content.write_text import file_text_of
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.documents import (
    address_of,
    conflict,
    document_of,
    is_saved,
    post_file,
    read_post,
    revised,
    state_of,
    telling,
    typed_of,
    write_post,
)
from wardblog.preview.editor.messages import has_stop, of_post, shown_as
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.recovery import RecoveryCopies, Typed, bytes_of
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.private_files import sync_folder

_NOT_KEPT = "What you typed is only in this page, not on the disk"


def get_document(desk: Desk, request: EditorRequest) -> Response:
    """A post as JSON; `?as=text` for the whole file."""
    as_text = request.query.get("as") == "text"
    return answer(document_of(desk, request.parts["id"], as_text))


def draft(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed as a recovery copy, then show it in the preview and check it."""
    given, typed = request.text("id", 16), typed_of(request)
    file = post_file(desk, given)
    with desk.lock:
        try:
            _, data = read_post(desk, file)
            new, refused = revised(data, typed)
        except CommandError:  # the file is gone, or is another one by now
            _keep(desk, given, file, typed)
            raise
        if new == data and not refused:
            desk.keep(RecoveryCopies).forget(given)
        else:
            _keep(desk, given, file, typed)
    desk.preview.update(draft=(file, None if new == data else new))
    messages, elsewhere = of_post(desk, file, shown_as(new, typed.mode, typed.text), refused)
    return answer(
        {
            "messages": messages,
            "address": address_of(desk, file),
            "version": desk.preview.version,
            "elsewhere": elsewhere,
            "changed_elsewhere": digest_of(data).hex() != typed.digest,
        }
    )


def _keep(desk: Desk, given: str, file: str, typed: Typed) -> None:
    with telling(_NOT_KEPT):
        desk.keep(RecoveryCopies).write(given, file, typed)


def save(desk: Desk, request: EditorRequest) -> Response:
    """Write a post, unless another program changed it since the page was opened."""
    given, typed = request.text("id", 16), typed_of(request)
    file = post_file(desk, given)
    with desk.lock, desk.preview.saving():
        path, data = read_post(desk, file)
        if digest_of(data).hex() != typed.digest and not is_saved(data, typed):
            _keep(desk, given, file, typed)
            return answer(conflict(desk, given, file, data, typed), 409)
        new, refused = revised(data, typed)
        if refused:
            _keep(desk, given, file, typed)
            raise CommandError(refused[0].message, refused[0].hint)
        if new != data:
            write_post(path, new, data)
        desk.keep(RecoveryCopies).forget(given)
        # A post that stops the site is shown as a draft, so that one can see what it is about.
        is_faulty = has_stop(of_post(desk, file, shown_as(new, typed.mode))[0])
        desk.preview.update([path], draft=(file, new if is_faulty else None))
    shown = shown_as(new, typed.mode, typed.text)
    messages, elsewhere = of_post(desk, file, shown)
    if has_stop(messages) and not is_faulty:
        desk.preview.update(draft=(file, new))
    return answer(
        {
            "digest": digest_of(new).hex(),
            "state": state_of(desk, file, has_stop(messages)),
            "messages": messages,
            "address": address_of(desk, file),
            "version": desk.preview.version,
            "elsewhere": elsewhere,
        }
    )


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
    given = request.text("id", 16)
    copies = desk.keep(RecoveryCopies)
    with desk.lock, telling("Nothing was changed"):
        copy = copies.read(given)
        if copy:
            copies.keep_aside(copy.file, bytes_of(copy.typed))
        copies.forget(given)
    if copy:
        desk.preview.update(draft=(copy.file, None))
    return answer({})


def remove(desk: Desk, request: EditorRequest) -> Response:
    """Move a draft to the private folder; what residents can read is never removed here."""
    given, digest = request.text("id", 16), request.text("digest", 64)
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
        if digest_of(data).hex() != digest:
            raise CommandError(
                "This draft was changed in another window or program since you opened it",
                "Open it again, and read it before you remove it.",
            )
        kept = copies.keep_aside(file, data)
        if copy := copies.read(given):
            copies.keep_aside(file, bytes_of(copy.typed))
        path.unlink()
        sync_folder(path.parent)
        copies.forget(given)
    desk.preview.update([path], draft=(file, None))
    return answer({"kept": kept.name})


def restore(desk: Desk, request: EditorRequest) -> Response:
    """Make a draft of a text that was not saved, and whose file is gone."""
    given = request.text("id", 16)
    copies = desk.keep(RecoveryCopies)
    with desk.lock, telling("No post was made"):
        copy = copies.read(given)
        if copy is None or desk.ids.of(copy.file) != given:
            raise MissingError("There is no such text")
        path = full(desk.content / copy.file)
        if not is_source(copy.file) or target_outside(desk.content, copy.file):
            raise MissingError("There is no such text")
        try:
            create_file(path, bytes_of(_as_draft(copy.typed)))
        except FileExistsError:
            raise CommandError(
                "The file of this text is there again", "Open it from the list of posts."
            ) from None
        copies.forget(given)
    desk.preview.update([path], draft=(copy.file, None))
    return answer({"id": given})


def _as_draft(typed: Typed) -> Typed:
    """The version as a draft, since nobody has decided that residents may read it again."""
    if typed.mode == "form":
        return replace(typed, fields={**typed.fields, "Status": ("draft",)})
    text = with_value(bytes_of(typed), "Status", "draft")
    return replace(typed, text=file_text_of(text))
