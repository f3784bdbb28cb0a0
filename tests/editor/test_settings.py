"""The forms of settings: what is saved, what is refused, and what stays to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from editor.running import RunningEditor, running_editor
from support import ROOT, write_site
from wardblog.content.setting_keys.tables import SETTING_TABLES
from wardblog.content.write_text import file_text_of
from wardblog.preview.editor.settings.groups import GROUPS
from wardblog.text.decoding import encoding_of

SAMPLE = {
    name: (ROOT / "content" / name).read_bytes()
    for name in ("ward.toml", "issues.toml", "community.toml")
}
# In lines of any kind: with a byte order mark, and as Windows writes them.
WARD = """\
# Our settings.
[site]
title = 'The ward' # its name
url = "https://ward.example.org"

[ward]
name = “Shaftesbury”
council = "Wandsworth"

# The first of us.
[[councillor]]
name = "Robin Sample"
# photo = "images/robin.jpg"

[[councillor]]
name = "Asha Specimen"   # since May
phone = "020 7946 0123"

[imprint]
promoter = "Chris Agent"
address = "1 Sample Street, London SW11 0XX"

[map]
tiles = "none"

[publish]
to = "folder"
path = "public"
keep = 5
""".replace("\n", "\r\n")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(
        tmp_path / "content", {"community.toml": SAMPLE["community.toml"].decode()}
    )
    (content / "ward.toml").write_bytes(WARD.encode("utf-8-sig"))
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


def form_of(editor: RunningEditor, group: str) -> dict[str, Any]:
    """The form that a page of settings shows."""
    body = editor.get(f"settings/{group}").body.decode()
    found = re.search(r'<script type="application/json" id="document">(.*?)</script>', body)
    assert found
    form = json.loads(found[1])
    assert isinstance(form, dict)
    return form


def entries_of(form: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {table["name"]: table["entries"] for table in form["tables"]}


def save(editor: RunningEditor, form: Mapping[str, Any], **more: Any) -> Any:
    sent = {"group": form["group"], "digest": form["digest"], "entries": entries_of(form)}
    return editor.post("settings/save", sent | more)


def bytes_of(editor: RunningEditor, file: str) -> bytes:
    return (editor.content / file).read_bytes()


def test_every_table_is_on_a_page() -> None:
    shown = [(group.file, name) for group in GROUPS for name in group.names]
    assert sorted(shown) == sorted((table.file, table.name) for table in SETTING_TABLES)


@pytest.mark.parametrize("group", [group.address for group in GROUPS])
def test_a_form_that_nobody_changed_leaves_the_file_alone(
    editor: RunningEditor, group: str
) -> None:
    files = ("ward.toml", "issues.toml", "community.toml")
    for name, data in SAMPLE.items():
        (editor.content / name).write_bytes(data)
        before = {file: (editor.content / file).stat().st_mtime_ns for file in files}
        answer = save(editor, form_of(editor, group))
        assert (answer.status, answer.data["changed"]) == (200, False)
        assert {file: (editor.content / file).stat().st_mtime_ns for file in files} == before


def test_one_field_changes_one_value(editor: RunningEditor) -> None:
    form = form_of(editor, "site")
    entries_of(form)["site"][0]["values"]["title"] = "A new name"
    answer = save(editor, form)
    assert answer.status == 200
    assert bytes_of(editor, "ward.toml").decode("utf-8-sig").replace('"A new name"', "X") == (
        WARD.replace("'The ward'", "X")
    )
    assert bytes_of(editor, "ward.toml").startswith(b"\xef\xbb\xbf# Our settings.\r\n[site]\r\n")


def test_entries_are_added_changed_moved_and_removed_in_one_save(editor: RunningEditor) -> None:
    form = form_of(editor, "people")
    robin, asha = entries_of(form)["councillor"]
    robin["values"]["photo"] = "images/robin.jpg"
    asha["values"]["phone"] = ""
    jo = {"before": None, "values": {"name": "Jo Bloggs", "planning_committee": "yes"}}
    blank = {"before": None, "values": {"name": "", "party": ""}}
    entries_of(form)["councillor"][:] = [asha, robin, blank, jo]
    answer = save(editor, form)
    assert answer.status == 200, answer.data
    text = bytes_of(editor, "ward.toml").decode("utf-8-sig").replace("\r\n", "\n")
    assert text[text.index("council =") : text.index("[imprint]")] == (
        'council = "Wandsworth"\n\n'
        '[[councillor]]\nname = "Asha Specimen"   # since May\n\n'
        '# The first of us.\n[[councillor]]\nname = "Robin Sample"\n'
        '# photo = "images/robin.jpg"\nphoto = "images/robin.jpg"\n\n'
        '[[councillor]]\nname = "Jo Bloggs"\nplanning_committee = true\n\n'
    )
    form = form_of(editor, "people")
    del entries_of(form)["councillor"][0]
    assert save(editor, form).status == 200
    text = bytes_of(editor, "ward.toml").decode("utf-8-sig")
    assert "Asha" not in text
    assert "# The first of us.\r\n[[councillor]]\r\n" in text


def test_what_is_wrong_is_shown_at_its_field(editor: RunningEditor) -> None:
    form = form_of(editor, "people")
    councillors = entries_of(form)["councillor"]
    councillors[1]["values"]["email"] = "asha at example"
    councillors.append({"before": None, "values": {"party": "Example Party"}})
    sent = {"group": "people", "digest": form["digest"], "entries": entries_of(form)}
    before = bytes_of(editor, "ward.toml")
    looked = editor.post("settings/look", sent)
    found = {(m["table"], m["number"], m["key"]): m["message"] for m in looked.data["messages"]}
    assert found["councillor", 1, "email"] == '"asha at example" is not an e-mail address'
    assert found["councillor", 2, "name"] == '"Name" is missing'
    assert bytes_of(editor, "ward.toml") == before
    # It can be saved all the same: nothing is published until it is right.
    saved = save(editor, form)
    assert saved.status == 200
    assert {m["key"] for m in saved.data["form"]["messages"]} >= {"email", "name"}


def test_what_has_another_form_is_kept_and_explained(editor: RunningEditor) -> None:
    form = form_of(editor, "publishing")
    entries_of(form)["publish"][0]["values"]["keep"] = "many"
    saved = save(editor, form)
    assert b'keep = "many"' in bytes_of(editor, "ward.toml")
    said = {m["key"]: m["message"] for m in saved.data["form"]["messages"]}
    assert said["keep"] == '"Releases to keep" is not a whole number'


def test_the_usual_choice_is_not_written(editor: RunningEditor) -> None:
    form = form_of(editor, "maps")
    values = entries_of(form)["map"][0]["values"]
    assert values["tiles"] == "none"
    values["tiles"] = "ask"
    values["base"] = ""
    save(editor, form)
    assert b'tiles = "ask"' in bytes_of(editor, "ward.toml")
    form = form_of(editor, "newsletter")
    entries_of(form)["newsletter"][0]["values"]["via"] = "file"
    assert save(editor, form).data["changed"] is False


def test_a_file_that_changed_meanwhile_is_shown_and_not_overwritten(editor: RunningEditor) -> None:
    form = form_of(editor, "site")
    entries_of(form)["site"][0]["values"]["title"] = "Mine"
    theirs = WARD.replace("'The ward'", "'Theirs'").encode()
    (editor.content / "ward.toml").write_bytes(theirs)
    answer = save(editor, form)
    assert answer.status == 409
    assert answer.data["rows"] == [
        {"field": "Name of the site", "mine": "Mine", "theirs": "Theirs"}
    ]
    assert bytes_of(editor, "ward.toml") == theirs
    kept = editor.private / "editor" / "kept"
    again = save(editor, form, digest=answer.data["theirs"]["digest"])
    assert again.status == 200
    assert b'title = "Mine"' in bytes_of(editor, "ward.toml")
    assert [path.read_bytes() for path in kept.iterdir()] == [theirs]


def test_what_was_typed_is_there_again_after_a_crash(editor: RunningEditor) -> None:
    form = form_of(editor, "site")
    entries_of(form)["site"][0]["values"]["title"] = "Half a na"
    sent = {"group": "site", "digest": form["digest"], "entries": entries_of(form)}
    editor.post("settings/look", sent)
    again = form_of(editor, "site")
    assert again["recovered"]["entries"]["site"][0]["values"]["title"] == "Half a na"
    assert entries_of(again)["site"][0]["values"]["title"] == "The ward"
    assert save(editor, again).status == 200
    assert form_of(editor, "site")["recovered"] is None


def test_a_file_that_does_not_exist_is_created(editor: RunningEditor) -> None:
    (editor.content / "community.toml").unlink()
    form = form_of(editor, "community")
    site = {"name": "The Forum", "url": "https://forum.example.org", "kind": "forum"}
    entries_of(form)["site"].append({"before": None, "values": site})
    assert save(editor, form).status == 200
    assert bytes_of(editor, "community.toml") == (
        b'[[site]]\nname = "The Forum"\nurl = "https://forum.example.org"\nkind = "forum"\n'
    )


@pytest.mark.parametrize("value", ["ghp_" + "a" * 40, "AKIA" + "ABCDEFGH23456777"])
def test_a_key_is_never_saved(editor: RunningEditor, value: str) -> None:
    form = form_of(editor, "publishing")
    entries_of(form)["publish"][0]["values"]["remote"] = value
    before = bytes_of(editor, "ward.toml")
    answer = save(editor, form)
    assert answer.status == 400
    assert "password or key" in answer.data["message"]
    assert value not in str(answer.data)
    assert bytes_of(editor, "ward.toml") == before


def test_a_password_in_the_file_is_not_shown_in_the_form_and_no_other_can_be_written(
    editor: RunningEditor,
) -> None:
    secret = WARD.replace("keep = 5", 'password = "hunter22"').encode()
    (editor.content / "ward.toml").write_bytes(secret)
    assert "hunter22" not in str(form_of(editor, "publishing"))
    text = secret.decode().replace("hunter22", "hunter23")
    sent = {"file": "ward.toml", "text": text, "digest": ""}
    found = editor.get("settings/text/ward.toml").body.decode()
    sent["digest"] = re.search(r'"digest": "(\w+)"', found)[1]  # type: ignore[index]
    assert editor.post("settings/text/save", sent).status == 400
    assert bytes_of(editor, "ward.toml") == secret


def test_a_broken_file_is_shown_as_text_only(editor: RunningEditor) -> None:
    (editor.content / "ward.toml").write_text('[site]\ntitle = "a\n', "utf-8")
    form = form_of(editor, "site")
    assert "ward.toml:2" in form["broken"]["message"]
    assert save(editor, form).status == 400
    assert bytes_of(editor, "ward.toml") == b'[site]\ntitle = "a\n'


@pytest.mark.parametrize(
    "entries",
    [
        None,
        [],
        {"publish": []},
        {"site": []},
        {"site": [{"before": 1, "values": {}}], "ward": [{"before": 0, "values": {}}]},
        {"site": [{"before": 0, "values": {"titel": "x"}}]},
        {"site": [{"before": 0, "values": {"title": ["x"]}}]},
        {"site": [{"before": 0, "values": {"title": "x" * 5001}}]},
        {"site": [{"before": True, "values": {}}]},
        {"site": [{"before": 0, "values": {}}, {"before": 0, "values": {}}]},
    ],
)
def test_what_no_page_sends_is_refused(editor: RunningEditor, entries: object) -> None:
    form = form_of(editor, "site")
    sent = {"group": "site", "digest": form["digest"], "entries": entries}
    assert editor.post("settings/save", sent).status == 400
    assert bytes_of(editor, "ward.toml") == WARD.encode("utf-8-sig")


@pytest.mark.parametrize("name", ["posts", "ward.toml/", "../ward.toml", "nothing"])
def test_only_settings_files_can_be_named(editor: RunningEditor, name: str) -> None:
    for route in ("settings/text/save", "settings/text/look", "settings/text/discard"):
        answer = editor.post(route, {"file": name, "text": "x", "digest": ""})
        assert answer.status == 404
    assert editor.get("settings/nothing").status == 404


def test_the_whole_file_is_saved_as_text_with_its_line_ends(editor: RunningEditor) -> None:
    document = text_of(editor)
    assert document["text"] == WARD.replace("\r\n", "\n")
    sent = {"file": "ward.toml", "digest": document["digest"], "text": document["text"]}
    assert editor.post("settings/text/save", sent).status == 200
    assert bytes_of(editor, "ward.toml") == WARD.encode("utf-8-sig")
    sent["text"] = sent["text"].replace("keep = 5", "keep = 6\n# more")
    saved = editor.post("settings/text/save", sent)
    assert saved.status == 200
    new = WARD.replace("keep = 5", "keep = 6\r\n# more")
    assert bytes_of(editor, "ward.toml") == new.encode("utf-8-sig")
    sent["text"] = "mine"
    assert editor.post("settings/text/save", sent).status == 409
    assert bytes_of(editor, "ward.toml") == new.encode("utf-8-sig")


def text_of(editor: RunningEditor, file: str = "ward.toml") -> dict[str, Any]:
    """What the page of a settings file as text has."""
    page = editor.get(f"settings/text/{file}").body.decode()
    found = re.search(r'id="document">(.*?)</script>', page)
    assert found
    document = json.loads(found[1])
    assert isinstance(document, dict)
    return document


# Names with an accent, in lines that end in each way; the last line has no end.
ODD = '# A note.\r\n[site]\ntitle = "Llŷn"\rurl = "https://a.example"\u2028# b\r\n\n# Môn'


@pytest.mark.parametrize(
    "data",
    [
        ODD.encode(),
        ODD.encode("utf-8-sig"),
        b"\xff\xfe" + ODD.encode("utf-16-le"),
        b"\xfe\xff" + ODD.encode("utf-16-be"),
        # What Windows-1252 has no character for, and half a character.
        b'# \x81 M\xf4n \x8d\r\n[site]\ntitle = "a"\r\n',
        b'# \xed\xa0\x80\r\n[site]\ntitle = "a"\n',
    ],
    ids=["utf-8", "mark", "utf-16-le", "utf-16-be", "cp1252", "half"],
)
def test_the_text_of_a_settings_file_is_saved_as_that_of_a_post_is(
    editor: RunningEditor, data: bytes
) -> None:
    (editor.content / "ward.toml").write_bytes(data)
    document = text_of(editor)
    assert document["text"] == file_text_of(data)
    sent = {"file": "ward.toml", "digest": document["digest"], "text": document["text"]}
    assert editor.post("settings/text/save", sent).status == 200
    assert bytes_of(editor, "ward.toml") == data
    sent["text"] = document["text"].replace("title =", "name =")
    assert editor.post("settings/text/save", sent).status == 200
    codec = encoding_of(data)[1]
    assert bytes_of(editor, "ward.toml") == data.replace(
        "title =".encode(codec), "name =".encode(codec)
    )
    assert not (editor.private / "editor" / "kept").exists()


def test_a_settings_file_that_needs_another_encoding_is_kept_as_it_was(
    editor: RunningEditor,
) -> None:
    data = b'# M\xf4n\r\n[site]\r\ntitle = "a"\r\n'
    (editor.content / "ward.toml").write_bytes(data)
    document = text_of(editor)
    text = document["text"].replace('"a"', '"Llŷn"')
    sent = {"file": "ward.toml", "digest": document["digest"], "text": text}
    assert editor.post("settings/text/save", sent).status == 200
    assert bytes_of(editor, "ward.toml") == text.replace("\n", "\r\n").encode()
    kept = editor.private / "editor" / "kept"
    assert [path.read_bytes() for path in kept.iterdir()] == [data]


def test_the_list_of_settings_counts_what_is_wrong(editor: RunningEditor) -> None:
    text = WARD.replace('promoter = "Chris Agent"\r\n', "")
    (editor.content / "ward.toml").write_bytes(text.encode())
    page = editor.get("settings").body.decode()
    at = page.index("Imprint and leaflets")
    assert "1 thing to fix" in page[at : at + 300]
    assert page.count("to fix</span>") == 1


def test_the_sample_is_moved_aside_only_when_asked(editor: RunningEditor) -> None:
    assert editor.post("settings/start", {"agreed": True}).status == 400
    (editor.content / "ward.toml").write_bytes(SAMPLE["ward.toml"])
    assert "Start your own blog" in editor.get("settings").body.decode()
    assert editor.post("settings/start", {"agreed": False}).status == 400
    assert bytes_of(editor, "ward.toml") == SAMPLE["ward.toml"]
    started = editor.post("settings/start", {"agreed": True})
    assert started.status == 200, started.data
    assert bytes_of(editor, "ward.toml") != SAMPLE["ward.toml"]
    aside = editor.content.with_name("content-sample")
    assert (aside / "ward.toml").read_bytes() == SAMPLE["ward.toml"]
    assert "Start your own blog" not in editor.get("settings").body.decode()
    form = form_of(editor, "site")
    entries_of(form)["site"][0]["values"]["title"] = "Ours"
    saved = save(editor, form)
    assert saved.status == 200
    assert b'title = "Ours"' in bytes_of(editor, "ward.toml")
    assert b'# such as "Shaftesbury ward blog"' in bytes_of(editor, "ward.toml")


def test_posts_lists_and_addresses_follow_an_issue_with_another_name(
    editor: RunningEditor,
) -> None:
    issues = (
        '[[issue]]\nname = "Grit bins" # ours\n\n[[issue]]\nname = "Trees"\n\n'
        '[[dataset]]\nissue = "grit bin"\nfile = "data/bins.csv"\n'
    )
    post = "Title: A\r\nDate: 2026-11-20\r\nTags: winter,  Grit bin , x\r\nSlug: a\r\n\r\nText.\r\n"
    other = "Title: B\nDate: 2026-11-20\nTags: Trees\n\nGrit bins.\n"
    (editor.content / "issues.toml").write_text(issues, "utf-8")
    (editor.content / "posts" / "a.md").write_bytes(post.encode())
    (editor.content / "posts" / "b.md").write_text(other, "utf-8")
    used = editor.post("settings/issue-use", {"number": 0})
    assert used.data["address"] == "/issues/grit-bins/"
    assert used.data["lists"] == ["data/bins.csv"]
    assert "a.md" in used.data["some"]
    assert "b.md" not in used.data["some"]
    assert used.data["posts"] == len(used.data["some"])
    form = form_of(editor, "issues")
    entries_of(form)["issue"][0]["values"]["name"] = "Salt boxes"
    assert save(editor, form, follow=True).status == 200
    assert bytes_of(editor, "issues.toml").decode() == (
        '[[issue]]\nname = "Salt boxes" # ours\naliases = ["/issues/grit-bins/"]\n\n'
        '[[issue]]\nname = "Trees"\n\n'
        '[[dataset]]\nissue = "Salt boxes"\nfile = "data/bins.csv"\n'
    )
    assert bytes_of(editor, "posts/a.md").decode() == post.replace("Grit bin ,", "Salt boxes ,")
    assert bytes_of(editor, "posts/b.md").decode() == other


def test_without_a_wish_nothing_follows(editor: RunningEditor) -> None:
    (editor.content / "issues.toml").write_text('[[issue]]\nname = "Grit bins"\n', "utf-8")
    form = form_of(editor, "issues")
    entries_of(form)["issue"][0]["values"]["name"] = "Salt boxes"
    assert save(editor, form, follow=False).status == 200
    assert bytes_of(editor, "issues.toml") == b'[[issue]]\nname = "Salt boxes"\n'
