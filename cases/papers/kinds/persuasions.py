"""辍学学生劝返记录表 (T11, the real form B09), drawn from the contacts of the case (R4, R8)."""

from collections.abc import Mapping
from typing import Any

from cases.actions.context import Context
from cases.models import Case, Contact
from cases.papers.known import FIELDS as CHILD_FIELDS
from cases.papers.known import NAMES, child_facts
from cases.papers.registry import CaseKind
from cases.papers.tables import facts_table, section
from cases.rules.codes import ATTITUDES, CONTACT_RESULTS, METHODS, cause_label
from foundation.days import full_day_words
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS, TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.printing.sheets import Block, Paragraph, Style
from foundation.papers.printing.tables import record_table, signature_table
from foundation.papers.rules.merging import MergeField, PaperWords

CODE = "persuasions"
TALKS = "劝返记录"
CAUSE, HELP, TIMES = "辍学原因", "已采取的帮扶措施", "劝返次数"
_NONE = "还没有劝返记录，请先在个案里记录劝返。"
_HEADS = ("次数", "劝返时间", "方式", "劝返人员", "劝返人员电话", "监护人态度", "劝返就读情况记录")
_WIDTHS = (0.6, 1.6, 0.9, 1.7, 1.4, 1.1, 4.0)
FIELDS = (
    *CHILD_FIELDS,
    MergeField(CAUSE, "厌学", typed=True),
    MergeField(HELP, "已落实困难学生补助，班主任每周联系一次。", typed=True, long=True),
    MergeField(TIMES, "3", required=True),
)
WORDS = PaperWords(title="辍学学生劝返记录表", body="{学生姓名}辍学以后，已劝返{劝返次数}次。")


def _forbids(case: Case, ctx: Context) -> str:
    return "" if _contacts(case).exists() else _NONE


def _contacts(case: Case) -> Any:
    """Those of the absence that the case is about now."""
    return case.contacts.filter(day__gte=case.away_from).order_by("day", "time", "seq")


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    talks = [_row(n, one) for n, one in enumerate(_contacts(case), 1)]
    return {
        **child_facts(case, ctx),
        CAUSE: cause_label(case.cause, sensitive=False),
        HELP: "",
        TIMES: str(len(talks)),
        TALKS: talks,
    }


def _row(number: int, one: Contact) -> list[str]:
    when = full_day_words(one.day) + (f"{one.time:%H:%M}" if one.time else "")
    attitude = ATTITUDES.get(one.attitude, "")
    people = one.participants + (f"；见到{one.met}" if one.met else "")
    return [str(number), when, METHODS.get(one.method, ""), people, "", attitude, _told(one)]


def _told(one: Contact) -> str:
    promised = f"承诺{full_day_words(one.promised_on)}返校" if one.promised_on else ""
    told = (one.content, CONTACT_RESULTS.get(one.result, ""), promised)
    return "；".join(words.strip().rstrip("。；") for words in told if words.strip()) + "。"


def _tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    return (
        Paragraph("一、基本信息", Style.HEADING),
        facts_table(NAMES, values),
        *section("二、辍学原因", str(values.get(CAUSE, ""))),
        *section("三、已采取的帮扶措施", str(values.get(HELP, ""))),
        Paragraph("四、劝返记录", Style.HEADING),
        record_table(_HEADS, values.get(TALKS, ()), _WIDTHS),
        signature_table(("劝返人员", "监护人")),
    )


PERSUASIONS = CaseKind(
    PaperKind(
        code=CODE,
        title="劝返记录表",
        series="劝返",
        fields=FIELDS,
        words=WORDS,
        drafters=SCHOOL_DRAFTS | TOWNSHIP_DRAFTS,
        signers=SCHOOL_SIGNS | TOWNSHIP_SIGNS,
        source="全县控辍保学会议讲话 二(一)",
        tables=_tables,
    ),
    issuers=lambda case: (case.school, case.township),
    values=_values,
    forbids=_forbids,
    drawn=(TALKS,),
    tells_address=True,
    tells_number=True,
)
