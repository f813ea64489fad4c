"""Rules of passwords: when a first password is valid, when disuse seals an account (S57)."""

import secrets
from datetime import date, datetime, timedelta

FIRST_PASSWORD_LIVES = timedelta(hours=72)
# 教基〔2025〕1号: accounts unused for more than six months are sealed.
WARNED_FROM = 150
SEALED_AFTER = 180

# Omits signs misread on paper (0 o, 1 l i, 2 z, 5 s, u v), and vowels, which could form words.
_LETTERS = "bcdfghjkmnpqrtwxy346789"
_GROUPS, _LENGTH = 4, 4

EXPIRED = "首次登录密码已过期（开通后72小时内有效），请本单位管理员重置密码。"
SEALED = (
    "该账号已超过180天没有使用，按规定封存。请管理本单位人员的学籍管理员、校长、乡镇经办人，"
    "或者县安全管理员解除封存后再登录。"
)


def one_time_password() -> str:
    """A random password to be typed once from paper, for example hmk7-p3wq-t9rb-cd4x."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_sealed(last_used: date, today: date) -> bool:
    """Whether the account was unused for more than 180 days; on day 180 it still opens."""
    return (today - last_used).days > SEALED_AFTER


def is_soon_sealed(last_used: date, today: date) -> bool:
    """Whether the account was unused for 150 days and is not sealed yet."""
    return (today - last_used).days >= WARNED_FROM and not is_sealed(last_used, today)


def first_password_refusal(until: datetime | None, now: datetime) -> str:
    """Why a first password is no longer valid, in Chinese; empty while it is valid.

    Its one use (S57) is the choosing of the own password, which replaces it: who closed the browser
    before that has not used it yet. Until then it opens nothing but the page of that choice.
    """
    return EXPIRED if until is not None and now > until else ""
