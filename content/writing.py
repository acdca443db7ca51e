"""What a member writes, on its way in: bounded, counted, rendered."""

from accounts.desk import slow_down
from content.desk import ContentDesk, checked
from content.rendering import render_markdown
from domain.ids import MemberId
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.text import RichText
from policy.limits import MARKS_IN_A_TEXT, MAX_LINKS_IN_A_TEXT, Rate


async def rendered(
    desk: ContentDesk, author: MemberId, source: str, most: int, *path: str, counted: Rate = Rate.TEXT_PER_MEMBER
) -> RichText:
    """``source`` as it is kept. Refuses what is empty, too long, too intricate or too much at once."""
    typed = checked(source, most, *path)
    if any(typed.count(mark) > times for mark, times in MARKS_IN_A_TEXT.items()):
        raise refusal(ErrorCode.VALIDATION, Message.TOO_INTRICATE, *path)
    await slow_down(desk.house, counted, author)
    text = render_markdown(typed, desk.site)
    if len(text.links) > MAX_LINKS_IN_A_TEXT:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_MANY_LINKS, *path, most=MAX_LINKS_IN_A_TEXT)
    return text
