"""Two people, rolls or sweeps at the same moment: one wins, the other is told, none is lost."""

from collections import Counter
from datetime import date
from functools import partial
from threading import Event

from django.db import connection, transaction

from cases.actions.context import SomebodyWasFirst
from cases.actions.following import follow
from cases.acts.performing import Deed, perform
from cases.models import Case, CaseEvent, Contact, Deadline, Reminder
from cases.policy import Act, Stage
from cases.sweeping import Swept, sweep
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.querysets import viewer_on
from foundation.messaging.models import Message
from students.attendance.actions import recount
from students.attendance.models import Absence, RollCall
from students.roster.models import Child
from tests.cases.steps import EVIDENCE, OPENED, a_case, at, call_roll, do, stage
from tests.cases.together import together
from tests.cast import Cast, make_child
from tests.doers import doing

THU = date(2025, 9, 11)


def _missing_twice(cast: Cast, *children: Child) -> None:
    """Two days' roll, without the cases that follow from it."""
    for day in (THU, OPENED):
        roll = RollCall.objects.create(
            school_class=cast.here.school_class,
            day=day,
            expected=len(children),
            absent=len(children),
            first_called_at=at(day),
        )
        for child in children:
            Absence.objects.create(
                roll_call=roll, child=child, day=day, halves=2, kind="unexcused", since_version=1
            )
    recount([child.pk for child in children], THU, OPENED)


def test_two_reports_of_one_child_at_once_open_one_case(committed_cast: Cast) -> None:
    child = make_child(committed_cast.here)
    _missing_twice(committed_cast, child)
    opened = Event()

    def first() -> None:
        with transaction.atomic():
            follow([child.pk], OPENED, at(OPENED), Origin())
            opened.set()
            connection.cursor().execute("SELECT pg_sleep(0.3)")

    def second() -> None:
        opened.wait(10)
        with transaction.atomic():
            follow([child.pk], OPENED, at(OPENED), Origin())

    assert together(first, second) == [None, None]
    assert Case.objects.count() == 1
    assert CaseEvent.objects.filter(act=Act.OPEN).count() == 1


def test_numbers_are_unique_and_in_order_when_many_open_at_once(committed_cast: Cast) -> None:
    children = [make_child(committed_cast.here, f"李{n}") for n in range(8)]
    _missing_twice(committed_cast, *children)

    def report(child: Child) -> None:
        with transaction.atomic():
            follow([child.pk], OPENED, at(OPENED), Origin())

    ends = together(*[partial(report, child) for child in children])
    assert ends == [None] * 8
    numbers = list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"530999-2025-{n:04d}" for n in range(1, 9)]


def _attempt(cast: Cast, case: Case, role: str, act: Act) -> CaseEvent:
    post = cast.post(role)
    deed = Deed(case.pk, act, case.version, {"occurred_on": OPENED, **EVIDENCE[act]})
    viewer = viewer_on(post.person, OPENED)
    return perform(doing(viewer, Origin(post.person_id), today=OPENED, now=at(OPENED)), deed)


def test_of_two_who_act_on_what_they_both_saw_one_is_told(committed_cast: Cast) -> None:
    cast = committed_cast
    case = a_case(cast, make_child(cast.here))
    case.refresh_from_db()
    before = AuditEvent.objects.filter(kind="case").count()
    ends = together(
        lambda: _attempt(cast, case, "class_teacher", Act.CONTACT),
        lambda: _attempt(cast, case, "registrar", Act.CONTACT),
    )
    assert Counter(type(end) for end in ends) == {CaseEvent: 1, SomebodyWasFirst: 1}
    assert Contact.objects.count() == 1
    assert AuditEvent.objects.filter(kind="case").count() == before + 1


def test_an_act_and_the_sweep_at_once_leave_one_move(committed_cast: Cast) -> None:
    cast = committed_cast
    case = a_case(cast, make_child(cast.here))
    morning = date(2025, 9, 13)
    ends = together(
        lambda: do(cast, case, Act.REPORT, "class_teacher", morning),
        lambda: sweep(morning, at(morning)),
    )
    assert not [end for end in ends if isinstance(end, Exception)]
    assert stage(case) == Stage.D2
    assert CaseEvent.objects.filter(case=case, act=Act.LAPSE).count() == 1
    assert Deadline.objects.filter(case=case, code="ask_village").count() == 1


def test_sweeps_in_parallel_write_everything_once(committed_cast: Cast) -> None:
    cast = committed_cast
    children = [make_child(cast.here, f"李{n}") for n in range(6)]
    call_roll(cast, THU, *children)
    call_roll(cast, OPENED, *children)
    day = date(2025, 10, 20)
    ends = together(*[lambda: sweep(day, at(day))] * 3)
    assert all(isinstance(end, Swept) and end.failed == 0 for end in ends)
    assert sum(end.moved for end in ends) == 18
    for child in children:
        moves = CaseEvent.objects.filter(case__child=child, act=Act.LAPSE).order_by("pk")
        assert [m.to_stage for m in moves] == ["D2", "D3", "D4"]
    phases = Counter(Reminder.objects.values_list("deadline_id", "phase"))
    assert set(phases.values()) == {1}
    letters = Message.objects.filter(key__startswith="due:").count()
    assert letters == Reminder.objects.count()
    # Of each child the township is late, and the school with its report of it (双报告).
    missed = Message.objects.filter(key__startswith="missed:").values_list("title", flat=True)
    assert sorted(Counter(missed).values()) == [6, 6]


def test_a_roll_call_that_waited_for_a_closed_case_leaves_it_closed(committed_cast: Cast) -> None:
    cast = committed_cast
    child = make_child(cast.here)
    case = a_case(cast, child)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED, outcome="C02")
    approved = Event()
    monday = date(2025, 9, 15)

    def approve() -> None:
        with transaction.atomic():
            do(cast, case, Act.APPROVE_CLOSURE, "county_desk", OPENED)
            approved.set()
            connection.cursor().execute("SELECT pg_sleep(0.3)")

    def roll() -> None:
        approved.wait(10)
        with transaction.atomic():
            call_roll(cast, monday)

    assert [end for end in together(approve, roll) if end is not None] == []
    assert stage(case) == Stage.DX
    assert RollCall.objects.filter(day=monday).exists()


def test_rolls_and_sweeps_at_once_never_wait_in_a_circle(committed_cast: Cast) -> None:
    cast = committed_cast
    ours = [make_child(cast.here, f"李{n}") for n in range(4)]
    theirs = [make_child(cast.there, f"王{n}") for n in range(4)]
    call_roll(cast, THU, *ours)
    call_roll(cast, THU, *theirs, there=True)
    for day in (OPENED, date(2025, 9, 15), date(2025, 9, 16)):
        ends = together(
            partial(call_roll, cast, day, *ours),
            partial(call_roll, cast, day, *theirs, there=True),
            partial(sweep, day, at(day)),
        )
        assert not [end for end in ends if isinstance(end, Exception)]
    assert Case.objects.open().count() == 8
