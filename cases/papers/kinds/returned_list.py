"""义务教育阶段辍学学生劝返清单 (T13, form B28) of a township and a term, with six signatures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cases.models import Case
from cases.papers.term_list import TermList, named, term_list
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.days import full_day_words
from foundation.papers import acts as papers
from foundation.papers.desks import TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper, PaperMove
from foundation.papers.printing.sheets import Block, Paragraph, Style
from foundation.papers.printing.tables import record_table, signature_table
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.states import UNSIGNED, Move, PaperState
from students.calendars.loading import calendar_for
from students.calendars.terms import Term

CODE = "returned_list"
ABOUT = "township_term"
LISTS = ("附一、辍学学生花名册", "附二、返校学生花名册", "附三、未返校学生花名册")
CASES = "个案"
SIGNERS = (
    "村支书（主任）",
    "乡镇中心校校长",
    "中学校长",
    "乡镇分管领导",
    "乡镇长",
    "教体局包片领导",
)
_HEADS = ("序号", "姓名", "性别", "学校", "年级班级", "村（居）", "离校日期", "返校日期或结果")
_WIDTHS = (0.6, 1.2, 0.7, 2.2, 1.8, 1.8, 1.8, 1.9)
_TWO = "这个学期的辍学学生劝返清单已经有一份在办，请先办完或者撤销那一份。"
_CHANGED = "起草以后名单有变化，请撤销后重新起草。"


def draft_list(doer: Doer, township: Unit, term: Term) -> Paper:
    """Draft the list of a township and a term. Raises PermissionDenied, and Refused in Chinese."""
    if term.first_day > doer.today:
        raise Refused("这个学期还没有开始。")
    about = papers.About(ABOUT, key_of(township, term))
    values = values_of(term_list(township, term, doer.today))
    return papers.draft(doer, CODE, township, about, values)


def key_of(township: Unit, term: Term) -> str:
    """What such a paper is about: the township and the first day of the term."""
    return f"{township.pk}:{term.first_day}"


def values_of(told: TermList) -> dict[str, Any]:
    """Counts, name lists, and the keys of the cases that the audit asks for."""
    rest = f"，按其他结果销号{told.others}人" if told.others else ""
    lists = (told.dropouts, told.back, told.away)
    return {
        "学期": named(told.term),
        "截止日期": full_day_words(told.until),
        "辍学人数": str(len(told.dropouts)),
        "返校人数": str(len(told.back)),
        "未返校人数": str(len(told.away)),
        "其他说明": rest,
        **{name: told.rows(of) for name, of in zip(LISTS, lists, strict=True)},
        CASES: [one.case.pk for one in told.dropouts],
    }


def _allows(doer: Doer, paper: Paper) -> str:
    """A draft is sent while the lists are still true; what was sent stays as it was read."""
    if paper.state == PaperState.WAITING:
        return ""
    told = values_of(term_list(paper.unit, _term_of(paper), doer.today))
    same = all(paper.values.get(name) == told[name] for name in LISTS)
    return "" if same else _CHANGED


def _term_of(paper: Paper) -> Term:
    first = date.fromisoformat(paper.about_key.partition(":")[2])
    terms = calendar_for(paper.county_id).terms
    found = next((one for one in terms if one.first_day == first), None)
    if found is None:
        raise Refused("校历里这个学期的起止日期改过，请撤销后重新起草。")
    return found


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """One list of a term at a time."""
    if move.move != Move.DRAFT:
        return
    Unit.objects.select_for_update(no_key=True).get(pk=paper.unit_id)
    own = Paper.objects.about(ABOUT, paper.about_key).filter(kind=CODE, unit=paper.unit)
    if own.filter(state__in=UNSIGNED).exclude(pk=paper.pk).exists():
        raise Refused(_TWO)


def _children(papers: Sequence[Paper]) -> Iterable[int]:
    keys = {key for paper in papers for key in paper.values.get(CASES, ())}
    return Case.objects.filter(pk__in=keys).values_list("child_id", flat=True)


def _tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name in LISTS:
        blocks.append(Paragraph(name, Style.HEADING))
        blocks.append(record_table(_HEADS, values.get(name, ()), _WIDTHS))
    return (*blocks, signature_table(SIGNERS))


RETURNED_LIST = PaperKind(
    code=CODE,
    title="辍学学生劝返清单",
    series="劝返清",
    fields=(
        MergeField("学期", "2026—2027学年第一学期", required=True),
        MergeField("截止日期", "2026年11月30日", required=True),
        MergeField("辍学人数", "12", required=True),
        MergeField("返校人数", "9", required=True),
        MergeField("未返校人数", "2", required=True),
        MergeField("其他说明", "，按其他结果销号1人"),
    ),
    words=PaperWords(
        title="义务教育阶段辍学学生劝返清单",
        body=(
            "{发文机关}{学期}有义务教育阶段辍学学生{辍学人数}人（附一）。截至{截止日期}，"
            "已劝返{返校人数}人（附二），未返校{未返校人数}人（附三）{其他说明}。"
        ),
    ),
    drafters=TOWNSHIP_DRAFTS,
    signers=TOWNSHIP_SIGNS,
    source="义务教育阶段辍学学生劝返清单（县级样表）",
    allows=_allows,
    follows=_follows,
    children=_children,
    url=lambda paper: reverse("returned_list"),
    tables=_tables,
    by_hand=True,  # six sign it (T13)
    landscape=True,
    begins_at="returned_list",
)


def township_of(doer: Doer) -> Unit:
    """The township for which the doer drafts such lists. Raises PermissionDenied without one."""
    posts = (one for one in doer.viewer.posts if one.role_code in TOWNSHIP_DRAFTS)
    post = next(posts, None)
    if post is None:
        raise PermissionDenied
    return Unit.objects.get(pk=post.unit_id)
