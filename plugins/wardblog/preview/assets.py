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
/* As the site's own style sheet, which is not there while the content has problems. */
:root { color-scheme: light dark; }
.waits { background: #211e1a; color: #fff; padding: 2px 8px; border-radius: 4px; font-size: 1rem;
  font-family: system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-weight: 600;
  white-space: nowrap; }
.preview-waits { border: 2px dashed; padding: 8px 16px; border-radius: 4px; }
.preview { --paper: #fffdf8; --ink: #211e1a; --tint: #f4efe4; --accent: #9c2b1f; margin: 0;
  border-top: 6px solid var(--accent); background: var(--paper); color: var(--ink);
  font: 1.125rem/1.55 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.preview main { max-width: 46rem; margin: 0 auto; padding: 16px; overflow-wrap: anywhere; }
.preview h1 { font: 700 2rem/1.2 "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif; }
.preview ul { list-style: none; padding: 0; }
.preview li { background: var(--tint); border-left: 6px solid var(--accent); padding: 12px 16px;
  margin: 12px 0; border-radius: 0 4px 4px 0; }
.preview li p { margin: 0; white-space: pre-wrap; }
.preview li p:first-child { font-weight: 600; }
.preview a { color: var(--accent); text-underline-offset: 0.15em; }
.preview h2 { font: 700 1.375rem/1.2 "Iowan Old Style", Palatino, Georgia, serif; }
.preview h2 { margin: 32px 0 4px; }
.preview .note { margin: 0 0 8px; font-size: 0.9375rem; }
.preview .posts li { background: none; border: 0; border-bottom: 1px solid #8886; padding: 10px 0;
  margin: 0; }
.preview .posts p { font-weight: 400; }
.preview .jump { display: flex; flex-wrap: wrap; gap: 0 16px; font-size: 1rem; }
.preview .jump li { background: none; border: 0; padding: 0; margin: 0; }
.preview .jump a { display: inline-block; padding: 10px 0; }
.preview .heard li { background: none; border: 0; border-bottom: 1px solid #8886; margin: 0;
  padding: 12px 0; border-radius: 0; }
.preview .heard li p { font-weight: 400; }
.preview .heard .what { font-weight: 600; }
.preview .heard .note { font-size: 0.9375rem; margin: 2px 0 0; }
.preview .heard .number { display: inline-block; min-width: 1.5em; padding: 0 6px;
  margin-right: 4px; border-radius: 4px; background: var(--tint); text-align: center;
  font-size: 0.9375rem; }
.preview .heard ul { margin: 8px 0 0; padding-left: 16px; border-left: 4px solid var(--tint); }
.preview .heard ul li:last-child { border-bottom: 0; }
.preview .summary { font-size: 1.25rem; }
.preview .advice { border-left: 6px solid var(--accent); background: var(--tint);
  padding: 10px 16px; margin: 8px 0 16px; border-radius: 0 4px 4px 0; font-weight: 600; }
.preview h3 { font-size: 1.125rem; margin: 24px 0 4px; }
.preview pre { margin: 4px 0 0; padding: 8px 12px; background: var(--tint); border-radius: 4px;
  white-space: pre-wrap; }
.preview code { font-size: 0.9375rem; }
.preview .ways { list-style: disc; padding-left: 24px; }
.preview .ways li { background: none; border: 0; padding: 0; margin: 8px 0; }
.preview .chart { margin: 0 0 8px; max-width: 28rem; }
.preview .chart figcaption { font-size: 0.9375rem; margin: 0 0 4px; }
.preview .chart svg { display: block; width: 100%; height: auto; }
.preview .chart text { font-size: 12px; fill: currentcolor; }
.preview .spark { display: block; margin: 4px 0 0; width: 100%; max-width: 140px; height: auto; }
.preview .column { fill: var(--accent); }
.preview .none { fill: currentcolor; opacity: 0.6; }
.preview .gap { fill: #8884; }
.preview .numbers { border-collapse: collapse; width: 100%; margin: 0 0 8px; font-size: 1rem;
  font-variant-numeric: tabular-nums; }
.preview .numbers :is(th, td) { text-align: right; vertical-align: top; padding: 8px 0 8px 8px;
  border-bottom: 1px solid #8886; font-weight: 400; }
.preview .numbers th:first-child { text-align: left; padding-left: 0; min-width: 5em; }
.preview .numbers thead th { font-size: 0.875rem; vertical-align: bottom; font-weight: 600;
  overflow-wrap: normal; }
.preview .numbers td { white-space: nowrap; }
.preview .numbers .note { display: block; }
.preview summary { display: inline-block; padding: 10px 0; font-size: 0.9375rem; cursor: pointer;
  text-decoration: underline; text-underline-offset: 0.15em; }
.preview textarea { box-sizing: border-box; width: 100%; font: inherit; font-size: 1rem;
  color: inherit; background: var(--tint); border: 1px solid #8886; border-radius: 4px;
  padding: 12px; resize: vertical; field-sizing: content; max-height: 30rem; }
.preview .actions { margin: 4px 0 0; display: flex; flex-wrap: wrap; gap: 4px 16px;
  align-items: center; }
.preview .actions a { padding: 10px 0; }
.preview button { font: inherit; font-weight: 600; padding: 8px 24px; min-height: 44px; border: 0;
  border-radius: 4px; background: var(--accent); color: var(--paper); cursor: pointer; }
.preview :is(a, button, textarea):focus-visible { outline: 3px solid #ffd43b; outline-offset: 2px;
  box-shadow: 0 0 0 5px #1b1e20; }
@media (prefers-color-scheme: dark) {
  .waits { background: #ece7dd; color: #211e1a; }
  .preview { --paper: #181613; --ink: #ece7dd; --tint: #25221d; --accent: #e2796c; }
}
@media print {
  .preview { border: 0; font-size: 10.5pt; }
  .preview main { max-width: none; padding: 0; }
  .preview :is(h2, h3, thead, .advice) { break-after: avoid; }
  .preview :is(tr, figure, .advice) { break-inside: avoid; }
  .preview :is(nav, details) { display: none; }
  .preview svg { print-color-adjust: exact; }
}
"""
SCRIPT_PATH = hashed_path(f"{OWN}reload.js", RELOAD_SCRIPT.encode())
STYLES_PATH = hashed_path(f"{OWN}preview.css", STYLES.encode())
_PAGE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>{title}</title>
{script}</head>
<body class="preview">
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
_INDENTED = "  "


def own_page(title: str, content: str, script: str = "") -> bytes:
    """A page of the preview's own; `content` is HTML, `script` the address of a script."""
    return _PAGE.format(
        title=escape(title),
        content=content,
        script=f'<script defer src="{escape(script)}"></script>\n' if script else "",
    ).encode()


def problem_page(problems: str) -> bytes:
    """The page that is shown instead of the site while the content has problems.

    `problems` is as commands print it: a line for each problem, with indented lines of advice, and
    after an empty line their number.
    """
    found: list[list[str]] = []
    for line in (problems.rpartition("\n\n")[0] or problems).splitlines():
        if found and line.startswith(_INDENTED):
            found[-1].append(line.strip())
        elif line:
            found.append([line])
    items = "\n".join(
        f"<li>{''.join(f'<p>{escape(line)}</p>' for line in problem)}</li>" for problem in found
    )
    return own_page(
        "Fix this first",
        "<p>Residents still see the site as you last published it. This is what is wrong:</p>\n"
        f"<ul>\n{items}\n</ul>\n<p>The page reloads by itself once this is fixed.</p>",
    )


def empty_page() -> bytes:
    """The page at an address that the site does not have, if it has no such page of its own."""
    return own_page("Nothing here yet", "<p>There is no page at this address.</p>")


def with_preview_assets(page: bytes, base_path: str, file: str, version: int) -> bytes:
    """The page with the preview's script and styles; the script waits for a later `version`."""
    base = f"{base_path}/"
    events = escape(f"{base}{EVENTS}?version={version}&page={quote(file)}")
    script = f'<script defer src="{base}{SCRIPT_PATH}" data-events="{events}"></script>'
    head = f'<link rel="stylesheet" href="{base}{STYLES_PATH}">\n{script}\n</head>'
    return page.replace(b"</head>", head.encode(), 1)
