"""The last size that is read, and the first that is not."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from foundation.tablefiles.reader.facts import SheetFacts, Table, laid_out
from foundation.tablefiles.reader.limits import TableRefused
from foundation.tablefiles.reading import COUNTY, SCHOOL, Limits
from tests.roster.files import complaint, delimited, ods_book, page, read_bytes, xls_book
from tests.roster.sheets import plain_book

SMALL = replace(SCHOOL, pupils=5, columns=4)  # 15 rows more for titles and the header
MAKERS: dict[str, Any] = {
    "xlsx": plain_book,
    "xls": xls_book,
    "ods": ods_book,
    "page": lambda rows: page(rows).encode(),
    "text": lambda rows: delimited(rows).encode(),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_last_row_is_read_and_one_more_is_not(kind: str):
    rows = [[f"{n}", "x"] for n in range(20)]
    assert read_bytes(MAKERS[kind](rows), SMALL).rows == rows
    assert "超过5行或4列" in complaint(MAKERS[kind]([*rows, ["20", "x"]]), SMALL)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_last_column_is_read_and_one_more_is_not(kind: str):
    row = ["a", "b", "c", "d"]
    assert read_bytes(MAKERS[kind]([row, row]), SMALL).rows == [row, row]
    assert "超过5行或4列" in complaint(MAKERS[kind]([row, [*row, "e"]]), SMALL)


@pytest.mark.parametrize("kind", MAKERS)
def test_blank_cells_beyond_the_bound_do_not_count(kind: str):
    rows = [["a", "b", None, None, None, ""], *[["c"]] * 3, *[[None]] * 30]
    assert read_bytes(MAKERS[kind](rows), SMALL).rows == [["a", "b"], ["c"], ["c"], ["c"]]


@pytest.mark.parametrize(("limits", "rows"), [(SCHOOL, 20_015), (COUNTY, 150_015)])
def test_a_school_sends_twenty_thousand_pupils_and_a_county_seven_times_as_many(
    limits: Limits, rows: int
):
    def told(last: int) -> int:
        numbered = ((number, ["a"]) for number in (1, last))
        return sum(1 for _ in laid_out(Table("", numbered, SheetFacts()), limits))

    assert told(rows) == rows
    with pytest.raises(TableRefused, match="too_wide"):
        told(rows + 1)


@pytest.mark.parametrize(("limits", "megabytes"), [(SCHOOL, 10), (COUNTY, 64)])
def test_the_size_of_the_file_is_asked_first(limits: Limits, megabytes: int):
    most = b"%PDF" + bytes((megabytes << 20) - 4)
    assert "这不是表格文件" in complaint(most, limits)
    assert f"文件超过{megabytes} MB" in complaint(most + b"x", limits)


def test_the_parts_of_an_archive_are_counted():
    def archive(more: int) -> bytes:
        target = BytesIO(plain_book([["a"]]))
        with ZipFile(target, "a", ZIP_STORED) as made:
            for number in range(more - len(made.namelist())):
                made.writestr(f"xl/p{number}", "")
        return target.getvalue()

    assert read_bytes(archive(2_000)).rows == [["a"]]
    assert "部件过多" in complaint(archive(2_001))


def test_the_unpacked_size_is_counted_and_not_believed():
    def unpacked(size: int) -> bytes:
        target = BytesIO(plain_book([["a"]]))
        with ZipFile(target, "a", ZIP_STORED) as made:
            inside = sum(member.file_size for member in made.infolist())
            made.writestr("xl/media/a.bin", bytes(size - inside))
        return target.getvalue()

    one = replace(SCHOOL, unpacked=1)
    assert read_bytes(unpacked(1 << 20), one).rows == [["a"]]
    assert "展开后超过1 MB" in complaint(unpacked((1 << 20) + 1), one)
