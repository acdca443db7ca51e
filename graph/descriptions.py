"""Descriptions that strawberry has no place for: of inputs and payloads, and of directives' arguments."""

from inspect import getdoc

import strawberry
from graphql import GraphQLInputObjectType, GraphQLObjectType
from strawberry.schema_directives import OneOf

from graph.directives import ARGUMENTS


def described(schema: strawberry.Schema) -> strawberry.Schema:
    """Return ``schema``, in which a type without a description is described by its class's docstring."""
    for kind in schema._schema.type_map.values():
        definition = kind.extensions.get("strawberry-definition")
        if definition and not kind.description and isinstance(kind, GraphQLInputObjectType | GraphQLObjectType):
            kind.description = " ".join((getdoc(definition.origin) or "").split())
    for directive, arguments in ARGUMENTS.items():
        printed = schema.schema_converter.from_schema_directive(directive)
        for name, description in arguments.items():
            printed.args[name].description = description
        schema._schema_graphql_directives[directive] = printed
    schema._schema_graphql_directives[OneOf].description = "An input of which exactly one field is given."
    return schema
