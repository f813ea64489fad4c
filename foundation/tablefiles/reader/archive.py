"""A zip archive, checked for number, names and true sizes of its parts before any is read."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from foundation.tablefiles.reader.limits import MEGABYTE, Limits, TableRefused

CHUNK = 256 * 1024
RATIO_COUNTS_FROM = 4 * MEGABYTE  # a small file of blanks packs better than any bomb
_OVERLAP = 64
_DEFINITIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


class Archive:
    """A zip file whose parts are found whatever slashes and letter case its writer used."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.zip = zipfile.ZipFile(path)
        members = self.zip.infolist()
        if len(members) > limits.members:
            raise TableRefused("too_many_parts")
        self.members = {_plain(member.filename): member for member in members}
        if len(self.members) < len(members):
            raise TableRefused(
                "damaged"
            )  # two parts of one name: readers differ in which they take
        if any(_leaves(name) for name in self.members):
            raise TableRefused("paths")
        if any(member.flag_bits & 1 for member in members):
            raise TableRefused("encrypted")

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.members

    def check(self) -> None:
        """Count while inflating: what the archive declares is never believed."""
        total, packed = 0, self.path.stat().st_size
        for name, member in self.members.items():
            is_markup, tail = name.endswith((".xml", ".rels")), b""
            with self.zip.open(member) as part:
                while chunk := part.read(MEGABYTE):
                    total += len(chunk)
                    if total > self.limits.unpacked * MEGABYTE:
                        raise TableRefused("too_large")
                    if total > RATIO_COUNTS_FROM and total > self.limits.ratio * packed:
                        raise TableRefused("ratio")
                    if is_markup:
                        refuse_definitions(tail + chunk)
                        tail = chunk[-_OVERLAP:]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; none when the part is missing."""
        member = self.members.get(_plain(name))
        if member is None:
            return
        with self.zip.open(member) as part:
            while chunk := part.read(CHUNK):
                yield chunk


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _leaves(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def refuse_definitions(content: bytes) -> None:
    """Raises TableRefused for XML with definitions of its own (DTD, entities)."""
    if (b"<!" in content or b"<\x00!" in content) and any(word in content for word in _DEFINITIONS):
        raise TableRefused("doctype")


def parser() -> Any:
    """An XML parser that reports text in one piece and accepts no definitions."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.buffer_size = CHUNK
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def fed(reading: Any, chunks: Iterable[bytes]) -> Iterator[None]:
    """Parse piece by piece, yielding after each; raises for a part that is cut off."""
    begun = False
    for chunk in chunks:
        reading.Parse(chunk, False)
        begun = True
        yield
    if begun:
        reading.Parse(b"", True)
        yield


def _refuse_doctype(*_: Any) -> None:
    raise TableRefused("doctype")


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]
