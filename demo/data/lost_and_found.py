"""What the demo's people have found and tell of in the tea house: both posts do not stay."""

from demo.actions import Deleted, Removed
from demo.data.places import TEA_HOUSE
from demo.model import Comment, Post
from domain.moderation import ReportReason

#: Taken back by its author: what was said below keeps standing, under a post without words.
UMBRELLA = Post(
    by="tomas",
    board=TEA_HOUSE,
    hours_ago=55,
    title="Whose umbrella is this?",
    body="Green, with a duck's head for a handle. It has been looking at me from the workbench since the rain.",
    comments=(
        Comment(
            "priya",
            10,
            "Keep it by the door for a week. Umbrellas come home by themselves.",
            replies=(Comment("linxi", 16, "鸭头的会认路。"),),
        ),
        Comment("mara", 42, "If nobody calls for it: I know a puddle it would like."),
    ),
    # Its owner came for it.
    actions=(Deleted("tomas", 240),),
)

WALLET = Post(
    by="linxi",
    board=TEA_HOUSE,
    hours_ago=22,
    title="捡到一个蓝色钱包",
    body=(
        "傍晚在断桥边捡到的，里面有名片，照抄在这里，看有没有人认识失主："
        "周小禾，电话 +1 202 555 0177，住湖滨的那家琴行楼上。"
    ),
    actions=(
        Removed(
            "yanzhou",
            47,
            ReportReason.PRIVACY,
            "你是好心，但失主的姓名、电话和住处不该由我们公开。请把钱包交给派出所，再发一帖只写时间、地点和颜色。",
        ),
    ),
)
