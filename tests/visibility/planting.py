"""How leaks are planted: each is a patch of the service, by name."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.visibility.stages import Stage

Leak = Callable[[pytest.MonkeyPatch], None]
LEAKS: dict[str, Leak] = {}


def leak(patch: Leak) -> Leak:
    LEAKS[patch.__name__] = patch
    return patch


def around(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, around: Callable[..., Any]) -> None:
    """Let ``around(original, *arguments)`` stand in for a function or method."""
    original = getattr(owner, name)

    def instead(*arguments: Any, **named: Any) -> Any:
        return around(original, *arguments, **named)

    monkeypatch.setattr(owner, name, instead)


def forgetting(kept: dict[Any, Any]) -> Callable[..., Any]:
    """Members of another world have the same ids: what was kept of them would be nobody's."""

    async def play(original: Any, stage: Stage, world: Any) -> None:
        kept.clear()
        await original(stage, world)

    return play
