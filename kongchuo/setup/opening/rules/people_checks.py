"""Checks of the people: role, unit, name of the account, first day."""

from collections.abc import Iterable
from datetime import date, timedelta

from foundation.accounts.roles import ROLES, Role, keep_apart, role_of
from kongchuo.setup.opening.rules.book import BookRow, CheckedBook, UnitRef
from kongchuo.setup.opening.rules.naming import refs_of, refuse_unknown

TEACHER = "class_teacher"
NO_TEACHERS = "班主任要先有班级：学校导入名册以后，在“人员”里登记，这一行请删去"
TAKEN = "手机号{login}已经登记在另一个姓名下，请核对姓名或手机号"
TWO_PEOPLE = "县已开通：「{label}」的任职须两人办理，请在“人员”里申请，由另一人确认，这一行请删去"
ONESELF = "不能登记自己的任职，请由另一位安全管理员办理，这一行请删去"
TWO_OFFICES = (
    "系统管理员、安全管理员、审计员由不同的人担任，也不兼别的职务，他（她）已任{held}，"
    "请改填另一个人"
)
REACH = timedelta(days=366)


def check_people(book: CheckedBook) -> None:
    """Put the code of the role and the token of the unit in place of the words."""
    refs = refs_of(book)
    names = dict(book.known.names)
    held: dict[str, list[str]] = {}
    for key in book.known.of("people"):
        held.setdefault(key[0], []).append(key[1])
    for row in book.rows["people"]:
        role = _check_role(row)
        if role is not None:
            _check_unit(book, row, role, refs)
        _check_name(row, names)
        if role is not None:
            _check_offices(row, role, held)
        _check_day(row, book.today)
        if row.values["login"] == book.known.own and row.key not in book.known.of("people"):
            row.refuse("login", ONESELF)
        if role is not None and role.needs_two and not book.known.may_sleep:
            _require_held(book, row, role)


def role_named(words: str) -> Role | None:
    """The role that a word of the rights table, or another word for it, means."""
    plain = words.replace("(", "（").replace(")", "）")
    named = ((role, (role.code, role.label, _short(role.label), *role.also)) for role in ROLES)
    return next((role for role, words in named if plain in words), None)


def _short(label: str) -> str:
    """督导室 of 督导室（只读）."""
    return label.partition("（")[0] if label.endswith("）") else label


def offered_roles() -> list[Role]:
    """The roles that the workbook may give."""
    return [role for role in ROLES if role.code != TEACHER]


def _check_role(row: BookRow) -> Role | None:
    words = row.values["role"]
    role = role_named(words)
    if not words:
        return None
    if role is None:
        allowed = "、".join(one.label for one in offered_roles())
        row.refuse("role", f"没有「{words}」这个职务。可以填：{allowed}")
        return None
    if role.code == TEACHER:
        row.refuse("role", NO_TEACHERS)
        return None
    row.values["role"] = role.code
    return role


def _check_unit(book: CheckedBook, row: BookRow, role: Role, refs: Iterable[UnitRef]) -> None:
    words = row.values["unit"]
    if not words:
        return
    named = [ref for ref in refs if words in ref.names]
    found = [ref for ref in named if ref.may_hold(role.unit_kind)]
    if len(found) == 1:
        row.values["unit"] = found[0].token
    elif found:
        row.refuse("unit", f"有{len(found)}个单位叫「{words}」，请改填标识码或区划代码")
    elif named:
        row.refuse("unit", f"「{words}」不设「{role.label}」，请改选单位或职务")
    else:
        told = f"没有叫「{words}」的单位，请与前面各表的名称一致"
        refuse_unknown(book, row, "unit", words, told)


def _check_name(row: BookRow, names: dict[str, str]) -> None:
    login, name = row.values["login"], row.values["name"]
    if len(name) > 40:
        row.refuse("name", "姓名超过40个字，请核对")
    if login and name and names.setdefault(login, name) != name:
        row.refuse("login", TAKEN.format(login=login))


def _check_offices(row: BookRow, role: Role, held: dict[str, list[str]]) -> None:
    """One of the three offices is all that its holder has (security S10)."""
    login = row.values["login"]
    if not login:
        return
    others = held.setdefault(login, [])
    other = next((code for code in others if keep_apart(code, role.code)), "")
    if other:
        row.refuse("role", TWO_OFFICES.format(held=role_of(other).label))
    else:
        others.append(role.code)


def _check_day(row: BookRow, today: date) -> None:
    starts = row.values["starts"]
    if starts and not today - REACH <= date.fromisoformat(starts) <= today + REACH:
        row.refuse("starts", "任职起应在今天前后一年之内，请核对日期")


def _require_held(book: CheckedBook, row: BookRow, role: Role) -> None:
    if row.key not in book.known.of("people"):
        row.refuse("role", TWO_PEOPLE.format(label=role.label))
