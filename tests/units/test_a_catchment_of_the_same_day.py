"""A village whose catchment begins on the day itself says from which day it may be merged."""

from django.test import Client
from django.utils import timezone

from students.census.models import Catchment
from tests.cast import Cast
from tests.units.conftest import PAPER
from tests.units.steps import close_unit


def test_it_says_from_which_day_the_merge_may_begin(cast: Cast, keeper: Client) -> None:
    Catchment.objects.create(
        village=cast.here.village,
        school=cast.here.school,
        stage="1",
        starts_on=timezone.localdate(),
        recorded_by=cast.post("township_leader"),
    )
    words = close_unit(keeper, cast.here.village, cast.there.village, PAPER, confirmed=422)
    assert "请把生效日期改到2025-09-12以后" in words
    assert "在撤并生效以后" not in words
