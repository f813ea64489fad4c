"""``manage.py open_county FILE.xlsx``: opens a county by the workbook, without a browser.

With ``--blank`` it writes the workbook that is to be filled in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.models import Unit, UnitKind
from foundation.tablefiles.reading import Unreadable, read_sheets
from kongchuo.setup.opening.acts.by_file import Opened, WrongRows, open_by_file
from kongchuo.setup.opening.known import known_county
from kongchuo.setup.opening.rules.taking import WrongOpeningBook, take
from kongchuo.setup.opening.template_book import opening_book


class Command(BaseCommand):
    """Writes the whole file or nothing. The same file a second time changes nothing."""

    help = "用开通工作簿建立县，或补充已有的县。首次密码只显示一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--blank", action="store_true", help="写一份空白的开通工作簿到这个文件")

    def handle(self, *args: Any, file: Path, blank: bool, **options: Any) -> None:
        """Names every cell to be corrected, and writes nothing then."""
        if blank:
            self._write_blank(file)
            return
        try:
            sheets = take((sheet.name, sheet.rows) for sheet in read_sheets(file))
            done = open_by_file(file.name, sheets, clock.today(), timezone.now())
        except OSError as error:
            raise CommandError(f"读不了 {file}：{error}") from error
        except (Unreadable, WrongOpeningBook, Refused) as error:
            raise CommandError(str(error)) from error
        except WrongRows as wrong:
            raise CommandError("\n".join(("没有写入，请改正：", *wrong.lines))) from wrong
        self._tell(done)

    def _write_blank(self, file: Path) -> None:
        """The workbook to fill in; with what the county holds already, where there is one."""
        county = Unit.objects.filter(kind=UnitKind.COUNTY).select_related("region").first()
        place = county.region.name if county else ""
        try:
            with file.open("xb") as target:  # a book that somebody has filled in is not lost
                target.write(opening_book(known_county(county, clock.today()), place))
        except FileExistsError:
            raise CommandError(f"{file} 已经存在，没有覆盖。请换一个文件名。") from None
        except OSError as error:
            raise CommandError(f"写不了 {file}：{error}") from error
        self.stdout.write(f"已写出空白的开通工作簿：{file}。填好以后执行 open_county {file.name}。")

    def _tell(self, done: Opened) -> None:
        for words in done.warnings:
            self.stdout.write(f"提醒：{words}")
        self.stdout.write(f"已写入：新增{done.written.new}行，更改{done.written.changed}行。")
        for slip in done.slips:
            self._print(slip)
        if done.waiting_for:
            self.stdout.write(f"县级任职等第二人{done.waiting_for}登录后在“开通”里确认。")

    def _print(self, slip: PasswordSlip) -> None:
        until = timezone.localtime(slip.until)
        self.stdout.write(
            f"登录单（只显示这一次）：{slip.name}　账号 {slip.username}　首次密码 {slip.password}"
            f"　有效至 {until:%Y-%m-%d %H:%M}"
        )
