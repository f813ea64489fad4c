"""The pages of the register and of its imports."""

from students.roster.views import exports, groups, imports, pupils

__all__ = ["exports", "groups", "imports", "pupils"]
