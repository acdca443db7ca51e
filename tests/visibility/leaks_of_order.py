"""Leaks of what moderators see and do, planted like those of leaks.py."""

from typing import Any

import pytest

import policy.visibility
import stores.comments
import stores.contents
import stores.decisions
import stores.members
import stores.post_documents
import stores.posts
import stores.reactions
import stores.revisions
import stores.threads
import stores.ties
import stores.visible
from domain.viewer import Viewer
from tests.visibility.planting import around, leak


@leak
def moderators_who_see_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def visible(original: Any, viewer: Viewer) -> Any:
        return {} if policy.visibility.is_moderator(viewer) else original(viewer)

    around(monkeypatch, stores.posts, "visible", visible)


@leak
def decisions_that_name_the_moderator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.decisions, "_trimmed", lambda decision, _viewer: decision)
