"""What is said in the demo's tea house."""

from demo.actions import Removed, Reported
from demo.data.places import TEA_HOUSE
from demo.model import Comment, Post
from domain.audience import Audience
from domain.members import ProfileField
from domain.moderation import ReportReason
from domain.reactions import ReactionKind

WELCOME = Post(
    by="yanzhou",
    board=TEA_HOUSE,
    hours_ago=82,
    title="先找个凳子坐 · Pull up a stool",
    body=(
        "门开着，街上的人看得见这里说的话，但只看得见你愿意让他们看见的。发帖时，"
        "可以选给谁看，也可以选名字下面带上哪几项资料。\n\n"
        "The door is open. People in the street hear what we say here, and of ourselves only what we let them. "
        "If you show a picture, say in words what is on it: [here is how](https://www.w3.org/WAI/tutorials/images/). "
        "And if you would rather talk to the house itself, [its window is over there](/graphiql)."
    ),
    comments=(
        Comment("laochen", 14, "我自带小马扎。", replies=(Comment("yanzhou", 21, "那就坐树荫那边，凉快。"),)),
        Comment("mara", 95, "Pulled up a stool. It creaks in F sharp, please don't repair it."),
    ),
)

NOODLES = Post(
    by="阿桂",
    board=TEA_HOUSE,
    hours_ago=71,
    title="米粉先干拌还是先加汤",
    body=(
        "拍了三家店，六位老人家，问的是同一句话。结果三比三。\n\n"
        "1. 先干拌：卤水挂得住，汤留到最后，一口见底。\n"
        "2. 先加汤：冬天早上六点，谁还跟你讲道理。\n\n"
        "我不投票，我要继续拍。你们呢？"
    ),
    comments=(
        Comment(
            "linxi",
            8,
            "干拌。最后那口汤是奖励，不能提前发。",
            reactions={ReactionKind.LIKE: ("阿桂", "laochen"), ReactionKind.LAUGH: ("priya",)},
        ),
        Comment(
            "beiming",
            19,
            "先加汤的人根本不配吃米粉，连话都不配讲。",
            replies=(Comment("阿桂", 26, "先喝口热的，消消气。片子里那位先加汤的，是我外婆。"),),
            actions=(
                Reported("linxi", 30, ReportReason.ABUSE, "争米粉可以，不让人讲话不行。"),
                Removed("yanzhou", 40, ReportReason.ABUSE, "对米粉可以苛刻，对人不可以。改了口气，欢迎再来争。"),
            ),
        ),
        Comment(
            "priya", 130, "I can't read the menu but I know this argument. At home it is about when the milk goes in."
        ),
    ),
    reactions={ReactionKind.LOVE: ("linxi", "priya", "beiming"), ReactionKind.LAUGH: ("laochen", "mara")},
)

MOVING = Post(
    by="linxi",
    board=TEA_HOUSE,
    hours_ago=52,
    title="周六搬家，缺两双手",
    body=(
        "东西不多，沉的是那台电子管收音机，一个人抱不动，两个人怕吵架，三个人刚好。\n\n"
        "管饭。只告诉朋友，新地址到时候当面说。"
    ),
    audience=Audience.FRIENDS,
    comments=(
        Comment("laochen", 33, "人在成都，手到不了，话到：先拆电子管，用袜子包。"),
        Comment("mara", 71, "If anyone records it coming up the stairs, I will pay for the noodles."),
    ),
)

WINDSCREEN = Post(
    by="tomas",
    board=TEA_HOUSE,
    hours_ago=28,
    title="A prize on my windscreen",
    body=(
        "This morning every bicycle in our street had won a car. The slip says to go to "
        "https://free-prizes.example/claim and have your bank card ready, PIN included.\n\n"
        "I have never won anything for parking before, so I thought I would ask here first."
    ),
    comments=(
        Comment("yanzhou", 38, "谢谢你先来问。这个网站我已经封了，旧帖里的链接也一起。 Blocked, in old posts too."),
        Comment(
            "linxi",
            52,
            "自行车中汽车，编得也太不用心了。",
            reactions={ReactionKind.LAUGH: ("tomas", "laochen", "mara")},
        ),
    ),
    reactions={ReactionKind.SURPRISE: ("priya",), ReactionKind.THANKS: ("yanzhou", "laochen")},
)

#: The newest post that everyone sees, and so the answer to the first query: one trusted link, one to beware of, and a
#: byline of which visitors see the place and members see the rest.
PHISHING = Post(
    by="laochen",
    board=TEA_HOUSE,
    hours_ago=0.5,
    title="这条“银行”短信，我差点点了",
    body=(
        "昨晚手机一响：“您的账户异常，请立即核实”，后面跟着 [bank.example.com](http://198.51.100.7/login)。\n\n"
        "修了一辈子钟，我知道越是催你快的，越要先打开看看。门牌写着银行，门后是一串数字，大家别点。"
        "这叫[钓鱼](https://zh.wikipedia.org/wiki/钓鱼式攻击)，记得说给家里老人听。"
    ),
    byline=(ProfileField.LOCATION, ProfileField.BIO),
    comments=(
        Comment(
            "linxi",
            6,
            "已经念给外婆听了。她说她那张卡里就二十块，欢迎来骗。",
            reactions={ReactionKind.LOVE: ("mara",), ReactionKind.LAUGH: ("laochen", "yanzhou")},
        ),
        Comment("mara", 17, "My bank did the same to me last year, in worse grammar. Thank you for looking first."),
    ),
    reactions={ReactionKind.LIKE: ("mara",), ReactionKind.THANKS: ("linxi", "yanzhou", "tomas")},
)
