"""Sealed values open only where they were sealed."""

import pytest
from cryptography.exceptions import InvalidTag

from stores.vault import Vault

VAULT = Vault("a secret that only this test knows, and long enough")


def test_a_sealed_value_opens_at_its_place_alone():
    sealed = VAULT.seal("ann@example.com", "members/email/ann")

    assert VAULT.open(sealed, "members/email/ann") == "ann@example.com"
    assert b"ann" not in sealed
    with pytest.raises(InvalidTag):
        VAULT.open(sealed, "members/email/bob")
    with pytest.raises(InvalidTag):
        VAULT.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "members/email/ann")
    with pytest.raises(InvalidTag):
        Vault("another secret, which is long enough as well").open(sealed, "members/email/ann")


def test_equal_values_are_sealed_differently_and_indexed_alike():
    assert VAULT.seal("x", "place") != VAULT.seal("x", "place")
    assert VAULT.blind_index("phone", "x") == VAULT.blind_index("phone", "x")
    assert VAULT.blind_index("phone", "x") != VAULT.blind_index("email", "x")
    assert VAULT.blind_index("phone", "x") != VAULT.code_digest("phone", "x")
