"""What the demo's people leave on each other's message boards."""

from demo.actions import Approved, Hidden, Reported
from demo.data.places import CLOCK_COUNTER, OSMANTHUS
from demo.model import Comment, Post
from domain.audience import Audience
from domain.moderation import ReportReason
from domain.reactions import ReactionKind

THANKS = Post(
    by="linxi",
    board=CLOCK_COUNTER.slug,
    hours_ago=50,
    title="谢谢您教的那碗水",
    body="外婆的座钟垫平了，两天没快一秒。她说钟没毛病了，该查查她自己。",
    comments=(
        Comment(
            "laochen",
            90,
            "人走得快不是毛病，别走丢就行。那碗水别倒，浇桂树。",
            replies=(
                Comment("linxi", 102, "浇了，还是不开花。", replies=(Comment("laochen", 131, "它也在等站平。"),)),
            ),
            reactions={ReactionKind.LOVE: ("linxi", "mara")},
        ),
    ),
    reactions={ReactionKind.LOVE: ("laochen",), ReactionKind.LAUGH: ("tomas",)},
)

CHURCH = Post(
    by="tomas",
    board=CLOCK_COUNTER.slug,
    hours_ago=43,
    title="The western foot",
    body="Right, from nine thousand kilometres away. One bottle cap under it, and Sunday is as long as Monday now.",
    comments=(Comment("laochen", 64, "瓶盖要换软木的，热胀冷缩。 Cork, not tin: tin walks."),),
    reactions={ReactionKind.THANKS: ("laochen",)},
)

NIGHT = Post(
    by="yanzhou",
    board=CLOCK_COUNTER.slug,
    hours_ago=30,
    title="夜里那声“当”",
    body="昨晚守门到一点，听见您家的钟在帖子里敲。谢谢您常来坐，茶一直温着。",
)

#: For friends of its author and for the owner of the board; neither the street nor the moderator finds it.
MAY = Post(
    by="mara",
    board=CLOCK_COUNTER.slug,
    hours_ago=26,
    title="Three days in May",
    body="I am coming through Chengdu with two microphones and no plan. Only telling those who would feed me.",
    audience=Audience.FRIENDS,
    comments=(Comment("laochen", 38, "给你留一间没有钟的屋子，好录音。", reactions={ReactionKind.LOVE: ("mara",)}),),
)

#: Hidden by the very person whom it was to surprise; its author still reads it among her own.
SURPRISE = Post(
    by="linxi",
    board=CLOCK_COUNTER.slug,
    hours_ago=20,
    title="嘘，周日的事",
    body="周日下午大家到柜台前，给老陈过退休三周年，蛋糕做成钟的样子。千万别让他看见这条。",
    actions=(Hidden("laochen", 12),),
)

#: Meant for the owner of the board alone, who hands it over: only so the moderator gets to see it.
ADDRESS = Post(
    by="dapeng",
    board=CLOCK_COUNTER.slug,
    hours_ago=12,
    title="问个地址",
    body="陈师傅，林溪搬到哪里去了？你把新地址给我，我上门看那台收音机，成了少不了你的茶钱。",
    audience=Audience.ONLY_ME,
    actions=(Reported("laochen", 25, ReportReason.PRIVACY, "她没说的地址，轮不到我说。请你们看看。"),),
)

SOCKS = Post(
    by="laochen",
    board=OSMANTHUS.slug,
    hours_ago=48,
    title="袜子够不够",
    body="电子管一只一只包，包好了数一遍：少一只管子，就少一个台。",
    audience=Audience.MEMBERS,
    comments=(
        Comment("linxi", 45, "数了三遍，一只不少。多出一只袜子，不知道是谁的。"),
        Comment("mara", 70, "Mine. Left foot, grey. I wondered."),
    ),
    reactions={ReactionKind.THANKS: ("linxi",)},
    actions=(Approved("linxi", 30),),
)

HUM = Post(
    by="priya",
    board=OSMANTHUS.slug,
    hours_ago=9,
    title="May I borrow your hum?",
    body="The hum of your radio, ten seconds of it, for a matchbox that is dreaming. I would credit the radio by name.",
    audience=Audience.MEMBERS,
)

GRANDMOTHER = Post(
    by="阿桂",
    board=OSMANTHUS.slug,
    hours_ago=5,
    title="想借外婆一句话",
    body="“钟没毛病了，该查查我自己”，这句想放在片尾。外婆要是不肯，我拿一碗米粉去求。",
    audience=Audience.MEMBERS,
)
