"""Changes what keeps order in a world in one respect, as changing.py changes all else."""

from collections.abc import Callable
from dataclasses import replace

from tests.visibility import generators_moderation as order
from tests.visibility.generators import Maker
from tests.visibility.moderation import STANDINGS, Decision
from tests.visibility.world import World

Change = Callable[[World, Maker], World]


def a_report(world: World, maker: Maker) -> World:
    """One more, or one less, and no case without any."""
    if not world.reports or maker.random.random() < 0.6:
        return order.with_report(world, maker)
    gone = maker.random.choice(world.reports)
    left = tuple(each for each in world.reports if each is not gone)
    backed = {each.case for each in left}
    return replace(world, reports=left, cases={key: case for key, case in world.cases.items() if key in backed})


def what_a_report_says(world: World, maker: Maker) -> World:
    if not world.reports:
        return world
    one = maker.random.choice(world.reports)
    other = replace(one, note=maker.random.choice((None, "look", "here it is again")))
    return replace(world, reports=tuple(other if each is one else each for each in world.reports))


def who_reported(world: World, maker: Maker) -> World:
    """Somebody else has, for the same reason in the same moment."""
    if not world.reports:
        return world
    one = maker.random.choice(world.reports)
    taken = {each.by for each in world.reports if each.target == one.target} | {world.subject_of(one.target)}
    others = [handle for handle in world.people if handle not in taken]
    if not others:
        return world
    other = replace(one, by=maker.random.choice(others))
    return replace(world, reports=tuple(other if each is one else each for each in world.reports))


def a_note_on_a_case(world: World, maker: Maker) -> World:
    return order.with_note(world, maker)


def whose_case_it_is(world: World, maker: Maker) -> World:
    case = order.some_case(world, maker)
    if case is None or case.claimed is None or maker.random.random() < 0.5:
        return order.with_claim(world, maker)
    return replace(world, cases=world.cases | {case.key: replace(case, claimed=None)})


def how_urgent_a_case_is(world: World, maker: Maker) -> World:
    case = order.some_case(world, maker)
    if case is None:
        return world
    return replace(world, cases=world.cases | {case.key: replace(case, hours_ahead=maker.random.randint(6, 90))})


def a_case_let_go(world: World, maker: Maker) -> World:
    return order.with_dismissal(world, maker)


def who_moderates_a_board(world: World, maker: Maker) -> World:
    return replace(world, appointed=world.appointed ^ {order.appointment(world, maker)})


def a_sanction(world: World, maker: Maker) -> World:
    return order.with_sanction(world, maker)


def when_a_sanction_ends(world: World, maker: Maker) -> World:
    return _with_decision(
        world,
        maker,
        lambda one: replace(one, until=order.end_of(one.action, maker)) if one.action in STANDINGS else one,
    )


def an_edit(world: World, maker: Maker) -> World:
    """Another one, none, or what became of it."""
    if not world.edits or maker.random.random() < 0.5:
        return order.with_edit(world, maker)
    gone = maker.random.choice(list(world.edits))
    return replace(world, edits={key: edit for key, edit in world.edits.items() if key != gone})


def what_an_edit_says(world: World, maker: Maker) -> World:
    if not world.edits:
        return world
    one = maker.random.choice(list(world.edits.values()))
    other = replace(one, body=maker.words(), rejected=maker.random.choice((None, *order.SAID)))
    return replace(world, edits=world.edits | {one.target: other})


def an_appeal(world: World, maker: Maker) -> World:
    """One more, or one less."""
    if not world.appeals or maker.random.random() < 0.5:
        return order.with_appeal(world, maker)
    gone = maker.random.choice(list(world.appeals))
    return replace(world, appeals={key: appeal for key, appeal in world.appeals.items() if key != gone})


def what_is_said_in_an_appeal(world: World, maker: Maker) -> World:
    return order.with_message(world, maker)


def an_answer_to_an_appeal(world: World, maker: Maker) -> World:
    return order.with_answer(world, maker)


def a_template(world: World, maker: Maker) -> World:
    return order.with_template(world, maker)


def a_decision_s_reasons(world: World, maker: Maker) -> World:
    return _with_decision(world, maker, lambda one: replace(one, explanation=maker.random.choice(order.SAID)))


def who_decided(world: World, maker: Maker) -> World:
    def by_another(one: Decision) -> Decision:
        is_sanction = one.action in STANDINGS
        return one if is_sanction else replace(one, by=maker.random.choice(order.staff_of(world, one.target)))

    return _with_decision(world, maker, by_another)


CHANGES_OF_ORDER: tuple[Change, ...] = (
    a_report,
    a_report,
    what_a_report_says,
    who_reported,
    a_note_on_a_case,
    whose_case_it_is,
    how_urgent_a_case_is,
    a_case_let_go,
    who_moderates_a_board,
    a_sanction,
    a_sanction,
    an_appeal,
    what_is_said_in_an_appeal,
    an_answer_to_an_appeal,
    an_edit,
    what_an_edit_says,
    when_a_sanction_ends,
    a_template,
    a_decision_s_reasons,
    who_decided,
)


def _with_decision(world: World, maker: Maker, change: Callable[[Decision], Decision]) -> World:
    if not world.decisions:
        return world
    one = maker.random.choice(world.decisions)
    other = change(one)
    return replace(world, decisions=tuple(other if each is one else each for each in world.decisions))
