"""Pictures in the editor: looked at, described and saved; nothing else is ever written."""

from __future__ import annotations

import base64
import errno
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from editor.running import Answer, RunningEditor
from growth import assert_grows_with_input
from photos.telling import KINDS, WORD, drawn, saved, says_nothing, telling
from support import write_files
from wardblog.preview.editor import pictures
from wardblog.preview.editor.picture_tray import PictureTray
from wardblog.preview.editor.picture_words import file_name, plain_description
from wardblog.preview.editor.request import MissingError

BIN = "A yellow grit bin in the snow"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><script>alert(1)</script>'
    b'<metadata>Canary Lane</metadata><rect width="40" height="9" fill="teal" onclick="x()"/></svg>'
)
NO_WORDS = 'The picture "IMG_1234.HEIC" has no description for people who cannot see it'
USELESS = 'The description of the picture "IMG_1234.HEIC" is "{}", which does not say what it shows'
ON_THE_TELEPHONE = "Say what it shows, as you would on the telephone"


def look(editor: RunningEditor, data: bytes, name: str = "IMG_1234.HEIC") -> Answer:
    return editor.post("pictures/look", {"name": name, "data": base64.b64encode(data).decode()})


def looked(editor: RunningEditor, data: bytes, name: str = "IMG_1234.HEIC") -> dict[str, Any]:
    answer = look(editor, data, name)
    assert answer.status == 200, answer.data
    return answer.data


def save(editor: RunningEditor, given: str, **values: object) -> Answer:
    wanted = {"id": given, "turn": 0, "crop": None, "description": BIN, "name": ""}
    return editor.post("pictures/save", wanted | values)


def files_of(editor: RunningEditor) -> dict[str, bytes]:
    return {
        path.relative_to(editor.content).as_posix(): path.read_bytes()
        for path in editor.content.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_looked_at_shown_and_saved_without_what_it_says(
    editor: RunningEditor, kind: str
) -> None:
    before = files_of(editor)
    found = looked(editor, telling(kind))
    assert (found["width"], found["height"], found["can_change"]) == (64, 48, True)
    assert bool(found["findings"]) == (kind != "BMP")
    shown = editor.get(found["preview"])
    assert shown.status == 200
    assert shown.headers["content-type"] in ("image/jpeg", "image/png", "image/webp")
    assert says_nothing(shown.body)
    assert files_of(editor) == before
    said = save(editor, found["id"], turn=1, crop=[0, 0, 48, 32]).data
    assert said["description"] == BIN
    assert said["path"] in [f"images/a-yellow-grit-bin-in-the-snow{e}" for e in (".jpg", ".png")]
    written = files_of(editor)
    data = written.pop(said["path"])
    assert written == before
    assert says_nothing(data)
    assert Image.open(BytesIO(data)).size == (48, 32)
    assert editor.get(said["small"]).status == 200


def test_what_a_file_says_is_shown_in_words(editor: RunningEditor) -> None:
    found = looked(editor, telling("JPEG"))
    assert found["findings"][0] == "It says where it was taken."
    assert "There is a short video in it, perhaps with sound." in found["findings"]
    assert all(one.endswith(".") for one in found["findings"])
    assert WORD not in str(found)
    assert looked(editor, saved(drawn(), "PNG"))["findings"] == []
    assert looked(editor, telling("TIFF"))["notes"] == [
        "This file has 2 pages. Only the first is used."
    ]


def test_a_name_that_is_taken_gets_a_number_and_no_file_is_replaced(editor: RunningEditor) -> None:
    name = "images/a-yellow-grit-bin-in-the-snow"
    taken = {
        "images/A-Yellow-Grit-Bin-in-the-snow.PNG": b"a",
        f"{name}-2.heic": b"b",
        f"{name}-3/x.png": b"c",
    }
    write_files(editor.content, taken)
    (editor.content / f"{name}-4.jpg").symlink_to("nowhere.jpg")
    names = [save(editor, looked(editor, telling("JPEG"))["id"]).data["path"] for _ in range(2)]
    assert names == [f"{name}-{n}.jpg" for n in (5, 6)]
    assert taken.items() <= files_of(editor).items()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("..\\..\\ward.toml", "wardtoml"),
        ("/a\0b", "a-b"),
        ("CON", "picture-con"),
        ("\u202egnp.exe", "gnpexe"),
        ("شارع", None),
        ("...", "picture"),
        ("Bin_one", "bin-one"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 50),
    ],
)
def test_a_name_consists_of_letters_digits_and_hyphens(words: str, name: str | None) -> None:
    made = file_name(plain_description(words), ".jpg", [])
    assert made.startswith("images/")
    stem = made.removeprefix("images/").removesuffix(".jpg")
    assert stem
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name is None or stem == name


