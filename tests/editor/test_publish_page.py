"""Publishing from the editor's page: what is shown is what happens, once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from editor.commands import Job, ended, lines, run
from editor.running import RunningEditor
from publish.servers import S3_LOGIN, bare_repository, make_bucket, s3_client, s3_server
from support import DATASET, ISSUES, LICENCE, POST, WARD, files_of, mostly_long, write_files
from wardblog.preview.editor.page import FOLDER
from wardblog.preview.editor.settings.groups import GROUPS

CHANGED = "Something has changed since this was shown, so nothing was published."


def plan(editor: RunningEditor) -> dict[str, Any]:
    job = run(editor, "publish/plan", {})
    shown: dict[str, Any] = job["shown"]
    return shown


def publish(editor: RunningEditor, digest: str) -> Job:
    return run(editor, "publish/go", {"digest": digest})


def stops(editor: RunningEditor) -> list[dict[str, Any]]:
    """What has to be fixed before anything is published."""
    return [one for one in plan(editor)["problems"] if one["severity"] == "stop"]


def public(editor: RunningEditor) -> dict[str, bytes]:
    return files_of(editor.content.parent / "public")


def test_the_page_begins_without_a_plan(editor: RunningEditor) -> None:
    said = editor.get("publish")
    assert said.status == 200
    assert b'data-job=""' in said.body
    assert public(editor) == {}


@pytest.mark.usefixtures("started_anew")
def test_the_plan_is_shown_and_then_published(editor: RunningEditor) -> None:
    shown = plan(editor)
    first = shown["pages"]["new"][0]
    assert (first["address"], first["title"]) == ("/2026/11/a-fine-post/", "A fine post")
    assert public(editor) == {}
    job = publish(editor, shown["digest"])
    assert (job["state"], job["status"]) == ("done", 0)
    assert "2026/11/a-fine-post/index.html" in public(editor)
    assert plan(editor)["is_empty"]


def test_drafts_that_are_not_published_are_named(editor: RunningEditor) -> None:
    drafts = {
        f"posts/{day}.md": POST.replace("A fine post", f"Draft {day}")
        .replace("2026-11-20", f"2026-11-{day}")
        .replace("Tags", "Status: draft\nTags")
        for day in range(10, 17)
    }
    write_files(editor.content, drafts)
    editor.editor.desk.live.update()
    shown = plan(editor)
    assert shown["drafts"] == 7
    named = shown["draft_posts"]
    assert [one["title"] for one in named] == [f"Draft {day}" for day in (16, 15, 14, 13, 12)]
    assert b"Draft 16" in editor.get(named[0]["link"]).body


def test_nobody_publishes_twice(editor: RunningEditor) -> None:
    digest = plan(editor)["digest"]
    first = editor.post("publish/go", {"digest": digest})
    second = editor.post("publish/go", {"digest": digest})
    assert second.status == 400
    assert second.data["message"] == "“Publish” is still running."
    assert ended(editor, first)["state"] == "done"
    once = public(editor)
    assert "up to date" in lines(publish(editor, digest))
    assert public(editor) == once
    assert len(list((editor.content.parent / "public.releases").glob("*.json"))) == 1


def test_another_plan_is_not_published(editor: RunningEditor) -> None:
    digest = plan(editor)["digest"]
    write_files(editor.content, {"posts/second.md": POST.replace("A fine", "Another")})
    job = publish(editor, digest)
    assert job["state"] == "failed"
    assert lines(job).endswith(f"{CHANGED}\n  Look at it once more as it is now, and decide again.")
    assert public(editor) == {}


@pytest.mark.parametrize(
    "digest", ["", "0" * 31, "0" * 33, "--force", "x" * 32, "0" * 31 + "\n", 5, None, ["0" * 32]]
)
def test_what_is_no_digest_starts_nothing(editor: RunningEditor, digest: object) -> None:
    for route in ("publish/go", "publish/back", "newsletter/send"):
        assert editor.post(route, {"digest": digest}).status == 400
    assert public(editor) == {}


def test_a_digest_from_elsewhere_publishes_nothing(editor: RunningEditor) -> None:
    assert publish(editor, "0" * 32)["state"] == "failed"
    assert public(editor) == {}


def test_other_values_of_a_request_do_nothing(editor: RunningEditor) -> None:
    values = {"digest": "0" * 32, "force": True, "expect": "x", "content": "/", "output": "/"}
    assert run(editor, "publish/go", values)["state"] == "failed"
    assert public(editor) == {}


def test_problems_lead_to_the_page_of_their_post(editor: RunningEditor) -> None:
    write_files(editor.content, {"posts/fine.md": POST.replace("grit bins", "grti bins")})
    (problem,) = stops(editor)
    ids = editor.editor.desk.ids
    assert problem["link"] == f"post/{ids.of('posts/fine.md')}#line-3"
    assert (problem["file"], problem["line"]) == ("posts/fine.md", 3)
    assert problem["message"] == 'there is no issue called "grti bins"'


BINS = "name,latitude,longitude\nBin 1,51.465,-0.16\n"
# A mistake, the page that puts it right, and what the page says.
PLACES = {
    "a field": (
        {"ward.toml": WARD.replace("robin@example.org", "nobody")},
        "settings/people#field-councillor-0-email",
        "Open the settings “Councillors and surgeries”, “E-mail address”",
    ),
    "a missing field": (
        {"issues.toml": ISSUES + DATASET.replace(LICENCE, ""), "data/bins.csv": BINS},
        "settings/datasets#field-dataset-0-source",
        "Open the settings “Lists of the council”, “Who published it”",
    ),
    "no field": (
        {"ward.toml": WARD.replace("council =", "konzil =")},
        "settings/text/ward.toml#line-8",
        "Open ward.toml as text",
    ),
    "a broken file": (
        {"ward.toml": WARD.replace("[ward]", "[ward")},
        "settings/text/ward.toml#line-6",
        "Open ward.toml as text",
    ),
    "another ending": (
        {"posts/third.txt": POST.replace("grit bins", "grti bins").replace("A fine", "A third")},
        "post/{id}#line-3",
        "Open posts/third.txt, line 3",
    ),
    "a list": (
        {"issues.toml": ISSUES + DATASET, "data/bins.csv": ""},
        "lists",
        "Open the lists",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_each_problem_links_to_where_it_can_be_fixed(editor: RunningEditor, name: str) -> None:
    files, link, words = PLACES[name]
    write_files(editor.content, files)
    link = link.replace("{id}", editor.editor.desk.ids.of("posts/third.txt"))
    found = plan(editor)["problems"]
    assert (link, words) in [(one["link"], one["words"]) for one in found], found
    assert editor.get(link.split("#")[0]).status == 200


def test_every_link_to_the_settings_leads_to_a_page(editor: RunningEditor) -> None:
    files = [path for path in FOLDER.rglob("*") if path.suffix in (".py", ".js", ".html")]
    names = {
        name
        for path in files
        if "vendor" not in path.parts and path.name != "routes.py"
        for name in re.findall(
            r"""(?:\}|\"|')settings/([a-z]+)[#"'`]""", path.read_text(encoding="utf-8")
        )
    }
    pages = {one.address for one in GROUPS} | {"start"}
    actions = {"look", "save", "discard", "text"}
    assert "publishing" in names
    assert names - actions <= pages
    assert all(editor.get(f"settings/{name}").status == 200 for name in names & pages)


