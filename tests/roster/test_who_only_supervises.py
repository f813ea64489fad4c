"""The supervision office reads the register with names it cannot read out (security 4.3, L2)."""

from datetime import date
from io import BytesIO

import time_machine
from openpyxl import load_workbook

from cases.rules.codes import CAUSES, SENSITIVE_CAUSES, cause_label, cause_on_paper
from foundation.accounts.roles import ROLES, Right
from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from tests.browsing import let_in
from tests.cases.steps import FIRST_MISSED, call_roll
from tests.cast import Cast, make_child


def test_a_supervisor_reads_masked_names_in_list_and_page(cast: Cast, client) -> None:
    guardians = ({"name": "张大山", "relation": "父亲"},)
    child = make_child(cast.here, "张小明", guardians=guardians)
    let_in(client, cast.person("supervisor"))
    for path in ("/roster/", f"/pupils/{child.pk}/"):
        page = client.get(path).content.decode()
        assert "张**" in page
        assert "张小明" not in page
        assert "张大山" not in page


def test_every_other_role_that_sees_children_reads_their_names() -> None:
    blind = {
        role.code
        for role in ROLES
        if role.rights & {Right.SEE_PUPILS, Right.SEE_CASES} and Right.SEE_NAMES not in role.rights
    }
    assert blind == {"supervisor", "bureau_leader"}  # 局领导 reads figures


@time_machine.travel("2025-09-12 04:00:00+00:00", tick=False)
def test_a_supervisor_reads_the_month_of_birth_alone(cast: Cast, client) -> None:
    """Page, history and report read it as the page of the case does."""
    child = make_child(cast.here, born_on=date(2012, 5, 6))
    Child.objects.filter(pk=child.pk).update(born_on=date(2012, 5, 7))
    call_roll(cast, FIRST_MISSED, child)
    spell = AbsenceSpell.objects.get(child=child)
    report = f"/mornings/absences/{spell.pk}/"
    for role, is_whole in (("supervisor", False), ("county_desk", True)):
        let_in(client, cast.person(role))
        book = load_workbook(BytesIO(client.get(f"{report}?book=1").content))
        texts = [client.get(path).content.decode() for path in (f"/pupils/{child.pk}/", report)]
        texts.append(" ".join(str(c.value) for row in book.worksheets[0].rows for c in row))
        for words in texts:
            assert ("2012年5月7日" in words) == is_whole
            assert ("2012-05" in words) != is_whole


def test_a_supervisor_reads_the_same_causes_of_a_child_everywhere(cast: Cast) -> None:
    """Case page, report and return ask one function: 信教, 怀孕, 涉案 read 其他, no other."""
    hidden = {code for code in CAUSES if cause_label(code, sensitive=False) != CAUSES[code]}
    assert hidden == SENSITIVE_CAUSES
    assert {cause_label(code, sensitive=False) for code in hidden} == {"其他"}
    for code in CAUSES:
        on_paper = cause_on_paper(code, sensitive=False, county=False)
        assert on_paper == cause_label(code, sensitive=False)
