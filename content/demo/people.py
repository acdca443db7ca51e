"""Who lives in the demo, and what each of them lets whom see.

The telephone numbers are of the range that is kept for fiction (+1 XXX 555 0100 to 0199), the hosts of `.example`
(RFC 2606): nobody is rung up or written to.
"""

from content.demo.story import Person
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

AGUI = Person(
    handle="阿桂",
    name="阿桂",
    phone="+12025550105",
    profile={
        ProfileField.BIO: "拍米粉，吃米粉，不和人争米粉。",
        ProfileField.LOCATION: "桂林",
        ProfileField.BIRTHDAY: Birthday(None, 9, 9),
    },
    audiences={
        ProfileField.BIO: Audience.PUBLIC,
        ProfileField.LOCATION: Audience.MEMBERS,
        ProfileField.BIRTHDAY: Audience.MEMBERS,
    },
    birthday_precision=BirthdayPrecision.MONTH_AND_DAY,
    byline=(ProfileField.BIO,),
    follows=("beiming",),
)

TOMAS = Person(
    handle="tomas",
    name="Tomás",
    phone="+12025550106",
    profile={
        ProfileField.BIO: "Bicycles, mostly other people's. Porto is all hills, so business is good.",
        ProfileField.GENDER: Gender.MALE,
        ProfileField.LOCATION: "Porto",
    },
    audiences={ProfileField.BIO: Audience.PUBLIC, ProfileField.LOCATION: Audience.FRIENDS},
    follows=("mara", "laochen"),
)

BEIMING = Person(
    handle="beiming",
    name="北冥",
    phone="+12025550107",
    profile={
        ProfileField.BIO: "夜里拍星星，白天补觉，所以回得慢。",
        ProfileField.LOCATION: "漠河",
        ProfileField.WEBSITE: "https://night.example/mohe",
    },
    audiences={
        ProfileField.BIO: Audience.ONLY_ME,
        ProfileField.LOCATION: Audience.FRIENDS,
        ProfileField.WEBSITE: Audience.PUBLIC,
    },
    byline=(ProfileField.WEBSITE,),
    follows=("阿桂", "yanzhou"),
)

PRIYA = Person(
    handle="priya",
    name="Priya",
    phone="+12025550108",
    profile={
        ProfileField.BIO: "Stop-motion with whatever is in the kitchen drawer.",
        ProfileField.GENDER: Gender.FEMALE,
        ProfileField.LOCATION: "Bengaluru",
        ProfileField.BIRTHDAY: Birthday(1993, 1, 14),
    },
    audiences={
        ProfileField.BIO: Audience.PUBLIC,
        ProfileField.GENDER: Audience.FRIENDS,
        ProfileField.LOCATION: Audience.PUBLIC,
        ProfileField.BIRTHDAY: Audience.MEMBERS,
    },
    birthday_precision=BirthdayPrecision.YEAR,
    byline=(ProfileField.LOCATION, ProfileField.BIRTHDAY),
    follows=("mara", "linxi"),
)

PEOPLE = (MODERATOR, MEMBER, LAOCHEN, MARA, AGUI, TOMAS, BEIMING, PRIYA)
