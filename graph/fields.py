"""How a field of a type is filled: an attribute of its view, a computation on it, or a batch function over many.

Nothing else fills fields, so a field cannot ask for each parent apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Annotated, Any

import strawberry
from graphql import GraphQLField, GraphQLObjectType, GraphQLResolveInfo

from domain.errors import PublicFault
from domain.members import ProfileField
from domain.paging import Page
from graph.cursors import BAD_INPUT, page_of
from policy.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from resolvers.context import Batch, Context

Info = strawberry.Info[Context, None]

_SIZE = "Not together with `{}`. Null or absent: {}."
First = Annotated[
    int | None,
    strawberry.argument(
        description=f"The number of items to return from the start of the list, {MAX_PAGE_SIZE} at most. "
        + _SIZE.format("last", f"{DEFAULT_PAGE_SIZE}, unless `last` is given")
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor after which the page starts. Null or absent: the page starts at the start of the list."
    ),
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description=f"The number of items to return from the end of the list, {MAX_PAGE_SIZE} at most. "
        + _SIZE.format("first", "the page is counted from the start")
    ),
]
Before = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor before which the page ends. Null or absent: the page may reach the end of the list."
    ),
]


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a field; kept in its metadata so that an executor of our own can read the schema by it."""

    attribute: str | None = None
    computation: Callable[..., Any] | None = None
    batch: Batch | None = None
    is_paged: bool = False
    root: Callable[..., Any] | None = None


def attribute(description: str) -> Any:
    """Filled by the view's attribute of the same name."""
    return strawberry.field(description=description, metadata=_filled(Filling(attribute="")))


def profile_attribute(field: ProfileField, description: str, batch: Batch | None = None) -> Any:
    """A profile field, whose audience its owner chooses; filled by ``batch``, or else by the profile's attribute."""
    name = field.value.lower()
    resolver: Any = _loading(batch) if batch else _reading(name) if field in _PROFILE_NAMES else None
    return strawberry.field(
        name=_PROFILE_NAMES.get(field),
        description=description,
        metadata=_filled(Filling(batch=batch) if batch else Filling(attribute=name)),
        resolver=resolver,
    )


def computed(computation: Callable[[Context, Any], Any], description: str) -> Any:
    """Filled from the view alone, without reading anything."""

    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        return computation(info.context, root)

    return strawberry.field(
        resolver=resolve, description=description, metadata=_filled(Filling(computation=computation))
    )


def cut(computation: Callable[..., Any], most: int, usual: int, description: str) -> Any:
    """As ``computed``, of the ``length`` that is asked for, between 1 and ``most``."""

    def checked(context: Context, source: Any, length: int = usual) -> Any:
        if not 1 <= length <= most:
            raise PublicFault(BAD_INPUT, f"length must be between 1 and {most}.")
        return computation(context, source, length)

    explained = f"The most characters to return, as a person counts them: between 1 and {most:,}, {usual} by default."

    def resolve(
        root: strawberry.Parent[Any],
        info: Info,
        length: Annotated[int, strawberry.argument(description=explained)] = usual,
    ) -> Any:
        return checked(info.context, root, length)

    return strawberry.field(resolver=resolve, description=description, metadata=_filled(Filling(computation=checked)))


def loaded(batch: Batch, description: str) -> Any:
    """Filled by ``batch`` for all parents at once."""
    return strawberry.field(resolver=_loading(batch), description=description, metadata=_filled(Filling(batch=batch)))


def paged(batch: Batch, description: str) -> Any:
    """A connection, of which ``batch`` brings the same page for all parents at once."""

    def resolve(
        root: strawberry.Parent[Any],
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        return info.context.load(batch, root, page=page_of(first, after, last, before))

    filling = Filling(batch=batch, is_paged=True)
    return strawberry.field(resolver=resolve, description=description, metadata=_filled(filling))


def asked(resolver: Callable[..., Any], description: str) -> Any:
    """A field of the root, filled by a function of its own arguments."""
    return strawberry.field(resolver=resolver, description=description, metadata=_filled(Filling(root=resolver)))


def filled_directly(schema: strawberry.Schema) -> strawberry.Schema:
    """``schema`` without strawberry's layers around what fills a field, which cost more than most fillings."""
    for kind in schema._schema.type_map.values():
        for field in kind.fields.values() if isinstance(kind, GraphQLObjectType) else ():
            filling = filling_of(field)
            if filling and not filling.root:
                field.resolve = _directly(filling)
    return schema


def filling_of(field: GraphQLField) -> Filling | None:
    """What fills ``field``, its attribute named; None where something else than this module fills it."""
    definition = field.extensions.get("strawberry-definition")
    if definition is None:
        return None
    filling: Filling | None = definition.metadata.get("filling")
    return replace(filling, attribute=definition.python_name) if filling and filling.attribute == "" else filling


def page_asked(**asked: Any) -> Page:
    """The page that a connection's arguments ask for: see ``page_of``."""
    return page_of(*(asked.get(argument) for argument in ("first", "after", "last", "before")))


def _directly(filling: Filling) -> Callable[..., Any]:
    compute, batch = filling.computation, filling.batch

    if batch and filling.is_paged:
        return partial(_page, batch)
    if compute:
        return lambda source, info, **asked: compute(info.context, source, **asked)
    if batch:
        return lambda source, info: info.context.load(batch, source)
    read = attrgetter(filling.attribute or "")
    return lambda source, _info: read(source)


def _page(batch: Batch, source: Any, info: GraphQLResolveInfo[Context], **asked: Any) -> Any:
    return info.context.load(batch, source, page=page_asked(**asked))


#: Where a field's name in the API is not its name in the table.
_PROFILE_NAMES: Mapping[ProfileField, str] = {ProfileField.AVATAR: "avatarUrl"}


def _loading(batch: Batch) -> Callable[..., Any]:
    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        return info.context.load(batch, root)

    return resolve


def _reading(name: str) -> Callable[..., Any]:
    """For a field under another name alone: without a resolver strawberry reads in a third of the time."""

    def resolve(root: strawberry.Parent[Any]) -> Any:
        return getattr(root, name)

    return resolve


def _filled(filling: Filling) -> dict[str, Filling]:
    return {"filling": filling}
