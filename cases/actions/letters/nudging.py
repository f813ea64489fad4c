"""催办 of selected duties: what applies, what is skipped and why, and the letters (ux 5.3)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from cases.actions.letters.notices import letters_to, teachers_of
from cases.models import Deadline, DutyNudge
from cases.policy import Level
from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.prepared import prepared

MOST = 1_000  # duties at once
NAMED = 8  # case numbers in a letter

OUTSIDE, DONE = "不在您的范围内", "已经办结或转办"
NOT_DUE, NOT_BELOW, TODAY_ALREADY = "还没有到期", "不由下级单位办理", "今天已经催办过"
NOBODY = "没有可以通知的人员"


@dataclass(frozen=True, slots=True)
class NudgePlan:
    """The duties that are pressed, the others with the reason, and how many are out of sight."""

    asked: list[Deadline]
    skipped: list[tuple[Deadline, str]]
    outside: int

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """How many are skipped for each reason."""
        counted: dict[str, int] = defaultdict(int)
        for _, reason in self.skipped:
            counted[reason] += 1
        if self.outside:
            counted[OUTSIDE] = self.outside
        return list(counted.items())


def pressing_post(viewer: Viewer) -> HeldPost | None:
    """The post under which the viewer presses those below it; None without one."""
    held = viewer.posts_with(Right.READ_UNIT_MAIL)
    return next((post for post in held if post.role.presses), None)


def plan_nudges(doer: Doer, keys: Collection[int]) -> NudgePlan:
    """What a 催办 of these duties would do. Writes nothing.

    Raises PermissionDenied for who answers for no area.
    """
    by = doer.under(pressing_post(doer.viewer))
    seen = replace(doer.viewer, posts=(by.post,))
    rows = Deadline.objects.visible_to(seen, doer.today).filter(pk__in=list(keys)[:MOST])
    found = list(
        rows.select_related(
            "unit", "case__child", "case__school", "case__village", "case__township",
            "case__school_township", "case__county", "case__school_class",
        ).order_by("due_on", "pk")
    )  # fmt: skip
    pressed = _pressed_today(found, by)
    told = [(row, _why_not(row, by, pressed)) for row in found]
    return NudgePlan(
        [row for row, reason in told if not reason],
        [(row, reason) for row, reason in told if reason],
        len(set(keys)) - len(found),
    )


def pressable(doer: Doer, rows: Collection[Deadline]) -> set[int]:
    """Which of these duties, all within the viewer's sight, a 催办 would press now. One query."""
    by = doer.under(pressing_post(doer.viewer))
    pressed = _pressed_today(rows, by)
    return {row.pk for row in rows if not _why_not(row, by, pressed)}


def _pressed_today(rows: Collection[Deadline], by: Doer) -> set[int]:
    keys = [row.pk for row in rows]
    return set(_pressed(keys=keys, unit=by.post.unit_id, day=by.today))


@prepared
def _pressed(*, keys: Any, unit: Any, day: Any) -> QuerySet[DutyNudge, Any]:
    sent = DutyNudge.objects.filter(deadline__among=keys, unit_id=unit, sent_on=day)
    return sent.values_list("deadline_id", flat=True)


def _why_not(row: Deadline, by: Doer, pressed: Collection[int]) -> str:
    if not row.is_open:
        return DONE
    if row.due_on > by.today:
        return NOT_DUE
    if Level(row.level) not in by.post.role.presses:
        return NOT_BELOW
    return TODAY_ALREADY if row.pk in pressed else ""


def as_sent(plan: NudgePlan) -> NudgePlan:
    """The plan made anew after a 催办, told as its result: what was pressed today, what was not."""
    asked = [row for row, reason in plan.skipped if reason == TODAY_ALREADY]
    others = [(row, reason) for row, reason in plan.skipped if reason != TODAY_ALREADY]
    return replace(plan, asked=asked, skipped=[*others, *((row, NOBODY) for row in plan.asked)])


@transaction.atomic
def nudge_duties(doer: Doer, keys: Collection[int]) -> NudgePlan:
    """Press whoever owes these duties, one letter for each addressee. Returns what was done.

    Raises PermissionDenied for who answers for no area.
    """
    by = doer.under(pressing_post(doer.viewer))
    # Two presses of one duty run one after the other, so that the second finds the first.
    list(Deadline.objects.filter(pk__in=list(keys)[:MOST]).order_by("pk").select_for_update())
    plan = plan_nudges(doer, keys)
    letters, reached = _letters(plan.asked, by)
    asked = [row for row in plan.asked if row.pk in reached]
    DutyNudge.objects.bulk_create(
        DutyNudge(
            deadline=row,
            unit_id=by.post.unit_id,
            post_id=by.post.id,
            person_id=doer.viewer.person_id,
            sent_on=doer.today,
            sent_at=doer.now,
        )
        for row in asked
    )
    post_letters(letters, doer.today)
    children = {row.case.child_id for row in asked}
    details = {"deadlines": [row.pk for row in asked]}
    audit.record(by.origin, "nudge_duties", "deadline", children=children, details=details)
    alone = [(row, NOBODY) for row in plan.asked if row.pk not in reached]
    return replace(plan, asked=asked, skipped=[*plan.skipped, *alone])


Addressee = tuple[int, int | None]


def _letters(rows: Iterable[Deadline], by: Doer) -> tuple[list[Letter], set[int]]:
    """One letter for each addressee, and the duties of which somebody is told."""
    duties = list(rows)
    teachers = teachers_of({row.case.school_class_id for row in duties}, by.today)
    told: dict[Addressee, list[Deadline]] = defaultdict(list)
    for row in duties:
        for letter in letters_to(
            row.case,
            Level(row.level),
            key="",
            title="",
            body="",
            occurred_on=by.today,
            today=by.today,
            teachers=teachers,
        ):
            told[letter.to_unit_id, letter.to_post_id].append(row)
    letters = [_letter(to, owed, by) for to, owed in told.items()]
    return letters, {row.pk for owed in told.values() for row in owed}


def _letter(to: Addressee, owed: list[Deadline], by: Doer) -> Letter:
    unit, post = to
    numbers = list(dict.fromkeys(row.case.number for row in owed))
    more = f"等{len(numbers)}个个案" if len(numbers) > NAMED else ""
    single = len(numbers) == 1
    return Letter(
        key=f"nudge_duties:{by.post.unit_id}:{unit}:{post or 0}:{by.now:%Y%m%d%H%M%S%f}",
        to_unit_id=unit,
        to_post_id=post,
        title=f"{by.post.unit_name}催办：{len(owed)}项到期事项"[:60],
        body=f"案号{'、'.join(numbers[:NAMED])}{more}。请今天办理，有困难的请说明。",
        url=reverse("case", args=numbers) if single else reverse("duties"),
        occurred_on=by.today,
        level=Message.WARN,
    )
