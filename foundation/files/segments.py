"""Removes camera metadata from photos inside a PDF without decoding them (S50).

A PDF carries a JPEG as it came, and re-encoding would blur the paper. So only the metadata segments
and boxes are dropped. Standard library only.
"""

import struct

APPS = range(0xE1, 0xF0)
ADOBE, COMMENT, SCAN, END = 0xEE, 0xFE, 0xDA, 0xD9
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
TELLING_BOXES = (b"xml ", b"uuid", b"uinf", b"jp2i")


class Broken(Exception):
    """The photo does not follow its format."""


def plain_jpeg(content: bytes) -> bytes:
    """The JPEG without EXIF, XMP, comments, thumbnails and bytes after its end."""
    if not content.startswith(b"\xff\xd8"):
        raise Broken("no JPEG")
    kept, at = [b"\xff\xd8"], 2
    while at < len(content):
        start, marker = _marker(content, at)
        if marker == END:
            return b"".join([*kept, b"\xff\xd9"])
        end = start + 2 if marker in ALONE else _end(content, start)
        if marker == SCAN:
            end = _after_scan(content, end)
        if not _tells(marker, content[start:end]):
            kept.append(_without_thumbnail(marker, content[start:end]))
        at = end
    return b"".join([*kept, b"\xff\xd9"])


def plain_jpeg2000(content: bytes) -> bytes:
    """The JPEG 2000 without boxes that name camera or place; a bare codestream has none."""
    if content.startswith(b"\xff\x4f"):
        return content
    kept, at = [], 0
    while at + 8 <= len(content):
        size, name = struct.unpack(">I4s", content[at : at + 8])
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16])
        end = at + size if size else len(content)
        if end < at + 8 or end > len(content):
            raise Broken("no JPEG 2000")
        if name not in TELLING_BOXES:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The position and code of the next marker, after any fill bytes."""
    if content[at] != 0xFF:
        raise Broken("no marker")
    while at + 1 < len(content) and content[at + 1] == 0xFF:
        at += 1
    if at + 1 >= len(content):
        raise Broken("cut")
    return at, content[at + 1]


def _end(content: bytes, start: int) -> int:
    length = int.from_bytes(content[start + 2 : start + 4])
    end = start + 2 + length
    if length < 2 or end > len(content):
        raise Broken("cut")
    return end


def _after_scan(content: bytes, at: int) -> int:
    """The end of the compressed pixels: the next marker that is neither stuffing nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] and content[at + 1] not in range(0xD0, 0xD8) and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _tells(marker: int, segment: bytes) -> bool:
    if marker == ADOBE:  # how the colours are meant, which a viewer needs
        return not segment[4:].startswith(b"Adobe")
    return marker == COMMENT or marker in APPS


def _without_thumbnail(marker: int, segment: bytes) -> bytes:
    """A JFIF segment of 16 bytes; a longer one holds a thumbnail, and JFXX is only a thumbnail."""
    if marker == 0xE0:
        is_jfif = segment[4:9] == b"JFIF\0" and len(segment) >= 18
        return segment[:2] + b"\0\x10" + segment[4:16] + b"\0\0" if is_jfif else b""
    if marker == ADOBE:
        return segment[:2] + b"\0\x0e" + segment[4:16]
    return segment
