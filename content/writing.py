"""What a member writes, on its way in: bounded, counted, rendered."""

from accounts.desk import slow_down
from content.desk import ContentDesk, checked
from content.intricacy import TooIntricate
from content.rendering import render_markdown
from domain.ids import MemberId
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.text import RichText
from policy.limits import MAX_MENTIONS_IN_A_TEXT, Rate

#: What can be counted by hand is a value that does not fit; all else is a text that is too complex.
_CODES = {Message.TOO_MANY_LINKS: ErrorCode.VALIDATION}


async def rendered(
    desk: ContentDesk, author: MemberId, source: str, most: int, *path: str, counted: Rate = Rate.TEXT_PER_MEMBER
) -> RichText:
    """``source`` as it is kept. Refuses what is empty, too long, too intricate or too much at once."""
    typed = checked(source, most, *path)
    await slow_down(desk.house, counted, author)
    try:
        text = render_markdown(typed, desk.site)
    except TooIntricate as too:
        raise refusal(_CODES.get(too.message, ErrorCode.TEXT_TOO_COMPLEX), too.message, *path, **too.values) from too
    if len(text.mentions) > MAX_MENTIONS_IN_A_TEXT:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_MANY_MENTIONS, *path, most=MAX_MENTIONS_IN_A_TEXT)
    return text
