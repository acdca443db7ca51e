"""What staff read of a member's, as that member is told."""

from datetime import datetime

import strawberry

from graph.enums import DisclosureGround, ProfileField, Role
from graph.fields import attribute


@strawberry.type(description="One time that staff read a field which its owner had not made visible to them.")
class Disclosure:
    """domain.disclosures.Disclosure."""

    field: ProfileField = attribute()
    purpose: str = attribute("What for, in the reader's own words.")
    ground: DisclosureGround = attribute()
    reader_role: Role = attribute("In which role; who it was is kept in the audit log.")
    read_at: datetime = attribute()
