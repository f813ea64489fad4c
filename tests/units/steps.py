"""An order for a unit that waits for its day; a unit closed through the pages."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from foundation.accounts.models import Unit, UnitChange, UnitChangeEnd
from tests.browsing import page
from tests.cast import Cast, Side


def make_unit_change(cast: Cast, unit: Unit) -> UnitChange:
    """An order of tomorrow for a unit."""
    return UnitChange.objects.create(
        county=cast.county,
        unit=unit,
        kind=UnitChange.CHANGED,
        day=timezone.localdate() + timedelta(days=1),
        after="新名称",
        reason="原名称有误",
        document="云教发〔2025〕12号",
        ordered_by=cast.post("administrator"),
        ordered_at=timezone.now(),
    )


def make_merge(cast: Cast, side: Side, is_marked: bool = True) -> UnitChange:
    """A village that was merged into another today, with nothing that moved."""
    village = side.village
    number = Unit.objects.count()
    old = Unit.objects.create(
        kind=village.kind,
        name=f"第{number}村民委员会",
        region=village.region,
        parent=village.parent,
        county=cast.county,
        is_open=False,
    )
    change = UnitChange.objects.create(
        county=cast.county,
        unit=old,
        kind=UnitChange.MERGED,
        day=timezone.localdate(),
        before=old.name,
        successor=village,
        reason="建制调整",
        document="云教发〔2025〕12号",
        ordered_by=cast.post("administrator"),
        ordered_at=timezone.now(),
    )
    marks: dict[str, list[int]] = {"posts": []} if is_marked else {}
    UnitChangeEnd.objects.create(
        change=change, outcome=UnitChangeEnd.DONE, at=timezone.now(), marks=marks
    )
    return change


def close_unit(
    keeper: Client,
    unit: Unit,
    into: Unit | None,
    typed: Mapping[str, str],
    status: int = 302,
    confirmed: int = 302,
) -> str:
    """Type a closing, look at the check page and confirm it; returns the last page.

    One that is wrong ends at the form with ``status`` 422, or is refused when it is ``confirmed``.
    """
    url, typed = f"/units/{unit.pk}/close/", {**typed, "successor": str(into.pk) if into else ""}
    if status != 302:
        return page(keeper.post(url, typed), status)
    words = page(keeper.post(url, typed))
    found = re.search(r'name="seen" value="([0-9a-f]+)"', words)
    assert found, "no check page"
    return page(keeper.post(url, {**typed, "step": "confirm", "seen": found[1]}), confirmed)
