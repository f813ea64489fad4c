"""Reads text tables: commas, semicolons or tabs, in the encodings that Excel and WPS write."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from foundation.tablefiles.reader.facts import Numbered, SheetFacts, Table, letters
from foundation.tablefiles.reader.limits import Limits, TableRefused
from foundation.tablefiles.reader.values import blank_as_none

CHUNK = 1024 * 1024
SAMPLE = 64 * 1024
MAX_CELL = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"))
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")  # \x1a ended files of old
_SEPARATORS = ",\t;"
_SAYS = re.compile(r"^sep=([,;\t])\s*$", re.IGNORECASE)
_AS_TEXT = re.compile(r'^="([^"]*)"$')  # how one keeps Excel from taking digits for a number


def encoding_of(path: Path) -> str:
    """The encoding: by byte order mark, else UTF-8 if valid, else GB18030. Raises TableRefused."""
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise TableRefused("empty")
    marked = (*_MARKS, (codecs.BOM_UTF16_BE, "utf-16"))
    candidates = [name for mark, name in marked if head.startswith(mark)] or ["utf-8", "gb18030"]
    for candidate in candidates:
        if _decodes(path, candidate):
            return candidate
    raise TableRefused("not_a_table")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if _NO_TEXT.search(decoder.decode(chunk)):
                    raise TableRefused("not_a_table")
            decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def open_text(path: Path, encoding: str, limits: Limits) -> Table:
    """The file as one sheet; raises TableRefused when it holds no separator."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE)
    said = _SAYS.match(sample.split("\n", 1)[0])
    separator = said[1] if said else _separator(sample)
    rows = _rows(path, encoding, separator, limits)
    if said:
        next(rows, None)
        rows = ((position - 1, cells) for position, cells in rows)
    return Table("", rows, SheetFacts())


def _separator(sample: str) -> str:
    """The separator that most lines contain."""
    lines = [line for line in sample.splitlines() if line.strip()][:200]
    score, best = max((sum(mark in line for line in lines), mark) for mark in _SEPARATORS)
    if not score:
        raise TableRefused("not_a_table" if lines else "empty")
    return best


def _rows(path: Path, encoding: str, separator: str, limits: Limits) -> Iterator[Numbered]:
    csv.field_size_limit(MAX_CELL)
    position = 0
    with path.open(encoding=encoding, newline="") as file:
        reading = csv.reader(file, delimiter=separator, strict=True)
        try:
            for position, row in enumerate(reading, start=1):
                cells = [_cell(text) for text in row]
                if any(cells[limits.columns :]):
                    raise TableRefused("too_wide", f"{letters(len(cells) - 1)}{position}")
                yield position, cells
        except csv.Error:
            # A quote without its end would swallow all rows below it into one cell.
            raise TableRefused("quotes", str(position + 1)) from None


def _cell(text: str) -> str | None:
    kept = _AS_TEXT.match(text)
    return blank_as_none((kept[1] if kept else text).strip("\x1a"))
