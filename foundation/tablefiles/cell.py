"""What one cell of a table holds once it was read."""

from datetime import date

Cell = str | float | bool | date | None
