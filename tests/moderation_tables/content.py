"""What comes of every action about posts and comments, on a case about them and without one."""

from collections.abc import Mapping
from typing import Any

#: On a case. LOCKED: nobody may comment under it. HANDED_OVER: held, and its board's owner asked moderators to look.
POST_ON_A_CASE = """
                      PUBLISHED   LOCKED      HELD        HANDED_OVER REMOVED     DELETED
APPROVE               i---cc.cc.  i---cc.cc.  i---cc.cc.  i---xx.xx.  i---cc.cc.  i---cc.cc.
REMOVE                i---xx.xx.  i---xx.xx.  i---xx.xx.  i---xx.xx.  i---cc.cc.  i---cc.cc.
RESTORE               i---cc.cc.  i---cc.cc.  i---cc.cc.  i---cc.cc.  i---xx.xx.  i---cc.cc.
LOCK                  i---xx.xx.  i---cc.cc.  i---cc.cc.  i---cc.cc.  i---cc.cc.  i---cc.cc.
UNLOCK                i---cc.cc.  i---xx.xx.  i---cc.cc.  i---cc.cc.  i---cc.cc.  i---cc.cc.
WARN                  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
MUTE                  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
SUSPEND               i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
BAN                   i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
LIFT                  i---c-.cc.  i---c-.cc.  i---c-.cc.  i---c-.cc.  i---c-.cc.  i---c-.cc.
REQUIRE_VERIFICATION  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
DISMISS               i---xx.xx.  i---xx.xx.  i---xx.xx.  i---xx.xx.  i---xx.xx.  i---xx.xx.
"""

COMMENT_ON_A_CASE = """
                      PUBLISHED   HELD        REMOVED     DELETED
APPROVE               i---cc.cc.  i---cc.cc.  i---cc.cc.  i---cc.cc.
REMOVE                i---xx.xx.  i---xx.xx.  i---cc.cc.  i---cc.cc.
RESTORE               i---cc.cc.  i---cc.cc.  i---xx.xx.  i---cc.cc.
LOCK                  i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.
UNLOCK                i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.
WARN                  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
MUTE                  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
SUSPEND               i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
BAN                   i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
LIFT                  i---c-.cc.  i---c-.cc.  i---c-.cc.  i---c-.cc.
REQUIRE_VERIFICATION  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.
DISMISS               i---xx.xx.  i---xx.xx.  i---xx.xx.  i---xx.xx.
"""

#: Without a case. HIDE is the owners' own: it holds what others left on their board.
POST_DIRECTLY = """
                      PUBLISHED   LOCKED      HELD        HANDED_OVER REMOVED     DELETED
APPROVE               i--=cc-cc-  i--=cc-cc-  i.-occ-cc-  i.-oxx-xx-  i.-.cc-cc-  i.........
HIDE                  i--o------  i--o------  i.-=------  i.-=------  i.-.------  i.........
REMOVE                i---xx-xx-  i---xx-xx-  i---xx-xx-  i---xx-xx-  i---cc-cc-  i---......
RESTORE               i---cc-cc-  i---cc-cc-  i---cc-cc-  i---cc-cc-  i---xx-xx-  i---......
"""

COMMENT_DIRECTLY = """
                      PUBLISHED   HELD        REMOVED     DELETED
APPROVE               i--=cc-cc-  i.-occ-cc-  i.-.cc-cc-  i.........
HIDE                  i--o------  i.-=------  i.-.------  i.........
REMOVE                i---xx-xx-  i---xx-xx-  i---cc-cc-  i---......
RESTORE               i---cc-cc-  i---cc-cc-  i---xx-xx-  i---......
"""

#: What becomes of the post or comment, by where it stood; whatever is not named here stays as it was. None: it is gone.
BECOMES: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("APPROVE", "HELD"): {"state": "PUBLISHED"},
    ("APPROVE", "HANDED_OVER"): {"isHandedOver": None},
    ("HIDE", "PUBLISHED"): {"state": "HELD"},
    ("HIDE", "LOCKED"): {"state": "HELD"},
    ("REMOVE", "PUBLISHED"): {"state": "REMOVED", "removedFrom": "PUBLISHED"},
    ("REMOVE", "LOCKED"): {"state": "REMOVED", "removedFrom": "PUBLISHED"},
    ("REMOVE", "HELD"): {"state": "REMOVED", "removedFrom": "HELD"},
    ("REMOVE", "HANDED_OVER"): {"state": "REMOVED", "removedFrom": "HELD"},
    ("RESTORE", "REMOVED"): {"state": "PUBLISHED"},
    ("LOCK", "PUBLISHED"): {"isLocked": True},
    ("UNLOCK", "LOCKED"): {"isLocked": False},
}
#: Owners publish by approving; what they handed over stays before moderators all the same.
BECOMES_BY_OWNER = {**BECOMES, ("APPROVE", "HANDED_OVER"): {"state": "PUBLISHED"}}

#: What becomes of the number of comments that their post shows.
COUNTED = {
    ("APPROVE", "HELD"): 1,
    ("HIDE", "PUBLISHED"): -1,
    ("REMOVE", "PUBLISHED"): -1,
    ("RESTORE", "REMOVED"): 1,
}
