"""Removes from the parts of a PDF whatever acts, hides data or identifies somebody (S50).

Runs in the limited child process only (decoder.py).
"""

import base64
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from foundation.files.kinds import MEGABYTE, FileRefused
from foundation.files.segments import plain_jpeg, plain_jpeg2000

# Actions (ISO 32000-1, 12.6.4) and files by their kind: nothing of such a part is kept.
ACTIONS = frozenset(
    f"/{name}"
    for name in (
        *("GoTo", "GoToR", "GoToE", "GoTo3DView", "Launch", "Thread", "URI", "Sound", "Movie"),
        *("Hide", "Named", "SubmitForm", "ResetForm", "ImportData", "JavaScript", "SetOCGState"),
        *("Rendition", "RichMediaExecute"),
    )
)
FILES = frozenset({"/Filespec", "/F", "/EmbeddedFile", "/Metadata"})
# Keys of actions, files, outside references, private data, thumbnails and properties.
UNWANTED = (
    *("/AA", "/AF", "/Alternates", "/EF", "/JS", "/LastModified", "/Metadata", "/OPI"),
    *("/PieceInfo", "/Ref", "/Thumb"),
)
# A stream whose data lie in another file.
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
# Dictionaries whose keys are names that the page itself chose, and that may look like those above.
CHOSEN = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties")
PICTURES = {Name.DCTDecode: plain_jpeg, Name.JPXDecode: plain_jpeg2000}
MAX_UNPACKED = 32 * MEGABYTE


def scrub(made: pikepdf.Pdf) -> None:
    """Clean every part of the document."""
    parts = list(_parts(made))
    chosen = {objgen for part, _ in parts for objgen in _chosen_by(part)}
    for part, key in parts:
        if key not in CHOSEN and not (part.is_indirect and part.objgen in chosen):
            _scrub_part(part)


def _parts(made: pikepdf.Pdf) -> Iterator[tuple[Any, str]]:
    """Every dictionary and stream, with its key if it stands inside another."""
    waiting: list[tuple[Any, str]] = [(thing, "") for thing in made.objects]
    while waiting:
        thing, key = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            inner = [(value, "") for value in thing]
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing, key
            inner = [(value, name) for name, value in thing.items()]
        else:
            continue
        waiting += [(value, name) for value, name in inner if _stands_inside(value)]


def _stands_inside(value: Any) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _chosen_by(part: Any) -> Iterator[tuple[int, int]]:
    """Dictionaries with freely chosen keys that a resources dictionary refers to."""
    for key in CHOSEN:
        value = part.get(key)
        if isinstance(value, pikepdf.Dictionary) and value.is_indirect:
            yield value.objgen


def _scrub_part(part: Any) -> None:
    is_stream = isinstance(part, pikepdf.Stream)
    if str(part.get("/S", "")) in ACTIONS or str(part.get("/Type", "")) in FILES:
        _empty(part)
    for key in UNWANTED + (OUTSIDE if is_stream else ()):
        if key in part:
            del part[key]
    if is_stream:
        _scrub_stream(part)


def _empty(part: Any) -> None:
    if isinstance(part, pikepdf.Stream):
        part.write(b"")
    for key in set(part.keys()) - {"/Length"}:
        del part[key]


def _scrub_stream(stream: Any) -> None:
    """Cleans photos inside a PDF, which carry metadata, and empties PostScript programs."""
    if Name.PS in (stream.get("/Subtype"), stream.get("/Subtype2")):
        stream.write(b"")
    names, parameters = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    if not names or names[-1] not in PICTURES:
        return
    content = stream.read_raw_bytes()
    for at, name in enumerate(names[:-1]):
        if at < len(parameters) and isinstance(parameters[at], pikepdf.Dictionary):
            raise FileRefused("too_many_parts")  # a photo packed in a way that no program writes
        content = _unpacked(content, name)
    own = parameters[len(names) - 1] if len(parameters) == len(names) else None
    own = own if isinstance(own, pikepdf.Dictionary) else None
    stream.write(PICTURES[names[-1]](content), filter=names[-1], decode_parms=own)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _unpacked(content: bytes, name: Any) -> bytes:
    """A photo whose bytes some program packed a second time."""
    if name == Name.FlateDecode:
        packed = zlib.decompressobj()
        plain = packed.decompress(content, MAX_UNPACKED)
        if packed.unconsumed_tail:
            raise FileRefused("too_many_parts")
        return plain
    if name == Name.ASCII85Decode:
        return base64.a85decode(content.strip().removesuffix(b"~>"))
    if name == Name.ASCIIHexDecode:
        return bytes.fromhex(content.strip().removesuffix(b">").decode())
    raise FileRefused("too_many_parts")
