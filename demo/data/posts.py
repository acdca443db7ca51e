"""All posts of the demo, in the order in which they were written."""

from demo.data import behind_the_camera as camera
from demo.data import message_boards as left
from demo.data import repair_corner as repair
from demo.data import tea_house as tea
from demo.data.lost_and_found import UMBRELLA, WALLET
from demo.data.valves import VALVES

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
