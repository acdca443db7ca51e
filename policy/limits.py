"""How much, how long and how often: every bound of the house, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
#: `nodes` answers at most as many as a page.
MAX_NODES = 100

HANDLE_LENGTH = (2, 24)
DISPLAY_NAME_LENGTH = 40
#: NIST SP 800-63B asks for 8; the upper bound keeps hashing cheap.
PASSWORD_LENGTH = (8, 200)
LOCATION_LENGTH = 80
BIO_LENGTH = 2_000
URL_LENGTH = 2_000
EMAIL_LENGTH = 254
TITLE_LENGTH = 200
BODY_LENGTH = 20_000
EXPLANATION_LENGTH = 2_000
SLUG_LENGTH = (2, 40)
IDEMPOTENCY_KEY_LENGTH = 100
#: One level of answers under a comment; deeper threads come with the community's own pages.
MAX_REPLY_DEPTH = 1
#: Counting stops here: nobody reads past it, and an exact count of a big board costs a scan.
MAX_COUNTED_POSTS = 1_000
MAX_FOLLOWS = 5_000
MAX_BLOCKS = 2_000

CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
SESSION_LIFETIME = timedelta(days=60)
#: A client that retries later than this has long given up.
IDEMPOTENCY_LIFETIME = timedelta(days=7)


class Rate(Enum):
    """What is counted, and by whom."""

    CODE_PER_PHONE_SOON = "code-phone-soon"
    CODE_PER_PHONE = "code-phone"
    CODE_PER_ADDRESS = "code-address"
    SIGN_IN_PER_LOGIN = "sign-in-login"
    SIGN_IN_PER_ADDRESS = "sign-in-address"


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most ``times`` in each ``window``."""

    times: int
    window: timedelta


#: Codes cost money and annoy; sign-in tries are how passwords are guessed. Where Redis is away all of them refuse.
RATES: Mapping[Rate, Allowance] = {
    Rate.CODE_PER_PHONE_SOON: Allowance(1, timedelta(seconds=60)),
    Rate.CODE_PER_PHONE: Allowance(10, timedelta(days=1)),
    Rate.CODE_PER_ADDRESS: Allowance(60, timedelta(hours=1)),
    Rate.SIGN_IN_PER_LOGIN: Allowance(10, timedelta(minutes=10)),
    Rate.SIGN_IN_PER_ADDRESS: Allowance(100, timedelta(minutes=10)),
}
