"""Every field of the API says who gets it, or there is no API."""

import pytest
import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, is_non_null_type, parse
from graphql.language.ast import InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode

from domain.audience import Audience
from domain.language import Language
from domain.members import ProfileField, Role
from graph.field_policies import ruled
from graph.fields import attribute
from graph.schema import SCHEMA
from policy import permissions
from policy.field_access import ACCESS_RULES, FieldAccess, policy_of
from policy.field_access_table import FIELDS, Unruled, misfits, rules_of
from policy.query_limits import LIST_LENGTHS
from policy.visibility import MODERATING_ROLES

KINDS = {
    name: kind
    for name, kind in SCHEMA._schema.type_map.items()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
}
TYPES = {name: set(kind.fields) for name, kind in KINDS.items()}

STAFF = (Role.MODERATOR, Role.ADMIN)

#: What each way comes to for Post.title: audience, whether the owner chooses, is kept for its owner, roles, sentence.
CELLS = {
    FieldAccess.EVERYONE: (Audience.PUBLIC, False, False, (), "Visible to everyone."),
    FieldAccess.WITH_IT: (None, False, False, (), "Visible to whoever can see the object that it belongs to."),
    FieldAccess.BYLINE: (
        None,
        False,
        False,
        (),
        "The profile fields that the author attached, as far as the author's profile shows them to the viewer now.",
    ),
    FieldAccess.IF_LINKED_IS: (None, False, False, (), "Null if the viewer cannot see the linked object."),
    FieldAccess.IN_LIST: (None, False, False, (), "Lists only what the viewer can see."),
    FieldAccess.IN_COUNT: (None, False, False, (), "Counts only what the viewer can see."),
    FieldAccess.OF_ONESELF: (
        None,
        False,
        False,
        (),
        "Says only what the viewer did or can do with it.",
    ),
    FieldAccess.MEMBERS: (Audience.MEMBERS, False, False, tuple(Role), "Visible to signed-in members only."),
    FieldAccess.OWN_SIDE: (Audience.ONLY_ME, False, True, (), "Visible to the signed-in member alone."),
    FieldAccess.OWNER: (Audience.ONLY_ME, False, True, (), "Visible to its author or owner only."),
    FieldAccess.OWNER_AND_STAFF: (
        None,
        False,
        True,
        STAFF,
        "Visible to its author or owner, moderators and admins only.",
    ),
    FieldAccess.OWNER_AND_BOARD_STAFF: (
        None,
        False,
        True,
        STAFF,
        "Visible to its author or owner, moderators and admins only; to board moderators for their boards.",
    ),
    FieldAccess.STAFF: (None, False, False, STAFF, "Visible to moderators and admins only."),
    FieldAccess.ADMINS: (None, False, False, (Role.ADMIN,), "Visible to admins only."),
    FieldAccess.BOARD_STAFF: (
        None,
        False,
        False,
        STAFF,
        "Visible to moderators and admins only; to board moderators for their boards.",
    ),
    FieldAccess.ANSWER: (None, False, False, (), "Returned only to whoever made the request."),
}

#: Fields whose row decides something of their own, and what it is.
DECIDED = {
    "Profile.email": ProfileField.EMAIL,
    "Profile.avatarUrl": ProfileField.AVATAR,
    "Post.byline": FieldAccess.BYLINE,
    "Post.author": FieldAccess.IF_LINKED_IS,
    "Post.commentCount": FieldAccess.IN_COUNT,
    "Post.revisions": FieldAccess.OWNER,
    "Post.decision": FieldAccess.OWNER_AND_STAFF,
    "Comment.byline": FieldAccess.BYLINE,
    "Comment.revisions": FieldAccess.OWNER,
    "Comment.decision": FieldAccess.OWNER_AND_STAFF,
    "Decision.decidedBy": FieldAccess.BOARD_STAFF,
    "Report.reporter": FieldAccess.OWNER_AND_BOARD_STAFF,
    "Post.pendingEdit": FieldAccess.OWNER_AND_BOARD_STAFF,
    "Comment.pendingEdit": FieldAccess.OWNER_AND_BOARD_STAFF,
    "RichText.source": FieldAccess.OWNER,
    "Viewer.phone": FieldAccess.OWN_SIDE,
    "Viewer.reports": FieldAccess.OWN_SIDE,
    "BlockedMember.handle": FieldAccess.OWN_SIDE,
    "PostConnection.nodes": FieldAccess.IN_LIST,
    "Mutation.removeContent": FieldAccess.BOARD_STAFF,
    "Mutation.approveContent": FieldAccess.OWNER_AND_BOARD_STAFF,
    "Mutation.rejectEdit": FieldAccess.OWNER_AND_BOARD_STAFF,
    "Mutation.sanctionMember": FieldAccess.STAFF,
}

#: Fields that hide what they name by other means: a list with nulls in it, a board without name or owner.
#: Cases are refused to everyone else alike, whether there are any or not.
SOLID = {
    FieldAccess.IF_LINKED_IS: {"Query.nodes", "Post.board"},
    FieldAccess.BOARD_STAFF: {"Query.appeals", "Query.cases"},
    FieldAccess.STAFF: {"Query.hostVerdicts", "Query.explanationTemplates"},
}

NOT_FOR_EVERYONE = (
    FieldAccess.IF_LINKED_IS,
    FieldAccess.OWNER,
    FieldAccess.OWNER_AND_STAFF,
    FieldAccess.OWNER_AND_BOARD_STAFF,
    FieldAccess.STAFF,
    FieldAccess.BOARD_STAFF,
)


