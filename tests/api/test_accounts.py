"""Registering, signing in and out."""

import asyncio

import pytest

from accounts import privacy_statement
from tests.actors import PASSWORD, Actor

PHONE = "138 0013 8000"
E164 = "+8613800138000"


def registration(sms, **changes):
    given = {
        "phone": PHONE,
        "code": sms.last_code(E164),
        "handle": "ann",
        "password": PASSWORD,
        "acceptedStatement": privacy_statement.CURRENT_VERSION,
    }
    return given | changes


@pytest.fixture
async def visitor(community) -> Actor:
    return community.visitor()


async def asks_for_a_code(visitor, purpose="REGISTER", phone=PHONE):
    return await visitor.manages("requestCode", "expiresAt retryAt", phone=phone, purpose=purpose)


async def test_a_member_registers_with_phone_code_handle_and_password_alone(visitor, sms):
    await asks_for_a_code(visitor)

    payload = await visitor.manages(
        "register", "viewer { phone member { handle displayName role } acceptedStatement }", **registration(sms)
    )

    assert payload["viewer"] == {
        "phone": E164,
        "member": {"handle": "ann", "displayName": "ann", "role": "MEMBER"},
        "acceptedStatement": privacy_statement.CURRENT_VERSION,
    }


async def test_registering_sets_a_cookie_that_scripts_cannot_read_and_signs_in(client, visitor, sms):
    await asks_for_a_code(visitor)
    body = {
        "query": "mutation ($input: RegisterInput!) { register(input: $input) { viewer { phone } } }",
        "variables": {"input": registration(sms)},
    }

    async with client.post("/graphql", json=body) as response:
        cookie = response.headers["Set-Cookie"]

    assert cookie.startswith("__Host-veranda_session=")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    token = cookie.split(";")[0].split("=", 1)[1]
    async with client.post(
        "/graphql", json={"query": "{ viewer { phone } }"}, headers={"Cookie": f"__Host-veranda_session={token}"}
    ) as response:
        assert (await response.json())["data"] == {"viewer": {"phone": E164}}


async def test_a_code_counts_for_its_phone_and_purpose_alone(visitor, sms):
    await asks_for_a_code(visitor, "SIGN_IN")

    assert await visitor.is_refused("register", **registration(sms)) == "CODE_INVALID"


async def test_a_code_ends_after_ten_minutes(visitor, sms, clock):
    await asks_for_a_code(visitor)
    clock.advance(minutes=10)

    assert await visitor.is_refused("register", **registration(sms)) == "CODE_INVALID"


async def test_a_code_ends_after_five_wrong_tries(visitor, sms):
    await asks_for_a_code(visitor)
    right = sms.last_code(E164)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert await visitor.is_refused("register", **registration(sms, code=wrong)) == "CODE_INVALID"

    assert await visitor.is_refused("register", **registration(sms)) == "CODE_INVALID"


async def test_a_code_is_used_once(visitor, sms, community):
    await asks_for_a_code(visitor)
    used = registration(sms)
    await visitor.manages("register", **used)

    assert await community.visitor().is_refused("register", **used | {"handle": "bob"}) == "CODE_INVALID"


async def test_of_many_who_register_at_once_with_one_code_one_gets_through(visitor, sms, stores):
    await asks_for_a_code(visitor)

    payloads = await asyncio.gather(
        *(visitor.does("register", **registration(sms, handle=f"ann_{n}")) for n in range(10))
    )

    assert sorted(len(payload["errors"]) for payload in payloads) == [0] + [1] * 9
    assert await stores.database["members"].count_documents({}) == 1


async def test_a_taken_handle_leaves_the_code_for_another_try(visitor, sms, community):
    await community.joins("ann")
    await asks_for_a_code(visitor)

    assert await visitor.is_refused("register", **registration(sms)) == "HANDLE_TAKEN"
    await visitor.manages("register", **registration(sms, handle="anna"))


