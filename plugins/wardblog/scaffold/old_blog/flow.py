"""The blocks of an old text: its paragraphs, lists and pictures, out of any HTML.

The result is a flat list of simple elements (p, h1 to h6, ul, ol, blockquote, pre, table, figure,
dl, hr) with nothing in their paragraphs but words, links, pictures and emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from wardblog.scaffold.old_blog.embeds import embed_of, is_advertisement, is_known
from wardblog.scaffold.old_blog.leftovers import ELEMENT, Leftovers
from wardblog.scaffold.old_blog.old_addresses import (
    OldAddresses,
    is_picture_address,
    without_tracking,
)
from wardblog.scaffold.old_blog.old_pictures import (
    emoji_of,
    is_counter,
    picture_address,
)
from wardblog.support.late_regex import late_regex

# Emphasis, by the element that an old text has it in.
_MARKS: Mapping[str, str] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em",
    "s": "del", "strike": "del", "del": "del", "sub": "sub", "sup": "sup", "mark": "mark",
    "code": "code", "tt": "code", "kbd": "code", "samp": "code", "abbr": "abbr", "acronym": "abbr",
}  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARAGRAPHS = frozenset(
    ("p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center",
     "address", "fieldset", "details", "hgroup", "body", "html", "li", "dt", "dd", "figcaption",
     "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "legend", "dir", "menu", "title",
     "noscript", "marquee", "blockcode", "multicol")
)  # fmt: skip
_LEFT_OUT = frozenset(
    ("script", "style", "template", "svg", "canvas", "input", "button", "select", "textarea",
     "option", "head", "meta", "link", "base", "param", "source", "track", "map", "area", "xml",
     "noscript", "dialog", "progress", "meter", "datalist", "o:smarttagtype")
)  # fmt: skip
# Parts of a page that are around a text rather than in it.
_AROUND = late_regex(
    r"(?:^|\s)(?:sharedaddy|jp-relatedposts|sd-sharing\S*|feedflare|blogger-post-footer|addtoany_\S+"
    r"|addthis_\S+|wpcnt|wp-block-file__button|screen-reader-text|jp-carousel\S*|post-share\S*|ssba\S*"
    r"|wpa|yarpp\S*|zemanta-\S+|mce_SELRES_start|twttr_button|headerlink|anchor-link)(?:\s|$)"
)
# A picture with its caption, as WordPress's themes show it.
_CAPTIONED = late_regex(r"(?:^|\s)wp-caption(?:\s|$)")
_BOLD = late_regex(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = late_regex(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = late_regex(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = late_regex(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = late_regex(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = late_regex(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = late_regex("[\u200b\u00ad\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_DEEPEST = 40


class Mark(NamedTuple):
    """Emphasis or a link around words."""

    name: str
    value: str = ""


def text_of(element: PageElement) -> str:
    """Return the words in an element, with single spaces."""
    words = element.get_text() if isinstance(element, Tag) else str(element)
    return _SPACES.sub(" ", _UNSEEN.sub("", words)).strip()


def classes_of(tag: Tag) -> str:
    value = tag.get("class")
    return value if isinstance(value, str) else " ".join(value or ())


def value_of(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


class Flow:
    """Reads the children of an element, and collects its blocks."""

    def __init__(
        self,
        soup: BeautifulSoup,
        addresses: OldAddresses,
        leftovers: Leftovers,
        targets: frozenset[str],
        marks: tuple[Mark, ...] = (),
        depth: int = 0,
    ) -> None:
        self.soup, self.addresses, self.leftovers = soup, addresses, leftovers
        self.blocks: list[Tag] = []
        self.targets = targets
        self._marks = list(marks)
        self._line: list[PageElement] = []
        self._open: list[tuple[Mark, Tag]] = []
        self._depth = depth

    def read(self, element: Tag) -> list[Tag]:
        """Return the blocks in an element."""
        self._children(element)
        self.flush()
        return self.blocks

    def inside(self, element: Tag, *, keep_links: bool = False) -> list[Tag]:
        """Return the blocks in an element, by themselves."""
        marks = tuple(mark for mark in self._marks if keep_links and mark.name == "a")
        flow = type(self)(
            self.soup, self.addresses, self.leftovers, self.targets, marks, self._depth + 1
        )
        if self._depth > _DEEPEST:
            flow.add_text(element.get_text())
            flow.flush()
            return flow.blocks
        return flow.read(element)

    def add(self, block: Tag) -> None:
        """Add a block below what was read so far."""
        self.flush()
        self.blocks.append(block)

    def new(self, name: str, children: Iterable[PageElement] = (), **attributes: str) -> Tag:
        tag = self.soup.new_tag(name, attrs=dict(attributes))
        for child in children:
            tag.append(child)
        return tag

    # What is in a line.

    def _children(self, element: Tag) -> None:
        for child in element.children:
            if isinstance(child, Tag):
                self._element(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.add_text(str(child))

    def add_text(self, words: str) -> None:
        if not words.isascii():
            words = _UNSEEN.sub("", words)
        words = _SPACES.sub(" ", words)
        if not words:
            return
        marks = self._wanted_marks()
        shared = 0
        for (mark, _), wanted in zip(self._open, marks, strict=False):
            if mark != wanted:
                break
            shared += 1
        del self._open[shared:]
        if words != " ":
            for mark in marks[shared:]:
                tag = self.new(mark.name, (), **_attributes(mark))
                self._append(tag)
                self._open.append((mark, tag))
        self._append(NavigableString(words))

    def _append(self, element: PageElement) -> None:
        if self._open:
            self._open[-1][1].append(element)
        else:
            self._line.append(element)

    def _wanted_marks(self) -> list[Mark]:
        """The marks of words, each once; nothing is emphasised inside code."""
        result: list[Mark] = []
        for mark in self._marks:
            if mark.name not in {one.name for one in result}:
                result.append(mark)
            if mark.name == "code":
                break
        return result

    def _loose(self, element: PageElement) -> None:
        """Add to the line something that is no words: around it there is at most a link."""
        links = [mark for mark in self._marks if mark.name == "a"]
        self._open.clear()
        if links and isinstance(element, Tag) and element.name == "img":
            element = self.new("a", (element,), **_attributes(links[0]))
        self._line.append(element)

    # Elements.

    def _element(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name == "br":
            self._loose(self.new("br"))
        elif name in _LEFT_OUT or self._is_around(tag):
            self._leave_out(tag, name)
        elif handler := _HANDLERS.get(name):
            handler(self, tag)
        elif name in _HEADINGS:
            self._heading(tag)
        elif name in _PARAGRAPHS:
            self._paragraph(tag)
        else:
            self._inline(tag, name)

    def _is_around(self, tag: Tag) -> bool:
        if not tag.attrs:
            return False
        style = value_of(tag, "style")
        if style and _HIDDEN.search(style):
            return True
        return bool("class" in tag.attrs and _AROUND.search(classes_of(tag)))

    def _leave_out(self, tag: Tag, name: str) -> None:
        if name == "script" and (source := value_of(tag, "src")) and not is_advertisement(source):
            self._script(source)

    def _script(self, source: str) -> None:
        """A gist is the one thing that only a script shows and that can be linked to."""
        if "gist.github.com" in source:
            self._link_to(source.removesuffix(".js"), "")

    def _inline(self, tag: Tag, name: str) -> None:
        marks = self._marks_of(tag, name)
        self._anchor(tag)
        self._marks += marks
        self._children(tag)
        if marks:
            del self._marks[-len(marks) :]

    def _marks_of(self, tag: Tag, name: str) -> list[Mark]:
        style = value_of(tag, "style")
        mark = _MARKS.get(name)
        if mark == "strong" and style and _NOT_BOLD.search(style):
            mark = None
        if mark == "abbr":
            title = value_of(tag, "title")
            return [Mark("abbr", title)] if title else []
        marks = [Mark(mark)] if mark else []
        if style and name not in ("a", "code"):
            marks += [Mark("strong")] if _BOLD.search(style) else []
            marks += [Mark("em")] if _ITALIC.search(style) else []
            marks += [Mark("del")] if _STRUCK.search(style) else []
        return marks

    def _anchor(self, tag: Tag) -> None:
        """Keep a place that this text links to."""
        if not self.targets or not tag.attrs:
            return
        for name in ("id", "name"):
            if (value := value_of(tag, name)) in self.targets:
                self._line.append(self.new("a", id=value))
                self._open.clear()
                return

    def link(self, tag: Tag) -> None:
        address = without_tracking(value_of(tag, "href"))
        self._anchor(tag)
        if not self._is_worth_linking(tag, address):
            self._children(tag)
            return
        self._marks.append(Mark("a", address))
        self._children(tag)
        self._marks.pop()

    def _is_worth_linking(self, tag: Tag, address: str) -> bool:
        if not address or address.lower().startswith(("javascript:", "about:", "data:", "file:")):
            return False
        if address.startswith("#"):
            return address[1:] in self.targets
        # A picture's page, on which there is nothing but the picture.
        is_attachment = "attachment" in (tag.get("rel") or ())
        return not (is_attachment and tag.find("img") and not text_of(tag))

    def quote(self, tag: Tag) -> None:
        self.add_text("“")
        self._children(tag)
        self.add_text("”")

    def note(self, tag: Tag) -> None:
        """A footnote's number in the text, right behind a word."""
        if self._line and isinstance(last := self._line[-1], NavigableString):
            self._line[-1] = NavigableString(last.rstrip())
        self._loose(self.new("wardblog-note", number=value_of(tag, "number")))

    def leftover(self, tag: Tag) -> None:
        self.add(self.new(ELEMENT, number=value_of(tag, "number")))

    def picture(self, tag: Tag) -> None:
        if emoji := emoji_of(tag):
            self.add_text(emoji)
            return
        address = picture_address(tag)
        if not address or is_counter(tag, address):
            return
        link = next((mark.value for mark in self._marks if mark.name == "a"), "")
        shown = self.shown_picture(address, value_of(tag, "alt"), link)
        marks, self._marks = self._marks, [] if shown.get("alone") else self._marks
        del shown["alone"]
        self._loose(shown)
        self._marks = marks

    def shown_picture(self, address: str, alt: str, link: str = "") -> Tag:
        """A picture; `alone` is set if the link around it only leads to the picture itself."""
        is_to_picture = bool(link) and (
            is_picture_address(self.addresses.absolute(link))
            or self.addresses.full(link) == self.addresses.full(address)
            or (self.addresses.is_own(link) and self.addresses.attachment(link) is not None)
            or "googleusercontent.com/" in link
            or "bp.blogspot.com/" in link
        )
        if is_to_picture and self.addresses.attachment(link) is None:
            address = link
        alone = "yes" if is_to_picture else ""
        return self.new("img", src=address, alt=" ".join(alt.split()), alone=alone)

    def frame(self, tag: Tag) -> None:
        address = value_of(tag, "src") or value_of(tag, "data-src") or value_of(tag, "data")
        if tag.name in ("object", "applet"):
            movie = tag.find("param", attrs={"name": ["movie", "src", "FileName"]})
            inner = tag.find("embed")
            address = value_of(movie, "value") if isinstance(movie, Tag) else address
            if not address and isinstance(inner, Tag):
                address = value_of(inner, "src")
        if address and is_advertisement(self.addresses.absolute(address)):
            return
        self._link_to(address, value_of(tag, "title"))

    def _link_to(self, address: str, title: str) -> None:
        embed = embed_of(self.addresses.absolute(address), title) if address else None
        if embed is None:
            self.leftovers.found.append(("embed", "embed", ""))
            number = str(len(self.leftovers.found) - 1)
            self.add(self.new(ELEMENT, number=number))
            return
        self.flush()
        link = self.new("a", (NavigableString(embed.words),), href=embed.address)
        self.blocks.append(self.new("p", (link,)))

    def player(self, tag: Tag) -> None:
        """A film or recording as a link to it."""
        source = tag.find("source", src=True)
        address = value_of(tag, "src") or (
            value_of(source, "src") if isinstance(source, Tag) else ""
        )
        inner = tag.find("a", href=True)
        address = address or (value_of(inner, "href") if isinstance(inner, Tag) else "")
        if not address:
            return
        file = address.partition("?")[0].rpartition("/")[2]
        words = f"{'Recording' if tag.name == 'audio' else 'Video'}: {file}"
        self.flush()
        link = self.new("a", (NavigableString(words),), href=without_tracking(address))
        self.blocks.append(self.new("p", (link,)))

    def form(self, tag: Tag) -> None:
        self.leftovers.found.append(("form", "form", ""))
        self.add(self.new(ELEMENT, number=str(len(self.leftovers.found) - 1)))
        if len(text_of(tag)) > 400:
            self._children(tag)  # a page that is all in one form
            self.flush()

    # Blocks.

    def _paragraph(self, tag: Tag) -> None:
        self.flush()
        if _CAPTIONED.search(classes_of(tag)):
            self.figure(tag)
            return
        first = len(self.blocks)
        self._anchor(tag)
        marks = [mark for mark in self._marks_of(tag, "p") if mark.name != "del"]
        self._marks += marks
        self._children(tag)
        if marks:
            del self._marks[-len(marks) :]
        self.flush()
        if tag.name == "p" and "MsoList" in classes_of(tag):
            for block in self.blocks[first:]:
                block["class"] = "item"

    def _heading(self, tag: Tag) -> None:
        self.flush()
        name = value_of(tag, "id")
        if name not in self.targets:
            inner = tag.find(["a", "span"], attrs={"id": True}) or tag.find(
                "a", attrs={"name": True}
            )
            name = (
                value_of(inner, "id") or value_of(inner, "name") if isinstance(inner, Tag) else ""
            )
        words: list[PageElement] = []
        after: list[Tag] = []
        for block in self.inside(tag, keep_links=True):
            if block.name != "p":
                after.append(block)
                continue
            if words:
                words.append(NavigableString(" "))
            words += without_emphasis(block)
        if words:
            heading = self.new(tag.name, words)
            for anchor in heading.find_all("a", id=True):
                anchor.decompose()
            if name in self.targets:
                heading["id"] = name
            self.blocks.append(heading)
        self.blocks += after

    def rule(self, _tag: Tag) -> None:
        self.add(self.new("hr"))

    def quotation(self, tag: Tag) -> None:
        if blocks := self.inside(tag):
            self.add(self.new("blockquote", blocks))

    def code(self, tag: Tag) -> None:
        self.flush()
        if "verse" in classes_of(tag):
            self._lines(tag)
            return
        for line in tag.find_all("br"):
            line.replace_with("\n")
        block = self.new("pre", (NavigableString(tag.get_text()),))
        inner = tag.find("code")
        hints = f"{classes_of(tag)} {classes_of(inner) if isinstance(inner, Tag) else ''}"
        block["language"] = f"{hints} {value_of(tag, 'lang')}".strip()
        if block.get_text().strip():
            self.blocks.append(block)

    def _lines(self, tag: Tag) -> None:
        """A poem: its lines are lines of a paragraph."""
        for words in list(tag.find_all(string=True)):
            lines = str(words).split("\n")
            for line in lines[:-1]:
                words.insert_before(NavigableString(line), self.new("br"))
            words.replace_with(NavigableString(lines[-1]))
        self._children(tag)
        self.flush()

    def read_list(self, tag: Tag) -> None:
        self.flush()
        if "gallery" in classes_of(tag):
            self._children(tag)
            self.flush()
            return
        result = self.new("ol" if tag.name == "ol" else "ul")
        if tag.name == "ol" and value_of(tag, "start").isdigit():
            result["start"] = value_of(tag, "start")
        for item in self._items(tag):
            result.append(item)
        if result.contents:
            self.blocks.append(result)

    def _items(self, tag: Tag) -> Iterator[Tag]:
        last: Tag | None = None
        for child in tag.children:
            if not isinstance(child, Tag):
                loose = text_of(child) if not isinstance(child, PreformattedString) else ""
                blocks = [self.new("p", (NavigableString(loose),))] if loose else []
            elif child.name in ("ul", "ol") and last is not None:
                holder = self.new("div", (child.__copy__(),))
                for block in self.inside(holder):
                    last.append(block)
                continue
            else:
                blocks = self.inside(child)
            if not blocks:
                continue
            if last is not None:
                yield last
            last = self.new("li", blocks)
        if last is not None:
            yield last

    def meanings(self, tag: Tag) -> None:
        """A list of terms; where a gallery was made of one, its pictures."""
        self.flush()
        if "gallery" in classes_of(tag):
            self.figure(tag)
            return
        result = self.new("dl")
        for child in tag.find_all(["dt", "dd"]):
            if child.find_parent("dl") is not tag:
                continue
            blocks = self.inside(child)
            if child.name == "dt":
                words = [one for block in blocks for one in without_emphasis(block)]
                if words and all(block.name == "p" for block in blocks):
                    result.append(self.new("dt", words))
                    continue
            if blocks:
                result.append(self.new("dd", blocks))
        names = [child.name for child in result.children if isinstance(child, Tag)]
        if names and names[0] == "dt" and names[-1] == "dd":
            self.blocks.append(result)
        else:
            self._children(tag)
            self.flush()

    def figure(self, tag: Tag) -> None:
        """A picture with its caption; of anything else, what is in it and then the caption."""
        self.flush()
        caption = next((one for one in tag.find_all(True) if _is_caption_of(one, tag)), None)
        words: list[Tag] = []
        if isinstance(caption, Tag):
            caption.extract()
            words = self.inside(caption)
        blocks = self.inside(tag, keep_links=True)
        pictures = [block for block in blocks if block.name == "figure"]
        if len(blocks) == len(pictures) == 1 and words and not pictures[0].find("figcaption"):
            inline = [one for block in words for one in [*block.contents, NavigableString(" ")]]
            if all(block.name == "p" for block in words):
                pictures[0].append(self.new("figcaption", inline))
                words = []
        self.blocks += [*blocks, *words]

    def table(self, tag: Tag) -> None:
        """What is in the cells, one after the other."""
        self.flush()
        self._children(tag)
        self.flush()

    # The end of a line.

    def flush(self) -> None:
        """End the paragraph that is open."""
        line, self._line = self._line, []
        self._open.clear()
        if not line:
            return
        for part in _parts(line):
            self.blocks += self._paragraphs(part)

    def _paragraphs(self, part: list[PageElement]) -> list[Tag]:
        """A paragraph, with pictures at its edges as paragraphs of their own."""
        before: list[Tag] = []
        after: list[Tag] = []
        while part and (_is_space(part[0]) or _is_picture(part[0])):
            first = part.pop(0)
            if isinstance(first, Tag) and first.name != "br":
                before.append(self.new("figure", (first,)))
        while part and (_is_space(part[-1]) or _is_picture(part[-1])):
            last = part.pop()
            if isinstance(last, Tag) and last.name != "br":
                after.insert(0, self.new("figure", (last,)))
        if not part:
            return [*before, *after]
        words = part[0]
        address = text_of(words) if len(part) == 1 else ""
        if address.startswith("http") and " " not in address and is_known(address):
            plain = not isinstance(words, Tag) or value_of(words, "href") in ("", address)
            if plain and (embed := embed_of(address)):
                link = self.new("a", (NavigableString(embed.words),), href=embed.address)
                part = [link]
        return [*before, self.new("p", part), *after]


