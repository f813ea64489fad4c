"""The pages of entering school, one module a noun."""

from students.census.views import (
    arrivals,
    catchments,
    entrants,
    handovers,
    notices,
    years,
)

__all__ = ["arrivals", "catchments", "entrants", "handovers", "notices", "years"]
