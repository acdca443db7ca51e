"""A privilege that moderators of single boards have there is asked for with the board."""

import ast
from collections.abc import Iterator

from policy.permissions import ON_THEIR_BOARDS, Privilege
from tests.architecture.test_layers import ROOT, SOURCES

#: By layer and function, who asks for such a privilege without a board, and why that is right. None of them gives
#: anything to a moderator of single boards.
WITHOUT_A_BOARD = {
    ("policy", "is_moderator"): "Moderators of single boards read as any other member does, on their boards too.",
    ("stores", "seen_by"): "Templates stand on no board. They are for those who moderate everywhere.",
    ("moderation", "_by_id"): "As in stores/: templates.",
    ("resolvers", "listed"): "As in stores/: templates.",
}
#: Privileges that are had everywhere or nowhere: no board can be named.
EVERYWHERE = {privilege.name for privilege in set(Privilege) - ON_THEIR_BOARDS}


def asked_without_a_board(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the function and the privilege of each call of ``has`` that names no board."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "has":
                    privilege = call.args[1]
                    if len(call.args) + len(call.keywords) < 3:
                        yield function.name, privilege.attr if isinstance(privilege, ast.Attribute) else "any"


def test_a_privilege_is_asked_for_with_the_board_or_the_reason_stands_here():
    found = {
        (file.relative_to(ROOT).parts[0], function)
        for file in SOURCES
        for function, privilege in asked_without_a_board(ast.parse(file.read_text()))
        if privilege not in EVERYWHERE
    }

    assert found == set(WITHOUT_A_BOARD)


def test_a_call_without_a_board_is_found():
    calls = ("has(v, Privilege.MODERATE)", "has(v, NEEDED[x])", "has(v, Privilege.MODERATE, board)")
    source = "\n".join(f"def {name}(v): {call}" for name, call in zip("abc", calls, strict=True))

    assert list(asked_without_a_board(ast.parse(source))) == [("a", "MODERATE"), ("b", "any")]
