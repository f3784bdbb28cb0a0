"""Posts as the editor's pages have them: opened as a form or as a text, and saved again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from wardblog.build.live_posts import live_posts
from wardblog.build.paths import full
from wardblog.content.changed_lines import stretches
from wardblog.content.files import is_source, on_disk
from wardblog.content.keys import KEYS
from wardblog.content.post_form import RefusedValue, form_of, with_form
from wardblog.content.replace_files import NewFile
from wardblog.content.write_text import file_text_of, with_file_text, with_known_halves
from wardblog.model import Post, Visibility
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.disk_errors import disk_error
from wardblog.preview.editor.messages import has_stop, of_post, shown_as
from wardblog.preview.editor.recovery import (
    RecoveryCopies,
    Typed,
    bytes_of,
    is_plain_name,
    time_in_words,
)
from wardblog.preview.editor.request import BadRequestError, EditorRequest, MissingError
from wardblog.preview.editor.saving import (
    MOST_CHARACTERS,
    conflict,
    digest,
    keep_if_recoded,
    save_files,
    telling,
)
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.private_files import ordinary_bytes

_MOST_VALUE = 20_000
_PAGE = re.compile("[0-9a-f]{16}")
_GONE = ("This file does not exist", "Go back to the list and open it again.")


def post_file(desk: Desk, given: str) -> str:
    """The post or page with this id, such as `posts/a.md`; raises `MissingError`."""
    file = desk.ids.file(given)
    if not is_source(file):
        raise MissingError(*_GONE)
    return file


def read_post(desk: Desk, file: str) -> tuple[Path, bytes]:
    """Where a post is on disk, and its bytes; raises `MissingError` if it is gone."""
    path = full(on_disk(desk.content, file))
    try:
        data = ordinary_bytes(path)
    except FileNotFoundError:
        raise MissingError(*_GONE) from None
    except OSError as error:  # a folder, or a pipe, which might never answer
        raise disk_error(error) from None
    if len(data) > MOST_CHARACTERS:
        raise CommandError(
            f"This file is too long to be edited here: {len(data):,} bytes",
            "Split it into several posts in another program.",
        )
    return path, data


def document_of(desk: Desk, given: str, as_text: bool = False) -> dict[str, Any]:
    """A post as JSON for its page, as it is saved, with the messages about it.

    `recovered` has what was typed and not saved, in any page, the latest first, and `is_blocked`
    is whether the preview has problems to show in place of the site.
    """
    file = post_file(desk, given)
    _, data = read_post(desk, file)
    opened = saved_document(desk, given, file, data, "text" if as_text else "form")
    recovered = [
        {
            "page": copy.page,
            "time": time_in_words(copy.time),
            **_shown_in(opened["mode"], data, copy.typed),
            "same_base": copy.typed.digest == opened["digest"],
        }
        for copy in desk.keep(RecoveryCopies).of(given)
        if not is_saved(data, copy.typed)
    ]
    messages, elsewhere = of_post(desk, file, shown_as(data, opened["mode"]))
    return {
        **opened,
        "state": state_of(desk, file, data, has_stop(messages)),
        "recovered": recovered,
        "messages": messages,
        "elsewhere": elsewhere,
        "is_blocked": bool(desk.live.problems),
    }


def _shown_in(mode: str, data: bytes, typed: Typed) -> dict[str, Any]:
    """A version as a page with this mode can show it; one that is not a form stays a text."""
    fields, text = typed.fields, typed.text
    if mode != typed.mode:
        try:
            whole, refused = revised(data, typed)
        except CommandError:
            whole, refused = b"", []
        if refused or not whole:
            whole = bytes_of(typed)
        if mode == "text":
            fields, text = {}, file_text_of(whole)
        elif form := form_of(whole):
            fields, text = form.fields, form.text
        else:
            mode = typed.mode
    lists = {key: list(values) for key, values in fields.items()}
    return {"mode": mode, "fields": lists, "text": text}


def saved_document(desk: Desk, given: str, file: str, data: bytes, mode: str) -> dict[str, Any]:
    """The bytes of a post as JSON, without what the checks say of it."""
    form = form_of(data) if mode == "form" else None
    fields = form.fields if form else {}
    return {
        "id": given,
        "file": file,
        "kind": "page" if file.startswith("pages/") else "post",
        "mode": "form" if form else "text",
        "digest": digest(data),
        "fields": {key: list(values) for key, values in fields.items()},
        "text": form.text if form else file_text_of(data),
        "text_line": form.text_line if form else 1,
        "address": address_of(desk, file),
    }


def state_of(desk: Desk, file: str, data: bytes, is_faulty: bool) -> str:
    """Whether residents see a post, as a key of `STATES`; `data` are the bytes of its file."""
    post = desk.live.posts.get(file)
    if post is None or is_faulty:
        return "broken"
    return live_state(post, digest_of(data), live_posts(desk.content).get(file))


def live_state(post: Post, saved: bytes | None, published: str | None) -> str:
    """The state of a post that has no mistake.

    `saved` is the digest of its file, None if that cannot be read, and `published` that of the file
    that its live page was made from, None if none is live.
    """
    if published is None or post.visibility is Visibility.HIDDEN:
        return post.visibility.value
    if post.visibility.is_waiting:
        return "leaving"
    return "live" if saved and published == saved.hex() else "changed"


def address_of(desk: Desk, file: str) -> str:
    """The address of a post in the preview; "" while it has none."""
    site = desk.live.shown_site()
    posts: tuple[Post, ...] = (*site.posts, *site.pages) if site else ()
    return next((post.address for post in posts if post.file == file), "")


def typed_of(request: EditorRequest) -> Typed:
    """The version of a post that a page sent."""
    mode, fields = request.text("mode", 4), request.data.get("fields")
    if (
        mode not in ("form", "text")
        or not isinstance(fields, dict)
        or not fields.keys() <= KEYS.keys()
    ):
        raise BadRequestError('The editor cannot read the value "fields" of this request')
    values = EditorRequest(data=fields)
    return Typed(
        digest=request.text("digest", 64),
        mode=mode,
        fields={key: tuple(values.texts(key, _MOST_VALUE)) for key in fields},
        text=request.text_as_sent("text", MOST_CHARACTERS),
    )


def page_of(request: EditorRequest) -> str:
    """The page of the browser that sent a version: 16 hexadecimal digits, or ""."""
    page = request.text("page", 16) if "page" in request.data else ""
    if page and not _PAGE.fullmatch(page):
        raise BadRequestError('The editor cannot read the value "page" of this request')
    return page


def named_file(desk: Desk, request: EditorRequest) -> str:
    """The file that a page shows, even if it was renamed or removed since; or `MissingError`."""
    given = request.text("id", 16)
    name = request.text("file", 1000) if "file" in request.data else ""
    if is_plain_name(name) and desk.ids.is_of(given, name):
        return name
    return post_file(desk, given)


def revised(data: bytes, typed: Typed) -> tuple[bytes, list[RefusedValue]]:
    """The bytes of a file with what was typed, and the values that cannot be written.

    Raises `CommandError` where a form was typed, but the file can no longer be read as one.
    """
    text = with_known_halves(data, typed.text)
    if typed.mode == "text":
        return with_file_text(data, text), []
    return with_form(data, typed.fields, text)


def is_saved(data: bytes, typed: Typed) -> bool:
    """Whether a file holds exactly what was typed."""
    try:
        new, refused = revised(data, typed)
    except CommandError:
        return False
    return new == data and not refused


def write_post(desk: Desk, file: str, new: bytes, old: bytes) -> None:
    """Replace a post, if it is still as it was; raises `CommandError` if it cannot be written.

    If a new encoding changes lines that nobody has touched, the old bytes are kept aside.
    """
    outcome = "The post was not saved, and its file was not changed"
    with telling(outcome):
        keep_if_recoded(desk, file, new, old)
    save_files(desk, {file: NewFile(new, old)}, outcome)


def post_conflict(desk: Desk, given: str, file: str, data: bytes, typed: Typed) -> Response:
    """What a page shows if the file was changed by another program since it was opened."""
    try:
        mine = revised(data, typed)[0]
    except CommandError:
        mine = bytes_of(typed)
    theirs = saved_document(desk, given, file, data, typed.mode)
    return conflict(
        desk, file, data, theirs=theirs, rows=rows(file_text_of(mine), file_text_of(data))
    )  # fmt: skip


def rows(mine: str, theirs: str) -> list[tuple[str, str, str]]:
    """Two texts line by line: which side has a line ("both", "mine", "theirs"), and the lines.

    A line that differs is a row with the side "changed".
    """
    a, b = mine.split("\n"), theirs.split("\n")
    found: list[tuple[str, str, str]] = []
    for is_same, i, j, k, m in stretches(a, b):
        if is_same:
            found += [("both", line, line) for line in a[i:j]]
            continue
        pairs = min(j - i, m - k)
        found += [("changed", *two) for two in zip(a[i : i + pairs], b[k : k + pairs], strict=True)]
        found += [("mine", line, "") for line in a[i + pairs : j]]
        found += [("theirs", "", line) for line in b[k + pairs : m]]
    return found
