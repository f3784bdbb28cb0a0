"""The first steps: a new post, and a content folder of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import DATASET, ISSUES, TODAY, files_of, read_all, read_fine, write_site
from wardblog.content.keys import KEYS
from wardblog.problems import Severity, UsageError, has_errors
from wardblog.scaffold import new_post, start_own, year_on_year


def test_a_new_post_is_complete_but_for_its_text(tmp_path: Path) -> None:
    content = write_site(tmp_path)
    path = new_post(content, "Two  bins: moved!", "grit bins, winter", TODAY, ("Grit bins",))
    assert path.name == "2026-11-22-two-bins-moved.md"
    site, problems = read_all(content)
    assert [(p.message, p.severity) for p in problems] == [
        ("this post has no text yet", Severity.WARN)
    ]
    post = site.posts[0]
    assert (post.title, post.address) == ("Two bins: moved!", "2026/11/two-bins-moved/")
    assert [t.name for t in post.tags] == ["Grit bins", "winter"]


def test_a_new_post_explains_every_key(tmp_path: Path) -> None:
    text = new_post(write_site(tmp_path), "A", "", TODAY, ()).read_text()
    assert [key for key in KEYS if f"\n{key}" not in f"\n{text}"] == []


def test_a_written_post_passes_with_the_note_still_in_it(tmp_path: Path) -> None:
    path = new_post(write_site(tmp_path), "Post", "", TODAY, ())
    path.write_text(path.read_text() + "\nWritten.\n")
    post = read_fine(tmp_path, {path.relative_to(tmp_path).as_posix(): path.read_text()}).posts[0]
    assert post.html == "<p>Written.</p>"


def test_a_post_is_never_overwritten(tmp_path: Path) -> None:
    path = new_post(write_site(tmp_path), "A", "", TODAY, ())
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        new_post(tmp_path, "A", "", TODAY, ())
    assert path.read_text() == "mine"


def test_a_title_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no address can be made"):
        new_post(write_site(tmp_path), "***", "", TODAY, ())


def test_starting_moves_the_sample_aside_whole(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", {"pages/privacy.md": "Title: Privacy\n\nText."})
    before = files_of(content)
    aside = start_own(content)
    assert files_of(aside) == before
    assert aside.name == "content-sample"
    assert (content / "pages/privacy.md").read_text() == "Title: Privacy\n\nText."
    assert start_own(content).name == "content-sample-2"


def test_the_page_about_the_councillors_can_be_published_as_it_is_given(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    aside = start_own(content)
    about = (content / "pages/about.md").read_text().replace("Status: draft\n", "")
    site = read_fine(aside, {"pages/about.md": about})
    assert [page.address for page in site.pages] == ["about/"]
    assert "square brackets" not in site.pages[0].html


def test_a_fresh_content_folder_says_what_is_still_to_be_filled_in(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    start_own(content)
    _, problems = read_all(content)
    assert has_errors(problems)
    assert {p.file for p in problems} == {"ward.toml"}
    assert problems[0].message == '"title" is empty'


BEFORE = "Ref,Name,Lat,Lon\n1,Elm Road,51.461,-0.16\n2,*Oak* [Road],51.463,-0.16\n"
NOW = BEFORE.replace("51.461", "51.462").replace("2,*Oak* [Road],51.463", "9,Fir_Road_,51.468")
WITH_LISTS = {
    "issues.toml": f'{ISSUES}{DATASET}previous = "data/old.csv"\nshow = "all"\n',
    "data/bins.csv": NOW,
    "data/old.csv": BEFORE,
}


@pytest.mark.parametrize("wanted", ["bins", "data/bins.csv", "Grit bins", "grit-bins", "BINS.csv"])
def test_a_draft_tells_what_changed_in_a_list(wanted: str, tmp_path: Path) -> None:
    site = read_fine(tmp_path, WITH_LISTS)
    path = new_post(tmp_path, "", "", TODAY, ("Grit bins",), year_on_year(site, wanted))
    text = path.read_text(encoding="utf-8")
    assert "Title: Bins: what changed\n" in text
    assert "Tags: Grit bins\n" in text
    assert "Status: draft\nSummary: 1 moved, 1 new, 1 gone since the previous list.\n" in text
    assert text.endswith(
        "-->\n\nThe new list from Wandsworth Council is out. "
        "Compared with the previous list: 1 moved, 1 new, 1 gone.\n"
        "\n## New\n\n- Fir\\_Road\\_\n"
        "\n## Moved\n\n- Elm Road, 110 m from where it was\n"
        "\n## Gone\n\n- \\*Oak\\* \\[Road\\]\n"
        "\nAll of them are [on the map and in the list](/issues/grit-bins/).\n"
    )
    site, problems = read_all(tmp_path)
    assert problems == []
    draft = next(p for p in site.posts if "changed" in p.file)
    assert "<li>*Oak* [Road]</li>" in draft.html


NO_LIST = 'There is no list called "bins".\n  issues.toml names no list yet.'
MISSPELT = 'There is no list called "bns".\n  Did you mean "bins"? The lists are: bins.'
NONE_BEFORE = """issues.toml does not say which list came before "Bins".
  Put last year's list into content/data, and name it in issues.toml: \
previous = "data/bins-last-year.csv\""""


@pytest.mark.parametrize(
    ("files", "wanted", "sentence"),
    [
        ({}, "bins", NO_LIST),
        (WITH_LISTS, "bns", MISSPELT),
        ({**WITH_LISTS, "issues.toml": ISSUES + DATASET}, "bins", NONE_BEFORE),
    ],
)
def test_a_list_without_one_before_is_refused_with_the_reason(
    files: dict[str, str], wanted: str, sentence: str, tmp_path: Path
) -> None:
    site, _ = read_all(write_site(tmp_path, files))
    with pytest.raises(UsageError) as error:
        year_on_year(site, wanted)
    assert f"{error.value}.\n  {error.value.hint}" == sentence
