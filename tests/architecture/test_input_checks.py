"""Each check that every input needs exists once: a copy misses what is found out about the others."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.test_layers import ROOT, SOURCES

_TEXT, _SIGN_IN = "text/input_text.py", "accounts/capability_check.py"
#: Where each refusal of an input is built.
BUILT_IN: Mapping[str, str] = {
    "Message.EMPTY": _TEXT,
    "Message.NOTHING_SEEN": _TEXT,
    "Message.TOO_LONG": _TEXT,
    "Message.SIGN_IN_FIRST": _SIGN_IN,
    "ErrorCode.NOT_SIGNED_IN": _SIGN_IN,
}
#: Who names them besides, and why.
EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("content/complexity.py", "Message.TOO_LONG"): "HTML that is imported; nobody types it",
    ("graph/enum_values.py", "ErrorCode.NOT_SIGNED_IN"): "the description of the code",
    ("graph/errors.py", "ErrorCode.NOT_SIGNED_IN"): "the type that answers the code",
    ("web/link_reports.py", "ErrorCode.NOT_SIGNED_IN"): "the status that answers the code",
}
#: The code as text: the enum itself, and the status of a request that asks without being signed in.
CODE_AS_TEXT = {"domain/errors.py", "web/graphql_errors.py"}
#: Where a part of the check is called by itself: names that are imported are cut and not refused, and handles have a
#: form of their own.
PARTS_BESIDES = {
    "single_line": {"importer/names.py", "accounts/handles.py"},
    "has_visible_characters": {"importer/names.py"},
}


def test_only_one_file_builds_each_refusal_of_an_input():
    found = {
        (name(file), built) for file in SOURCES for built in references(tree_of(file)) if name(file) != BUILT_IN[built]
    }

    assert found == set(EXCEPTIONS)


def test_each_refusal_is_built_where_the_table_says():
    found = {(name(file), built) for file in SOURCES for built in references(tree_of(file))}

    assert {(file, built) for built, file in BUILT_IN.items()} <= found


def test_nobody_writes_the_code_of_signing_in_as_text():
    found = {name(file) for file in SOURCES if "NOT_SIGNED_IN" in texts(tree_of(file))}

    assert found == CODE_AS_TEXT


@pytest.mark.parametrize("checked", ["single_line", "has_visible_characters"])
def test_inputs_are_checked_by_calling_the_check_and_not_what_it_is_made_of(checked):
    found = {name(file) for file in SOURCES if checked in calls(tree_of(file))}

    assert {file for file in found if not file.startswith("text/")} == PARTS_BESIDES[checked]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def tree_of(file: Path) -> ast.AST:
    return ast.parse(file.read_text())


def references(tree: ast.AST) -> Iterator[str]:
    """Each ``Message.EMPTY`` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in BUILT_IN:
            yield ast.unparse(node)


def texts(tree: ast.AST) -> set[object]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def calls(tree: ast.AST) -> set[str]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {node.func.id for node in nodes if isinstance(node.func, ast.Name)}
