"""A page of a pupil names the place of a code; the month of a class stands as its roll does."""

from datetime import date

import pytest

from students.attendance.rolls.month import month_of_class
from students.roster.models import Enrolment
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

DAY = date(2025, 9, 12)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("530999101201", "区划530999区划530999101区划530999101201（530999101201）"),
        ("510101001001", "本县以外（510101001001）"),
    ],
)
def test_a_code_of_regions_is_told_by_its_names(cast: Cast, code: str, words: str) -> None:
    child = make_child(cast.here, home_region=code)
    shown = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    assert words in shown


def test_the_month_of_a_class_follows_the_seats(cast: Cast) -> None:
    for name, seat in (("安一", "10"), ("白二", "2"), ("陈三", "")):
        child = make_child(cast.here, name)
        Enrolment.objects.filter(child=child).update(seat_no=seat)
    rows = month_of_class(cast.here.school_class, DAY, DAY)
    assert [row.child.name for row in rows] == ["白二", "安一", "陈三"]
