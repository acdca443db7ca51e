"""Changes a world in one respect: a value, an audience, whether something exists. What it changes is anyone's guess.

Whether a viewer may see a change is the model's to say; here only what can be true in a world is made sure of.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.visibility.generators import HANDLES, NEWCOMERS, VALUES, WORDS, Maker, phone_of
from tests.visibility.generators_moderation import decision
from tests.visibility.mutations_moderation import CHANGES_OF_ORDER, Change
from tests.visibility.world import FIELDS, PRECISIONS, Comment, Person, Post, World

Key = TypeVar("Key")
Value = TypeVar("Value")


def changed(world: World, maker: Maker) -> tuple[str, World]:
    """``world`` after one change of a kind chosen at random, and that kind's name."""
    change = maker.random.choice(CHANGES)
    return change.__name__, change(world, maker)


def a_profile_value(world: World, maker: Maker) -> World:
    """Another value, none, a longer one, or the same as somebody else's."""
    random, person = maker.random, _somebody(world, maker.random)
    name = random.choice(list(VALUES))
    elsewhere = [each.values[name] for each in world.people.values() if name in each.values]
    values = dict(person.values)
    chosen = "" if random.random() < 0.3 else random.choice((*VALUES[name], *elsewhere))
    values.pop(name, None)
    return _with_person(world, replace(person, values=values | ({name: chosen} if chosen else {})))


def a_phone_number(world: World, maker: Maker) -> World:
    person = _somebody(world, maker.random)
    number = phone_of(maker.random.randint(50, 99))
    if any(each.values.get("PHONE") == number for each in world.people.values()):
        return world
    return _with_person(world, replace(person, values=dict(person.values) | {"PHONE": number}))


def a_field_s_audience(world: World, maker: Maker) -> World:
    person, name = _somebody(world, maker.random), maker.random.choice(FIELDS)
    chosen = {**person.audiences, name: maker.field_audience(name)}
    if maker.random.random() < 0.2:
        chosen.pop(name)
    return _with_person(world, replace(person, audiences=chosen))


def a_birthday_s_precision(world: World, maker: Maker) -> World:
    return _with_person(world, replace(_somebody(world, maker.random), precision=maker.random.choice(PRECISIONS)))


def a_birthday_s_day(world: World, maker: Maker) -> World:
    """Another day of the same year, which shows to fewer than the year does."""
    born = [person for person in world.people.values() if "BIRTHDAY" in person.values]
    if not born:
        return world
    person = maker.random.choice(born)
    year = person.values["BIRTHDAY"][:4]
    return _with_person(
        world, replace(person, values=dict(person.values) | {"BIRTHDAY": f"{year}-07-{maker.random.randint(10, 28)}"})
    )


def a_default_byline(world: World, maker: Maker) -> World:
    return _with_person(world, replace(_somebody(world, maker.random), default_byline=maker.byline()))


def a_message_board(world: World, maker: Maker) -> World:
    person, other = _somebody(world, maker.random), maker.message_board()
    part = maker.random.choice(("audience", "write_policy", "review_first", "title", "description"))
    return _with_person(world, replace(person, board=replace(person.board, **{part: getattr(other, part)})))


def a_follow(world: World, maker: Maker) -> World:
    return replace(world, follows=_toggled(world.follows, _pair(world, maker.random), maker))


def a_block(world: World, maker: Maker) -> World:
    return replace(world, blocks=_toggled(world.blocks, _pair(world, maker.random), maker))


def a_followed_board(world: World, maker: Maker) -> World:
    pair = maker.random.choice(list(world.people)), maker.random.choice(world.discussions)
    return replace(world, board_follows=_toggled(world.board_follows, pair, maker))


def another_member(world: World, maker: Maker) -> World:
    """Who blocks almost everybody, and so is there for nobody else: texts may have named them all along."""
    number = len(world.people.keys() & set(NEWCOMERS))
    if number == len(NEWCOMERS):
        return world
    person = maker.person(len(HANDLES) + number, NEWCOMERS[number])
    blocks = {(person.handle, other): maker.minute() for other in world.people if maker.random.random() < 0.9}
    return replace(_with_person(world, person), blocks={**world.blocks, **blocks})


def whom_a_post_names(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: replace(post, body=f"{maker.words()} @{maker.named()}"))


def another_post(world: World, maker: Maker) -> World:
    return maker.with_post(world)


def another_comment(world: World, maker: Maker) -> World:
    return maker.with_comment(world)


def no_such_post(world: World, maker: Maker) -> World:
    return world.without(maker.random.choice(list(world.posts))) if world.posts else world


def no_such_comment(world: World, maker: Maker) -> World:
    return world.without(maker.random.choice(list(world.comments))) if world.comments else world


def a_post_s_words(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: replace(post, body=maker.words()))


def a_post_s_title(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: replace(post, title=maker.random.choice((None, *WORDS))))


def a_post_s_audience(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: replace(post, audience=maker.audience()))


def a_post_s_state(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: _in_another_state(post, post.host, maker))


def a_post_s_byline(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: replace(post, byline=maker.byline()))


def what_a_post_said_before(world: World, maker: Maker) -> World:
    return _with_post(world, maker, lambda post: _said_before(post, maker))


