"""The end of a suspension: reminders 30, 15 and 10 days before, the return, the renewal (3.8)."""

from datetime import date, timedelta

import pytest

from foundation.messaging.models import Message
from students.attendance.rolls.sheet import pupils_of
from students.roster.changes.acts.expiring import remind_of_expiry
from students.roster.changes.acts.recording import withdraw_change
from students.roster.models import AwaySpell, Child
from students.roster.rules.change_kinds import ChangeRefused
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, a_class, away, by, record, spells, suspend

pytestmark = pytest.mark.django_db
UNTIL = date(2025, 12, 31)
ONE = timedelta(days=1)


def letters() -> list[tuple[str, date, bool]]:
    """The reminders there are: title, day, whether late."""
    rows = Message.objects.filter(key__startswith="expiry:").order_by("pk")
    return list(rows.values_list("title", "occurred_on", "is_late"))


@pytest.fixture
def child(cast: Cast) -> Child:
    """Suspended to the end of the year."""
    child = make_child(cast.here)
    suspend(cast, child, FRI, UNTIL)
    return child


@pytest.mark.parametrize("days", [30, 15, 10])
def test_a_reminder_comes_on_its_day_and_not_before(child: Child, days: int):
    day = UNTIL - timedelta(days=days)
    remind_of_expiry(day - ONE)
    before = letters()
    remind_of_expiry(day)

    assert f"休学还有{days}天到期" not in [title for title, _, _ in before]
    assert (f"休学还有{days}天到期", day, False) in letters()


def test_running_it_again_says_nothing_twice(child: Child):
    for _ in range(3):
        remind_of_expiry(UNTIL - timedelta(days=30))

    assert len(letters()) == 1


def test_a_missed_day_is_made_up_and_marked(child: Child):
    remind_of_expiry(UNTIL - timedelta(days=29))

    assert letters() == [("休学还有30天到期", UNTIL - timedelta(days=30), True)]


def test_after_a_long_outage_each_is_dated_by_its_own_day(child: Child):
    remind_of_expiry(UNTIL)

    assert [(day, late) for _, day, late in letters()] == [
        (UNTIL - timedelta(days=n), True) for n in (30, 15, 10)
    ]


def test_they_go_to_the_school_and_name_nobody(cast: Cast, child: Child):
    remind_of_expiry(UNTIL - timedelta(days=30))

    letter = Message.objects.get(key__startswith="expiry:")
    assert letter.to_unit_id == cast.here.school.pk
    assert "张小明" not in letter.title + letter.body


def test_a_short_suspension_is_not_reminded_of_days_before_it_began(cast: Cast):
    suspend(cast, make_child(cast.here), FRI, FRI + timedelta(days=12))
    remind_of_expiry(FRI + timedelta(days=12))

    assert [title for title, _, _ in letters()] == ["休学还有10天到期"]


def test_who_is_back_is_not_reminded_of(cast: Cast, child: Child):
    come_back(cast, child, date(2025, 11, 3))
    remind_of_expiry(UNTIL)

    assert letters() == []


def come_back(cast: Cast, child: Child, day: date, **more) -> None:
    """复学 into the class of before, unless the test says else."""
    more.setdefault("to_class_id", cast.here.school_class.pk)
    record(cast, "return", child, day, **more)


def test_an_early_return_seats_the_child_from_that_day(cast: Cast, child: Child):
    day = date(2025, 11, 3)
    come_back(cast, child, day)

    assert away(child) == [(FRI, day)]
    assert AwaySpell.objects.get().returned_on == day
    assert pupils_of(cast.here.school_class, day - ONE) == ()
    assert [p.id for p in pupils_of(cast.here.school_class, day)] == [child.pk]
    assert len(spells(child)) == 1


def test_it_may_be_another_class(cast: Cast, child: Child):
    day, other = date(2025, 11, 3), a_class(cast.here, entry_year=2025)
    come_back(cast, child, day, to_class_id=other.pk)

    assert spells(child) == [
        (cast.here.school_class.pk, date(2025, 9, 1), day - ONE),
        (other.pk, day, None),
    ]


def test_a_late_return_leaves_the_period_as_it_was_granted(cast: Cast, child: Child):
    come_back(cast, child, date(2026, 1, 8))

    assert away(child) == [(FRI, UNTIL + ONE)]
    assert AwaySpell.objects.get().returned_on == date(2026, 1, 8)


def test_to_return_needs_a_paper_and_a_suspension(cast: Cast, child: Child):
    with pytest.raises(ChangeRefused, match="复学申请或康复证明"):
        come_back(cast, child, date(2025, 11, 3), papers=())
    with pytest.raises(ChangeRefused, match="没有正在休学"):
        come_back(cast, make_child(cast.here, "李小红"), date(2025, 11, 3))


def test_a_renewal_is_asked_anew_and_begins_when_the_first_period_ends(cast: Cast, child: Child):
    day = date(2025, 12, 15)
    with pytest.raises(ChangeRefused, match="还没有满"):
        suspend(cast, child, UNTIL, date(2026, 3, 1), day)
    suspend(cast, child, UNTIL + ONE, date(2026, 3, 1), day)

    assert away(child) == [(FRI, UNTIL + ONE), (UNTIL + ONE, date(2026, 3, 2))]
    assert pupils_of(cast.here.school_class, UNTIL + ONE) == ()


def test_after_it_has_ended_it_may_be_followed_by_a_transfer(cast: Cast, child: Child):
    come_back(cast, child, date(2025, 11, 3))
    change = record(
        cast, "transfer_within", child, date(2025, 11, 4), to_school_id=cast.there.school.pk
    )

    assert change.state == "open"
    assert away(child) == [(FRI, date(2025, 11, 3)), (date(2025, 11, 4), None)]
    withdraw_change(by(cast, "registrar", date(2025, 11, 4)), change.pk, "不转了")
    assert away(child)[-1] == (date(2025, 11, 4), date(2025, 11, 5))
