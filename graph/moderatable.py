"""What moderators decide about."""

from typing import Annotated

import strawberry

from graph.boards import Board
from graph.content import Comment, Post
from graph.hosts import ReportedHost
from graph.members import Member

Moderatable = Annotated[
    Post | Comment | Member | Board | ReportedHost,
    strawberry.union("Moderatable", description="An object that moderators or board owners decide about."),
]
