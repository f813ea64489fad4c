"""The pages of the register, of its papers, of its imports, and of a school's staff."""

from students.roster.views import documents, exports, groups, imports, pupils, staff

__all__ = ["documents", "exports", "groups", "imports", "pupils", "staff"]
