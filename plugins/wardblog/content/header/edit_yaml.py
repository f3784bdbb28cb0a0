"""Changes to a header in YAML that leave its other values, comments and forms of lists alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import yaml

from wardblog.content.header.change import Action, EndedLine, HeaderChange, with_texts
from wardblog.content.header.front_matter import PostFile
from wardblog.content.header.recognise import as_status
from wardblog.content.header.yaml_header import is_empty
from wardblog.content.keys import KEYS, TABLE, HeaderKey, key_called
from wardblog.support.late_dataclass import dataclass

_ORDER = {key.name: number for number, key in enumerate(TABLE)}


def edited_yaml(
    change: HeaderChange, form: str, document: PostFile, lines: Sequence[EndedLine]
) -> Iterator[list[EndedLine]]:
    """The file's lines after the change, best first; the caller tests which can be read back.

    `form` is the value as it is written, in quotation marks or without.
    """
    header = document.header
    own = lines[header.start : header.stop]
    text = "".join(f"{line.text}\n" for line in own)
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return
    if not isinstance(root, yaml.MappingNode):
        return
    for changed in _YamlEditor(change.key, text, root).changed(change, form):
        texts = changed.removesuffix("\n").split("\n")
        new = with_texts(own, texts)
        yield [*lines[: header.start], *new, *lines[header.stop :]]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A key with its value, from its first character to after its last."""

    name: str
    key: yaml.ScalarNode
    value: yaml.Node

    @property
    def start(self) -> int:
        return int(self.key.start_mark.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """Where one value is; `siblings` are the items of the list that it is in."""

    start: int
    end: int
    pair: _Pair
    siblings: tuple[yaml.Node, ...] = ()
    is_flow: bool = False
    is_block_line: bool = False


class _YamlEditor:
    def __init__(self, key: HeaderKey, text: str, root: yaml.MappingNode) -> None:
        self._key, self._text, self._is_flow = key, text, bool(root.flow_style)
        self._pairs = [
            _Pair(named.name, written, value)
            for written, value in root.value
            if isinstance(written, yaml.ScalarNode) and (named := _named(written, value))
        ]
        self._own = [pair for pair in self._pairs if pair.name == key.name]
        self._slots = [slot for pair in self._own for slot in self._slots_of(pair)]

    def changed(self, change: HeaderChange, form: str) -> Iterator[str]:
        slot = next(iter(self._slots[change.position : change.position + 1]), None)
        if change.action is Action.REMOVE:
            if slot or self._own:
                yield self._without(slot)
        elif not self._own:
            yield self._with_pair(form)
        elif not self._key.repeats or not self._slots:
            yield self._with_value(self._own[0], form)
        elif change.action is Action.SET and slot:
            yield self._spliced(slot.start, slot.end, change.value if slot.is_block_line else form)
        elif change.action is Action.ADD:
            yield self._with_item(self._slots[-1], change.value, form)

    def _spliced(self, start: int, end: int, words: str) -> str:
        return self._text[:start] + words + self._text[end:]

    def _with_value(self, pair: _Pair, form: str) -> str:
        """Replace all values of the key by this one."""
        end = self._end(pair.value)
        if key_called(pair.key.value) is not self._key:  # a switch, such as `draft: true`
            return self._spliced(pair.start, end, f"{self._name()}: {form}")
        colon = self._colon(pair) + 1
        start = int(pair.value.start_mark.index)
        if start <= colon or "\n" in self._text[colon:start] or start == end:
            return self._spliced(colon, max(end, colon), f" {form}")
        return self._spliced(start, end, form)

    def _with_pair(self, form: str) -> str:
        """The header with a further key, in the place that the table of header lines gives it."""
        line = f"{self._name()}: {form}"
        above = [p for p in self._pairs if _ORDER[p.name] < _ORDER[self._key.name]]
        if self._is_flow:
            at = self._end((above or self._pairs)[-1].value)
            return self._spliced(at, at, f", {line}")
        at = self._after_line(self._end(above[-1].value)) if above else self._line_start(
            self._pairs[0].start
        )  # fmt: skip
        return self._spliced(at, at, f"{self._indentation()}{line}\n")

    def _with_item(self, last: _Slot, value: str, form: str) -> str:
        """Add a value after the last."""
        before = self._text[self._line_start(last.start) : last.start]
        if last.is_block_line:
            at = self._after_line(last.end)
            return self._spliced(at, at, f"{before}{value}\n")
        if last.is_flow:
            return self._spliced(last.end, last.end, f", {form}")
        if last.siblings:
            at = self._after_line(last.end)
            return self._spliced(at, at, f"{before}{form}\n")
        single = self._text[last.start : last.end]
        quoted = single if single[0] in "\"'" else json.dumps(single, ensure_ascii=False)
        return self._spliced(last.start, last.end, f"[{quoted}, {form}]")

    def _without(self, slot: _Slot | None) -> str:
        pair = slot.pair if slot else self._own[0]
        is_last = len([s for s in self._slots if s.pair is pair]) <= 1
        if slot is None or is_last or not self._key.repeats:
            if self._is_flow:
                spans = [(p.start, self._end(p.value)) for p in self._pairs]
                return self._without_item(spans, self._pairs.index(pair))
            return self._without_lines(pair.start, self._end(pair.value))
        if slot.is_flow:
            spans = [(int(n.start_mark.index), self._end(n)) for n in slot.siblings]
            return self._without_item(spans, [start for start, _ in spans].index(slot.start))
        return self._without_lines(slot.start, slot.end)

    def _without_lines(self, start: int, end: int) -> str:
        return self._spliced(self._line_start(start), self._after_line(max(start, end)), "")

    def _without_item(self, spans: Sequence[tuple[int, int]], index: int) -> str:
        """The text without one item of a list in brackets, and without its comma."""
        if index:
            return self._spliced(spans[index - 1][1], spans[index][1], "")
        stop = spans[1][0] if len(spans) > 1 else spans[0][1]
        return self._spliced(spans[0][0], stop, "")

    def _slots_of(self, pair: _Pair) -> Iterator[_Slot]:
        is_list = isinstance(pair.value, yaml.SequenceNode)
        siblings = tuple(pair.value.value) if is_list else ()
        is_flow = isinstance(pair.value, yaml.SequenceNode) and bool(pair.value.flow_style)
        for node in siblings or (pair.value,):
            if not isinstance(node, yaml.ScalarNode) or is_empty(node.value, node.style):
                continue
            start, end = int(node.start_mark.index), self._end(node)
            if node.style == "|" and self._key.repeats:
                for line in re.finditer(r"^[ \t]*(\S.*?)[ \t]*$", self._text[start:end], re.M):
                    if line.start():  # below the line with the bar
                        first, last = start + line.start(1), start + line.end(1)
                        yield _Slot(start=first, end=last, pair=pair, is_block_line=True)
            else:
                yield _Slot(start=start, end=end, pair=pair, siblings=siblings, is_flow=is_flow)

    def _end(self, node: yaml.Node) -> int:
        """The index after the last character of a value, without blank lines and notes below."""
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
            return self._end(node.value[-1])
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(self._text[start:end].rstrip())

    def _colon(self, pair: _Pair) -> int:
        return self._text.index(":", int(pair.key.end_mark.index))

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _after_line(self, at: int) -> int:
        return self._text.index("\n", at) + 1

    def _indentation(self) -> str:
        return " " * int(self._pairs[0].key.start_mark.column)

    def _name(self) -> str:
        """The key's name, in small letters where all keys of the header are."""
        is_small = all(pair.key.value.islower() for pair in self._pairs)
        return self._key.name.lower() if is_small else self._key.name


def _named(written: yaml.ScalarNode, value: yaml.Node) -> HeaderKey | None:
    """The line that a key of the header is; switches such as `draft: true` are the status."""
    if isinstance(value, yaml.ScalarNode) and as_status(written.value, value.value):
        return KEYS["Status"]
    return key_called(written.value)
