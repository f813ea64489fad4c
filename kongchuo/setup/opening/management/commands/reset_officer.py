"""``manage.py reset_officer``: asks for a new first password of the only 安全管理员."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import Refused
from kongchuo.setup.opening.acts.officers import ask_for_the_only_officer


class Command(BaseCommand):
    """Prints no password: the person who confirms the request is shown the slip."""

    help = "唯一的安全管理员忘记密码或登录单过期：代为申请重置，由局领导或基教股登录确认。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Says who has to confirm."""
        try:
            asked, who = ask_for_the_only_officer(clock.today(), timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已申请重置安全管理员{asked.name}的密码，15天内有效。")
        if asked.person and asked.person.is_sealed_on(timezone.localdate()):
            self.stdout.write("该账号已超过180天没有使用，被封存；申请确认时也会解除封存。")
        self.stdout.write(f"请{'、'.join(who)}中的一位登录，在“人员复核”里向本人核实后确认，")
        self.stdout.write("登录单显示在确认人的屏幕上，打印后当面交给本人。")
