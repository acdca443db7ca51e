"""Whether a host's name passes for another's: by its letters, or by the other's name somewhere inside it."""

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policy.confusables import look, mixes_scripts, reads_as_latin
from policy.host_names import HOSTS_REMEMBERED, SUFFIXES, is_ending, is_ip_address, readable, registrable_domain
from policy.known_hosts import IMITATED

#: Of plain letters shorter names are all a letter or two from each other: mi.com and ml.com.
SHORTEST_IMITATION: Final = 4
#: Labels of a name that is looked for inside another: icbc.com.cn has three.
MOST_LABELS_INSIDE: Final = 4
#: Names looked for inside another; nobody can read one that would hold more.
MOST_NAMES_INSIDE: Final = 30


@dataclass(frozen=True, slots=True)
class Looks:
    """What a host can be taken for. Equal looks of two hosts of different owners are a likeness."""

    domain: str
    """The owner's domain, or the host itself where it is nobody's."""
    label: str
    """The part of the domain that its owner chose, as people read it; empty where there is none."""
    own: frozenset[str]
    """Looks that are its own: what passes for this host has one of them among its ``worn``."""
    worn: frozenset[str]
    """Looks under which it may go about."""


@lru_cache(maxsize=HOSTS_REMEMBERED)
def looks_of(ascii_host: str) -> Looks:
    """How ``ascii_host`` looks; nothing where it is an address of digits."""
    domain = registrable_domain(ascii_host)
    if is_ip_address(ascii_host):
        return Looks(ascii_host, "", frozenset(), frozenset())
    label = readable(domain).partition(".")[0] if domain else ""
    names = {readable(name).removeprefix("www.") for name in (ascii_host, domain) if name}
    own = {_as_name(name) for name in names if "." in name} | ({_as_label(label)} if label else set())
    worn = {_as_label(each) for each in _labels_worn(label)} | {_as_name(each) for each in _names_worn(ascii_host)}
    return Looks(domain or ascii_host, label, frozenset(own), frozenset(worn))


def passes_for(looks: Looks, other: Looks) -> bool:
    """Whether readers of one host may believe that they read the ``other``, which somebody else owns."""
    if looks.domain == other.domain or looks.domain in _IMITATED_DOMAINS:
        return False
    alike = looks.worn & other.own
    # The very same label under another ending is more often the same owner's, as google.com and google.co.uk are.
    return bool(alike - {_as_label(other.label)} if looks.label == other.label else alike)


@lru_cache(maxsize=HOSTS_REMEMBERED)
def passes_for_a_known_host(ascii_host: str) -> bool:
    """Whether it passes for one of the hosts that are imitated most, or for a Latin name that it is not."""
    looks = looks_of(ascii_host)
    *labels, ending = readable(ascii_host).split(".")
    if ending.isascii() and any(map(reads_as_latin, labels)):
        return True
    return any(passes_for(looks, each) for own in looks.worn for each in _IMITATED.get(own, ()))


@lru_cache(maxsize=HOSTS_REMEMBERED)
def is_of_mixed_scripts(ascii_host: str) -> bool:
    """Whether a label of the host is in scripts that are not written together, or its labels run both ways."""
    name = readable(ascii_host)
    if name.isascii():
        return False
    labels = name.split(".")
    return any(map(mixes_scripts, labels)) or _runs_both_ways([each for each in labels[:-1] if each != "www"])


# ---------------------------------------------------------------- the looks


def _as_label(label: str) -> str:
    return f"label:{look(label)}"


def _as_name(name: str) -> str:
    return f"name:{look(name)}"


def _labels_worn(label: str) -> Set[str]:
    """The label, and what is left of it without a www that looks like one but ends in no dot."""
    labels = {label, label.removeprefix("www").removeprefix("-")}
    return {each for each in labels if len(each) >= SHORTEST_IMITATION or (each and not each.isascii())}


def _names_worn(ascii_host: str) -> Set[str]:
    """Names that stand in front of the real ending: bilibili.com.evil.example, bilibili-com.example, weixin-qq.com."""
    name = readable(ascii_host)
    ending = readable(SUFFIXES.publicsuffix(ascii_host) or "")
    front = name.removesuffix(ending).removesuffix(".")
    pieces = [piece for piece in re.split(r"[.-]", front) if piece]
    names = [
        ".".join(pieces[begin : end + 1])
        for end in range(1, len(pieces))
        if is_ending(pieces[end])
        for begin in range(max(0, end + 1 - MOST_LABELS_INSIDE), end)
    ]
    with_dots = {name.replace("-", ".")} if "-" in front else set()
    return {*names[:MOST_NAMES_INSIDE], *with_dots}


def _runs_both_ways(labels: list[str]) -> bool:
    """Whether labels are shown in another order than they stand in, because some run from right to left."""
    directions = {unicodedata.bidirectional(letter) for label in labels for letter in label}
    return "L" in directions and not directions.isdisjoint({"R", "AL"})


_IMITATED_DOMAINS: Final = frozenset(looks_of(host).domain for host in IMITATED)


def _by_look() -> Mapping[str, tuple[Looks, ...]]:
    found: dict[str, tuple[Looks, ...]] = {}
    for looks in map(looks_of, sorted(IMITATED)):
        found |= {own: (*found.get(own, ()), looks) for own in looks.own}
    return found


_IMITATED: Final = _by_look()
