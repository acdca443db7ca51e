"""Templates of explanations: moderators begin with them, admins change them, decisions keep their own words."""

import asyncio

import pytest

from domain.members import Role
from domain.moderation import ModerationAction, ReportReason
from policy import explanation_templates
from policy.appeals import MAY_BE_APPEALED
from policy.explanation_templates import DEFAULTS, GIVING, RULES, TAKING
from policy.limits import APPEAL_WINDOW, MAX_TEMPLATES, TEMPLATE_LENGTH
from tests.actors import Actor

LIST = """query ($action: ModerationAction, $reason: ReportReason) {
  explanationTemplates(action: $action, reason: $reason) { id action reason zh en } }"""
TEMPLATE = "template { id action reason zh en }"
WORDS = {"action": "REMOVE", "reason": "SPAM", "zh": "请不要发广告。", "en": "Please don't advertise."}


@pytest.fixture
async def admin(community):
    return await community.joins("ada", Role.ADMIN)


async def listed(actor: Actor, **which: str) -> list[dict]:
    return (await actor.asks(LIST, **which))["explanationTemplates"]


async def sets(admin: Actor, **more: object) -> dict:
    return (await admin.manages("setExplanationTemplate", TEMPLATE, **{**WORDS, **more}))["template"]


async def removes(admin: Actor, template: str) -> dict:
    return (await admin.manages("removeExplanationTemplate", TEMPLATE, id=template))["template"]


def test_each_action_has_a_text_and_what_takes_something_has_one_for_each_reason():
    taking = {(each.action, each.reason) for each in DEFAULTS.values() if each.reason}

    assert taking == {(action, reason) for action in MAY_BE_APPEALED for reason in ReportReason}
    assert TAKING.keys() | GIVING.keys() == set(ModerationAction) - {ModerationAction.REOPEN}
    assert set(RULES) == set(ReportReason)
    assert max(len(text) for each in DEFAULTS.values() for text in (each.zh, each.en)) <= TEMPLATE_LENGTH


def test_a_default_names_the_rule_and_the_way_to_appeal_in_both_languages():
    template = DEFAULTS["REMOVE:SPAM"]

    assert template.zh == (
        "您好，您发布的这条内容已被移除。原因：发布广告或刷屏。如有异议，可在 180 天内申诉，由另一位版主或管理员复核。"
    )
    assert template.en == (
        "Hello, your content has been removed. Reason: advertising or flooding. If you disagree, you can appeal within "
        "180 days. Another moderator or admin will review it."
    )
    for each in DEFAULTS.values():
        has_appeal = f"{APPEAL_WINDOW.days} 天" in each.zh, f"{APPEAL_WINDOW.days} days" in each.en
        assert set(has_appeal) == {each.action in MAY_BE_APPEALED}
        assert "{" not in each.zh + each.en


async def test_moderators_read_them_by_action_and_reason(moderator):
    assert len(await listed(moderator)) == len(DEFAULTS)
    assert [each["id"] for each in await listed(moderator, action="BAN", reason="HATE")] == ["BAN:HATE"]
    assert {each["action"] for each in await listed(moderator, reason="HATE")} == {
        action.value for action in TAKING.keys() | GIVING.keys()
    }
    [restored] = await listed(moderator, action="RESTORE", reason="SPAM")
    assert (restored["id"], restored["reason"]) == ("RESTORE", None)


async def test_an_admin_changes_a_default_and_removes_it_and_has_it_there_again(admin, moderator):
    changed = await sets(admin, id="REMOVE:SPAM")
    assert changed == {"id": "REMOVE:SPAM", **WORDS}
    assert await listed(moderator, action="REMOVE", reason="SPAM") == [changed]

    assert await removes(admin, "REMOVE:SPAM") == changed
    assert await listed(moderator, action="REMOVE", reason="SPAM") == []
    assert await admin.is_refused("removeExplanationTemplate", id="REMOVE:SPAM") == "NOT_FOUND"

    await sets(admin, id="REMOVE:SPAM", zh=" 又有了 ")
    [again] = await listed(moderator, action="REMOVE", reason="SPAM")
    assert again["zh"] == "又有了"


