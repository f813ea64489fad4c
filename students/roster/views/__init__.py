"""The pages of the register and of its imports."""

from students.roster.views import imports, pupils

__all__ = ["imports", "pupils"]
