"""Conditions, rows and buttons that several acts share."""

from datetime import date

from cases.actions.moves import unit_id_of
from cases.acts.shape import Attempt, Bounds, Guard, Offered, Trace
from cases.models import Case, Dispatch
from cases.policy import Act, Level, NotAllowed
from cases.rules.returns import is_away_all_day
from students.attendance.rolls.facts import facts_of


def not_before(attempt: Attempt, day: date, what: str) -> None:
    """Raise NotAllowed if the act is dated before the day of what it follows."""
    if attempt.day < day:
        raise NotAllowed(f"日期不能早于{what}（{day:%Y-%m-%d}），请核对。")


def agrees_with_the_roll(
    attempt: Attempt, field: str, what: str, *, is_presence: bool = False
) -> None:
    """Raise NotAllowed if a day that the child was last seen, or left, contradicts the roll.

    Between the last presence and the first absence of the roll any day may be true: there the roll
    was not called. The first absence is a day of leaving, and no presence (``is_presence``) unless
    the roll asked for one half-day only, or found the child on the other.
    """
    day, case = attempt.data.get(field), attempt.case
    if day is None:
        return
    if case.last_present_on and day < case.last_present_on:
        raise NotAllowed(
            f"点名记着学生{case.last_present_on:%Y-%m-%d}还在校，{what}不能早于这一天，请核对。"
        )
    if day > case.first_missed_on:
        raise NotAllowed(
            f"点名记着学生{case.first_missed_on:%Y-%m-%d}已无故未到，{what}不能晚于这一天，请核对。"
        )
    if is_presence and day == case.first_missed_on and _is_missed_all_day(case, day):
        raise NotAllowed(f"点名记着学生{day:%Y-%m-%d}已无故未到，{what}须早于这一天，请核对。")


def day_within(attempt: Attempt, bounds: Bounds, field: str, what: str) -> None:
    """Raise NotAllowed if the field's day lies before its first possible one."""
    day, first = attempt.data.get(field), bounds[field][0]
    if day and day < first:
        raise NotAllowed(f"{what}不能早于{first:%Y-%m-%d}，请核对年份。", (field,))


def _is_missed_all_day(case: Case, day: date) -> bool:
    return any(is_away_all_day(fact) for fact in facts_of([case.child_id], day, day)[case.child_id])


def sign_for(trace: Trace, kind: str) -> None:
    """Sign for the papers of the kind that lie at the unit: who acts upon one has received it."""
    waiting = trace.case.dispatches.filter(
        kind=kind, to_unit_id=trace.event.unit_id, received_on__isnull=True
    )
    waiting.update(received_on=trace.day, received_event=trace.event)


def sent_once(act: Act, words: str) -> Guard:
    """A guard: the act is sent to another unit once, and once more when the case opens again."""

    def guard(attempt: Attempt) -> None:
        sent = attempt.case.dispatches.filter(kind=act, sent_on__gte=attempt.case.away_from)
        if sent.exists():
            raise NotAllowed(words)

    return guard


def until_done(act: Act) -> Offered:
    """A button that is offered until the act is done."""
    return lambda situation: act not in situation.done


def note_cause(trace: Trace) -> None:
    """Set cause, whereabouts and their evidence on the case. The caller saves the case."""
    for name in ("cause", "whereabouts"):
        if trace.data.get(name):
            setattr(trace.case, name, trace.data[name])


def dispatch(trace: Trace, levels: tuple[Level, ...]) -> None:
    """Send the act's paper to the case's unit of each level. Each unit signs for its own."""
    for level in levels:
        Dispatch.objects.create(
            case=trace.case,
            event=trace.event,
            kind=trace.event.act,
            to_unit_id=unit_id_of(trace.case, level),
            to_level=level,
            sent_on=trace.day,
        )
