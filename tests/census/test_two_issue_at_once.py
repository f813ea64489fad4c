"""Two who issue notices of one township at the same time never draw one number."""

from students.census.models import Notice
from tests.cases.together import together
from tests.cast import Cast
from tests.census.steps import a_row, enter, issue, make_primary


def test_their_numbers_follow_each_other(committed_cast: Cast) -> None:
    cast = committed_cast
    entrants = enter(make_primary(cast.here), *(a_row(f"童{n}", n) for n in range(1, 9)))
    together(lambda: issue(cast, entrants[:4]), lambda: issue(cast, entrants[4:]))
    assert sorted(Notice.objects.values_list("seq", flat=True)) == list(range(1, 9))


def test_one_child_gets_one_notice(committed_cast: Cast) -> None:
    cast = committed_cast
    entrants = enter(make_primary(cast.here))
    together(lambda: issue(cast, entrants), lambda: issue(cast, entrants))
    assert Notice.objects.count() == 1
