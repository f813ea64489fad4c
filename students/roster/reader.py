"""Reads one workbook inside its own limited process: ``python -m students.roster.reader IN OUT``.

It imports neither Django nor anything of ours, holds no secret, and may die: a hostile file can
abort the library that reads it, and the parent then says that the file cannot be read (S45, S46).
The output is JSON lines: first {"sheet", "others"}, then one list of cells for every sheet row;
or one line {"refused": reason}.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEGABYTE = 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 4 * MEGABYTE  # a small file of blanks packs better than any bomb
MAX_MEMBERS = 2_000
MAX_COLUMNS = 200

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A filled cell in row 200,000 or below, or right of column GR (200): the reader would lay out all
# between. What lies nearer is measured by the sheet's own height afterwards.
_FAR_CELL = re.compile(
    rb'<(?:\w+:)?c (?:[^>]*? )?r="(?:[A-Z]+(?:[2-9][0-9]{5}|[0-9]{7,})'
    rb'|(?:[A-Z]{3,}|G[S-Z]|[H-Z][A-Z])[0-9]+)"[^>]*(?<!/)>'
)
_OVERLAP = 256


class Refused(Exception):
    """The file is refused by name; the argument is the key of the message (reading.MESSAGES)."""


def limit_myself(limits: dict[str, int]) -> None:
    """Memory, processor, output and files: set before a byte of the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"],) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_kind(path: Path) -> None:
    """The true type by content; raises Refused."""
    content = path.read_bytes()
    head = content[:512].lstrip().lower()
    if content.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused("encrypted" if encrypted else "old_format")
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refused("web_page")
    if not zipfile.is_zipfile(path):
        raise Refused("not_a_workbook")


def check_archive(path: Path, unpacked: int) -> None:
    """The parts of the workbook: their number, names and true sizes; raises Refused."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if len(members) > MAX_MEMBERS:
            raise Refused("too_many_parts")
        if any(name.startswith("/") or ".." in name.split("/") for name in names):
            raise Refused("not_a_workbook")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused("macro")
        if any(member.flag_bits & 1 for member in members):
            raise Refused("encrypted")
        if "xl/workbook.xml" not in names:
            raise Refused("not_a_workbook")
        _inflate_all(archive, members, path.stat().st_size, unpacked)


def _inflate_all(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int, unpacked: int
) -> None:
    """Count while inflating: what the archive declares is never believed."""
    total = 0
    for member in members:
        is_sheet = member.filename.startswith("xl/worksheets/")
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(MEGABYTE):
                total += len(chunk)
                if total > unpacked:
                    raise Refused("too_large")
                if total > RATIO_COUNTS_FROM and total > MAX_RATIO * packed:
                    raise Refused("too_large")
                if is_sheet and _FAR_CELL.search(tail + chunk):
                    raise Refused("too_wide")
                if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                    raise Refused("doctype")
                tail = chunk[-_OVERLAP:]


def read_rows(path: Path, rows: int) -> Iterator[Any]:
    """The head of the output, then the rows of the first visible sheet that holds anything."""
    book = CalamineWorkbook.from_path(str(path))
    shown = [
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [name for name in shown if book.get_sheet_by_name(name).height]
    if not filled:
        raise Refused("empty")
    sheet = book.get_sheet_by_name(filled[0])
    if sheet.total_height > rows or sheet.total_width > MAX_COLUMNS:
        raise Refused("too_wide")
    yield {"sheet": filled[0], "others": filled[1:]}
    for row in sheet.to_python(skip_empty_area=False):
        yield [_plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if cell is None or isinstance(cell, str | bool | int | float):
        return cell
    return str(cell)


def main(source: str, target: str, bounds: str) -> int:
    """Write the rows, or the reason for which the file is refused."""
    limits = json.loads(bounds)
    limit_myself(limits)
    path = Path(source)
    with Path(target).open("w", encoding="utf-8") as out:
        try:
            check_kind(path)
            check_archive(path, limits["unpacked"])
            for line in read_rows(path, limits["rows"]):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        except Refused as refusal:
            out.seek(0)
            out.truncate()
            out.write(json.dumps({"refused": str(refusal)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
