"""Reads the rules in force in a county on a day."""

from datetime import date

from cases.watch.models import RuleSetting
from cases.watch.rules import Ruleset, ruleset


def rules_on(county_id: int, day: date) -> Ruleset:
    """The table with the rows that the county has set by ``day``. One query."""
    rows = RuleSetting.objects.filter(county_id=county_id, valid_from__lte=day)
    return ruleset(row.setting for row in rows.order_by("valid_from", "pk"))


def settings_on(county_id: int, day: date) -> dict[str, RuleSetting]:
    """The row in force on ``day`` of each rule that the county has set."""
    rows = RuleSetting.objects.filter(county_id=county_id, valid_from__lte=day)
    ordered = rows.select_related("recorded_by__person", "recorded_by__unit")
    return {row.code: row for row in ordered.order_by("valid_from", "pk")}
