"""Reads the old Office container (OLE): the streams it holds, and the bytes of one."""

import struct
from array import array
from pathlib import Path

from foundation.tablefiles.reader.limits import TableRefused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # what is above it marks an end, or nothing
_HEADER, _ENTRY = 512, 128


class Container:
    """The container's directory. Every chain of sectors is bounded, whatever the file says."""

    def __init__(self, path: Path) -> None:
        self.content = path.read_bytes()
        if len(self.content) < _HEADER * 2:
            raise TableRefused("cut_off")
        self.size = 1 << min(struct.unpack_from("<H", self.content, 30)[0], 12)
        self.small_size = 1 << min(struct.unpack_from("<H", self.content, 32)[0], 12)
        fat_sectors, directory = struct.unpack_from("<I I", self.content, 44)
        self.cutoff, small_fat = struct.unpack_from("<I I", self.content, 56)
        self.fat = self._read_fat(fat_sectors)
        self.entries = self._read_directory(directory)
        self.small_fat = self._numbers(self._chain(small_fat))

    def _read_fat(self, count: int) -> "array[int]":
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        following = struct.unpack_from("<I", self.content, 68)[0]
        seen: set[int] = set()
        while following < _LAST_SECTOR and following not in seen:
            seen.add(following)
            more = self._numbers(self._sector(following))
            sectors.extend(more[:-1])
            following = more[-1] if more else _LAST_SECTOR
        used = [sector for sector in sectors if sector < _LAST_SECTOR][:count]
        return self._numbers(b"".join(self._sector(sector) for sector in used))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _numbers(self, content: bytes) -> "array[int]":
        return array("I", content[: len(content) // 4 * 4])

    def _chain(self, sector: int) -> bytes:
        parts, seen = [], 0
        while sector < len(self.fat) and seen <= len(self.fat):
            parts.append(self._sector(sector))
            sector = self.fat[sector]
            seen += 1
        return b"".join(parts)

    def _read_directory(self, start: int) -> dict[str, tuple[int, int]]:
        content = self._chain(start)
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length = min(struct.unpack_from("<H", content, at + 64)[0], 64)
            name = content[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<I I", content, at + 116)
            if length:
                entries.setdefault(name, (first, size))
        return entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; empty when there is none."""
        if name not in self.entries:
            return b""
        first, size = self.entries[name]
        if size >= self.cutoff:
            return self._chain(first)[:size]
        return self._small(first)[:size]

    def _small(self, sector: int) -> bytes:
        """A small stream, stored within the root's stream."""
        root = self._chain(self.entries.get("Root Entry", (_LAST_SECTOR, 0))[0])
        parts, seen = [], 0
        while sector < len(self.small_fat) and seen <= len(self.small_fat):
            parts.append(root[sector * self.small_size : (sector + 1) * self.small_size])
            sector = self.small_fat[sector]
            seen += 1
        return b"".join(parts)
