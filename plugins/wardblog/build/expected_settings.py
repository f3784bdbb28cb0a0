"""Pelican's settings that our own build assumes: with others, Pelican has to build the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wardblog.build.for_settings import PostReader
from wardblog.support.late_dataclass import dataclass

# Their values in pelicanconf.py as it comes with the software.
EXPECTED: Mapping[str, object] = {
    "READERS": {
        **dict.fromkeys(PostReader.file_extensions, PostReader),
        "rst": None,
        "html": None,
        "htm": None,
    },
    "TIMEZONE": "Europe/London",
    "DEFAULT_LANG": "en",
    "LOCALE": ["C.UTF-8", "C"],
    "ARTICLE_PATHS": ["posts"],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "IGNORE_FILES": [".*"],
    "ARTICLE_URL": "{date:%Y}/{date:%m}/{slug}/",
    "ARTICLE_LANG_URL": "{date:%Y}/{date:%m}/{slug}/",
    "ARTICLE_SAVE_AS": "{date:%Y}/{date:%m}/{slug}/index.html",
    "ARTICLE_LANG_SAVE_AS": "{date:%Y}/{date:%m}/{slug}/index.html",
    "PAGE_URL": "{slug}/",
    "PAGE_LANG_URL": "{slug}/",
    "PAGE_SAVE_AS": "{slug}/index.html",
    "PAGE_LANG_SAVE_AS": "{slug}/index.html",
    "TAG_URL": "tags/{slug}/",
    "TAG_SAVE_AS": "tags/{slug}/index.html",
    "ISSUETAG_URL": "issues/{slug}/",
    "ISSUETAG_SAVE_AS": "issues/{slug}/index.html",
    "YEAR_ARCHIVE_URL": "{date:%Y}/",
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "MONTH_ARCHIVE_URL": "{date:%Y}/{date:%m}/",
    "MONTH_ARCHIVE_SAVE_AS": "{date:%Y}/{date:%m}/index.html",
    "DRAFT_SAVE_AS": "",
    "DRAFT_LANG_SAVE_AS": "",
    "CATEGORY_SAVE_AS": "",
    "AUTHOR_SAVE_AS": "",
    "DIRECT_TEMPLATES": ["index"],
    "ARTICLE_TRANSLATION_ID": None,
    "PAGE_TRANSLATION_ID": None,
    "USE_FOLDER_AS_CATEGORY": False,
    "FILENAME_METADATA": "",
    "FORMATTED_FIELDS": [],
    "DEFAULT_PAGINATION": False,
    "FEED_ALL_ATOM": None,
    "CATEGORY_FEED_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "THEME_STATIC_PATHS": [],
    "DELETE_OUTPUT_DIRECTORY": False,
}
# Our build follows these, whatever their values, or nothing that is published depends on them.
FREE = frozenset(
    ("PATH", "OUTPUT_PATH", "SITENAME", "SITEURL", "THEME", "THEME_STATIC_DIR", "MARKDOWN",
     "JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "LOG_FILTER",
     "PLUGIN_PATHS", "WARDBLOG_PUBLISHING", "WARDBLOG_BUILD", "OUTPUT_RETENTION", "CSS_FILE",
     "CACHE_CONTENT", "CACHE_PATH", "CONTENT_CACHING_LAYER", "GZIP_CACHE", "LOAD_CONTENT_CACHE",
     "CHECK_MODIFIED_METHOD", "STATIC_CHECK_IF_MODIFIED", "PORT", "BIND", "DEBUG")
)  # fmt: skip
_OUR_PLUGIN = ("wardblog.build", "build")


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that our build cannot follow: what it is, in words, and what to do about it."""

    name: str
    reason: str
    hint: str


def difference(settings: Mapping[str, Any]) -> Difference | None:
    """The first setting because of which Pelican must build the site, if there is one.

    `settings` are those of a file, or all of Pelican's.
    """
    return next(_plugins(settings), None) or next(_others(settings), None)


def _plugins(settings: Mapping[str, Any]) -> Iterator[Difference]:
    names = [getattr(p, "__name__", str(p)) for p in settings.get("PLUGINS") or ()]
    for name in names:
        if name not in _OUR_PLUGIN:
            hint = "Remove it from PLUGINS if you do not need it."
            yield Difference("PLUGINS", f'the plugin "{name}" takes part', hint)
    if not names:
        hint = "Put `PLUGINS = [build]` back."
        yield Difference("PLUGINS", "PLUGINS does not name our own plugin", hint)


def _others(settings: Mapping[str, Any]) -> Iterator[Difference]:
    hint = "Set it back to what it was if you do not need this."
    for name, expected in EXPECTED.items():
        if name not in settings or comparable(settings[name]) != comparable(expected):
            yield Difference(name, f"the setting {name} was changed", hint)
    unknown = {n: v for n, v in settings.items() if n not in EXPECTED and n not in FREE}
    if unknown.keys() - {"PLUGINS"}:
        # late import: see docs/architecture.md
        from wardblog.build.pelican.defaults import differing

        for name in differing(unknown):
            hint = "Remove it if you do not need it."
            yield Difference(name, f"the setting {name} was added", hint)


def comparable(value: object) -> object:
    """A value without addresses in memory, so that it is the same in each run.

    A function or class stands for the file that it is defined in as well.
    """
    if isinstance(value, Mapping):
        return sorted((repr(key), comparable(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [comparable(item) for item in value]
    if hasattr(value, "__qualname__"):
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}{_source_of(value)}"
    return getattr(value, "__name__", None) or repr(value)


def _source_of(value: object) -> str:
    """The file of a function that is not ours: its code may change while its name does not."""
    code = getattr(value, "__code__", None)
    if code is None or str(getattr(value, "__module__", "")).startswith("wardblog."):
        return ""
    try:
        return Path(code.co_filename).read_text("utf-8", "replace")
    except OSError:
        return ""
