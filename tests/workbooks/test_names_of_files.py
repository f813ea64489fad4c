"""A workbook's name ends in .xlsx and is taken by every system, however long a school's name is."""

from urllib.parse import unquote

import pytest

from foundation.downloads import book_name, workbook


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("导入回执_名册.xlsx", "导入回执_名册.xlsx"),
        ("名册", "名册.xlsx"),
        ("东镇/中学：“名册”?.xlsx", "东镇中学：“名册”.xlsx"),
        ("名册 .", "名册.xlsx"),
        ("..\r\n", "表格.xlsx"),
    ],
)
def test_the_name_is_one_a_computer_takes(name: str, shown: str) -> None:
    assert book_name(name) == shown


@pytest.mark.parametrize("letters", [74, 75, 76, 200])
def test_a_long_name_keeps_its_ending(letters: int) -> None:
    name = book_name("校" * letters + ".xlsx")
    assert name.endswith("校.xlsx")
    assert len(name.encode()) <= 255


def test_the_answer_carries_that_name() -> None:
    sent = workbook(b"x", "校" * 200 + ".xlsx")["Content-Disposition"]
    assert unquote(sent).endswith("校.xlsx")
