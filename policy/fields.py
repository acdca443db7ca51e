"""Who gets each field of each type: a row for every field of the API, or the schema does not build.

A new field: add its name to the line of its type that says how it is given out (policy/seeing.py lists the ways). A new
type: add a block; pages, payloads and errors are covered by SHAPES, where only new names need a line.
"""

from collections.abc import Mapping, Set

from domain.members import ProfileField
from policy.seeing import Rule, Seen

#: For each type, the fields that are given out in each way.
_TYPES: Mapping[str, Mapping[Rule, str]] = {
    "Query": {
        Seen.EVERYONE: "inspectLink privacyStatement transparencyLog fieldPolicies",
        Seen.IF_LINKED_IS: "node nodes member board",
        Seen.IN_LIST: "boards feed",
        Seen.OWN_SIDE: "viewer viewAs",
        Seen.BOARD_STAFF: "cases appeals",
        Seen.STAFF: "hostVerdicts explanationTemplates",
    },
    "Mutation": {
        Seen.EVERYONE: "requestCode register signIn signOut",
        Seen.MEMBERS: "follow unfollow block unblock followBoard unfollowBoard checkPost createPost createComment "
        "react unreact reportContent reportLink contactMember",
        Seen.OWN_SIDE: "updateProfile previewFieldAudiences updateFieldAudiences",
        Seen.OWNER: "updatePost deletePost updateComment deleteComment withdrawEdit hideContent submitAppeal",
        Seen.OWNER_AND_STAFF: "updateBoard approveContent rejectEdit addAppealMessage",
        Seen.BOARD_STAFF: "removeContent restoreContent claimCase releaseCase addCaseNote decideCases undoDecision "
        "decideAppeal",
        Seen.STAFF: "createBoard sanctionMember readHiddenField setHostVerdict removeHostVerdict",
        Seen.ADMINS: "setExplanationTemplate removeExplanationTemplate",
    },
    "Node": {Seen.WITH_IT: "id"},
    # ------------------------------------------------------------ members
    "Member": {
        Seen.WITH_IT: "id handle displayName role profile",
        Seen.IF_LINKED_IS: "messageBoard",
        Seen.IN_LIST: "posts",
        Seen.OF_ONESELF: "viewerRelationship viewerCanContact viewerCanReport",
    },
    "Profile": {
        ProfileField.AVATAR: "avatarUrl",
        ProfileField.BIO: "bio",
        ProfileField.GENDER: "gender",
        ProfileField.LOCATION: "location",
        ProfileField.BIRTHDAY: "birthday",
        ProfileField.WEBSITE: "website",
        ProfileField.EMAIL: "email",
        ProfileField.PHONE: "phone",
    },
    "Birthday": {Seen.WITH_IT: "year month day"},
    # ------------------------------------------------------------ boards, posts, comments
    "Board": {
        Seen.WITH_IT: "id slug kind title description audience writePolicy reviewFirst reviewEdits",
        Seen.IF_LINKED_IS: "owner",
        Seen.IN_LIST: "posts",
        Seen.IN_COUNT: "postCount",
        Seen.OF_ONESELF: "viewerFollows viewerCanPost viewerCanModerate",
    },
    "Post": {
        Seen.WITH_IT: "id title body audience state createdAt editedAt isLocked",
        Seen.BYLINE: "byline",
        Seen.IF_LINKED_IS: "board author",
        Seen.IN_LIST: "comments",
        Seen.IN_COUNT: "commentCount reactions",
        Seen.OF_ONESELF: "viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate",
        Seen.OWNER: "revisions",
        Seen.OWNER_AND_STAFF: "decision pendingEdit",
    },
    "Comment": {
        Seen.WITH_IT: "id post body state createdAt editedAt depth",
        Seen.BYLINE: "byline",
        Seen.IF_LINKED_IS: "parent author",
        Seen.IN_LIST: "replies",
        Seen.IN_COUNT: "replyCount reactions",
        Seen.OF_ONESELF: "viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate",
        Seen.OWNER: "revisions",
        Seen.OWNER_AND_STAFF: "decision pendingEdit",
    },
    "RichText": {Seen.WITH_IT: "html text excerpt links mentions", Seen.OWNER: "source"},
    "Mention": {Seen.WITH_IT: "handle start end", Seen.IF_LINKED_IS: "member"},
    "Link": {Seen.WITH_IT: "url text host asciiHost isExternal risk reasons warning leaveUrl"},
    "LinkWarning": {Seen.WITH_IT: "title message canContinue"},
    "PendingEdit": {
        Seen.WITH_IT: "title body audience byline writtenAt explanation",
        Seen.IF_LINKED_IS: "post comment",
    },
    "Revision": {Seen.WITH_IT: "title body writtenAt"},
    "ReactionCount": {Seen.WITH_IT: "kind", Seen.IN_COUNT: "count", Seen.OF_ONESELF: "viewerReacted"},
    # ------------------------------------------------------------ keeping order
    "Decision": {
        Seen.WITH_IT: "id action reason explanation isAutomated decidedAt expiresAt evidence",
        Seen.BOARD_STAFF: "decidedBy",
        Seen.IF_LINKED_IS: "appeal",
        Seen.OF_ONESELF: "viewerCanAppeal",
    },
    "Appeal": {Seen.WITH_IT: "id decision state version text messages answer createdAt decidedAt"},
    "AppealMessage": {Seen.WITH_IT: "voice text createdAt"},
    "Case": {
        Seen.WITH_IT: "id target subjectId state priority version actionsAvailable openedAt decidedAt reportCount",
        Seen.IF_LINKED_IS: "claimedBy",
        Seen.IN_LIST: "reports notes decisions",
    },
    "CaseNote": {Seen.IF_LINKED_IS: "author", Seen.WITH_IT: "text createdAt"},
    "CaseResult": {Seen.ANSWER: "caseId errors", Seen.IF_LINKED_IS: "case decision"},
    "ExplanationTemplate": {Seen.WITH_IT: "id action reason zh en"},
    "Evidence": {Seen.WITH_IT: "writtenAt title text"},
    "JudgedHost": {
        Seen.WITH_IT: "host asciiHost scope verdict reason decidedAt expiresAt",
        Seen.IF_LINKED_IS: "decidedBy",
    },
    "ReportedHost": {Seen.WITH_IT: "host asciiHost verdict"},
    "Report": {Seen.WITH_IT: "reason note url createdAt outcome", Seen.OWNER_AND_STAFF: "reporter"},
    "PublicDecision": {Seen.EVERYONE: "day action reason count"},
    # ------------------------------------------------------------ the member's own side
    "Viewer": {
        Seen.OWN_SIDE: "member phone fieldAudiences birthdayPrecision decisions blocks following followers "
        "boardEntriesToReview editsToReview followedBoards feed reports defaultByline contactPolicy acceptedStatement "
        "disclosures postingStatus notifications moderatedBoards",
    },
    "Notification": {Seen.OWN_SIDE: "id kind createdAt message", Seen.IF_LINKED_IS: "decision report edited"},
    "PostingStatus": {Seen.OWN_SIDE: "canPublish standing until message decision"},
    "ViewAs": {Seen.OWN_SIDE: "member node"},
    "FieldAudience": {Seen.OWN_SIDE: "field audience"},
    "FieldExposure": {
        Seen.OWN_SIDE: "field fromAudience toAudience isFilledIn shows newlyShownTo withdrawnFrom postCount message"
    },
    "PublishingNotice": {Seen.OWN_SIDE: "kind message field link"},
    "Disclosure": {Seen.OWN_SIDE: "field purpose ground readAt readerRole"},
    "BlockedMember": {Seen.OWN_SIDE: "memberId handle blockedAt"},
    "Acquaintance": {Seen.OWN_SIDE: "since", Seen.IF_LINKED_IS: "member"},
    "FollowedBoard": {Seen.OWN_SIDE: "board since"},
    # ------------------------------------------------------------ about the service
    "PrivacyStatement": {Seen.EVERYONE: "version publishedAt text sha256"},
    "FieldPolicy": {Seen.EVERYONE: "type field default widest ownerChooses roles seenBy"},
    "PageInfo": {Seen.WITH_IT: "hasNextPage hasPreviousPage startCursor endCursor"},
}

