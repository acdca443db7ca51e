"""Who lives in the demo, what each of them lets whom see, and who wants to see nothing more of whom.

The telephone numbers are of the range that is kept for fiction (+1 XXX 555 0100 to 0199), the hosts of `.example`
(RFC 2606): nobody is rung up or written to.
"""

from demo.data.neighbours import AGUI, BEIMING, DAPENG, PRIYA, TOMAS
from demo.model import Blocked, Person
from domain.audience import Audience
from domain.members import Birthday, BirthdayPrecision, Gender, ProfileField, Role

MODERATOR = Person(
    handle="yanzhou",
    name="砚舟",
    phone="+12025550101",
    role=Role.MODERATOR,
    password="lantern-at-dusk",  # noqa: S106 - printed at start, and only ever made on a loopback address
    profile={
        ProfileField.BIO: "在这里看门、浇花，偶尔劝架。I keep the porch swept.",
        ProfileField.LOCATION: "苏州",
        ProfileField.WEBSITE: "https://yanzhou.example/notes",
    },
    audiences={ProfileField.BIO: Audience.PUBLIC, ProfileField.LOCATION: Audience.MEMBERS},
    byline=(ProfileField.BIO,),
    follows=("linxi", "laochen", "mara"),
)

MEMBER = Person(
    handle="linxi",
    name="林溪",
    phone="+12025550102",
    password="osmanthus-rain",  # noqa: S106 - printed at start, and only ever made on a loopback address
    profile={
        ProfileField.BIO: "修旧收音机，养一棵不开花的桂树。",
        ProfileField.GENDER: Gender.FEMALE,
        ProfileField.LOCATION: "杭州",
        ProfileField.BIRTHDAY: Birthday(1996, 10, 2),
        ProfileField.WEBSITE: "https://linxi.example",
        ProfileField.EMAIL: "hello@linxi.example",
    },
    audiences={
        ProfileField.GENDER: Audience.MEMBERS,
        ProfileField.LOCATION: Audience.PUBLIC,
        ProfileField.BIRTHDAY: Audience.FRIENDS,
        ProfileField.EMAIL: Audience.FRIENDS,
    },
    birthday_precision=BirthdayPrecision.MONTH_AND_DAY,
    byline=(ProfileField.LOCATION, ProfileField.BIO),
    follows=("laochen", "mara", "阿桂"),
)

LAOCHEN = Person(
    handle="laochen",
    name="老陈",
    phone="+12025550103",
    profile={
        ProfileField.BIO: "修了四十年钟表，退休三年，表还是比人准。",
        ProfileField.GENDER: Gender.MALE,
        ProfileField.LOCATION: "成都",
        ProfileField.BIRTHDAY: Birthday(1958, 3, 12),
        ProfileField.EMAIL: "laochen@clock.example",
    },
    audiences={
        ProfileField.GENDER: Audience.PUBLIC,
        ProfileField.LOCATION: Audience.PUBLIC,
        ProfileField.BIRTHDAY: Audience.PUBLIC,
        ProfileField.PHONE: Audience.FRIENDS,
    },
    birthday_precision=BirthdayPrecision.YEAR,
    byline=(ProfileField.LOCATION, ProfileField.BIO),
    follows=("linxi",),
)

MARA = Person(
    handle="mara",
    name="Mara",
    phone="+12025550104",
    profile={
        ProfileField.BIO: "Sound recordist. I collect *quiet rooms* and the noises people no longer hear.",
        ProfileField.LOCATION: "Göteborg",
        ProfileField.BIRTHDAY: Birthday(1989, 6, 21),
        ProfileField.WEBSITE: "http://mara.example",
        ProfileField.EMAIL: "mara@quiet.example",
    },
    audiences={
        ProfileField.BIO: Audience.PUBLIC,
        ProfileField.LOCATION: Audience.PUBLIC,
        ProfileField.BIRTHDAY: Audience.FRIENDS,
        ProfileField.WEBSITE: Audience.PUBLIC,
        ProfileField.EMAIL: Audience.MEMBERS,
    },
    byline=(ProfileField.LOCATION,),
    follows=("linxi", "tomas", "priya"),
)

PEOPLE = (MODERATOR, MEMBER, LAOCHEN, MARA, AGUI, TOMAS, BEIMING, PRIYA, DAPENG)

#: After all that is told: neither follows the other, for what is told anew could not be followed any more.
BLOCKS = (Blocked("linxi", "dapeng", hours_ago=10),)
