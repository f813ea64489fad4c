"""The pages of the register, of its papers and of its imports."""

from students.roster.views import documents, imports, pupils

__all__ = ["documents", "imports", "pupils"]
