"""Phone numbers as people type them."""

import pytest

from accounts.phones import normalised, to_e164
from domain.errors import Refused


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed, number):
    assert to_e164(typed) == number


@pytest.mark.parametrize("typed", ["", "12", "not a number", "+86 99999999999", "1" * 100, "13800138000 ext. 5 x 6 y"])
def test_what_is_no_number_is_refused(typed):
    assert normalised(typed) is None
    with pytest.raises(Refused):
        to_e164(typed, "phone")
