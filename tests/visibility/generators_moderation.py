"""Makes what keeps order at random: who moderates what, reports and their cases, decisions."""

from collections.abc import Callable
from dataclasses import replace

from tests.visibility.generators import Maker
from tests.visibility.moderation import REASONS, STANDINGS, Appeal, Case, Decision, Edit, Message, Note, Report
from tests.visibility.world import AUDIENCES, NOW, Comment, Post, World

#: Before viewers come: when reports, decisions and what follows from them were made.
DAYS_OF_ORDER = 30
Make = Callable[[World, Maker], World]
SAID = ("Please don't.", "不合适。", "Really, don't.")
NOTES = ("looks like spam", "看过了", "seen before")
TEMPLATES = tuple((action, reason) for action in ("REMOVE", "WARN") for reason in REASONS)


def made_world(maker: Maker) -> World:
    """A world with those who keep order in it, and what they did."""
    world = maker.world()
    # Within the days in which decisions can be objected to.
    maker.go_on_to(NOW - DAYS_OF_ORDER * 24 * 60)
    for make, most in BEFOREHAND:
        world = _with_some(make, most, world, maker)
    world = _decided(world, maker)
    for make, most in AFTERWARDS:
        world = _with_some(make, most, world, maker)
    return world


def _with_some(make: Make, most: int, world: World, maker: Maker) -> World:
    for _ in range(maker.random.randint(0, most)):
        world = make(world, maker)
    return world


def with_appointment(world: World, maker: Maker) -> World:
    return replace(world, appointed=world.appointed | {appointment(world, maker)})


def appointment(world: World, maker: Maker) -> tuple[str, str]:
    """Somebody without a role, and a discussion board."""
    members = [person.handle for person in world.people.values() if person.role == "MEMBER"]
    return maker.random.choice(members), maker.random.choice(world.discussions)


def with_report(world: World, maker: Maker) -> World:
    """One more report, which joins the open case about its target, or opens it."""
    by = maker.random.choice(list(world.people))
    targets = [key for key in (*world.posts, *world.comments, *world.people) if world.subject_of(key) != by]
    target = maker.random.choice(targets)
    if any((each.by, each.target) == (by, target) for each in world.reports):
        return world
    minute = maker.minute()
    case = _open_case(world, target) or Case(maker.key("k"), target, minute, maker.random.choice((14, 20, 36)))
    report = Report(by, target, maker.random.choice(REASONS), minute, maker.random.choice((None, "look")), case.key)
    return replace(world, reports=(*world.reports, report), cases=world.cases | {case.key: case})


def _open_case(world: World, target: str) -> Case | None:
    return next((case for case in world.cases.values() if case.target == target and case.decision is None), None)


def staff_of(world: World, target: str) -> list[str]:
    """Who could decide about ``target``: not its author, and of board moderators those of its board."""
    subject, board = world.subject_of(target), world.board_of(target)
    staff = [person.handle for person in world.people.values() if person.role != "MEMBER"]
    appointed = sorted(who for who, slug in world.appointed if slug == board)
    others = [handle for handle in (*staff, *appointed) if handle != subject]
    return others or staff


def decision(world: World, maker: Maker, target: str, action: str) -> Decision:
    reason, explanation = maker.random.choice(REASONS), maker.random.choice(SAID[:2])
    by = maker.random.choice(staff_of(world, target))
    return Decision(maker.key("d"), target, action, reason, explanation, by, maker.minute())


def _decided(world: World, maker: Maker) -> World:
    """Behind each removed thing stands the decision that removed it; a few that stand were restored once."""
    contents: list[Post | Comment] = [*world.posts.values(), *world.comments.values()]
    for content in contents:
        is_restored = content.state == "PUBLISHED" and maker.random.random() < 0.05
        if content.state == "REMOVED" or is_restored:
            world = world.decided(decision(world, maker, content.key, "REMOVE"))
        if is_restored:
            world = world.decided(decision(world, maker, content.key, "RESTORE"))
    return world


def with_note(world: World, maker: Maker) -> World:
    """Somebody who may work on an open case tells the others something."""
    case = some_case(world, maker)
    if case is None:
        return world
    note = Note(maker.random.choice(staff_of(world, case.target)), maker.random.choice(NOTES), maker.minute())
    return replace(world, cases=world.cases | {case.key: replace(case, notes=(*case.notes, note))})


def with_claim(world: World, maker: Maker) -> World:
    """Somebody works on an open case, or did."""
    case = some_case(world, maker)
    if case is None:
        return world
    claimed = maker.random.choice(staff_of(world, case.target)), NOW + maker.random.choice((-60, 5, 14))
    return replace(world, cases=world.cases | {case.key: replace(case, claimed=claimed)})


def with_dismissal(world: World, maker: Maker) -> World:
    case = some_case(world, maker)
    return world.decided(decision(world, maker, case.target, "DISMISS")) if case else world


