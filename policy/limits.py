"""Every limit of the service (sizes, durations, rates), each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
#: `nodes` answers at most as many as a page.
MAX_NODES = 100

HANDLE_LENGTH = (2, 24)
DISPLAY_NAME_LENGTH = 40
#: NIST SP 800-63B asks for 8; the upper bound keeps hashing cheap.
PASSWORD_LENGTH = (8, 200)
LOCATION_LENGTH = 80
BIO_LENGTH = 2_000
URL_LENGTH = 2_000
EMAIL_LENGTH = 254
TITLE_LENGTH = 200
BODY_LENGTH = 20_000
EXPLANATION_LENGTH = 2_000
#: Of each language: an explanation may hold both, and a moderator's own words besides.
TEMPLATE_LENGTH = 900
#: More than anybody looks through; the defaults are 75.
MAX_TEMPLATES = 200
NOTE_LENGTH = 1_000
APPEAL_LENGTH = 2_000
#: Of each side of an appeal, or one could leave the other without a word. Ten questions, each with its answer: what is
#: not clear by then another decision has to settle.
MAX_APPEAL_MESSAGES = 10
#: The Digital Services Act (article 20) asks for six months at least.
APPEAL_WINDOW = timedelta(days=180)
#: A slip of the hand is noticed within minutes. Later others have seen it and acted on it: that takes a new decision.
UNDO_WINDOW = timedelta(minutes=10)
#: Of what was decided about; longer words are cut.
EVIDENCE_LENGTH = 4_000
#: Cases decided in one request.
MAX_DECISIONS_AT_ONCE = 50
#: Of one moderator at a time: nobody decides more in a sitting, and what else waits is to be there for the others.
MAX_CLAIMS = 50
#: A sanction that is to hold for longer is a ban.
LONGEST_SANCTION = timedelta(days=365)
LETTER_LENGTH = 2_000
#: How long a letter whose gateway does not take it waits for the next try; after the last it is given up.
LETTER_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1_440))
PURPOSE_LENGTH = 500
#: A case shows so many of the decisions about its target, the latest: what is removed and restored in turns has many.
MAX_CASE_DECISIONS = 20
SLUG_LENGTH = (2, 40)
IDEMPOTENCY_KEY_LENGTH = 100
#: Deeper threads become two-person quarrels, and nobody follows them on a phone.
MAX_REPLY_DEPTH = 5
#: Counting stops here: nobody reads past it, and an exact count of a big board costs a scan.
MAX_COUNTED_POSTS = 1_000
MAX_FOLLOWS = 5_000
MAX_BLOCKS = 2_000
#: A page of one's feed looks into each of them.
MAX_FOLLOWED_BOARDS = 200
#: Whoever looks after more looks after all; their queue is merged from each of them.
MAX_MODERATED_BOARDS = 50
#: Statistics are released over at least so many (section 3 of the privacy statement): fewer could single someone out.
SMALLEST_GROUP = 10
#: A transparency report's; ten years.
MAX_MONTHS = 120

CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
SESSION_LIFETIME = timedelta(days=60)
#: A client that retries later than this has long given up.
IDEMPOTENCY_LIFETIME = timedelta(days=7)


MAX_LINKS_IN_A_TEXT = 100
#: Of imported HTML, where lists of links are kept whole.
MAX_LINKS_IN_HTML = 500
MAX_MENTIONS_IN_A_TEXT = 50
#: What looks like a mention is looked into so often; past that it is text.
MAX_MENTION_TRIES = 200
#: Microseconds that rendering a text may take, by its marks: everybody else who asks waits meanwhile.
MAX_EFFORT = 32_000
_UNSEEN = r"[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f]"
#: What rendering Markdown takes, in microseconds each as ``python -m bench.hostile_texts`` measures them: "" is
#: any character, and what is longer than one is a pattern.
EFFORT_OF_MARKDOWN: Mapping[str, float] = {
    "": 0.3,
    r"[\r\n][^\r\n]": 12,
    # An empty line, after which a new paragraph begins.
    r"(?>\r\n?|\n)[ \t]*[\r\n]": 9,
    "|": 12,
    "[": 45,
    # One that is not closed has the parser look for its end, past what is found on the way.
    r"\[(?![^\[\]\r\n]{0,300}\])": 60,
    "*": 12,
    "_": 12,
    "`": 7,
    ">": 8,
    # A quote in a quote.
    r">[ \t]*(?=>)": 8,
    "~": 5,
    # What has no shape of its own is looked at once more: it may climb, hide or turn the line around.
    _UNSEEN: 1.5,
    # Each ends a run of plain letters, and every rule looks whether it is meant.
    r"[!#$%&+\-:<=@\\\]^{}~]": 4,
    # A heading, an entry of a list, a picture, what may begin a link's address.
    "^ {0,3}#": 15,
    r"(?:[-+*]|[0-9][.)])(?=\s)": 40,
    r"!\[": 180,
    r"\.[^\W_]|://|\]\(": 30,
}
#: Finding out which tags of imported HTML are nested too deep.
EFFORT_OF_FLATTENING: Mapping[str, float] = {"<": 2.5}
#: What rendering it takes once those are gone.
EFFORT_OF_HTML: Mapping[str, float] = {
    "": 0.1,
    r"[^\x00-\x7f]": 0.5,
    _UNSEEN: 0.5,
    "<": 6,
    ">": 1,
    "&": 3,
    r"<a\s": 50,
    r"<img\s": 120,
}
#: Nobody reads the twenty-first quote, and markdown-it's time grows with the depth.
MAX_NESTING = 20
#: Lines looked at for the ends of quotes: those of most texts once, where quotes stand in quotes once for each.
MAX_QUOTED_LINES = 5_000
#: Of imported HTML, in characters: a text of the longest kind with all its tags.
MAX_HTML_LENGTH = 100_000
#: Of imported HTML; what stands deeper loses its tags and keeps its words.
MAX_NESTED_HTML = 30
#: Of them bold, links and the like: what is not closed begins anew in every block.
MAX_NESTED_FORMATS = 8
#: UTS #39, 5.4: more nonspacing marks on a letter are a sign of deception. Every living script does with fewer.
MAX_MARKS_ON_A_LETTER = 4
#: The flag of Scotland is a black flag with six.
MAX_UNSEEN_AFTER_A_LETTER = 6
#: Turns of the reading order inside each other; a quote inside a quote needs two.
MAX_TURNS = 8
#: Signs of an excerpt: a line of a list, or of a letter about it.
DEFAULT_EXCERPT_LENGTH = 140
MAX_EXCERPT_LENGTH = 1_000
#: Notices before publishing: nobody reads a fifty-first.
MAX_NOTICES = 50
#: A title and a body; only letters that unfold into many make more of them.
MAX_SEARCHED_LENGTH = TITLE_LENGTH + 1 + BODY_LENGTH
#: Posts that a preview of audiences counts for a field; more are "at least so many".
MAX_PREVIEWED_POSTS = 1_000
#: Passwords that may wait to be hashed; each takes about 50 ms of a core.
MAX_WAITING_HASHES = 32


class Rate(Enum):
    """What is counted, and by whom."""

    CODE_PER_PHONE_SOON = "code-phone-soon"
    CODE_PER_PHONE = "code-phone"
    CODE_PER_ADDRESS = "code-address"
    REGISTER_PER_PHONE = "register-phone"
    REGISTER_PER_ADDRESS = "register-address"
    TEXT_PER_MEMBER = "text-member"
    CHECK_PER_MEMBER = "check-member"
    REACTION_PER_MEMBER = "reaction-member"
    REPORT_PER_MEMBER = "report-member"
    LETTER_PER_MEMBER = "letter-member"
    LETTER_PER_PAIR = "letter-pair"
    LETTER_PER_RECIPIENT = "letter-recipient"
    HIDDEN_FIELD_PER_MODERATOR = "hidden-field-moderator"
    SIGN_IN_PER_LOGIN = "sign-in-login"
    SIGN_IN_PER_ADDRESS = "sign-in-address"


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most ``times`` in each ``window``."""

    times: int
    window: timedelta