def _is_caption_of(tag: Tag, figure: Tag) -> bool:
    if tag.name in ("figcaption", "dd"):
        return tag.find_parent(["figure", "dl"]) is figure
    return "wp-caption-text" in classes_of(tag)


def _attributes(mark: Mark) -> dict[str, str]:
    if not mark.value:
        return {}
    return {"href" if mark.name == "a" else "title": mark.value}


def without_emphasis(tag: Tag) -> list[PageElement]:
    """Return what is in a tag, on one line and without bold words, as a heading has it."""
    for bold in tag.find_all("strong"):
        bold.unwrap()
    for line in tag.find_all("br"):
        line.replace_with(" ")
    for marked in tag.find_all(["em", "del", "code"]):
        while isinstance(after := marked.next_sibling, Tag) and after.name == marked.name:
            marked.extend(list(after.contents))
            after.decompose()
    return list(tag.contents)


def _is_space(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name == "br"
    return not str(element).strip()


def _is_picture(element: PageElement) -> bool:
    if not isinstance(element, Tag):
        return False
    inner = element.contents[0] if element.name == "a" and len(element.contents) == 1 else element
    return isinstance(inner, Tag) and inner.name == "img"


def _parts(line: list[PageElement]) -> Iterator[list[PageElement]]:
    """The line, divided where it has two or more <br> in a row."""
    part: list[PageElement] = []
    breaks = 0
    for element in line:
        if isinstance(element, Tag) and element.name == "br":
            breaks += 1
            if breaks == 2:
                if part:
                    yield part
                part = []
            elif breaks == 1:
                part.append(element)
            continue
        if not _is_space(element):
            breaks = 0
        elif breaks:
            continue
        part.append(element)
    if part:
        yield part


_HANDLERS: Mapping[str, Callable[[Flow, Tag], None]] = {
    "a": Flow.link,
    "img": Flow.picture,
    "q": Flow.quote,
    "hr": Flow.rule,
    "ul": Flow.read_list,
    "ol": Flow.read_list,
    "dl": Flow.meanings,
    "pre": Flow.code,
    "listing": Flow.code,
    "xmp": Flow.code,
    "blockquote": Flow.quotation,
    "figure": Flow.figure,
    "table": lambda flow, tag: flow.table(tag),
    "iframe": Flow.frame,
    "object": Flow.frame,
    "embed": Flow.frame,
    "applet": Flow.frame,
    "audio": Flow.player,
    "video": Flow.player,
    "form": Flow.form,
    "wardblog-note": Flow.note,
    ELEMENT: Flow.leftover,
}
