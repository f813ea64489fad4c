"""A sheet of another school is refused, and taken for that one where the person imports for it."""

import pytest
from django.utils.html import escape

from foundation.accounts import actions as accounts
from students.roster import tasks
from students.roster.models import Child, ImportBatch
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, plain_book, pupil
from tests.roster.steps import read

HEAD = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def headed(title: str) -> bytes:
    one = pupil(1)
    line = [one["姓名"], "男", "20120506", one["身份证件号"], "2", "202409"]
    return plain_book([[title], HEAD, line])


def shown(cast: Cast, batch: ImportBatch) -> str:
    return page(client_of(cast.person("registrar")).get(f"/roster/import/{batch.pk}/"))


def test_the_title_of_another_school_refuses_the_sheet(cast: Cast) -> None:
    other = cast.there.school.unit.name
    batch = read(cast, headed(f"{other}2025年秋季学期学生名册"))
    assert batch.state == ImportBatch.REFUSED
    words = shown(cast, batch)
    assert f"表的标题写的是另一所学校「{other}」，不是本校的名册，没有导入" in words
    assert "下载模板" in words
    assert "改为导入" not in words


def test_the_code_of_another_school_in_every_row_refuses_the_sheet(cast: Cast) -> None:
    theirs = {"学校标识码": NEXT_SCHOOL_CODE}
    batch = read(cast, book(pupil(1, **theirs), pupil(2, **theirs)))
    assert batch.state == ImportBatch.REFUSED
    assert f"每一行的学校标识码{NEXT_SCHOOL_CODE}都是另一所学校" in shown(cast, batch)
    mixed = read(cast, book(pupil(1), pupil(2, **theirs)))
    assert (mixed.state, mixed.counts["refused"]) == (ImportBatch.PREVIEW, 1)


def test_who_imports_for_both_takes_it_for_the_other(cast: Cast) -> None:
    other = cast.there.school
    accounts.grant_post(cast.person("registrar"), "registrar", other.unit, LONG_AGO, None)
    batch = read(cast, headed(f"{other.unit.name}学生名册"))
    assert f"改为导入「{escape(str(other))}」" in shown(cast, batch)
    client = client_of(cast.person("registrar"))
    answer = client.post(f"/roster/import/{batch.pk}/for-named/")
    taken = ImportBatch.objects.get(school=other.pk)
    assert answer["Location"] == f"/roster/import/{taken.pk}/"
    assert taken.job_id is not None
    tasks.read_batch(taken.job_id)
    taken.refresh_from_db()
    assert (taken.state, taken.counts["new"]) == (ImportBatch.PREVIEW, 1)
    assert not Child.objects.exists()


def test_who_does_not_is_told_to_upload_again(cast: Cast) -> None:
    batch = read(cast, headed(f"{cast.there.school.unit.name}学生名册"))
    client = client_of(cast.person("registrar"))
    words = page(client.post(f"/roster/import/{batch.pk}/for-named/", follow=True))
    assert "不能改为导入另一所学校，请重新上传" in words
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("title", ["{own}学生名册", "学生名册", "{own}转入{other}学生名册"])
def test_one_s_own_title_or_none_is_read(cast: Cast, title: str) -> None:
    own, other = cast.here.school.unit.name, cast.there.school.unit.name
    batch = read(cast, headed(title.format(own=own, other=other)))
    assert batch.state == ImportBatch.PREVIEW
