"""Makes worlds at random: every relation, audience, state and kind of place, values that are alike and unlike."""

from dataclasses import replace
from random import Random

from tests.visibility.world import (
    AUDIENCES,
    FIELDS,
    PRECISIONS,
    REACTIONS,
    Comment,
    MessageBoard,
    Person,
    Post,
    World,
)

HANDLES = ("ann", "bob", "cai", "dora", "eve", "fei", "gus", "hua", "ivo", "jun", "kai", "liu")
#: Members who join later, as a change.
NEWCOMERS = ("mei", "nan", "ouyang")
#: Whom texts name, whether or not they are there.
NAMED = (*HANDLES[:8], *NEWCOMERS, "nobody")
#: Published most often, or lists would be empty.
STATES = ("PUBLISHED",) * 6 + ("HELD", "REMOVED", "DELETED")
MAX_DEPTH = 3

#: Alike in their beginning, their length or their order; some with links, which are computed when they are written.
WORDS = (
    "a",
    "aa",
    "ab",
    "z",
    "静夜思",
    "静夜",
    "Hello",
    "Hello there",
    "call 13800138000",
    "see [this](https://shady.example/x)",
    "https://trusted.example/",
    "**bold** <b>not</b>",
)
VALUES = {
    "AVATAR": ("https://pics.example/1.png", "https://pics.example/2.png"),
    "BIO": (*WORDS, "ask @mei", "with @ann and @eve"),
    "GENDER": ("FEMALE", "MALE", "OTHER"),
    "LOCATION": ("杭州", "杭", "Hangzhou", "A", "Z"),
    "BIRTHDAY": ("1990-01-01", "1990-01-02", "1991-01-01", "2000-12-31"),
    "WEBSITE": ("https://trusted.example/", "https://shady.example/", "http://plain.example/a"),
    "EMAIL": ("a@mail.example", "aa@mail.example", "z@mail.example"),
}


def phone_of(number: int) -> str:
    """A number of the range that is kept for fiction."""
    return f"+120255501{number:02d}"


