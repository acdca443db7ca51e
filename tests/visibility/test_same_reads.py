"""What is hidden and what never was take the same reads."""

import pytest

from tests.api.test_message_boards import board_of

NODE = "query ($id: ID!) { node(id: $id) { id } }"
NEVER = "A" * 16


@pytest.fixture
async def hidden(community):
    """Bob, and an id of each kind of thing that is hidden from him beside one that nothing has."""
    ann, bob, eve = [await community.joins(name) for name in ("ann", "bob", "eve")]
    place, closed = await board_of(ann), await board_of(eve)
    entry = await bob.publishes("Hello", on=place, audience="MEMBERS")
    post = await ann.publishes("For me", on=place, audience="ONLY_ME")
    comment = await ann.comments("For me too", under=post)
    await bob.manages("deletePost", postId=entry)
    await eve.manages("updateBoard", boardId=closed, audience="ONLY_ME")
    await eve.manages("block", memberId=bob.id)
    pairs = {
        "post": (post, f"pst_{NEVER}"),
        "deleted post": (entry, f"pst_{NEVER}"),
        "comment": (comment, f"cmt_{NEVER}{NEVER}"),
        "member": (eve.id, f"mbr_{NEVER}"),
        "board": (closed, f"brd_{NEVER}"),
    }
    return bob, pairs


@pytest.mark.parametrize("kind", ["post", "deleted post", "comment", "member", "board"])
async def test_hidden_and_missing_take_the_same_reads(hidden, reads, kind):
    bob, pairs = hidden
    taken = []
    for one in pairs[kind]:
        reads.forget()
        assert (await bob.asks(NODE, id=one))["node"] is None
        taken.append(sorted(reads.collections))

    assert taken[0] == taken[1] != []
