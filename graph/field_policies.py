"""Publish policy/field_access_table.py in the schema: directives on fields, and ``Query.fieldPolicies``."""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Annotated

import strawberry
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from domain.language import Language
from graph.directives import Access, Visibility
from graph.enums import Audience, Role
from graph.fields import Info, attribute
from policy import field_access
from policy.field_access_table import Unruled, misfits, rules_of

Kind = GraphQLObjectType | GraphQLInterfaceType

_Type = Annotated[
    str | None, strawberry.argument(description="The name of the type to list. Null or absent: all types are listed.")
]


@strawberry.type(description="The access rule of a field of the API.")
class FieldPolicy:
    """policy.field_access.FieldPolicy."""

    type: str = attribute("The name of the type that has the field.")
    field: str = attribute("The name of the field, as in queries.")
    default: Audience | None = attribute(
        "The audience of the field until its owner chooses another. Null if the object that the field belongs to "
        "decides."
    )
    widest: Audience | None = attribute(
        "The widest audience the field can have. Null if the object that the field belongs to decides."
    )
    owner_chooses: bool = attribute("Whether the owner chooses the audience with `updateFieldAudiences`.")
    roles: list[Role] = attribute("The roles the field is kept for, beside its owner. Empty if no role is needed.")
    seen_by: str = attribute("The rule as a sentence, in the viewer's language.")


def field_policies(info: Info, type: _Type = None) -> list[field_access.FieldPolicy]:  # noqa: A002 - the API's name
    """Each field of ``type``, or of all types, in the order of the schema; none where there is no such type."""
    language = info.context.language
    return [
        field_access.policy_of(name, field, rules_of(name)[field], language)
        for name, kind in _kinds(info._raw_info.schema).items()
        if type in (None, name)
        for field in kind.fields
    ]


def ruled(schema: strawberry.Schema) -> strawberry.Schema:
    """``schema`` with each field's row in its directives.

    Raises Unruled where a field has no row, or a row no field.
    """
    kinds = _kinds(schema._schema)
    if faults := misfits({name: kind.fields.keys() for name, kind in kinds.items()}):
        raise Unruled("; ".join(faults))
    for name, kind in kinds.items():
        for field, definition in kind.fields.items():
            _tell(definition, field_access.policy_of(name, field, rules_of(name)[field], Language.EN))
    return schema


def _kinds(schema: GraphQLSchema) -> Mapping[str, Kind]:
    """The types that have fields to give out, sorted by name."""
    return {
        name: kind
        for name, kind in sorted(schema.type_map.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
    }


def _tell(field: GraphQLField, policy: field_access.FieldPolicy) -> None:
    # A copy, for types share the definitions of what they inherit.
    definition = copy(field.extensions["strawberry-definition"])
    definition.directives = [*definition.directives, *_directives(policy)]
    field.extensions = {**field.extensions, "strawberry-definition": definition}


def _directives(policy: field_access.FieldPolicy) -> Iterator[object]:
    if policy.owner_chooses and policy.default and policy.widest:
        yield Visibility(default=policy.default, widest=policy.widest, owner_chooses=True)
    if policy.is_owners or policy.roles:
        yield Access(roles=list(policy.roles) or strawberry.UNSET, owner=policy.is_owners or strawberry.UNSET)
