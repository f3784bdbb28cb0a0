"""`make share`: the text about a post for each channel, ready to copy."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, ROOT, content_folder, print_for_programs, print_line
from wardblog.problems import ContentError

if TYPE_CHECKING:
    from wardblog.model import CommunitySite, Post
    from wardblog.office.share.texts import ShareText

_LINE = "-" * 72


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--post", default="", help="the post's slug, title, file or address")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import read_checked
    from wardblog.office.share.choose import post_called
    from wardblog.office.share.texts import problems_of, texts_of

    content = content_folder(arguments)
    site = read_checked(ROOT / "pelicanconf.py", content)
    post = post_called(site, arguments.post)
    if problems := problems_of(site, post):
        raise ContentError(problems, content, "Fix this before you share the post.")
    for text in texts_of(site, post):
        print_for_programs(_shown(text))
    print_line(_ending(post, site.community))
    return DONE


def _shown(text: ShareText) -> str:
    channel = text.channel
    length = f"{text.count:,} of {channel.limit:,} characters"
    link = f"\n{channel.link_words}:\n{text.link}\n" if text.link else ""
    return f"{_LINE}\n{channel.name} ({length}). {channel.advice}\n{_LINE}\n{text.text}\n{link}"


def _ending(post: Post, community: tuple[CommunitySite, ...]) -> str:
    lines = [_LINE, f'These are the texts about "{post.title}". Nothing was posted.']
    lines.append("If the post is new, publish the site before you share it: make publish")
    lines.append('With buttons to copy them: run "make serve" and open /_preview/share/ there.')
    if community:
        lines += ["", "When and where:"]
        for one in community:
            lines += [f"  {one.name}: {one.url}", *(f"    {words}" for words in notes_on(one))]
    return "\n".join(lines)


def notes_on(one: CommunitySite) -> list[str]:
    """What the councillor noted about a site, for herself."""
    labelled = (("For", one.about), ("Rules", one.rules), ("When", one.when))
    return [f"{label}: {words}" for label, words in labelled if words]
