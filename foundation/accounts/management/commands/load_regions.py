"""``manage.py load_regions FILE.csv``: a county's townships and villages."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation import clock
from foundation.accounts.actions import load_regions
from foundation.accounts.regions import BadRegions, read_rows


class Command(BaseCommand):
    """Reads a CSV with the columns code, name, parent_code."""

    help = "载入乡镇、村（社区）名单：CSV 三列 code,name,parent_code，代码为6、9、12位。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Adds new regions only, so a second run changes nothing."""
        try:
            with file.open(encoding="utf-8-sig", newline="") as handle:
                rows = read_rows(csv.DictReader(handle))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不了 {file}：{error}") from error
        except BadRegions as error:
            raise CommandError(f"{file}：{error}") from error
        added, known = load_regions(rows, clock.today())
        self.stdout.write(f"新增 {added} 个区划，原有 {known} 个。")
