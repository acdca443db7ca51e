"""How the audit log is chained and vouched for: a hash over each row and the one before it, and signed heads."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stores.audit import Seal, canonical, rfc3339


@dataclass(frozen=True, slots=True)
class Head:
    """That the chain reached ``seal`` by ``at``; ``mac`` shows that we said so."""

    seq: int
    hash: str
    at: str
    mac: str

    @property
    def seal(self) -> Seal:
        return Seal(self.seq, self.hash)

    def as_line(self) -> bytes:
        return orjson.dumps(asdict(self)) + b"\n"


class AuditKeys:
    """Two keys derived from one secret, so that who can write to the database can make neither hashes nor heads."""

    def __init__(self, secret: str) -> None:
        self._chain_key = _derive(secret, "audit-chain")
        self._head_key = _derive(secret, "audit-heads")

    def seal_after(self, previous: Seal, row: Mapping[str, Any]) -> Seal:
        """The seal of ``row`` where it follows ``previous``."""
        seq = previous.seq + 1
        return Seal(seq, _digest(self._chain_key, previous.hash.encode() + canonical({**row, "seq": seq})))

    def head(self, seal: Seal, at: datetime) -> Head:
        moment = rfc3339(at)
        return Head(seal.seq, seal.hash, moment, self._mac(seal, moment))

    def genuine(self, line: bytes) -> Head | None:
        """The head in ``line``, or None where we did not write it."""
        try:
            head = Head(**orjson.loads(line))
        except (TypeError, ValueError):
            return None
        is_ours = hmac.compare_digest(self._mac(head.seal, head.at).encode(), str(head.mac).encode())
        return head if is_ours and head.as_line().strip() == line.strip() else None

    def _mac(self, seal: Seal, at: str) -> str:
        return _digest(self._head_key, f"{seal.seq}\0{seal.hash}\0{at}".encode())


def _digest(key: bytes, said: bytes) -> str:
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"veranda/{purpose}".encode()).derive(secret.encode())
