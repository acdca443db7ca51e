"""Directives that tell readers of the schema what the tables say; introspection does not show them, the SDL does."""

import strawberry
from strawberry.schema_directive import Location

from graph.enums import Audience


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], description="Who sees a field: until its owner chooses, and at most."
)
class Visibility:
    """A row of policy/visibility.py."""

    default: Audience
    widest: Audience
    owner_chooses: bool = False
