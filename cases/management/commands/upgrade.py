"""``manage.py upgrade``: updates the tables, then counts again what a changed rule concerns."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from cases.actions.context import Contexts
from cases.recount.counting import Recounted, follow_rules
from cases.recount.reports import owe_reports
from foundation import clock
from foundation.accounts.audit import Origin


class Command(BaseCommand):
    """Run at every start, as the owner of the tables and as the serving role."""

    help = "升级：更新数据表；缺勤的计数规则有变时重新计算，并说明变动。"
    requires_system_checks = ()  # they import every page, half of a start; `make test` runs them

    def handle(self, *args: Any, **options: Any) -> None:
        migrate = {"database": "owner", "interactive": False, "skip_checks": True}
        call_command("migrate", stdout=self.stdout, **migrate)
        contexts = Contexts(clock.today(), clock.now(), Origin())
        with transaction.atomic():
            owe_reports(contexts)
        done = follow_rules(contexts)
        if done.schools:
            self.stdout.write(words_of(done))


def words_of(done: Recounted) -> str:
    """What the upgrade says, in one line."""
    told = f"计数规则有变：已重新计算{done.schools}所学校的缺勤，{done.spells}次连续缺勤有变动。"
    return told + (f"其中{done.failed}所没有算完，系统随后会自动补算。" if done.failed else "")
