"""What moderators and members do in tests about appeals: decide, object, decide anew, take back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from stores.codecs import Document
from stores.connections import Stores
from tests.actors import Actor
from tests.clock_and_random import START

#: All that a decision, its appeal or its undoing may change.
CHANGED = ("posts", "comments", "members", "cases", "decisions", "appeals", "audit", "outbox")
_CASES = "{ cases(filter: {state: OPEN}) { nodes { id version } } }"
_ACCOUNT_STATUS = "{ viewer { postingStatus { accountStatus } } }"
#: What some actions need besides.
_END = {"until": (START + timedelta(days=30)).isoformat()}
_MORE: Mapping[str, Mapping[str, Any]] = {"MUTE": _END, "SUSPEND": _END}


async def removes(moderator: Actor, target: str) -> str:
    """The decision."""
    given = {"targetId": target, "reason": "SPAM", "explanation": "Because"}
    return await _decision(moderator, "removeContent", given)


async def restores(moderator: Actor, target: str) -> str:
    """The decision."""
    return await _decision(moderator, "restoreContent", {"targetId": target, "explanation": "Sorry"})


async def sanctions(moderator: Actor, member: Actor, action: str) -> str:
    """The decision."""
    given = {"memberId": member.id, "action": action, "reason": "ABUSE", "explanation": "Enough"}
    return await _decision(moderator, "sanctionMember", {**given, **_MORE.get(action, {})})


async def decides(moderator: Actor, action: str, **more: Any) -> str:
    """About the only open case; the decision."""
    [case] = (await moderator.asks(_CASES))["cases"]["nodes"]
    given = {"caseId": case["id"], "expectedVersion": case["version"], "action": action, "reason": "SPAM"}
    decision = {**given, "explanation": "Because", **_MORE.get(action, {}), **more}
    fields = "results { decision { id } errors { code } }"
    [result] = (await moderator.manages("decideCases", fields, decisions=[decision]))["results"]
    assert result["errors"] == []
    return str(result["decision"]["id"])


async def appeals(member: Actor, decision: str) -> str:
    """The appeal."""
    payload = await member.manages("submitAppeal", "appeal { id }", decisionId=decision, text="That was no spam")
    return str(payload["appeal"]["id"])


async def answers(moderator: Actor, appeal: str, verdict: str, **more: Any) -> Any:
    """The payload."""
    fields = "appeal { state } decision { id action reason }"
    given = {"appealId": appeal, "verdict": verdict, "answer": "Looked at anew", **more}
    return await moderator.manages("decideAppeal", fields, **given)


async def undoes(moderator: Actor, decision: str, **more: Any) -> Any:
    """The decision that takes the other one back."""
    fields = "decision { id action reason explanation }"
    return (await moderator.manages("undoDecision", fields, decisionId=decision, **more))["decision"]


async def account_status(member: Actor) -> Any:
    """Where they stand."""
    return (await member.asks(_ACCOUNT_STATUS))["viewer"]["postingStatus"]["accountStatus"]


async def everything(stores: Stores) -> list[list[Document]]:
    """All rows of all that may change."""
    return [await stores.database[name].find({}).to_list() for name in CHANGED]


async def _decision(moderator: Actor, mutation: str, given: Mapping[str, Any]) -> str:
    return str((await moderator.manages(mutation, "decision { id }", **given))["decision"]["id"])
