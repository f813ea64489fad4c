"""Limits of a file and of the work of reading it, and the reasons for refusing one."""

import json
from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024
TITLE_ROWS = 15  # above and in the header: they are not counted as pupils


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one kind of upload (S46; design 4, Sizes)."""

    megabytes: int  # of the file
    pupils: int
    columns: int
    unpacked: int  # megabytes, of the parts of an archive
    output: int  # megabytes, of the rows that the reader tells
    seconds: int  # of the processor; the parent waits as long for it
    memory: int = 512  # megabytes, of the whole process
    ratio: int = 100  # unpacked : packed
    members: int = 2_000
    cell: int = 2_000  # characters of one cell

    @property
    def bytes(self) -> int:
        """The largest file, in bytes."""
        return self.megabytes * MEGABYTE

    @property
    def rows(self) -> int:
        """The last row of a sheet that may hold anything."""
        return self.pupils + TITLE_ROWS

    def as_argument(self) -> str:
        """The limits as an argument of the reader's command line."""
        return json.dumps(asdict(self))


SCHOOL = Limits(megabytes=10, pupils=20_000, columns=200, unpacked=100, output=100, seconds=30)
COUNTY = Limits(megabytes=64, pupils=150_000, columns=200, unpacked=1024, output=640, seconds=180)


class TableRefused(Exception):
    """The file is refused: the key of the message (tablefiles/words.py), and the place."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(reason)
        self.reason, self.where = reason, where
