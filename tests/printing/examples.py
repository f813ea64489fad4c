"""Papers to print in tests: the order T03 in three parts, with invented names."""

from foundation.papers.printing.sheets import Gap, PaperTable, Paragraph, Part, Sheet, Style

NUMBER = "云东政教限〔2026〕3号"
ORGAN, DATE = "云县东镇人民政府", "2026年11月23日"
TITLE = "责令限期送被监护人复学通知书"
CHECKED = (
    "经查，你的儿子王小明（2014年5月出生），系云县东镇中心小学六年级2班学生，自2026年11月3日起"
    "无正当理由未到校接受义务教育，经学校、村（居）民委员会3次劝返，至今未返校。"
)
ORDERED = (
    "你的行为违反了《中华人民共和国义务教育法》第五条、第十一条和《中华人民共和国未成年人保护法》"
    "的有关规定。依据《中华人民共和国义务教育法》第五十八条，现责令你于2026年11月30日前送王小明到"
    "云县东镇中心小学复学。逾期不改正的，将依法处理。"
)
REMEDY = "如不服本通知，可依法申请行政复议或者提起行政诉讼。"
CONTACT = "联系人：李建国　　联系电话：13800000000"
SIGNED = (Paragraph(ORGAN, Style.SIGNED), Paragraph(DATE, Style.DATED))
HEAD = (
    Paragraph(ORGAN, Style.ORGAN),
    Paragraph(TITLE, Style.TITLE),
    Paragraph(NUMBER, Style.NUMBER),
)
MAIN = Part(
    "正文",
    (
        *HEAD,
        Paragraph("王大明（公民身份号码：110101198001010019）：", Style.ADDRESSEE),
        *(Paragraph(text) for text in (CHECKED, ORDERED, REMEDY, CONTACT)),
        *SIGNED,
    ),
)
STUB = Part(
    "存根",
    (
        Paragraph(f"{TITLE}（存根）", Style.TITLE),
        Paragraph(NUMBER, Style.NUMBER),
        Paragraph("被通知人：王大明　　学生：王小明　　学校：云县东镇中心小学"),
        Paragraph("事由：无正当理由未到校接受义务教育，经3次劝返未返校。"),
        Paragraph("限期届满日：2026年11月30日"),
        Paragraph("制作人：　　　　　　签发人：　　　　　　制作日期：2026年11月23日"),
    ),
    small=True,
)
RECEIPT = Part(
    "送达回证",
    (
        Paragraph(ORGAN, Style.ORGAN),
        Paragraph("送达回证", Style.TITLE),
        PaperTable(
            (
                ("送达文书名称及文号", f"{TITLE}\n{NUMBER}"),
                ("受送达人", "王大明"),
                ("送达地点", ""),
                ("送达方式", "□直接　□留置　□委托　□邮寄　□公告"),
                ("收件人签名或者盖章及时间", ""),
                ("代收人及与受送达人关系", ""),
                ("拒收事由", ""),
                ("见证人", ""),
                ("送达人（两名）", ""),
                ("备注", ""),
            ),
            widths=(3, 7),
        ),
    ),
    small=True,
)
ADDRESS = "https://kongchuo.example.gov.cn/papers/7Q2mX9sB4kTfW1zP/"


def order(number: str = NUMBER, *, mark: str = "", qr: str | None = ADDRESS) -> Sheet:
    """The order in its three parts."""
    return Sheet((MAIN, STUB, RECEIPT), number, qr, mark)


def long_letter(paragraphs: int) -> Sheet:
    """A letter of this many paragraphs."""
    body = tuple(Paragraph(ORDERED) for _ in range(paragraphs))
    return Sheet((Part("正文", (*HEAD, *body, Gap(), *SIGNED)),), NUMBER)
