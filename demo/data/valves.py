"""The demo's longest talk: about a film's first seconds, in which its author is wrong, is told so and says so."""

from demo.actions import Deleted, Edited
from demo.data.places import BEHIND_THE_CAMERA
from demo.model import Comment, Post
from domain.reactions import ReactionKind

_UNCUT = Comment(
    "mara",
    9,
    "Don't cut it. The hum coming up is the best actor you have.",
    replies=(
        Comment(
            "linxi",
            15,
            "可是观众会以为电脑坏了。",
            replies=(
                Comment(
                    "priya",
                    22,
                    "Show a hand, waiting. Then they wait along with it.",
                    replies=(
                        Comment(
                            "mara",
                            31,
                            "And let the hand be a little late for something.",
                            replies=(Comment("linxi", 48, "手借到了，是外婆的，她赶着去打牌。"),),
                        ),
                    ),
                    reactions={ReactionKind.LOVE: ("linxi", "mara")},
                ),
            ),
        ),
    ),
    reactions={ReactionKind.LIKE: ("beiming",), ReactionKind.THANKS: ("linxi",)},
)

#: For the member who has blocked its author a tombstone above an answer; everybody else reads it.
_FOR_SALE = Comment(
    "dapeng",
    12,
    "这台机子卖不卖？我问第三遍了。",
    replies=(Comment("laochen", 26, "片子是给人看的，不是橱窗。", reactions={ReactionKind.LIKE: ("priya",)}),),
)

#: Said too sharply, and taken back once it was answered so kindly.
_COUNTED = Comment(
    "beiming",
    35,
    "三秒？你是不是没数过，三秒灯丝都还没热。",
    replies=(Comment("linxi", 50, "掐着表数了，你对，十一秒。已经改了。"),),
    actions=(Deleted("beiming", 70),),
)

VALVES = Post(
    by="linxi",
    board=BEHIND_THE_CAMERA,
    hours_ago=18,
    title="电子管醒来的那三秒",
    body="老收音机打开后的前三秒没有声音，要等灯丝慢慢亮起来。想整段放在片头，又怕太长。你们会剪吗？",
    comments=(_UNCUT, _FOR_SALE, _COUNTED),
    reactions={
        ReactionKind.LIKE: ("dapeng", "laochen"),
        ReactionKind.LOVE: ("mara", "priya"),
        ReactionKind.SURPRISE: ("beiming",),
    },
    actions=(
        Edited(
            "linxi",
            52,
            title="电子管醒来的那十一秒",
            body=(
                "老收音机打开后的前**十一秒**没有声音（先前写成三秒，是我心急），要等灯丝慢慢亮起来。"
                "想整段放在片头，又怕太长。你们会剪吗？"
            ),
        ),
    ),
)
