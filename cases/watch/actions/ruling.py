"""Sets a rule of a county from a day on."""

from datetime import date

from django.db import transaction

from cases.watch.models import RuleSetting
from cases.watch.rules import BY_CODE, LINE, Setting
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right

MOST = 100  # of points, days or times; a larger number could only be a slip of the hand


@transaction.atomic
def set_rule(
    doer: Doer,
    setting: Setting,
    valid_from: date,
    reason: str,
) -> RuleSetting:
    """Write a row for the rule that counts from its day on. Raises Refused, in Chinese."""
    post = post_with(doer.viewer, Right.SET_WARNING_RULES)
    _check(setting, valid_from, reason, doer.now.date())
    row = RuleSetting.objects.create(
        county_id=post.county_id,
        code=setting.code,
        is_on=setting.is_on,
        threshold=setting.threshold,
        weight=setting.weight,
        valid_from=valid_from,
        reason=reason,
        recorded_by_id=post.id,
        recorded_at=doer.now,
    )
    details = {"code": row.code, "on": row.is_on, "from": row.threshold, "points": row.weight}
    audit.record(
        doer.origin, "set_warning_rule", "rulesetting", row.pk, reason=reason, details=details
    )
    return row


def _check(setting: Setting, valid_from: date, reason: str, today: date) -> None:
    if setting.code != LINE and setting.code not in BY_CODE:
        raise Refused("没有这条规则，请从列表中选择。")
    if valid_from < today:
        raise Refused("生效日期不能早于今天：以前的预警按当时的规则计算，不再改动。")
    if not 1 <= setting.threshold <= MOST or not 0 <= setting.weight <= MOST:
        raise Refused(f"起点应为1至{MOST}，分值应为0至{MOST}，请改正。")
    if setting.code == LINE and not setting.is_on:
        raise Refused("列入预警的分数不能停用，请填写新的分数。")
    if not reason.strip():
        raise Refused("请写明调整理由。")
