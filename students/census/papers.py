"""Rules for the numbers of enrolment notices, and the law they cite (forms 3.2, T01)."""

from foundation.papers.rules.numbers import number_of, short_name

PATTERN = "{organ}{series}〔{year}〕第{seq}号"

# The sentences of the notice to the guardian, each with its clause.
DUTY = (
    "根据《中华人民共和国义务教育法》第五条、第十一条的规定，凡年满六周岁的儿童，其父母或者其他"
    "法定监护人应当送其入学接受并完成义务教育。"
)
DEFERRAL = (
    "因身体状况需要延缓入学的，请向乡镇人民政府提出申请（第十一条）；无正当理由未送入学的，由乡镇"
    "人民政府给予批评教育，责令限期改正（第五十八条）。"
)
MATERIALS = {
    "1": "本通知书、户口簿、儿童预防接种证",
    "2": "本通知书、户口簿、小学毕业证明",
}


def paper_number(township_name: str, year: int, seq: int) -> str:
    """``{机关代字}入通字〔2026〕第n号`` (T01): a pattern of its own, no leading zero."""
    return number_of(PATTERN, short_name(township_name), "入通字", year, seq)
