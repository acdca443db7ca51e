"""Who gets each field of each type: a row for every field of the API, or the schema does not build.

To add a field, add its name to the line of its type that says who gets it (policy/field_access.py lists the rules).
To add a type, add a block. SHAPES covers pages, payloads and errors; only new names need a line there.
"""

from collections.abc import Mapping, Set

from domain.members import ProfileField
from policy.field_access import FieldAccess, Rule

#: For each type, the fields that are given out in each way.
_TYPES: Mapping[str, Mapping[Rule, str]] = {
    "Query": {
        FieldAccess.EVERYONE: "inspectLink privacyStatement transparencyLog fieldPolicies",
        FieldAccess.IF_LINKED_IS: "node nodes member board",
        FieldAccess.IN_LIST: "boards feed",
        FieldAccess.OWN_SIDE: "viewer viewAs",
        FieldAccess.BOARD_STAFF: "cases appeals",
        FieldAccess.STAFF: "hostVerdicts explanationTemplates",
    },
    "Mutation": {
        FieldAccess.EVERYONE: "requestCode register signIn signOut",
        FieldAccess.MEMBERS: "follow unfollow block unblock followBoard unfollowBoard checkPost createPost "
        "createComment react unreact reportContent reportLink contactMember",
        FieldAccess.OWN_SIDE: "updateProfile previewFieldAudiences updateFieldAudiences",
        FieldAccess.OWNER: "updatePost deletePost updateComment deleteComment withdrawEdit hideContent submitAppeal",
        FieldAccess.OWNER_AND_BOARD_STAFF: "updateBoard approveContent rejectEdit addAppealMessage",
        FieldAccess.BOARD_STAFF: "removeContent restoreContent claimCase releaseCase addCaseNote decideCases "
        "undoDecision decideAppeal",
        FieldAccess.STAFF: "createBoard sanctionMember readHiddenField setHostVerdict removeHostVerdict",
        FieldAccess.ADMINS: "setExplanationTemplate removeExplanationTemplate",
    },
    "Node": {FieldAccess.WITH_IT: "id"},
    # ------------------------------------------------------------ members
    "Member": {
        FieldAccess.WITH_IT: "id handle displayName role profile",
        FieldAccess.IF_LINKED_IS: "messageBoard",
        FieldAccess.IN_LIST: "posts",
        FieldAccess.OF_ONESELF: "viewerRelationship viewerCanContact viewerCanReport",
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
    "Birthday": {FieldAccess.WITH_IT: "year month day"},
    # ------------------------------------------------------------ boards, posts, comments
    "Board": {
        FieldAccess.WITH_IT: "id slug kind title description audience writePolicy reviewFirst reviewEdits",
        FieldAccess.IF_LINKED_IS: "owner",
        FieldAccess.IN_LIST: "posts",
        FieldAccess.IN_COUNT: "postCount",
        FieldAccess.OF_ONESELF: "viewerFollows viewerCanPost viewerCanModerate",
    },
    "Post": {
        FieldAccess.WITH_IT: "id title body audience state createdAt editedAt isLocked",
        FieldAccess.BYLINE: "byline",
        FieldAccess.IF_LINKED_IS: "board author",
        FieldAccess.IN_LIST: "comments",
        FieldAccess.IN_COUNT: "commentCount reactions",
        FieldAccess.OF_ONESELF: "viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate",
        FieldAccess.OWNER: "revisions",
        FieldAccess.OWNER_AND_STAFF: "decision",
        FieldAccess.OWNER_AND_BOARD_STAFF: "pendingEdit",
    },
    "Comment": {
        FieldAccess.WITH_IT: "id post body state createdAt editedAt depth",
        FieldAccess.BYLINE: "byline",
        FieldAccess.IF_LINKED_IS: "parent author",
        FieldAccess.IN_LIST: "replies",
        FieldAccess.IN_COUNT: "replyCount reactions",
        FieldAccess.OF_ONESELF: "viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate",
        FieldAccess.OWNER: "revisions",
        FieldAccess.OWNER_AND_STAFF: "decision",
        FieldAccess.OWNER_AND_BOARD_STAFF: "pendingEdit",
    },
    "RichText": {FieldAccess.WITH_IT: "html text excerpt links mentions", FieldAccess.OWNER: "source"},
    "Mention": {FieldAccess.WITH_IT: "handle start end", FieldAccess.IF_LINKED_IS: "member"},
    "Link": {FieldAccess.WITH_IT: "url text host asciiHost isExternal risk reasons warning leaveUrl"},
    "LinkWarning": {FieldAccess.WITH_IT: "title message canContinue"},
    "PendingEdit": {
        FieldAccess.WITH_IT: "title body audience byline writtenAt explanation",
        FieldAccess.IF_LINKED_IS: "post comment",
    },
    "Revision": {FieldAccess.WITH_IT: "title body writtenAt"},
    "ReactionCount": {
        FieldAccess.WITH_IT: "kind",
        FieldAccess.IN_COUNT: "count",
        FieldAccess.OF_ONESELF: "viewerReacted",
    },
    # ------------------------------------------------------------ keeping order
    "Decision": {
        FieldAccess.WITH_IT: "id action reason explanation isAutomated decidedAt expiresAt evidence",
        FieldAccess.BOARD_STAFF: "decidedBy",
        FieldAccess.IF_LINKED_IS: "appeal",
        FieldAccess.OF_ONESELF: "viewerCanAppeal",
    },
    "Appeal": {FieldAccess.WITH_IT: "id decision state version text messages answer createdAt decidedAt"},
    "AppealMessage": {FieldAccess.WITH_IT: "voice text createdAt"},
    "Case": {
        FieldAccess.WITH_IT: "id target subjectId state priority version actionsAvailable openedAt decidedAt "
        "reportCount",
        FieldAccess.IF_LINKED_IS: "claimedBy",
        FieldAccess.IN_LIST: "reports notes decisions",
    },
    "CaseNote": {FieldAccess.IF_LINKED_IS: "author", FieldAccess.WITH_IT: "text createdAt"},
    "CaseResult": {FieldAccess.ANSWER: "caseId errors", FieldAccess.IF_LINKED_IS: "case decision"},
    "ExplanationTemplate": {FieldAccess.WITH_IT: "id action reason zh en"},
    "Evidence": {FieldAccess.WITH_IT: "writtenAt title text"},
    "JudgedHost": {
        FieldAccess.WITH_IT: "host asciiHost scope verdict reason decidedAt expiresAt",
        FieldAccess.IF_LINKED_IS: "decidedBy",
    },
    "ReportedHost": {FieldAccess.WITH_IT: "host asciiHost verdict"},
    "Report": {FieldAccess.WITH_IT: "reason note url createdAt outcome", FieldAccess.OWNER_AND_BOARD_STAFF: "reporter"},
    "PublicDecision": {FieldAccess.EVERYONE: "day action reason count"},
    # ------------------------------------------------------------ the member's own side
    "Viewer": {
        FieldAccess.OWN_SIDE: "member phone fieldAudiences birthdayPrecision decisions blocks following followers "
        "boardEntriesToReview editsToReview followedBoards feed reports defaultByline contactPolicy acceptedStatement "
        "disclosures postingStatus notifications moderatedBoards",
    },
    "Notification": {
        FieldAccess.OWN_SIDE: "id kind createdAt message",
        FieldAccess.IF_LINKED_IS: "decision report edited",
    },
    "PostingStatus": {FieldAccess.OWN_SIDE: "canPublish accountStatus until message decision"},
    "ViewAs": {FieldAccess.OWN_SIDE: "member node"},
    "FieldAudience": {FieldAccess.OWN_SIDE: "field audience"},
    "FieldExposure": {
        FieldAccess.OWN_SIDE: "field fromAudience toAudience isFilledIn shows newlyShownTo withdrawnFrom postCount "
        "message"
    },
    "PublishingNotice": {FieldAccess.OWN_SIDE: "kind message field link"},
    "Disclosure": {FieldAccess.OWN_SIDE: "field purpose ground readAt readerRole"},
    "BlockedMember": {FieldAccess.OWN_SIDE: "memberId handle blockedAt"},
    "Follow": {FieldAccess.OWN_SIDE: "id since", FieldAccess.IF_LINKED_IS: "member"},
    "FollowedBoard": {FieldAccess.OWN_SIDE: "board since"},
    # ------------------------------------------------------------ about the service
    "PrivacyStatement": {FieldAccess.EVERYONE: "version publishedAt text sha256"},
    "FieldPolicy": {FieldAccess.EVERYONE: "type field default widest ownerChooses roles seenBy"},
    "PageInfo": {FieldAccess.WITH_IT: "hasNextPage hasPreviousPage startCursor endCursor"},
}

#: Types that are alike, by the end of their names: they may have these fields, and no others.
_SHAPES: Mapping[str, Mapping[Rule, str]] = {
    "Connection": {FieldAccess.IN_LIST: "edges nodes", FieldAccess.WITH_IT: "pageInfo"},
    "Edge": {FieldAccess.WITH_IT: "cursor node"},
    "Error": {FieldAccess.ANSWER: "code message path retryAt decision"},
    "Payload": {
        FieldAccess.ANSWER: "errors expiresAt retryAt token deletedId memberId nowFriends value results judgedHost "
        "template",
        FieldAccess.OWN_SIDE: "viewer blocked opens notices exposures",
        FieldAccess.IF_LINKED_IS: "member board post comment target report decision case appeal",
    },
}


class Unruled(Exception):
    """The schema and the table of fields do not fit; the message names what is missing where."""


def _by_field(ways: Mapping[Rule, str]) -> Mapping[str, Rule]:
    rows = [(field, rule) for rule, fields in ways.items() for field in fields.split()]
    by_field = dict(rows)
    if len(by_field) < len(rows):
        raise Unruled(f"policy/field_access_table.py has two rows for one of {', '.join(field for field, _ in rows)}")
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
        f"policy/field_access_table.py has no row for {name}.{field}"
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
        f"policy/field_access_table.py has a row for {name}.{field}, which the schema has not"
        for name, rules, fields in tables
        for field in sorted(rules.keys() - fields)
    ]
