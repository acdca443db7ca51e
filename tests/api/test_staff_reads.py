"""Staff reads: what a member hid is read for a case about them alone, recorded first, and shown to that member."""

import asyncio

import pytest
from pymongo.errors import OperationFailure

from domain.members import ProfileField, Role
from policy import stored_field_privacy
from policy.limits import PURPOSE_LENGTH, RATES, Rate
from policy.permissions import ROLES, Privilege
from stores.rate_limits import RateLimitsUnavailable

PURPOSE = "To see whether this is the account that was taken over"
DISCLOSURES = """query ($first: Int, $after: String) { viewer { disclosures(first: $first, after: $after) {
  nodes { field purpose ground readerRole readAt } pageInfo { hasNextPage endCursor } } } }"""
PROFILE = "query ($h: String!) { member(handle: $h) { profile { location email phone bio { text } } } }"


@pytest.fixture
async def case(community, moderator, ann, bob):
    """An open case about ann."""
    return await case_about(ann, bob, moderator)


async def case_about(subject, reporter, moderator):
    await reporter.manages("reportContent", targetId=subject.id, reason="IMPERSONATION")
    found = (await moderator.asks("{ cases(filter: { state: OPEN }) { nodes { id subjectId } } }"))["cases"]["nodes"]
    return next(each["id"] for each in found if each["subjectId"] == subject.id)


async def opens_hidden(actor, subject, case, field="LOCATION", purpose=PURPOSE):
    given = {"memberId": subject.id, "caseId": case, "field": field, "purpose": purpose}
    return (await actor.manages("readHiddenField", "value", **given))["value"]


async def is_refused(actor, member_id, case, purpose=PURPOSE):
    given = {"memberId": member_id, "caseId": case, "field": "LOCATION", "purpose": purpose}
    payload = await actor.does("readHiddenField", "value", **given)
    [error] = payload["errors"]
    assert payload["value"] is None
    return error["code"], error["path"]


async def disclosures(actor):
    return (await actor.asks(DISCLOSURES))["viewer"]["disclosures"]["nodes"]


async def audited(stores):
    return await stores.database["audit"].find({"kind": "member.STAFF_READ"}).sort("at", 1).to_list()


async def recorded(stores):
    return len(await audited(stores)), await stores.database["disclosures"].count_documents({})


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("BIO", {"bio": "I *write*"}, "I write"),
        ("GENDER", {"gender": "FEMALE"}, "FEMALE"),
        ("LOCATION", {"location": "成都"}, "成都"),
        ("BIRTHDAY", {"birthday": {"year": 1990, "month": 5, "day": 7}}, "1990-05-07"),
        ("BIRTHDAY", {"birthday": {"month": 5, "day": 7}}, "--05-07"),
        ("BIRTHDAY", {"birthday": {"year": 1990, "month": 5}}, "1990-05"),
        ("BIRTHDAY", {"birthday": {"year": 1990}}, "1990"),
        ("WEBSITE", {"website": "https://ann.example/"}, "https://ann.example/"),
        ("EMAIL", {"email": "ann@mail.example"}, "ann@mail.example"),
        ("AVATAR", {}, None),
        ("BIO", {}, None),
        ("BIRTHDAY", {}, None),
    ],
)
async def test_a_moderator_reads_a_field_that_its_owner_hid(moderator, ann, case, field, given, value):
    await ann.manages("updateProfile", **given)
    await ann.opens(**{field: "ONLY_ME"})

    assert await opens_hidden(moderator, ann, case, field) == value


async def test_reading_what_is_unset_is_recorded_too(moderator, ann, case, stores):
    assert await opens_hidden(moderator, ann, case, "EMAIL") is None

    assert await recorded(stores) == (1, 1)


async def test_the_phone_number_is_read_too(moderator, ann, case):
    assert await opens_hidden(moderator, ann, case, "PHONE") == ann.phone


async def test_the_record_says_who_and_what_for_and_not_what(moderator, ann, case, stores):
    await ann.manages("updateProfile", location="成都青羊")

    await opens_hidden(moderator, ann, case, purpose=f"  {PURPOSE} ")

    [row] = await audited(stores)
    told = {key: row[key] for key in ("actor", "role", "subject", "field", "case", "purpose")}
    assert told == {
        "actor": moderator.id,
        "role": "MODERATOR",
        "subject": ann.id,
        "field": "LOCATION",
        "case": case,
        "purpose": PURPOSE,
    }
    disclosure = await stores.database["disclosures"].find_one({})
    assert set(disclosure) == set(stored_field_privacy.DISCLOSURE_FIELDS)
    assert "青羊" not in f"{row}{disclosure}"
    assert moderator.id not in str(disclosure), "who reads is told to nobody but those who verify the log"


