"""Every text that a mutation takes, and what becomes of hostile ones in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from domain.rich_text import MAX_URL_LENGTH
from policy.limits import (
    APPEAL_LENGTH,
    BIO_LENGTH,
    BODY_LENGTH,
    DISPLAY_NAME_LENGTH,
    EMAIL_LENGTH,
    EXPLANATION_LENGTH,
    HANDLE_LENGTH,
    IDEMPOTENCY_KEY_LENGTH,
    LETTER_LENGTH,
    LOCATION_LENGTH,
    NOTE_LENGTH,
    PASSWORD_LENGTH,
    PURPOSE_LENGTH,
    SLUG_LENGTH,
    TEMPLATE_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
)
from text.unicode_limits import FORBIDDEN

#: Stands in every hostile text that has something to see, so that it is found wherever it is kept. No id has a space.
MARK = "Qzx "


class Kind(Enum):
    """How a text is checked, and how it is kept."""

    TEXT = auto()
    """Plain, of several lines; something must be seen."""
    OPTIONAL_TEXT = auto()
    """As TEXT; counts as absent if nothing is seen."""
    LINE = auto()
    """Plain, of one line; something must be seen."""
    MARKDOWN = auto()
    """Its source is kept as typed but for what no text may hold, and what is made of it is limited."""
    FORM = auto()
    """Has a form of its own, which no hostile text has."""
    OPAQUE = auto()
    """Shown to nobody and compared alone: any text will do, up to a length."""
    UNREAD = auto()
    """Nothing is done with it."""


@dataclass(frozen=True)
class Hostile:
    """A text as typed, and as it is kept in plain texts and in lines; None if nothing of it can be seen."""

    typed: str
    text: str | None
    line: str | None

    def kept_as(self, kind: Kind) -> str | None:
        """Return the text as that kind keeps it, None if it keeps nothing."""
        source = FORBIDDEN.sub("", self.typed)
        kept = {Kind.TEXT: self.text, Kind.OPTIONAL_TEXT: self.text, Kind.LINE: self.line, Kind.MARKDOWN: source}
        return kept.get(kind) if self.text else None


#: By what they do.
HOSTILE: Mapping[str, Hostile] = {
    "nothing is seen": Hostile("\u200b\u200b", None, None),
    "nothing but a blank letter is seen": Hostile("\u3164\u0301\ufe0f", None, None),
    "it reads backwards": Hostile("Qzx \u202eabc", "Qzx abc", "Qzx abc"),
    "it turns what follows": Hostile("Qzx \u2067abc", "Qzx \u2067abc\u2069", "Qzx abc"),
    "it closes what others opened": Hostile("Qzx \u2069\u202cabc", "Qzx abc", "Qzx abc"),
    "it climbs": Hostile("Qzx e" + "\u0301" * 30, "Qzx e" + "\u0301" * 4, "Qzx e" + "\u0301" * 4),
    "it hides fifty signs": Hostile("Qzx e" + "\u200b" * 50, "Qzx e" + "\u200b" * 6, "Qzx e"),
    "it controls a terminal": Hostile("Qzx e\x00\x07\x1b[2J\x7f\uffff", "Qzx e[2J", "Qzx e[2J"),
    "it ends lines as others do": Hostile("Qzx a\r\nb\rc\fd", "Qzx a\nb\nc\nd", "Qzx a b c d"),
}


@dataclass(frozen=True)
class TextInput:
    """A text that a mutation takes."""

    kind: Kind
    most: int | None
    """The characters that it may have; None: no length is refused."""
    least: int = 0
    """Fewer are refused."""
    code: str = "VALIDATION"
    path: tuple[str, ...] | None = None
    """What is named when it is refused. None: the field itself."""


_EXPLANATION = TextInput(Kind.TEXT, EXPLANATION_LENGTH)
_APPEAL = TextInput(Kind.TEXT, APPEAL_LENGTH)
_TEMPLATE = TextInput(Kind.TEXT, TEMPLATE_LENGTH)
_NOTE = TextInput(Kind.OPTIONAL_TEXT, NOTE_LENGTH)
_TITLE = TextInput(Kind.LINE, TITLE_LENGTH)
_BIO = TextInput(Kind.MARKDOWN, BIO_LENGTH)
_BODY = TextInput(Kind.MARKDOWN, BODY_LENGTH)
_FORM = TextInput(Kind.FORM, 100)
#: As long as the address of its front page may be.
_HOST = TextInput(Kind.FORM, MAX_URL_LENGTH)
_KEY = TextInput(Kind.OPAQUE, IDEMPOTENCY_KEY_LENGTH)
_SIGN_IN = TextInput(Kind.FORM, 100, code="SIGN_IN_FAILED", path=())

#: By mutation and field. A text that the schema takes and that has no row here fails.
TEXT_INPUTS: Mapping[str, TextInput] = {
    "requestCode.phone": _FORM,
    "register.phone": _FORM,
    "register.code": TextInput(Kind.FORM, 100, code="CODE_INVALID"),
    "register.handle": TextInput(Kind.FORM, HANDLE_LENGTH[1]),
    "register.password": TextInput(Kind.OPAQUE, PASSWORD_LENGTH[1], least=PASSWORD_LENGTH[0]),
    "register.acceptedStatement": TextInput(Kind.FORM, 100, code="STATEMENT_NOT_ACCEPTED"),
    "register.displayName": TextInput(Kind.LINE, DISPLAY_NAME_LENGTH),
    "signIn.login": _SIGN_IN,
    "signIn.password": _SIGN_IN,
    "signIn.code": TextInput(Kind.FORM, 100, path=("password",)),
    "signOut.clientMutationId": TextInput(Kind.UNREAD, None),
    "updateProfile.displayName": TextInput(Kind.LINE, DISPLAY_NAME_LENGTH),
    "updateProfile.bio": _BIO,
    "updateProfile.location": TextInput(Kind.LINE, LOCATION_LENGTH),
    "updateProfile.website": TextInput(Kind.FORM, URL_LENGTH),
    "updateProfile.email": TextInput(Kind.FORM, EMAIL_LENGTH),
    "contactMember.message": TextInput(Kind.TEXT, LETTER_LENGTH),
    "contactMember.idempotencyKey": _KEY,
    "createBoard.slug": TextInput(Kind.FORM, SLUG_LENGTH[1]),
    "createBoard.title": _TITLE,
    "createBoard.description": _BIO,
    "updateBoard.title": _TITLE,
    "updateBoard.description": _BIO,
    "checkPost.title": _TITLE,
    "checkPost.body": _BODY,
    "checkPost.idempotencyKey": _KEY,
    "createPost.title": _TITLE,
    "createPost.body": _BODY,
    "createPost.idempotencyKey": _KEY,
    "updatePost.title": _TITLE,
    "updatePost.body": _BODY,
    "createComment.body": _BODY,
    "createComment.idempotencyKey": _KEY,
    "updateComment.body": _BODY,
    "reportContent.note": _NOTE,
    "reportLink.url": TextInput(Kind.FORM, URL_LENGTH),
    "reportLink.note": _NOTE,
    "removeContent.explanation": _EXPLANATION,
    "removeContent.idempotencyKey": _KEY,
    "restoreContent.explanation": _EXPLANATION,
    "restoreContent.idempotencyKey": _KEY,
    "approveContent.explanation": TextInput(Kind.OPTIONAL_TEXT, EXPLANATION_LENGTH),
    "rejectEdit.explanation": _EXPLANATION,
    "addCaseNote.text": TextInput(Kind.TEXT, NOTE_LENGTH),
    "decideCases.explanation": _EXPLANATION,
    "decideCases.idempotencyKey": _KEY,
    "sanctionMember.explanation": _EXPLANATION,
    "sanctionMember.idempotencyKey": _KEY,
    "undoDecision.idempotencyKey": _KEY,
    "submitAppeal.text": _APPEAL,
    "submitAppeal.idempotencyKey": _KEY,
    "addAppealMessage.text": _APPEAL,
    "addAppealMessage.idempotencyKey": _KEY,
    "decideAppeal.answer": _EXPLANATION,
    "decideAppeal.idempotencyKey": _KEY,
    "setHostVerdict.host": _HOST,
    "setHostVerdict.reason": _EXPLANATION,
    "removeHostVerdict.host": _HOST,
    "removeHostVerdict.reason": _EXPLANATION,
    "setExplanationTemplate.zh": _TEMPLATE,
    "setExplanationTemplate.en": _TEMPLATE,
    "readHiddenField.purpose": TextInput(Kind.TEXT, PURPOSE_LENGTH),
}
