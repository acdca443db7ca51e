"""The lists of hosts that moderators keep."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import MemberId
from domain.rich_text import HostVerdict


class HostScope(Enum):
    """How much of a name an entry is about."""

    HOST = "HOST"
    """This host alone, without those below it."""
    DOMAIN = "DOMAIN"
    """A registered domain with every host in it."""


class HostOutcome(Enum):
    """The outcome of a decision about a host: a verdict, none any more, or no action on its case."""

    TRUSTED = "TRUSTED"
    BLOCKED = "BLOCKED"
    SHORTENER = "SHORTENER"
    TAKEN_BACK = "TAKEN_BACK"
    DISMISS = "DISMISS"


@dataclass(frozen=True, slots=True)
class HostEntry:
    """What was decided about a host or domain; a newer one about the same name and scope takes its place."""

    id: str
    host: str
    """As it goes on the wire."""
    scope: HostScope
    verdict: HostVerdict
    reason: str
    decided_by: MemberId | None
    """None: whoever runs the service, by its command line."""
    decided_at: datetime
    expires_at: datetime | None = None

    @property
    def created_at(self) -> datetime:
        """Where it stands in lists."""
        return self.decided_at

    def is_in_force(self, now: datetime) -> bool:
        return self.expires_at is None or now < self.expires_at
