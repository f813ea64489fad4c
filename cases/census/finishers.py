"""Which children do not graduate with their class: an open case or a suspension keeps them."""

from datetime import date

from cases.models import Case
from students.roster.models import AwaySpell

_CASE = "控辍保学个案（{number}）尚未销号，先办结个案"
_AWAY = "{label}尚未办结，先办理复学或办结异动"


def kept_on_roll(school_id: int, day: date) -> dict[int, str]:
    """Child → the reason, in Chinese, why it does not graduate on ``day``.

    The child has an open case, is suspended, or is on its way to another school.
    """
    absent = AwaySpell.objects.on(day).filter(child__enrolments__school_id=school_id)
    found = {
        away.child_id: _AWAY.format(label=away.change.kind_label)
        for away in absent.select_related("change")
    }
    rows = Case.objects.open().filter(child__enrolments__school_id=school_id)
    found |= {
        child: _CASE.format(number=number)
        for child, number in rows.values_list("child_id", "number")
    }
    return found
