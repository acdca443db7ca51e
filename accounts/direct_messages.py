"""Writing to a member through the relay: nobody's address shows, and the answer is the same whatever comes of it."""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from accounts.follows import visible_other
from accounts.services import AccountServices
from domain.audience import Audience
from domain.errors import ErrorCode, WrongFields, refusal
from domain.events import DirectMessageSent
from domain.ids import MemberId
from domain.messages import Message
from domain.viewer import Viewer
from policy.direct_messages import WIDEST_POLICY
from policy.limits import LETTER_LENGTH, Rate
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.transactions import Transaction
from text.input_text import required_text

ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class NewDirectMessage:
    """What is written, and to whom."""

    recipient: MemberId
    text: str
    idempotency_key: str | None


async def write_to(services: AccountServices, viewer: Viewer, new: NewDirectMessage) -> None:
    """Take a letter to a member whom the viewer sees; a retry under the same key writes no second one.

    Whether it may be delivered is found out when it is (``accounts.mail_worker``): here nothing of the recipient's is
    looked at, so that neither the answer nor its time tells what they have, or whom they let write.
    """
    sender = require_signed_in(viewer)
    # Of what was written a keyed digest alone is kept beside the letter.
    digest = services.core.stores.direct_messages.digest(new.text.strip())
    retry = IdempotentRequest(sender, new.idempotency_key, ("letter", new.recipient, digest))
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    # Asked first: a retry is answered as the first time, also where a block came between.
    before = await earlier_answer(services.core, retry)
    if before:
        return
    with wrong.collect():
        text = required_text(new.text, LETTER_LENGTH, "message")
    with wrong.collect():
        await visible_other(services.core, viewer, new.recipient)
    wrong.refuse()
    await services.consume_rate_limit(Rate.LETTER_PER_MEMBER, sender)
    await services.consume_rate_limit(Rate.LETTER_PER_PAIR, f"{sender}:{new.recipient}")

    async def write(transaction: Transaction) -> str:
        letters, message_id = services.core.stores.direct_messages, services.core.random.token(ID_BYTES)
        sealed = letters.seal(message_id, text)
        sent = DirectMessageSent(message_id, services.core.now(), sender, new.recipient, sealed)
        await letters.add(sent, transaction)
        return message_id

    await run_idempotent(services.core, retry, write)


def checked_policy(policy: Audience, *path: str) -> Audience:
    """Who may write to a member, as the member chose. Refuses what is wider than anyone who is known by name."""
    if policy.is_wider_than(WIDEST_POLICY):
        raise refusal(ErrorCode.VALIDATION, Message.AUDIENCE_TOO_WIDE, *path, widest=WIDEST_POLICY.value)
    return policy
