"""The kind of an upload, told by its first bytes and never by its name (S50)."""

from enum import StrEnum

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 40_000_000
MAX_PAGES = 60

# ISO-BMFF brands of a still HEIC photo. AVIF uses another codec and is refused.
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class FileRefused(Exception):
    """The file is refused. The argument is the key of the message (decoding.MESSAGES)."""


class FileKind(StrEnum):
    """The five kinds that are accepted; the value of an image kind is Pillow's name for it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIF = "HEIF"
    PDF = "PDF"


def kind_of(content: bytes) -> FileKind:
    """The kind by content; raises FileRefused."""
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
