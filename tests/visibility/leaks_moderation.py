"""Leaks of what moderators see and do, planted like those of leaks.py."""

from dataclasses import replace
from typing import Any

import pytest

import policy.edits
import policy.permissions
import policy.visibility
import resolvers.edits
import stores.appeals
import stores.case_queue
import stores.cases
import stores.decisions
import stores.edits
import stores.members
import stores.post_documents
import stores.posts
from domain.appeals import Appeal
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from policy.appeals import is_subject
from policy.permissions import Capability, Privilege, has, has_anywhere
from tests.visibility.planting import around, leak


@leak
def moderators_who_see_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def visible(original: Any, viewer: Viewer) -> Any:
        return {} if policy.visibility.is_moderator(viewer) else original(viewer)

    around(monkeypatch, stores.posts, "visible", visible)


@leak
def decisions_that_name_the_moderator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.decisions, "_trimmed", lambda decision, _viewer: decision)


@leak
def cases_for_whoever_knows_their_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.cases, "has_anywhere", lambda *_: True)
    monkeypatch.setattr(stores.cases, "may_work_on_case", lambda *_: True)


@leak
def board_moderators_who_find_every_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.case_queue, "boards_of", lambda *_: None)


@leak
def moderators_who_find_cases_about_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def for_working(original: Any, viewer: Viewer) -> Any:
        return {name: value for name, value in original(viewer).items() if name != "subject"}

    around(monkeypatch, stores.case_queue, "_for_working", for_working)


@leak
def reports_that_show_on_what_was_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a flag by which frontends would fold it."""

    def view_of(original: Any, document: Any, viewer: Viewer) -> Any:
        return replace(original(document, viewer), is_locked=document.get("reports", 0) > 0)

    for module in (stores.posts, stores.post_documents):
        around(monkeypatch, module, "view_of", view_of)


@leak
def subjects_who_read_that_they_were_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.decisions, "_told_to", lambda viewer: {"subject": viewer.member_id})


@leak
def names_that_say_who_is_muted(monkeypatch: pytest.MonkeyPatch) -> None:
    def view(original: Any, members: Any, document: Any, viewer: Viewer) -> Any:
        seen = original(members, document, viewer)
        return replace(seen, display_name=f"{seen.display_name} 🔇") if seen and "sanction" in document else seen

    around(monkeypatch, stores.members.Members, "_view", view)


@leak
def moderators_who_read_on_while_they_are_suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy.permissions, "OPEN_TO", dict.fromkeys(AccountStatus, frozenset(Capability)))


@leak
def edits_that_everybody_reads_before_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolvers.edits, "may_have_edit_to_read", lambda *_: True)
    monkeypatch.setattr(stores.edits, "may_read_edit", lambda *_: True)


@leak
def board_moderators_who_find_every_edit_in_their_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """And read it nowhere else."""

    def boards_of(original: Any, viewer: Viewer, privilege: Privilege) -> Any:
        return None if has_anywhere(viewer, privilege) else original(viewer, privilege)

    around(monkeypatch, stores.edits, "boards_of", boards_of)


@leak
def board_moderators_who_review_every_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that wait on other boards; their list is as it should be."""
    monkeypatch.setattr(policy.edits, "has", lambda viewer, privilege, *_: has_anywhere(viewer, privilege))


@leak
def appeals_that_are_read_by_who_had_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(viewer: Viewer, appeal: Appeal) -> bool:
        return is_subject(viewer, appeal) or has(viewer, Privilege.DECIDE_APPEALS, appeal.board_id)

    monkeypatch.setattr(stores.appeals, "may_read_appeal", reads)


@leak
def board_moderators_who_find_every_appeal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores.appeals, "boards_of", lambda *_: None)
