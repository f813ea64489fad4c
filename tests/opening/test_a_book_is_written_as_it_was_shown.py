"""An uploaded workbook is kept, corrected, and written whole or not at all."""

import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.accounts.models import AuditEvent, Person, Post, Region, Unit
from kongchuo.setup.opening.models import CountyOpening, OpeningBook
from students.calendars.models import SchoolTerm
from students.roster.models import School
from tests.browsing import page
from tests.opening.steps import (
    ROWS,
    found_county,
    ordered,
    signed_in,
    uploaded,
    work_off,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_autumn() -> Any:
    with time_machine.travel("2026-09-02 04:00:00+00:00", tick=True):
        yield


@pytest.fixture
def first() -> Client:
    """The security officer of a county that is being opened."""
    return signed_in("13900000001", found_county()["13900000001"])


def counted() -> list[int]:
    return [model.objects.count() for model in (Region, Unit, School, SchoolTerm, Person, Post)]


def test_the_same_book_a_second_time_changes_nothing(first: Client) -> None:
    written(first, workbook())
    before = counted()
    assert "新增0行，更改0行" in written(first, workbook())
    assert counted() == before


def test_the_book_that_is_downloaded_afterwards_holds_all_rows_and_changes_nothing(
    first: Client,
) -> None:
    written(first, workbook())
    again = first.get("/opening/book.xlsx").content
    before = counted()
    assert "新增0行，更改0行" in written(first, again)
    assert counted() == before


def test_sheets_come_one_at_a_time(first: Client) -> None:
    for code in ROWS:
        written(first, workbook({code: ROWS[code]}))
    assert School.objects.count() == 3
    assert Post.objects.count() == 2 + 5


def test_a_wrong_book_writes_nothing_and_is_corrected_in_its_cells(first: Client) -> None:
    before = counted()
    rows = [*ROWS["villages"], ("530999101202", "山上村民委员会", "西乡")]
    at = uploaded(first, workbook(villages=rows))
    words = page(first.get(at))
    assert "村 C8" in words
    assert "确认写入" not in words
    assert "还有须改正的内容" in page(first.post(f"{at}write/", {"mark": "x"}, follow=True))
    assert counted() == before
    first.post(f"{at}correct/", {"villages-8-township": "东镇"})
    words = page(first.get(at))
    assert "确认写入" in words
    mark = re.findall(r'name="mark" value="(\w+)"', words)[0]
    assert "已写入" in ordered(first, at, mark)
    assert Region.objects.filter(code="530999101202").exists()
    assert "已经办理" in page(first.post(f"{at}write/", {"mark": mark}, follow=True))


def test_it_is_written_only_as_it_was_shown(first: Client) -> None:
    at = uploaded(first, workbook())
    mark = re.findall(r'name="mark" value="(\w+)"', page(first.get(at)))[0]
    OpeningBook.objects.filter(pk=OpeningBook.objects.get().pk).update(sheets=_fewer())
    assert "核对之后情况有变化" in page(first.post(f"{at}write/", {"mark": mark}, follow=True))
    assert not School.objects.exists()


def _fewer() -> Any:
    sheets = OpeningBook.objects.get().sheets
    return [sheet for sheet in sheets if sheet["code"] != "people"]


def test_what_cannot_be_written_leaves_nothing_behind_and_the_book_waits(
    first: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counted()
    at = uploaded(first, workbook())
    mark = re.findall(r'name="mark" value="(\w+)"', page(first.get(at)))[0]

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the machine stops")

    with monkeypatch.context() as patch:
        patch.setattr("kongchuo.setup.opening.acts.writing.seed_terms", broken)
        with pytest.raises(RuntimeError):
            ordered(first, at, mark)
    assert counted() == before
    assert "处理时出现意外" in page(first.get(at))
    assert "接着核对上传的工作簿" in page(first.get("/opening/"))
    assert "已写入" in ordered(first, at, mark)


def test_while_it_is_written_nobody_changes_it_or_orders_it_again(first: Client) -> None:
    at = uploaded(first, workbook())
    mark = re.findall(r'name="mark" value="(\w+)"', page(first.get(at)))[0]
    job = first.post(f"{at}write/", {"mark": mark})["Location"]
    assert first.get(at)["Location"] == job
    for act, told in (("write", {"mark": mark}), ("drop", {}), ("correct", {})):
        words = page(first.post(f"{at}{act}/", told, follow=True))
        assert "正在写入" in words, act
    work_off()
    assert School.objects.count() == 3
    assert OpeningBook.objects.get().state == OpeningBook.WRITTEN


def test_what_changed_before_the_worker_came_is_said_on_the_book(first: Client) -> None:
    at = uploaded(first, workbook())
    mark = re.findall(r'name="mark" value="(\w+)"', page(first.get(at)))[0]
    first.post(f"{at}write/", {"mark": mark})
    OpeningBook.objects.update(sheets=_fewer())
    work_off()
    assert "核对之后情况有变化" in page(first.get(at))
    assert not School.objects.exists()


def test_a_name_is_corrected_until_the_county_is_opened(first: Client) -> None:
    written(first, workbook())
    renamed = [("3153000101", "东镇初级中学", "", "东镇", "初中", "是", "否", "", "")]
    words = page(first.get(uploaded(first, workbook({"schools": renamed}))))
    assert "东镇中学 → 东镇初级中学" in words
    assert "更改1行" in written(first, workbook({"schools": renamed}))
    school = School.objects.select_related("unit__parent").get(code="3153000101")
    assert (school.unit.name, school.marks_half_days) == ("东镇初级中学", False)
    above = school.unit.parent
    assert above is not None
    assert above.kind == "county"  # an empty cell changes nothing
    assert AuditEvent.objects.filter(verb="unit_corrected").exists()
    CountyOpening.objects.update(opened_on="2026-09-02", opened_by=Post.objects.first())
    again = [("3153000101", "东镇第一中学", "", "东镇", "初中")]
    assert "县已开通，请在单位" in page(first.get(uploaded(first, workbook({"schools": again}))))


def test_a_book_that_is_put_aside_is_not_written(first: Client) -> None:
    at = uploaded(first, workbook())
    first.post(f"{at}drop/")
    assert "未采用" in page(first.get(at))
    assert not School.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(first: Client) -> None:
    assert "请选择文件" in page(first.post("/opening/upload/", {}), 422)
    file = SimpleUploadedFile("照片.xlsx", b"\x89PNG")
    assert "这不是表格文件" in page(first.post("/opening/upload/", {"file": file}), 422)
