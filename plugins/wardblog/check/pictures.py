"""Check that browsers can show pictures, and that pictures have a description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from wardblog.content.files import SETTINGS_FILE, nearest_file
from wardblog.content.markdown.html_links import content_path, split_mark
from wardblog.content.picture_versions import IMAGE, attributes_of
from wardblog.content.pictures import IMAGES
from wardblog.model import Fault, Picture, Post, Site
from wardblog.model.addresses import cached_for_site
from wardblog.photos import LARGE, READABLE, has_matching_name, versions_of
from wardblog.photos.kinds import is_picture, usual_ending
from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Words that only say that there is a picture, or that cameras and phones use in file names.
_MEANINGLESS = frozenset(
    ("alt", "alternative", "caption", "description", "graphic", "image", "images", "img", "photo",
     "photograph", "photos", "pic", "pics", "pict", "picture", "pictures", "placeholder", "scan",
     "screen", "screenshot", "shot", "snapshot", "text", "unnamed", "untitled",
     "cimg", "dcim", "dji", "dsc", "dscf", "dscn", "fb", "gopr", "imag", "imgp", "mvimg", "pano",
     "pxl", "received", "sam", "wa", "whatsapp")
)  # fmt: skip
_FILLERS = frozenset(
    ("a", "an", "am", "at", "copy", "edited", "final", "here", "is", "jpeg", "jpg", "my", "new",
     "no", "of", "our", "pm", "png", "the", "this", "webp")
)  # fmt: skip
_CODE = late_regex(r"p\d{7}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}")
_VERSION = late_regex(r"(.+?\.\w+)\.(?:\d+\.\w+|webp|jpg)")
_ENDING = late_regex(r"\.[A-Za-z]\w{1,3}$")
_TOKEN = late_regex(r"[^\W\d_]+")
NO_WORDS = 'the picture "{name}" has no description for people who cannot see it'
SAY_WHAT = 'Say what it shows, as you would on the telephone: "A yellow grit bin in the snow".'


def no_alternative(post: Post) -> Iterator[Problem]:
    """Pictures without a description for people who cannot see them (WCAG 2.2, 1.1.1)."""
    for name, words, line in _shown(post):
        if not words:
            yield Problem(
                file=post.file,
                line=line,
                message=NO_WORDS.format(name=name),
                hint="Write a description between the brackets: "
                f'"![A yellow grit bin](.../{name})".',
            )


def useless_alternative(post: Post) -> Iterator[Problem]:
    """Descriptions that are file names, or only say that there is a picture."""
    shown = [*_shown(post)]
    if post.image_alt not in (words for _, words, _ in shown):
        shown.append((_name(post.image), post.image_alt, post.line_of("Image")))
    for name, words, line in shown:
        if words and (found := useless_words(name, words)):
            yield Problem(file=post.file, line=line, message=found[0], hint=found[1])


def _shown(post: Post) -> Iterator[tuple[str, str, int | None]]:
    """The name, description and line of each picture."""
    if "<img" not in post.html.lower():
        return
    lines = (link.line for link in post.links if link.embeds == "img")
    for tag in IMAGE.finditer(post.html):
        found = attributes_of(tag[1])
        line = next(lines, None) if "src" in found else None
        words = " ".join(found.get("alt", "").split())
        yield found.get("src", "").rsplit("/", 1)[-1], words, line


def useless_words(name: str, words: str) -> tuple[str, str] | None:
    """Why a description does not describe the picture of this name, and what to do; else None."""
    if not _says_nothing(words, name):
        return None
    return (
        f'the description of the picture "{name}" is "{words}", which does not say what it shows',
        SAY_WHAT,
    )


def _says_nothing(words: str, name: str) -> bool:
    said, file = words.casefold(), PurePosixPath(unquote(name).casefold())
    if is_picture(said) or said.endswith(".svg") or _CODE.fullmatch(said):
        return True
    looks_like_a_name = "_" in said or said.count("-") > 1
    if looks_like_a_name and said in (file.stem, file.name):
        return True
    tokens = _TOKEN.findall(said)
    if not tokens or (len(tokens) == 1 and len(tokens[0]) == 1 and tokens[0].isascii()):
        return True
    return set(tokens) <= _MEANINGLESS | _FILLERS and not _MEANINGLESS.isdisjoint(tokens)


def missing_image(site: Site) -> Iterator[Problem]:
    """The pictures that posts name in their headers, and the photographs of the councillors."""
    for post in site.having("image"):
        if found := _misses(site, post.image):
            line = post.line_of("Image")
            yield Problem(file=post.file, line=line, message=found[0], hint=found[1])
    for number, councillor in enumerate(site.councillors):
        photo = councillor.photo
        if found := _misses(site, photo) or _is_no_photograph(photo, site.pictures.get(photo)):
            key = f"councillor.{number}.photo" if number else "councillor.photo"
            line = site.lines.get(key)
            yield Problem(file=SETTINGS_FILE, line=line, message=found[0], hint=found[1])


def _misses(site: Site, file: str) -> tuple[str, str] | None:
    """Why there is no such picture, and what to do."""
    if not file or (file in site.files and file.startswith(IMAGES)):
        return None
    if file in site.files:
        return (
            f'the image "{file}" is not in the folder of images',
            "Move it to {content}/images, so that it is published.",
        )
    best = nearest_file(file.lstrip("/"), site.files)
    hint = f'Did you mean "{best}"?' if best else "Put it into {content}/images, or check its name."
    return f'there is no image "{file}"', hint


def _is_no_photograph(file: str, picture: Picture | None) -> tuple[str, str] | None:
    """Why no portrait can be made from a file; damaged pictures have rules of their own."""
    if file and picture is None:
        reason = f'"{file}" is not a photograph'
    elif picture is not None and picture.frames > 1:
        reason = f'the picture "{file}" moves, so it cannot be a portrait'
    else:
        return None
    # late import: see docs/architecture.md
    from wardblog.photos.fault_words import AS_JPEG

    return reason, AS_JPEG


def broken_picture(site: Site) -> Iterator[Problem]:
    yield from _broken(site, is_huge=False)


def huge_picture(site: Site) -> Iterator[Problem]:
    """Pictures that need more memory than a computer has, by accident or on purpose."""
    yield from _broken(site, is_huge=True)


def _broken(site: Site, is_huge: bool) -> Iterator[Problem]:
    for one in _problem_pictures(site):
        # late import: see docs/architecture.md
        from wardblog.photos.fault_words import broken_words

        found = broken_words(one.name, one.picture)
        if found and (one.picture.fault is Fault.HUGE) == is_huge:
            yield one.problem(*found)


def large_picture(site: Site) -> Iterator[Problem]:
    for one in _problem_pictures(site):
        if not one.picture.fault and one.picture.width * one.picture.height >= LARGE:
            size = f"{one.picture.megapixels:,.0f} megapixels"
            yield one.problem(
                f'the picture "{one.name}" of {size} is needlessly large',
                "Residents see at most 1600 pixels on the longer side. Save it smaller, and "
                "it uses less space on your disk.",
            )


def misnamed_picture(site: Site) -> Iterator[Problem]:
    """Pictures with the wrong file ending, by which servers and browsers choose the type."""
    for one in _problem_pictures(site):
        kind = one.picture.kind
        if kind in READABLE and not one.picture.fault and not has_matching_name(one.name, kind):
            stem = _ENDING.sub("", one.name)
            yield one.problem(
                f'"{one.name}" is a {kind} picture, despite its name',
                f'Rename it to "{stem}{usual_ending(kind)}", '
                "and change the name in the posts that show it.",
            )


def unsupported_picture(site: Site) -> Iterator[Problem]:
    for one in _problem_pictures(site):
        # late import: see docs/architecture.md
        from wardblog.photos.fault_words import unsupported_words

        if found := unsupported_words(one.name, one.picture.kind):
            yield one.problem(*found)


def taken_name(site: Site) -> Iterator[Problem]:
    """Pictures with the name that a smaller version of another picture will get."""
    for file in site.pictures:
        like = _VERSION.fullmatch(file)
        own = site.pictures.get(like[1]) if like else None
        if like is None or own is None or own.fault or own.kind not in READABLE:
            continue
        if file in (version.path for version in versions_of(like[1], own)):
            yield Problem(
                file=file,
                line=None,
                message=(
                    f'the site needs this name for a smaller copy of "{_name(like[1])}" that it '
                    f"makes itself"
                ),
                hint="Give this file another name, and change the name in the posts that show it.",
            )


@dataclass(frozen=True, slots=True)
class _ShownPicture:
    """A picture, and the post that shows it if it is outside the folder of images."""

    file: str
    picture: Picture
    post: Post | None
    site: Site

    @property
    def name(self) -> str:
        return _name(self.file)

    def problem(self, message: str, hint: str) -> Problem:
        if self.post is None:
            return Problem(file=self.file, line=None, message=message, hint=hint)
        return Problem(file=self.post.file, line=self._line(self.post), message=message, hint=hint)

    def _line(self, post: Post) -> int | None:
        for link in post.links:
            found = content_path(link.target, post.file, self.site.files)
            if found and found[1] == self.file:
                return link.line
        return None


@cached_for_site
def _problem_pictures(site: Site) -> tuple[_ShownPicture, ...]:
    """Pictures that are damaged, misnamed, unsupported or very large."""
    files = {file: one for file, one in site.pictures.items() if not _is_fine(file, one)}
    if not files:
        return ()
    found = [_ShownPicture(f, one, None, site) for f, one in files.items() if f.startswith(IMAGES)]
    for post in (*site.posts, *site.pages):
        linked = (*post.pictures, *(split_mark(mark)[1] for mark in post.marks))
        beside = dict.fromkeys(f for f in linked if f in files and not f.startswith(IMAGES))
        found += [_ShownPicture(file, files[file], post, site) for file in beside]
    return tuple(found)


def _is_fine(file: str, picture: Picture) -> bool:
    is_called_so = picture.kind in READABLE and has_matching_name(file, picture.kind)
    return is_called_so and not picture.fault and picture.width * picture.height < LARGE


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1]
