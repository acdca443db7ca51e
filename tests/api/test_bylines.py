"""Bylines: the fields an author chose for a text, met with what their profile shows each reader now."""

import pytest

from domain.ids import message_board_of

BYLINE = "byline { location bio { text } email birthday { year month day } }"
NOTHING = {"location": None, "bio": None, "email": None, "birthday": None}
#: Every way in which a byline can be read.
EVERYWHERE = f"""query ($post: ID!, $comment: ID!, $reply: ID!) {{
  post: node(id: $post) {{ ... on Post {{
    {BYLINE} comments {{ nodes {{ {BYLINE} replies {{ nodes {{ {BYLINE} }} }} }} }} }} }}
  comment: node(id: $comment) {{ ... on Comment {{
    {BYLINE} replies {{ nodes {{ {BYLINE} parent {{ {BYLINE} }} }} }} }} }}
  reply: node(id: $reply) {{ ... on Comment {{ {BYLINE} post {{ {BYLINE} }} parent {{ {BYLINE} }} }} }}
  nodes(ids: [$post, $comment, $reply]) {{ ... on Post {{ {BYLINE} }} ... on Comment {{ {BYLINE} }} }}
  feed {{ nodes {{ {BYLINE} }} }}
  board(slug: "talk") {{ posts {{ nodes {{ {BYLINE} }} }} }}
  member(handle: "ann") {{ posts {{ nodes {{ {BYLINE} }} }} }}
}}"""
#: Three by each node and by all of them, and the post in three lists.
TIMES = 4 * 3 + 3
FOLLOWED = f"{{ viewer {{ feed {{ nodes {{ {BYLINE} }} }} }} }}"


def bylines_in(answer):
    """All bylines of an answer, wherever they stand."""
    if isinstance(answer, list):
        return [found for part in answer for found in bylines_in(part)]
    if not isinstance(answer, dict):
        return []
    own = [answer["byline"]] if "byline" in answer else []
    return own + [found for name, part in answer.items() if name != "byline" for found in bylines_in(part)]


async def byline(viewer, node):
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on Post {{ {BYLINE} }} ... on Comment {{ {BYLINE} }} }} }}"
    return (await viewer.asks(query, id=node))["node"]["byline"]


@pytest.fixture
async def open_ann(ann):
    """Ann with a place for everyone, a bio for members and an address for friends."""
    await ann.manages("updateProfile", location="杭州", bio="I draw.", email="ann@example.com")
    await ann.opens(location="PUBLIC", bio="MEMBERS", email="FRIENDS")
    return ann


@pytest.fixture
async def thread(open_ann, board):
    """A post of Ann's with a comment and a reply of hers, all under a byline of everything."""
    fields = ["LOCATION", "BIO", "EMAIL"]
    post = await open_ann.publishes("Hello", on=board, byline=fields)
    comment = await open_ann.comments("More", under=post, byline=fields)
    reply = await open_ann.comments("Still more", under=post, answering=comment, byline=fields)
    return {"post": post, "comment": comment, "reply": reply}


async def test_each_reader_gets_what_is_chosen_and_shown_to_them_everywhere(thread, bob, community, open_ann):
    friend = await community.joins("friend")
    await open_ann.befriends(friend)
    place, bio = {"location": "杭州"}, {"bio": {"text": "I draw."}}
    expected = [
        (community.visitor(), NOTHING | place),
        (bob, NOTHING | place | bio),
        (friend, NOTHING | place | bio | {"email": "ann@example.com"}),
    ]
    for reader, shown in expected:
        found = bylines_in(await reader.asks(EVERYWHERE, **thread))

        assert len(found) == TIMES
        assert [other for other in found if other != shown] == []


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda ann: ann.opens(location="ONLY_ME"),
        lambda ann: ann.manages("updateProfile", location=None),
    ],
    ids=["narrowed", "cleared"],
)
async def test_a_field_that_is_withdrawn_is_gone_from_every_old_text_at_once(thread, bob, open_ann, withdraw):
    await bob.manages("follow", memberId=open_ann.id)
    before = bylines_in(await bob.asks(EVERYWHERE, **thread)) + bylines_in(await bob.asks(FOLLOWED))
    assert {shown["location"] for shown in before} == {"杭州"}

    await withdraw(open_ann)

    after = bylines_in(await bob.asks(EVERYWHERE, **thread)) + bylines_in(await bob.asks(FOLLOWED))
    assert len(after) == TIMES + 1
    assert [shown for shown in after if shown != NOTHING | {"bio": {"text": "I draw."}}] == []


