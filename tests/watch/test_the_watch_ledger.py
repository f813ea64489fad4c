"""The 重点关注 ledger (L2, R56): put on and taken off by a person, every step a row."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction

from cases.watch.actions import SupportPlan, note_support, put_on, revise, take_off
from cases.watch.models import Entry, Step
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, Enrolment
from tests.cast import Cast
from tests.clear_text import tables_with
from tests.doers import doing
from tests.watch.help import FRI, MON, at, listed, origin_of, plan_of

pytestmark = pytest.mark.django_db


def test_a_child_is_put_on_with_a_helper_and_a_step(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming, "weary", "left_behind")
    assert (entry.risks, entry.starts_on, entry.is_open) == (["weary", "left_behind"], FRI, True)
    assert entry.helper == cast.post("class_teacher")
    assert [step.kind for step in entry.steps.all()] == ["put_on"]


def test_nobody_is_put_on_twice_at_a_time(cast: Cast, ming: Child) -> None:
    listed(cast, ming)
    with pytest.raises(Refused, match="不能重复列入"):
        listed(cast, ming)


def test_the_database_holds_one_open_entry_a_child(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


def test_a_helper_is_named_and_works_at_the_school(cast: Cast, ming: Child) -> None:
    stranger = cast.post("class_teacher", there=True).pk
    with pytest.raises(Refused, match="本校在任人员"):
        _put_on(cast, ming, plan_of(cast, helper_id=stranger))


def test_a_risk_is_one_of_the_form_s(cast: Cast, ming: Child) -> None:
    with pytest.raises(Refused, match="风险类型"):
        _put_on(cast, ming, plan_of(cast, "problem_child"))


@pytest.mark.parametrize(("day", "refused"), [(FRI, False), (date(2025, 12, 13), True)])
def test_nobody_is_put_on_from_a_day_to_come(
    cast: Cast, ming: Child, day: date, refused: bool
) -> None:
    if refused:
        with pytest.raises(Refused, match="不能晚于今天"):
            _put_on(cast, ming, plan_of(cast), day)
    else:
        assert _put_on(cast, ming, plan_of(cast), day).starts_on == day


@pytest.mark.parametrize(
    "role", ["class_teacher", "central_school", "county_desk", "supervisor", "township_officer"]
)
def test_only_the_school_s_desk_puts_a_child_on(cast: Cast, ming: Child, role: str) -> None:
    with pytest.raises(PermissionDenied):
        _put_on(cast, ming, plan_of(cast), role=role)


def test_the_next_school_s_desk_does_not(cast: Cast, ming: Child) -> None:
    viewer = cast.viewer("registrar", FRI, there=True)
    post = cast.post("registrar", there=True)
    with pytest.raises(PermissionDenied):
        put_on(
            doing(viewer, Origin(post.person_id, post.pk), now=at(FRI)), ming, plan_of(cast), FRI
        )


def test_what_changes_stays_in_the_history(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    helper = cast.post("head_teacher").pk
    changed: Any = revise(
        doing(cast.viewer("registrar", FRI), origin_of("registrar", cast), now=at(FRI)),
        entry,
        plan_of(cast, "weary", helper_id=helper, measures="每月家访一次"),
        "班主任调离",
    )
    assert (changed.helper_id, changed.version) == (helper, 2)
    assert [step.kind for step in changed.steps.all()] == ["put_on", "revise"]
    before: Any = changed.snapshots.get()
    measures = Entry.measures.reopen(entry, before.measures_sealed)
    assert (measures, before.risks) == ("每周谈心一次", ["absence"])


def test_signs_and_measures_are_sealed_with_their_history(cast: Cast, ming: Child) -> None:
    first, then = "他爸说打工去", "每晚打电话给祖母"
    viewer = cast.viewer("registrar", FRI)
    doer = doing(viewer, origin_of("registrar", cast), now=at(FRI))
    entry = put_on(doer, ming, plan_of(cast, signs=first, measures=first), FRI)
    entry = revise(doer, entry, plan_of(cast, signs=then, measures=then), "核实")
    assert tables_with(first, then) == set()
    assert (entry.signs, entry.measures) == (then, then)
    former: Any = entry.snapshots.get()  # type: ignore[attr-defined]
    assert Entry.signs.reopen(entry, former.signs_sealed) == first


def test_who_read_an_older_version_is_told(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    stale = Entry.objects.get(pk=entry.pk)
    _revise(cast, entry)
    with pytest.raises(Refused, match="已由他人更新"):
        _revise(cast, stale)


def test_a_class_teacher_writes_down_what_was_done(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    step = note_support(
        doing(cast.viewer("class_teacher", FRI), origin_of("class_teacher", cast), now=at(FRI)),
        entry,
        FRI,
        "家访，见到祖母",
    )
    assert (step.kind, step.text) == ("support", "家访，见到祖母")
    row = AuditEvent.objects.get(verb="watch_support")
    assert (row.children, row.person_id) == ([ming.pk], cast.person("class_teacher").pk)


@pytest.mark.parametrize(
    ("day", "refused"), [(date(2025, 12, 11), True), (FRI, False), (date(2025, 12, 13), True)]
)
def test_support_lies_between_the_entry_and_today(
    cast: Cast, ming: Child, day: date, refused: bool
) -> None:
    entry = listed(cast, ming)
    viewer, by = cast.viewer("registrar", FRI), origin_of("registrar", cast)
    if refused:
        with pytest.raises(Refused, match="帮扶日期"):
            note_support(doing(viewer, by, now=at(FRI)), entry, day, "谈心")
    else:
        note_support(doing(viewer, by, now=at(FRI)), entry, day, "谈心")


def test_a_child_is_taken_off_with_a_day_and_a_reason(cast: Cast, ming: Child) -> None:
    entry = _take_off(cast, listed(cast, ming), MON)
    assert (entry.ends_on, entry.ending_label) == (MON, "风险消除")
    assert not entry.is_open
    assert entry.steps.count() == 2


@pytest.mark.parametrize(("day", "there"), [(date(2025, 12, 14), True), (MON, False)])
def test_a_child_stands_there_until_the_day_before_it_is_taken_off(
    cast: Cast, ming: Child, day: date, there: bool
) -> None:
    _take_off(cast, listed(cast, ming), MON)
    assert Entry.objects.on(day).exists() is there


def test_a_child_is_not_taken_off_before_it_was_put_on(cast: Cast, ming: Child) -> None:
    with pytest.raises(Refused, match="不早于列入日期"):
        _take_off(cast, listed(cast, ming), date(2025, 12, 11))


def test_nothing_is_written_of_who_was_taken_off(cast: Cast, ming: Child) -> None:
    entry = _take_off(cast, listed(cast, ming), MON)
    with pytest.raises(Refused, match="已移出"):
        _revise(cast, entry)


def test_who_was_taken_off_may_be_put_on_again(cast: Cast, ming: Child) -> None:
    _take_off(cast, listed(cast, ming), MON)
    again = listed(cast, ming, day=MON)
    assert Entry.objects.filter(child=ming).count() == 2
    assert again.is_open


def test_a_school_takes_off_a_child_that_has_left_it(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    Enrolment.objects.filter(child=ming).update(ends_on=FRI)
    assert _take_off(cast, entry, MON, "left").ending == "left"


def test_what_was_written_down_stands_for_ever(cast: Cast, ming: Child) -> None:
    listed(cast, ming)
    for statement in ("UPDATE watch_step SET text = ''", "DELETE FROM watch_entry"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Step.objects.get().text == "每周一缺勤"


def test_a_helper_who_has_left_is_to_be_replaced(cast: Cast, ming: Child) -> None:
    entry = listed(cast, ming)
    post = entry.helper
    post.ends_on = FRI
    assert entry.helper_on(FRI) == "class_teacher甲"
    assert entry.helper_on(MON) == "class_teacher甲（已离任，请改派）"


def _put_on(
    cast: Cast, child: Child, plan: SupportPlan, day: date = FRI, role: str = "registrar"
) -> Entry:
    viewer = cast.viewer(role, FRI)
    return put_on(doing(viewer, origin_of(role, cast), now=at(FRI)), child, plan, day)


def _revise(cast: Cast, entry: Entry) -> Entry:
    viewer = cast.viewer("registrar", MON)
    plan = plan_of(cast, "weary")
    return revise(doing(viewer, origin_of("registrar", cast), now=at(MON)), entry, plan, "情况有变")


def _take_off(cast: Cast, entry: Entry, day: date, ending: str = "better") -> Entry:
    viewer, by = cast.viewer("registrar", MON), origin_of("registrar", cast)
    return take_off(doing(viewer, by, now=at(MON)), entry, day, ending, "连续一个月全勤")
