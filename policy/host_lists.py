"""How moderators' entries about hosts and the built-in lists come together for one host."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from domain.hosts import HostEntry, HostScope
from domain.rich_text import HostReputation, HostVerdict, LinkRiskReason
from policy.host_names import HOSTS_REMEMBERED, registrable_domain
from policy.known_hosts import SHORTENERS
from policy.lookalike_hosts import is_of_mixed_scripts, looks_of, passes_for, passes_for_a_known_host

#: Whoever judged a single host looked at it more closely than who judged all of its domain. Within a scope there is one
#: entry for a name, so that nothing is trusted and blocked at once.
NARROW_FIRST: Final = (HostScope.HOST, HostScope.DOMAIN)


@lru_cache(maxsize=HOSTS_REMEMBERED)
def keys_about(ascii_host: str) -> frozenset[str]:
    """Under which ``keys_of`` of an entry everything is found that can count for ``ascii_host``."""
    names = {_key(scope, name) for scope, name in _names(ascii_host).items() if name}
    return looks_of(ascii_host).worn | names


def keys_of(host: str, scope: HostScope, verdict: HostVerdict) -> frozenset[str]:
    """Under which an entry is found: by its name, and a trusted one by all that passes for it."""
    looks = looks_of(host).own if verdict is HostVerdict.TRUSTED else frozenset[str]()
    return looks | {_key(scope, host)}


def reputation_of(ascii_host: str, entries: Iterable[HostEntry], own_host: str) -> HostReputation:
    """What is known about ``ascii_host``, given the entries that are in force; ``own_host`` is this site's."""
    found = list(entries)
    by_name = {(entry.scope, entry.host): entry.verdict for entry in found}
    names = _names(ascii_host)
    verdicts = (by_name.get((scope, names[scope] or "")) for scope in NARROW_FIRST)
    verdict = next((verdict for verdict in verdicts if verdict), None)
    trusted = {entry.host for entry in found if entry.verdict is HostVerdict.TRUSTED}
    return HostReputation(verdict, _reasons(ascii_host, frozenset({own_host, *trusted})))


@lru_cache(maxsize=HOSTS_REMEMBERED)
def _reasons(ascii_host: str, imitated: frozenset[str]) -> frozenset[LinkRiskReason]:
    looks = looks_of(ascii_host)
    is_like = passes_for_a_known_host(ascii_host) or any(passes_for(looks, looks_of(other)) for other in imitated)
    signs = {
        LinkRiskReason.MIXED_SCRIPT: is_of_mixed_scripts(ascii_host),
        LinkRiskReason.LOOKALIKE_HOST: is_like,
        LinkRiskReason.SHORTENER: ascii_host.removeprefix("www.") in SHORTENERS,
    }
    return frozenset(reason for reason, stands in signs.items() if stands)


def _names(ascii_host: str) -> dict[HostScope, str | None]:
    return {HostScope.HOST: ascii_host, HostScope.DOMAIN: registrable_domain(ascii_host)}


def _key(scope: HostScope, name: str) -> str:
    return f"{scope.value}:{name}"
