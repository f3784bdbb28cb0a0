"""The endings and names of files in the folders of blogs."""

from __future__ import annotations

MARKDOWN = frozenset((".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".mdown"))
HTML = frozenset((".html", ".htm"))
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic"))
# Texts in other languages, and pages that a program would have to make.
UNREAD = {
    ".textile": "Textile", ".org": "Org mode", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc",
    ".rst": "reStructuredText", ".pandoc": "Pandoc", ".mdx": "MDX", ".njk": "Nunjucks",
    ".liquid": "Liquid",
}  # fmt: skip
JEKYLL_SETTINGS = ("_config.yml", "_config.yaml", "_config.toml")
ELEVENTY_SETTINGS = (
    ".eleventy.js", ".eleventy.cjs", "eleventy.config.js", "eleventy.config.mjs",
    "eleventy.config.cjs", "eleventy.config.ts",
)  # fmt: skip
