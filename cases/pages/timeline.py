"""The timeline of a case, and its chain of duty 师→校→村→镇→县, made from its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.actions.automatic import AUTOMATIC
from cases.acts.registry import CASE_ACTS
from cases.models import Case, CaseEvent, Deadline
from cases.policy import LEVEL_LABELS, RULES, STEPS, Act, Level, Stage
from cases.rules import codes
from cases.rules.fields import FIELDS
from foundation.days import full_day_words

_DOING = {"late": "逾期未办", "now": "办理中", "done": "已办", "missed": "逾期未办", "next": ""}
_HIDDEN = frozenset({"occurred_on", "note", "time"})


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An entry of the timeline, for parts/_timeline.html."""

    on: date
    title: str
    who: str
    words: str
    note: str
    tone: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """A level in the chain of duty, for parts/_chain.html.

    ``told`` says what is on the day: 到期, 立案, 请求协助; nothing where ``doing`` says it.
    """

    level: str
    unit: str
    on: date | None
    state: str
    name: str
    doing: str
    told: str = ""

    @property
    def words(self) -> str:
        """The level and what it has done: 学校已办."""
        return self.name + self.doing


def entries(events: Iterable[CaseEvent], sensitive: bool) -> list[TimelineEntry]:
    """The entries of the timeline, the newest first: by the day it happened, then as recorded."""
    newest_first = sorted(events, key=lambda event: (event.occurred_on, event.pk), reverse=True)
    return [_entry(event, sensitive) for event in newest_first]


def _entry(event: CaseEvent, sensitive: bool) -> TimelineEntry:
    return TimelineEntry(
        on=event.occurred_on,
        title=title_of(event),
        who=_who(event),
        words=_words(event, sensitive),
        note=_note(event),
        tone="clock" if _at_deadline(event) else ("good" if event.to_stage in ("D9", "DX") else ""),
        recorded_at=event.recorded_at if _is_late(event) else None,
    )


def title_of(event: CaseEvent) -> str:
    """What the event was, in words. It names no cause."""
    act = Act(event.act)
    return (AUTOMATIC.get(act) or CASE_ACTS[act]).title(event.data)


def _at_deadline(event: CaseEvent) -> bool:
    own = AUTOMATIC.get(Act(event.act))
    return own is not None and own.at_deadline


def _who(event: CaseEvent) -> str:
    if _at_deadline(event):
        return "系统按期限转办"
    person = event.person.name if event.person else "系统"
    return f"{event.unit.name if event.unit else ''} {person}".strip()


def _note(event: CaseEvent) -> str:
    if not _is_late(event):
        return ""
    return "补发" if _at_deadline(event) else "补录"


def _is_late(event: CaseEvent) -> bool:
    """Whether it was recorded late. A clock move in the night after its deadline is in time."""
    in_time = 1 if _at_deadline(event) else 0
    return (event.recorded_on - event.occurred_on).days > in_time


def _words(event: CaseEvent, sensitive: bool) -> str:
    lines, said = [], event.said
    if event.from_stage and event.from_stage != event.to_stage:
        before, after = (STEPS[Stage(s)].label for s in (event.from_stage, event.to_stage))
        lines.append(f"由「{before}」转入「{after}」")
    lines += _detail(event)
    lines += [
        f"{FIELDS[name].label}：{_shown(name, said[name], sensitive)}"
        for name in _asked(Act(event.act))
        if name in said
    ]
    return "\n".join([*lines, event.text] if event.text else lines)


def _detail(event: CaseEvent) -> list[str]:
    own = AUTOMATIC.get(Act(event.act))
    return [own.detail(event.data)] if own and own.detail else []


def _asked(act: Act) -> list[str]:
    """The answers of the act, in the order of its form."""
    rule = RULES.get(act)
    names = (*rule.evidence, *rule.optional) if rule else ()
    return [name for name in names if name not in _HIDDEN]


def _shown(name: str, value: object, sensitive: bool) -> str:
    if name == "cause":
        return codes.cause_label(str(value), sensitive)
    if name == "outcome":
        return codes.outcome_label(str(value), sensitive)
    if isinstance(value, bool):
        return "是" if value else "否"
    if FIELDS[name].kind == "day" and value:
        return full_day_words(date.fromisoformat(str(value)))
    return FIELDS[name].choices.get(str(value), str(value))


def chain(
    case: Case, events: Iterable[CaseEvent], deadlines: Iterable[Deadline], today: date
) -> list[Link]:
    """The levels 师→校→村→镇→县: who has acted when, who owes now, who is late or was silent."""
    first = _first_acts(events)
    duties = list(deadlines)
    stood = _Stood(
        _states(duties, today),
        _due_days(duties),
        {
            Level.TEACHER: (case.opened_on if case.school_class_id else None, "立案"),
            Level.VILLAGE: (case.village_asked_on, "请求协助"),
        },
    )
    rows = (
        (Level.TEACHER, "师", str(case.school or ""), first.get(Act.REPORT)),
        (Level.SCHOOL, "校", str(case.school or ""), case.registered_on),
        (Level.VILLAGE, "村", str(case.village or case.township), first.get(Act.ANSWER)),
        (Level.TOWNSHIP, "镇", str(case.township), first.get(Act.RECEIVE)),
        (Level.COUNTY, "县", str(case.county), case.closed_on),
    )
    return [_link(level, mark, unit, on, stood) for level, mark, unit, on in rows]


@dataclass(frozen=True, slots=True)
class _Stood:
    """How each level stands: its state, the day by which it owes, the day on which it was told."""

    states: Mapping[Level, str]
    due: Mapping[Level, date]
    told: Mapping[Level, tuple[date | None, str]]


def _link(level: Level, mark: str, unit: str, done_on: date | None, stood: _Stood) -> Link:
    name, state = LEVEL_LABELS[level], stood.states.get(level, "next")
    unit = "" if unit == name else unit
    if state in ("late", "now"):
        return Link(mark, unit, stood.due[level], state, name, _DOING[state], "到期")
    if done_on:
        return Link(mark, unit, done_on, "done", name, _DOING["done"])
    day, told = stood.told.get(level, (None, ""))
    return Link(mark, unit, day, state, name, _DOING[state], told)


def _due_days(deadlines: Iterable[Deadline]) -> dict[Level, date]:
    """The earliest due day of what each level still owes."""
    found: dict[Level, date] = {}
    for row in deadlines:
        if row.is_open:
            level = Level(row.level)
            found[level] = min(row.due_on, found.get(level, row.due_on))
    return found


def _first_acts(events: Iterable[CaseEvent]) -> dict[Act, date]:
    found: dict[Act, date] = {}
    for event in events:
        found.setdefault(Act(event.act), event.occurred_on)
    return found


def _states(deadlines: Iterable[Deadline], today: date) -> dict[Level, str]:
    """late or now where a duty is owed; missed where silence took the case to the next level."""
    states: dict[Level, str] = {}
    for row in deadlines:
        level = Level(row.level)
        if row.is_open:
            late = row.due_on < today or states.get(level) == "late"
            states[level] = "late" if late else "now"
        elif row.climbed:
            states.setdefault(level, "missed")
    return states
