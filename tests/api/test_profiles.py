"""Profiles: filling them in, choosing who sees what, and following."""

import pytest

from policy.visibility import PROFILE_FIELDS

PROFILE = """query ($handle: String!) { member(handle: $handle) { profile {
  avatarUrl bio { text source } gender location birthday { year month day } website { host } email phone } } }"""
FILLED = {
    "bio": "I *draw*.",
    "gender": "FEMALE",
    "location": "杭州",
    "birthday": {"year": 1990, "month": 2, "day": 3},
    "website": "https://ann.example/",
    "email": "ann@example.com",
}
SEEN = {
    "bio": {"text": "I draw.", "source": None},
    "gender": "FEMALE",
    "location": "杭州",
    "birthday": {"year": 1990, "month": 2, "day": 3},
    "website": {"host": "ann.example"},
    "email": "ann@example.com",
}
WIDTHS = ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC")
#: From which audience on each viewer sees.
REACHED_FROM = {"owner": 0, "friend": 1, "stranger": 2, "visitor": 3}


async def sees(viewer, handle="ann"):
    return (await viewer.asks(PROFILE, handle=handle))["member"]["profile"]


@pytest.fixture
async def cast(community):
    """Ann, a friend of hers, a stranger and a visitor."""
    ann, bob, carl = [await community.joins(handle) for handle in ("ann", "bob", "carl")]
    await ann.befriends(bob)
    await ann.manages("updateProfile", **FILLED)
    return {"owner": ann, "friend": bob, "stranger": carl, "visitor": community.visitor()}


async def test_before_any_choice_each_field_shows_to_its_default(cast):
    ann = cast["owner"]

    seen = {name: await sees(viewer) for name, viewer in cast.items()}

    assert seen["owner"] == SEEN | {
        "avatarUrl": None,
        "phone": ann.phone,
        "bio": {"text": "I draw.", "source": "I *draw*."},
    }
    nothing = dict.fromkeys([*SEEN, "avatarUrl", "phone"])
    assert seen["friend"] == seen["stranger"] == nothing | {"bio": SEEN["bio"], "website": SEEN["website"]}
    assert seen["visitor"] == nothing


@pytest.mark.parametrize("name", ["bio", "gender", "location", "birthday", "website", "email"])
async def test_a_field_shows_to_exactly_the_audience_its_owner_chose(cast, name):
    field = next(field for field in PROFILE_FIELDS if field.value.lower() == name)
    for width, audience in enumerate(WIDTHS[: PROFILE_FIELDS[field].widest.width + 1]):
        await cast["owner"].opens(**{name: audience})

        for who in ("friend", "stranger", "visitor"):
            expected = SEEN[name] if width >= REACHED_FROM[who] else None
            assert (await sees(cast[who]))[name] == expected, (audience, who)


@pytest.mark.parametrize(("name", "audience"), [("email", "PUBLIC"), ("phone", "MEMBERS"), ("phone", "PUBLIC")])
async def test_an_address_opens_no_wider_than_the_table_says(cast, name, audience):
    ann = cast["owner"]
    chosen = [{"field": "LOCATION", "audience": "PUBLIC"}, {"field": name.upper(), "audience": audience}]

    [error] = (await ann.does("updateFieldAudiences", audiences=chosen))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION", ["audiences", name.upper()])
    assert (await sees(cast["visitor"]))["location"] is None


@pytest.mark.parametrize(
    ("precision", "seen"),
    [
        ("FULL_DATE", {"year": 1990, "month": 2, "day": 3}),
        ("MONTH_AND_DAY", {"year": None, "month": 2, "day": 3}),
        ("YEAR", {"year": 1990, "month": None, "day": None}),
    ],
)
async def test_a_birthday_shows_as_precisely_as_its_owner_chose(cast, precision, seen):
    choice = [{"field": "BIRTHDAY", "audience": "PUBLIC"}]
    await cast["owner"].manages("updateFieldAudiences", audiences=choice, birthdayPrecision=precision)

    assert (await sees(cast["visitor"]))["birthday"] == seen
    assert (await sees(cast["owner"]))["birthday"] == SEEN["birthday"]


