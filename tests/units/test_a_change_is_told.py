"""Who takes over is told by a message what came and from when; a class that is renamed is named."""

from django.test import Client

from foundation.messaging.models import Message
from tests.browsing import page
from tests.cast import Cast, make_child
from tests.units.conftest import PAPER
from tests.units.steps import close_unit
from tests.units.test_a_merge_is_undone import undo


def letters() -> dict[str, str]:
    rows = Message.objects.filter(key__startswith="unit_change:").select_related("to_unit")
    return {one.to_unit.name: f"{one.title}。{one.body}" for one in rows}


def test_a_class_whose_number_is_taken_is_named_before_and_after(
    cast: Cast, keeper: Client
) -> None:
    """Both schools have a 八年级2班."""
    make_child(cast.here)
    old, new = cast.here.school.unit, cast.there.school.unit
    words = page(keeper.post(f"/units/{old.pk}/close/", PAPER | {"successor": str(new.pk)}))
    assert "八年级2班改称八年级3班" in words
    close_unit(keeper, old, new, PAPER)
    assert "八年级2班改称八年级3班" in letters()[new.name]


def test_who_gives_back_and_who_is_back_are_told(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    old, new = cast.here.village, cast.there.village
    close_unit(keeper, old, new, PAPER)
    undo(keeper)
    rows = Message.objects.filter(title__contains="转回")
    assert {one.to_unit for one in rows} >= {old, new}
