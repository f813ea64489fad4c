"""Files that are no roster: each has its own words, and nothing is lost or half written."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from foundation.accounts.actions import Refused
from foundation.tablefiles import reading
from students.roster.models import Child, ImportBatch
from tests.cast import Cast
from tests.roster.sheets import book, plain_book, pupil, saved
from tests.roster.steps import read

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def refusal(cast: Cast, content: bytes) -> str:
    batch = read(cast, content)
    assert batch.state == ImportBatch.REFUSED
    assert not batch.rows.exists()
    assert not Child.objects.exists()
    return batch.problem


def with_part(name: str, content: bytes) -> bytes:
    target = BytesIO(book(pupil()))
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_a_page_without_a_table_is_named(cast: Cast):
    assert "网页里没有找到表格" in refusal(cast, b"\n<html><p>1</p></html>")


def test_a_workbook_with_macros_is_refused(cast: Cast):
    assert "带有宏" in refusal(cast, with_part("xl/vbaProject.bin", b"x"))


def test_a_workbook_that_names_outside_definitions_is_refused(cast: Cast):
    hostile = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert "外部定义" in refusal(cast, with_part("xl/more.xml", hostile))


def test_a_workbook_of_thousands_of_parts_is_refused(cast: Cast):
    target = BytesIO(book(pupil()))
    with ZipFile(target, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/p{number}", "")
    assert "部件过多" in refusal(cast, target.getvalue())


def test_a_cell_at_the_end_of_the_world_does_not_hang_the_reader(cast: Cast):
    made = Workbook()
    made.active["XFD1048576"] = "x"
    assert "超过20000行或200列" in refusal(cast, saved(made))


@pytest.mark.parametrize("cut", [200, 2_000])
def test_a_workbook_cut_in_the_middle_cannot_be_read(cast: Cast, cut: int):
    assert "文件不完整" in refusal(cast, book(pupil())[:-cut])


def test_a_damaged_sheet_cannot_be_read_and_says_what_to_do(cast: Cast):
    target, source = BytesIO(), BytesIO(book(pupil()))
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:80] if name.endswith("workbook.xml") else content)
    assert "另存为新的 .xlsx" in refusal(cast, target.getvalue())


def test_an_empty_file_is_refused_at_once(cast: Cast):
    with pytest.raises(Refused, match="0字节"):
        read(cast, b"")


def test_a_file_of_more_than_ten_megabytes_is_refused_at_once(cast: Cast):
    with pytest.raises(Refused, match="超过10 MB"):
        read(cast, bytes(reading.MAX_BYTES + 1))


def test_an_empty_sheet_is_named(cast: Cast):
    assert "没有数据" in refusal(cast, saved(Workbook()))


def test_a_hidden_sheet_does_not_count(cast: Cast):
    made = load_workbook(BytesIO(book(pupil())))
    made.active.sheet_state = "hidden"
    made.create_sheet("空表")
    assert "隐藏的工作表" in refusal(cast, saved(made))


def test_a_header_without_pupils_is_named(cast: Cast):
    assert "表头下面没有数据行" in refusal(cast, book())


def test_a_sheet_of_something_else_has_no_header(cast: Cast):
    assert "没有找到表头" in refusal(cast, plain_book([["物品", "数量"], ["桌子", 3]]))


def test_an_upload_keeps_no_readable_copy_of_the_file(cast: Cast):
    content = book(pupil())
    batch = read(cast, content)
    part = batch.parts.get()
    assert part.content_sealed.startswith("v1.")
    assert content[:20] not in part.content_sealed.encode()