def toy(**fields: type) -> strawberry.Schema:
    """A schema whose Query has ``fields``."""
    named = {name: attribute("A field of the toy.") for name in fields}
    query = strawberry.type(type("Query", (), {"__annotations__": fields, **named}))
    return strawberry.Schema(query)


def test_a_type_without_a_row_stops_the_schema():
    @strawberry.type
    class Diary:
        secret: str = attribute("A page of the diary.")

    with pytest.raises(Unruled, match=r"policy/field_access_table\.py has no row for Diary\.secret"):
        ruled(toy(viewer=Diary))


def test_a_field_without_a_row_stops_the_schema():
    with pytest.raises(Unruled, match=r"policy/field_access_table\.py has no row for Query\.everySecret"):
        ruled(toy(every_secret=str))


def test_what_is_served_has_a_row_for_every_field_and_a_field_for_every_row():
    assert misfits(TYPES) == []


@pytest.mark.parametrize(
    ("name", "field"),
    [("Post", "score"), ("Node", "owner"), ("PostConnection", "totalCount"), ("FollowPayload", "seen")],
)
def test_a_new_field_of_any_shape_is_missed_by_name(name, field):
    with_it = TYPES | {name: TYPES[name] | {field}}

    assert misfits(with_it) == [f"policy/field_access_table.py has no row for {name}.{field}"]


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_row_whose_type_is_gone_is_missed_by_name(name):
    without = {kept: fields for kept, fields in TYPES.items() if kept != name}

    assert misfits(without) == [
        f"policy/field_access_table.py has a row for {name}.{field}, which the schema has not"
        for field in sorted(TYPES[name])
    ]


def test_a_row_of_a_shape_that_no_type_uses_is_missed_by_name():
    without = {name: fields - {"token"} for name, fields in TYPES.items()}

    assert misfits(without) == ["policy/field_access_table.py has a row for *Payload.token, which the schema has not"]


def test_the_rows_are_no_more_than_an_operation_is_charged_for():
    assert sum(map(len, TYPES.values())) <= LIST_LENGTHS["Query.fieldPolicies"]


@pytest.mark.parametrize("seen", FieldAccess)
def test_a_way_comes_to_what_it_says(seen):
    policy = policy_of("Post", "title", seen, Language.EN)

    audience, *rest = CELLS[seen]
    assert (policy.default, policy.widest) == (audience, audience)
    assert [policy.owner_chooses, policy.is_owners, policy.roles, policy.seen_by] == rest


def test_every_way_has_its_row_and_a_sentence_in_both_languages():
    assert set(ACCESS_RULES) == set(FieldAccess) == set(CELLS)
    for way in ACCESS_RULES.values():
        chinese, english = way.sentence.value
        assert chinese.endswith("。")
        assert english.endswith(".")


@pytest.mark.parametrize(("name", "rule"), DECIDED.items())
def test_a_field_is_given_out_as_it_was_decided(name, rule):
    type_name, field = name.split(".")

    assert rules_of(type_name)[field] is rule


@pytest.mark.parametrize("seen", NOT_FOR_EVERYONE)
def test_what_is_not_for_everyone_who_sees_the_rest_can_be_null(seen):
    """Hidden = unset = null: a field that can't be null would have to fail, and so tell."""
    solid = {
        f"{name}.{field}"
        for name in TYPES.keys() - {"Mutation"}
        for field, definition in KINDS[name].fields.items()
        if rules_of(name)[field] is seen and is_non_null_type(definition.type)
    }

    assert solid == SOLID.get(seen, set())


def test_a_profile_field_can_always_be_null():
    solid = [field for field, one in KINDS["Profile"].fields.items() if is_non_null_type(one.type)]

    assert solid == []


def test_staff_is_who_the_privileges_are_given_to():
    of_admins = {permissions.Privilege.EDIT_TEMPLATES}

    assert {permissions.ROLES[privilege] for privilege in of_admins} == {frozenset({Role.ADMIN})}
    assert {roles for privilege, roles in permissions.ROLES.items() if privilege not in of_admins} == {MODERATING_ROLES}


@pytest.mark.parametrize(
    "line",
    [
        "  phone: PhoneNumber @visibility(default: ONLY_ME, widest: FRIENDS, ownerChooses: true)",
        "  phone: PhoneNumber! @access(owner: true)",
        "  decision: Decision @access(roles: [MODERATOR, ADMIN], owner: true)",
        "  decidedBy: Member @access(roles: [MODERATOR, ADMIN])",
        "  source: Markdown @access(owner: true)",
        "  handle: String!",
    ],
)
def test_the_printed_schema_tells_what_the_table_says(line):
    assert line in SCHEMA.as_str().splitlines()


def test_no_description_says_again_what_the_table_says():
    descriptions = [field.description for kind in KINDS.values() for field in kind.fields.values()]
    sentences = {
        policy_of(name, field, rules_of(name)[field], Language.EN).seen_by for name in TYPES for field in TYPES[name]
    }

    assert [text for text in descriptions for sentence in sentences if sentence in text] == []


def test_exactly_the_fields_that_are_kept_for_some_carry_access():
    printed = {
        f"{node.name.value}.{field.name.value}"
        for node in parse(SCHEMA.as_str()).definitions
        if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
        for field in node.fields or ()
        if any(directive.name.value == "access" for directive in field.directives or ())
    }
    kept = {
        f"{name}.{field}"
        for name in TYPES
        for field, rule in rules_of(name).items()
        if field in TYPES[name]
        and isinstance(rule, FieldAccess)
        and (ACCESS_RULES[rule].is_owners or ACCESS_RULES[rule].roles)
    }

    assert printed == kept