async def test_the_member_is_told_each_time_and_not_by_whom(community, moderator, ann, case):
    admin = await community.joins("ada", Role.ADMIN)
    await opens_hidden(moderator, ann, case)
    await opens_hidden(moderator, ann, case)
    await opens_hidden(admin, ann, case, "EMAIL", "Another reason")

    found = await disclosures(ann)

    assert [(each["field"], each["purpose"], each["ground"], each["readerRole"]) for each in found] == [
        ("EMAIL", "Another reason", "STAFF_READ", "ADMIN"),
        ("LOCATION", PURPOSE, "STAFF_READ", "MODERATOR"),
        ("LOCATION", PURPOSE, "STAFF_READ", "MODERATOR"),
    ]
    assert found[0]["readAt"] > found[1]["readAt"] > found[2]["readAt"]


async def test_disclosures_are_read_by_the_member_alone(community, moderator, ann, bob, case):
    await opens_hidden(moderator, ann, case)

    assert len(await disclosures(ann)) == 1
    assert await disclosures(bob) == []
    assert await disclosures(moderator) == []
    assert await community.visitor().asks(DISCLOSURES) == {"viewer": None}


async def test_disclosures_are_paged_by_key_on_an_index(moderator, ann, case, stores, reads):
    for field in ("LOCATION", "GENDER", "EMAIL", "PHONE", "BIO"):
        await opens_hidden(moderator, ann, case, field)
    reads.forget()

    fields, after = [], None
    for _ in range(3):
        page = (await ann.asks(DISCLOSURES, first=2, after=after))["viewer"]["disclosures"]
        fields.append([each["field"] for each in page["nodes"]])
        after = page["pageInfo"]["endCursor"]

    assert fields == [["BIO", "PHONE"], ["EMAIL", "GENDER"], ["LOCATION"]]
    assert page["pageInfo"]["hasNextPage"] is False
    listing = [read for read in reads.all if read.collection == "disclosures"]
    assert len(listing) == 3
    for read in listing:
        plan = await read.explained(stores.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 4, "the page, what tells that it goes on, and where it begins"


def test_the_roles_that_may_read_hidden_fields():
    assert ROLES[Privilege.READ_HIDDEN_FIELDS] == {Role.MODERATOR, Role.ADMIN}
    assert ROLES[Privilege.WORK_ON_CASES] == {Role.MODERATOR, Role.ADMIN}


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        (None, ("NOT_SIGNED_IN", None)),
        (Role.MEMBER, ("FORBIDDEN", None)),
        (Role.MODERATOR, None),
        (Role.ADMIN, None),
    ],
)
async def test_it_takes_a_role(community, ann, case, stores, role, answer):
    """Others are refused alike with a case that is there and one that is not."""
    actor = await community.joins("ada", role) if role else community.visitor()

    if answer is None:
        assert await opens_hidden(actor, ann, case) is None
        assert await recorded(stores) == (1, 1)
    else:
        assert await is_refused(actor, ann.id, case) == answer
        assert await is_refused(actor, ann.id, "cse_0000000000000000") == answer
        assert await recorded(stores) == (0, 0)


@pytest.mark.parametrize("purpose", ["", " \n", "x" * (PURPOSE_LENGTH + 1)])
async def test_it_takes_a_purpose(moderator, ann, case, stores, purpose):
    assert await is_refused(moderator, ann.id, case, purpose) == ("VALIDATION", ["purpose"])
    assert await recorded(stores) == (0, 0)


async def test_the_longest_purpose_is_taken(moderator, ann, case):
    await opens_hidden(moderator, ann, case, purpose="目" * PURPOSE_LENGTH)

    assert (await disclosures(ann))[0]["purpose"] == "目" * PURPOSE_LENGTH


async def test_it_takes_an_open_case_about_that_member(moderator, ann, bob, case, board, stores):
    """Whatever is wrong with the case is told in the same words."""
    post = await bob.publishes("Buy", on=board)
    await ann.manages("reportContent", targetId=post, reason="SPAM")
    about_bob = (await moderator.asks("{ cases { nodes { id subjectId } } }"))["cases"]["nodes"][-1]
    assert about_bob["subjectId"] == bob.id
    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Because")
    wrong = {
        "a missing one": (ann.id, "cse_0000000000000000"),
        "no id at all": (ann.id, ""),
        "an id of something else": (ann.id, post),
        "somebody else's": (bob.id, case),
        "a decided one": (bob.id, about_bob["id"]),
        "a missing member": ("mbr_0000000000000000", case),
    }

    answers = {name: await is_refused(moderator, *given) for name, given in wrong.items()}

    assert answers == dict.fromkeys(wrong, ("NOT_FOUND", ["caseId"]))
    assert await recorded(stores) == (0, 0)


