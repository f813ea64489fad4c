"""Code lists of a case (domain 3.6, 6.10, 6.11): code → Chinese words."""

TOWNSHIP = "乡镇（户籍或学校）"  # of a case: column and filter mean the same
CAUSES = {
    "01": "学习困难",
    "02": "厌学",
    "03": "外出打工",
    "04": "早婚早育",
    "05": "信教",
    "06": "家庭经济困难",
    "07": "因病",
    "08": "因残",
    "09": "家庭变故/监护缺失",
    "10": "上学远上学难",
    "11": "随父母外出未办转学",
    "12": "沉迷网络/不良交往",
    "13": "校园欺凌/师生关系",
    "14": "心理问题",
    "15": "怀孕",
    "16": "涉案/收押",
    "17": "在家或培训机构替代义务教育",
    "18": "读书无用论/监护人不支持",
    "19": "入学手续未办",
    "99": "其他",
}
# Only county and head teacher read these. Everybody else reads 其他 (design 4, Q32).
SENSITIVE_CAUSES = frozenset({"05", "15", "16"})
COUNTY_S_CAUSES = frozenset({"16"})  # in no file and on no paper but the county's own

WHEREABOUTS = {
    "1": "在家",
    "2": "务农",
    "3": "本地务工",
    "4": "外地务工",
    "5": "随父母外地",
    "6": "疑在外地就读",
    "7": "结婚",
    "8": "培训机构/私塾",
    "9": "医院/康复",
    "10": "羁押/专门学校",
    "11": "出国",
    "12": "下落不明",
    "99": "其他",
}

# How a child was found to be out of school (forms 1.4 疑似来源).
SOURCES = {
    "roll": "班级点名",
    "transfer": "转出后未在他校就读",
    "suspension": "休学、延缓入学期满未返校",
    "entrant": "新生未报到",
    "handover": "六年级毕业生未到初中报到",
    "school": "学校报告",
    "village": "村级摸排",
    "township": "乡镇摸排",
    "county": "县级发现",
    "comparison": "户籍比对",
    "public": "群众反映",
}

METHODS = {
    "visit": "入户",
    "phone": "电话",
    "video": "视频",
    "workplace": "到务工地",
    "meeting": "集中约谈",
}
IN_PERSON = frozenset({"visit", "workplace", "meeting"})

ATTITUDES = {
    "agrees": "同意返校",
    "hesitates": "犹豫",
    "refuses": "拒绝",
    "unreachable": "无法联系",
}
CONTACT_RESULTS = {
    "promised": "当场承诺返校",
    "later": "同意择日返校",
    "hesitates": "犹豫",
    "refuses": "拒绝",
    "nobody_met": "未见到人",
    "lost": "失联",
    "back": "已返校",
}
ANSWER_RESULTS = {"effective": "监护人同意送返", "no_effect": "劝返无效", "nobody_met": "未见到人"}
SAMPLE_TRUE = "true"
SAMPLE_RESULTS = {
    SAMPLE_TRUE: "属实，学生在校",
    "false": "不属实，学生不在校",
    "unclear": "未能核实",
}
# 辍学认定 apart from the days missed (P12): by the head teacher, and by a reply of the police.
GROUNDS = {"working": "已外出务工", "married": "已结婚（早婚）", "refused": "监护人书面拒绝送返"}
LOST = "lost"
GROUND_LABELS = {**GROUNDS, LOST: "失联（公安查找无果）"}
SERVICE_METHODS = {
    "direct": "直接",
    "left": "留置",
    "mail": "邮寄",
    "entrusted": "委托",
    "notice": "公告",
    "proxy": "委托",  # as 委托 was kept before orders were papers
}
PLACEMENTS = {
    "same_class": "原班",
    "other_class": "插班",
    "own_class": "单独编班",
    "inclusive": "随班就读",
    "special_school": "特教学校",
    "at_home": "送教上门",
    "vocational": "普职融合（职校）",
    "elsewhere": "外地就读",
}

# 3.6: outcomes that close a case. 退学, 开除, 外出打工, 早婚, 失联 are causes, never outcomes.
OUTCOMES = {
    "C01": "劝返复学",
    "C02": "转学（外地就读已核实）",
    "C03": "休学已批准",
    "C04": "延缓入学已批准",
    "C05": "不具备学习条件",
    "C06": "送教上门",
    "C07": "特教学校/随班就读",
    "C08": "普职融合",
    "C09": "专门学校/收押",
    "C10": "死亡",
    "C11": "出国（境）",
    "C12": "已完成义务教育",
    "C13": "超龄",
    "C14": "信息错误",
    "C15": "非辍学·误报",
    "C16": "移交外县",
}
# The roll call was corrected before the school entered the case: no figure counts it.
WITHDRAWN = "W"
# Outcomes that tell of an offence, as 涉案 does among the causes.
SENSITIVE_OUTCOMES = frozenset({"C09"})
# Outcomes that say that there never was an absence to answer for.
NO_CASE = ("C14", "C15", WITHDRAWN)
OUTCOME_LABELS = {**OUTCOMES, WITHDRAWN: "更正点名撤回"}


def cause_label(code: str, sensitive: bool) -> str:
    """The words of a cause. A sensitive one reads 其他 unless the reader may see it."""
    if code in SENSITIVE_CAUSES and not sensitive:
        return CAUSES["99"]
    return CAUSES.get(code, "")


def outcome_label(code: str, sensitive: bool) -> str:
    """The words of an outcome. 专门学校/收押 reads 其他 unless the reader may see it (design 4)."""
    if code in SENSITIVE_OUTCOMES and not sensitive:
        return CAUSES["99"]
    return OUTCOME_LABELS.get(code, "")


def cause_on_paper(code: str, *, sensitive: bool, county: bool) -> str:
    """The words of a cause in a file or on a printed form: 涉案 in the county's own alone."""
    return cause_label(code, county or (sensitive and code not in COUNTY_S_CAUSES))
