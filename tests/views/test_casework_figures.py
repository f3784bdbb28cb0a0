"""Casework on the page of figures, which exists for it alone as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from support import EPOCH, ROOT, files_of, pages_in, read_fine, write_site
from wardblog import build
from wardblog.views.casework_figures import CaseworkLine, casework_tables

TEXT = """\
quarter,issue,opened,closed
2026-Q2,Anything else,fewer than 5,0
2026-Q2,All cases,fewer than 5,0
2026-Q3,Grit bins,fewer than 5,8
2026-Q3,Potholes,not shown,1012
2026-Q3,All cases,29,1020
"""


def test_there_is_a_table_for_each_quarter_newest_first(tmp_path: Path) -> None:
    newest, before = casework_tables(read_fine(tmp_path, {"casework.csv": TEXT}))
    assert (newest.title, newest.anchor) == ("July to September 2026", "casework-2026-q3")
    assert newest.lines == (
        CaseworkLine(
            name="Grit bins", address="issues/grit-bins/", opened="fewer than 5", closed="8"
        ),
        CaseworkLine(
            name="Potholes", address="issues/potholes/", opened="not shown", closed="1,012"
        ),
    )
    assert newest.total == CaseworkLine(name="All cases", address="", opened="29", closed="1,020")
    assert before.title == "April to June 2026"
    assert before.lines[0].address == ""


def test_without_reports_and_counts_there_is_no_page(tmp_path: Path) -> None:
    assert "figures/" not in pages_in(read_fine(tmp_path))


def test_the_page_is_there_for_casework_alone_and_follows_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    content = write_site(tmp_path / "content", {"casework.csv": TEXT})
    output = tmp_path / "output"
    build.build_site(ROOT / "pelicanconf.py", content, output)
    page = BeautifulSoup((output / "figures/index.html").read_bytes(), "html.parser")
    assert [one.get_text() for one in page.select("main h2")] == ["Casework"]
    assert [one.get_text() for one in page.select("caption")] == [
        "July to September 2026", "April to June 2026",
    ]  # fmt: skip
    assert "fewer than 5" in page.select("#casework-2026-q3 tbody tr")[0].get_text()
    assert 'href="/figures/"' in (output / "index.html").read_text()
    before = (output / "figures/index.html").stat().st_mtime_ns
    (content / "casework.csv").write_text(TEXT.replace(",8\n", ",9\n").replace("1020", "1021"))
    build.build_site(ROOT / "pelicanconf.py", content, output)
    assert "1,021" in (output / "figures/index.html").read_text()
    assert (output / "figures/index.html").stat().st_mtime_ns > before
    (content / "casework.csv").unlink()
    build.build_site(ROOT / "pelicanconf.py", content, output)
    assert not (output / "figures").exists()


def test_only_the_page_of_figures_has_the_counts(sample: Path) -> None:
    files = files_of(sample)
    page = BeautifulSoup(files["figures/index.html"], "html.parser")
    tables = page.select("table[id^=casework-]")
    assert [table["id"] for table in tables] == [
        "casework-2026-q3", "casework-2026-q2", "casework-2026-q1",
    ]  # fmt: skip
    assert all(th["scope"] for table in tables for th in table.select("th"))
    assert [path for path, data in files.items() if b"casework-2026" in data] == [
        "figures/index.html"
    ]
    assert "casework.csv" not in files
