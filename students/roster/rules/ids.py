"""ID numbers (公民身份号码, GB 11643-1999): check digit, birth date, sex. The region is never
read."""

from datetime import date
from functools import lru_cache
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)  # the check digit is computed from the ASCII bytes of the digits

# No place has this code, so an invented number never belongs to a living person.
INVENTED_REGION = "530999"


def check_digit(first_17: str) -> str:
    """Return the 18th character for the first 17 digits."""
    return _CHECKS[(sum(map(mul, first_17.encode(), _WEIGHTS)) - _ZEROS) % 11]


def is_valid(number: str) -> bool:
    """Whether it has 18 characters, a real birth date and the right check character."""
    return (
        _has_shape(number)
        and check_digit(number[:17]) == number[17]
        and birth_of(number) is not None
    )


def birth_of(number: str) -> date | None:
    """Return the birth date in digits 7 to 14; None when it is no date."""
    return _date_of(number[6:14]) if _has_shape(number) else None


def sex_of(number: str) -> str:
    """Return 1 for male or 2 for female: the 17th digit is odd or even."""
    return "1" if int(number[16]) % 2 else "2"


def invent(born_on: date, sequence: int, sex: str, region: str = INVENTED_REGION) -> str:
    """Return a number with a valid check digit for demos and tests; ``sequence`` 0 to 499, sex 1 or
    2."""
    order = sequence * 2 + (1 if sex == "1" else 0)
    first_17 = f"{region}{born_on:%Y%m%d}{order:03d}"
    return first_17 + check_digit(first_17)


def complaint_about(number: str) -> str:
    """Return what is wrong with a number and how to correct it, in Chinese; "" when it is right."""
    if len(number) != 18:
        return f"身份证件号应为18位，现为{len(number)}位，请核对"
    if not _has_shape(number):
        return "身份证件号前17位应为数字，末位为数字或X，请核对"
    if birth_of(number) is None:
        return "身份证件号第7至14位不是有效的出生日期，请核对"
    if check_digit(number[:17]) != number[17]:
        return "身份证件号第18位校验不符，请核对"
    return ""


def _has_shape(number: str) -> bool:
    """Whether it is 17 digits, then a digit or X. A regular expression would be slower."""
    return (
        len(number) == 18
        and number.isascii()
        and number[:17].isdigit()
        and (number[17].isdigit() or number[17] == "X")
    )


@lru_cache(maxsize=20_000)
def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
