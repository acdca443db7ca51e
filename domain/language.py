"""The languages in which the service speaks to people."""

from enum import Enum


class Language(Enum):
    """Chinese is the normal case, English its equal."""

    ZH = "zh"
    EN = "en"
