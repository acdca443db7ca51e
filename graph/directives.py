"""Directives that tell readers of the schema what the tables say; introspection does not show them, the SDL does."""

from collections.abc import Mapping

import strawberry
from strawberry.schema_directive import Location

from graph.enums import Audience, Role


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], description="The audience of a field: by default, and at most."
)
class Visibility:
    """A row of policy/visibility.py."""

    default: Audience
    widest: Audience
    owner_chooses: bool = False


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="The people a field is kept for: its author or owner, members with one of the roles, or both.",
)
class Access:
    """A row of policy/field_access_table.py whose way is kept for some."""

    roles: list[Role] | None = strawberry.UNSET
    owner: bool | None = strawberry.UNSET


#: strawberry takes no description for a directive's arguments.
ARGUMENTS: Mapping[type, Mapping[str, str]] = {
    Visibility: {
        "default": "The audience until the owner chooses another.",
        "widest": "The widest audience that can be chosen.",
        "ownerChooses": "Whether the owner chooses the audience; false by default.",
    },
    Access: {
        "roles": "The roles that have access. Null or absent: no role gives access.",
        "owner": "Whether the author or owner has access. Null or absent: only the roles do.",
    },
}
