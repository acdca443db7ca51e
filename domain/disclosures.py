"""Disclosures: what others were given of a member's own that the member had not made visible to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import CaseId, MemberId
from domain.members import ProfileField, Role


class DisclosureGround(Enum):
    """On which ground something was disclosed."""

    STAFF_READ = "STAFF_READ"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time that somebody read a field, as its owner is told: what for, in which role, but not who."""

    id: str
    member_id: MemberId
    """Whose field."""
    field: ProfileField
    purpose: str
    ground: DisclosureGround
    reader_role: Role
    case_id: CaseId
    read_at: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.read_at
