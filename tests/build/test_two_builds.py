"""Which of the two builds runs is decided once and explained, and both are checked."""

from __future__ import annotations

import gc
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support import EPOCH, POST, ROOT, files_of, run_pelican, write_files, write_site
from wardblog import build
from wardblog.build import build_site
from wardblog.build.expected_settings import EXPECTED, FREE, comparable, difference
from wardblog.build.pelican_settings import Choices
from wardblog.build.run import prepare
from wardblog.problems import ContentError, Problem, Severity, render

LINE = "Pelican builds this site, which takes longer, because "
# A plugin that adds a page with a generator of its own.
GREETING = """\
from pelican import signals
from pelican.generators import Generator

class Greeting(Generator):
    def generate_output(self, writer):
        writer.write_file("hello/index.html", self.get_template("hello"), self.context)

def register():
    signals.get_generators.connect(of)

def of(pelican):
    return Greeting
"""
# A plugin that changes what an article says.
APPENDIX = """\
from pelican import signals

def register():
    signals.content_object_init.connect(append)

def append(content):
    if content._content:
        content._content += '<p>{}</p>'
"""
HEADING = "{{ view.post.title }}</h1>"
HELLO = '{% extends "base.html" %}{% block content %}<h1>Hello</h1>{% endblock %}'


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project with settings and a theme of its own, whose plugins are forgotten afterwards."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    write_site(tmp_path / "content")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    config = text.replace('str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins")))
    (tmp_path / "pelicanconf.py").write_text(config, encoding="utf-8")
    yield tmp_path
    if {sys.modules.pop(name, None) for name in ("greeting", "appendix")} != {None}:
        gc.collect()  # Pelican's signals know the functions of a plugin as long as they are there


def settings(place: Path, text: str) -> None:
    path = place / "pelicanconf.py"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def plugin(place: Path, name: str, text: str) -> None:
    write_files(place / "more", {f"{name}.py": text})
    settings(place, f"\nPLUGIN_PATHS = [{str(place / 'more')!r}]\nPLUGINS = [build, {name!r}]\n")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def made(place: Path) -> build.Run:
    return build_site(
        place / "pelicanconf.py", place / "content", place / "output", place / "cache"
    )


def checked(place: Path) -> list[Problem]:
    """The problems of a check, which leaves nothing in the output folder or anywhere else."""
    before = everything(place)
    config, content = place / "pelicanconf.py", place / "content"
    problems = build.check(config, content, place / "cache", place / "output")
    assert everything(place) == before
    return [p for p in problems if p.severity is not Severity.NOTE]


def everything(place: Path) -> dict[str, bytes]:
    """All files but those of the cache and of Python, with what is left of temporary ones."""
    return {
        path: data
        for path, data in files_of(place).items()
        if not path.startswith("cache/") and "__pycache__/" not in path
    }


def told(run: build.Run) -> str:
    return render(run.notes, run.content, notes=True)


def page(place: Path, path: str = "2026/11/a-fine-post/index.html") -> str:
    return (place / "output" / path).read_text(encoding="utf-8")


def pelican(place: Path) -> tuple[dict[str, bytes], str]:
    """What Pelican's own command builds, and what it says."""
    done = run_pelican("content", "-s", "pelicanconf.py", "-o", "its", cwd=place)
    assert done.returncode == 0, done.stderr
    return files_of(place / "its"), done.stderr


@pytest.mark.long
def test_a_plugin_with_a_generator_takes_part(place: Path) -> None:
    plugin(place, "greeting", GREETING)
    write_files(place / "theme/templates", {"hello.html": HELLO})
    assert checked(place) == []
    run = made(place)
    line = len((place / "pelicanconf.py").read_text(encoding="utf-8").splitlines())
    assert told(run) == (
        f'{place}/pelicanconf.py:{line}: note: {LINE}the plugin "greeting" takes part\n'
        "  Remove it from PLUGINS if you do not need it."
    )
    assert "<h1>Hello</h1>" in page(place, "hello/index.html")
    its, words = pelican(place)
    assert its == files_of(place / "output")
    assert f'{LINE}the plugin "greeting" takes part.\n' in words
    write_files(place / "theme/templates", {"hello.html": "<!doctype html><p>Hello</p>"})
    found = [p for p in checked(place) if p.rule == "missing-imprint"]
    assert [(p.file, p.message) for p in found] == [
        (str(place / "output/hello/index.html"), "the page /hello/ has no imprint")
    ]


def test_a_plugin_that_changes_articles_takes_part(place: Path) -> None:
    plugin(place, "appendix", APPENDIX.format("Written by hand."))
    assert checked(place) == []
    run = made(place)
    assert f'{LINE}the plugin "appendix" takes part' in told(run)
    assert "<p>Written by hand.</p>" in page(place)
    assert b"Written by hand." in (place / "output/feeds/all.rss.xml").read_bytes()
    assert pelican(place)[0] == files_of(place / "output")


def test_what_a_plugin_adds_to_articles_is_inspected(place: Path) -> None:
    plugin(place, "appendix", APPENDIX.format('<a href="/nowhere/">Elsewhere</a>'))
    found = [p.message for p in checked(place)]
    assert any('"/nowhere/"' in message for message in found)


def test_personal_data_that_a_plugin_adds_to_articles_is_found(place: Path) -> None:
    plugin(place, "appendix", APPENDIX.format("Ring 07700 900461."))
    found = [p.message for p in checked(place) if p.rule == "personal-data-in-output"]
    assert found == ['/2026/11/a-fine-post/ gives away a telephone number: "07700 900461"']
    with pytest.raises(ContentError, match="gives away"):
        made(place)