def test_the_name_can_be_given_and_is_made_safe(editor: RunningEditor) -> None:
    said = save(editor, looked(editor, telling("PNG"))["id"], name="../ward.toml").data
    assert said["path"] == "images/wardtoml.png"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("", NO_WORDS, ON_THE_TELEPHONE),
        ("IMG_1234", USELESS.format("IMG_1234"), ON_THE_TELEPHONE),
        ("A photo", USELESS.format("A photo"), ON_THE_TELEPHONE),
        ("words " * 60, "The description has 359 characters, and 300 are possible", "Say what"),
        (BIN, "", ""),
    ],
)
def test_a_description_is_answered_as_the_checks_would(
    editor: RunningEditor, words: str, message: str, hint: str
) -> None:
    before = files_of(editor)
    given = looked(editor, telling("JPEG"))["id"]
    said = editor.post("pictures/describe", {"id": given, "description": words}).data
    if not message:
        assert said == {"name": "a-yellow-grit-bin-in-the-snow", "problem": None}
        return
    assert said["problem"]["message"] == message
    assert said["problem"]["hint"].startswith(hint)
    refused = save(editor, given, description=words)
    assert (refused.status, refused.data["message"]) == (400, f"{message}.")
    assert files_of(editor) == before


def test_a_bar_in_a_description_does_not_part_the_header_line(editor: RunningEditor) -> None:
    words = "A bin |\n  in  the\u2028snow ¦ today"
    said = save(editor, looked(editor, telling("JPEG"))["id"], description=words).data
    assert said["description"] == "A bin, in the snow, today"


REFUSED: Mapping[str, dict[str, object]] = {
    "a turn too far": {"turn": 4},
    "a turn back": {"turn": -1},
    "a turn in words": {"turn": "left"},
    "part of a number": {"crop": [0.5, 0, 10, 10]},
    "a truth": {"crop": [True, 0, 10, 10]},
    "three sides": {"crop": [0, 0, 10]},
    "a negative side": {"crop": [-1, 0, 10, 10]},
    "nothing left": {"crop": [10, 0, 10, 10]},
    "more than there is": {"crop": [0, 0, 65, 48]},
    "a part in words": {"crop": "all"},
    "no description": {"description": None},
    "an unknown picture": {"id": "0" * 16},
    "a path": {"id": "../../ward.toml"},
}


@pytest.mark.parametrize("attempt", REFUSED)
def test_what_no_page_asks_for_is_refused_and_nothing_written(
    editor: RunningEditor, attempt: str
) -> None:
    before = files_of(editor)
    given = looked(editor, telling("JPEG"))["id"]
    answer = save(editor, given, **REFUSED[attempt])
    assert answer.status in (400, 404)
    assert answer.data["message"]
    assert files_of(editor) == before
    assert save(editor, given).status == 200


def test_what_is_no_picture_is_refused_with_its_name(editor: RunningEditor) -> None:
    answer = look(editor, b"%PDF-1.7", "minutes.pdf")
    assert answer.status == 400
    assert answer.data["message"] == '"minutes.pdf" is a PDF, not a picture.'
    assert "take a picture of the screen" in answer.data["hint"]


