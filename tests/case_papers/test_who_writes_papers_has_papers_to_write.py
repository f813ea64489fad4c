"""The rights table and the kinds agree, so that 文书 and 待签发 are empty for nobody by design."""

from foundation.accounts.roles import ROLES, Right
from foundation.papers.kinds import KINDS


def _holders(right: Right) -> set[str]:
    return {role.code for role in ROLES if right in role.rights}


def test_each_role_that_drafts_is_named_by_a_kind() -> None:
    named = {role for kind in KINDS.values() for role in kind.drafters}
    assert named == _holders(Right.DRAFT_PAPERS)


def test_each_role_that_signs_is_named_by_a_kind() -> None:
    named = {role for kind in KINDS.values() for role in kind.signers}
    assert named == _holders(Right.SIGN_PAPERS)
