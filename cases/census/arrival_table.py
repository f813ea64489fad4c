"""报到登记 as a table: everybody due at a school, who came, in which class."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.accounts.viewer import Viewer
from foundation.lists.columns import TextColumn, badge
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.census.lines import CensusLine, line_of, with_places
from students.census.models import Entrant


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """An entrant on its registration day: its guardian, whether it came, and in which class."""

    line: CensusLine
    guardian: str
    came: bool
    class_name: str
    may_undo: bool

    @property
    def pk(self) -> int:
        """The key of the entrant."""
        return self.line.pk

    @property
    def child_id(self) -> int:
        """The child of the entrant."""
        return self.line.child_id


def _url(row: ArrivalLine, table: Any) -> str:
    return address_of("census:entrant", row.pk)


def _state(row: ArrivalLine, table: Any) -> SafeString:
    told = badge(row.line.label, row.line.tone)
    if not row.may_undo:
        return told
    return format_html(
        '{} <button class="btn btn-small btn-quiet no-print" form="bulk" name="undo" value="{}"'
        ' formaction="{}">撤销<span class="sr-only">：{}</span></button>',
        told,
        row.pk,
        reverse("undo_check_in"),
        row.line.name,
    )


class ArrivalTable(ListTable):
    """Everybody due at a school, by grade, village and name. Who is placed is not ticked again."""

    code = "arrivals"
    caption = "新生报到登记"
    noun, usual = "人", 100

    name = TextColumn(
        "姓名",
        lambda r, _: r.line.name,
        order_by=("child__name_key", "pk"),
        place="cell-name",
        url=_url,
    )
    sex = TextColumn("性别", lambda r, _: r.line.entrant.child.sex_label)
    village = TextColumn(
        "户籍村（居）", lambda r, _: r.line.entrant.village, order_by=("village__name", "pk")
    )
    guardian = TextColumn("监护人", lambda r, _: r.guardian)
    notice = TextColumn("通知书", lambda r, _: r.line.entrant.notice_no)
    school_class = TextColumn("班级", lambda r, _: r.class_name or "未分班", place="cell-sub")
    state = TextColumn("情况", _state, place="cell-mark")

    def may_pick(self, record: ArrivalLine) -> bool:
        """Who has not come, or has no class yet."""
        return not record.came or not record.class_name


def arrival_table(rows: QuerySet[Entrant], viewer: Viewer, today: date) -> ArrivalTable:
    """The table of the entrants that ``rows`` selects among those of a school."""
    whole = widened(Entrant, partial(_with_classes, today=today))
    return ArrivalTable(IdsFirst(rows, whole, partial(_lines, viewer=viewer, today=today)))


def _with_classes(rows: QuerySet[Entrant], *, today: date) -> QuerySet[Entrant]:
    return with_places(rows, today).prefetch_related("checkins__school_class")


def _lines(rows: Sequence[Entrant], *, viewer: Viewer, today: date) -> Iterator[ArrivalLine]:
    for entrant in rows:
        came = next((one for one in entrant.checkins.all() if one.undone_on is None), None)
        seat = came.school_class if came else None
        guardians = entrant.child.guardians.all()
        names = (viewer.name_of(one.name, entrant.child_id) for one in guardians)
        yield ArrivalLine(
            line=line_of(entrant, viewer, today),
            guardian=next(names, ""),
            came=came is not None,
            class_name=seat.name_in(entrant.school_year) if seat else "",
            may_undo=came is not None and came.day == today,
        )
