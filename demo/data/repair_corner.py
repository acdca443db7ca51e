"""What is said in the demo's repair corner."""

from demo.actions import Edited, Reported
from demo.data.places import REPAIR_CORNER
from demo.model import Comment, Post
from domain.audience import Audience
from domain.moderation import ReportReason
from domain.reactions import ReactionKind

CLOCK = Post(
    by="laochen",
    board=REPAIR_CORNER,
    hours_ago=66,
    title="座钟走快了，先别急着拆",
    body=(
        "十个说快的，七个是摆得不平。拿一碗水放在钟顶上，水面歪，钟就歪。\n\n"
        "> 快慢都是脾气，先问它站得舒不舒服。\n\n"
        "垫平了还快，再来找我。"
    ),
    audience=Audience.MEMBERS,
    comments=(
        Comment(
            "tomas",
            50,
            "Mine only runs fast on Sundays. Do I level it or take it to church?",
            replies=(Comment("laochen", 140, "礼拜天家里人多，地板沉下去了。垫西边那只脚。"),),
        ),
    ),
)

CLICK = Post(
    by="tomas",
    board=REPAIR_CORNER,
    hours_ago=60,
    title="A bicycle that clicks only on Tuesdays",
    body=(
        "Crank tight, chain new, pedals greased. It clicks on Tuesdays. I went through every cause on "
        "[this list](https://bikes.example/creaks) and calendars are not on it."
    ),
    comments=(
        Comment(
            "linxi",
            18,
            "星期二你带什么出门？",
            replies=(Comment("tomas", 31, "…My keys. In the saddle bag. On Tuesdays I open the shop. I am so sorry."),),
            reactions={ReactionKind.LIKE: ("laochen", "yanzhou"), ReactionKind.SURPRISE: ("tomas",)},
        ),
        Comment("laochen", 47, "这个病我也修过，主人也姓钥。"),
    ),
    # It waits for the moderator: edits do on this board.
    actions=(
        Edited(
            "tomas",
            55,
            title="A bicycle that clicked only on Tuesdays",
            body=(
                "It was my keys, in the saddle bag: on Tuesdays I open the shop. Thank you, @linxi!\n\n"
                "Empty your bags before you take a crank apart. "
                "[This list](https://bikes.example/creaks) still does not say so."
            ),
        ),
    ),
    reactions={ReactionKind.LAUGH: ("linxi", "laochen", "mara"), ReactionKind.SAD: ("priya",)},
)

RADIO = Post(
    by="linxi",
    board=REPAIR_CORNER,
    hours_ago=34,
    title="记给自己：那台收音机",
    body="换了两只电容，还是只收得到戏曲台。先不告诉任何人，也许它就是喜欢听戏。",
    audience=Audience.ONLY_ME,
)

#: Reported by the member, and not yet decided about; she has blocked its author since.
BUYING = Post(
    by="dapeng",
    board=REPAIR_CORNER,
    hours_ago=31,
    title="长年收老收音机，电子管优先",
    body=(
        "喇叭响不响都收，价钱好商量。家里老人留下的机子，别放着落灰，也别跟我讲感情。\n\n"
        "今天在这里写一遍，明天再写一遍，总有人会松口。"
    ),
    comments=(
        Comment(
            "laochen", 20, "感情也是零件，缺了它，修好了也不响。", reactions={ReactionKind.LIKE: ("linxi", "tomas")}
        ),
        Comment("tomas", 33, "Write it once and wait. That is how I sold my tandem."),
    ),
    actions=(Reported("linxi", 55, ReportReason.SPAM, "连着三天，一天一遍，都是同一段话。"),),
)

CABLE = Post(
    by="mara",
    board=REPAIR_CORNER,
    hours_ago=3,
    title="How to mend a cable you love",
    body=(
        "Cut less than you think. Solder warmer than you dare. Wait longer than you want.\n\n"
        "The best drawing I know is older than encryption: http://cables.example/drawings/xlr"
    ),
    comments=(
        Comment("linxi", 12, "“等得比你想的久”，修什么都一样。"),
        Comment("laochen", 35, "要得。", byline=()),
    ),
)
