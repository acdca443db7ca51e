"""What a member writes, on its way in: bounded, counted, rendered."""

from accounts.services import consume_rate_limit_if_available
from content.complexity import TooComplex
from content.rendering import render_markdown
from content.services import ContentServices
from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.messages import Message
from domain.rich_text import RichText
from policy.limits import MAX_MENTIONS_IN_A_TEXT, Rate
from text.input_text import text_as_typed

#: What can be counted by hand is a value that does not fit; all else is a text that is too complex.
_CODES = {Message.TOO_MANY_LINKS: ErrorCode.VALIDATION}


async def rendered(
    services: ContentServices,
    author: MemberId,
    source: str,
    most: int,
    *path: str,
    counted: Rate = Rate.TEXT_PER_MEMBER,
) -> RichText:
    """``source`` as it is kept. Refuses what is empty, too long, too intricate or too much at once."""
    typed = text_as_typed(source, most, *path)
    await consume_rate_limit_if_available(services.core, counted, author)
    try:
        text = render_markdown(typed, services.site)
    except TooComplex as too:
        raise refusal(_CODES.get(too.message, ErrorCode.TEXT_TOO_COMPLEX), too.message, *path, **too.values) from too
    if len(text.mentions) > MAX_MENTIONS_IN_A_TEXT:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_MANY_MENTIONS, *path, most=MAX_MENTIONS_IN_A_TEXT)
    return text
