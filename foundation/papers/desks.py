"""Who drafts and who signs papers at a school, a township and the county, as sets of roles.

A kind of paper names these sets; a role in one of them holds the right in accounts/roles.py.
"""

SCHOOL_DRAFTS = frozenset({"registrar", "head_teacher"})
SCHOOL_SIGNS = frozenset({"head_teacher"})
TOWNSHIP_DRAFTS = frozenset({"township_officer", "township_leader"})
TOWNSHIP_SIGNS = frozenset({"township_leader"})
COUNTY_DRAFTS = frozenset({"county_desk"})
COUNTY_SIGNS = frozenset({"bureau_leader"})
