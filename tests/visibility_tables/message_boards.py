"""What each viewer is to see of the author's entries and comments on the host's message board.

A row is missing where the board is closed to the viewer and nothing shows to them.
"""

#: The host's message board under each audience of its own, x where it is there.
BOARD = """
                              O F M P
author                        . . x x
host                          x x x x
friend of author              . . x x
friend of host                . x x x
friend of both                . x x x
follower of author            . . x x
stranger                      . . x x
blocked by author             . . x x
blocking the author           . . x x
blocked by host               . . . .
blocking the host             . . . .
anonymous                     . . . x
moderator                     . . x x
admin                         . . x x
moderator parted from author  . . x x
"""

#: The author's entries on the host's message board.
ENTRIES = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
on a board for ONLY_ME
author                        KK KK KK ..  KK KK KK ..  KK KK KK ..  KK KK KK ..
host                          BB WW .T .T  BB WW .T .T  BB WW .T .T  BB WW .T .T
on a board for FRIENDS
author                        KK KK KK ..  KK KK KK ..  KK KK KK ..  KK KK KK ..
host                          BB WW .T .T  BB WW .T .T  BB WW .T .T  BB WW .T .T
friend of host                .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
friend of both                .. .. .. ..  BB .. .T .T  BB .. .T .T  BB .. .T .T
on a board for MEMBERS
author                        AA OO OO .T  AA OO OO .T  AA OO OO .T  AA OO OO .T
host                          BB WW .T .T  BB WW .T .T  BB WW .T .T  BB WW .T .T
friend of author              .. .. .. ..  BB .. .T .T  BB .. .T .T  BB .. .T .T
friend of host                .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
friend of both                .. .. .. ..  BB .. .T .T  BB .. .T .T  BB .. .T .T
follower of author            .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
stranger                      .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
blocked by author             .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
blocking the author           .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
moderator                     .. .. .. ..  .. .. .. ..  BB II II .T  BB II II .T
admin                         .. .. .. ..  .. .. .. ..  BB II II .T  BB II II .T
moderator parted from author  .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
on a board for PUBLIC
author                        AA OO OO .T  AA OO OO .T  AA OO OO .T  AA OO OO .T
host                          BB WW .T .T  BB WW .T .T  BB WW .T .T  BB WW .T .T
friend of author              .. .. .. ..  BB .. .T .T  BB .. .T .T  BB .. .T .T
friend of host                .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
friend of both                .. .. .. ..  BB .. .T .T  BB .. .T .T  BB .. .T .T
follower of author            .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
stranger                      .. .. .. ..  .. .. .. ..  BB .. .T .T  BB .. .T .T
blocked by author             .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
blocking the author           .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
anonymous                     .. .. .. ..  .. .. .. ..  .. .. .. ..  BB .. .T .T
moderator                     .. .. .. ..  .. .. .. ..  BB II II .T  BB II II .T
admin                         .. .. .. ..  .. .. .. ..  BB II II .T  BB II II .T
moderator parted from author  .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
"""

#: The author's comments under a public entry of their own on the host's message board. On a board that is closed to
#: them authors keep their entry, but nothing of what is below it, not even their own.
COMMENTS_UNDER_OWN_ENTRY = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
on a board for ONLY_ME
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
on a board for FRIENDS
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of host                .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
on a board for MEMBERS
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of author              .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
on a board for PUBLIC
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of author              .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
anonymous                     .T .T .T .T  .T .T .T .T  .T .T .T .T  LL .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
"""

#: The author's comments under a public entry of the host's on the host's message board.
COMMENTS_UNDER_HOSTS_ENTRY = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
on a board for ONLY_ME
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
on a board for FRIENDS
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of host                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
on a board for MEMBERS
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of author              .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
on a board for PUBLIC
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          LL UU .T .T  LL UU .T .T  LL UU .T .T  LL UU .T .T
friend of author              .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
anonymous                     .T .T .T .T  .T .T .T .T  .T .T .T .T  LL .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
"""

#: The author's entries that the host has handed over to the moderators, under each audience of their own, PUBLISHED
#: and HELD; none has a reply.
HANDED_OVER = """
                              the board is for
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              O  F  M  P   O  F  M  P   O  F  M  P   O  F  M  P
author                        KK KK KK KK  KK KK KK KK  AO AO AO AO  AO AO AO AO
host                          BW BW BW BW  BW BW BW BW  BW BW BW BW  BW BW BW BW
friend of author              .. .. .. ..  .. .. .. ..  .. B. B. B.  .. B. B. B.
friend of host                .. .. .. ..  .. .. B. B.  .. .. B. B.  .. .. B. B.
friend of both                .. .. .. ..  .. B. B. B.  .. B. B. B.  .. B. B. B.
follower of author            .. .. .. ..  .. .. .. ..  .. .. B. B.  .. .. B. B.
stranger                      .. .. .. ..  .. .. .. ..  .. .. B. B.  .. .. B. B.
anonymous                     .. .. .. ..  .. .. .. ..  .. .. .. ..  .. .. .. B.
moderator                     ww ww ww ww  ww ww ww ww  WW WW VW VW  WW WW VW VW
admin                         ww ww ww ww  ww ww ww ww  WW WW VW VW  WW WW VW VW
"""
