"""The red rows of a book are mended on the page: every doubtful cell, or the whole row left out."""

import re

import pytest
from django.test import Client

from kongchuo.setup.opening.models import OpeningBook
from tests.browsing import page
from tests.opening.steps import ROWS, found_county, ordered, signed_in, uploaded, workbook

pytestmark = pytest.mark.django_db
ASTRAY = ("530999101202", "山上村民委员会", "西乡")
HEAD = ("周校长", "13900000006", "校长", "东镇中学", "2026-08-20")
TEACHER = ("郑班主", "13900000009", "班主任", "东镇中学", "")


@pytest.fixture
def first() -> Client:
    slips = found_county()
    return signed_in("13900000001", slips["13900000001"])


def test_a_village_under_the_wrong_township_is_mended_by_its_code(first: Client) -> None:
    at = uploaded(first, workbook(villages=[*ROWS["villages"], ASTRAY]))
    words = page(first.get(at))
    assert "530999101202 山上村民委员会" in words
    name = re.search(r'name="(villages-\d+-code)" value="530999101202"', words)
    assert name
    first.post(f"{at}correct/", {name[1]: "530999102202"})
    assert "须改正的单元格" not in page(first.get(at))


def test_a_row_is_left_out_on_the_page_and_taken_back_in(first: Client) -> None:
    at = uploaded(first, workbook(people=[*ROWS["people"], TEACHER]))
    words = page(first.get(at))
    assert "这一行请删去" in words
    mark = re.search(r'name="leave" value="(people-\d+)"', words)
    assert mark
    first.post(f"{at}correct/", {"leave": mark[1]})
    words = page(first.get(at))
    assert "郑班主" in words[words.index("不要的行") :]
    first.post(f"{at}correct/", {"take": mark[1]})
    assert "这一行请删去" in page(first.get(at))
    first.post(f"{at}correct/", {"leave": mark[1]})
    seen = re.search(r'name="mark" value="(\w+)"', page(first.get(at)))
    assert seen
    ordered(first, at, seen[1])
    assert OpeningBook.objects.get().state == OpeningBook.WRITTEN


def test_the_people_of_a_red_school_are_folded_under_it(first: Client) -> None:
    school = ("315300010", *ROWS["schools"][1][1:])
    at = uploaded(first, workbook(schools=[ROWS["schools"][0], school], people=[HEAD]))
    words = page(first.get(at))
    assert "另有1处等它改好" in words
    assert "有1处要改，另有1处等它们改好" in words
    assert "东镇中学" in words
    code = re.search(r'name="(schools-\d+-code)"', words)
    assert code
    assert "people-" not in words
