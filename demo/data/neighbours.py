"""The demo's people whom nobody signs in as, and of whom less is told."""

from demo.model import Person
from domain.audience import Audience
from domain.members import Birthday, BirthdayPrecision, Gender, ProfileField

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

#: Does not take no for an answer, so that there is somebody to report, to hand over and to block.
DAPENG = Person(
    handle="dapeng",
    name="大鹏",
    phone="+12025550109",
    profile={ProfileField.BIO: "上门收老电器，机子不响也要，人不卖我再问。", ProfileField.LOCATION: "上海"},
    audiences={ProfileField.BIO: Audience.PUBLIC, ProfileField.LOCATION: Audience.PUBLIC},
    follows=("laochen",),
)
