"""Rules of a password that a person chooses (S54). Every refusal says in Chinese what to do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 128
STRONG = 3  # zxcvbn's score: more than 10^8 guesses
# The cost of zxcvbn grows with the square of the length; a strong beginning makes a strong whole.
JUDGED = 40

TOO_SHORT = f"密码至少{SHORTEST}位，请再加长，可以用几个不相关的词连成一句话。"
TOO_LONG = f"密码最多{LONGEST}位，请缩短。"
DIGITS = "密码不能只有数字，请加入字母或文字。"
NAME = "密码不能含有本人姓名（包括拼音），请换一个。"
ACCOUNT = "密码不能含有账号，也不能与账号相似，请换一个。"
PLACE = "密码不能含有学校、单位或本县的名称（包括拼音），请换一个。"
YEAR = "密码不能含有年份，请换成别的。"
NUMBER = "密码不能含有6位以上连续数字（生日、手机号、证件号），请换成别的。"
COMMON = "这个密码太常见，很容易被猜到，请换一个。"
WEAK = "这个密码容易被猜到。请用几个不相关的词连成一句话，不要用键盘上相邻的键或重复的字。"
HELP = f"密码{SHORTEST}至{LONGEST}位，不含姓名、账号、单位名称、年份和6位以上连续数字。"

_YEAR = re.compile(r"(?<!\d)(19[3-9]\d|20[0-4]\d)(?!\d)")
_NUMBER = re.compile(r"\d{6,}")
# Words that make up most chosen passwords of Chinese offices, in pinyin or English.
_USUAL = (
    "woaini|woai|woshi|wode|women|mima|denglu|zhanghao|laoshi|jiaoshi|xuesheng|xuexiao|xiaoxue"
    "|zhongxue|banzhuren|xiaozhang|jiaoyu|jiaotiju|zhongguo|beijing|yunnan|ningxia|nihao|admin"
    "|password|passwd|qwerty|asdf|zxcv|teacher|student|school|welcome|love|abc"
)
_PIECES = re.compile(f"{_USUAL}|[^a-z]", re.ASCII)
_LEAST_LEFT = 6  # letters besides the usual words


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What others know of a person: name, account, and the names of units and county."""

    name: str = ""
    account: str = ""
    places: tuple[str, ...] = ()


def refusals(password: str, own: OwnWords) -> list[str]:
    """Why the password is not taken, in Chinese; empty where it is strong enough."""
    if not SHORTEST <= len(password) <= LONGEST:
        return [TOO_SHORT if len(password) < SHORTEST else TOO_LONG]
    found = list(_known(password.lower(), own))
    if not found and _is_weak(password, own):
        found.append(WEAK)
    return found


def _known(password: str, own: OwnWords) -> Iterator[str]:
    """What of the password others can know or guess without a list."""
    if password.isdecimal():
        yield DIGITS
    if _holds(password, _readings(own.name)):
        yield NAME
    if len(own.account) >= 4 and own.account.lower() in password:
        yield ACCOUNT
    if any(_holds(password, _place_readings(place)) for place in own.places):
        yield PLACE
    if _YEAR.search(password):
        yield YEAR
    if not password.isdecimal() and _NUMBER.search(password):
        yield NUMBER
    if password.isascii() and len(_PIECES.sub("", password)) < _LEAST_LEFT:
        yield COMMON


def _is_weak(password: str, own: OwnWords) -> bool:
    known = [own.name, own.account, *own.places]
    judged = zxcvbn(password[:JUDGED], user_inputs=known, max_length=LONGEST)
    return int(judged["score"]) < STRONG


def _holds(password: str, words: Iterable[str]) -> bool:
    return any(word in password for word in words)


@lru_cache(maxsize=1_000)
def _readings(words: str) -> frozenset[str]:
    """A Chinese name as it is written and as it is read; what is too short to tell is omitted."""
    read = "".join(lazy_pinyin(words, style=Style.NORMAL)).lower()
    written = {words.lower()} if len(words) >= 2 else set()
    return frozenset(written | ({read} if len(read) >= 4 else set()))


def _place_readings(name: str) -> frozenset[str]:
    """A place is known by its first two characters: 东镇 of 东镇中学, 云县 of 云县教育体育局."""
    return _readings(name[:2]) | _readings(name)
