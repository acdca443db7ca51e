"""A community as plain data: everything that is true in it, whoever may see it. Two of them are compared.

Nothing here knows the service: keys are names, audiences and states the words of the statement and the API.
"""

from dataclasses import dataclass, field, replace

from tests.visibility.moderation import STANDINGS, Appeal, Case, Decision, Edit, Report

AUDIENCES = ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC")
STATES = ("PUBLISHED", "HELD", "REMOVED", "DELETED")
FIELDS = ("AVATAR", "BIO", "GENDER", "LOCATION", "BIRTHDAY", "WEBSITE", "EMAIL", "PHONE")
REACTIONS = ("LIKE", "LOVE", "LAUGH", "SURPRISE", "SAD", "THANKS")
PRECISIONS = ("FULL_DATE", "MONTH_AND_DAY", "YEAR")
#: The minute in which viewers come: a year after the world began.
NOW = 365 * 24 * 60


@dataclass(frozen=True)
class MessageBoard:
    """A member's own board as they set it."""

    audience: str = "MEMBERS"
    write_policy: str = "MEMBERS"
    review_first: bool = False
    title: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class Person:
    """A member. ``values`` holds what is filled in, by the name of the field, a birthday as ``YYYY-MM-DD``."""

    handle: str
    name: str
    role: str = "MEMBER"
    values: dict[str, str] = field(default_factory=dict)
    audiences: dict[str, str] = field(default_factory=dict)
    """Chosen ones; what is not chosen is as the privacy statement has it."""
    precision: str = "FULL_DATE"
    default_byline: tuple[str, ...] = ()
    board: MessageBoard = MessageBoard()


@dataclass(frozen=True)
class Post:
    """Left on a discussion board (by its slug) or on a member's message board (``@`` and the handle)."""

    key: str
    author: str
    board: str
    body: str
    audience: str
    minute: int
    """Since the world began; no two things share one."""
    state: str = "PUBLISHED"
    title: str | None = None
    byline: tuple[str, ...] = ()
    edited: int | None = None
    """The minute of the last edit."""
    said_before: tuple[str, ...] = ()
    """What it said before each edit, the oldest first."""
    handed_over: bool = False
    """Only on message boards: its owner has reported it to the moderators."""
    was_held: bool = False
    """Of what was removed or deleted: its board's owner had hidden it, or it waited, before it went."""

    @property
    def host(self) -> str | None:
        """Whose message board it is on."""
        return self.board[1:] if self.board.startswith("@") else None


@dataclass(frozen=True)
class Comment:
    """Under a post, or in answer to another comment under it."""

    key: str
    post: str
    parent: str | None
    author: str
    body: str
    audience: str
    """The post's when it was written."""
    minute: int
    state: str = "PUBLISHED"
    byline: tuple[str, ...] = ()
    edited: int | None = None
    said_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """All of it. Members are known by their handles, all else by keys."""

    people: dict[str, Person]
    discussions: tuple[str, ...]
    """Slugs of discussion boards, the oldest first."""
    follows: dict[tuple[str, str], int] = field(default_factory=dict)
    """(follower, followed) and since which minute."""
    blocks: dict[tuple[str, str], int] = field(default_factory=dict)
    """(blocker, blocked) and since which minute."""
    board_follows: dict[tuple[str, str], int] = field(default_factory=dict)
    """(member, slug of a discussion board) and since which minute."""
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    reactions: frozenset[tuple[str, str, str]] = frozenset()
    """(key of a post or comment, kind, member)."""
    decisions: tuple[Decision, ...] = ()
    reports: tuple[Report, ...] = ()
    appointed: frozenset[tuple[str, str]] = frozenset()
    """(member, slug of a discussion board that is theirs to moderate)."""
    cases: dict[str, Case] = field(default_factory=dict)
    edits: dict[str, Edit] = field(default_factory=dict)
    """By the key of what they change; of each the last one."""
    appeals: dict[str, Appeal] = field(default_factory=dict)
    templates: dict[tuple[str, str], str] = field(default_factory=dict)
    """What an explanation of a decision may begin with, by its action and reason."""

    def content(self, key: str) -> Post | Comment | None:
        """A post or comment."""
        return self.posts.get(key) or self.comments.get(key)

    def post_of(self, key: str) -> Post:
        """A post itself, or the one that a comment is below."""
        return self.posts[self.comments[key].post if key in self.comments else key]

    def reviewer_of(self, key: str) -> str | None:
        """Who reads its author's edits first: the owner of the board; None: moderators, as nobody reads their own."""
        host, content = self.post_of(key).host, self.content(key)
        return host if content and host != content.author else None

    def subject_of(self, target: str) -> str:
        """Whom a decision or report about ``target`` is about."""
        content = self.content(target)
        return content.author if content else target

    def board_of(self, target: str) -> str | None:
        """Where a post or comment stands; None of members."""
        return self.post_of(target).board if self.content(target) else None

    def decision(self, key: str) -> Decision:
        return next(each for each in self.decisions if each.key == key)

    def is_for_admins(self, decision: Decision) -> bool:
        """Whether an appeal against it is, as it is about where one stands whom moderators don't decide about."""
        subject = self.people[self.subject_of(decision.target)]
        return subject.role != "MEMBER" and decision.action in STANDINGS

    def sanction_of(self, handle: str) -> Decision | None:
        """The last decision that brought a member somewhere, if it still holds when viewers come."""
        made = [each for each in self.decisions if each.target == handle and each.action in STANDINGS]
        last = max(made, key=lambda each: each.minute, default=None)
        holds = last is not None and last.action != "LIFT" and (last.until is None or last.until > NOW)
        return last if holds else None

    def account_status_of(self, handle: str) -> str:
        sanction = self.sanction_of(handle)
        return STANDINGS[sanction.action] if sanction else "ACTIVE"

    def decided(self, decision: Decision) -> "World":
        """After ``decision``, which closes the open case about its target, unless it only frees a member."""
        if decision.action == "LIFT":
            return replace(self, decisions=(*self.decisions, decision))
        closed = {
            key: replace(case, decision=decision.key, claimed=None)
            for key, case in self.cases.items()
            if case.target == decision.target and case.decision is None
        }
        return replace(self, decisions=(*self.decisions, decision), cases=self.cases | closed)

    def parted(self, one: str, other: str) -> bool:
        """Whether a block stands between two, either way."""
        return (one, other) in self.blocks or (other, one) in self.blocks

    def friends(self, one: str, other: str) -> bool:
        return (one, other) in self.follows and (other, one) in self.follows

    def without(self, key: str) -> "World":
        """This world where a post or comment, and all that hangs on it, never was."""
        gone = {key} | {comment.key for comment in self.comments.values() if comment.post == key}
        found = True
        while found:
            below = {each.key for each in self.comments.values() if each.parent in gone} - gone
            gone, found = gone | below, bool(below)
        decisions = tuple(each for each in self.decisions if each.target not in gone)
        kept = {each.key for each in decisions}
        return replace(
            self,
            posts={name: post for name, post in self.posts.items() if name not in gone},
            comments={name: comment for name, comment in self.comments.items() if name not in gone},
            reactions=frozenset(each for each in self.reactions if each[0] not in gone),
            decisions=decisions,
            appeals={name: appeal for name, appeal in self.appeals.items() if appeal.decision in kept},
            reports=tuple(each for each in self.reports if each.target not in gone),
            edits={name: edit for name, edit in self.edits.items() if name not in gone},
            cases={name: case for name, case in self.cases.items() if case.target not in gone},
        )
