"""Masks protected values for pages that may not show them whole."""

from datetime import date


def mask_id(number: str) -> str:
    """An ID number with its first four and last four characters, e.g. 5309********1234."""
    return f"{number[:4]}{'*' * max(len(number) - 8, 4)}{number[-4:]}" if number else ""


def mask_phone(phone: str) -> str:
    """A telephone number with its middle hidden, e.g. 138****1111."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "*" * len(phone)


def mask_text(text: str) -> str:
    """An address or other text: only its first six characters."""
    return f"{text[:6]}…" if len(text) > 6 else text


def mask_birth(born_on: date) -> str:
    """A day of birth with its month only, e.g. 2011-02."""
    return f"{born_on:%Y-%m}"


def mask_name(name: str) -> str:
    """A name with its first character only, e.g. 张**."""
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}" if name else ""
