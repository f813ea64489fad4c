"""Draws the README's tables from the tables of the code: ``python -m kongchuo.readme``.

A test compares the README's rights, columns, ladder and indicators with the code.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from cases.policy import LADDER, LEVEL_LABELS, RULES, acts_of
from cases.rules.shapes import Clock, Duty, Rung
from foundation.accounts.parameters import BY_FIELD
from foundation.accounts.roles import ROLES, Reach
from reporting.figures.indicators import INDICATORS
from students.roster.rules.columns import COLUMNS

README = Path(__file__).resolve().parent.parent / "README.md"
_REACH = {
    Reach.NONE: "—",
    Reach.CLASSES: "own classes 本班",
    Reach.UNIT: "own unit 本单位",
    Reach.BELOW: "units below 所辖单位",
    Reach.COUNTY: "county 全县",
}


def rights() -> str:
    """Role, pupils seen, cases seen, rights, whom it may appoint."""
    labels = {role.code: role.label for role in ROLES}
    rows = (
        (
            role.label,
            _REACH[role.pupils],
            _REACH[role.cases],
            ", ".join(sorted(f"`{right.value}`" for right in role.rights)),
            "、".join(labels[code] for code in labels if code in role.may_grant) or "—",
        )
        for role in ROLES
    )
    return _table(("Role 职务", "Pupils", "Cases", "Rights", "May appoint"), rows)


def columns() -> str:
    """The columns of the registry's template that the product stores."""
    rows = (
        (
            column.title,
            f"`{column.field}`",
            "、".join(column.aliases) or "—",
            "must" if column.needed else "",
        )
        for column in COLUMNS
        if column.field
    )
    return _table(("Heading 栏目", "Field", "Also read as 别名", ""), rows)


def ladder() -> str:
    """Stage, duty, who owes it, in how long, what silence leads to, acts."""
    return _table(
        ("Stage 阶段", "Owed 事项", "By 责任", "In 期限", "Silence 逾期", "Acts 可办"),
        (row for step in LADDER for row in _rungs(step)),
    )


def _rungs(step: Rung) -> Iterable[tuple[str, ...]]:
    for number, duty in enumerate(step.duties or (None,)):
        name = f"{step.stage} {step.label}" if number == 0 else ""
        acts = "、".join(RULES[act].label for act in acts_of(step.stage)) if number == 0 else ""
        if duty is None:
            yield (name, "—", "—", "—", "—", acts or "—")
        else:
            yield (name, duty.label, LEVEL_LABELS[duty.owed_by], _span(duty), _silence(duty), acts)


def _span(duty: Duty) -> str:
    if duty.clock is Clock.AFTER:
        return f"{duty.days} working day after the window"
    if duty.clock is Clock.MONTHS:
        return f"{duty.days} month"
    spec = BY_FIELD[duty.parameter]
    words = {
        Clock.DAYS: "working days",
        Clock.PAUSING: "working days, pausing in vacation",
        Clock.CALENDAR: "calendar days",
        Clock.OBSERVATION: "school days there",
    }[duty.clock]
    return f"{spec.code} = {spec.default} {words}" if spec.default else f"{spec.code}: same day"


def _silence(duty: Duty) -> str:
    if duty.if_silent:
        return f"→ {duty.if_silent}"
    return "county is told" if duty.tells_county else "shown as missed"


def indicators() -> str:
    """Code, name, unit, definition and source."""
    rows = (
        (f"`{one.code}`", one.label, one.unit, one.definition, one.source) for one in INDICATORS
    )
    return _table(("Code", "Indicator 指标", "Unit", "Definition 口径", "Source"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "rights": rights,
    "columns": columns,
    "ladder": ladder,
    "indicators": indicators,
}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """The text escaped for use as a replacement of a regular expression."""
    return text.replace("\\", "\\\\")


def drawn(text: str) -> str:
    """The README with each marked table drawn again."""
    for name, draw in TABLES.items():
        mark = re.compile(rf"(<!-- table:{name} -->\n).*?(<!-- end -->)", re.DOTALL)
        table = draw()
        text = mark.sub(rf"\g<1>{_plain(table)}\n\g<2>", text)
    return text


if __name__ == "__main__":
    README.write_text(drawn(README.read_text(encoding="utf-8")), encoding="utf-8")
