"""The register of enrolment notices (B15) as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.accounts.viewer import Viewer
from foundation.lists.columns import TextColumn, badge, button
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move, PaperState
from students.census.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice of the register, with the child's name as the viewer may read it."""

    notice: Notice
    name: str

    @property
    def pk(self) -> int:
        """The key of the notice."""
        return int(self.notice.pk)

    @property
    def child_id(self) -> int:
        """The child of the notice."""
        return int(self.notice.entrant.child_id)


def _state(line: NoticeLine, table: Any) -> SafeString:
    paper = line.notice.paper
    if paper.state == PaperState.VOID:
        void = badge("已作废", "bad")
        return format_html('{} <span class="small">{}</span>', void, void_reason(line.notice))
    if not paper.number:
        return badge(paper.state_words, "bad" if paper.state == PaperState.RETURNED else "warn")
    return badge("已发放", "good") if paper.served_on else badge("未发放", "warn")


def taken_by(notice: Notice) -> str:
    """Who took it, as the entry that counts says; the row was read by ``with_entrants``."""
    service = next(iter(notice.paper.services.all()), None)
    return service.received_by if service else ""


def void_reason(notice: Notice) -> str:
    """Why it is void; the row was read by ``with_entrants``."""
    voiding: PaperMove | None = next(iter(getattr(notice.paper, "voidings", ())), None)
    return voiding.reason if voiding else ""


def _acts(line: NoticeLine, table: Any) -> SafeString | str:
    """Print, WPS and voiding are on the paper's own page."""
    paper = line.notice.paper
    name = paper.number or line.name
    whole = button(reverse("papers:paper", args=[paper.pk]), "打开", name, quiet=True)
    if not paper.is_valid:
        return whole
    hand = button(reverse("census:handed", args=[line.pk]), _handing(paper), name, quiet=True)
    return format_html("{} {}", whole, hand)


def _handing(paper: Paper) -> str:
    return "更正发放" if paper.served_on else "登记发放"


def _due(line: NoticeLine, table: Any) -> str:
    return f"{line.notice.register_on:%Y-%m-%d} {line.notice.register_hours}"


class NoticeTable(ListTable):
    """通知书登记册, by number; void ones too."""

    code = "notices"
    caption = "入学通知书登记册"
    noun, usual, child_path = "份", 50, "entrant__child_id"

    number = TextColumn(
        "编号",
        lambda r, _: r.notice.paper.number or "（未编号）",
        order_by=("paper__unit_id", "paper__year", "paper__seq", "pk"),
        place="nowrap",
    )
    name = TextColumn(
        "姓名",
        lambda r, _: r.name,
        order_by=("entrant__child__name_key", "pk"),
        place="cell-name nowrap",
        url=lambda r, _: address_of("census:entrant", r.notice.entrant_id),
    )
    sex = TextColumn("性别", lambda r, _: r.notice.entrant.child.sex_label)
    id_no = TextColumn(
        "身份证件号", lambda r, _: r.notice.entrant.child.masked_id or "无", place="num"
    )
    village = TextColumn("户籍村（居）", lambda r, _: r.notice.entrant.village)
    school = TextColumn(
        "报到学校", lambda r, _: str(r.notice.entrant.school.unit), place="cell-sub"
    )
    due = TextColumn("报到时间", _due, order_by=("register_on", "pk"), place="num")
    served = TextColumn(
        "发放日期",
        lambda r, _: f"{r.notice.paper.served_on:%Y-%m-%d}" if r.notice.paper.served_on else "",
        order_by=("paper__served_on", "pk"),
        place="num nowrap",
    )
    received = TextColumn("领取人", lambda r, _: taken_by(r.notice))
    state = TextColumn("情况", _state, place="cell-mark")
    acts = TextColumn("办理", _acts, place="cell-act no-print")

    def may_pick(self, record: NoticeLine) -> bool:
        """Only a signed notice is printed and handed out."""
        return record.notice.paper.is_valid


def notice_table(rows: QuerySet[Notice], viewer: Viewer, *, may_issue: bool) -> NoticeTable:
    """The table of the notices that ``rows`` selects; acts are for who issues notices."""
    whole = widened(Notice, with_entrants)
    absent = () if may_issue else {"acts"}
    return NoticeTable(IdsFirst(rows, whole, partial(_lines, viewer=viewer)), absent=absent)


def _lines(rows: Sequence[Notice], *, viewer: Viewer) -> Iterator[NoticeLine]:
    for notice in rows:
        child = notice.entrant.child
        yield NoticeLine(notice, viewer.name_of(child.name, child.pk))


def with_entrants(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Adds what the register says of the child, its village, its schools and the paper."""
    voided = PaperMove.objects.filter(move=Move.VOID).order_by("-pk")
    return rows.select_related(
        "paper__unit",
        "entrant__child",
        "entrant__school__unit",
        "entrant__village",
        "entrant__from_school__unit",
    ).prefetch_related(
        "entrant__child__guardians",
        "entrant__checkins",
        "paper__services",
        Prefetch("paper__moves", voided, to_attr="voidings"),
    )
