"""Explains what a page is made from, and which change caused its last update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from wardblog.build.plan import BuildPlan, Copy, Photo
from wardblog.build.record import Cause
from wardblog.model import Site
from wardblog.model.addresses import index_of
from wardblog.views import Output, Page

if TYPE_CHECKING:
    from wardblog.build.run import Run

# Names for sources that are not files of the content.
THEME, DATE = "theme/", "the date"
_MOST = 5


def sources_of(run: Run) -> dict[str, bytes]:
    """Return all sources of a site by name, with a digest of each."""
    cache = run.reading.cache
    result = {file: one.fingerprint.digest for file, one in cache.posts.items()}
    result |= {file: one.fingerprint.digest for file, one in cache.pictures.items()}
    if cache.base_site:
        result |= {file: seen.digest for file, seen in cache.base_site.fingerprints.items()}
    for name in run.engine.plan.templates.names():
        result[f"{THEME}templates/{name}"] = run.engine.plan.templates.text_digest(name)
    result[f"{THEME}source/"] = run.engine.plan.assets.source
    result[DATE] = run.site.today.isoformat().encode()
    return result


def causes_of(
    run: Run, paths: Iterable[str], before: Mapping[str, bytes], now: Mapping[str, bytes]
) -> dict[str, Cause]:
    """Return for each changed output the changes that may have caused it."""
    names = sorted({n for n in (*before, *now) if before.get(n) != now.get(n)})
    result = {}
    for path in paths:
        output = run.engine.plan.outputs[path]
        posts = (*output.posts, *output.texts)
        own = {post.file for post in posts} | {p.lead.file for p in posts if p.lead}
        own.update(_files_of(output))
        hits = [name for name in names if name in own] or names
        result[path] = Cause(run.site.today.isoformat(), tuple(hits[:_MOST]))
    return result


def _files_of(output: Output) -> tuple[str, ...]:
    """Return the file of the content that an output is made from."""
    if isinstance(output, Photo):
        return (output.file,)
    return (output.path,) if isinstance(output, Copy) else ()


def output_at(plan: BuildPlan, address: str) -> Output | None:
    """Find an output by its address or path, however it is written."""
    plain = address.strip().partition("#")[0].partition("?")[0]
    for start in (plan.site.url, plan.site.base_path):
        plain = plain.removeprefix(start)
    plain = plain.lstrip("/")
    output = plan.output_at(index_of(plain))
    return output or (plan.output_at(f"{plain}/index.html") if plain else None)


def needs_in_words(plan: BuildPlan, output: Output) -> list[str]:
    """Describe what an output is made from, one line for each kind of source."""
    lines = []
    if isinstance(output, Page):
        lines.append(f"theme/templates/: {_several(plan.templates.family_of(output.template))}")
    lines += [f"{{content}}/{file}" for file in _files_of(output)]
    if output.site.title:
        lines.append("{content}/ward.toml")
    if output.site.issues or output.site.pages:
        lines.append(f"{{content}}/issues.toml{_lists(output.site)}")
    if output.site.community:
        lines.append("{content}/community.toml")
    if output.site.casework:
        lines.append("{content}/casework.csv")
    if output.site.redirects:
        lines.append("{content}/redirects.csv")
    if output.site.pages:
        lines.append(f"{{content}}/pages/: {_several(p.file[6:] for p in output.site.pages)}")
    for what, posts in (("text", output.texts), ("title, date and the like", output.posts)):
        if posts:
            names = (post.file.removeprefix("posts/") for post in posts)
            lines.append(f"{{content}}/posts/ (the {what}): {_several(names)}")
    return lines


def _lists(site: Site) -> str:
    names = [d.file for issue in site.issues for d in issue.datasets]
    return f" and its lists: {_several(names)}" if names else ""


def _several(names: Iterable[str]) -> str:
    result = list(names)
    more = f" and {len(result) - _MOST:,} more" if len(result) > _MOST else ""
    return ", ".join(result[:_MOST]) + more