async def test_no_moderator_makes_the_ground_for_their_own_reading(moderator, ann, bob, stores):
    await ann.manages("updateProfile", location="杭州")
    case = await case_about(ann, moderator, moderator)

    alone = await is_refused(moderator, ann.id, case)
    nothing = await recorded(stores)
    await bob.manages("reportContent", targetId=ann.id, reason="SPAM")
    backed = await opens_hidden(moderator, ann, case)

    assert (alone, nothing, backed) == (("FORBIDDEN", ["caseId"]), (0, 0), "杭州")


async def test_no_moderator_uses_a_case_about_themselves(community, moderator, bob, stores):
    other = await community.joins("max", Role.MODERATOR)
    own_case = await case_about(moderator, bob, other)

    assert await is_refused(moderator, moderator.id, own_case) == ("NOT_FOUND", ["caseId"])
    assert await recorded(stores) == (0, 0)
    assert await opens_hidden(other, moderator, own_case) is None


@pytest.mark.parametrize("collection", ["disclosures", "audit"])
async def test_where_the_record_cannot_be_written_nothing_is_read(moderator, ann, case, stores, collection):
    """The collection takes no row that is about a member, as where its disk or its rules say no."""
    await ann.manages("updateProfile", location="成都")
    query = """mutation ($input: ReadHiddenFieldInput!) { readHiddenField(input: $input) { value errors { code } } }"""
    given = {"memberId": ann.id, "caseId": case, "field": "LOCATION", "purpose": PURPOSE}
    await stores.database.command("collMod", collection, validator={"field": {"$exists": False}})

    try:
        with pytest.raises(OperationFailure):
            await stores.database[collection].insert_one({"field": "LOCATION"})
        answer = await moderator.gets(query, input=given)
    finally:
        await stores.database.command("collMod", collection, validator={})

    assert answer["data"] is None
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INTERNAL"]
    assert "成都" not in str(answer)
    assert await recorded(stores) == (0, 0), "neither row is left where the other can't be written"
    assert await opens_hidden(moderator, ann, case) == "成都"


async def test_blocks_do_not_keep_from_it(moderator, ann, case):
    await ann.manages("updateProfile", location="成都")
    await ann.manages("block", memberId=moderator.id)

    assert await opens_hidden(moderator, ann, case) == "成都"


async def test_otherwise_moderators_see_what_they_would_as_members(moderator, ann, bob, case):
    """An open case opens no profile, nor does a field that was read open itself."""
    await ann.manages("updateProfile", location="成都", email="ann@mail.example", bio="Hello")
    await ann.opens(bio="ONLY_ME")
    as_members_see_it = await bob.asks(PROFILE, h="ann")
    before = await moderator.asks(PROFILE, h="ann")

    await opens_hidden(moderator, ann, case, "BIO")

    assert before == as_members_see_it == await moderator.asks(PROFILE, h="ann")
    assert set(before["member"]["profile"].values()) == {None}
    on_case = "query ($id: ID!) { node(id: $id) { ... on Case { target { ... on Member { profile { location } } } } } }"
    assert (await moderator.asks(on_case, id=case))["node"]["target"]["profile"] == {"location": None}


async def test_reads_are_bounded_per_moderator(community, moderator, ann, case, stores):
    other = await community.joins("max", Role.MODERATOR)
    most = RATES[Rate.HIDDEN_FIELD_PER_MODERATOR].times

    codes = [
        await moderator.does("readHiddenField", memberId=ann.id, caseId=case, field="GENDER", purpose=PURPOSE)
        for _ in range(most + 1)
    ]

    assert [payload["errors"] for payload in codes[:most]] == [[]] * most
    assert [error["code"] for error in codes[most]["errors"]] == ["RATE_LIMITED"]
    assert await recorded(stores) == (most, most)
    assert await opens_hidden(other, ann, case, "GENDER") is None


async def test_tries_with_wrong_cases_count_too(moderator, ann, case):
    most = RATES[Rate.HIDDEN_FIELD_PER_MODERATOR].times
    await asyncio.gather(*(is_refused(moderator, ann.id, "cse_0000000000000000") for _ in range(most)))

    assert await moderator.is_refused(
        "readHiddenField", memberId=ann.id, caseId=case, field=ProfileField.BIO.value, purpose=PURPOSE
    ) == ("RATE_LIMITED")


async def test_without_redis_nothing_is_read(moderator, ann, case, stores, monkeypatch):
    """Bounds that cannot be counted are not waived here."""

    async def away(*_args):
        raise RateLimitsUnavailable

    monkeypatch.setattr(type(stores.rate_limits), "consume_rate_limit", away)
    query = "mutation ($input: ReadHiddenFieldInput!) { readHiddenField(input: $input) { value } }"

    answer = await moderator.gets(query, input={"memberId": ann.id, "caseId": case, "field": "BIO", "purpose": PURPOSE})

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]
    assert await recorded(stores) == (0, 0)
