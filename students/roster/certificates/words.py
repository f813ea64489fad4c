"""What the certificates say until the county writes its own texts (T09, domain 3.8)."""

from foundation.papers.rules.merging import MergeField, PaperWords

GUARDIAN, CHILD, BORN, SCHOOL = "监护人姓名", "学生姓名", "出生年月", "学校"
CLASS, REASON, FROM, UNTIL, BACK = "年级班级", "原因", "起始日期", "截止日期", "返校日期"
WHY_BACK, OVER, RECOVERED = "复学缘由", "休学期满", "提前结束休学"

_PERSON = (
    MergeField(GUARDIAN, "张某某", typed=True),
    MergeField(CHILD, "张小某", required=True),
    MergeField(BORN, "2012年5月", required=True),
    MergeField(SCHOOL, "东镇中学", required=True),
)
_PERIOD = (
    MergeField(REASON, "疾病"),
    MergeField(FROM, "2026年9月1日", required=True),
    MergeField(UNTIL, "2027年8月31日", required=True),
)
_SEAT = MergeField(CLASS, "八年级2班")

DEFERRAL_FIELDS = (*_PERSON, *_PERIOD)
SUSPENSION_FIELDS = (*_PERSON, _SEAT, *_PERIOD)
RETURN_FIELDS = (
    *_PERSON,
    _SEAT,
    MergeField(WHY_BACK, OVER),
    MergeField(BACK, "2026年9月1日", required=True),
)

DEFERRAL = PaperWords(
    title="延缓入学证明",
    addressee="{监护人姓名}",
    body=(
        "你为{学生姓名}（{出生年月}出生）提出的延缓入学申请收悉，应入学校为{学校}。经审查，医疗证明等"
        "材料齐全。依据《中华人民共和国义务教育法》第十一条，同意延缓入学，期限自{起始日期}起至"
        "{截止日期}止。\n"
        "期满应当按时送其入学。确需继续延缓的，请在期满10日以前重新提出申请。"
    ),
)
SUSPENSION = PaperWords(
    title="休学证明",
    addressee="{监护人姓名}",
    body=(
        "{学校}{年级班级}学生{学生姓名}（{出生年月}出生）因{原因}申请休学。经审查，书面申请和证明"
        "材料齐全，符合规定，同意休学，期限自{起始日期}起至"
        "{截止日期}止，休学期间保留学籍。\n"
        "期满应当到校办理复学。确需继续休学的，请在期满10日以前重新提出申请。"
    ),
)
RETURN = PaperWords(
    title="复学证明",
    body=(
        "{学生姓名}（{出生年月}出生）{复学缘由}，已于{返校日期}回到{学校}复学，编入"
        "{年级班级}。\n"
        "特此证明。"
    ),
)
