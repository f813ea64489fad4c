"""Reading an uploaded workbook through a child process whose death is a message, never a crash."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from students.roster.cells import Cell

MEGABYTE = 1024 * 1024
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
class Limits:
    """What a file may hold and what reading it may cost (design 4, Sizes)."""

    bytes: int
    rows: int
    unpacked: int
    memory: int
    output: int
    seconds: int


SCHOOL = Limits(
    10 * MEGABYTE, 20_015, 100 * MEGABYTE, memory=512 * MEGABYTE, output=256 * MEGABYTE, seconds=30
)
COUNTY = Limits(
    64 * MEGABYTE,
    150_015,
    1024 * MEGABYTE,
    memory=2048 * MEGABYTE,
    output=1024 * MEGABYTE,
    seconds=180,
)
MAX_BYTES = SCHOOL.bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet; the row at index 0 is row 1. ``others``: sheets that were not read."""

    name: str
    rows: list[list[Cell]]
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """An open sheet: its rows come one after the other; ``notes`` are whole after the last one."""

    name: str
    rows: Iterator[list[Cell]]
    notes: list[str] = field(default_factory=list)


def read_workbook(path: Path, limits: Limits = SCHOOL) -> Sheet:
    """The first visible sheet with anything in it; raises Unreadable, and nothing else."""
    with _output_of(path, limits) as (head, lines):
        return Sheet(head["sheet"], list(_rows(lines)), tuple(head["others"]))


@contextmanager
def open_workbook(path: Path, limits: Limits = SCHOOL) -> Iterator[Book]:
    """The same sheet row by row, so that a county's is never whole in memory."""
    with _output_of(path, limits) as (head, lines):
        book = Book(head["sheet"], _rows(lines))
        if head["others"]:
            names = "、".join(head["others"])[:200]
            book.notes.append(f"只读取了工作表「{book.name[:60]}」；没有读取：{names}。")
        yield book


@contextmanager
def _output_of(path: Path, limits: Limits) -> Iterator[tuple[dict[str, Any], Iterator[str]]]:
    output = path.with_suffix(".jsonl")
    if path.stat().st_size > limits.bytes:
        raise Unreadable(TOO_BIG)
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "students.roster.reader",
                str(path),
                str(output),
                json.dumps(asdict(limits)),
            ],
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(UNREADABLE) from None
    if done.returncode != 0 or not output.exists():
        raise Unreadable(UNREADABLE)
    with output.open(encoding="utf-8") as lines:
        head = json.loads(lines.readline() or "{}")
        if "sheet" not in head:
            raise Unreadable(MESSAGES.get(head.get("refused", ""), UNREADABLE))
        yield head, lines


def _rows(lines: Iterator[str]) -> Iterator[list[Cell]]:
    for line in lines:
        cells = json.loads(line)
        yield [_cell(value) for value in cells] if "{" in line else cells


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value["d"]) if isinstance(value, dict) else value
