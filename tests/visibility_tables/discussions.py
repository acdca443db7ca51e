"""What each viewer is to see of the author's profile, and of their posts and comments in discussions."""

#: A field of the author's profile under each audience, x where it shows, - where it is null, . where the member is not
#: there at all.
PROFILE = """
                              O F M P
author                        x x x x
host                          - - x x
friend of author              - x x x
friend of host                - - x x
friend of both                - x x x
follower of author            - - x x
stranger                      - - x x
blocked by author             . . . .
blocking the author           . . . .
blocked by host               - - x x
blocking the host             - - x x
anonymous                     - - - x
moderator                     - - x x
admin                         - - x x
moderator parted from author  . . . .
"""

#: The author's posts on a discussion board.
POSTS = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
author                        LL OO OO .T  LL OO OO .T  LL OO OO .T  LL OO OO .T
host                          .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
friend of author              .. .. .. ..  LL .. .T .T  LL .. .T .T  LL .. .T .T
friend of host                .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
friend of both                .. .. .. ..  LL .. .T .T  LL .. .T .T  LL .. .T .T
follower of author            .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
stranger                      .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
blocked by author             .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
blocking the author           .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
blocked by host               .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
blocking the host             .. .. .. ..  .. .. .. ..  LL .. .T .T  LL .. .T .T
anonymous                     .. .. .. ..  .. .. .. ..  .. .. .. ..  LL .. .T .T
moderator                     .. .. .. ..  .. .. .. ..  LL II II .T  LL II II .T
admin                         .. .. .. ..  .. .. .. ..  LL II II .T  LL II II .T
moderator parted from author  .. .. .. ..  .. .. .. ..  .T .. .T .T  .T .. .T .T
"""

#: The author's comments under a public post of their own, each written under the audience that its column names. One
#: that is hidden for any reason leaves a tombstone in its thread above an answer that shows: held and narrow ones too.
COMMENTS_UNDER_OWN_POST = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of author              .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocked by host               .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocking the host             .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
anonymous                     .T .T .T .T  .T .T .T .T  .T .T .T .T  LL .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
"""

#: The author's comments under a public post of the host's, in a discussion: friends are the host's there.
COMMENTS_UNDER_HOSTS_POST = """
                              ONLY_ME      FRIENDS      MEMBERS      PUBLIC
                              P  H  R  D   P  H  R  D   P  H  R  D   P  H  R  D
author                        LL UU UU .T  LL UU UU .T  LL UU UU .T  LL UU UU .T
host                          LL .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of author              .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
friend of host                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
friend of both                .T .T .T .T  LL .T .T .T  LL .T .T .T  LL .T .T .T
follower of author            .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
stranger                      .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocked by author             .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocking the author           .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
blocked by host               .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
blocking the host             .T .T .T .T  .T .T .T .T  LL .T .T .T  LL .T .T .T
anonymous                     .T .T .T .T  .T .T .T .T  .T .T .T .T  LL .T .T .T
moderator                     .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
admin                         .T .T .T .T  .T .T .T .T  LL UU UU .T  LL UU UU .T
moderator parted from author  .T .T .T .T  .T .T .T .T  .T .T .T .T  .T .T .T .T
"""
