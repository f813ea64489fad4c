"""What reading a county's sheet of 100,000 pupils and 71 columns costs; printed only.

The parser's memory is held by its own limit (512 MB): a sheet that needed more would not be read.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from foundation.tablefiles.reader.facts import letters
from foundation.tablefiles.reading import COUNTY, ROOT, open_workbook
from students.roster.rules.columns import COLUMNS
from students.roster.rules.ids import invent
from tests.roster.sheets import BORN, plain_book, pupil

PUPILS = 100_000
_LETTERS = [letters(position) for position in range(len(COLUMNS))]
_STRINGS = "xl/sharedStrings.xml"


def write_sheet(path: Path, pupils: int) -> int:
    """A registry sheet whose rows are streamed; gives how many cells are filled."""
    shared: dict[str, int] = {}
    cells = 0
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for number, row in enumerate(_rows(pupils), start=1):
                told = [
                    f'<c r="{_LETTERS[at]}{number}" t="s"><v>{shared.setdefault(text, len(shared))}'
                    "</v></c>"
                    for at, text in enumerate(row)
                    if text
                ]
                cells += len(told)
                part.write(f'<row r="{number}">{"".join(told)}</row>'.encode())
            part.write(b"</sheetData></worksheet>")
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        archive.writestr(_STRINGS, f"<sst>{strings}</sst>")
        _write_rest(archive, path)
    return cells


def _write_rest(archive: ZipFile, path: Path) -> None:
    whole = path.with_name("whole.xlsx")
    whole.write_bytes(plain_book([["x"]]))
    with ZipFile(whole) as old:
        for name in old.namelist():
            if "sheet1" not in name and name != _STRINGS:
                archive.writestr(name, old.read(name))


def _rows(pupils: int) -> Iterator[list[str]]:
    """About 45 of the 71 columns are filled, with what differs from pupil to pupil in eight."""
    yield [column.title for column in COLUMNS]
    fixed = {heading: str(value) for heading, value in pupil().items()}
    for n in range(pupils):
        own = {
            "姓名": f"王小{n}",
            "出生日期": "20120506",
            "身份证件号": f"{invent(BORN, n % 500, '1')}{n}",
            "现住址": f"东镇东村{n}组8号",
            "联系电话": f"138{n:08d}",
            "成员1姓名": f"王大{n}",
            "成员1联系电话": f"139{n:08d}",
        }
        filled = fixed | own
        yield [
            filled.get(column.heading, "其他" if at < 45 else "")
            for at, column in enumerate(COLUMNS)
        ]


# A process inherits the peak of the one that started it, so a small one stands between.
_MEASURE = """
import resource, subprocess, sys
subprocess.run([sys.executable, *sys.argv[1:]], check=True)
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(spent.ru_utime + spent.ru_stime, spent.ru_maxrss)
"""


def _cost_of(path: Path, out: Path) -> tuple[float, int]:
    """Seconds of the processor and the peak in KB of the parser alone."""
    reader = ["-m", "foundation.tablefiles.reader", str(path), str(out), COUNTY.as_argument()]
    command = [sys.executable, "-c", _MEASURE, *reader]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)


def test_a_county_s_sheet_is_read_within_the_memory_of_the_parser(tmp_path: Path) -> None:
    path, out = tmp_path / "county.xlsx", tmp_path / "out.jsonl"
    cells = write_sheet(path, PUPILS)
    print(f"\n{PUPILS} × {len(COLUMNS)}, {cells} cells filled, {path.stat().st_size >> 20} MB")
    seconds, peak = _cost_of(path, out)
    print(f"the parser alone: {seconds:.1f} s of the processor")
    print(f"its peak: {peak >> 10} MB of {COUNTY.memory}")
    began = time.monotonic()
    with open_workbook(path, COUNTY) as book:
        assert sum(1 for _ in book.rows) == PUPILS + 1
    print(f"parser and parent together: {time.monotonic() - began:.1f} s")
