"""The tables of who gets which field, as clients read them."""

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from graph.schema import SCHEMA

ROW = "type field default widest ownerChooses roles seenBy"
POLICIES = f"query ($type: String) {{ fieldPolicies(type: $type) {{ {ROW} }} }}"


@pytest.fixture
def visitor(community):
    return community.visitor()


async def policies(viewer, type_name=None):
    rows = (await viewer.asks(POLICIES, type=type_name))["fieldPolicies"]
    return {f"{row.pop('type')}.{row.pop('field')}": row for row in rows}


def row(seen_by, *, audience=None, widest=None, chosen=False, roles=()):
    return {
        "default": audience,
        "widest": widest or audience,
        "ownerChooses": chosen,
        "roles": list(roles),
        "seenBy": seen_by,
    }


async def test_a_field_that_its_owner_chooses_tells_both_ends(visitor):
    found = await policies(visitor, "Profile")

    assert list(found) == [
        f"Profile.{name}"
        for name in ("avatarUrl", "bio", "gender", "location", "birthday", "website", "email", "phone")
    ]
    assert found["Profile.email"] == row(
        "The owner chooses the audience: “only me” by default, “signed-in members” at most.",
        audience="ONLY_ME",
        widest="MEMBERS",
        chosen=True,
    )


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Post.title", row("Visible to whoever can see the object that it belongs to.")),
        ("Post.revisions", row("Visible to its author or owner only.", audience="ONLY_ME")),
        (
            "Comment.decision",
            row("Visible to its author or owner, moderators and admins only.", roles=("MODERATOR", "ADMIN")),
        ),
        (
            "Decision.decidedBy",
            row(
                "Visible to moderators and admins only; to board moderators for their boards.",
                roles=("MODERATOR", "ADMIN"),
            ),
        ),
        ("Viewer.phone", row("Visible to the signed-in member alone.", audience="ONLY_ME")),
        ("PostConnection.nodes", row("Lists only what the viewer can see.")),
        ("PrivacyStatement.text", row("Visible to everyone.", audience="PUBLIC")),
    ],
)
async def test_a_field_tells_who_gets_it(visitor, field, expected):
    found = await policies(visitor, field.split(".")[0])

    assert found[field] == expected


async def test_a_reader_is_told_in_their_language(visitor):
    visitor.language = "zh"

    found = await policies(visitor, "Decision")

    assert found["Decision.decidedBy"]["seenBy"] == "仅版主和管理员可见；分区版主只限其负责的讨论区。"


async def test_without_a_type_every_field_of_the_schema_has_its_row(visitor):
    found = await policies(visitor)

    served = {
        f"{name}.{field}"
        for name, kind in SCHEMA._schema.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
        for field in kind.fields
    }
    assert set(found) == served


@pytest.mark.parametrize("name", ["Nothing", "__Type", "Audience", "CreatePostInput", ""])
async def test_what_is_no_type_with_fields_has_no_rows(visitor, name):
    assert await policies(visitor, name) == {}


async def test_everyone_is_told_the_same(visitor, ann, moderator):
    assert await policies(visitor) == await policies(ann) == await policies(moderator)


async def test_a_row_is_charged_for_every_field_of_the_api(visitor):
    """Thirty names for one sentence would otherwise be told of every field for the price of a short list."""
    many = " ".join(f"as{number}: seenBy" for number in range(30))

    answer = await visitor.gets(f"{{ fieldPolicies {{ {many} }} }}")

    [error] = answer["errors"]
    assert "data" not in answer
    assert (error["extensions"]["code"], error["extensions"]["limit"]) == ("OPERATION_TOO_LARGE", "cost")
