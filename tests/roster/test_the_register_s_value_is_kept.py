"""以文件为准 or 保留系统值, by column for a whole batch: shown with counts, never silently."""

import pytest

from foundation import clock
from students.roster.models import Child, ImportBatch, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import signed_in, text
from tests.roster.sheets import VILLAGE_CODE, book, pupil
from tests.roster.steps import TODAY, bring_in, read, row, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def changed(cast: Cast, **cells: str) -> ImportBatch:
    bring_in(cast, book(pupil(1), pupil(2)))
    return read(cast, book(pupil(1, **cells), pupil(2)))


def keep(client, batch: ImportBatch, *labels: str) -> str:
    fields = {f"k-{label}": "1" for label in labels}
    return text(client.post(f"/roster/import/{batch.pk}/keep/", fields, follow=True))


def test_each_column_that_differs_is_offered_with_its_count_and_the_file_counts(cast: Cast, client):
    batch = changed(cast, 现住址="新村1组2号", 民族="彝族")

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert 'name="k-现住址"' in shown
    assert 'name="k-民族"' in shown
    assert 'name="k-姓名"' not in shown
    assert '<option value="1" selected>' not in shown
    write(cast, batch)
    child = Child.objects.get(name="王小乙")
    assert (child.address, child.ethnicity) == ("新村1组2号", "07")


def test_a_kept_column_is_not_written_and_the_others_are(cast: Cast, client):
    batch = changed(cast, 现住址="新村1组2号", 民族="彝族")

    shown = keep(signed_in(client, cast), batch, "现住址")

    assert "保留系统值，不写入" in shown
    assert "仅导入正确的" not in shown
    assert "导入全部 1 行" in shown
    write(cast, batch)
    child = Child.objects.get(name="王小乙")
    assert (child.address, child.ethnicity) == ("东镇东村1组8号", "07")


def test_a_row_that_differs_in_kept_columns_only_is_not_counted_nor_written(cast: Cast, client):
    batch = changed(cast, 现住址="新村1组2号")

    assert "没有需要写入的变化" in keep(signed_in(client, cast), batch, "现住址")
    write(cast, batch)
    assert Child.objects.get(name="王小乙").address == "东镇东村1组8号"


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("户口所在地", VILLAGE_CODE[:9]),
        ("就读方式", "住校"),
        ("班内学号", "9"),
        ("成员1联系电话", "13911112222"),
        ("成员1姓名", "王二"),
        ("民族", "彝族"),
    ],
)
def test_any_column_may_be_kept(cast: Cast, client, heading: str, value: str):
    batch = changed(cast, **{heading: value})
    before = _all_of("王小乙")
    assert heading in {change["label"] for change in row(batch).changes}

    keep(signed_in(client, cast), batch, heading)
    write(cast, batch)

    assert _all_of("王小乙") == before


def _all_of(name: str) -> tuple:
    child = Child.objects.get(name=name)
    guardians = list(child.guardians.values_list("name", "relation", "phone_digest"))
    return (
        child.home_region,
        child.home_village_id,
        child.home_township_id,
        child.boards,
        child.ethnicity,
        guardians,
        child.enrolments.get().seat_no,
    )


def test_a_new_pupil_gets_the_kept_column_from_the_file(cast: Cast, client):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(pupil(1, 现住址="新村1组2号"), pupil(2)))

    keep(signed_in(client, cast), batch, "现住址")
    write(cast, batch)

    assert Child.objects.get(name="王小丙").address == "东镇东村2组8号"


def test_a_move_of_class_is_no_column_and_still_happens(cast: Cast, client):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(pupil(1, 班级="3", 现住址="新村1组2号")))
    shown = keep(signed_in(client, cast), batch, "班级", "现住址")

    assert 'name="k-班级"' not in shown
    write(cast, batch)
    child = Child.objects.get()
    assert child.address == "东镇东村1组8号"
    assert child.enrolments.get().school_class.number == 3


def test_a_choice_can_be_taken_back(cast: Cast, client):
    batch = changed(cast, 现住址="新村1组2号")
    client = signed_in(client, cast)
    keep(client, batch, "现住址")

    keep(client, batch)
    write(cast, batch)

    assert Child.objects.get(name="王小乙").address == "新村1组2号"


def test_what_does_not_differ_cannot_be_kept(cast: Cast, client):
    batch = changed(cast, 现住址="新村1组2号")

    keep(signed_in(client, cast), batch, "姓名", "x")

    batch.refresh_from_db()
    assert batch.layout.kept == []


def test_a_written_batch_takes_no_choice(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1)))

    assert "不能再改正" in keep(signed_in(client, cast), batch, "现住址")
    assert row(batch).action == ImportRow.NEW
