"""The schema explains itself: everything in it has a sentence of its own, which says when a field is null."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pytest
from graphql import DocumentNode, parse
from graphql.language.ast import (
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    NonNullTypeNode,
    TypeDefinitionNode,
)

from graph import enums
from graph.enum_values import VALUES
from graph.schema import SCHEMA

#: Names whose meaning is one, wherever they stand: those of Relay, of payloads and of errors.
SHARED = {
    *("id", "nodes", "edges", "node", "cursor", "pageInfo", "first", "after", "last", "before"),
    *("input", "errors", "code", "message", "path", "idempotencyKey"),
}

#: A sentence that more fields than these have in common is no field's own.
MOST_ALIKE = 3

BANNED = [
    r"For whoever sees",
    r"\bOnly for\b",
    r"\bFor (moderators|admins)\.",
    r"^(What|Whom|Whose|Where|Of)\b",
    r"\bWhich\.",
    r"the street|the house|\banew\b|\bmay not\b|as good as once",
]

SAYS_WHEN_NULL = re.compile(r"\b(null|absent|empty|none|unless|if)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Described:
    """Something in the schema that carries a description."""

    path: str
    name: str
    description: str
    is_nullable: bool = False


def described(document: DocumentNode) -> Iterator[Described]:
    """Yield all that can carry a description, in the order of ``document``."""
    for node in document.definitions:
        assert isinstance(node, TypeDefinitionNode | DirectiveDefinitionNode)
        owner = node.name.value
        yield of(owner, node)
        for value in node.values or () if isinstance(node, EnumTypeDefinitionNode) else ():
            yield of(f"{owner}.{value.name.value}", value)
        for argument in getattr(node, "arguments", None) or ():
            yield of(f"@{owner}({argument.name.value})", argument)
        for field in getattr(node, "fields", None) or ():
            yield of(f"{owner}.{field.name.value}", field)
            for argument in getattr(field, "arguments", None) or ():
                yield of(f"{owner}.{field.name.value}({argument.name.value})", argument)


def of(path: str, node) -> Described:
    has_type = isinstance(node, FieldDefinitionNode | InputValueDefinitionNode)
    is_nullable = has_type and not isinstance(node.type, NonNullTypeNode)
    return Described(path, node.name.value, node.description.value if node.description else "", is_nullable)


PRINTED = SCHEMA.as_str()
ALL = list(described(parse(PRINTED)))


def faults(one: Described) -> list[str]:
    """Return what is wrong with the description of ``one``."""
    text = one.description
    words = re.findall(r"\w+", text)
    found = {
        "is missing": not text,
        "has fewer than three words": 0 < len(words) < 3,
        "does not end with a full stop": bool(text) and not text.endswith("."),
        "repeats the name": "".join(words).casefold() == one.name.replace("_", "").casefold(),
        "has words of another style": any(re.search(banned, text) for banned in BANNED),
        "does not say when it is null": one.is_nullable and not SAYS_WHEN_NULL.search(text),
    }
    return [f"{one.path} {fault}: {text!r}" for fault, is_so in found.items() if is_so]


def alike(all_of_them: list[Described]) -> dict[str, list[str]]:
    """Return the sentences that more than MOST_ALIKE have in common, with their paths."""
    paths = defaultdict(list)
    for one in all_of_them:
        if one.name not in SHARED and not one.path.endswith(("Connection", "Edge")):
            paths[one.description].append(one.path)
    return {text: those for text, those in paths.items() if len(those) > MOST_ALIKE}


def test_everything_has_a_sentence_that_fits_the_style():
    assert [fault for one in ALL for fault in faults(one)] == []


def test_each_has_a_sentence_of_its_own():
    assert alike(ALL) == {}


def test_the_schema_is_looked_at_whole():
    kinds = {one.path for one in ALL}

    assert {"Post", "Post.title", "Post.comments(first)", "Audience.PUBLIC", "@access(owner)", "DateTime"} <= kinds
    assert {"DeletePostInput", "DeletePostInput.postId", "DeletePostPayload.errors", "Reactable", "Node"} <= kinds
    assert len(ALL) > 1_000


@pytest.mark.parametrize(
    ("description", "fault"),
    [
        ("", "is missing"),
        ("Null: none.", "has fewer than three words"),
        ("The title of the post, or null", "does not end with a full stop"),
        ("What the post is called; null if nothing.", "has words of another style"),
        ("The title of the post. For whoever sees the Post, or null.", "has words of another style"),
        ("The title of the post.", "does not say when it is null"),
    ],
)
def test_a_bad_sentence_is_found(description, fault):
    one = Described("Post.title", "title", description, is_nullable=True)

    assert f"Post.title {fault}: {description!r}" in faults(one)


def test_a_sentence_for_many_fields_is_found():
    many = [Described(f"Type.field{number}", f"field{number}", "The same sentence.") for number in range(4)]

    assert alike(many) == {"The same sentence.": [f"Type.field{number}" for number in range(4)]}
    assert alike(many[:3]) == {}


def test_every_value_of_every_enum_has_a_row_and_every_row_a_value():
    published: list[type[Enum]] = [getattr(enums, name) for name in enums.__all__]

    assert set(VALUES) == {value for kind in published for value in kind}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Post.comments(first)", "20, unless `last` is given"),
        ("Post.comments(last)", "100 at most"),
        ("Comment.depth", "5 at most"),
        ("RegisterInput.password", "8 to 200 characters"),
        ("CreatePostInput.body", "20,000 characters at most"),
        ("Mutation.requestCode", "valid for 10 minutes and 5 attempts"),
        ("RichText.excerpt(length)", "between 1 and 1,000, 140 by default"),
        ("Query.nodes(ids)", "100 at most"),
    ],
)
def test_defaults_and_bounds_are_said(path, said):
    [one] = [each for each in ALL if each.path == path]

    assert said in one.description


def test_the_description_of_a_type_stands_in_what_is_committed():
    committed = (Path(__file__).parents[2] / "schema.graphql").read_text(encoding="utf-8")

    assert '"""The post to delete."""\ninput DeletePostInput {' in committed
