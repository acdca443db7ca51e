"""Seals personal values before they reach the database, and finds them again without opening them."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class Vault:
    """AES-256-GCM for values, HMAC-SHA-256 for looking them up, under separate keys derived from one secret."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(_derive(secret, "seal"))
        self._index_key = _derive(secret, "blind-index")
        self._code_key = _derive(secret, "codes")

    def seal(self, value: str, place: str) -> bytes:
        """``value`` encrypted so that it opens only at ``place`` (collection/field/owner)."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """What was sealed at ``place``. Raises ``cryptography.exceptions.InvalidTag`` where bytes or place differ."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()

    def blind_index(self, kind: str, value: str) -> str:
        """A keyed digest by which an equal value is found; ``kind`` keeps a phone from matching an e-mail address."""
        return _digest(self._index_key, kind, value)

    def code_digest(self, owner: str, code: str) -> str:
        """A keyed digest of a one-time code, which has too few digits to be safe under a plain hash."""
        return _digest(self._code_key, owner, code)


def token_digest(token: str) -> str:
    """A session token as it is stored. It has 256 random bits, so a plain hash does."""
    return hashlib.sha256(token.encode()).hexdigest()


def _digest(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"veranda/{purpose}".encode()).derive(secret.encode())
