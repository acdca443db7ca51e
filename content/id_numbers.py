"""Numbers that are somebody's, told by their check digits and number plans from those that are not."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from accounts.phones import normalised

_NOT_A_DIGIT: Final = re.compile("[^0-9]")
_DIGITS: Final = re.compile("[0-9]+")

_HOME_CODE: Final = r"(?:(?:\+|00)?86[ .-]?)?"
#: A mainland mobile number, with or without the country's code, however its digits are set apart.
MOBILE: Final = rf"{_HOME_CODE}1[ .-]?[3-9](?:[ .-]?\d){{9}}"
#: How its digits are grouped; other groups are a row of numbers or a version, unless hyphens hold them together.
_MOBILE_GROUPS: Final = frozenset(
    {(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 8), (7, 4), (5, 6), (1,) * 11}
)

# What 1 to 17 digits, each weighed with a power of two, leave when divided by 11.
_CHECK_DIGITS: Final = "10X98765432"
_DOUBLED: Final = str.maketrans("0123456789", "0246813579")


def digits_of(written: str) -> Iterator[re.Match[str]]:
    """The groups of digits in ``written``."""
    return _DIGITS.finditer(written)


def identity_number(written: str) -> str | None:
    """By GB 11643: a place, a birth date, an order, and a check digit as ISO 7064 mod 11-2 has it."""
    number = re.sub("[^0-9X]", "", written.upper())
    weighed = sum(int(digit) << (17 - place) for place, digit in enumerate(number[:17]))
    return number if _CHECK_DIGITS[weighed % 11] == number[17] and _is_a_birth_date(number[6:14]) else None


def luhn_number(written: str) -> str | None:
    """By the check digit that payment cards carry (ISO/IEC 7812)."""
    number = _NOT_A_DIGIT.sub("", written)
    total = sum(map(int, number[-1::-2])) + sum(map(int, number[-2::-2].translate(_DOUBLED)))
    return number if total % 10 == 0 else None


def mobile(written: str) -> str | None:
    """As E.164."""
    number = re.sub(rf"^{_HOME_CODE}(?=1)", "", written)
    groups = tuple(group.end() - group.start() for group in digits_of(number))
    is_a_row = not {" ", "."}.isdisjoint(number) and groups not in _MOBILE_GROUPS
    return None if is_a_row else "+86" + _NOT_A_DIGIT.sub("", number)


def by_number_plan(written: str) -> str | None:
    """As E.164, where some country has such numbers."""
    return normalised(written)


def _is_a_birth_date(written: str) -> bool:
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return born.year >= 1900
