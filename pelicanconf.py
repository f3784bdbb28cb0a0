"""Pelican's settings for building the site; what a councillor chooses is in content/ward.toml."""

import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "plugins"))

from wardblog import build

PATH = os.environ.get("CONTENT") or "content"
OUTPUT_PATH = os.environ.get("OUTPUT") or "output"
THEME = "theme"
PLUGINS = [build]
READERS = {
    **dict.fromkeys(build.PostReader.file_extensions, build.PostReader),
    "rst": None,
    "html": None,
    "htm": None,
}

# ward.toml gives these two once it has been read and checked: the title, and the path of a site
# that is below its host's root.
SITENAME = "Ward blog"
SITEURL = ""

TIMEZONE = "Europe/London"
DEFAULT_LANG = "en"
LOCALE = ["C.UTF-8", "C"]  # dates and sorting do not depend on the machine

ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
IGNORE_FILES = [".*"]

ARTICLE_URL = ARTICLE_LANG_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
PAGE_URL = PAGE_LANG_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
ISSUETAG_URL = "issues/{slug}/"
ISSUETAG_SAVE_AS = "issues/{slug}/index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None
USE_FOLDER_AS_CATEGORY = False
FILENAME_METADATA = ""
FORMATTED_FIELDS: list[str] = []
DEFAULT_PAGINATION = False

# Pelican's word for a picture without words; ours has the file and the line.
LOG_FILTER = [(logging.WARNING, "Empty alt attribute for image %s in %s")]

# The feeds are made by our own view.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        # Cells are aligned without inline styles, which the pages' policy forbids.
        "markdown.extensions.tables": {"use_align_attribute": True},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {},
    },
}

# The theme's files are written by the plugin, under names that change with what they hold.
THEME_STATIC_PATHS: list[str] = []

JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
JINJA_FILTERS = build.JINJA_FILTERS

# Files that a build no longer makes are removed by its manifest; nothing else ever is.
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
