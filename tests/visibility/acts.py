"""Acts that open nothing to whoever does them: mutations, on what is there and on what is not."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLInputType

from tests.visibility.documents import SCHEMA
from tests.visibility.drawing import Drawing
from tests.visibility.naming import member_id
from tests.visibility.world import AUDIENCES, FIELDS, REACTIONS

#: A mutation, its input, and what is asked of the answer.
Act = tuple[str, dict[str, Any], str]
_BODY = "body { html mentions { handle member { displayName } } }"
_NOTICES = "notices { kind message field link { host risk } }"


def _react(drawing: Drawing) -> Act:
    given = {"targetId": drawing.node(), "kind": drawing.random.choice(REACTIONS[:3])}
    return drawing.random.choice(("react", "unreact")), given, ""


def _comment(drawing: Drawing) -> Act:
    given = {"postId": drawing.post(), "body": drawing.words()}
    if drawing.random.random() < 0.3:
        given["parentId"] = drawing.comment()
    return "createComment", given, f"comment {{ id createdAt depth {_BODY} }} {_NOTICES}"


def _post(drawing: Drawing) -> Act:
    given = {"boardId": drawing.board(), "body": drawing.words(), "audience": drawing.random.choice(AUDIENCES)}
    return "createPost", given, f"post {{ id state createdAt {_BODY} }} {_NOTICES}"


def _check(drawing: Drawing) -> Act:
    given = {"boardId": drawing.board(), "body": drawing.words(), "audience": drawing.random.choice(AUDIENCES)}
    return "checkPost", given, _NOTICES


def _preview(drawing: Drawing) -> Act:
    chosen = [{"field": field, "audience": drawing.random.choice(AUDIENCES[:3])} for field in ("LOCATION", "BIO")]
    told = "exposures { field newlyShownTo withdrawnFrom isFilledIn postCount message shows { location } }"
    return "previewFieldAudiences", {"audiences": chosen}, told


def _contact(drawing: Drawing) -> Act:
    return "contactMember", {"memberId": member_id(drawing.handle()), "message": drawing.words()}, ""


def _update(drawing: Drawing) -> Act:
    if drawing.random.random() < 0.5:
        given = {"postId": drawing.post(), "body": drawing.words(), "audience": drawing.random.choice(AUDIENCES)}
        return "updatePost", given, "post { id state }"
    return "updateComment", {"commentId": drawing.comment(), "body": drawing.words()}, "comment { id state }"


def _delete(drawing: Drawing) -> Act:
    if drawing.random.random() < 0.5:
        given = {"postId": drawing.post(), "withThread": drawing.random.random() < 0.3}
        return "deletePost", given, "deletedId"
    return "deleteComment", {"commentId": drawing.comment()}, "deletedId"


def _report(drawing: Drawing) -> Act:
    return "reportContent", {"targetId": drawing.node(), "reason": "SPAM"}, "report { outcome createdAt }"


def _report_link(drawing: Drawing) -> Act:
    url = drawing.random.choice(("https://shady.example/x", "https://trusted.example/", drawing.words()))
    return "reportLink", {"url": url, "reason": "SPAM"}, "report { outcome createdAt url }"


def _hide(drawing: Drawing) -> Act:
    return drawing.random.choice(("hideContent", "approveContent")), {"targetId": drawing.to_decide()}, ""


def _decide(drawing: Drawing) -> Act:
    given = {"targetId": drawing.to_decide(), "explanation": drawing.words()}
    if drawing.random.random() < 0.5:
        return "removeContent", given | {"reason": "SPAM"}, "target { __typename } decision { action reason }"
    return "restoreContent", given, "target { __typename } decision { action reason }"


def _follow(drawing: Drawing) -> Act:
    """Never of somebody who follows back: a friend is shown more, and rightly."""
    hot = [handle for handle in drawing.followable if handle in drawing.hot.handles]
    handle = drawing.random.choice([*hot, *drawing.followable, "nobody"])
    return "follow", {"memberId": member_id(handle)}, "member { handle viewerRelationship } nowFriends opens"


def _unfollow(drawing: Drawing) -> Act:
    """Never of a friend: what friends alone see is gone with the friendship, and what all members see is not."""
    handle = drawing.random.choice([*drawing.followable, "nobody"])
    return "unfollow", {"memberId": member_id(handle)}, "member { handle viewerRelationship }"


def _follow_board(drawing: Drawing) -> Act:
    name = drawing.random.choice(("followBoard", "unfollowBoard"))
    return name, {"boardId": drawing.board()}, "board { slug viewerFollows }"


def _board(drawing: Drawing) -> Act:
    given = {"boardId": drawing.board(), "audience": drawing.random.choice(AUDIENCES)}
    return "updateBoard", given, "board { slug audience }"


def _profile(drawing: Drawing) -> Act:
    return "updateProfile", {"location": drawing.words()[:20]}, "viewer { member { profile { location } } }"


def _audiences(drawing: Drawing) -> Act:
    narrow = [{"field": drawing.random.choice(FIELDS), "audience": drawing.random.choice(AUDIENCES[:2])}]
    return "updateFieldAudiences", {"audiences": narrow}, "viewer { fieldAudiences { field audience } }"


#: Without blocking, which is declared to tell something: see tests.visibility.exceptions.
ACTS: tuple[Callable[[Drawing], Act], ...] = (
    _react,
    _react,
    _comment,
    _comment,
    _comment,
    _post,
    _check,
    _preview,
    _contact,
    _update,
    _delete,
    _report,
    _report,
    _report_link,
    _hide,
    _decide,
    _follow,
    _follow,
    _unfollow,
    _follow_board,
    _board,
    _profile,
    _audiences,
)


def asked_of(name: str, answer: str) -> str:
    """The operation of an act: the mutation with its input, what is asked of the answer, and its errors."""
    return f"""mutation ($input: {input_of(name)}) {{ {name}(input: $input) {{ {answer}
      errors {{ __typename code message path }} }} }}"""


def input_of(name: str) -> GraphQLInputType:
    """What the mutation of that name takes; several may take the same."""
    if SCHEMA.mutation_type is None:
        raise ValueError("the schema has no mutations")
    return SCHEMA.mutation_type.fields[name].args["input"].type