async def test_an_absent_field_stays_and_null_clears(cast):
    ann = cast["owner"]

    await ann.manages("updateProfile", location=None)
    await ann.manages("updateProfile", displayName="Ann of Hangzhou")

    seen = await sees(ann)
    assert (seen["location"], seen["gender"]) == (None, "FEMALE")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"email": "not an address"}, ["email"]),
        ({"website": "javascript:alert(1)"}, ["website"]),
        ({"website": "ann.example"}, ["website"]),
        ({"birthday": {"year": 1990, "month": 2, "day": 30}}, ["birthday"]),
        ({"birthday": {"year": 2130}}, ["birthday"]),
        ({"birthday": {"day": 3}}, ["birthday"]),
        ({"birthday": {}}, ["birthday"]),
        ({"bio": "x" * 2001}, ["bio"]),
        ({"location": "x" * 81}, ["location"]),
        ({"displayName": " "}, ["displayName"]),
    ],
)
async def test_a_value_that_cannot_be_taken_is_named_and_nothing_changes(cast, changes, path):
    ann = cast["owner"]
    before = await sees(ann)

    [error] = (await ann.does("updateProfile", **({"gender": "MALE"} | changes)))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION", path)
    assert await sees(ann) == before


async def test_following_back_makes_friends_and_says_what_that_opens(community):
    ann, bob = await community.joins("ann"), await community.joins("bob")
    await ann.manages("updateProfile", location="杭州", gender="FEMALE")
    await ann.opens(location="FRIENDS", gender="MEMBERS", phone="FRIENDS")
    one_way = await bob.manages("follow", "nowFriends opens member { viewerRelationship }", memberId=ann.id)

    mutual = await ann.manages("follow", "nowFriends opens member { viewerRelationship }", memberId=bob.id)

    assert one_way == {"nowFriends": False, "opens": [], "member": {"viewerRelationship": "FOLLOWING"}, "errors": []}
    assert mutual["nowFriends"] is True
    assert sorted(mutual["opens"]) == ["LOCATION", "PHONE"]
    assert mutual["member"] == {"viewerRelationship": "FRIEND"}
    assert (await sees(bob))["location"] == "杭州"


async def test_a_friend_lost_sees_no_more_on_the_very_next_read(cast):
    ann, bob = cast["owner"], cast["friend"]
    await ann.opens(location="FRIENDS")
    assert (await sees(bob))["location"] == "杭州"

    await ann.manages("unfollow", memberId=bob.id)

    assert (await sees(bob))["location"] is None


async def test_following_twice_is_as_good_as_once(community, stores):
    ann, bob = await community.joins("ann"), await community.joins("bob")

    await ann.manages("follow", memberId=bob.id)
    await ann.manages("follow", memberId=bob.id)

    assert await stores.database["ties"].count_documents({}) == 2
    assert (await stores.database["members"].find_one({"_id": ann.id}))["following"] == 1
    await ann.manages("unfollow", memberId=bob.id)
    await ann.manages("unfollow", memberId=bob.id)
    assert (await stores.database["members"].find_one({"_id": ann.id}))["following"] == 0


async def test_following_is_refused_where_it_makes_no_sense(community):
    ann = await community.joins("ann")

    assert await ann.is_refused("follow", memberId=ann.id) == "VALIDATION"
    assert await ann.is_refused("follow", memberId="mbr_nobody_is_here__") == "NOT_FOUND"
    assert await community.visitor().is_refused("follow", memberId=ann.id) == "NOT_SIGNED_IN"


async def test_hidden_and_missing_members_answer_the_same_bytes(community, stores):
    """A member who blocked the viewer looks like one who never was."""
    ann, bob = await community.joins("ann"), await community.joins("bob")
    query = "query ($handle: String!, $id: ID!) { member(handle: $handle) { id } node(id: $id) { id } }"
    missing = await ann.responds(query, {"handle": "nobody", "id": "mbr_" + "A" * 16})
    await stores.database["ties"].insert_one(
        {"_id": f"{ann.id}:{bob.id}", "owner": ann.id, "other": bob.id, "kind": "BLOCKED", "blockedBy": True}
    )

    hidden = await ann.responds(query, {"handle": "bob", "id": bob.id})

    assert hidden[0] == missing[0]
    assert hidden[2] == missing[2] == b'{"data":{"member":null,"node":null}}'
    assert await ann.is_refused("follow", memberId=bob.id) == "NOT_FOUND"
