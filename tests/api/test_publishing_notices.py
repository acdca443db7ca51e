"""Notices: what a text would tell its readers about its author, before and after it is published."""

from datetime import timedelta

import pytest

from policy.limits import RATES, Allowance, Rate

NOTICES = "notices { kind message field link { url isExternal warning { title } } }"
TEXT = "打我电话１３８００１３８０００，或写信 ann＠example．com，详见 https://shop.example/a"
IDENTITY = "110101199003077715"
CARD = "4111 1111 1111 1111"


def kinds(payload):
    return [notice["kind"] for notice in payload["notices"]]


def fields(payload):
    return [notice["field"] for notice in payload["notices"]]


def messages(payload):
    return [notice["message"] for notice in payload["notices"]]


async def checks(author, body, *, on, audience="PUBLIC", **more):
    return await author.manages("checkPost", NOTICES, boardId=on, body=body, audience=audience, **more)


async def test_a_check_lists_what_the_text_tells_and_who_reads_it(board, ann):
    checked = await checks(ann, TEXT, on=board)

    assert checked["notices"][:2] == [
        {
            "kind": "EMAIL",
            "message": "The text contains an e-mail address (a…@example.com). "
            "Visible to: everyone, including signed-out visitors.",
            "field": None,
            "link": None,
        },
        {
            "kind": "PHONE",
            "message": "The text contains a phone number (138…00). "
            "Visible to: everyone, including signed-out visitors.",
            "field": None,
            "link": None,
        },
    ]
    [told] = checked["notices"][2:]
    assert (told["kind"], told["link"]["url"], told["link"]["isExternal"]) == ("LINK", "https://shop.example/a", True)
    assert told["link"]["warning"] is not None
    assert told["message"] == (
        "The text links to shop.example, which has its own privacy policy. "
        "Visible to: everyone, including signed-out visitors."
    )


async def test_an_author_is_told_in_chinese(board, ann):
    ann.language = "zh"

    checked = await checks(ann, f"身份证{IDENTITY}，卡号{CARD}", on=board, audience="MEMBERS")

    assert messages(checked) == [
        "内容疑似含身份证号码（110…15）。可见范围：所有登录用户。",
        "内容疑似含银行卡号（411…11）。可见范围：所有登录用户。",
    ]
    assert kinds(checked) == ["IDENTITY_NUMBER", "BANK_CARD"]


async def test_title_and_the_address_behind_a_link_are_read_too(board, ann):
    checked = await checks(ann, "[write to me](mailto:ann@example.com)", on=board, title="13800138000")

    assert kinds(checked) == ["EMAIL", "PHONE"]


async def test_what_is_personal_to_nobody_is_not_told(board, ann):
    checked = await checks(ann, "Order 4111111111111112, see [here](/boards). 2024-01-01", on=board)

    assert checked["notices"] == []


async def test_each_value_and_link_is_told_once(board, ann):
    checked = await checks(ann, "13800138000 138-0013-8000 https://a.example/ <https://a.example>", on=board)

    assert kinds(checked) == ["PHONE", "LINK"]


async def test_a_check_writes_nothing(board, ann, stores):
    await ann.publishes("Before", on=board)
    names = [name for name in await stores.database.list_collection_names() if name != "sessions"]
    before = {name: await stores.database[name].find({}).to_list() for name in names}

    await checks(ann, TEXT, on=board, idempotencyKey="run_idempotent")

    assert {name: await stores.database[name].find({}).to_list() for name in names} == before
    assert (await ann.manages("createPost", "post { state }", boardId=board, body=TEXT, audience="PUBLIC"))["post"]


@pytest.mark.parametrize(
    "given",
    [
        {"body": "  "},
        {"body": "x" * 20001},
        {"title": "x" * 201},
        {"body": "[" * 1_000},
        {"boardId": "brd_" + "A" * 16},
        {"idempotencyKey": "x" * 101},
    ],
)
async def test_a_check_refuses_what_publishing_refuses(board, ann, given):
    asked = {"boardId": board, "body": "Hello", "audience": "PUBLIC"} | given

    checked, created = [await ann.does(mutation, NOTICES, **asked) for mutation in ("checkPost", "createPost")]

    assert len(checked["errors"]) == 1
    assert checked == created
    assert checked["notices"] == []


async def test_a_key_that_was_used_for_something_else_is_refused(board, ann):
    await ann.publishes("Hello", on=board, idempotencyKey="k")

    assert (
        await ann.is_refused("checkPost", boardId=board, body="X", audience="PUBLIC", idempotencyKey="k") == "CONFLICT"
    )


async def test_visitors_check_nothing(community, board):
    visitor = community.visitor()

    assert await visitor.is_refused("checkPost", boardId=board, body="X", audience="PUBLIC") == "NOT_SIGNED_IN"


async def test_a_hidden_board_is_checked_like_one_that_is_not_there(ann, bob):
    board = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]["id"]
    await ann.manages("updateBoard", boardId=board, audience="ONLY_ME")
    asked = """mutation ($input: CreatePostInput!) { checkPost(input: $input) {
      notices { kind } errors { code message path } } }"""
    given = {"body": TEXT, "audience": "PUBLIC"}

    hidden = await bob.responds(asked, {"input": given | {"boardId": board}})
    missing = await bob.responds(asked, {"input": given | {"boardId": "brd_" + "A" * 16}})

    assert (hidden[0], hidden[2]) == (missing[0], missing[2])
    assert b"NOT_FOUND" in hidden[2]


async def test_checks_are_counted_apart_from_texts(board, ann, monkeypatch):
    monkeypatch.setitem(RATES, Rate.CHECK_PER_MEMBER, Allowance(2, timedelta(hours=1)))
    for _ in range(2):
        await checks(ann, "Hello", on=board)

    assert await ann.is_refused("checkPost", boardId=board, body="Hello", audience="PUBLIC") == "RATE_LIMITED"
    await ann.publishes("Hello", on=board)