async def test_a_lost_friend_reads_no_more_in_old_bylines(thread, bob, open_ann):
    await open_ann.befriends(bob)
    assert (await byline(bob, thread["post"]))["email"] == "ann@example.com"

    await open_ann.manages("unfollow", memberId=bob.id)

    assert {shown["email"] for shown in bylines_in(await bob.asks(EVERYWHERE, **thread))} == {None}


async def test_a_field_that_was_not_chosen_stays_out_however_wide_it_is(board, open_ann, bob):
    post = await open_ann.publishes("Hello", on=board, byline=["BIO"])

    await open_ann.opens(location="PUBLIC")

    assert await byline(bob, post) == NOTHING | {"bio": {"text": "I draw."}}


async def test_the_default_goes_along_with_posts_and_comments_that_do_not_say(board, open_ann, bob):
    defaults = "viewer { defaultByline }"
    set_ = await open_ann.manages("updateProfile", defaults, defaultByline=["LOCATION", "BIO", "LOCATION"])
    post = await open_ann.publishes("Hello", on=board)
    comment = await open_ann.comments("More", under=post, byline=None)
    silent = await open_ann.comments("Less", under=post, byline=[])

    assert set_["viewer"]["defaultByline"] == ["LOCATION", "BIO"]
    shown = NOTHING | {"location": "杭州", "bio": {"text": "I draw."}}
    assert [await byline(bob, node) for node in (post, comment, silent)] == [shown, shown, NOTHING]


async def test_another_default_changes_no_text_of_before(board, open_ann, bob):
    await open_ann.manages("updateProfile", defaultByline=["LOCATION"])
    post = await open_ann.publishes("Hello", on=board)

    await open_ann.manages("updateProfile", defaultByline=[])

    assert await byline(bob, post) == NOTHING | {"location": "杭州"}


async def test_an_edit_chooses_anew_and_what_does_not_say_stays(thread, open_ann, bob):
    await open_ann.manages("updatePost", postId=thread["post"], byline=["BIO"])
    await open_ann.manages("updateComment", commentId=thread["comment"], byline=[])
    await open_ann.manages("updateComment", commentId=thread["reply"], body="Other words", byline=["LOCATION"])
    await open_ann.manages("updatePost", postId=thread["post"], body="Other words")

    assert await byline(bob, thread["post"]) == NOTHING | {"bio": {"text": "I draw."}}
    assert await byline(bob, thread["comment"]) == NOTHING
    assert await byline(bob, thread["reply"]) == NOTHING | {"location": "杭州"}


async def test_nobody_chooses_for_another(thread, bob):
    before = await byline(bob, thread["post"])

    assert await bob.is_refused("updatePost", postId=thread["post"], byline=[]) == "FORBIDDEN"
    assert await bob.is_refused("updateComment", commentId=thread["comment"], byline=[]) == "FORBIDDEN"

    assert await byline(bob, thread["post"]) == before
    assert await byline(bob, thread["comment"]) == before


async def test_a_birthday_goes_along_as_precisely_as_chosen_now(board, ann, bob):
    await ann.manages("updateProfile", birthday={"year": 1990, "month": 2, "day": 3})
    await ann.opens(birthday="MEMBERS")
    post = await ann.publishes("Hello", on=board, byline=["BIRTHDAY"])
    full = (await byline(bob, post))["birthday"]

    await ann.manages("updateFieldAudiences", audiences=[], birthdayPrecision="YEAR")

    assert full == {"year": 1990, "month": 2, "day": 3}
    assert (await byline(bob, post))["birthday"] == {"year": 1990, "month": None, "day": None}


async def test_the_owner_of_a_message_board_reads_no_more_of_the_profile(open_ann, bob):
    """They read every entry; that opens no field of its author."""
    entry = await open_ann.publishes(
        "For you", on=message_board_of(bob.id), audience="ONLY_ME", byline=["LOCATION", "EMAIL"]
    )

    assert await byline(bob, entry) == NOTHING | {"location": "杭州"}


async def test_an_author_reads_in_their_byline_all_that_they_chose(thread, open_ann):
    assert await byline(open_ann, thread["post"]) == {
        "location": "杭州",
        "bio": {"text": "I draw."},
        "email": "ann@example.com",
        "birthday": None,
    }
