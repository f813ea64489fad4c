"""记录劝返: a visit or a call to bring the child back (R4, domain 6.11)."""

from datetime import date, time

from cases.actions.automatic import NO_LETTER, always
from cases.actions.persuading import restart_window
from cases.actions.promising import await_promise
from cases.acts.shape import Attempt, CaseAct, Trace, says, whenever_possible
from cases.models import Contact
from cases.policy import RULES, Act, Level, NotAllowed
from cases.rules.contacts import contradiction, is_face_to_face, missing, promise_error
from foundation.protected import sealed

_RULE = RULES[Act.CONTACT]
_IN_WORDS = ("place", "participants", "met", "content", "next_step")


def _fits_together(attempt: Attempt) -> None:
    data, promised = attempt.data, attempt.data.get("promised_on")
    said = (data.get("attitude", ""), data.get("met", ""), promised)
    wrong = contradiction(data["contact_result"], *said)
    told = data["contact_result"], data.get("met", ""), promised, data.get("participants", "")
    asked, field = missing(data["method"], *told)
    if wrong:
        raise NotAllowed(wrong)
    if asked:
        raise NotAllowed(asked, (field,))
    if promised:
        year = attempt.ctx.calendar.school_year_of(attempt.day)
        if wrong := promise_error(promised, attempt.day, date(year + 1, 8, 31)):
            raise NotAllowed(wrong, ("promised_on",))


def _rows(trace: Trace) -> None:
    data = trace.data
    Contact.objects.create(
        case=trace.case,
        event=trace.event,
        seq=trace.case.contacts.count() + 1,
        day=trace.day,
        time=data.get("time"),
        method=data["method"],
        in_person=is_face_to_face(data["method"], data["contact_result"]),
        level=trace.level,
        attitude=data.get("attitude", ""),
        result=data["contact_result"],
        promised_on=data.get("promised_on"),
        **sealed(**{name: data.get(name, "") for name in _IN_WORDS}),
    )


def _follow(trace: Trace) -> None:
    if trace.level in (Level.TEACHER, Level.SCHOOL):
        restart_window(trace.case, trace.day, trace.ctx)
    await_promise(trace.case, trace.level, trace.day, trace.data.get("promised_on"), trace.ctx)


CONTACT = CaseAct(
    rule=_RULE,
    guard=_fits_together,
    rows=_rows,
    afterwards=_follow,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=whenever_possible,
    example=says(
        time=time(16, 30),
        method="visit",
        place="学生家中",
        participants="班主任、村干部",
        met="祖母",
        attitude="hesitates",
        content="讲明义务教育法的要求和辍学的影响，动员返校。",
        contact_result="hesitates",
        next_step="继续联系，三日内再次上门。",
    ),
)
