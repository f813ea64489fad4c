"""R24: which school mobilises a child that should register (茂政发〔2023〕6号 五(三)1)."""

from datetime import date


def mobilising_school(
    junior_id: int, primary_id: int | None, registered_on: date | None, day: date
) -> int:
    """The school that mobilises on ``day``.

    A grade-6 leaver belongs to the original primary school until it has reported at the junior
    high, and to the junior high from the day on which it did: who never reports stays with the
    primary school for good. A child that comes from no primary school belongs to the school of
    its own catchment from the beginning.
    """
    if primary_id is None or (registered_on is not None and registered_on <= day):
        return junior_id
    return primary_id
