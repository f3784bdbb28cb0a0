"""Cleans SVG drawings: copies only the elements and attributes that are known to draw.

A drawing that is opened on its own is a page, which could run scripts on hosts that send no content
security policy. So only what is listed in `allowed` is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from wardblog.content.drawings.allowed import (
    ATTRIBUTES,
    CHANGED,
    ELEMENTS,
    HARMFUL,
    MOVING,
    SVG,
    WORDS,
    XHTML,
    XLINK,
    XML,
)
from wardblog.content.drawings.rasters import bare_raster
from wardblog.content.drawings.styles import harm_in_style, safe_sheet, safe_style, safe_value
from wardblog.content.markdown.cleaning import scheme_of
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

# A drawing of a whole city takes less.
LARGEST = 20_000_000
_SAVE = "Open it in a drawing program, and save it as plain SVG, or as PNG."
_FOLLOWED = ("", "http", "https", "mailto", "tel")
_SPACE = f"{{{XML}}}space"
_LANG = f"{{{XML}}}lang"
_LINK = f"{{{XLINK}}}href"


# Illustrator gives names to the namespaces that it uses; nothing else is put into entities.
_NAMESPACE = late_regex(r"https?://(?:ns\.adobe\.com|www\.w3\.org)/[\w./#-]*")
# The words of a label, and nothing that runs, sends or shows a picture.
_LABEL = frozenset(
    ("a", "b", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6",
     "hr", "i", "li", "ol", "p", "pre", "s", "small", "span", "strike", "strong", "sub", "sup",
     "table", "tbody", "td", "th", "thead", "tr", "u", "ul")
)  # fmt: skip
# Attributes whose values are read as CSS, or by an animation.
_STYLED = (ATTRIBUTES - WORDS) | {"style"}


class Drawing(NamedTuple):
    """A cleaned drawing.

    `harm` is the first thing in the file that runs code or loads something, on `line`; `words` are
    all texts and values that are published.
    """

    data: bytes
    harm: str
    line: int | None
    words: tuple[str, ...]


def read_drawing(data: bytes) -> Drawing:
    """Clean a drawing; raises `ParseError` if it is too large or not SVG."""
    if len(data) > LARGEST:
        raise ParseError("this drawing is too large to be checked", f"Make it simpler. {_SAVE}")
    # late import: see docs/architecture.md
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, recover=False,
    )  # fmt: skip
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise ParseError("this drawing cannot be read as SVG", _SAVE, line or None) from None
    cleaner = _Cleaner(etree)
    cleaner.look_around(tree)
    root = cleaner.copied(tree.getroot())
    if root is None or root.tag != f"{{{SVG}}}svg":
        raise ParseError("this file is not an SVG drawing, despite its name", _SAVE)
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Drawing(written, cleaner.harm, cleaner.line, tuple(_words(root)))


class _Cleaner:
    """Copies what is allowed, and records the first thing that is harmful."""

    def __init__(self, etree: Any) -> None:
        self._etree = etree
        self.harm, self.line = "", None

    def look_around(self, tree: Any) -> None:
        """Check what is outside the root: entities and processing instructions."""
        declared = tree.docinfo.internalDTD
        entities = declared.iterentities() if declared is not None else ()
        if not all(_NAMESPACE.fullmatch(entity.content or "") for entity in entities):
            self._note("ENTITY", None)
        for node in tree.xpath("//processing-instruction()"):
            if node.target.lower() in ("xml-stylesheet", "php", "import"):
                self._note(node.target, node)

    def copied(self, root: Any) -> Any:
        """Return a copy of the element with its allowed content; None if it is not allowed."""
        top = self._element(root, None)
        pending = [(root, top)] if top is not None else []
        while pending:
            source, target = pending.pop()
            for child in source:
                made = self._child(child, target)
                if made is not None:
                    pending.append((child, made))
        return top

    def _child(self, child: Any, target: Any) -> Any:
        """Copy a child and the text after it."""
        made = None
        if isinstance(child.tag, str):
            made = self._element(child, target)
        elif child.tag is self._etree.Entity:
            self._note("ENTITY", child)
        if child.tail:
            _append(target, child.tail)
        return made

    def _element(self, source: Any, parent: Any) -> Any:
        space, name = _split(source.tag)
        is_ours = space in (SVG, "") and name in ELEMENTS
        if name == "foreignObject" and _is_said_again(source):
            return self._passed_over(source, _LABEL)
        if space == XHTML or name in HARMFUL or name.lower() == "script":
            self._note(name, source)
        attributes = {}
        for written, value in source.attrib.items():
            self._judge(source, name, written, value)
            if is_ours and (kept := _attribute(name, written, value)) is not None:
                attributes[written] = kept
        if name == "style" and (word := harm_in_style("".join(source.itertext()))):
            self._note(word, source)
        is_kept = is_ours and (name not in MOVING or self._moves(source))
        if not is_kept:
            return self._passed_over(source)
        spaces = {None: SVG, "xlink": XLINK} if parent is None else None
        tag = f"{{{SVG}}}{name}"
        if parent is None:
            made = self._etree.Element(tag, attributes, nsmap=spaces)
        else:
            made = self._etree.SubElement(parent, tag, attributes)
        if name == "style":
            made.text = safe_sheet("".join(source.itertext()))
            return None
        made.text = source.text
        return made

    def _passed_over(self, source: Any, known: Container[str] = ()) -> None:
        """Write nothing of it, but check its content, which may still be meant to run.

        The element itself, and XHTML of `known` names in it, are no reason to say so.
        """
        for inner in source.iter(self._etree.Element):
            space, name = _split(inner.tag)
            is_known = inner is source if space != XHTML else name in known
            if (space == XHTML or name in HARMFUL or name.lower() == "script") and not is_known:
                self._note(name, inner)
            for written, value in inner.attrib.items():
                self._judge(inner, name, written, value)

    def _moves(self, source: Any) -> bool:
        """Whether an animation changes only appearance, not the target of a link."""
        name = source.get("attributeName", "")
        changed = name.rpartition(":")[2].lower()
        if changed == "href" or changed.startswith("on"):
            self._note(f"attributeName={name}", source)
        no_name_needed = _split(source.tag)[1] in ("animateMotion", "mpath")
        return name in CHANGED or (not name and no_name_needed)

    def _judge(self, source: Any, element: str, written: str, value: str) -> None:
        """Record an attribute that runs code or loads something."""
        space, name = _split(written)
        if name.lower().startswith("on") and space == "" and len(name) > 4:
            self._note(name, source)
        elif name == "href" and space in ("", XLINK):
            if _address(element, value) is None and not _is_dead(element, value):
                self._note("href", source)
        elif written in _STYLED and (word := harm_in_style(value)):
            self._note(word, source)

    def _note(self, word: str, node: Any) -> None:
        if not self.harm:
            self.harm, self.line = word, getattr(node, "sourceline", None)


def _is_said_again(source: Any) -> bool:
    """Whether its fallback, for programs that cannot show it, has the same text."""
    parent, behind = source.getparent(), source.getnext()
    if parent is None or _split(parent.tag)[1] != "switch" or behind is None:
        return False
    said = "".join("".join(source.itertext()).split())
    return not said or said == "".join("".join(behind.itertext()).split())


def _split(tag: str) -> tuple[str, str]:
    """The namespace of a name, and the name."""
    space, _, name = tag.rpartition("}")
    return space[1:], name


def _append(target: Any, text: str) -> None:
    """Add text at the end of an element."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _attribute(element: str, written: str, value: str) -> str | None:
    """The value of an attribute as it may be written; None if it is left out."""
    if written in ("href", _LINK):
        return _address(element, value)
    if written in (_SPACE, _LANG) or written in WORDS or written.startswith("aria-"):
        return value
    if written == "style":
        return safe_style(value) or None
    if written not in ATTRIBUTES or (
        written == "type" and element == "style" and "css" not in value
    ):
        return None
    return safe_value(value)


def _address(element: str, value: str) -> str | None:
    """An address that is allowed: part of the drawing, or a link to follow."""
    plain = value.strip()
    if plain.startswith("#"):
        return plain
    if element == "a":
        return plain if scheme_of(plain) in _FOLLOWED else None
    return bare_raster(plain) if element in ("image", "feImage") else None


def _is_dead(element: str, value: str) -> bool:
    """Whether an address is left out that neither runs nor fetches."""
    if element == "color-profile":
        return True  # which no browser has ever fetched
    return not value.strip() or (element == "a" and scheme_of(value) in ("file", "ftp"))


def _words(root: Any) -> Iterator[str]:
    """All texts and values, as shown and as written."""
    pieces = [" ".join(text.split()) for text in root.itertext() if text.strip()]
    yield " ".join(pieces)
    for element in root.iter(f"{{{SVG}}}text"):
        yield "".join(element.itertext())
    for element in root.iter():
        for name, value in element.attrib.items():
            if (name in WORDS or name.startswith("aria-") or name in ("href", _LINK)) and (
                not value.startswith("data:")
            ):
                yield value
