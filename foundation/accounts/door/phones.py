"""A phone that calls the roll without a password: how long, under which posts, by what name.

ux 5.2: the teacher's link opens the class at once for 30 days. design 4, Phone and ID: it reaches
the roll call of one's own class and nothing else; everything else follows S58.
"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer

# S58: at most two at once.
MOST_PHONES = 2
# What a phone alone may be used for, whatever else the post carries.
RIGHTS = frozenset({Right.CALL_ROLL})

# The first word that is found names it: WeChat names Chrome too, Chrome names Safari.
_PROGRAMS = (
    ("wxwork", "企业微信"),
    ("micromessenger", "微信"),
    ("dingtalk", "钉钉"),
    ("qqbrowser", "QQ浏览器"),
    ("ucbrowser", "UC浏览器"),
    ("huaweibrowser", "华为浏览器"),
    ("miuibrowser", "小米浏览器"),
    ("vivobrowser", "vivo浏览器"),
    ("heytapbrowser", "OPPO浏览器"),
    ("edg", "微软浏览器"),
    ("firefox", "火狐浏览器"),
    ("chrome", "谷歌浏览器"),
    ("safari", "苹果浏览器"),
)
_MACHINES = (
    ("iphone", "苹果手机"),
    ("ipad", "苹果平板"),
    ("harmony", "鸿蒙手机"),
    ("android", "安卓手机"),
    ("windows", "电脑"),
    ("macintosh", "电脑"),
    ("linux", "电脑"),
)


def digest_of(token: str) -> str:
    """What is kept of a token: it is random, so that one round tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_day(used_on: date, days: int) -> date:
    """The last day on which a phone used on ``used_on`` still opens."""
    return used_on + timedelta(days=days)


def open_until(expires_on: date, used_on: date, days: int) -> date:
    """The last day on which it opens by what was promised and by what the county allows now.

    A county that allows less shortens at once what was promised; one that allows more revives
    nothing.
    """
    return min(expires_on, last_day(used_on, days))


def opens(expires_on: date, used_on: date, days: int, today: date) -> bool:
    """Whether the phone opens today; a county that allows 0 days has no trusted phone at all."""
    return days > 0 and today <= open_until(expires_on, used_on, days)


def calls_own_roll(post: HeldPost) -> bool:
    """Whether the post calls the roll of its own classes alone; a school's desk has no phone."""
    return post.role.pupils is Reach.CLASSES and Right.CALL_ROLL in post.role.rights


def on_phone(viewer: Viewer, phone_id: int) -> Viewer:
    """The viewer as a trusted phone alone knows them: own classes, and calling their roll."""
    posts = (replace(post, only=RIGHTS) for post in viewer.posts if calls_own_roll(post))
    return replace(viewer, posts=tuple(posts), phone_id=phone_id)


def label_of(user_agent: str) -> str:
    """微信 · 安卓手机: what its owner knows it by in a list."""
    words = user_agent.lower()
    return f"{_named(_PROGRAMS, words, '浏览器')} · {_named(_MACHINES, words, '其他设备')}"


def _named(table: tuple[tuple[str, str], ...], words: str, otherwise: str) -> str:
    return next((label for word, label in table if word in words), otherwise)
