"""Rules of a trusted phone: how long it calls the roll, under which posts, by what name.

ux 5.2: the teacher's link opens the class at once for 30 days. design 4, Phone and ID: the phone
reaches only the roll call of the teacher's own classes; everything else follows S58.
"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer

# S58: at most two at once.
MOST_PHONES = 2
# The rights of a phone without a session, whatever other rights the post carries.
RIGHTS = frozenset({Right.CALL_ROLL})

# The first word found decides, since WeChat also sends "Chrome", and Chrome sends "Safari".
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
    """The digest under which a token is stored. One round suffices, since the token is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def last_day(used_on: date, days: int) -> date:
    """The last day on which a phone used on ``used_on`` still opens."""
    return used_on + timedelta(days=days)


def open_until(expires_on: date, used_on: date, days: int) -> date:
    """The last day on which it opens: the earlier of what was promised and what is allowed now.

    A county that allows less shortens existing trust at once. One that allows more extends none.
    """
    return min(expires_on, last_day(used_on, days))


def opens(expires_on: date, used_on: date, days: int, today: date) -> bool:
    """Whether the phone opens today. A county that allows 0 days trusts no phone at all."""
    return days > 0 and today <= open_until(expires_on, used_on, days)


def calls_own_roll(post: HeldPost) -> bool:
    """Whether the post calls the roll of its own classes only. A school's desk gets no phone."""
    return post.role.pupils is Reach.CLASSES and Right.CALL_ROLL in post.role.rights


def on_phone(viewer: Viewer, phone_id: int) -> Viewer:
    """The viewer with the rights of a trusted phone alone: calling the roll of own classes."""
    posts = (replace(post, only=RIGHTS) for post in viewer.posts if calls_own_roll(post))
    return replace(viewer, posts=tuple(posts), phone_id=phone_id)


def label_of(user_agent: str) -> str:
    """The name of the phone in its owner's list, for example 微信 · 安卓手机."""
    words = user_agent.lower()
    return f"{_named(_PROGRAMS, words, '浏览器')} · {_named(_MACHINES, words, '其他设备')}"


def _named(table: tuple[tuple[str, str], ...], words: str, otherwise: str) -> str:
    return next((label for word, label in table if word in words), otherwise)
