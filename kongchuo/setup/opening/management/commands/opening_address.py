"""``manage.py opening_address``: prints the technician's address, valid for 24 hours, once."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.actions import Refused
from foundation.accounts.requests import is_loopback
from kongchuo.setup.opening.acts import addresses

ONLY_HERE = (
    "这个网址只有本机能打开。要用别的电脑打开，请用 HOST=本机在单位网里的地址 重新启动，"
    "见 README；网址和登录单上的地址随之改变。"
)


class Command(BaseCommand):
    """Makes a new address each time: of the earlier one only a digest is kept."""

    help = "显示开通网址：24小时内有效，只能用一次。重新显示时，旧网址作废。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", default=os.environ.get("ADDRESS", ""), help="系统的网址")
        parser.add_argument("--if-needed", action="store_true", help="已经开通的不作声")

    def handle(self, *args: Any, at: str, if_needed: bool, **options: Any) -> None:
        """Says nothing with --if-needed where the county runs already."""
        if if_needed and not addresses.is_needed():
            return
        try:
            secret = addresses.make_address(timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        path = reverse("opening:start", args=[secret])
        self.stdout.write("  开通网址（24小时内有效，只能用一次，不要转发）：")
        self.stdout.write(f"  {at.rstrip('/')}{path}")
        if is_loopback(at):
            self.stdout.write(f"  {ONLY_HERE}")
        self.stdout.write("  丢了或过期的，重新显示：make manage ARGS=opening_address")
