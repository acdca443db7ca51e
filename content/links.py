"""Links as a browser would understand them: where they lead, and what speaks against them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import parse_qs, quote, unquote

from ada_url import URL, HostType

from content.autolinks import ADDRESSES, INVISIBLE
from domain.rich_text import MAX_URL_LENGTH, Link, LinkRiskReason
from policy.host_names import readable

LEAVE_PATH: Final = "/leave"
#: Its parameter for what a link's text showed.
SHOWN: Final = "shown"
WEB_SCHEMES: Final = frozenset({"http:", "https:"})
MAX_HOST_LENGTH: Final = 253

#: Marks, embeddings, overrides and isolates: what follows, and an address with it, may be shown back to front.
TURNING: Final = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
RUNNING_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LATIN_HOST: Final = re.compile(r"[a-z0-9]\.[a-z]", re.IGNORECASE)
#: The reasons that are in a link's text, of which its URL alone does not tell.
TOLD_BY_TEXT: Final = frozenset({LinkRiskReason.TEXT_HOST_MISMATCH, LinkRiskReason.RIGHT_TO_LEFT})


@dataclass(frozen=True, slots=True)
class Site:
    """This site's own address: what shares its scheme, host and port is internal.

    All three, as for a browser's origin: ``http://`` under our name is not us where we serve ``https://``, because
    anyone on the way may answer in our place.
    """

    scheme: str
    host: str
    port: str
    """Empty where it is the scheme's usual one."""
    origin: str | None
    """Where relative addresses lead: here, but for texts brought from another site. None: nowhere, for that site is
    not known."""

    @classmethod
    def at(cls, site_url: str) -> Self:
        """The site that VERANDA_PUBLIC_URL names. Raises ``ValueError`` unless it is just scheme, host and port."""
        parsed = _parsed(site_url)
        if parsed is None or parsed.protocol not in WEB_SCHEMES or parsed.href != parsed.origin + "/":
            raise ValueError(f"VERANDA_PUBLIC_URL must be http(s)://host or http(s)://host:port, not {site_url!r}")
        return cls(parsed.protocol.removesuffix(":"), parsed.hostname, parsed.port, parsed.origin)

    @property
    def url(self) -> str:
        """As a browser would write it, without a slash at its end."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    def for_texts_from(self, origin: str | None) -> Self:
        """This site, to texts that were written on the one at ``origin``."""
        return replace(self, origin=origin)

    def is_home_of(self, parsed: URL) -> bool:
        """Whether a browser would count ``parsed`` to the same origin."""
        return parsed.hostname == self.host and parsed.port == self.port and parsed.protocol == self.scheme + ":"


def classify(url: str, site: Site, text: str | None = None) -> Link | None:
    """The link that a reader follows who clicks ``url`` on ``site`` and sees ``text``; relative to ``site.origin``.

    None where it cannot be followed as http, https or mailto, or is longer than MAX_URL_LENGTH.
    """
    parsed = _destination(url, site)
    if parsed is None:
        return None
    scheme = parsed.protocol
    if scheme == "mailto:":
        return Link(parsed.href, text, "", "", is_external=True, reasons=(LinkRiskReason.EXTERNAL,))
    if scheme not in WEB_SCHEMES:
        return None
    return _internal(parsed, text) if site.is_home_of(parsed) else _external(parsed, text)


def leave_path(url: str, shown: str = "") -> str:
    """Where on this site the leaving page for ``url`` stands.

    ``shown``: what of a link's text speaks against it (``speaking_text``), for the page to warn of it too.
    """
    told = f"&{SHOWN}={quote(shown, safe='')}" if shown else ""
    return f"{LEAVE_PATH}?to={quote(url, safe='')}{told}"


def speaking_text(link: Link) -> str:
    """What of the link's text speaks against it, short enough for an address; empty where nothing does.

    As the text of a link to the same URL it speaks against that in the same way.
    """
    if link.text is None or not TOLD_BY_TEXT.intersection(link.reasons):
        return ""
    parsed = _parsed(link.url)
    others = _other_hosts_named(parsed, link.text) if parsed else []
    named = [f"https://{other[-MAX_HOST_LENGTH:]}" for other in others[:1]]
    return " ".join([*named, *(["\u200f"] if _is_turned(link.text) else [])])


def _destination(url: str, site: Site) -> URL | None:
    """Where ``url`` leads in the end. A copied address of our leaving page counts as what it leads to, or any
    foreign host could pass for internal. Ends, for each round drops at least ``/leave?to=`` from the URL.
    """
    parsed = _parsed(url, site.origin)
    while parsed is not None and site.is_home_of(parsed) and (target := _leads_out_to(parsed)) is not None:
        parsed = _parsed(target, site.url)
    return parsed


def _parsed(url: str, base: str | None = None) -> URL | None:
    if len(url) > MAX_URL_LENGTH:
        return None
    try:
        parsed = URL(url, base)
    except ValueError:  # no URL, or lone surrogates
        return None
    return parsed if len(parsed.href) <= MAX_URL_LENGTH else None


def _leads_out_to(parsed: URL) -> str | None:
    if unquote(parsed.pathname) != LEAVE_PATH:  # the router unquotes too
        return None
    return parse_qs(parsed.search.removeprefix("?"), keep_blank_values=True).get("to", [None])[0]


def _internal(parsed: URL, text: str | None) -> Link:
    # User info is dropped: it would sign nobody in here, only disguise the address.
    url = parsed.origin + parsed.pathname + parsed.search + parsed.hash
    host = _host(parsed)
    return Link(url, text, readable(host), host, is_external=False, reasons=())


def _external(parsed: URL, text: str | None) -> Link:
    reasons = tuple(reason for reason, stands in SIGNS.items() if stands(parsed, text))
    host = _host(parsed)
    return Link(parsed.href, text, readable(host), host, is_external=True, reasons=reasons)


def _host(parsed: URL) -> str:
    """Without the root's dot, which names the same host and would slip past a verdict about it."""
    return parsed.hostname.removesuffix(".")


