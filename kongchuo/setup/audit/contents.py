"""What a row of the audit changed: the parameter with both values, the days, the document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from foundation.accounts.models import AuditEvent, Parameter, Post, Unit, UnitChange
from foundation.accounts.parameters import BY_CODE
from foundation.accounts.values import full_words_of
from foundation.days import day_words, full_day_words

MOST_DAYS = 12  # days of an arrangement that are listed one by one
_FORMER = {"name": "姓名", "login": "账号"}
_TERM = (("first_day", "开学"), ("last_day", "放假"), ("registration_day", "报到"))


def contents_of(events: Sequence[AuditEvent]) -> dict[int, str]:
    """Row → what was changed in words; rows of which nothing more is known are left out."""
    told = {**_parameters(events), **_units(events), **_posts(events), **_left(events)}
    for event in events:
        words = _TOLD[event.verb](event.details) if event.verb in _TOLD else ""
        if words:
            told[event.pk] = words
    return {pk: words for pk, words in told.items() if words}


def _keys(events: Iterable[AuditEvent], kind: str) -> dict[int, int]:
    return {one.pk: one.object_id for one in events if one.kind == kind and one.object_id}


def _parameters(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = _keys(events, "parameter")
    if not keys:
        return {}
    named = Parameter.objects.filter(pk__in=keys.values())
    pairs = list(named.values_list("county_id", "code"))
    rows = list(
        Parameter.objects.filter(
            county_id__in={pair[0] for pair in pairs}, code__in={pair[1] for pair in pairs}
        ).order_by("pk")
    )
    by_pk = {row.pk: row for row in rows}
    known = {row: by_pk[pk] for row, pk in keys.items() if pk in by_pk}
    return {row: _parameter(one, rows) for row, one in known.items() if one.code in BY_CODE}


def _parameter(row: Parameter, rows: Sequence[Parameter]) -> str:
    spec, day = BY_CODE[row.code], full_day_words(row.valid_from)
    value, before = full_words_of(spec, row.value), _before(row, rows)
    former = full_words_of(spec, before.value if before else spec.default)
    if row.is_withdrawn:
        return f"撤回{day}起的“{value}”，仍为“{former}”；依据：{row.source}"
    return f"“{former}”改为“{value}”，{day}起；依据：{row.source}"


def _before(row: Parameter, rows: Sequence[Parameter]) -> Parameter | None:
    """The row that said the value of that day until then."""
    newest: dict[date, Parameter] = {}
    for one in rows:
        same = one.county_id == row.county_id and one.code == row.code
        if same and one.pk < row.pk and one.valid_from <= row.valid_from:
            newest[one.valid_from] = one
    if row.is_withdrawn:
        newest.pop(row.valid_from, None)
    standing = [one for _, one in sorted(newest.items()) if not one.is_withdrawn]
    return standing[-1] if standing else None


def _units(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {one.pk: one.details["change"] for one in events if "change" in one.details}
    if not keys:
        return {}
    rows = UnitChange.objects.filter(pk__in=keys.values()).select_related("successor")
    by_pk = {row.pk: _change(row) for row in rows}
    return {row: by_pk.get(pk, "") for row, pk in keys.items()}


def _change(change: UnitChange) -> str:
    told = [f"{full_day_words(change.day)}起"]
    if change.after and change.after != change.before:
        told.append(f"“{change.before}”改名“{change.after}”" if change.before else "")
    if change.successor:
        told.append(f"由{change.successor.name}接收")
    told.append(f"文号：{change.document}" if change.document else "")
    return "；".join(filter(None, [*told, *change.school_words]))


def _posts(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = _keys(events, "post")
    rows = {row.pk: row for row in Post.objects.filter(pk__in=keys.values())} if keys else {}
    return {one.pk: _post(one, rows[keys[one.pk]]) for one in events if keys.get(one.pk) in rows}


def _post(event: AuditEvent, post: Post) -> str:
    if event.verb == "post_ended":
        if event.details.get("revoked"):
            return f"{full_day_words(post.starts_on)}起的任职马上撤销"
        last = event.details.get("last") or post.ends_on
        return f"任到{_day(last)}" if last else ""
    until = f"，至{_day(event.details['until'])}" if event.details.get("until") else ""
    return f"{full_day_words(post.starts_on)}起{until}"


def _day(day: Any) -> str:
    return full_day_words(date.fromisoformat(str(day)))


def _left(events: Sequence[AuditEvent]) -> dict[int, str]:
    left = {one.pk: one.details for one in events if one.verb == "left_unit"}
    units = {told.get("unit") for told in left.values()}
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")) if left else {}
    return {
        pk: f"{names.get(told.get('unit'), '')}" + _last(told.get("last"))
        for pk, told in left.items()
    }


def _last(day: str | None) -> str:
    return f"，最后一日{_day(day)}" if day else ""


def _corrected(details: Mapping[str, Any]) -> str:
    told = [f"{words}“{details[name]}”" for name, words in _FORMER.items() if details.get(name)]
    return f"更正前：{'，'.join(told)}" if told else ""


def _arrangement(details: Mapping[str, Any]) -> str:
    before, after = (
        {day: (works, note) for day, works, note in details.get(side, [])}
        for side in ("before", "after")
    )
    changed = [day for day in sorted({*before, *after}) if before.get(day) != after.get(day)]
    told = [_arranged(day, after.get(day)) for day in changed[:MOST_DAYS]]
    more = [f"等{len(changed)}天"] if len(changed) > MOST_DAYS else []
    words = "、".join([*told, *more]) or "日期没有变化"
    return f"{details.get('year')}年：{words}{_paper(details)}"


def _arranged(day: str, now: tuple[bool, str] | None) -> str:
    shown = date.fromisoformat(day)
    words = "照常" if now is None else "上班" if now[0] else now[1] or "放假"
    return f"{day_words(shown)}{words}"


def _term(details: Mapping[str, Any]) -> str:
    before, after = details.get("before") or {}, details.get("after")
    if not after:  # written from the opening workbook
        return f"{_day(details['first'])}至{_day(details['last'])}" if "first" in details else ""
    told = [_moved(words, before.get(name), after.get(name)) for name, words in _TERM]
    return ("；".join(filter(None, told)) or "日期没有变化") + _paper(details)


def _moved(words: str, before: str | None, after: str | None) -> str:
    if before == after or not after or after == "None":
        return ""
    former = f"{_day(before)}改为" if before and before != "None" else ""
    return f"{words}{former}{_day(after)}"


def _paper(details: Mapping[str, Any]) -> str:
    return f"；依据：{details['document']}" if details.get("document") else ""


def _school_days(details: Mapping[str, Any]) -> str:
    kind = "上课" if details.get("is_school_day") else "停课"
    first, last = details["first"], details["last"]
    return f"{_day(first)}{kind}" if first == last else f"{_day(first)}至{_day(last)}{kind}"


def _device(details: Mapping[str, Any]) -> str:
    return str(details.get("label", ""))


_TOLD = {
    "person_corrected": _corrected,
    "unit_corrected": lambda details: f"更正前：“{details['name']}”" if "name" in details else "",
    "set_arrangement": _arrangement,
    "set_term": _term,
    "set_school_days": _school_days,
    "session_ended": _device,
    "phone_trusted": _device,
}
