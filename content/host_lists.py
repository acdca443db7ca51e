"""The lists of hosts that moderators keep: what is entered counts for every link from then on, and is on the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.capability_check import require_signed_in
from content.links import Site, classify
from content.services import ContentServices
from domain.errors import ErrorCode, WrongFields, refusal
from domain.hosts import HostEntry, HostOutcome, HostScope
from domain.ids import RANDOM_BYTES, MemberId
from domain.messages import Message
from domain.rich_text import HostReputation, HostVerdict
from domain.viewer import Viewer
from moderation.decision_log import HostDecision, record_about_host
from policy.host_lists import keys_about, keys_of, reputation_of
from policy.host_names import registrable_domain
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import Privilege, has
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class HostName:
    """A host or a registered domain, as somebody typed it."""

    typed: str
    scope: HostScope


@dataclass(frozen=True, slots=True)
class HostVerdictDecision:
    """What somebody wants listed."""

    name: HostName
    verdict: HostVerdict
    reason: str
    expires_at: datetime | None = None


async def host_reputations(services: ContentServices, ascii_hosts: Iterable[str]) -> Mapping[str, HostReputation]:
    """What is known of each host now; one read, however many there are."""
    keys = {host: keys_about(host) for host in ascii_hosts if host}
    if not keys:
        return {}
    entries = await services.core.stores.hosts.in_force(frozenset().union(*keys.values()), services.core.now())
    by_key = defaultdict[str, list[HostEntry]](list)
    for entry in entries:
        for key in keys_of(entry.host, entry.scope, entry.verdict):
            by_key[key].append(entry)
    return {
        host: reputation_of(host, [entry for key in about for entry in by_key.get(key, ())], services.site.host)
        for host, about in keys.items()
    }


async def set_verdict(services: ContentServices, viewer: Viewer, judgement: HostVerdictDecision) -> HostEntry:
    """As ``judge``, for moderators."""
    return await judge(services, _may_list_hosts(viewer), judgement)


async def remove_verdict(services: ContentServices, viewer: Viewer, name: HostName, why: str) -> HostEntry:
    """As ``take_back``, for moderators."""
    return await take_back(services, _may_list_hosts(viewer), name, why)


async def judge(services: ContentServices, decided_by: MemberId | None, judgement: HostVerdictDecision) -> HostEntry:
    """Enter ``judgement`` in place of what was decided about the name before, and answer the entry.

    It decides the open case that reports about the host made, and has those told who made them.

    ``decided_by`` None is whoever runs the service. Refuses what is no host of others, and an expiry that is past.
    """
    now, expires_at = services.core.now(), judgement.expires_at
    wrong = WrongFields()
    with wrong.collect():
        host = judged_name(services.site, judgement.name)
    with wrong.collect():
        reason = _reason(judgement.reason)
    with wrong.collect():
        if expires_at is not None and expires_at <= now:
            raise refusal(ErrorCode.VALIDATION, Message.EXPIRY_IS_PAST, "expiresAt")
    wrong.refuse()
    new_id = services.core.random.token(RANDOM_BYTES)
    entry = HostEntry(new_id, host, judgement.name.scope, judgement.verdict, reason, decided_by, now, expires_at)

    async def write(transaction: Transaction) -> HostEntry:
        before = await services.core.stores.hosts.put(entry, transaction)
        closed = await services.core.stores.cases.close_about_host(host, entry.verdict, now, transaction)
        decision = _decision(entry, HostOutcome(entry.verdict.value), before, {"expiresAt": expires_at})
        await record_about_host(services.core, decision, closed, transaction)
        return replace(entry, id=before.id) if before else entry

    return await services.core.stores.transactions.run(write)


async def take_back(services: ContentServices, decided_by: MemberId | None, name: HostName, why: str) -> HostEntry:
    """Remove what was decided about ``name``, and answer it. Refuses where nothing was."""
    wrong, now = WrongFields(), services.core.now()
    with wrong.collect():
        host = _ascii_host(services.site, name.typed)
        if not await services.core.stores.hosts.is_listed(host, name.scope, now):
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "host")
    with wrong.collect():
        reason = _reason(why)
    wrong.refuse()

    async def write(transaction: Transaction) -> HostEntry:
        before = await services.core.stores.hosts.remove(host, name.scope, transaction)
        if before is None or not before.is_in_force(now):  # mongod may not have removed yet what is over
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "host")
        taken = replace(before, reason=reason, decided_by=decided_by, decided_at=now)
        closed = await services.core.stores.cases.close_about_host(host, None, now, transaction)
        decision = _decision(taken, HostOutcome.TAKEN_BACK, before, {})
        await record_about_host(services.core, decision, closed, transaction)
        return before

    return await services.core.stores.transactions.run(write)


def _decision(
    entry: HostEntry, outcome: HostOutcome, before: HostEntry | None, more: Mapping[str, datetime | None]
) -> HostDecision:
    details = {"scope": entry.scope.value, "before": before.verdict.value if before else None, **more}
    return HostDecision(entry.host, outcome, entry.decided_by, entry.decided_at, entry.reason, details)


def _reason(typed: str) -> str:
    return required_text(typed, EXPLANATION_LENGTH, "reason")


def _may_list_hosts(moderator: Viewer) -> MemberId:
    """Who keeps the lists. Refuses all others."""
    member_id = require_signed_in(moderator)
    if not has(moderator, Privilege.LIST_HOSTS):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return member_id


def judged_name(site: Site, name: HostName) -> str:
    """The host or domain as it goes on the wire. Refuses our own, and domains that are nobody's or another's part."""
    host = _ascii_host(site, name.typed)
    own, domain = site.host, registrable_domain(host)
    is_wide = name.scope is HostScope.DOMAIN
    if host == own or (is_wide and domain and domain == registrable_domain(own)):
        raise refusal(ErrorCode.VALIDATION, Message.HOST_IS_OURS, "host", host=host)
    if is_wide and domain is None:
        raise refusal(ErrorCode.VALIDATION, Message.DOMAIN_IS_NOBODY_S, "host", host=host)
    if is_wide and domain != host:
        raise refusal(ErrorCode.VALIDATION, Message.DOMAIN_IS_WIDER, "host", host=host, domain=domain)
    return host


def _ascii_host(site: Site, typed: str) -> str:
    """``typed`` as browsers would ask for it: ``例子.中国.`` as ``xn--fsqu00a.xn--fiqs8s``. Refuses what is no host."""
    host = typed.strip().removesuffix(".")
    link = None if any(letter.isspace() for letter in host) else classify(f"https://{host}/", site)
    if link is None or link.url != f"https://{link.ascii_host}/":
        raise refusal(ErrorCode.VALIDATION, Message.HOST_FORM, "host")
    return link.ascii_host
