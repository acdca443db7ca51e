"""What is told of decisions: how tests bring it about, and read it as members do."""

TOLD = """query ($first: Int, $after: String) { viewer { notifications(first: $first, after: $after) {
  nodes { id kind createdAt message decision { action explanation decidedBy { id } } report { reason outcome } }
  pageInfo { hasNextPage endCursor } } } }"""
CASES = "{ cases(filter: { state: OPEN }) { nodes { id version } } }"


async def reports(actor, target):
    await actor.manages("reportContent", targetId=target, reason="SPAM")


async def removes(moderator, target):
    await moderator.manages("removeContent", targetId=target, reason="SPAM", explanation="广告")


async def decides(moderator, action, **more):
    """About the only case that is open."""
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    given = {"caseId": case["id"], "expectedVersion": case["version"], "reason": "SPAM", "explanation": "因为"}
    decisions = [{**given, "action": action, **more}]
    payload = await moderator.manages("decideCases", "results { errors { code } }", decisions=decisions)
    assert payload["results"] == [{"errors": []}]


async def suspends(moderator, member, until):
    given = {"memberId": member.id, "action": "SUSPEND", "reason": "ABUSE", "explanation": "辱骂他人"}
    await moderator.manages("sanctionMember", until=until.isoformat(), **given)


async def notifications(actor):
    return (await actor.asks(TOLD))["viewer"]["notifications"]["nodes"]


async def kinds(actor):
    return [each["kind"] for each in await notifications(actor)]


async def counts(stores, actor):
    """How often a reporter was right, and how often not."""
    row = await stores.database["members"].find_one({"_id": actor.id})
    return row.get("reportsUpheld", 0), row.get("reportsDismissed", 0)


async def waiting(stores):
    return await stores.database["outbox"].count_documents({})