class Maker:
    """Makes one world out of ``random``, and single things to change in it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._minute = 10
        self._made = 0

    def world(self) -> World:
        """Five to twelve members, with all that they said to each other."""
        random = self.random
        handles = HANDLES[: random.randint(5, 12)]
        people = {handle: self.person(number, handle) for number, handle in enumerate(handles)}
        people[handles[-1]] = replace(people[handles[-1]], role="MODERATOR")
        if len(handles) > 6:
            people[handles[-2]] = replace(people[handles[-2]], role="ADMIN")
        world = World(people, ("tea-house", "cinema"))
        pairs = [(one, other) for one in handles for other in handles if one != other]
        world = replace(
            world,
            follows={pair: self.minute() for pair in pairs if random.random() < 0.45},
            blocks={pair: self.minute() for pair in pairs if random.random() < 0.1},
            board_follows={
                (who, slug): self.minute() for who in handles for slug in world.discussions if random.random() < 0.3
            },
        )
        for _ in range(random.randint(10, 30)):
            world = self.with_post(world)
        for _ in range(random.randint(10, 40)):
            world = self.with_comment(world)
        for _ in range(random.randint(5, 30)):
            world = self.with_reaction(world)
        return world

    def minute(self) -> int:
        """A moment of its own."""
        self._minute += 1
        return self._minute

    def go_on_to(self, minute: int) -> None:
        """Let what is made next be from then on."""
        self._minute = max(self._minute, minute)

    def audience(self) -> str:
        return self.random.choice(AUDIENCES)

    def words(self) -> str:
        """Some name somebody."""
        said = self.random.choice(WORDS)
        return f"{said} @{self.named()}" if self.random.random() < 0.25 else said

    def named(self) -> str:
        return self.random.choice(NAMED)

    def byline(self) -> tuple[str, ...]:
        return tuple(name for name in FIELDS if self.random.random() < 0.3)

    def person(self, number: int, handle: str) -> Person:
        random = self.random
        values = {name: random.choice(choices) for name, choices in VALUES.items() if random.random() < 0.6}
        return Person(
            handle=handle,
            name=random.choice((handle.title(), "阿" + handle, "Someone")),
            values=values | {"PHONE": phone_of(number)},
            audiences={name: self.field_audience(name) for name in FIELDS if random.random() < 0.6},
            precision=random.choice(PRECISIONS),
            default_byline=self.byline(),
            board=self.message_board(),
        )

    def field_audience(self, name: str) -> str:
        """No wider than the field may be opened."""
        widest = {"EMAIL": 3, "PHONE": 2}.get(name, 4)
        return self.random.choice(AUDIENCES[:widest])

    def message_board(self) -> MessageBoard:
        random = self.random
        return MessageBoard(
            audience=random.choice(("ONLY_ME", "FRIENDS", "MEMBERS", "MEMBERS", "PUBLIC")),
            write_policy=random.choice(("ONLY_ME", "FRIENDS", "MEMBERS", "MEMBERS")),
            review_first=random.random() < 0.3,
            title=random.choice((None, "My wall", "小院")),
            description=random.choice((None, self.words())),
        )

    def with_post(self, world: World) -> World:
        """One more post, on any board; only entries on others' boards wait for anyone."""
        random = self.random
        author = random.choice(list(world.people))
        boards = [*world.discussions, *(f"@{handle}" for handle in world.people)]
        board = random.choice(world.discussions) if random.random() < 0.5 else random.choice(boards)
        is_guest = board.startswith("@") and board != f"@{author}"
        state = random.choice(STATES)
        minute = self.minute()
        is_edited = random.random() < 0.2
        post = Post(
            key=self.key("p"),
            author=author,
            board=board,
            body=self.words(),
            audience=self.audience(),
            minute=minute,
            state="PUBLISHED" if state == "HELD" and not is_guest else state,
            title=random.choice((None, self.words())),
            byline=self.byline(),
            edited=self.minute() if is_edited else None,
            said_before=(self.words(),) if is_edited else (),
            handed_over=is_guest and random.random() < 0.2,
            was_held=is_guest and state in {"REMOVED", "DELETED"} and random.random() < 0.3,
        )
        return replace(world, posts=world.posts | {post.key: post})

    def with_comment(self, world: World) -> World:
        """One more comment, under the audience that its post may have had then."""
        random = self.random
        if not world.posts:
            return world
        post = random.choice(list(world.posts.values()))
        above = [each for each in world.comments.values() if each.post == post.key and _depth(world, each) < MAX_DEPTH]
        is_edited = random.random() < 0.2
        minute = self.minute()
        state = random.choice(STATES)
        author = random.choice(list(world.people))
        is_guest = post.host is not None and post.host != author
        comment = Comment(
            key=self.key("c"),
            post=post.key,
            parent=random.choice(above).key if above and random.random() < 0.6 else None,
            author=author,
            body=self.words(),
            audience=post.audience if random.random() < 0.7 else self.audience(),
            minute=minute,
            state="PUBLISHED" if state == "HELD" and not is_guest else state,
            byline=self.byline(),
            edited=self.minute() if is_edited else None,
            said_before=(self.words(),) if is_edited else (),
        )
        return replace(world, comments=world.comments | {comment.key: comment})

    def with_reaction(self, world: World) -> World:
        targets = [*world.posts, *world.comments]
        if not targets:
            return world
        reaction = (
            self.random.choice(targets),
            self.random.choice(REACTIONS[:3]),
            self.random.choice(list(world.people)),
        )
        return replace(world, reactions=world.reactions | {reaction})

    def key(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"


def _depth(world: World, comment: Comment) -> int:
    return 0 if comment.parent is None else 1 + _depth(world, world.comments[comment.parent])
