"""The plan of the demo's schools: township, number of classes, number of pupils."""

from collections.abc import Iterator
from dataclasses import dataclass

from kongchuo.demo.county.chance import number
from students.roster.rules.grades import entry_year_of

PRIMARY, JUNIOR, NINE_YEAR = "1", "2", "9"
_GRADES = {PRIMARY: range(1, 7), JUNIOR: range(7, 10), NINE_YEAR: range(1, 10)}
_NAMES = {PRIMARY: "小学", JUNIOR: "初级中学", NINE_YEAR: "九年一贯制学校"}
_SMALLEST_CLASS = 7  # the scripted children sit on the first seats
TOWN, TOUR_WORD, TOUR_CLASS = "105", "启明", (8, 2)  # 茂兰镇: where the tour takes place


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """A school: the three digits of its township, its invented name, its kind."""

    order: int
    town: str
    word: str
    kind: str
    classes: int  # a grade
    boards: bool
    half_days: bool

    @property
    def code(self) -> str:
        """学校标识码, in a range that no school has."""
        return f"{'2' if self.kind == PRIMARY else '3'}153999{self.order:03d}"

    @property
    def suffix(self) -> str:
        """The end of the school's name, after township and invented name."""
        return _NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class of a school with the number of its pupils."""

    school: SchoolPlan
    grade: int
    number: int
    size: int

    @property
    def stage(self) -> str:
        """学段: 1 primary, 2 junior."""
        return PRIMARY if self.grade <= 6 else JUNIOR

    @property
    def key(self) -> tuple[str, int, int]:
        """The key of the class in the script and for random numbers."""
        return self.school.word, self.grade, self.number

    def entry_year(self, school_year: int) -> int:
        """The year in which its pupils entered the stage."""
        return entry_year_of(self.stage, self.grade, school_year)


# (township, word, kind, classes a grade, boarding, marks half-days); a small county has the first.
_SCHOOLS: tuple[tuple[str, str, str, int, bool, bool], ...] = (
    (TOWN, TOUR_WORD, JUNIOR, 2, True, False),
    (TOWN, "青松", PRIMARY, 1, False, True),
    ("106", "向阳", PRIMARY, 1, True, False),
    ("106", "致远", JUNIOR, 2, True, False),
    (TOWN, "晨光", PRIMARY, 1, True, False),
    (TOWN, "新苗", PRIMARY, 1, False, False),
    (TOWN, "育英", NINE_YEAR, 1, True, False),
    ("101", "崇文", JUNIOR, 3, True, False),
    ("101", "明德", JUNIOR, 3, False, False),
    ("101", "春晖", PRIMARY, 2, False, True),
    ("101", "博雅", PRIMARY, 2, False, False),
    ("101", "朝阳", PRIMARY, 2, False, False),
    ("102", "知行", JUNIOR, 1, True, False),
    ("102", "清溪", PRIMARY, 1, True, False),
    ("102", "云岭", PRIMARY, 1, False, False),
    ("103", "弘毅", JUNIOR, 1, True, False),
    ("103", "杜鹃", PRIMARY, 1, False, False),
    ("103", "江畔", PRIMARY, 1, True, False),
    ("104", "励志", JUNIOR, 1, True, False),
    ("104", "金穗", PRIMARY, 1, False, False),
    ("104", "松林", PRIMARY, 1, True, False),
    ("106", "希望", PRIMARY, 1, False, False),
    ("107", "求实", JUNIOR, 1, True, False),
    ("107", "山花", PRIMARY, 1, False, False),
    ("107", "翠竹", PRIMARY, 1, True, False),
    ("201", "同心", NINE_YEAR, 1, True, False),
    ("201", "碧水", PRIMARY, 1, False, False),
    ("201", "望江", PRIMARY, 1, True, False),
    ("202", "自强", JUNIOR, 1, True, False),
    ("202", "彩云", PRIMARY, 1, False, False),
    ("202", "长青", PRIMARY, 1, False, False),
    ("203", "笃学", JUNIOR, 1, True, False),
    ("203", "茶山", PRIMARY, 1, False, False),
    ("203", "星火", PRIMARY, 1, True, False),
    ("204", "思源", JUNIOR, 1, True, False),
    ("204", "凤凰", PRIMARY, 1, False, False),
    ("204", "银杏", PRIMARY, 1, False, False),
    ("205", "团结", NINE_YEAR, 1, True, False),
    ("205", "梧桐", PRIMARY, 1, False, False),
    ("205", "箐口", PRIMARY, 1, True, False),
)
_FEWEST_SCHOOLS = 3


def word_of(code: str) -> str:
    """The invented name of the school with this code; empty for a school not made by the demo."""
    order = int(code[-3:])
    return _SCHOOLS[order - 1][1] if 1 <= order <= len(_SCHOOLS) else ""


def plan(pupils: int) -> list[ClassPlan]:
    """The classes of a county of so many pupils; a small county has fewer and smaller ones."""
    drawn = list(_drawn(pupils))
    sizes = _scaled([size for _, _, _, size in drawn], pupils)
    return [
        ClassPlan(school, grade, number_, size)
        for (school, grade, number_, _), size in zip(drawn, sizes, strict=True)
    ]


def _drawn(pupils: int) -> Iterator[tuple[SchoolPlan, int, int, int]]:
    total = 0
    for order, row in enumerate(_SCHOOLS, start=1):
        if order > _FEWEST_SCHOOLS and total >= 2 * pupils:
            return
        school = SchoolPlan(order, *row)
        for grade in _GRADES[school.kind]:
            for class_number in range(1, school.classes + 1):
                size = _usual_size(school, grade, class_number)
                total += size
                yield school, grade, class_number, size


def _usual_size(school: SchoolPlan, grade: int, class_number: int) -> int:
    middle, around = (45, 5) if grade > 6 else (28, 8)
    return middle + number(-around, around, "size", school.word, grade, class_number)


def _scaled(sizes: list[int], pupils: int) -> list[int]:
    """Class sizes in proportion, adding up to ``pupils`` unless classes would become empty."""
    factor = pupils / sum(sizes)
    scaled = [max(_SMALLEST_CLASS, int(size * factor)) for size in sizes]
    for index in range(max(0, pupils - sum(scaled))):
        scaled[index % len(scaled)] += 1
    return scaled