def whether_an_entry_was_handed_over(world: World, maker: Maker) -> World:
    def toggled(post: Post) -> Post:
        is_guest = post.host is not None and post.host != post.author
        return replace(post, handed_over=is_guest and not post.handed_over)

    return _with_post(world, maker, toggled)


def a_comment_s_words(world: World, maker: Maker) -> World:
    return _with_comment(world, maker, lambda comment: replace(comment, body=maker.words()))


def a_comment_s_audience(world: World, maker: Maker) -> World:
    return _with_comment(world, maker, lambda comment: replace(comment, audience=maker.audience()))


def a_comment_s_state(world: World, maker: Maker) -> World:
    return _with_comment(
        world, maker, lambda comment: _in_another_state(comment, world.posts[comment.post].host, maker)
    )


def what_a_comment_said_before(world: World, maker: Maker) -> World:
    return _with_comment(world, maker, lambda comment: _said_before(comment, maker))


def a_reaction(world: World, maker: Maker) -> World:
    if world.reactions and maker.random.random() < 0.4:
        return replace(world, reactions=world.reactions - {maker.random.choice(sorted(world.reactions))})
    return maker.with_reaction(world)


def another_reactor(world: World, maker: Maker) -> World:
    """Somebody else reacts in the same way: the number stays as it is for those who see both."""
    if not world.reactions:
        return world
    target, kind, who = maker.random.choice(sorted(world.reactions))
    other = maker.random.choice(list(world.people))
    return replace(world, reactions=(world.reactions - {(target, kind, who)}) | {(target, kind, other)})


CHANGES: tuple[Change, ...] = (
    a_profile_value,
    a_phone_number,
    a_field_s_audience,
    a_birthday_s_precision,
    a_birthday_s_day,
    a_default_byline,
    a_message_board,
    a_follow,
    a_block,
    a_followed_board,
    another_member,
    whom_a_post_names,
    another_post,
    another_comment,
    no_such_post,
    no_such_comment,
    a_post_s_words,
    a_post_s_title,
    a_post_s_audience,
    a_post_s_state,
    a_post_s_byline,
    what_a_post_said_before,
    whether_an_entry_was_handed_over,
    a_comment_s_words,
    a_comment_s_audience,
    a_comment_s_state,
    what_a_comment_said_before,
    a_reaction,
    another_reactor,
    *CHANGES_OF_ORDER,
)


def _somebody(world: World, random: Random) -> Person:
    return random.choice(list(world.people.values()))


def _pair(world: World, random: Random) -> tuple[str, str]:
    """Any two; as often two whom a block parts, between whom what changes is hidden from both."""
    if world.blocks and random.random() < 0.5:
        pair = random.choice(list(world.blocks))
        return pair if random.random() < 0.5 else pair[::-1]
    one, other = random.sample(list(world.people), 2)
    return one, other


def _with_person(world: World, person: Person) -> World:
    return replace(world, people={**world.people, person.handle: person})


def _toggled(ties: Mapping[Key, int], tie: Key, maker: Maker) -> dict[Key, int]:
    if tie in ties:
        return {each: since for each, since in ties.items() if each != tie}
    return {**ties, tie: maker.minute()}


def _with_post(world: World, maker: Maker, change: Callable[[Post], Post]) -> World:
    if not world.posts:
        return world
    post = change(maker.random.choice(list(world.posts.values())))
    return _consistent(replace(world, posts=world.posts | {post.key: post}), post.key, post.state, maker)


def _with_comment(world: World, maker: Maker, change: Callable[[Comment], Comment]) -> World:
    if not world.comments:
        return world
    comment = change(maker.random.choice(list(world.comments.values())))
    return _consistent(
        replace(world, comments=world.comments | {comment.key: comment}), comment.key, comment.state, maker
    )


Content = TypeVar("Content", Post, Comment)


def _in_another_state(content: Content, host: str | None, maker: Maker) -> Content:
    """Only what somebody left on another's board waits there."""
    waiting: tuple[str, ...] = ("HELD",) if host not in {None, content.author} else ()
    states = ("PUBLISHED", "REMOVED", "DELETED", *waiting)
    return replace(content, state=maker.random.choice(states))


def _said_before(content: Content, maker: Maker) -> Content:
    """Edits that others know of stay, for they see when the last one was."""
    if content.edited is None:
        return content
    return replace(content, said_before=tuple(maker.words() for _ in range(maker.random.randint(1, 3))))


def _consistent(world: World, key: str, state: str, maker: Maker) -> World:
    """What is removed was decided about; the latest decision about what stands did not remove it; of what is deleted
    no edit is left."""
    if state == "DELETED":
        return replace(world, edits={edited: edit for edited, edit in world.edits.items() if edited != key})
    latest = max((each for each in world.decisions if each.target == key), key=lambda each: each.minute, default=None)
    action = latest.action if latest else None
    if state == "REMOVED" and action != "REMOVE":
        return world.decided(decision(world, maker, key, "REMOVE"))
    if state in {"PUBLISHED", "HELD"} and action == "REMOVE":
        return world.decided(decision(world, maker, key, "RESTORE"))
    return world
