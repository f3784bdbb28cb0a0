"""Old posts that are Markdown already: only what their own program read is replaced."""

from __future__ import annotations

from wardblog.scaffold.old_blog.converted import Converted, TextContext
from wardblog.scaffold.old_blog.model import OldPost


def markdown_of(post: OldPost, text: str, context: TextContext) -> Converted:
    return Converted(text=text)
