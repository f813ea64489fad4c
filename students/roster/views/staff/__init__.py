"""The people of a school or a township: who they are, their posts, their classes, their slips."""

from students.roster.views.staff import classes, people, posts, sheet, slips

__all__ = ["classes", "people", "posts", "sheet", "slips"]
