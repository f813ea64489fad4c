"""Reading an uploaded workbook through a child process whose death is a message, never a crash."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from students.roster.cells import Cell

MAX_BYTES = 10 * 1024 * 1024
SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]

UNREADABLE = (
    "文件无法读取，可能已损坏或内容异常。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再上传；"
    "仍不行时请下载模板，把数据粘贴进去。"
)
TOO_BIG = "文件超过10 MB。请删去图片和不用的工作表，或按年级分成几个文件上传。"
MESSAGES = {
    "not_a_workbook": "这不是 .xlsx 工作簿。请用 Excel 或 WPS 打开原表，另存为 .xlsx 后再上传。",
    "old_format": "这是旧版 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
    "web_page": "这是网页格式的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
    "encrypted": "文件设有打开密码。请在 Excel 或 WPS 中取消密码，保存后再上传。",
    "macro": "文件带有宏，不能上传。请另存为不带宏的 .xlsx 后再上传。",
    "doctype": "文件内含外部定义，不能上传。请把数据复制到模板中再上传。",
    "too_many_parts": "文件内的部件过多，不能读取。请把数据复制到模板中再上传。",
    "too_large": "文件展开后超过100 MB，不能读取。请把数据复制到模板中再上传。",
    "too_wide": "表格超过20000行或200列。请删除数据区以外的内容，或按年级分成几个文件上传。",
    "empty": "文件里没有数据。请检查是否选错了文件，或数据放在隐藏的工作表里。",
}


class Unreadable(Exception):
    """The file cannot be read; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet; the row at index 0 is row 1. ``others``: sheets that were not read."""

    name: str
    rows: list[list[Cell]]
    others: tuple[str, ...] = ()


def read_workbook(path: Path) -> Sheet:
    """The first visible sheet with anything in it; raises Unreadable, and nothing else."""
    output = path.with_suffix(".jsonl")
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "students.roster.reader", str(path), str(output)],
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(UNREADABLE) from None
    if done.returncode != 0 or not output.exists():
        raise Unreadable(UNREADABLE)
    return _sheet_of(output)


def _sheet_of(output: Path) -> Sheet:
    with output.open(encoding="utf-8") as lines:
        head = json.loads(lines.readline() or "{}")
        if "sheet" not in head:
            raise Unreadable(MESSAGES.get(head.get("refused", ""), UNREADABLE))
        rows = [[_cell(value) for value in json.loads(line)] for line in lines]
    return Sheet(head["sheet"], rows, tuple(head["others"]))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["d"])
    if value == "":
        return None
    return value
