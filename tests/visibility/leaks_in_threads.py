"""Leaks of what stands below posts and on message boards, planted like those of leaks.py."""

from dataclasses import replace
from typing import Any

import pytest

import policy.visibility
import stores.comments
import stores.post_documents
import stores.posts
import stores.reactions
import stores.revisions
import stores.threads
import stores.visibility_filters
from domain.audience import Audience
from domain.viewer import Viewer
from tests.visibility.planting import around, leak


@leak
def revisions_for_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.revisions, "may_read", lambda *_: True)


@leak
def reactions_of_hidden_members(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted_apart(original: Any, own: Any, _hidden: Any, targets: Any) -> Any:
        return original(own, frozenset(), targets)

    around(monkeypatch, stores.reactions, "_counted_apart", counted_apart)


@leak
def comments_republished_with_their_post(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment shows to whomever its post shows to, also where it was written under a narrower audience."""

    def circles_beneath(original: Any, viewer: Viewer, owners: Any, *, on_own_board: bool) -> list[str]:
        everything = [policy.visibility.circle(owner, audience) for owner in owners for audience in Audience]
        return sorted({*original(viewer, owners, on_own_board=on_own_board), *everything})

    around(monkeypatch, stores.threads, "circles_beneath", circles_beneath)
    around(monkeypatch, stores.comments, "can_see", lambda *_: True)


@leak
def hosts_who_see_their_guests_words_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def left_with(original: Any, viewer: Viewer, states: Any) -> Any:
        found = original(viewer, states)
        found.pop("host")
        return {**found, "friendsOf": {"$ne": None}}

    around(monkeypatch, stores.visibility_filters, "left_with", left_with)


@leak
def hosts_to_whom_a_block_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def left_with(original: Any, viewer: Viewer, states: Any) -> Any:
        found = original(viewer, states)
        found.pop("author", None)
        return found

    def can_see(original: Any, viewer: Viewer, content: Any) -> bool:
        return bool(original(replace(viewer, blocked=frozenset()), content))

    for module in (stores.visibility_filters, stores.posts):
        around(monkeypatch, module, "left_with", left_with)
    around(monkeypatch, stores.post_documents, "can_see", can_see)


@leak
def tombstones_that_keep_the_audience(monkeypatch: pytest.MonkeyPatch) -> None:
    def tombstone_of(original: Any, document: Any, viewer: Viewer) -> Any:
        return replace(original(document, viewer), audience=Audience(document["audience"]))

    around(monkeypatch, stores.posts, "tombstone_of", tombstone_of)


@leak
def boards_that_never_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.post_documents, "has_open_board", lambda *_: True)


@leak
def comments_of_hidden_authors_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted_apart(original: Any, viewer: Viewer) -> Any:
        return original(replace(viewer, blocked=frozenset()))

    around(monkeypatch, stores.comments, "counted_apart", counted_apart)
