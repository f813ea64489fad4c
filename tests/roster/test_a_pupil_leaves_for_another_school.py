"""转出 within the county: on the sending school's roll until the receiving one confirms (N-R6)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from students.attendance.rolls.sheet import pupils_of
from students.roster.changes.acts.recording import refuse_change, withdraw_change
from students.roster.changes.acts.transfers import confirm_arrival, settle_transfer
from students.roster.models import Change, Document, Enrolment
from students.roster.rules.change_kinds import ChangeRefused
from tests.cast import Cast, make_child
from tests.roster.changing import (
    DUE,
    FRI,
    a_class,
    arrive,
    away,
    by,
    let_go,
    papers,
    record,
    spells,
    state,
)

pytestmark = pytest.mark.django_db
MON = date(2025, 9, 15)


def test_the_transfer_waits_for_the_receiving_school_for_ten_working_days(cast: Cast):
    change = let_go(cast, make_child(cast.here))

    assert (change.state, change.state_label) == ("open", "待接收")
    assert change.due_on == DUE
    letter = Message.objects.get(to_unit_id=cast.there.school.pk)
    assert letter.title == "有一名学生待接收转入"
    assert "张小明" not in letter.title + letter.body


@pytest.mark.parametrize(
    ("day", "late"), [(date(2025, 9, 25), False), (DUE, False), (date(2025, 9, 27), True)]
)
def test_it_is_late_from_the_day_after_its_due_day(cast: Cast, day: date, late: bool):
    change = let_go(cast, make_child(cast.here))

    assert change.is_late_on(day) is late
    assert Change.objects.late_on(day).exists() is late


def test_the_child_stays_on_the_roll_and_is_not_expected_in_class(cast: Cast):
    child = make_child(cast.here)
    let_go(cast, child)

    assert Enrolment.objects.on(MON).filter(child=child, school=cast.here.school).exists()
    assert [pupil.id for pupil in pupils_of(cast.here.school_class, date(2025, 9, 11))] == [
        child.pk
    ]
    assert pupils_of(cast.here.school_class, FRI) == ()


def test_the_confirmation_ends_one_spell_the_day_before_the_other_begins(cast: Cast):
    child = make_child(cast.here)
    change = arrive(cast, let_go(cast, child), MON)

    assert (change.state, change.settled_on) == ("confirmed", MON)
    assert spells(child) == [
        (cast.here.school_class.pk, date(2025, 9, 1), date(2025, 9, 14)),
        (cast.there.school_class.pk, MON, None),
    ]
    assert away(child) == [(FRI, MON)]
    assert [pupil.id for pupil in pupils_of(cast.there.school_class, MON)] == [child.pk]


def test_every_move_is_a_row_with_its_unit(cast: Cast):
    change = arrive(cast, let_go(cast, make_child(cast.here)), MON)

    rows = change.events.values_list("act", "from_state", "to_state", "unit_id")
    assert list(rows) == [
        ("record", "", "open", cast.here.school.pk),
        ("confirm", "open", "confirmed", cast.there.school.pk),
    ]
    verbs = AuditEvent.objects.filter(kind="change").values_list("verb", flat=True)
    assert {"record_change", "confirm_change"} <= set(verbs)


@pytest.mark.parametrize("arrived_on", [date(2025, 9, 11), date(2025, 9, 16)])
def test_nobody_arrives_before_leaving_or_tomorrow(cast: Cast, arrived_on: date):
    change = let_go(cast, make_child(cast.here))

    with pytest.raises(ChangeRefused):
        arrive(cast, change, MON, arrived_on)
    assert state(change) == "open"


def test_arriving_on_the_day_of_leaving_is_no_gap(cast: Cast):
    child = make_child(cast.here)
    arrive(cast, let_go(cast, child), FRI)

    assert [row[1:] for row in spells(child)] == [
        (date(2025, 9, 1), date(2025, 9, 11)),
        (FRI, None),
    ]
    assert away(child) == [(FRI, FRI)]


def test_only_the_receiving_school_confirms(cast: Cast):
    change = let_go(cast, make_child(cast.here))

    with pytest.raises(PermissionDenied):
        confirm_arrival(by(cast, "registrar", MON), change.pk, a_class(cast.here).pk, MON)
    with pytest.raises(PermissionDenied):
        confirm_arrival(
            by(cast, "class_teacher", MON, there=True), change.pk, cast.there.school_class.pk, MON
        )


def test_the_class_must_be_the_receiving_school_s_own(cast: Cast):
    change = let_go(cast, make_child(cast.here))

    with pytest.raises(ChangeRefused, match="班级"):
        confirm_arrival(
            by(cast, "registrar", MON, there=True), change.pk, cast.here.school_class.pk, MON
        )


def test_without_the_application_it_is_refused_in_words(cast: Cast):
    child = make_child(cast.here)

    with pytest.raises(ChangeRefused, match="缺少材料：转学申请"):
        let_go(cast, child, papers=())
    assert not Change.objects.exists()


def test_the_application_is_a_paper_of_the_child(cast: Cast):
    child = make_child(cast.here)
    change = let_go(cast, child)

    assert [proof.document.title for proof in change.proofs.all()] == ["转学申请"]
    assert Document.objects.get().child_id == child.pk


def test_a_refused_transfer_leaves_the_child_where_it_was(cast: Cast):
    child = make_child(cast.here)
    change = let_go(cast, child)
    refuse_change(by(cast, "registrar", MON, there=True), change.pk, "未到校")

    assert state(change) == "refused"
    assert [row[1:] for row in spells(child)] == [(date(2025, 9, 1), None)]
    # Today's roll may have been called without the child.
    assert pupils_of(cast.here.school_class, MON) == ()
    assert [p.id for p in pupils_of(cast.here.school_class, date(2025, 9, 16))] == [child.pk]


def test_to_refuse_needs_a_reason(cast: Cast):
    change = let_go(cast, make_child(cast.here))

    with pytest.raises(ChangeRefused, match="原因"):
        refuse_change(by(cast, "registrar", MON, there=True), change.pk, " ")


def test_the_sending_school_takes_it_back_while_it_is_open(cast: Cast):
    change = let_go(cast, make_child(cast.here))
    withdraw_change(by(cast, "registrar", MON), change.pk, "家长改变主意")

    assert state(change) == "withdrawn"
    with pytest.raises(ChangeRefused, match="已撤回"):
        arrive(cast, change, MON)


def test_a_second_change_waits_for_the_first(cast: Cast):
    child = make_child(cast.here)
    let_go(cast, child)

    with pytest.raises(ChangeRefused, match="正在办理"):
        let_go(cast, child)


def test_another_school_s_pupil_cannot_be_sent_away(cast: Cast):
    theirs = make_child(cast.there)

    with pytest.raises(PermissionDenied):
        let_go(cast, theirs, to_school_id=cast.here.school.pk)
    with pytest.raises(PermissionDenied):
        let_go(cast, make_child(cast.here), role="class_teacher")


def test_what_is_entered_days_later_is_shown_as_such_and_leaves_past_rolls_alone(cast: Cast):
    child = make_child(cast.here)
    change = let_go(cast, child, MON, occurred_on=date(2025, 9, 9))

    assert change.is_backdated
    assert away(child) == [(MON, None)]
    assert not let_go(cast, make_child(cast.here, "李小红")).is_backdated


def test_out_of_the_county_it_ends_with_the_proof_of_arrival(cast: Cast):
    child = make_child(cast.here)
    change = record(cast, "transfer_out", child, outside_school="邻县一中", outside_place="邻县")
    who = by(cast, "registrar", MON)

    with pytest.raises(ChangeRefused, match="缺少材料：外地就读证明"):
        settle_transfer(who, change.pk, MON, ())
    settle_transfer(who, change.pk, MON, papers("外地就读证明"))

    assert state(change) == "confirmed"
    assert spells(child) == [(cast.here.school_class.pk, date(2025, 9, 1), date(2025, 9, 14))]


def test_out_of_the_county_the_school_and_its_place_are_asked(cast: Cast):
    with pytest.raises(ChangeRefused, match="所在地"):
        record(cast, "transfer_out", make_child(cast.here), outside_school="邻县一中")