@pytest.mark.parametrize("lookalike", ["АNN", "ＡＮＮ", "ann"])
async def test_a_handle_that_looks_like_another_is_taken_or_refused(visitor, sms, community, lookalike):
    """Cyrillic А beside Latin letters is refused as mixed; full-width letters are the same handle."""
    await community.joins("ann")
    await asks_for_a_code(visitor)

    code = await visitor.is_refused("register", **registration(sms, handle=lookalike))

    assert code == ("VALIDATION" if lookalike[0] == "А" else "HANDLE_TAKEN")


async def test_a_phone_that_is_known_is_told_of_only_after_a_valid_code(visitor, sms, community):
    """Whoever holds the phone may know; nobody else can ask."""
    ann = await community.joins("ann")
    await community.a_day_passes()
    unknown = await asks_for_a_code(visitor)
    known = await asks_for_a_code(visitor, phone=ann.phone)
    assert known.keys() == unknown.keys()

    wrong = registration(sms, phone=ann.phone, code="000000", handle="bob")
    assert await visitor.is_refused("register", **wrong) == "CODE_INVALID"
    right = registration(sms, phone=ann.phone, code=sms.last_code(ann.phone), handle="bob")
    assert await visitor.is_refused("register", **right) == "PHONE_TAKEN"


async def test_a_taken_phone_and_a_taken_handle_are_told_at_once(visitor, sms, community):
    ann = await community.joins("ann")
    await community.a_day_passes()
    await asks_for_a_code(visitor, phone=ann.phone)
    given = {
        "phone": ann.phone,
        "code": sms.last_code(ann.phone),
        "handle": "ann",
        "password": PASSWORD,
        "acceptedStatement": privacy_statement.CURRENT_VERSION,
    }

    payload = await visitor.does("register", **given)

    errors = [(error["code"], error["path"]) for error in payload["errors"]]
    assert errors == [("PHONE_TAKEN", ["phone"]), ("HANDLE_TAKEN", ["handle"])]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"phone": "12"}, "VALIDATION", ["phone"]),
        ({"handle": "a"}, "VALIDATION", ["handle"]),
        ({"handle": "two words"}, "VALIDATION", ["handle"]),
        ({"password": "short"}, "VALIDATION", ["password"]),
        ({"password": "13800138000"}, "VALIDATION", ["password"]),
        ({"displayName": "x" * 41}, "VALIDATION", ["displayName"]),
        ({"acceptedStatement": "2001-01-01"}, "STATEMENT_NOT_ACCEPTED", ["acceptedStatement"]),
    ],
)
async def test_a_registration_that_cannot_be_taken_names_what_is_wrong(visitor, sms, stores, changes, code, path):
    await asks_for_a_code(visitor)

    [error] = (await visitor.does("register", **registration(sms, **changes)))["errors"]

    assert (error["code"], error["path"]) == (code, path)
    assert await stores.database["members"].count_documents({}) == 0


async def test_errors_speak_the_reader_s_language(visitor):
    visitor.language = "zh-CN,zh;q=0.9"

    [error] = (await visitor.does("requestCode", phone="12", purpose="REGISTER"))["errors"]

    assert error["message"] == "请输入正确的手机号。"


async def test_codes_for_one_phone_come_a_minute_apart(visitor, sms):
    await asks_for_a_code(visitor)

    query = """mutation ($input: RequestCodeInput!) { requestCode(input: $input) {
      errors { code ... on RateLimitedError { retryAt } } } }"""
    given = {"phone": PHONE, "purpose": "REGISTER"}
    [error] = (await visitor.asks(query, input=given))["requestCode"]["errors"]

    assert error["code"] == "RATE_LIMITED"
    assert error["retryAt"].startswith("2126-03-01T08:0")
    assert len(sms.messages) == 1


