"""Scopes: what moderators of one board may do there and elsewhere, beside members, moderators of all, and admins.

Every mutation and query for those who keep order has its row: the exact outcome for each of five who try it, "ok" or
the code of the refusal, each on things made for that try alone.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from domain.members import Role
from moderation.roles import NotAppointed, give_boards, give_role, take_boards, take_office
from policy.limits import MAX_MODERATED_BOARDS
from tests import factories
from tests.actors import Actor, Community
from tests.clock_and_random import START
from tests.moderation_steps import appeals, everything, removes, sanctions

OK, FORBIDDEN, NOT_FOUND, CONFLICT, VALIDATION = "ok", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "VALIDATION"
WHO = ("member", "keeper", "keeper elsewhere", "moderator", "admin")
UNTIL = (START + timedelta(days=30)).isoformat()


@dataclass
class World:
    """Two boards; ann writes, bob reports; ``people`` try to keep order; mod does what comes before."""

    community: Community
    mod: Actor
    ann: Actor
    bob: Actor
    people: dict[str, Actor]
    talk: str
    garden: str

    @property
    def services(self):
        return self.community.app_services.core

    async def post(self, audience="PUBLIC", on=None):
        await self.community.a_day_passes()
        return await self.ann.publishes("Buy this", on=on or self.talk, audience=audience)

    async def case(self, target):
        """The open case about ``target``, after a report."""
        await self.community.a_day_passes()
        await self.bob.manages("reportContent", targetId=target, reason="SPAM")
        return await self.services.stores.database["cases"].find_one({"target": target, "state": "OPEN"})

    async def frees_ann(self):
        """Of whatever was decided about her in the try before."""
        await self.services.stores.database["members"].update_one({"_id": self.ann.id}, {"$unset": {"sanction": True}})

    async def appeal(self, decision):
        return await appeals(self.ann, decision)


@pytest.fixture
async def world(community):
    """Made without the long way of registering."""
    stores = community.app_services.core.stores

    async def comes(handle, role=Role.MEMBER):
        member = await factories.member(stores, handle)
        await stores.members.set_role(handle, role)
        await stores.sessions.insert(f"token of {handle}", member, START, START + timedelta(days=1))
        return Actor(community.client, f"token of {handle}", member, handle)

    mod, max_, ada = [
        await comes(*one) for one in (("mod", Role.MODERATOR), ("max", Role.MODERATOR), ("ada", Role.ADMIN))
    ]
    ann, bob, eve, kim, oli = [await comes(handle) for handle in ("ann", "bob", "eve", "kim", "oli")]
    talk, garden = [await community.board(mod, slug) for slug in ("talk", "garden")]
    await give_boards(community.app_services.core, "kim", ["talk"])
    await give_boards(community.app_services.core, "oli", ["garden"])
    people = dict(zip(WHO, (eve, kim, oli, max_, ada), strict=True))
    return World(community, mod, ann, bob, people, talk, garden)


async def code(actor, mutation, **given):
    """What comes of a mutation."""
    payload = await actor.does(mutation, **given)
    codes = [error["code"] for error in payload["errors"]]
    return codes[0] if codes else OK


async def decided(actor, case, action, **more):
    """What comes of a decision about a case."""
    decision = {"caseId": case["_id"], "expectedVersion": case["version"], "action": action, "reason": "SPAM"}
    given = [{**decision, "explanation": "Because", **more}]
    payload = await actor.manages("decideCases", "results { errors { code } }", decisions=given)
    codes = [error["code"] for error in payload["results"][0]["errors"]]
    return codes[0] if codes else OK


# ---------------------------------------------------------------- what each row tries


def removing(audience="PUBLIC", reported=False):
    async def tries(world, actor):
        post = await world.post(audience)
        if reported:
            # Hidden since: friends alone may read it now.
            await world.case(post)
            await world.ann.manages("updatePost", postId=post, audience="FRIENDS")
        return await code(actor, "removeContent", targetId=post, reason="SPAM", explanation="Because")

    return tries


async def removing_a_comment(world, actor):
    comment = await world.ann.comments("And this", under=await world.post())
    return await code(actor, "removeContent", targetId=comment, reason="SPAM", explanation="Because")


async def removing_on_a_message_board(world, actor):
    home = (await world.ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    entry = await world.post("MEMBERS", on=home["id"])
    return await code(actor, "removeContent", targetId=entry, reason="SPAM", explanation="Because")


async def removing_one_s_own(world, actor):
    await world.community.a_day_passes()
    post = await actor.publishes("Mine", on=world.talk)
    return await code(actor, "removeContent", targetId=post, reason="SPAM", explanation="Because")


async def restoring(world, actor):
    post = await world.post()
    await removes(world.mod, post)
    return await code(actor, "restoreContent", targetId=post, explanation="Sorry")


async def restoring_what_was_for_friends(world, actor):
    post = await world.post()
    await removes(world.mod, post)
    await world.services.stores.database["posts"].update_one(
        {"_id": post}, {"$set": {"audience": "FRIENDS", "circle": f"FRIENDS:{world.ann.id}"}}
    )
    return await code(actor, "restoreContent", targetId=post, explanation="Sorry")


async def approving(world, actor):
    """There is nothing to approve on discussion boards, where nothing is handed over."""
    return await code(actor, "approveContent", targetId=await world.post())


async def approving_what_was_handed_over(world, actor):
    await world.community.a_day_passes()
    query = "{ viewer { member { messageBoard { id } } } }"
    home = (await world.bob.asks(query))["viewer"]["member"]["messageBoard"]["id"]
    entry = await world.ann.publishes("Hello bob", on=home, audience="MEMBERS")
    await world.bob.manages("reportContent", targetId=entry, reason="SPAM")
    return await code(actor, "approveContent", targetId=entry)


def answering_an_edit(mutation, **given):
    async def tries(world, actor):
        await world.mod.manages("updateBoard", boardId=world.talk, reviewEdits=True)
        post = await world.post()
        await world.ann.manages("updatePost", postId=post, body="Buy that")
        waits = "query ($id: ID!) { node(id: $id) { ... on Post { pendingEdit { writtenAt } } } }"
        found = (await world.ann.asks(waits, id=post))["node"]
        return await code(actor, mutation, targetId=post, writtenAt=found["pendingEdit"]["writtenAt"], **given)

    return tries


def missing(mutation, **given):
    async def tries(world, actor):
        return await code(actor, mutation, **given)

    return tries


async def hiding(world, actor):
    return await code(actor, "hideContent", targetId=await world.post())


async def making_a_board(world, actor):
    return await code(actor, "createBoard", slug=f"of-{actor.handle}", title="Mine")


async def changing_a_board(world, actor):
    return await code(actor, "updateBoard", boardId=world.talk, title="Talk")


async def changing_a_message_board(world, actor):
    home = (await world.ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    return await code(actor, "updateBoard", boardId=home["id"], title="Hers")


def on_a_case(mutation, about="a post", **given):
    async def tries(world, actor):
        case = await case_about(world, about)
        more = {"expectedVersion": case["version"]} if mutation == "addCaseNote" else {}
        return await code(actor, mutation, caseId=case["_id"], **more, **given)

    return tries


async def case_about(world, about):
    """A new case; of ann, and of the host, the only one."""
    if about == "a post":
        return await world.case(await world.post())
    if about == "a comment":
        return await world.case(await world.ann.comments("And this", under=await world.post()))
    which = {"target": world.ann.id} if about == "a member" else {"host": {"$exists": True}}
    for case in await world.services.stores.database["cases"].find(which).to_list():
        await world.services.stores.database["reports"].delete_many({"target": case["target"]})
        await world.services.stores.database["cases"].delete_one({"_id": case["_id"]})
    if about == "a member":
        return await world.case(world.ann.id)
    await world.community.a_day_passes()
    await world.bob.manages("reportLink", url="https://evil.example/", reason="MALICIOUS_LINK")
    return await world.services.stores.database["cases"].find_one(which)


async def claiming_the_next(world, actor):
    await world.services.stores.database["cases"].delete_many({})
    await world.case(await world.post())
    return await code(actor, "claimCase")


def deciding(action, about="a post", **more):
    async def tries(world, actor):
        await world.frees_ann()
        case = await case_about(world, about)
        if action == "UNLOCK":
            await world.services.stores.database["posts"].update_one(
                {"_id": case["target"]}, {"$set": {"isLocked": True}}
            )
        return await decided(actor, case, action, **more)

    return tries


async def deciding_a_case_that_is_not_there(world, actor):
    return await decided(actor, {"_id": "cse_missing", "version": 1}, "REMOVE")


async def sanctioning(world, actor):
    await world.frees_ann()
    given = {"memberId": world.ann.id, "action": "WARN", "reason": "ABUSE", "explanation": "Enough"}
    return await code(actor, "sanctionMember", **given)


async def undoing_one_s_own(world, actor):
    """Of whoever may make one; of others what they would have made."""
    made = await actor.does(
        "removeContent", "decision { id }", targetId=await world.post(), reason="SPAM", explanation="Because"
    )
    decision = made["decision"]["id"] if made["decision"] else "dcn_missing"
    return await code(actor, "undoDecision", decisionId=decision)


async def undoing_another_s(world, actor):
    return await code(actor, "undoDecision", decisionId=await removes(world.mod, await world.post()))


async def deciding_an_appeal(world, actor):
    appeal = await world.appeal(await removes(world.mod, await world.post()))
    return await code(actor, "decideAppeal", appealId=appeal, verdict="OVERTURNED", answer="Looked at anew")


async def deciding_an_appeal_against_a_sanction(world, actor):
    await world.frees_ann()
    appeal = await world.appeal(await sanctions(world.mod, world.ann, "WARN"))
    return await code(actor, "decideAppeal", appealId=appeal, verdict="UPHELD", answer="Looked at anew")


async def deciding_an_appeal_against_a_sanction_for_a_post(world, actor):
    """It was decided on the case about a post on the board, and is about the member all the same."""
    await world.frees_ann()
    case = await world.case(await world.post())
    assert await decided(world.mod, case, "WARN") == OK
    [decision] = await world.services.stores.database["decisions"].find({"case": case["_id"]}).to_list()
    appeal = await world.appeal(decision["_id"])
    return await code(actor, "decideAppeal", appealId=appeal, verdict="UPHELD", answer="Looked at anew")


async def talking_on_an_appeal(world, actor):
    appeal = await world.appeal(await removes(world.mod, await world.post()))
    return await code(actor, "addAppealMessage", appealId=appeal, text="Why?")


async def reading_what_is_hidden(world, actor):
    case = await case_about(world, "a member")
    given = {"memberId": world.ann.id, "field": "LOCATION", "purpose": "To see", "caseId": case["_id"]}
    return await code(actor, "readHiddenField", **given)


async def reading_what_is_hidden_for_a_post(world, actor):
    case = await case_about(world, "a post")
    given = {"memberId": world.ann.id, "field": "LOCATION", "purpose": "To see", "caseId": case["_id"]}
    return await code(actor, "readHiddenField", **given)


async def judging_a_host(world, actor):
    given = {"host": "evil.example", "scope": "HOST", "reason": "Because"}
    return await code(actor, "setHostVerdict", verdict="BLOCKED", **given)


async def taking_a_verdict_back(world, actor):
    given = {"host": "evil.example", "scope": "HOST", "reason": "Because"}
    await world.mod.manages("setHostVerdict", verdict="BLOCKED", **given)
    return await code(actor, "removeHostVerdict", **given)


#: What it is for a member, a moderator of the board, one of another board, a moderator of all, an admin.
ALL_OF_STAFF = (FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, OK)
ON_ITS_BOARD = (FORBIDDEN, OK, FORBIDDEN, OK, OK)
ON_ITS_BOARD_ELSE_MISSING = (FORBIDDEN, OK, NOT_FOUND, OK, OK)
NOT_OF_A_BOARD = (FORBIDDEN, NOT_FOUND, NOT_FOUND, OK, OK)
MISSING = (FORBIDDEN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND)
NOBODY = (FORBIDDEN,) * 5

MUTATIONS: dict[str, tuple[Callable[[World, Actor], Awaitable[str]], tuple[str, ...]]] = {
    "createBoard": (making_a_board, ALL_OF_STAFF),
    "updateBoard": (changing_a_board, ON_ITS_BOARD),
    "updateBoard, a member's": (changing_a_message_board, NOBODY),
    "removeContent, a post": (removing(), ON_ITS_BOARD),
    "removeContent, a comment": (removing_a_comment, ON_ITS_BOARD),
    "removeContent, a post that hides": (removing("FRIENDS"), MISSING),
    "removeContent, a post that hides but was reported": (removing(reported=True), ON_ITS_BOARD_ELSE_MISSING),
    "removeContent, on a message board": (removing_on_a_message_board, ALL_OF_STAFF),
    "removeContent, one's own": (removing_one_s_own, NOBODY),
    "removeContent, none": (
        missing("removeContent", targetId="pst_missing", reason="SPAM", explanation="Because"),
        MISSING,
    ),
    "restoreContent": (restoring, ON_ITS_BOARD_ELSE_MISSING),
    "restoreContent, what hides": (restoring_what_was_for_friends, MISSING),
    "restoreContent, none": (missing("restoreContent", targetId="pst_missing", explanation="Sorry"), MISSING),
    "approveContent": (approving, (FORBIDDEN, CONFLICT, FORBIDDEN, CONFLICT, CONFLICT)),
    "approveContent, handed over": (approving_what_was_handed_over, ALL_OF_STAFF),
    "approveContent, an edit": (answering_an_edit("approveContent"), (NOT_FOUND, OK, NOT_FOUND, OK, OK)),
    "rejectEdit": (answering_an_edit("rejectEdit", explanation="Because"), (NOT_FOUND, OK, NOT_FOUND, OK, OK)),
    "rejectEdit, none": (
        missing("rejectEdit", targetId="pst_missing", writtenAt=UNTIL, explanation="Because"),
        (NOT_FOUND,) * 5,
    ),
    "approveContent, none": (missing("approveContent", targetId="pst_missing"), (NOT_FOUND,) * 5),
    "hideContent": (hiding, NOBODY),
    "claimCase": (on_a_case("claimCase"), ON_ITS_BOARD_ELSE_MISSING),
    "claimCase, about a comment": (on_a_case("claimCase", "a comment"), ON_ITS_BOARD_ELSE_MISSING),
    "claimCase, about a member": (on_a_case("claimCase", "a member"), NOT_OF_A_BOARD),
    "claimCase, about a host": (on_a_case("claimCase", "a host"), NOT_OF_A_BOARD),
    "claimCase, the next": (claiming_the_next, ON_ITS_BOARD_ELSE_MISSING),
    "claimCase, none": (missing("claimCase", caseId="cse_missing"), MISSING),
    "releaseCase": (on_a_case("releaseCase"), ON_ITS_BOARD_ELSE_MISSING),
    "releaseCase, none": (missing("releaseCase", caseId="cse_missing"), MISSING),
    "addCaseNote": (on_a_case("addCaseNote", text="Look"), ON_ITS_BOARD_ELSE_MISSING),
    "addCaseNote, none": (missing("addCaseNote", caseId="cse_missing", text="Look", expectedVersion=1), MISSING),
    "decideCases REMOVE": (deciding("REMOVE"), ON_ITS_BOARD_ELSE_MISSING),
    "decideCases REMOVE, a comment": (deciding("REMOVE", "a comment"), ON_ITS_BOARD_ELSE_MISSING),
    "decideCases LOCK": (deciding("LOCK"), ON_ITS_BOARD_ELSE_MISSING),
    "decideCases UNLOCK": (deciding("UNLOCK"), ON_ITS_BOARD_ELSE_MISSING),
    "decideCases DISMISS": (deciding("DISMISS"), ON_ITS_BOARD_ELSE_MISSING),
    # A post that stands can't be restored, and one that nobody handed over not be approved.
    "decideCases RESTORE": (deciding("RESTORE"), (FORBIDDEN, CONFLICT, NOT_FOUND, CONFLICT, CONFLICT)),
    "decideCases APPROVE": (deciding("APPROVE"), (FORBIDDEN, CONFLICT, NOT_FOUND, CONFLICT, CONFLICT)),
    "decideCases WARN": (deciding("WARN"), ALL_OF_STAFF),
    "decideCases MUTE": (deciding("MUTE", until=UNTIL), ALL_OF_STAFF),
    "decideCases SUSPEND": (deciding("SUSPEND", until=UNTIL), ALL_OF_STAFF),
    "decideCases BAN": (deciding("BAN"), ALL_OF_STAFF),
    "decideCases REQUIRE_VERIFICATION": (deciding("REQUIRE_VERIFICATION"), ALL_OF_STAFF),
    "decideCases LIFT, of nobody": (deciding("LIFT"), (FORBIDDEN, FORBIDDEN, FORBIDDEN, CONFLICT, CONFLICT)),
    "decideCases DISMISS, about a member": (deciding("DISMISS", "a member"), NOT_OF_A_BOARD),
    "decideCases, none": (deciding_a_case_that_is_not_there, MISSING),
    "sanctionMember": (sanctioning, ALL_OF_STAFF),
    "undoDecision, one's own": (undoing_one_s_own, ON_ITS_BOARD_ELSE_MISSING),
    "undoDecision, another's": (undoing_another_s, (FORBIDDEN, NOT_FOUND, NOT_FOUND, FORBIDDEN, FORBIDDEN)),
    "undoDecision, none": (missing("undoDecision", decisionId="dcn_missing"), MISSING),
    "decideAppeal": (deciding_an_appeal, ON_ITS_BOARD_ELSE_MISSING),
    "decideAppeal, against a sanction": (deciding_an_appeal_against_a_sanction, NOT_OF_A_BOARD),
    "decideAppeal, against one for a post": (deciding_an_appeal_against_a_sanction_for_a_post, NOT_OF_A_BOARD),
    "decideAppeal, none": (
        missing("decideAppeal", appealId="apl_missing", verdict="UPHELD", answer="Looked at anew"),
        MISSING,
    ),
    "addAppealMessage": (talking_on_an_appeal, (NOT_FOUND, OK, NOT_FOUND, OK, OK)),
    "addAppealMessage, none": (missing("addAppealMessage", appealId="apl_missing", text="Why?"), (NOT_FOUND,) * 5),
    "readHiddenField": (reading_what_is_hidden, ALL_OF_STAFF),
    "readHiddenField, for a post": (reading_what_is_hidden_for_a_post, ALL_OF_STAFF),
    "setHostVerdict": (judging_a_host, ALL_OF_STAFF),
    "removeHostVerdict": (taking_a_verdict_back, ALL_OF_STAFF),
}


@pytest.mark.parametrize("row", MUTATIONS)
async def test_who_may_do_what_where(world, row):
    tries, outcomes = MUTATIONS[row]

    assert {who: await tries(world, world.people[who]) for who in WHO} == dict(zip(WHO, outcomes, strict=True))


REFUSED = [row for row, (_, outcomes) in MUTATIONS.items() if outcomes[1] != OK]


@pytest.mark.parametrize("row", [row for row in REFUSED if row.startswith(("decideCases", "sanctionMember"))])
async def test_what_a_moderator_of_a_board_is_refused_changes_nothing(world, stores, row, monkeypatch):
    """Nor does what they are refused who moderate another board."""
    tries, _ = MUTATIONS[row]
    kept: dict[str, Any] = {}
    does = Actor.does

    async def watched(self, mutation, fields="", **given):
        if self not in (world.people["keeper"], world.people["keeper elsewhere"]):
            return await does(self, mutation, fields, **given)
        before = await everything(stores)
        payload = await does(self, mutation, fields, **given)
        kept[self.handle] = await everything(stores) == before
        return payload

    monkeypatch.setattr(Actor, "does", watched)
    for who in ("keeper", "keeper elsewhere"):
        await tries(world, world.people[who])

    assert kept == {"kim": True, "oli": True}


# ---------------------------------------------------------------- what each reads


CASE = """query ($id: ID!) { node(id: $id) { ... on Case { state actionsAvailable reportCount
  target { ... on Post { title body { text } author { handle } } } reports { nodes { reporter { handle } note } }
  notes { nodes { text author { handle } } } decisions { action decidedBy { handle } } } } }"""
MAY = """query ($post: ID!, $comment: ID!) {
  post: node(id: $post) { ... on Post { viewerCanModerate board { viewerCanModerate } } }
  comment: node(id: $comment) { ... on Comment { viewerCanModerate } } }"""
OF_STAFF = ["REMOVE", "RESTORE", "LOCK", "UNLOCK", "WARN", "MUTE", "SUSPEND", "BAN", "LIFT", "REQUIRE_VERIFICATION"]


def told(answer, field):
    """What a list shows, or the code of why not."""
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"]
    return {node["id"] for node in answer["data"][field]["nodes"]}


async def each(world, ask):
    return {who: await ask(world.people[who]) for who in WHO}


async def test_whose_queue_holds_which_cases(world):
    there, comment = await case_about(world, "a post"), await case_about(world, "a comment")
    elsewhere = await world.case(await world.post(on=world.garden))
    member, host = await case_about(world, "a member"), await case_about(world, "a host")
    every = {case["_id"] for case in (there, comment, elsewhere, member, host)}
    expected = (FORBIDDEN, {there["_id"], comment["_id"]}, {elsewhere["_id"]}, every, every)

    for state in ("", "(filter: {state: OPEN})"):
        found = await each(world, lambda actor, state=state: actor.gets(f"{{ cases{state} {{ nodes {{ id }} }} }}"))

        assert [told(found[who], "cases") for who in WHO] == list(expected)


async def test_a_queue_is_paged_and_sorted_by_what_is_due(world, clock):
    cases = []
    for board in (world.talk, world.garden, world.talk, world.garden, world.talk):
        clock.advance(hours=1)
        cases.append((await world.case(await world.post(on=board)))["_id"])
    kim, page = (
        world.people["keeper"],
        "query ($a: String) { cases(first: 2, after: $a) { nodes { id } pageInfo { endCursor hasNextPage } } }",
    )

    first = (await kim.asks(page))["cases"]
    second = (await kim.asks(page, a=first["pageInfo"]["endCursor"]))["cases"]
    await give_boards(world.services, "kim", ["garden"])
    both = (await kim.asks("{ cases { nodes { id } } }"))["cases"]

    assert [node["id"] for node in first["nodes"]] == [cases[0], cases[2]]
    assert ([node["id"] for node in second["nodes"]], second["pageInfo"]["hasNextPage"]) == ([cases[4]], False)
    assert [node["id"] for node in both["nodes"]] == cases


async def test_what_is_claimed_shows_as_claimed_on_its_board_alone(world):
    case, elsewhere = await case_about(world, "a post"), await world.case(await world.post(on=world.garden))
    for each_case in (case, elsewhere):
        await world.mod.manages("claimCase", caseId=each_case["_id"])

    found = await each(world, lambda actor: actor.gets("{ cases(filter: {state: CLAIMED}) { nodes { id } } }"))

    every = {case["_id"], elsewhere["_id"]}
    assert [told(found[who], "cases") for who in WHO] == [
        FORBIDDEN, {case["_id"]}, {elsewhere["_id"]}, every, every
    ]  # fmt: skip


async def test_what_a_case_tells_whom(world):
    case = await case_about(world, "a post")
    await world.mod.manages("addCaseNote", caseId=case["_id"], expectedVersion=1, text="Look")
    shown = {
        "state": "OPEN",
        "reportCount": 1,
        "target": {"title": None, "body": {"text": "Buy this"}, "author": {"handle": "ann"}},
        "reports": {"nodes": [{"reporter": {"handle": "bob"}, "note": None}]},
        "notes": {"nodes": [{"text": "Look", "author": {"handle": "mod"}}]},
        "decisions": [],
    }

    found = await each(world, lambda actor: actor.asks(CASE, id=case["_id"]))

    assert [found[who]["node"] for who in WHO] == [
        None,
        shown | {"actionsAvailable": ["REMOVE", "RESTORE", "LOCK", "UNLOCK", "DISMISS"]},
        None,
        shown | {"actionsAvailable": [*OF_STAFF, "DISMISS"]},
        shown | {"actionsAvailable": [*OF_STAFF, "DISMISS"]},
    ]


async def test_a_case_tells_a_moderator_of_its_board_no_sanction(world):
    case = await case_about(world, "a post")
    assert await decided(world.mod, case, "WARN") == OK

    found = await each(world, lambda actor: actor.asks(CASE, id=case["_id"]))
    late = await world.people["keeper"].does(
        "decideCases",
        "results { errors { code ... on ConflictError { decision { action } } } }",
        decisions=[
            {"caseId": case["_id"], "expectedVersion": 1, "action": "REMOVE", "reason": "SPAM", "explanation": "Too"}
        ],
    )

    warned = [{"action": "WARN", "decidedBy": {"handle": "mod"}}]
    assert [found[who]["node"] and found[who]["node"]["decisions"] for who in WHO] == [None, [], None, warned, warned]
    assert late["results"] == [{"errors": [{"code": CONFLICT, "decision": None}]}]


async def test_a_decision_of_theirs_is_theirs_to_read_and_on_the_record(world, stores, tells):
    kim, post = world.people["keeper"], await world.post()
    case = await world.case(post)
    given = {"caseId": case["_id"], "expectedVersion": 1, "action": "REMOVE", "reason": "SPAM", "explanation": "广告"}
    fields = "results { decision { id action decidedBy { handle } } case { state } }"

    [result] = (await kim.manages("decideCases", fields, decisions=[given]))["results"]
    decision = result["decision"]["id"]
    await tells()

    assert result == {
        "decision": {"id": decision, "action": "REMOVE", "decidedBy": {"handle": "kim"}},
        "case": {"state": "DECIDED"},
    }
    [row] = await stores.database["audit"].find({"kind": "content.REMOVE"}).to_list()
    assert (row["actor"], row["decision"], row["target"]) == (kim.id, decision, post)
    node = "query ($id: ID!) { node(id: $id) { ... on Decision { action } } }"
    found = await each(world, lambda actor: actor.asks(node, id=decision))
    read = {"action": "REMOVE"}
    assert [found[who]["node"] for who in WHO] == [None, read, None, read, read]
    [told_to_ann] = (await world.ann.asks("{ viewer { notifications { nodes { kind } } } }"))["viewer"][
        "notifications"
    ]["nodes"]
    assert told_to_ann == {"kind": "DECISION_ABOUT_YOU"}
    await take_boards(world.services, "kim", ["talk"])
    assert (await kim.asks(node, id=decision))["node"] is None


async def test_whose_list_holds_which_appeals(world):
    there = await world.appeal(await removes(world.mod, await world.post()))
    elsewhere = await world.appeal(await removes(world.mod, await world.post(on=world.garden)))
    sanction = await world.appeal(await sanctions(world.mod, world.ann, "WARN"))
    every = {there, elsewhere, sanction}
    query = "query ($id: ID!) { node(id: $id) { ... on Appeal { id decision { action decidedBy { handle } } } } }"

    found = await each(world, lambda actor: actor.gets("{ appeals { nodes { id } } }"))
    read = await each(world, lambda actor: actor.asks(query, id=there))

    assert [told(found[who], "appeals") for who in WHO] == [FORBIDDEN, {there}, {elsewhere}, every, every]
    shown = {"id": there, "decision": {"action": "REMOVE", "decidedBy": {"handle": "mod"}}}
    assert [read[who]["node"] for who in WHO] == [None, shown, None, shown, shown]


async def test_who_is_told_that_they_may_moderate(world):
    post = await world.post()
    comment = await world.ann.comments("And this", under=post)

    found = await each(world, lambda actor: actor.asks(MAY, post=post, comment=comment))

    for who, may in zip(WHO, (False, True, False, True, True), strict=True):
        assert found[who] == {
            "post": {"viewerCanModerate": may, "board": {"viewerCanModerate": may}},
            "comment": {"viewerCanModerate": may},
        }


async def test_whose_boards_are_theirs(world):
    query = "{ viewer { moderatedBoards { slug } member { role } } }"
    await give_boards(world.services, "kim", ["garden", "talk"])

    found = await each(world, lambda actor: actor.asks(query))

    assert [found[who]["viewer"] for who in WHO] == [
        {"moderatedBoards": [], "member": {"role": "MEMBER"}},
        {"moderatedBoards": [{"slug": "talk"}, {"slug": "garden"}], "member": {"role": "MEMBER"}},
        {"moderatedBoards": [{"slug": "garden"}], "member": {"role": "MEMBER"}},
        {"moderatedBoards": [], "member": {"role": "MODERATOR"}},
        {"moderatedBoards": [], "member": {"role": "ADMIN"}},
    ]


async def test_the_lists_of_hosts_are_for_those_who_moderate_all(world):
    found = await each(world, lambda actor: actor.gets("{ hostVerdicts { nodes { host } } }"))

    codes = [found[who].get("errors", [{"extensions": {"code": OK}}])[0]["extensions"]["code"] for who in WHO]
    assert codes == [FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, OK]


async def test_a_moderator_of_the_board_reads_the_bytes_that_any_member_reads(world):
    """What is removed, held back for friends, or handed over elsewhere hides from both, wherever they ask."""
    post, removed, for_friends = await world.post(), await world.post(), await world.post("FRIENDS")
    gone = await world.ann.comments("And this", under=post)
    await world.bob.comments("Why?", under=post, answering=gone)
    decisions = [await removes(world.mod, target) for target in (removed, gone)]
    case = await case_about(world, "a member")
    ids = [post, removed, for_friends, gone, *decisions, case["_id"]]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
      ... on Post { state title body { text } decision { action } comments { nodes { id state author { handle } } } } }
      feed { nodes { id } } board(slug: "talk") { postCount posts { nodes { id } } }
      viewer { boardEntriesToReview { nodes { id } } decisions { nodes { id } } disclosures { nodes { field } } } }"""

    found = {who: (await world.people[who].responds(query, {"ids": ids}))[2] for who in WHO}

    assert found["keeper"] == found["keeper elsewhere"] == found["member"]
    assert found["moderator"] != found["member"]


