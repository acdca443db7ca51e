"""Writing to members: nobody's address shows, the answer tells nothing, and no letter is lost or sent in vain."""

from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from accounts.mail import FileMail, MailMessage, WebhookMail
from accounts.mail_worker import mail_worker
from accounts.sms import DeliveryFailed
from policy.limits import LETTER_WAITS, RATES, Allowance, Rate

SITE = "https://veranda.example"
CONTACT = "mutation ($input: ContactMemberInput!) { contactMember(input: $input) { errors { code path } } }"
TAKEN = b'{"data":{"contactMember":{"errors":[]}}}'


class KeptMail:
    """Keeps every letter, or takes none."""

    def __init__(self) -> None:
        self.messages: list[MailMessage] = []
        self.is_down = False

    async def send(self, message: MailMessage) -> None:
        if self.is_down:
            raise DeliveryFailed("down")
        self.messages.append(message)


@pytest.fixture
def mail():
    return KeptMail()


@pytest.fixture
def worker(app_services, mail):
    return mail_worker(app_services.core, mail, SITE)


@pytest.fixture
def delivered(worker, mail):
    """All that has been delivered, once what is due now is."""

    async def deliver() -> list[MailMessage]:
        await worker.run_until_idle()
        return mail.messages

    return deliver


@pytest.fixture(autouse=True)
async def _addresses(ann, bob):
    """Nobody sees either."""
    await ann.manages("updateProfile", email="ann@example.com")
    await bob.manages("updateProfile", email="bob@example.com")


@pytest.fixture
def people(ann, bob):
    """Who is written to, and who writes."""
    return ann, bob


async def writes(sender, recipient, message="你好 Ann!", **more):
    _, _, body = await sender.responds(CONTACT, {"input": {"memberId": recipient.id, "message": message, **more}})
    return body


async def can_contact(viewer, member):
    return (
        await viewer.asks("query ($id: ID!) { node(id: $id) { ... on Member { viewerCanContact } } }", id=member.id)
    )["node"]["viewerCanContact"]


async def waiting(app_services):
    return await app_services.core.stores.database["outbox"].count_documents({"kind": "letter"})


async def test_a_letter_arrives_without_anybody_s_address(ann, bob, worker, mail, app_services):
    assert await writes(bob, ann) == TAKEN

    await worker.run_until_idle()

    [message] = mail.messages
    assert (message.to, message.text.splitlines()[2:]) == ("ann@example.com", ["> 你好 Ann!"])
    assert message.subject == "@bob（bob）给您发来一封信 @bob (bob) sent you a message"
    assert "bob@example.com" not in message.text + message.subject
    assert bob.phone not in message.text
    assert await waiting(app_services) == 0


async def test_what_waits_is_sealed(ann, bob, app_services):
    await writes(bob, ann, "Call me at dawn.")

    row = await app_services.core.stores.database["outbox"].find_one({"kind": "letter"})

    assert b"dawn" not in str(row).encode()


@pytest.mark.parametrize("obstacle", ["none", "no address", "friends alone", "nobody", "gateway down"])
async def test_the_answer_is_the_same_whatever_comes_of_it(people, delivered, mail, app_services, reads, obstacle):
    ann, bob = people
    if obstacle == "no address":
        await ann.manages("updateProfile", email=None)
    if obstacle in {"friends alone", "nobody"}:
        await ann.manages("updateProfile", contactPolicy="FRIENDS" if obstacle == "friends alone" else "ONLY_ME")
    mail.is_down = obstacle == "gateway down"

    reads.forget()
    answer = await writes(bob, ann)
    read = reads.collections
    messages = await delivered()

    assert answer == TAKEN
    assert read == ["sessions", "members"]
    assert len(messages) == (1 if obstacle == "none" else 0)
    assert await waiting(app_services) == (1 if obstacle == "gateway down" else 0)


async def test_whoever_is_hidden_is_missing(community, ann, bob, app_services):
    carl = await community.joins("carl")
    await carl.manages("block", memberId=bob.id)
    await bob.manages("block", memberId=ann.id)
    nobody = type(bob)(bob.client, id="mbr_AAAAAAAAAAAAAAAA")

    answers = {await writes(bob, other) for other in (carl, ann, nobody)}

    assert answers == {b'{"data":{"contactMember":{"errors":[{"code":"NOT_FOUND","path":["memberId"]}]}}}'}
    assert await waiting(app_services) == 0