@pytest.mark.parametrize("login", ["ann", "ANN", "phone"])
async def test_a_member_signs_in_by_handle_or_phone(community, login):
    ann = await community.joins("ann")
    given = ann.phone if login == "phone" else login

    payload = await community.visitor().manages(
        "signIn", "token viewer { member { id } }", login=given, password=PASSWORD, issueToken=True
    )

    assert payload["viewer"]["member"]["id"] == ann.id
    assert payload["token"]


async def test_a_member_signs_in_with_a_code(community, sms):
    ann = await community.joins("ann")
    await community.a_day_passes()
    visitor = community.visitor()
    await asks_for_a_code(visitor, "SIGN_IN", ann.phone)

    payload = await visitor.manages(
        "signIn", "viewer { member { id } }", login=ann.phone, code=sms.last_code(ann.phone)
    )

    assert payload["viewer"]["member"]["id"] == ann.id


async def test_a_right_code_of_a_phone_that_nobody_has_is_refused_and_not_used_up(visitor, sms, stores):
    await asks_for_a_code(visitor, "SIGN_IN")
    before = await stores.database["codes"].find({}).to_list()

    code = await visitor.is_refused("signIn", login=E164, code=sms.last_code(E164))

    assert code == "SIGN_IN_FAILED"
    assert await stores.database["codes"].find({}).to_list() == before


async def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(community):
    await community.joins("ann")
    visitor = community.visitor()

    wrong = await visitor.does("signIn", login="ann", password="wrong password")
    unknown = await visitor.does("signIn", login="nobody", password="wrong password")

    assert wrong == unknown
    assert wrong["errors"][0]["code"] == "SIGN_IN_FAILED"


async def test_password_and_code_together_are_refused(community):
    assert await community.visitor().is_refused("signIn", login="ann", password="x", code="1") == "VALIDATION"
    assert await community.visitor().is_refused("signIn", login="ann") == "VALIDATION"


async def test_guessing_passwords_is_slowed_down(community):
    ann = await community.joins("ann")
    visitor = community.visitor()
    for _ in range(9):
        assert await visitor.is_refused("signIn", login="ann", password="wrong password") == "SIGN_IN_FAILED"

    assert await visitor.is_refused("signIn", login="ann", password=PASSWORD) == "RATE_LIMITED"
    assert (await ann.asks("{ viewer { phone } }"))["viewer"]["phone"] == ann.phone


async def test_signing_out_ends_the_session_at_once(community):
    ann = await community.joins("ann")

    await ann.manages("signOut")

    assert await ann.asks("{ viewer { phone } }") == {"viewer": None}


async def test_a_session_ends_by_itself(community, clock):
    ann = await community.joins("ann")
    clock.advance(days=61)

    assert await ann.asks("{ viewer { phone } }") == {"viewer": None}


async def test_the_privacy_statement_is_served_with_its_digest_in_both_languages(community):
    visitor = community.visitor()
    query = "{ privacyStatement { version text sha256 publishedAt } }"

    english = (await visitor.asks(query))["privacyStatement"]
    visitor.language = "zh"
    chinese = (await visitor.asks(query))["privacyStatement"]

    assert english["text"].startswith("# Privacy statement")
    assert chinese["text"].startswith("# 隐私权保护声明")
    assert english["version"] == chinese["version"] == privacy_statement.CURRENT_VERSION
    assert english["sha256"] != chinese["sha256"]


async def test_personal_values_are_sealed_where_they_lie(community, stores):
    """Phone, e-mail and birthday stand in no stored document; handles and names do."""
    ann = await community.joins("ann")
    await ann.manages("updateProfile", email="ann@example.com", birthday={"year": 1990, "month": 2, "day": 3})

    stored = b""
    for name in await stores.database.list_collection_names():
        async for document in stores.database[name].find_raw_batches():
            stored += bytes(document)

    assert b"ann" in stored
    for secret in (ann.phone, ann.phone.removeprefix("+86"), "ann@example.com", "1990-2-3", PASSWORD, ann.token):
        assert secret.encode() not in stored