def test_an_earlier_address_of_the_councillor_is_named_as_the_cause(editor: RunningEditor) -> None:
    write_files(
        editor.content,
        {
            "ward.toml": WARD.replace("robin@example.org", "new@ward.example.org"),
            "posts/fine.md": POST + "\nWrite to robin.sample@example.net about it.\n",
        },
    )
    found = [one for one in stops(editor) if one["file"] == "posts/fine.md"]
    (named,) = (one for one in found if one["hint"].startswith("If it used to be yours, "))
    assert named["links"][-1] == [
        "contact?old=robin.sample%40example.net", "Replace it wherever it is"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "old"),
    [
        ("robin.sample at example dot net", "robin.sample@example.net"),
        ("robin.sample (at) example.net", "robin.sample@example.net"),
        ("robin.sample＠example.net", "robin.sample@example.net"),
        ("+44 7911 123456", "+44 7911 123456"),
        ("robin.sample&#64;example.net", ""),
        ("robin.sample@exam<b>ple</b>.net", ""),
    ],
)
def test_what_can_be_replaced_is_offered_in_every_form_that_the_checks_find(
    editor: RunningEditor, written: str, old: str
) -> None:
    ward = WARD.replace('name = "Robin Sample"', 'name = "Robin Sample"\nphone = "020 7946 0999"')
    post = f"{POST}\nWrite to {written} about it.\n"
    write_files(editor.content, {"ward.toml": ward, "posts/fine.md": post})
    (named,) = (one for one in stops(editor) if "gives away" in one["message"])
    if not old:
        assert named["links"] == [["settings/checks", "Settings, “What is public”"]]
        assert "used to be yours" not in named["hint"]
        return
    link, words = named["links"][-1]
    assert (link, words) == (f"contact?{urlencode({'old': old})}", "Replace it wherever it is")
    page = unescape(editor.get(link).body.decode())
    assert f"<td>Write to {written} about it.</td><td>Write to " in page
    found = re.search(r'data-old="(.*?)" data-new="(.*?)" data-digest="(.*?)"', page)
    assert found
    sent = dict(zip(("old", "new", "digest"), found.groups(), strict=True))
    assert editor.post("contact/replace", sent).status == 200
    assert written not in (editor.content / "posts/fine.md").read_text()
    assert not stops(editor)


