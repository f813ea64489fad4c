"""A drop-down of the sheet of people never holds a formula, whatever a unit is called."""

from io import BytesIO

from openpyxl import load_workbook

from students.staff.template_book import LISTS, staff_template


def test_a_unit_named_like_a_formula_is_text_in_the_list():
    names = ['=HYPERLINK("http://example.org")', "+1", "@东镇", "-东镇中学"]

    book = load_workbook(BytesIO(staff_template(["班主任"], names, names)))

    cells = [cell for row in book[LISTS].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {*names} <= {cell.value for cell in cells}
