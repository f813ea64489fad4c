"""Ending a spell, opening it again, and moving it to another class."""

from datetime import date

from students.roster.models import Enrolment, SchoolClass


def end_spell(spell: Enrolment, day: date) -> Enrolment:
    """The child leaves the class, ``day`` being the last day there."""
    spell.ends_on = day
    spell.save(update_fields=["ends_on"])
    return spell


def reopen_spell(spell: Enrolment, school_class: SchoolClass | None = None) -> Enrolment:
    """The spell goes on as if it had not ended; in another class of the school where one is given.

    The database refuses it when the child has a later spell.
    """
    spell.ends_on = None
    spell.school_class = school_class or spell.school_class
    spell.save(update_fields=["ends_on", "school_class"])
    return spell
