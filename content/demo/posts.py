"""All posts of the demo, in the order in which they were written."""

from content.demo import behind_the_camera as camera
from content.demo import repair_corner as repair
from content.demo import tea_house as tea

POSTS = tuple(
    sorted(
        (
            *(tea.WELCOME, tea.NOODLES, tea.MOVING, tea.WINDSCREEN, tea.WALLET, tea.PHISHING),
            *(camera.WIND, camera.MOHE, camera.DOOR, camera.RAIN, camera.BEFORE_THE_AT),
            *(repair.CLOCK, repair.CLICK, repair.RADIO, repair.CABLE),
        ),
        key=lambda post: -post.hours_ago,
    )
)
