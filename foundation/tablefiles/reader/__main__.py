"""Entry of the reader's process: set the limits, read the file, write the last line."""

import json
import resource
import sys
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from foundation.tablefiles.reader.facts import Cells, laid_out, letters
from foundation.tablefiles.reader.kinds import open_table
from foundation.tablefiles.reader.limits import MEGABYTE, SCHOOL, Limits, TableRefused


def limit_myself(limits: Limits) -> None:
    """Limit memory, processor time, output and open files before the file is read."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory * MEGABYTE),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.output * MEGABYTE),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def tell(source: Path, out: BinaryIO, limits: Limits, wanted: str = "") -> None:
    """Write the rows and the last line, or the reason why the file is refused."""
    try:
        table = open_table(source, limits, wanted)
        rows = laid_out(table, limits)
        first = next(rows)  # an empty sheet is refused before it is named
        _line(out, {"sheet": table.name})
        numbered = enumerate(chain((first,), rows), start=1)
        written = sum(_row(out, number, cells, limits) for number, cells in numbered)
        _line(out, {"rows": written, "facts": table.facts.told()})
    except TableRefused as refusal:
        _line(out, {"refused": refusal.reason, "where": refusal.where})


def _row(out: BinaryIO, number: int, cells: Cells, limits: Limits) -> int:
    """Write one row. Raises TableRefused for a cell that is longer than any answer can be.

    A row whose encoding is short cannot hold such a cell: cells are only measured in long rows.
    """
    line = _encoded(cells)
    if len(line) > limits.cell:
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > limits.cell:
                raise TableRefused("long_cell", f"{letters(position)}{number}")
    out.write(line + b"\n")
    return 1


def _line(out: BinaryIO, told: Any) -> int:
    out.write(_encoded(told) + b"\n")
    return 1


def _encoded(told: Any) -> bytes:
    try:
        return orjson.dumps(told)
    except TypeError:  # half a character of an old file
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def main(source: str, target: str, given: str = "", wanted: str = "") -> None:
    """Read IN under the limits and write OUT; ``wanted`` names a sheet other than the first."""
    limits = Limits(**json.loads(given)) if given else SCHOOL
    limit_myself(limits)
    with Path(target).open("wb", 1 << 16) as out:
        tell(Path(source), out, limits, wanted)


if __name__ == "__main__":
    main(*sys.argv[1:5])
