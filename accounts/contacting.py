"""Writing to a member through the relay: nobody's address shows, and the answer is the same whatever comes of it."""

from dataclasses import dataclass

from accounts.desk import Desk
from accounts.following import visible_other
from domain.audience import Audience
from domain.ids import MemberId
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.viewer import Viewer
from policy.contacting import WIDEST_POLICY
from policy.limits import LETTER_LENGTH, Rate
from stores.house import House
from stores.letters import Letter
from stores.retries import Retry, answered_before, once
from stores.transactions import Transaction

ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class NewLetter:
    """What is written, and to whom."""

    recipient: MemberId
    text: str
    idempotency_key: str | None


async def write_to(desk: Desk, viewer: Viewer, new: NewLetter) -> None:
    """Take a letter to a member whom the viewer sees; a retry under the same key writes no second one.

    Whether it may be delivered is found out when it is (``accounts.relaying``): here nothing of the recipient's is
    looked at, so that neither the answer nor its time tells what they have, or whom they let write.
    """
    sender, text = _sender(viewer), _text(new.text)
    # Of what was written a keyed digest alone is kept beside the letter.
    digest = desk.house.stores.letters.digest(text)
    retry = Retry(sender, new.idempotency_key, ("letter", new.recipient, digest))
    # Asked first: a retry is answered as the first time, also where a block came between.
    if await answered_before(desk.house, retry):
        return
    await visible_other(desk.house, viewer, new.recipient)
    await desk.spend(Rate.LETTER_PER_MEMBER, sender)
    await desk.spend(Rate.LETTER_PER_PAIR, f"{sender}:{new.recipient}")

    async def write(transaction: Transaction) -> str:
        letters, letter_id = desk.house.stores.letters, desk.house.random.token(ID_BYTES)
        sealed = letters.seal(letter_id, text)
        await letters.add(Letter(letter_id, sender, new.recipient, sealed, desk.house.now()), transaction)
        return letter_id

    await once(desk.house, retry, write)


async def set_contact_policy(house: House, viewer: Viewer, policy: Audience) -> None:
    """Choose who may write to the viewer. Refuses what is wider than anyone who is known by name."""
    member = _sender(viewer)
    if policy.is_wider_than(WIDEST_POLICY):
        widest = WIDEST_POLICY.value
        raise refusal(ErrorCode.VALIDATION, Message.AUDIENCE_TOO_WIDE, "contactPolicy", widest=widest)
    await house.stores.members.set_contact_policy(member, policy)


def _sender(viewer: Viewer) -> MemberId:
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    return viewer.member_id


def _text(typed: str) -> str:
    text = typed.strip()
    if not text:
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, "message")
    if len(text) > LETTER_LENGTH:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_LONG, "message", most=LETTER_LENGTH)
    return text
