"""The pictures that were chosen and not yet saved: in memory only, a few, and for a while."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from wardblog.content.files import DRAWING, Signature, on_disk, signature_of, target_outside
from wardblog.photos import kind_of
from wardblog.photos.edit import Edit, EditedPicture, edit_picture, preview_picture
from wardblog.photos.kinds import START
from wardblog.photos.received import ReceivedPicture, receive_picture
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import MissingError
from wardblog.problems import CommandError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass

# The longest side of what is shown in the dialog, and of the pictures that can be used again.
_PREVIEW, _SMALL = 1200, 320
# How many pictures wait at most, how many bytes they have together, and for how many seconds.
_MOST, _MOST_BYTES, _SECONDS = 6, 120_000_000, 2 * 60 * 60
_MOST_SMALL = 400
_LARGEST_STORED = 60_000_000
_STILL = "Save it as it is, or change it in a drawing program."
_MARK = b"<svg"
_BEGINNING = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPicture:
    """A file that can be used as a picture; `received` is None for a drawing (SVG).

    `data` are the bytes of the file, or of the cleaned drawing, and `preview` is what is shown.
    """

    name: str
    data: bytes
    received: ReceivedPicture | None
    preview: EditedPicture
    since: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, upright; 0 for a drawing, which has any size."""
        if self.received is None:
            return 0, 0
        return self.received.picture.width, self.received.picture.height


class PictureTray:
    """Looks at chosen files one at a time, so that two large ones do not fill the memory."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._content, self._clock = desk.content, clock
        self._working, self._lock = threading.Lock(), threading.Lock()
        self._chosen: OrderedDict[str, ChosenPicture] = OrderedDict()
        self._small: OrderedDict[tuple[str, Signature], EditedPicture] = OrderedDict()

    def choose(self, name: str, data: bytes) -> tuple[str, ChosenPicture]:
        """Look at a file and keep it for a while; returns its id. Raises `CommandError`."""
        with self._working:
            found = self._looked_at(name, data)
        given = secrets.token_hex(8)
        with self._lock:
            self._chosen[given] = found
            self._drop_old()
            while len(self._chosen) > 1 and (
                len(self._chosen) > _MOST or self._bytes() > _MOST_BYTES
            ):
                self._chosen.popitem(last=False)
        return given, found

    def chosen(self, given: str) -> ChosenPicture:
        """The picture with this id; raises `MissingError` if it is not kept any more."""
        with self._lock:
            self._drop_old()
            found = self._chosen.get(given)
        if found is None:
            raise MissingError("This picture is not open any more", "Choose it again.")
        return found

    def forget(self, given: str) -> None:
        with self._lock:
            self._chosen.pop(given, None)

    def edited(self, chosen: ChosenPicture, edit: Edit) -> EditedPicture:
        """What is written for a picture. Raises `CommandError`."""
        if chosen.received is None:
            if edit != Edit():
                raise CommandError("A drawing cannot be turned or cropped here", _STILL)
            return chosen.preview
        with self._working:
            return edit_picture(chosen.data, chosen.received.picture, edit)

    def small(self, file: str) -> EditedPicture:
        """A small copy of a picture of the content; raises `MissingError` if there is none."""
        if target_outside(self._content, file):
            raise MissingError("This picture cannot be shown")
        path = on_disk(self._content, file)
        try:
            key = (file, signature_of(path.stat()))
            with self._lock:
                if key in self._small:
                    self._small.move_to_end(key)
                    return self._small[key]
            if key[1][0] > _LARGEST_STORED:
                raise MissingError("This picture cannot be shown")
            with self._working:
                made = self._looked_at(file, path.read_bytes(), _SMALL).preview
        except (CommandError, OSError):
            raise MissingError("This picture cannot be shown") from None
        with self._lock:
            self._small[key] = made
            if len(self._small) > _MOST_SMALL:
                self._small.popitem(last=False)
        return made

    def _looked_at(self, name: str, data: bytes, most: int = _PREVIEW) -> ChosenPicture:
        received: ReceivedPicture | None = None
        if is_drawing(data):
            data = _cleaned(name, data)
            preview = EditedPicture(data, DRAWING, 0, 0)
        else:
            received = receive_picture(name, data)
            preview = preview_picture(data, received.picture, most)
        return ChosenPicture(
            name=name, data=data, received=received, preview=preview, since=self._clock()
        )

    def _drop_old(self) -> None:
        for given, one in list(self._chosen.items()):
            if self._clock() - one.since > _SECONDS:
                del self._chosen[given]

    def _bytes(self) -> int:
        return sum(len(one.data) + len(one.preview.data) for one in self._chosen.values())


def is_drawing(data: bytes) -> bool:
    """Whether a file is an SVG drawing by how it begins."""
    return not kind_of(data[:START]) and _MARK in data[:_BEGINNING].lower()


def _cleaned(name: str, data: bytes) -> bytes:
    """A drawing without what runs or loads anything; raises `CommandError`."""
    # late import: see docs/architecture.md
    from wardblog.content.drawings import read_drawing

    try:
        return read_drawing(data).data
    except ParseError as error:
        message = error.message
        for subject in ("this drawing", "this file"):
            message = message.replace(subject, f'"{name}"')
        raise CommandError(message, error.hint) from None
