"""The formats in which `make check` reports to other programs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support import POST, run, write_files, write_site
from wardblog.cli.typed import arguments_of

BROKEN = POST.replace("grit bins", "grit bnis, 100%").replace("A fine post", "Bins")
WARNED = POST.replace("A fine post", "Later\nModified: 2026-12-24")
ANSWERED = POST.replace("A fine post", "Song").replace(
    "grit bins", "grit bins, pot holes\nAllow: misspelt-issue because it is a song"
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write_site(
        tmp_path / "content",
        {"posts/bins.md": BROKEN, "posts/later.md": WARNED, "posts/song.md": ANSWERED},
    )
    return tmp_path


def test_json_has_each_problem_with_its_rule_and_place(here: Path) -> None:
    done = run("check", "--format", "json", cwd=here)
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert {k: told[k] for k in ("version", "stops", "warnings", "notes")} == {
        "version": 1, "stops": 1, "warnings": 1, "notes": 1,
    }  # fmt: skip
    assert told["problems"] == [
        {
            "file": "content/posts/bins.md",
            "line": 3,
            "severity": "stop",
            "rule": "misspelt-issue",
            "message": 'there is no issue called "grit bnis"',
            "hint": 'Did you mean "Grit bins"? Your issues are listed in content/issues.toml.',
            "answer": "",
        },
        {
            "file": "content/posts/later.md",
            "line": 2,
            "severity": "warning",
            "rule": "modified-ahead",
            "message": "the Modified date, 24 December 2026, is in the future",
            "hint": "Write the day on which you changed it.",
            "answer": "",
        },
        {
            "file": "content/posts/song.md",
            "line": 3,
            "severity": "note",
            "rule": "misspelt-issue",
            "message": 'there is no issue called "pot holes"',
            "hint": 'Did you mean "Potholes"? Your issues are listed in content/issues.toml.',
            "answer": "it is a song",
        },
    ]


def test_an_unreadable_file_has_a_rule_outside_the_table(here: Path) -> None:
    write_files(here / "content", {"posts/bins.md": POST.replace("2026-11-20", "2026-31-20")})
    told = json.loads(run("check", "--format", "json", cwd=here).stdout)
    assert [(p["line"], p["rule"]) for p in told["problems"] if p["severity"] == "stop"] == [
        (2, "unreadable")
    ]


def test_sarif_names_rules_lines_and_answers(here: Path) -> None:
    done = run("check", "--format", "sarif", cwd=here)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["version"] == "2.1.0"
    (log,) = told["runs"]
    known = {rule["id"]: rule for rule in log["tool"]["driver"]["rules"]}
    assert known["missing-imprint"]["defaultConfiguration"] == {"level": "error"}
    assert known["missing-imprint"]["helpUri"].startswith("https://www.legislation.gov.uk/")
    assert all(rule["shortDescription"]["text"].endswith(".") for rule in known.values())
    levels = [(r["ruleId"], r["level"], "suppressions" in r) for r in log["results"]]
    assert levels == [
        ("misspelt-issue", "error", False),
        ("modified-ahead", "warning", False),
        ("misspelt-issue", "note", True),
    ]
    (where,) = log["results"][0]["locations"]
    assert where["physicalLocation"] == {
        "artifactLocation": {"uri": "content/posts/bins.md"},
        "region": {"startLine": 3},
    }
    assert log["results"][2]["suppressions"] == [
        {"kind": "inSource", "justification": "it is a song"}
    ]


def test_annotations_have_githubs_format(here: Path) -> None:
    write_files(here / "content", {"posts/bins, 1:2.md": BROKEN.replace("bnis", "b%nis")})
    done = run("check", "--format", "github", cwd=here)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "::error file=content/posts/bins%2C 1%3A2.md,line=3,title=misspelt-issue::"
        'There is no issue called "grit b%25nis". Did you mean "Grit bins"? '
        "Your issues are listed in content/issues.toml."
    )
    assert done.stdout.splitlines()[-1].startswith("::notice file=content/posts/song.md,line=3")


def test_a_site_without_problems_gives_an_empty_list(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run("check", "--format", "json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])
    assert run("check", "--format", "github", cwd=tmp_path).stdout.strip() == ""


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_a_file_name_that_is_not_utf8_is_reported_with_replacements(
    name: str, tmp_path: Path
) -> None:
    write_site(tmp_path / "content")
    (tmp_path / "content/images").mkdir()
    (tmp_path / "content/images" / os.fsdecode(b"\xff.jpg")).write_bytes(b"")
    done = run("check", "--format", name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "?.jpg" in done.stdout.replace("%3F", "?")


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run("check", "--format", "jsno", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        'FORMAT cannot be "jsno".\n'
        '  Did you mean "json"? Choose one of: text, json, sarif, github.\n'
    )


def test_make_passes_the_format_on() -> None:
    assert "--format=json" in arguments_of("check", {"FORMAT": "json"})


def test_a_build_with_many_warnings_shows_those_of_changed_files_first(tmp_path: Path) -> None:
    later = {
        f"posts/{n:02}.md": WARNED.replace("Later", f"Later {n}").replace(
            "2026-12-24", "2026-12-25"
        )
        for n in range(30)
    }
    write_site(tmp_path / "content", later)
    done = run("html", cwd=tmp_path)
    assert done.stderr.count("warning: ") == 25
    assert done.stderr.endswith("\n\n5 more warnings: make check lists them all.\n")
    assert "content/posts/29.md" not in done.stderr
    write_files(tmp_path / "content", {"posts/29.md": later["posts/29.md"] + "\nMore.\n"})
    assert "content/posts/29.md:2: warning: " in run("html", cwd=tmp_path).stderr
    checked = run("check", cwd=tmp_path)
    assert checked.stderr.count("warning: ") == 30
    assert checked.stdout == "No problems, 30 warnings.\n"