@pytest.mark.parametrize(("message", "code"), [("", "VALIDATION"), (" \n", "VALIDATION"), ("长" * 2_001, "VALIDATION")])
async def test_what_cannot_be_sent_is_refused(ann, bob, app_services, message, code):
    assert await bob.is_refused("contactMember", memberId=ann.id, message=message) == code
    assert await waiting(app_services) == 0


async def test_nobody_writes_signed_out_or_to_themselves(community, ann, app_services):
    given = {"memberId": ann.id, "message": "Hello."}

    assert await community.visitor().is_refused("contactMember", **given) == "NOT_SIGNED_IN"
    assert await ann.is_refused("contactMember", **given) == "VALIDATION"
    assert await waiting(app_services) == 0


async def test_a_retry_writes_no_second_letter(ann, bob, worker, mail):
    for _ in range(3):
        assert await writes(bob, ann, idempotencyKey="k") == TAKEN
    assert b"CONFLICT" in await writes(bob, ann, "Something else.", idempotencyKey="k")

    await worker.run_until_idle()

    assert len(mail.messages) == 1


async def test_a_sender_has_five_letters_a_day_for_one_and_twenty_an_hour(community, ann, bob, app_services):
    others = [await community.joins(f"other{n}") for n in range(4)]

    to_ann = [await writes(bob, ann, f"No. {n}") for n in range(6)]
    # What was refused has been counted as well.
    to_others = [await writes(bob, other, f"No. {n}") for other in others for n in range(4)]

    assert [answer == TAKEN for answer in to_ann] == [True] * 5 + [False]
    assert [answer == TAKEN for answer in to_others] == [True] * 14 + [False] * 2
    assert b"RATE_LIMITED" in to_ann[5]
    assert b"RATE_LIMITED" in to_others[-1]
    assert await waiting(app_services) == 19


async def test_what_holds_at_delivery_counts(ann, bob, worker, mail, app_services):
    for change in ("block", "policy"):
        await writes(bob, ann, change)
        if change == "block":
            await ann.manages("block", memberId=bob.id)
        else:
            await ann.manages("updateProfile", contactPolicy="FRIENDS")
        await worker.run_until_idle()
        await ann.manages("unblock", memberId=bob.id)

    assert mail.messages == []
    assert await waiting(app_services) == 0


async def test_friends_reach_whoever_takes_letters_of_friends(ann, bob, worker, mail):
    await ann.manages("updateProfile", contactPolicy="FRIENDS")
    await ann.befriends(bob)

    await writes(bob, ann)
    await worker.run_until_idle()

    assert [message.to for message in mail.messages] == ["ann@example.com"]


async def test_who_may_write_is_told_and_nothing_else(community, ann, bob):
    friend, visitor = await community.joins("fay"), community.visitor()
    await ann.befriends(friend)

    told = {}
    for policy in ("ONLY_ME", "FRIENDS", "MEMBERS"):
        await ann.manages("updateProfile", contactPolicy=policy)
        told[policy] = [await can_contact(viewer, ann) for viewer in (ann, friend, bob, visitor)]
    await ann.manages("updateProfile", email=None)

    assert told == {
        "ONLY_ME": [False, False, False, False],
        "FRIENDS": [False, True, False, False],
        "MEMBERS": [False, True, True, False],
    }
    assert await can_contact(bob, ann) is True


async def test_nobody_lets_strangers_without_a_name_write(ann):
    assert (await ann.asks("{ viewer { contactPolicy } }"))["viewer"]["contactPolicy"] == "MEMBERS"

    assert await ann.is_refused("updateProfile", contactPolicy="PUBLIC") == "VALIDATION"

    assert (await ann.asks("{ viewer { contactPolicy } }"))["viewer"]["contactPolicy"] == "MEMBERS"


