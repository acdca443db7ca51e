"""What is said in the demo among people who film."""

from demo.data.places import BEHIND_THE_CAMERA
from demo.model import Comment, Post
from domain.audience import Audience
from domain.members import ProfileField

WIND = Post(
    by="mara",
    board=BEHIND_THE_CAMERA,
    hours_ago=76,
    title="Wind is not the enemy, your sleeve is",
    body=(
        "Nine times out of ten the rustle in your recording is *you*.\n\n"
        "- Wool, not nylon.\n"
        "- Stand still before you press the button, not after.\n"
        "- Record a minute of nothing. You will need it, and it is the best part of the day."
    ),
    byline=(ProfileField.LOCATION, ProfileField.WEBSITE),
    comments=(
        Comment("beiming", 44, "零下三十度的时候，羽绒服比风还吵。现在我都裹一条旧毛毯，像座山。"),
        Comment("priya", 80, "“A minute of nothing” is going on my wall.", byline=(ProfileField.LOCATION,)),
    ),
)

MOHE = Post(
    by="beiming",
    board=BEHIND_THE_CAMERA,
    hours_ago=47,
    title="四百张里，只有一张没有我的呼吸",
    body=(
        "在江边架了一夜[延时](https://zh.wikipedia.org/wiki/缩时摄影)，天亮一看，镜头上全是我哈出来的白气。\n\n"
        "只剩一张是干净的：那会儿我憋着气，在听冰裂。原图和参数在[我的小站](https://night.example/mohe/ice)。"
    ),
    comments=(
        Comment(
            "mara",
            25,
            "Please tell me you recorded the ice.",
            replies=(Comment("beiming", 400, "录了，可是前半段全是我在说“好冷”。"),),
        ),
        Comment("阿桂", 61, "憋气那张给我做封面吧，用一碗米粉换。"),
    ),
)

DOOR = Post(
    by="priya",
    board=BEHIND_THE_CAMERA,
    hours_ago=40,
    title="Twelve frames of a closing door",
    body=(
        "A door closes in one second. I have been closing this one since Tuesday.\n\n"
        "It is a matchbox, the hinge is a hairpin, and **frame seven** still looks surprised. "
        "For members only until it shuts properly."
    ),
    audience=Audience.MEMBERS,
    comments=(Comment("linxi", 36, "第七格的惊讶请留着，门也可以有心事。"),),
)

RAIN = Post(
    by="阿桂",
    board=BEHIND_THE_CAMERA,
    hours_ago=15,
    title="雨夜的机位，先给你看",
    body="老街拐角那家钟表铺的雨棚底下，正对红灯笼的倒影。九点半以后没有车。别发出去，人一多，灯笼就不红了。",
    audience=Audience.FRIENDS,
    comments=(Comment("beiming", 55, "收到，烂在肚子里。"),),
)

BEFORE_THE_AT = Post(
    by="yanzhou",
    board=BEHIND_THE_CAMERA,
    hours_ago=8,
    title="片尾放链接的，看一眼 @ 前面",
    body=(
        "有人投稿的片尾写着 <https://www.w3.org@203.0.113.9/> 。@ 前面写什么都行，那只是用户名，"
        "真正的去处在 @ 后面。\n\n"
        "Whatever stands before the @ is decoration. The house says so next to every link, but look for yourself too."
    ),
    byline=(ProfileField.BIO,),
    comments=(Comment("tomas", 29, "Like a bicycle with somebody else's bell on it."),),
)
