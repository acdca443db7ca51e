"""Makes retries safe: what was done under a key is answered again, not done again."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson

from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.messages import Message
from policy.limits import IDEMPOTENCY_KEY_LENGTH, IDEMPOTENCY_LIFETIME
from stores.services import Services
from stores.transactions import Transaction
from stores.unique_keys import AlreadyTaken, UniqueKey
from text.input_text import check_length


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """Who may be retrying, under which key, and what was asked for."""

    member_id: MemberId
    key: str | None
    asked: tuple[object, ...]
    """Plain values: strings, lists of strings, None."""
    part: str | None = None
    """Of many things that are asked for under one key: which it is."""

    @property
    def claim(self) -> str:
        """What is claimed: the key belongs to one member, and does for each part of what it is given with."""
        whole = f"{self.member_id}:{self.key}"
        return f"{whole}:{self.part}" if self.part else whole

    @property
    def fingerprint(self) -> str:
        """Equal for equal requests."""
        return hashlib.sha256(orjson.dumps(self.asked)).hexdigest()


async def run_idempotent(
    services: Services, retry: IdempotentRequest, write: Callable[[Transaction], Awaitable[str]]
) -> str:
    """Run ``write`` in a transaction and answer the id it made; a retry answers the first one's.

    Refuses a key that was used for something else.
    """
    if retry.key is None:
        return await services.stores.transactions.run(write)
    check_key(retry.key)

    async def claim_and_write(transaction: Transaction) -> str:
        # Asked in here, for the first try may be going on elsewhere: where its change is seen, so is its claim.
        before = await first_answer(services, retry, transaction)
        if before is not None:
            return before
        made = await write(transaction)
        await services.stores.unique_keys.take(
            UniqueKey.RETRY,
            retry.claim,
            made,
            transaction,
            fingerprint=retry.fingerprint,
            expires_at=services.now() + IDEMPOTENCY_LIFETIME,
        )
        return made

    try:
        return await services.stores.transactions.run(claim_and_write)
    except AlreadyTaken as taken:
        answer = await first_answer(services, retry) if taken.claim is UniqueKey.RETRY else None
        if answer is None:
            raise
        return answer


def check_key(key: str | None) -> None:
    """Refuse a key that is longer than any that is made up for one action."""
    check_length(key or "", IDEMPOTENCY_KEY_LENGTH, "idempotencyKey")


async def earlier_answer(services: Services, retry: IdempotentRequest) -> str | None:
    """``first_answer``, for those who ask before they look whether the thing may be done: it was, the first time."""
    return None if retry.key is None else await first_answer(services, retry)


async def first_answer(
    services: Services, retry: IdempotentRequest, transaction: Transaction | None = None
) -> str | None:
    """What was made under the key before, if anything."""
    claimed = await services.stores.unique_keys.find(UniqueKey.RETRY, retry.claim, transaction)
    if claimed is None:
        return None
    if claimed.fingerprint != retry.fingerprint:
        raise refusal(ErrorCode.CONFLICT, Message.KEY_REUSED, "idempotencyKey")
    return claimed.holder
