"""Passwords as offices choose them are refused; a sentence of unrelated words is taken (S54)."""

from itertools import product

import pytest

from foundation.accounts.passwords import strength
from foundation.accounts.passwords.strength import OwnWords, refusals

OWN = OwnWords("张伟", "banzhuren", ("东镇中学", "云县教育体育局", "云县"))
NAMES = ("zhangwei", "Wangfang", "lina", "liuyang", "chenjing", "Yangxiuying", "zhaolei")
WORDS = ("Yunxian", "dongzhen", "mima", "Admin", "woaini", "xuexiao", "Laoshi", "jiaotiju", "Abc")
ENDS = ("123456", "888888", "19850612", "850612", "13987651234", "2026", "12345678", "112233")
MARKS = ("", "@", "!", "#", "_", ".")
WHOLE = "three quiet herons stood by a cold lake under seven pale hills " * 3


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("zhangweiclimbs", strength.NAME),
        ("张伟喜欢在雨后爬到山顶上", strength.NAME),
        ("my-banzhuren-heron", strength.ACCOUNT),
        ("dongzhen-heron-lake", strength.PLACE),
        ("YunXian-heron-lake", strength.PLACE),
        ("heron-lake-hill-2025", strength.YEAR),
        ("heron-lake-1398765", strength.NUMBER),
        ("woshilaoshi666", strength.COMMON),
        ("qwertyuiop[]asd", strength.WEAK),
    ],
)
def test_the_refusal_says_what_is_wrong(password: str, words: str) -> None:
    assert words in refusals(password, OWN)


@pytest.mark.parametrize(
    "password",
    ["quietherons1", "three-quiet-herons", "夏天的风吹过安静的操场呀", "k7#mQ2z!pX9w"],
)
def test_what_nobody_guesses_is_taken(password: str) -> None:
    assert refusals(password, OWN) == []


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (11, [strength.TOO_SHORT]),
        (12, []),
        (13, []),
        (127, []),
        (128, []),
        (129, [strength.TOO_LONG]),
    ],
)
def test_twelve_to_a_hundred_and_twenty_eight(length: int, words: list[str]) -> None:
    assert refusals(WHOLE[:length], OWN) == words


def test_of_the_usual_passwords_of_a_county_hardly_any_is_taken() -> None:
    usual = ["".join(parts) for parts in product(NAMES + WORDS, MARKS, ENDS)]
    usual += ["".join(parts) for parts in product(WORDS, NAMES, MARKS, ENDS)]
    taken = [one for one in usual if not refusals(one, OWN)]
    assert len(usual) > 2000
    assert len(taken) <= len(usual) // 100, taken[:20]
