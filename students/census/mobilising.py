"""R24: which school must fetch a child that should register (茂政发〔2023〕6号 五(三)1)."""

from datetime import date


def mobilising_school(
    junior_id: int, primary_id: int | None, registered_on: date | None, day: date
) -> int:
    """The school that must fetch the child on ``day``.

    A grade-6 graduate belongs to its primary school until it has reported at the junior high, and
    to the junior high from that day on. A child that never reports stays with the primary school
    for good. A child from no primary school belongs to the school of its own catchment from the
    beginning.
    """
    if primary_id is None or (registered_on is not None and registered_on <= day):
        return junior_id
    return primary_id
