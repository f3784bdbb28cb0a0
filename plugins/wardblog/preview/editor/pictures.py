"""Pictures: look at a chosen file, describe it, save it, and choose one that is there already."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import unquote

from wardblog.build.paths import full
from wardblog.content.files import DRAWING, scan, target_outside
from wardblog.content.picture_versions import IMAGE, attributes_of
from wardblog.content.pictures import IMAGES
from wardblog.content.replace_files import NewFile, replace_files
from wardblog.model.media_types import media_type
from wardblog.photos import is_picture, original_of
from wardblog.photos.edit import Box, Edit, EditedPicture
from wardblog.photos.versions import MOST
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.picture_tray import PictureTray
from wardblog.preview.editor.picture_words import (
    MOST_DESCRIPTION,
    description_problem,
    file_name,
    finding_sentences,
    notes_about,
    plain_description,
)
from wardblog.preview.editor.request import (
    BadRequestError,
    EditorRequest,
    MissingError,
    WrongValueError,
)
from wardblog.preview.pages import Response
from wardblog.problems import CommandError

# How large a chosen file may be, in bytes, and the request that has it in base64.
MOST_FILE = 40_000_000
MOST_REQUEST = MOST_FILE * 4 // 3 + 100_000
_NOTE_OF_DRAWINGS = (
    "This is a drawing. What could run or load anything is left out, and it cannot be turned or "
    "cropped here."
)
_SHOWN_NAME, _LARGEST_SIDE = 80, 100_000
# A picture is opened on its own only by mistake; a drawing is a page then.
_ALONE = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")


def look(desk: Desk, request: EditorRequest) -> Response:
    """Look at a chosen file: what it is, and what its file says besides."""
    name = plain_description(request.text("name"))[-_SHOWN_NAME:] or "picture"
    data = _file(name, request)
    given, found = desk.keep(PictureTray).choose(name, data)
    width, height = found.size
    received = found.received
    return answer(
        {
            "id": given,
            "name": name,
            "preview": f"pictures/preview/{given}",
            "width": width,
            "height": height,
            "can_change": received is not None and received.picture.frames == 1,
            "findings": finding_sentences(received.findings) if received else [],
            "notes": list(notes_about(received)) if received else [_NOTE_OF_DRAWINGS],
            "most": MOST,
        }
    )


def _file(name: str, request: EditorRequest) -> bytes:
    """The bytes of the chosen file; raises `CommandError` if there are too many."""
    data = request.file("data", MOST_REQUEST)
    if len(data) > MOST_FILE:
        raise CommandError(
            f'"{name}" is larger than {MOST_FILE // 1_000_000} MB',
            "Save it smaller in a photo program: 1600 pixels on its longer side are enough.",
        )
    return data


def preview(desk: Desk, request: EditorRequest) -> Response:
    """The picture of a dialog, as it is before it is turned or cropped."""
    return _shown(desk.keep(PictureTray).chosen(request.parts["id"]).preview)


def describe(desk: Desk, request: EditorRequest) -> Response:
    """What the checks say about a description, and the name that the file would get."""
    chosen = desk.keep(PictureTray).chosen(request.text("id"))
    words = plain_description(request.text("description"))
    found = _problem(chosen.name, words)
    wanted = file_name(words, "", _taken(desk))
    return answer(
        {
            "name": wanted.removeprefix(IMAGES),
            "problem": {"message": found[0], "hint": found[1]} if found else None,
        }
    )


def save(desk: Desk, request: EditorRequest) -> Response:
    """Write a picture into the folder of images, turned and cropped as asked."""
    given, tray = request.text("id"), desk.keep(PictureTray)
    chosen = tray.chosen(given)
    words = _description(chosen.name, request)
    edit = Edit(int(request.number("turn", 0, 3)), _crop(request))
    made = tray.edited(chosen, edit)
    wanted = request.text("name", MOST_DESCRIPTION) if "name" in request.data else ""
    with desk.lock:
        file = file_name(wanted or words, made.ending, _taken(desk))
        replace_files(desk.content, {file: NewFile(made.data, None)}, desk.folder)
    desk.preview.update([full(desk.content / file)])
    tray.forget(given)
    return answer(_used(desk, file, words))


def reuse(desk: Desk, request: EditorRequest) -> Response:
    """Use a picture again that is in the folder of images."""
    file = _image(desk, request.text("id"))
    return answer(_used(desk, file, _description(file.rpartition("/")[2], request)))


def known(desk: Desk, request: EditorRequest) -> Response:
    """The pictures in the folder of images, the latest first."""
    del request
    described, shown = dict(_descriptions(desk)), scan(desk.content).shown
    images = sorted(filter(_is_image, shown), key=lambda file: (-shown[file][1], file))
    return answer(
        {
            "pictures": [
                {**_used(desk, file, described.get(file, "")), "id": desk.ids.of(file)}
                for file in images
            ]
        }
    )


def small(desk: Desk, request: EditorRequest) -> Response:
    """A small copy of a picture that is in the folder of images."""
    file = _image(desk, request.parts["id"])
    return _shown(desk.keep(PictureTray).small(file))


def _used(desk: Desk, file: str, words: str) -> dict[str, str]:
    return {"path": file, "description": words, "small": f"pictures/small/{desk.ids.of(file)}"}


def _shown(made: EditedPicture) -> Response:
    kind = media_type(f"x{made.ending}")
    return Response(status=HTTPStatus.OK, media_type=kind, content=made.data, headers=(_ALONE,))


def _image(desk: Desk, given: str) -> str:
    """The picture of the folder of images with this id."""
    file = desk.ids.file(given)
    if not _is_image(file):
        raise MissingError("This picture does not exist", "Choose another one.")
    return file


def _is_image(file: str) -> bool:
    return file.startswith(IMAGES) and (is_picture(file) or file.lower().endswith(DRAWING))


def _taken(desk: Desk) -> list[str]:
    """The paths of all that is in the folder of images, whatever it is."""
    folder = desk.content / IMAGES
    if target_outside(desk.content, IMAGES) or not folder.is_dir():
        return []
    return [f"{IMAGES}{path.name}" for path in folder.iterdir()]


def _description(name: str, request: EditorRequest) -> str:
    """The description of a picture; raises `WrongValueError` for one that the checks stop at."""
    words = plain_description(request.text("description"))
    if found := _problem(name, words):
        raise WrongValueError("description", *found)
    return words


def _problem(name: str, words: str) -> tuple[str, str] | None:
    if len(words) > MOST_DESCRIPTION:
        return (
            f"The description has {len(words)} characters, and {MOST_DESCRIPTION} are possible",
            "Say what matters for the post. Put the rest in the text.",
        )
    return description_problem(name, words)


def _crop(request: EditorRequest) -> Box | None:
    """The part that is kept: left, top, right and bottom, in pixels; None for the whole."""
    value = request.data.get("crop")
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4 or not all(map(_is_side, value)):
        raise BadRequestError('The editor cannot read the value "crop" of this request')
    left, top, right, bottom = value
    return left, top, right, bottom


def _is_side(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST_SIDE


def _descriptions(desk: Desk) -> Iterator[tuple[str, str]]:
    """The descriptions that posts give to pictures of the folder of images."""
    site = desk.live.shown_site()
    for post in (*site.posts, *site.pages) if site else ():
        for tag in IMAGE.finditer(post.html):
            found = attributes_of(tag[1])
            name = unquote(found.get("src", "").rpartition(f"/{IMAGES}")[2])
            yield original_of(f"{IMAGES}{name}"), " ".join(found.get("alt", "").split())
        if post.image and post.image_alt:
            yield post.image, post.image_alt
