"""An order for a unit that waits for its day."""

from datetime import timedelta

from django.utils import timezone

from foundation.accounts.models import Unit, UnitChange
from tests.cast import Cast


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
