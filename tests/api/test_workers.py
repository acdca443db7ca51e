"""The service's workers: each waits for its lease, and none is stopped by what it cannot read."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from accounts import mail_worker as mail_module
from accounts.mail import MailMessage
from accounts.mail_worker import mail_worker
from audit import sealing as sealing_module
from audit.chain import AuditKeys
from audit.heads import heads_file
from audit.sealing import sealing_worker
from moderation import notification_worker as notification_module
from moderation.notification_worker import notification_worker
from stores.leases import LOCKS
from tests.conftest import SECRET
from tests.notified import kinds, removes

SITE = "https://veranda.example"


class SlowMail:
    """Takes its time over each message."""

    def __init__(self) -> None:
        self.messages: list[MailMessage] = []

    async def send(self, message: MailMessage) -> None:
        await asyncio.sleep(0.3)
        self.messages.append(message)


@pytest.fixture
def mail():
    return SlowMail()


@pytest.fixture
def workers(app_services, mail, tmp_path):
    """One of each, as every process has them; asked for twice, they are two processes'."""

    def new_workers():
        services = app_services.core
        return {
            mail_module.LOCK: mail_worker(services, mail, SITE),
            notification_module.LOCK: notification_worker(services),
            sealing_module.LOCK: sealing_worker(services, AuditKeys(SECRET), heads_file(tmp_path)),
        }

    return new_workers


@pytest.fixture
async def work(moderator, board, ann, bob):
    """Something waits for each: a removal to be told and sealed, and a message to be delivered."""
    await ann.manages("updateProfile", email="ann@example.com")
    await bob.manages("updateProfile", email="bob@example.com")
    await removes(moderator, await ann.publishes("Buy this", on=board))
    await bob.manages("contactMember", memberId=ann.id, message="Hello")


@pytest.fixture
def done(stores, mail, ann):
    """By the name of each lease, how much its worker has done."""

    async def count():
        return {
            mail_module.LOCK: len(mail.messages),
            notification_module.LOCK: len(await kinds(ann)),
            sealing_module.LOCK: await stores.database["audit"].count_documents({"seq": {"$exists": True}}),
        }

    return count


NAMES = (mail_module.LOCK, notification_module.LOCK, sealing_module.LOCK)


def test_leases_have_the_names_that_earlier_versions_gave_them():
    """While one version takes the place of the other, both run."""
    assert NAMES == ("letter-relay", "teller", "audit-sealer")


@pytest.mark.parametrize("name", NAMES)
async def test_a_worker_does_nothing_while_another_process_holds_its_lease(work, workers, done, stores, clock, name):
    held = {"_id": name, "owner": "another", "expiresAt": clock.now() + timedelta(minutes=1)}
    await stores.database[LOCKS].insert_one(held)

    async with workers()[name].running():
        await asyncio.sleep(0.6)
    while_held = await done()
    clock.advance(minutes=2)
    rounds = await workers()[name].run_until_idle()

    assert while_held == dict.fromkeys(NAMES, 0)
    assert rounds == 1
    assert await done() == dict.fromkeys(NAMES, 0) | {name: 1}


async def test_two_mail_workers_at_once_hand_over_each_message_once(work, workers, mail):
    """Without a lease both take it from the outbox while the gateway has not answered the first."""
    one, other = workers()[mail_module.LOCK], workers()[mail_module.LOCK]

    async with one.running(), other.running():
        await asyncio.sleep(1)

    assert [message.to for message in mail.messages] == ["ann@example.com"]


async def test_an_event_of_an_unknown_kind_is_logged_put_off_and_holds_up_nobody(work, stores, tells, ann, clock):
    outbox = stores.database["outbox"]
    newer = {"_id": "newer", "at": clock.now() - timedelta(days=1), "kind": "poll.CLOSED", "decision": None}
    await outbox.insert_one(newer)

    with capture_logs() as lines:
        await tells()
        await tells()
        told = await kinds(ann)
        await tells(minutes=2)

    assert told == ["DECISION_ABOUT_YOU"]
    assert [(line["event"], line["row"], line["kind"]) for line in lines] == [
        ("notifications.unreadable", "newer", "poll.CLOSED")
    ] * 2
    kept = await outbox.find_one({"_id": "newer"})
    assert {name: kept[name] for name in newer} == newer
    assert "steps" not in kept


async def test_a_message_that_cannot_be_read_is_logged_kept_and_holds_up_no_other(work, workers, stores, mail, clock):
    outbox, worker = stores.database["outbox"], workers()[mail_module.LOCK]
    broken = {"_id": "broken", "kind": "letter", "at": clock.now(), "dueAt": clock.now() - timedelta(days=1)}
    await outbox.insert_one(broken)

    with capture_logs() as lines:
        await worker.run_until_idle()
        await worker.run_until_idle()
        clock.advance(hours=2)
        await worker.run_until_idle()

    assert [message.to for message in mail.messages] == ["ann@example.com"]
    assert [(line["event"], line["message"], line["kind"]) for line in lines] == [
        ("mail.unreadable", "broken", "letter")
    ] * 2
    assert await outbox.count_documents({"_id": "broken", "kind": "letter"}) == 1
