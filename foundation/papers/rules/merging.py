"""Merge fields of a county's text: 「请于{限期日}前送{学生姓名}到校」."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DAY, PHONE, RECEIVER = "day", "phone", "receiver"
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_HEADING = re.compile(r"^[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class MergeField:
    """A value that a text may name in braces.

    A ``required`` one stands in every text of the kind, and no paper is drafted without its value.
    ``example`` fills the preview. A ``typed`` one may be changed by hand while the paper is a
    draft, and a draft may still lack it; the others come from what the paper is about. A ``long``
    one is typed in several lines. ``holds`` says what is typed: DAY, PHONE, or RECEIVER, chosen of
    those who may sign for the paper where they are known; "" for any words. Of ``choices`` one is
    taken.
    """

    name: str
    example: str
    required: bool = False
    typed: bool = False
    long: bool = False
    holds: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The text of a paper: each line of ``body`` and ``note`` is a paragraph (forms 3.1)."""

    title: str
    body: str
    addressee: str = ""
    note: str = ""

    @property
    def whole(self) -> str:
        """All of it, to look for fields."""
        return "\n".join((self.title, self.addressee, self.body, self.note))

    def filled(self, values: Mapping[str, str]) -> "PaperWords":
        """The text with the values in place of its fields; a field without a value stays empty."""
        parts = (self.title, self.body, self.addressee, self.note)
        return PaperWords(*(fill(part, values) for part in parts))


@dataclass(frozen=True, slots=True)
class OnOne:
    """What stands above and below the text of a paper on one page, with fields in braces: the first
    line of each is its title, the number follows by itself."""

    stub: str
    receipt: str


# What the engine knows of every paper.
COMMON = (
    MergeField("发文机关", "某某镇人民政府"),
    MergeField("文号", "某政教限〔2026〕1号"),
    MergeField("签发人", "李某某"),
    MergeField("签发日期", "2026年9月1日"),
)


def named_in(text: str) -> list[str]:
    """The fields that a text names, each once, in their order."""
    return list(dict.fromkeys(_FIELD.findall(text)))


def problems_of(words: PaperWords, fields: Iterable[MergeField]) -> list[str]:
    """What is wrong with a county's text, in Chinese: unknown and missing fields by name."""
    known = [*fields, *COMMON]
    names = {one.name for one in known}
    used = named_in(words.whole)
    found = [
        f"没有“{{{name}}}”这个项目，请从可用的项目中选。" for name in used if name not in names
    ]
    lacking = [one.name for one in known if one.required and one.name not in used]
    found += [f"缺少“{{{name}}}”，这类文书必须写明。" for name in lacking]
    if any(sign in _FIELD.sub("", words.whole) for sign in "{}"):
        found.append("花括号没有成对：项目写成“{项目名}”，前后各一个，中间不换行。")
    if not words.title.strip():
        found.append("请填写标题。")
    if not words.body.strip():
        found.append("请填写正文。")
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """A line of text with the values in place of its fields."""
    return _FIELD.sub(lambda found: values.get(found[1], ""), text)


def texts_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The values that are texts, without the tables of a kind (kinds.py, ``tables``)."""
    return {name: one for name, one in values.items() if isinstance(one, str)}


def lacking(values: Mapping[str, str], fields: Iterable[MergeField]) -> list[str]:
    """The names of required fields that have no value."""
    return [one.name for one in fields if one.required and not values.get(one.name, "").strip()]


def unknown(names: Collection[str], fields: Iterable[MergeField]) -> set[str]:
    """The names that are no fields of the kind."""
    return set(names) - {one.name for one in fields}


def is_heading(line: str) -> bool:
    """Whether a line is a heading of the first rank: 一、…"""
    return bool(_HEADING.match(line))
