"""What every field of one operation shares: who is looking, in which language, and what was loaded already."""

from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from accounts.services import AccountServices
from content.host_lists import host_reputations
from content.services import ContentServices
from domain.content import Board, CommentView, PostView
from domain.errors import PublicFault, Refused
from domain.ids import BoardId, CommentId, MemberId, PostId
from domain.language import Language
from domain.members import NOTHING_SHOWN, MemberView
from domain.rich_text import HostReputation
from domain.viewer import ANONYMOUS, ViewAs, Viewer
from resolvers.batch_loading import BatchLoader, Lookup
from stores.connections import Stores
from stores.services import Services

Value = TypeVar("Value")
Id = TypeVar("Id", bound=Hashable)

Batch = Callable[..., Awaitable[Sequence[Any]]]
"""``async def field(context, parents, **arguments) -> values``, one value a parent, in order."""


@dataclass(frozen=True, slots=True)
class AppServices:
    """The use cases that mutations turn to; built once, at start."""

    core: Services
    accounts: AccountServices
    content: ContentServices


@dataclass(slots=True)
class Context:
    """One operation's context. What was loaded lives and dies with it, so that no answer outlives its viewer."""

    services: AppServices
    viewer: Viewer
    language: Language
    token: str | None
    """The session token that the request carried, or that a mutation of this operation has made."""
    address: str
    """Where the request came from; for rate limits only."""
    view_as: ViewAs | None = None
    """For whom the viewer stands in, where a member looks at what others see."""
    set_session: str | None = None
    """A token to hand out in the session cookie; empty to take the cookie away; None to leave it."""
    _batch_loaders: dict[Hashable, BatchLoader[Any, Any]] = field(default_factory=dict)
    _lookups: dict[str, Lookup[Any, Any]] = field(default_factory=dict)

    @property
    def stores(self) -> Stores:
        return self.services.core.stores

    def load(self, batch: Batch, parent: object, **arguments: Hashable) -> Awaitable[Any]:
        """``batch``'s value for ``parent``, asked for together with all others of this moment."""
        return self._batch_loader(batch, arguments).ask(parent)

    def load_all(self, batch: Batch, parents: Sequence[Any], **arguments: Hashable) -> Awaitable[list[Any]]:
        """As ``load``, for many parents, in their order."""
        return self._batch_loader(batch, arguments).ask_all(parents)

    async def members(self, ids: Sequence[MemberId]) -> list[MemberView | None]:
        """Members by id as the viewer sees them, each read once an operation."""
        found = await self._lookup("members", self.stores.members.seen_by).find(ids)
        return found if self.view_as is None else [self._shown(view) for view in found]

    async def members_named(self, handles: Sequence[str]) -> list[MemberView | None]:
        """As ``members``, by handle."""
        found = await self._lookup("handles", self.stores.members.seen_by_handles).find(handles)
        return [self._shown(view) for view in found]

    async def posts(self, ids: Sequence[PostId]) -> list[PostView | None]:
        """Posts by id as the viewer sees them, in full or as the tombstones above what others say."""
        return await self._lookup("posts", self._read_posts).find(ids)

    async def comments(self, ids: Sequence[CommentId]) -> list[CommentView | None]:
        found = await self._lookup("comments", self.stores.comments.seen_by).find(ids)
        if self.view_as is None:
            return found
        return [view if view and not self.trims(view.owner_id) else None for view in found]

    async def boards(self, ids: Sequence[BoardId]) -> list[Board | None]:
        return await self._lookup("boards", self.stores.boards.seen_by).find(ids)

    async def host_reputations(self, ascii_hosts: Sequence[str]) -> list[HostReputation | None]:
        """What is known of hosts, as it stands now."""

        async def read(_viewer: Viewer, hosts: Sequence[str]) -> Mapping[str, HostReputation]:
            return await host_reputations(self.services.content, hosts)

        return await self._lookup("hosts", read).find(ascii_hosts)

    @property
    def actor(self) -> Viewer:
        """Whose permissions are told."""
        return self.view_as.target if self.view_as else self.viewer

    def trims(self, owner: MemberId) -> bool:
        """Whether what shows of ``owner``'s by an audience that nobody is told is left out: see ``ViewAs.trims``."""
        return self.view_as is not None and self.view_as.trims(owner)

    def as_seen_by(self, view_as: ViewAs) -> "Context":
        """A context of its own, in which everything is answered for whoever stands in."""
        return Context(self.services, view_as.reader, self.language, None, self.address, view_as)

    def bring(self, post: PostView) -> None:
        """Take ``post`` as read, in place of what the viewer would find by its id."""
        self._lookup("posts", self._read_posts).bring(post.id, post)

    @contextmanager
    def refusals_as_faults(self) -> Iterator[None]:
        """Raise a refusal as `PublicFault`, in the viewer's language: a query has no payload that could tell of it."""
        try:
            yield
        except Refused as refused:
            problem = refused.errors[0]
            message = problem.message.in_language(self.language, problem.values)
            raise PublicFault(problem.code.value, message) from refused

    async def refresh(self) -> None:
        """See who is looking and what they may see anew, after a mutation may have changed either."""
        self._batch_loaders.clear()
        self._lookups.clear()
        now = self.services.core.now()
        self.viewer = await self.stores.sessions.viewer(self.token, now) if self.token else ANONYMOUS

    def _shown(self, member: MemberView | None) -> MemberView | None:
        return _without_choices(member) if member and self.trims(member.id) else member

    async def _read_posts(self, viewer: Viewer, wanted: Sequence[PostId]) -> Mapping[PostId, PostView]:
        shown = await self.stores.posts.seen_by(viewer, wanted)
        missing = [post_id for post_id in wanted if post_id not in shown]
        return {**shown, **await self.stores.posts.tombstones(viewer, missing)} if missing else shown

    def _batch_loader(self, batch: Batch, arguments: Mapping[str, Hashable]) -> BatchLoader[Any, Any]:
        key = (batch, *arguments.items())
        gathering = self._batch_loaders.get(key)
        if gathering is None:
            gathering = self._batch_loaders[key] = BatchLoader(partial(batch, self, **arguments))
        return gathering

    def _lookup(
        self, name: str, read: Callable[[Viewer, Sequence[Id]], Awaitable[Mapping[Id, Value]]]
    ) -> Lookup[Id, Value]:
        lookup = self._lookups.get(name)
        if lookup is None:
            lookup = self._lookups[name] = Lookup(lambda wanted: read(self.viewer, wanted))
        return lookup


def _without_choices(member: MemberView) -> MemberView:
    return replace(member, profile=NOTHING_SHOWN, takes_direct_messages=False)