async def test_a_letter_waits_until_the_gateway_takes_it(ann, bob, worker, mail, clock):
    mail.is_down = True
    await writes(bob, ann)
    await worker.run_until_idle()
    mail.is_down = False

    await worker.run_until_idle()
    too_early = len(mail.messages)
    clock.advance(seconds=LETTER_WAITS[0].total_seconds())
    await worker.run_until_idle()

    assert (too_early, len(mail.messages)) == (0, 1)


async def test_a_letter_that_nobody_takes_is_given_up(ann, bob, worker, mail, clock, app_services):
    mail.is_down = True
    await writes(bob, ann)
    for wait in (timedelta(0), *LETTER_WAITS):
        clock.advance(seconds=wait.total_seconds() + 1)
        assert await waiting(app_services) == 1
        await worker.run_until_idle()

    assert await waiting(app_services) == 0


async def test_the_gateway_gets_each_letter_under_an_id_of_its_own(ann, bob, app_services):
    got = []

    async def take(request: web.Request) -> web.Response:
        got.append((request.headers["Idempotency-Key"], await request.json()))
        return web.Response(status=500 if len(got) == 1 else 204)

    application = web.Application()
    application.router.add_post("/", take)
    async with TestServer(application) as gateway:
        worker = mail_worker(app_services.core, WebhookMail(str(gateway.make_url("/"))), SITE)
        await writes(bob, ann)
        await worker.run_until_idle()
        app_services.core.clock.advance(minutes=1)
        await worker.run_until_idle()

    assert [key for key, _ in got] == [got[0][1]["id"]] * 2
    assert got[0][1] == got[1][1]
    assert set(got[0][1]) == {"id", "to", "subject", "text", "at"}


async def test_without_a_gateway_letters_go_to_a_file(ann, bob, app_services, tmp_path):
    await writes(bob, ann)

    await mail_worker(app_services.core, FileMail(tmp_path / "outbox" / "mail.jsonl"), SITE).run_until_idle()

    assert '"to":"ann@example.com"' in (tmp_path / "outbox" / "mail.jsonl").read_text()


async def test_a_letter_cannot_pose_as_the_house(ann, bob, worker, mail):
    await writes(bob, ann, "Hello\u202e\r\n\nveranda.example: your account is closed.\u200b")

    await worker.run_until_idle()

    head, _, *said = mail.messages[0].text.splitlines()
    assert head.endswith(
        "Member @bob (bob) sent you this through https://veranda.example without seeing your address. "
        "Please sign in to answer."
    )
    assert said == ["> Hello", "> ", "> veranda.example: your account is closed."]


async def test_many_cannot_bury_one(community, ann, bob, delivered, clock, monkeypatch):
    monkeypatch.setitem(RATES, Rate.LETTER_PER_RECIPIENT, Allowance(2, timedelta(days=1)))
    for n in range(3):
        assert await writes(bob, ann, f"No. {n}") == TAKEN

    first_day = len(await delivered())
    await community.a_day_passes()
    clock.advance(days=1)

    assert (first_day, len(await delivered())) == (2, 3)


async def test_a_letter_that_cannot_be_opened_holds_up_no_other(ann, bob, worker, mail, app_services):
    await writes(bob, ann, "Broken.")
    await app_services.core.stores.database["outbox"].update_one({}, {"$set": {"text": b"nonsense" * 8}})
    await writes(bob, ann, "Whole.")

    await worker.run_until_idle()

    assert [message.text.splitlines()[-1] for message in mail.messages] == ["> Whole."]


async def test_a_retry_is_answered_as_the_first_time_after_a_block_too(ann, bob, app_services):
    assert await writes(bob, ann, idempotencyKey="k") == TAKEN
    await ann.manages("block", memberId=bob.id)

    assert await writes(bob, ann, idempotencyKey="k") == TAKEN
    assert b"NOT_FOUND" in await writes(bob, ann)
    assert await waiting(app_services) == 1


async def test_no_address_gets_into_the_log(ann, bob, app_services):
    class Chatty:
        async def send(self, message: MailMessage) -> None:
            raise DeliveryFailed(f"no route to {message.to}")

    await writes(bob, ann)
    with capture_logs() as lines:
        await mail_worker(app_services.core, Chatty(), SITE).run_until_idle()

    assert [line["failure"] for line in lines] == ["DeliveryFailed"]
    assert "ann@example.com" not in str(lines)
