"""The county's desk brings many schools in at once; each row names its school."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from students.roster.imports.acts.batches import confirm_import, drop_import
from students.roster.models import Child, Enrolment, ImportBatch, ImportRow
from tests.cast import Cast
from tests.doers import doing
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import TODAY, bring_in, read, row, words, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

THERE = {"学校标识码": NEXT_SCHOOL_CODE}
EARLIER = TODAY - timedelta(days=10)


def test_each_row_comes_to_the_school_it_names(cast: Cast):
    batch = bring_in(cast, book(pupil(1), pupil(2, **THERE)), county=True)

    assert batch.counts["new"] == 2
    here, there = cast.here.school.enrolments.get(), cast.there.school.enrolments.get()
    assert (here.child.name, there.child.name) == ("王小乙", "王小丙")
    assert there.school_class.school == cast.there.school


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("", "缺少学校标识码"),
        ("3153000999", "本县没有这个学校标识码的学校"),
        ("31530", "学校标识码应为10位数字"),
    ],
)
def test_a_row_that_names_no_school_of_the_county_is_refused(cast: Cast, code, complaint):
    batch = read(cast, book(pupil(1, 学校标识码=code), pupil(2)), county=True)

    assert complaint in words(row(batch).problems)
    assert (batch.counts["refused"], batch.counts["new"]) == (1, 1)


def test_a_school_that_is_closed_takes_nobody(cast: Cast):
    cast.there.school.unit.is_open = False
    cast.there.school.unit.save()

    batch = read(cast, book(pupil(1, **THERE)), county=True)

    assert "本县没有这个学校标识码的学校" in words(row(batch).problems)


def test_a_child_of_another_school_moves_and_both_schools_are_shown(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)

    batch = read(cast, book(pupil(1, **THERE)), county=True)

    assert (batch.counts["arriving"], batch.writes) == (1, 1)
    assert row(batch).changes == [
        {"label": "学校", "old": "东镇中学八年级2班", "new": "西镇中学八年级2班"}
    ]
    write(cast, batch)
    new, old = Enrolment.objects.order_by("-starts_on")
    assert (old.school, old.ends_on) == (cast.here.school, TODAY - timedelta(days=1))
    assert (new.school, new.starts_on, new.ends_on) == (cast.there.school, TODAY, None)
    assert Child.objects.count() == 1


def test_a_move_on_the_very_day_of_enrolment_makes_no_empty_spell(cast: Cast):
    bring_in(cast, book(pupil(1)))

    bring_in(cast, book(pupil(1, **THERE)), county=True)

    assert Enrolment.objects.get().school == cast.there.school


def test_absent_are_only_pupils_of_schools_that_occur(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)))
    bring_in(cast, book(pupil(3, **THERE)), there=True)

    batch = read(cast, book(pupil(1)), county=True)

    assert [one.name for one in batch.rows.filter(action=ImportRow.ABSENT)] == ["王小丙"]


def test_two_children_of_one_name_at_two_schools_are_no_question(cast: Cast):
    name = pupil(1)["姓名"]
    batch = bring_in(cast, book(pupil(1), pupil(2, 姓名=name, **THERE)), county=True)

    assert batch.counts["new"] == 2


def test_a_school_sees_its_own_batches_and_the_county_those_of_its_schools(cast: Cast):
    ours, theirs = read(cast, book(pupil(1))), read(cast, book(pupil(2, **THERE)), there=True)
    whole = read(cast, book(pupil(3)), county=True)

    def seen(role: str, there: bool = False) -> set[ImportBatch]:
        return set(ImportBatch.objects.visible_to(cast.viewer(role, TODAY, there)))

    assert seen("registrar") == {ours}
    assert seen("registrar", there=True) == {theirs}
    assert seen("county_desk") == {ours, theirs, whole}
    assert seen("supervisor") == set()


def test_the_county_writes_no_batch_of_a_school_and_a_school_none_of_the_county(cast: Cast):
    ours, whole = read(cast, book(pupil(1))), read(cast, book(pupil(3)), county=True)
    county, school = cast.viewer("county_desk", TODAY), cast.viewer("registrar", TODAY)

    for viewer, batch in ((county, ours), (school, whole)):
        for act in (confirm_import, drop_import):
            with pytest.raises(PermissionDenied):
                act(doing(viewer, Origin(), today=TODAY), batch.pk)


def test_the_county_and_a_school_do_not_write_to_one_school_at_once(cast: Cast):
    ours, whole = read(cast, book(pupil(1))), read(cast, book(pupil(2)), county=True)
    confirm_import(doing(cast.viewer("registrar", TODAY), Origin()), ours.pk)

    with pytest.raises(Refused, match="东镇中学的另一份名册正在写入"):
        confirm_import(doing(cast.viewer("county_desk", TODAY), Origin()), whole.pk)


def test_the_school_a_pupil_leaves_is_written_to_as_well(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    whole, ours = read(cast, book(pupil(1, **THERE)), county=True), read(cast, book(pupil(2)))
    confirm_import(doing(cast.viewer("county_desk", TODAY), Origin()), whole.pk)

    with pytest.raises(Refused, match="本校另一份名册正在写入"):
        confirm_import(doing(cast.viewer("registrar", TODAY), Origin()), ours.pk)


def test_after_the_one_is_written_the_other_may_be(cast: Cast):
    ours, whole = read(cast, book(pupil(1))), read(cast, book(pupil(2)), county=True)

    assert write(cast, ours).state == ImportBatch.DONE
    assert write(cast, whole).state == ImportBatch.DONE