async def test_publishing_and_editing_tell_the_same_and_so_does_a_retry(board, ann):
    given = {"boardId": board, "body": TEXT, "audience": "MEMBERS", "idempotencyKey": "run_idempotent"}
    checked = await ann.manages("checkPost", NOTICES, **given)

    created, again = [await ann.manages("createPost", NOTICES + " post { id }", **given) for _ in range(2)]
    widened = await ann.manages("updatePost", NOTICES, postId=created["post"]["id"], audience="PUBLIC")

    assert created == again
    assert created["notices"] == checked["notices"]
    assert kinds(widened) == kinds(created) == ["EMAIL", "PHONE", "LINK"]
    assert all("everyone" in message for message in messages(widened))


async def test_comments_are_told_about_too(board, ann, bob):
    post = await ann.publishes("Hello", on=board, audience="MEMBERS")

    created = await bob.manages("createComment", NOTICES + " comment { id }", postId=post, body="13800138000")
    updated = await bob.manages("updateComment", NOTICES, commentId=created["comment"]["id"], body=CARD)
    refused = await bob.does("createComment", NOTICES, postId=post, body=" ")

    assert messages(created) == ["The text contains a phone number (138…00). Visible to: all signed-in members."]
    assert kinds(updated) == ["BANK_CARD"]
    assert refused["notices"] == []


async def test_a_comment_of_before_keeps_its_audience_when_its_post_widens(board, ann, bob):
    post = await ann.publishes("Hello", on=board, audience="MEMBERS")
    comment = await bob.comments("Hi", under=post)
    await ann.manages("updatePost", postId=post, audience="PUBLIC")

    updated = await bob.manages("updateComment", NOTICES, commentId=comment, body="13800138000")

    assert messages(updated) == ["The text contains a phone number (138…00). Visible to: all signed-in members."]


@pytest.mark.parametrize(
    ("opened", "audience", "told"),
    [
        ("ONLY_ME", "PUBLIC", None),
        ("FRIENDS", "PUBLIC", "your friends"),
        ("MEMBERS", "PUBLIC", "all signed-in members"),
        ("PUBLIC", "PUBLIC", "everyone, including signed-out visitors"),
        ("PUBLIC", "MEMBERS", "all signed-in members"),
        ("PUBLIC", "FRIENDS", "your friends"),
        ("PUBLIC", "ONLY_ME", None),
        ("MEMBERS", "FRIENDS", "your friends"),
    ],
)
async def test_a_byline_field_is_told_where_somebody_else_will_see_it(board, ann, opened, audience, told):
    await ann.manages("updateProfile", location="杭州")
    await ann.opens(location=opened)

    checked = await checks(ann, "Hello", on=board, audience=audience, byline=["LOCATION", "GENDER", "LOCATION"])

    assert fields(checked) == (["LOCATION"] if told else [])
    assert messages(checked) == ([f"The post will show your location. Visible to: {told}."] if told else [])


async def test_the_default_byline_is_told_and_none_is_not(board, ann):
    await ann.manages("updateProfile", location="杭州", bio="I draw.", defaultByline=["BIO", "LOCATION"])
    await ann.opens(location="PUBLIC")

    assert fields(await checks(ann, "Hello", on=board)) == ["BIO", "LOCATION"]
    assert fields(await checks(ann, "Hello", on=board, byline=[])) == []


async def test_a_birthday_of_which_nothing_shows_is_not_told(board, ann):
    await ann.manages("updateProfile", birthday={"month": 2, "day": 3})
    opening = [{"field": "BIRTHDAY", "audience": "PUBLIC"}]
    await ann.manages("updateFieldAudiences", audiences=opening, birthdayPrecision="YEAR")
    hidden = await checks(ann, "Hello", on=board, byline=["BIRTHDAY"])

    await ann.manages("updateFieldAudiences", audiences=[], birthdayPrecision="MONTH_AND_DAY")

    assert fields(hidden) == []
    assert fields(await checks(ann, "Hello", on=board, byline=["BIRTHDAY"])) == ["BIRTHDAY"]


@pytest.mark.parametrize(
    ("opened", "audience", "are_friends", "told"),
    [
        ("MEMBERS", "ONLY_ME", False, "the owner of this message board"),
        ("FRIENDS", "ONLY_ME", False, None),
        ("FRIENDS", "ONLY_ME", True, "the owner of this message board"),
        ("MEMBERS", "FRIENDS", False, "your friends and the owner of this message board"),
        ("PUBLIC", "PUBLIC", False, "all signed-in members"),
        ("ONLY_ME", "PUBLIC", True, None),
    ],
)
async def test_on_a_message_board_its_owner_reads_along(ann, bob, opened, audience, are_friends, told):
    """A message board is for members until its owner opens it further."""
    board = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]["id"]
    if are_friends:
        await ann.befriends(bob)
    await bob.manages("updateProfile", location="杭州")
    await bob.opens(location=opened)

    checked = await checks(bob, "Hello", on=board, audience=audience, byline=["LOCATION"])

    assert messages(checked) == ([f"The post will show your location. Visible to: {told}."] if told else [])


async def test_asking_for_notices_many_times_searches_once(board, ann, monkeypatch):
    searched = []

    def counted(text):
        searched.append(text)
        return []

    monkeypatch.setattr("content.publishing_notices.personal_values", counted)
    names = " ".join(f"n{n}: notices {{ kind }}" for n in range(10))

    await ann.manages("checkPost", names, boardId=board, body="Hello", audience="PUBLIC")

    assert len(searched) == 1
