"""The demo's boards, and what its moderator thinks of other sites."""

from content.boards import NewBoard
from content.demo.story import Verdict
from domain.text import HostVerdict

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
    NewBoard(REPAIR_CORNER, "修理角 · Repair corner", "先别扔。 Don't throw it away yet."),
)

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
