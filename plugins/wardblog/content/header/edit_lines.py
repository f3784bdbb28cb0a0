"""Changes header lines of our own form, `Key: value`; the caller checks how the result reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardblog.content.header.change import Action, EndedLine, HeaderChange, with_line
from wardblog.content.header.front_matter import KEY_LINE, PostFile
from wardblog.content.header.recognise import is_blank
from wardblog.content.keys import TABLE, HeaderKey, key_called

_ORDER = {key.name: number for number, key in enumerate(TABLE)}


def edited_lines(
    change: HeaderChange, form: str, document: PostFile, lines: Sequence[EndedLine]
) -> Iterator[list[EndedLine]]:
    """The file's lines after the change, best first; `form` is the value as it is written."""
    editor = _LineEditor(change.key, document, lines)
    at = editor.line_of_value(change.position)
    if change.action is Action.REMOVE and at is not None:
        yield from editor.without(at)
    elif change.action is Action.SET and at is not None:
        yield from editor.replaced(at, form)
    elif change.action is not Action.REMOVE:
        yield from editor.added(form)


class _LineEditor:
    def __init__(self, key: HeaderKey, document: PostFile, lines: Sequence[EndedLine]) -> None:
        self._key, self._document, self._lines = key, document, list(lines)
        header = document.header
        # The lines on which a value begins, with their keys; an empty value is not an entry.
        named = [(e.line - 1, e.key) for e in document.entries]
        named += [(line - 1, name) for name, line in document.lines.items()]
        self._begun = {at: name for at, name in sorted(named) if at in header}

    def line_of_value(self, position: int) -> int | None:
        """The index of the line on which a value begins, or that of the key's empty line."""
        entries = self._document.all(self._key.name)
        if position < len(entries):
            return entries[position].line - 1
        empty = self._document.lines.get(self._key.name)
        return empty - 1 if empty and not entries else None

    def replaced(self, at: int, form: str) -> Iterator[list[EndedLine]]:
        stop = self._stop(at)
        end = self._lines[at].end if self._lines[stop - 1].end else ""
        for prefix in dict.fromkeys((self._prefix(at), f"{self._name()}: ")):
            yield [*self._lines[:at], EndedLine(prefix + form, end), *self._lines[stop:]]

    def added(self, form: str) -> Iterator[list[EndedLine]]:
        own = [at for at, name in self._begun.items() if name == self._key.name]
        if own:
            prefix, after = self._prefix(own[-1]), self._stop(own[-1])
            if prefix.isspace():
                yield with_line(self._lines, after, prefix + form)
        elif not self._begun:
            yield self._with_header(form)
            return
        else:
            above = [at for at, n in self._begun.items() if _ORDER[n] < _ORDER[self._key.name]]
            after = self._stop(above[-1]) if above else min(self._begun)
        yield with_line(self._lines, after, f"{self._name()}: {form}")

    def without(self, at: int) -> Iterator[list[EndedLine]]:
        stop = self._stop(at)
        yield [*self._lines[:at], *self._lines[stop:]]
        if stop < len(self._lines) and self._begun.get(stop) == self._key.name:
            # Its key goes to the next value, which has none of its own.
            following = self._lines[stop]
            moved = EndedLine(self._prefix(at) + following.text.strip(), following.end)
            yield [*self._lines[:at], moved, *self._lines[stop + 1 :]]

    def _with_header(self, form: str) -> list[EndedLine]:
        """The first header line of a file that has none, above a blank line."""
        line = f"{self._name()}: {form}"
        start = self._document.header.start
        if self._document.is_fenced or all(is_blank(x.text) for x in self._lines):
            return with_line(self._lines, start, line)
        return with_line(with_line(self._lines, start, ""), start, line)

    def _stop(self, at: int) -> int:
        """The index after a value, whose words may go on in indented lines."""
        stop = at + 1
        while stop in self._document.header and stop not in self._begun:
            text = self._lines[stop].text
            if is_blank(text) or not text[0].isspace():
                break
            stop += 1
        return stop

    def _prefix(self, at: int) -> str:
        """What is before the value on its line: its key as it was typed, or the indentation."""
        text = self._lines[at].text
        match = KEY_LINE.match(text)
        if match and key_called(match[1]) is self._key:
            before = text[: match.start(2)]
            return before if before[-1].isspace() else f"{before} "
        if text[:1].isspace() and not match:
            return text[: len(text) - len(text.lstrip())]
        return f"{self._name()}: "

    def _name(self) -> str:
        """The key's name, in small letters where all keys of the file are."""
        matches = [KEY_LINE.match(self._lines[at].text) for at in self._begun]
        typed = [match[1] for match in matches if match]
        is_small = bool(typed) and all(name.islower() for name in typed)
        return self._key.name.lower() if is_small else self._key.name