def with_sanction(world: World, maker: Maker) -> World:
    """Somebody, often one with an office, is brought somewhere by one whom they are trusted less than, or freed."""
    appointed = {who for who, _ in world.appointed}
    office = [each for each in world.people.values() if each.role == "MODERATOR" or each.handle in appointed]
    among = office if office and maker.random.random() < 0.4 else list(world.people.values())
    subject = maker.random.choice(among)
    above = {"MEMBER": {"MODERATOR", "ADMIN"}}.get(subject.role, {"ADMIN"})
    deciders = [each.handle for each in world.people.values() if each.role in above and each is not subject]
    if not deciders:
        return world
    is_held = world.sanction_of(subject.handle) is not None
    action = "LIFT" if is_held else maker.random.choice([each for each in STANDINGS if each != "LIFT"])
    by = maker.random.choice(deciders)
    made = replace(decision(world, maker, subject.handle, action), by=by, until=end_of(action, maker))
    return world.decided(made)


def end_of(action: str, maker: Maker) -> int | None:
    """Some sanctions have one, MUTE and SUSPEND always; it may be behind those who come now."""
    if action == "LIFT" or (action not in {"MUTE", "SUSPEND"} and maker.random.random() < 0.5):
        return None
    return NOW + 24 * 60 * maker.random.choice((-2, 3, 10))


def with_edit(world: World, maker: Maker) -> World:
    """The author of something has changed it, which waits or was rejected; what it changes may be removed since."""
    random = maker.random
    contents: list[Post | Comment] = [*world.posts.values(), *world.comments.values()]
    edited = [each for each in contents if each.state != "DELETED"]
    if not edited:
        return world
    said = random.choice(edited)
    is_post = isinstance(said, Post)
    audience = random.choice(("MEMBERS", "PUBLIC", said.audience)) if is_post else said.audience
    edit = Edit(
        target=said.key,
        title=random.choice((None, maker.words())) if is_post else None,
        body=maker.words(),
        audience=audience,
        # Post and board may have been wider then.
        shown_to=audience if random.random() < 0.4 else min(audience, _open_to(world, said), key=AUDIENCES.index),
        minute=maker.minute(),
        byline=maker.byline(),
        rejected=random.choice((None, None, None, *SAID)),
    )
    return replace(world, edits=world.edits | {said.key: edit})


def _open_to(world: World, said: Post | Comment) -> str:
    """Whom the board lets in, and above a comment its post."""
    post = world.post_of(said.key)
    board = world.people[post.host].board.audience if post.host else "PUBLIC"
    return board if said is post else min(board, post.audience, key=AUDIENCES.index)


def with_appeal(world: World, maker: Maker) -> World:
    """The subject of a decision that takes something from them objects, once."""
    appealed = {appeal.decision for appeal in world.appeals.values()}
    appealable = [
        each
        for each in world.decisions
        if each.action in {"REMOVE", *STANDINGS} - {"LIFT"} and each.key not in appealed
    ]
    if not appealable:
        return world
    appeal = Appeal(maker.key("a"), maker.random.choice(appealable).key, maker.words(), maker.minute())
    return replace(world, appeals=world.appeals | {appeal.key: appeal})


def with_message(world: World, maker: Maker) -> World:
    """Somebody says more on an open appeal."""
    appeal = open_appeal(world, maker)
    if appeal is None:
        return world
    subject = world.subject_of(world.decision(appeal.decision).target)
    by = maker.random.choice([subject, *deciders_of(world, appeal)])
    message = Message(by, maker.words(), maker.minute())
    return replace(world, appeals=world.appeals | {appeal.key: replace(appeal, messages=(*appeal.messages, message))})


def with_answer(world: World, maker: Maker) -> World:
    """Another moderator than the one who decided finds that it was right."""
    appeal = open_appeal(world, maker)
    deciders = deciders_of(world, appeal) if appeal else []
    if appeal is None or not deciders:
        return world
    upheld = replace(world.decision(appeal.decision), by=maker.random.choice(deciders), minute=maker.minute())
    answered = replace(appeal, upheld=replace(upheld, explanation=maker.random.choice(SAID)))
    return replace(world, appeals=world.appeals | {appeal.key: answered})


def open_appeal(world: World, maker: Maker) -> Appeal | None:
    waiting = [appeal for appeal in world.appeals.values() if appeal.upheld is None]
    return maker.random.choice(waiting) if waiting else None


def deciders_of(world: World, appeal: Appeal) -> list[str]:
    """Who may decide it: of those who could have decided, others than who did."""
    made = world.decision(appeal.decision)
    subject, is_for_admins = world.subject_of(made.target), world.is_for_admins(made)
    others = [handle for handle in staff_of(world, made.target) if handle not in {made.by, subject}]
    return [handle for handle in others if not is_for_admins or world.people[handle].role == "ADMIN"]


def with_template(world: World, maker: Maker) -> World:
    return replace(world, templates=world.templates | {maker.random.choice(TEMPLATES): maker.random.choice(SAID)})


def some_case(world: World, maker: Maker) -> Case | None:
    """One that is open, if there is any."""
    waiting = [case for case in world.cases.values() if case.decision is None]
    return maker.random.choice(waiting) if waiting else None


#: What is made before it is decided about posts and comments, and how much of it at most.
BEFOREHAND: tuple[tuple[Make, int], ...] = ((with_appointment, 3), (with_report, 8))
#: What is made once it was decided about posts and comments, and how much of it at most.
AFTERWARDS: tuple[tuple[Make, int], ...] = (
    (with_note, 4),
    (with_claim, 3),
    (with_dismissal, 2),
    (with_sanction, 4),
    (with_edit, 5),
    (with_appeal, 4),
    (with_message, 4),
    (with_answer, 2),
    (with_template, 2),
)
