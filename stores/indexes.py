"""Every index of every collection, in one list, created at start.

Keys of the hot lists end with all that decides about visibility, so that hidden documents are passed over in the index
and never fetched.
"""

from collections.abc import Mapping, Sequence

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from domain.reactions import ReactionKind
from stores.codecs import Document

#: Every collection's own. Named where a filter says more than ids: MongoDB would try other plans before each read.
BY_ID = "_id_"
POSTS_BY_AUTHOR = "author_place_newest"
POSTS_BY_BYLINE = "author_byline"
POSTS_BY_BOARD_OWNER = "host_newest"
POSTS_BY_PLACE = "place_circle"
POSTS_BY_BOARD = "board_circle"
COMMENTS_BY_POST = "post_listed"
BOARD_FOLLOWS_LATEST = "member_latest"
TIES_BY_KIND = "owner_kind"
TIES_BLOCKED = "owner_blocked"
TIES_FOLLOWING = "owner_following"
TIES_FOLLOWERS = "owner_followers"
REVISIONS_BY_CONTENT = "content_newest"
EDITS_BY_REVIEWER = "reviewer_newest"
EDITS_BY_BOARD = "board_newest"
REPORTS_BY_REPORTER = "reporter_newest"
CASES_BY_STATE = "state_due"
CASES_BY_BOARD = "board_state_due"
CASES_FREE = "state_until_due"
CASES_FREE_BY_BOARD = "board_state_until_due"
CASES_CLAIMED = "claimed_state_due_until"
CASES_CLAIMED_BY = "claimed_by_place"
APPEALS_BY_STATE = "state_oldest"
APPEALS_BY_BOARD = "board_state_oldest"
DISCLOSURES_BY_MEMBER = "member_newest"
DECISIONS_PUBLIC = "public_day_subject"
OUTBOX_DECISIONS = "decisions_oldest"
OUTBOX_LETTERS = "kind_due"
AUDIT_UNSEALED = "unsealed_oldest"
MEMBERS_BY_SANCTION_END = "sanction_end"
NOTIFICATIONS_BY_MEMBER = "member_newest"
LOG_NEWEST = "day_newest"
HOSTS_BY_KEY = "key"
HOSTS_LATEST = "latest"
HOSTS_LATEST_BY_VERDICT = "verdict_latest"

_NEWEST = [("createdAt", DESCENDING), ("_id", DESCENDING)]
_OLDEST = [("createdAt", ASCENDING), ("_id", ASCENDING)]
_FOLLOWED = {"followedBy": True}
_ON_A_MESSAGE_BOARD = {"host": {"$exists": True}}
_THREAD_GONE = {"isThreadGone": True, "isSwept": False}
_HANDED_OVER = {"isHandedOver": True}
_CLAIMED = {"claim.until": {"$exists": True}}
_IN_A_PLACE = {"claim.place": {"$exists": True}}
_ON_BOARD = {"board": {"$exists": True}}
_OPEN_CASE = {"state": "OPEN"}
_REVERSING = {"reverses": {"$type": "string"}}
_ANSWERED = {"answeredUnder": {"$exists": True}}


def _index(name: str, keys: Sequence[str | tuple[str, int]], **options: object) -> IndexModel:
    return IndexModel([(key, ASCENDING) if isinstance(key, str) else key for key in keys], name=name, **options)


def _latest(at: str) -> list[tuple[str, int]]:
    return [(at, DESCENDING), ("_id", DESCENDING)]


def _oldest(at: str) -> list[tuple[str, int]]:
    return [(at, ASCENDING), ("_id", ASCENDING)]


INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "members": [
        _index("handle", ["handle"]),
        _index("phone", ["phoneIndex"], sparse=True),
        _index("email", ["emailIndex"], sparse=True),
        _index(MEMBERS_BY_SANCTION_END, ["sanction.until"], sparse=True),
    ],
    "ties": [
        _index(TIES_BY_KIND, ["owner", "kind", "other"]),
        _index(TIES_BLOCKED, ["owner", *_latest("blockedAt")], partialFilterExpression={"blocks": True}),
        _index(TIES_FOLLOWING, ["owner", *_latest("followedAt"), "kind"], partialFilterExpression={"follows": True}),
        _index(
            TIES_FOLLOWERS, ["owner", *_latest("followedByAt"), "kind"], partialFilterExpression={"followedBy": True}
        ),
        _index("unsettled", ["isUnsettled"], partialFilterExpression={"isUnsettled": True}),
    ],
    "sessions": [_index("member", ["member"]), _index("expiry", ["expiresAt"], expireAfterSeconds=0)],
    "codes": [_index("expiry", ["expiresAt"], expireAfterSeconds=0)],
    "claims": [_index("expiry", ["expiresAt"], expireAfterSeconds=0)],
    "boards": [_index("slug", ["slug"]), _index("kind_oldest", ["kind", *_OLDEST])],
    "boardFollows": [_index(BOARD_FOLLOWS_LATEST, ["member", *_latest("followedAt"), "board"])],
    "posts": [
        # What many see; what friends see; what authors see of their own.
        _index(POSTS_BY_PLACE, ["place", "state", "circle", *_NEWEST, "author"]),
        _index(POSTS_BY_BOARD, ["board", "state", "circle", *_NEWEST, "author"]),
        _index("place_friends", ["place", "state", "audience", *_NEWEST, "friendsOf"]),
        # Not the board first: a lookup takes no hint, and MongoDB would now and then take this for what many see.
        _index("friends_on_board", ["audience", "board", "state", *_NEWEST, "friendsOf"]),
        _index(POSTS_BY_AUTHOR, ["author", "place", "state", "audience", *_NEWEST]),
        # How many of their own posts carry a profile field; a byline has no more names than a profile has fields.
        _index(POSTS_BY_BYLINE, ["author", "byline", "state", "audience", "host"]),
        # What those show whom a viewer follows. No other index may begin with a shelf: see stores.following_feed.
        _index("shelf_audience", ["shelf", "state", "audience", *_NEWEST]),
        # What was left on a member's message board, and what of it was handed over to moderators.
        _index(
            POSTS_BY_BOARD_OWNER, ["host", "state", *_NEWEST, "author"], partialFilterExpression=_ON_A_MESSAGE_BOARD
        ),
        _index("host_author", ["host", "author", "state"], partialFilterExpression=_ON_A_MESSAGE_BOARD),
        _index("thread_gone", ["isThreadGone"], partialFilterExpression=_THREAD_GONE),
        _index("handed_over", ["isHandedOver", "state", *_NEWEST, "author"], partialFilterExpression=_HANDED_OVER),
    ],
    "comments": [
        _index("parent_oldest", ["parent", "state", *_OLDEST, "circle", "author"]),
        # For what lists do not show: one's own, and answered ones that may leave a tombstone.
        _index("parent_author", ["parent", "author", "state", "circle", *_OLDEST]),
        _index(
            "answered_hidden",
            ["answeredUnder", "state", "circle", "author", *_OLDEST],
            partialFilterExpression=_ANSWERED,
        ),
        _index("ancestors_listed", ["ancestors", "state", "circle", "author", "host"]),
        _index(COMMENTS_BY_POST, ["post", "state", "circle", "author", "host"]),
        # For what a block between a board's owner and an author holds.
        _index("host_author", ["host", "author", "state"], partialFilterExpression=_ON_A_MESSAGE_BOARD),
        # For the numbers that stored counts have wrong.
        _index("post_author", ["post", "author", "state", "audience"]),
        _index("parent_author_count", ["parent", "author", "state", "audience"]),
    ],
    "reactions": [_index("target_member", ["target", "member", "kind"])],
    # Numbers are summed from the index alone. A kind more needs it under a new name.
    "reaction_numbers": [_index("target_numbers", ["target", *(kind.value for kind in ReactionKind)])],
    "decisions": [
        _index("target", ["target", "decidedAt", "_id"]),
        _index("subject", ["subject", ("decidedAt", DESCENDING), ("_id", DESCENDING)]),
        # Nothing is taken back twice.
        _index("reverses", ["reverses"], unique=True, partialFilterExpression=_REVERSING),
        # Covers the numbers of the transparency log.
        _index(DECISIONS_PUBLIC, ["audience", "action", "reason", "decidedAt", "subject"]),
    ],
    "revisions": [_index(REVISIONS_BY_CONTENT, ["content", *_latest("writtenAt")])],
    "edits": [
        # With what keeps one from reviewing, so that those edits are passed over in the index.
        _index(EDITS_BY_REVIEWER, ["reviewer", "state", *_latest("writtenAt"), "author", "shownTo"]),
        # For those who moderate single boards.
        _index(EDITS_BY_BOARD, ["board", "state", *_latest("writtenAt"), "author", "shownTo"]),
        _index("post", ["post"]),
    ],
    "reports": [
        _index(REPORTS_BY_REPORTER, ["reporter", *_NEWEST]),
        # For the numbers of a month.
        _index("oldest", ["createdAt"]),
        _index("case_newest", ["case", *_NEWEST], partialFilterExpression={"case": {"$exists": True}}),
    ],
    "cases": [
        # Of reports at once about one target one opens its case, the others join it.
        _index("open_target", ["target"], unique=True, partialFilterExpression=_OPEN_CASE),
        _index("target", ["target"]),
        # With the subject: cases about the one who asks are passed over in the index.
        _index(CASES_BY_STATE, ["state", *_oldest("dueAt"), "subject"]),
        # For those who moderate single boards.
        _index(CASES_BY_BOARD, ["board", "state", *_oldest("dueAt"), "subject"], partialFilterExpression=_ON_BOARD),
        # What is nobody's stands first, in its order; then what is claimed, by when that ends.
        _index(CASES_FREE, ["state", "claim.until", *_oldest("dueAt"), "subject"], partialFilterExpression=_OPEN_CASE),
        _index(
            CASES_FREE_BY_BOARD,
            ["board", "state", "claim.until", *_oldest("dueAt"), "subject"],
            partialFilterExpression=_OPEN_CASE | _ON_BOARD,
        ),
        # No place of a moderator's is taken twice.
        _index(CASES_CLAIMED_BY, ["claim.by", "claim.place"], unique=True, partialFilterExpression=_IN_A_PLACE),
        # Of those that wait few are claimed.
        _index(CASES_CLAIMED, ["state", *_oldest("dueAt"), "subject", "claim.until"], partialFilterExpression=_CLAIMED),
    ],
    "caseNotes": [_index("case_oldest", ["case", *_OLDEST])],
    "appeals": [
        _index("decision", ["decision"], unique=True),
        # With all that keeps one from deciding, so that those appeals are passed over in the index.
        _index(APPEALS_BY_STATE, ["state", *_OLDEST, "subject", "decider", "isForAdmins"]),
        _index(
            APPEALS_BY_BOARD,
            ["board", "state", *_OLDEST, "subject", "decider", "isForAdmins"],
            partialFilterExpression=_ON_BOARD,
        ),
    ],
    "disclosures": [_index(DISCLOSURES_BY_MEMBER, ["member", *_latest("readAt")])],
    "publicDecisions": [_index(LOG_NEWEST, _latest("day"))],
    "notifications": [_index(NOTIFICATIONS_BY_MEMBER, ["member", *_NEWEST])],
    "hosts": [
        # Rows from before there were scopes have no host until a migration gives them one.
        _index("name", ["host", "scope"], unique=True, partialFilterExpression=_ON_A_MESSAGE_BOARD),
        _index(HOSTS_BY_KEY, ["keys"]),
        # With the expiry, so that what is over is passed over in the index.
        _index(HOSTS_LATEST, [*_latest("decidedAt"), "expiresAt"]),
        _index(HOSTS_LATEST_BY_VERDICT, ["verdict", *_latest("decidedAt"), "expiresAt"]),
        _index("expiry", ["expiresAt"], expireAfterSeconds=0),
    ],
    "outbox": [
        # What decisions are still to be told of; and letters.
        _index(OUTBOX_DECISIONS, _oldest("at"), partialFilterExpression={"decision": {"$exists": True}}),
        _index(OUTBOX_LETTERS, ["kind", "dueAt", "_id"]),
    ],
    "audit": [
        # What has no seq yet, in the order of writing; then the chain.
        _index(AUDIT_UNSEALED, ["seq", "at", "_id"]),
        _index("seq", ["seq"], unique=True, partialFilterExpression={"seq": {"$exists": True}}),
    ],
}


async def create_indexes(database: AsyncDatabase[Document]) -> None:
    """Create what is missing; what is there stays."""
    for collection, indexes in INDEXES.items():
        await database[collection].create_indexes(list(indexes))