# ---------------------------------------------------------------- nobody in their own cause


STAFF = ("keeper", "moderator", "admin")


@pytest.mark.parametrize("who", STAFF)
async def test_nobody_works_on_a_case_about_what_they_wrote(world, stores, who):
    actor = world.people[who]
    post = await actor.publishes("Mine", on=world.talk)
    case = await world.case(post)
    before = await everything(stores)

    assert told(await actor.gets("{ cases { nodes { id } } }"), "cases") == set()
    assert (await actor.asks(CASE, id=case["_id"]))["node"] is None
    assert await code(actor, "claimCase") == NOT_FOUND
    assert await code(actor, "claimCase", caseId=case["_id"]) == NOT_FOUND
    assert await code(actor, "releaseCase", caseId=case["_id"]) == NOT_FOUND
    assert await code(actor, "addCaseNote", caseId=case["_id"], expectedVersion=1, text="Mine") == NOT_FOUND
    for action in ("DISMISS", "REMOVE", "LOCK", "UNLOCK", "RESTORE", "APPROVE"):
        assert await decided(actor, case, action) == NOT_FOUND
    assert await code(actor, "approveContent", targetId=post) == FORBIDDEN
    assert await code(actor, "removeContent", targetId=post, reason="SPAM", explanation="Mine") == FORBIDDEN

    assert await everything(stores) == before


