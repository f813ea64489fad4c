"""``manage.py demo_day``: moves the demo one school day on, and reports what happened."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cases.models import CaseEvent
from cases.policy import STEPS, Act, Stage
from foundation import clock
from kongchuo.demo.county.founding import demo_county
from kongchuo.demo.history import is_finished
from kongchuo.demo.progress import Moved, NoSchoolAhead, move_on

_WEEKDAYS = "一二三四五六日"
_MOST_NUMBERS = 6


class Command(BaseCommand):
    """Ends today's school day and begins the next one."""

    help = "演示推进一个上课日：点完今天的名，各单位办理，时钟拨到下一个上课日早上八点。"

    def handle(self, *args: Any, **options: Any) -> None:
        unit = demo_county()
        if not settings.CLOCK_MAY_SHIFT or unit is None or not is_finished():
            raise CommandError("这里没有载入好的演示县，请先运行 manage.py load_demo。")
        try:
            moved = move_on(unit, clock.today())
        except NoSchoolAhead:
            raise CommandError("校历里没有下一个上课日了，请先登记学期。") from None
        except DatabaseError as error:
            raise CommandError(
                f"有人正在办理，这一天没有推进，请再运行一次。（{error}）"
            ) from error
        self._tell(moved)

    def _tell(self, moved: Moved) -> None:
        day = moved.left
        self.stdout.write(
            f"{day:%Y-%m-%d}（周{_WEEKDAYS[day.weekday()]}）结束："
            f"补齐点名 {moved.rolls} 次，各单位办理 {moved.acts} 件。"
        )
        told = Counter[str]()
        numbers: dict[str, list[str]] = {}
        for event in moved.events:
            if words := what_moved(event):
                told[words] += 1
                numbers.setdefault(words, []).append(event.case.number)
        for words, count in sorted(told.items()):
            shown = "、".join(numbers[words][:_MOST_NUMBERS])
            more = " 等" if count > _MOST_NUMBERS else ""
            self.stdout.write(f"  {words} {count} 件：{shown}{more}")
        if not told:
            self.stdout.write("  没有个案变动。")
        day = moved.reached
        self.stdout.write(f"现在是 {day:%Y-%m-%d}（周{_WEEKDAYS[day.weekday()]}）早上八点。")


def what_moved(event: CaseEvent) -> str:
    """What an event did: 新立, 转入「…」, 到期转入「…」, 返校, 销号 …; empty if the case stayed."""
    if event.act == Act.OPEN:
        return "新立个案"
    if event.act == Act.WITHDRAW:
        return "更正点名撤回"
    if event.to_stage == event.from_stage:
        return ""
    if event.to_stage == Stage.DX:
        return "自动销号" if event.act == Act.CLOSE_BY_ROLL else "核准销号"
    if event.act == Act.REOPEN:
        return "更正点名后恢复观察"
    if event.to_stage == Stage.D9:
        return "返校，开始观察"
    how = {Act.LAPSE: "逾期转入", Act.RELAPSE: "又离校，退回"}.get(Act(event.act), "转入")
    return f"{how}「{STEPS[Stage(event.to_stage)].label}」"
