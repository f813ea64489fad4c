"""A hukou written as an address is the county's village whose name it bears, if only one fits."""

import pytest

from students.roster.models import Child
from students.roster.rules.home_addresses import HomeVillage, HomeVillages
from tests.cast import Cast
from tests.roster.sheets import book, pupil
from tests.roster.steps import read, row, words, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def village(code: str, name: str, township: str) -> HomeVillage:
    return HomeVillage(code, frozenset({name}), township)


COUNTY = HomeVillages(
    "凤庆县",
    (
        village("530921100201", "安石村民委员会", "凤山镇"),
        village("530921100001", "城关社区居民委员会", "凤山镇"),
        village("530921101201", "永胜村民委员会", "鲁史镇"),
        village("530921102201", "永胜村民委员会", "小湾镇"),
        village("530921102202", "上安石村民委员会", "小湾镇"),
    ),
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("云南省凤庆县凤山镇安石村民委员会", "530921100201"),
        ("云南省临沧市凤庆县凤山镇安石村委会3组", "530921100201"),
        ("凤山镇 安石村", "530921100201"),
        ("凤庆县城关社区", "530921100001"),
        ("凤庆县小湾镇上安石村", "530921102202"),
        ("凤庆县鲁史镇永胜村", "530921101201"),
        ("凤庆县永胜村", ""),  # two villages of that name
        ("云南省云县凤山镇安石村", ""),  # another county
        ("安石村", ""),  # of which county?
        ("云南省", ""),
        ("凤庆县凤山镇", ""),
    ],
)
def test_only_a_match_that_is_the_only_one_counts(written: str, code: str) -> None:
    assert COUNTY.code_of(written) == code


def test_a_sheet_with_addresses_puts_the_children_into_their_villages(cast: Cast) -> None:
    written = f"{cast.county.region.name}东镇东村村民委员会2组"
    batch = read(cast, book(pupil(1, 户口所在地=written)))
    assert "户籍待核实" not in words(row(batch).warnings)
    write(cast, batch)
    assert Child.objects.get().home_village == cast.here.village
