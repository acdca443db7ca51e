"""Directives that tell readers of the schema what the tables say; introspection does not show them, the SDL does."""

import strawberry
from strawberry.schema_directive import Location

from graph.enums import Audience, Role


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], description="Who sees a field: until its owner chooses, and at most."
)
class Visibility:
    """A row of policy/visibility.py."""

    default: Audience
    widest: Audience
    owner_chooses: bool = False


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="A field is kept for its author or owner, for members with one of the roles, or for both.",
)
class Access:
    """A row of policy/field_access_table.py whose way is kept for some."""

    roles: list[Role] | None = strawberry.UNSET
    owner: bool | None = strawberry.UNSET
