"""What a table holds: why, on what basis, for how long, and each field's level.

L4 is sealed in the column. L3 is sensitive and stays countable: codes, dates of a case, digests of
L4. L2 names a person or describes one. L1 tells nothing of anybody (security 4.3).
"""

from dataclasses import dataclass
from enum import IntEnum


class DataLevel(IntEnum):
    """The level of a field; the higher, the more its reading is guarded."""

    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. Each of its fields stands in exactly one of ``l4`` … ``l1``, split by spaces."""

    model: str
    purpose: str
    basis: str
    retention: str
    l4: str = ""
    l3: str = ""
    l2: str = ""
    l1: str = ""

    @property
    def levels(self) -> dict[str, DataLevel]:
        """Field → level. A field that is named twice has its highest level."""
        said = (
            (DataLevel.L1, self.l1),
            (DataLevel.L2, self.l2),
            (DataLevel.L3, self.l3),
            (DataLevel.L4, self.l4),
        )
        return {name: level for level, names in said for name in names.split()}

    @property
    def named(self) -> list[str]:
        """Every field as it is named, to find one that is named twice."""
        return " ".join((self.l1, self.l2, self.l3, self.l4)).split()


# --- why the county may hold it (法律依据) --------------------------------------------------------

SCHOOLING = "义务教育法第十一至十三、五十八条；未成年人保护法第二十八条"
REGISTER = "义务教育法第十二条；中小学生学籍管理办法（教基〔2025〕1号）"
CARE = "未成年人保护法第二十九、四十三条；教基厅〔2026〕1号"
DUTY = "个人信息保护法第十三条第三项、第三十四条；未成年人网络保护条例第三十六、三十七条"
SECURITY = "网络安全法第二十一条；数据安全法第二十七条"
OFFICE = "公务员法、教师法规定的职责；网络安全法第二十四条"

# --- for how long; the county may set more -----------------------------------------------------

WITH_ARCHIVE = "随学籍档案，学生离校后按学籍档案保管期限"
FOR_EVER = "永久，随辍学学生情况报告表归档（粤教基〔2009〕3号）"
SIX_YEARS = "至学生离开义务教育阶段后六年"
THREE_YEARS = "三年"
A_DAY = "文件一日，登记三年"
THIRTY_DAYS = "内容三十日，登记三年"
IN_OFFICE = "在任期间，离任后三年"
WHILE_SIGNED_IN = "登录期间"
IN_FORCE = "有效期间，失效后留存备查"
ALWAYS = "系统运行期间"
