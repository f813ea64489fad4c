"""With which rights a case is seen: those of the post that reaches it (design 4)."""

from cases.models import Case
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


def lets(viewer: Viewer, right: Right, case_id: int) -> bool:
    """Whether a post that reaches the case carries the right. No query where all posts agree."""
    if not viewer.has(right) or viewer.is_one_in(right) or viewer.day is None:
        return viewer.has(right)
    seen = Case.objects.visible_to(viewer.by(right), viewer.day)
    return bool(seen.filter(pk=case_id).exists())
