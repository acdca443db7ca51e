"""What comes of every action about members, on a case about them and without one."""

#: On a case. Who is suspended or banned themselves is told so, whatever they try.
ON_A_CASE = """
                      ACTIVE      WARNED      MUTED       VERIFICATION_REQUIRED SUSPENDED   BANNED
APPROVE               i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.            i-s-vvsvvs  i-s-vvsvvs
REMOVE                i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.            i-s-vvsvvs  i-s-vvsvvs
RESTORE               i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.            i-s-vvsvvs  i-s-vvsvvs
LOCK                  i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.            i-s-vvsvvs  i-s-vvsvvs
UNLOCK                i---vv.vv.  i---vv.vv.  i---vv.vv.  i---vv.vv.            i-s-vvsvvs  i-s-vvsvvs
WARN                  i---x-.xx.  i---x-.xx.  i---c-.cc.  i---c-.cc.            i-s-c-sccs  i-s-c-sccs
MUTE                  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---c-.cc.            i-s-c-sccs  i-s-c-sccs
SUSPEND               i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.            i-s-x-sxxs  i-s-c-sccs
BAN                   i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.            i-s-x-sxxs  i-s-c-sccs
LIFT                  i---c-.cc.  i---x-.xx.  i---x-.xx.  i---x-.xx.            i-s-x-sxxs  i-s-x-sxxs
REQUIRE_VERIFICATION  i---x-.xx.  i---x-.xx.  i---x-.xx.  i---c-.cc.            i-s-c-sccs  i-s-c-sccs
DISMISS               i---x-.xx.  i---x-.xx.  i---x-.xx.  i---x-.xx.            i-s-x-sxxs  i-s-x-sxxs
"""

DIRECTLY = """
                      ACTIVE      WARNED      MUTED       VERIFICATION_REQUIRED SUSPENDED   BANNED
APPROVE               i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
REMOVE                i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
RESTORE               i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
LOCK                  i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
UNLOCK                i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
WARN                  i---x--xx-  i---x--xx-  i---c--cc-  i---c--cc-            i-s-c-sccs  i-s-c-sccs
MUTE                  i---x--xx-  i---x--xx-  i---x--xx-  i---c--cc-            i-s-c-sccs  i-s-c-sccs
SUSPEND               i---x--xx-  i---x--xx-  i---x--xx-  i---x--xx-            i-s-x-sxxs  i-s-c-sccs
BAN                   i---x--xx-  i---x--xx-  i---x--xx-  i---x--xx-            i-s-x-sxxs  i-s-c-sccs
LIFT                  i---c--cc-  i---x--xx-  i---x--xx-  i---x--xx-            i-s-x-sxxs  i-s-x-sxxs
REQUIRE_VERIFICATION  i---x--xx-  i---x--xx-  i---x--xx-  i---c--cc-            i-s-c-sccs  i-s-c-sccs
DISMISS               i---vvvvvv  i---vvvvvv  i---vvvvvv  i---vvvvvv            i-s-vvsvvs  i-s-vvsvvs
"""

#: Where the subject stands afterwards, who wrote what it is about or whom it is about; None: in order again. An action
#: that is not listed leaves them where they stood.
BRINGS_TO = {
    "WARN": "WARNED",
    "MUTE": "MUTED",
    "SUSPEND": "SUSPENDED",
    "BAN": "BANNED",
    "LIFT": None,
    "REQUIRE_VERIFICATION": "VERIFICATION_REQUIRED",
}
#: These leave a case open, for they answer no report.
LEAVES_CASE_OPEN = {"LIFT", "UNLOCK"}
