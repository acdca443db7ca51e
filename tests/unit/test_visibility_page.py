"""The page that tells people who sees what is what the tables say."""

from pathlib import Path

import pytest

from commands.visibility_page import visibility_page
from domain.language import Language
from domain.messages import Message
from policy.field_access_table import FIELDS, SHAPES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = visibility_page("All holds.\n")


def test_visibility_md_is_what_the_tables_say():
    """``make visibility`` prints it."""
    printed = visibility_page((DOCS / "proof.md").read_text(encoding="utf-8"))

    assert (DOCS / "visibility.md").read_text(encoding="utf-8").rstrip("\n") == printed


def test_the_proof_stands_at_the_end_as_it_was_written():
    assert PAGE.endswith("\n\n## The proof\n\nAll holds.")


@pytest.mark.parametrize(
    "row",
    [
        "| EMAIL | ONLY_ME | MEMBERS |",
        "| a follower | yes | yes | yes | yes | yes | yes | yes | no |",
        "| a moderator | yes | yes | yes | no | no |",
        "| blocked, by either | no | no | no | no | no |",
        "| HELD | no |",
        "| REMOVED | its author, and moderators whom its audience reaches |",
        "| a message board, until its owner chooses | MEMBERS | PUBLIC | MEMBERS | MEMBERS |",
        "| a suspended moderator | yes | no | no | no | no |",
        "| publish and change posts and comments | yes | yes | no | no | no | no | no |",
        "| read, look at what others see, export what is theirs | yes | yes | yes | yes | yes | yes | no |",
        "| decision | Visible to its author or owner, moderators and admins only. |",
        f"| pendingEdit | {Message.SEEN_BY_OWNER_AND_BOARD_STAFF.in_language(Language.EN, {})} |",
        "| phone | The owner chooses the audience: “only me” by default, “friends” at most. |",
        "| hostVerdicts, explanationTemplates | Visible to moderators and admins only. |",
        "| decidedBy | Visible to moderators and admins only; to board moderators for their boards. |",
        "| remove, restore and lock content | no | yes | yes | yes |",
        "| make a discussion board | no | yes | yes | no |",
    ],
)
def test_a_rule_has_its_row(row):
    assert row in PAGE.splitlines()


def test_every_type_has_its_heading():
    headings = [line.removeprefix("### ") for line in PAGE.splitlines() if line.startswith("### ")]

    assert headings[-len(FIELDS) - len(SHAPES) :] == [*FIELDS, *(f"…{ending}" for ending in SHAPES)]
