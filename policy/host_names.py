"""Names of hosts: who answers for one, and how people read it."""

from functools import lru_cache
from typing import Final

from ada_url import idna_to_unicode
from publicsuffixlist import PublicSuffixList

# With the list's private section: whoever owns one name under github.io or myshopify.com says nothing about its
# neighbours, so a verdict about one must not reach the others, and none may be given about them all.
SUFFIXES: Final = PublicSuffixList()


#: More than a page of posts leads to; a name may be as long as a URL.
HOSTS_REMEMBERED: Final = 2_048


@lru_cache(maxsize=HOSTS_REMEMBERED)
def registrable_domain(ascii_host: str) -> str | None:
    """The domain that ``ascii_host`` belongs to: ``www.example.com.cn`` to ``example.com.cn``, that to itself.

    None for what nobody has registered: an IP address, a lone label, a public suffix (``com``, ``github.io``).
    """
    host = ascii_host.removesuffix(".")
    if is_ip_address(host):
        return None
    return SUFFIXES.privatesuffix(host)


def is_ip_address(ascii_host: str) -> bool:
    """Whether a browser takes it for one; it reads any last label of digits as IPv4."""
    return ascii_host.startswith("[") or ascii_host.rpartition(".")[2].isdigit()


def is_ending(label: str) -> bool:
    """Whether names end in ``label``, as in ``com`` and ``cn``."""
    return SUFFIXES.publicsuffix(label, accept_unknown=False) is not None


@lru_cache(maxsize=HOSTS_REMEMBERED)
def readable(ascii_host: str) -> str:
    """The name as people read it, without punycode."""
    return idna_to_unicode(ascii_host)
