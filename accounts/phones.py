"""Phone numbers as people type them, and as they are kept."""

import phonenumbers

from domain.errors import ErrorCode, refusal
from domain.messages import Message

#: A number typed without a country code is Chinese.
HOME_REGION = "CN"
LONGEST_TYPED = 40


def to_e164(typed: str, *path: str) -> str:
    """``typed`` as E.164, such as +8613800138000. Refuses what is no valid number."""
    number = normalised(typed)
    if number is None:
        raise refusal(ErrorCode.VALIDATION, Message.PHONE_FORM, *path)
    return number


def normalised(typed: str) -> str | None:
    """``typed`` as E.164, or None where it is no valid number."""
    if len(typed) > LONGEST_TYPED:
        return None
    try:
        number = phonenumbers.parse(typed, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
