"""休学: the school asks with both papers, the township approves, the county files (R32)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation import clock
from foundation.messaging.models import Message
from students.attendance.rolls.facts import facts_of
from students.attendance.rolls.sheet import pupils_of
from students.roster.changes.acts.recording import refuse_change
from students.roster.changes.acts.suspensions import approve_suspension, file_suspension
from students.roster.models import Change, Enrolment
from students.roster.rules.change_kinds import ChangeRefused
from tests.browsing import client_of
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, away, by, let_go, papers, record, spells, state, suspend

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 1)
MON = date(2025, 9, 15)


def apply(cast: Cast, child, **more) -> Change:
    """The school hands it in."""
    more.setdefault("until", UNTIL)
    return record(cast, "suspension", child, reason="10", **more)


def test_it_waits_for_the_township_then_for_the_county(cast: Cast):
    change = apply(cast, make_child(cast.here))
    assert change.state_label == "待乡镇批准"
    approve_suspension(by(cast, "township_officer", FRI), change.pk, "诊断证明齐全，同意休学")
    assert state(change) == "approved"
    file_suspension(by(cast, "county_desk", FRI), change.pk, "备案1号")

    assert state(change) == "confirmed"
    rows = [(row.act, row.unit_id, row.text) for row in change.events.all()]
    assert rows[1:] == [
        ("approve", cast.here.township.pk, "诊断证明齐全，同意休学"),
        ("file", cast.county.pk, "备案1号"),
    ]


def test_each_that_has_to_act_is_told_and_the_child_is_not_named(cast: Cast):
    suspend(cast, make_child(cast.here), FRI, UNTIL)

    letters = Message.objects.filter(key__startswith="change:").order_by("pk")
    assert list(letters.values_list("to_unit_id", flat=True)) == [
        cast.here.township.pk,
        cast.county.pk,
        cast.here.school.pk,
    ]
    assert not [one for one in letters if "张小明" in one.title + one.body]


def test_the_county_cannot_file_what_the_township_has_not_approved(cast: Cast):
    change = apply(cast, make_child(cast.here))

    with pytest.raises(ChangeRefused, match="待乡镇批准"):
        file_suspension(by(cast, "county_desk", FRI), change.pk, "")


@pytest.mark.parametrize(
    ("role", "there"),
    [("township_officer", True), ("registrar", False), ("county_desk", False)],
)
def test_nobody_but_its_own_township_approves(cast: Cast, role: str, there: bool):
    change = apply(cast, make_child(cast.here))

    with pytest.raises(PermissionDenied):
        approve_suspension(by(cast, role, FRI, there), change.pk, "诊断证明齐全，同意休学")


def test_the_township_of_the_home_approves_where_the_school_lies_elsewhere(cast: Cast):
    child = make_child(cast.here, home_township=cast.there.township)

    assert apply(cast, child).township_id == cast.there.township.pk


def test_a_child_of_unknown_home_falls_to_the_school_s_township(cast: Cast):
    child = make_child(cast.here, home_village=None, home_township=None)

    assert apply(cast, child).township_id == cast.here.township.pk


@pytest.mark.parametrize("title", ["监护人书面申请", "县级以上医院诊断证明"])
def test_one_paper_is_not_enough(cast: Cast, title: str):
    with pytest.raises(ChangeRefused, match="缺少材料"):
        apply(cast, make_child(cast.here), papers=papers(title))


def test_until_it_is_filed_the_child_is_expected_in_class(cast: Cast):
    child = make_child(cast.here)
    change = apply(cast, child)
    assert [p.id for p in pupils_of(cast.here.school_class, FRI)] == [child.pk]
    approve_suspension(by(cast, "township_officer", FRI), change.pk, "诊断证明齐全，同意休学")
    assert [p.id for p in pupils_of(cast.here.school_class, FRI)] == [child.pk]

    file_suspension(by(cast, "county_desk", FRI), change.pk, "")
    assert pupils_of(cast.here.school_class, FRI) == ()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 9, 14), True),
        (MON, False),
        (UNTIL, False),
        (date(2026, 3, 2), True),
    ],
)
def test_it_counts_from_its_first_to_its_last_day(cast: Cast, day: date, expected: bool):
    child = make_child(cast.here)
    suspend(cast, child, MON, UNTIL)

    assert bool(pupils_of(cast.here.school_class, day)) is expected
    assert Enrolment.objects.on(day).filter(child=child).exists()


def test_the_roll_leaves_the_child_out_and_does_not_say_it_was_there(cast: Cast):
    child, other = make_child(cast.here), make_child(cast.here, "李小红")
    suspend(cast, child, FRI, UNTIL)
    call_roll(cast, MON)

    assert cast.here.school_class.roll_calls.get(day=MON).expected == 1
    facts = facts_of([child.pk, other.pk], FRI, MON)
    assert facts[child.pk] == []
    assert [fact.present for fact in facts[other.pk]] == [2]


def test_filed_after_it_began_it_leaves_the_past_rolls_as_they_were_called(cast: Cast):
    child = make_child(cast.here)
    suspend(cast, child, date(2025, 9, 9), UNTIL)

    assert away(child) == [(FRI, date(2026, 3, 2))]


def test_no_transfer_and_no_other_class_while_it_lasts(cast: Cast):
    child = make_child(cast.here)
    suspend(cast, child, FRI, UNTIL)

    with pytest.raises(ChangeRefused, match="休学"):
        let_go(cast, child, MON)
    with pytest.raises(ChangeRefused, match="休学"):
        record(cast, "class_move", child, MON, to_class_id=cast.here.school_class.pk)


def test_not_approved_the_child_stays_in_class(cast: Cast):
    child = make_child(cast.here)
    change = apply(cast, child)
    refuse_change(by(cast, "township_officer", FRI), change.pk, "诊断证明不足")

    assert state(change) == "refused"
    assert [p.id for p in pupils_of(cast.here.school_class, MON)] == [child.pk]
    assert len(spells(child)) == 1


def test_a_township_sees_the_applications_addressed_to_it_and_nothing_else_of_pupils(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "today", lambda: FRI)
    ours, theirs = make_child(cast.here), make_child(cast.there, "李外人")
    moved = make_child(cast.here, "王转学")
    change = apply(cast, ours)
    other = record(cast, "suspension", theirs, there=True, until=UNTIL, reason="10")
    transfer = let_go(cast, moved)
    client = client_of(cast.person("township_officer"))

    words = client.get("/changes/").content.decode()
    assert "张小明" in words
    assert "李外人" not in words
    assert "王转学" not in words
    assert client.get(f"/changes/{change.pk}/").status_code == 200
    assert client.get(f"/changes/{other.pk}/").status_code == 404
    assert client.get(f"/changes/{transfer.pk}/").status_code == 404
    assert client.get(f"/pupils/{ours.pk}/").status_code == 403


def test_the_township_opens_the_papers_it_decides_on(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "today", lambda: FRI)
    change = apply(cast, make_child(cast.here))
    url = f"/changes/{change.pk}/papers/{change.proofs.all()[0].pk}/"

    assert client_of(cast.person("township_officer")).get(url).status_code == 200
    next_one = client_of(cast.person("township_officer", there=True))
    assert next_one.get(url).status_code == 404
