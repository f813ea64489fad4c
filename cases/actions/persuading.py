"""The school's three days from its first persuasion, where the county reads R5 so.

茂政发〔2023〕6号 五(三)2 counts 劝返后3日内. The default counts from the report, so that a school
that is late gains no time (domain 3.4, 3). A county may choose the letter of the paper instead.
"""

from datetime import date

from cases.actions.context import Context
from cases.actions.moves import replace_deadline
from cases.duedates import due_of
from cases.models import Case, Deadline
from cases.policy import DUTIES, Level, Stage
from foundation.accounts.querysets import parameters_on

FROM_CONTACT = "contact"
WHY = "学校首次劝返，期限自当日起算，"
_SCHOOL = (Level.TEACHER, Level.SCHOOL)
_VISIT, _ASK = DUTIES["visit"][1], DUTIES["ask_village"][1]


def restart_window(case: Case, day: date, ctx: Context) -> None:
    """Count the window anew from the school's first contact, on ``day``.

    Nothing happens off the school's rung, at a second contact, or where the county counts from the
    report.
    """
    rows = Deadline.objects.filter(case=case, code=_VISIT.code, void_on=None, lapsed_on=None)
    visit = rows.order_by("-cycle").first()
    if case.stage != Stage.D2 or visit is None or day <= visit.day0:
        return
    rules = parameters_on(case.county_id, visit.day0)
    if rules.persuade_start != FROM_CONTACT or _is_second(case, visit.day0):
        return
    window = due_of(_VISIT, day, rules, ctx.calendar)
    ask = Deadline.objects.owed().filter(case=case, code=_ASK.code).first()
    if visit.is_open:  # what was done in time stays as it was written
        replace_deadline(case, visit, window, ctx, WHY)
    if ask is not None:
        asked = due_of(_ASK, day, rules, ctx.calendar, window)
        replace_deadline(case, ask, asked, ctx, WHY)


def _is_second(case: Case, since: date) -> bool:
    """Whether the school had persuaded before the contact that was just recorded."""
    return case.contacts.filter(day__gte=since, level__in=_SCHOOL).count() > 1
