"""Says in plain words what an old blog has, and what would be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from wardblog.content.files import REDIRECTS_FILE
from wardblog.model.redirects import needs_host
from wardblog.problems import display_path
from wardblog.scaffold.old_blog.fetched import fetchable
from wardblog.scaffold.old_blog.model import OldBlog, OldPost
from wardblog.scaffold.old_blog.names import LEAVE_OUT, NameTable
from wardblog.scaffold.old_blog.pictures import host_and_port
from wardblog.scaffold.old_blog.plan import MovePlan
from wardblog.scaffold.old_blog.post_targets import FileState
from wardblog.support.visible import escape_controls_in_line
from wardblog.text.words import counted

_MOST_FILES, _MOST_ISSUES, _MOST_NAMES = 5, 6, 8
_STATES = {
    "draft": ("draft", "drafts"),
    "private": ("private post", "private posts"),
    "scheduled": ("post for a later day", "posts for a later day"),
    "password": ("post behind a password", "posts behind a password"),
}


def blog_lines(blog: OldBlog, *, has_comments: bool = False) -> Iterator[str]:
    """What is in the export: the posts with their years, pages, drafts, and what is left out."""
    title = escape_controls_in_line(blog.title) or "The old blog"
    where = f" ({escape_controls_in_line(blog.url)})" if blog.url else ""
    yield f"{title}{where}:"
    public = [post for post in blog.posts if post.state == "published"]
    posts = [post for post in public if post.kind == "post"]
    pages = [post for post in public if post.kind == "page"]
    yield f"  {counted(len(posts), 'post')}{_years(posts)}, {counted(len(pages), 'page')}"
    states = Counter[str](post.state for post in blog.posts)
    for state, (one, many) in _STATES.items():
        if number := states[state]:
            yield f"  {counted(number, one, many)}"
    if comments := sum(len(post.comments) for post in blog.posts):
        them = "it" if comments == 1 else "them"
        fate = "kept as quotations" if has_comments else f"not imported (COMMENTS=1 keeps {them})"
        yield f"  {counted(comments, 'comment')}, {fate}"
    for words in blog.left_out:
        yield f"  not imported: {escape_controls_in_line(words)}"


def _years(posts: Sequence[OldPost]) -> str:
    years = sorted({post.moment.year for post in posts if post.moment})
    if not years:
        return ""
    return f" from {years[0]}" + (f" to {years[-1]}" if len(years) > 1 else "")


def name_lines(names: NameTable, path: Path) -> Iterator[str]:
    """What becomes of categories, tags and authors, and which could be issues."""
    kinds = Counter(row.kind for row in names.rows)
    words = (
        counted(kinds["category"], "category", "categories"),
        counted(kinds["tag"], "tag"),
        counted(kinds["author"], "author"),
    )
    yield f"The old names are in {display_path(path)}: {', '.join(words)}."
    became = [row for row in names.rows if row.new not in ("", LEAVE_OUT, row.old)]
    for row in sorted(became, key=lambda row: (not names.doubt_about(row), -row.posts))[
        :_MOST_NAMES
    ]:
        old = escape_controls_in_line(row.old)
        doubt = f": {found}" if (found := names.doubt_about(row)) else ""
        yield f"  {old} becomes {row.new} ({counted(row.posts, 'post')}){doubt}"
    if (more := len(became) - _MOST_NAMES) > 0:
        yield f"  and {more:,} more"
    if possible := names.possible_issues()[:_MOST_ISSUES]:
        named = (f"{escape_controls_in_line(row.old)} ({row.posts:,})" for row in possible)
        yield f"These could be issues of their own: {', '.join(named)}."
        example = escape_controls_in_line(possible[0].old)
        yield f'  To follow one, add it to issues.toml: [[issue]] name = "{example}"'
    yield 'To change a name, edit the column "new" of that table, and run this command again.'
    for line, (_, old, *_) in names.unknown:
        where = f"{display_path(path)}:{line}"
        yield f"{where}: the old blog has no such name: {escape_controls_in_line(old)}"


def posts_and_pages(number: int) -> str:
    return counted(number, "post or page", "posts and pages")


def plan_lines(plan: MovePlan, content: Path) -> Iterator[str]:
    """What would be written, and what stays as it is."""
    yield from _picture_lines(plan)
    states = Counter(one.target.state for one in plan.posts)
    changed = sum(one.target.state is FileState.OURS and one.new is not None for one in plan.posts)
    new = states[FileState.NEW]
    for number, one, many in (
        (
            states[FileState.EDITED],
            "stays as it is, since it was edited",
            "stay as they are, since they were edited",
        ),
        (
            states[FileState.DELETED],
            "was deleted here, and is not imported again",
            "were deleted here, and are not imported again",
        ),
        (states[FileState.OURS] - changed, "is unchanged", "are unchanged"),
    ):
        if number:
            yield f"{posts_and_pages(number)} {one if number == 1 else many}."
    if not plan.new_files and not plan.files.new:
        yield "Nothing has changed, so nothing was written."
        return
    yield "This would write:"
    for number, words in (
        (
            new,
            counted(new, "new post or page", "new posts and pages")
            + f", as {'a draft' if new == 1 else 'drafts'} that residents do not see",
        ),
        (changed, f"{posts_and_pages(changed)} again, which nobody has edited"),
        (len(plan.files.new), _files(len(plan.files.new))),
        (len(plan.rows) if plan.redirects else 0, f"{REDIRECTS_FILE}: {_old(len(plan.rows))}"),
    ):
        if number:
            yield f"  {words}"
    yield from _public_lines(plan, content)
    files = list(plan.new_files)
    yield from (f"    {display_path(content / file)}" for file in files[:_MOST_FILES])
    if (more := len(files) - _MOST_FILES) > 0:
        yield f"    and {counted(more, 'more file')}"


def _public_lines(plan: MovePlan, content: Path) -> Iterator[str]:
    """What residents read already, which they would read otherwise or no longer."""
    public = [one for one in plan.posts if one.new and one.is_public]
    held = [display_path(content / one.target.file) for one in public if one.is_held]
    if open_ones := len(public) - len(held):
        is_or_are = "is" if open_ones == 1 else "are"
        yield (
            f"  {open_ones:,} of these {is_or_are} public already: residents see the change after "
            "the next make publish."
        )
    if held:
        named = ", ".join(held[:_MOST_FILES])
        more = f" and {len(held) - _MOST_FILES:,} more" if len(held) > _MOST_FILES else ""
        many = len(held) > 1
        yield (
            f"  {len(held):,} of these {'are' if many else 'is'} public already, and would say "
            f"more than before: {named}{more}. "
            f"{'They become drafts' if many else 'It becomes a draft'} again, until you have read "
            "what is new and run this command with PUBLISH=1."
        )


def _picture_lines(plan: MovePlan) -> Iterator[str]:
    found, missing = len(plan.files.files), plan.files.missing
    if not found and not missing:
        return
    yield f"They show or link to {_files(found + len(missing))}: {found:,} found."
    if missing:
        hosts = Counter(host_and_port(url) or "the old blog" for url in missing)
        most = ", ".join(f"{host} ({number:,})" for host, number in hosts.most_common(4))
        yield f"  {len(missing):,} missing, from {escape_controls_in_line(most)}."
        own = set(fetchable(missing, plan.blog.url))
        others = [url for url in missing if url.startswith("http") and url not in own]
        if len(others) < len(missing):
            yield (
                "  Name the folder that has them with UPLOADS=folder, or have them fetched from "
                "the old blog with PICTURES=1."
            )
        if others:
            yield (
                f"  {len(others):,} of them {'is' if len(others) == 1 else 'are'} on other sites, "
                "and never fetched: they may not be yours."
            )


def _files(number: int) -> str:
    return counted(number, "picture or document", "pictures and documents")


def _old(number: int) -> str:
    return counted(number, "old address", "old addresses")


def address_lines(plan: MovePlan, content: Path) -> Iterator[str]:
    """How many old addresses lead somewhere, and which of them only some hosts can answer."""
    for file, address, other in plan.taken_addresses:
        yield (
            f"{display_path(content / file)} cannot have its old address {address}, which "
            f"{display_path(content / other)} has. If you do not need that file, delete it and run "
            "this again."
        )
    here = [one for one in plan.posts if one.target.state is not FileState.DELETED]
    addresses = [*plan.rows, *(old for one in here for old in one.target.old.addresses)]
    if not addresses:
        return
    yield f"Old addresses that lead to the new ones: {len(addresses):,}."
    if needing := [address for address in addresses if needs_host(address)]:
        example = min(needing, key=lambda address: ("?" not in address, len(address), address))
        yield (
            f"  {len(needing):,} of them, such as {escape_controls_in_line(example)}, only work "
            "where the host can redirect. "
            "docs/moving.md says what to do on which host."
        )
