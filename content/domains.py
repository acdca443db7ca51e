"""Who answers for a host: the part of its name that one owner has registered, by the Public Suffix List."""

from functools import lru_cache
from typing import Final

from publicsuffixlist import PublicSuffixList

# With the list's private section: whoever owns one name under github.io or myshopify.com says nothing about its
# neighbours, so a verdict about one must not reach the others, and none may be given about them all.
SUFFIXES: Final = PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable_domain(ascii_host: str) -> str | None:
    """The domain that ``ascii_host`` belongs to: ``www.example.com.cn`` to ``example.com.cn``, that to itself.

    None for what nobody has registered: an IP address, a lone label, a public suffix (``com``, ``github.io``).
    """
    host = ascii_host.removesuffix(".")
    if host.startswith("[") or host.rpartition(".")[2].isdigit():  # browsers read a last label of digits as IPv4
        return None
    return SUFFIXES.privatesuffix(host)
