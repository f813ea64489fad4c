"""Checks of the places: the county's offices, townships, villages, schools."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kongchuo.setup.opening.rules.book import BookRow, CheckedBook, UnitRef
from kongchuo.setup.opening.rules.definition import COUNTY, DIRECT, SUPERVISION
from kongchuo.setup.opening.rules.naming import (
    county_code,
    government_of,
    is_both,
    refs_of,
    refuse_unknown,
)
from kongchuo.setup.opening.rules.values import STAGES

NO_COUNTY = "没有县教育局。请在“县与部门”工作表填写一行，写明县名和6位县代码。"
OTHER_COUNTY = "不是本县的代码：本县代码是{code}，请核对"
NO_TOWNSHIP = "没有叫「{words}」的乡镇。请先在“乡镇”工作表填写，或改成那里的名称"
WRONG_TOWNSHIP = "村代码属于「{found}」，填的乡镇是「{words}」，请改正其中一个"
OFFICE_APART = (
    "镇教管办已登记为另一个单位「{name}」，这里不能并成一个。请填原来的名称；"
    "确是一个单位的，在“单位”里撤并它，再把中心校改成“同时是镇教管办”"
)
OFFICE_ONE = (
    "「{name}」已登记为中心校，也是镇教管办，这里不能分成两个，也不能只改一栏。"
    "改名的两栏填同一个名称；要分开的，请在“单位”里办理"
)
SAME_NAME = "与{other}同名。请写全称，或在名称里加以区别"


def check_offices(book: CheckedBook) -> None:
    """The county's bureau says what county it is; there is one row of each kind."""
    for row in book.rows["offices"]:
        kind, code = row.values["kind"], row.values["code"]
        if kind and kind not in (COUNTY, SUPERVISION):
            row.refuse("kind", f"请填“{COUNTY}”或“{SUPERVISION}”")
        if kind == SUPERVISION:
            row.values["code"] = row.values["place"] = ""
        elif book.known.code and code and code != book.known.code:
            row.refuse("code", OTHER_COUNTY.format(code=book.known.code))
        elif not book.known.code:
            _require(row, code, "code", "县代码")
            _require(row, row.values["place"], "place", "县名")
    if not book.known.code and not any(r.values["kind"] == COUNTY for r in book.rows["offices"]):
        book.missing.append(NO_COUNTY)


def _require(row: BookRow, value: str, field: str, label: str) -> None:
    if not value and not any(problem.field == field for problem in row.problems):
        row.refuse(field, f"请填写{label}")


def check_townships(book: CheckedBook) -> None:
    """A township's code begins with the county's; no two have one name."""
    for row in book.rows["townships"]:
        _in_county(book, row)
        if (
            not row.problems
            and not row.values["government"]
            and row.key not in book.known.of("townships")
        ):
            row.values["government"] = government_of(row.values["name"])
        _check_both(row, book.known.of("townships").get(row.key, {}))
    _names_apart(book, "townships", lambda row: "")


def _check_both(row: BookRow, known: Mapping[str, str]) -> None:
    """A row neither makes one unit of two that are registered, nor two of one."""
    after = {name: row.values[name] or known.get(name, "") for name in ("office", "central")}
    if is_both(after) and known.get("office") and not is_both(known):
        row.refuse("office", OFFICE_APART.format(name=known["office"]))
    elif is_both(known) and not is_both(after):
        row.refuse("office", OFFICE_ONE.format(name=known["office"]))


def check_villages(book: CheckedBook) -> None:
    """A village's township is known, and is the one that its code names."""
    towns = {key[0]: values["name"] for key, values in book.merged("townships").items()}
    by_name = town_codes(book)
    for row in book.rows["villages"]:
        _in_county(book, row)
        code, words = row.values["code"], row.values["township"]
        if not code or any(problem.field == "code" for problem in row.problems):
            continue
        found, named = towns.get(code[:9]), by_name.get(words)
        if found is None:
            row.refuse("code", f"乡镇{code[:9]}还没有登记，请先在“乡镇”工作表填写，或核对村代码")
        elif words and named is None:
            refuse_unknown(book, row, "township", words, NO_TOWNSHIP.format(words=words))
        elif words and named != code[:9]:
            told = WRONG_TOWNSHIP.format(found=found, words=words)
            row.refuse("township", told, also=("code",))
        row.values["township"] = found or ""
    _names_apart(book, "villages", lambda row: row.values["code"][:9])


