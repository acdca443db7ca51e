"""What the use cases of content work with."""

from dataclasses import dataclass

from content.links import Site
from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.messages import Message
from domain.viewer import Viewer
from stores.services import Services
from text.single_line import single_line
from text.unicode_limits import has_visible_characters


@dataclass(frozen=True, slots=True)
class ContentServices:
    """The house, and the site to which its texts belong."""

    core: Services
    site: Site


def signed_in(viewer: Viewer) -> MemberId:
    """Who is writing. Refuses those who are not signed in."""
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    return viewer.member_id


def checked(typed: str, most: int, *path: str) -> str:
    """``typed`` as it may be kept. Refuses nothing at all, nothing that can be seen, and too much."""
    if not typed.strip():
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, *path)
    if not has_visible_characters(typed):
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_SEEN, *path)
    if len(typed) > most:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_LONG, *path, most=most)
    return typed


def checked_line(typed: str | None, most: int, *path: str) -> str | None:
    """A single line, without space around it; None where nothing is written."""
    if not (typed or "").strip():
        return None
    line = single_line(typed or "")
    if not line:
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_SEEN, *path)
    return checked(line, most, *path)
