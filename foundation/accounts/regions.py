"""Rules for township and village lists: reads and checks rows of code, name and parent code."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_CODE = re.compile(r"^(\d{6}|\d{9}|\d{12})$")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region of a list; ``parent_code`` is the code without its last three digits."""

    code: str
    name: str
    parent_code: str


class BadRegions(ValueError):
    """The list cannot be loaded. The message names the line and the remedy, in Chinese."""


def read_rows(rows: Iterable[Mapping[str, str]]) -> list[RegionRow]:
    """Reads the rows of a CSV with the columns code, name, parent_code.

    County codes have 6, township codes 9, village codes 12 digits (domain 6.1). Raises BadRegions
    on the first fault.
    """
    found: dict[str, RegionRow] = {}
    for line, row in enumerate(rows, start=2):
        region = _row(line, row)
        if region.code in found:
            raise BadRegions(f"第{line}行：代码{region.code}重复，请删去其中一行。")
        found[region.code] = region
    if not found:
        raise BadRegions("文件里没有数据行。请使用 code,name,parent_code 三列的 CSV 文件。")
    return list(found.values())


def _row(line: int, row: Mapping[str, str]) -> RegionRow:
    if not {"code", "name", "parent_code"} <= set(row):
        raise BadRegions("第1行应为列名 code,name,parent_code。")
    code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
    if not _CODE.match(code):
        raise BadRegions(f"第{line}行：代码「{code}」应为6、9或12位数字。")
    if not name:
        raise BadRegions(f"第{line}行：缺少名称。")
    parent = (row["parent_code"] or "").strip()
    if len(code) > 6 and parent != code[:-3]:
        raise BadRegions(f"第{line}行：上级代码应为{code[:-3]}，文件里是「{parent}」。")
    return RegionRow(code, name, parent)
