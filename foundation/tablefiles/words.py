"""Messages to the user about an uploaded sheet: why it is refused, what reading it found."""

from collections.abc import Sequence
from typing import Any

from foundation.tablefiles.reader.limits import Limits

SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再上传；"
UNREADABLE = f"文件无法读取，可能已损坏或内容异常。{SAVE_AGAIN}仍不行时请下载模板，把数据粘贴进去。"
_PASTE = "请把数据复制到模板中再上传。"
_SAVE = "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后再上传。"
MESSAGES = {
    "not_a_table": f"这不是表格文件。{_SAVE}",
    "cut_off": "文件不完整，可能没有下载或传送完。请重新取得原表；能用 Excel 或 WPS 打开的，"
    "另存为 .xlsx 后再上传。",
    "xml_2003": f"这是 XML 格式的表格。{_SAVE}",
    "web_page": f"网页里没有找到表格。{_SAVE}",
    "web_archive": f"这是网页格式的文件。{_SAVE}",
    "binary_book": f"这是二进制格式（.xlsb）的工作簿。{_SAVE}",
    "encrypted": "文件设有打开密码。请在 Excel 或 WPS 中取消密码，保存后再上传。",
    "macro": "文件带有宏，不能上传。请另存为不带宏的 .xlsx 后再上传。",
    "external": "文件链接着别处的文件或网址，不能上传。请在 Excel 或 WPS 的“编辑链接”中断开链接，"
    "保存后再上传；或把数据按“数值”粘贴到模板中再上传。",
    "doctype": f"文件内含外部定义，不能上传。{_PASTE}",
    "paths": f"文件内部的路径异常，不能读取。{_PASTE}",
    "too_many_parts": f"文件内的部件过多，不能读取。{_PASTE}",
    "too_large": f"文件展开后超过{{unpacked}} MB，不能读取。{_PASTE}",
    "ratio": f"文件展开后是原来的{{ratio}}倍以上，内容异常，不能读取。{_PASTE}",
    "too_wide": "表格超过{pupils}行或{columns}列{where}。请删除数据区以外的内容，"
    "或按年级分成几个文件上传。",
    "long_cell": "有一格超过{cell}字{where}。请删去这一格里多余的文字，保存后再上传。",
    "merged": "合并单元格的范围过大{where}。请取消合并，保存后再上传。",
    "quotes": "文本表格中的引号不成对{where}，下面的行会混在一起。请改正引号，"
    "或用 Excel、WPS 打开核对后另存为 .xlsx 再上传。",
    "empty": "文件里没有数据。请检查是否选错了文件，或数据放在隐藏的工作表里。",
}


def too_big(limits: Limits) -> str:
    """The message for a file above the size limit."""
    return f"文件超过{limits.megabytes} MB。请删去图片和不用的工作表，或按年级分成几个文件上传。"


def refusal(reason: str, where: str, limits: Limits) -> str:
    """The message of a reason; an unknown reason gives that of a damaged file."""
    place = ""
    if where:
        place = f"（第{where}行）" if where.isdecimal() else f"（{where}）"
    return MESSAGES.get(reason, UNREADABLE).format(
        pupils=limits.pupils,
        columns=limits.columns,
        unpacked=limits.unpacked,
        ratio=limits.ratio,
        cell=limits.cell,
        where=place,
    )


def notes(name: str, rows: int, facts: dict[str, Any]) -> list[str]:
    """Sentences for the preview: how much was read, and what the user should check (S48)."""
    where = f"工作表「{name}」" if name else "文件"
    told = [f"{where}读取到第{rows}行。"]
    if facts["others"]:
        told.append(f"另有{_names(facts['others'])}没有读取；需要时请分别上传。")
    if facts["hidden_sheets"]:
        told.append(f"隐藏的工作表{_names(facts['hidden_sheets'])}没有读取。")
    for key, sentence in _COUNTED.items():
        count, first = facts[key]
        if count:
            told.append(sentence.format(count=count, first=_first(first, count)))
    return told


_COUNTED = {
    "hidden_rows": "有{count}行在表中是隐藏的（或被筛选掉的），也已读取：第{first}行。",
    "hidden_columns": "有{count}列在表中是隐藏的，也已读取：{first}列。",
    "merged": "数据中有{count}处合并单元格，只有左上角一格有内容，其余各格按空白读取：{first}。",
    "uncached": "有{count}格公式没有保存计算结果，按空白读取：{first}。请在 Excel 或 WPS 中打开，"
    "保存后再上传。",
}


def _names(names: Sequence[str]) -> str:
    return "、".join(f"「{name[:31]}」" for name in names)


def _first(places: Sequence[str], count: int) -> str:
    return "、".join(places) + ("等" if count > len(places) else "")
