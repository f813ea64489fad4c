"""死亡, 出国（境）, 转班级, 留级, 跳级, 转入（县外）, 延缓入学: what each does to the roll."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from students.roster.changes.acts import transfers
from students.roster.changes.acts.recording import settle_death
from students.roster.changes.acts.suspensions import (
    apply_deferral,
    approve_suspension,
    file_suspension,
)
from students.roster.changes.acts.transfers import settle_transfer
from students.roster.changes.entries import ChangeEntry
from students.roster.models import Change, Child, Enrolment
from students.roster.pupils.acts.pupils import add_child
from students.roster.rules.change_kinds import BY_CODE, ChangeRefused
from students.roster.rules.ids import invent
from tests.cast import Cast, make_child
from tests.roster.changing import (
    DUE,
    FRI,
    a_class,
    away,
    by,
    let_go,
    papers,
    record,
    spells,
    state,
    suspend,
)

pytestmark = pytest.mark.django_db
BEGIN, THU = date(2025, 9, 1), date(2025, 9, 11)
ID = invent(date(2012, 5, 6), 0, "1")


def test_a_death_ends_the_roll_the_day_before_and_the_registry_has_ten_working_days(cast: Cast):
    child = make_child(cast.here)
    change = record(cast, "death", child)

    assert spells(child) == [(cast.here.school_class.pk, BEGIN, THU)]
    assert (change.state_label, change.due_on) == ("待注销学籍", DUE)
    settle_death(by(cast, "registrar", FRI), change.pk, "已注销")
    assert state(change) == "confirmed"


@pytest.mark.parametrize(
    ("day", "late"), [(date(2025, 9, 25), False), (DUE, False), (date(2025, 9, 27), True)]
)
def test_the_registry_is_late_from_the_day_after(cast: Cast, day: date, late: bool):
    assert record(cast, "death", make_child(cast.here)).is_late_on(day) is late


def test_a_death_is_recorded_during_a_suspension_too(cast: Cast):
    child = make_child(cast.here)
    suspend(cast, child, FRI, date(2026, 3, 1))
    record(cast, "death", child, date(2025, 10, 13))

    assert away(child) == [(FRI, date(2025, 10, 13))]
    assert spells(child)[0][2] == date(2025, 10, 12)


def test_a_death_is_not_settled_as_a_transfer_nor_the_other_way_round(cast: Cast):
    death = record(cast, "death", make_child(cast.here))
    transfer = record(
        cast,
        "transfer_out",
        make_child(cast.here, "李小红"),
        outside_school="邻县一中",
        outside_place="邻县",
    )
    who = by(cast, "registrar", FRI)

    with pytest.raises(PermissionDenied):
        settle_transfer(who, death.pk, FRI, papers("外地就读证明"))
    with pytest.raises(PermissionDenied):
        settle_death(who, transfer.pk, "")


def test_who_goes_abroad_leaves_the_roll_with_both_papers(cast: Cast):
    child = make_child(cast.here)
    with pytest.raises(ChangeRefused, match="监护人书面说明"):
        record(cast, "abroad", child, papers=papers("出国（境）证明"))
    change = record(cast, "abroad", child, outside_place="邻国")

    assert change.state == "confirmed"
    assert spells(child) == [(cast.here.school_class.pk, BEGIN, THU)]


@pytest.mark.parametrize(
    ("kind", "entry_year"), [("class_move", 2024), ("repeat", 2025), ("grade_skip", 2023)]
)
def test_a_move_ends_one_spell_and_begins_the_other(cast: Cast, kind: str, entry_year: int):
    child, other = make_child(cast.here), a_class(cast.here, entry_year=entry_year)
    record(cast, kind, child, to_class_id=other.pk)

    assert spells(child) == [(cast.here.school_class.pk, BEGIN, THU), (other.pk, FRI, None)]


def test_a_move_into_the_wrong_grade_or_another_school_is_refused(cast: Cast):
    child = make_child(cast.here)
    for wrong in (a_class(cast.here, entry_year=2025), cast.there.school_class):
        with pytest.raises(ChangeRefused, match="班级"):
            record(cast, "class_move", child, to_class_id=wrong.pk)
    with pytest.raises(ChangeRefused, match="已在这个班"):
        record(cast, "class_move", child, to_class_id=cast.here.school_class.pk)
    assert len(spells(child)) == 1


@pytest.mark.parametrize("day", [BEGIN, date(2025, 9, 13)])
def test_nothing_happens_before_the_child_came_or_tomorrow(cast: Cast, day: date):
    with pytest.raises(ChangeRefused):
        record(cast, "abroad", make_child(cast.here), occurred_on=day)
    assert not Change.objects.exists()


def take_in(cast: Cast, id_no: str = ID, **more) -> Change:
    """Our school enrols a child from outside the county."""
    more.setdefault("papers", papers(*BY_CODE["transfer_in"].proofs))
    facts = {"name": "赵转来", "id_no": id_no, "sex": "1", "born_on": date(2012, 5, 6)}
    entry = ChangeEntry(
        kind="transfer_in",
        occurred_on=FRI,
        to_class_id=cast.here.school_class.pk,
        outside_school="邻县一中",
        outside_place="邻县",
        more=facts,
        **more,
    )
    return transfers.take_in(by(cast, "registrar", FRI), entry, cast.here.school.pk)


def test_a_child_from_outside_is_enrolled_on_its_day_with_its_paper(cast: Cast):
    with pytest.raises(ChangeRefused, match="转学证明"):
        take_in(cast, papers=())
    assert not Child.objects.exists()
    change = take_in(cast)

    assert change.child.masked_id == f"5309**********{ID[-4:]}"
    assert spells(change.child) == [(cast.here.school_class.pk, FRI, None)]


def test_a_child_registered_elsewhere_in_the_county_must_be_asked_for(cast: Cast):
    make_child(cast.there, id_no=ID)

    with pytest.raises(ChangeRefused, match="申请转入"):
        take_in(cast)


def test_who_left_the_county_and_comes_back_is_the_same_child(cast: Cast):
    child = make_child(cast.there, id_no=ID)
    Enrolment.objects.filter(child=child).update(ends_on=THU)

    assert take_in(cast).child_id == child.pk
    assert len(spells(child)) == 2


def test_a_deferral_is_for_a_child_on_no_roll(cast: Cast):
    child = add_child(cast.county, "钱未入", id_no=ID, home_township=cast.here.township)
    entry = ChangeEntry(
        kind="deferral",
        occurred_on=FRI,
        until=date(2026, 8, 31),
        reason="10",
        papers=papers(*BY_CODE["deferral"].proofs),
        more={"id_no": ID},
    )
    change = apply_deferral(by(cast, "registrar", FRI), entry, cast.here.school.pk)
    assert (change.state, change.township_id) == ("applied", cast.here.township.pk)
    approve_suspension(by(cast, "township_leader", FRI), change.pk, "诊断证明齐全，同意休学")
    file_suspension(by(cast, "county_desk", FRI), change.pk, "")

    assert away(child) == [(FRI, date(2026, 9, 1))]


def test_a_pupil_is_not_deferred(cast: Cast):
    make_child(cast.here, id_no=ID)
    entry = ChangeEntry(
        kind="deferral", occurred_on=FRI, until=date(2026, 8, 31), more={"id_no": ID}
    )

    with pytest.raises(ChangeRefused, match="办理休学"):
        apply_deferral(by(cast, "registrar", FRI), entry, cast.here.school.pk)


@pytest.mark.parametrize("kind", ["transfer_in", "deferral"])
def test_what_is_no_change_of_a_pupil_is_refused(cast: Cast, kind: str):
    with pytest.raises(ChangeRefused, match="类别"):
        record(cast, kind, make_child(cast.here), papers=())


def test_a_child_that_has_left_cannot_leave_again(cast: Cast):
    child = make_child(cast.here)
    record(cast, "abroad", child, outside_place="邻国")

    with pytest.raises(ChangeRefused, match="不在本县任何学校"):
        let_go(cast, child)
