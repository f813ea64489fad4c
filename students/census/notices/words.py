"""What 义务教育入学通知书 says until the county writes its own text, and its number (T01, R25).

The law that it cites stands with its clauses; 存根 and 回执 stand on the same page (forms 3.2).
"""

from foundation.papers.rules.merging import MergeField, OnOne, PaperWords

PATTERN = "{place}{series}〔{year}〕第{seq}号"  # of its own; no leading zero
SERIES = "入通字"
TITLE = "义务教育入学通知书"

GUARDIAN, CHILD, SEX, BORN, ID_NO = "监护人姓名", "儿童姓名", "性别", "出生日期", "证件号"
VILLAGE, YEAR, SCHOOL, GRADE = "户籍", "入学年度", "应入学校", "年级"
DAY, HOURS, PLACE, MATERIALS = "报到日期", "报到时间", "报到地点", "所需材料"

FIELDS = (
    MergeField(GUARDIAN, "王某某", typed=True),
    MergeField(CHILD, "王小某", required=True),
    MergeField(SEX, "女"),
    MergeField(BORN, "2020年5月1日", required=True),
    MergeField(ID_NO, "522722********0021"),
    MergeField(VILLAGE, "东村"),
    MergeField(YEAR, "2026", required=True),
    MergeField(SCHOOL, "东镇小学", required=True),
    MergeField(GRADE, "一年级", required=True),
    MergeField(DAY, "2026年8月31日", required=True),
    MergeField(HOURS, "上午8:00至11:30"),
    MergeField(PLACE, "东镇小学", required=True),
    MergeField(MATERIALS, "本通知书、户口簿、儿童预防接种证"),
)

WORDS = PaperWords(
    title=TITLE,
    addressee="{监护人姓名}（监护人）",
    body=(
        "根据《中华人民共和国义务教育法》第五条、第十一条的规定，凡年满六周岁的儿童，其父母或者其他"
        "法定监护人应当送其入学接受并完成义务教育。\n"
        "{儿童姓名}，{性别}，{出生日期}出生，应于{入学年度}年秋季进入{应入学校}{年级}就读。请于"
        "{报到日期}{报到时间}携带{所需材料}，到{报到地点}报到注册。\n"
        "因身体状况需要延缓入学的，请向乡镇人民政府提出申请（第十一条）；无正当理由未送入学的，由乡镇"
        "人民政府给予批评教育，责令限期改正（第五十八条）。"
    ),
)
AROUND = OnOne(
    stub=(
        f"{TITLE}（存根）\n"
        "儿童：{儿童姓名}　性别：{性别}　出生日期：{出生日期}　证件号：{证件号}\n"
        "监护人：{监护人姓名}　户籍：{户籍}　报到学校：{应入学校}\n"
        "发放日期：　　　年　　月　　日　　领取人签字：　　　　　　经办人："
    ),
    receipt=(
        "回　执\n"
        "{文号}通知书已收到，将按时送{儿童姓名}到{应入学校}报到入学。\n"
        "领取人签字：　　　　　　　与儿童关系：　　　　　　　　　年　　月　　日"
    ),
)
NEEDED = {
    "1": "本通知书、户口簿、儿童预防接种证",
    "2": "本通知书、户口簿、小学毕业证明",
}
