"""Previews: what a choice of audiences would newly show or withdraw, to whom, on how many posts."""

import pytest

from domain.audience import Audience
from domain.ids import message_board_of
from tests import factories

FIELDS = """exposures { field fromAudience toAudience newlyShownTo withdrawnFrom isFilledIn postCount message
  shows { location birthday { year month day } email bio { text source } } }"""
BOTTOM_UP = ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC")


async def previews(member, *, precision=None, **audiences):
    chosen = [{"field": name.upper(), "audience": audience} for name, audience in audiences.items()]
    asked = {"audiences": chosen, "birthdayPrecision": precision}
    return (await member.manages("previewFieldAudiences", FIELDS, **asked))["exposures"]


@pytest.fixture
async def filled(ann):
    """Ann with a place, a birthday and an address, which nobody sees yet."""
    birthday = {"year": 1990, "month": 2, "day": 3}
    await ann.manages("updateProfile", location="杭州", birthday=birthday, email="ann@example.com")
    return ann


async def test_what_would_newly_show_is_told_with_its_readers_and_posts(filled, board):
    for audience in BOTTOM_UP:
        await filled.publishes("Hello", on=board, audience=audience, byline=["LOCATION"])
    await filled.publishes("Hello", on=board, byline=["BIO"])

    [exposure] = await previews(filled, location="MEMBERS")

    assert exposure == {
        "field": "LOCATION",
        "fromAudience": "ONLY_ME",
        "toAudience": "MEMBERS",
        "newlyShownTo": ["FRIENDS", "MEMBERS"],
        "withdrawnFrom": [],
        "isFilledIn": True,
        "postCount": 3,
        "message": "Your location will also be visible to all signed-in members, and is shown with 3 of your posts.",
        "shows": {"location": "杭州", "birthday": None, "email": None, "bio": None},
    }


async def test_a_preview_is_told_in_chinese(filled):
    filled.language = "zh"

    [exposure] = await previews(filled, location="PUBLIC")

    assert exposure["message"] == ("所有人（含未登录访客）也将能看到您的所在地。")


@pytest.mark.parametrize("before", BOTTOM_UP)
@pytest.mark.parametrize("after", BOTTOM_UP)
async def test_every_step_up_and_down_names_its_people_and_counts_its_posts(filled, board, before, after):
    """One post for each audience: it counts where somebody whom the post reaches gains or loses the field."""
    for audience in BOTTOM_UP:
        await filled.publishes("Hello", on=board, audience=audience, byline=["LOCATION"])
    await filled.opens(location=before)
    low, high = sorted((BOTTOM_UP.index(before), BOTTOM_UP.index(after)))

    exposures = await previews(filled, location=after)

    if before == after:
        assert exposures == []
        return
    [exposure] = exposures
    changed = list(BOTTOM_UP[low + 1 : high + 1])
    is_wider = BOTTOM_UP.index(after) > BOTTOM_UP.index(before)
    assert exposure["newlyShownTo"] == (changed if is_wider else [])
    assert exposure["withdrawnFrom"] == ([] if is_wider else changed)
    assert exposure["postCount"] == 3 - low
    assert exposure["shows"]["location"] == ("杭州" if after != "ONLY_ME" else None)


async def test_a_preview_is_what_then_happens(filled, board, community):
    """The count is of the posts whose byline changes for one of the people named."""
    await filled.publishes("To all", on=board, byline=["LOCATION"])
    await filled.publishes("To members", on=board, audience="MEMBERS", byline=["LOCATION"])
    await filled.opens(location="MEMBERS")
    visitor = community.visitor()
    query = "{ feed { nodes { byline { location } } } }"

    [exposure] = await previews(filled, location="PUBLIC")
    before = (await visitor.asks(query))["feed"]["nodes"]
    await filled.opens(location="PUBLIC")
    after = (await visitor.asks(query))["feed"]["nodes"]

    assert (exposure["newlyShownTo"], exposure["postCount"]) == (["PUBLIC"], 1)
    assert (before, after) == ([{"byline": {"location": None}}], [{"byline": {"location": "杭州"}}])


async def test_a_field_that_is_not_filled_in_shows_nothing_yet(ann, board):
    await ann.publishes("Hello", on=board, byline=["LOCATION"])

    [exposure] = await previews(ann, location="PUBLIC")

    assert (exposure["isFilledIn"], exposure["postCount"]) == (False, 0)
    assert exposure["newlyShownTo"] == ["FRIENDS", "MEMBERS", "PUBLIC"]
    assert exposure["message"] == "You have not set your location yet, so nothing changes for now."


async def test_a_birthday_is_previewed_as_precisely_as_chosen(filled):
    [exposure] = await previews(filled, birthday="PUBLIC", precision="MONTH_AND_DAY")

    assert exposure["shows"]["birthday"] == {"year": None, "month": 2, "day": 3}