def _names_another_host(parsed: URL, text: str | None) -> bool:
    return text is not None and bool(_other_hosts_named(parsed, text))


def _other_hosts_named(parsed: URL, text: str) -> list[str]:
    """The hosts other than its own that ``text`` shows as addresses, by what we would make a link ourselves."""
    # No address is longer, and normalising a long run of combining marks takes seconds.
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:MAX_URL_LENGTH]))
    named = (_parsed(found.url) for found in ADDRESSES.match(plain))
    own = _host(parsed).removeprefix("www.")
    return [
        _host(other)
        for other in named
        if other is not None and other.protocol in WEB_SCHEMES and _host(other).removeprefix("www.") != own
    ]


def _is_turned(text: str) -> bool:
    """Whether an address in ``text`` may be shown in another order than it is written, for right-to-left script."""
    if text.isascii():
        return False
    # A word that runs left is fine; one that is an address besides is torn apart.
    torn = (word for word in text.split() if RUNNING_LEFT.search(word) and LATIN_HOST.search(word))
    return bool(TURNING.search(text)) or any(torn)


#: What speaks against an external link, in the order of the enum, and how it shows.
SIGNS: Final[Mapping[LinkRiskReason, Callable[[URL, str | None], bool]]] = {
    LinkRiskReason.EXTERNAL: lambda parsed, text: True,  # noqa: ARG005 - all are called alike
    LinkRiskReason.NOT_HTTPS: lambda parsed, text: parsed.protocol != "https:",  # noqa: ARG005 - all are called alike
    LinkRiskReason.TEXT_HOST_MISMATCH: _names_another_host,
    LinkRiskReason.RIGHT_TO_LEFT: lambda parsed, text: text is not None and _is_turned(text),  # noqa: ARG005 - all are called alike
    LinkRiskReason.IP_ADDRESS: lambda parsed, text: parsed.host_type is not HostType.DEFAULT,  # noqa: ARG005 - all are called alike
    LinkRiskReason.USERINFO: lambda parsed, text: bool(parsed.username or parsed.password),  # noqa: ARG005 - all are called alike
    LinkRiskReason.ODD_PORT: lambda parsed, text: bool(parsed.port),  # noqa: ARG005 - all are called alike
}
