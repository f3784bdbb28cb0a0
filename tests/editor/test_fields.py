"""The form of a post is the table of header lines, whole and in the order of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.running import running_editor
from support import ISSUES, POST, write_site
from wardblog.content.header.parts import PartKind
from wardblog.content.keys import KEYS, TABLE, FileKind
from wardblog.preview.editor.fields import (
    GROUPS,
    HELP,
    LABELS,
    PLACES,
    form,
    issues_of,
)


def test_each_line_is_asked_for_once_and_the_everyday_ones_first() -> None:
    names = [field["name"] for field in form(FileKind.POST, ())["fields"]]
    assert names[: len(PLACES)] == list(PLACES)
    assert sorted(names) == sorted(KEYS)
    assert {*PLACES, *LABELS, *HELP} <= set(KEYS)


def test_each_line_has_its_place_or_its_heading() -> None:
    """Without one it is at the end of the form, where nobody looks for it."""
    assert sorted((*PLACES, *(name for names in GROUPS.values() for name in names))) == sorted(KEYS)


@pytest.mark.parametrize("kind", FileKind)
def test_only_the_lines_of_its_kind_are_offered(kind: FileKind) -> None:
    offered = {field["name"] for field in form(kind, ())["fields"] if field["fits"]}
    assert offered == {key.name for key in TABLE if kind in key.kinds}


def test_each_field_has_its_help_and_a_choice_of_what_the_reader_reads() -> None:
    for field in form(FileKind.POST, ())["fields"]:
        key = KEYS[field["name"]]
        assert field["help"].endswith(".")
        assert field["examples"]
        alone = len(field["parts"]) == 1
        for part in field["parts"]:
            assert part["kind"] in {kind.value for kind in PartKind}
            assert part["name"]
            assert bool(part["choices"]) is (part["kind"] == "choice")
            assert not alone or all(key.accepts(value) for value, _ in part["choices"])


@pytest.mark.parametrize(
    ("issues", "names"),
    [
        (ISSUES, ["Grit bins", "Potholes"]),
        ("[[issue]]\nname = ", []),
        ('issue = "Grit bins"\n', []),
    ],
)
def test_the_issues_are_known_while_the_site_cannot_be_read(
    issues: str, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"issues.toml": issues, "posts/fine.md": POST.replace("Title:", "Titel:")}
    content = write_site(tmp_path / "content", files)
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        desk = running.editor.desk
        assert desk.live.shown_site() is None
        assert [name for name, _ in issues_of(desk)] == names
