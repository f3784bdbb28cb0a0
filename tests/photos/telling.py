"""Pictures whose files say all that a file can say, each with a word that must not come out."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, PngImagePlugin, TiffImagePlugin

WORD = "Canary Lane"
KINDS = ("JPEG", "MPO", "PNG", "WebP", "GIF", "TIFF", "BMP", "HEIC", "AVIF")
XMP = (
    f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:li>{WORD} xmp</rdf:li>"
    f"<exif:GPSLatitude>51,27N</exif:GPSLatitude></x:xmpmeta>"
).encode()
# What a finished file may consist of; everything else says something.
_JPEG_SEGMENTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def drawn(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture with a different colour in each corner."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    image.paste("red", (0, 0, *half))
    image.paste("blue", (half[0], 0, size[0], half[1]))
    image.paste("lime", (0, half[1], half[0], size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    """EXIF with a place, a camera, an owner, notes of the maker, a time and a small copy."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010E], found[0x013B] = f"{WORD} description", f"{WORD} artist"
    found[0x010F], found[0x0110], found[0x0132] = "Maker", "Model 9", "2026:11:20 09:00:00"
    details = found.get_ifd(0x8769)
    details[0x927C] = f"{WORD} maker note".encode()
    details[0x9286] = b"ASCII\0\0\0" + f"{WORD} comment".encode()
    details[0xA430], details[0xA431] = f"{WORD} owner", f"{WORD} serial"
    details[0x9003] = "2026:11:20 09:00:00"
    found.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 59.0), 3: "W", 4: (0.0, 9.0, 0.0)})
    return _with_small_copy(found.tobytes())


def _with_small_copy(block: bytes) -> bytes:
    """EXIF with a further directory, of a small copy that has a comment of its own."""
    small = saved(Image.new("RGB", (8, 8)), "JPEG", comment=f"{WORD} small copy".encode())
    body = bytearray(block[6:])
    order = "<" if body[:2] == b"II" else ">"
    at = struct.unpack_from(f"{order}I", body, 4)[0]
    count = struct.unpack_from(f"{order}H", body, at)[0]
    struct.pack_into(f"{order}I", body, at + 2 + 12 * count, len(body))
    start = len(body) + 2 + 3 * 12 + 4
    body += struct.pack(f"{order}H", 3)
    for tag, value in ((0x0103, 6), (0x0201, start), (0x0202, len(small))):
        kind, padded = (3, value << (0 if order == "<" else 16)) if tag == 0x0103 else (4, value)
        body += struct.pack(f"{order}HHII", tag, kind, 1, padded)
    return block[:6] + bytes(body) + bytes(4) + small


def segment(number: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, number, len(content) + 2) + content


def chunk(name: bytes, data: bytes) -> bytes:
    whole = name + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def telling(kind: str, image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """The bytes of a picture of this kind that says where, when, who and with what."""
    image = drawn() if image is None else image
    return _MAKERS[kind](image, exif(orientation))


def _jpeg(image: Image.Image, block: bytes) -> bytes:
    data = saved(
        image,
        "JPEG",
        exif=block,
        xmp=XMP,
        quality=95,
        comment=f"{WORD} remark".encode(),
        dpi=(72, 72),
    )
    words = f"{WORD} caption".encode()
    caption = b"\x1c\x02\x78" + struct.pack(">H", len(words)) + words
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(caption)) + caption
    small = b"JFXX\0\x10" + saved(Image.new("RGB", (4, 4)), "JPEG", comment=WORD.encode())
    more = (
        segment(0xED, iptc + b"\0" * (len(iptc) % 2)),
        segment(0xE0, small),
        segment(0xE7, f"{WORD} of a program".encode()),
        segment(0xFE, WORD.encode()),
    )
    # Behind the end: a film, as telephones add one.
    return data[:2] + b"".join(more) + data[2:] + b"\0\0\0\x18ftypmp42" + f"{WORD} film".encode()


def _mpo(image: Image.Image, block: bytes) -> bytes:
    second = Image.new("RGB", image.size, "teal")
    data = saved(image, "MPO", save_all=True, append_images=[second], exif=block, quality=95)
    return data + f"{WORD} behind".encode()


