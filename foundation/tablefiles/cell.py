"""The type of a table's cell after reading."""

from datetime import date

Cell = str | float | bool | date | None