@pytest.mark.long
def test_a_filter_of_the_settings_needs_no_pelican(place: Path) -> None:
    settings(place, '\nJINJA_FILTERS = {**JINJA_FILTERS, "loud": lambda text: text.upper()}\n')
    change(place / "theme/templates/article.html", HEADING, "{{ view.post.title|loud }}</h1>")
    assert checked(place) == []
    run = made(place)
    assert told(run) == ""
    assert "A FINE POST</h1>" in page(place)
    assert pelican(place)[0] == files_of(place / "output")
    change(place / "pelicanconf.py", "text.upper()", 'text + " <a href=/nowhere/>"')
    assert made(place).folder.changed  # the name of the function is the same
    change(place / "theme/templates/article.html", "|loud }}", "|loud|safe }}")
    assert any('"/nowhere/"' in p.message for p in checked(place))


def test_a_template_that_asks_pelican_takes_part(place: Path) -> None:
    template = place / "theme/templates/article.html"
    change(template, HEADING, "{{ article.title|upper }}</h1>")
    assert checked(place) == []
    run = made(place)
    assert told(run) == (
        f'{template}: note: {LINE}the template "article.html" uses "article", '
        "which only Pelican knows\n"
        "  Use only what our own templates use if you can."
    )
    assert "A FINE POST</h1>" in page(place)
    assert pelican(place)[0] == files_of(place / "output")
    change(place / "theme/templates/base.html", "{{ site.imprint.sentence }}", "")
    assert "missing-imprint" in {p.rule for p in checked(place)}


def test_a_template_of_ones_own_that_asks_nothing_new_needs_no_pelican(place: Path) -> None:
    change(place / "theme/templates/article.html", HEADING, "{{ view.post.title|upper }}</h1>")
    run = made(place)
    assert told(run) == ""
    assert "A FINE POST</h1>" in page(place)
    assert pelican(place)[0] == files_of(place / "output")


def test_a_link_that_pelican_alone_resolves_is_named(place: Path) -> None:
    write_files(
        place / "content",
        {
            "posts/fine.md": POST.replace("Some text.", "[Old]({attach}a.pdf)"),
            "posts/a.pdf": "%PDF",
        },
    )
    assert checked(place) == []
    assert told(made(place)) == (
        f'{place}/content/posts/fine.md: note: {LINE}a post has a link with "{{attach}}", '
        "which only Pelican resolves\n  Use an ordinary link if you can."
    )


def test_the_settings_are_those_that_our_build_expects() -> None:
    shipped = {n: v for n, v in runpy.run_path(str(ROOT / "pelicanconf.py")).items() if n.isupper()}
    assert difference(shipped) is None
    assert shipped.keys() - EXPECTED.keys() - FREE == {"PLUGINS"}
    for name, value in EXPECTED.items():
        assert name == "DELETE_OUTPUT_DIRECTORY" or comparable(shipped[name]) == comparable(value)
    for name in EXPECTED:
        found = difference({**shipped, name: "something else"})
        assert found is not None
        assert (found.name, found.reason) == (name, f"the setting {name} was changed")
        found = difference({n: v for n, v in shipped.items() if n != name})
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('TEMPLATE_PAGES = {"a.html": "a.html"}', "TEMPLATE_PAGES"),
        ('THEME_TEMPLATES_OVERRIDES = ["more"]', "THEME_TEMPLATES_OVERRIDES"),
        ("RELATIVE_URLS = True", "RELATIVE_URLS"),
        ("TYPOGRIFY = True", "TYPOGRIFY"),
        ('FEED_ALL_RSS = "feeds/rss.xml"', "FEED_ALL_RSS"),
        ("TEMPLATE_PAGES = {}\nDEFAULT_PAGINATION = 5", "DEFAULT_PAGINATION"),
        ('STREET = "Elm Road"\nSITENAME = "Ours"\nRELATIVE_URLS = False', ""),
    ],
)
def test_a_setting_that_our_build_cannot_follow_is_named(line: str, name: str, place: Path) -> None:
    settings(place, f"\n{line}\n")
    note = Choices.read(place / "pelicanconf.py").needs_pelican
    assert (note is not None) is bool(name)
    if note is not None:
        assert f"the setting {name} was" in note.message
        assert note.line == len((place / "pelicanconf.py").read_text().splitlines())


def test_our_build_never_imports_pelican(place: Path) -> None:
    code = (
        f"import os, sys\nsys.path.append({str(ROOT / 'tests')!r})\nfrom pathlib import Path\n"
        "from made_once import FOLDER, make_once\nmake_once(setattr, Path(os.environ[FOLDER]))\n"
        "from wardblog import build\n"
        "run = build.build_site(*map(Path, ('pelicanconf.py', 'content', 'output', 'cache')))\n"
        "build.check(*map(Path, ('pelicanconf.py', 'content', 'cache', 'output')))\n"
        "print(len(run.folder.changed) > 10, sorted({m for m in sys.modules if m == 'pelican'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == "True []\n"


def test_pelicans_own_command_renders_nothing_unused(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pelican import Pelican
    from pelican.settings import read_settings
    from pelican.writers import Writer

    written: list[str] = []
    plain = Writer.write_file

    def noted(self: Writer, name: str, *args: Any, **values: Any) -> None:
        written.append(name)
        plain(self, name, *args, **values)

    monkeypatch.setattr(Writer, "write_file", noted)
    monkeypatch.chdir(place)
    Pelican(read_settings("pelicanconf.py")).run()
    assert written == []
    assert files_of(place / "output") == pelican(place)[0]


def test_a_build_that_needs_pelican_is_announced_at_the_start(place: Path) -> None:
    settings(place, "\nSUMMARY_MAX_LENGTH = 9\n")
    choices = Choices.read(place / "pelicanconf.py")
    run = prepare(place / "content", place / "output", choices)
    assert run.slower is not None
    assert not (place / "output").exists()