@pytest.mark.parametrize(
    ("before", "after", "more", "less"),
    [
        ("YEAR", "FULL_DATE", True, False),
        ("FULL_DATE", "MONTH_AND_DAY", False, True),
        ("YEAR", "MONTH_AND_DAY", True, True),
        ("YEAR", "YEAR", False, False),
    ],
)
async def test_another_precision_shows_more_or_less_to_those_who_see_it(filled, board, before, after, more, less):
    opening = [{"field": "BIRTHDAY", "audience": "MEMBERS"}]
    await filled.manages("updateFieldAudiences", audiences=opening, birthdayPrecision=before)
    for audience in ("PUBLIC", "FRIENDS", "ONLY_ME"):
        await filled.publishes("Hello", on=board, audience=audience, byline=["BIRTHDAY"])
    seers = ["FRIENDS", "MEMBERS"]

    exposures = await previews(filled, precision=after)

    told = [(e["field"], e["newlyShownTo"], e["withdrawnFrom"], e["postCount"]) for e in exposures]
    assert told == ([("BIRTHDAY", seers if more else [], seers if less else [], 2)] if more or less else [])


async def test_a_precision_that_tells_no_more_than_is_given_changes_nothing(ann):
    await ann.manages("updateProfile", birthday={"month": 2, "day": 3})
    opening = [{"field": "BIRTHDAY", "audience": "PUBLIC"}]
    await ann.manages("updateFieldAudiences", audiences=opening, birthdayPrecision="MONTH_AND_DAY")

    assert await previews(ann, precision="FULL_DATE") == []


async def test_only_published_posts_of_ones_own_are_counted(filled, bob, board, moderator):
    await filled.publishes("Stays", on=board, byline=["LOCATION", "BIO"])
    removed = await filled.publishes("Spam", on=board, byline=["LOCATION"])
    deleted = await filled.publishes("Gone", on=board, byline=["LOCATION"])
    await moderator.manages("removeContent", targetId=removed, reason="SPAM", explanation="Spam.")
    await filled.manages("deletePost", postId=deleted)
    await bob.publishes("Mine", on=board, byline=["LOCATION"])

    [exposure] = await previews(filled, location="PUBLIC")

    assert exposure["postCount"] == 1


@pytest.mark.parametrize(("are_friends", "counted"), [(False, {"MEMBERS": 1}), (True, {"FRIENDS": 1, "MEMBERS": 1})])
async def test_the_owner_of_a_message_board_reads_what_is_left_there(filled, bob, are_friends, counted):
    if are_friends:
        await filled.befriends(bob)
    await filled.publishes("For you", on=message_board_of(bob.id), audience="ONLY_ME", byline=["LOCATION"])
    await filled.publishes("Diary", on=message_board_of(filled.id), audience="ONLY_ME", byline=["LOCATION"])

    for audience in ("FRIENDS", "MEMBERS"):
        [exposure] = await previews(filled, location=audience)

        assert exposure["postCount"] == counted.get(audience, 0), audience


async def test_a_board_that_is_closed_meanwhile_changes_no_count(filled, bob):
    """Whom a board's owner lets in is not to be found out by a preview."""
    await filled.publishes("For you", on=message_board_of(bob.id), audience="ONLY_ME", byline=["LOCATION"])
    before = await previews(filled, location="PUBLIC")

    await bob.manages("updateBoard", boardId=message_board_of(bob.id), audience="ONLY_ME")

    assert await previews(filled, location="PUBLIC") == before
    assert before[0]["postCount"] == 1


@pytest.mark.parametrize(
    ("audiences", "path"),
    [
        ([("LOCATION", "PUBLIC"), ("EMAIL", "PUBLIC")], ["audiences", "EMAIL"]),
        ([("PHONE", "MEMBERS")], ["audiences", "PHONE"]),
        ([("LOCATION", "PUBLIC"), ("LOCATION", "MEMBERS")], ["audiences"]),
    ],
)
async def test_a_preview_refuses_what_choosing_refuses(filled, audiences, path):
    chosen = [{"field": field, "audience": audience} for field, audience in audiences]

    previewed = await filled.does("previewFieldAudiences", "exposures { field }", audiences=chosen)
    refused = await filled.does("updateFieldAudiences", audiences=chosen)

    assert previewed == {"exposures": [], "errors": refused["errors"]}
    assert previewed["errors"][0]["path"] == path


async def test_a_preview_writes_nothing_and_visitors_have_none(filled, community, stores):
    before = await stores.database["members"].find({}).to_list()

    await previews(filled, location="PUBLIC", precision="YEAR")

    assert await stores.database["members"].find({}).to_list() == before
    assert await community.visitor().is_refused("previewFieldAudiences", audiences=[]) == "NOT_SIGNED_IN"


async def test_many_posts_are_counted_on_an_index_up_to_a_bound(filled, stores, reads):
    names = ("LOCATION", "EMAIL")
    records = [factories.post_record(filled.id, minutes=n) for n in range(1_200)]
    records += [factories.post_record(filled.id, minutes=n, audience=Audience.ONLY_ME) for n in range(1_200)]
    await stores.transactions.run(lambda transaction: stores.posts.insert_many(records, transaction))
    await stores.database["posts"].update_many({}, {"$set": {"byline": list(names)}})
    reads.forget()

    exposures = await previews(filled, location="PUBLIC", email="MEMBERS", bio="PUBLIC")

    counts = {exposure["field"]: exposure["postCount"] for exposure in exposures}
    assert counts == {"BIO": 0, "LOCATION": 1_000, "EMAIL": 1_000}
    assert "1000+ of your posts" in exposures[1]["message"]
    [read] = [read for read in reads.all if read.collection == "posts"]
    explained = await read.explained(stores.database)
    assert "COLLSCAN" not in explained.stages
    assert explained.docs_examined <= 2 * 1_000
    assert [read.collection for read in reads.all].count("members") <= 3
