"""Mistakes in templates are reported with their line, by every command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, Undefined, pass_context
from markupsafe import Markup

from support import EPOCH, ROOT, write_site
from wardblog.build import build_site, check
from wardblog.build.live import LiveSite
from wardblog.build.state import Built
from wardblog.build.template_environment import TemplateEnvironment
from wardblog.problems import ContentError, render

TEXT = "{{ text|scrollable|safe }}"
MAIN = '<main id="ward-main" class="measure">'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a theme and settings of its own."""
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    text = text.replace('str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins")))
    (tmp_path / "pelicanconf.py").write_text(text)
    write_site(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


def change(place: Path, name: str, old: str, new: str) -> int:
    """Makes the change, and returns its line."""
    file = place / "theme/templates" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def said(place: Path) -> str:
    """What a build says, which `check` must say as well; nothing may be written."""
    config, content = place / "pelicanconf.py", place / "content"
    with pytest.raises(ContentError) as stopped:
        build_site(config, content, place / "output", place / "cache")
    assert stopped.value.code == 1
    assert not (place / "output").exists()
    checked = check(config, content, place / "cache", place / "output")
    assert render(checked, content) == str(stopped.value)
    return str(stopped.value)


CASES = [
    ("article.html", TEXT, "{{ txet|scrollable|safe }}",
     ('article.html:LINE: there is no variable called "txet" on this page\n  Did you mean "text"? '
      'If only some pages have it, ask first: "{% if txet is defined %}".\n')),
    ("article.html", TEXT, "{% if hub %}x{% endif %}",
     ('article.html:LINE: there is no variable called "hub" on this page\n  '
      'If only some pages have it, ask first: "{% if hub is defined %}".\n')),
    ("index.html", "home.months|length", "home.monhts|length",
     ('index.html:LINE: there is nothing called "monhts" in a HomePage\n  '
      'Did you mean "months"? It has: ')),
    ("base.html", "<title>", "<title>{{ SITENAM }}",
     ('base.html:LINE: there is no variable called "SITENAM" on this page\n  '
      'Did you mean "SITENAME"? ')),
    ("_macros.html", "{{ post.title }}", "{{ post.titel }}",
     '_macros.html:LINE: there is nothing called "titel" in a PostLine\n  Did you mean "title"? '),
    ("tag.html", "{{ tag_name }}", "{{ tag_name|loudly }}",
     "tag.html:LINE: this template has a mistake: No filter named 'loudly'.\n"),
    ("issue.html", "{% if hub.posts %}", "{% if hub.posts {{",
     "issue.html:LINE: this template has a mistake: expected token"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [*CASES[:2], *(pytest.param(*case, marks=pytest.mark.long) for case in CASES[2:])],
)
def test_a_mistake_in_a_template_is_reported_with_its_line(
    name: str, old: str, new: str, expected: str, place: Path
) -> None:
    line = change(place, name, old, new)
    assert f"theme/templates/{expected}".replace("LINE", str(line)) in said(place)


def test_one_mistake_on_every_page_is_reported_once(place: Path) -> None:
    change(place, "base.html", "<title>", "<title>{{ nothing_like_it }}")
    told = said(place)
    assert told.count("nothing_like_it") == 2  # in the message and in the hint
    assert "The same problem is on " in told


def test_the_preview_reports_the_mistake_on_the_page(place: Path) -> None:
    line = change(place, "article.html", TEXT, "{{ txet|scrollable|safe }}")
    live = LiveSite(place / "pelicanconf.py", place / "content")
    live.update()
    assert live.get("index.html")
    assert live.get("2026/11/a-fine-post/index.html") is None
    assert f'article.html:{line}: there is no variable called "txet"' in live.problems


@pytest.mark.parametrize("words", ["{{ THEME_STATIC_DIR }}", "{{ articles|length }} posts"])
def test_a_template_that_only_pelican_can_render_is_left_to_pelican(
    words: str, place: Path
) -> None:
    change(place, "base.html", MAIN, f"{MAIN}<p>{words}</p>")
    build = build_site(place / "pelicanconf.py", place / "content", place / "output", None)
    assert build.slower is not None
    page = (place / "output/index.html").read_text()
    assert ("<p>theme</p>" if "THEME" in words else "<p>1 posts</p>") in page


def test_pelicans_names_of_the_title_and_the_address_are_ours_too(place: Path) -> None:
    change(place, "base.html", MAIN, f"{MAIN}<p>{{{{ SITENAME }}}}, {{{{ SITEURL }}}}/</p>")
    build = build_site(place / "pelicanconf.py", place / "content", place / "output", None)
    assert build.slower is None
    assert "<p>Shaftesbury ward blog, /</p>" in (place / "output/index.html").read_text()


def test_a_global_of_the_settings_is_known(place: Path) -> None:
    settings = place / "pelicanconf.py"
    settings.write_text(settings.read_text() + '\nJINJA_GLOBALS = {"motto": "Onwards"}\n')
    change(place, "base.html", MAIN, f"{MAIN}<p>{{{{ motto }}}}</p>")
    assert build_site(settings, place / "content", place / "output", None).slower is None
    assert "<p>Onwards</p>" in (place / "output/index.html").read_text()


class _Sign:
    """What is HTML already, and says so."""

    def __html__(self) -> str:
        return "<b>!</b>"


_MACROS = """\
{% macro name(who, mark="&") %}<i>{{ who }}{{ mark }}</i>{% endmacro %}
{% macro names(first) %}{{ first }}{{ varargs|join("<") }}{% endmacro %}
{% macro given(first) %}{{ first }}{{ kwargs.last }}{% endmacro %}
{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}
{% macro nothing() %}{% endmacro %}
"""
_PIECES = [
    '{{ words }} {{ safe }} {{ 1.5 }} {{ none }} {{ sign }} {{ words ~ safe }} {{ "<" }}',
    "{{ words|upper }} {{ words|safe }} {{ safe|upper }} {{ [words, safe] }}",
    '{{ m.name("<") }} {{ m.name(words, safe) }} {{ m.name(mark="<", who=words) }} {{ m.name() }}',
    '{{ m.names("<", "a", ">") }} {{ m.names(words) }} {{ m.given("<", last=">") }}',
    '{% call m.around() %}{{ words }}{% endcall %} {{ m.nothing()|length }} {{ m.name("")|e }}',
    "{% set all = m.name(words) ~ words %}{{ all }}",
    '{% set some %}{{ m.name("<") }}{% endset %}{{ some }}',
    "{% for one in [words, safe] %}{{ m.name(one, loop.index) }}{% endfor %}",
    "{% autoescape false %}{{ words }}{{ m.name(words) }}{% endautoescape %}{{ words }}",
    "{% filter upper %}{{ m.name(words) }}{% endfilter %} {{ m.name(m.name(words)) }}",
]


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("escaping", [True, False])
def test_a_template_writes_what_jinja_writes(escaping: bool, piece: str) -> None:
    texts = {"m.html": _MACROS, "page.html": f'{{% import "m.html" as m with context %}}{piece}'}
    values = {"words": "a < b & 'c'", "safe": Markup("<br>"), "sign": _Sign()}
    options = {"autoescape": escaping, "undefined": Undefined}
    plain = Environment(loader=DictLoader(texts), autoescape=escaping)  # noqa: S701 - both are compared
    ours = environment(texts, JINJA_ENVIRONMENT=options)
    expected = plain.get_template("page.html").render(values)
    assert ours.render("page.html", values).decode() == expected


def environment(texts: dict[str, str], **jinja: object) -> TemplateEnvironment:
    def names(file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return ours.names_in(texts[file], file)

    folder, built = Path("templates"), Built(None, b"")
    ours = TemplateEnvironment(folder, texts.__getitem__, names, jinja, built)
    return ours


_IMPORT = '{% import "m.html" as m with context %}'


@pytest.mark.parametrize(
    ("macros", "piece"),
    [
        ("{% macro say() %}{{ title }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ title.lower() }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ title if title is defined }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ dict }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ title|seen }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ site|seen }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ look(site) }}{% endmacro %}", "{{ m.say() }}"),
        ("{% macro say() %}{{ site[0] }}{% include 'title.html' %}{% endmacro %}", "{{ m.say() }}"),
        ("{% set _all = [] %}{% macro say() %}{{ _all.append(site) or _all|length }}{% endmacro %}",
         "{{ m.say() }}{{ m.say() }}"),
        ("{% macro say() %}{{ title }}{% endmacro %}",
         "{% for title in 'ab' %}{% import 'm.html' as n with context %}{{ n.say() }}{% endfor %}"),
        ("{{ title }}", "{{ m }}"),
        ("{% macro say() %}{{ caller() }}{% endmacro %}",
         "{% call m.say() %}{{ title }}{% endcall %}"),
    ],
)  # fmt: skip
def test_macros_show_what_is_on_each_page(macros: str, piece: str) -> None:
    """They are made once for many pages, unless they may say something else on the next one."""
    texts = {"m.html": macros, "page.html": _IMPORT + piece, "title.html": "{{ title }}"}
    seen = pass_context(lambda context, _="": context["title"])
    more = {"JINJA_FILTERS": {"seen": seen}, "JINJA_GLOBALS": {"look": seen}}
    ours = environment(texts, **(more if "seen" in macros or "look" in macros else {}))
    plain = Environment(loader=DictLoader(texts))  # noqa: S701 - both are compared
    plain.filters["seen"] = plain.globals["look"] = seen
    site = ["Ward"]
    for title in ("One", "Two", "Two", "Three"):
        values = {"title": title, "site": site, "dict": title}
        expected = plain.get_template("page.html").render(values)
        assert ours.render("page.html", values).decode() == expected


def test_macros_are_made_once_for_pages_that_share_what_they_use() -> None:
    macros = "{% macro say(words) %}{{ site[0] }}: {{ words }}{% endmacro %}"
    texts = {"m.html": macros, "page.html": _IMPORT + "{{ m.say(title) }}{{ m.say|seen }}"}
    seen: list[object] = []

    def see(macro: object) -> str:
        seen.append(macro)
        return ""

    ours = environment(texts, JINJA_FILTERS={"seen": see})
    site = ["Ward"]
    for title, of in (("A", site), ("B", site), ("A", ["Other"])):
        made = ours.render("page.html", {"title": title, "site": of})
        assert made == f"{of[0]}: {title}".encode()
    assert seen[0] is seen[1]
    assert seen[1] is not seen[2]