@pytest.mark.parametrize("who", STAFF)
async def test_nobody_restores_what_others_removed_of_theirs(world, stores, who):
    actor = world.people[who]
    post = await actor.publishes("Mine", on=world.talk)
    decision = await removes(world.mod, post)
    before = await everything(stores)

    assert await code(actor, "restoreContent", targetId=post, explanation="Mine") == FORBIDDEN
    assert await code(actor, "undoDecision", decisionId=decision) == FORBIDDEN

    assert await everything(stores) == before


@pytest.mark.parametrize("who", STAFF)
async def test_nobody_decides_about_themselves(world, stores, who):
    actor = world.people[who]
    case = await world.case(actor.id)
    before = await everything(stores)

    assert await decided(actor, case, "DISMISS") == NOT_FOUND
    for action in ("WARN", "LIFT"):
        given = {"memberId": actor.id, "action": action, "reason": "OTHER", "explanation": "Me"}
        assert await code(actor, "sanctionMember", **given) == FORBIDDEN
        assert await decided(actor, case, action) == (FORBIDDEN if who == "keeper" else NOT_FOUND)

    assert await everything(stores) == before


@pytest.mark.parametrize("who", STAFF)
async def test_nobody_decides_an_appeal_of_their_own_or_against_their_own_decision(world, stores, who):
    actor = world.people[who]
    against_theirs = await world.appeal(await removes(actor, await world.post()))
    post = await actor.publishes("Mine", on=world.talk)
    of_theirs = await appeals(actor, await removes(world.mod, post))
    before = await everything(stores)

    assert told(await actor.gets("{ appeals { nodes { id } } }"), "appeals") == set()
    for appeal, refused in ((against_theirs, NOT_FOUND), (of_theirs, FORBIDDEN)):
        for verdict in ("UPHELD", "OVERTURNED"):
            given = {"appealId": appeal, "verdict": verdict, "answer": "I say so"}
            assert await code(actor, "decideAppeal", **given) == refused
    assert await code(actor, "addAppealMessage", appealId=against_theirs, text="I say so") == NOT_FOUND

    assert await everything(stores) == before


