"""The data inventory: every field of every table with its level (S17).

A row of the history (``<Model>Event``) holds what its model holds.
"""

from kongchuo.inventory.cases import CASES
from kongchuo.inventory.foundation import FOUNDATION
from kongchuo.inventory.framework import FRAMEWORK
from kongchuo.inventory.opening import OPENING
from kongchuo.inventory.roster import ROSTER
from kongchuo.inventory.shape import DataLevel, Holding
from kongchuo.inventory.students import STUDENTS

INVENTORY: tuple[Holding, ...] = (*FRAMEWORK, *FOUNDATION, *OPENING, *ROSTER, *STUDENTS, *CASES)
BY_MODEL = {holding.model: holding for holding in INVENTORY}

__all__ = ["BY_MODEL", "INVENTORY", "DataLevel", "Holding"]
