"""What each viewer is to see of the author's profile, field by field, under each audience that the author chooses.

Written from the design: nothing in it may be computed from policy/ or stores/.
"""

from typing import Any

#: The choices: as before any, then the four audiences. Each cell of the table has one place for each of them.
CHOICES = (None, "ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC")

#: How each viewer stands to the author, in the columns' order.
VIEWERS = (
    "author",
    "friend",
    "following the author",
    "followed by the author",
    "stranger",
    "blocking the author",
    "blocked by the author",
    "anonymous",
    "moderator",
    "admin",
)

#: D: the field shows before any choice; O, F, M, P: it shows where the author chose ONLY_ME, FRIENDS, MEMBERS, PUBLIC;
#: -: it is null; /: the author may not open it that far, and what stood before stands; .: the author is not there.
TABLE = """
          author friend following followed stranger blocking blocked anonymous moderator admin
AVATAR    DOFMP  D-FMP  D--MP     D--MP    D--MP    .....    .....   ----P     D--MP     D--MP
BIO       DOFMP  D-FMP  D--MP     D--MP    D--MP    .....    .....   ----P     D--MP     D--MP
GENDER    DOFMP  --FMP  ---MP     ---MP    ---MP    .....    .....   ----P     ---MP     ---MP
LOCATION  DOFMP  --FMP  ---MP     ---MP    ---MP    .....    .....   ----P     ---MP     ---MP
BIRTHDAY  DOFMP  --FMP  ---MP     ---MP    ---MP    .....    .....   ----P     ---MP     ---MP
WEBSITE   DOFMP  D-FMP  D--MP     D--MP    D--MP    .....    .....   ----P     D--MP     D--MP
EMAIL     DOFM/  --FM/  ---M/     ---M/    ---M/    ..../    ..../   ----/     ---M/     ---M/
PHONE     DOF//  --F//  ---//     ---//    ---//    ...//    ...//   ---//     ---//     ---//
"""

#: The same things as the API names them.
NAMES = {
    "AVATAR": "avatarUrl",
    "BIO": "bio",
    "GENDER": "gender",
    "LOCATION": "location",
    "BIRTHDAY": "birthday",
    "WEBSITE": "website",
    "EMAIL": "email",
    "PHONE": "phone",
}

AVATAR = "https://veranda.example/pictures/ann.png"
PHONE = "+8613800100001"
#: What everyone reads to whom it shows.
SHOWN: dict[str, Any] = {
    "AVATAR": AVATAR,
    "BIO": {"text": "I draw.", "source": None},
    "GENDER": "FEMALE",
    "LOCATION": "杭州",
    "BIRTHDAY": {"year": 1990, "month": 2, "day": 3},
    "WEBSITE": {"url": "https://ann.example/"},
    "EMAIL": "ann@example.com",
    "PHONE": PHONE,
}
#: What the author alone reads otherwise.
SHOWN_TO_AUTHOR: dict[str, Any] = SHOWN | {"BIO": {"text": "I draw.", "source": "I *draw*."}}

#: A birthday as given, and as others read it at each precision. The author always reads all of it.
BIRTHDAYS: dict[str, tuple[dict[str, int], dict[str, dict[str, int | None] | None]]] = {
    "whole": (
        {"year": 1990, "month": 2, "day": 3},
        {
            "FULL_DATE": {"year": 1990, "month": 2, "day": 3},
            "MONTH_AND_DAY": {"year": None, "month": 2, "day": 3},
            "YEAR": {"year": 1990, "month": None, "day": None},
        },
    ),
    "year alone": (
        {"year": 1990},
        {
            "FULL_DATE": {"year": 1990, "month": None, "day": None},
            "MONTH_AND_DAY": None,
            "YEAR": {"year": 1990, "month": None, "day": None},
        },
    ),
    "day alone": (
        {"month": 2, "day": 3},
        {
            "FULL_DATE": {"year": None, "month": 2, "day": 3},
            "MONTH_AND_DAY": {"year": None, "month": 2, "day": 3},
            "YEAR": None,
        },
    ),
}


def rows() -> dict[str, dict[str, str]]:
    """By field and viewer, the five places of the cell."""
    _, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return {field: dict(zip(VIEWERS, cells, strict=True)) for field, *cells in lines}


def may_choose(field: str, choice: str | None) -> bool:
    return rows()[field]["author"][CHOICES.index(choice)] != "/"


def profile_seen(viewer: str, choice: str | None) -> dict[str, Any] | None:
    """The whole profile as the table has it, or None where the author is not there."""
    values = SHOWN_TO_AUTHOR if viewer == "author" else SHOWN
    letters = {field: _letter(cells[viewer], choice) for field, cells in rows().items()}
    if set(letters.values()) == {"."}:
        return None
    return {NAMES[field]: values[field] if letter not in "-." else None for field, letter in letters.items()}


def _letter(cell: str, choice: str | None) -> str:
    """A field that does not open so far stands as before any choice."""
    letter = cell[CHOICES.index(choice)]
    return cell[0] if letter == "/" else letter
