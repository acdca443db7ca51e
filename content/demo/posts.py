"""All posts of the demo, in the order in which they were written."""

from content.demo import behind_the_camera as camera
from content.demo import message_boards as left
from content.demo import repair_corner as repair
from content.demo import tea_house as tea
from content.demo.lost_and_found import UMBRELLA, WALLET
from content.demo.valves import VALVES

POSTS = tuple(
    sorted(
        (
            *(tea.WELCOME, tea.NOODLES, tea.MOVING, UMBRELLA, tea.WINDSCREEN, WALLET, tea.PHISHING),
            *(camera.WIND, camera.MOHE, camera.DOOR, camera.RAIN, VALVES, camera.BEFORE_THE_AT),
            *(repair.CLOCK, repair.CLICK, repair.RADIO, repair.BUYING, repair.CABLE),
            *(left.THANKS, left.CHURCH, left.NIGHT, left.MAY, left.SURPRISE, left.ADDRESS),
            *(left.SOCKS, left.HUM, left.GRANDMOTHER),
        ),
        key=lambda post: -post.hours_ago,
    )
)
