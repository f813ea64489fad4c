"""The form of a roll call: reads a submission, notes what is missing, loses no input."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware

from foundation.days import day_words
from students.attendance.rolls.entries import Mark, RollCallEntry, TakeBackEntry
from students.attendance.rolls.morning import ClassMorning
from students.attendance.rolls.sheet import CarriedOver, RollPupil
from students.attendance.rules.kinds import BY_CODE, is_excused
from students.roster.models import SchoolClass

STALE = "页面数据不完整，没有提交。请核对下面的内容后再提交一次。"
ALL_BUT_TICKED = "您勾选了未到的学生，却按了“全勤”。请核对后用下方的“提交点名”。"


@dataclass
class RollLine:
    """One pupil on the page, with what was entered."""

    pupil: RollPupil
    carried: CarriedOver | None
    away: bool = False
    answered: bool = False  # 到校 or 仍缺勤 for who was carried over
    kind: str = ""
    until: str = ""
    told: bool = False
    note: str = ""
    error: str = ""
    record_url: str = ""  # where the page records what was said to the family
    is_of_case: bool = False  # whether that is the act of an open case, not the roll itself

    def fill(self, mark: Mark) -> None:
        """Fill in a mark."""
        self.kind, self.told, self.note = mark.kind, mark.guardian_told, mark.note
        self.until = mark.leave_until.isoformat() if mark.leave_until else ""

    @property
    def is_here(self) -> bool:
        """Whether 到校 was chosen for a pupil carried over."""
        return self.answered and not self.away

    @property
    def kind_label(self) -> str:
        return BY_CODE[self.kind].counted_label if self.kind in BY_CODE else ""

    @property
    def words(self) -> str:
        """The mark in a line: 病假（至9月14日），已联系家长，奶奶陪护."""
        day = _date(self.until) if self.until else None
        until = f"（至{day_words(day)}）" if day else ""
        return "，".join(
            filter(None, [self.kind_label + until, "已联系家长" if self.told else "", self.note])
        )


@dataclass
class RollForm:
    """The page's form. ``errors`` concern the whole form; a line has its own."""

    lines: list[RollLine]
    version: int
    uuid: UUID
    reason: str = ""
    marked_at: datetime | None = None
    errors: list[str] = field(default_factory=list)
    strangers: tuple[int, ...] = ()  # ids the page sent that are no members any more
    needs_details: bool = False  # names were ticked on a page that cannot ask for the kind itself
    is_bound: bool = False

    @property
    def carried(self) -> list[RollLine]:
        """Pupils missing last time, who must be answered first."""
        return [line for line in self.lines if line.carried]

    @property
    def others(self) -> list[RollLine]:
        """All other pupils, for the grid of names."""
        return [line for line in self.lines if not line.carried]

    @property
    def marked(self) -> list[RollLine]:
        """Other pupils with a mark, whose details are asked."""
        return [line for line in self.others if line.away]

    @property
    def away_count(self) -> int:
        return sum(line.away for line in self.lines)

    @property
    def there_count(self) -> int:
        """How many of the marked pupils were at school: 迟到, 早退."""
        kinds = (BY_CODE.get(line.kind) for line in self.lines if line.away)
        return sum(kind is not None and kind.present for kind in kinds)

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        """Every error with the id of the field it belongs to."""
        own = [(line.error, f"p{line.pupil.id}") for line in self.lines if line.error]
        return [*((error, "") for error in self.errors), *own]

    @property
    def is_valid(self) -> bool:
        return not self.all_errors and not self.needs_details

    def blame(self, message: str, child_id: int | None) -> None:
        """Show the act's refusal, at the pupil's line where it names one."""
        line = next((line for line in self.lines if line.pupil.id == child_id), None)
        if line is None:
            self.errors.append(message)
        else:
            line.error = f"{line.pupil.name}：{message}"

    def renew(self, version: int) -> None:
        """Prepare a new submission on top of ``version``."""
        self.uuid, self.version = uuid4(), version

    def entry(self, morning: ClassMorning) -> RollCallEntry:
        marks = [_mark(line) for line in self.lines if line.away]
        marks += [Mark(child, "unexcused") for child in self.strangers]
        return RollCallEntry(
            morning.school_class,
            morning.day,
            morning.session,
            tuple(marks),
            self.uuid,
            self.version,
            self.marked_at,
            self.reason,
        )


def blank_form(morning: ClassMorning) -> RollForm:
    """The form of an uncalled roll. Pupils carried over have no answer yet."""
    return RollForm([_line(morning, pupil) for pupil in morning.pupils], morning.version, uuid4())


