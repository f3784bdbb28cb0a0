"""The Containerfile: what it copies is there and not private, and nothing runs as root."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import cast

import pytest

from support import ROOT, write_site
from wardblog import cli
from wardblog.cli import write
from wardblog.cli.typed import TYPED_COMMANDS
from wardblog.preview import Preview, make_server
from wardblog.support.extras import EXTRAS, SITE, requirements_of

PAGE = (ROOT / "docs/container.md").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The lines of the Containerfile: each instruction, and what follows it."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    found = [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in joined)]
    assert all(re.fullmatch(r"[A-Z]+", word) for word, _ in found)
    return found


LINES = instructions()
COPIED = [
    source.rstrip("/")
    for word, rest in LINES
    if word == "COPY"
    for source in rest.split()[:-1]
]  # fmt: skip


def only(word: str) -> str:
    (rest,) = [rest for name, rest in LINES if name == word]
    return rest


def test_everything_that_is_copied_is_there_and_is_the_software() -> None:
    assert [name for name in COPIED if not (ROOT / name).exists()] == []
    allowed = {"LICENSE", "NOTICE", "pelicanconf.py", "publishconf.py", "theme", "plugins"}
    of_versions = {requirements_of(name).name for name in (SITE, *EXTRAS)}
    tops = {name for name in COPIED if "/" not in name}
    assert tops == allowed | of_versions
    assert {name.partition("/")[0] for name in COPIED if "/" in name} == {"plugins"}


def test_nothing_else_reaches_the_builder() -> None:
    """The last pattern that matches decides; the first leaves everything out."""
    patterns = [
        line
        for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert patterns[0] == "*"

    def is_sent(name: str) -> bool:
        matching = [p for p in patterns if fnmatch(name, p.removeprefix("!"))]
        return bool(matching) and matching[-1].startswith("!")

    assert all(is_sent(name.partition("/")[0]) for name in COPIED)
    ours = ("content", "private", "output", "public", ".git", ".wardblog", ".venv", "tests")
    assert [name for name in (*ours, "requirements-secret", "id_ed25519") if is_sent(name)] == []


def test_it_installs_every_optional_library() -> None:
    (line,) = [rest for word, rest in LINES if word == "RUN" and "support.extras" in rest]
    assert sorted(line.partition("support.extras")[2].split()) == sorted((SITE, *EXTRAS))


def test_nothing_runs_as_root() -> None:
    words = [word for word, _ in LINES]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", only("USER"))
    assert "RUN" not in words[words.index("USER") :]


def test_it_runs_commands_that_there_are() -> None:
    entry = json.loads(only("ENTRYPOINT"))
    assert entry == ["/opt/ward-blog/bin/python", "-m", "wardblog", "--launch"]
    (command,) = json.loads(only("CMD"))
    assert command in TYPED_COMMANDS
    made = [rest for word, rest in LINES if word == "RUN" and "-m venv /opt/ward-blog" in rest]
    assert len(made) == 1
    assert {rest for word, rest in LINES if word == "WORKDIR"} == {"/ward-blog", "/site"}
    assert "PYTHONPATH=/ward-blog/plugins" in next(rest for word, rest in LINES if word == "ENV")


def test_the_base_can_be_replaced() -> None:
    assert LINES[0][0] == "ARG"
    assert re.fullmatch(r"BASE=[\w./-]+:[\w.-]+", LINES[0][1])
    assert LINES[1] == ("FROM", "${BASE}")


def test_the_documented_commands_publish_the_port_to_this_computer_alone() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("podman run ")]
    assert len(lines) >= 3
    assert {line.split(" ward-blog ")[1].split()[0] for line in lines} <= set(TYPED_COMMANDS)
    ports = re.findall(r"-p (\S+)", "\n".join(lines))
    assert ports == [f"127.0.0.1:{only('EXPOSE')}:{only('EXPOSE')}"]


def test_only_a_container_may_be_told_that_it_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = [path.as_posix() for path in write.CONTAINER_MARKS]
    assert marks == ["/run/.containerenv", "/.dockerenv"]
    write_site(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(write, "CONTAINER_MARKS", (tmp_path / "no such file",))
    assert cli.main(["write", "--no-browser", "--in-container"]) == 2
    said = "--in-container works only inside a container.\n  Leave it out.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("in_container", "address"),
    [(False, "127.0.0.1"), (True, "0.0.0.0")],  # noqa: S104
)
def test_the_editor_listens_on_the_loopback_outside(in_container: bool, address: str) -> None:
    preview = cast("Preview", None)  # nothing is asked of it
    with make_server(preview, 0, in_container=in_container) as server:
        assert server.server_address[0] == address
