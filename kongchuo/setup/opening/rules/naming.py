"""Names of places: short names, and which units a row of the workbook can mean."""

import re
from collections.abc import Iterable, Mapping

from kongchuo.setup.opening.rules.book import BookRow, CheckedBook, UnitRef
from kongchuo.setup.opening.rules.definition import COUNTY, SUPERVISION

_PEOPLES = re.compile(
    "(?:彝族|布朗族|傣族|白族|回族|壮族|苗族|瑶族|哈尼族|拉祜族|佤族|藏族|蒙古族)+"
)
OFFICE = "education_office"
_NAMING = ("name", "short", "code", "government", "office", "central")
OFFICE_KINDS = {COUNTY: "county", SUPERVISION: "supervision"}


def village_short(name: str) -> str:
    """永胜村 of 永胜村民委员会, 爱华社区 of 爱华社区居民委员会."""
    for ending in ("社区村民委员会", "社区居民委员会"):
        if name.endswith(ending):
            return name.removesuffix(ending) + "社区"
    return name.removesuffix("民委员会") if name.endswith("民委员会") else name


def township_short(name: str) -> str:
    """茂兰乡 of 茂兰彝族布朗族乡."""
    return _PEOPLES.sub("", name) or name


def government_of(name: str) -> str:
    """The name of a township's government where the sheet gives none."""
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def refs_of(book: CheckedBook) -> list[UnitRef]:
    """Every unit that the county would hold after the book, the known ones first."""
    found = {ref.token: ref for ref in book.known.units}
    for ref in _written(book):
        before = found.get(ref.token)
        names = ref.names | (before.names if before else frozenset())
        also = ref.also or (before.also if before else "")
        found[ref.token] = UnitRef(ref.kind, ref.token, ref.name, names, ref.town, also)
    return list(found.values())


def _written(book: CheckedBook) -> Iterable[UnitRef]:
    code = county_code(book)
    for row in book.good("offices"):
        values = row.values
        yield _ref(
            OFFICE_KINDS[values["kind"]],
            code,
            values["name"],
            values.get("short", ""),
            values["kind"],
        )
    for row in book.good("townships"):
        yield from _of_township(row.values)
    for row in book.good("villages"):
        name, at = row.values["name"], row.values["code"]
        yield _ref("village", at, name, village_short(name), town=at[:9])
    for row in book.good("schools"):
        values = row.values
        town = values.get("town", "")
        yield _ref("school", values["code"], values["name"], values.get("short", ""), town=town)


def refuse_unknown(book: CheckedBook, row: BookRow, field: str, words: str, message: str) -> None:
    """Refuse a cell whose words name nothing; where a red row bears that name, it is the cause."""
    cause = next((one for one in book if one.problems and words in _typed_names(one)), None)
    if cause is None or cause is row:
        row.refuse(field, message)
        return
    told = f"「{words}」在{cause.tab}第{cause.number}行，那一行改好以后，这里不用改"
    row.refuse(field, told, follows=(cause.sheet, cause.number))


def _typed_names(row: BookRow) -> set[str]:
    if row.sheet in ("terms", "people"):
        return set()
    found = {row.cells.get(name, "") for name in _NAMING}
    name = row.cells.get("name", "")
    return (found | {village_short(name), township_short(name), government_of(name)}) - {""}


def _of_township(values: dict[str, str]) -> Iterable[UnitRef]:
    at, name = values["code"], values["name"]
    government = values.get("government") or government_of(name)
    short = township_short(name)
    yield _ref("township", at, government, name, short, f"{short}政府", town=at)
    office, central = values.get("office", ""), values.get("central", "")
    if is_both(values):
        names = (central, f"{short}教管办", f"{short}中心校")
        yield _ref("central_school", at, *names, town=at, also=OFFICE)
        return
    if office:
        yield _ref(OFFICE, at, office, f"{short}教管办", town=at)
    if central:
        yield _ref("central_school", at, central, f"{short}中心校", town=at)


def is_both(values: Mapping[str, str]) -> bool:
    """Whether one unit is the township's 镇教管办 and its 中心校: both cells bear one name (R6)."""
    return bool(values.get("office")) and values.get("office") == values.get("central")


def _ref(kind: str, code: str, name: str, *more: str, town: str = "", also: str = "") -> UnitRef:
    own = {code} if kind in ("county", "township", "village", "school") else set()
    names = frozenset({name, *more} | own) - {""}
    return UnitRef(kind, f"{kind}:{code}", name, names, town, also)


def county_code(book: CheckedBook) -> str:
    """The county's code: the known one, or that of the book's own row."""
    if book.known.code:
        return book.known.code
    codes = (row.values.get("code", "") for row in book.rows["offices"])
    return next((code for code in codes if code), "")
