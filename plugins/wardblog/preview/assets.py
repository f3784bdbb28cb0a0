"""The preview's own script, styles and problem page; none of them is part of a published site."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from wardblog.model.addresses import hashed_path

# Where the preview's own files are, below the site's path.
OWN = "_preview/"
EVENTS = f"{OWN}events"
RELOAD_SCRIPT = """\
// Reloads the page when a file it is made from was saved. Never part of a published site.
"use strict";
const here = document.currentScript.dataset;
const events = new EventSource(here.events);
events.onmessage = () => {
  events.close();
  location.reload();
};
"""
STYLES = """\
:root { color-scheme: light dark; }
.waits, .preview-problems { background: #1b1e20; color: #fff; border: 1px solid #fff; }
.waits { padding: 0 0.4rem; font-size: 0.875rem; font-weight: 700; white-space: nowrap; }
.preview-waits { margin-top: 1rem; }
.preview h1 { line-height: 1.2; }
.preview { max-width: 46rem; margin: 0 auto; padding: 1rem;
  font: 1.125rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.preview-problems { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 1rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
"""
SCRIPT_PATH = hashed_path(f"{OWN}reload.js", RELOAD_SCRIPT.encode())
STYLES_PATH = hashed_path(f"{OWN}preview.css", STYLES.encode())
_PROBLEM_PAGE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>Fix this first</title>
</head>
<body>
<main class="preview">
<h1>Fix this first</h1>
<p>Residents still see the site as you last published it. This is what is wrong:</p>
<p class="preview-problems">{problems}</p>
<p>The page reloads by itself once this is fixed.</p>
</main>
</body>
</html>
"""


def problem_page(problems: str) -> bytes:
    """The page that is shown instead of the site while the content has problems."""
    problems = problems.removesuffix(" Nothing was written.")
    return _PROBLEM_PAGE.format(problems=escape(problems)).encode()


def with_preview_assets(page: bytes, base_path: str, file: str, version: int) -> bytes:
    """The page with the preview's script and styles; the script waits for a later `version`."""
    base = f"{base_path}/"
    events = escape(f"{base}{EVENTS}?version={version}&page={quote(file)}")
    script = f'<script defer src="{base}{SCRIPT_PATH}" data-events="{events}"></script>'
    head = f'<link rel="stylesheet" href="{base}{STYLES_PATH}">\n{script}\n</head>'
    return page.replace(b"</head>", head.encode(), 1)