def test_a_file_above_the_limit_is_refused(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_FILE", 1_000_000)
    assert look(editor, bytes(1_000_000)).data["message"].endswith("despite its name.")
    answer = look(editor, bytes(1_000_001), "large.jpg")
    assert answer.status == 400
    assert answer.data["message"] == '"large.jpg" is larger than 1 MB.'


def test_a_drawing_is_cleaned_and_cannot_be_cropped(editor: RunningEditor) -> None:
    found = looked(editor, SVG, "plan.svg")
    assert found["can_change"] is False
    assert found["notes"][0].startswith("This is a drawing.")
    shown = editor.get(found["preview"])
    assert shown.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert save(editor, found["id"], turn=1).status == 400
    said = save(editor, found["id"]).data
    data = files_of(editor)[said["path"]]
    assert said["path"].endswith(".svg")
    for word in (b"script", b"onclick", WORD.encode()):
        assert word in SVG
        assert word not in data + shown.body
    assert look(editor, b"<svg>" + b"<", "broken.svg").data["message"].startswith('"broken.svg"')


def test_pictures_that_are_there_can_be_used_again(editor: RunningEditor) -> None:
    post = (editor.content / "posts/fine.md").read_text(encoding="utf-8")
    files: dict[str, str | bytes] = {
        "posts/fine.md": f"{post}\n\n![A teal square](../images/x.png)\n",
        "images/shot.jpg": telling("JPEG"),
        "images/plan.svg": SVG,
        "images/notes.txt": b"no picture",
        "other.jpg": telling("JPEG"),
    }
    write_files(editor.content, files)
    editor.editor.desk.live.update()
    write_files(editor.content, {"images/broken.jpg": b"\xff\xd8\xff"})
    found = {one["path"]: one for one in editor.get("pictures/known").data["pictures"]}
    names = {"images/x.png", "images/shot.jpg", "images/plan.svg", "images/broken.jpg"}
    assert set(found) == names
    assert found["images/x.png"]["description"] == "A teal square"
    assert found["images/shot.jpg"]["description"] == ""
    shown = {path: editor.get(one["small"]) for path, one in found.items()}
    assert [shown[path].status for path in sorted(names)] == [404, 200, 200, 200]
    assert says_nothing(shown["images/shot.jpg"].body)
    assert WORD.encode() not in shown["images/plan.svg"].body
    before = files_of(editor)
    given = found["images/shot.jpg"]["id"]
    assert editor.post("pictures/reuse", {"id": given, "description": ""}).status == 400
    said = editor.post("pictures/reuse", {"id": given, "description": BIN}).data
    assert (said["path"], said["description"]) == ("images/shot.jpg", BIN)
    assert files_of(editor) == before


def test_only_pictures_of_the_folder_of_images_can_be_asked_for(
    editor: RunningEditor, tmp_path: Path
) -> None:
    write_files(editor.content, {"other.jpg": telling("JPEG"), "images/notes.txt": b"x"})
    (tmp_path / "private.jpg").write_bytes(telling("JPEG"))
    (editor.content / "images/out.jpg").symlink_to(tmp_path / "private.jpg")
    ids = [
        editor.editor.desk.ids.of(f) for f in ("other.jpg", "images/notes.txt", "images/out.jpg")
    ]
    for given in (*ids, "images%2fx.png", "x.png", "..%2f..%2fprivate.jpg", "", "0" * 16):
        assert editor.get(f"pictures/small/{given}").status in (400, 404)
        assert editor.get(f"pictures/preview/{given}").status in (400, 404)
        assert editor.post("pictures/reuse", {"id": given, "description": BIN}).status == 404
    assert "images/out.jpg" not in str(editor.get("pictures/known").data)


def test_nothing_is_written_through_a_link_out_of_the_folder(
    editor: RunningEditor, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (editor.content / "images").rename(outside)
    (editor.content / "images").symlink_to(outside)
    before = sorted(outside.iterdir())
    given = looked(editor, telling("JPEG"))["id"]
    answer = save(editor, given)
    assert answer.status == 400
    assert "outside" in answer.data["message"]
    assert sorted(outside.iterdir()) == before


def test_the_folder_of_images_is_made_if_there_is_none(editor: RunningEditor) -> None:
    (editor.content / "images/x.png").unlink()
    (editor.content / "images").rmdir()
    assert save(editor, looked(editor, telling("JPEG"))["id"]).status == 200


def test_a_full_disk_leaves_nothing_half_written_and_the_picture_can_be_saved_later(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(editor)
    given = looked(editor, telling("JPEG"))["id"]

    def full(descriptor: int) -> None:
        del descriptor
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = save(editor, given)
    assert answer.status == 507
    assert answer.data["message"] == "The disk is full. Nothing was changed."
    assert files_of(editor) == before
    assert not [*editor.private.rglob(".ward-*")]
    assert save(editor, given).status == 200


def test_pictures_wait_in_memory_only_a_few_and_for_a_while(editor: RunningEditor) -> None:
    now = [0.0]
    tray = PictureTray(editor.editor.desk, lambda: now[0])
    ids = [tray.choose("a.png", saved(drawn(), "PNG"))[0] for _ in range(7)]
    with pytest.raises(MissingError, match="not open any more"):
        tray.chosen(ids[0])
    assert [tray.chosen(given).name for given in ids[1:]] == ["a.png"] * 6
    now[0] = 2 * 60 * 60 + 1
    with pytest.raises(MissingError, match="not open any more"):
        tray.chosen(ids[-1])
    private = [path for path in editor.private.rglob("*") if path.suffix in (".png", ".jpg")]
    assert private == []


def test_a_moving_picture_stays_as_it_is(editor: RunningEditor) -> None:
    frames = [drawn(), Image.new("RGB", (64, 48), "teal")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=WORD.encode())
    found = looked(editor, data, "moves.gif")
    assert found["can_change"] is False
    assert "moves" in found["notes"][0]
    assert save(editor, found["id"], turn=2).status == 400
    said = save(editor, found["id"]).data
    written = files_of(editor)[said["path"]]
    assert said["path"].endswith(".gif")
    assert Image.open(BytesIO(written)).n_frames == 2  # type: ignore[attr-defined]
    assert WORD.encode() not in written


def test_what_is_saved_passes_the_checks_of_the_site(editor: RunningEditor) -> None:
    said = save(editor, looked(editor, telling("HEIC"))["id"]).data
    post = (editor.content / "posts/fine.md").read_text(encoding="utf-8")
    text = f"{post}\n\n![{said['description']}](../{said['path']})\n"
    with_image = text.replace("\nTags:", f"\nImage: {said['path']} | {said['description']}\nTags:")
    assert with_image != text
    write_files(editor.content, {"posts/fine.md": with_image})
    live = editor.editor.desk.live
    live.update()
    assert live.problems == ""
    assert said["path"] not in live.warnings
    assert live.get(said["path"]) is not None


def test_a_post_that_is_written_can_show_it_at_once(editor: RunningEditor) -> None:
    said = save(editor, looked(editor, telling("JPEG"))["id"]).data
    text = (editor.content / "posts/fine.md").read_text(encoding="utf-8")
    draft = f"{text}\n\n![{BIN}](../{said['path']})\n".encode()
    live = editor.editor.desk.live
    live.update(draft=("posts/fine.md", draft))
    assert live.problems == ""
    assert live.get(said["path"]) is not None


def test_a_large_file_takes_no_longer_than_its_size(editor: RunningEditor) -> None:
    def prepare(count: int) -> Callable[[], object]:
        data = telling("JPEG") + bytes(count)
        tray = PictureTray(editor.editor.desk)
        return lambda: tray.choose("a.jpg", data)

    assert_grows_with_input(prepare, 1_000_000)


def test_pictures_that_are_saved_at_the_same_time_get_different_names(
    editor: RunningEditor,
) -> None:
    ids = [looked(editor, telling("JPEG"))["id"] for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda given: save(editor, given).data["path"], ids))
    assert len(set(answers)) == 5
    assert set(answers) <= set(files_of(editor))