#: Types that are alike, by the end of their names: they may have these fields, and no others.
_SHAPES: Mapping[str, Mapping[Rule, str]] = {
    "Connection": {Seen.IN_LIST: "edges nodes", Seen.WITH_IT: "pageInfo"},
    "Edge": {Seen.WITH_IT: "cursor node"},
    "Error": {Seen.ANSWER: "code message path retryAt decision"},
    "Payload": {
        Seen.ANSWER: "errors expiresAt retryAt token deletedId memberId nowFriends value results judgedHost template",
        Seen.OWN_SIDE: "viewer blocked opens notices exposures",
        Seen.IF_LINKED_IS: "member board post comment target report decision case appeal",
    },
}


class Unruled(Exception):
    """The schema and the table of fields do not fit; the message names what is missing where."""


def _by_field(ways: Mapping[Rule, str]) -> Mapping[str, Rule]:
    rows = [(field, rule) for rule, fields in ways.items() for field in fields.split()]
    by_field = dict(rows)
    if len(by_field) < len(rows):
        raise Unruled(f"policy/fields.py has two rows for one of {', '.join(field for field, _ in rows)}")
    return by_field


FIELDS: Mapping[str, Mapping[str, Rule]] = {name: _by_field(ways) for name, ways in _TYPES.items()}
SHAPES: Mapping[str, Mapping[str, Rule]] = {ending: _by_field(ways) for ending, ways in _SHAPES.items()}


def rules_of(type_name: str) -> Mapping[str, Rule]:
    """The rows of a type: its own, or those of the types that are named alike; empty where there are none."""
    if type_name in FIELDS:
        return FIELDS[type_name]
    return next((rules for ending, rules in SHAPES.items() if type_name.endswith(ending)), {})


def misfits(types: Mapping[str, Set[str]]) -> list[str]:
    """What keeps ``types``, each with its fields, from being served: fields without a row, and rows without a field."""
    unruled = [
        f"policy/fields.py has no row for {name}.{field}"
        for name, fields in types.items()
        for field in sorted(fields - rules_of(name).keys())
    ]
    return unruled + _idle_rows(types)


def _idle_rows(types: Mapping[str, Set[str]]) -> list[str]:
    alike = {
        ending: {field for name, fields in types.items() if name.endswith(ending) for field in fields}
        for ending in SHAPES
    }
    tables = [(name, rules, types.get(name, set())) for name, rules in FIELDS.items()]
    tables += [(f"*{ending}", rules, alike[ending]) for ending, rules in SHAPES.items()]
    return [
        f"policy/fields.py has a row for {name}.{field}, which the schema has not"
        for name, rules, fields in tables
        for field in sorted(rules.keys() - fields)
    ]
