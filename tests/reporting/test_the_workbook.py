"""The workbook: formulas that agree with the rows, text that stays text, one look for each cell."""

from copy import deepcopy
from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from cases.policy import Act
from foundation.workbooks.definition import ValueKind
from foundation.workbooks.layout import Page, Ratio
from reporting.figures.months import month_until
from reporting.returns.content import content_of
from reporting.returns.layout import lay_out
from reporting.returns.paper import break_before, fits_one_page
from reporting.returns.sheets import F16
from reporting.returns.workbook import workbook_of
from tests.cast import Cast, make_child
from tests.repeated import Repeated
from tests.reporting.facts import bring_back, call_rolls, happen, open_case, school_days
from tests.reporting.formulas import formulas, worked_out

FILED = "2025-11-03"
STATISTICS = ("2 分学校", "3 分乡镇")


@pytest.fixture(scope="module")
def _october(_repeated: Repeated[Cast], django_db_blocker):
    """What the month says, worked out once; the rows behind it are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = _content(_repeated.again())
        transaction.set_rollback(True)
    return said


@pytest.fixture
def content(_october):
    """October with two dropouts here, one child back there."""
    return deepcopy(_october)


def _content(cast: Cast):
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 10, 31))
    for side, number in ((cast.here, 99), (cast.here, 99), (cast.there, 22)):
        child = make_child(side, guardians=({"name": "张父"},))
        call_rolls(side.school_class, days, {child: days[4 : 4 + number]})
        case = open_case(child, side.school_class, days[4], opened_on=days[5])
        if number < 99:
            bring_back(case, days[4 + number])
        happen(case, Act.CONTACT, days[6], "D1", "D1")
    return _month_of(cast)


def _month_of(cast: Cast):
    return content_of(cast.county, month_until(date(2025, 10, 1), date(2025, 11, 3)))


@pytest.fixture(scope="module")
def book(_october) -> Workbook:
    """The workbook of the month, read once; nobody writes in it."""
    return book_of(_october)


@pytest.fixture(scope="module")
def bare_book(_repeated: Repeated[Cast], django_db_blocker) -> Workbook:
    """The workbook of a county in which nothing happened."""
    with django_db_blocker.unblock(), transaction.atomic():
        content = _month_of(_repeated.again())
        transaction.set_rollback(True)
    assert content["failed"] == 0
    return book_of(content)


@pytest.fixture(scope="module")
def payloads_sheet(_october) -> Worksheet:
    """A list with a child for each payload."""
    content = deepcopy(_october)
    away = content["blocks"]["away"]
    content["blocks"]["away"] = [
        {**away[0], "name": each, "guardian": each, "no": number}
        for number, each in enumerate(PAYLOADS, 1)
    ]
    return book_of(content)["9 在册未返名单"]


def pages_of(content, **more) -> list[Page]:
    return [lay_out(sheet, content, "2025年11月3日", **more) for sheet in F16]


def bytes_of(content) -> bytes:
    return workbook_of(pages_of(content), content["unit"], FILED)


def book_of(content) -> Workbook:
    return load_workbook(BytesIO(bytes_of(content)))


def cells_of(page: Page):
    return [
        (line, cell)
        for block in page.blocks
        for line in (*block.head, *block.totals, *block.body)
        for cell in line.cells
    ]


def row_of(sheet: Worksheet, label: str) -> int:
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == label)


def test_the_six_sheets_stand_in_order(book):
    assert book.sheetnames == [
        "1 汇总",
        "2 分学校",
        "3 分乡镇",
        "9 在册未返名单",
        "10 本月复学名单",
        "12 填表说明与口径",
    ]


def test_every_formula_gives_what_the_screen_shows(content, book):
    compared = 0
    for page in pages_of(content):
        sheet = book[page.name]
        for line, cell in cells_of(page):
            at = f"{get_column_letter(cell.column)}{line.row}"
            assert (sheet[at].data_type == "f") == bool(cell.formula), at
            if cell.formula:
                value = cell.value.worked_out if isinstance(cell.value, Ratio) else cell.value
                assert worked_out(sheet, at) == value, (page.name, at)
                compared += 1
    assert compared > 100


@pytest.mark.parametrize("name", STATISTICS)
def test_every_total_sums_the_whole_column_and_nothing_else(book, name):
    """合计 names the first and the last body row; the rows 其中 name the same rows."""
    sheet = book[name]
    first, last = row_of(sheet, "其中：初中") + 1, row_of(sheet, "单位负责人（签名）：") - 1
    assert [sheet.cell(row, 1).value for row in range(first, last + 1)] == [1, 2]
    for at, formula in formulas(sheet).items():
        letter, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if formula.startswith("=SUM("):
            assert formula == f"=SUM({letter}{first}:{letter}{last})"
        elif formula.startswith("=SUMIF("):
            assert formula.endswith(f",{letter}{first}:{letter}{last})")
            assert sheet.cell(row, 1).value.removeprefix("其中：") in formula
        else:
            assert formula.startswith("=IF(")


@pytest.mark.parametrize("name", STATISTICS)
def test_the_rate_of_the_total_row_is_worked_out_from_summed_numerator_and_base(book, name):
    sheet = book[name]
    total = row_of(sheet, "合计")
    rates = [
        at for at, f in formulas(sheet).items() if f.startswith("=IF(") and at.endswith(str(total))
    ]
    assert len(rates) == 2
    assert worked_out(sheet, rates[0]) == pytest.approx(2 / 3)


def test_the_values_are_stored_beside_the_formulas(content, book):
    """Previews on telephones do not calculate."""
    stored = load_workbook(BytesIO(bytes_of(content)), data_only=True)
    for sheet in book:
        for at in formulas(sheet):
            assert stored[sheet.title][at].value == pytest.approx(worked_out(sheet, at))


def test_another_reader_reads_the_totals(content):
    rows = CalamineWorkbook.from_filelike(BytesIO(bytes_of(content))).get_sheet_by_name("2 分学校")
    total = next(row for row in rows.to_python() if row[0] == "合计")
    assert total[4] == 3


PAYLOADS = [
    *(f"{sign}{rest}" for sign in "=+-@|%＝＋－＠" for rest in ("1+1", "cmd|' /C calc'!A0")),
    '=HYPERLINK("http://x","y")',
    "=1+1\t",
    "\t=1+1",
    "\n=1+1",
    " =1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "http://x.example",
    "{=SUM(A1)}",
    "'=1+1",
    "#REF!",
    "0012",
    "1e5",
    "TRUE",
    "<b>&amp;</b>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link(payloads_sheet, payload):
    sheet = payloads_sheet
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "姓名")
    first = int(sheet.freeze_panes[1:])
    cell = sheet.cell(first + PAYLOADS.index(payload), head.column)
    assert (cell.value, cell.data_type, cell.number_format) == (payload, "s", "@")
    assert not formulas(sheet)
    assert not any(cell.hyperlink for row in sheet for cell in row)


def test_characters_no_workbook_can_hold_are_left_out(content):
    content["blocks"]["away"][0]["name"] = "张\x00小\x1b明"
    sheet = book_of(content)["9 在册未返名单"]
    assert "张小明" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_an_empty_month_prints_that_there_is_nothing(bare_book):
    texts = {
        sheet.title: [c.value for row in sheet.iter_rows() for c in row] for sheet in bare_book
    }
    assert "本月末无在册未返学生" in texts["9 在册未返名单"]
    assert "本月无复学学生" in texts["10 本月复学名单"]
    assert "本县尚无在用学校" not in texts["1 汇总"]


def test_a_base_of_0_is_a_dash_in_row_and_total(bare_book):
    sheet = bare_book["1 汇总"]
    rates = [at for at, formula in formulas(sheet).items() if formula.startswith("=IF(")]
    assert rates
    assert {worked_out(sheet, at) for at in rates} == {"—"}


def test_no_id_number_stands_in_any_sheet(book):
    texts = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "身份证" not in texts
    assert "张父" in texts


@pytest.mark.parametrize("sheet", F16, ids=lambda sheet: sheet.name)
def test_every_sheet_is_set_for_a4_across_with_page_numbers(book, sheet):
    paper = book[sheet.name]
    assert paper.page_setup.orientation == "landscape"
    assert str(paper.page_setup.paperSize) == "9"
    assert paper.page_setup.fitToWidth == 1
    assert paper.sheet_properties.pageSetUpPr.fitToPage
    assert paper.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert paper.freeze_panes
    assert paper.print_area


@pytest.mark.parametrize("name", [*STATISTICS, "9 在册未返名单", "10 本月复学名单"])
def test_the_header_repeats_on_every_page(book, name):
    sheet = book[name]
    first, last = (int(row.strip("$")) for row in sheet.print_title_rows.split(":"))
    assert sheet.cell(first, 1).value == "序号"
    assert int("".join(filter(str.isdigit, sheet.freeze_panes))) == last + 1


def test_title_month_unit_and_signatures_stand_where_a_form_has_them(book):
    sheet = book["2 分学校"]
    assert sheet["A1"].value.endswith("控辍保学工作月报表（分学校）")
    assert sheet["A2"].value == "（2025年10月，统计时点2025年10月31日）"
    assert sheet["A3"].value == "填报单位：甲县教育体育局（盖章）"
    last = [cell.value for cell in sheet[row_of(sheet, "单位负责人（签名）：")] if cell.value]
    assert last == ["单位负责人（签名）：", "审核人（签名）：", "填表人（签名）：", "联系电话："]


def test_columns_are_cited_by_letters_and_then_by_numbers():
    schools = F16[1].blocks[0]
    cited = list(schools.citations.values())
    assert cited[:6] == ["甲", "乙", "丙", "丁", "1", "2"]
    assert cited[4:] == [str(n) for n in range(1, len(cited) - 3)]


@pytest.mark.parametrize("sheet", F16, ids=lambda sheet: sheet.name)
def test_every_row_of_a_sheet_covers_each_column_once(content, sheet):
    """Heads, rows and totals leave no hole and overlap nowhere."""
    page = lay_out(sheet, content, FILED)
    covered: dict[tuple[int, int], int] = {}
    for line, cell in cells_of(page):
        for row in range(line.row, line.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                covered[row, column] = covered.get((row, column), 0) + 1
    rows = {row for row, _ in covered}
    assert covered == {(row, n): 1 for row in rows for n in range(1, len(sheet.columns) + 1)}


def test_a_rate_stands_right_of_its_numerator_and_base():
    for sheet in F16:
        for block in sheet.blocks:
            fields = [leaf.field for leaf in block.leaves]
            for leaf in block.leaves:
                if leaf.kind is ValueKind.RATE:
                    at = fields.index(leaf.field)
                    assert set(fields[at - 2 : at]) == {*leaf.numerator, *leaf.base}


def test_the_same_rows_give_the_same_bytes(content):
    assert bytes_of(content) == bytes_of(content)


def test_signatures_never_stand_alone_on_a_page(content):
    """However long the table is: either they follow it on its page, or three rows go with them."""
    schools, broken = content["blocks"]["schools"], set()
    for number in range(4, 90):
        content["blocks"]["schools"] = [{**schools[0], "no": n} for n in range(number)]
        page = lay_out(F16[1], content, FILED)
        row = break_before(page, 80.0)
        assert row in (None, page.blocks[0].body[-3].row)
        assert not (row and fits_one_page(page, 80.0))
        broken.add(row is not None)
    assert broken == {True, False}


def test_a_table_a_little_over_one_page_is_shrunk_onto_it_and_a_long_one_is_not(content):
    """Twelve townships with two rows each are one page; a county's schools are not."""
    townships = content["blocks"]["townships"]
    for number, high in ((24, 1), (90, 0)):
        content["blocks"]["townships"] = [{**townships[0], "no": n} for n in range(number)]
        assert book_of(content)["3 分乡镇"].page_setup.fitToHeight == high