async def test_an_admin_adds_one_changes_it_and_removes_it(admin, moderator, stores):
    added = await sets(admin, reason=None)
    assert added["reason"] is None

    await sets(admin, id=added["id"], action="LOCK", en="Locked.")
    assert added["id"] not in {each["id"] for each in await listed(moderator, action="REMOVE")}
    assert added["id"] in {each["id"] for each in await listed(moderator, action="LOCK", reason="SPAM")}
    await removes(admin, added["id"])

    assert len(await listed(moderator)) == len(DEFAULTS)
    assert await stores.database["explanationTemplates"].count_documents({"_id": added["id"]}) == 0


async def test_the_record_says_who_changed_what(admin, stores):
    added = await sets(admin)
    await sets(admin, id=added["id"], en="No.")
    await removes(admin, added["id"])

    audit = await stores.database["audit"].find({}).to_list()
    assert [(row["kind"], row["actor"], row["before"], row["after"]) for row in audit] == [
        ("template.SET", admin.id, None, added),
        ("template.SET", admin.id, added, {**added, "en": "No."}),
        ("template.REMOVED", admin.id, {**added, "en": "No."}, None),
    ]


@pytest.mark.parametrize(("who", "code"), [("visitor", "NOT_SIGNED_IN"), ("ann", "FORBIDDEN"), ("mod", "FORBIDDEN")])
async def test_only_admins_change_them(community, moderator, ann, stores, who, code):
    actor = {"visitor": community.visitor(), "ann": ann, "mod": moderator}[who]

    assert await actor.is_refused("setExplanationTemplate", **WORDS) == code
    assert await actor.is_refused("removeExplanationTemplate", id="REMOVE:SPAM") == code
    assert await stores.database["explanationTemplates"].count_documents({}) == 0
    assert await stores.database["audit"].count_documents({}) == 0


@pytest.mark.parametrize(("who", "code"), [("visitor", "NOT_SIGNED_IN"), ("ann", "FORBIDDEN")])
async def test_only_moderators_read_them(community, ann, who, code, reads):
    actor = {"visitor": community.visitor(), "ann": ann}[who]

    answer = await actor.gets(LIST)

    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert "explanationTemplates" not in reads.collections


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"zh": "  "}, "VALIDATION", "zh"),
        ({"en": "a" * (TEMPLATE_LENGTH + 1)}, "VALIDATION", "en"),
        ({"action": "REOPEN"}, "VALIDATION", "action"),
        ({"id": "nothing of this kind"}, "NOT_FOUND", "id"),
        ({"id": "turn"}, "NOT_FOUND", "id"),
    ],
)
async def test_what_is_refused_changes_nothing(admin, moderator, given, code, path):
    before = await listed(moderator)

    payload = await admin.does("setExplanationTemplate", **{**WORDS, **given})

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [(code, [path])]
    assert await listed(moderator) == before


async def test_there_are_at_most_so_many_also_of_those_added_at_once(admin, moderator, monkeypatch, stores):
    monkeypatch.setattr("moderation.explanation_templates.MAX_TEMPLATES", len(DEFAULTS) + 3)
    assert len(DEFAULTS) + 100 <= MAX_TEMPLATES

    payloads = await asyncio.gather(*(admin.does("setExplanationTemplate", **WORDS) for _ in range(8)))

    refused = [error["code"] for payload in payloads for error in payload["errors"]]
    assert refused == ["VALIDATION"] * 5
    assert len(await listed(moderator)) == len(DEFAULTS) + 3
    await sets(admin, id="REMOVE:SPAM")


async def test_a_decision_keeps_the_words_it_was_explained_with(admin, moderator, board, ann):
    template = (await listed(moderator, action="REMOVE", reason="SPAM"))[0]
    post = await ann.publishes("Buy this", on=board)
    words = f"{template['zh']} 具体见第二段。"
    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation=words)

    await sets(admin, id=template["id"])

    [decision] = (await ann.asks("{ viewer { decisions { nodes { explanation } } } }"))["viewer"]["decisions"]["nodes"]
    assert decision["explanation"] == words


def test_every_default_fits_an_explanation_in_both_languages():
    assert all(len(each.zh) + len(each.en) < 2_000 for each in explanation_templates.DEFAULTS.values())
