"""A notice is a paper of the engine (T01): what was issued before keeps number, look and days.

The text is frozen here as the page printed it until then, so that it is reprinted the same; the
engine's numbers go on after those of the township and year.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.db import migrations, models

from foundation.masking import mask_id
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn

CODE, ABOUT, TITLE = "entry_notice", "entrant", "义务教育入学通知书"
CHINA = ZoneInfo("Asia/Shanghai")
DUTY = (
    "根据《中华人民共和国义务教育法》第五条、第十一条的规定，凡年满六周岁的儿童，其父母或者其他"
    "法定监护人应当送其入学接受并完成义务教育。"
)
DEFERRAL = (
    "因身体状况需要延缓入学的，请向乡镇人民政府提出申请（第十一条）；无正当理由未送入学的，由乡镇"
    "人民政府给予批评教育，责令限期改正（第五十八条）。"
)
MATERIALS = {
    "1": "本通知书、户口簿、儿童预防接种证",
    "2": "本通知书、户口簿、小学毕业证明",
}
GRADES = {"1": "一年级", "2": "七年级"}

READ = """
SELECT n.id, n.number, n.year, n.seq, n.issued_on, n.issued_by_id, n.register_on, n.register_at,
    n.register_hours, n.served_on, n.received_by, n.served_by_id, n.cancelled_on, n.cancelled_by_id,
    n.cancel_reason, n.recorded_at, n.township_id, t.name AS township, t.county_id,
    e.id AS entrant_id, e.school_id, e.school_year, e.stage, s.name AS school,
    coalesce(nullif(v.short_name, ''), v.name, '') AS village, c.name AS child, c.sex, c.born_on,
    c.uuid AS child_uuid, c.id_no_sealed,
    coalesce((SELECT g.name FROM roster_guardian g WHERE g.child_id = c.id AND g.voided_on IS NULL
        ORDER BY g.position LIMIT 1), '') AS guardian
FROM census_notice n
JOIN census_entrant e ON e.id = n.entrant_id JOIN roster_child c ON c.id = e.child_id
JOIN accounts_unit t ON t.id = n.township_id JOIN accounts_unit s ON s.id = e.school_id
LEFT JOIN accounts_unit v ON v.id = e.village_id
ORDER BY n.id
"""
PAPER = """
INSERT INTO papers_paper (uuid, county_id, unit_id, desk_id, kind, about_code, about_key, state,
    told_sealed, drafted_by_id, drafted_on, drafted_at, year, seq, number, token, text_sealed,
    text_hash, signed_by_id, signed_on, served_on, voided_on)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
RETURNING id
"""
MOVE = """
INSERT INTO papers_papermove (uuid, paper_id, move, from_state, to_state, occurred_on, recorded_at,
    person_id, post_id, seen, reason_sealed)
SELECT %s, %s, %s, %s, %s, %s, %s, p.person_id, p.id, '', %s FROM accounts_post p WHERE p.id = %s
RETURNING id
"""
SERVICE = """
INSERT INTO papers_service (uuid, paper_id, move_id, method, served_at, place_sealed,
    first_server_sealed, second_server_sealed, received_by_sealed, relation_sealed, refusal_sealed,
    witness_sealed, remark_sealed)
VALUES (%s, %s, %s, 'direct', %s, '', '', '', %s, '', '', '', '')
"""
Row = dict[str, Any]


def move_notices(schema_editor: Any) -> None:
    """Make the paper of each notice, with its history."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(READ)
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            paper = _paper(cursor, row)
            _history(cursor, row, paper)
            cursor.execute(
                "UPDATE census_notice SET paper_id = %s WHERE id = %s", [paper, row["id"]]
            )


def _paper(cursor: Any, row: Row) -> int:
    uuid, seal = uuid4(), _sealer("papers_paper")
    told, text = json.dumps(_values(row), ensure_ascii=False), _text(row)
    served, void = row["served_on"], row["cancelled_on"]
    state = "void" if void else "served" if served else "signed"
    at = row["recorded_at"]
    cursor.execute(
        PAPER,
        [
            *(uuid, row["county_id"], row["township_id"], row["school_id"]),
            *(CODE, ABOUT, str(row["entrant_id"]), state, seal("told", told, uuid)),
            *(row["issued_by_id"], row["issued_on"], at, row["year"], row["seq"], row["number"]),
            *(secrets.token_urlsafe(16), seal("text", text, uuid)),
            *(hashlib.sha256(text.encode()).hexdigest(), row["issued_by_id"], row["issued_on"]),
            *(served, void),
        ],
    )
    return int(cursor.fetchone()[0])


def _history(cursor: Any, row: Row, paper: int) -> None:
    """Drafted and signed in one step, as it was; then handed out, then void."""
    at, signed = row["recorded_at"], row["issued_on"]
    _move(cursor, paper, ("draft", "", "draft"), signed, at, row["issued_by_id"])
    _move(cursor, paper, ("sign", "draft", "signed"), signed, at, row["issued_by_id"])
    if day := row["served_on"]:
        steps = ("serve", "signed", "served")
        move = _move(
            cursor, paper, steps, day, _noon(day), row["served_by_id"] or row["issued_by_id"]
        )
        uuid = uuid4()
        taken = _sealer("papers_service")("received_by", row["received_by"], uuid)
        cursor.execute(SERVICE, [uuid, paper, move, _noon(day), taken])
    if day := row["cancelled_on"]:
        steps = ("void", "served" if row["served_on"] else "signed", "void")
        by = row["cancelled_by_id"] or row["issued_by_id"]
        _move(cursor, paper, steps, day, _noon(day), by, row["cancel_reason"])