#: Codes cost money and annoy; tries are how passwords are guessed, and hashing is dear: where Redis is away these
#: refuse, and so do reads of what members hid. Texts, reactions and reports are counted against flooding; where Redis
#: is away they are not counted.
RATES: Mapping[Rate, Allowance] = {
    Rate.CODE_PER_PHONE_SOON: Allowance(1, timedelta(seconds=60)),
    Rate.CODE_PER_PHONE: Allowance(10, timedelta(days=1)),
    Rate.CODE_PER_ADDRESS: Allowance(60, timedelta(hours=1)),
    Rate.REGISTER_PER_PHONE: Allowance(10, timedelta(minutes=10)),
    Rate.REGISTER_PER_ADDRESS: Allowance(100, timedelta(hours=1)),
    Rate.TEXT_PER_MEMBER: Allowance(200, timedelta(minutes=10)),
    # A check renders as publishing does; apart, so that who looks before they publish can publish as much.
    Rate.CHECK_PER_MEMBER: Allowance(400, timedelta(minutes=10)),
    Rate.REACTION_PER_MEMBER: Allowance(600, timedelta(minutes=10)),
    # Who cleans up after a wave of spam reports dozens; nobody reports hundreds by hand.
    Rate.REPORT_PER_MEMBER: Allowance(100, timedelta(hours=1)),
    # They reach people where they did not come by themselves; where Redis is away they are refused, as codes are.
    Rate.LETTER_PER_MEMBER: Allowance(20, timedelta(hours=1)),
    Rate.LETTER_PER_PAIR: Allowance(5, timedelta(days=1)),
    # Many can't bury one: more than these wait for another day, and no sender is told.
    Rate.LETTER_PER_RECIPIENT: Allowance(50, timedelta(days=1)),
    # A case takes a few; who reads dozens an hour is not working on cases.
    Rate.HIDDEN_FIELD_PER_MODERATOR: Allowance(30, timedelta(hours=1)),
    Rate.SIGN_IN_PER_LOGIN: Allowance(10, timedelta(minutes=10)),
    Rate.SIGN_IN_PER_ADDRESS: Allowance(100, timedelta(minutes=10)),
}
