"""Files that are not pages run nothing in the preview, where the editor has the same origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import pdf
from editor.running import running_editor
from runnable import RUNNING
from support import POST, write_site
from wardblog.model.media_types import SANDBOX

FILES: dict[str, str | bytes] = {
    "a.xml": b"<r/>",
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a.gpx": b"<gpx/>",
    "a.txt": b"words",
    "a.csv": b"a,b\n",
    "A.JSON": b"{}",
    "shown.pdf": pdf(),
}


def test_files_that_are_no_pages_run_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    links = " ".join(f"[a](../files/{name})" for name in FILES)
    files = {f"files/{name}": data for name, data in FILES.items()}
    content = write_site(
        tmp_path / "content", {**files, "posts/fine.md": POST.replace("Some text.", links)}
    )
    with running_editor(content, tmp_path / "private", tmp_path / "output") as editor:
        answers = {name: editor.ask("GET", f"/files/{name}") for name in FILES}
        (content / "files/a.xml").write_bytes(RUNNING["escape.xml"])  # not checked yet
        answers["later.xml"] = editor.ask("GET", "/files/a.xml")
        page = editor.ask("GET", "/2026/11/a-fine-post/")
    policies = {name: one.headers["content-security-policy"] for name, one in answers.items()}
    assert {one.status for one in (*answers.values(), page)} == {200}
    assert "sandbox" not in policies.pop("shown.pdf")
    assert "sandbox" not in page.headers["content-security-policy"]
    assert set(policies.values()) == {f"{SANDBOX}; frame-ancestors 'self'"}
