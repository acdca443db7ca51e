"""The tables as a page for people: docs/visibility.md."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from domain.audience import Audience
from domain.content import ContentState
from domain.language import Language
from domain.members import ProfileField, Role
from domain.sanctions import AccountStatus
from policy.boards import DISCUSSION_BOARD, MESSAGE_BOARD, BoardRule
from policy.field_access import Rule, policy_of
from policy.field_access_table import FIELDS, SHAPES
from policy.permissions import ON_THEIR_BOARDS, OPEN_TO, READERS, ROLES, Capability, Privilege
from policy.sample_viewers import BOARD_OWNER, BOARD_OWNER_ID, OWNER, SAMPLE_VIEWERS, SampleViewer
from policy.visibility import CONTENT_STATES, PROFILE_FIELDS, REACH, STANDS_AS_TOMBSTONE, Placed, can_see

INTRODUCTION = """# Who sees what

`make visibility` prints this page from the tables in policy/, and a test compares the two. So what stands here is what
runs.

Hidden and unset look the same. Invisible and missing look the same. Each row of a table with yes and no is about one
viewer of what a member shows. Following somebody opens nothing; being followed back does. A block outweighs everything,
also a role."""

PROFILE = """Members choose for each field who sees it. They can open it no wider than the table says: a phone number
can be called, and an e-mail address written to, by anyone who reads it. A post or comment carries the profile fields
that its author chose for it, and only while the profile shows them to the viewer."""

BOARDS = """An entry on a message board is visible to those who are in its audience and in the board's. Nobody writes
without signing in. Moderators moderate discussion boards; owners moderate their message boards."""

STATES = """By the state of a post or comment. Moderators also see what the owner of a message board handed over to
them, whatever its audience."""

TOMBSTONES = """A hidden post or comment appears as a tombstone if a reply that the viewer can see stands below it:
its place, its state UNAVAILABLE, no author, no text. All tombstones look alike. A comment becomes one whatever hides
it; a post does for those whom its audience reaches, in these states:"""

TRUSTED = """A moderator of single boards reads like any other member. They see what is hidden from members only where
they decide about it, on those boards: on its case, or as an edit that waits for review. Nobody decides about
themselves, their own content, or an appeal against their own decision. Owners of message boards approve, hold and
delete what others left there, and hand it over to moderators; they read no case, note or reporter."""

ACCOUNT_STATUSES = """A sanction limits what a member can do. It hides nothing: what the member wrote still shows to the
same readers, and the member still reads as any member does. Moderators and admins who cannot keep order see what other
members see. Where publishing stays open, edits by a member under a sanction wait for review. No account is ERASED
yet."""

TYPES = """Every field of every type has a row in policy/field_access_table.py. Without it the schema does not build."""

BOARD_RULES = {"a message board, until its owner chooses": MESSAGE_BOARD, "a discussion board": DISCUSSION_BOARD}


def visibility_page(proof: str) -> str:
    """All tables, and ``proof``: what is known of how well they hold."""
    parts = [
        INTRODUCTION,
        "## Audiences",
        _table(["", *(audience.value for audience in Audience)], _by_onlooker(_reached, SAMPLE_VIEWERS)),
        "## Profile fields",
        PROFILE,
        _table(["field", "until its owner chooses", "at most"], map(_profile_row, ProfileField)),
        "### Until the owner chooses",
        _profile_table({field: rule.default for field, rule in PROFILE_FIELDS.items()}),
        "### Opened as wide as it goes",
        _profile_table({field: rule.widest for field, rule in PROFILE_FIELDS.items()}),
        "## Boards",
        BOARDS,
        _table(["", "shows to", "at most", "written on by", "at most"], map(_board_row, BOARD_RULES.items())),
        "## Posts and comments",
        STATES,
        _table(["state", "shows to"], ([state.value, seers.value] for state, seers in CONTENT_STATES.items())),
        *(part for audience in Audience for part in _states_for(audience)),
        "### Tombstones",
        TOMBSTONES,
        _table(["state of a post", "can stand as a tombstone"], map(_tombstone_row, ContentState)),
        "### What is kept beside them",
        _table(["what", "who reads it"], _kept_rows()),
        "## Who keeps order",
        TRUSTED,
        _table(["what", *(role.value for role in Role), "moderator of a board, there"], map(_trust_row, Privilege)),
        "## What an account status leaves open",
        ACCOUNT_STATUSES,
        _table(["", *(status.value for status in AccountStatus)], map(_capability_row, Capability)),
        "## Types and fields",
        TYPES,
        *_types(),
        "## The proof",
        proof.strip(),
    ]
    return "\n\n".join(parts)


# ---------------------------------------------------------------- profiles


def _reached(onlooker: SampleViewer) -> list[bool]:
    return [audience in REACH[onlooker.relation] for audience in Audience]


def _profile_row(field: ProfileField) -> list[str]:
    rule = PROFILE_FIELDS[field]
    return [field.value, rule.default.value, rule.widest.value]


def _profile_table(audiences: Mapping[ProfileField, Audience]) -> str:
    def shown(onlooker: SampleViewer) -> list[bool]:
        return [audience in REACH[onlooker.relation] for audience in audiences.values()]

    return _table(["", *(field.value for field in audiences)], _by_onlooker(shown, SAMPLE_VIEWERS))


# ---------------------------------------------------------------- posts and comments


def _board_row(row: tuple[str, BoardRule]) -> list[str]:
    name, rule = row
    audiences = (rule.audience, rule.widest_audience, rule.write_policy, rule.widest_write_policy)
    return [name, *(audience.value for audience in audiences)]


def _states_for(audience: Audience) -> tuple[str, str]:
    def seen(onlooker: SampleViewer) -> list[bool]:
        board_owner = BOARD_OWNER_ID if onlooker is BOARD_OWNER else None
        return [can_see(onlooker.viewer, Placed(OWNER, OWNER, audience, state, board_owner)) for state in ContentState]

    columns = ["", *(state.value for state in ContentState)]
    table = _table(columns, _by_onlooker(seen, (*SAMPLE_VIEWERS, BOARD_OWNER)))
    return f"### For {audience.value}", table


def _tombstone_row(state: ContentState) -> list[str]:
    return [state.value, _yes(state in STANDS_AS_TOMBSTONE)]


def _kept_rows() -> Iterable[list[str]]:
    return ([kept.value, ", ".join(sorted(reader.value for reader in readers))] for kept, readers in READERS.items())


def _trust_row(privilege: Privilege) -> list[str]:
    by_role = [_yes(role in ROLES[privilege]) for role in Role]
    return [privilege.value, *by_role, _yes(privilege in ON_THEIR_BOARDS)]


# ---------------------------------------------------------------- account statuses, types


def _capability_row(capability: Capability) -> list[str]:
    return [capability.value, *(_yes(capability in OPEN_TO[status]) for status in AccountStatus)]


def _types() -> Iterable[str]:
    tables = [(name, rules) for name, rules in FIELDS.items()]
    tables += [(f"…{ending}", rules) for ending, rules in SHAPES.items()]
    return (part for name, rules in tables for part in (f"### {name}", _table(["fields", "who"], _ways(name, rules))))


def _ways(name: str, rules: Mapping[str, Rule]) -> Iterable[Sequence[str]]:
    """Fields that are given out in the same way share a row."""
    fields: dict[str, list[str]] = {}
    for field, rule in rules.items():
        fields.setdefault(policy_of(name, field, rule, Language.EN).seen_by, []).append(field)
    return ((", ".join(alike), sentence) for sentence, alike in fields.items())


# ---------------------------------------------------------------- cells


def _by_onlooker(cells: Callable[[SampleViewer], list[bool]], onlookers: Iterable[SampleViewer]) -> Iterable[list[str]]:
    return ([onlooker.name, *map(_yes, cells(onlooker))] for onlooker in onlookers)


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