# ---------------------------------------------------------------- owners of message boards


async def test_the_owner_of_a_message_board_sees_nothing_that_is_for_moderators_alone(world, stores):
    home = (await world.ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    entry = await world.people["member"].publishes("Hello ann", on=home["id"], audience="MEMBERS")
    case = await world.case(entry)
    await world.mod.manages("addCaseNote", caseId=case["_id"], expectedVersion=1, text="Look")
    query = "query ($id: ID!) { node(id: $id) { ... on Post { viewerCanModerate decision { id } } } }"
    before = await everything(stores)

    assert told(await world.ann.gets("{ cases { nodes { id } } }"), "cases") == FORBIDDEN
    assert told(await world.ann.gets("{ appeals { nodes { id } } }"), "appeals") == FORBIDDEN
    assert (await world.ann.asks(CASE, id=case["_id"]))["node"] is None
    assert (await world.ann.asks(query, id=entry))["node"] == {"viewerCanModerate": True, "decision": None}
    assert (await world.ann.asks("{ viewer { reports { nodes { reason } } } }"))["viewer"]["reports"]["nodes"] == []
    assert await code(world.ann, "claimCase", caseId=case["_id"]) == FORBIDDEN
    assert await code(world.ann, "addCaseNote", caseId=case["_id"], expectedVersion=2, text="Mine") == FORBIDDEN
    assert await decided(world.ann, case, "DISMISS") == FORBIDDEN
    for mutation, given in (("removeContent", {"reason": "SPAM"}), ("restoreContent", {})):
        assert await code(world.ann, mutation, targetId=entry, explanation="Mine", **given) == FORBIDDEN
    assert await everything(stores) == before

    assert await code(world.ann, "hideContent", targetId=entry) == OK
    assert await code(world.ann, "approveContent", targetId=entry) == OK


# ---------------------------------------------------------------- being appointed, and no more


async def test_who_is_a_moderator_no_more_is_none_on_the_next_request(world):
    kim, case = world.people["keeper"], await case_about(world, "a post")
    assert await code(kim, "claimCase", caseId=case["_id"]) == OK

    await take_boards(world.services, "kim", ["talk"])

    assert told(await kim.gets("{ cases { nodes { id } } }"), "cases") == FORBIDDEN
    assert (await kim.asks(CASE, id=case["_id"]))["node"] is None
    assert await decided(kim, case, "REMOVE") == FORBIDDEN
    assert (await kim.asks("{ viewer { moderatedBoards { id } } }"))["viewer"]["moderatedBoards"] == []


async def test_who_lost_one_of_two_boards_undoes_nothing_there(world):
    kim = world.people["keeper"]
    await give_boards(world.services, "kim", ["garden"])
    decision = await removes(kim, await world.post())

    await take_boards(world.services, "kim", ["talk"])

    assert await code(kim, "undoDecision", decisionId=decision) == NOT_FOUND


async def test_appointments_are_on_the_record(world, stores):
    await stores.database["audit"].delete_many({})
    kim = world.people["keeper"]

    await give_role(world.services, "kim", Role.MODERATOR)
    await take_boards(world.services, "kim", ["talk"])
    await give_boards(world.services, "kim", ["garden", "talk"])
    await take_office(world.services, "kim")

    rows = await stores.database["audit"].find({}).to_list()
    assert [(row["kind"], row.get("role"), row.get("boards")) for row in rows] == [
        ("member.APPOINTED", "MODERATOR", None),
        ("member.DISMISSED", None, [world.talk]),
        ("member.APPOINTED", None, [world.garden, world.talk]),
        ("member.DISMISSED", "MEMBER", sorted([world.garden, world.talk])),
    ]
    assert {(row["actor"], row["subject"]) for row in rows} == {(None, kim.id)}
    member = await stores.database["members"].find_one({"_id": kim.id})
    assert (member["role"], member["moderates"]) == ("MEMBER", [])


async def test_what_cannot_be_appointed_changes_nothing(world, stores):
    before = await everything(stores)
    many = []
    for n in range(MAX_MODERATED_BOARDS + 1):
        await world.mod.manages("createBoard", slug=f"board-{n}", title="One more")
        many.append(f"board-{n}")

    for handle, slugs, reason in (
        ("nobody", ["talk"], "There is no member 'nobody'"),
        ("eve", ["talk", "nowhere"], "There is no discussion board 'nowhere'"),
        ("eve", ["@ann"], "There is no discussion board '@ann'"),
        ("eve", many, "more than 50 boards"),
    ):
        with pytest.raises(NotAppointed, match=reason):
            await give_boards(world.services, handle, slugs)

    assert await everything(stores) == before


# ---------------------------------------------------------------- at what cost


async def test_a_queue_of_single_boards_is_read_by_index(world, stores, reads):
    """Of a thousand cases, half of them elsewhere, no more than the page is looked at."""
    boards = (world.talk, world.garden, "brd_elsewhere", "brd_elsewhere")
    rows = [
        {
            "_id": f"cse_{n}",
            "target": f"pst_{n}",
            "subject": world.ann.id,
            "board": boards[n % 4],
            "state": "OPEN" if n % 3 else "DECIDED",
            "openedAt": START,
            "decidedAt": None,
            "dueAt": START + timedelta(minutes=n),
            "reports": 1,
            "version": 1,
        }
        for n in range(1_000)
    ]
    await stores.database["cases"].insert_many(rows)
    await give_boards(world.services, "kim", ["garden"])

    for state in ("", "(filter: {state: OPEN}, first: 20)"):
        reads.forget()
        await world.people["keeper"].asks(f"{{ cases{state} {{ nodes {{ id }} }} }}")

        [read] = [read for read in reads.all if read.command.get("find") == "cases"]
        explained = await read.explained(stores.database)
        assert (explained.returned, explained.docs_examined) == (21, 21)
        assert explained.keys_examined <= 30
        assert explained.stages.isdisjoint({"SORT", "COLLSCAN"})


async def test_a_board_to_moderate_costs_no_read_more(world, reads):
    query = "{ viewer { member { handle } } feed { nodes { id viewerCanModerate } } }"
    await world.post()

    counted = {}
    for who in ("member", "keeper"):
        reads.forget()
        await world.people[who].asks(query)
        counted[who] = reads.collections

    assert counted["keeper"] == counted["member"]
