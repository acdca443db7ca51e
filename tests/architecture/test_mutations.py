"""Each mutation calls one use case, which decides and writes everything: two in a row would leave half of a change.

The gate that all pass, ``require_capability`` in payloads.py, only reads and is not counted.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "graph" / "mutations"
#: Where use cases are.
LAYERS = ("accounts", "content", "moderation")
#: Mutations that call more than one, and why. None does.
EXCEPTIONS: Mapping[str, str] = {}
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Module:
    """A file of mutations."""

    file: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.file.read_text())

    @cached_property
    def functions(self) -> Mapping[str, ast.AST]:
        nodes = (ast.FunctionDef, ast.AsyncFunctionDef)
        return {node.name: node for node in self.tree.body if isinstance(node, nodes)}

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """Where each name comes from."""
        found = [node for node in self.tree.body if isinstance(node, ast.ImportFrom) and node.module]
        return {alias.asname or alias.name: f"{node.module}.{alias.name}" for node in found for alias in node.names}

    @property
    def actions(self) -> Iterator[str]:
        """The function of each mutation: the third argument of ``mutation(...)``."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mutation":
                yield ast.unparse(node.args[2])

    def use_cases(self, function: str) -> list[str]:
        """All use cases that ``function`` names, also by way of others here; one in a loop counts twice."""
        found: list[str] = []
        body = self.functions[function]
        looped = {id(inner) for loop in ast.walk(body) if isinstance(loop, _LOOPS) for inner in ast.walk(loop)}
        for node in ast.walk(body):
            times = 2 if id(node) in looped else 1
            found += self._named(node) * times
        return found

    def _named(self, node: ast.AST) -> list[str]:
        if isinstance(node, ast.Name) and node.id in self.functions:
            return self.use_cases(node.id)
        origin = self.imported.get(node.id, "") if isinstance(node, ast.Name) else ""
        if origin.startswith("graph.mutations."):
            module, _, name = origin.rpartition(".")
            elsewhere = Module(ROOT / f"{module.replace('.', '/')}.py")
            return elsewhere.use_cases(name) if name in elsewhere.functions else []
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            origin = f"{self.imported.get(node.value.id, '')}.{node.attr}"
        return [origin] if is_use_case(origin) else []


def is_use_case(origin: str) -> bool:
    """Whether it is a function of a layer of use cases: neither a record nor a module."""
    is_module = (ROOT / f"{origin.replace('.', '/')}.py").exists()
    return origin.split(".", maxsplit=1)[0] in LAYERS and origin.rpartition(".")[2][:1].islower() and not is_module


MODULES = [Module(file) for file in sorted(FOLDER.glob("*.py"))]
ACTIONS = [(module, action) for module in MODULES for action in module.actions]


def test_every_mutation_is_found():
    fields = (ROOT / "schema.graphql").read_text().split("type Mutation {")[1].split("\n}")[0].count("\n    input: ")

    assert len(ACTIONS) == fields


@pytest.mark.parametrize(("module", "action"), ACTIONS, ids=[action for _, action in ACTIONS])
def test_a_mutation_calls_one_use_case(module, action):
    called = module.use_cases(action)

    assert len(called) == 1 or action in EXCEPTIONS, called
