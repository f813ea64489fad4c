"""Invents pupils: class, home, guardians.

Nothing here reads the database: the same plan gives the same pupils. ID numbers have the region
prefix 530999, never assigned. Telephones begin with 142, a prefix whose real numbers have 13
digits, so that a number of 11 reaches nobody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kongchuo.demo.county.chance import number, pick, share, weighted
from kongchuo.demo.county.names import child_name, relative_name
from kongchuo.demo.county.schools import ClassPlan
from students.roster.rules.ids import invent

_PEOPLES = (
    ("01", 66),
    ("07", 22),
    ("34", 4),
    ("18", 3),
    ("24", 2),
    ("06", 1),
    ("08", 1),
    ("30", 1),
)
_FROM_ELSEWHERE = 0.006
_FROM_ANOTHER_TOWN = 0.06
ELSEWHERE = ("530902", "530921", "530923", "532931")  # 户口在外县
_RELATIONS = (("51", 50), ("52", 30), ("61", 10), ("62", 5), ("63", 3), ("64", 2))
_FEMALE_RELATIONS = frozenset({"52", "62", "64"})
_SECOND = {"51": "52", "52": "51", "61": "62", "62": "61", "63": "64", "64": "63"}
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Relative:
    """A family member."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class DemoPupil:
    """A child of a class. ``home`` is a village's code, or a county's for one from elsewhere."""

    class_key: tuple[str, int, int]
    seat: int
    name: str
    sex: str
    born_on: date
    ethnicity: str
    id_no: str
    home: str
    address: str
    boards: bool
    relatives: tuple[Relative, ...]

    @property
    def registry_no(self) -> str:
        """学籍号: G and the ID number."""
        return f"G{self.id_no}"


@dataclass(frozen=True, slots=True)
class Homes:
    """Where children may live: village names by code, under their township's digits."""

    villages: Mapping[str, Mapping[str, str]]

    def of(self, town: str, *key: object) -> str:
        """A village of the township, sometimes of another one, rarely outside the county."""
        if share("elsewhere", *key) < _FROM_ELSEWHERE:
            return pick(ELSEWHERE, "county", *key)
        if share("another", *key) < _FROM_ANOTHER_TOWN:
            town = pick(list(self.villages), "town", *key)
        return pick(list(self.villages[town]), "village", *key)

    def words(self, home: str, *key: object) -> str:
        """An invented address there."""
        if len(home) == 6:
            return f"外县户籍，现住学校附近出租房{number(1, 60, 'door', *key)}号"
        village = self.villages[home[6:9]][home]
        return f"云县{village}{number(1, 12, 'group', *key)}组{number(1, 80, 'door', *key)}号"


def invent_pupils(
    classes: Iterable[ClassPlan],
    homes: Homes,
    school_year: int,
    fixed_homes: Mapping[tuple[tuple[str, int, int], int], str],
) -> Iterator[DemoPupil]:
    """The pupils of the classes. The script fixes some homes by class and seat."""
    born = Counter[date]()
    for one in classes:
        for seat in range(1, one.size + 1):
            home = fixed_homes.get((one.key, seat)) or homes.of(one.school.town, *one.key, seat)
            yield _invent(one, seat, home, homes, school_year, born)


def _invent(
    one: ClassPlan, seat: int, home: str, homes: Homes, school_year: int, born: Counter[date]
) -> DemoPupil:
    key = (*one.key, seat)
    sex = "1" if share("sex", *key) < 0.52 else "2"
    ethnicity = weighted(_PEOPLES, "people", *key)
    born_on = _born_on(one.grade, school_year, key)
    born[born_on] += 1
    name = child_name(sex, ethnicity, *key)
    return DemoPupil(
        class_key=one.key,
        seat=seat,
        name=name,
        sex=sex,
        born_on=born_on,
        ethnicity=ethnicity,
        id_no=invent(born_on, born[born_on], sex),
        home=home,
        address=homes.words(home, *key),
        boards=one.school.boards and share("boards", *key) < (0.7 if one.grade > 6 else 0.2),
        relatives=tuple(_relatives(name, key)),
    )


def _born_on(grade: int, school_year: int, key: Sequence[object]) -> date:
    """Six years old on 31 August before grade 1 begins (义务教育法 第十一条)."""
    youngest = date(school_year - 5 - grade, 8, 31)
    return youngest - timedelta(days=number(0, _YEAR - 1, "born", *key))


def _relatives(child: str, key: Sequence[object]) -> Iterator[Relative]:
    first = weighted(_RELATIONS, "relation", *key)
    yield _relative(child, first, key)
    if share("second", *key) < 0.5:
        yield _relative(child, _SECOND[first], key)


def _relative(child: str, relation: str, key: Sequence[object]) -> Relative:
    sex = "2" if relation in _FEMALE_RELATIONS else "1"
    name = relative_name(child, relation, sex, relation, *key)
    return Relative(name, relation, f"142{number(0, 99_999_999, 'phone', relation, *key):08d}")
