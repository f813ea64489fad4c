"""What the 限期复学通知书 says until the county writes its own text (forms 3.3, domain T03).

The limit is told in days from receipt: the week counts from the service (R16, P8), whose day nobody
knows when the paper is signed. So do the periods of remedy, of 60 days and 6 months (domain 3.2,
D7); to whom the guardian turns differs from county to county, and is a field.
"""

from foundation.papers.rules.merging import DAY, RECEIVER, MergeField, PaperWords
from foundation.papers.rules.merging import PHONE as A_PHONE

TRIED, DAYS = "劝返次数", "限期天数"
ID_NO, ADDRESS, WHO = "监护人身份号码", "监护人住址", "监护人身份和住址"
COMPUTED = frozenset({TRIED, DAYS, WHO})  # never typed
PHONE = "联系电话"
GUARDIAN, CHILD, SCHOOL = "监护人姓名", "学生姓名", "学校"
RELATION = "与学生关系"
REVIEWED_BY, SUED_AT = "复议机关", "受诉法院"
REMEDIES = (
    MergeField(REVIEWED_BY, "某某县人民政府", required=True, typed=True),
    MergeField(SUED_AT, "某某县人民法院", required=True, typed=True),
)

FIELDS = (
    MergeField(GUARDIAN, "张某某", required=True, holds=RECEIVER),
    MergeField(ID_NO, "5309××××××××××××××"),
    MergeField(ADDRESS, "东镇东村三组"),
    MergeField(WHO, "（公民身份号码：5309××××××××××××××；住址：东镇东村三组）"),
    MergeField("子女", "子", required=True),
    MergeField(CHILD, "张小某", required=True),
    MergeField("出生年月", "2012年5月", required=True),
    MergeField(SCHOOL, "东镇中学", required=True),
    MergeField("年级班级", "八年级2班"),
    MergeField("离校日期", "2026年9月10日", required=True, holds=DAY),
    MergeField(TRIED, "3", required=True),
    MergeField(DAYS, "7", required=True),
    MergeField("联系人", "李某某"),
    MergeField(PHONE, "0883-×××××××", required=True, holds=A_PHONE),
    *REMEDIES,
)
WORDS = PaperWords(
    title="责令限期送被监护人复学通知书",
    addressee="{监护人姓名}{监护人身份和住址}",
    body=(
        "经查，你的{子女}{学生姓名}（{出生年月}出生），系{学校}{年级班级}学生，自{离校日期}起"
        "无正当理由未到校接受义务教育，经学校、村（居）委会和本机关{劝返次数}次劝返，"
        "至今未返校。\n"
        "你的行为违反了《中华人民共和国义务教育法》第五条、第十一条和《中华人民共和国未成年人"
        "保护法》的有关规定。依据《中华人民共和国义务教育法》第五十八条，现责令你自收到本通知书"
        "之日起{限期天数}日内送{学生姓名}到{学校}复学；期满日是休息日、节假日的，顺延至"
        "下一个工作日。逾期不改正的，将依法处理。\n"
        "如不服，可自收到之日起60日内向{复议机关}申请行政复议，"
        "或者6个月内向{受诉法院}提起行政诉讼。\n"
        "联系人：{联系人}　联系电话：{联系电话}"
    ),
)


def identity(id_no: str, address: str) -> str:
    """What follows the guardian's name in the address line; "" where nothing is known."""
    known = [("公民身份号码", id_no.strip()), ("住址", address.strip())]
    told = "；".join(f"{label}：{one}" for label, one in known if one)
    return f"（{told}）" if told else ""
