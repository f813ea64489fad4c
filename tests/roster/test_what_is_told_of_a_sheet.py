"""What a person would not see in the sheet is told, with its place; nothing is swallowed."""

from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from tests.roster.files import changed, ods_book, read_bytes, xls_book
from tests.roster.sheets import saved

ROWS = [["姓名", "性别", "班级"], *([f"王{n}", "男", "1"] for n in range(2, 9))]


def notes(content: bytes) -> str:
    return "".join(read_bytes(content).notes)


def made(*looks: Callable[[Any, Any], Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "初一"
    for row in ROWS:
        sheet.append(row)
    for look in looks:
        look(book, sheet)
    return saved(book)


def hide_rows(*numbers: int) -> Callable[[Any, Any], None]:
    def look(_: Any, sheet: Any) -> None:
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return look


def another(name: str, state: str = "visible", cell: str = "x") -> Callable[[Any, Any], None]:
    def look(book: Any, _: Any) -> None:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet["A1"] = cell

    return look


def test_how_far_was_read_is_told():
    assert notes(made()) == "工作表「初一」读取到第8行。"


def test_every_row_of_the_file_is_read():
    assert read_bytes(made(hide_rows(3, 4))).rows == ROWS


def test_hidden_rows_are_told_with_the_first_of_them():
    said = notes(made(hide_rows(2, 3, 4, 5, 6, 7)))
    assert "有6行在表中是隐藏的（或被筛选掉的），也已读取：第2、3、4、5、6等行。" in said


def test_a_hidden_row_with_nothing_in_it_is_not_worth_a_word():
    assert "隐藏" not in notes(made(hide_rows(9, 30)))


def test_hidden_columns_are_told_and_those_beside_the_data_are_not():
    def look(_: Any, sheet: Any) -> None:
        for letter in ("B", "Z"):
            sheet.column_dimensions[letter].hidden = True

    assert "有1列在表中是隐藏的，也已读取：B列。" in notes(made(look))


def test_other_sheets_are_told_and_the_hidden_ones_by_themselves():
    said = notes(made(another("初二"), another("代码表", "hidden"), another("空", cell="")))
    assert "另有「初二」没有读取" in said
    assert "隐藏的工作表「代码表」没有读取" in said
    assert "空" not in said.replace("空白", "")


def test_cells_merged_among_the_pupils_are_told_and_titles_are_not():
    def title(_: Any, sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "名册"
        sheet.merge_cells("A1:C1")

    def pupils(_: Any, sheet: Any) -> None:
        sheet.merge_cells("C4:C6")

    assert "合并" not in notes(made(title))
    assert "数据中有1处合并单元格" in notes(made(title, pupils))
    assert "C4:C6" in notes(made(title, pupils))


def test_formulas_without_a_value_are_told_by_their_cell_and_read_as_blank():
    def look(_: Any, sheet: Any) -> None:
        sheet["C3"] = "=A3"

    content = made(look)
    assert "有1格公式没有保存计算结果，按空白读取：C3。" in notes(content)
    assert read_bytes(content).rows[2] == ["王3", "男"]


def test_a_formula_with_its_value_is_read_without_a_word():
    def counted(part: bytes) -> bytes:
        return part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
        )

    def look(_: Any, sheet: Any) -> None:
        sheet["C3"] = "=1+1"

    content = changed(made(look), {"xl/worksheets/sheet1.xml": counted})
    assert read_bytes(content).rows[2] == ["王3", "男", 2]
    assert "公式" not in notes(content)


def test_an_old_workbook_tells_the_same():
    def look(book: Any, sheet: Any) -> None:
        sheet.row(2).hidden = True
        sheet.col(1).hidden = True
        sheet.merge(4, 5, 3, 3)
        second = book.add_sheet("初二")
        second.write(0, 0, "x")
        third = book.add_sheet("代码表")
        third.write(0, 0, "x")
        third.visibility = 1

    said = notes(xls_book(ROWS, look=look))
    assert "有1行在表中是隐藏的（或被筛选掉的），也已读取：第3行。" in said
    assert "有1列在表中是隐藏的，也已读取：B列。" in said
    assert "D5:D6" in said
    assert "另有「初二」没有读取" in said
    assert "隐藏的工作表「代码表」没有读取" in said


def test_an_opendocument_sheet_tells_the_same():
    def hide(part: bytes) -> bytes:
        row = b'<table:table-row table:visibility="filter">'
        first, second, rest = part.split(b"<table:table-row>", 2)
        return first + b"<table:table-row>" + second + row + rest

    said = notes(changed(ods_book(ROWS, {"初二": [["x"]]}), {"content.xml": hide}))
    assert "也已读取：第2行。" in said
    assert "另有「初二」没有读取" in said


def test_a_hidden_row_of_a_page_is_told():
    page = b"<table><tr><td>a</td></tr><tr style='display: none'><td>b</td></tr></table>"
    assert "也已读取：第2行。" in notes(page)