def _png(image: Image.Image, block: bytes) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", f"{WORD} author")
    words.add_text("Comment", f"{WORD} packed", zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    data = saved(image, "PNG", pnginfo=words, exif=block, dpi=(72, 72))
    more = chunk(b"tIME", b"\x07\xea\x0b\x14\x09\0\0") + chunk(b"caNa", WORD.encode())
    return data[:-12] + more + data[-12:] + f"{WORD} behind".encode()


def _webp(image: Image.Image, block: bytes) -> bytes:
    data = saved(image, "WEBP", exif=block, xmp=XMP, quality=95)
    body = data[8:] + b"CANA" + struct.pack("<I", 12) + f"{WORD} ".encode()
    return b"RIFF" + struct.pack("<I", len(body)) + body + f"{WORD} behind".encode()


def _gif(image: Image.Image, _block: bytes) -> bytes:
    data = saved(image, "GIF", comment=f"{WORD} remark".encode())
    words = f"{WORD} program".encode()
    own = b"!\xff\x0bXMP DataXMP" + bytes((len(words),)) + words + b"\0"
    return data[:-1] + own + b";" + f"{WORD} behind".encode()


def _tiff(image: Image.Image, block: bytes) -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[0x010E], tags[0x013B] = f"{WORD} description", f"{WORD} artist"
    tags[0x010F], tags[0x0132] = "Maker", "2026:11:20 09:00:00"
    tags[0x02BC], tags.tagtype[0x02BC] = XMP, 1
    second = Image.new("RGB", (8, 8), "teal")
    data = saved(image, "TIFF", tiffinfo=tags, save_all=True, append_images=[second])
    return data + f"{WORD} behind".encode() + block


def _bmp(image: Image.Image, block: bytes) -> bytes:
    return saved(image, "BMP") + f"{WORD} behind".encode() + block


def _heic(image: Image.Image, block: bytes) -> bytes:
    from pillow_heif import HeifFile, from_pillow

    file, out = HeifFile(), BytesIO()  # type: ignore[no-untyped-call]
    file.add_from_pillow(from_pillow(image).to_pillow())
    file.add_from_pillow(Image.new("RGB", (64, 64), "teal"))
    file.save(out, exif=block, xmp=XMP, quality=95, primary_index=0)
    return out.getvalue()


def _avif(image: Image.Image, block: bytes) -> bytes:
    return saved(image, "AVIF", exif=block, xmp=XMP, quality=95)


_MAKERS = {
    "JPEG": _jpeg, "MPO": _mpo, "PNG": _png, "WebP": _webp, "GIF": _gif, "TIFF": _tiff, "BMP": _bmp,
    "HEIC": _heic, "AVIF": _avif,
}  # fmt: skip


def parts(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a finished JPEG, PNG or WebP: their names, and what they hold."""
    if data[:2] == b"\xff\xd8":
        return list(_jpeg_parts(data))
    if data[:4] == b"\x89PNG":
        return list(_chunks(data, 8, ">"))
    assert data[8:12] == b"WEBP"
    return list(_chunks(data, 12, "<"))


def _jpeg_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        assert data[at] == 0xFF
        length = struct.unpack_from(">H", data, at + 2)[0]
        yield f"{data[at + 1]:02X}", data[at + 4 : at + 2 + length]
        at += 2 + length
        if data[at - length - 1] == 0xDA:
            while not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1
    yield "behind", data[at + 2 :]


def _chunks(data: bytes, at: int, order: str) -> Iterator[tuple[str, bytes]]:
    while at < len(data):
        if order == ">":
            length, name = struct.unpack_from(">I4s", data, at)
        else:
            name, length = struct.unpack_from("<4sI", data, at)
        yield name.decode("latin-1"), data[at + 8 : at + 8 + length]
        at += 8 + length + (4 if order == ">" else length % 2)


def says_nothing(data: bytes) -> bool:
    """Whether a finished file consists only of parts that draw, and none of them has the word."""
    allowed = (
        {f"{n:02X}" for n in _JPEG_SEGMENTS}
        | {one.decode() for one in _PNG_CHUNKS | _WEBP_CHUNKS}
        | {"behind"}
    )
    found = parts(data)
    is_short = all(len(content) <= 14 for name, content in found if name in ("E0", "EE"))
    is_over = all(not content for name, content in found if name == "behind")
    knows = WORD.encode() in data or WORD.encode("utf-16-le") in data
    return {name for name, _ in found} <= allowed and is_short and is_over and not knows
