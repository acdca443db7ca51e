"""Every mutation with an input that can be taken, and with every value that cannot be taken in each of its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.privacy_statement import CURRENT_VERSION
from domain.members import Role
from policy.explanation_templates import DEFAULTS
from policy.limits import (
    APPEAL_LENGTH,
    BIO_LENGTH,
    DISPLAY_NAME_LENGTH,
    EXPLANATION_LENGTH,
    IDEMPOTENCY_KEY_LENGTH,
    LOCATION_LENGTH,
    MAX_DECISIONS_AT_ONCE,
    NOTE_LENGTH,
    PURPOSE_LENGTH,
    TEMPLATE_LENGTH,
    TITLE_LENGTH,
)
from tests.actors import PASSWORD, Actor, Community
from tests.clock_and_random import START

Input = Mapping[str, Any]

NEWCOMER = "+8613800199999"
LONG_AGO = START.replace(year=START.year - 1).isoformat()
KEY = {"idempotencyKey": "k"}
WHY = {"reason": "SPAM", "explanation": "Because"}
NEEDS_ITS_TARGET = "it is compared with what is read of the target, which is not there when all is wrong"


@dataclass(frozen=True)
class Wrong:
    """A value that cannot be taken, and how that is answered."""

    value: Any
    code: str = "VALIDATION"
    path: tuple[str, ...] | None = None
    """None: the field itself; empty: none, for no field is to be told from another."""
    alone: str = ""
    """Why it is not answered together with other fields."""


@dataclass(frozen=True)
class Row:
    """Who sends what."""

    actor: str
    right: Input
    wrong: Mapping[str, tuple[Wrong, ...]] = field(default_factory=dict)
    """By field; the first of each is sent when all fields are wrong."""
    inside: str | None = None
    """The list whose only item has the fields; ``right`` and ``wrong`` are of the item, but for the key."""
    nothing_to_refuse: str = ""
    """Why no value of any field is refused."""

    def given(self, changes: Input) -> Input:
        """The whole input with ``changes``."""
        if self.inside in changes:
            return changes
        values = {**self.right, **changes}
        if self.inside is None:
            return values
        whole = {name: values.pop(name) for name in KEY if name in values}
        return {self.inside: [values], **whole}


@dataclass(frozen=True)
class World:
    """A community in which every mutation finds something to change."""

    people: Mapping[str, Actor]
    ids: Mapping[str, str]
    code: str
    """With which the newcomer registers."""

    def __getitem__(self, name: str) -> str:
        return self.people[name].id if name in self.people else self.ids[name]


async def prepare(community: Community) -> World:
    """Let everybody come, and everything stand that is changed."""
    roles = {"mo": Role.MODERATOR, "mia": Role.MODERATOR, "ada": Role.ADMIN}
    names = ("ann", "bob", "olga", "eve", "mo", "mia", "ada")
    people = {name: await community.joins(name, roles.get(name, Role.MEMBER)) for name in names}
    visitor = community.visitor()
    await visitor.manages("requestCode", phone=NEWCOMER, purpose="REGISTER")
    ids = await _published(community, people) | await _between(people)
    ids |= await _moderated(people, ids)
    return World({**people, "visitor": visitor}, ids, community.sms.last_code(NEWCOMER))


async def _published(community: Community, people: Mapping[str, Actor]) -> dict[str, str]:
    ann, bob, olga, mo = (people[name] for name in ("ann", "bob", "olga", "mo"))
    board = await community.board(mo)
    made = await mo.manages("createBoard", "board { id }", slug="watched", title="Watched", reviewEdits=True)
    found = await olga.asks("{ viewer { member { messageBoard { id } } } }")
    place = found["viewer"]["member"]["messageBoard"]["id"]
    post = await ann.publishes("Tea", on=board)
    entry = await ann.publishes("Hello", on=place)
    await olga.manages("updateBoard", boardId=place, reviewFirst=True)
    held = await ann.publishes("Hello again", on=place)
    edited = await ann.publishes("Old", on=made["board"]["id"])
    await ann.manages("updatePost", postId=edited, body="New")
    comment = await bob.comments("Coffee", under=post)
    await bob.manages("react", targetId=post, kind="LIKE")
    return {
        "board": board,
        "place": place,
        "post": post,
        "comment": comment,
        "entry": entry,
        "held": held,
        "held since": await _asked(olga, held, "createdAt"),
        "edited": edited,
        "edited at": await _asked(mo, edited, "pendingEdit { writtenAt }"),
    }


async def _between(people: Mapping[str, Actor]) -> dict[str, str]:
    ann = people["ann"]
    await ann.manages("follow", memberId=people["bob"].id)
    await ann.manages("block", memberId=people["eve"].id)
    return {}


async def _moderated(people: Mapping[str, Actor], ids: Mapping[str, str]) -> dict[str, str]:
    """Cases, decisions about Bob and his appeal against one of them."""
    ann, bob, mo = (people[name] for name in ("ann", "bob", "mo"))
    spam = [await bob.publishes(f"Spam {n}", on=ids["board"]) for n in range(2)]
    removed = [
        (await mo.manages("removeContent", "decision { id }", targetId=post, **WHY))["decision"]["id"] for post in spam
    ]
    appealed = await bob.manages("submitAppeal", "appeal { id }", decisionId=removed[0], text="No")
    for reporter, target in ((bob, ids["post"]), (ann, ids["comment"]), (bob, people["olga"].id)):
        await reporter.manages("reportContent", targetId=target, reason="SPAM")
    found = (await mo.asks("{ cases { nodes { id subjectId } } }"))["cases"]["nodes"]
    cases = {case["subjectId"]: case["id"] for case in found}
    await mo.manages("claimCase", caseId=cases[bob.id])
    verdict = {"host": "listed.example", "scope": "HOST", "verdict": "TRUSTED", "reason": "Known"}
    await mo.manages("setHostVerdict", **verdict)
    return {
        "case": cases[ann.id],
        "claimed case": cases[bob.id],
        "case about Olga": cases[people["olga"].id],
        "removed": spam[1],
        "decision": removed[1],
        "appeal": appealed["appeal"]["id"],
    }


async def _asked(actor: Actor, content: str, fields: str) -> str:
    found = await actor.asks(f"query ($id: ID!) {{ node(id: $id) {{ ... on Post {{ {fields} }} }} }}", id=content)
    value = found["node"][fields.split(maxsplit=1)[0]]
    return value if isinstance(value, str) else value["writtenAt"]


def long(most: int) -> Wrong:
    return Wrong("x" * (most + 1))


def missing(kind: str) -> Wrong:
    """An id of nothing."""
    return Wrong(f"{kind}_nothing_at_all__", "NOT_FOUND")


EMPTY = Wrong(" ")
LONG_KEY = {"idempotencyKey": (long(IDEMPOTENCY_KEY_LENGTH),)}
NO_MEMBER = {"memberId": (missing("mbr"), missing("pst"))}
NO_TARGET = {"targetId": (missing("pst"), missing("cmt"), Wrong("nonsense", "NOT_FOUND"))}
NO_CASE = {"caseId": (missing("cse"),)}
NO_BOARD = {"boardId": (missing("brd"),)}
EXPLANATION = {"explanation": (EMPTY, long(EXPLANATION_LENGTH))}
STALE = (Wrong(99, "CONFLICT", alone=NEEDS_ITS_TARGET),)


def rows(world: World) -> Mapping[str, Row]:
    """All mutations by name."""
    return {
        **_accounts(world),
        **_profiles(),
        **_people(world),
        **_content(world),
        **_board_order(world),
        **_reports(world),
        **_cases(world),
        **_appeals(world),
        **_lists(world),
    }


def _accounts(world: World) -> Mapping[str, Row]:
    registration = {
        "phone": NEWCOMER,
        "code": world.code,
        "handle": "nora",
        "password": PASSWORD,
        "acceptedStatement": CURRENT_VERSION,
        "displayName": "Nora",
    }
    failed = Wrong("nonsense", "SIGN_IN_FAILED", path=(), alone="which of them is wrong is not told")
    return {
        "requestCode": Row("visitor", {"phone": NEWCOMER, "purpose": "SIGN_IN"}, {"phone": (Wrong("12"),)}),
        "register": Row(
            "visitor",
            registration,
            {
                "phone": (Wrong("12"),),
                "code": (Wrong("nonsense", "CODE_INVALID", alone="a try is spent when the form is right"),),
                "handle": (Wrong("a b"), Wrong("ann", "HANDLE_TAKEN")),
                "password": (Wrong("short"),),
                "acceptedStatement": (Wrong("1999-01-01", "STATEMENT_NOT_ACCEPTED"),),
                "displayName": (long(DISPLAY_NAME_LENGTH), EMPTY),
            },
        ),
        "signIn": Row(
            "visitor",
            {"login": "ann", "password": PASSWORD, "issueToken": True},
            {
                "login": (failed,),
                "password": (failed, Wrong(None)),
                "code": (Wrong("123456", path=("password",), alone="it is a second secret"),),
            },
        ),
        "signOut": Row("ann", {"clientMutationId": "x"}, nothing_to_refuse="all of it is ignored"),
    }


def _profiles() -> Mapping[str, Row]:
    profile = {
        "displayName": "Ann of the tea house",
        "bio": "Tea",
        "gender": "FEMALE",
        "location": "杭州",
        "birthday": {"year": 1990, "month": 5},
        "website": "https://tea.example/",
        "email": "ann@tea.example",
        "defaultByline": ["LOCATION"],
        "contactPolicy": "FRIENDS",
    }
    too_wide = Wrong([{"field": "PHONE", "audience": "PUBLIC"}], path=("audiences", "PHONE"))
    twice = Wrong([{"field": "BIO", "audience": "FRIENDS"}] * 2)
    audiences = {"audiences": [{"field": "LOCATION", "audience": "FRIENDS"}], "birthdayPrecision": "YEAR"}
    return {
        "updateProfile": Row(
            "ann",
            profile,
            {
                "displayName": (EMPTY, long(DISPLAY_NAME_LENGTH)),
                "bio": (long(BIO_LENGTH), Wrong("\u200b")),
                "location": (long(LOCATION_LENGTH),),
                "birthday": (Wrong({"day": 5}),),
                "website": (Wrong("nonsense"),),
                "email": (Wrong("nonsense"),),
                "contactPolicy": (Wrong("PUBLIC"),),
            },
        ),
        "previewFieldAudiences": Row("ann", audiences, {"audiences": (too_wide, twice)}),
        "updateFieldAudiences": Row("ann", audiences, {"audiences": (too_wide, twice)}),
    }


def _people(world: World) -> Mapping[str, Row]:
    letter = {"memberId": world["olga"], "message": "Hello", **KEY}
    return {
        "follow": Row("ann", {"memberId": world["olga"]}, NO_MEMBER),
        "unfollow": Row("ann", {"memberId": world["bob"]}, NO_MEMBER),
        "block": Row("ann", {"memberId": world["olga"]}, NO_MEMBER),
        "unblock": Row(
            "ann", {"memberId": world["eve"]}, nothing_to_refuse="a refusal would tell of a block the other way"
        ),
        "followBoard": Row("ann", {"boardId": world["board"]}, NO_BOARD),
        "unfollowBoard": Row("ann", {"boardId": world["board"]}, NO_BOARD),
        "contactMember": Row("ann", letter, {**NO_MEMBER, "message": (EMPTY, long(2_000)), **LONG_KEY}),
    }


def _content(world: World) -> Mapping[str, Row]:
    new_post = {"boardId": world["board"], "title": "Title", "body": "Body", "audience": "PUBLIC", **KEY}
    text = {"title": (long(TITLE_LENGTH), Wrong("\u200b")), "body": (EMPTY, Wrong("> " * 21 + "x", "TEXT_TOO_COMPLEX"))}
    no_post, no_comment = {"postId": (missing("pst"),)}, {"commentId": (missing("cmt"),)}
    board = {"boardId": world["place"], "title": "Olga's", "description": "Mine", "writePolicy": "FRIENDS"}
    kind = "which kind of board it is tells, and one that is not there has none"
    return {
        "createBoard": Row(
            "mo",
            {"slug": "new", "title": "New", "description": "New"},
            {
                "slug": (Wrong("NO!"), Wrong("talk", "CONFLICT")),
                "title": (EMPTY, long(TITLE_LENGTH)),
                "description": (long(BIO_LENGTH),),
            },
        ),
        "updateBoard": Row(
            "olga",
            board,
            {
                "boardId": (missing("brd"), Wrong(world["board"], "FORBIDDEN")),
                "title": (long(TITLE_LENGTH),),
                "description": (long(BIO_LENGTH),),
                "writePolicy": (Wrong("PUBLIC"),),
                "reviewEdits": (Wrong(value=True, alone=kind),),
            },
        ),
        "checkPost": Row("ann", new_post, {**NO_BOARD, **text, **LONG_KEY}),
        "createPost": Row("ann", new_post, {**NO_BOARD, **text, **LONG_KEY}),
        "updatePost": Row("ann", {"postId": world["post"], "title": "New", "body": "New"}, {**no_post, **text}),
        "deletePost": Row("olga", {"postId": world["entry"], "withThread": True}, no_post),
        "createComment": Row(
            "ann",
            {"postId": world["post"], "parentId": world["comment"], "body": "Body", **KEY},
            {**no_post, "parentId": (missing("cmt"),), "body": text["body"], **LONG_KEY},
        ),
        "updateComment": Row(
            "bob", {"commentId": world["comment"], "body": "New"}, {**no_comment, "body": text["body"]}
        ),
        "deleteComment": Row("bob", {"commentId": world["comment"]}, no_comment),
        "react": Row("bob", {"targetId": world["post"], "kind": "LOVE"}, NO_TARGET),
        "unreact": Row("bob", {"targetId": world["post"], "kind": "LIKE"}, NO_TARGET),
    }


def _board_order(world: World) -> Mapping[str, Row]:
    held = {"targetId": world["held"], "writtenAt": world["held since"], "explanation": "Fine"}
    edit = {"targetId": world["edited"], "writtenAt": world["edited at"], "explanation": "No"}
    others = (Wrong(LONG_AGO, "CONFLICT", alone=NEEDS_ITS_TARGET),)
    return {
        "approveContent": Row(
            "olga", held, {**NO_TARGET, "writtenAt": others, "explanation": (long(EXPLANATION_LENGTH),)}
        ),
        "hideContent": Row("olga", {"targetId": world["entry"]}, NO_TARGET),
        "rejectEdit": Row("mo", edit, {**NO_TARGET, "writtenAt": others, **EXPLANATION}),
        "withdrawEdit": Row(
            "ann", {"targetId": world["edited"]}, nothing_to_refuse="where no edit waits there is nothing to take back"
        ),
    }


def _reports(world: World) -> Mapping[str, Row]:
    note = {"note": (long(NOTE_LENGTH),)}
    link = {"url": "https://bad.example/", "reason": "SPAM", "note": "Bad"}
    return {
        "reportContent": Row(
            "eve", {"targetId": world["comment"], "reason": "SPAM", "note": "Bad"}, {**NO_TARGET, **note}
        ),
        "reportLink": Row("ann", link, {"url": (Wrong("nonsense"), Wrong("https://veranda.example/")), **note}),
    }


def _cases(world: World) -> Mapping[str, Row]:
    action = {"action": (Wrong("REOPEN"),)}
    sanction = {"memberId": world["bob"], "action": "WARN", **WHY, **KEY}
    decision = {"caseId": world["case"], "expectedVersion": 1, "action": "DISMISS", **WHY, **KEY}
    item = {name: value for name, value in decision.items() if name not in KEY}
    too_many = Wrong([item] * (MAX_DECISIONS_AT_ONCE + 1), alone="no item is judged then")
    needs_case = (Wrong("REOPEN", alone=NEEDS_ITS_TARGET),)
    stale = (Wrong(99, "CONFLICT", path=("caseId",), alone=NEEDS_ITS_TARGET),)
    note = {"caseId": world["case"], "expectedVersion": 1, "text": "Look"}
    reading = {"memberId": world["olga"], "field": "EMAIL", "purpose": "To ask", "caseId": world["case about Olga"]}
    one_way = Wrong("mbr_nothing_at_all__", "NOT_FOUND", path=("caseId",))
    return {
        "claimCase": Row("mo", {"caseId": world["case"]}, NO_CASE),
        "releaseCase": Row("mo", {"caseId": world["claimed case"]}, NO_CASE),
        "addCaseNote": Row("mo", note, {**NO_CASE, "expectedVersion": STALE, "text": (EMPTY, long(NOTE_LENGTH))}),
        "decideCases": Row(
            "mo",
            decision,
            {
                **NO_CASE,
                "expectedVersion": stale,
                "action": needs_case,
                **EXPLANATION,
                "until": (Wrong(LONG_AGO),),
                **LONG_KEY,
                "decisions": (too_many,),
            },
            inside="decisions",
        ),
        "sanctionMember": Row(
            "mo", sanction, {**NO_MEMBER, **action, **EXPLANATION, "until": (Wrong(LONG_AGO),), **LONG_KEY}
        ),
        "removeContent": Row("mo", {"targetId": world["post"], **WHY, **KEY}, {**NO_TARGET, **EXPLANATION, **LONG_KEY}),
        "restoreContent": Row(
            "mo",
            {"targetId": world["removed"], "explanation": "Sorry", **KEY},
            {**NO_TARGET, **EXPLANATION, **LONG_KEY},
        ),
        "undoDecision": Row(
            "mo", {"decisionId": world["decision"], **KEY}, {"decisionId": (missing("dcn"),), **LONG_KEY}
        ),
        "readHiddenField": Row(
            "mo", reading, {"memberId": (one_way,), "purpose": (EMPTY, long(PURPOSE_LENGTH)), **NO_CASE}
        ),
    }


def _appeals(world: World) -> Mapping[str, Row]:
    text = {"text": (EMPTY, long(APPEAL_LENGTH))}
    no_appeal = {"appealId": (missing("apl"),)}
    answer = {"appealId": world["appeal"], "verdict": "OVERTURNED", "answer": "Sorry", "expectedVersion": 1, **KEY}
    return {
        "submitAppeal": Row(
            "bob",
            {"decisionId": world["decision"], "text": "No", **KEY},
            {"decisionId": (missing("dcn"),), **text, **LONG_KEY},
        ),
        "addAppealMessage": Row(
            "bob", {"appealId": world["appeal"], "text": "Well?", **KEY}, {**no_appeal, **text, **LONG_KEY}
        ),
        "decideAppeal": Row(
            "mia",
            answer,
            {
                **no_appeal,
                "answer": (EMPTY, long(EXPLANATION_LENGTH)),
                "expectedVersion": STALE,
                **LONG_KEY,
            },
        ),
    }


def _lists(world: World) -> Mapping[str, Row]:
    template = next(iter(DEFAULTS))
    host = {"host": "bad.example", "scope": "HOST", "verdict": "BLOCKED", "reason": "Bad", "expiresAt": None}
    wording = {"id": template, "action": "REMOVE", "reason": "SPAM", "zh": "广告", "en": "Advertising"}
    reason, text = (EMPTY, long(EXPLANATION_LENGTH)), (EMPTY, long(TEMPLATE_LENGTH))
    no_template = (Wrong("nothing", "NOT_FOUND"),)
    return {
        "setHostVerdict": Row("mo", host, {"host": (Wrong("a b"),), "reason": reason, "expiresAt": (Wrong(LONG_AGO),)}),
        "removeHostVerdict": Row(
            "mo",
            {"host": "listed.example", "scope": "HOST", "reason": "Gone"},
            {"host": (Wrong("unlisted.example", "NOT_FOUND"), Wrong("a b")), "reason": reason},
        ),
        "setExplanationTemplate": Row(
            "ada", wording, {"id": no_template, "action": (Wrong("REOPEN"),), "zh": text, "en": text}
        ),
        "removeExplanationTemplate": Row("ada", {"id": template}, {"id": no_template}),
    }
