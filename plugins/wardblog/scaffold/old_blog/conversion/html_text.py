"""The HTML of an old text, read into blocks and written as Markdown."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from wardblog.scaffold.old_blog.conversion.converted import Converted, TextContext
from wardblog.scaffold.old_blog.conversion.flow import Flow, OldHtml
from wardblog.scaffold.old_blog.conversion.footnotes import may_have_notes, take_footnotes
from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.link_targets import LinkTargets, Used
from wardblog.scaffold.old_blog.conversion.old_elements import HANDLERS
from wardblog.scaffold.old_blog.conversion.typed_lists import joined_lists, with_typed_lists
from wardblog.scaffold.old_blog.conversion.writer import BlockWriter, notes_written


class HtmlText:
    """One text; what it shows and leaves out is collected from all its parts."""

    def __init__(self, context: TextContext, leftovers: Leftovers) -> None:
        self._context, self._leftovers, self._used = context, leftovers, Used()
        self.targets = LinkTargets(context, self._used)

    def written(self, html: str, targets: frozenset[str]) -> str:
        """Return HTML as Markdown; its special characters and places are still private ones.

        `targets` are the names of places in the text to which it links.
        """
        soup = BeautifulSoup(f"<body>{html}", "lxml")
        if soup.body is None:
            return ""
        notes = take_footnotes(soup) if targets or may_have_notes(html) else []
        writer = BlockWriter(self.targets, self._leftovers)
        text = writer.written(self._blocks(soup, soup.body, targets))
        if notes:
            blocks = [self._blocks(soup, note, targets) for note in notes]
            text += f"\n\n{notes_written(writer, blocks)}"
        return text

    def _blocks(self, soup: BeautifulSoup, root: Tag, targets: frozenset[str]) -> list[Tag]:
        html = OldHtml(
            soup=soup,
            addresses=self._context.addresses,
            leftovers=self._leftovers,
            targets=targets,
            handlers=HANDLERS,
            is_old=self._context.is_old,
        )
        return joined_lists(soup, with_typed_lists(soup, Flow(html).read(root)))

    def leftover(self, number: int) -> str:
        """Return the note about something left over, as a comment that is never published."""
        return self._leftovers.noted(number, self._used)

    def finished(self, markdown: str) -> Converted:
        """Return the Markdown with plain characters, and what it shows with its lines."""
        return self._used.finished(markdown)
