"""The words that the manual explains are those of the glossary, or stand on a page."""

import re

from kongchuo.help import manual
from kongchuo.help.chapters import BY_SLUG
from tests.architecture.test_words import glossary
from tests.help.quoted import shown

_REMARK = re.compile(r"（[^）]*）")


def _explained() -> list[str]:
    rows = manual.source(BY_SLUG["words"]).split("## 处理阶段")[0].splitlines()
    cells = [row.split("|")[1].strip() for row in rows if row.startswith("| ")]
    return [cell for cell in cells if cell != "词"]


def test_every_word_that_is_explained_is_a_word_of_the_product() -> None:
    known = {
        word.strip()
        for _, chinese in glossary()
        for word in re.split("[、；，]", _REMARK.sub("", chinese))
    }
    assert [word for word in _explained() if word not in known | shown()] == []


def test_no_word_is_explained_twice() -> None:
    words = _explained()
    assert len(words) > 40
    assert len(words) == len(set(words))
