"""Two who draw up or sign notices of one township at the same time never draw one number."""

from foundation.papers.models import Paper
from students.census.models import Notice
from tests.cases.together import together
from tests.cast import Cast
from tests.census.steps import a_row, draw_up, enter, issue, make_primary


def test_their_numbers_follow_each_other(committed_cast: Cast) -> None:
    cast = committed_cast
    entrants = enter(make_primary(cast.here), *(a_row(f"童{n}", n) for n in range(1, 9)))
    together(lambda: issue(cast, entrants[:4]), lambda: issue(cast, entrants[4:]))
    seqs = Paper.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 9))


def test_one_child_gets_one_notice(committed_cast: Cast) -> None:
    cast = committed_cast
    entrants = enter(make_primary(cast.here))
    together(lambda: draw_up(cast, entrants), lambda: draw_up(cast, entrants))
    assert Notice.objects.count() == Paper.objects.count() == 1
