"""The schema, built once."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from graph.decisions import Decision
from graph.descriptions import described
from graph.errors import ERROR_TYPES
from graph.field_policies import ruled
from graph.fields import filled_directly
from graph.mutations import (
    accounts,
    appeals,
    audience_preview,
    board_follows,
    cases,
    content,
    direct_messages,
    explanation_templates,
    hosts,
    moderation,
    profiles,
    reactions,
    relationships,
    reports,
    staff_reads,
)
from graph.queries import Query
from graph.scalars import SCALARS


@strawberry.type
class Mutation:
    """All mutations. Each takes one input, and answers a payload with the errors the user can fix."""

    request_code: accounts.RequestCodePayload = accounts.REQUEST_CODE
    register: accounts.RegisterPayload = accounts.REGISTER
    sign_in: accounts.SignInPayload = accounts.SIGN_IN
    sign_out: accounts.SignOutPayload = accounts.SIGN_OUT
    update_profile: profiles.UpdateProfilePayload = profiles.UPDATE_PROFILE
    preview_field_audiences: audience_preview.PreviewFieldAudiencesPayload = audience_preview.PREVIEW_FIELD_AUDIENCES
    update_field_audiences: profiles.UpdateFieldAudiencesPayload = profiles.UPDATE_FIELD_AUDIENCES
    follow: relationships.FollowPayload = relationships.FOLLOW
    unfollow: relationships.UnfollowPayload = relationships.UNFOLLOW
    block: relationships.BlockPayload = relationships.BLOCK
    unblock: relationships.UnblockPayload = relationships.UNBLOCK
    follow_board: board_follows.FollowBoardPayload = board_follows.FOLLOW_BOARD
    unfollow_board: board_follows.UnfollowBoardPayload = board_follows.UNFOLLOW_BOARD
    contact_member: direct_messages.ContactMemberPayload = direct_messages.CONTACT_MEMBER
    create_board: content.CreateBoardPayload = content.CREATE_BOARD
    update_board: content.UpdateBoardPayload = content.UPDATE_BOARD
    check_post: content.CheckPostPayload = content.CHECK_POST
    create_post: content.CreatePostPayload = content.CREATE_POST
    update_post: content.UpdatePostPayload = content.UPDATE_POST
    delete_post: content.DeletePostPayload = content.DELETE_POST
    create_comment: content.CreateCommentPayload = content.CREATE_COMMENT
    update_comment: content.UpdateCommentPayload = content.UPDATE_COMMENT
    delete_comment: content.DeleteCommentPayload = content.DELETE_COMMENT
    react: reactions.ReactPayload = reactions.REACT
    unreact: reactions.UnreactPayload = reactions.UNREACT
    report_content: reports.ReportContentPayload = reports.REPORT_CONTENT
    report_link: reports.ReportLinkPayload = reports.REPORT_LINK
    remove_content: moderation.RemoveContentPayload = moderation.REMOVE_CONTENT
    restore_content: moderation.RestoreContentPayload = moderation.RESTORE_CONTENT
    approve_content: moderation.ApproveContentPayload = moderation.APPROVE_CONTENT
    claim_case: cases.ClaimCasePayload = cases.CLAIM_CASE
    release_case: cases.ReleaseCasePayload = cases.RELEASE_CASE
    add_case_note: cases.AddCaseNotePayload = cases.ADD_CASE_NOTE
    decide_cases: cases.DecideCasesPayload = cases.DECIDE_CASES
    sanction_member: cases.SanctionMemberPayload = cases.SANCTION_MEMBER
    undo_decision: appeals.UndoDecisionPayload = appeals.UNDO_DECISION
    submit_appeal: appeals.SubmitAppealPayload = appeals.SUBMIT_APPEAL
    add_appeal_message: appeals.AddAppealMessagePayload = appeals.ADD_APPEAL_MESSAGE
    decide_appeal: appeals.DecideAppealPayload = appeals.DECIDE_APPEAL
    set_host_verdict: hosts.SetHostVerdictPayload = hosts.SET_HOST_VERDICT
    remove_host_verdict: hosts.RemoveHostVerdictPayload = hosts.REMOVE_HOST_VERDICT
    set_explanation_template: explanation_templates.SetExplanationTemplatePayload = (
        explanation_templates.SET_EXPLANATION_TEMPLATE
    )
    remove_explanation_template: explanation_templates.RemoveExplanationTemplatePayload = (
        explanation_templates.REMOVE_EXPLANATION_TEMPLATE
    )
    read_hidden_field: staff_reads.ReadHiddenFieldPayload = staff_reads.READ_HIDDEN_FIELD
    hide_content: moderation.HideContentPayload = moderation.HIDE_CONTENT
    reject_edit: moderation.RejectEditPayload = moderation.REJECT_EDIT
    withdraw_edit: moderation.WithdrawEditPayload = moderation.WITHDRAW_EDIT


SCHEMA = filled_directly(
    described(
        ruled(
            strawberry.Schema(
                query=Query,
                mutation=Mutation,
                types=[*ERROR_TYPES, Decision],
                config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
            )
        )
    )
)
