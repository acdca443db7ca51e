"""How the tables of the rule book are read.

They are written from the design: nothing in them may be computed from policy/ or moderation/. Each cell has a letter
for each of ROLES, from left to right.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple


class Role(NamedTuple):
    """Who acts, and who wrote what it is about, or is the member whom it is about."""

    actor: str
    subject: str


#: Ann, Bob and Olga are members, Mo and Mia moderators, Ada is an admin. Posts and comments stand on Olga's board.
ROLES: Mapping[str, Role] = {
    "visitor": Role("visitor", "ann"),
    "member": Role("bob", "ann"),
    "member about their own": Role("ann", "ann"),
    "board owner": Role("olga", "ann"),
    "moderator": Role("mo", "ann"),
    "moderator about another's": Role("mo", "mia"),
    "moderator about their own": Role("mia", "mia"),
    "admin": Role("ada", "ann"),
    "admin about a moderator's": Role("ada", "mia"),
    "admin about their own": Role("ada", "ada"),
}

ACTIONS = (
    "APPROVE",
    "REMOVE",
    "RESTORE",
    "LOCK",
    "UNLOCK",
    "WARN",
    "MUTE",
    "SUSPEND",
    "BAN",
    "LIFT",
    "REQUIRE_VERIFICATION",
    "DISMISS",
)

#: What a letter says: carried out and on the record; by a board's owner, who needs no record; nothing to do, and said
#: so without a complaint.
DONE, BY_OWNER, AS_IT_WAS = "x", "o", "="
#: What else a letter says: the code of the refusal, which changes nothing.
REFUSED = {
    "i": "NOT_SIGNED_IN",
    "-": "FORBIDDEN",
    ".": "NOT_FOUND",
    "s": "POSTING_SUSPENDED",
    "c": "CONFLICT",
    "v": "VALIDATION",
}


class Cell(NamedTuple):
    """What is tried, where it stands, and by whom."""

    action: str
    state: str
    role: str


def cells(table: str) -> Mapping[Cell, str]:
    """The letter of every cell; states head the columns, actions the rows."""
    head, *lines = [line for line in table.splitlines() if line.strip()]
    states = head.split()
    return {
        Cell(action, state, role): letter
        for action, *words in (re.split(r" +", line.strip()) for line in lines)
        for state, word in zip(states, words, strict=True)
        for role, letter in zip(ROLES, word, strict=True)
    }
