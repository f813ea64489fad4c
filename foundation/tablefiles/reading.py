"""Reads an uploaded file through a child process. Its crash becomes a message to the user."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson

from foundation.tablefiles.cell import Cell
from foundation.tablefiles.reader.limits import COUNTY, MEGABYTE, SCHOOL, Limits
from foundation.tablefiles.words import MESSAGES, UNREADABLE, notes, refusal, too_big

__all__ = [
    "COUNTY",
    "MAX_BYTES",
    "MESSAGES",
    "SCHOOL",
    "TOO_BIG",
    "UNREADABLE",
    "Limits",
    "ReadSheet",
    "Unreadable",
    "Workbook",
    "open_workbook",
    "read_sheets",
    "read_workbook",
]

MAX_BYTES = SCHOOL.bytes
TOO_BIG = too_big(SCHOOL)
ROOT = Path(__file__).resolve().parents[2]
PIECE = MEGABYTE
# The only types that the child may send; they are the type Cell on this side.
_KINDS = frozenset((str, int, float, bool, date, type(None)))


class Unreadable(Exception):
    """The file cannot be read. The message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The cells of a sheet; index 0 is row 1. ``others`` are sheets that were not read.

    A row ends with its last filled cell; a blank row is an empty list.
    """

    name: str
    rows: list[list[Cell]]
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_workbook(path: Path, limits: Limits = SCHOOL) -> ReadSheet:
    """The first visible sheet that holds anything; raises Unreadable, and nothing else."""
    with open_workbook(path, limits) as workbook:
        rows = list(workbook.rows)
        return ReadSheet(workbook.name, rows, workbook.others, tuple(workbook.notes))


def read_sheets(path: Path, limits: Limits = SCHOOL) -> list[ReadSheet]:
    """Every visible sheet that holds anything, each by a process of its own; raises Unreadable."""
    first = read_workbook(path, limits)
    named = (name for name in first.others if "\0" not in name)  # no argument can hold one
    return [first, *(_read_one(path, limits, name) for name in named)]


def _read_one(path: Path, limits: Limits, name: str) -> ReadSheet:
    with open_workbook(path, limits, sheet=name) as workbook:
        return ReadSheet(workbook.name, list(workbook.rows), (), tuple(workbook.notes))


def _nothing() -> None:
    """The default callback while waiting for the reader's process: does nothing."""


@contextmanager
def open_workbook(
    path: Path,
    limits: Limits = SCHOOL,
    meanwhile: Callable[[], None] = _nothing,
    *,
    sheet: str = "",
) -> Iterator["Workbook"]:
    """Opens the sheet while the child still reads; raises Unreadable here or from the rows.

    Without a name of a ``sheet`` it is the first visible one that holds anything.

    ``meanwhile`` is called once while waiting for the reader's process. Leaving the block ends the
    child, whether or not all rows were taken.
    """
    if path.stat().st_size > limits.bytes:
        raise Unreadable(too_big(limits))
    child = _start(path, limits, sheet)
    try:
        meanwhile()
        yield Workbook(_Lines(child, limits), limits)
    finally:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


class Workbook:
    """One sheet as a stream: ``rows`` may be taken once; ``notes`` are complete afterwards."""

    def __init__(self, lines: "_Lines", limits: Limits) -> None:
        self._lines, self._limits = lines, limits
        self.notes: list[str] = []
        self.others: tuple[str, ...] = ()
        head = self._told(next(lines))
        self.name = str(head.get("sheet", ""))[:100]
        self.rows: Iterator[list[Cell]] = self._rows()

    def _rows(self) -> Iterator[list[Cell]]:
        for count, line in enumerate(self._lines):
            if line[:1] != b"[":
                self._end(self._told(line), count)
                return
            yield _row_of(line)

    def _told(self, line: bytes) -> dict[str, Any]:
        told = _decoded(line)
        if not isinstance(told, dict):
            raise Unreadable(UNREADABLE)
        if "refused" in told:
            where = str(told.get("where", ""))[:40]
            raise Unreadable(refusal(str(told["refused"]), where, self._limits))
        return told

    def _end(self, told: dict[str, Any], count: int) -> None:
        """Checks the last line: it must name as many rows as came."""
        if told.get("rows") != count:
            raise Unreadable(UNREADABLE)
        try:
            facts = told["facts"]
            self.others = tuple(str(name) for name in facts["others"])
            self.notes.extend(notes(self.name, count, facts))
        except (LookupError, TypeError, ValueError):
            raise Unreadable(UNREADABLE) from None


class _Lines:
    """The lines of the child's output, with one limit for the time of waiting in all."""

    def __init__(self, child: "subprocess.Popen[bytes]", limits: Limits) -> None:
        assert child.stdout is not None
        self._pipe: IO[bytes] = child.stdout
        self._left = float(limits.seconds)
        self._most = limits.output * MEGABYTE
        self._lines: Iterator[bytes] = iter(())
        self._rest = b""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> bytes:
        """The next whole line; raises Unreadable where output ends without the last line."""
        for line in self._lines:
            return line
        while True:
            whole, mark, rest = self._piece().rpartition(b"\n")
            if mark:
                self._lines = iter((self._rest + whole).split(b"\n"))
                self._rest = rest
                return next(self._lines)
            self._rest += rest

    def _piece(self) -> bytes:
        began = time.monotonic()
        ready, _, _ = select.select([self._pipe], [], [], max(self._left, 0))
        self._left -= time.monotonic() - began
        piece = os.read(self._pipe.fileno(), PIECE) if ready else b""
        self._most -= len(piece)
        if not piece or self._most < 0:
            raise Unreadable(UNREADABLE)
        return piece


def _start(path: Path, limits: Limits, sheet: str) -> "subprocess.Popen[bytes]":
    reader = [sys.executable, "-m", "foundation.tablefiles.reader"]
    return subprocess.Popen(
        [*reader, str(path), "/dev/stdout", limits.as_argument(), sheet],
        cwd=ROOT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _row_of(line: bytes) -> list[Cell]:
    row = _decoded(line)
    if not isinstance(row, list):
        raise Unreadable(UNREADABLE)
    if b"{" not in line and line.rfind(b"[") == 0:
        return row  # nothing but plain cells, whatever they say
    kinds = set(map(type, row))
    if dict in kinds:
        row = [_date_of(cell) for cell in row]
        kinds = set(map(type, row))
    if not kinds <= _KINDS:
        raise Unreadable(UNREADABLE)
    return row


def _date_of(cell: Any) -> Any:
    """The date in a cell, which the child writes as {"d": "2011-01-01"}."""
    if not isinstance(cell, dict):
        return cell
    try:
        return date.fromisoformat(cell["d"]) if len(cell) == 1 else cell
    except (KeyError, TypeError, ValueError):
        raise Unreadable(UNREADABLE) from None


def _decoded(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        raise Unreadable(UNREADABLE) from None