def edit_form(morning: ClassMorning) -> RollForm:
    """The form that changes the stored roll.

    Who was marked as missing without leave and has a slip for the day, entered since, is preset
    with the leave of the slip.
    """
    form = stored_form(morning)
    for line in form.lines:
        if line.away and line.carried and line.carried.has_slip and _lacks_leave(line, morning.day):
            line.kind = line.carried.mark.kind
            line.until = str(line.carried.mark.leave_until or "")
    return form


def _lacks_leave(line: RollLine, day: date) -> bool:
    kind = BY_CODE.get(line.kind)
    return kind is None or not (kind.present or is_excused(line.kind, _date(line.until), day))


def stored_form(morning: ClassMorning) -> RollForm:
    """The stored roll, as it stands."""
    lines = [_line(morning, pupil) for pupil in morning.pupils]
    for line in lines:
        mark = morning.marks.get(line.pupil.id)
        line.away, line.answered = mark is not None, line.carried is not None
        if mark:
            line.fill(mark)
    return RollForm(lines, morning.version, uuid4())


def bound_form(morning: ClassMorning, data: QueryDict) -> RollForm:
    """The submitted form, with an error at each incomplete line."""
    lines = [_line(morning, pupil) for pupil in morning.pupils]
    ticked = {int(value) for value in data.getlist("away") if value.isdecimal()}
    told = {key.rpartition("-")[2] for key in data}
    for line in lines:
        # Most children have no mark.
        if line.carried or line.pupil.id in ticked or str(line.pupil.id) in told:
            _read(line, data, ticked)
    known = {line.pupil.id for line in lines}
    form = RollForm(
        lines,
        int(version) if (version := data.get("version", "")).isdecimal() else -1,
        _uuid(data.get("uuid", "")) or uuid4(),
        data.get("reason", "").strip(),
        _moment(data.get("marked_at", "")),
        strangers=tuple(sorted(ticked - known)),
        is_bound=True,
    )
    whole = form.version >= 0 and _uuid(data.get("uuid", "")) is not None
    if not whole or data.get("session") != morning.session:
        form.errors.append(STALE)
    _check(form, data)
    return form


def take_back_entry(school_class: SchoolClass, day: date, data: QueryDict) -> TakeBackEntry | None:
    """The submission of 撤销; None where a part of it is missing."""
    uuid, version = _uuid(data.get("uuid", "")), data.get("version", "")
    if uuid is None or not version.isdecimal():
        return None
    return TakeBackEntry(school_class, day, data.get("session", ""), uuid, int(version))


def _line(morning: ClassMorning, pupil: RollPupil) -> RollLine:
    line = RollLine(pupil, morning.carried.get(pupil.id))
    if line.carried:
        line.fill(line.carried.mark)
    return line


def _read(line: RollLine, data: QueryDict, ticked: Iterable[int]) -> None:
    child = line.pupil.id
    answer = data.get(f"here-{child}", "")
    line.answered = line.carried is not None and answer in ("yes", "no")
    line.away = answer == "no" if line.carried else child in ticked
    if f"kind-{child}" in data:
        line.kind = data.get(f"kind-{child}", "")
    line.until = data.get(f"until-{child}", line.until)
    line.told = f"told-{child}" in data
    line.note = data.get(f"note-{child}", "").strip()


def _check(form: RollForm, data: Mapping[str, str]) -> None:
    if data.get("go") == "all" and form.marked:
        form.errors.append(ALL_BUT_TICKED)
    for line in form.lines:
        _check_line(line)
    undescribed = [line for line in form.marked if not line.kind]
    # Without JavaScript the first page asks for names, the next one for their kinds.
    form.needs_details = any(f"asked-{line.pupil.id}" not in data for line in undescribed)
    if not form.needs_details:
        for line in undescribed:
            line.error = f"请选择{line.pupil.name}的缺勤类型。"


def _check_line(line: RollLine) -> None:
    name = line.pupil.name
    if line.carried and not line.answered:
        line.error = f"请先确认{name}：到校，还是仍缺勤。"
    elif line.away and line.until and _date(line.until) is None:
        line.error = f"{name}的请假截止日期不正确，请按“2025-09-12”的样子填写。"


def _mark(line: RollLine) -> Mark:
    kind = BY_CODE.get(line.kind)
    until = _date(line.until) if kind and kind.needs_end else None
    return Mark(line.pupil.id, line.kind, until, line.told, line.note)


def _date(value: str) -> date | None:
    try:
        return parse_date(value.strip())
    except ValueError:
        return None


def _moment(value: str) -> datetime | None:
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