def check_schools(book: CheckedBook) -> None:
    """A school's township, its central school and its villages are known."""
    by_name = town_codes(book)
    towns = {key[0]: values["name"] for key, values in book.merged("townships").items()}
    refs = refs_of(book)
    taken: dict[tuple[str, str], str] = _taken_villages(book)
    for row in book.rows["schools"]:
        words = row.values["township"]
        town = by_name.get(words, "")
        row.values["town"] = town
        if words and not town:
            refuse_unknown(book, row, "township", words, NO_TOWNSHIP.format(words=words))
        row.values["township"] = towns.get(town, words)
        _check_under(row, [ref for ref in refs if ref.kind == "central_school"])
        _check_catchment(book, row, [ref for ref in refs if ref.kind == "village"], taken)
    _names_apart(book, "schools", lambda row: row.values["town"])


def town_codes(book: CheckedBook) -> dict[str, str]:
    """The code of a township by each word that may name it."""
    return {
        word: ref.token.removeprefix("township:")
        for ref in refs_of(book)
        if ref.kind == "township"
        for word in ref.names
    }


def _in_county(book: CheckedBook, row: BookRow) -> None:
    code, own = row.values["code"], county_code(book)
    if code and own and not code.startswith(own):
        row.refuse("code", OTHER_COUNTY.format(code=own))


def _names_apart(book: CheckedBook, sheet: str, within: Callable[[BookRow], str]) -> None:
    """Refuse the second of two rows with one name in one place: nobody could tell them apart."""
    first: dict[tuple[str, str], BookRow] = {}
    for row in book.rows[sheet]:
        place = (within(row), row.values["name"])
        before = first.setdefault(place, row) if row.values["name"] else row
        if before is not row and before.key != row.key:
            other = f"第{before.number}行"
            row.refuse("name", f"「{row.values['name']}」{SAME_NAME.format(other=other)}")
    known = {
        (_place(sheet, key, values), values.get("name", "")): key
        for key, values in book.known.of(sheet).items()
    }
    for row in book.good(sheet):
        same = known.get((within(row), row.values["name"]))
        if same is not None and same != row.key:
            row.refuse("name", SAME_NAME.format(other=f"已登记的{same[0]}"))


def _place(sheet: str, key: tuple[str, ...], values: Mapping[str, str]) -> str:
    if sheet == "villages":
        return key[0][:9]
    return values.get("town", "") if sheet == "schools" else ""


def _check_under(row: BookRow, centrals: Iterable[UnitRef]) -> None:
    words = row.values["under"]
    if not words or words == DIRECT:
        return
    found = next((ref for ref in centrals if words in ref.names), None)
    if found is None:
        row.refuse("under", f"没有叫「{words}」的中心校。请先在“乡镇”工作表填写，或填“{DIRECT}”")
        return
    row.values["under"] = found.name


def _check_catchment(
    book: CheckedBook,
    row: BookRow,
    villages: list[UnitRef],
    taken: dict[tuple[str, str], str],
) -> None:
    """Put the codes in place of the names. A village belongs to one school a stage."""
    codes = []
    for words in filter(None, row.values["catchment"].split("、")):
        found = [ref for ref in villages if words in ref.names]
        found = [ref for ref in found if ref.town == row.values["town"]] or found
        if len(found) != 1:
            what = "不止一个，请改填12位村代码" if found else "没有登记，请核对村名"
            refuse_unknown(book, row, "catchment", words, f"「{words}」{what}")
            continue
        code = found[0].token.removeprefix("village:")
        codes.append(code)
        for stage in STAGES.get(row.values["stage"], ()):
            other = taken.setdefault((code, stage), row.values["code"])
            if other != row.values["code"]:
                row.refuse(
                    "catchment", f"「{words}」已划给学校{other}，一个村同一学段只能归一所学校"
                )
    row.values["catchment"] = "、".join(codes)


def _taken_villages(book: CheckedBook) -> dict[tuple[str, str], str]:
    """(village, stage) → the school that has it already."""
    found: dict[tuple[str, str], str] = defaultdict(str)
    for key, values in book.known.of("schools").items():
        for pair in filter(None, values.get("pairs", "").split()):
            code, _, stage = pair.partition("/")
            found[code, stage] = key[0]
    return dict(found)
