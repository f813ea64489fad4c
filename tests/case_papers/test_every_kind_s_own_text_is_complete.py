"""A county begins its text from the kind's own: what it may save must hold for that one first."""

import pytest

from foundation.papers.kinds import KINDS
from foundation.papers.rules.merging import problems_of


@pytest.mark.parametrize("code", sorted(KINDS))
def test_the_own_text_of_a_kind_may_be_saved_by_a_county(code: str) -> None:
    assert problems_of(KINDS[code].words, KINDS[code].text_fields) == []


def test_what_its_own_text_names_a_county_s_text_must_name() -> None:
    kind = KINDS["asking"]
    assert [one.name for one in kind.text_fields if one.name == "家庭住址" and one.required]
    assert not [one.name for one in kind.text_fields if one.name == "学校" and one.required]
