"""Recognises the kind of a file by its first bytes and by its name."""

from __future__ import annotations

from types import MappingProxyType

# Pixels above which a picture is needlessly large, and above which it is not opened.
LARGE, LARGEST = 40_000_000, 100_000_000
# Kinds that are published as they are, each with its usual ending first.
PUBLISHED = MappingProxyType(
    {
        "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
        "PNG": (".png", ".apng"),
        "GIF": (".gif",),
        "WebP": (".webp",),
    }
)
# Kinds that are converted before they are published, since old browsers cannot show them.
CONVERTED = MappingProxyType({"HEIC": "JPEG", "AVIF": "JPEG"})
READABLE = frozenset((*PUBLISHED, *CONVERTED))
WEB_PAGE, RAW = "web page", "raw"
# Kinds that only some programs or browsers can show.
_OTHERS = MappingProxyType(
    {
        "HEIC": (".heic", ".heif"),
        "AVIF": (".avif",),
        "TIFF": (".tif", ".tiff"),
        "BMP": (".bmp", ".dib"),
        "JPEG 2000": (".jp2", ".j2k"),
        "JPEG XL": (".jxl",),
        "Photoshop": (".psd",),
        RAW: (".arw", ".cr2", ".cr3", ".crw", ".dng", ".nef", ".orf", ".pef", ".raf", ".rw2"),
    }
)
_ENDINGS = MappingProxyType(
    {end: kind for table in (PUBLISHED, _OTHERS) for kind, ends in table.items() for end in ends}
)  # fmt: skip
# How files begin: https://en.wikipedia.org/wiki/List_of_file_signatures; raw files of cameras that
# are TIFF by their beginning are recognised by their names.
_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"8BPS", "Photoshop"),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIRO", RAW),
    (b"IIU\0", RAW),
)
# Brands of the ISO base media file format (ISO/IEC 14496-12; https://mp4ra.org/).
_BRANDS = MappingProxyType(
    {b"avif": "AVIF", b"avis": "AVIF", b"crx ": RAW}
    | dict.fromkeys((b"heic", b"heix", b"heim", b"heis"), "HEIC")
    | dict.fromkeys((b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC")
)  # fmt: skip
# As many bytes as are asked for at most.
START = 512


def kind_of(start: bytes) -> str:
    """Return the kind of picture by its first bytes; "" for anything else, including SVG."""
    for signature, kind in _STARTS:
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WebP"
    if start[4:8] == b"ftyp":
        is_av1 = start[8:12] in (b"mif1", b"msf1") and b"avif" in start[16 : start[3]]
        return "AVIF" if is_av1 else _BRANDS.get(start[8:12], "")
    if start[:2] == b"BM" and start[6:10] == b"\0\0\0\0":
        return "BMP"
    words = start[:START].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return WEB_PAGE if words.startswith((b"<!doctype html", b"<html", b"<head")) else ""


def named_kind(file: str) -> str:
    """Return the kind of picture by a file's name; "" for anything else, including SVG."""
    return _ENDINGS.get("." + file.rpartition(".")[2].lower(), "")


def published_path(file: str) -> str:
    """Return the path a picture is published at: `a.heic` as `a.heic.jpg`, others unchanged."""
    return f"{file}.jpg" if named_kind(file) in CONVERTED else file


def original_of(path: str) -> str:
    """Return the content file that is published at a path."""
    file = path.removesuffix(".jpg")
    return file if file != path and named_kind(file) in CONVERTED else path


def has_matching_name(file: str, kind: str) -> bool:
    """Whether a picture's published name matches the kind it is published as."""
    return named_kind(published_path(file)) == CONVERTED.get(kind, kind)


def usual_ending(kind: str) -> str:
    """Return the usual file-name ending of a kind."""
    return (PUBLISHED.get(kind) or _OTHERS[kind])[0]


def is_picture(file: str) -> bool:
    """Whether a file is named as a picture (not SVG)."""
    return bool(named_kind(file))
