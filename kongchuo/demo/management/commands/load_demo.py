"""``manage.py load_demo``: makes the demo county with its past, up to the morning of the tour."""

from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation import clock
from foundation.accounts.models import Unit
from kongchuo.demo.bar import Bar
from kongchuo.demo.county.dates import DEMO_DAY, IN_POST_SINCE, MORNING, at
from kongchuo.demo.county.founding import demo_county, found_county, is_empty
from kongchuo.demo.county.people import add_new_seats
from kongchuo.demo.history import days_left, is_finished, replay
from kongchuo.demo.progress import set_clock

_PUPILS = 8_000


class Command(BaseCommand):
    """Loads 云县 into an empty database, or continues an interrupted load."""

    help = "载入演示县（云县：真实的乡镇和村，虚构的学校、人员、学生），并回放到演示当天早上。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有数据时不作任何改动")
        parser.add_argument("--pupils", type=int, default=_PUPILS, help="学生人数（默认8000）")
        parser.add_argument(
            "--history", action=BooleanOptionalAction, default=True, help="是否回放本学期的历史"
        )

    def handle(
        self, *args: Any, if_empty: bool, pupils: int, history: bool, **options: Any
    ) -> None:
        """Founds the county if there is none, then plays its term."""
        if not settings.CLOCK_MAY_SHIFT:
            raise CommandError(
                "演示县要拨动时钟，正式使用的系统不允许；确要演示，请设置 CLOCK_MAY_SHIFT=1。"
            )
        if pupils < 1:
            raise CommandError("学生人数应为正整数。")
        unit = self._unit(if_empty, pupils)
        if unit is None:
            return
        if history:
            self._replay(unit)
        else:
            set_clock(DEMO_DAY)

    def _unit(self, if_empty: bool, pupils: int) -> Unit | None:
        """The county to continue with; None when there is nothing to do."""
        if is_empty():
            return self._found(pupils)
        unit = demo_county()
        if unit is not None and not is_finished():
            self.stdout.write("演示县上次没有载入完，接着载入。")
            return unit
        if not if_empty:
            raise CommandError("数据库里已有数据，没有载入。要重新演示，请先清空数据库。")
        if unit is not None:
            add_new_seats(unit)
        self.stdout.write("数据库里已有数据，未作改动。")
        return None

    def _found(self, pupils: int) -> Unit:
        bar = Bar(self.stdout, "载入演示县", pupils)
        with clock.set_to(at(IN_POST_SINCE, MORNING.hour)):
            unit = found_county(pupils, bar)
        bar.end(f"完成：学生 {bar.done} 人")
        return unit

    def _replay(self, unit: Unit) -> None:
        bar = Bar(self.stdout, "回放本学期", days_left())
        replay(unit, bar)
        bar.end(f"完成：到 {DEMO_DAY} 早上八点")
