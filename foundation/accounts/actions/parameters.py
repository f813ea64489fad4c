"""Acts on the county's parameters: a value from a day on, its correction, its withdrawal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.units import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Parameter, Unit
from foundation.accounts.parameters import BY_CODE, SPECS, Spec
from foundation.accounts.querysets import parameter_history
from foundation.accounts.roles import Right
from foundation.accounts.values import problem_with
from foundation.days import full_day_words

DEFAULT, CONFIRMED = "系统默认值", "本县确认采用系统默认值"
FARTHEST = timedelta(days=730)  # a value is set at most so long before it comes into force


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value as it is entered: from which day, by which paper (文号), and why."""

    spec: Spec
    value: Any
    valid_from: date
    source: str
    reason: str


def check_value(county_id: int, new: NewValue, today: date) -> None:
    """Raises Refused, in Chinese, for a value that cannot be, a day gone by, or no change."""
    if not new.spec.is_read:
        raise Refused("这个参数现在不能变更。")
    if new.valid_from < today:
        words = full_day_words(today)
        raise Refused(
            f"生效日期不能早于今天（{words}）：已经过去的日子按当时的参数计算，不再改动。"
        )
    if new.valid_from > today + FARTHEST:
        raise Refused("生效日期最多提前两年登记，请核对。")
    rules = parameter_history(county_id).on(new.valid_from)
    if problem := problem_with(new.spec, new.value, rules):
        raise Refused(problem)
    if getattr(rules, new.spec.field) == new.value:
        raise Refused("取值与那一天已经登记的相同，没有变更。")


def change_parameter(doer: Doer, county: Unit, new: NewValue) -> Parameter:
    """Set a value from a day on, today at the earliest.

    A value that was entered for the same day stays in the history. A deadline that began before
    that day keeps the value it was made with (domain 3.3). Raises PermissionDenied, and Refused in
    Chinese, as check_value does.
    """
    return _write(
        doer,
        county,
        new,
        "set_parameter",
        lambda: check_value(county.pk, new, doer.today),
        is_withdrawn=False,
    )


def unconfirmed(county: Unit) -> list[Parameter]:
    """The defaults of the system that nobody of the county has confirmed or changed, in the order
    in which the pages list them."""
    entered = Parameter.objects.filter(county=county, recorded_by__isnull=False)
    rows = (
        Parameter.objects.standing().filter(county=county).exclude(code__in=entered.values("code"))
    )
    read = [spec.code for spec in SPECS if spec.is_read]
    return sorted(rows.filter(code__in=read), key=lambda row: read.index(row.code))


@transaction.atomic
def confirm_defaults(doer: Doer, county: Unit, source: str) -> int:
    """Write each default that nobody confirmed as the county's own from today on; how many.

    ``source`` is the county's paper; without one the row says that it is the system's default.
    No value changes, so no deadline moves.
    """
    rows = unconfirmed(county)
    for row in rows:
        spec = BY_CODE[row.code]
        paper = source.strip() or f"{DEFAULT}（依据{spec.source}）"
        new = NewValue(spec, row.value, doer.today, paper, CONFIRMED)
        _write(doer, county, new, "set_parameter", lambda: None, is_withdrawn=False)
    return len(rows)


def withdraw_parameter(doer: Doer, row: Parameter, spec: Spec, reason: str) -> Parameter:
    """Take back a value that is not in force yet; what was in force before stays so.

    Raises PermissionDenied, and Refused in Chinese for a value in force, corrected or withdrawn.
    """

    def check() -> None:
        if row.valid_from <= doer.today:
            raise Refused("这个取值已经生效，不能撤回；要改的，请登记新的取值。")
        if not Parameter.objects.standing().filter(pk=row.pk).exists():
            raise Refused("这个取值已经更正或撤回。")

    new = NewValue(spec, row.value, row.valid_from, row.source, reason)
    return _write(doer, row.county, new, "withdraw_parameter", check, is_withdrawn=True)


def _write(
    doer: Doer,
    county: Unit,
    new: NewValue,
    verb: str,
    check: Callable[[], None],
    *,
    is_withdrawn: bool,
) -> Parameter:
    post_with(doer.viewer, Right.MANAGE_CALENDAR, fits=lambda post: post.county_id == county.pk)
    source, reason = new.source.strip(), new.reason.strip()
    if not source:
        raise Refused("请填写来源文件和文号。")
    if not reason:
        raise Refused("请填写原因。")
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=county.pk)  # two entries take turns
        check()
        rows = Parameter.objects.filter(
            county=county, code=new.spec.code, valid_from=new.valid_from
        )
        row = Parameter.objects.create(
            county=county,
            code=new.spec.code,
            value=new.value,
            valid_from=new.valid_from,
            source=source,
            revision=rows.count() + 1,
            is_withdrawn=is_withdrawn,
            reason=reason,
            recorded_by_id=doer.viewer.person_id,
            recorded_at=doer.now,
        )
        details = {"code": row.code, "value": row.value, "valid_from": str(row.valid_from)}
        audit.record(doer.origin, verb, "parameter", row.pk, reason=reason, details=details)
    return row


def set_parameter(county: Unit, code: str, value: Any, valid_from: date, source: str) -> Parameter:
    """Set a value from a day on. A deadline made earlier keeps the value it was made with."""
    return Parameter.objects.create(
        county=county, code=code, value=value, valid_from=valid_from, source=source
    )


def seed_parameters(county: Unit, valid_from: date) -> None:
    """Write each default parameter with its source, unless the county has set it for that day."""
    rows = [
        Parameter(
            county=county,
            code=spec.code,
            value=spec.default,
            valid_from=valid_from,
            source=spec.source,
        )
        for spec in SPECS
    ]
    Parameter.objects.bulk_create(rows, ignore_conflicts=True)
