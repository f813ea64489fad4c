"""The pages of the register and of its imports."""

from students.roster.views import imports, pupils, staff

__all__ = ["imports", "pupils", "staff"]
