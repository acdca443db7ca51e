"""Cursors of the reports on a case tell nobody who reported: a block may keep that from a moderator."""

import base64

import orjson

REPORTS = """query ($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Case {
  reports(first: $first, after: $after) { nodes { note reporter { handle } } edges { cursor }
    pageInfo { hasNextPage startCursor endCursor } } } } }"""


async def test_a_cursor_does_not_hold_who_reported(community, moderator, board, ann):
    post = await ann.publishes("Buy this", on=board)
    crowd = [await community.joins(name) for name in ("eve", "fay", "gus")]
    for each in crowd:
        await each.manages("reportContent", targetId=post, reason="SPAM", note=each.id)
        await each.manages("block", memberId=moderator.id)
    case = (await moderator.asks("{ cases { nodes { id } } }"))["cases"]["nodes"][0]["id"]

    told, cursors, after = [], [], None
    for _ in crowd:
        page = (await moderator.asks(REPORTS, id=case, first=1, after=after))["node"]["reports"]
        told += page["nodes"]
        cursors += [page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"], page["edges"][0]["cursor"]]
        after = page["pageInfo"]["endCursor"]

    held = b"".join(base64.urlsafe_b64decode(cursor + "==") for cursor in cursors).decode()
    assert [each["note"] for each in told] == [each.id for each in reversed(crowd)]
    assert [each["reporter"] for each in told] == [None] * 3
    assert not any(each.id in held for each in crowd)


async def test_nobody_finds_out_who_reported_by_guessing_at_cursors(community, moderator, board, ann):
    """A made-up id that comes before the reporter's, and one that comes after it, go on from the same place."""
    post = await ann.publishes("Buy this", on=board)
    eve = await community.joins("eve")
    await eve.manages("reportContent", targetId=post, reason="SPAM")
    case = (await moderator.asks("{ cases { nodes { id } } }"))["cases"]["nodes"][0]["id"]
    held = (await moderator.asks(REPORTS, id=case))["node"]["reports"]["pageInfo"]["endCursor"]
    moment, _ = orjson.loads(base64.urlsafe_b64decode(held + "=="))

    found = [
        (await moderator.asks(REPORTS, id=case, after=_cursor(moment, f"{post}:{guess}")))["node"]["reports"]["edges"]
        for guess in ("", eve.id, "~")
    ]

    assert found[0] == found[1] == found[2]


def _cursor(moment: int, guess: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([moment, guess])).decode().rstrip("=")
