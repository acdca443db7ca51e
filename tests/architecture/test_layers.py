"""The layers: imports run downward, raw records have few doors, and only tables decide."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: From the top down; a layer imports its own and those below it.
LAYERS = (
    "cli",
    "server",
    "commands",
    "demo",
    "web",
    "graph",
    "resolvers",
    "importer",
    "content",
    "moderation",
    "accounts",
    "audit",
    "stores",
    "text",
    "policy",
    "domain",
)
LEAVES = ("settings", "telemetry")
SOURCES = [
    file
    for layer in (*LAYERS, *LEAVES)
    for file in ([ROOT / f"{layer}.py"] if (ROOT / f"{layer}.py").exists() else sorted((ROOT / layer).rglob("*.py")))
]
#: Who may take whole records out of the stores; everyone else gets views.
RAW_DOORS = ("accounts", "moderation", "audit", "stores")


def _layer(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def _attributes(tree: ast.AST) -> Iterator[str]:
    return (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_downward(file):
    layer = _layer(file)
    used = {name for name in _imports(ast.parse(file.read_text())) if name in LAYERS or name in LEAVES}

    below = set(LAYERS[LAYERS.index(layer) :]) | set(LEAVES) if layer in LAYERS else set()
    assert used <= below


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_imported_inside_a_function(file):
    tree = ast.parse(file.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert not [name for function in functions for name in _imports(function)]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_raw_records_leave_the_stores_by_few_doors(file):
    """A method of the stores that answers a whole record says so in its name."""
    taken = {name for name in _attributes(ast.parse(file.read_text())) if "_record" in name}

    assert not taken or _layer(file) in RAW_DOORS


def _public_methods() -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    for file in sorted((ROOT / "stores").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.AsyncFunctionDef) and not method.name.startswith("_"):
                        yield f"{file.stem}.{node.name}.{method.name}", method


def test_every_read_that_answers_content_takes_the_viewer():
    """What answers views is asked for a viewer; what answers records is named so."""
    views = re.compile(r"\b(\w*View|Slice|Board|Decision)\b")  # an id alone shows nothing
    records = ("MemberRecord", "PostRecord", "CommentRecord")
    checked = 0
    for name, method in _public_methods():
        if name == "sessions.Sessions.viewer":  # who is looking is found by token
            continue
        answered = ast.unparse(method.returns) if method.returns else ""
        arguments = [argument.arg for argument in method.args.args]
        if any(record in answered for record in records):
            assert "record" in method.name, name
            checked += 1
        elif views.search(answered) and "record" not in method.name:
            assert arguments[1] in {"viewer", "_viewer"}, name
            checked += 1
    assert checked >= 12


def test_only_policy_knows_what_a_role_may():
    """Whoever asks whether somebody may, asks policy; nobody else compares roles."""
    for file in SOURCES:
        compared = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Compare)]
        named = {name for node in compared for name in _attributes(node)}

        assert _layer(file) == "policy" or not named & {"MODERATOR", "ADMIN"}, file
