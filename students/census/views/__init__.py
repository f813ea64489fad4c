"""The pages of entering school. One module for each noun."""

from students.census.views import (
    arrivals,
    catchments,
    entrants,
    handovers,
    notices,
    years,
)

__all__ = ["arrivals", "catchments", "entrants", "handovers", "notices", "years"]
