"""What staff read of a member's, as that member is told."""

from datetime import datetime

import strawberry

from graph.enums import DisclosureGround, ProfileField, Role
from graph.fields import attribute


@strawberry.type(description="A record that staff read a profile field which its owner had not made visible to them.")
class Disclosure:
    """domain.disclosures.Disclosure."""

    field: ProfileField = attribute("The profile field that was read.")
    purpose: str = attribute("The purpose, in the words of the person who read the field.")
    ground: DisclosureGround = attribute("The ground on which the field was read.")
    reader_role: Role = attribute("The role of the person who read the field. The audit log holds who it was.")
    read_at: datetime = attribute("When the field was read.")
