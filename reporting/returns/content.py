"""The canonical rows of F16: the blocks of all sheets as plain values, and their digest."""

import json
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from foundation.accounts.models import Unit
from foundation.accounts.parameters import Parameters
from reporting.figures.base import gaps_of
from reporting.figures.indicators import (
    COUNTS,
    INDICATORS,
    RATES,
    Indicator,
    allowed,
    formula_words,
    light,
    line_words,
)
from reporting.figures.loading import MonthFacts, load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around, returned_rows
from reporting.figures.tallies import STAGES, TallyEntry, entries_of, sums
from reporting.returns.checking import check_all
from reporting.returns.explaining import check_rows, definition_rows, parameter_rows, remark_rows
from reporting.returns.sheets.ties import TIES

Content = dict[str, Any]
Row = dict[str, Any]
Told = Callable[[str], None]

PARTS = ("个案与考勤", "各项人数", "名单", "勾稽关系")  # parts that report their own progress


def digest_of(content: Content) -> str:
    """SHA-256 of the canonical JSON. The same facts give the same digest, whoever builds."""
    return sha256(canonical(content).encode()).hexdigest()


def canonical(content: Content) -> str:
    """The canonical JSON: keys sorted, no blanks."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(county: Unit, month: ReturnMonth, tell: Told = lambda note: None) -> Content:
    """Build every block of the return, in about twenty queries.

    Calls ``tell`` with the name of each part that is done.
    """
    facts = load(county, month)
    tell(PARTS[0])
    content = _figures(facts)
    tell(PARTS[1])
    around = look_around(facts)
    blocks = content["blocks"]
    blocks["away"], blocks["returned"] = away_rows(facts, around), returned_rows(facts, around)
    tell(PARTS[2])
    checked = check_all(TIES, blocks)
    blocks["checks"] = check_rows(checked)
    blocks["definitions"] = definition_rows()
    blocks["parameters"] = parameter_rows(facts)
    blocks["remarks"] = remark_rows(facts.month)
    content["gaps"] = gaps_of(facts)
    content["failed"] = sum(not one.is_kept for one in checked)
    tell(PARTS[3])
    return content


def _figures(facts: MonthFacts) -> Content:
    entries = entries_of(facts)
    county = sums(entries, lambda entry: entry.stage)
    by_stage = {stage: county.get(stage, Counter()) for stage in STAGES}
    return {
        "code": "F16",
        "place": facts.county.region.name,
        "unit": facts.county.name,
        "month": facts.month.first.isoformat(),
        "as_of": facts.month.as_of.isoformat(),
        "totals": {STAGES[stage]: _lit(stage, by_stage[stage], facts) for stage in STAGES},
        "blocks": {
            "county": [_row(stage, counts, facts) for stage, counts in by_stage.items()],
            "schools": _school_rows(entries, facts),
            "townships": _township_rows(entries, facts),
            "rates": _rate_rows(by_stage, facts),
            "counts": _count_rows(by_stage),
        },
    }


# --- statistics -------------------------------------------------------------------------------


def _row(stage: str, counts: Counter[str], facts: MonthFacts) -> Row:
    values = {code: counts[code] for code in COUNTS}
    return {"stage": STAGES[stage], **values, **_lit(stage, counts, facts)}


def _lit(stage: str, counts: Counter[str], facts: MonthFacts) -> Row:
    line = _line(stage, facts.rules)
    return {
        "line": line_words(line),
        "light": light(counts["dropout_of_year"], counts["enrolled_at_start"], line),
    }


def _line(stage: str, rules: Parameters) -> int | None:
    return rules.control_lines.get(stage)


def _school_rows(entries: tuple[TallyEntry, ...], facts: MonthFacts) -> list[Row]:
    grouped = sums(entries, lambda e: (e.township_id, e.school_id or 0, e.stage))
    names = _township_names(facts)
    rows: list[Row] = []
    for (township, school, stage), counts in sorted(grouped.items(), key=lambda it: _place(it[0])):
        named = str(facts.schools[school].unit) if school else "（不在本县学校在籍）"
        place = {"township": names[township], "school": named}
        rows.append({"no": len(rows) + 1, **place, **_row(stage, counts, facts)})
    return rows


def _place(key: tuple[int, int, str]) -> tuple[int, bool, int, str]:
    """Sort key: townships in order, schools within them, children of no school last."""
    township, school, stage = key
    return township, not school, school, stage


def _township_rows(entries: tuple[TallyEntry, ...], facts: MonthFacts) -> list[Row]:
    grouped = sums(entries, lambda entry: (entry.township_id, entry.stage))
    names = _township_names(facts)
    return [
        {"no": n, "township": names[township], **_row(stage, counts, facts)}
        for n, ((township, stage), counts) in enumerate(sorted(grouped.items()), start=1)
    ]


def _township_names(facts: MonthFacts) -> dict[int, str]:
    names = {school.township_id: _short(school.township) for school in facts.schools.values()}
    for one in facts.cases:
        names.setdefault(one.case.township_id, _short(one.case.township))
    return names


def _short(township: Unit) -> str:
    return township.short_name or township.name.removesuffix("人民政府")


# --- summary ----------------------------------------------------------------------------------


def _rate_rows(by_stage: dict[str, Counter[str]], facts: MonthFacts) -> list[Row]:
    return [
        _rate_row(rate, stage, counts, facts)
        for rate in RATES
        for stage, counts in by_stage.items()
    ]


def _rate_row(rate: Indicator, stage: str, counts: Counter[str], facts: MonthFacts) -> Row:
    top = sum(counts[code] for code in rate.numerator)
    base = sum(counts[code] for code in rate.base)
    line = _line(stage, facts.rules) if rate.line else None
    return {
        "label": rate.label,
        "stage": STAGES[stage],
        "numerator": top,
        "base": base,
        "line": line_words(line),
        "allowed": None if line is None else allowed(base, line),
        "light": light(top, base, line),
        "meaning": formula_words(rate),
    }


def _count_rows(by_stage: dict[str, Counter[str]]) -> list[Row]:
    return [
        {
            "label": one.label,
            "unit": one.unit,
            "primary": by_stage["1"][one.code],
            "junior": by_stage["2"][one.code],
            "meaning": one.definition,
        }
        for one in INDICATORS
        if not one.is_rate
    ]
