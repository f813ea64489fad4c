"""The supervision office reads the register with names it cannot read out (security 4.3, L2)."""

from foundation.accounts.roles import ROLES, Right
from tests.browsing import BACKEND
from tests.cast import Cast, make_child


def test_a_supervisor_reads_masked_names_in_list_and_page(cast: Cast, client) -> None:
    guardians = ({"name": "张大山", "relation": "父亲"},)
    child = make_child(cast.here, "张小明", guardians=guardians)
    client.force_login(cast.person("supervisor"), backend=BACKEND)
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
    assert blind == {"supervisor"}
