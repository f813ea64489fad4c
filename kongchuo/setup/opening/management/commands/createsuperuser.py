"""``manage.py createsuperuser``: there is no superuser; says what to do instead."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

INSTEAD = (
    "本系统没有超级用户：人人按任职办事。头两个人用开通网址建立，请执行 "
    "make manage ARGS=opening_address；已经开通的，由安全管理员在“人员”里登记，另一人确认。"
)


class Command(BaseCommand):
    """Takes Django's arguments, so that whoever is used to them is told as well."""

    help = "没有超级用户：说明怎样建立第一个账号。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", "--name", "--database", "--email", dest="ignored")
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes nothing."""
        raise CommandError(INSTEAD)
