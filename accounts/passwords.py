"""Passwords: argon2id off the event loop, a few at a time, for each takes tens of milliseconds and 64 MiB."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import ErrorCode, PublicFault, refusal
from domain.messages import Message
from policy.limits import MAX_WAITING_HASHES, PASSWORD_LENGTH

Answer = TypeVar("Answer")


class Passwords:
    """Hashes and verifies with argon2-cffi's defaults, which follow RFC 9106."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._workers = ThreadPoolExecutor(max_workers=max(1, (os.cpu_count() or 1) // 2), thread_name_prefix="argon2")
        self._waiting = 0
        # Verified where a login is unknown, so that it takes as long as where it is known.
        self._nobodys_hash = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The hash to store. Raises PublicFault (UNAVAILABLE) where too many wait already."""
        return await self._run(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether it is right; hashes once also where there is no account. Raises as ``hash`` does."""
        return await self._run(self._is_right, password, password_hash or self._nobodys_hash)

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[..., Answer], *given: str) -> Answer:
        if self._waiting >= MAX_WAITING_HASHES:
            raise PublicFault("UNAVAILABLE", "Too many sign in at this moment. Please try again in a few seconds.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._workers, work, *given)
        finally:
            self._waiting -= 1

    def _is_right(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password) and password_hash != self._nobodys_hash
        except (VerificationError, InvalidHashError):
            return False


def check_password(password: str, handle: str, phone: str, *path: str) -> None:
    """Refuse what is too short, too long, or the first thing that anyone would try."""
    least, most = PASSWORD_LENGTH
    # As typed with or without the country code, which no one repeats in a password.
    obvious = {handle, phone, phone.removeprefix("+"), phone[-11:]}
    if not least <= len(password) <= most or password.casefold() in obvious:
        raise refusal(ErrorCode.VALIDATION, Message.PASSWORD_FORM, *path, least=least, most=most)