def _move(
    cursor: Any,
    paper: int,
    steps: tuple[str, str, str],
    day: Any,
    at: Any,
    post: int,
    why: str = "",
) -> int:
    uuid = uuid4()
    reason = _sealer("papers_papermove")("reason", why, uuid)
    cursor.execute(MOVE, [uuid, paper, *steps, day, at, reason, post])
    return int(cursor.fetchone()[0])


def _sealer(table: str) -> Callable[[str, str, Any], str]:
    return lambda name, plain, uuid: ProtectedColumn(table, name).seal(plain, uuid)


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), CHINA)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　"


def _values(row: Row) -> dict[str, str]:
    number = ProtectedColumn("roster_child", "id_no").open(row["id_no_sealed"], row["child_uuid"])
    return {
        "监护人姓名": row["guardian"],
        "儿童姓名": row["child"],
        "性别": {"1": "男", "2": "女"}.get(row["sex"], ""),
        "出生日期": _day(row["born_on"]),
        "证件号": mask_id(number) or "无",
        "户籍": row["village"],
        "入学年度": str(row["school_year"]),
        "应入学校": row["school"],
        "年级": GRADES[row["stage"]],
        "报到日期": _day(row["register_on"]),
        "报到时间": row["register_hours"],
        "报到地点": row["register_at"],
        "所需材料": MATERIALS[row["stage"]],
    }


def _text(row: Row) -> str:
    """The three parts as they were printed, as the engine freezes a paper (composing.py)."""
    parts = [
        {"name": "存根", "small": True, "blocks": list(_stub(row))},
        {"name": "正本", "small": False, "blocks": list(_body(row))},
        {"name": "回执", "small": True, "blocks": list(_receipt(row))},
    ]
    told = {"number": row["number"], "landscape": False, "parts": parts, "on_one": True}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _p(text: str, style: str) -> Row:
    return {"kind": "p", "text": text, "style": style}


def _stub(row: Row) -> Iterator[Row]:
    told = _values(row)
    yield _p(f"{TITLE}（存根）", "title")
    yield _p(row["number"], "number")
    yield _p(
        f"儿童：{told['儿童姓名']}　性别：{told['性别'] or '　'}　出生日期：{told['出生日期']}"
        f"　证件号：{told['证件号']}",
        "addressee",
    )
    village = row["village"] or "　　　　"
    yield _p(f"监护人：{row['guardian']}　户籍：{village}　报到学校：{row['school']}", "addressee")
    yield _p("发放日期：　　　年　　月　　日　　领取人签字：　　　　　　　　经办人：", "addressee")


def _body(row: Row) -> Iterator[Row]:
    told = _values(row)
    yield _p(TITLE, "title")
    yield _p(row["number"], "number")
    yield _p(f"{row['guardian'] or '　　　　'}（监护人）：", "addressee")
    yield _p(DUTY, "body")
    yield _p(
        f"{told['儿童姓名']}，{told['性别']}，{told['出生日期']}出生，应于{told['入学年度']}年秋季"
        f"进入{told['应入学校']}{told['年级']}就读。请于{told['报到日期']}{told['报到时间']}携带"
        f"{told['所需材料']}，到{told['报到地点']}报到注册。",
        "body",
    )
    yield _p(DEFERRAL, "body")
    yield _p(row["township"], "signed")
    yield _p(_day(row["issued_on"]), "dated")


def _receipt(row: Row) -> Iterator[Row]:
    yield _p("回　执", "title")
    yield _p(row["number"], "number")
    yield _p(
        f"{row['number']}通知书已收到，将按时送{row['child']}到{row['school']}报到入学。",
        "addressee",
    )
    yield _p(
        "领取人签字：　　　　　　　与儿童关系：　　　　　　　　　　年　　月　　日", "addressee"
    )


_PAPER = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "notice",
    "to": "papers.paper",
}


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0009_handovers_are_papers"),
        ("papers", "0008_lists"),
        ("roster", "0030_plain_findings_are_gone"),
    ]

    operations = [
        migrations.AddField("notice", "paper", models.OneToOneField(null=True, **_PAPER)),
        RunOnDatabase(move_notices),
        migrations.AlterField("notice", "paper", models.OneToOneField(**_PAPER)),
        migrations.AlterModelOptions(
            "notice", {"ordering": ["paper__unit_id", "paper__year", "paper__seq", "id"]}
        ),
        migrations.RemoveConstraint("notice", "one_notice_a_number"),
        migrations.RemoveConstraint("notice", "a_cancelled_notice_says_why"),
        migrations.RemoveConstraint("notice", "a_served_notice_names_who_took_it"),
        *(
            migrations.RemoveField("notice", name)
            for name in (
                *("township", "year", "seq", "number", "issued_on", "issued_by"),
                *("served_on", "received_by", "served_by", "cancelled_by", "cancel_reason"),
            )
        ),
        migrations.AlterField(
            "notice", "cancelled_on", models.DateField(null=True, verbose_name="作废或撤销日期")
        ),
    ]
