"""``manage.py open_county`` does without a browser what the wizard does."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from foundation.accounts.models import Person, Post, Unit
from kongchuo.setup.opening.models import CountyOpening
from kongchuo.setup.opening.rules.definition import SHEETS
from tests.opening.steps import ROWS, confirmed, signed_in, workbook

pytestmark = pytest.mark.django_db
PEOPLE = [
    ("王一", "13900000001", "安全管理员", "甲县教育体育局"),
    ("李二", "13900000002", "教育局基教股", "县教体局"),
    *ROWS["people"],
]


def opened(folder: Path, content: bytes) -> str:
    """What the command says."""
    file, out = folder / "开通工作簿.xlsx", io.StringIO()
    file.write_bytes(content)
    call_command("open_county", str(file), stdout=out)
    return out.getvalue()


def test_a_county_is_opened_by_a_file_and_the_same_file_changes_nothing(tmp_path: Path) -> None:
    words = opened(tmp_path, workbook(people=PEOPLE))
    assert "新增" in words
    assert "县级任职等第二人李二登录后" in words
    assert words.count("首次密码") == 2
    password = words.split("账号 13900000002　首次密码 ")[1].split("　")[0]
    confirmed(signed_in("13900000002", password))
    assert CountyOpening.objects.get().confirmed_at is not None
    before = [Unit.objects.count(), Person.objects.count(), Post.objects.count()]
    assert "新增0行，更改0行" in opened(tmp_path, workbook(people=PEOPLE))
    assert [Unit.objects.count(), Person.objects.count(), Post.objects.count()] == before


def test_a_wrong_file_names_each_cell_and_writes_nothing(tmp_path: Path) -> None:
    rows = [*ROWS["villages"], ("530999109202", "山上村", "")]
    with pytest.raises(CommandError, match=r"没有写入，请改正：\n村 A8 村代码：乡镇530999109"):
        opened(tmp_path, workbook(people=PEOPLE, villages=rows))
    assert not Unit.objects.exists()


def test_two_named_persons_of_the_bureau_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="至少要有两个人在县教育局任职"):
        opened(tmp_path, workbook(people=PEOPLE[:1]))
    assert not Unit.objects.exists()


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="读不了"):
        call_command("open_county", str(tmp_path / "none.xlsx"))


def test_the_blank_workbook_is_had_without_a_browser(tmp_path: Path) -> None:
    file, out = tmp_path / "空白.xlsx", io.StringIO()
    call_command("open_county", "--blank", str(file), stdout=out)
    assert "open_county 空白.xlsx" in out.getvalue()
    book = load_workbook(file)
    assert [sheet.name for sheet in SHEETS] == book.sheetnames[1:]
    with pytest.raises(CommandError, match="没有覆盖"):
        call_command("open_county", "--blank", str(file))
