"""What is pasted, as Markdown, with what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from wardblog.preview.editor.paste.elements import HANDLERS
from wardblog.preview.editor.paste.lists import finished
from wardblog.preview.editor.paste.look import PastedLook
from wardblog.preview.editor.paste.plain import plain_blocks
from wardblog.preview.editor.paste.reader import LeftOutOfPaste, PastedHtml, PasteReader
from wardblog.scaffold.old_blog.conversion.clean_html import markdown_of_clean_html
from wardblog.scaffold.old_blog.conversion.literal import without_private
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

_SOURCE = late_regex(r"^SourceURL:\s*(https?://\S+)", 8)
_IS_MARKDOWN = late_regex(r"(?m)^#{1,6} |^```|^\| ?-|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\s]+\)")
# What mail programs call the parts of an e-mail.
_IS_MAIL = late_regex(
    r"gmail_(?:quote|attr|signature)|moz-(?:cite-prefix|signature)|divRplyFwdMsg|appendonsend"
    r"|yahoo_quoted|protonmail_|type=[\"']?cite\b"
)
_HEADING = late_regex(r"h[1-6]")
_OF_CODE = late_regex(r"white-space:\s*pre\b", 2)


@dataclass(frozen=True, slots=True)
class PastedText:
    """Markdown, and sentences that say what was left out.

    `is_mail` is whether a mail program says that it is an e-mail; others may be one as well.
    """

    markdown: str
    notes: tuple[str, ...]
    is_mail: bool = False


def markdown_of(html: str, plain: str) -> PastedText:
    """Return what is on the clipboard as Markdown.

    `html` is "" if there is only the plain text.
    """
    html, plain = (_readable(text) for text in (html, plain))
    source = _source(html)
    if not html or _is_code(source.soup):
        return PastedText(_from_plain(source, plain), ())
    body = source.soup.body
    blocks = PasteReader(source).read(body) if body is not None else []
    text = _written(source, finished(source, blocks))
    return PastedText(text, tuple(_notes(source.left_out)), _IS_MAIL.search(html) is not None)


def _readable(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # half a character cannot be encoded
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return without_private(text)


def _source(html: str) -> PastedHtml:
    before, mark, rest = html.partition("<")
    found = _SOURCE.search(before) if before.startswith("Version:") else None
    soup = BeautifulSoup(f"<body>{mark + rest if found else html}", "lxml")
    address = found[1] if found else ""
    return PastedHtml(
        soup=soup,
        look=PastedLook(soup),
        address=address,
        is_sheet=_is_sheet(soup),
        handlers=HANDLERS,
    )


def _is_sheet(soup: BeautifulSoup) -> bool:
    """Whether it comes from Google Sheets, Excel or Calc."""
    if soup.find("google-sheets-html-origin") or soup.find(attrs={"data-sheets-root": True}):
        return True
    said = {str(one.get("content")).lower() for one in soup.find_all("meta", attrs={"name": True})}
    is_calc = any("libreoffice" in one for one in said) and soup.find("td", attrs={"sdval": True})
    return "excel.sheet" in said or bool(is_calc)


def _is_code(soup: BeautifulSoup) -> bool:
    """Whether it comes from an editor of texts with colours, in which each character counts."""
    children = soup.body.find_all(True, recursive=False) if soup.body else []
    outer = [one for one in children if one.name not in ("meta", "style", "br")]
    style = str(outer[0].get("style") or "") if len(outer) == 1 else ""
    return outer != [] and "monospace" in style and bool(_OF_CODE.search(style))


def _from_plain(source: PastedHtml, plain: str) -> str:
    if _IS_MARKDOWN.search(plain):
        return plain.strip("\n") + "\n"
    return _written(source, plain_blocks(source, plain))


def _written(source: PastedHtml, blocks: list[Tag]) -> str:
    _lower_below_title(blocks)
    body = source.new("body", blocks)
    return markdown_of_clean_html(body.decode())


def _lower_below_title(blocks: list[Tag]) -> None:
    """Word's style "Title" is above its headings, which begin with level 1."""
    if any("title" in block.attrs for block in blocks):
        for block in blocks:
            if _HEADING.fullmatch(block.name) and "title" not in block.attrs:
                block.name = f"h{min(int(block.name[1]) + 1, 6)}"


def _notes(left: LeftOutOfPaste) -> Iterator[str]:
    if left.pictures:
        were = counted(left.pictures, "picture was", "pictures were")
        them = "it" if left.pictures == 1 else "them"
        yield f"{were} left out: add {them} with the button Picture."
    if left.frames:
        yield f"{counted(left.frames, 'video or map was', 'videos or maps were')} left out."
    if left.comments:
        yield f"{counted(left.comments, 'comment was', 'comments were')} left out."
    if left.deletions:
        were = counted(left.deletions, "deletion was", "deletions were")
        yield f"{were} carried out, as the document has it."
