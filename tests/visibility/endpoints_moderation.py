"""Surfaces that moderators work at, asked by everybody alike: what waits, cases, and what is done about them."""

from tests.visibility.acts import asked_of
from tests.visibility.acts_moderation import ACTS_OF_ORDER
from tests.visibility.asking import operation, with_fragments
from tests.visibility.drawing import Drawing
from tests.visibility.stages import Viewer

STATES = (None, None, "OPEN", "CLAIMED", "DECIDED")


async def a_queue(viewer: Viewer, drawing: Drawing) -> None:
    """What waits for a moderator, and what explanations may begin with."""
    if drawing.random.random() < 0.2:
        await viewer.posts("{ explanationTemplates { id action reason zh en } }")
        return
    if drawing.random.random() < 0.4:
        given = {"state": drawing.random.choice((None, "OPEN", "UPHELD")), "first": drawing.random.randint(1, 6)}
        await viewer.posts(operation("appeals"), given)
        return
    given = {"state": drawing.random.choice(STATES), "first": drawing.random.randint(1, 6)}
    await viewer.posts(operation("queue"), given)


async def a_case(viewer: Viewer, drawing: Drawing) -> None:
    """A case, an appeal and a decision, by their ids."""
    await viewer.posts(operation("case"), {"ids": [drawing.case(), drawing.appeal(), drawing.decision()]})


async def keeping_order(viewer: Viewer, drawing: Drawing) -> None:
    """Acts of moderators, whoever asks for them; then what they have come to."""
    for _ in range(3):
        name, given, answer = drawing.random.choice(ACTS_OF_ORDER)(drawing)
        await viewer.posts(with_fragments(asked_of(name, answer)), {"input": given})
    await a_queue(viewer, drawing)
    await a_case(viewer, drawing)
