"""The one office of administrators becomes three, and nobody holds two of them (security S10).

Until now 系统管理员 kept people and posts; that is 安全管理员's now. A county with several
administrators keeps the first as 系统管理员, and the others become 安全管理员 from today. The only
one of a county becomes 安全管理员, since without one nobody could appoint anybody; 系统管理员 and
审计员 are then appointed as every post of the county, by two people. Earlier posts stay as held.
"""

import django.contrib.postgres.constraints
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models

import foundation.accounts.models.people
from foundation.grants import reopened, settle
from foundation.migrating import RunOnDatabase

# The day of the system's clock, which a demo moves.
_TODAY = """
SELECT ((now() + coalesce((SELECT shift FROM accounts_clockshift ORDER BY id DESC LIMIT 1),
    interval '0')) AT TIME ZONE 'Asia/Shanghai')::date
"""
_LIVING = """
SELECT post.id, unit.county_id, post.person_id, post.starts_on, post.ends_on
FROM accounts_post post JOIN accounts_unit unit ON unit.id = post.unit_id
WHERE post.role = 'administrator' AND coalesce(post.ends_on, %(today)s) >= %(today)s
ORDER BY post.id
"""
_REASON = "系统升级：系统管理员、安全管理员、审计员分设"
_NEW = """
INSERT INTO accounts_post
    (person_id, role, unit_id, starts_on, ends_on, granted_by_id, granted_at, reason, end_reason)
SELECT person_id, 'security_officer', unit_id, %(today)s, %(until)s, id, now(), %(reason)s, ''
FROM accounts_post WHERE id = %(post)s
"""
_END = """
UPDATE accounts_post SET ends_on = %(today)s - 1, ended_at = now(), end_reason = %(reason)s
WHERE id = %(post)s
"""
_RENAME = "UPDATE accounts_post SET role = 'security_officer' WHERE id = %(post)s"


def split_the_office(schema_editor):
    """Give each county somebody who appoints, and each person one office."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_TODAY)
        today = cursor.fetchone()[0]
        cursor.execute(_LIVING, {"today": today})
        rows = cursor.fetchall()
        moving = [row for row in rows if row[2] not in _staying(rows)]
        moving.sort(key=lambda row: row[3] < today)  # renames alter the table: first
        settle(cursor)
        for post, _, _, starts_on, until in moving:
            told = {"post": post, "today": today, "until": until, "reason": _REASON}
            if starts_on < today:
                cursor.execute(_END, told)
                cursor.execute(_NEW, told)
            else:
                _rename(cursor, told)


def _staying(rows):
    """The persons who stay 系统管理员: the first of each county that has several."""
    people = {}
    for _, county, person, *_ in rows:
        people.setdefault(county, []).append(person)
    return {found[0] for found in people.values() if len(set(found)) > 1}


def _rename(cursor, told):
    """A post that nobody has held on a day yet begins under its new name."""
    with reopened(cursor, "accounts_post"):
        cursor.execute(_RENAME, told)


class Migration(migrations.Migration):
    """A filled county goes on: who appointed people before the upgrade, or a colleague, still does."""

    dependencies = [("accounts", "0011_reopening_takes_two")]

    operations = [
        RunOnDatabase(split_the_office),
        migrations.AddConstraint(
            model_name="post",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role__in", ("administrator", "security_officer", "auditor"))),
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (
                        foundation.accounts.models.people.DateRange(
                            "starts_on", "ends_on", models.Value("[]")
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                name="no_two_offices_at_a_time",
            ),
        ),
    ]
