"""A school's sheet, read, previewed and written."""

from datetime import date

import pytest
from django.db import connection

from foundation import clock
from foundation.jobs import actions as jobs
from students.roster.models import Child, Enrolment, ImportBatch, ImportRow
from tests.cast import Cast
from tests.roster.sheets import BORN, book, pupil
from tests.roster.steps import TODAY, bring_in, job_of, read, row, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def test_a_new_pupil_is_previewed_as_new_and_nothing_is_written_yet(cast: Cast):
    batch = read(cast, book(pupil(1), pupil(2)))

    assert batch.state == ImportBatch.PREVIEW
    assert batch.counts["new"] == batch.counts["rows"] == 2
    assert not Child.objects.exists()


def test_a_confirmed_roster_makes_children_with_guardians_and_enrolments(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))

    child = Child.objects.get()
    assert (child.name, child.sex, child.born_on, child.ethnicity) == ("王小乙", "1", BORN, "01")
    assert child.id_no == pupil(1)["身份证件号"]
    assert child.address == "东镇东村1组8号"
    assert child.name_key.startswith("wang xiao yi")
    assert child.initials == "wxy"
    assert (child.home_village, child.home_township) == (cast.here.village, cast.here.township)
    guardian = child.guardians.get()
    assert (guardian.name, guardian.relation, guardian.phone) == ("王大1", "父亲", "13900000001")
    spell = child.enrolments.get()
    assert (spell.school_class, spell.starts_on) == (cast.here.school_class, TODAY)
    assert row(batch).child == child
    assert batch.done_at is not None


def test_the_enrolment_begins_on_the_day_of_which_the_roster_is_true(cast: Cast):
    bring_in(cast, book(pupil(1)), as_of=date(2025, 9, 1))

    assert Enrolment.objects.get().starts_on == date(2025, 9, 1)


def test_a_class_that_does_not_exist_yet_is_opened(cast: Cast):
    bring_in(cast, book(pupil(1, 班级="5", 入学年月="202509")))

    at = Enrolment.objects.get().school_class
    assert (at.stage, at.entry_year, at.number) == ("2", 2025, 5)


def test_the_same_file_again_changes_nothing(cast: Cast):
    content = book(*[pupil(n) for n in range(1, 8)], pupil(9, 身份证件类型="其他", 身份证件号=""))
    bring_in(cast, content)

    again = read(cast, content)

    assert again.counts["unchanged"] == again.counts["rows"] == 8
    before = list(Child.objects.values())
    assert write(cast, again).state == ImportBatch.DONE
    assert list(Child.objects.values()) == before
    assert Enrolment.objects.count() == 8


def test_a_change_is_shown_field_by_field_with_protected_values_masked(cast: Cast):
    bring_in(cast, book(pupil(1)))
    changed = pupil(1, 现住址="东镇东村9组1号", 成员1联系电话="13911112222", 就读方式="住校")

    batch = read(cast, book(changed))

    assert row(batch).action == ImportRow.CHANGED
    assert {change["label"]: (change["old"], change["new"]) for change in row(batch).changes} == {
        "现住址": ("东镇东村1组…", "东镇东村9组…"),
        "成员1联系电话": ("139****0001", "139****2222"),
        "就读方式": ("不住校", "住校"),
    }
    write(cast, batch)
    child = Child.objects.get()
    assert (child.address, child.boards) == ("东镇东村9组1号", True)
    assert child.guardians.get().phone == "13911112222"


def test_an_empty_cell_never_erases_what_is_known(cast: Cast):
    bring_in(cast, book(pupil(1)))

    batch = read(cast, book(pupil(1, 现住址="", 民族="", 成员1联系电话="", 联系电话="")))

    assert row(batch).action == ImportRow.UNCHANGED


def test_a_pupil_in_another_class_moves_on_the_day_of_the_roster(cast: Cast):
    bring_in(cast, book(pupil(1)), as_of=date(2025, 9, 1))

    batch = read(cast, book(pupil(1, 班级="3")), as_of=date(2025, 9, 10))

    assert row(batch).action == ImportRow.MOVED
    assert row(batch).changes[0] == {"label": "班级", "old": "八年级2班", "new": "八年级3班"}
    write(cast, batch)
    new, old = Enrolment.objects.order_by("-starts_on")
    assert (old.school_class.number, old.ends_on) == (2, date(2025, 9, 9))
    assert (new.school_class.number, new.starts_on, new.ends_on) == (3, date(2025, 9, 10), None)


def test_a_class_corrected_on_the_very_day_of_enrolment_makes_no_empty_spell(cast: Cast):
    bring_in(cast, book(pupil(1)))

    bring_in(cast, book(pupil(1, 班级="3")))

    assert Enrolment.objects.get().school_class.number == 3


def test_a_pupil_who_is_not_in_the_file_is_listed_and_kept(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)))

    batch = bring_in(cast, book(pupil(1)))

    assert batch.counts["absent"] == 1
    assert batch.rows.get(action=ImportRow.ABSENT).name == "王小丙"
    assert Enrolment.objects.on(TODAY).count() == 2


def test_rows_read_and_refused_are_the_rows_of_the_file(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2), pupil(5)))
    batch = read(
        cast, book(pupil(1), pupil(2, 班级="3"), pupil(3), pupil(4, 身份证件号="53"), pupil(5))
    )

    counts = batch.counts
    assert counts["rows"] == 5
    assert [counts[k] for k in ("new", "moved", "unchanged", "refused")] == [1, 1, 2, 1]
    assert list(batch.rows.filter(row_no__isnull=False).values_list("row_no", flat=True)) == [
        2,
        3,
        4,
        5,
        6,
    ]


def test_only_the_right_rows_are_written_and_the_refused_ones_left(cast: Cast):
    batch = bring_in(cast, book(pupil(1), pupil(2, 出生日期="不详")))

    assert batch.counts["refused"] == 1
    assert Child.objects.get().name == "王小乙"


def test_the_job_tells_its_progress_and_ends_at_the_batch(cast: Cast, monkeypatch):
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(
        jobs, "progress", lambda job, done, total, note="": told.append((done, total))
    )

    batch = bring_in(cast, book(*[pupil(n) for n in range(1, 151)]))

    assert told == [(0, 150), (150, 150), (100, 150), (150, 150)]
    assert job_of(batch).state == "done"
    assert job_of(batch).result_url == f"/roster/import/{batch.pk}/"


def test_the_number_of_queries_does_not_grow_with_the_sheet(cast: Cast, count_queries):
    def queries(first: int, last: int) -> int:
        content = book(*[pupil(n) for n in range(first, last)])
        with clock.held(), count_queries(connection) as seen:
            bring_in(cast, content)
        return len(seen)

    bring_in(cast, book(pupil(400)))

    assert queries(1, 3) == queries(11, 91)
