"""Draws the tables of the README and of the manual: ``python -m kongchuo.readme``.

A test compares them with the tables of the code.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from cases.policy import LADDER, LEVEL_LABELS, RULES, acts_of
from cases.rules.shapes import Clock, Duty, Rung
from deploy.pictures.listing import PHONE, PICTURES
from foundation.accounts.parameters import BY_FIELD
from foundation.accounts.roles import ROLES, Reach
from reporting.figures.indicators import INDICATORS
from students.roster.rules.columns import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
WORDS = ROOT / "docs" / "使用手册" / "名词解释.md"
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
        Clock.ABSENCE: "calendar days away and P11S, or at D4",
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


def stages() -> str:
    """The ladder in Chinese, for the manual: stage, duty, who owes it, in how long by default."""
    rows = (
        (step.label if number == 0 else "", duty.label, LEVEL_LABELS[duty.owed_by], _days(duty))
        for step in LADDER
        for number, duty in enumerate(step.duties)
    )
    return _table(("处理阶段", "要办的事", "谁来办", "几天"), rows)


def _days(duty: Duty) -> str:
    if duty.clock is Clock.AFTER:
        return f"期满后{duty.days}个工作日"
    if duty.clock is Clock.MONTHS:
        return f"每{duty.days}个月"
    default = BY_FIELD[duty.parameter].default
    words = {
        Clock.DAYS: "个工作日",
        Clock.PAUSING: "个工作日，假期不算",
        Clock.CALENDAR: "天",
        Clock.OBSERVATION: "个教学日",
        Clock.ABSENCE: "天（最后到校以后，满这么多天的次日）；先转到乡镇的当天",
    }[duty.clock]
    return f"{default}{words}" if default else "当天"


def figures() -> str:
    """Name, unit and definition of each number of a return, for the manual."""
    return _table(
        ("指标", "单位", "怎么算"), ((one.label, one.unit, one.definition) for one in INDICATORS)
    )


def pictures() -> str:
    """The pictures with their captions, those of a phone three in a row and narrower."""
    rows = []
    for is_phone, width, columns in ((True, 240, 3), (False, 480, 2)):
        chosen = [one for one in PICTURES if (one.size == PHONE) == is_phone]
        cells = [
            f'<td><img src="docs/images/{one.file}" width="{width}" alt="{one.caption}">'
            f"<br>{one.caption}</td>"
            for one in chosen
        ]
        lines = ["".join(cells[at : at + columns]) for at in range(0, len(cells), columns)]
        rows.append("\n".join(("<table>", *(f"<tr>{line}</tr>" for line in lines), "</table>")))
    return "\n\n".join(rows)


TABLES: dict[str, Callable[[], str]] = {
    "rights": rights,
    "columns": columns,
    "ladder": ladder,
    "indicators": indicators,
    "stages": stages,
    "figures": figures,
    "pictures": pictures,
}
DOCUMENTS: dict[Path, tuple[str, ...]] = {
    README: ("pictures", "rights", "columns", "ladder", "indicators"),
    WORDS: ("stages", "figures"),
}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """The text escaped for use as a replacement of a regular expression."""
    return text.replace("\\", "\\\\")


def drawn(text: str) -> str:
    """The document with each marked table drawn again."""
    for name, draw in TABLES.items():
        mark = re.compile(rf"(<!-- table:{name} -->\n).*?(<!-- end -->)", re.DOTALL)
        table = draw()
        text = mark.sub(rf"\g<1>{_plain(table)}\n\g<2>", text)
    return text


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(drawn(document.read_text(encoding="utf-8")), encoding="utf-8")