def test_a_command_that_is_refused_leads_there_too(editor: RunningEditor) -> None:
    write_files(editor.content, {"ward.toml": WARD.replace("robin@example.org", "nobody")})
    job = run(editor, "office/report/draft", {"since": ""})
    assert job["state"] == "failed"
    (problem,) = (one["value"] for one in job["messages"] if one["kind"] == "problem")
    assert problem[0] == '"nobody" is not an e-mail address'
    assert problem[3] == "settings/people#field-councillor-0-email"
    assert "ward.toml" not in lines(job).replace(str(problem), "")


@pytest.mark.long
def test_mistakes_elsewhere_stop_no_way_back(editor: RunningEditor) -> None:
    for text in ("One.\n", "Two.\n"):
        write_files(editor.content, {"posts/fine.md": POST + text})
        publish(editor, plan(editor)["digest"])
    write_files(editor.content, {"ward.toml": WARD.replace("robin@example.org", "nobody")})
    digest = run(editor, "publish/earlier", {})["shown"]["digest"]
    assert run(editor, "publish/back", {"digest": digest})["state"] == "done"
    assert b"One." in public(editor)["2026/11/a-fine-post/index.html"]


@pytest.mark.long
def test_the_time_is_the_same_everywhere(editor: RunningEditor) -> None:
    job = publish(editor, plan(editor)["digest"])
    assert job["shown"]["live_since"] == plan(editor)["live_since"]


def test_new_posts_come_first_and_the_newest_of_them_before_all(editor: RunningEditor) -> None:
    publish(editor, plan(editor)["digest"])
    for day in ("01", "02", "03"):
        post = POST.replace("A fine post", f"Post of day {day}")
        post = post.replace(post.split("Date: ")[1][:10], f"2026-11-{day}")
        write_files(editor.content, {f"posts/day-{day}.md": post})
    new = plan(editor)["pages"]["new"]
    assert [one["title"] for one in new[:3]] == [f"Post of day 0{n}" for n in (3, 2, 1)]
    assert all(one["words"] for one in new)


@pytest.mark.long
def test_one_reason_for_nearly_all_pages_is_given(editor: RunningEditor) -> None:
    publish(editor, plan(editor)["digest"])
    write_files(editor.content, {"posts/second.md": POST.replace("A fine", "Another")})
    assert "settings" not in plan(editor)["reason"]
    write_files(editor.content, {"ward.toml": WARD.replace("Shaftesbury ward", "Other ward")})
    assert plan(editor)["reason"] == "Your settings have changed, so nearly every page does."


def test_an_earlier_site_comes_back(editor: RunningEditor) -> None:
    for text in ("One.\n", "Two.\n"):
        write_files(editor.content, {"posts/fine.md": POST + text})
        publish(editor, plan(editor)["digest"])
    shown = run(editor, "publish/earlier", {})["shown"]
    assert shown["name"] == "release 1"
    page = "2026/11/a-fine-post/index.html"
    assert b"Two." in public(editor)[page]
    job = run(editor, "publish/back", {"digest": shown["digest"]})
    assert job["state"] == "done"
    assert b"One." in public(editor)[page]
    assert run(editor, "publish/back", {"digest": shown["digest"]})["state"] == "failed"


def test_nothing_to_go_back_to(editor: RunningEditor) -> None:
    publish(editor, plan(editor)["digest"])
    job = run(editor, "publish/earlier", {})
    assert (job["state"], job["shown"]) == ("failed", {})
    assert "There is no earlier release to go back to" in lines(job)


@pytest.fixture(params=mostly_long(("git", "s3"), "git"))
def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Where the site is published instead, as [publish] names it."""
    if request.param == "git":
        yield f'to = "git"\nremote = "{bare_repository(tmp_path / "there.git").as_posix()}"\n'
        return
    for name, value in S3_LOGIN.items():
        monkeypatch.setenv(name, value)
    with s3_server() as endpoint:
        make_bucket(endpoint, "ward", keeps_versions=True)
        yield f'to = "s3"\nbucket = "ward"\nendpoint = "{endpoint}"\nverify = false\n'


@pytest.mark.long
def test_publishing_to_other_places(
    editor: RunningEditor, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Robin")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "robin@example.org")
    write_files(editor.content, {"ward.toml": f"{WARD}\n[publish]\n{elsewhere}"})
    if "git" in elsewhere:
        subprocess.run(["git", "init", "-q"], check=True)
    shown = plan(editor)
    assert "before" in shown["questions"]
    assert publish(editor, shown["digest"])["state"] == "done"
    assert plan(editor)["is_empty"]
    write_files(editor.content, {"posts/fine.md": POST + "Two.\n"})
    publish(editor, plan(editor)["digest"])
    back = run(editor, "publish/earlier", {})["shown"]
    assert run(editor, "publish/back", {"digest": back["digest"]})["state"] == "done"
    assert not plan(editor)["is_empty"]
    if "s3" in elsewhere:
        endpoint = elsewhere.split('endpoint = "')[1].split('"')[0]
        body = s3_client(endpoint).get_object(Bucket="ward", Key="2026/11/a-fine-post/index.html")
        assert b"Two." not in body["Body"].read()
