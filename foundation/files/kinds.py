"""What an upload truly is, told by its first bytes and never by its name (S50)."""

from enum import StrEnum

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 40_000_000
MAX_PAGES = 60

# ISO-BMFF brands of a still HEIC photo; avif is another codec, which is not read.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class FileRefused(Exception):
    """The file is refused by name; the argument is the key of the message (decoding.MESSAGES)."""


class FileKind(StrEnum):
    """The five that are taken; the value is the name under which Pillow knows an image."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"
    PDF = "PDF"


def kind_of(content: bytes) -> FileKind:
    """The kind by content; raises Refused."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return FileKind.HEIF
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    raise FileRefused("empty" if not content else "other_kind")
