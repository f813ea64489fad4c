"""Performs an act of a person: right, rung, guard, event, duties met, move, letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.actions.context import Contexts, check_version, lock
from cases.actions.lapsing import catch_up
from cases.actions.letters.notices import tell_move
from cases.actions.moves import enter, meet, write_event
from cases.actions.returning import begin_observation
from cases.acts.registry import CASE_ACTS
from cases.acts.shape import Attempt, CaseAct, Trace
from cases.models import Case, CaseEvent
from cases.policy import RULES, STEPS, Act, ActRule, Level, NotAllowed, Stage, after
from cases.rules.contacts import DAY_AHEAD, is_face_to_face
from cases.rules.fields import is_paper
from cases.rules.substance import complaint_about
from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import HeldPost, Viewer
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force


class AlreadyTold(NotAllowed):
    """The person's newest act says the same; nothing was written. The message is in Chinese."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act as a person sends it: the version of the case that was seen, and the evidence."""

    case_id: int
    act: Act
    seen_version: int | None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def occurred_on(self) -> date:
        """The day the person says it happened."""
        day: date = self.data["occurred_on"]
        return day


def levels_of(post: HeldPost, case: Case) -> frozenset[Level]:
    """The levels on which a post stands to a case. Empty if the case belongs to another unit.

    A village stands to it from the day it was asked. Whether a teacher holds the class is checked
    by acting_post.
    """
    level = post.role.level
    if level is None or not _is_of(post, level, case):
        return frozenset()
    # Where the child has no village here, the township stands on the village's rung too.
    doubled = level is Level.TOWNSHIP and not case.village_id
    return frozenset({level, Level.VILLAGE} if doubled else {level})


def _is_of(post: HeldPost, level: Level, case: Case) -> bool:
    """Whether the case belongs to the post's unit on the level."""
    return {
        Level.TEACHER: post.unit_id == case.school_id,
        Level.SCHOOL: post.unit_id == case.school_id,
        Level.VILLAGE: post.unit_id == case.village_id and case.village_asked_on is not None,
        Level.TOWNSHIP: post.unit_id == case.township_id,
        Level.OFFICE: post.parent_id == case.township_id,
        Level.COUNTY: post.county_id == case.county_id,
    }[level]


def acting_post(
    viewer: Viewer, rule: ActRule, case: Case, day: date | None = None
) -> tuple[HeldPost, Level] | None:
    """The post of today under which the viewer may do the act to the case, and its level.

    With ``day``, a class teacher's post counts only if it holds the case's class on that day.
    """
    for post in viewer.posts_with(rule.right):
        for level in rule.levels:
            if level in levels_of(post, case) and (day is None or _teaches(post, case, day)):
                return post, level
    return None


def _teaches(post: HeldPost, case: Case, day: date) -> bool:
    if post.role_code != "class_teacher":
        return True
    held = ClassPost.objects.filter(in_force(day), post_id=post.id)
    return held.filter(school_class_id=case.school_class_id).exists()


@transaction.atomic
def perform(doer: Doer, deed: Deed) -> CaseEvent:
    """Do the act and return its event.

    Raises PermissionDenied without the right, NotAllowed (in Chinese) if rung or evidence do not
    allow it, Refused (in Chinese) if a paper cannot be read, SomebodyWasFirst if the case changed
    since ``seen_version``, AlreadyTold if a form is sent again. Nothing is written then.
    The rung is the one of today, whether the sweep has run or not.
    """
    case = lock(deed.case_id)
    _check_unsent(case, deed, doer)
    check_version(case, deed.seen_version)
    # Comes first: a climb may ask the village, which may then act.
    catch_up(case, Contexts(doer.today, doer.now, doer.origin))
    act = CASE_ACTS.get(deed.act)
    held = acting_post(doer.viewer, act.rule, case, doer.today) if act else None
    if act is None or held is None:
        raise PermissionDenied
    post, level = held
    by = doer.under(post).origin
    to = after(Stage(case.stage), deed.act)
    attempt = Attempt(case, deed.data, level, post, Contexts(doer.today, doer.now, by).of(case))
    _check_day(attempt, deed.act)
    _check_words(attempt)
    act.guard(attempt)
    event = act.ending(attempt) if act.ending else _do(act, attempt, to)
    audit.record(by, deed.act, "case", case.pk, children=[case.child_id])
    return event


def _check_unsent(case: Case, deed: Deed, doer: Doer) -> None:
    """Raise AlreadyTold if the same is sent again, by Back or by a second tap.

    The act is the newest that anybody did to the case, by the same person on the same day and with
    the same answers: whatever was done in between may make it a new one.
    """
    last = case.events.filter(person__isnull=False).order_by("-pk").first()
    if last is None or (last.person_id, last.act) != (doer.viewer.person_id, deed.act):
        return
    if last.recorded_on == doer.today and last.said == _plain(deed.data):
        raise AlreadyTold(f"这条记录已经存过，没有重复保存：{RULES[deed.act].label}。")


def _check_day(attempt: Attempt, act: Act) -> None:
    first = _first_day(attempt.case, act)
    if attempt.day > attempt.ctx.today:
        raise NotAllowed(DAY_AHEAD, ("occurred_on",))
    if attempt.day < first:
        raise NotAllowed(
            f"日期不能早于首次无故缺勤（{first:%Y-%m-%d}），请核对。", ("occurred_on",)
        )


def _first_day(case: Case, act: Act) -> date:
    """The first day on which the act may lie. The family of a reported child may have rung on the
    evening of its last day at school."""
    seen = case.last_present_on
    if act is Act.CONTACT and case.is_reported and seen and not case.again_missed_on:
        return seen
    return case.away_from


def _check_words(attempt: Attempt) -> None:
    words, fields = complaint_about(attempt.data)
    if words:
        raise NotAllowed(words, fields)


def _do(act: CaseAct, attempt: Attempt, to: Stage) -> CaseEvent:
    """Write the event and the act's own rows, mark the duties that it meets, move the case."""
    case, data, rung = attempt.case, attempt.data, STEPS[Stage(attempt.case.stage)]
    event = write_event(
        case,
        act.rule.act,
        attempt.ctx,
        occurred_on=attempt.day,
        from_stage=case.stage,
        to_stage=to,
        unit_id=attempt.unit_id,
        text=str(data.get("note", "")),
        data=_plain(data),
    )
    trace = Trace(case, event, data, attempt.level, attempt.post, attempt.ctx)
    act.rows(trace)
    in_person = is_face_to_face(data.get("method", ""), data.get("contact_result", ""))
    meet(case, act.rule.act, event, level=attempt.level, in_person=in_person)
    if act.afterwards:
        act.afterwards(trace)
    if act.rule.act in rung.moves:
        _move(act, attempt, to, event)
    return event


def _move(act: CaseAct, attempt: Attempt, to: Stage, event: CaseEvent) -> None:
    case, day, ctx = attempt.case, attempt.day, attempt.ctx
    if to is Stage.D9:
        begin_observation(case, day, ctx)
    else:
        # Another unit's time begins when it could know, a guardian's week on the day of service.
        enter(case, to, day if act.rule.by_its_day else ctx.today, ctx)
    tell_move(case, act.letter, event.pk, day, ctx.today)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence as the event keeps it. Papers lie in rows of their own."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in data.items()
        if value not in (None, "", []) and not is_paper(name)
    }
