"""What a person should look at before a book is written, although nothing is wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kongchuo.setup.opening.rules.book import CheckedBook
from kongchuo.setup.opening.rules.naming import refs_of
from kongchuo.setup.opening.rules.values import JUNIOR, PRIMARY, STAGES

_SHOWN = 5
HEAD = "head_teacher"
# The first two digits of a school's code by what it teaches (domain 6.1).
_CATEGORIES = {"21": (PRIMARY,), "31": (JUNIOR, PRIMARY), "34": (JUNIOR,)}


def warn(book: CheckedBook) -> None:
    """Add the warnings to the book."""
    book.warnings += [words for find in _FINDERS for words in find(book)]


def _empty_townships(book: CheckedBook) -> Iterable[str]:
    villages = {key[0][:9] for key in book.merged("villages")}
    bare = [v["name"] for key, v in book.merged("townships").items() if key[0] not in villages]
    if bare:
        yield f"{_some(bare)}没有村（居）委会。"


def _units_without_people(book: CheckedBook) -> Iterable[str]:
    staffed = {key[2] for key in book.merged("people")}
    bare: dict[str, list[str]] = defaultdict(list)
    for ref in refs_of(book):
        if ref.token not in staffed and ref.kind in _KINDS:
            bare[ref.kind].append(ref.name)
    for kind, names in bare.items():
        yield f"{len(names)}个{_KINDS[kind]}还没有人：{_some(names)}。以后可以再补。"


def _schools_without_head(book: CheckedBook) -> Iterable[str]:
    held = {key[2] for key in book.merged("people") if key[1] == HEAD}
    staffed = {key[2] for key in book.merged("people")}
    schools = [ref for ref in refs_of(book) if ref.kind == "school" and ref.token in staffed]
    bare = [ref.name for ref in schools if ref.token not in held]
    if bare:
        yield f"{len(bare)}所学校还没有校长：{_some(bare)}。校长是学校的负责人，以后可以再补。"


def _other_category(book: CheckedBook) -> Iterable[str]:
    for row in book.good("schools"):
        allowed = _CATEGORIES.get(row.values["code"][:2])
        stages = STAGES[row.values["stage"]]
        if allowed and not set(stages) & set(allowed):
            yield (
                f"{row.tab}第{row.number}行：标识码{row.values['code']}的前两位"
                f"与学段「{row.values['stage']}」不符，请核对。"
            )


def _namesakes(book: CheckedBook) -> Iterable[str]:
    logins = {row.values["login"]: row.values["name"] for row in book.good("people")}
    twice = [name for name, count in Counter(logins.values()).items() if count > 1]
    if twice:
        yield f"{_some(twice)}有不止一个手机号：确是同名的不同的人才这样填，一人只用一个号。"


def _some(names: list[str]) -> str:
    more = f"等{len(names)}个" if len(names) > _SHOWN else ""
    return "、".join(f"「{name}」" for name in names[:_SHOWN]) + more


_KINDS = {"township": "乡镇", "village": "村（居）委会", "school": "学校"}
_FINDERS = (
    _empty_townships,
    _units_without_people,
    _schools_without_head,
    _other_category,
    _namesakes,
)
