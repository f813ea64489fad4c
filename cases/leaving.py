"""Which leavers stay on the roll for the sake of their case."""

from cases.models import Case

_WORDS = "控辍保学个案（{number}）尚未销号，先办结个案"


def left_out_of(school_id: int) -> dict[int, str]:
    """Child → why it does not graduate with its class: a case is open."""
    rows = Case.objects.open().filter(child__enrolments__school_id=school_id)
    return {
        child: _WORDS.format(number=number)
        for child, number in rows.values_list("child_id", "number")
    }
