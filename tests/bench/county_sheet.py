"""A county's registry sheet for the benches: 71 columns, about 45 of them filled, streamed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from students.roster.rules.columns import COLUMNS
from students.roster.rules.ids import invent
from students.roster.rules.sheet_headings import letter_of
from tests.roster.sheets import plain_book

SURNAMES = "李王张杨罗赵周陈普字毕鲁茶董段蒋何马黄刘"
GIVEN = "文明秀英建国春华玉兰志强丽芳俊杰雨欣子涵浩然思源晓东海燕天佑梦瑶佳宁嘉怡国庆家兴"
VILLAGES = ("530999101201", "530999102201")
OLDEST = date(2011, 9, 1)
CLASSES = 1  # of each grade in a school: 1,800 classes of 55 pupils in the county
_SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRINGS = "xl/sharedStrings.xml"
# The columns this work does not keep are filled as schools fill them.
_OTHERS = {
    "出生地": "530999101201",
    "籍贯": "530999",
    "国籍/地区": "中国",
    "港澳台侨外": "否",
    "健康状况": "健康或良好",
    "政治面貌": "群众",
    "户口性质": "农业户口",
    "入学方式": "就近入学",
    "邮政编码": "675801",
    "是否独生子女": "否",
    "是否受过学前教育": "是",
    "是否留守儿童": "非留守儿童",
    "是否需要申请资助": "否",
    "是否享受一补": "否",
    "是否孤儿": "否",
    "是否烈士或优抚子女": "否",
    "上下学距离": "2",
    "上下学交通方式": "步行",
    "是否需要乘坐校车": "否",
    "残疾类型": "无残疾",
    "是否由政府购买学位": "否",
    "随班就读": "非随班就读",
    "是否进城务工人员随迁子女": "否",
}


def pupil_rows(pupils: range, codes: Sequence[str]) -> Iterator[dict[str, str]]:
    """Pupils of grades 1 to 9, spread over the schools; names, numbers and homes differ."""
    for n in pupils:
        born = OLDEST + timedelta(days=n * 7 % 3_280)
        grade = min(9, max(1, 2025 - born.year - 5 - (born.month >= 9)))
        first = 1 if grade < 7 else 7
        name = SURNAMES[n % 20] + _given(n)
        village = VILLAGES[n % 2]
        yield _OTHERS | {
            "学校标识码": codes[n % len(codes)],
            "姓名": name,
            "性别": "女" if n % 2 else "男",
            "出生日期": f"{born:%Y%m%d}",
            "民族": ("汉族", "彝族", "白族")[n % 3],
            "身份证件类型": "居民身份证",
            "身份证件号": invent(born, n // 3_280 % 500, "2" if n % 2 else "1"),
            "户口所在地": village,
            "班级": f"{'一二三四五六七八九'[grade - 1]}年级{n // len(codes) % CLASSES + 1}班",
            "入学年月": f"{2025 - grade + first}09",
            "就读方式": ("走读", "住校")[n % 2],
            "现住址": f"云县某镇某村{n % 977}组{n}号",
            "通信地址": f"云县某镇某村{n % 977}组{n}号",
            "家庭地址": f"云县某镇某村{n % 977}组{n}号",
            "联系电话": f"138{n:08d}",
            "班内学号": str(n % 50 + 1),
            "成员1姓名": name[0] + _given(n // 7),
            "成员1关系": "父亲",
            "成员1联系电话": f"139{n:08d}",
            "成员1是否监护人": "是",
            "成员2姓名": SURNAMES[n // 3 % 20] + _given(n // 11),
            "成员2关系": "母亲",
            "成员2联系电话": f"137{n:08d}",
            "成员2是否监护人": "是",
        }


def _given(n: int) -> str:
    return GIVEN[n % len(GIVEN)] + GIVEN[n // len(GIVEN) % len(GIVEN)]


def county_sheet(pupils: range, codes: Sequence[str]) -> bytes:
    """The workbook, its rows streamed as Excel would write them, with shared strings."""
    target = BytesIO()
    shared: dict[str, int] = {}
    letters = {column.heading: letter_of(at) for at, column in enumerate(COLUMNS)}
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f"<worksheet {_SPACE}><sheetData>".encode())
            heads = {column.heading: column.title for column in COLUMNS}
            for number, row in enumerate(_with_head(heads, pupils, codes), start=1):
                told = [
                    f'<c r="{letters[key]}{number}" t="s"><v>'
                    f"{shared.setdefault(row[key], len(shared))}</v></c>"
                    for key in letters
                    if key in row
                ]
                part.write(f'<row r="{number}">{"".join(told)}</row>'.encode())
            part.write(b"</sheetData></worksheet>")
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        archive.writestr(_STRINGS, f"<sst {_SPACE}>{strings}</sst>")
        with ZipFile(BytesIO(plain_book([["x"]]))) as whole:
            for name in whole.namelist():
                if "sheet1" not in name and name != _STRINGS:
                    archive.writestr(name, whole.read(name).replace(b"</Types>", _SHARED_TYPE))
    return target.getvalue()


def _with_head(
    heads: dict[str, str], pupils: range, codes: Sequence[str]
) -> Iterator[dict[str, str]]:
    yield heads
    yield from pupil_rows(pupils, codes)
