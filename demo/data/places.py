"""The demo's boards, those of two of its people, and what its moderator thinks of other sites."""

from content.boards import NewBoard
from demo.model import MessageBoard, Verdict
from domain.audience import Audience
from domain.rich_text import HostVerdict

TEA_HOUSE = "tea-house"
BEHIND_THE_CAMERA = "behind-the-camera"
REPAIR_CORNER = "repair-corner"

BOARDS = (
    NewBoard(TEA_HOUSE, "茶馆 · Tea house", "坐下再说，什么都可以聊。 Sit down first; then talk about anything."),
    NewBoard(
        BEHIND_THE_CAMERA,
        "镜头背后 · Behind the camera",
        "画面是怎么来的：机位、声音、等待。 How pictures come about: angles, sound, and a lot of waiting.",
    ),
    # Advice that others have followed is not to change unread.
    NewBoard(REPAIR_CORNER, "修理角 · Repair corner", "先别扔。 Don't throw it away yet.", review_edits=True),
)

CLOCK_COUNTER = MessageBoard(
    of="laochen",
    title="老陈的柜台 · The clock counter",
    description=(
        "钟停了也好，想说句话也好，先放在柜台上，我午睡起来就看。\n\n"
        "Leave a clock or leave a word. *I answer after my nap.*"
    ),
    audience=Audience.PUBLIC,
)

OSMANTHUS = MessageBoard(
    of="linxi",
    title="桂树下的信箱 · Under the osmanthus",
    description=(
        "我先看一眼，再贴出来。不是不放心你，是外婆也来看。\n\n"
        "I read everything before it shows. I trust you; my grandmother reads along."
    ),
    audience=Audience.MEMBERS,
    review_first=True,
)

MESSAGE_BOARDS = (CLOCK_COUNTER, OSMANTHUS)

VERDICTS = (
    Verdict("www.w3.org", HostVerdict.TRUSTED, "网页标准的发布者。 Publishes the standards of the web.", 82),
    Verdict("zh.wikipedia.org", HostVerdict.TRUSTED, "维基百科。 The Chinese Wikipedia.", 82),
    Verdict(
        "free-prizes.example",
        HostVerdict.BLOCKED,
        "以领奖为名索要银行卡密码。 Asks for card PINs under the pretext of a prize.",
        27,
    ),
)
